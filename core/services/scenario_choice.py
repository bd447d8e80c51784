"""Who follows which scenario: chosen for all, a creditor or a mandate; and the tone that a reason for non-payment calls for. Plans no step.

What is chosen nearer counts first: the mandate of the case, its creditor, the agency, the usual scenario of that kind of debtor. Every
choice is a row of `overlays`, a version each; an empty one follows what stands above.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from core.domain.messages import msg, refuse
from core.domain.rights import Right
from core.domain.scenario_choice import CALLED, CHOSEN, NOTHING, Called, Choice, Picked
from core.domain.scenario_choice import choose as chosen_of
from core.domain.scenarios import Scenario, profile_of, standard_of
from core.law.reasons import load_reasons
from core.law.scenario_tones import shipped_tones, tones_of
from core.services import fragile, reasons
from core.services.context import Ctx, service
from core.services.refusals import unknown_choice
from core.services.scenarios import in_force
from core.store import creditors, overlays
from core.store import scenarios as rows
from core.store.overlays import Overlay
from core.store.scenario_due import Chosen
from core.store.scenarios import FactsRow
from core.store.unit import Reader

__all__ = [
    "CALLED",
    "DEBTORS",
    "Place",
    "TonesView",
    "called",
    "chosen",
    "laid",
    "of_case",
    "place_choice",
    "places",
    "save_place",
    "save_tones",
    "shipped_tones_again",
    "tones",
    "tones_view",
]  # fmt: skip
CHOICE, TONES, KEY, AGENCY = "scenario_choice", "scenario_tone", "agency", "agency"
DEBTORS = ("individual", "business", "association", "public")
SHIPPED = "{}"
Laid = Mapping[tuple[int, int, str], Picked]  # by mandate (0: none), creditor (0: any other) and kind of debtor


@dataclass(frozen=True, slots=True)
class Place:
    """Where a choice is made: for all, for a creditor, for one of its mandates; `name` the creditor, `ref` the mandate."""

    key: str
    name: str = ""
    ref: str = ""


@dataclass(frozen=True, slots=True)
class PlaceChoice:
    """What is chosen at a place by kind of debtor ("" follows what stands above), what that gives, the version of the choice."""

    own: Mapping[str, str]
    followed: Mapping[str, Picked]
    version: int


@dataclass(frozen=True, slots=True)
class TonesView:
    """The tone that each reason calls for, the last version (0: as shipped) and the versions, the newest first."""

    tones: Mapping[str, str]
    version: int
    shipped: bool
    versions: tuple[Overlay, ...]


# --- who follows which ------------------------------------------------------------------------------------------------


@service(Right.READ)
def places(ctx: Ctx) -> tuple[Place, ...]:
    """Where a scenario may be chosen: for all, then each creditor by name with its mandates."""
    found = [Place(AGENCY)]
    with ctx.store.read() as reader:
        for creditor, name in rows.creditor_ids(reader):
            found.append(Place(_creditor(creditor), name))
            found += [Place(_mandate(one.id), name, one.ref) for one in creditors.mandates(reader, creditor)]
    return tuple(found)


@service(Right.READ)
def place_choice(ctx: Ctx, place: str) -> PlaceChoice:
    """What is chosen at a place, and what its debtors follow. Raises Refusal "choice-unknown" for a place nobody knows."""
    with ctx.store.read() as reader:
        found, last = in_force(reader), _last(reader)
        keys = _above(reader, place)
    kept = last.get(place)
    own = _content(kept, found)
    return PlaceChoice(
        {kind: own.get(kind, "") for kind in DEBTORS}, _picked(found, last, keys), kept.version if kept else 0
    )


@service(Right.SETTINGS)
def save_place(ctx: Ctx, place: str, by_kind: Mapping[str, str], seen: int) -> int:
    """Say which scenario each kind of debtor follows at a place ("" follows what stands above); the next run follows it.

    Returns the version. Raises Refusal "choice-unknown", "changed-meanwhile".
    """
    wanted = {kind: key for kind, key in by_kind.items() if key}
    with ctx.write() as unit:
        known = in_force(unit)
        _above(unit, place)
        for kind, key in wanted.items():
            if kind not in DEBTORS or key not in known:
                raise unknown_choice(f"scenario_{kind}", key)
        overlays.add(unit, CHOICE, place, json.dumps(wanted), "", None, seen)
        unit.audit("scenario.chosen", "setting", seen + 1, place=place, choice=wanted)
    return seen + 1


def chosen(reader: Reader, found: Mapping[str, Scenario], day: str) -> tuple[Chosen, ...]:
    """Which scenario each kind of debtor follows: of all (creditor 0), then by creditor and mandate where another was chosen.

    A case without a mandate of its own (mandate 0) follows its creditor's mandate in force on the day.
    """
    last = _last(reader)
    usual = _picked(found, last, (AGENCY,))
    told = [Chosen(0, 0, kind, one.scenario, one.by) for kind, one in usual.items()]
    for creditor, _ in rows.creditor_ids(reader) if len(last) > (AGENCY in last) else ():
        theirs = creditors.mandates(reader, creditor)
        if not any(key in last for key in (_creditor(creditor), *(_mandate(one.id) for one in theirs))):
            continue
        current = creditors.mandate_in_force(reader, creditor, day)
        for mandate, followed in ((0, current), *((one.id, one.id) for one in theirs)):
            keys = (AGENCY, _creditor(creditor), *((_mandate(followed),) if followed else ()))
            laid_here = _picked(found, last, keys)
            told += [Chosen(mandate, creditor, kind, one.scenario, one.by) for kind, one in laid_here.items()]
    return tuple(told)


def laid(chosen_rows: Collection[Chosen]) -> Laid:
    """The same by mandate, creditor and kind of debtor."""
    return {(one.mandate_id, one.creditor_id, one.kind): Picked(one.scenario, one.by) for one in chosen_rows}


def of_case(row: FactsRow, found: Mapping[str, Scenario], by_place: Laid, called_for: Called) -> Choice:
    """The scenario of a case and why: chosen for it or for its debtor, then the tone called for."""
    if row.scenario in found:
        return chosen_of(found, Picked(row.scenario, "case"), called_for)
    places_of = ((row.mandate_id, row.creditor_id), (0, 0))
    picked = next(by_place[(*where, row.kind)] for where in places_of if (*where, row.kind) in by_place)
    return chosen_of(found, picked, called_for)


def _picked(found: Mapping[str, Scenario], last: Mapping[str, Overlay], keys: Collection[str]) -> dict[str, Picked]:
    """The usual scenario of each kind of debtor, then what was chosen at each place, the nearest last."""
    every = tuple(found.values())
    usual = {kind: standard_of(every, profile_of(kind)) for kind in DEBTORS}
    told = {kind: Picked(one.key, "standard") for kind, one in usual.items() if one}
    for key in keys:
        told |= {kind: Picked(one, key.partition(":")[0]) for kind, one in _content(last.get(key), found).items()}
    return told


def _content(kept: Overlay | None, found: Mapping[str, Scenario]) -> dict[str, str]:
    """What a version says, without a scenario that no longer exists."""
    return {kind: key for kind, key in json.loads(kept.content).items() if key in found} if kept else {}


def _last(reader: Reader) -> dict[str, Overlay]:
    return {one.key: one for one in overlays.all_of(reader, CHOICE)}


def _above(reader: Reader, place: str) -> tuple[str, ...]:
    """The places whose choices reach a place, the farthest first; raises Refusal "choice-unknown"."""
    level, _, number = place.partition(":")
    if place == AGENCY:
        return (AGENCY,)
    if level == "creditor" and number.isdecimal() and creditors.creditor(reader, int(number)):
        return (AGENCY, place)
    row = creditors.mandate(reader, int(number)) if level == "mandate" and number.isdecimal() else None
    if row is None:
        raise unknown_choice("place", place)
    return (AGENCY, _creditor(row.creditor_id), place)


def _creditor(creditor_id: int) -> str:
    return f"creditor:{creditor_id}"


def _mandate(mandate_id: int) -> str:
    return f"mandate:{mandate_id}"


# --- the tone that a reason calls for ---------------------------------------------------------------------------------


def tones(reader: Reader) -> Mapping[str, str]:
    """The tone that each reason calls for: a lead's last version, or the shipped table; a reason it does not name changes nothing."""
    kept = overlays.all_of(reader, TONES)
    if not kept or kept[-1].content == SHIPPED:
        return shipped_tones()
    said = {one["reason"]: one["tone"] for one in json.loads(kept[-1].content)["tones"]}
    return {kind.code: said.get(kind.code, CHOSEN) for kind in load_reasons().kinds}


@service(Right.READ)
def tones_view(ctx: Ctx) -> TonesView:
    """The table of tones for the screen."""
    with ctx.store.read() as reader:
        kept, now = overlays.all_of(reader, TONES), tones(reader)
    return TonesView(now, len(kept), not kept or kept[-1].content == SHIPPED, kept[::-1])


@service(Right.SETTINGS)
def save_tones(ctx: Ctx, by_reason: Mapping[str, str], seen: int) -> int:
    """Change the tone that reasons call for: one more version, read as strictly as the file; the next run follows it.

    Returns the version. Raises Refusal with what is not as foreseen, "tones-same", "changed-meanwhile".
    """
    content = json.dumps({"tones": [{"reason": code, "tone": tone} for code, tone in by_reason.items()]})
    wanted = tones_of(content, str(msg("what was typed")))
    with ctx.write() as unit:
        if dict(wanted) == dict(tones(unit)):
            raise refuse(
                "tones-same", msg("This is the table in force: nothing would change."), msg("Change at least one tone.")
            )
        overlays.add(unit, TONES, KEY, content, "", None, seen)
        unit.audit("scenario.tones", "setting", seen + 1, tones=dict(wanted))
    return seen + 1


@service(Right.SETTINGS)
def shipped_tones_again(ctx: Ctx, seen: int) -> int:
    """Go back to the table that ships, as one more version. Raises Refusal "changed-meanwhile"."""
    with ctx.write() as unit:
        overlays.add(unit, TONES, KEY, SHIPPED, "", None, seen)
        unit.audit("scenario.tones", "setting", seen + 1, shipped=True)
    return seen + 1


def called(reader: Reader, case_ids: Collection[int]) -> dict[int, Called]:
    """What calls for a tone in some cases: the reason that stands, an open fragile path. A case where nothing does is not in it."""
    table, kinds = tones(reader), load_reasons()
    day = dt.date.fromisoformat
    found: dict[int, Called] = {}
    for case_id, one in reasons.current_many(reader, case_ids).items():
        kind = kinds.named(one.code)
        if kind:
            found[case_id] = Called(kind.label, table.get(one.code, CHOSEN), day(one.said_on))
    for case_id in fragile.open_among(reader, case_ids):
        path = fragile.open_path(reader, case_id)
        if path:
            found[case_id] = Called(fragile_on=day(path.row.opened_on))
    return found


def called_of(reader: Reader, case_id: int) -> Called:
    """The same for one case."""
    return called(reader, (case_id,)).get(case_id, NOTHING)
