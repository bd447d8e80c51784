"""May we reach this person, by this channel, at this moment? CON-01 to CON-08, LET-14, LET-15 and the bars of the case, one verdict.

Pure: the facts are gathered by core.services.contact_facts. Logs nothing (CON-10) and says nothing in the debtor's ear (CON-09 is told).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace

from core.domain import contact_legal, contact_limits
from core.domain.contact_hours import floor, local
from core.domain.contact_intent import Anchor, Bar, Facts, Intent, clock_of
from core.domain.contact_policy import ContactPolicy
from core.domain.messages import Message, Problem, msg

TURNS = 60  # jumps from rule to rule before one says that no moment is permitted


@dataclass(frozen=True, slots=True)
class Verdict:
    """The answer; `next_at` (UTC, to the minute) is the first permitted moment, None when nobody can say one.

    `waived` are bars of the agency's policy that a lead has lifted for this one contact; `must_say` is what the person has to say
    at the start. `zone` is the debtor's, `agency_zone` the house's.
    """

    intent: Intent
    bars: tuple[Bar, ...]
    waived: tuple[Bar, ...]
    next_at: dt.datetime | None
    zone: str
    agency_zone: str
    must_say: tuple[Message, ...] = ()

    @property
    def allowed(self) -> bool:
        """Whether the contact may be made."""
        return not self.bars

    @property
    def own_only(self) -> bool:
        """Whether nothing but the agency's own policy refuses: a lead may allow this one contact."""
        return bool(self.bars) and all(bar.own for bar in self.bars)

    def moment(self) -> Message | None:
        """The next permitted moment as a sentence, by the debtor's clock and by ours when it is another."""
        if self.next_at is None:
            return None
        there, here = local(self.next_at, self.zone), local(self.next_at, self.agency_zone)
        if (there.date(), there.time()) == (here.date(), here.time()):
            return msg("Next permitted moment: {day} at {hour}.", day=here.date(), hour=clock_of(here))
        return msg(
            "Next permitted moment: {day} at {hour} where the debtor is ({zone}), that is {ours} at {our_hour} here.",
            day=there.date(),
            hour=clock_of(there),
            zone=self.zone,
            ours=here.date(),
            our_hour=clock_of(here),
        )

    def problems(self, field: str = "") -> tuple[Problem, ...]:
        """The bars as problems on a field, the next permitted moment said with the last of them."""
        found, when = [bar.problem(field) for bar in self.bars], self.moment()
        if found and when is not None:
            last = found[-1]
            found[-1] = replace(last, remedy=msg("{when} {remedy}", when=when, remedy=last.remedy))
        return tuple(found)


def judge(intent: Intent, facts: Facts, policy: ContactPolicy, anchors: Mapping[str, Anchor]) -> Verdict:
    """Every rule asked at the moment of the intent; each that refuses is a bar with its rule, anchor and remedy."""
    found = _bars(intent, facts, policy, anchors, intent.moment(facts.agency_zone))
    waived = tuple(bar for bar in found if bar.own and bar.rule in facts.overridden)
    bars = tuple(bar for bar in found if bar not in waived)
    return Verdict(
        intent,
        bars,
        waived,
        _next(intent, facts, policy, anchors) if bars else None,
        facts.place.zones[0],
        facts.agency_zone,
        _must_say(intent, facts, policy),
    )


def _bars(
    intent: Intent, facts: Facts, policy: ContactPolicy, anchors: Mapping[str, Anchor], at: dt.datetime
) -> tuple[Bar, ...]:
    """The bars at a moment: the law's first, then the house's own."""
    return (*contact_legal.bars(intent, facts, anchors, at), *contact_limits.bars(intent, facts, policy, anchors, at))


def _next(intent: Intent, facts: Facts, policy: ContactPolicy, anchors: Mapping[str, Anchor]) -> dt.datetime | None:
    """The first minute at which no rule refuses: each jump goes to the first minute a refusing rule lets go, never beyond."""
    at, timed = floor(intent.moment(facts.agency_zone)), replace(intent, at=intent.moment(facts.agency_zone))
    for _ in range(TURNS):
        found = [
            bar for bar in _bars(timed, facts, policy, anchors, at) if not (bar.own and bar.rule in facts.overridden)
        ]
        if not found:
            return at
        ends = [bar.until for bar in found]
        known = [end for end in ends if end is not None]
        if len(known) < len(ends):
            return None
        at = max(known)
    return None


def _must_say(intent: Intent, facts: Facts, policy: ContactPolicy) -> tuple[Message, ...]:
    """What the call must open with when the house records (CON-09), and what a third person must not hear (CON-05)."""
    if intent.channel != "call":
        return ()
    only = msg("Ask only how to reach the person; say neither that there is a debt nor who the creditor is (CON-05).")
    asks = (only,) if intent.purpose == "locate" and contact_legal.outside(facts.target) else ()
    if not policy.records_calls:
        return asks
    return (
        *asks,
        msg(
            "Say at the start that the call is recorded, why ({purpose}), that it is kept {days} days, and that the person may object; "
            "if they do, stop the recording.",
            purpose=policy.recording_purpose,
            days=policy.recording_days,
        ),
    )
