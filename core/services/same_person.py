"""The other cases of a debtor: those of the same party, and those of parties that are likely the same person. Merges nobody."""

from __future__ import annotations

from dataclasses import dataclass

from core.domain.messages import Message
from core.domain.rights import Right
from core.services import contact_person, contact_record
from core.services.context import Ctx, service
from core.store import queue as queues
from core.store.queue import QueueRow


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
        for party, why in contact_person.likely(reader, (debtor,)).get(debtor, ()):
            found += [OtherCase(row, why) for row in queues.of_person(reader, party, case_id)]
    return tuple(found)
