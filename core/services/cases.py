"""What the queue, the search box and the case screen show. Writes nothing."""

from __future__ import annotations

import re
from dataclasses import dataclass

from core.domain.folding import fold
from core.domain.identity import email
from core.domain.messages import Refusal
from core.domain.phones import phone
from core.domain.rights import Right
from core.services import limitation
from core.services.context import Ctx, service
from core.services.refusals import no_case
from core.store import cases, consents, course, creditors, money
from core.store import queue as queues
from core.store.cases import CaseHead, CaseParty, ContactPoint, DebtRow
from core.store.consents import Consent
from core.store.course import Entry, Hold, Promise, Task
from core.store.queue import PAGE, Counters, QueueRow

__all__ = [
    "CaseFile",
    "CaseHead",
    "CaseParty",
    "Consent",
    "ContactPoint",
    "Counters",
    "DebtRow",
    "Entry",
    "Hold",
    "Promise",
    "QueuePage",
    "QueueRow",
    "Task",
    "case_file",
    "case_of_reference",
    "creditor_choices",
    "queue",
    "search",
]
TABS = ("todo", "planned", "promises", "held", "deadlines", "limitation", "all", "closed")
_WORD = re.compile(r"[0-9a-z]+")


@dataclass(frozen=True, slots=True)
class QueuePage:
    """One page of the queue and what stands around it."""

    rows: tuple[QueueRow, ...]
    counters: Counters
    total: int
    pages: int


@service(Right.READ)
def queue(
    ctx: Ctx, tab: str = "todo", creditor: int | None = None, page: int = 1, collector: int | None = None
) -> QueuePage:
    """A page (from 1) of a tab of the queue, most pressing first; of one creditor's cases, of one colleague's, when given."""
    with ctx.store.read() as reader:
        near = limitation.last_near(ctx.today).isoformat()
        count = queues.counters(reader, ctx.day, creditor, collector, near)
        total = count.of(tab)
        pages = max(1, -(-total // PAGE))
        rows = queues.queue(reader, tab, ctx.day, creditor, min(max(page, 1), pages), collector, near)
        return QueuePage(rows, count, total, pages)


@service(Right.READ)
def search(ctx: Ctx, text: str) -> tuple[QueueRow, ...]:
    """Cases found by name, reference, telephone number or e-mail, without regard to accents or case; best first, 50 at most."""
    value = _contact(text)
    with ctx.store.read() as reader:
        found = queues.by_contact(reader, value) if value else ()
        words = _WORD.findall(fold(text))
        if found or not words:
            return found
        return queues.search(reader, " ".join(f'"{word}"*' for word in words))


def _contact(text: str) -> str:
    """The text as a telephone number or e-mail kept in the store, or an empty text when it is neither."""
    if not re.fullmatch(r"\s*(\+?[\d\s.()/-]{9,20}|\S+@\S+)\s*", text):
        return ""
    try:
        found = email(text) if "@" in text else phone(text)
    except Refusal:
        return ""
    return found if isinstance(found, str) else found.e164 if found else ""


@dataclass(frozen=True, slots=True)
class CaseFile:
    """Everything the case screen shows, from one snapshot."""

    head: CaseHead
    parties: tuple[CaseParty, ...]
    contact_points: tuple[ContactPoint, ...]
    debts: tuple[DebtRow, ...]
    timeline: tuple[Entry, ...]
    holds: tuple[Hold, ...]
    tasks: tuple[Task, ...]
    promises: tuple[Promise, ...]
    payments: tuple[money.PaymentRow, ...]
    consents: tuple[Consent, ...]


@service(Right.READ)
def case_file(ctx: Ctx, case_id: int) -> CaseFile:
    """One case, whole; raises Refusal "case-unknown"."""
    with ctx.store.read() as reader:
        head = cases.head(reader, case_id)
        if head is None:
            raise no_case(case_id)
        parties = cases.parties(reader, case_id)
        people = tuple(p.party_id for p in parties)
        return CaseFile(
            head,
            parties,
            cases.contact_points(reader, people),
            cases.debts(reader, case_id),
            course.timeline(reader, case_id),
            course.holds(reader, case_id, ctx.day),
            course.tasks(reader, case_id),
            course.promises(reader, case_id),
            money.payments(reader, case_id),
            consents.of_parties(reader, people),
        )


@service(Right.READ)
def creditor_choices(ctx: Ctx) -> tuple[tuple[int, str], ...]:
    """Creditors for a selection list: (id, name)."""
    with ctx.store.read() as reader:
        return tuple((c.id, c.name) for c in creditors.all_creditors(reader) if c.active)


@service(Right.READ)
def case_of_reference(ctx: Ctx, ref: str) -> int | None:
    """The number of the case with a public reference."""
    with ctx.store.read() as reader:
        return queues.case_of_reference(reader, ref)
