"""Hands out the dated values of the law: data/law/values, and what a lead laid over them. Computes nothing from them.

One file a value, read strictly; a fault is refused with file, line and remedy. An addition is a JSON row with one of:
"value" (a dated value shaped like those of the files; the same "from" replaces), "checked" (looked at again, nothing changed),
"withdrawn" (the version of an addition of the same key that no longer counts). It passes the same checks.
"""

from __future__ import annotations

import datetime as dt
import functools
import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Protocol

from core.domain.deadlines import add_months
from core.domain.law_values import Bands, BandSeries, Dated, Knowledge, Law, Series
from core.domain.messages import Problem, Refusal, msg
from core.law import value_checks, value_entries
from core.law.strict_yaml import Entry, Label, read_file, read_text

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "data" / "law" / "values"
GROUPS = ("interest", "penalties", "terms", "costs", "thresholds", "plans")
_HEAD = ["key", "label", "group", "quantity", "article", "link", "known", "checked_on", "recheck_months", "values"]


class OverlayRow(Protocol):
    """One addition of a lead: the key of a value, its version among the additions to that key, the JSON content."""

    @property
    def key(self) -> str:
        """The key of the value it is laid over."""

    @property
    def version(self) -> int:
        """Its number among the additions to that key, from 1."""

    @property
    def content(self) -> str:
        """JSON with one of "value", "checked", "withdrawn"."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One file as read: its head, and its values before they are compared. `quantity` and `known_until` are as the file says them."""

    key: str
    label: Label
    group: str
    quantity: str
    article: str
    link: str
    knowledge: Knowledge
    checked_on: dt.date
    recheck_months: int
    table: bool
    note: Label | None
    together: str
    rows: tuple[Entry, ...]


def load_law(overlays: Sequence[OverlayRow] = ()) -> Law:
    """All values, with additions laid over in the order of their versions. Raises Refusal naming the file or addition at fault."""
    return _law(FOLDER, tuple((row.key, row.version, row.content) for row in overlays))


def laid(overlays: Sequence[OverlayRow]) -> tuple[Law, tuple[tuple[str, int, Problem], ...]]:
    """The law with every addition that fits, and those that do not (key, version, why): after an update of the shipped values, say."""
    return _laid(FOLDER, tuple((row.key, row.version, row.content) for row in overlays))


@functools.lru_cache(maxsize=8)
def _laid(
    folder: Path, additions: tuple[tuple[str, int, str], ...]
) -> tuple[Law, tuple[tuple[str, int, Problem], ...]]:
    try:
        return _law(folder, additions), ()
    except Refusal:
        kept: list[tuple[str, int, str]] = []
        aside: list[tuple[str, int, Problem]] = []
        for one in additions:
            try:
                law_from(read_sheets(folder), (*kept, one))
                kept.append(one)
            except Refusal as refusal:
                aside.append((one[0], one[1], refusal.problems[0]))
        return _law(folder, tuple(kept)), tuple(aside)


@functools.lru_cache(maxsize=8)
def _law(folder: Path, additions: tuple[tuple[str, int, str], ...]) -> Law:
    return law_from(read_sheets(folder), additions)


def law_from(sheets: Iterable[Sheet], additions: Sequence[tuple[str, int, str]]) -> Law:
    """The law of some sheets and additions (key, version, content)."""
    series: dict[str, Series] = {}
    tables: dict[str, BandSeries] = {}
    known = {sheet.key: sheet for sheet in sheets}
    for key, version, content in additions:
        if key not in known:
            raise _addition(key, version, content).refused(
                "law-key-unknown",
                msg("no value of the law is called “{key}”.", key=key),
                msg("Withdraw the addition, or take one of the keys of data/law/values."),
                value=key,
            )
    for key, sheet in known.items():
        mine = [(version, content) for name, version, content in additions if name == key]
        laid, rows = _lay_over(sheet, mine)
        if sheet.table:
            tables[key] = _table(laid, rows)
        else:
            series[key] = _series(laid, rows)
    return Law(series, _fingerprint(series, tables), tables)


@functools.lru_cache(maxsize=4)
def read_sheets(folder: Path = FOLDER) -> tuple[Sheet, ...]:
    """Every file of the folder, by name."""
    return tuple(_sheet(path) for path in sorted(folder.glob("*.yaml")))


def _sheet(path: Path) -> Sheet:
    file = read_file(path, path.parents[3])
    parts = file.mapping(_HEAD, ["bands", "note", "together"])
    key = parts["key"].text()
    if key != path.stem:
        raise parts["key"].refused(
            "law-file-name",
            msg("the key “{key}” is not the name of the file.", key=key),
            msg("Call the file {name}, or correct the key.", name=f"{key}.yaml"),
            value=key,
        )
    return Sheet(
        key,
        parts["label"].label(),
        parts["group"].choice(GROUPS),
        parts["quantity"].choice(tuple(value_entries.QUANTITIES)),
        parts["article"].text(),
        parts["link"].text(),
        Knowledge(parts["known"].choice([one.value for one in Knowledge])),
        value_entries.day(parts["checked_on"]),
        parts["recheck_months"].whole(1),
        parts["bands"].flag() if "bands" in parts else False,
        parts["note"].label() if "note" in parts else None,
        parts["together"].text() if "together" in parts else "",
        _some(parts["values"]),
    )


def _some(entry: Entry) -> tuple[Entry, ...]:
    rows = entry.items()
    if not rows:
        raise entry.refused("law-no-value", msg("no value is given."), msg("Write at least one, with its source."))
    return rows


def _addition(key: str, version: int, content: str) -> Entry:
    return read_text(content, f"{key} +{version}")


def _lay_over(sheet: Sheet, additions: Sequence[tuple[int, str]]) -> tuple[Sheet, tuple[Entry, ...]]:
    """The sheet as last checked, and the value entries with the additions that still count in their places."""
    parsed = {version: _addition(sheet.key, version, content) for version, content in additions}
    acts = {version: entry.mapping([], ["value", "checked", "withdrawn"]) for version, entry in parsed.items()}
    gone = {parts["withdrawn"].whole(1) for parts in acts.values() if "withdrawn" in parts}
    rows = list(sheet.rows)
    for version in sorted(acts):
        parts = acts[version]
        if version in gone:
            continue
        if "checked" in parts:
            sheet = _checked(sheet, parts["checked"])
        if "value" in parts:
            rows = _placed(rows, parts["value"])
    return sheet, tuple(rows)


def _checked(sheet: Sheet, entry: Entry) -> Sheet:
    parts = entry.mapping(["on", "source"])
    parts["source"].text()
    return replace(sheet, checked_on=value_entries.day(parts["on"]))


def _start(entry: Entry) -> dt.date:
    parts = entry.free_mapping()
    if "from" not in parts:
        entry.mapping(["from"], list(parts))  # refuses: the key is missing
    return value_entries.day(parts["from"])


def _placed(rows: list[Entry], entry: Entry) -> list[Entry]:
    """The rows with one more at its date, or instead of the one of the same date."""
    start = _start(entry)
    kept = [row for row in rows if _start(row) != start]
    where = sum(_start(row) < start for row in kept)
    return [*kept[:where], entry, *kept[where:]]


def _series(sheet: Sheet, rows: tuple[Entry, ...]) -> Series:
    placed: list[tuple[Entry, Dated]] = [(row, value_entries.dated(row, sheet.quantity)) for row in rows]
    values = value_checks.in_order(placed, sheet.knowledge)
    return Series(values=values, **_told(sheet, values[-1].end))


def _table(sheet: Sheet, rows: tuple[Entry, ...]) -> BandSeries:
    placed: list[tuple[Entry, Bands]] = [(row, value_entries.banded(row, sheet.quantity)) for row in rows]
    values = value_checks.in_order(placed, sheet.knowledge)
    return BandSeries(values=values, **_told(sheet, values[-1].end))


def _told(sheet: Sheet, end: dt.date | None) -> dict[str, Any]:
    """What the head of a file says of a value, whatever its figures are."""
    return {
        "key": sheet.key,
        "label": sheet.label,
        "quantity": value_entries.QUANTITIES[sheet.quantity][0],
        "article": sheet.article,
        "checked_on": sheet.checked_on,
        "known_until": _known_until(sheet, end),
        "link": sheet.link,
        "group": sheet.group,
        "knowledge": sheet.knowledge,
        "recheck_after": add_months(sheet.checked_on, sheet.recheck_months),
        "note": sheet.note,
        "together": sheet.together,
    }


def _known_until(sheet: Sheet, end: dt.date | None) -> dt.date | None:
    return sheet.checked_on if sheet.knowledge is Knowledge.CHECKED else end


def _fingerprint(series: dict[str, Series], tables: dict[str, BandSeries]) -> str:
    """SHA-256 of the parsed content in one canonical writing: the order of keys and the dress of the files do not count."""
    content = {key: _plain(one) for key, one in (*series.items(), *tables.items())}
    return hashlib.sha256(json.dumps(content, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def _plain(value: Any) -> Any:
    if hasattr(value, "__dataclass_fields__"):
        return {name: _plain(getattr(value, name)) for name in value.__dataclass_fields__}
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    return value if value is None or isinstance(value, int) else str(value)
