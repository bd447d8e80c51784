"""The silence report of the morning: what was not done before today, and why, a sentence a line. Does nothing about it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from core.domain.messages import Label, Message, msg
from core.domain.rights import Right
from core.law.priority import load_habits
from core.law.stops import load_hold_kinds
from core.services import dispute_papers
from core.services.context import Ctx, service
from core.services.dispute_papers import Clock
from core.services.remembered import remembered
from core.store import people, queue, silence
from core.store.silence import Undone
from core.store.unit import Reader

SETTING = "silence_read"  # of a person: the day whose report was read
CHANNELS: Mapping[str, Message] = {"letter": msg("letter"), "email": msg("e-mail"), "sms": msg("SMS")}


@dataclass(frozen=True, slots=True)
class Line:
    """Something not done: its code (store/silence), how many, the sentence, the oldest case; `tab`, `state` and
    `collector` show them in the queue.
    """

    code: str
    count: int
    sentence: Message
    case_id: int
    ref: str
    tab: str = ""
    state: str = ""
    collector: int | None = None


@dataclass(frozen=True, slots=True)
class Silence:
    """The report of a day; no line when everything was done."""

    day: dt.date
    lines: tuple[Line, ...]


@service(Right.READ)
def report(ctx: Ctx) -> Silence:
    """What was not done before today, and why; read from the store as it stands, writes nothing."""
    habits = load_habits()
    with ctx.store.read() as reader:
        found = remembered(
            reader,
            "silence",
            (ctx.store.path, ctx.day),
            lambda: silence.undone(reader, ctx.day, habits.untouched_days, habits.unposted_days),
        )
        found = {**found, **_disputes(reader, ctx.today)}
    return Silence(ctx.today, tuple(_line(code, one) for code, lines in found.items() for one in lines))


@service(Right.READ)
def dismissed(ctx: Ctx) -> bool:
    """Whether this person has put today's report away."""
    with ctx.store.read() as reader:
        return bool(people.setting(reader, SETTING, ctx.user.id)[0] == ctx.day)


@service(Right.PREFERENCES)
def dismiss(ctx: Ctx) -> None:
    """This person has read today's report: it stays away until tomorrow."""
    with ctx.write() as unit:
        people.set_setting(unit, SETTING, ctx.day, ctx.user.id)


def _disputes(reader: Reader, today: dt.date) -> dict[str, tuple[Undone, ...]]:
    """The disputes past their day, to be sent and to be answered apart, each with the latest."""
    late = dispute_papers.late_among(reader, today)
    found = {f"dispute_{state}": [pair for pair in late if pair[1].state == state] for state in ("to_send", "waiting")}
    refs = queue.references(reader, [pairs[0][0].case_id for pairs in found.values() if pairs])
    return {
        code: (Undone("", len(pairs), _by(pairs[0][1]), pairs[0][0].case_id, refs[pairs[0][0].case_id], None),)
        for code, pairs in found.items()
        if pairs
    }


def _by(clock: Clock) -> str:
    return clock.by.isoformat() if clock.by else ""


def _line(code: str, one: Undone) -> Line:
    tab, state = PLACES.get(code, ("", ""))
    return Line(code, one.count, SENTENCES[code](one), one.case_id, one.ref, tab, state, one.collector)


def _day(one: Undone) -> dt.date | None:
    return dt.date.fromisoformat(one.oldest) if one.oldest else None


def _stop(kind: str) -> Label | str:
    return {one.kind: one.label for one in load_hold_kinds()}.get(kind, kind)


def _reason(code: str) -> Label | str:
    return {one.code: one.label for one in load_habits().skip_reasons}.get(code, code)


# Where the queue shows the cases of a line.
PLACES = {
    "lost": ("alerts", ""), "late": ("all", "late"), "held": ("held", "late"), "skipped": ("skipped", ""), "promises": ("alerts", ""),
    "dispute_to_send": ("disputes", ""), "dispute_waiting": ("disputes", ""),
}  # fmt: skip
SENTENCES: Mapping[str, Callable[[Undone], Message]] = {
    "lost": lambda one: msg("Open cases without next action: {count}.", count=one.count),
    "late": lambda one: msg(
        "{who}: {count} actions late, the oldest since {day}.", who=one.who or msg("Nobody in charge"), count=one.count, day=_day(one)
    ),
    "promises": lambda one: msg(
        "Promises whose day passed and that nobody checked: {count}, the oldest to be checked on {day}.", count=one.count, day=_day(one)
    ),
    "held": lambda one: msg(
        "Late because a stop blocks them ({why}): {count}, the oldest since {day}.", why=_stop(one.who), count=one.count, day=_day(one)
    ),
    "gate": lambda one: msg("Contacts refused these last days by rule {rule}: {count}.", rule=one.who, count=one.count),
    "calls": lambda one: msg(
        "{who}: {count} calls begun these last days and not recorded, the oldest of {day}.", who=one.who, count=one.count, day=_day(one)
    ),
    "dispute_to_send": lambda one: msg(
        "Disputes not sent to the creditor in time: {count}, the latest since {day}.", count=one.count, day=_day(one)
    ),
    "dispute_waiting": lambda one: msg(
        "Disputes that the creditor has not answered in time: {count}, the latest since {day}.", count=one.count, day=_day(one)
    ),
    "skipped": lambda one: msg(
        "Set aside ({why}): {count}, the oldest since {day}.", why=_reason(one.who), count=one.count, day=_day(one)
    ),
    "unposted": lambda one: msg("Letters issued and never posted: {count}, the oldest of {day}.", count=one.count, day=_day(one)),
    "failed": lambda one: msg(
        "Messages that did not leave or came back ({channel}), and that nobody answered for: {count}, the oldest of {day}.",
        channel=CHANNELS.get(one.who, one.who), count=one.count, day=_day(one),
    ),
    "untouched": lambda one: msg(
        "Open cases that nobody touched for {days} days: {count}, the oldest since {day}.",
        days=load_habits().untouched_days, count=one.count, day=_day(one),
    ),
}  # fmt: skip
