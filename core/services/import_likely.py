"""Proposes that a debtor of a file may be someone already here. Merges nobody: the person answers for each."""

from __future__ import annotations

from collections.abc import Sequence

from core.domain.duplicates import Index, Likeness
from core.domain.folding import fold
from core.domain.placement import PlacedDebt
from core.services.import_values import Likely
from core.store import bulk_lookup
from core.store.bulk_lookup import Described
from core.store.unit import Reader


def likely_same(reader: Reader, firsts: Sequence[PlacedDebt], parties: Sequence[int]) -> list[Likely]:
    """The surest likeness of each new debtor, by the rules of core.domain.duplicates.

    Two references that one creditor gave to two customers outweigh a common name; they do not outweigh a common SIREN,
    telephone or e-mail.
    """
    new = [line for line, party in zip(firsts, parties, strict=True) if not party]
    if not new or not bulk_lookup.has_parties(reader):
        return []
    candidates = bulk_lookup.parties_like(
        reader,
        {line.siren for line in new if line.siren},
        {value for line in new for value in (line.phone, line.phone2, line.email) if value},
        {(fold(f"{line.debtor_name} {line.debtor_first_name}"), line.postcode) for line in new if line.postcode},
    )
    if not candidates:
        return []
    here = {str(party.id): party for party in bulk_lookup.described(reader, candidates)}
    index = _index(reader, list(here.values()))
    found = []
    for line in new:
        for pair in index.like(_likeness(line)):
            party = here[pair.first]
            if pair.reasons[0] != "name" or not (line.debtor_ref and party.creditor_ref):
                found.append(_proposal(line, party, pair.reasons[0]))
                break
    return found


def _index(reader: Reader, parties: Sequence[Described]) -> Index:
    values: dict[tuple[int, str], list[str]] = {}
    for party, kind, value, _ in bulk_lookup.contacts_of(reader, [party.id for party in parties]):
        values.setdefault((party, kind), []).append(value)
    return Index(
        Likeness(
            str(party.id), party.name, party.first_name, party.postcode, party.siren, tuple(values.get((party.id, "email"), ())),
            tuple(values.get((party.id, "phone"), ())),
        )
        for party in parties
    )  # fmt: skip


def _likeness(line: PlacedDebt) -> Likeness:
    phones = tuple(phone for phone in (line.phone, line.phone2) if phone)
    return Likeness(
        "",
        line.debtor_name,
        line.debtor_first_name,
        line.postcode,
        line.siren,
        (line.email,) if line.email else (),
        phones,
    )


def _proposal(line: PlacedDebt, party: Described, why: str) -> Likely:
    name, here = (
        " ".join(part for part in parts if part)
        for parts in ((line.debtor_name, line.debtor_first_name), (party.name, party.first_name))
    )
    return Likely(
        line.line, name, line.city, party.id, here, "contact" if why in {"email", "phone"} else why, party.city
    )
