"""Reads what limitation is computed from, for some cases or all, and keeps the dates that come out. Computes none."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from core.store.legal_facts import WORDS
from core.store.unit import Reader, Unit

TOUCHED = "SELECT case_id FROM temp.touched WHERE NOT fresh"  # of this unit; cases made in bulk come with their dates
EVERY = "SELECT id FROM cases"


def one(case_id: int) -> str:
    """The scope of a single case."""
    return f"SELECT {int(case_id)}"


class DebtRow(NamedTuple):
    """A debt with what chooses its period, and the date kept; ISO days. `quality` of the creditor, "" when nobody has said; `postcode` of
    the debtor's first valid address, "" when none is known or where no period may end on a working day.
    """

    debt_id: int
    case_id: int
    nature: str
    debtor: str
    quality: str
    claim: str
    issued_on: str | None
    due_on: str | None
    limitation_on: str | None
    trust: str
    postcode: str = ""


# Only a loan, or a claim that a person said, may be a time bar that ends on a working day: the address of other debtors is not looked for.
_DEBT = """SELECT d.id, d.case_id, d.nature, p.kind, k.quality, d.claim_kind, d.issued_on, d.due_on, d.limitation_on, d.limitation_trust,
  CASE WHEN d.nature = 'loan' OR d.claim_kind <> '' THEN COALESCE((SELECT a.postcode FROM contact_points a
    WHERE a.party_id = p.id AND a.kind = 'address' AND a.postcode <> '' ORDER BY a.validity = 'invalid', a.priority DESC, a.id LIMIT 1), '')
  ELSE '' END
FROM debts d JOIN cases c ON c.id = d.case_id JOIN parties p ON p.id = c.debtor_id JOIN creditors k ON k.id = d.creditor_id"""


def debts(reader: Reader, scope: str) -> Iterator[DebtRow]:
    """The debts of the cases in scope, by case and debt."""
    return map(DebtRow._make, reader.conn.execute(f"{_DEBT} WHERE d.case_id IN ({scope}) ORDER BY d.case_id, d.id"))


def loans_of(batch_id: int) -> str:
    """The scope of the cases whose loans came with an import."""
    return f"SELECT case_id FROM debts WHERE batch_id = {int(batch_id)} AND nature = 'loan'"


class FactRow(NamedTuple):
    """A fact as some table knows it; `debt_id` None for the whole case, `evidence` "" when there is no document."""

    case_id: int
    debt_id: int | None
    kind: str
    on: str
    until: str | None
    evidence: str
    origin: str
    id: int
    since: str | None


# Typed facts that no later row corrects; payments that no later row reverses, by whoever owes; plans agreed, for the debts they name
# (all where they name none), proved by their signed copy; titles taken over.
_FACTS = """
SELECT f.case_id, f.debt_id, f.kind, f.happened_on, f.until_on, COALESCE(NULLIF({words}, ''), d.title, ''), 'typed', f.id,
  f.since_on
FROM legal_facts f LEFT JOIN documents d ON d.id = f.document_id LEFT JOIN texts w ON w.id = f.evidence_id
WHERE f.kind <> 'withdrawn' AND f.case_id IN ({scope}) AND NOT EXISTS (SELECT 1 FROM legal_facts n WHERE n.corrects = f.id)
UNION ALL
SELECT p.case_id, a.debt_id, CASE WHEN p.payer_id IS NULL OR p.payer_id = c.debtor_id THEN 'part_payment'
    WHEN EXISTS (SELECT 1 FROM case_parties o WHERE o.case_id = c.id AND o.party_id = p.payer_id AND o.role = 'co_debtor')
    THEN 'joint_debtor'
    ELSE 'third_party_payment' END,
  p.received_on, NULL, COALESCE(r.number, NULLIF(p.reference, ''), ''), 'ledger', p.id, NULL
FROM payments p JOIN cases c ON c.id = p.case_id JOIN (SELECT DISTINCT payment_id, debt_id FROM allocations) a ON a.payment_id = p.id
LEFT JOIN receipts r ON r.payment_id = p.id
WHERE p.amount > 0 AND p.case_id IN ({scope}) AND NOT EXISTS (SELECT 1 FROM payments n WHERE n.reverses = p.id)
UNION ALL
SELECT p.case_id, d.id, 'schedule_signed', COALESCE(p.signed_on, p.agreed_on), NULL, COALESCE(x.title, ''), 'plan', p.id, NULL
FROM plans p LEFT JOIN documents x ON x.id = p.signed_document_id LEFT JOIN json_each(p.terms, '$.debts') j
  LEFT JOIN debts d ON d.case_id = p.case_id AND d.ref = json_extract(j.value, '$[0]')
WHERE COALESCE(p.signed_on, p.agreed_on) IS NOT NULL AND (j.value IS NULL OR d.id IS NOT NULL) AND p.case_id IN ({scope})
UNION ALL
SELECT case_id, NULL, CASE kind WHEN 'payment_order' THEN 'payment_order_title' WHEN 'judgment' THEN 'title'
    WHEN 'interim_order' THEN 'title' WHEN 'settlement' THEN 'title' ELSE 'notarial_title' END,
  issued_on, NULL, COALESCE(NULLIF(reference, ''), court), 'title', id, NULL
FROM titles WHERE proceeding_id IS NULL AND case_id IN ({scope})
"""


def facts(reader: Reader, scope: str) -> list[FactRow]:
    """What the register, the ledger, plans and titles know of the cases in scope; proceedings are read apart."""
    return [FactRow._make(row) for row in reader.conn.execute(_FACTS.format(scope=scope, words=WORDS))]


class EventRow(NamedTuple):
    """An event in force of a proceeding, and how the proceeding ended; `facts` is JSON."""

    case_id: int
    proceeding_id: int
    outcome: str
    ended_on: str | None
    kind: str
    on: str
    facts: str
    id: int


def events(reader: Reader, scope: str) -> list[EventRow]:
    """The events of the proceedings of the cases in scope that nothing corrects."""
    rows = reader.conn.execute(
        f"""SELECT p.case_id, p.id, p.outcome, p.ended_on, e.kind, e.happened_on, e.facts, e.id
        FROM proceedings p JOIN events e ON e.proceeding_id = p.id
        WHERE p.case_id IN ({scope}) AND e.kind <> 'taken_back' AND NOT EXISTS (SELECT 1 FROM events n WHERE n.corrects = e.id)
        ORDER BY p.id, e.happened_on, e.id"""
    )
    return [EventRow._make(row) for row in rows]


class TitleRow(NamedTuple):
    """The title a proceeding gave."""

    proceeding_id: int
    kind: str
    on: str
    id: int


def titles(reader: Reader, scope: str) -> list[TitleRow]:
    """The titles of the proceedings of the cases in scope."""
    rows = reader.conn.execute(
        f"SELECT proceeding_id, kind, issued_on, id FROM titles WHERE proceeding_id IS NOT NULL AND case_id IN ({scope})"
    )
    return [TitleRow._make(row) for row in rows]


def debts_of_proceedings(reader: Reader, scope: str) -> dict[int, list[int]]:
    """The debts each proceeding is about."""
    found: dict[int, list[int]] = {}
    rows = reader.conn.execute(
        f"""SELECT x.proceeding_id, x.debt_id FROM proceeding_debts x JOIN proceedings p ON p.id = x.proceeding_id
        WHERE p.case_id IN ({scope}) ORDER BY x.proceeding_id, x.debt_id"""
    )
    for proceeding_id, debt_id in rows:
        found.setdefault(int(proceeding_id), []).append(int(debt_id))
    return found


def keep(unit: Unit, dates: Iterable[tuple[str | None, str, int]]) -> None:
    """Keep dates: ISO day or None, certainty, debt."""
    unit.many("UPDATE debts SET limitation_on = ?, limitation_trust = ? WHERE id = ?", dates)


@dataclass(frozen=True, slots=True)
class BarredDebt:
    """An open debt whose last day to sue has passed and about which no lead has decided to go on."""

    debt_id: int
    ref: str
    outstanding: int
    limitation_on: str
    trust: str


_BARRED = """SELECT d.id, d.ref, d.outstanding, d.limitation_on, d.limitation_trust FROM debts d
WHERE d.case_id = ?1 AND d.outstanding > 0 AND d.limitation_on < ?2"""
_STOPPED = """EXISTS (SELECT 1 FROM holds h WHERE h.case_id = d.case_id AND h.debt_id = d.id AND h.lifted_on IS NULL AND h.from_on <= ?2
  AND (h.until_on IS NULL OR h.until_on >= ?2))"""
# A decision made before the last day is about an earlier limitation, which something proved since has moved.
_DECIDED = """(SELECT a.answer FROM approvals a WHERE a.kind = 'time_barred' AND a.object_kind = 'debt' AND a.object_id = d.id
  AND substr(a.answered_at, 1, 10) >= d.limitation_on ORDER BY a.id DESC LIMIT 1)"""


def barred(reader: Reader, case_id: int, day: str, *, undecided: bool = True) -> tuple[BarredDebt, ...]:
    """The open debts of a case that were time-barred on a day; `undecided`: without those a lead decided to go on with, and without those
    that a stop of their own keeps out of all contacts.
    """
    more = f"AND COALESCE({_DECIDED}, '') <> 'granted' AND NOT {_STOPPED}" if undecided else ""
    return reader.all(BarredDebt, f"{_BARRED} {more} ORDER BY d.limitation_on, d.id", (case_id, day))


@dataclass(frozen=True, slots=True)
class Decision:
    """What a lead decided about a time-barred debt; `reason` None once redacted."""

    debt_id: int
    ref: str
    answer: str
    by: str
    at: str
    reason: str | None


def decisions(reader: Reader, case_id: int) -> tuple[Decision, ...]:
    """The decisions about time-barred debts of a case, the newest first."""
    return reader.all(
        Decision,
        """SELECT d.id, d.ref, a.answer, u.name, a.answered_at, x.body FROM approvals a JOIN debts d ON d.id = a.object_id
        JOIN users u ON u.id = a.answered_by LEFT JOIN texts x ON x.id = a.text_id
        WHERE a.kind = 'time_barred' AND a.object_kind = 'debt' AND d.case_id = ? ORDER BY a.id DESC""",
        (case_id,),
    )


def decide(unit: Unit, debt_id: int, *, granted: bool, reason: str) -> int:
    """Append a decision of the person acting."""
    return unit.add(
        "approvals", kind="time_barred", object_kind="debt", object_id=debt_id, asked_by=unit.actor_id, asked_at=unit.now,
        answer="granted" if granted else "refused", answered_by=unit.actor_id, answered_at=unit.now, text_id=unit.text(reason),
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Near:
    """How many open cases are past their first last day to sue, or reach it within each alert of the data; the longest holds the others."""

    passed: int
    first: int
    second: int
    third: int


def near(reader: Reader, today: str, alerts: tuple[int, int, int]) -> Near:
    """Counted on the first last day to sue of the open debts of each open case, that day included."""
    found = reader.first(
        Near,
        """SELECT COALESCE(SUM(limitation_on < :today), 0), COALESCE(SUM(limitation_on >= :today), 0),
          COALESCE(SUM(limitation_on BETWEEN :today AND date(:today, :second)), 0),
          COALESCE(SUM(limitation_on BETWEEN :today AND date(:today, :third)), 0)
        FROM case_summaries INDEXED BY summaries_limitation
        WHERE status = 'open' AND limitation_on IS NOT NULL AND limitation_on <= date(:today, :first)""",
        {
            "today": today,
            **{name: f"+{days} days" for name, days in zip(("first", "second", "third"), alerts, strict=True)},
        },
    )
    return found or Near(0, 0, 0, 0)
