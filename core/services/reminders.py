"""A run of the scenarios: previewed before anything leaves, done, released, kept in a history. Writes no letter itself.

A run is done in three moves, each committed: steps are claimed, acted upon (services/reminder_acts), told done. A program stopped in
between is taken up by the next run, with the same token, so that nothing leaves twice.
"""

from __future__ import annotations

import datetime as dt
import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace

from core.domain.messages import Message, msg, refuse
from core.domain.rights import Right
from core.domain.scenarios import opened
from core.services import reminder_acts, reminder_lines, scenario_case, scenario_choice, scenario_facts, scenarios
from core.services.context import Ctx, service
from core.services.refusals import empty_field
from core.services.reminder_acts import Act
from core.services.reminder_lines import Line
from core.store import reminders as rows
from core.store import scenario_due as due
from core.store.reminders import ReminderRow, RunRow
from core.store.unit import Unit

__all__ = [
    "Barred",
    "Done",
    "Line",
    "ReminderRow",
    "Run",
    "RunRow",
    "dismiss",
    "history",
    "of_run",
    "preview",
    "release",
    "run",
    "waiting",
]
MOST = 500  # cases of one run: one printing file, one short writing; the next run goes on
PRINTING = "printing"
SHOWN = 200  # lines of a list


@dataclass(frozen=True, slots=True)
class Barred:
    """Why some cases have no step today: the code, its sentence, how many, from when on (None: nobody can say), the lines shown."""

    code: str
    sentence: Message
    cases: int
    next_on: dt.date | None
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Run:
    """What a run would do today: the lines that leave, those that would wait for a word, what is kept back by rule.

    `later`: cases due and not judged yet, beyond the 500 of one run, which go on after the case `beyond`. `closed_until`: the next open day
    when the house does not work today.
    """

    lines: tuple[Line, ...]
    barred: tuple[Barred, ...]
    waiting: int
    later: int
    closed_until: dt.date | None = None
    beyond: int = 0

    def count(self, *, automatic: bool = True) -> dict[str, int]:
        """How many lines leave by channel, or wait for a word."""
        return dict(Counter(line.step.channel for line in self.lines if line.step.automatic is automatic))


@dataclass(frozen=True, slots=True)
class Done:
    """What a run did, by channel; `to_validate` wait for a word, `refused` at the last moment; `barred` by code; the others as in Run.

    `printing`: the document that prints its letters, 0 when there is none.
    """

    run_id: int
    done: dict[str, int]
    by_hand: int
    to_validate: int
    refused: int
    barred: dict[str, int]
    later: int
    beyond: int = 0
    printing: int = 0


@service(Right.READ)
def preview(ctx: Ctx, most: int = MOST, beyond: int = 0) -> Run:
    """What a run would do now, line by line, and what is kept back and why; counts over the whole portfolio. Writes nothing."""
    with ctx.store.read() as reader:
        waits = len(rows.in_state(reader, "waiting", SHOWN))
        days = scenario_facts.house_days(reader)
        if not days(ctx.today):
            return Run((), (), waits, 0, opened(ctx.today, days))
        found = scenarios.in_force(reader)
        asked = scenario_facts.asked(reader, found, ctx.today)
        counts = due.due_counts(reader, asked)
        events = scenario_facts.expected(reader, ctx.today, scenarios.lead(found))
        ready = due.due_cases(reader, asked, "", most, beyond)
        kept = [
            (bar, sum(one.cases for one in counts if one.bar == bar), due.due_cases(reader, asked, bar, SHOWN))
            for bar in dict.fromkeys(one.bar for one in counts if one.bar)
        ]
        ids = tuple(dict.fromkeys((*(events if not beyond else ()), *(one.case_id for one in ready))))
        seen = reminder_lines.Seen(found, scenario_choice.laid(asked.chosen), events)
        lines = reminder_lines.lines(ctx, reader, ids, seen)
        held = [
            (bar, n, reminder_lines.lines(ctx, reader, [one.case_id for one in some], seen, judged=False))
            for bar, n, some in kept
        ]
    free = sum(one.cases for one in counts if not one.bar)
    last = ready[-1].case_id if len(ready) == most else 0
    return Run(
        tuple(line for line in lines if not line.code),
        _barred((line for line in lines if line.code), held),
        waits,
        free - len(ready) if last else 0,
        beyond=last,
    )


def _barred(lines: Iterable[Line], held: Iterable[tuple[str, int, Sequence[Line]]]) -> tuple[Barred, ...]:
    """What keeps cases back, each rule once: what the last look refuses, then what the store knew (rule, cases, some of their lines)."""
    counts, shown = Counter[str](), dict[str, list[Line]]()
    for code, count, some in (*((line.code, 1, (line,)) for line in lines), *held):
        counts[code] += count
        shown.setdefault(code, []).extend(some)
    return tuple(_kept(code, counts[code], found) for code, found in shown.items())


def _kept(code: str, count: int, lines: Sequence[Line]) -> Barred:
    days = [line.next_on for line in lines if line.next_on]
    sentence = lines[0].why if lines else msg("The facts of these cases changed meanwhile.")
    return Barred(code, reminder_lines.RULES.get(code, sentence), count, min(days, default=None), tuple(lines))


@service(Right.WORK)
def run(ctx: Ctx, token: str, *, origin: str = "hand", most: int = MOST, beyond: int = 0) -> Done:
    """Do what is due today: letters issued, tasks set, steps to validate put on their list; at most 500 cases. One token runs once.

    What an earlier run had claimed and not told is ended first. Each case has its own line of audit.
    """
    with ctx.write() as unit:
        before = unit.done_before(token, "reminder_run")
        if before:
            return Done(**before)
    _take_up(ctx)
    found = preview(ctx, most, beyond)
    with ctx.write() as unit:
        for row in rows.over(unit):
            rows.settle(unit, row, "dropped")
        run_id = rows.add_run(unit, origin)
        kept = [_keep(unit, line, run_id) for line in found.lines]
        unit.audit("reminders.claimed", "reminder_run", run_id, cases=[row.case_id for row in found.lines])
    acts = _act(ctx, run_id)
    barred = {one.code: one.cases for one in found.barred}
    return _told(ctx, Done(run_id, {}, 0, kept.count("waiting"), 0, barred, found.later, found.beyond), acts, token)


def _keep(unit: Unit, line: Line, run_id: int) -> str:
    state = "doing" if line.step.automatic else "waiting"
    event = line.event_on.isoformat() if line.event_on else None
    step = rows.NewStep(
        line.case_id, line.scenario, line.step.level, line.on.isoformat(), line.step.channel, line.step.template, event
    )
    rows.add(unit, step, state, run_id)
    return state


def _act(ctx: Ctx, run_id: int) -> dict[str, int]:
    """Act upon what a run has claimed, a channel and kind of text at a time, and tell it."""
    with ctx.store.read() as reader:
        claimed = [row for row in rows.of_run(reader, run_id, MOST) if row.state == "doing"]
    counts: Counter[str] = Counter()
    for channel, template in dict.fromkeys((row.channel, row.template) for row in claimed):
        group = [row for row in claimed if (row.channel, row.template) == (channel, template)]
        token = f"reminders-{run_id}-{channel}-{template}"
        points = reminder_lines.points(ctx, [row.case_id for row in group], channel)
        acts = reminder_acts.act(ctx, channel, template, points, token, reminder_lines.note(channel, template))
        with ctx.write() as unit:
            for row in group:
                counts[_settle(unit, row, acts[row.case_id])] += 1
                counts[PRINTING] = max(counts[PRINTING], acts[row.case_id].print_id)
            unit.audit("reminders.told", "reminder_run", run_id, channel=channel, template=template, cases=len(group))
    return counts


def _settle(unit: Unit, row: ReminderRow, act: Act) -> str:
    if act.act == "refused":
        rows.settle(unit, row, "refused", act=act.act, said=reminder_acts.told(act.problems))
        return "refused"
    rows.settle(
        unit,
        row,
        "done",
        act=act.act,
        done_on=unit.today,
        document_id=act.document_id,
        message_id=act.message_id,
        task_id=act.task_id,
    )
    scenario_case.tell(unit, row.case_id, "scenario_step", kind=row.template)
    unit.audit("reminder.done", "case", row.case_id, reminder=row.id, act=act.act, level=row.level)
    return f"{row.channel}:{act.act}"


def _take_up(ctx: Ctx) -> None:
    """End what a stopped program left claimed: the same token gives what was already done."""
    with ctx.store.read() as reader:
        left = rows.in_state(reader, "doing", MOST)
    for run_id in dict.fromkeys(row.run_id for row in left if row.run_id):
        _act(ctx, run_id)


def _told(ctx: Ctx, begun: Done, acts: Mapping[str, int], token: str) -> Done:
    """Write down what a run did."""
    done: Counter[str] = Counter()
    for name, count in acts.items():
        if name not in ("refused", PRINTING):
            done[name.partition(":")[0]] += count
    by_hand = sum(count for name, count in acts.items() if name.endswith(":task") and not name.startswith("call:"))
    told = replace(
        begun, done=dict(done), by_hand=by_hand, refused=acts.get("refused", 0), printing=acts.get(PRINTING, 0)
    )
    with ctx.write() as unit:
        kept = asdict(told)
        rows.end_run(unit, told.run_id, kept)
        unit.audit(
            "reminders.run", "reminder_run", told.run_id, done=told.done, waiting=told.to_validate, refused=told.refused
        )
        unit.remember(token, "reminder_run", kept)
    return told


@service(Right.READ)
def waiting(ctx: Ctx) -> tuple[ReminderRow, ...]:
    """The steps that wait for a person's word, the oldest first, 200 at most."""
    with ctx.store.read() as reader:
        return rows.in_state(reader, "waiting", SHOWN)


@service(Right.WORK)
def release(ctx: Ctx, ids: Sequence[int], token: str) -> Done:
    """Let steps that waited leave, after a last look at each; one token releases once. Raises Refusal "nothing-chosen"."""
    if not ids:
        raise refuse("nothing-chosen", msg("No step is chosen."), msg("Choose one line or several."), field="steps")
    with ctx.write() as unit:
        before = unit.done_before(token, "reminder_run")
        if before:
            return Done(**before)
        stopped = reminder_lines.stopped(ctx, unit, rows.some(unit, ids))
        run_id = rows.add_run(unit, "release")
        rows.claim(unit, [one for one in ids if one not in stopped], run_id)
        unit.audit("reminders.released", "reminder_run", run_id, steps=list(ids))
    acts = _act(ctx, run_id)
    return _told(ctx, Done(run_id, {}, 0, 0, 0, dict(Counter(stopped.values())), 0), acts, token)


@service(Right.WORK)
def dismiss(ctx: Ctx, ids: Sequence[int], reason: str) -> int:
    """Skip steps that waited, with a reason: the next one counts from today. Returns how many were. Raises Refusal "field-empty"."""
    if not reason.strip():
        raise refuse("field-empty", empty_field("reason").reason, msg("Say why, in objective words."), field="reason")
    with ctx.write() as unit:
        found = [row for row in rows.some(unit, ids) if row.state == "waiting"]
        for row in found:
            rows.settle(unit, row, "skipped", done_on=unit.today)
            scenario_case.tell(unit, row.case_id, "scenario_skipped", reason, kind=row.template)
            unit.audit("reminder.skipped", "case", row.case_id, reminder=row.id, text=unit.text(reason))
        if not found:
            raise refuse("nothing-chosen", msg("No step is chosen."), msg("Choose one line or several."), field="steps")
    return len(found)


@service(Right.READ)
def history(ctx: Ctx, most: int = 30) -> tuple[tuple[RunRow, Done | None], ...]:
    """The last runs and what each did (None: it was stopped midway, or still goes on)."""
    with ctx.store.read() as reader:
        found = rows.runs(reader, most)
    return tuple((row, Done(**json.loads(row.outcome)) if row.ended_at else None) for row in found)


@service(Right.READ)
def of_run(ctx: Ctx, run_id: int) -> tuple[ReminderRow, ...]:
    """The steps of a run, 200 at most."""
    with ctx.store.read() as reader:
        return rows.of_run(reader, run_id, SHOWN)
