"""Tries out the lines of a takeover: whose case each is, what is here already, what cannot be. Writes nothing."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from core.domain.allocation import Allocation, OpenDebt, allocation, moved, parts_of
from core.domain.messages import Euro, Message, Problem, msg
from core.domain.takeover import Record, check_records
from core.exchange import tables
from core.services.context import Ctx
from core.services.import_reading import Content
from core.services.import_values import Options
from core.services.open_debts import open_debts
from core.store import bulk_lookup, takeover
from core.store.takeover import Owner
from core.store.unit import Reader

MONEY = {"payments", "promises", "plans", "client_money"}  # kinds whose amounts are added up for the person


@dataclass(frozen=True, slots=True)
class Item:
    """One line with its case; `debt_id` when the line names a debt."""

    line: int
    key: str
    occurrence: int
    values: Mapping[str, Any]
    case_id: int
    debt_id: int | None


@dataclass(slots=True)
class Judged:
    """The good lines of a sheet and the faults of the others; nothing of the store is in it."""

    record: str
    records: list[Record]
    problems: list[Problem]
    total: int


@dataclass(slots=True)
class Plan:
    """What the good lines would add to the store as it is at `version`; `shares` of each payment, by its place in `items`."""

    record: str
    version: int
    items: list[Item] = field(default_factory=list)
    unchanged: int = 0
    problems: list[Problem] = field(default_factory=list)
    remarks: list[Problem] = field(default_factory=list)
    shares: list[Allocation] = field(default_factory=list)

    @property
    def amount(self) -> int:
        """Cents of the lines to add."""
        return sum(item.values.get("amount") or 0 for item in self.items) if self.record in MONEY else 0


def judge(ctx: Ctx, content: Content, record: str, mapping: Mapping[int, str], options: Options) -> Judged:
    """Every line of a sheet checked by itself."""
    sheet = tables.without_formulas(content.sheet, mapping, record)
    checked = check_records(
        record,
        sheet.rows,
        mapping,
        ctx.today,
        sheet.lines,
        date_order=options.date_order,
        amount_unit=options.amount_unit,
    )
    total = len(content.sheet.rows) + len(content.sheet.faults)
    return Judged(record, checked.records, [*sheet.faults, *checked.problems], total)


def plan(reader: Reader, judged: Judged, creditor_id: int) -> Plan:
    """Whose case each line is, and what is here already."""
    found = Plan(judged.record, bulk_lookup.data_version(reader))
    known = takeover.entered_lines(reader, creditor_id, judged.record, {record.key for record in judged.records})
    new = [record for record in judged.records if (record.key, record.occurrence) not in known]
    found.unchanged = len(judged.records) - len(new)
    owners = _Owners(reader, creditor_id, new)
    for record in new:
        owner, problem = owners.of(record)
        if owner is None:
            found.problems.append(
                problem or _fault(record, "case-not-found", msg("No case was found."), msg("Import the debts first."))
            )
        else:
            found.items.append(
                Item(record.line, record.key, record.occurrence, record.values, owner.case_id, owner.debt_id)
            )
    {"payments": _payments, "plans": _plans, "client_money": _client_money}.get(judged.record, _nothing_more)(
        reader, found
    )
    return found


class _Owners:
    """The cases that references of some lines name."""

    def __init__(self, reader: Reader, creditor_id: int, records: Collection[Record]) -> None:
        asked = {
            name: {record.values[name] for record in records if record.values.get(name)}
            for name in ("case_ref", "debt_ref", "debtor_ref")
        }
        self._by: dict[str, dict[str, list[Owner]]] = {
            "case_ref": _by_ref(takeover.cases_by_ref(reader, creditor_id, asked["case_ref"])),
            "debt_ref": _by_ref(takeover.cases_by_debt(reader, creditor_id, asked["debt_ref"])),
            "debtor_ref": _by_ref(takeover.cases_by_debtor(reader, creditor_id, asked["debtor_ref"])),
        }

    def of(self, record: Record) -> tuple[Owner | None, Problem | None]:
        """The case of a line, by the debt it names if any, or what is wrong."""
        cases = self._one(record, "case_ref")
        debts = self._one(record, "debt_ref")
        debtors = self._one(record, "debtor_ref")
        chosen = debts or cases or debtors
        if not chosen:
            given = next(
                record.values[name] for name in ("case_ref", "debt_ref", "debtor_ref") if record.values.get(name)
            )
            reason = msg("No case of this creditor has the reference “{ref}”.", ref=given)
            return None, _fault(
                record, "case-not-found", reason, msg("Import the debts first, or correct the reference."), given
            )
        if cases and debts and not {o.case_id for o in cases} & {o.case_id for o in debts}:
            reason = msg(
                "The debt {debt} is not in the case {case}.",
                debt=record.values["debt_ref"],
                case=record.values["case_ref"],
            )
            return None, _fault(
                record,
                "references-disagree",
                reason,
                msg("Correct one of the two references."),
                record.values["debt_ref"],
            )
        if len(chosen) > 1:
            reason = msg("{n} cases answer to this reference.", n=len(chosen))
            return None, _fault(
                record, "case-ambiguous", reason, msg("Add the case reference or the debt reference to the line.")
            )
        return chosen[0], None

    def _one(self, record: Record, name: str) -> list[Owner]:
        """The cases of one reference: the open ones when there are any."""
        found = self._by[name].get(record.values.get(name) or "", [])
        return [owner for owner in found if owner.status == "open"] or found


def _by_ref(owners: Collection[Owner]) -> dict[str, list[Owner]]:
    found: defaultdict[str, list[Owner]] = defaultdict(list)
    for owner in owners:
        found[owner.ref].append(owner)
    return found


def _fault(
    of: Record | Item, code: str, reason: Message, remedy: Message, value: str = "", name: str = "case_ref"
) -> Problem:
    return Problem(code, reason, remedy, name, value, f"line {of.line}", of.line)


def _nothing_more(reader: Reader, found: Plan) -> None:
    """Contacts, promises, titles and objections need nothing else of the store."""


def _payments(reader: Reader, found: Plan) -> None:
    """Where each payment goes, in the order of their days: the debt the line names, else the legal order; none over what is owed."""
    owed: dict[int, tuple[OpenDebt, ...]] = {}
    kept = []
    for item in sorted(found.items, key=lambda item: (item.values["paid_on"], item.line)):
        if item.case_id not in owed:
            owed[item.case_id] = open_debts(reader, item.case_id)
        shares = allocation(owed[item.case_id], item.values["amount"], item.values["paid_on"], item.debt_id)
        if shares.left_over:
            reason = msg("This payment is {over} more than what the case still owes.", over=Euro(shares.left_over))
            remedy = msg("If it is already counted in what the debts say was paid before, take this line out.")
            found.problems.append(_fault(item, "payment-over-balance", reason, remedy, name="amount"))
            continue
        owed[item.case_id] = moved(owed[item.case_id], parts_of(shares))
        kept.append((item, shares))
    found.items, found.shares = [item for item, _ in kept], [shares for _, shares in kept]
    if kept:
        found.remarks.append(
            Problem(
                "payments-taken-off",
                msg("These payments are taken off what the sheet of debts said was owed."),
                msg("Leave out those that its column “already paid” counts."),
                "amount",
            )
        )


def _plans(reader: Reader, found: Plan) -> None:
    """Each instalment once."""
    ranks: dict[tuple[int, str], set[int]] = {}
    kept = []
    for item in found.items:
        plan_key = (item.case_id, item.values["plan_ref"])
        if plan_key not in ranks:
            known = takeover.plan_named(reader, *plan_key)
            ranks[plan_key] = takeover.instalment_numbers(reader, known) if known else set()
        number = item.values["number"]
        if number in ranks[plan_key]:
            reason = msg(
                "The instalment {number} of the plan {plan} is given twice.",
                number=number,
                plan=item.values["plan_ref"],
            )
            found.problems.append(
                _fault(item, "instalment-twice", reason, msg("Keep one of the two lines."), str(number), "number")
            )
            continue
        ranks[plan_key].add(number)
        kept.append(item)
    found.items = kept


def _client_money(reader: Reader, found: Plan) -> None:
    """A case opens its client money once."""
    known = takeover.opened_money(reader, {item.case_id for item in found.items})
    kept = []
    for item in found.items:
        if item.case_id in known:
            reason = msg(
                "The client money of this case was opened before, with {amount}.", amount=Euro(known[item.case_id])
            )
            found.problems.append(_fault(item, "opening-known", reason, msg("Take this line out."), name="amount"))
            continue
        known[item.case_id] = item.values["amount"]
        kept.append(item)
    found.items = kept


def is_open(item: Item) -> bool:
    """Whether an objection still runs."""
    return item.values.get("open") != "no"


def coming(day: dt.date, today: dt.date) -> bool:
    """Whether a day is today or later."""
    return day >= today
