"""The one door before anyone is reached: may we, by which rule not, from when on; refusals kept, overrides of a lead. Reaches nobody.

CON-10: whoever passes writes the contact in the journal in the same unit (services/journal, services/letters).
"""

from __future__ import annotations

import contextlib
import datetime as dt
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from core.domain.contact_gate import Verdict, judge
from core.domain.contact_intent import Bar, Intent, day_of, midnight
from core.domain.contact_policy import ContactPolicy
from core.domain.messages import Problem, Refusal, msg, refuse
from core.domain.rights import Right
from core.law.contact_policy import contact_policy
from core.services import contact_facts, sending
from core.services import contact_policy as policies
from core.services.contact_place import POINT_KINDS
from core.services.context import Ctx, service
from core.store import contact_gate as rows
from core.store.contact_gate import Count, NewRefusal, RefusalRow
from core.store.unit import Reader, Unit

__all__ = [
    "Barred", "Count", "Intent", "RefusalRow", "Verdict", "allow_once", "channels", "check", "counted", "keep", "may_contact",
    "may_contact_many", "recorded", "refusals", "spend", "verdict",
]  # fmt: skip
CHANNELS = ("call", "sms", "email", "letter", "visit")
SHOWN = 50  # refusals of a case on its screen


class Barred(Refusal):
    """A Refusal of the gate: nothing was written of the contact, and `recorded` keeps the verdict."""

    def __init__(self, verdict: Verdict, *problems: Problem) -> None:
        super().__init__(*problems)
        self.verdict = verdict


@service(Right.READ)
def may_contact(ctx: Ctx, intent: Intent) -> Verdict:
    """Whether one may reach the person of a case so, now or at the intent's moment. Writes nothing. Raises Refusal "case-unknown"."""
    return may_contact_many(ctx, (intent,))[0]


@service(Right.READ)
def may_contact_many(ctx: Ctx, intents: Sequence[Intent]) -> tuple[Verdict, ...]:
    """The same for many intents, in their order; the agency's file and each creditor's mandate are looked at once."""
    with ctx.store.read() as reader:
        return _judged(reader, ctx, intents)


@service(Right.READ)
def channels(ctx: Ctx, case_id: int, points: Sequence[tuple[int, str]]) -> tuple[Verdict, ...]:
    """One verdict a channel, to the first of the contact points (id, kind) that serves it: what the case screen shows."""
    kinds = POINT_KINDS
    best = {channel: next((one for one, kind in points if kind == kinds[channel]), None) for channel in CHANNELS}
    return may_contact_many(ctx, [Intent(case_id, channel, best[channel], by=ctx.user.id) for channel in CHANNELS])


@service(Right.READ)
def verdict(ctx: Ctx, reader: Reader, intent: Intent, *, house: bool = True) -> Verdict:
    """Inside a unit: judged on what the unit sees. Without `house`, agency file and mandate are left to who checks them by day."""
    return _judged(reader, ctx, (intent,), house=house)[0]


@service(Right.READ)
def check(ctx: Ctx, unit: Unit, intent: Intent, field: str = "channel", *, house: bool = True) -> Verdict:
    """Raises Barred with every bar on `field`, unless the contact may be made."""
    found = verdict(ctx, unit, intent, house=house)
    if not found.allowed:
        raise Barred(found, *found.problems(field))
    return found


@service(Right.READ)
@contextlib.contextmanager
def recorded(ctx: Ctx) -> Iterator[None]:
    """Around a unit: when the gate refuses, the unit is undone and each bar becomes a row of contact_refusals."""
    try:
        yield
    except Barred as barred:
        if barred.verdict.bars:
            with ctx.write() as unit:
                keep(unit, barred.verdict)
        raise


def keep(unit: Unit, found: Verdict, reason: str = "", interaction_id: int | None = None) -> None:
    """Keep each bar of a verdict; with an interaction, as a contact that was made all the same and is told with its reason."""
    made: dict[str, object] = {}
    if interaction_id:
        text = unit.text(reason)
        made = {"outcome": "made", "decided_by": unit.actor_id, "decided_at": unit.now, "text_id": text}
        made["interaction_id"] = interaction_id
    for bar in found.bars:
        rows.add(unit, _row(unit, found, bar), **made)
    if found.bars:
        action = "contact.made_outside" if interaction_id else "contact.refused"
        rules = [bar.rule for bar in found.bars]
        unit.audit(action, "case", found.intent.case_id, channel=found.intent.channel, rules=rules)


def spend(unit: Unit, found: Verdict, interaction_id: int) -> None:
    """The overrides that let this contact through served for it, and serve no other."""
    rules = {bar.rule for bar in found.waived}
    if rules:
        rows.spend(unit, found.intent.case_id, found.intent.channel, rules, interaction_id)


@service(Right.DECIDE)
def allow_once(ctx: Ctx, intent: Intent, reason: str, token: str) -> int:
    """A lead lifts what the agency's own policy refuses now (CON-01 to CON-03), for one contact, until the end of the day.

    Returns how many rules were lifted; twice with one token lifts once. Raises Refusal "field-empty" without a reason,
    "nothing-refused", or every bar of the law: those nobody lifts.
    """
    if not reason.strip():
        why = msg("The decision needs its reason: the debtor may ask why they were called then.")
        raise refuse("field-empty", why, msg("Type the reason, in objective words."), field="reason")
    with ctx.write() as unit:
        before = unit.done_before(token, "allow_once")
        if before:
            return int(before)
        found = verdict(ctx, unit, intent)
        if found.allowed:
            raise refuse(
                "nothing-refused",
                msg("This contact is permitted now."),
                msg("Nothing is to be decided."),
                field="reason",
            )
        barred = [bar.problem("reason") for bar in found.bars if not bar.own]
        if barred:
            raise Refusal(*barred)
        expires = _stamp(midnight(ctx.today + dt.timedelta(days=1), ctx.time_zone))
        for bar in {one.rule: one for one in found.bars}.values():
            rows.override(unit, _row(unit, found, bar), unit.text(reason), expires)
        rules = sorted({bar.rule for bar in found.bars})
        unit.audit("contact.overridden", "case", intent.case_id, channel=intent.channel, rules=rules)
        unit.remember(token, "allow_once", len(rules))
        return len(rules)


@service(Right.READ)
def refusals(ctx: Ctx, case_id: int) -> tuple[RefusalRow, ...]:
    """What the gate refused in a case, the newest first, 50 at most."""
    with ctx.store.read() as reader:
        return rows.of_case(reader, case_id, SHOWN)


@service(Right.READ)
def counted(ctx: Ctx, first: dt.date, last: dt.date) -> tuple[Count, ...]:
    """Refusals by rule and outcome between two days: the terms of the compliance indicator."""
    with ctx.store.read() as reader:
        return rows.counted(reader, first.isoformat(), last.isoformat())


def _judged(reader: Reader, ctx: Ctx, intents: Sequence[Intent], *, house: bool = True) -> tuple[Verdict, ...]:
    """A verdict each; agency file, mandates and policies are looked at once. Without `house`, agency and mandate are left out."""
    asked = [replace(one, at=ctx.now) if one.at is None and one.on is None else one for one in intents]
    cases = contact_facts.cases_of(reader, (one.case_id for one in asked), ctx.day)
    wanting = _house(ctx, {one.creditor_id for one in cases.values()}) if house else {}
    known = contact_facts.gather(reader, asked, ctx.time_zone, ctx.stamp, wanting)
    laws: dict[tuple[int, int | None, dt.date], ContactPolicy] = {}
    found = []
    for intent, one in zip(asked, known, strict=True):
        key = (one.case.creditor_id, one.case.mandate_id, one.day)
        if key not in laws:
            laws[key] = policies.of_mandate(reader, key[0], key[1], one.day.isoformat())
        found.append(judge(intent, one.facts, laws[key], contact_policy().anchors))
    return tuple(found)


def _house(ctx: Ctx, creditors: Collection[int]) -> dict[int, tuple[Problem, ...]]:
    """By creditor, what R.124-2 and R.124-3 still want."""
    agency = sending.agency_gate(ctx) if creditors else ()
    return {one: (*agency, *sending.mandate_gate(ctx, one)) for one in creditors}


def _row(unit: Unit, found: Verdict, bar: Bar) -> NewRefusal:
    intent = found.intent
    at = intent.moment(found.agency_zone)
    case = contact_facts.case_of(unit, intent.case_id, unit.today)
    return NewRefusal(
        intent.case_id,
        case.debtor_id,
        intent.contact_point_id,
        intent.channel,
        intent.purpose,
        bar.rule,
        bar.code,
        bar.own,
        day_of(at, found.agency_zone).isoformat(),
        _stamp(at) if intent.at else "",
        _stamp(found.next_at) if found.next_at else "",
    )


def _stamp(moment: dt.datetime) -> str:
    return moment.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
