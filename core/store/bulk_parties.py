"""The parties of an import and their contact points, by the thousand. Says of nobody that they are someone already here."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import repeat
from typing import Any

from core.domain.folding import fold
from core.domain.placement import PlacedDebt
from core.domain.placement_contacts import Told, told_by
from core.store.bulk_plan import Placement, columns, free_ids, of_line
from core.store.indexes import indexes_after
from core.store.unit import Unit

_PARTY = of_line(
    "debtor_kind", "debtor_name", "debtor_first_name", "siren", "siret", "vat", "iban", "debtor_ref", "creditor_ref"
)


def add_parties(unit: Unit, new: Placement) -> range:
    """The new parties, in the order of the file; returns their ids."""
    lines = [line for line, known in zip(new.debtors.firsts, new.parties, strict=True) if not known]
    ids = free_ids(unit, "parties", len(lines))
    _name(unit, new)
    if not lines:
        return ids
    kinds, names, first_names, sirens, sirets, vats, ibans, refs, owners = columns(_PARTY, lines)
    folded = [fold(f"{name} {first}") for name, first in zip(names, first_names, strict=True)]
    creditors = map(new.creditor_ids.__getitem__, owners)
    with indexes_after(unit.conn, "parties", len(lines)):
        unit.many(
            "INSERT INTO parties(id, kind, name, first_name, folded, siren, siret, vat, iban, creditor_id, creditor_ref, created_at) "
            "VALUES (?,?,?,?,?,?,?,?,?,?,?,?)",
            zip(
                ids,
                kinds,
                names,
                first_names,
                folded,
                sirens,
                sirets,
                vats,
                ibans,
                creditors,
                refs,
                repeat(unit.now),
                strict=False,
            ),
        )
    return ids


def _name(unit: Unit, new: Placement) -> None:
    """A party of this creditor that had no reference takes the one of the file: the next file will know it."""
    unit.many(
        "UPDATE parties SET creditor_ref = ?, row_version = row_version + 1 WHERE id = ? AND creditor_id = ? AND creditor_ref = ''",
        [
            (line.debtor_ref, party, new.creditor_ids[line.creditor_ref])
            for line, party in zip(new.debtors.firsts, new.parties, strict=True)
            if party and line.debtor_ref
        ],
    )


def add_contacts(unit: Unit, new: Placement, party_ids: list[int]) -> None:
    """Each contact point of each new party once, then those that the file tells of parties already here."""
    with indexes_after(unit.conn, "contact_points", new.parties.count(0)):
        unit.many(
            "INSERT INTO contact_points(party_id, kind, value, phone_kind, postcode, city, country, source, created_at) "
            f"VALUES (?,?,?,?,?,?,?,'creditor','{unit.now}')",
            _contacts(new, party_ids),
        )


def _contacts(new: Placement, party_ids: list[int]) -> Iterator[tuple[Any, ...]]:
    more = new.debtors.more
    for debtor, (line, known, party) in enumerate(zip(new.debtors.firsts, new.parties, party_ids, strict=True)):
        if not known:
            for one in told_by(line) if debtor not in more else _all_told([line, *more[debtor]]):
                yield (party, *one)
    for party, one in new.told:
        yield (party, *one)


def _all_told(lines: Iterable[PlacedDebt]) -> Iterable[Told]:
    """What several lines tell of one debtor, each thing once."""
    found: dict[tuple[str, str, str], Told] = {}
    for line in lines:
        for one in told_by(line):
            found.setdefault(one.identity, one)
    return found.values()
