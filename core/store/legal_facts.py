"""Keeps the register of legal facts: each fact a row, each correction a new row that names the one it replaces. Judges no fact."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from core.domain.legal_facts import LegalFact
from core.store.unit import Reader, Unit

REDACTED = "[…]"  # what stands for words that were redacted: the proof is still named, no more how
# What proves a fact, in words: of its own text `w`, or of the row where it was written before words were kept apart.
WORDS = f"CASE WHEN f.evidence_id IS NULL THEN f.evidence ELSE COALESCE(w.body, '{REDACTED}') END"


@dataclass(frozen=True, slots=True)
class FactRow:
    """A row of the register as written; cents, ISO days, percent as text.

    `kind` is "withdrawn" in the row that takes a fact back. `reason` says why a row corrects another; None when there is none or it
    was redacted. `document`, `media_type`: name and type of the proof kept, None without one. `evidence_id` is the text of the evidence,
    None without one or where the row itself holds its words; `redacted_on`, `_by`, `_why` who took those words away.
    """

    id: int
    case_id: int
    debt_id: int | None
    debt_ref: str | None
    kind: str
    on: str
    until: str | None
    amount: int | None
    rate: str
    evidence: str
    document_id: int | None
    document: str | None
    media_type: str | None
    reason: str | None
    corrects: int | None
    corrected_by: int | None
    author: str
    recorded_at: str
    since: str | None
    basis: str
    evidence_id: int | None
    redacted_on: str | None
    redacted_by: str | None
    redacted_why: str | None


_FACT = f"""SELECT f.id, f.case_id, f.debt_id, b.ref, f.kind, f.happened_on, f.until_on, f.amount, f.rate, {WORDS}, f.document_id,
  d.title, k.media_type, x.body, f.corrects, n.id, u.name, f.recorded_at, f.since_on, f.basis, w.id,
  substr(w.redacted_at, 1, 10), (SELECT name FROM users WHERE users.id = w.redacted_by), w.redaction_reason
FROM legal_facts f JOIN users u ON u.id = f.actor_id LEFT JOIN debts b ON b.id = f.debt_id LEFT JOIN documents d ON d.id = f.document_id
  LEFT JOIN files k ON k.id = d.file_id LEFT JOIN texts x ON x.id = f.text_id LEFT JOIN legal_facts n ON n.corrects = f.id
  LEFT JOIN texts w ON w.id = f.evidence_id"""


# Whether a decision in force in the register set the title `t` aside for the debt `d`.
SET_ASIDE = (
    "SELECT 1 FROM legal_facts s WHERE s.case_id = t.case_id AND s.kind = 'title_set_aside' AND s.since_on = t.issued_on "
    "AND (s.debt_id IS NULL OR s.debt_id = d.id) AND NOT EXISTS (SELECT 1 FROM legal_facts n WHERE n.corrects = s.id)"
)


def register(reader: Reader, case_id: int) -> tuple[FactRow, ...]:
    """Every row of a case's register, by day, corrected and withdrawn ones included."""
    return reader.all(FactRow, f"{_FACT} WHERE f.case_id = ? ORDER BY f.happened_on, f.id", (case_id,))


def one(reader: Reader, fact_id: int) -> FactRow | None:
    """One row of the register."""
    return reader.first(FactRow, f"{_FACT} WHERE f.id = ?", (fact_id,))


def of_case(reader: Reader, case_id: int) -> tuple[LegalFact, ...]:
    """The facts in force of a case, by day: a row that a later one corrects or withdraws no longer counts."""
    rows = reader.rows(
        f"""SELECT f.kind, f.happened_on, f.debt_id, f.until_on, f.amount, f.rate, {WORDS}, d.title, f.id,
        f.since_on, f.basis FROM legal_facts f
        LEFT JOIN documents d ON d.id = f.document_id LEFT JOIN texts w ON w.id = f.evidence_id
        WHERE f.case_id = ? AND f.kind <> 'withdrawn' AND NOT EXISTS (SELECT 1 FROM legal_facts n WHERE n.corrects = f.id)
        ORDER BY f.happened_on, f.id""",
        (case_id,),
    )
    return tuple(_fact(*row) for row in rows)


def _fact(
    kind: str, on: str, debt_id: int | None, until: str | None, amount: int | None, rate: str, evidence: str,
    document: str | None, fact_id: int, since: str | None, basis: str,
) -> LegalFact:  # fmt: skip
    return LegalFact(
        kind=kind,
        on=dt.date.fromisoformat(on),
        debt_id=debt_id,
        until=dt.date.fromisoformat(until) if until else None,
        amount=amount,
        rate=Decimal(rate) if rate else None,
        evidence=evidence or document or "",
        id=fact_id,
        since=dt.date.fromisoformat(since) if since else None,
        basis=basis,
    )


def add(
    unit: Unit,
    case_id: int,
    fact: LegalFact,
    *,
    document_id: int | None = None,
    reason: str = "",
    corrects: int | None = None,
) -> int:
    """Append a fact; `reason` says why it corrects another one and, like the words of its evidence, goes to the redactable texts."""
    return unit.add(
        "legal_facts",
        case_id=case_id,
        debt_id=fact.debt_id,
        kind=fact.kind,
        happened_on=fact.on.isoformat(),
        until_on=fact.until.isoformat() if fact.until else None,
        amount=fact.amount,
        since_on=fact.since.isoformat() if fact.since else None,
        basis=fact.basis,
        rate=str(fact.rate) if fact.rate is not None else "",
        evidence_id=unit.text(fact.evidence),
        document_id=document_id,
        text_id=unit.text(reason),
        corrects=corrects,
        actor_id=unit.actor_id,
        recorded_at=unit.now,
    )
