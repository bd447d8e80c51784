"""Who is likely the same person as a party, in whichever case: what the caps of the contact gate are shared by. Merges nobody."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping

from core.domain.duplicates import Index, Likeness
from core.domain.folding import fold
from core.domain.messages import Message
from core.store import bulk_lookup
from core.store import contact_reads as reads
from core.store.bulk_lookup import Described
from core.store.unit import Reader

Likely = dict[int, tuple[tuple[int, Message], ...]]


def likely(reader: Reader, parties: Collection[int]) -> Likely:
    """By party, the others that are likely this person by the rules of core.domain.duplicates, each with the surest reason."""
    known = {one.id: one for one in bulk_lookup.described(reader, parties)}
    own = _values(reads.own_values(reader, known))
    sirens = [(one.id, one.siren) for one in known.values() if one.siren]
    names = [(one.id, fold(f"{one.name} {one.first_name}"), one.postcode) for one in known.values() if one.postcode]
    values = [(party, value) for party, kinds in own.items() for found in kinds.values() for value in found]
    near: defaultdict[int, set[int]] = defaultdict(set)
    for party, other in reads.parties_like(reader, sirens, values, names):
        near[party].add(other)
    others = {other for found in near.values() for other in found}
    about = {one.id: one for one in bulk_lookup.described(reader, others)}
    theirs = _values((row[0], row[1], row[2]) for row in bulk_lookup.contacts_of(reader, [*others]))
    found: Likely = {}
    for party, around in near.items():
        index = Index(_likeness(about[other], theirs.get(other, {})) for other in sorted(around))
        found[party] = tuple(
            (int(pair.first), pair.sentence) for pair in index.like(_likeness(known[party], own.get(party, {})))
        )
    return found


def _values(rows: Iterable[tuple[int, str, str]]) -> dict[int, dict[str, list[str]]]:
    """Contact values by party and kind."""
    found: dict[int, dict[str, list[str]]] = {}
    for party, kind, value in rows:
        found.setdefault(party, {}).setdefault(kind, []).append(value)
    return found


def _likeness(one: Described, values: Mapping[str, list[str]]) -> Likeness:
    emails, phones = (tuple(values.get(kind, ())) for kind in ("email", "phone"))
    return Likeness(str(one.id), one.name, one.first_name, one.postcode, one.siren, emails, phones)
