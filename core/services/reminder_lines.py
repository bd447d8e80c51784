"""The lines of a run: the step of each case, judged by the domain and by the contact gate, with what keeps it back. Writes nothing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from core.domain.messages import Message, msg
from core.domain.rights import Right
from core.domain.scenario_choice import NO_FIRM, NOTHING, Choice
from core.domain.scenarios import STOPPED, WRITTEN, CaseFacts, Next, Scenario, Step, next_step
from core.services import contact_gate, contact_policy, reminder_acts, scenario_choice, scenario_facts, scenarios
from core.services.context import Ctx, service
from core.services.scenario_choice import Laid
from core.services.scenario_facts import Events
from core.services.scenario_words import TEXTS
from core.store import scenarios as rows
from core.store.reminders import ReminderRow
from core.store.scenarios import FactsRow
from core.store.unit import Reader

RULES: dict[str, Message] = STOPPED | {
    "pending": msg("A step already waits for a person's word, or is being prepared."),
    "excluded": msg("The case was left out of its scenario."),
    "paused": msg("The scenario of the case is paused."),
    "today": msg("A step of this case left today already."),
    "letter_ready": msg("A letter of this case waits to be posted: post it or cancel it first."),
    "fragile": NO_FIRM,
    "same_debtor": msg("Another case of the same debtor and creditor was written to: one letter a debtor and mandate."),
    "no_point": msg("No address, number or e-mail serves this channel."),
    "later": msg("It is a public holiday where the debtor lives."),
}
NEEDS = {"letter": "address", "formal_notice": "address", "email": "email", "sms": "phone", "call": "phone"}


@dataclass(frozen=True, slots=True)
class Line:
    """A case of a run: its step, the day it was planned for, why, by which contact point; `code` is what keeps it back ("" nothing).

    `chosen`: why it follows this scenario. `next_on`: the next permitted day, None when nobody can say it.
    """

    case_id: int
    ref: str
    debtor: str
    balance: int
    scenario: str
    label: Mapping[str, str]
    chosen: Message
    step: Step
    on: dt.date
    why: Message
    point: int | None = None
    event_on: dt.date | None = None
    code: str = ""
    next_on: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Seen:
    """What a run looked at once: the scenarios in force, which debtors follow which, the expected payments."""

    scenarios: Mapping[str, Scenario]
    laid: Laid
    events: Events


@service(Right.READ)
def lines(ctx: Ctx, reader: Reader, case_ids: Sequence[int], seen: Seen, *, judged: bool = True) -> tuple[Line, ...]:
    """A line for each case that has a step, in their order; `judged` asks the gate for those that nothing else keeps back."""
    policy = contact_policy.of_agency(reader)
    reach = _reach(reader, case_ids)
    written: set[tuple[int, int]] = set()
    found: list[Line] = []
    called = scenario_choice.called(reader, case_ids)
    for row, facts in scenario_facts.read(reader, case_ids, ctx.today, seen.events):
        choice = scenario_choice.of_case(row, seen.scenarios, seen.laid, called.get(row.case_id, NOTHING))
        scenario = choice.scenario
        answer = choice.answer(next_step(scenario, facts, ctx.today, scenario_facts.local_days(policy, row)))
        line = _line(ctx, row, facts, choice, answer, reach)
        if line is None:
            continue
        line = _one_debtor(line, row, scenario, written, ctx.today) if judged and not line.code else line
        if not line.code and line.step.channel in WRITTEN:
            written.add((row.debtor_id, row.creditor_id))
        found.append(line)
    return _judged(ctx, found) if judged else tuple(found)


def _line(
    ctx: Ctx, row: FactsRow, facts: CaseFacts, choice: Choice, answer: Next, reach: Mapping[tuple[int, str], int]
) -> Line | None:
    """The step that is due or kept back; without one named by the domain, the one that follows what was done."""
    scenario = choice.scenario
    step = answer.step or scenario.after(facts.last(scenario)[0])
    if step is None or answer.code in ("closed", "paid", "ended"):
        return None
    point = reach.get((row.case_id, step.channel))
    line = Line(
        row.case_id, row.ref, row.debtor, row.balance, scenario.key, {lang: scenario.label.of(lang) for lang in ("fr", "en")},
        choice.why, choice.step(step), answer.on if answer.due and answer.on else ctx.today, answer.why, point, answer.event_on,
    )  # fmt: skip
    if not answer.due:
        return replace(line, code=answer.code, next_on=answer.on)
    return line if point else replace(line, code="no_point", why=RULES["no_point"])


def _one_debtor(line: Line, row: FactsRow, scenario: Scenario, written: set[tuple[int, int]], today: dt.date) -> Line:
    """One letter a debtor and mandate: another case written to in this run, or within the scenario's gap, has it wait."""
    if line.step.channel not in WRITTEN:
        return line
    last = dt.date.fromisoformat(row.sibling_on) if row.sibling_on else None
    free = last + dt.timedelta(days=scenario.gap) if last else today
    if (row.debtor_id, row.creditor_id) in written:
        free = today + dt.timedelta(days=scenario.gap)
    return replace(line, code="same_debtor", why=RULES["same_debtor"], next_on=free) if free > today else line


def _judged(ctx: Ctx, found: Sequence[Line]) -> tuple[Line, ...]:
    """Ask the gate about what nothing else keeps back; its first bar is the rule a line is grouped under."""
    free = [line for line in found if not line.code]
    intents = [
        reminder_acts.intent(ctx, line.case_id, line.step.channel, line.step.template, line.point) for line in free
    ]
    told = {
        line.case_id: verdict for line, verdict in zip(free, contact_gate.may_contact_many(ctx, intents), strict=True)
    }
    judged = []
    for line in found:
        verdict = None if line.code else told[line.case_id]
        if verdict is None or verdict.allowed:
            judged.append(line)
        else:
            bar, moment = verdict.bars[0], verdict.next_at
            judged.append(replace(line, code=bar.rule, why=bar.said(), next_on=moment.date() if moment else None))
    return tuple(judged)


@service(Right.READ)
def stopped(ctx: Ctx, reader: Reader, steps: Sequence[ReminderRow]) -> dict[int, str]:
    """Of steps that waited, those that something now keeps back (paid, closed, stopped, paused), with the code of it."""
    found = scenarios.in_force(reader)
    laid = scenario_choice.laid(scenario_choice.chosen(reader, found, ctx.day))
    called = scenario_choice.called(reader, [s.case_id for s in steps])
    by_case = {
        row.case_id: (row, facts)
        for row, facts in scenario_facts.read(reader, [s.case_id for s in steps], ctx.today, {})
    }
    kept = {}
    for one in steps:
        row, facts = by_case[one.case_id]
        choice = scenario_choice.of_case(row, found, laid, called.get(one.case_id, NOTHING))
        answer = next_step(choice.scenario, replace(facts, pending=False), ctx.today, lambda _: True)
        if choice.keeps(one.template):
            kept[one.id] = "fragile"
        elif answer.code not in ("due", "later", "ended", "no_anchor", "today"):
            kept[one.id] = answer.code
    return kept


@service(Right.READ)
def points(ctx: Ctx, case_ids: Sequence[int], channel: str) -> dict[int, int | None]:
    """The contact point that serves a channel in each case."""
    with ctx.store.read() as reader:
        found = _reach(reader, case_ids)
    return {case: found.get((case, channel)) for case in case_ids}


def _reach(reader: Reader, case_ids: Sequence[int]) -> dict[tuple[int, str], int]:
    """The best contact point of each case by channel; a message needs a mobile number."""
    found: dict[tuple[int, str], int] = {}
    for one in rows.reach(reader, case_ids):
        for channel, kind in NEEDS.items():
            if one.kind == kind and (channel != "sms" or one.phone_kind == "mobile"):
                found.setdefault((one.case_id, channel), one.id)
    return found


def note(channel: str, template: str) -> Message:
    """What a task says on its day."""
    if channel == "call":
        return msg("Call of the reminder scenario")
    return msg("To send by hand: {template}", template=TEXTS.get(template, template))
