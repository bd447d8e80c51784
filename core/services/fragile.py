"""The fragile path of a debtor: coded needs, one person who speaks with them, signposts, a review, an end. Keeps no cause and no story."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Collection
from dataclasses import dataclass

from core.documents.signposts import Help, Signposts, signposts_pdf
from core.domain.messages import Problem, Refusal, msg, refuse
from core.domain.rights import Right
from core.i18n import texts
from core.law.fragile import FragileData, load_fragile
from core.services import contact_record, letterhead
from core.services.agency import agency_file
from core.services.context import Ctx, service
from core.services.fragile_record import REVIEW, begin
from core.services.refusals import unknown_choice
from core.store import cases, course, journal, team
from core.store import fragile as kept
from core.store.fragile import PathRow
from core.store.unit import Reader, Unit

__all__ = [
    "Path",
    "PathEntry",
    "begin_path",
    "change_path",
    "end_path",
    "fragile_data",
    "open_among",
    "open_path",
    "open_path_of",
    "paths_of",
    "signposts_file",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Path:
    """A path: `needs` codes of data/fragile, `user_id` the one person who speaks with the debtor; no end while it is open."""

    row: PathRow
    needs: tuple[str, ...]

    @property
    def user_id(self) -> int:
        """The one person who speaks with the debtor."""
        return self.row.user_id


@dataclass(frozen=True, slots=True)
class PathEntry:
    """A path as a lead opens it, or as a review leaves it."""

    needs: tuple[str, ...]
    user_id: int
    review_on: dt.date


def fragile_data() -> FragileData:
    """Needs, ends and signposts, with their words."""
    return load_fragile()


def open_path(reader: Reader, case_id: int) -> Path | None:
    """The open path of the debtor of a case, None without one: while it is open the contact gate lets no firm text leave (FRA-01)."""
    row = kept.open_of_case(reader, case_id)
    return _path(row) if row else None


def open_among(reader: Reader, case_ids: Collection[int]) -> frozenset[int]:
    """Those of some cases whose debtor has an open path: for a run over many."""
    return kept.cases_under(reader, case_ids)


def _path(row: PathRow) -> Path:
    return Path(row, tuple(json.loads(row.needs)))


@service(Right.READ)
def open_path_of(ctx: Ctx, case_id: int) -> Path | None:
    """The open path of the debtor of a case."""
    with ctx.store.read() as reader:
        return open_path(reader, case_id)


@service(Right.READ)
def paths_of(ctx: Ctx, case_id: int) -> tuple[Path, ...]:
    """Every path of the debtor of a case, the last opened first."""
    with ctx.store.read() as reader:
        return tuple(_path(row) for row in kept.of_case(reader, case_id))


@service(Right.DECIDE)
def begin_path(ctx: Ctx, case_id: int, entry: PathEntry, token: str) -> int:
    """Open the path of the debtor of a case; it holds for all their cases. Twice with one token opens once.

    Raises Refusal "case-unknown", "case-closed", "fragile-open", "choice-unknown", "needs-missing", "date-in-past".
    """
    with ctx.write() as unit:
        before = unit.done_before(token, "begin_path")
        if before:
            return int(before)
        head = contact_record.head(unit, case_id)
        if head.status == "closed":
            raise contact_record.case_closed("needs")
        _check(ctx, unit, entry)
        if kept.open_of_case(unit, case_id):
            raise refuse(
                "fragile-open",
                msg("A fragile path is open already for this person."),
                msg("Open the case again and review the one that is there."),
                field="needs",
            )
        said = _write(unit, case_id, "fragile_opened", review=entry.review_on.isoformat())
        path_id = begin(unit, head.debtor_id, case_id, said, entry.needs, entry.user_id, entry.review_on)
        unit.touch(case_id)
        unit.remember(token, "begin_path", path_id)
        return path_id


@service(Right.WORK)
def change_path(ctx: Ctx, path_id: int, row_version: int, entry: PathEntry) -> None:
    """What a review decided: needs, the one person, the next review, whose action is set anew.

    Raises Refusal "fragile-unknown", "choice-unknown", "needs-missing", "date-in-past", "changed-meanwhile".
    """
    with ctx.write() as unit:
        row = _running(unit, path_id)
        _check(ctx, unit, entry)
        kept.change(unit, path_id, row_version, entry.needs, entry.user_id, entry.review_on.isoformat())
        said = _write(unit, row.case_id, "fragile_reviewed", review=entry.review_on.isoformat())
        journal.close_tasks(unit, row.case_id, "done", said, (REVIEW,))
        review_on = entry.review_on.isoformat()
        journal.add_task(unit, row.case_id, REVIEW, review_on, origin="fragile", assignee_id=entry.user_id)
        unit.touch(row.case_id)
        unit.audit("fragile.reviewed", "fragile_path", path_id, case=row.case_id, user=entry.user_id, entry=said)


@service(Right.DECIDE)
def end_path(ctx: Ctx, path_id: int, row_version: int, reason: str) -> None:
    """End the path today for a coded reason; a case left without next action gets a call back.

    Raises Refusal "fragile-unknown", "choice-unknown", "changed-meanwhile".
    """
    if reason not in {one.code for one in load_fragile().ends}:
        raise unknown_choice("reason", reason)
    with ctx.write() as unit:
        row = _running(unit, path_id)
        kept.end(unit, path_id, row_version, reason)
        said = _write(unit, row.case_id, "fragile_ended", kind=reason)
        journal.close_tasks(unit, row.case_id, "done", said, (REVIEW,))
        if not course.tasks(unit, row.case_id) and journal.is_open(unit, row.case_id):
            journal.add_task(unit, row.case_id, "call_back", ctx.day, origin="fragile")
        unit.touch(row.case_id)
        unit.audit("fragile.ended", "fragile_path", path_id, case=row.case_id, reason=reason)


@service(Right.READ)
def signposts_file(ctx: Ctx, case_id: int) -> tuple[str, bytes]:
    """Name and bytes of the sheet that tells the debtor where help is found, in their language. Asks for nothing and is not kept."""
    with ctx.store.read() as reader:
        head = contact_record.head(reader, case_id)
        who = letterhead.debtor(head, cases.contact_points(reader, (head.debtor_id,)))
    helps = tuple(
        Help(one.name.of(head.lang), one.does.of(head.lang), one.reach.of(head.lang))
        for one in load_fragile().signposts
    )
    model = Signposts(ctx.today, ctx.now, letterhead.agency(agency_file(ctx).file), who, head.ref, helps)
    t = texts(head.lang)
    return f"{t('help')}-{head.ref}.pdf", signposts_pdf(model, t)


def _check(ctx: Ctx, reader: Reader, entry: PathEntry) -> None:
    known = {one.code for one in load_fragile().needs}
    if strange := [code for code in entry.needs if code not in known]:
        raise unknown_choice("needs", strange[0])
    problems = []
    if not entry.needs:
        what = msg("Choose at least one need of the list; never its cause.")
        problems.append(Problem("needs-missing", msg("A path without a need helps nobody."), what, field="needs"))
    if entry.review_on <= ctx.today:
        past = msg("The review would be in the past ({given}).", given=entry.review_on)
        problems.append(Problem("date-in-past", past, msg("Choose a day after today."), field="review_on"))
    if problems:
        raise Refusal(*problems)
    if entry.user_id not in {one.id for one in team.colleagues(reader)}:
        raise unknown_choice("user", str(entry.user_id))


def _running(reader: Reader, path_id: int) -> PathRow:
    row = kept.one(reader, path_id)
    if row is None or row.ended_on:
        raise refuse(
            "fragile-unknown",
            msg("There is no such fragile path in force."),
            msg("Open the case again."),
            field="path",
            value=str(path_id),
        )
    return row


def _write(unit: Unit, case_id: int, step: str, *, kind: str = "", review: str = "") -> int:
    """The line of the journal: what happened to the path, never why."""
    facts = {key: value for key, value in (("step", step), ("kind", kind), ("review", review)) if value}
    return journal.add_interaction(unit, journal.NewInteraction(case_id, "note", "none", "", unit.today), facts)
