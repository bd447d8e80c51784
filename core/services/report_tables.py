"""Lays the sums of a report out as tables with their totals and definitions. Reads no store; every rate comes from the domain."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from core.domain.ageing import WORDS
from core.domain.folding import fold
from core.domain.indicators import Unit, percent
from core.domain.messages import Euro, Message, msg
from core.domain.reporting import Cell, Column, Table
from core.services.balances import NAMES
from core.services.report_activity import Activity
from core.store.reports import Placed, Received

CHANNELS: dict[str, Message] = {
    "call": msg("Call"),
    "email": msg("E-mail"),
    "letter": msg("Letter"),
    "sms": msg("SMS"),
    "visit": msg("Visit"),
}
EURO, COUNT, PERCENT, MONTH, TEXT = Unit.EURO, Unit.COUNT, Unit.PERCENT, Unit.MONTH, Unit.TEXT
NOBODY = msg("Nobody")


def recovery(months: Sequence[str], placed: Iterable[Placed], received: Mapping[str, Received]) -> Table:
    """One line a month of placement: what the cases of that month brought in until the end of the period."""
    batches = {row.key: row for row in placed}
    lines = [(batches.get(month) or Placed(month, 0, 0, 0), _total(received.get(month))) for month in months]
    rows = tuple((row.key, *_recovered(row, came)) for row, came in lines)
    whole = Placed(None, *(sum(getattr(row, name) for row, _ in lines) for name in ("cases", "placed", "deducted")))
    return Table(
        "recovery",
        msg("Recovery by month of placement"),
        msg(
            "Received until the end of the period on the cases placed in that month ÷ placed for the same cases. "
            "Months of different ages do not compare: a young one has had less time."
        ),
        (
            Column(msg("Placed in"), MONTH),
            Column(msg("Cases")),
            Column(msg("Placed"), EURO),
            Column(msg("Received"), EURO),
            Column(msg("Gross rate"), PERCENT),
            Column(msg("Net rate"), PERCENT),
        ),
        rows,
        (msg("Total"), *_recovered(whole, sum(came for _, came in lines))),
        bars=(4,),
    )


def _recovered(row: Placed, came: int) -> tuple[Cell, ...]:
    return (row.cases, row.placed, came, percent(came, row.placed), percent(came, row.placed - row.deducted))


def _total(row: Received | None) -> int:
    return row.total if row else 0


def collected(months: Sequence[str], found: Mapping[str, Received]) -> Table:
    """One line a month of receipt, an empty month included."""
    rows = tuple((month, *_came(found.get(month))) for month in months)
    return Table(
        "collected",
        msg("Collected by month"),
        msg(
            "By day of receipt, whenever the case was placed; a reversed payment is deducted on the day of its reversal. "
            "Payments taken over with running cases are included."
        ),
        (
            Column(msg("Month"), MONTH),
            Column(msg("To the agency"), EURO),
            Column(msg("Directly to the creditor"), EURO),
            Column(msg("Total"), EURO),
        ),
        rows,
        (msg("Total"), *_sums(rows, 1, 4)),
        bars=(1, 2),
    )


def _came(row: Received | None) -> tuple[int, int, int]:
    return (row.total - row.direct, row.direct, row.total) if row else (0, 0, 0)


def _sums(rows: Sequence[Sequence[Cell]], first: int, end: int) -> tuple[int, ...]:
    """The sums of the whole-number columns `first` to `end` excluded."""
    return tuple(sum(value for row in rows if isinstance(value := row[at], int)) for at in range(first, end))


def activity(known: Mapping[str, Activity]) -> Table:
    """One line a channel: what went out, the attempts among it and what they reached, what came in."""
    rows = tuple((words, *_worked(known.get(channel))) for channel, words in CHANNELS.items())
    out, attempts, reached, missed, other = _sums(rows, 1, 6)
    return Table(
        "activity",
        msg("Activity by channel"),
        msg(
            "Entries of the log in the period, by their author when a collector is chosen; corrected entries and notes are left out. "
            "Outgoing: calls made, messages and letters sent, visits paid. Attempt: an outgoing entry whose result says whether "
            "someone was reached; a letter posted has no such result and is among the other outgoing ones."
        ),
        (
            Column(msg("Channel"), TEXT),
            Column(msg("Outgoing")),
            Column(msg("Attempts")),
            Column(msg("Right person reached")),
            Column(msg("Not reached")),
            Column(msg("Other outgoing")),
            Column(msg("Share reached"), PERCENT),
            Column(msg("From the debtor")),
        ),
        rows,
        (msg("Total"), out, attempts, reached, missed, other, percent(reached, attempts), *_sums(rows, 7, 8)),
        bars=(3, 4, 5),
    )


def _worked(row: Activity | None) -> tuple[Cell, ...]:
    if row is None:
        return (0, 0, 0, 0, 0, None, 0)
    rate = percent(row.right_party, row.attempts)
    missed, other = row.attempts - row.right_party, row.outgoing - row.attempts
    return (row.outgoing, row.attempts, row.right_party, missed, other, rate, row.incoming)


def aged(found: Mapping[int, Mapping[str, int]], names: Mapping[int, str], closed: int) -> Table:
    """One line a creditor that is still owed something, the largest first, by days after the due date."""
    owed = sorted(((sum(bands.values()), key) for key, bands in found.items()), reverse=True)
    kept = [key for total, key in owed if total > 0]
    rows = tuple(_bands(names.get(key, ""), found[key]) for key in kept)
    return Table(
        "aged",
        msg("Aged balance by creditor"),
        msg(
            "Principal still owed today by days after the due date, whatever the period; closed cases still owe {owed} of it. "
            "Debts without due date are in the table only.",
            owed=Euro(closed),
        ),
        (Column(msg("Creditor"), TEXT), *(Column(words, EURO) for words in WORDS.values()), Column(msg("Total"), EURO)),
        rows,
        (msg("Total"), *_sums(rows, 1, len(NAMES) + 2)),
        bars=tuple(range(1, len(NAMES))),  # all but the debts without due date, which have no age
        ids=tuple(kept),
    )


def _bands(name: str, bands: Mapping[str, int]) -> tuple[Cell, ...]:
    return (name, *(bands[band] for band in NAMES), sum(bands.values()))


def creditors(
    names: Mapping[int, str],
    placed: Mapping[int, Placed],
    received: Mapping[int, Received],
    came: Mapping[int, Received],
    standing: Mapping[int, tuple[int, int]],
) -> Table:
    """One line a creditor with something placed, received or open."""
    shown = sorted((placed.keys() | came.keys() | standing.keys()) & names.keys(), key=lambda key: fold(names[key]))
    rows = tuple(
        (
            names[key],
            *_entrusted(placed.get(key), _total(received.get(key))),
            *_came(came.get(key))[:2],
            *standing.get(key, (0, 0)),
        )
        for key in shown
    )
    cases, amount, back = _sums(rows, 1, 4)
    return Table(
        "creditors",
        msg("By creditor"),
        msg(
            "Placed in the period and received on these cases until its end; collected in the period on all cases; "
            "open cases as they stand today."
        ),
        (
            Column(msg("Creditor"), TEXT),
            Column(msg("Cases placed")),
            Column(msg("Placed"), EURO),
            Column(msg("Received on them"), EURO),
            Column(msg("Gross rate"), PERCENT),
            Column(msg("To the agency"), EURO),
            Column(msg("Direct"), EURO),
            Column(msg("Open cases")),
            Column(msg("Owed"), EURO),
        ),
        rows,
        (msg("Total"), cases, amount, back, percent(back, amount), *_sums(rows, 5, 9)),
        ids=tuple(shown),
    )


def _entrusted(row: Placed | None, came: int) -> tuple[Cell, ...]:
    placed = row.placed if row else 0
    return (row.cases if row else 0, placed, came, percent(came, placed))


def _tried(row: Activity) -> tuple[Cell, ...]:
    return (row.attempts, row.right_party, percent(row.right_party, row.attempts), row.promises)


def collectors(
    names: Mapping[int, str],
    worked: Mapping[int, Activity],
    came: Mapping[int, Received],
    standing: Mapping[int, tuple[int, int]],
) -> Table:
    """One line a person who worked or has cases; the cases of nobody last, so that the totals are those of the agency."""
    found = worked.keys() | came.keys() | standing.keys()
    shown = [*sorted(found - {0}, key=lambda key: fold(names.get(key, ""))), *({0} & found)]
    rows = tuple(
        (
            names.get(key, "") if key else NOBODY,
            *standing.get(key, (0, 0)),
            _total(came.get(key)),
            *_tried(worked.get(key, Activity())),
        )
        for key in shown
    )
    attempts, reached = _sums(rows, 4, 6)
    return Table(
        "collectors",
        msg("By collector"),
        msg(
            "Money and open cases by the collector of the case today; attempts and promises by the person who logged them in the period."
        ),
        (
            Column(msg("Collector"), TEXT),
            Column(msg("Open cases")),
            Column(msg("Owed"), EURO),
            Column(msg("Collected"), EURO),
            Column(msg("Attempts")),
            Column(msg("Right person reached")),
            Column(msg("Share reached"), PERCENT),
            Column(msg("Promises taken")),
        ),
        rows,
        (msg("Total"), *_sums(rows, 1, 4), attempts, reached, percent(reached, attempts), *_sums(rows, 7, 8)),
        ids=tuple(shown),
    )
