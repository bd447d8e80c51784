"""The day's own work, part by part: roll of the day, reminders, outbox, inbox, silence report. Each says what was done, what not, and why.

Cron and the server may both start it: a lease lets one work at a time, and each part only does what is still to be done today.
"""

from __future__ import annotations

import datetime as dt
import secrets
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace

from core.domain.messages import Message, Refusal, msg, refuse
from core.domain.rights import Right
from core.services import channel_settings, house, inbox, outbox, promise_follow, question_chase, reminders, silence
from core.services.context import Ctx, service
from core.services.reminders import Barred, Run
from core.store import jobs, people, queue

JOB, SETTING = "run-daily", "daily"
LEASE = dt.timedelta(minutes=30)
ROUNDS = 200  # runs of 500 cases: a day's work is bounded
NEVER = -1


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the day's work, with its sentences."""

    name: str
    done: tuple[Message, ...] = ()
    not_done: tuple[Message, ...] = ()


@dataclass(frozen=True, slots=True)
class Daily:
    """What the day's work did, or would do when `dry`."""

    day: dt.date
    dry: bool
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Schedule:
    """At which minute of the agency's day the server starts the work by itself (NEVER: it does not), and the last run's day."""

    minute: int
    last_run_on: dt.date | None
    row_version: int

    def due(self, now: dt.datetime, today: dt.date) -> bool:
        """Whether the server starts it at a moment of the agency's own clock: its minute is past and it did not run today."""
        past = self.minute != NEVER and now.hour * 60 + now.minute >= self.minute
        return past and self.last_run_on != today


@service(Right.WORK)
def run(ctx: Ctx, *, dry_run: bool = False) -> Daily:
    """Do the day's work now; `dry_run` says what it would do and writes nothing. Raises Refusal "daily-running" while another does it."""
    if dry_run:
        return Daily(
            ctx.today, True, tuple(_safely(part, ctx) for part in (_roll_due, _would_remind, _outbox, _inbox, _silence))
        )
    owner = secrets.token_hex(8)
    with ctx.write() as unit:
        if not jobs.take(unit, JOB, owner, _stamp(ctx.now + LEASE)):
            raise refuse(
                "daily-running",
                msg("The day's work is being done by another program now."),
                msg("Wait until it ends; a program that stopped gives its place up after half an hour."),
            )
        unit.audit("daily.begun", "job", 0)
    outcome = None
    try:
        parts = (_roll, _promises, _questions, _remind, _send, _receive, _silence)
        done = Daily(ctx.today, False, tuple(_safely(part, ctx) for part in parts))
        outcome = {
            one.name: [[str(said) for said in one.done], [str(said) for said in one.not_done]] for one in done.parts
        }
    finally:
        with ctx.write() as unit:
            jobs.leave(unit, JOB, owner, outcome)
            unit.audit("daily.ended", "job", 0, whole=outcome is not None)
    return done


def _safely(part: Callable[[Ctx], Part], ctx: Ctx) -> Part:
    """A part that is refused says why; the others go on."""
    try:
        return part(ctx)
    except Refusal as refusal:
        return Part(part.__name__.strip("_"), (), tuple(problem.reason for problem in refusal.problems))


def _roll(ctx: Ctx) -> Part:
    rolled = house.roll(ctx.store)
    return Part("roll", (msg("The day was rolled: what is overdue, held or promised counts for today."),) if rolled else (),
                () if rolled else (msg("The day had been rolled already."),))  # fmt: skip


def _roll_due(ctx: Ctx) -> Part:
    with ctx.store.read() as reader:
        rolled = people.meta(reader).rolled_on == ctx.day
    said = msg("The day had been rolled already.") if rolled else msg("The day would be rolled first.")
    return Part("roll", () if rolled else (said,), (said,) if rolled else ())


def _remind(ctx: Ctx) -> Part:
    """Runs of 500 cases until every case that has a step due was looked at."""
    done: Counter[str] = Counter()
    barred: dict[str, int] = {}
    shown, beyond = reminders.preview(ctx, 1), 0
    if shown.closed_until:
        return Part("reminders", (), _barred(shown))
    for _ in range(ROUNDS):
        one = reminders.run(ctx, secrets.token_hex(8), origin="daily", beyond=beyond)
        done.update(one.done)
        done.update(by_hand=one.by_hand, to_validate=one.to_validate, refused=one.refused)
        barred = dict(Counter(barred) + Counter(one.barred)) if beyond else one.barred
        beyond = one.beyond
        if not beyond:
            break
    told = (*said(dict(done)), *_also(done))
    refused = (msg("Refused at the last moment: {n}", n=done["refused"]),) if done["refused"] else ()
    kept = tuple(_why(code, barred[code], shown) for code in barred)
    return Part("reminders", told or (msg("No step was due."),), (*kept, *refused))


def _why(code: str, count: int, shown: Run) -> Message:
    one = next((one for one in shown.barred if one.code == code), None)
    return _line(replace(one, cases=count)) if one else msg("{n} kept back ({code})", n=count, code=code)


def _also(done: Counter[str]) -> tuple[Message, ...]:
    found = []
    if done["by_hand"]:
        found.append(msg("Of these, to be sent by hand (no way out is set): {n}", n=done["by_hand"]))
    if done["to_validate"]:
        found.append(msg("Waiting for a person's word: {n}", n=done["to_validate"]))
    return tuple(found)


def _would_remind(ctx: Ctx) -> Part:
    shown = reminders.preview(ctx)
    waiting = sum(shown.count(automatic=False).values())
    also = (msg("Waiting for a person's word: {n}", n=waiting),) if waiting else ()
    return Part("reminders", (*said(shown.count()), *also), _barred(shown))


COUNTED = {
    "letter": msg("Letters: {n}"),
    "formal_notice": msg("Formal notices: {n}"),
    "email": msg("E-mails: {n}"),
    "sms": msg("SMS: {n}"),
    "call": msg("Calls: {n}"),
}


def said(counts: dict[str, int]) -> tuple[Message, ...]:
    """How many by channel, a sentence each."""
    return tuple(replace(sentence, params={"n": counts[one]}) for one, sentence in COUNTED.items() if counts.get(one))


def _barred(shown: Run) -> tuple[Message, ...]:
    if shown.closed_until:
        return (msg("The house does not work today; the next open day is {day}.", day=shown.closed_until),)
    later = (msg("{n} more are due and will be looked at in the same work.", n=shown.later),) if shown.later else ()
    return (*(_line(one) for one in shown.barred), *later)


def _line(one: Barred) -> Message:
    if one.next_on:
        return msg("{n} kept back: {why} From {day}.", n=one.cases, why=one.sentence, day=one.next_on)
    return msg("{n} kept back: {why}", n=one.cases, why=one.sentence)


def _outbox(ctx: Ctx) -> Part:
    """What waits to leave: letters are posted by a person, messages by hand until a server is set."""
    with ctx.store.read() as reader:
        waits = queue.ready_to_leave(reader)
    told = tuple(
        msg("Letters to be posted: {n}", n=count)
        if channel == "letter"
        else msg("Messages to send ({channel}): {n}", n=count, channel=channel)
        for channel, count in waits
    )
    return Part("outbox", (), told or (msg("Nothing waits to leave."),))


def _send(ctx: Ctx) -> Part:
    """A round of the outbox after another until nothing more is ready; then what still waits."""
    sent = failed = 0
    why: tuple[Message, ...] = ()
    for _ in range(ROUNDS):
        found = outbox.run(ctx)
        sent, failed = sent + found.sent, failed + found.failed
        why = tuple(problem.reason for problem in found.problems)
        if found.problems or not found.sent:
            break
    left = (msg("Messages sent: {n}", n=sent),) if sent else ()
    bad = (msg("Messages that failed: {n}", n=failed),) if failed else ()
    return Part("outbox", left, (*why, *bad, *_outbox(ctx).not_done))


def _inbox(ctx: Ctx) -> Part:
    """Whether a mailbox would be read."""
    if channel_settings.channel_settings(ctx).settings.receives:
        return Part("inbox", (msg("The mailbox would be read."),))
    return Part("inbox", (), (msg("No mailbox is set: what comes in is logged by hand."),))


def _receive(ctx: Ctx) -> Part:
    """Read the mailbox, when there is one."""
    if not channel_settings.channel_settings(ctx).settings.receives:
        return _inbox(ctx)
    found = inbox.read_mail(ctx)
    told = (
        msg("Messages filed on their case: {filed}; to sort: {unsorted}; returned: {bounced}", filed=found.filed,
            unsorted=found.unsorted, bounced=found.bounced),
    )  # fmt: skip
    return Part("inbox", told, tuple(problem.reason for problem in found.problems))


def _promises(ctx: Ctx) -> Part:
    """Tell the promises whose day and grace have passed; a broken one is today's next action."""
    told = promise_follow.follow(ctx)
    counts = ((msg("Promises kept: {n}", n=told.kept), told.kept), (msg("Promises kept in part: {n}", n=told.partly), told.partly),
              (msg("Promises broken: {n}", n=told.broken), told.broken))  # fmt: skip
    return Part("promises", tuple(said for said, count in counts if count) or (msg("No promise came to its end."),))


def _questions(ctx: Ctx) -> Part:
    """Remind the creditors whose answer is awaited since its day."""
    told = question_chase.chase(ctx)
    sent = (msg("Creditors reminded by e-mail: {n}", n=told.sent),) if told.sent else ()
    hand = (msg("Creditors to be reminded by hand: {n}", n=told.by_hand),) if told.by_hand else ()
    return Part("questions", sent or (() if hand else (msg("No creditor is late with an answer."),)), hand)


def _silence(ctx: Ctx) -> Part:
    """What was not done before today, and why: the morning's report."""
    lines = tuple(one.sentence for one in silence.report(ctx).lines)
    return Part("silence", () if lines else (msg("Every open case has a next action, and none is late."),), lines)


@service(Right.READ)
def schedule(ctx: Ctx) -> Schedule:
    """When the server does the day's work by itself."""
    with ctx.store.read() as reader:
        kept, version = people.setting(reader, SETTING)
        row = jobs.job(reader, JOB)
    last = dt.date.fromisoformat(row.last_run_on) if row and row.last_run_on else None
    return Schedule(int((kept or {}).get("minute", NEVER)), last, version)


@service(Right.SETTINGS)
def set_schedule(ctx: Ctx, at: dt.time | None, row_version: int) -> None:
    """Have the server do the day's work at an hour of the agency's clock, or never (None). Raises Refusal "changed-meanwhile"."""
    minute = at.hour * 60 + at.minute if at else NEVER
    with ctx.write() as unit:
        people.set_setting(unit, SETTING, {"minute": minute}, 0, row_version)
        unit.audit("daily.scheduled", "setting", 0, minute=minute)


def _stamp(moment: dt.datetime) -> str:
    return moment.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
