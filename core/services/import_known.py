"""Compares a line of a file with the debt that is here under its reference: same debt, same debtor? Writes nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from core.domain.duplicates import one_name, spelt_alike
from core.domain.messages import Message, Problem, msg
from core.domain.placement import PlacedDebt
from core.store import bulk_lookup
from core.store.bulk_lookup import KnownDebt
from core.store.unit import Reader

Pair = tuple[PlacedDebt, KnownDebt]
SAME, DOUBTFUL, ANOTHER = "same", "doubtful", "another"


def compared(
    reader: Reader, pairs: Sequence[Pair], creditors: Mapping[str, int]
) -> tuple[list[Pair], list[Problem], list[Problem]]:
    """The lines that say the same of a debt that is here, the faults of the others, and remarks on doubtful debtors.

    A line with a remark is in the first list without its telephone, e-mail and address: they may be someone else's.
    """
    refs = _parties(reader, pairs, creditors)
    contacts = _contacts(reader, pairs)
    here, faults, remarks = [], [], []
    for line, debt in pairs:
        wrong = [] if _agrees(line, debt) else [_otherwise(line, debt)]
        party = refs[line.creditor_ref].get(line.debtor_ref, 0)
        found = _debtor(line, debt, party, contacts)
        if found == ANOTHER:
            wrong.append(_other_debtor(line, debt))
        elif found == DOUBTFUL and not wrong:
            remarks.append(_doubtful_debtor(line, debt))
        faults += wrong
        if not wrong:
            here.append((line if found == SAME else _without_contacts(line), debt))
    return here, faults, remarks


def _parties(reader: Reader, pairs: Sequence[Pair], creditors: Mapping[str, int]) -> dict[str, dict[str, int]]:
    """By creditor, the party of each debtor's reference of these lines."""
    named: dict[str, set[str]] = {}
    for line, _ in pairs:
        named.setdefault(line.creditor_ref, set()).add(line.debtor_ref)
    return {ref: bulk_lookup.parties_by_ref(reader, creditors[ref], here - {""}) for ref, here in named.items()}


def _contacts(reader: Reader, pairs: Sequence[Pair]) -> set[tuple[int, str]]:
    """Party and telephone or e-mail, of the debtors whom a line names by another reference."""
    parties = {debt.debtor_id for line, debt in pairs if line.debtor_ref and line.debtor_ref != debt.debtor_ref}
    rows = bulk_lookup.contacts_of(reader, parties) if parties else ()
    return {(party, value) for party, kind, value, _ in rows if kind != "address"}


def _debtor(line: PlacedDebt, debt: KnownDebt, party: int, contacts: set[tuple[int, str]]) -> str:
    """Whether the line names the debtor of the case; `party`: whom its debtor's reference names here, 0 for nobody.

    The creditor's reference decides, then the SIREN, then the name; one reference with a wholly other name, and two
    references that share name and telephone or e-mail, are for a person to look at.
    """
    names = (line.debtor_name, line.debtor_first_name), (debt.debtor_name, debt.debtor_first_name)
    sirens = bool(line.siren and debt.siren)
    if party and party != debt.debtor_id:
        return ANOTHER
    if party:
        kept = not (sirens and line.siren != debt.siren) and (one_name(*names) or spelt_alike(names[0][0], names[1][0]))
        return SAME if kept else DOUBTFUL
    if sirens:
        return SAME if line.siren == debt.siren else ANOTHER
    if not one_name(*names):
        return ANOTHER
    if not (line.debtor_ref and debt.debtor_ref):
        return SAME
    shared = any((debt.debtor_id, value) in contacts for value in (line.phone, line.phone2, line.email) if value)
    return DOUBTFUL if shared else ANOTHER


def _without_contacts(line: PlacedDebt) -> PlacedDebt:
    return line._replace(address="", address2="", postcode="", city="", email="", phone="", phone2="")


def _agrees(line: PlacedDebt, debt: KnownDebt) -> bool:
    """Whether a line says the same of a debt, where both say something."""
    days = ((line.issued_on, debt.issued_on), (line.due_on, debt.due_on))
    owed = (line.amount, line.amount - line.paid_before)
    return owed == (debt.original, debt.principal) and all(
        not day or not here or day.isoformat() == here for day, here in days
    )


def _otherwise(line: PlacedDebt, debt: KnownDebt) -> Problem:
    return _problem(
        line,
        "debt-known-otherwise",
        msg(
            "The debt {ref} is here already, in case {case}, with another amount or other dates.",
            ref=line.debt_ref,
            case=debt.case_ref,
        ),
        msg(
            "If part was paid, record the payment on that case. If the creditor sent a credit note or a correction, ask it for "
            "the amount still owed and note it in the journal of that case. If it is another debt, give it its own reference."
        ),
        "debt_ref",
    )


def _other_debtor(line: PlacedDebt, debt: KnownDebt) -> Problem:
    return _problem(
        line,
        "debt-known-other-debtor",
        msg(
            "The debt {ref} is here already, in case {case}, for another debtor ({debtor}).",
            ref=line.debt_ref,
            case=debt.case_ref,
            debtor=_name(debt.debtor_name, debt.debtor_first_name),
        ),
        msg("Open that case and check with the creditor who owes the debt, before any other step with either person."),
        "debtor_ref" if line.debtor_ref else "debtor_name",
    )


def _doubtful_debtor(line: PlacedDebt, debt: KnownDebt) -> Problem:
    return _problem(
        line,
        "debt-known-doubtful-debtor",
        msg(
            "The debt {ref} is here already, in case {case}, for {debtor}: this line may name someone else. The debtor stays as is.",
            ref=line.debt_ref,
            case=debt.case_ref,
            debtor=_name(debt.debtor_name, debt.debtor_first_name),
        ),
        msg("Open that case and check with the creditor who owes the debt."),
        "debtor_ref" if line.debtor_ref and line.debtor_ref != debt.debtor_ref else "debtor_name",
    )


def _problem(line: PlacedDebt, code: str, reason: Message, remedy: Message, field: str) -> Problem:
    return Problem(code, reason, remedy, field, _value(line, field), f"line {line.line}", line.line)


def _value(line: PlacedDebt, field: str) -> str:
    """What the line gives in a field that a problem names."""
    if field == "debtor_name":
        return _name(line.debtor_name, line.debtor_first_name)
    return line.debtor_ref if field == "debtor_ref" else line.debt_ref


def _name(name: str, first_name: str) -> str:
    return f"{name} {first_name}".strip()
