"""The aged balance by creditor, live from the debts' own index: one range sum a creditor and band. Keeps no sum."""

from __future__ import annotations

import datetime as dt
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from core.domain.ageing import BANDS, UNDATED
from core.store.unit import Reader, Store

FIRST, LAST = "0000-01-01", "9999-12-31"


@dataclass(frozen=True, slots=True)
class AgedRow:
    """What one creditor's debts still owe in one band, in cents."""

    creditor_id: int
    band: str
    outstanding: int


def _ranges(today: dt.date) -> list[tuple[str, str, str]]:
    """Each band as ISO due dates, both bounds included."""

    def due(late: int | None, otherwise: str) -> str:
        return (today - dt.timedelta(days=late)).isoformat() if late is not None else otherwise

    return [(name, due(latest, FIRST), due(earliest, LAST)) for name, earliest, latest in BANDS]


def aged(
    reader: Reader, today: dt.date, creditor_id: int | None = None, half: int | None = None
) -> tuple[AgedRow, ...]:
    """The aged balance of every creditor on a day (or of one, or of those of even ids, half 0, or odd ones, half 1).

    A debt due today is not late; principal still owed, in cents.
    """
    ranges = _ranges(today)
    bands = ", ".join("(?, ?, ?)" for _ in ranges)
    where = "WHERE k.id = ?" if creditor_id else "WHERE k.id % 2 = ?" if half is not None else ""
    which = [value for value in (creditor_id, half) if value is not None]
    rows = reader.all(
        AgedRow,
        f"""WITH band(name, low, high) AS (VALUES {bands})
        SELECT k.id, b.name, COALESCE((SELECT SUM(d.outstanding) FROM debts d INDEXED BY debts_aged
          WHERE d.creditor_id = k.id AND d.due_on BETWEEN b.low AND b.high AND d.outstanding > 0), 0)
        FROM creditors k CROSS JOIN band b {where}""",
        [*(value for band in ranges for value in band), *which],
    )
    undated = reader.all(
        AgedRow,
        f"""SELECT k.id, '{UNDATED}', COALESCE((SELECT SUM(d.outstanding) FROM debts d INDEXED BY debts_aged
          WHERE d.creditor_id = k.id AND d.due_on IS NULL AND d.outstanding > 0), 0) FROM creditors k {where}""",
        which,
    )
    return rows + undated


def aged_of_all(store: Store, today: dt.date) -> tuple[AgedRow, ...]:
    """The aged balance of every creditor, read by two readers at once when both see the same data version, else by one."""
    version = "SELECT data_version FROM meta"
    with store.read() as one, store.read() as two:
        if one.value(version) != two.value(version):
            return aged(one, today)
        with ThreadPoolExecutor(1) as beside:
            odd = beside.submit(aged, two, today, None, 1)
            return aged(one, today, None, 0) + odd.result()
