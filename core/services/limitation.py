"""The limitation of a case: the clock of each debt with its chain, the lead's decision on a time-barred one. Computes no date itself."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from core.domain.calendar import Bilingual
from core.domain.computation import Missing, Question
from core.domain.legal_facts import LegalFact
from core.domain.limitation import Clock
from core.domain.limitation_law import Period
from core.domain.messages import msg, refuse
from core.domain.rights import Right
from core.law.limitation_rules import limitation_law
from core.services import contact_record, limitation_facts, limitation_kept
from core.services.context import Ctx, service
from core.store import cases, course, journal, plans
from core.store import limitation as kept
from core.store.limitation import Decision, Near
from core.store.unit import Reader, Unit

__all__ = [
    "DebtClock",
    "Decision",
    "Near",
    "alerts",
    "clocks",
    "decide",
    "decisions",
    "last_near",
    "near",
    "voluntary",
    "warning",
]


STOP = "limitation"  # the kind of stop (data/holds) of a debt that is no more asked for


@dataclass(frozen=True, slots=True)
class DebtClock:
    """One open debt and its clock. `state`: "barred", "still", "unknown", "near", "running"; `days` left, None without a date.

    `claim` is the kind of claim counted with, `guess` what is to be asked about it when nobody has said it;
    `decided` the answer of the lead ("granted", "refused", "").
    """

    debt_id: int
    ref: str
    outstanding: int
    claim: Period
    guess: Bilingual | None
    clock: Clock | Missing
    state: str
    days: int | None
    decided: str

    @property
    def questions(self) -> tuple[Question, ...]:
        """The facts that would make the date surer, or that lack for any."""
        return self.clock.questions


@service(Right.READ)
def clocks(ctx: Ctx, case_id: int) -> tuple[DebtClock, ...]:
    """The clock of each debt of a case on which something is owed, the nearest end first; events told without effect included.

    Raises Refusal "case-unknown".
    """
    with ctx.store.read() as reader:
        contact_record.head(reader, case_id)
        owed = {debt.id: debt for debt in cases.debts(reader, case_id) if debt.outstanding > 0}
        scope = kept.one(case_id)
        facts = [*limitation_facts.of_scope(reader, scope).get(case_id, ()), *_without_effect(reader, case_id)]
        decided = {one.debt_id: one.answer for one in reversed(kept.decisions(reader, case_id))}
        rows = [row for row in kept.debts(reader, scope) if row.debt_id in owed]
    found = []
    for row in rows:
        debt, law = owed[row.debt_id], limitation_law()
        clock = limitation_kept.clock_of(row, limitation_facts.of_debt(facts, row.debt_id))
        claim = limitation_kept.period_of(row.nature, row.debtor, row.quality, row.claim)
        guess = None if row.claim else law.claim_of(row.nature, row.debtor, row.quality).ask
        state, days = _state(clock, ctx.today)
        answer = decided.get(debt.id, "")
        found.append(DebtClock(debt.id, debt.ref, debt.outstanding, claim, guess, clock, state, days, answer))
    return tuple(sorted(found, key=lambda one: (one.days is None, one.days or 0)))


def _state(clock: Clock | Missing, today: dt.date) -> tuple[str, int | None]:
    if isinstance(clock, Missing):
        return "unknown", None
    if clock.standing is not None:
        return "still", None
    left = clock.days_left(today)
    return warning(clock.date.isoformat(), today)[0] or "running", left


def _without_effect(reader: Reader, case_id: int) -> list[LegalFact]:
    """What people may believe interrupts, told with the reason why it does not: the first letter, promises."""
    head = contact_record.head(reader, case_id)
    made = [dt.date.fromisoformat(one.made_on) for one in plans.promises(reader, case_id)]
    found = [LegalFact("promise", day, origin="journal") for day in dict.fromkeys(made)]
    if head.first_letter_on:
        day = dt.date.fromisoformat(head.first_letter_on)
        found.append(LegalFact("first_letter", day, evidence=head.first_letter_ref, origin="letter"))
    return found


def alerts() -> tuple[int, int, int]:
    """The days before the end at which one warns, the largest first."""
    first, second, third = limitation_law().alerts
    return first, second, third


def warning(limitation_on: str | None, today: dt.date) -> tuple[str, int]:
    """What the first last day to sue of a case calls for: "barred", "near" or "", and the days left."""
    if limitation_on is None:
        return "", 0
    left = (dt.date.fromisoformat(limitation_on) - today).days
    return ("barred" if left < 0 else "near" if left <= alerts()[0] else ""), left


def last_near(today: dt.date) -> dt.date:
    """The last day that counts as near on a day: within the first alert."""
    return today + dt.timedelta(days=alerts()[0])


def voluntary() -> tuple[Bilingual, str, str]:
    """What the law says of paying a time-barred debt: words, article, certainty."""
    point = limitation_law().points["voluntary"]
    return point.text, point.article, point.trust


@service(Right.READ)
def near(ctx: Ctx) -> Near:
    """How many open cases are past their next limitation, or within each alert."""
    with ctx.store.read() as reader:
        return kept.near(reader, ctx.day, alerts())


@service(Right.READ)
def decisions(ctx: Ctx, case_id: int) -> tuple[Decision, ...]:
    """What leads decided about the time-barred debts of a case, the newest first."""
    with ctx.store.read() as reader:
        return kept.decisions(reader, case_id)


@service(Right.DECIDE)
def decide(ctx: Ctx, case_id: int, *, granted: bool, reason: str, token: str) -> int:
    """Decide about every time-barred open debt of a case: go on asking without claiming it as enforceable, or not; with the reason.

    A debt no more asked for is stopped, so that the others of the case may be worked; going on lifts that stop. The last decision counts.
    Returns how many debts it is about. Twice with one token decides once. Raises Refusal "case-unknown", "field-empty",
    "nothing-barred".
    """
    with ctx.write() as unit:
        before = unit.done_before(token, "decide_time_barred")
        if before:
            return int(before)
        contact_record.head(unit, case_id)
        if not reason.strip():
            raise refuse("field-empty", msg("The decision needs its reason: the debtor or the creditor may ask for it."),
                         msg("Type the reason, in objective words."), field="reason")  # fmt: skip
        found = kept.barred(unit, case_id, ctx.day, undecided=False)
        if not found:
            raise refuse("nothing-barred", msg("No open debt of this case is time-barred."),
                         msg("Nothing is to be decided."), field="case")  # fmt: skip
        facts = {"step": "time_barred_granted" if granted else "time_barred_refused"}
        new = journal.NewInteraction(case_id, "note", "none", "", ctx.day, note=reason)
        interaction_id = journal.add_interaction(unit, new, facts)
        for debt in found:
            kept.decide(unit, debt.debt_id, granted=granted, reason=reason)
        _stop(unit, case_id, found, interaction_id, reason, granted=granted)
        unit.touch(case_id)
        unit.audit("limitation.decided", "case", case_id, debts=[debt.debt_id for debt in found], granted=granted,
                   interaction=interaction_id)  # fmt: skip
        unit.remember(token, "decide_time_barred", len(found))
        return len(found)


def _stop(
    unit: Unit, case_id: int, found: tuple[kept.BarredDebt, ...], interaction_id: int, reason: str, *, granted: bool
) -> None:
    """Stop each of these debts, or lift the stop that an earlier decision set."""
    here = {
        hold.debt_ref: hold for hold in course.holds(unit, case_id, unit.today) if hold.kind == STOP and hold.debt_ref
    }
    for debt in found:
        if granted and debt.ref in here:
            journal.lift_hold(unit, here[debt.ref].id, here[debt.ref].row_version)
        elif not granted and debt.ref not in here:
            journal.add_hold(
                unit,
                case_id,
                STOP,
                unit.today,
                None,
                reason=reason,
                interaction_id=interaction_id,
                debt_id=debt.debt_id,
            )
