"""Reads the proceedings of all cases with their next time limit, and the time limits of a period. Writes nothing."""

from __future__ import annotations

from dataclasses import dataclass

from core.store.unit import Reader

PAGE = 50


@dataclass(frozen=True, slots=True)
class TrackerRow:
    """One proceeding that goes on, with the next limit not answered; dates ISO text, None when no limit runs."""

    proceeding_id: int
    case_id: int
    case_ref: str
    debtor: str
    creditor: str
    route: str
    version: str
    court: str
    step: str
    opened_on: str
    key: str | None
    direction: str | None
    legal_on: str | None
    safe_on: str | None
    certainty: str | None


# The next limit of each: what must be done or waited for; what is somebody else's stands in the file only.
_NEXT = """
SELECT p.id, p.case_id, c.ref, TRIM(d.name || ' ' || d.first_name), k.name, p.route, p.version, p.court, p.step, p.opened_on,
  f.key, f.direction, f.legal_on, f.safe_on, f.certainty
FROM proceedings p JOIN cases c ON c.id = p.case_id JOIN creditors k ON k.id = c.creditor_id JOIN parties d ON d.id = c.debtor_id
LEFT JOIN deadlines f ON f.id = (SELECT n.id FROM deadlines n WHERE n.proceeding_id = p.id AND n.met_on IS NULL AND n.direction <> 'info'
  ORDER BY n.safe_on, n.id LIMIT 1)
WHERE p.outcome = ''"""


def _where(creditor: int | None, route: str, until: str) -> tuple[str, dict[str, object]]:
    parts = [
        (bool(creditor), " AND c.creditor_id = :creditor"),
        (bool(route), " AND p.route = :route"),
        (bool(until), " AND f.safe_on <= :until"),
    ]
    return "".join(sql for used, sql in parts if used), {"creditor": creditor, "route": route, "until": until}


def rows(reader: Reader, creditor: int | None, route: str, until: str, page: int) -> tuple[TrackerRow, ...]:
    """The `page`th (from 1) 50 proceedings that go on, the nearest limit first; those without a limit last."""
    sql, params = _where(creditor, route, until)
    order = "ORDER BY f.safe_on IS NULL, f.safe_on, p.id"
    return reader.all(
        TrackerRow, f"{_NEXT}{sql} {order} LIMIT {PAGE} OFFSET :skip", {**params, "skip": (page - 1) * PAGE}
    )


def count(reader: Reader, creditor: int | None, route: str, until: str) -> int:
    """How many proceedings the filters keep."""
    sql, params = _where(creditor, route, until)
    return int(reader.value(f"SELECT COUNT(*) FROM ({_NEXT}{sql})", params))


@dataclass(frozen=True, slots=True)
class LimitRow:
    """One time limit of a period, with its proceeding."""

    proceeding_id: int
    case_id: int
    case_ref: str
    debtor: str
    route: str
    version: str
    key: str
    direction: str
    legal_on: str
    safe_on: str
    certainty: str


def between(reader: Reader, first: str, last: str, limit: int = 400) -> tuple[LimitRow, ...]:
    """The limits not answered of proceedings that go on, whose day to act upon lies between two days (both included)."""
    return reader.all(
        LimitRow,
        """SELECT f.proceeding_id, f.case_id, c.ref, TRIM(d.name || ' ' || d.first_name), p.route, p.version, f.key,
          f.direction, f.legal_on, f.safe_on, f.certainty
        FROM deadlines f JOIN proceedings p ON p.id = f.proceeding_id JOIN cases c ON c.id = f.case_id JOIN parties d ON d.id = c.debtor_id
        WHERE f.met_on IS NULL AND p.outcome = '' AND f.safe_on BETWEEN ?1 AND ?2 ORDER BY f.safe_on, f.id LIMIT ?3""",
        (first, last, limit),
    )


@dataclass(frozen=True, slots=True)
class Counts:
    """Limits to act upon, counted on the safe day: past it, within 7 days, within 30 (the 30 hold the 7, today included)."""

    overdue: int
    week: int
    month: int


def counts(reader: Reader, today: str) -> Counts:
    """The counts of all open cases, along the index of the limits that still run."""
    found = reader.first(
        Counts,
        """SELECT COALESCE(SUM(f.safe_on < :today), 0),
          COALESCE(SUM(f.safe_on BETWEEN :today AND date(:today, '+7 days')), 0),
          COALESCE(SUM(f.safe_on BETWEEN :today AND date(:today, '+30 days')), 0)
        FROM deadlines f INDEXED BY deadlines_open CROSS JOIN cases c ON c.id = f.case_id
        WHERE f.met_on IS NULL AND f.direction = 'before' AND f.safe_on <= date(:today, '+30 days') AND c.status = 'open'""",
        {"today": today},
    )
    return found or Counts(0, 0, 0)


def next_limit(reader: Reader, case_id: int) -> str | None:
    """The nearest day to act upon, or to wait for, in the proceedings of a case that go on."""
    found = reader.value(
        "SELECT MIN(CASE WHEN f.direction = 'before' THEN f.safe_on ELSE f.legal_on END) FROM deadlines f "
        "JOIN proceedings p ON p.id = f.proceeding_id "
        "WHERE f.case_id = ? AND f.met_on IS NULL AND f.direction <> 'info' AND p.outcome = ''",
        (case_id,),
    )
    return str(found) if found else None
