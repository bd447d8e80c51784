"""What a person is to look at before a first letter leaves, though nothing forbids it: terms, dates, age. Blocks only what is not due."""

from __future__ import annotations

import datetime as dt

from core.domain.dates import months_before
from core.domain.messages import Message, Problem, msg
from core.law.general_periods import general_period
from core.services import letter_facts
from core.services.letter_facts import Sources


def only_undue(found: Sources, today: dt.date) -> tuple[Problem, ...]:
    """Why no letter may leave when nothing of the case is due yet (C. civ. 1305-2); nothing otherwise."""
    later = letter_facts.not_due(found, today)
    if not later or letter_facts.claimed(found, today):
        return ()
    first = dt.date.fromisoformat(min(debt.due_on or "" for debt in later))
    reason = msg("Nothing is due yet: the first term is {day} (article 1305-2 of the civil code).", day=first)
    remedy = msg("Wait for that day before writing to the debtor.")
    return (Problem("not-due", reason, remedy, field="debts"),)


def cautions(found: Sources, today: dt.date) -> tuple[Message, ...]:
    """What to check before sending: debts left out, dates missing, a debt old enough for limitation to be thought of."""
    return (*_left_out(found, today), *_undated(found, today), *_old(found, today))


def _left_out(found: Sources, today: dt.date) -> list[Message]:
    return [
        msg(
            "The debt {ref} is left out: it is due on {day} only (article 1305-2 of the civil code).",
            ref=debt.ref,
            day=dt.date.fromisoformat(debt.due_on or ""),
        )
        for debt in letter_facts.not_due(found, today)
    ]


def _undated(found: Sources, today: dt.date) -> list[Message]:
    said = []
    for debt in letter_facts.claimed(found, today):
        if not debt.due_on:
            said.append(msg("The debt {ref} has no due date: make sure that it is due before sending.", ref=debt.ref))
        elif not debt.issued_on:
            said.append(
                msg("The debt {ref} has no date of issue: the basis of the claim wants it (R.124-4 3°).", ref=debt.ref)
            )
    return said


def _old(found: Sources, today: dt.date) -> list[Message]:
    """The oldest due date (date of issue without one) beyond the shortest general period; a debt that old may still be owed."""
    days = [day for debt in letter_facts.claimed(found, today) if (day := debt.due_on or debt.issued_on)]
    period = general_period(found.head.kind)
    if not days or dt.date.fromisoformat(min(days)) >= months_before(today, 12 * period.years):
        return []
    oldest = dt.date.fromisoformat(min(days))
    if period.sure:
        said = msg(
            "To be checked before sending: the oldest due date is {day}, more than {years} years ago ({article}). "
            "Limitation is not computed yet: the debt may be time-barred.",
            day=oldest, years=period.years, article=period.article,
        )  # fmt: skip
    else:
        said = msg(
            "To be checked before sending: the oldest due date is {day}, more than {years} years ago ({article}, to be confirmed). "
            "Limitation is not computed yet: the debt may be time-barred.",
            day=oldest, years=period.years, article=period.article,
        )  # fmt: skip
    return [said]
