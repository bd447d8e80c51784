"""Days and limits that the house sets itself: complaints, small amounts; each version from a day, with its source. Judges nothing.

Shipped values (data/complaints, data/closure), then the last version whose day has come (`overlays`, kind `house_rules`).
"""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass, replace

from core.domain.messages import Problem, Refusal, msg
from core.domain.rights import Right
from core.law.closure_reasons import ClosureReason, closure_data
from core.law.complaint_subjects import complaint_data
from core.services.context import Ctx, service
from core.services.refusals import empty_field
from core.store import overlays
from core.store.unit import Reader

KIND, KEY = "house_rules", "agency"
LONGEST_DAYS = 365


@dataclass(frozen=True, slots=True)
class HouseRules:
    """Calendar days to acknowledge and to answer a complaint; cents up to which a case may end as too small to go on."""

    acknowledge_days: int
    answer_days: int
    small_amount: int


@dataclass(frozen=True, slots=True)
class RulesEntry:
    """The rules as typed: from which day they hold, and who decided or which text says so."""

    rules: HouseRules
    valid_from: dt.date
    source: str


@dataclass(frozen=True, slots=True)
class Version:
    """One version kept: `source` who decided or which text, `recorded_at` UTC text."""

    number: int
    rules: HouseRules
    valid_from: dt.date
    source: str
    author: str
    recorded_at: str


@dataclass(frozen=True, slots=True)
class RulesView:
    """What holds today, what was shipped, the versions (the newest first), the number the next save must have seen."""

    now: HouseRules
    shipped: HouseRules
    versions: tuple[Version, ...]
    version: int


def shipped() -> HouseRules:
    """The values of the data."""
    days = complaint_data()
    small = next(one.at_most for one in closure_data().reasons if one.at_most is not None)
    return HouseRules(days.acknowledge_days, days.answer_days, small)


@service(Right.READ)
def view(ctx: Ctx) -> RulesView:
    """The rules of today and their versions."""
    with ctx.store.read() as reader:
        versions = _versions(reader)
        now = of(reader, ctx.today)
    return RulesView(now, shipped(), tuple(reversed(versions)), versions[-1].number if versions else 0)


def of(reader: Reader, day: dt.date) -> HouseRules:
    """The rules that hold on a day: of the versions whose day has come, the latest day, then the latest version."""
    held = [one for one in _versions(reader) if one.valid_from <= day]
    return max(held, key=lambda one: (one.valid_from, one.number)).rules if held else shipped()


def laid(reader: Reader, reason: ClosureReason, day: dt.date) -> ClosureReason:
    """A reason to close with the limit of the house in the place of the shipped one."""
    return reason if reason.at_most is None else replace(reason, at_most=of(reader, day).small_amount)


@service(Right.SETTINGS)
def save(ctx: Ctx, entry: RulesEntry, seen: int) -> int:
    """Keep other rules from a day on: one more version; `seen` is the one the form was opened at. Returns the new version.

    What was received or closed before that day keeps its own. Raises Refusal on each wrong field ("rule-days", "rule-amount",
    "date-in-past", "field-empty"), "nothing-changed", "changed-meanwhile".
    """
    wrong = _wrong(ctx, entry)
    if wrong:
        raise Refusal(*wrong)
    with ctx.write() as unit:
        if of(unit, entry.valid_from) == entry.rules:
            raise Refusal(
                Problem("nothing-changed", msg("These rules hold on that day already."), msg("Change a value first."))
            )
        rules, day = entry.rules, entry.valid_from.isoformat()
        content = json.dumps(
            {"acknowledge_days": rules.acknowledge_days, "answer_days": rules.answer_days, "small_amount": rules.small_amount, "from": day}
        )  # fmt: skip
        overlays.add(unit, KIND, KEY, content, entry.source.strip(), day, seen)
        unit.audit("house_rules.saved", "setting", seen + 1, valid_from=day)
    return seen + 1


def _wrong(ctx: Ctx, entry: RulesEntry) -> list[Problem]:
    rules = entry.rules
    bounds = msg("Type a number of days from 1 to {most}.", most=LONGEST_DAYS)
    rows = (
        (not 1 <= rules.acknowledge_days <= LONGEST_DAYS, "rule-days", "acknowledge_days",
         msg("A complaint is acknowledged within days."), bounds),
        (not rules.acknowledge_days <= rules.answer_days <= LONGEST_DAYS, "rule-days", "answer_days",
         msg("The answer comes after the acknowledgment, within a year."), bounds),
        (rules.small_amount <= 0, "rule-amount", "small_amount", msg("A limit of zero lets no case end."),
         msg("Type an amount above zero.")),
        (entry.valid_from < ctx.today, "date-in-past", "valid_from", msg("{day} is past.", day=entry.valid_from),
         msg("Rules hold from today or later: what was done before keeps its own.")),
    )  # fmt: skip
    found = [Problem(code, reason, remedy, field=field) for bad, code, field, reason, remedy in rows if bad]
    return found if entry.source.strip() else [*found, empty_field("source")]


def _versions(reader: Reader) -> tuple[Version, ...]:
    return tuple(
        _version(row.version, row.content, row.source, row.author, row.recorded_at)
        for row in overlays.all_of(reader, KIND)
    )


def _version(number: int, content: str, source: str, author: str, recorded_at: str) -> Version:
    said = json.loads(content)
    rules = HouseRules(said["acknowledge_days"], said["answer_days"], said["small_amount"])
    return Version(number, rules, dt.date.fromisoformat(said["from"]), source, author, recorded_at)
