"""Reads what is known of a debt before a charge, appends charges and credit notes, and reads a case's ledger back. Decides nothing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from core.store import journal, money
from core.store.legal_facts import SET_ASIDE
from core.store.unit import Reader, Unit

_OWED = "('principal', 'interest', 'indemnity', 'penalty', 'costs')"


@dataclass(frozen=True, slots=True)
class Known:
    """What the case says before a charge is put on one of its debts; `claim_kind` a key of data/law/limitation.yaml, "" when nobody
    said; days ISO, `titled_on` the first title given for it.
    """

    case_id: int
    debt_id: int
    ref: str
    nature: str
    claim_kind: str
    issued_on: str | None
    due_on: str | None
    outstanding: int
    status: str
    debtor_kind: str
    creditor_quality: str
    titled_on: str | None


def known(reader: Reader, debt_id: int) -> Known | None:
    """What is known of a debt; a title covers the debts that were there when it was given."""
    return reader.first(
        Known,
        f"""SELECT d.case_id, d.id, d.ref, d.nature, d.claim_kind, d.issued_on, d.due_on, d.outstanding, c.status, p.kind, k.quality,
          (SELECT MIN(t.issued_on) FROM titles t WHERE t.case_id = d.case_id AND t.issued_on >= COALESCE(d.issued_on, d.due_on, '')
            AND NOT EXISTS ({SET_ASIDE}))
        FROM debts d JOIN cases c ON c.id = d.case_id JOIN parties p ON p.id = c.debtor_id JOIN creditors k ON k.id = c.creditor_id
        WHERE d.id = ?""",
        (debt_id,),
    )


def first_days(reader: Reader, of: Known) -> dict[str, str]:
    """The first day of each kind of legal fact in force on a debt or its whole case."""
    return dict(
        reader.rows(
            "SELECT f.kind, MIN(f.happened_on) FROM legal_facts f WHERE f.case_id = ? AND (f.debt_id IS NULL OR f.debt_id = ?) "
            "AND f.kind <> 'withdrawn' AND NOT EXISTS (SELECT 1 FROM legal_facts n WHERE n.corrects = f.id) GROUP BY f.kind",
            (of.case_id, of.debt_id),
        )
    )


def notice_after(reader: Reader, of: Known, kinds: tuple[str, ...]) -> str | None:
    """The first day of a fact of these kinds, in force on a debt or its whole case, after the due date where it is known."""
    found = reader.value(
        "SELECT MIN(f.happened_on) FROM legal_facts f WHERE f.case_id = ? AND (f.debt_id IS NULL OR f.debt_id = ?) AND f.happened_on > ? "
        f"AND f.kind IN ({', '.join('?' * len(kinds))}) AND NOT EXISTS (SELECT 1 FROM legal_facts n WHERE n.corrects = f.id)",
        (of.case_id, of.debt_id, of.due_on or "", *kinds),
    )
    return str(found) if found else None


def natures(reader: Reader, case_id: int) -> tuple[tuple[str, str], ...]:
    """Nature and kind of claim said of every debt of a case, paid ones too."""
    return tuple(reader.rows("SELECT DISTINCT nature, claim_kind FROM debts WHERE case_id = ?", (case_id,)))


def documents(reader: Reader, case_id: int) -> tuple[tuple[int, str], ...]:
    """Number and title of the documents of a case, the newest first."""
    return tuple(
        reader.rows(
            "SELECT id, COALESCE(NULLIF(title, ''), number, kind) FROM documents WHERE case_id = ? ORDER BY id DESC",
            (case_id,),
        )
    )


@dataclass(frozen=True, slots=True)
class Movement:
    """One row of the ledger on a debt; `amount` cents, `facts` and `words` of the journal entry that explains it, if any."""

    id: int
    case_id: int
    debt_id: int
    debt_ref: str
    kind: str
    from_account: str
    to_account: str
    amount: int
    booked_on: str
    recorded_at: str
    author: str
    receipt: str | None
    reverses: int | None
    reversed_by: int | None
    facts: str
    words: str


_MOVEMENT = f"""SELECT e.id, e.case_id, e.debt_id, d.ref, e.kind, e.from_account, e.to_account, e.amount, e.booked_on, e.recorded_at,
  u.name, r.number, e.reverses, n.id, COALESCE(i.facts, ''), COALESCE(x.body, '')
FROM entries e JOIN debts d ON d.id = e.debt_id JOIN users u ON u.id = e.actor_id
LEFT JOIN receipts r ON r.payment_id = e.payment_id LEFT JOIN entries n ON n.reverses = e.id
LEFT JOIN interactions i ON i.case_id = e.case_id
  AND e.kind IN ('charge', 'credit_note', 'not_granted', 'reversal') AND e.payment_id IS NULL
  AND json_extract(i.facts, '$.entry') = e.id
LEFT JOIN texts x ON x.id = i.text_id
WHERE (e.from_account IN {_OWED} OR e.to_account IN {_OWED})"""


def movements(reader: Reader, case_id: int, offset: int, limit: int) -> tuple[Movement, ...]:
    """A page of what moved the debts of a case, the newest first."""
    page = (
        f"SELECT id FROM entries WHERE case_id = ? AND debt_id IS NOT NULL AND (from_account IN {_OWED} OR to_account IN {_OWED}) "
        "ORDER BY booked_on DESC, id DESC LIMIT ? OFFSET ?"
    )
    return reader.all(
        Movement, f"{_MOVEMENT} AND e.id IN ({page}) ORDER BY e.booked_on DESC, e.id DESC", (case_id, limit, offset)
    )


def movement(reader: Reader, entry_id: int) -> Movement | None:
    """One movement of a debt."""
    return reader.first(Movement, f"{_MOVEMENT} AND e.id = ?", (entry_id,))


def count(reader: Reader, case_id: int) -> int:
    """How many movements a case has on its debts."""
    return int(
        reader.value(
            "SELECT COUNT(*) FROM entries WHERE case_id = ? AND debt_id IS NOT NULL "
            f"AND (from_account IN {_OWED} OR to_account IN {_OWED})",
            (case_id,),
        )
    )


def standing(reader: Reader, debt_id: int, kind: str) -> tuple[str, ...]:
    """The journal facts of the movements of a kind ("charge", "credit_note") on a debt that were not reversed."""
    rows = reader.rows(
        "SELECT i.facts FROM entries e JOIN interactions i ON i.case_id = e.case_id AND json_extract(i.facts, '$.entry') = e.id "
        "WHERE e.debt_id = ? AND e.kind = ? AND NOT EXISTS (SELECT 1 FROM entries n WHERE n.reverses = e.id)",
        (debt_id, kind),
    )
    return tuple(str(row[0]) for row in rows)


def append(
    unit: Unit,
    of: Known,
    kind: str,
    accounts: tuple[str, str],
    amount: int,
    booked_on: str,
    words: str,
    facts: dict[str, Any],
) -> int:
    """Append a movement of a debt and the line of the journal that explains it (`words` go to the redactable texts); its id."""
    entry_id = money.add_entry(unit, of.case_id, of.debt_id, None, kind, accounts, amount, booked_on)
    _explain(unit, of.case_id, of.debt_id, words, {**facts, "entry": entry_id, "amount": amount, "date": booked_on})
    return entry_id


def undo(unit: Unit, one: Movement, booked_on: str, words: str, facts: dict[str, Any]) -> int:
    """Append the opposite of a movement, named as such, and its line of the journal; its id."""
    entry_id = unit.add(
        "entries",
        case_id=one.case_id,
        debt_id=one.debt_id,
        kind="reversal",
        from_account=one.to_account,
        to_account=one.from_account,
        amount=one.amount,
        booked_on=booked_on,
        reverses=one.id,
        actor_id=unit.actor_id,
        recorded_at=unit.now,
    )
    _explain(
        unit, one.case_id, one.debt_id, words, {**facts, "entry": entry_id, "amount": one.amount, "date": booked_on}
    )
    return entry_id


def _explain(unit: Unit, case_id: int, debt_id: int, words: str, facts: dict[str, Any]) -> None:
    new = journal.NewInteraction(case_id, "note", "none", "", unit.today, note=words, debt_id=debt_id)
    journal.add_interaction(unit, new, facts)
