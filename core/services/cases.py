"""What the queue, the search box and the case screen show. Writes nothing."""

from __future__ import annotations

import re
from dataclasses import dataclass

from core.domain.folding import fold
from core.domain.identity import email
from core.domain.messages import Refusal
from core.domain.phones import phone
from core.domain.priority import Reason
from core.domain.rights import Right
from core.services import limitation, priority
from core.services.context import Ctx, service
from core.services.refusals import no_case
from core.services.remembered import remembered
from core.store import cases, consents, course, creditors, money
from core.store import queue as queues
from core.store.cases import CaseHead, CaseParty, ContactPoint, DebtRow
from core.store.consents import Consent
from core.store.course import Entry, Hold, Promise, Task
from core.store.queue import AGES, CHANNELS, PAGE, STATES, Asked, QueueRow
from core.store.queue_counts import Counters, counters
from core.store.unit import Reader

__all__ = [
    "AGES",
    "CHANNELS",
    "STATES",
    "TABS",
    "Asked",
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
    "Reason",
    "Task",
    "WorkList",
    "case_file",
    "case_of_reference",
    "creditor_choices",
    "queue",
    "search",
    "work_list",
]
TABS = tuple(queues.TABS)
MOST = 1000  # a filtered tab is counted no further
_WORD = re.compile(r"[0-9a-z]+")


@dataclass(frozen=True, slots=True)
class QueuePage:
    """One page of the queue and what stands around it; `why` gives the reasons of each row, whose points sum to its priority.

    `after` and `before`: the case a next or previous page starts from, None where there is none; `total` at most MOST when filtered.
    """

    rows: tuple[QueueRow, ...]
    why: dict[int, tuple[Reason, ...]]
    counters: Counters
    total: int
    after: int | None
    before: int | None


@dataclass(frozen=True, slots=True)
class WorkList:
    """The cases of a page with their reasons, and from which case the next and the previous page start."""

    rows: tuple[QueueRow, ...]
    why: dict[int, tuple[Reason, ...]]
    after: int | None
    before: int | None


@service(Right.READ)
def work_list(ctx: Ctx, asked: Asked | str = "todo", size: int = PAGE) -> WorkList:
    """At most `size` cases of a tab with why each stands there; its cost does not grow with the portfolio."""
    with ctx.store.read() as reader:
        return _list(ctx, reader, _asked(asked), size)


@service(Right.READ)
def queue(ctx: Ctx, asked: Asked | str = "todo") -> QueuePage:
    """A page of a tab of the queue, most pressing first, with the counters of the creditor and the colleague asked for."""
    wanted = _asked(asked)
    with ctx.store.read() as reader:
        found = _list(ctx, reader, wanted, PAGE)
        count = _count(ctx, reader, wanted)
        near = limitation.last_near(ctx.today).isoformat()
        total = queues.many(reader, wanted, ctx.day, near, MOST) if wanted.narrowed else count.of(wanted.tab)
        return QueuePage(found.rows, found.why, count, total, found.after, found.before)


def _asked(asked: Asked | str) -> Asked:
    return Asked(asked) if isinstance(asked, str) else asked


def _list(ctx: Ctx, reader: Reader, asked: Asked, size: int) -> WorkList:
    """One case more is read, to know whether another page follows."""
    rows = queues.queue(reader, asked, ctx.day, limitation.last_near(ctx.today).isoformat(), size + 1)
    more = len(rows) > size
    back = bool(asked.before and not asked.after)
    shown = rows[-size:] if back else rows[:size]
    why = priority.explained(reader, [row.case_id for row in shown])
    if not shown:
        return WorkList(shown, why, None, None)
    after = shown[-1].case_id if more or back else None
    before = shown[0].case_id if (more if back else asked.after) else None
    return WorkList(shown, why, after, before)


def _count(ctx: Ctx, reader: Reader, asked: Asked) -> Counters:
    near = limitation.last_near(ctx.today).isoformat()
    key = (ctx.store.path, ctx.day, near, asked.creditor, asked.collector)
    return remembered(reader, "counters", key, lambda: counters(reader, ctx.day, asked.creditor, asked.collector, near))


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
