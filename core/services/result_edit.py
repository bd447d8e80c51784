"""Editing a result code: what a lead may change, checked, kept as one more version; back to the shipped one. Logs no contact."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from core.domain.messages import Problem, Refusal, msg, refuse
from core.domain.rights import Right
from core.law import result_edits
from core.law.results import CountedFrom, Family, Hold, Need, ResultCode, load_actions, load_kept, load_results
from core.services import result_codes
from core.services.context import Ctx, service
from core.store import overlays
from core.store.overlays import Overlay
from core.store.unit import Reader


@dataclass(frozen=True, slots=True)
class ResultEntry:
    """A code as typed; `stops` "none" or a kind of stop, `stop_days` 0 for until lifted; family and channels of a new code only."""

    code: str
    label_fr: str
    label_en: str
    key: str
    next_kind: str
    days: int
    needs: tuple[str, ...]
    attempt: bool
    right_party: bool
    stops: str = "none"
    stop_days: int = 0
    active: bool = True
    family: str = ""
    channels: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ResultView:
    """A code in force, what of it cannot change, whether it is the shipped one; the version to edit it from and who wrote it."""

    code: ResultCode
    kept: frozenset[str]
    shipped: bool
    own: bool
    version: int
    author: str
    recorded_at: str


@dataclass(frozen=True, slots=True)
class ResultList:
    """Every code, and the edits that no longer fit the program."""

    views: tuple[ResultView, ...]
    aside: tuple[tuple[str, Problem], ...]
    may_edit: bool

    def of(self, code: str) -> ResultView:
        """One of them. Raises KeyError."""
        return {view.code.code: view for view in self.views}[code]


FAMILIES, NEEDS = tuple(str(one) for one in Family), tuple(str(one) for one in Need)
STOPS = ("none", *(str(one) for one in Hold))


@service(Right.READ)
def results(ctx: Ctx) -> ResultList:
    """The list as it stands."""
    with ctx.store.read() as reader:
        rows = overlays.all_of(reader, result_codes.KIND)
    found = result_edits.laid(rows)
    shipped = {one.code: one for one in load_results()}
    last = {row.key: row for row in rows}
    return ResultList(
        tuple(_view(one, shipped.get(one.code), last.get(one.code)) for one in found.codes),
        found.aside,
        ctx.may(Right.SETTINGS),
    )


def _view(code: ResultCode, shipped: ResultCode | None, last: Overlay | None) -> ResultView:
    return ResultView(
        code,
        load_kept().get(code.code, frozenset()),
        code == shipped,
        shipped is None,
        last.version if last else 0,
        last.author if last else "",
        last.recorded_at if last else "",
    )


def action_choices() -> tuple[str, ...]:
    """The next actions that a code may be given: all but closing, which stays with the codes that close."""
    return tuple(kind for kind in load_actions() if kind != result_edits.CLOSE)


@service(Right.SETTINGS)
def save_result(ctx: Ctx, entry: ResultEntry, seen: int) -> int:
    """Change a code or add one: one more version, `seen` being the one the form was opened at. Returns the new version.

    Raises Refusal with every field that cannot be so ("label-missing", "result-held", "result-digit-taken", …), "changed-meanwhile".
    """
    _typed(entry)
    with ctx.write() as unit:
        content = json.dumps(_content(unit, entry), ensure_ascii=False, sort_keys=True)
        edited = result_edits.read(entry.code, content)
        if edited is not None:
            result_edits.check(edited, result_codes.known(unit))
        overlays.add(unit, result_codes.KIND, entry.code, content, "", None, seen)
        unit.audit("result.edited", "setting", seen + 1, code=entry.code)
    return seen + 1


@service(Right.SETTINGS)
def back_to_shipped(ctx: Ctx, code: str, seen: int) -> int:
    """Undo every edit of a shipped code; the versions stay.

    Raises Refusal "result-own" for a code of the agency, "result-digit-taken" when another has its digit by now.
    """
    shipped = next((one for one in load_results() if one.code == code), None)
    if shipped is None:
        raise refuse(
            "result-own",
            msg("{code} is a code of your own: the program ships none of that name.", code=code),
            msg("Retire it instead."),
            field="code",
            value=code,
        )
    with ctx.write() as unit:
        result_edits.check(shipped, result_codes.known(unit))
        overlays.add(unit, result_codes.KIND, code, json.dumps({"shipped": True}), "", None, seen)
        unit.audit("result.back_to_shipped", "setting", seen + 1, code=code)
    return seen + 1


def _typed(entry: ResultEntry) -> None:
    """Refuse every field that no file could hold."""
    empty = msg("The label is empty.")
    wrong = [
        Problem("label-missing", empty, msg("Write it in both languages: colleagues read either."), field=field)
        for field, text in (("label_fr", entry.label_fr), ("label_en", entry.label_en))
        if not text.strip()
    ]
    if entry.days < 0:
        wrong.append(
            Problem("result-delay", msg("A delay cannot be negative."), msg("Type zero or more."), field="days")
        )
    if wrong:
        raise Refusal(*wrong)


def _content(reader: Reader, entry: ResultEntry) -> dict[str, Any]:
    """The edited code in the shape of the shipped file; what the form does not show stays as it is."""
    before = next((one for one in result_codes.known(reader) if one.code == entry.code), None)
    counted = before.next_action.counted_from if before else CountedFrom.RESULT
    action: dict[str, Any] = {"kind": entry.next_kind, "days": entry.days}
    if counted is not CountedFrom.RESULT:
        action["from"] = str(counted)
    if before and before.next_action.hours:
        action["hours"] = before.next_action.hours
    if before and before.next_action.follow_up_days:
        action["follow_up_days"] = before.next_action.follow_up_days
    content: dict[str, Any] = {
        "code": entry.code,
        "label": {"fr": entry.label_fr.strip(), "en": entry.label_en.strip()},
        "family": str(before.family) if before else entry.family,
        "attempt": entry.attempt,
        "right_party": entry.right_party,
        "stops": entry.stops,
        "next_action": action,
        "needs": list(entry.needs),
        "channels": [str(one) for one in before.channels] if before else list(entry.channels),
        "active": entry.active,
    }
    if entry.stops != "none" and entry.stop_days:
        content["stop_days"] = entry.stop_days
    if entry.key:
        content["key"] = entry.key
    if before and before.invalidates:
        content["invalidates"] = str(before.invalidates)
    for flag in ("outside_statistics", "zero_balance"):
        if before and getattr(before, flag):
            content[flag] = True
    return content
