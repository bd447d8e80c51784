"""Tries out and enters the debts of a sheet: checked, compared with the store, placed with debtors and cases. Writes by core.store.bulk."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from core.domain import placement
from core.domain.bulk import collector_at_rest
from core.domain.dates import after
from core.domain.messages import Problem, msg
from core.domain.placement import CHUNK, PlacedDebt
from core.domain.placement_contacts import Told, told_by
from core.domain.placement_groups import Debtors, cases_of, debtor_remarks, debtors_of, with_terms
from core.exchange import tables
from core.services import limitation_kept
from core.services.context import Ctx
from core.services.import_known import compared
from core.services.import_likely import likely_same
from core.services.import_reading import SENT_BY_PROGRAMS, Content
from core.services.import_values import Likely, Options, Reading
from core.store import bulk, bulk_lookup, limitation
from core.store.bulk import Placement
from core.store.bulk_lookup import KnownDebt
from core.store.bulk_plan import columns, of_line
from core.store.unit import Reader, Unit

Progress = Callable[[float], None]
_AMOUNTS = of_line("amount", "paid_before")


@dataclass(slots=True)
class Judged:
    """The lines of a sheet once judged: nothing of the store is in it."""

    lines: list[PlacedDebt]
    problems: list[Problem]
    remarks: list[Problem]
    total: int


@dataclass(slots=True)
class Plan:
    """What the good lines would do to the store as it is at `version`."""

    new: Placement
    version: int
    unchanged: int = 0
    updated: int = 0
    problems: list[Problem] = field(default_factory=list)
    remarks: list[Problem] = field(default_factory=list)
    likely: list[Likely] = field(default_factory=list)

    @property
    def new_cases(self) -> int:
        """How many cases would be opened."""
        return self.new.case_ids.count(0)

    @property
    def new_parties(self) -> int:
        """How many parties would be made."""
        return self.new.parties.count(0)

    @property
    def amount(self) -> int:
        """Cents that the new lines add: what was invoiced less what had been paid."""
        invoiced, paid = (sum(column) for column in columns(_AMOUNTS, self.new.lines))
        return int(invoiced - paid)


def judge(
    ctx: Ctx,
    own: str,
    creditors: Mapping[str, int],
    reading: Reading,
    content: Content,
    mapping: Mapping[int, str],
    options: Options,
    progress: Progress,
) -> Judged:
    """Every line of a sheet checked; `own` is the chosen creditor's reference, which stands where the file names none."""
    sheet = tables.without_formulas(content.sheet, mapping)
    by_program = reading.format in SENT_BY_PROGRAMS
    wanted = placement.Options(
        date_order="dmy" if by_program else options.date_order,
        amount_unit="euros" if by_program else options.amount_unit,
        keep_identical=options.keep_identical,
        creditors=frozenset(creditors),
        defaults={
            "creditor_ref": own, "nature": options.nature, "debtor_kind": options.debtor_kind, "first_letter_ref": options.first_letter_ref,
            "first_letter_on": options.first_letter_on,
        },
    )  # fmt: skip
    checker = placement.Checker(mapping, wanted, ctx.today)
    found = Judged([], list(sheet.faults), list(checker.remarks), len(content.sheet.rows) + len(content.sheet.faults))
    rows = len(sheet.rows)
    for start in range(0, rows, CHUNK):
        part = checker.check(sheet.rows[start : start + CHUNK], sheet.lines[start : start + CHUNK])
        found.lines += part.lines
        found.problems += part.problems
        found.remarks += part.remarks
        progress(start / rows)
    found.lines, found.remarks = with_terms(found.lines, found.remarks, options.payment_days)
    return found


def plan(reader: Reader, judged: Judged, own: str, creditors: Mapping[str, int], same: Mapping[int, int]) -> Plan:
    """Who and what is here already, and where each new line would go; `same`: line -> party that the person recognised."""
    with collector_at_rest():
        found = Plan(Placement([], Debtors(), cases_of([], []), [], [], creditors), bulk_lookup.data_version(reader))
        lines = _new_lines(reader, judged.lines, creditors, found)
        debtors = debtors_of(lines)
        parties = _known_parties(reader, debtors, creditors, same)
        debtors.of = _one_each(debtors.of, parties)
        cases = cases_of(lines, debtors.of)
        new = found.new
        new.lines, new.debtors, new.cases, new.parties = lines, debtors, cases, parties
        new.case_ids = _known_cases(reader, new)
        told = [
            (party, line)
            for debtor, (party, line) in enumerate(zip(parties, debtors.firsts, strict=True))
            if party
            for line in (line, *debtors.more.get(debtor, ()))
        ]
        new.told += _untold(reader, told)
        found.remarks += [*debtor_remarks(debtors), *_other_creditors(lines, own)]
        found.likely += likely_same(reader, debtors.firsts, parties)
    return found


def enter(ctx: Ctx, unit: Unit, found: Plan, batch_id: int) -> bulk.Entered:
    """Write a plan made on this very state of the store."""
    found.new.mandates = bulk.mandates_in_force(
        unit, {found.new.creditor_ids[line.creditor_ref] for line in found.new.cases.firsts}
    )
    found.new.dates = limitation_kept.Dates()
    with collector_at_rest():
        entered = bulk.enter(unit, found.new, batch_id, after(ctx.today, 0).isoformat())
    limitation_kept.refresh(
        unit, limitation.loans_of(batch_id)
    )  # a time bar counts the holidays of the debtor's department
    return entered


def _new_lines(reader: Reader, lines: list[PlacedDebt], creditors: Mapping[str, int], found: Plan) -> list[PlacedDebt]:
    """The lines that are not here; those that are count as unchanged, as updates, or as faults when they say something else."""
    named = {line.creditor_ref for line in lines}
    known = {ref: creditors[ref] for ref in named if bulk_lookup.has_debts(reader, creditors[ref])}
    if not known:
        return lines
    keys = {
        ref: bulk_lookup.known_keys(reader, number, {line.key for line in lines if line.creditor_ref == ref})
        for ref, number in known.items()
    }
    rest = [line for line in lines if (line.key, line.occurrence) not in keys.get(line.creditor_ref, ())]
    debts = {
        ref: bulk_lookup.known_debts(reader, number, {line.debt_ref for line in rest if line.creditor_ref == ref})
        for ref, number in known.items()
    }
    new, pairs = [], []
    for line in rest:
        debt = debts.get(line.creditor_ref, {}).get(line.debt_ref)
        if debt is None or (debt.line_key == line.key and line.occurrence > 1):
            new.append(line)
        else:
            pairs.append((line, debt))
    here, faults, doubts = compared(reader, pairs, creditors)
    found.problems += faults
    found.remarks += doubts
    _updates(reader, here, found)
    found.unchanged += len(lines) - len(rest)
    return new


def _updates(reader: Reader, here: list[tuple[PlacedDebt, KnownDebt]], found: Plan) -> None:
    """Debts that are here: a due date given at last, a new telephone, e-mail or address."""
    told = _untold(reader, [(debt.debtor_id, line) for line, debt in here])
    parties = {party for party, _ in told}
    found.new.told += told
    for line, debt in here:
        dated = line.due_on is not None and debt.due_on is None
        if dated and line.due_on:
            found.new.dated.append((debt.id, debt.case_id, line.due_on))
        if dated or debt.debtor_id in parties:
            found.updated += 1
        else:
            found.unchanged += 1


def _untold(reader: Reader, lines: list[tuple[int, PlacedDebt]]) -> list[tuple[int, Told]]:
    """The contact points that lines tell of parties already here, and that the parties do not have."""
    parties = {party for party, _ in lines}
    here = (
        {(party, kind, value, postcode) for party, kind, value, postcode in bulk_lookup.contacts_of(reader, parties)}
        if parties
        else set()
    )
    found = []
    for party, line in lines:
        for one in told_by(line):
            if (party, *one.identity) not in here:
                here.add((party, *one.identity))
                found.append((party, one))
    return found


def _known_parties(
    reader: Reader, debtors: Debtors, creditors: Mapping[str, int], same: Mapping[int, int]
) -> list[int]:
    """By debtor, the party already here: the person's choice, the creditor's own reference, else the SIREN alone; 0 for none."""
    firsts = debtors.firsts
    if not firsts or not bulk_lookup.has_parties(reader):
        return [0] * len(firsts)
    refs = {
        ref: bulk_lookup.parties_by_ref(
            reader, creditors[ref], [line.debtor_ref for line in firsts if line.creditor_ref == ref and line.debtor_ref]
        )
        for ref in {line.creditor_ref for line in firsts}
    }
    sirens = bulk_lookup.parties_by_siren(reader, [line.siren for line in firsts if line.siren and not line.debtor_ref])
    return [
        same.get(line.line)
        or (refs[line.creditor_ref].get(line.debtor_ref, 0) if line.debtor_ref else sirens.get(line.siren, 0))
        for line in firsts
    ]


def _one_each(debtor_of: list[int], parties: list[int]) -> list[int]:
    """Debtors of the file who are one party here become one."""
    if not any(parties):
        return debtor_of
    first: dict[int, int] = {}
    one = [first.setdefault(party, debtor) if party else debtor for debtor, party in enumerate(parties)]
    return [one[debtor] for debtor in debtor_of]


def _known_cases(reader: Reader, new: Placement) -> list[int]:
    """By case, the open one already here: of the creditor's case reference, or without one the debtor's newest; 0 for none."""
    parties = {party for party in new.parties if party}
    here: dict[tuple[int, int, str], int] = {}
    for party, creditor, ref, case_id, _ in bulk_lookup.open_cases(reader, parties) if parties else ():
        here[party, creditor, ref] = case_id
        here[party, creditor, ""] = case_id
    if not here:
        return [0] * len(new.cases.firsts)
    return [
        here.get((new.parties[debtor], new.creditor_ids[line.creditor_ref], line.case_ref), 0)
        if new.parties[debtor]
        else 0
        for line, debtor in zip(new.cases.firsts, new.cases.debtor, strict=True)
    ]


def _other_creditors(lines: list[PlacedDebt], own: str) -> list[Problem]:
    """A remark when a file names other creditors of the agency than the one chosen."""
    others = sorted({line.creditor_ref for line in lines} - {own})
    if not others:
        return []
    count = sum(line.creditor_ref != own for line in lines)
    reason = msg(
        "Lines that name another creditor ({refs}) and enter under it: {n}.", n=count, refs=", ".join(others[:5])
    )
    return [
        Problem(
            "other-creditors",
            reason,
            msg("If the whole file is one creditor's, take the column of the creditor's code out of the mapping."),
            "creditor_ref",
        )
    ]
