"""Who looked at which case: noted when a person opens one, shown to those who answer for it, erased in time. Audits nothing.

Own retention: CNIL, délibération 2021-122 (data/retention/access_log.yaml). The list itself is read by lead and administrator.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from core.domain.dates import months_before
from core.domain.messages import msg, refuse
from core.domain.rights import Right
from core.law.retention import Retention, access_log
from core.services.context import Ctx, service
from core.store import access_log as store
from core.store import cases, people, queue
from core.store.unit import Reader, Store

KEY = "access_log_months"


@dataclass(frozen=True, slots=True)
class ViewRow:
    """A person, a case and the minute in which they looked at it (UTC)."""

    at: dt.datetime
    person: str
    case_id: int
    case_ref: str


@dataclass(frozen=True, slots=True)
class ViewPage:
    """One page of the log, newest first."""

    rows: tuple[ViewRow, ...]
    total: int
    pages: int


@dataclass(frozen=True, slots=True)
class Kept:
    """How many months are kept here, the row version of that choice, and the rule with its bounds."""

    months: int
    row_version: int
    rule: Retention


@service(Right.READ)
def record_view(ctx: Ctx, case_id: int) -> None:
    """Note that the person opened a case on screen; costs them no write."""
    store.add(store.beside(ctx.store), ctx.space, ctx.stamp, ctx.user.id, case_id)


@service(Right.ACCESS_LOG)
def views(ctx: Ctx, case_ref: str = "", page: int = 1) -> ViewPage:
    """A page (from 1) of who looked at what, or at the case of a reference; raises Refusal "case-unknown"."""
    with ctx.store.read() as reader:
        case_id = _case(reader, case_ref.strip())
        rows, total = store.views(store.beside(ctx.store), ctx.space, case_id, max(page, 1))
        names = people.names(reader, {row.user_id for row in rows})
        refs = cases.refs(reader, {row.case_id for row in rows})
    shown = tuple(
        ViewRow(
            dt.datetime.fromisoformat(row.minute),
            names.get(row.user_id, ""),
            row.case_id,
            refs.get(row.case_id, ""),
        )
        for row in rows
    )
    return ViewPage(shown, total, max(1, -(-total // store.PAGE)))


def _case(reader: Reader, ref: str) -> int | None:
    if not ref:
        return None
    found = queue.case_of_reference(reader, ref)
    if found is None:
        raise refuse(
            "case-unknown",
            msg("There is no case {given} here.", given=ref),
            msg("Check the reference, or leave it empty to see every case."),
            field="case",
            value=ref,
        )
    return found


@service(Right.ACCESS_LOG)
def retention(ctx: Ctx) -> Kept:
    """How long the log is kept."""
    with ctx.store.read() as reader:
        return _kept(reader)


@service(Right.SETTINGS)
def set_retention(ctx: Ctx, months: int, row_version: int) -> None:
    """Keep the log for another number of months, within the bounds of the rule; older views are erased at once."""
    rule = access_log()
    if not rule.least <= months <= rule.most:
        raise refuse(
            "retention-out-of-bounds",
            msg("{given} months are not between {least} and {most}.", given=months, least=rule.least, most=rule.most),
            msg("Choose a number within these bounds ({source}).", source=rule.source),
            field="months",
            value=str(months),
        )
    with ctx.write() as unit:
        people.set_setting(unit, KEY, months, 0, row_version)
        unit.audit("access_log.retention", "setting", 0, months=months)
    purge(ctx.store, ctx.today)


def purge(of: Store, today: dt.date) -> int:
    """Erase the views older than the retention (the roll of the day does); returns how many."""
    with of.read() as reader:
        months = _kept(reader).months
    return store.purge(store.beside(of), months_before(today, months).isoformat())


def _kept(reader: Reader) -> Kept:
    rule = access_log()
    chosen, version = people.setting(reader, KEY)
    return Kept(chosen or rule.months, version, rule)
