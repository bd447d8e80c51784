"""Dates for screens and the command: time limits with the rules in force, due dates from payment terms. Opens no store."""

from __future__ import annotations

import datetime as dt

from core.domain.deadlines import Deadline, Length, deadline
from core.domain.due_dates import DueDate, due_date, payment_terms
from core.law.calendar_rules import deadline_rules


def time_limit(start: dt.date, length: str, *, territory: str = "", distance: str = "") -> Deadline:
    """The end of a time limit given as text ("1m", "8d"); raises Refusal on the field that cannot be read."""
    return deadline(start, Length.parse(length), deadline_rules(), territory=territory, distance=distance)


def due(invoice: dt.date, terms: str) -> DueDate:
    """The due date of an invoice from the words of its terms; raises Refusal "terms-unreadable"."""
    return due_date(invoice, payment_terms(terms))


def territories() -> tuple[str, ...]:
    """The departments that have public holidays of their own, by number."""
    return tuple(sorted({one for holiday in deadline_rules().holidays for one in holiday.territories}))
