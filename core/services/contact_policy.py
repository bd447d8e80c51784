"""The contact policy of the agency and of a mandate: read, edited with versions. Judges no contact.

The shipped default (data/contact/policy.yaml), the agency's last version laid over it (`overlays`, kind `contact_policy`), then what the
mandate says, which can only be stricter.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from core.domain.contact_policy import CAPS, HOURS, ContactPolicy, check, hours, looser, policy_of, stricter
from core.domain.messages import Problem, Refusal, msg
from core.domain.rights import Right
from core.law.contact_policy import contact_policy
from core.services.context import Ctx, service
from core.store import creditors, overlays
from core.store.overlays import Overlay
from core.store.unit import Reader

__all__ = [
    "CAPS",
    "HOURS",
    "PolicyEntry",
    "PolicyView",
    "mandate_rules",
    "of_agency",
    "of_mandate",
    "policy",
    "save_policy",
]
KIND, KEY, MANDATE_KEY = "contact_policy", "agency", "contact"


@dataclass(frozen=True, slots=True)
class PolicyEntry:
    """The policy as typed: hours as text, whole numbers."""

    weekdays: str
    saturday: str
    sunday: str
    holidays: bool
    attempts_per_day: int
    answered_per_day: int
    answered_per_month: int
    contacts_per_week: int
    emails_too: bool = True
    records_calls: bool = False
    recording_purpose: str = ""
    recording_days: int = 180


@dataclass(frozen=True, slots=True)
class PolicyView:
    """The agency's policy, the version it was read at (0: as shipped), who changed it last."""

    policy: ContactPolicy
    version: int
    author: str
    recorded_at: str


@service(Right.READ)
def policy(ctx: Ctx) -> PolicyView:
    """The agency's policy in force."""
    with ctx.store.read() as reader:
        last = _last(reader)
    if last is None:
        return PolicyView(contact_policy().default, 0, "", "")
    return PolicyView(_read(last), last.version, last.author, last.recorded_at)


@service(Right.SETTINGS)
def save_policy(ctx: Ctx, entry: PolicyEntry, seen: int) -> int:
    """Change the agency's policy: one more version; `seen` is the one the form was opened at. Returns the new version.

    Raises Refusal on each field that cannot be read or lies beyond the bounds; "changed-meanwhile".
    """
    found = _checked(entry)
    with ctx.write() as unit:
        before = of_agency(unit)
        overlays.add(unit, KIND, KEY, json.dumps(found.kept(), ensure_ascii=False), "", None, seen)
        changed = sorted(name for name, value in found.kept().items() if before.kept()[name] != value)
        unit.audit("contact_policy.saved", "setting", seen + 1, changed=changed)
    return seen + 1


def largest() -> Mapping[str, int]:
    """The largest value of each cap that the settings accept."""
    return contact_policy().bounds.largest


def longest_recording() -> int:
    """The most days that a recording may be kept."""
    return contact_policy().bounds.recording_days


def of_agency(reader: Reader) -> ContactPolicy:
    """The agency's policy in force."""
    last = _last(reader)
    return _read(last) if last else contact_policy().default


def of_mandate(reader: Reader, creditor_id: int, mandate_id: int | None, day: str) -> ContactPolicy:
    """The policy of a case: the agency's, narrowed by its mandate, or by the creditor's mandate in force that day."""
    found = mandate_id or creditors.mandate_in_force(reader, creditor_id, day)
    row = creditors.mandate(reader, found) if found else None
    return stricter(of_agency(reader), json.loads(row.policy).get(MANDATE_KEY, {}) if row else {})


def mandate_rules(reader: Reader, typed: Mapping[str, str | int | None]) -> dict[str, Any]:
    """What a mandate keeps of the hours and caps typed in its form; an empty field follows the agency.

    Raises Refusal on each field that cannot be read, or "policy-looser" where it goes beyond the agency's policy.
    """
    wrong: list[Problem] = []
    kept: dict[str, Any] = {}
    for name in HOURS:
        text = str(typed.get(name) or "").strip()
        if text:
            try:
                hours(text, field=name)
                kept[name] = text
            except Refusal as refusal:
                wrong.extend(refusal.problems)
    kept |= {name: typed[name] for name in CAPS if typed.get(name) is not None}
    wrong.extend(_negative(name, kept[name]) for name in CAPS if kept.get(name, 0) < 0)
    if not wrong:
        wrong.extend(looser(of_agency(reader), kept))
    if wrong:
        raise Refusal(*wrong)
    return kept


def _negative(name: str, given: int) -> Problem:
    reason = msg("{given} is not a number of contacts.", given=given)
    return Problem("out-of-bounds", reason, msg("Type zero or more."), field=name, value=str(given))


def _last(reader: Reader) -> Overlay | None:
    found = [one for one in overlays.all_of(reader, KIND) if one.key == KEY]
    return found[-1] if found else None


def _read(last: Overlay) -> ContactPolicy:
    return policy_of(json.loads(last.content), contact_policy().default)


def _checked(entry: PolicyEntry) -> ContactPolicy:
    """Every wrong field is refused together."""
    wrong: list[Problem] = []
    values: dict[str, Any] = {name: getattr(entry, name) for name in PolicyEntry.__dataclass_fields__}
    for name in HOURS:
        try:
            values[name] = hours(values[name], field=name)
        except Refusal as refusal:
            wrong.extend(refusal.problems)
            values[name] = ()
    values["recording_purpose"] = entry.recording_purpose.strip()
    found = replace(contact_policy().default, **values)
    try:
        check(found, contact_policy().bounds)
    except Refusal as refusal:
        wrong.extend(refusal.problems)
    if wrong:
        raise Refusal(*wrong)
    return found
