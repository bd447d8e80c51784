"""Whose a case should be: rules by creditor, postcode and amount, then the lightest load, each with its sentence. Gives nothing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from core.domain.messages import Euro, Message, Problem, Refusal, msg

MOST_RULES = 50


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule: its conditions all hold (empty: any), cents, bounds included; `people` by user id; `cap` open cases each, 0: no cap."""

    name: str
    creditors: tuple[int, ...] = ()
    postcodes: tuple[str, ...] = ()
    least: int | None = None
    most: int | None = None
    people: tuple[int, ...] = ()
    cap: int = 0


@dataclass(frozen=True, slots=True)
class Case:
    """What rules look at: balance in cents, the debtor's postcode ("" when unknown), whose it is."""

    id: int
    creditor_id: int
    postcode: str
    balance: int
    collector_id: int | None


@dataclass(frozen=True, slots=True)
class Proposal:
    """To whom a case should go, None when no rule gives it to somebody, and why."""

    case_id: int
    before: int | None
    to: int | None
    why: Message

    @property
    def moves(self) -> bool:
        """Whether it changes hands."""
        return self.to is not None and self.to != self.before


def check(rules: Sequence[Rule]) -> None:
    """Raise a Refusal with every rule that cannot be: no name, nobody to give to, bounds crossed, a postcode that is none, too many."""
    wrong: list[Problem] = []
    if len(rules) > MOST_RULES:
        wrong.append(
            Problem(
                "too-many",
                msg("{given} rules are too many.", given=len(rules)),
                msg("Keep {most} at most.", most=MOST_RULES),
                field="rules",
            )
        )
    for rule in rules:
        wrong.extend(_wrong(rule))
    if wrong:
        raise Refusal(*wrong)


def _wrong(rule: Rule) -> list[Problem]:
    crossed = rule.least is not None and rule.most is not None and rule.least > rule.most
    odd = next((code for code in rule.postcodes if not (code.isalnum() and len(code) <= 5)), "")
    rows = (
        (not rule.name.strip(), "name", msg("A rule without a name explains nothing."), msg("Name it in a few words.")),
        (not rule.people, "people", msg("The rule gives cases to nobody."), msg("Choose one colleague or more.")),
        (crossed, "least", msg("The smallest amount is above the largest."), msg("Exchange the two amounts.")),
        (bool(odd), "postcodes", msg("“{given}” does not begin a postcode.", given=odd),
         msg("Type departments or postcodes separated by commas: 69, 38000.")),
        (rule.cap < 0, "cap", msg("A number of cases cannot be negative."), msg("Type zero for no limit.")),
    )  # fmt: skip
    return [
        Problem("rule-wrong", reason, remedy, field=field, value=rule.name)
        for bad, field, reason, remedy in rows
        if bad
    ]


def propose(
    cases: Iterable[Case], rules: Sequence[Rule], loads: Mapping[int, int], at_work: Mapping[int, str]
) -> tuple[Proposal, ...]:
    """Each case by the first rule that fits it, to the colleague of the rule who has the fewest open cases, counted as they are given.

    `loads`: open cases by user id; `at_work`: who may be given a case, by id and name. Ties go to the first named in the rule; a case
    that one of the rule's people has already stays with them.
    """
    now = dict(loads)
    return tuple(_one(case, rules, now, at_work) for case in cases)


def _one(case: Case, rules: Sequence[Rule], now: dict[int, int], at_work: Mapping[int, str]) -> Proposal:
    rule = next((one for one in rules if _fits(one, case)), None)
    if rule is None:
        return Proposal(case.id, case.collector_id, None, msg("No rule speaks of this case."))
    here = [user for user in rule.people if user in at_work]
    if case.collector_id in here:
        why = msg("Rule “{rule}”: the case is already with {name}.", rule=rule.name, name=at_work[case.collector_id])
        return Proposal(case.id, case.collector_id, case.collector_id, why)
    free = [user for user in here if not rule.cap or now.get(user, 0) < rule.cap]
    if not free:
        why = msg("Rule “{rule}”: nobody of it is at work below its limit.", rule=rule.name)
        return Proposal(case.id, case.collector_id, None, why)
    chosen = min(free, key=lambda user: (now.get(user, 0), rule.people.index(user)))
    why = _why(case, rule, at_work[chosen], now.get(chosen, 0))
    now[chosen] = now.get(chosen, 0) + 1
    if case.collector_id is not None:
        now[case.collector_id] = now.get(case.collector_id, 0) - 1
    return Proposal(case.id, case.collector_id, chosen, why)


def _fits(rule: Rule, case: Case) -> bool:
    return (
        (not rule.creditors or case.creditor_id in rule.creditors)
        and (not rule.postcodes or any(case.postcode.startswith(code) for code in rule.postcodes))
        and (rule.least is None or case.balance >= rule.least)
        and (rule.most is None or case.balance <= rule.most)
    )


def _why(case: Case, rule: Rule, name: str, load: int) -> Message:
    where = case.postcode if rule.postcodes else ""
    if where:
        return msg(
            "Rule “{rule}” (postcode {where}, {amount}): {name} has the fewest open cases, {load}.",
            rule=rule.name, where=where, amount=Euro(case.balance), name=name, load=load,
        )  # fmt: skip
    return msg(
        "Rule “{rule}” ({amount}): {name} has the fewest open cases, {load}.",
        rule=rule.name, amount=Euro(case.balance), name=name, load=load,
    )  # fmt: skip
