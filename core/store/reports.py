"""Adds up cases, payments, contacts and promises over a period, for reports: one SQL sum each, never the rows. Judges nothing."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any, Literal

from core.domain.ageing import BANDS, UNDATED
from core.domain.folding import fold
from core.store.unit import Reader

By = Literal["month", "creditor", "collector"]


@dataclass(frozen=True, slots=True)
class Span:
    """Days from `from_on` to `to_on`, both included, for one creditor or collector or all; `today` is the day of the reading."""

    from_on: dt.date
    to_on: dt.date
    today: dt.date
    creditor_id: int | None = None
    collector_id: int | None = None

    def values(self, **more: Any) -> dict[str, Any]:
        """The parameters of a query; lists go as JSON."""
        lists = {
            k: json.dumps(sorted(v)) if isinstance(v, Collection) and not isinstance(v, str) else v
            for k, v in more.items()
        }
        return {
            "from_on": self.from_on.isoformat(),
            "to_on": self.to_on.isoformat(),
            "today": self.today.isoformat(),
            "creditor": self.creditor_id,
            "collector": self.collector_id,
            **lists,
        }

    def only(self, creditor: str, collector: str) -> str:
        """The conditions on one creditor and one collector, where they are asked."""
        found = f" AND {creditor} = :creditor" if self.creditor_id else ""
        return found + (f" AND {collector} = :collector" if self.collector_id else "")


_CASE_KEY = {
    "month": "substr(c.placed_on, 1, 7)",
    "creditor": "c.creditor_id",
    "collector": "COALESCE(c.collector_id, 0)",
}
_PAID_KEY = {**_CASE_KEY, "month": "substr(p.received_on, 1, 7)"}
_HELD = "p.amount > 0 AND NOT EXISTS (SELECT 1 FROM payments n WHERE n.reverses = p.id)"


@dataclass(frozen=True, slots=True)
class Placed:
    """What was placed under a key: cases, cents placed, and the cents still owed by recalled, mistaken and insolvent cases."""

    key: Any
    cases: int
    placed: int
    deducted: int


def placed(reader: Reader, by: By, span: Span, left_out: Collection[str]) -> tuple[Placed, ...]:
    """Cases placed in the span. `left_out` are the closing codes whose remaining debt counts as not collectable."""
    return reader.all(
        Placed,
        f"""SELECT {_CASE_KEY[by]} AS grouped, COUNT(*), SUM(s.placed),
          SUM((COALESCE(s.held_kind, '') = 'insolvency' OR c.closure_reason IN (SELECT value FROM json_each(:left_out))) * s.principal)
        FROM cases c INDEXED BY reports_cases JOIN case_summaries s ON s.case_id = c.id
        WHERE c.placed_on BETWEEN :from_on AND :to_on{span.only("c.creditor_id", "c.collector_id")} GROUP BY grouped ORDER BY grouped""",
        span.values(left_out=left_out),
    )


@dataclass(frozen=True, slots=True)
class Received:
    """Cents received under a key, reversals deducted: in all, and directly by the creditor; payments taken over are in them."""

    key: Any
    total: int
    direct: int


_RECEIVED = "SUM(p.amount), SUM((p.paid_to = 'creditor') * p.amount)"


def received_on_placed(reader: Reader, by: By, span: Span) -> tuple[Received, ...]:
    """What came in, up to the end of the span, on the cases placed in it."""
    return reader.all(
        Received,
        f"""SELECT {_CASE_KEY[by]} AS grouped, {_RECEIVED} FROM cases c INDEXED BY reports_cases
        CROSS JOIN payments p ON p.case_id = c.id AND p.received_on <= :to_on
        WHERE c.placed_on BETWEEN :from_on AND :to_on{span.only("c.creditor_id", "c.collector_id")} GROUP BY grouped""",
        span.values(),
    )


def collected(reader: Reader, by: By, span: Span) -> tuple[Received, ...]:
    """What came in during the span, whenever its case was placed; a reversal counts on its own day."""
    return reader.all(
        Received,
        f"""SELECT {_PAID_KEY[by]} AS grouped, {_RECEIVED} FROM payments p INDEXED BY reports_payments
        CROSS JOIN cases c ON c.id = p.case_id
        WHERE p.received_on BETWEEN :from_on AND :to_on{span.only("c.creditor_id", "c.collector_id")} GROUP BY grouped""",
        span.values(),
    )


def first_payments(reader: Reader, span: Span) -> list[tuple[int | None, int]]:
    """How many of the cases placed in the span waited how many days for a first payment that held; None: none yet."""
    rows = reader.rows(
        f"""SELECT MAX(0, CAST(julianday(x.first_on) - julianday(x.placed_on) AS INTEGER)) AS days, COUNT(*) FROM (
          SELECT c.placed_on, (SELECT MIN(p.received_on) FROM payments p
            WHERE p.case_id = c.id AND p.received_on <= :to_on AND {_HELD}) AS first_on
          FROM cases c INDEXED BY reports_cases
          WHERE c.placed_on BETWEEN :from_on AND :to_on{span.only("c.creditor_id", "c.collector_id")}) x GROUP BY days""",
        span.values(),
    )
    return [(days, count) for days, count in rows]


@dataclass(frozen=True, slots=True)
class Contacts:
    """How many contacts of a channel, an author, a direction ("out", "in", "none") and a result."""

    channel: str
    actor_id: int
    direction: str
    result: str
    count: int


_SAID = "i.channel <> 'note' AND NOT EXISTS (SELECT 1 FROM interactions n WHERE n.corrects = i.id)"


def contacts(reader: Reader, span: Span) -> tuple[Contacts, ...]:
    """Contacts of the span that no later entry corrects, notes left out; the collector of the span is their author."""
    join = " CROSS JOIN cases c ON c.id = i.case_id" if span.creditor_id else ""
    return reader.all(
        Contacts,
        f"""SELECT i.channel, i.actor_id, i.direction, i.result_code, COUNT(*)
        FROM interactions i INDEXED BY reports_interactions{join}
        WHERE i.happened_on BETWEEN :from_on AND :to_on AND {_SAID}{span.only("c.creditor_id", "i.actor_id")}
        GROUP BY i.channel, i.actor_id, i.direction, i.result_code""",
        span.values(),
    )


@dataclass(frozen=True, slots=True)
class Refused:
    """How many refusals of the contact gate a rule gave with an outcome ("refused", "overridden", "made")."""

    rule: str
    outcome: str
    count: int


def refusals(reader: Reader, span: Span) -> tuple[Refused, ...]:
    """The refusals wanted on a day of the span; the collector of the span is who wanted the contact."""
    join = " JOIN cases c ON c.id = r.case_id" if span.creditor_id else ""
    return reader.all(
        Refused,
        f"""SELECT r.rule, r.outcome, COUNT(*) FROM contact_refusals r{join}
        WHERE r.wanted_on BETWEEN :from_on AND :to_on{span.only("c.creditor_id", "r.actor_id")} GROUP BY r.rule, r.outcome""",
        span.values(),
    )


@dataclass(frozen=True, slots=True)
class Complaints:
    """Complaints received, and contacts of the same span that were taken over from a former agency."""

    received: int
    imported: int


def complaints(reader: Reader, span: Span) -> Complaints:
    """Those of the span; with a creditor or a collector chosen, of their cases."""
    join = " JOIN cases c ON c.id = m.case_id" if span.creditor_id or span.collector_id else ""
    received = reader.value(
        f"SELECT COUNT(*) FROM complaints m{join} WHERE m.received_on BETWEEN :from_on AND :to_on"
        f"{span.only('c.creditor_id', 'c.collector_id')}",
        span.values(),
    )
    join = " JOIN cases c ON c.id = i.case_id" if span.creditor_id else ""
    imported = reader.value(
        f"SELECT COUNT(*) FROM interactions i INDEXED BY reports_imported{join} WHERE i.source = 'imported' "
        f"AND i.happened_on BETWEEN :from_on AND :to_on AND {_SAID}{span.only('c.creditor_id', 'i.actor_id')}",
        span.values(),
    )
    return Complaints(int(received), int(imported))


def reach(reader: Reader, span: Span, right_party: Collection[str]) -> tuple[int, int]:
    """Cases open at least a day of the span, and those of them whose right person was reached in it."""
    open_then = (
        "c.placed_on <= :to_on AND (c.closed_on IS NULL OR c.closed_on >= :from_on)"
        f"{span.only('c.creditor_id', 'c.collector_id')}"
    )
    values = span.values(right_party=right_party)
    active = reader.value(f"SELECT COUNT(*) FROM cases c INDEXED BY reports_cases WHERE {open_then}", values)
    reached = reader.value(
        f"""SELECT COUNT(DISTINCT i.case_id) FROM interactions i INDEXED BY reports_interactions CROSS JOIN cases c ON c.id = i.case_id
        WHERE i.happened_on BETWEEN :from_on AND :to_on AND i.result_code IN (SELECT value FROM json_each(:right_party))
          AND {_SAID} AND {open_then}""",
        values,
    )
    return int(active), int(reached)


@dataclass(frozen=True, slots=True)
class Promised:
    """Promises of a span whose term and grace have passed: how many, kept, partly kept; cents promised and paid in time."""

    judged: int
    kept: int
    partly: int
    promised: int
    paid: int


def promised(reader: Reader, span: Span, grace: int) -> Promised:
    """Replays promises from payments that held; a payment serves the earliest promise of its case that was running that day."""
    found = reader.first(
        Promised,
        f"""SELECT COUNT(*), COALESCE(SUM(paid >= amount), 0), COALESCE(SUM(paid > 0 AND paid < amount), 0),
          COALESCE(SUM(amount), 0), COALESCE(SUM(MIN(paid, amount)), 0) FROM (
          SELECT q.amount, COALESCE((SELECT SUM(p.amount) FROM payments p WHERE p.case_id = q.case_id
              AND p.received_on BETWEEN q.made_on AND date(q.due_on, COALESCE('+' || q.grace || ' days', :grace)) AND {_HELD}
              AND NOT EXISTS (SELECT 1 FROM promises o WHERE o.case_id = q.case_id AND o.cancelled_on IS NULL
                AND (o.due_on, o.id) < (q.due_on, q.id)
                AND p.received_on BETWEEN o.made_on AND date(o.due_on, COALESCE('+' || o.grace || ' days', :grace)))), 0) AS paid
          FROM promises q INDEXED BY reports_promises CROSS JOIN cases c ON c.id = q.case_id
          WHERE q.cancelled_on IS NULL AND q.due_on BETWEEN :from_on AND :to_on
            AND date(q.due_on, COALESCE('+' || q.grace || ' days', :grace)) < :today{span.only("c.creditor_id", "c.collector_id")})""",
        span.values(grace=f"+{grace} days"),
    )
    if found is None:
        raise LookupError("a sum always gives a row")
    return found


def standing(
    reader: Reader, by: Literal["creditor", "collector"], span: Span, status: str = "open"
) -> dict[int, tuple[int, int]]:
    """Cases of a status today, and the cents they owe, by creditor or collector (0: nobody)."""
    key = "COALESCE(s.collector_id, 0)" if by == "collector" else "s.creditor_id"
    rows = reader.rows(
        f"""SELECT {key} AS grouped, COUNT(*), SUM(s.balance) FROM case_summaries s INDEXED BY reports_summaries
        WHERE s.status = :status{span.only("s.creditor_id", "s.collector_id")} GROUP BY grouped""",
        span.values(status=status),
    )
    return {grouped: (count, balance) for grouped, count, balance in rows}


def aged_of_collector(reader: Reader, span: Span) -> dict[int, dict[str, int]]:
    """The principal still owed today in the cases of one collector, in cents by creditor and age band."""
    sums = ", ".join(_band(latest, earliest) for _, earliest, latest in BANDS)
    rows = reader.rows(
        f"""SELECT c.creditor_id, {sums}, SUM((d.due_on IS NULL) * d.outstanding)
        FROM cases c INDEXED BY reports_cases CROSS JOIN debts d ON d.case_id = c.id
        WHERE d.outstanding > 0{span.only("c.creditor_id", "c.collector_id")} GROUP BY c.creditor_id""",
        span.values(),
    )
    names = (*(name for name, _, _ in BANDS), UNDATED)
    return {row[0]: dict(zip(names, row[1:], strict=True)) for row in rows}


def _band(latest: int | None, earliest: int | None) -> str:
    """The sum of the debts at least `earliest` and at most `latest` days late; both bounds are our own whole numbers."""
    bounds = [f"d.due_on >= date(:today, '-{latest} days')"] * (latest is not None)
    bounds += [f"d.due_on <= date(:today, '-{earliest} days')"] * (earliest is not None)
    return f"SUM(CASE WHEN {' AND '.join(bounds)} THEN d.outstanding ELSE 0 END)"


def collectors(reader: Reader) -> dict[int, str]:
    """Everyone who may have worked a case, by id, those who left included."""
    return dict(sorted(reader.rows("SELECT id, name FROM users ORDER BY id"), key=lambda row: fold(row[1])))
