"""Asks the store for what a file names, and for nothing else: lines, debts, parties, open cases. Every question goes by an index."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from core.store.unit import Reader

Rows = list[tuple[Any, ...]]


def data_version(reader: Reader) -> int:
    """The counter that each writing unit raises."""
    return int(reader.value("SELECT data_version FROM meta"))


def creditors_by_ref(reader: Reader) -> dict[str, int]:
    """The id of each creditor by its reference; a house has some hundreds of them."""
    return dict(reader.rows("SELECT ref, id FROM creditors"))


def has_debts(reader: Reader, creditor_id: int) -> bool:
    """Whether a creditor has entrusted anything yet."""
    return bool(reader.value("SELECT 1 FROM debts WHERE creditor_id = ? LIMIT 1", (creditor_id,)))


def known_keys(reader: Reader, creditor_id: int, keys: Iterable[str]) -> set[tuple[str, int]]:
    """Of these line keys, those that are here, with their occurrence."""
    return set(
        reader.rows(
            "SELECT d.line_key, d.occurrence FROM json_each(?) j CROSS JOIN debts d ON d.creditor_id = ? AND d.line_key = j.value",
            (json.dumps(list(keys)), creditor_id),
        )
    )


@dataclass(frozen=True, slots=True)
class KnownDebt:
    """A debt that is here under a reference of the file; cents, ISO days. `debtor_ref`: that of this same creditor, or ""."""

    ref: str
    id: int
    case_id: int
    case_ref: str
    debtor_id: int
    original: int
    principal: int
    issued_on: str | None
    due_on: str | None
    line_key: str
    debtor_ref: str
    debtor_name: str
    debtor_first_name: str
    siren: str


def known_debts(reader: Reader, creditor_id: int, refs: Collection[str]) -> dict[str, KnownDebt]:
    """Of these references of a creditor, the debts that are here."""
    found = reader.all(
        KnownDebt,
        "SELECT d.ref, d.id, d.case_id, c.ref, c.debtor_id, d.original, d.principal, d.issued_on, d.due_on, d.line_key, "
        "CASE WHEN p.creditor_id = d.creditor_id THEN p.creditor_ref ELSE '' END, p.name, p.first_name, p.siren "
        "FROM json_each(?) j CROSS JOIN debts d ON d.ref = j.value AND d.creditor_id = ? "
        "JOIN cases c ON c.id = d.case_id JOIN parties p ON p.id = c.debtor_id",
        (json.dumps(list(refs)), creditor_id),
    )
    return {debt.ref: debt for debt in found}


def parties_by_ref(reader: Reader, creditor_id: int, refs: Collection[str]) -> dict[str, int]:
    """The parties that a creditor's own references name."""
    return dict(
        reader.rows(
            "SELECT p.creditor_ref, MIN(p.id) FROM json_each(?) j CROSS JOIN parties p "
            "ON p.creditor_id = ? AND p.creditor_ref = j.value AND p.creditor_ref <> '' GROUP BY 1",
            (json.dumps(list(refs)), creditor_id),
        )
    )


def parties_by_siren(reader: Reader, sirens: Collection[str]) -> dict[str, int]:
    """The one party of each SIREN; none where several share it."""
    return dict(
        reader.rows(
            "SELECT p.siren, MIN(p.id) FROM json_each(?) j CROSS JOIN parties p ON p.siren = j.value AND p.siren <> '' "
            "GROUP BY 1 HAVING COUNT(*) = 1",
            (json.dumps(list(sirens)),),
        )
    )


def open_cases(reader: Reader, party_ids: Collection[int]) -> Rows:
    """(party, creditor, creditor's case reference, case, first letter) of the open cases of these parties, oldest first."""
    return reader.rows(
        "SELECT c.debtor_id, c.creditor_id, c.creditor_case_ref, c.id, c.first_letter_on FROM json_each(?) j CROSS JOIN cases c "
        "ON c.debtor_id = j.value AND c.status = 'open' ORDER BY c.id",
        (json.dumps(list(party_ids)),),
    )


@dataclass(frozen=True, slots=True)
class Described:
    """A party as likeness looks at it."""

    id: int
    name: str
    first_name: str
    siren: str
    creditor_id: int | None
    creditor_ref: str
    city: str
    postcode: str


def has_parties(reader: Reader) -> bool:
    """Whether there is anyone yet."""
    return bool(reader.value("SELECT 1 FROM parties LIMIT 1"))


def parties_like(
    reader: Reader, sirens: Collection[str], values: Collection[str], names: Collection[tuple[str, str]]
) -> set[int]:
    """Parties with one of these SIREN, telephones or e-mails, or folded name and postcode."""
    rows = reader.rows(
        "SELECT p.id FROM json_each(?1) j CROSS JOIN parties p ON p.siren = j.value AND p.siren <> '' "
        "UNION SELECT c.party_id FROM json_each(?2) j CROSS JOIN contact_points c ON c.value = j.value AND c.kind <> 'address' "
        "UNION SELECT p.id FROM json_each(?3) j CROSS JOIN parties p ON p.folded = json_extract(j.value, '$[0]') "
        "JOIN contact_points c ON c.party_id = p.id AND c.kind = 'address' AND c.postcode = json_extract(j.value, '$[1]')",
        (json.dumps(list(sirens)), json.dumps(list(values)), json.dumps([list(pair) for pair in names])),
    )
    return {row[0] for row in rows}


def described(reader: Reader, party_ids: Collection[int]) -> tuple[Described, ...]:
    """These parties with their first address."""
    return reader.all(
        Described,
        "SELECT p.id, p.name, p.first_name, p.siren, p.creditor_id, p.creditor_ref, COALESCE(a.city, ''), COALESCE(a.postcode, '') "
        "FROM json_each(?) j CROSS JOIN parties p ON p.id = j.value LEFT JOIN contact_points a ON a.id = "
        "(SELECT MIN(id) FROM contact_points WHERE party_id = p.id AND kind = 'address') ORDER BY p.id",
        (json.dumps(list(party_ids)),),
    )


def contacts_of(reader: Reader, party_ids: Collection[int]) -> Rows:
    """(party, kind, value, postcode) of the contact points of these parties."""
    return reader.rows(
        "SELECT c.party_id, c.kind, c.value, c.postcode FROM json_each(?) j CROSS JOIN contact_points c ON c.party_id = j.value "
        "ORDER BY c.id",
        (json.dumps(list(party_ids)),),
    )
