"""What a person is to look at before a first letter leaves, though nothing forbids it: terms, dates, age. Blocks only what is not due."""

from __future__ import annotations

import datetime as dt

from core.domain.messages import Message, Problem, msg
from core.law.limitation_rules import limitation_law
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
    """What to check before sending: debts left out, dates missing, a last day to sue near or past."""
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
                msg("The debt {ref} has no date of issue: the basis of the claim wants it (R. 124-4 3°).", ref=debt.ref)
            )
    return said


def _old(found: Sources, today: dt.date) -> list[Message]:
    """Debts near or past their last day to sue: a letter does not interrupt (data/law/limitation.yaml)."""
    said = []
    for debt in letter_facts.claimed(found, today):
        if not debt.limitation_on:
            continue
        day = dt.date.fromisoformat(debt.limitation_on)
        if day < today:
            said.append(msg("The debt {ref} is time-barred since {day}: it may still be paid voluntarily, not claimed as enforceable "
                            "(C. civ., art. 2249, to be confirmed).",
                            ref=debt.ref, day=day))  # fmt: skip
        elif (day - today).days <= limitation_law().alerts[0]:
            said.append(msg("The debt {ref} may be sued for until {day} only, in {days} days: a letter does not interrupt limitation.",
                            ref=debt.ref, day=day, days=(day - today).days))  # fmt: skip
    return said
