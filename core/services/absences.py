"""Absences with their cover: until the day of return, the cases show in the queue of who covers. Moves no case."""

from __future__ import annotations

import datetime as dt

from core.domain.messages import Problem, Refusal, msg, refuse
from core.domain.rights import Right
from core.services.context import Ctx, service
from core.services.team import WORKERS
from core.store import assignment as kept
from core.store import team
from core.store.assignment import Absence
from core.store.unit import Reader

__all__ = ["Absence", "absences", "add_absence", "cancel_absence", "come_back"]


@service(Right.READ)
def absences(ctx: Ctx) -> tuple[Absence, ...]:
    """The absences that run or come, the first ones first."""
    with ctx.store.read() as reader:
        return kept.absences(reader, ctx.day)


@service(Right.TEAM)
def add_absence(ctx: Ctx, user_id: int, cover_id: int, from_on: dt.date, return_on: dt.date) -> int:
    """A colleague is away from a day to the day of return (the first day back); another one covers. Returns the absence.

    Raises Refusal "colleague-unknown", "cover-oneself", "date-in-past", "absence-empty", "absence-twice", "cover-away".
    """
    with ctx.write() as unit:
        _check(ctx, unit, user_id, cover_id, from_on, return_on)
        absence_id = kept.add_absence(unit, user_id, cover_id, from_on.isoformat(), return_on.isoformat())
        cases = kept.touch_cases_of(unit, user_id)
        unit.audit("absence.added", "user", user_id, absence=absence_id, cover=cover_id, cases=cases)
    return absence_id


@service(Right.TEAM)
def come_back(ctx: Ctx, absence_id: int, row_version: int) -> None:
    """The colleague is back today: the cases are theirs again at once. Raises Refusal "absence-unknown", "changed-meanwhile"."""
    with ctx.write() as unit:
        row = _absence(unit, absence_id)
        starts_today_or_later = row.from_on >= ctx.day
        kept.end_absence(unit, absence_id, row_version, None if starts_today_or_later else ctx.day)
        kept.touch_cases_of(unit, row.user_id)
        unit.audit("absence.ended", "user", row.user_id, absence=absence_id)


@service(Right.TEAM)
def cancel_absence(ctx: Ctx, absence_id: int, row_version: int) -> None:
    """The absence does not take place. Raises Refusal "absence-unknown", "changed-meanwhile"."""
    with ctx.write() as unit:
        row = _absence(unit, absence_id)
        kept.end_absence(unit, absence_id, row_version, None)
        kept.touch_cases_of(unit, row.user_id)
        unit.audit("absence.cancelled", "user", row.user_id, absence=absence_id)


def _absence(reader: Reader, absence_id: int) -> Absence:
    found = kept.absence(reader, absence_id)
    if found is None:
        raise refuse(
            "absence-unknown",
            msg("There is no such absence any more."),
            msg("Look at the list again."),
            field="absence",
            value=str(absence_id),
        )
    return found


def _check(ctx: Ctx, reader: Reader, user_id: int, cover_id: int, from_on: dt.date, return_on: dt.date) -> None:
    """Every field is judged at once; two absences of one person, or an absent cover, would leave cases with nobody."""
    names = {one.id: one.name for one in team.colleagues(reader) if one.role in WORKERS}
    others = [row for row in kept.absences(reader, ctx.day) if _overlap(row, from_on, return_on)]
    away = next((row for row in others if row.user_id == cover_id), None)
    covering = next((row for row in others if row.cover_id == user_id), None)
    twice = any(row.user_id == user_id for row in others)
    unknown = msg("This person is not in the team, or is given no case.")
    choose = msg("Choose someone of the list.")
    rows = (
        (user_id not in names, "colleague-unknown", "colleague", unknown, choose),
        (cover_id not in names, "colleague-unknown", "cover", unknown, choose),
        (user_id == cover_id, "cover-oneself", "cover", msg("Nobody covers for themself."), msg("Choose somebody else.")),
        (from_on < ctx.today, "date-in-past", "from", msg("The absence would begin in the past ({given}).", given=from_on),
         msg("Choose today or later.")),
        (return_on <= from_on, "absence-empty", "return", msg("The day of return is not after the first day of absence."),
         msg("Give the first day back at work.")),
        (twice, "absence-twice", "from", msg("This colleague is already away in these days."),
         msg("End or cancel the other absence first.")),
        (away is not None, "cover-away", "cover", msg("{name} is away in these days too.", name=names.get(cover_id, "")),
         msg("Choose somebody who is there.")),
        (covering is not None, "cover-away", "colleague", msg("{name} covers for a colleague in these days.", name=names.get(user_id, "")),
         msg("Give that colleague another cover first.")),
    )  # fmt: skip
    wrong = [Problem(code, reason, remedy, field=field) for bad, code, field, reason, remedy in rows if bad]
    if wrong:
        raise Refusal(*wrong)


def _overlap(row: Absence, from_on: dt.date, return_on: dt.date) -> bool:
    return row.from_on < return_on.isoformat() and from_on.isoformat() < row.return_on
