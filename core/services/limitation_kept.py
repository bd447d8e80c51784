"""Keeps the last day to sue of each debt in step with its facts: in each unit, at an import, when the law changes. Opens no unit."""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Iterator, Sequence

from core.domain.computation import Missing
from core.domain.legal_facts import LegalFact
from core.domain.limitation import Clock, clock, plain_end
from core.domain.limitation_law import Period
from core.domain.messages import Message, msg
from core.law.calendar_rules import territory_of_postcode
from core.law.limitation_rules import limitation_law
from core.services import limitation_facts
from core.store import limitation as kept
from core.store import people
from core.store.limitation import DebtRow
from core.store.unit import Reader, Unit

SETTING = "limitation_law"  # of the house: the fingerprint of the rules that the kept dates come from
UNDATED: tuple[str | None, str] = (None, "")


def clock_of(row: DebtRow, facts: Sequence[LegalFact]) -> Clock | Missing:
    """The clock of a debt from its row and facts; the whole chain, on any day."""
    return clock(
        period_of(row.nature, row.debtor, row.quality, row.claim),
        _days(row.issued_on, row.due_on),
        facts,
        limitation_law(),
        territory=territory_of_postcode(row.postcode),
    )


@functools.cache
def period_of(nature: str, debtor: str, quality: str, claim: str) -> Period:
    """The period of the claim a person said, else of the one that nature, debtor and creditor's quality make likely."""
    law = limitation_law()
    return law.periods[claim if claim in law.periods else law.claim_of(nature, debtor, quality).claim]


def _days(issued: str | None, due: str | None) -> dict[str, dt.date]:
    return {kind: dt.date.fromisoformat(day) for kind, day in (("due", due), ("issued", issued)) if day}


def date_of(row: DebtRow, facts: Sequence[LegalFact]) -> tuple[str | None, str]:
    """What is kept of a debt: ISO day and certainty; nothing while the clock stands still or its start is unknown."""
    found = clock_of(row, facts)
    if isinstance(found, Missing) or found.kept is None:
        return UNDATED
    return found.kept.isoformat(), found.certainty


class Dates(dict[tuple[str, str, str, str, str | None, str | None], tuple[str | None, str]]):
    """The dates of debts without any fact, each computed once by nature, debtor, creditor's quality, claim said, issue and due days."""

    def __missing__(self, key: tuple[str, str, str, str, str | None, str | None]) -> tuple[str | None, str]:
        """Computes the date of a combination met for the first time."""
        nature, debtor, quality, claim, issued, due = key
        end = plain_end(period_of(nature, debtor, quality, claim), _days(issued, due), limitation_law())
        found = self[key] = (end[0].isoformat(), end[1]) if end else UNDATED
        return found


def refresh(unit: Unit, scope: str = kept.TOUCHED) -> None:
    """Make the dates of the cases in scope agree with their facts; those that already do are left alone."""
    if scope == kept.TOUCHED and not unit.value(f"{scope} LIMIT 1"):
        return
    kept.keep(unit, [(on, trust, row.debt_id) for row, (on, trust) in _differing(unit, scope)])


def _differing(reader: Reader, scope: str) -> Iterator[tuple[DebtRow, tuple[str | None, str]]]:
    """The debts whose kept date is not what their facts give, with what they give."""
    facts, plain = limitation_facts.of_scope(reader, scope), Dates()
    for row in kept.debts(reader, scope):
        own = limitation_facts.of_debt(facts.get(row.case_id, ()), row.debt_id)
        found = date_of(row, own) if own or territory_of_postcode(row.postcode) else plain[row[2:8]]
        if found != (row.limitation_on, row.trust):
            yield row, found


def outdated(reader: Reader) -> bool:
    """Whether the kept dates come from other rules than those in force, or were never computed."""
    return bool(people.setting(reader, SETTING)[0] != limitation_law().fingerprint)


def rebuild(unit: Unit) -> None:
    """Make every date again when the rules have changed."""
    if outdated(unit):
        refresh(unit, kept.EVERY)
        people.set_setting(unit, SETTING, limitation_law().fingerprint)


def first_difference(reader: Reader) -> Message | None:
    """None when every kept date equals what the facts give; else the first debt that does not."""
    found = next(_differing(reader, kept.EVERY), None)
    return (
        msg("differs from a recount: {place}", place=f"debts.limitation_on of debt {found[0].debt_id}")
        if found
        else None
    )
