"""The other cases of a debtor: those of the same party, and those of parties that are likely the same person. Merges nobody."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from core.domain.duplicates import Index, Likeness
from core.domain.folding import fold
from core.domain.messages import Message
from core.domain.rights import Right
from core.services import contact_record
from core.services.context import Ctx, service
from core.store import bulk_lookup
from core.store import queue as queues
from core.store.bulk_lookup import Described
from core.store.queue import QueueRow
from core.store.unit import Reader


@dataclass(frozen=True, slots=True)
class OtherCase:
    """Another case; `why` says what makes its debtor likely the same, None when it is the same party."""

    row: QueueRow
    why: Message | None


@service(Right.READ)
def other_cases(ctx: Ctx, case_id: int) -> tuple[OtherCase, ...]:
    """The other cases of the debtor, those of the same party first. Raises Refusal "case-unknown"."""
    with ctx.store.read() as reader:
        debtor = contact_record.head(reader, case_id).debtor_id
        found = [OtherCase(row, None) for row in queues.of_person(reader, debtor, case_id)]
        for party, why in _likely(reader, debtor):
            found += [OtherCase(row, why) for row in queues.of_person(reader, party, case_id)]
    return tuple(found)


def _likely(reader: Reader, debtor: int) -> Sequence[tuple[int, Message]]:
    """Other parties that may be this person, with the surest reason."""
    (own,) = bulk_lookup.described(reader, (debtor,))
    values = {row[2] for row in bulk_lookup.contacts_of(reader, (debtor,)) if row[1] != "address"}
    names = {(fold(f"{own.name} {own.first_name}"), own.postcode)} if own.postcode else set()
    like = bulk_lookup.parties_like(reader, {own.siren} if own.siren else set(), values, names) - {debtor}
    if not like:
        return ()
    contacts: dict[tuple[int, str], list[str]] = {}
    for party, kind, value, _ in bulk_lookup.contacts_of(reader, (debtor, *like)):
        contacts.setdefault((party, kind), []).append(value)
    index = Index(_likeness(one, contacts) for one in bulk_lookup.described(reader, [*like]))
    return tuple((int(pair.first), pair.sentence) for pair in index.like(_likeness(own, contacts)))


def _likeness(party: Described, contacts: dict[tuple[int, str], list[str]]) -> Likeness:
    return Likeness(
        str(party.id),
        party.name,
        party.first_name,
        party.postcode,
        party.siren,
        tuple(contacts.get((party.id, "email"), ())),
        tuple(contacts.get((party.id, "phone"), ())),
    )
