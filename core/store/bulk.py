"""Enters checked lines by the thousand inside one unit: parties, contact points, cases, debts, ledger, tasks. Decides nothing.

Whose party and which case each line joins is decided before; ids are taken as ranges, so that every table is written by
one statement. Indexes are taken off and built again where as many rows come as are there.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from core.domain.folding import fold
from core.domain.placement import PlacedDebt
from core.domain.placement_contacts import Told, told_by
from core.domain.placement_groups import Cases, Debtors
from core.domain.references import case_references
from core.store.indexes import indexes_after
from core.store.unit import Unit

CACHE_KB = 131_072  # pages of an import of 100 000 lines: writing them once instead of three times


@dataclass(slots=True)
class Placement:
    """Lines to enter and where: `parties` and `case_ids` are ids already here by debtor and by case, 0 for new ones.

    `told` are contact points to add to parties already here; `dated` due dates given at last to debts already here.
    """

    lines: list[PlacedDebt]
    debtors: Debtors
    cases: Cases
    parties: list[int]
    case_ids: list[int]
    creditor_ids: Mapping[str, int]
    mandates: Mapping[int, int | None] = field(default_factory=dict)
    told: list[tuple[int, Told]] = field(default_factory=list)
    dated: list[tuple[int, int, dt.date]] = field(default_factory=list)  # debt, case, day


@dataclass(frozen=True, slots=True)
class Entered:
    """What is new; `amount` in cents."""

    debts: int
    cases: int
    parties: int
    amount: int


class _Days(dict[dt.date | None, str | None]):
    """ISO texts of days, each made once."""

    def __missing__(self, day: dt.date | None) -> str | None:
        text = self[day] = day.isoformat() if day else None
        return text


def enter(unit: Unit, new: Placement, batch_id: int, task_on: str) -> Entered:
    """Write everything; `task_on` is the day of the first next action of new cases."""
    unit.run(f"PRAGMA cache_size = -{CACHE_KB}")
    days = _Days()
    parties = _parties(unit, new)
    party_ids = _ids(new.parties, parties)
    _contacts(unit, new, party_ids)
    cases = _cases(unit, new, party_ids, batch_id, days)
    case_ids = _ids(new.case_ids, cases)
    debts = _debts(unit, new, case_ids, batch_id, days)
    _entries(unit, debts)
    _tasks(unit, cases, task_on)
    _date(unit, new)
    if cases:
        unit.touch_fresh(cases.start, cases.stop - 1)
    unit.touch(*{case for case in new.case_ids if case}, *{case for _, case, _ in new.dated})
    amount = sum(line.amount - line.paid_before for line in new.lines)
    return Entered(len(debts), len(cases), len(parties), amount)


def _range(unit: Unit, table: str, count: int) -> range:
    """The next free ids of a table."""
    first = 1 + int(unit.value(f"SELECT COALESCE(MAX(id), 0) FROM {table}"))
    return range(first, first + count)


def _ids(known: list[int], fresh: range) -> list[int]:
    """The id of each: the known one, else the next of the range."""
    if len(fresh) == len(known):
        return list(fresh)
    following = iter(fresh)
    return [found or next(following) for found in known]


def _parties(unit: Unit, new: Placement) -> range:
    lines = [line for line, known in zip(new.debtors.firsts, new.parties, strict=True) if not known]
    ids = _range(unit, "parties", len(lines))
    creditors, now = new.creditor_ids, unit.now
    rows = (
        (
            number,
            line.debtor_kind,
            line.debtor_name,
            line.debtor_first_name,
            fold(f"{line.debtor_name} {line.debtor_first_name}"),
            line.siren,
            line.siret,
            line.vat,
            line.iban,
            creditors[line.creditor_ref],
            line.debtor_ref,
            now,
        )
        for number, line in zip(ids, lines, strict=True)
    )
    with indexes_after(unit.conn, "parties", len(lines)):
        unit.many(
            "INSERT INTO parties(id, kind, name, first_name, folded, siren, siret, vat, iban, creditor_id, creditor_ref, created_at) "
            "VALUES (?,?,?,?,?,?,?,?,?,?,?,?)",
            rows,
        )
    _name(unit, new)
    return ids


def _name(unit: Unit, new: Placement) -> None:
    """A party of this creditor that had no reference takes the one of the file: the next file will know it."""
    unit.many(
        "UPDATE parties SET creditor_ref = ?, row_version = row_version + 1 WHERE id = ? AND creditor_id = ? AND creditor_ref = ''",
        [
            (line.debtor_ref, party, new.creditor_ids[line.creditor_ref])
            for line, party in zip(new.debtors.firsts, new.parties, strict=True)
            if party and line.debtor_ref
        ],
    )


def _contacts(unit: Unit, new: Placement, party_ids: list[int]) -> None:
    with indexes_after(unit.conn, "contact_points", len(party_ids) - sum(map(bool, new.parties))):
        unit.many(
            "INSERT INTO contact_points(party_id, kind, value, phone_kind, postcode, city, country, source, created_at) "
            f"VALUES (?,?,?,?,?,?,?,'creditor','{unit.now}')",
            _contact_rows(new, party_ids),
        )


def _contact_rows(new: Placement, party_ids: list[int]) -> Iterator[tuple[Any, ...]]:
    """Each contact point of each new party once, then those of parties already here."""
    more = new.debtors.more
    for debtor, (line, known, party) in enumerate(zip(new.debtors.firsts, new.parties, party_ids, strict=True)):
        if known:
            continue
        told = told_by(line)
        for other in more.get(debtor, ()):
            here = {one.identity for one in told}
            told += [one for one in told_by(other) if one.identity not in here]
        for one in told:
            yield (party, *one)
    for party, one in new.told:
        yield (party, *one)


def _cases(unit: Unit, new: Placement, party_ids: list[int], batch_id: int, days: _Days) -> range:
    made = [
        (line, debtor)
        for line, debtor, known in zip(new.cases.firsts, new.cases.debtor, new.case_ids, strict=True)
        if not known
    ]
    ids = _range(unit, "cases", len(made))
    creditors, mandates, actor, today = new.creditor_ids, new.mandates, unit.actor_id, unit.today
    refs = case_references(unit.value("SELECT code FROM meta"), ids.start, ids.stop - 1)
    rows = (
        (
            number,
            ref,
            creditor := creditors[line.creditor_ref],
            mandates.get(creditor),
            party_ids[debtor],
            line.case_ref,
            batch_id,
            actor,
            today,
            line.first_letter_ref if line.first_letter_on else "",
            days[line.first_letter_on],
        )
        for number, ref, (line, debtor) in zip(ids, refs, made, strict=True)
    )
    with indexes_after(unit.conn, "cases", len(made)):
        unit.many(
            "INSERT INTO cases(id, ref, creditor_id, mandate_id, debtor_id, creditor_case_ref, batch_id, collector_id, placed_on, "
            "first_letter_ref, first_letter_on) VALUES (?,?,?,?,?,?,?,?,?,?,?)",
            rows,
        )
    unit.many(
        "UPDATE cases SET first_letter_ref = ?, first_letter_on = ?, row_version = row_version + 1 "
        "WHERE id = ? AND first_letter_on IS NULL",
        [
            (line.first_letter_ref, days[line.first_letter_on], known)
            for line, known in zip(new.cases.firsts, new.case_ids, strict=True)
            if known and line.first_letter_on
        ],
    )
    return ids


@dataclass(slots=True)
class _NewDebts:
    """The range of new debts, with their cases and cents."""

    ids: range
    cases: list[int]
    principals: list[int]

    def __len__(self) -> int:
        return len(self.ids)


def _debts(unit: Unit, new: Placement, case_ids: list[int], batch_id: int, days: _Days) -> _NewDebts:
    ids = _range(unit, "debts", len(new.lines))
    cases = [case_ids[case] for case in new.cases.of]
    principals = [line.amount - line.paid_before for line in new.lines]
    creditors = new.creditor_ids
    rows = (
        (
            number,
            case,
            creditors[line.creditor_ref],
            line.debt_ref,
            line.nature,
            line.label,
            days[line.issued_on],
            days[line.due_on],
            line.amount,
            principal,
            _rate(line.contract_rate),
            line.key,
            line.occurrence,
        )
        for number, case, principal, line in zip(ids, cases, principals, new.lines, strict=True)
    )
    with indexes_after(unit.conn, "debts", len(ids)):
        unit.many(
            "INSERT INTO debts(id, case_id, creditor_id, ref, nature, label, issued_on, due_on, original, principal, outstanding, "
            f"contract_rate, line_key, occurrence, batch_id) VALUES (?1,?2,?3,?4,?5,?6,?7,?8,?9,?10,?10,?11,?12,?13,{int(batch_id)})",
            rows,
        )
    return _NewDebts(ids, cases, principals)


def _rate(rate: Decimal | None) -> str:
    return format(rate, "f") if rate is not None else ""


def _entries(unit: Unit, debts: _NewDebts) -> None:
    """The ledger row that opens each debt, and the digest that proves them: as `audit.rows_digest` reads them."""
    if not debts.ids:
        return
    ids = _range(unit, "entries", len(debts))
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
    from core.store.creditors import mandate_in_force

    return {creditor: mandate_in_force(unit, creditor, unit.today) for creditor in creditor_ids}
