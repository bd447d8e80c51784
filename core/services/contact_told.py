"""How a contact typed in the journal passes the gate: at its own hour, or told with the reason why it was made all the same.

The journal says what happened: a contact that the gate refuses is not written as if nothing were; with its reason it is, beside a
row of contact_refusals of outcome "made" and an audit line. That lifts no rule: the next contact is judged anew. LET-15 is asked before a
contact (`may_contact`) and of all that the program sends, not of the journal: a mandate that lacks is the house's fault. Opens no unit.
"""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

from core.domain.contact_gate import Verdict
from core.domain.contact_intent import LIABLE, REPRESENTATIVES, Intent
from core.domain.outcomes import hour
from core.domain.rights import Right
from core.law.results import ResultCode
from core.services import contact_gate, limitation_gate
from core.services.contact_gate import Barred
from core.services.contact_record import AGREED, CHANNELS, ContactEntry
from core.services.context import Ctx, service
from core.store import contact_reads, journal
from core.store.cases import CaseHead
from core.store.unit import Reader, Unit

FIELDS = {"before-first-letter": "happened_on", "first-letter-missing": "direction", "time-barred": "direction"}


@service(Right.READ)
def intent_of(ctx: Ctx, reader: Reader, entry: ContactEntry, rule: ResultCode | None = None) -> Intent:
    """What the gate is asked about an entry: at its hour, now when it is of today without one, on its day otherwise.

    A call to a third person's number that did not reach the debtor asked for contact details only.
    """
    day, at = entry.facts.happened_on, None
    if entry.happened_at:
        at = dt.datetime.combine(day, dt.time.fromisoformat(hour(entry.happened_at)), ZoneInfo(ctx.time_zone))
    elif day == ctx.today:
        at = ctx.now
    point = entry.contact_point_id
    locating = _third(reader, entry.case_id, point, day) and not (rule and rule.right_party)
    return Intent(entry.case_id, entry.channel, point, at, day, "locate" if locating else "claim", by=ctx.user.id)


def _third(reader: Reader, case_id: int, point: int | None, day: dt.date) -> bool:
    """Whether somebody answers there who is neither the debtor, nor liable, nor stands for them."""
    found = next((one for one in contact_reads.points(reader, (case_id,), day.isoformat()) if one.id == point), None)
    return found is not None and (found.holder != "person" or found.role not in (*LIABLE, *REPRESENTATIVES))


@service(Right.READ)
def passes(ctx: Ctx, unit: Unit, entry: ContactEntry, rule: ResultCode, head: CaseHead) -> Verdict | None:
    """The verdict about a contact from us, None for what comes in or is no contact; raises Barred when it is refused and not explained.

    A correction tells the past: of the gate it only keeps that nothing came before the first letter, except for an entry that was
    taken over or lay before already. A promise or a plan on a time-barred debt is refused whoever called whom.
    """
    ours = entry.direction == "out" and entry.channel in CHANNELS
    if not entry.corrects and not ours and rule.code in AGREED:
        limitation_gate.check(unit, entry.case_id, entry.facts.happened_on, "result")
    if not ours:
        return None
    found = contact_gate.verdict(ctx, unit, intent_of(ctx, unit, entry, rule), house=False)
    if entry.corrects:
        _corrected(unit, entry, found, head)
        return None
    if found.allowed or _explained(entry, found, rule):
        return found
    raise _barred(found)


def _corrected(unit: Unit, entry: ContactEntry, found: Verdict, head: CaseHead) -> None:
    early = [bar for bar in found.bars if bar.code == "before-first-letter"]
    lay_before = journal.lies_before(unit, entry.corrects or 0, head.first_letter_on or "")
    if early and not lay_before:
        raise Barred(found, *(bar.problem("happened_on") for bar in early))


def _explained(entry: ContactEntry, found: Verdict, rule: ResultCode) -> bool:
    """Whether the person said why it was made all the same; an agreement on a time-barred debt is refused even so."""
    if rule.code in AGREED and any(bar.code == "time-barred" for bar in found.bars):
        return False
    return bool(entry.made_because.strip())


def _barred(found: Verdict) -> Barred:
    told = found.problems("made_because")
    codes = [bar.code for bar in found.bars]
    return Barred(
        found,
        *(
            type(problem)(
                problem.code, problem.reason, problem.remedy, field=FIELDS.get(code, problem.field), value=problem.value
            )
            for code, problem in zip(codes, told, strict=True)
        ),
    )


def written(unit: Unit, found: Verdict | None, entry: ContactEntry, interaction_id: int) -> None:
    """After the contact is in the journal: overrides are spent, refusals it was made against are kept with the reason."""
    if found is not None:
        contact_gate.keep(unit, found, entry.made_because, interaction_id)
        contact_gate.spend(unit, found, interaction_id)
