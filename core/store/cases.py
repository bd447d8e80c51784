"""Reads cases for screens: the queue, the search, one whole case. Writes nothing and judges nothing."""

from __future__ import annotations

from dataclasses import dataclass

from core.store.unit import Reader

PAGE = 50


@dataclass(frozen=True, slots=True)
class QueueRow:
    """One line of the queue; money in cents, dates ISO text."""

    case_id: int
    ref: str
    debtor: str
    creditor: str
    status: str
    balance: int
    overdue: int
    oldest_due_on: str | None
    undated: int
    held_kind: str | None
    held_until: str | None
    next_kind: str | None
    next_on: str | None
    last_on: str | None
    last_channel: str | None
    last_result: str | None
    promise_on: str | None
    priority: int


_ROW = """
SELECT s.case_id, c.ref, TRIM(p.name || ' ' || p.first_name), k.name, s.status, s.balance, s.overdue, s.oldest_due_on, s.undated,
  s.held_kind, s.held_until, s.next_kind, s.next_on, s.last_on, s.last_channel, s.last_result, s.promise_on, s.priority
FROM {source} JOIN cases c ON c.id = s.case_id JOIN parties p ON p.id = s.debtor_id JOIN creditors k ON k.id = s.creditor_id
"""

# What each tab of the queue holds; :today is the day.
TABS = {
    "todo": "s.status = 'open' AND (s.next_on <= :today OR (s.next_on IS NULL AND s.held_kind IS NULL))",
    "planned": "s.status = 'open' AND s.held_kind IS NULL AND s.next_on > :today",
    "promises": "s.status = 'open' AND s.promise_on IS NOT NULL",
    "held": "s.status = 'open' AND (s.held_kind IS NOT NULL OR s.debts_held > 0)",
    "all": "s.status = 'open'",
    "closed": "s.status = 'closed'",
}
_FILTER = " AND (:creditor IS NULL OR s.creditor_id = :creditor)"


def queue(reader: Reader, tab: str, today: str, creditor: int | None, page: int) -> tuple[QueueRow, ...]:
    """The `page`th (from 1) 50 cases of a tab, the most pressing first."""
    sql = f"{_ROW.format(source='case_summaries s')} WHERE {TABS[tab]}{_FILTER if creditor else ''} ORDER BY s.priority DESC LIMIT {PAGE} OFFSET :skip"
    return reader.all(QueueRow, sql, {"today": today, "creditor": creditor, "skip": (page - 1) * PAGE})


def tab_count(reader: Reader, tab: str, today: str, creditor: int | None) -> int:
    """How many cases a tab holds."""
    sql = f"SELECT COUNT(*) FROM case_summaries s WHERE {TABS[tab]}{_FILTER if creditor else ''}"
    return int(reader.value(sql, {"today": today, "creditor": creditor}))


def case_of_reference(reader: Reader, ref: str) -> int | None:
    """The id of the case with a public reference."""
    found = reader.value("SELECT id FROM cases WHERE ref = ?", (ref.strip().upper(),))
    return int(found) if found else None


@dataclass(frozen=True, slots=True)
class Counters:
    """How many open cases: to do now, of which late, of which without next action; planned; promises of the day; held; all."""

    todo: int
    late: int
    lost: int
    planned: int
    promised_today: int
    held: int
    open: int
    closed: int
    balance: int


def counters(reader: Reader, today: str, creditor: int | None) -> Counters:
    """The counters above the queue."""
    found = reader.first(
        Counters,
        f"""SELECT COALESCE(SUM({TABS['todo']}), 0), COALESCE(SUM({TABS['todo']} AND s.next_on < :today), 0),
          COALESCE(SUM({TABS['todo']} AND s.next_on IS NULL), 0), COALESCE(SUM({TABS['planned']}), 0),
          COALESCE(SUM(s.status = 'open' AND s.promise_on = :today), 0), COALESCE(SUM({TABS['held']}), 0),
          COALESCE(SUM(s.status = 'open'), 0), COALESCE(SUM(s.status = 'closed'), 0),
          COALESCE(SUM(CASE WHEN s.status = 'open' THEN s.balance END), 0)
        FROM case_summaries s WHERE 1 {_FILTER if creditor else ''}""",
        {"today": today, "creditor": creditor},
    )
    return found or Counters(0, 0, 0, 0, 0, 0, 0, 0, 0)


def search(reader: Reader, match: str, limit: int = PAGE) -> tuple[QueueRow, ...]:
    """Cases whose names or references match an FTS5 expression, best first."""
    source = "(SELECT rowid AS case_id, rank AS likeness FROM case_search WHERE case_search MATCH ? ORDER BY rank LIMIT 500) f JOIN case_summaries s USING (case_id)"
    return reader.all(QueueRow, f"{_ROW.format(source=source)} ORDER BY s.status DESC, f.likeness LIMIT ?", (match, limit))


def by_contact(reader: Reader, value: str, limit: int = PAGE) -> tuple[QueueRow, ...]:
    """Cases of the persons who have this telephone number (E.164) or e-mail address."""
    source = "contact_points f JOIN cases z ON z.debtor_id = f.party_id JOIN case_summaries s ON s.case_id = z.id"
    return reader.all(QueueRow, f"{_ROW.format(source=source)} WHERE f.value = ? AND f.kind <> 'address' LIMIT ?", (value, limit))


def of_person(reader: Reader, debtor_id: int, but: int) -> tuple[QueueRow, ...]:
    """The other cases of the same debtor."""
    return reader.all(QueueRow, f"{_ROW.format(source='case_summaries s')} WHERE s.debtor_id = ? AND s.case_id <> ? LIMIT {PAGE}", (debtor_id, but))


def neighbours(reader: Reader, case_id: int) -> tuple[int | None, int | None]:
    """The case before and the case after in the order of the whole open queue."""
    place = reader.rows("SELECT priority FROM case_summaries WHERE case_id = ?", (case_id,))
    if not place:
        return None, None
    here = (place[0][0], case_id)
    before = reader.value(
        "SELECT case_id FROM case_summaries WHERE status = 'open' AND (priority, -case_id) > (?, -?) ORDER BY priority, case_id DESC LIMIT 1", here)
    after = reader.value(
        "SELECT case_id FROM case_summaries WHERE status = 'open' AND (priority, -case_id) < (?, -?) ORDER BY priority DESC, case_id LIMIT 1", here)
    return before, after


@dataclass(frozen=True, slots=True)
class CaseHead:
    """Who owes what to whom; money in cents, dates ISO text."""

    id: int
    ref: str
    creditor_id: int
    creditor: str
    mandate_ref: str | None
    debtor_id: int
    kind: str
    name: str
    first_name: str
    siren: str
    lang: str
    creditor_case_ref: str
    creditor_debtor_ref: str
    collector: str | None
    status: str
    closure_reason: str
    placed_on: str
    first_letter_ref: str
    first_letter_on: str | None
    row_version: int
    principal: int
    interest: int
    indemnity: int
    penalty: int
    costs: int
    balance: int
    placed: int
    collected: int
    overdue: int
    oldest_due_on: str | None
    undated: int
    held_kind: str | None
    held_until: str | None
    next_task_id: int | None
    next_kind: str | None
    next_on: str | None
    last_on: str | None
    promise_on: str | None


def head(reader: Reader, case_id: int) -> CaseHead | None:
    """The head of a case, or None when there is none of this number."""
    return reader.first(
        CaseHead,
        """SELECT c.id, c.ref, c.creditor_id, k.name, m.ref, c.debtor_id, p.kind, p.name, p.first_name, p.siren, p.lang, c.creditor_case_ref,
          p.creditor_ref, u.name, c.status, c.closure_reason, c.placed_on, c.first_letter_ref, c.first_letter_on, c.row_version,
          s.principal, s.interest, s.indemnity, s.penalty, s.costs, s.balance, s.placed, s.collected, s.overdue, s.oldest_due_on, s.undated,
          s.held_kind, s.held_until, s.next_task_id, s.next_kind, s.next_on, s.last_on, s.promise_on
        FROM cases c JOIN creditors k ON k.id = c.creditor_id JOIN parties p ON p.id = c.debtor_id JOIN case_summaries s ON s.case_id = c.id
        LEFT JOIN mandates m ON m.id = c.mandate_id LEFT JOIN users u ON u.id = c.collector_id WHERE c.id = ?""",
        (case_id,),
    )


@dataclass(frozen=True, slots=True)
class DebtRow:
    """One debt of a case; money in cents."""

    id: int
    ref: str
    nature: str
    label: str
    issued_on: str | None
    due_on: str | None
    original: int
    principal: int
    outstanding: int
    row_version: int


_DEBT = "SELECT id, ref, nature, label, issued_on, due_on, original, principal, outstanding, row_version FROM debts"


def debts(reader: Reader, case_id: int) -> tuple[DebtRow, ...]:
    """The debts of a case, oldest due first, unknown due dates last."""
    return reader.all(DebtRow, f"{_DEBT} WHERE case_id = ? ORDER BY due_on IS NULL, due_on, id", (case_id,))


def debt(reader: Reader, debt_id: int) -> DebtRow | None:
    """One debt."""
    return reader.first(DebtRow, f"{_DEBT} WHERE id = ?", (debt_id,))


def case_of_debt(reader: Reader, debt_id: int) -> int:
    """The case a debt is in."""
    return int(reader.value("SELECT case_id FROM debts WHERE id = ?", (debt_id,)))


def bucket_balances(reader: Reader, case_id: int) -> dict[tuple[int, str], int]:
    """What each debt owes by bucket, from the ledger; cents by (debt id, bucket)."""
    found: dict[tuple[int, str], int] = {}
    for bucket in ("principal", "interest", "indemnity", "penalty", "costs"):
        for debt_id, amount in reader.rows(
            "SELECT debt_id, SUM(CASE WHEN to_account = ?1 THEN amount ELSE -amount END) FROM entries "
            "WHERE case_id = ?2 AND debt_id IS NOT NULL AND ?1 IN (from_account, to_account) GROUP BY debt_id",
            (bucket, case_id),
        ):
            found[debt_id, bucket] = amount
    return found


@dataclass(frozen=True, slots=True)
class ContactPoint:
    """A telephone number, address of mail or postal address of a party."""

    id: int
    party_id: int
    kind: str
    value: str
    phone_kind: str
    postcode: str
    city: str
    country: str
    validity: str
    consent: str
    row_version: int


@dataclass(frozen=True, slots=True)
class CaseParty:
    """A person of the case and their role; the debtor comes first."""

    party_id: int
    role: str
    kind: str
    name: str
    first_name: str
    siren: str
    liable_up_to: int | None


def parties(reader: Reader, case_id: int) -> tuple[CaseParty, ...]:
    """The debtor, then the others."""
    return reader.all(
        CaseParty,
        """SELECT p.id, 'debtor', p.kind, p.name, p.first_name, p.siren, NULL FROM cases c JOIN parties p ON p.id = c.debtor_id WHERE c.id = ?1
        UNION ALL SELECT p.id, cp.role, p.kind, p.name, p.first_name, p.siren, cp.liable_up_to
        FROM case_parties cp JOIN parties p ON p.id = cp.party_id WHERE cp.case_id = ?1""",
        (case_id,),
    )


def contact_points(reader: Reader, party_ids: tuple[int, ...]) -> tuple[ContactPoint, ...]:
    """The contact points of some parties, valid ones first."""
    marks = ",".join("?" * len(party_ids))
    return reader.all(
        ContactPoint,
        "SELECT id, party_id, kind, value, phone_kind, postcode, city, country, validity, consent, row_version FROM contact_points "
        f"WHERE party_id IN ({marks}) ORDER BY party_id, validity = 'invalid', kind = 'address', kind = 'email', priority DESC, id",
        party_ids,
    )


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the timeline; `kind` says what table it comes from; `text` None when there is none or it was redacted."""

    kind: str
    id: int
    on: str
    at: str
    channel: str
    direction: str
    result_code: str
    amount: int
    text: str | None
    author: str
    recorded_at: str
    corrects: int | None
    corrected_by: int | None
    extra: str


def timeline(reader: Reader, case_id: int, limit: int = 200) -> tuple[Entry, ...]:
    """What happened, newest first: contacts, payments, documents; never edited, corrected by a later entry."""
    return reader.all(
        Entry,
        """SELECT * FROM (
          SELECT 'interaction' AS kind, i.id AS id, i.happened_on AS day, i.happened_at, i.channel, i.direction, i.result_code, 0, x.body, u.name,
            i.recorded_at AS recorded, i.corrects, n.id, i.facts
          FROM interactions i JOIN users u ON u.id = i.actor_id LEFT JOIN texts x ON x.id = i.text_id
            LEFT JOIN interactions n ON n.corrects = i.id WHERE i.case_id = ?1
          UNION ALL
          SELECT 'payment', p.id, p.received_on, '', p.means, p.paid_to, COALESCE(r.number, ''), p.amount, NULLIF(p.reason, ''), u.name,
            p.recorded_at, p.reverses, n.id, p.reference
          FROM payments p JOIN users u ON u.id = p.actor_id LEFT JOIN receipts r ON r.payment_id = p.id
            LEFT JOIN payments n ON n.reverses = p.id WHERE p.case_id = ?1
          UNION ALL
          SELECT 'document', d.id, substr(d.added_at, 1, 10), '', d.kind, '', COALESCE(d.number, ''), 0, d.title, u.name, d.added_at, NULL, NULL, ''
          FROM documents d JOIN users u ON u.id = d.added_by WHERE d.case_id = ?1 AND d.kind <> 'receipt')
        ORDER BY day DESC, recorded DESC, kind, id DESC LIMIT ?2""",
        (case_id, limit),
    )


@dataclass(frozen=True, slots=True)
class Hold:
    """Why a case or a debt is stopped, and until when."""

    id: int
    debt_ref: str | None
    kind: str
    reason: str | None
    from_on: str
    until_on: str | None
    row_version: int


def holds(reader: Reader, case_id: int, today: str) -> tuple[Hold, ...]:
    """The holds in force on a day."""
    return reader.all(
        Hold,
        """SELECT h.id, d.ref, h.kind, x.body, h.from_on, h.until_on, h.row_version FROM holds h LEFT JOIN debts d ON d.id = h.debt_id
        LEFT JOIN texts x ON x.id = h.reason_text_id
        WHERE h.case_id = ?1 AND h.lifted_on IS NULL AND h.from_on <= ?2 AND (h.until_on IS NULL OR h.until_on >= ?2) ORDER BY h.id""",
        (case_id, today),
    )


@dataclass(frozen=True, slots=True)
class Task:
    """A next action."""

    id: int
    kind: str
    due_on: str
    due_at: str
    text: str | None


def tasks(reader: Reader, case_id: int) -> tuple[Task, ...]:
    """The open next actions, soonest first."""
    return reader.all(
        Task,
        "SELECT t.id, t.kind, t.due_on, t.due_at, x.body FROM tasks t LEFT JOIN texts x ON x.id = t.text_id "
        "WHERE t.case_id = ? AND t.state = 'open' ORDER BY t.due_on, t.id",
        (case_id,),
    )


@dataclass(frozen=True, slots=True)
class Promise:
    """A promise to pay; whether it is kept follows from payments."""

    id: int
    made_on: str
    due_on: str
    amount: int
    means: str


def promises(reader: Reader, case_id: int) -> tuple[Promise, ...]:
    """The promises of a case that were not cancelled."""
    return reader.all(
        Promise, "SELECT id, made_on, due_on, amount, means FROM promises WHERE case_id = ? AND cancelled_on IS NULL ORDER BY due_on", (case_id,)
    )
