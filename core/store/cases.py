"""Reads one case: its head, persons, contact points, debts. Writes nothing and judges nothing."""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import dataclass

from core.store.unit import Reader


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
    collector_id: int | None
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
    limitation_on: str | None


def refs(reader: Reader, case_ids: Collection[int]) -> dict[int, str]:
    """The public references of some cases."""
    return dict(
        reader.rows(
            "SELECT id, ref FROM cases WHERE id IN (SELECT value FROM json_each(?))", (json.dumps([*case_ids]),)
        )
    )


def head(reader: Reader, case_id: int) -> CaseHead | None:
    """The head of a case, or None when there is none of this number."""
    return reader.first(
        CaseHead,
        """SELECT c.id, c.ref, c.creditor_id, k.name, m.ref, c.debtor_id, p.kind, p.name, p.first_name, p.siren, p.lang,
          c.creditor_case_ref,
          p.creditor_ref, c.collector_id, u.name, c.status, c.closure_reason, c.placed_on, c.first_letter_ref, c.first_letter_on,
          c.row_version, s.principal, s.interest, s.indemnity, s.penalty, s.costs, s.balance, s.placed, s.collected, s.overdue,
          s.oldest_due_on, s.undated,
          s.held_kind, s.held_until, s.next_task_id, s.next_kind, s.next_on, s.last_on, s.promise_on, s.limitation_on
        FROM cases c JOIN creditors k ON k.id = c.creditor_id JOIN parties p ON p.id = c.debtor_id JOIN case_summaries s ON s.case_id = c.id
        LEFT JOIN mandates m ON m.id = c.mandate_id LEFT JOIN users u ON u.id = c.collector_id WHERE c.id = ?""",
        (case_id,),
    )


@dataclass(frozen=True, slots=True)
class DebtRow:
    """One debt of a case; money in cents; the last day to sue None while unknown or standing still."""

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
    limitation_on: str | None = None
    limitation_trust: str = ""


_DEBT = (
    "SELECT id, ref, nature, label, issued_on, due_on, original, principal, outstanding, row_version, limitation_on, limitation_trust "
    "FROM debts"
)


def debts(reader: Reader, case_id: int) -> tuple[DebtRow, ...]:
    """The debts of a case, oldest due first, unknown due dates last."""
    return reader.all(DebtRow, f"{_DEBT} WHERE case_id = ? ORDER BY due_on IS NULL, due_on, id", (case_id,))


def debt(reader: Reader, debt_id: int) -> DebtRow | None:
    """One debt."""
    return reader.first(DebtRow, f"{_DEBT} WHERE id = ?", (debt_id,))


def case_of_debt(reader: Reader, debt_id: int) -> int:
    """The case a debt is in."""
    return int(reader.value("SELECT case_id FROM debts WHERE id = ?", (debt_id,)))


def case_with_debt(reader: Reader, ref: str) -> int | None:
    """The oldest case holding a debt of this reference, whoever the creditor; None when there is none."""
    found = reader.value("SELECT case_id FROM debts WHERE ref = ? ORDER BY id LIMIT 1", (ref,))
    return int(found) if found else None


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
    row_version: int
    holder: str = "person"
    workplace: int = 0
    given: int = 0
    why: str = ""
    why_on: str | None = None
    source: str = ""


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
        """SELECT p.id, 'debtor', p.kind, p.name, p.first_name, p.siren, NULL
        FROM cases c JOIN parties p ON p.id = c.debtor_id WHERE c.id = ?1
        UNION ALL SELECT p.id, cp.role, p.kind, p.name, p.first_name, p.siren, cp.liable_up_to
        FROM case_parties cp JOIN parties p ON p.id = cp.party_id WHERE cp.case_id = ?1""",
        (case_id,),
    )


def contact_points(reader: Reader, party_ids: tuple[int, ...]) -> tuple[ContactPoint, ...]:
    """The contact points of some parties, valid ones first."""
    marks = ",".join("?" * len(party_ids))
    return reader.all(
        ContactPoint,
        "SELECT id, party_id, kind, value, phone_kind, postcode, city, country, validity, row_version, holder, workplace, given, "
        "why, why_on, source "
        "FROM contact_points "
        f"WHERE party_id IN ({marks}) ORDER BY party_id, validity = 'invalid', kind = 'address', kind = 'email', priority DESC, id",
        party_ids,
    )


def any_case(reader: Reader) -> bool:
    """Whether the store holds a case, open or closed."""
    return bool(reader.value("SELECT EXISTS (SELECT 1 FROM cases)"))
