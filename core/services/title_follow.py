"""Takes out of what is claimed the principal that a title did not grant, and puts it back when the title falls. Pays nothing.

A row of kind `not_granted` from `principal` to `waived`, on the day of the title: it stays in the account under its own name, no payment is
allocated to it any more, and a past day before the title does not see it.
"""

from __future__ import annotations

import datetime as dt
import json

from core.domain.statement_account import NOT_GRANTED, Account, standing
from core.domain.title_grants import SAID, SET_ASIDE, Shortfall, Standing, shortfall
from core.services import balance_follow, claim_facts, contact_record, settlement
from core.store import charges
from core.store import legal_facts as told
from core.store.charges import Movement
from core.store.unit import Unit

ACCOUNTS = ("principal", "waived")


def follow(unit: Unit, case_id: int, today: dt.date) -> None:
    """Bring the ledger to what the titles grant, once a payment, credit note or proceeding moved; nothing where no fact speaks of it."""
    if any(fact.kind in SAID for fact in told.of_case(unit, case_id)):
        changed(unit, case_id, today, dt.date.min)


def changed(unit: Unit, case_id: int, today: dt.date, since: dt.date) -> None:
    """The same once a fact of the register about a title changed; interest settled after the day `since` is put right.

    While several titles seem to stand for a debt, what was booked for it stays as it is. Never more is taken than is left of the principal.
    """
    before = balance_follow.owed(unit, case_id)
    for account, found in claim_facts.weighed(unit, case_id, today):
        _debt(unit, account, found, today)
    settlement.settle_after(unit, case_id, since)
    _after(unit, case_id, today, before)
    unit.touch(case_id)


def _debt(unit: Unit, account: Account, found: Standing, today: dt.date) -> None:
    if found.doubt:
        return
    rows = [row for row in standing(account.moves, dt.date.max) if row.kind == NOT_GRANTED]
    left = sum(row.amount for row in standing(account.moves, dt.date.max) if row.bucket == "principal")
    held = sum(-row.amount for row in rows)
    wanted = _capped(shortfall(account, found, today), left + held, _free_from(account))
    if [(row.on, -row.amount) for row in rows] == ([(wanted.on, wanted.cents)] if wanted else []):
        return
    for row in rows:
        one = charges.movement(unit, row.id)
        if one:
            _undo(unit, one)
    if wanted and found.title:
        _book(unit, account.debt_id, found.title.on, wanted)


def _free_from(account: Account) -> dt.date:
    """The day from which nothing booked before counts: a title that fell kept its row until then."""
    undone = {row.reverses: row.on for row in account.moves if row.reverses}
    fell = [undone[row.id] for row in account.moves if row.kind == NOT_GRANTED and row.id in undone]
    return max(fell, default=dt.date.min)


def _capped(lost: Shortfall | None, left: int, free_from: dt.date) -> Shortfall | None:
    cents = min(lost.cents, left) if lost else 0
    return Shortfall(max(lost.on, free_from), cents) if lost and cents > 0 else None


def _book(unit: Unit, debt_id: int, title_on: dt.date, lost: Shortfall) -> None:
    of = charges.known(unit, debt_id)
    if of is None:
        raise LookupError("a debt that is gone")
    facts = {"step": NOT_GRANTED, "title": title_on.isoformat()}
    entry = charges.append(unit, of, NOT_GRANTED, ACCOUNTS, lost.cents, lost.on.isoformat(), "", facts)
    unit.audit("title.not_granted", "entry", entry, case=of.case_id, debt=debt_id, amount=lost.cents)


def _undo(unit: Unit, one: Movement) -> None:
    """On the day the title fell; on the day of the row itself where the register or the ledger was put right."""
    title = str(json.loads(one.facts or "{}").get("title", ""))
    fell = [
        fact.on.isoformat()
        for fact in told.of_case(unit, one.case_id)
        if fact.kind == SET_ASIDE
        and fact.since
        and fact.since.isoformat() == title
        and fact.debt_id in (None, one.debt_id)
    ]
    day = max(one.booked_on, min(fell, default=one.booked_on))
    undone = charges.undo(unit, one, day, "", {"step": "not_granted_undone", "title": title})
    unit.audit("title.granted_again", "entry", undone, case=one.case_id, debt=one.debt_id, amount=one.amount)


def _after(unit: Unit, case_id: int, today: dt.date, before: int) -> None:
    """What comes next when nothing is owed any more, or something is again."""
    now = balance_follow.owed(unit, case_id)
    if now == 0 < before:
        balance_follow.settled(unit, today, case_id, NOT_GRANTED)
    elif now > before == 0:
        balance_follow.owed_again(unit, today, contact_record.head(unit, case_id), "reversal")
