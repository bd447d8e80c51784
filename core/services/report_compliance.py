"""Lays out what the contact gate refused, rule by rule, as a table of the report, with its indicators. Reads no store."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from core.domain.indicators import Indicator, Unit, complaints, compliance
from core.domain.messages import Message, msg
from core.domain.reporting import Cell, Column, Table
from core.store.reports import Complaints, Refused

OUTCOMES = ("refused", "overridden", "made")
RULES: Mapping[str, Message] = {
    "CON-01": msg("hours"),
    "CON-02": msg("calls"),
    "CON-03": msg("contacts in 7 days"),
    "CON-04": msg("objection"),
    "CON-05": msg("somebody else"),
    "CON-06": msg("place of work"),
    "CON-07": msg("visit not agreed"),
    "CON-08": msg("stop"),
    "LET-14": msg("first letter"),
    "LET-15": msg("agency, mandate"),
    "MSG-05": msg("time-barred"),
}


def figures(found: Iterable[Refused], register: Complaints, contacts: int) -> tuple[Indicator, Indicator]:
    """The refusals that held and the complaints per 1,000 contacts of the agency's own."""
    sums = dict.fromkeys(OUTCOMES, 0)
    for row in found:
        sums[row.outcome] += row.count
    own = contacts - register.imported
    return compliance(sums["refused"], sums["overridden"], sums["made"]), complaints(register.received, own)


def table(found: Iterable[Refused]) -> Table:
    """One line a rule, in the order of the rules."""
    counts: dict[str, dict[str, int]] = {}
    for row in found:
        counts.setdefault(row.rule, dict.fromkeys(OUTCOMES, 0))[row.outcome] += row.count
    rows = tuple((_name(rule), *_line(counts[rule])) for rule in sorted(counts))
    total = tuple(sum(value for row in rows if isinstance(value := row[at], int)) for at in range(1, 5))
    return Table(
        "compliance",
        msg("Refusals of the contact gate by rule"),
        msg(
            "Contacts that the rules did not allow on a day of the period, by the person who wanted them when a collector is chosen; a "
            "contact refused by two rules stands under both. None at all is a reason to look whether the gate is asked."
        ),
        (
            Column(msg("Rule"), Unit.TEXT),
            Column(msg("Refused, not made")),
            Column(msg("Lifted by a lead")),
            Column(msg("Made all the same")),
            Column(msg("Total")),
        ),
        rows,
        (msg("Total"), *total) if rows else (),
        bars=(1, 2, 3),
    )


def _name(rule: str) -> Message:
    return msg("{rule}, {what}", rule=rule, what=RULES[rule]) if rule in RULES else msg("{rule}", rule=rule)


def _line(counts: Mapping[str, int]) -> tuple[Cell, ...]:
    return (*(counts[outcome] for outcome in OUTCOMES), sum(counts.values()))
