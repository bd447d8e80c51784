"""Adds parties, cases and debts one by one, with their place in ledger and search. Imports have a set-based way of their own."""

from __future__ import annotations

from dataclasses import dataclass

from core.domain.folding import fold
from core.domain.references import case_reference
from core.store import money
from core.store.unit import Reader, Unit


@dataclass(frozen=True, slots=True)
class NewParty:
    """A person or company as checked."""

    kind: str
    name: str
    first_name: str = ""
    siren: str = ""
    siret: str = ""
    vat: str = ""
    iban: str = ""
    creditor_id: int | None = None
    creditor_ref: str = ""


@dataclass(frozen=True, slots=True)
class NewContactPoint:
    """A contact point as checked: `value` is E.164, an address of mail, or street lines."""

    kind: str
    value: str
    phone_kind: str = ""
    postcode: str = ""
    city: str = ""
    country: str = ""


@dataclass(frozen=True, slots=True)
class NewDebt:
    """A debt as checked; cents and ISO days."""

    ref: str
    nature: str
    label: str
    issued_on: str | None
    due_on: str | None
    original: int
    principal: int
    line_key: str
    contract_rate: str = ""


def add_party(unit: Unit, new: NewParty) -> int:
    """A party with its folded name."""
    return unit.add(
        "parties",
        kind=new.kind,
        name=new.name,
        first_name=new.first_name,
        folded=fold(f"{new.name} {new.first_name}"),
        siren=new.siren,
        siret=new.siret,
        vat=new.vat,
        iban=new.iban,
        creditor_id=new.creditor_id,
        creditor_ref=new.creditor_ref,
        created_at=unit.now,
    )


def add_contact_point(unit: Unit, party_id: int, new: NewContactPoint, source: str) -> int:
    """A contact point of a party, not yet known to be good."""
    return unit.add(
        "contact_points",
        party_id=party_id,
        kind=new.kind,
        value=new.value,
        phone_kind=new.phone_kind,
        postcode=new.postcode,
        city=new.city,
        country=new.country,
        source=source,
        created_at=unit.now,
    )


def join_case(unit: Unit, case_id: int, party_id: int, role: str, liable_up_to: int | None) -> int:
    """Put another person into a case."""
    return unit.add(
        "case_parties", case_id=case_id, party_id=party_id, role=role, liable_up_to=liable_up_to, since_on=unit.today
    )


def has_contact_point(reader: Reader, party_id: int, kind: str, value: str) -> bool:
    """Whether a party already has this contact point."""
    return bool(
        reader.value(
            "SELECT 1 FROM contact_points WHERE party_id = ? AND kind = ? AND value = ?", (party_id, kind, value)
        )
    )


def add_case(
    unit: Unit,
    creditor_id: int,
    debtor_id: int,
    mandate_id: int | None,
    placed_on: str,
    creditor_case_ref: str = "",
    first_letter_ref: str = "",
    first_letter_on: str | None = None,
) -> int:
    """A case with its public reference."""
    code = unit.value("SELECT code FROM meta")
    number = 1 + int(unit.value("SELECT COALESCE(MAX(id), 0) FROM cases"))
    return unit.add(
        "cases",
        id=number,
        ref=case_reference(code, number),
        creditor_id=creditor_id,
        debtor_id=debtor_id,
        mandate_id=mandate_id,
        collector_id=unit.actor_id,
        placed_on=placed_on,
        creditor_case_ref=creditor_case_ref,
        first_letter_ref=first_letter_ref,
        first_letter_on=first_letter_on,
    )


def add_debt(unit: Unit, case_id: int, creditor_id: int, new: NewDebt, placed_on: str) -> int:
    """A debt and the ledger row that opens it; a line of the same key gets the next occurrence."""
    occurrence = 1 + int(
        unit.value("SELECT COUNT(*) FROM debts WHERE creditor_id = ? AND line_key = ?", (creditor_id, new.line_key))
    )
    debt_id = unit.add(
        "debts",
        case_id=case_id,
        creditor_id=creditor_id,
        ref=new.ref,
        nature=new.nature,
        label=new.label,
        issued_on=new.issued_on,
        due_on=new.due_on,
        original=new.original,
        principal=new.principal,
        outstanding=new.principal,
        contract_rate=new.contract_rate,
        line_key=new.line_key,
        occurrence=occurrence,
    )
    money.add_entry(unit, case_id, debt_id, None, "placement", ("placement", "principal"), new.principal, placed_on)
    return debt_id


def debt_taken(reader: Reader, creditor_id: int, ref: str) -> int | None:
    """The case of a debt of this creditor with this reference, or None."""
    found = reader.value("SELECT case_id FROM debts WHERE ref = ? AND creditor_id = ?", (ref, creditor_id))
    return int(found) if found else None


@dataclass(frozen=True, slots=True)
class Likeness:
    """A party already here that may be the one being typed, and why."""

    party_id: int
    name: str
    city: str
    why: str
    open_case_creditor_id: int | None


def alike(reader: Reader, siren: str, folded: str, values: tuple[str, ...]) -> tuple[Likeness, ...]:
    """Parties with the same SIREN, folded name, telephone or e-mail; ten at most."""
    marks = ",".join("?" * len(values)) or "NULL"
    return reader.all(
        Likeness,
        f"""SELECT p.id, TRIM(p.name || ' ' || p.first_name),
          COALESCE((SELECT city FROM contact_points a WHERE a.party_id = p.id AND a.kind = 'address' LIMIT 1), ''),
          MIN(x.why),
          (SELECT creditor_id FROM cases c WHERE c.debtor_id = p.id AND c.status = 'open' ORDER BY id DESC LIMIT 1)
        FROM (SELECT id, '1siren' AS why FROM parties WHERE siren <> '' AND siren = ?
              UNION ALL SELECT id, '3name' FROM parties WHERE folded = ?
              UNION ALL SELECT party_id, '2contact' FROM contact_points WHERE kind <> 'address' AND value IN ({marks})) x
        JOIN parties p ON p.id = x.id GROUP BY p.id ORDER BY 4, p.id LIMIT 10""",
        (siren, folded, *values),
    )


def open_case_of(reader: Reader, debtor_id: int, creditor_id: int) -> int | None:
    """The open case of a debtor for a creditor, the newest."""
    found = reader.value(
        "SELECT MAX(id) FROM cases WHERE debtor_id = ? AND creditor_id = ? AND status = 'open'",
        (debtor_id, creditor_id),
    )
    return int(found) if found else None


def set_party_language(unit: Unit, party_id: int, lang: str) -> None:
    """The language in which a person is written to."""
    unit.run("UPDATE parties SET lang = ?, row_version = row_version + 1 WHERE id = ?", (lang, party_id))


def set_party_kind(unit: Unit, party_id: int, kind: str) -> None:
    """What a party is in law."""
    unit.run("UPDATE parties SET kind = ?, row_version = row_version + 1 WHERE id = ?", (kind, party_id))


def cases_of(reader: Reader, debtor_id: int) -> tuple[int, ...]:
    """The cases of a debtor."""
    return tuple(
        int(row[0]) for row in reader.rows("SELECT id FROM cases WHERE debtor_id = ? ORDER BY id", (debtor_id,))
    )


def party_exists(reader: Reader, party_id: int) -> bool:
    """Whether there is a party of this id."""
    return bool(reader.value("SELECT 1 FROM parties WHERE id = ?", (party_id,)))
