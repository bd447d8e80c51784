"""Reads what the papers of a case list: documents with digests, time limits, certificates. Writes the row of a certificate."""

from __future__ import annotations

from dataclasses import dataclass

from core.store.unit import Reader, Unit

CERTIFICATE = "irrecoverability"


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """A document of a case and the digest of its bytes."""

    id: int
    added_at: str
    kind: str
    title: str
    number: str
    sha256: str


def documents(reader: Reader, case_id: int) -> tuple[DocumentRow, ...]:
    """The documents of a case, the oldest first."""
    return reader.all(
        DocumentRow,
        "SELECT d.id, d.added_at, d.kind, d.title, COALESCE(d.number, ''), f.sha256 FROM documents d JOIN files f ON f.id = d.file_id "
        "WHERE d.case_id = ? ORDER BY d.id",
        (case_id,),
    )


def certificates(reader: Reader, case_id: int) -> tuple[DocumentRow, ...]:
    """The certificates issued for a case, the newest first."""
    return tuple(reversed([one for one in documents(reader, case_id) if one.kind == CERTIFICATE]))


@dataclass(frozen=True, slots=True)
class LimitRow:
    """A time limit of a proceeding of the case."""

    route: str
    version: str
    key: str
    legal_on: str
    met_on: str | None


def limits(reader: Reader, case_id: int) -> tuple[LimitRow, ...]:
    """The time limits of the proceedings of a case, the first ones first."""
    return reader.all(
        LimitRow,
        "SELECT p.route, p.version, d.key, d.legal_on, d.met_on FROM deadlines d JOIN proceedings p ON p.id = d.proceeding_id "
        "WHERE d.case_id = ? ORDER BY d.legal_on, d.id",
        (case_id,),
    )


def entries(reader: Reader, case_id: int) -> int:
    """How many lines the timeline of a case has at most."""
    sql = "SELECT (SELECT COUNT(*) FROM interactions WHERE case_id = ?1) + (SELECT COUNT(*) FROM payments WHERE case_id = ?1)"
    return int(reader.value(sql, (case_id,)))


def add_certificate(unit: Unit, file_id: int, case_id: int, number: str, title: str, computation: str) -> int:
    """A certificate as issued, with the figures it was made of."""
    return unit.add(
        "documents", kind=CERTIFICATE, number=number, title=title, file_id=file_id, case_id=case_id, computation=computation,
        law_fingerprint=unit.law, added_by=unit.actor_id, added_at=unit.now,
    )  # fmt: skip
