"""What a lead says of the law: the next value, a correction, that one was looked at again, that an addition was wrong. Computes nothing."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from core.domain import law_additions
from core.domain.computation import Quantity
from core.domain.dates import not_after
from core.domain.law_additions import Addition, written
from core.domain.law_values import Bands, BandSeries, Dated, Knowledge, Law, Series
from core.domain.messages import Problem, Refusal, msg, refuse
from core.domain.rights import Right
from core.law import values
from core.services.context import Ctx, service
from core.services.law import KIND
from core.store import overlays
from core.store.overlays import Overlay
from core.store.unit import Reader, Unit

__all__ = ["Addition", "Entry", "add_values", "correct_values", "looked_again", "withdraw"]


@dataclass(frozen=True, slots=True)
class Entry:
    """One value to add: the key, what was typed, the last version of that key its writer saw (`ValueView.version`)."""

    key: str
    typed: Addition
    seen: int


@service(Right.LAW)
def add_values(ctx: Ctx, entries: Sequence[Entry], token: str, confirmed: bool = False) -> None:
    """Add the next value of one key, or of several that one text fixes together; all or none. Also says that they were checked today.

    Raises Refusal on the fields from, to, value, source, trust, link, confirmed (of the key, "key.value", when there are several):
    "law-overlap", "law-gap", "law-period", "law-implausible", "law-jump", "law-no-source" and others; "changed-meanwhile".
    """
    with ctx.write() as unit:
        if unit.done_before(token, "law.add"):
            return
        law, aside = values.laid(overlays.all_of(unit, KIND))
        found: list[Problem] = []
        for entry in entries:
            told = law_additions.problems(_of(law, entry.key), entry.typed, confirmed=confirmed)
            found.extend(_named(told, entry.key, several=len(entries) > 1))
        _nothing_found(found)
        for entry in entries:
            series = _of(law, entry.key)
            content = {
                "value": _content(series, entry.typed),
                "checked": {"on": ctx.day, "source": entry.typed.source.strip()},
            }
            _keep(unit, entry, content, "law.value_added")
        _must_fit(unit, aside)
        unit.remember(token, "law.add", True)


@service(Right.LAW)
def correct_values(ctx: Ctx, entries: Sequence[Entry], token: str, confirmed: bool = False) -> None:
    """Put another figure, source or trust at the place of a known value (`typed.start` says which); its dates stay. Also to confirm it.

    Raises Refusal "law-unknown-start" when no value starts on that day, and the refusals of `add_values` but those of dates.
    """
    with ctx.write() as unit:
        if unit.done_before(token, "law.correct"):
            return
        law, aside = values.laid(overlays.all_of(unit, KIND))
        found: list[Problem] = []
        for entry in entries:
            series = _of(law, entry.key)
            told = law_additions.said(series, entry.typed, _at(series, entry.typed.start), confirmed=confirmed)
            found.extend(_named(told, entry.key, several=len(entries) > 1))
        _nothing_found(found)
        for entry in entries:
            series = _of(law, entry.key)
            typed = replace(entry.typed, end=_said_end(series, _at(series, entry.typed.start)))
            _keep(unit, entry, {"value": _content(series, typed)}, "law.value_corrected")
        _must_fit(unit, aside)
        unit.remember(token, "law.correct", True)


@service(Right.LAW)
def looked_again(ctx: Ctx, keys: Mapping[str, int], on: dt.date, source: str, token: str) -> None:
    """Say that values (key: last version seen) were looked up again and had not changed; one known until checked is known to that day.

    Raises Refusal "date-in-future", "law-checked-later", "law-no-source", "changed-meanwhile".
    """
    not_after(on, ctx.today, field="on")
    if not source.strip():
        raise refuse(
            "law-no-source",
            msg("It is not said where you looked."),
            msg("Name the page or the text you read."),
            field="source",
        )
    with ctx.write() as unit:
        if unit.done_before(token, "law.checked"):
            return
        law = values.laid(overlays.all_of(unit, KIND))[0]
        for key, seen in keys.items():
            before = _of(law, key).checked_on
            if on < before:
                raise refuse(
                    "law-checked-later",
                    msg("This value was looked at on {day} already.", day=before),
                    msg("Give that day or a later one."),
                    field="on",
                    value=on.isoformat(),
                )
            entry = Entry(key, Addition(None, None, "", source, ""), seen)
            _keep(unit, entry, {"checked": {"on": on.isoformat(), "source": source.strip()}}, "law.checked")
        unit.remember(token, "law.checked", True)


@service(Right.LAW)
def withdraw(ctx: Ctx, key: str, version: int, seen: int, reason: str, token: str) -> None:
    """Take back an addition of this agency; what was shipped or added before counts again. The row stays, with who and why.

    Raises Refusal "law-no-addition", "law-no-reason", "law-withdraw-gap" (a later addition stands on it), "changed-meanwhile".
    """
    if not reason.strip():
        raise refuse(
            "law-no-reason",
            msg("It is not said why this addition is withdrawn."),
            msg("Write what was wrong with it."),
            field="reason",
        )
    with ctx.write() as unit:
        if unit.done_before(token, "law.withdraw"):
            return
        rows = overlays.all_of(unit, KIND)
        _standing(rows, key, version)
        entry = Entry(key, Addition(None, None, "", reason, ""), seen)
        _keep(unit, entry, {"withdrawn": version}, "law.withdrawn")
        try:
            _must_fit(unit, values.laid(rows)[1])
        except Refusal as refusal:
            raise refuse(
                "law-withdraw-gap",
                msg("A later addition stands on this one: without it, its dates would not follow."),
                msg("Withdraw the later one first, then this one."),
                field="version",
                value=str(version),
            ) from refusal
        unit.remember(token, "law.withdraw", True)


def _standing(rows: Sequence[Overlay], key: str, version: int) -> None:
    """The addition is there and was not withdrawn before."""
    contents = {row.version: json.loads(row.content) for row in rows if row.key == key}
    gone = {content["withdrawn"] for content in contents.values() if "withdrawn" in content}
    if version not in contents or version in gone or "withdrawn" in contents[version]:
        raise refuse(
            "law-no-addition",
            msg("This addition does not exist or was withdrawn before."),
            msg("Reload the screen and look at what was added."),
            field="version",
            value=str(version),
        )


def _of(law: Law, key: str) -> Series | BandSeries:
    found = law.series.get(key) or law.bands.get(key)
    if found is None:
        raise refuse(
            "law-key-unknown",
            msg("No value of the law is called “{given}”.", given=key),
            msg("Choose one of the list."),
            field="key",
            value=key,
        )
    return found


def _at(series: Series | BandSeries, start: dt.date | None) -> Dated | Bands:
    for one in series.values:
        if one.start == start:
            return one
    raise refuse(
        "law-unknown-start",
        msg("No value of this series starts on that day."),
        msg("Choose the value to correct in the list."),
        field="from",
        value=str(start or ""),
    )


def _said_end(series: Series | BandSeries, one: Dated | Bands) -> dt.date | None:
    """The end to write again; none where it only follows from the start of the next value."""
    follows = any(one.end is not None and other.start == one.end + law_additions.DAY for other in series.values)
    return None if follows and series.knowledge in {Knowledge.CHECKED, Knowledge.OPEN} else one.end


def _named(found: Sequence[Problem], key: str, *, several: bool) -> list[Problem]:
    """Of several values entered in one form, the figure is each one's own field; the rest is shared."""
    return [replace(one, field=f"{key}.value") if several and one.field == "value" else one for one in found]


def _nothing_found(problems: Sequence[Problem]) -> None:
    """Raises what was found, what several values share told once."""
    once = [one for place, one in enumerate(problems) if one not in problems[:place]]
    if once:
        raise Refusal(*once)


def _content(series: Series | BandSeries, typed: Addition) -> dict[str, Any]:
    start = typed.start.isoformat() if typed.start else ""
    content: dict[str, Any] = {"from": start, "source": typed.source.strip(), "trust": typed.trust}
    if typed.end:
        content["to"] = typed.end.isoformat()
    if typed.link.strip():
        content["link"] = typed.link.strip()
    if isinstance(series, BandSeries):
        content["bands"] = [_band(series, *band) for band in typed.bands]
    else:
        content["value"] = written(typed.value, series.quantity)
    return content


def _band(series: BandSeries, up_to: str, value: str) -> dict[str, Any]:
    bound = {"up_to": written(up_to, Quantity.CENTS)} if up_to.strip() else {}
    return {**bound, "value": written(value, series.quantity)}


def _keep(unit: Unit, entry: Entry, content: Mapping[str, Any], action: str) -> None:
    text = json.dumps(content, ensure_ascii=False, sort_keys=True)
    valid_from = content["value"]["from"] if "value" in content else None
    row = overlays.add(unit, KIND, entry.key, text, entry.typed.source.strip(), valid_from, entry.seen)
    unit.audit(action, "overlay", row, key=entry.key, valid_from=valid_from or "")


def _must_fit(reader: Reader, before: Collection[tuple[str, int, Problem]]) -> None:
    """The strict reading of everything kept: what it refuses, and did not refuse before, is not written."""
    for one in values.laid(overlays.all_of(reader, KIND))[1]:
        if one not in before:
            raise Refusal(one[2])
