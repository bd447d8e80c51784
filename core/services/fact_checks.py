"""What keeps a fact from being recorded: an unknown kind, a day that cannot be, a field its kind wants or does not take. Writes nothing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from decimal import Decimal

from core.domain.legal_facts import LegalFact
from core.domain.messages import Problem, Refusal, msg
from core.domain.money import LARGEST_CENTS
from core.law.fact_kinds import FIELDS, FactKind, load_fact_kinds
from core.services import fact_title_checks
from core.services.fact_entry import FactEntry
from core.services.refusals import problem, unknown_choice
from core.store import debts as kept_debts
from core.store import legal_facts as kept
from core.store.debts import DebtDetail
from core.store.legal_facts import FactRow
from core.store.unit import Reader

__all__ = ["BORN", "FactEntry", "checked", "implausible_rate"]
BORN = ("service_completed", "knowledge")  # facts that say when a debt was born, before its invoice


def checked(reader: Reader, entry: FactEntry, today: dt.date, old: FactRow | None = None) -> LegalFact:
    """The fact of an entry; all that is wrong with it is refused together. `old` is the fact that it corrects, if any."""
    kind = load_fact_kinds().get(entry.kind)
    if kind is None:
        raise unknown_choice("kind", entry.kind)
    others = [fact for fact in kept.of_case(reader, entry.case_id) if old is None or fact.id != old.id]
    mine = tuple(debt for debt in kept_debts.of_case(reader, entry.case_id) if entry.debt_id in (None, debt.id))
    problems = [
        *_case(entry, old),
        *_debt(entry, kind, mine),
        *_days(entry, kind, today, _born(mine, others)),
        *_fields(entry, kind),
        *_again(entry, kind, others, mine),
        *fact_title_checks.problems(reader, entry, kind, others, today),
    ]
    if problems or entry.on is None:
        raise Refusal(*problems)
    return LegalFact(
        kind.kind,
        entry.on,
        entry.debt_id,
        entry.until,
        entry.amount,
        entry.rate,
        evidence=entry.evidence.strip(),
        since=entry.since,
        basis=entry.basis,
    )


def _case(entry: FactEntry, old: FactRow | None) -> Iterator[Problem]:
    if old and old.case_id != entry.case_id:
        yield problem(
            "fact-unknown",
            msg("There is no such fact in the register."),
            msg("Open the case again and choose a fact of the list."),
            "fact",
            old.id,
        )


def _debt(entry: FactEntry, kind: FactKind, mine: tuple[DebtDetail, ...]) -> Iterator[Problem]:
    if entry.debt_id is None and kind.scope == "debt":
        yield problem(
            "debt-missing",
            msg("This fact is that of one debt: each debt has its own clock."),
            msg("Choose the debt it is about."),
            "debt",
        )
    if entry.debt_id is not None and kind.scope == "case":
        yield problem(
            "field-unwanted",
            msg("This fact is that of the whole case."),
            msg("Leave the choice of a debt empty."),
            "debt",
            entry.debt_id,
        )
    if entry.debt_id is not None and not mine:
        yield problem(
            "debt-elsewhere",
            msg("This debt is not one of this case."),
            msg("Open the case again and choose a debt of the list."),
            "debt",
            entry.debt_id,
        )


def _days(entry: FactEntry, kind: FactKind, today: dt.date, born: dt.date | None) -> Iterator[Problem]:
    if entry.on is None:
        yield problem(
            "field-empty",
            msg("A fact counts by its day."),
            msg("Type the day that the document gives."),
            "on",
        )
    for field, day in (("on", entry.on), ("until", entry.until), ("since", entry.since)):
        if day and day > today and not (kind.ahead and field == "until"):
            yield problem(
                "date-in-future",
                msg("{given} is in the future.", given=day),
                msg("Type the day it really happened; leave the end empty while it lasts."),
                field,
                day,
            )
    if entry.on and entry.until and entry.until < entry.on:
        yield problem(
            "dates-crossed",
            msg("It would end ({end}) before it starts ({start}).", end=entry.until, start=entry.on),
            msg("Check both days."),
            "until",
            entry.until,
        )
    if entry.on and born and entry.on < born and not kind.early:
        yield problem(
            "before-debt",
            msg("{given} is before the debt existed ({born}).", given=entry.on, born=born),
            msg("Check the day, and the issue date of the debt."),
            "on",
            entry.on,
        )


def _born(mine: Iterable[DebtDetail], others: Iterable[LegalFact]) -> dt.date | None:
    """The earliest day on which one of the debts is known to have existed; None when nobody knows for one of them."""
    facts = tuple(others)
    days = []
    for debt in mine:
        told = [fact.on for fact in facts if fact.kind in BORN and fact.debt_id == debt.id]
        if not debt.issued_on:
            return None
        days.append(min([dt.date.fromisoformat(debt.issued_on), *told]))
    return min(days, default=None)


def _fields(entry: FactEntry, kind: FactKind) -> Iterator[Problem]:
    given = {name: getattr(entry, name) for name in FIELDS} | {"basis": entry.basis or None}
    for name, value in given.items():
        if value is None and name in kind.needs:
            yield problem(
                "field-empty",
                msg("This fact says nothing without it."),
                msg("Type what the document says."),
                name,
            )
        if value is not None and name not in kind.takes:
            yield problem(
                "field-unwanted",
                msg("A fact of this kind does not carry it."),
                msg("Leave it empty, or choose another kind of fact."),
                name,
                value,
            )
    if kind.one_of and all(given[name] is None for name in kind.one_of):
        yield problem(
            "field-empty",
            msg("The clause says a sum or a percentage."),
            msg("Type the one it says."),
            kind.one_of[0],
        )
    if entry.amount is not None and not 0 < entry.amount <= LARGEST_CENTS:
        yield problem(
            "amount-not-positive",
            msg("The amount must be more than zero."),
            msg("Type the amount, or leave it empty."),
            "amount",
            entry.amount,
        )
    if entry.rate is not None and not 0 < entry.rate <= 100:
        yield implausible_rate(entry.rate, "rate")


def implausible_rate(rate: Decimal, field: str) -> Problem:
    """The Problem of a yearly rate that no contract says."""
    return problem(
        "rate-implausible",
        msg("“{given}” is not a yearly rate in percent.", given=rate),
        msg("Type a rate above 0 and up to 100, for example 4,5."),
        field,
        rate,
    )


def _again(
    entry: FactEntry, kind: FactKind, others: Iterable[LegalFact], mine: tuple[DebtDetail, ...]
) -> Iterator[Problem]:
    """A fact told twice, and a rate that the debt itself carries."""
    same = [fact for fact in others if (fact.kind, fact.debt_id) == (entry.kind, entry.debt_id)]
    known = next((fact for fact in same if kind.once or fact.on == entry.on), None)
    if known:
        yield problem(
            "fact-known",
            msg("This fact is in the register already, of {day}.", day=known.on),
            msg("Correct that entry if its day or its evidence is wrong."),
            "kind",
            entry.kind,
        )
    if entry.kind == "contract_rate" and entry.debt_id is not None and any(debt.contract_rate for debt in mine):
        yield problem(
            "rate-on-debt",
            msg("This debt came with its rate ({given} %): it would stand in two places.", given=mine[0].contract_rate),
            msg("Correct the rate on the debt itself."),
            "rate",
            entry.rate or "",
        )
