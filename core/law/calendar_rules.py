"""The rules of computation, the distances and the public holidays, read from data/law/calendar.yaml. Computes no date."""

from __future__ import annotations

import datetime as dt
import functools
from pathlib import Path

from core.domain.calendar import Holiday
from core.domain.deadlines import CERTAINTIES, DeadlineRules, Distance, Rule
from core.domain.messages import msg
from core.law.strict_yaml import Entry, read_file

ROOT = Path(__file__).resolve().parents[2]
FILE = ROOT / "data" / "law" / "calendar.yaml"
RULES = ("day_zero_excluded", "month_same_day", "months_then_days", "roll_forward", "working_days", "free_days")
GOOD_FRIDAY = -2  # days from Easter Sunday
LEAP_YEAR = 2024  # in which every day of a month exists


@functools.cache
def deadline_rules(path: Path = FILE) -> DeadlineRules:
    """The rules in force; raises Refusal naming file, line and remedy when the data are not as foreseen."""
    file = read_file(path, path.parents[2]).mapping(["checked_on", "source", "rules", "distance", "holidays"])
    for key in ("checked_on", "source"):
        file[key].text()
    return DeadlineRules(
        {name: _rule(entry) for name, entry in file["rules"].mapping(RULES).items()},
        {name: _distance(entry) for name, entry in file["distance"].mapping(["overseas", "abroad"]).items()},
        tuple(_holiday(entry) for entry in file["holidays"].items()),
    )


def territory_of_postcode(postcode: str) -> str:
    """The department of a postcode when it has public holidays of its own ("67"), else ""."""
    if not postcode:
        return ""
    known = {one for holiday in deadline_rules().holidays for one in holiday.territories}
    return next((postcode[:size] for size in (2, 3) if postcode[:size] in known), "")


def _rule(entry: Entry) -> Rule:
    parts = entry.mapping(["article", "certainty"])
    return Rule(parts["article"].text(), parts["certainty"].choice(CERTAINTIES))


def _distance(entry: Entry) -> Distance:
    parts = entry.mapping(["months", "article", "certainty"])
    return Distance(parts["months"].whole(1), parts["article"].text(), parts["certainty"].choice(CERTAINTIES))


def _holiday(entry: Entry) -> Holiday:
    parts = entry.mapping(["label", "article", "certainty"], ["date", "easter", "good_friday", "territories"])
    if sum(key in parts for key in ("date", "easter", "good_friday")) != 1:
        raise entry.refused(
            "holiday-day",
            msg("a holiday falls on a day of the year or counts from Easter, one of the two."),
            msg("Keep one of “date”, “easter”, “good_friday”."),
        )
    month, day = _on(parts["date"]) if "date" in parts else (0, 0)
    easter = parts["easter"].whole() if "easter" in parts else GOOD_FRIDAY if "good_friday" in parts else None
    territories = tuple(t.text() for t in parts["territories"].items()) if "territories" in parts else ()
    certainty = parts["certainty"].choice(CERTAINTIES)
    return Holiday(parts["label"].label(), month, day, easter, territories, parts["article"].text(), certainty)


def _on(entry: Entry) -> tuple[int, int]:
    written = entry.text()
    try:
        day = dt.date.fromisoformat(f"{LEAP_YEAR}-{written}")
    except ValueError as error:
        raise entry.refused(
            "holiday-unreadable",
            msg("“{given}” is not a month and a day.", given=written),
            msg("Write it like “05-01”."),
            value=written,
        ) from error
    return day.month, day.day
