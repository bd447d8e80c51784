"""The due date of an invoice from its payment terms, as they are written in French (or English) trade. Knows no invoice and no interest.

Terms are read by one small grammar: days, an end of month before or after them, a day of the month. The two lawful ways of
counting "45 days end of month" (C. com. L441-10 I) give different days: the words decide, and the answer says which was read.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from dataclasses import dataclass

from core.domain.folding import fold
from core.domain.messages import Message, msg, refuse

MOST_DAYS = 3660
_DAYS = r"(?P<days>\d{1,4})\s*(?:jours?|j|days?)"
_END = r"(?:fin de mois|fdm|end of (?:the )?month|eom)"
_ON = r"(?:\s*le (?P<on>\d{1,2}))?"
_NET = r"(?:\s*(?:nets?|date de (?:la )?facture|date d'emission|calendaires?|from (?:the )?invoice(?: date)?))?"
_READ = (
    ("cash", re.compile(r"(?:a reception(?: de (?:la )?facture)?|comptant|immediat|on receipt|due on receipt|cash)")),
    ("end_then_days", re.compile(rf"{_END}\s*\+?\s*{_DAYS}{_ON}")),
    ("days_then_end", re.compile(rf"{_DAYS}\s*\+?\s*{_END}{_ON}")),
    ("end", re.compile(rf"{_END}{_ON}")),
    ("days", re.compile(rf"{_DAYS}{_NET}{_ON}")),
)


@dataclass(frozen=True, slots=True)
class PaymentTerms:
    """Terms as read: `days` counted, before or after an end of month (`end` "", "before", "after"), then `on` that day of a month.

    `on` 0 is none; with an end of month, the day lies in the month after it.
    """

    days: int
    end: str
    on: int


@dataclass(frozen=True, slots=True)
class DueDate:
    """The due date, each step, and what the law would remark (never a refusal)."""

    due: dt.date
    reasons: tuple[Message, ...]
    remarks: tuple[Message, ...]


def payment_terms(text: str) -> PaymentTerms:
    """The terms in a text such as “45 jours fin de mois”; raises Refusal "terms-unreadable"."""
    words = re.sub(r"[\s.,;]+", " ", fold(text)).strip()
    for kind, form in _READ:
        found = form.fullmatch(words)
        if found:
            parts = found.groupdict()
            days, on = int(parts.get("days") or 0), int(parts.get("on") or 0)
            if days <= MOST_DAYS and on <= 31:
                end = {"end_then_days": "before", "days_then_end": "after", "end": "after"}.get(kind, "")
                return PaymentTerms(days, end, on)
    raise refuse(
        "terms-unreadable",
        msg("“{given}” is not read as payment terms.", given=text),
        msg("Write them like “30 jours”, “45 jours fin de mois”, “fin de mois + 45 jours”, “à réception”."),
        field="terms",
        value=text,
    )


def due_date(invoice: dt.date, terms: PaymentTerms) -> DueDate:
    """The day an invoice of `invoice` must be paid; the invoice's own day does not count among the days."""
    day, reasons = invoice, []
    if terms.end == "before":
        day = _end_of_month(day)
        reasons.append(msg("The end of the invoice's month first: {day}.", day=day))
    if terms.days:
        day += dt.timedelta(days=terms.days)
        reasons.append(msg("Days counted: {days}, the last one {day}.", days=terms.days, day=day))
    if terms.end == "after":
        day = _end_of_month(day)
        reasons.append(msg("Then the end of that month: {day}.", day=day))
    if terms.on:
        day = _on_the(day, terms.on, next_month=bool(terms.end))
        reasons.append(msg("Then the day named of the month: {day}.", day=day))
    if not reasons:
        reasons.append(msg("Due at once, on the day of the invoice."))
    return DueDate(day, tuple(reasons), _remarks(invoice, terms, day))


def _remarks(invoice: dt.date, terms: PaymentTerms, due: dt.date) -> tuple[Message, ...]:
    """The ceilings between professionals: 60 days from the invoice, or 45 days end of month when the contract says so."""
    if terms.end and terms.days <= 45 and not terms.on:
        return ()
    if (due - invoice).days <= 60:
        return ()
    ceiling = msg(
        "Between professionals, a term is at most 60 days from the invoice, or 45 days end of month by contract ({article}).",
        article="C. com., art. L. 441-10, I",
    )
    return (ceiling,)


def _end_of_month(day: dt.date) -> dt.date:
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])


def _on_the(day: dt.date, number: int, *, next_month: bool) -> dt.date:
    """That day number of the month after `day`'s, or the first one not before `day`; the month's last day where it does not exist."""
    found = _numbered(day.year, day.month, number)
    if next_month or found < day:
        year, month = (day.year + 1, 1) if day.month == 12 else (day.year, day.month + 1)
        found = _numbered(year, month, number)
    return found


def _numbered(year: int, month: int, number: int) -> dt.date:
    return dt.date(year, month, min(number, calendar.monthrange(year, month)[1]))
