"""The case before and the case after one, in the order of a tab of the queue and under its filters. Judges nothing and writes nothing."""

from __future__ import annotations

from dataclasses import dataclass

from core.store.queue import DEADLINES, TABS
from core.store.unit import Reader


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a case stands in the orders of the queue; kept while one works it, since what is done moves the case."""

    case_id: int
    priority: int
    limitation_on: str
    creditor_id: int
    collector_id: int
    safe_on: str


def spot(reader: Reader, case_id: int) -> Spot | None:
    """Where a case stands now; None for a case that is not there."""
    return reader.first(
        Spot,
        "SELECT s.case_id, s.priority, COALESCE(s.limitation_on, ''), s.creditor_id, COALESCE(s.collector_id, -1), COALESCE((SELECT "
        "MIN(d.safe_on) FROM deadlines d WHERE d.case_id = s.case_id AND d.met_on IS NULL AND d.direction = 'before'), '') "
        "FROM case_summaries s WHERE s.case_id = ?",
        (case_id,),
    )


@dataclass(frozen=True, slots=True)
class _Order:
    """The key of an order ascending in the sense of reading, the values of a spot in it, and how an index is walked each way."""

    key: str
    values: str
    forward: str
    backward: str
    bound: tuple[str, str] = ("", "")


_PRIORITY = _Order(
    "(-s.priority, s.case_id)", "(-:priority, :case_id)", "s.priority DESC, s.case_id", "s.priority, s.case_id DESC",
    (" AND s.priority <= :priority", " AND s.priority >= :priority"),
)  # fmt: skip
_LIMITATION = _Order(
    "(s.limitation_on, s.creditor_id, COALESCE(s.collector_id, -1), s.case_id)",
    "(:limitation_on, :creditor_id, :collector_id, :case_id)",
    "s.limitation_on, s.creditor_id, s.collector_id, s.case_id",
    "s.limitation_on DESC, s.creditor_id DESC, s.collector_id DESC, s.case_id DESC",
    (" AND s.limitation_on >= :limitation_on", " AND s.limitation_on <= :limitation_on"),
)
_DEADLINES = _Order(
    "(f.safe_on, -s.priority, s.case_id)", "(:safe_on, -:priority, :case_id)", "f.safe_on, s.priority DESC, s.case_id",
    "f.safe_on DESC, s.priority, s.case_id DESC",
)  # fmt: skip
_CLOSED = _Order("(-s.case_id)", "(-:case_id)", "s.case_id DESC", "s.case_id")
_ORDERS = {"limitation": _LIMITATION, "deadlines": _DEADLINES, "closed": _CLOSED}


def neighbours(
    reader: Reader, tab: str, at: Spot, today: str, near: str, creditor: int | None = None, collector: int | None = None
) -> tuple[int | None, int | None]:
    """The case before and the case after a spot, in the order in which the queue lists this tab under these filters."""
    order = _ORDERS.get(tab, _PRIORITY)
    asked = {
        "today": today, "near": near, "creditor": creditor, "collector": collector, "case_id": at.case_id, "priority": at.priority,
        "limitation_on": at.limitation_on, "creditor_id": at.creditor_id, "collector_id": at.collector_id, "safe_on": at.safe_on,
    }  # fmt: skip
    source = DEADLINES if tab == "deadlines" else f"case_summaries s{_index(tab, creditor, collector)}"
    only = (" AND s.creditor_id = :creditor" if creditor else "") + (
        " AND s.collector_id = :collector" if collector else ""
    )
    found = []
    for sign, bound, walk in (("<", order.bound[1], order.backward), (">", order.bound[0], order.forward)):
        sql = f"SELECT s.case_id FROM {source} WHERE {TABS[tab]}{only}{bound} AND {order.key} {sign} {order.values} ORDER BY {walk} LIMIT 1"
        found.append(reader.value(sql, asked))
    return found[0], found[1]


def _index(tab: str, creditor: int | None, collector: int | None) -> str:
    """The index that gives the order of priorities without a sort."""
    if tab in _ORDERS:
        return ""
    name = "summaries_collector" if collector else "summaries_creditor" if creditor else "summaries_queue"
    return f" INDEXED BY {name}"
