"""Enters checked lines by the thousand inside one unit: parties, contact points, cases, debts, ledger, tasks. Decides nothing.

Whose party and which case each line joins is decided before; ids are taken as ranges, so that every table is written by
one statement. Indexes are taken off and built again where as many rows come as are there.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from operator import sub

from core.domain.references import case_references
from core.store.bulk_parties import add_contacts, add_parties
from core.store.bulk_plan import Days, Entered, Placement, columns, free_ids, known_or_next, of_line
from core.store.creditors import mandate_in_force
from core.store.indexes import indexes_after
from core.store.unit import Unit

__all__ = ["Entered", "Placement", "enter", "mandates_in_force"]

CACHE_KB = 131_072  # pages of an import of 100 000 lines: writing them once instead of three times
_CASE = of_line("creditor_ref", "case_ref", "first_letter_ref", "first_letter_on")
_DEBT = of_line(
    "creditor_ref",
    "debt_ref",
    "nature",
    "label",
    "issued_on",
    "due_on",
    "amount",
    "paid_before",
    "contract_rate",
    "key",
    "occurrence",
)


@dataclass(slots=True)
class _NewDebts:
    """The range of new debts, with their cases and cents."""

    ids: range
    cases: list[int]
    principals: list[int]


def enter(unit: Unit, new: Placement, batch_id: int, task_on: str) -> Entered:
    """Write everything; `task_on` is the day of the first next action of new cases."""
    unit.run(f"PRAGMA cache_size = -{CACHE_KB}")
    days = Days()
    parties = add_parties(unit, new)
    party_ids = known_or_next(new.parties, parties)
    add_contacts(unit, new, party_ids)
    cases = _cases(unit, new, party_ids, batch_id, days)
    debts = _debts(unit, new, known_or_next(new.case_ids, cases), batch_id, days)
    _entries(unit, debts)
    _tasks(unit, cases, task_on)
    _date(unit, new)
    if cases:
        unit.touch_fresh(cases.start, cases.stop - 1)
    unit.touch(*{case for case in new.case_ids if case}, *{case for _, case, _ in new.dated})
    return Entered(len(debts.ids), len(cases), len(parties), sum(debts.principals))


def _cases(unit: Unit, new: Placement, party_ids: list[int], batch_id: int, days: Days) -> range:
    _first_letters(unit, new, days)
    made = [at for at, known in enumerate(new.case_ids) if not known]
    ids = free_ids(unit, "cases", len(made))
    if not made:
        return ids
    owners, case_refs, letters, letter_days = columns(_CASE, [new.cases.firsts[at] for at in made])
    creditors = [new.creditor_ids[owner] for owner in owners]
    rows = zip(
        ids,
        case_references(unit.value("SELECT code FROM meta"), ids.start, ids.stop - 1),
        creditors,
        map(new.mandates.get, creditors),
        [party_ids[new.cases.debtor[at]] for at in made],
        case_refs,
        [ref if day else "" for ref, day in zip(letters, letter_days, strict=True)],
        map(days.__getitem__, letter_days),
        strict=True,
    )
    with indexes_after(unit.conn, "cases", len(made)):
        unit.many(
            "INSERT INTO cases(id, ref, creditor_id, mandate_id, debtor_id, creditor_case_ref, first_letter_ref, first_letter_on, "
            f"batch_id, collector_id, placed_on) VALUES (?,?,?,?,?,?,?,?,{int(batch_id)},{int(unit.actor_id)},'{unit.today}')",
            rows,
        )
    return ids


def _first_letters(unit: Unit, new: Placement, days: Days) -> None:
    """A case already here that had no first letter takes the one that the file tells."""
    unit.many(
        "UPDATE cases SET first_letter_ref = ?, first_letter_on = ?, row_version = row_version + 1 "
        "WHERE id = ? AND first_letter_on IS NULL",
        [
            (line.first_letter_ref, days[line.first_letter_on], known)
            for line, known in zip(new.cases.firsts, new.case_ids, strict=True)
            if known and line.first_letter_on
        ],
    )


def _debts(unit: Unit, new: Placement, case_ids: list[int], batch_id: int, days: Days) -> _NewDebts:
    ids = free_ids(unit, "debts", len(new.lines))
    if not new.lines:
        return _NewDebts(ids, [], [])
    owners, refs, natures, labels, issued, due, amounts, paid, rates, keys, occurrences = columns(_DEBT, new.lines)
    cases = list(map(case_ids.__getitem__, new.cases.of))
    principals = list(map(sub, amounts, paid))
    issued_on, due_on = list(map(days.__getitem__, issued)), list(map(days.__getitem__, due))
    limits = _limits(unit, new, owners, zip(natures, issued_on, due_on, strict=True))
    rows = zip(
        ids,
        cases,
        map(new.creditor_ids.__getitem__, owners),
        refs,
        natures,
        labels,
        issued_on,
        due_on,
        amounts,
        principals,
        map(_rate, rates),
        keys,
        occurrences,
        [day for day, _ in limits],
        [trust for _, trust in limits],
        strict=True,
    )
    with indexes_after(unit.conn, "debts", len(ids)):
        unit.many(
            "INSERT INTO debts(id, case_id, creditor_id, ref, nature, label, issued_on, due_on, original, principal, outstanding, "
            "contract_rate, line_key, occurrence, limitation_on, limitation_trust, batch_id) "
            f"VALUES (?1,?2,?3,?4,?5,?6,?7,?8,?9,?10,?10,?11,?12,?13,?14,?15,{int(batch_id)})",
            rows,
        )
    return _NewDebts(ids, cases, principals)


def _limits(
    unit: Unit, new: Placement, owners: list[str], dated: Iterable[tuple[str, str | None, str | None]]
) -> list[tuple[str | None, str]]:
    """The last day to sue of each line, of a debt nothing else is known of; debts of cases already here are computed with their facts."""
    if new.dates is None:
        return [(None, "")] * len(owners)
    known = dict(
        unit.rows(
            "SELECT id, kind FROM parties WHERE id IN (SELECT value FROM json_each(?))", (json.dumps(new.parties),)
        )
    )
    kinds = [known.get(party, line.debtor_kind) for party, line in zip(new.parties, new.debtors.firsts, strict=True)]
    quality = dict(unit.rows("SELECT id, quality FROM creditors"))
    qualities = {ref: quality[creditor] for ref, creditor in new.creditor_ids.items()}
    of_case = [kinds[debtor] for debtor in new.cases.debtor]
    return [
        new.dates[nature, of_case[case], qualities[owner], "", issued, due]
        for case, owner, (nature, issued, due) in zip(new.cases.of, owners, dated, strict=True)
    ]


def _rate(rate: Decimal | None) -> str:
    return "" if rate is None else format(rate, "f")


def _entries(unit: Unit, debts: _NewDebts) -> None:
    """The ledger row that opens each debt, and the digest that proves them: as `audit.rows_digest` reads them."""
    if not debts.ids:
        return
    ids = free_ids(unit, "entries", len(debts.ids))
    with indexes_after(unit.conn, "entries", len(ids)):
        unit.run(
            "INSERT INTO entries(id, case_id, debt_id, kind, from_account, to_account, amount, booked_on, actor_id, recorded_at) "
            "SELECT id + ?, case_id, id, 'placement', 'placement', 'principal', principal, ?, ?, ? FROM debts "
            "WHERE id BETWEEN ? AND ? ORDER BY id",
            (ids.start - debts.ids.start, unit.today, unit.actor_id, unit.now, debts.ids.start, debts.ids.stop - 1),
        )
    tail = f"'{unit.today}',NULL,{unit.actor_id},'{unit.now}'\n"
    lines = [
        f"{entry},{case},{debt},NULL,'placement','placement','principal',{cents},{tail}"
        for entry, case, debt, cents in zip(ids, debts.cases, debts.ids, debts.principals, strict=True)
    ]
    unit.wrote("entries", ids.start, ids.stop - 1, hashlib.sha256("".join(lines).encode()).hexdigest())


def _tasks(unit: Unit, cases: range, task_on: str) -> None:
    """The first letter is the first next action; a call where it was sent before."""
    if cases:
        unit.run(
            "INSERT INTO tasks(case_id, kind, due_on, origin, created_by, created_at) "
            "SELECT id, CASE WHEN first_letter_on IS NULL THEN 'first_letter' ELSE 'first_call' END, ?, 'placement', ?, ? "
            "FROM cases WHERE id BETWEEN ? AND ? ORDER BY id",
            (task_on, unit.actor_id, unit.now, cases.start, cases.stop - 1),
        )


def _date(unit: Unit, new: Placement) -> None:
    """Due dates given at last."""
    unit.many(
        "UPDATE debts SET due_on = ?, row_version = row_version + 1 WHERE id = ? AND due_on IS NULL",
        [(day.isoformat(), debt) for debt, _, day in new.dated],
    )


def mandates_in_force(unit: Unit, creditor_ids: Iterable[int]) -> dict[int, int | None]:
    """The mandate that covers today, for each creditor."""
    return {creditor: mandate_in_force(unit, creditor, unit.today) for creditor in creditor_ids}
