"""Creditors and their mandates, kept and read. Judges no mandate."""

from __future__ import annotations

from dataclasses import dataclass

from core.domain.folding import fold
from core.store.unit import Reader, Unit

CREDITOR_FIELDS = (
    "ref",
    "name",
    "legal_form",
    "siren",
    "vat",
    "address",
    "postcode",
    "city",
    "country",
    "contact_name",
    "email",
    "phone",
    "iban",
    "quality",
)
MANDATE_FIELDS = (
    "ref",
    "signed_on",
    "starts_on",
    "ends_on",
    "power_to_receive",
    "basis",
    "amounts",
    "guarantee",
    "fee_terms",
    "remittance_terms",
    "remittance_days",
    "max_instalments",
    "max_discount",
    "policy",
)


@dataclass(frozen=True, slots=True)
class CreditorRow:
    """A creditor; `quality` is individual, business or "" when nobody said (CMF L.313-2)."""

    id: int
    ref: str
    name: str
    legal_form: str
    siren: str
    vat: str
    address: str
    postcode: str
    city: str
    country: str
    contact_name: str
    email: str
    phone: str
    iban: str
    quality: str
    active: int
    row_version: int


_CREDITOR = f"SELECT id, {', '.join(CREDITOR_FIELDS)}, active, row_version FROM creditors"


def all_creditors(reader: Reader) -> tuple[CreditorRow, ...]:
    """Every creditor, by name as a dictionary orders it, accents set aside; those no longer active last."""
    found = reader.all(CreditorRow, f"{_CREDITOR} ORDER BY id")
    return tuple(sorted(found, key=lambda row: (not row.active, fold(row.name))))


def creditor(reader: Reader, creditor_id: int) -> CreditorRow | None:
    """One creditor."""
    return reader.first(CreditorRow, f"{_CREDITOR} WHERE id = ?", (creditor_id,))


def creditor_by_ref(reader: Reader, ref: str) -> CreditorRow | None:
    """One creditor by the agency's reference."""
    return reader.first(CreditorRow, f"{_CREDITOR} WHERE ref = ?", (ref,))


@dataclass(frozen=True, slots=True)
class CreditorTotals:
    """What a creditor's cases come to; money in cents."""

    creditor_id: int
    cases: int
    open_cases: int
    balance: int
    collected: int


def totals(reader: Reader) -> dict[int, CreditorTotals]:
    """Totals by creditor, from the case rows."""
    found = reader.all(
        CreditorTotals,
        "SELECT creditor_id, COUNT(*), SUM(status = 'open'), SUM(CASE WHEN status = 'open' THEN balance ELSE 0 END), SUM(collected) "
        "FROM case_summaries GROUP BY creditor_id",
    )
    return {row.creditor_id: row for row in found}


@dataclass(frozen=True, slots=True)
class MandateRow:
    """A mandate (CPCE R.124-3); `policy` is JSON."""

    id: int
    creditor_id: int
    ref: str
    signed_on: str | None
    starts_on: str | None
    ends_on: str | None
    power_to_receive: int
    basis: str
    amounts: str
    guarantee: str
    fee_terms: str
    remittance_terms: str
    remittance_days: int | None
    max_instalments: int | None
    max_discount: str
    policy: str
    signed_document_id: int | None
    row_version: int


_MANDATE = f"SELECT id, creditor_id, {', '.join(MANDATE_FIELDS)}, signed_document_id, row_version FROM mandates"


def mandates(reader: Reader, creditor_id: int) -> tuple[MandateRow, ...]:
    """The mandates of a creditor, the newest first."""
    return reader.all(
        MandateRow,
        f"{_MANDATE} WHERE creditor_id = ? ORDER BY COALESCE(starts_on, signed_on, '') DESC, id DESC",
        (creditor_id,),
    )


def mandate(reader: Reader, mandate_id: int) -> MandateRow | None:
    """One mandate."""
    return reader.first(MandateRow, f"{_MANDATE} WHERE id = ?", (mandate_id,))


def mandate_in_force(reader: Reader, creditor_id: int, today: str) -> int | None:
    """The id of the signed mandate that covers a day, the newest first; None when there is none."""
    found = reader.value(
        "SELECT id FROM mandates WHERE creditor_id = ? AND signed_on <= ?2 AND COALESCE(starts_on, signed_on) <= ?2 "
        "AND (ends_on IS NULL OR ends_on >= ?2) ORDER BY signed_on DESC, id DESC LIMIT 1".replace(
            "creditor_id = ?", "creditor_id = ?1", 1
        ),
        (creditor_id, today),
    )
    return int(found) if found else None


def grace_given(reader: Reader, creditor_id: int, today: str) -> int | None:
    """The days that the mandate in force on a day waits for after a promise; None where it says nothing."""
    found = reader.value(
        "SELECT json_extract(policy, '$.promise_grace') FROM mandates WHERE id = ?",
        (mandate_in_force(reader, creditor_id, today),),
    )
    return int(found) if found is not None else None


def without_mandate(reader: Reader, today: str) -> frozenset[int]:
    """Active creditors that no signed mandate covers on a day."""
    found = reader.rows(
        "SELECT c.id FROM creditors c WHERE c.active = 1 AND NOT EXISTS (SELECT 1 FROM mandates m WHERE m.creditor_id = c.id "
        "AND m.signed_on <= ?1 AND COALESCE(m.starts_on, m.signed_on) <= ?1 AND (m.ends_on IS NULL OR m.ends_on >= ?1))",
        (today,),
    )
    return frozenset(row[0] for row in found)


def save(unit: Unit, table: str, row_id: int | None, row_version: int, values: dict[str, object]) -> int:
    """Add a creditor or mandate, or change one that nobody changed meanwhile; returns its id."""
    if row_id is None:
        return unit.add(table, **values, created_at=unit.now)
    unit.change(table, row_id, row_version, **values)
    return row_id


def touch_cases(unit: Unit, creditor_id: int) -> None:
    """Have every case of a creditor recomputed: what the law says of them depends on who the creditor is."""
    unit.touch(*(row[0] for row in unit.rows("SELECT id FROM cases WHERE creditor_id = ?", (creditor_id,))))


def ref_taken(reader: Reader, table: str, ref: str, but: int | None) -> bool:
    """Whether another creditor or mandate has this reference."""
    return bool(reader.value(f"SELECT 1 FROM {table} WHERE ref = ? AND id <> ?", (ref, but or 0)))


def add_document(unit: Unit, file_id: int, kind: str, title: str, number: str | None = None, **links: int) -> int:
    """A document row over kept bytes; `links` are case_id, creditor_id, mandate_id or party_id."""
    return unit.add(
        "documents",
        kind=kind,
        title=title,
        number=number,
        file_id=file_id,
        added_by=unit.actor_id,
        added_at=unit.now,
        **links,
    )


def document_file(reader: Reader, document_id: int) -> tuple[int, str, str] | None:
    """File id, title and media type of a document."""
    found = reader.rows(
        "SELECT d.file_id, d.title, f.media_type FROM documents d JOIN files f ON f.id = d.file_id WHERE d.id = ?",
        (document_id,),
    )
    return found[0] if found else None


def document_numbered(reader: Reader, number: str) -> int | None:
    """The file id of the document with a public number."""
    found = reader.value("SELECT file_id FROM documents WHERE number = ?", (number,))
    return int(found) if found else None
