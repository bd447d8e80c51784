"""The register of complaints: received, acknowledged, answered, with what the house learns; may stop the case. Sends no answer itself."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from core.domain.dates import after
from core.domain.messages import Problem, Refusal, choice_unknown, msg, refuse
from core.domain.rights import Right
from core.i18n import Texts
from core.law.complaint_subjects import complaint_data
from core.law.stops import load_hold_kinds
from core.services import closure_record, contact_record, house_rules
from core.services.context import Ctx, service
from core.services.refusals import empty_field
from core.store import complaints as kept
from core.store import course, journal, team
from core.store.complaints import PAGE, ComplaintRow
from core.store.unit import Reader, Unit

__all__ = [
    "ABOUT", "CHANNELS", "FROM", "TABS", "ComplaintEntry", "ComplaintPage", "ComplaintRow", "Rate", "acknowledge", "answer", "hand_over",
    "late", "of_case", "outcome", "outcomes", "policy", "rate", "record", "register", "subject", "subjects",
]  # fmt: skip
FROM = ("debtor", "relative", "lawyer", "association", "authority", "creditor", "other")
CHANNELS = ("call", "email", "letter", "sms", "visit")
ABOUT = ("agency", "colleague", "creditor", "provider")
TABS = tuple(kept.TABS)
HOLD = "complaint"  # the kind of stop (data/holds) that a complaint may set


@dataclass(frozen=True, slots=True)
class ComplaintEntry:
    """A complaint as typed; `hold` stops the whole case until it is answered; `answer_by` None: the agency's policy."""

    from_kind: str
    name: str
    channel: str
    subject: str
    about: str
    owner_id: int
    received_on: dt.date
    words: str
    about_user_id: int | None = None
    case_id: int | None = None
    answer_by: dt.date | None = None
    hold: bool = False


@dataclass(frozen=True, slots=True)
class ComplaintPage:
    """A page of a tab of the register, the number of each tab, and how many pages there are."""

    rows: tuple[ComplaintRow, ...]
    counts: dict[str, int]
    pages: int


@dataclass(frozen=True, slots=True)
class Rate:
    """Complaints received and contacts made from a day to a day; `per_thousand` to one decimal, None without contact."""

    complaints: int
    contacts: int
    per_thousand: Decimal | None


def subjects() -> tuple[str, ...]:
    """The coded subjects, in the order of the data."""
    return tuple(complaint_data().subjects)


def outcomes() -> tuple[str, ...]:
    """The coded outcomes, in the order of the data."""
    return tuple(complaint_data().outcomes)


def subject(t: Texts, code: str) -> str:
    """A subject in words."""
    found = complaint_data().subjects.get(code)
    return found.of(t.lang) if found else code


def outcome(t: Texts, code: str) -> str:
    """An outcome in words."""
    found = complaint_data().outcomes.get(code)
    return found.of(t.lang) if found else code


@service(Right.READ)
def policy(ctx: Ctx, t: Texts) -> str:
    """Within how many days the house answers today, and that it is its own choice."""
    with ctx.store.read() as reader:
        rules = house_rules.of(reader, ctx.today)
    return t(
        "Acknowledged within {first} days, answered within {second}: the agency's own policy, no text sets it. Benchmark, to be "
        "confirmed: {benchmark}.",
        first=rules.acknowledge_days, second=rules.answer_days, benchmark=complaint_data().benchmark,
    )  # fmt: skip


@service(Right.READ)
def register(ctx: Ctx, tab: str = "open", page: int = 1) -> ComplaintPage:
    """A page (from 1) of a tab of the register: "open", "late", "answered"."""
    chosen = tab if tab in TABS else "open"
    with ctx.store.read() as reader:
        counts = {name: kept.count(reader, name, ctx.day) for name in TABS}
        pages = max(1, -(-counts[chosen] // PAGE))
        return ComplaintPage(kept.page(reader, chosen, ctx.day, min(max(page, 1), pages)), counts, pages)


@service(Right.READ)
def late(ctx: Ctx) -> int:
    """How many complaints are past their day of acknowledgment or of answer: an alert."""
    with ctx.store.read() as reader:
        return kept.count(reader, "late", ctx.day)


@service(Right.READ)
def of_case(ctx: Ctx, case_id: int) -> tuple[ComplaintRow, ...]:
    """The complaints about a case, the newest first."""
    with ctx.store.read() as reader:
        return kept.of_case(reader, case_id)


@service(Right.READ)
def rate(ctx: Ctx, first: dt.date, last: dt.date) -> Rate:
    """Complaints per 1,000 contacts from a day to a day, both included; half a tenth is rounded up."""
    with ctx.store.read() as reader:
        found = kept.received(reader, first.isoformat(), last.isoformat())
        made = kept.contacts(reader, first.isoformat(), last.isoformat())
    share = (Decimal(found) * 1000 / made).quantize(Decimal("0.1"), ROUND_HALF_UP) if made else None
    return Rate(found, made, share)


@service(Right.WORK)
def record(ctx: Ctx, entry: ComplaintEntry, token: str) -> int:
    """Enter a complaint in the register; returns it. Twice with one token enters once.

    Raises Refusal on each wrong field: "choice-unknown", "field-empty", "colleague-unknown", "date-in-future", "date-in-past",
    "case-unknown", "case-closed" (a stop on a closed case).
    """
    with ctx.write() as unit:
        before = unit.done_before(token, "record_complaint")
        if before:
            return int(before)
        _check(ctx, unit, entry)
        rules = house_rules.of(unit, entry.received_on)
        hold_id = _stop(ctx, unit, entry) if entry.hold and entry.case_id else None
        due = entry.answer_by or after(entry.received_on, rules.answer_days)
        complaint_id = kept.add(
            unit, entry.words, entry.name, case_id=entry.case_id, from_kind=entry.from_kind, channel=entry.channel, subject=entry.subject,
            about=entry.about, about_user_id=entry.about_user_id, owner_id=entry.owner_id, received_on=entry.received_on.isoformat(),
            acknowledge_by=after(entry.received_on, rules.acknowledge_days).isoformat(), answer_by=due.isoformat(), hold_id=hold_id,
        )  # fmt: skip
        _tell(unit, entry.case_id, "complaint_received", entry.subject, "")
        unit.audit("complaint.recorded", "complaint", complaint_id, case=entry.case_id or 0, subject=entry.subject)
        unit.remember(token, "record_complaint", complaint_id)
        return complaint_id


@service(Right.WORK)
def acknowledge(ctx: Ctx, complaint_id: int, row_version: int, on: dt.date) -> None:
    """The person was told on a day that the complaint arrived. Raises Refusal "complaint-unknown", "date-in-future", "date-in-past"."""
    with ctx.write() as unit:
        row = _open(unit, complaint_id)
        _day(ctx, row, on, "on")
        kept.acknowledge(unit, complaint_id, row_version, on.isoformat())
        _tell(unit, row.case_id, "complaint_acknowledged", row.subject, "")
        unit.audit("complaint.acknowledged", "complaint", complaint_id)


@service(Right.WORK)
def answer(
    ctx: Ctx, complaint_id: int, row_version: int, on: dt.date, outcome: str, words: str, lessons: str = ""
) -> None:
    """Record the answer, its outcome and what the house learns; the stop that the complaint set is lifted.

    Raises Refusal "complaint-unknown", "choice-unknown", "field-empty" (what was answered; the lessons of one upheld), "date-…".
    """
    with ctx.write() as unit:
        row = _open(unit, complaint_id)
        _day(ctx, row, on, "on")
        upheld = outcome in ("upheld", "partly")
        wrong = [
            *([choice_unknown("outcome", outcome)] if outcome not in outcomes() else []),
            *([empty_field("words")] if not words.strip() else []),
            *([empty_field("lessons")] if upheld and not lessons.strip() else []),
        ]
        if wrong:
            raise Refusal(*wrong)
        kept.answer(unit, complaint_id, row_version, on.isoformat(), outcome, words, lessons)
        _tell(unit, row.case_id, "complaint_answered", row.subject, words)
        if row.hold_id and row.case_id:
            _lift(ctx, unit, row.case_id, row.hold_id)
        unit.audit("complaint.answered", "complaint", complaint_id, outcome=outcome)


@service(Right.WORK)
def hand_over(ctx: Ctx, complaint_id: int, row_version: int, owner_id: int) -> None:
    """Somebody else answers it. Raises Refusal "complaint-unknown", "colleague-unknown", "changed-meanwhile"."""
    with ctx.write() as unit:
        _open(unit, complaint_id)
        if owner_id not in {one.id for one in team.colleagues(unit)}:
            raise Refusal(_stranger("owner"))
        kept.hand_over(unit, complaint_id, row_version, owner_id)
        unit.audit("complaint.handed_over", "complaint", complaint_id, owner=owner_id)


def _check(ctx: Ctx, unit: Unit, entry: ComplaintEntry) -> None:
    here = {one.id for one in team.colleagues(unit)}
    lists = (
        ("from_kind", entry.from_kind, FROM), ("channel", entry.channel, CHANNELS), ("subject", entry.subject, subjects()),
        ("about", entry.about, ABOUT),
    )  # fmt: skip
    wrong = [choice_unknown(field, given) for field, given, known in lists if given not in known]
    if not entry.words.strip():
        wrong.append(empty_field("words"))
    if entry.owner_id not in here:
        wrong.append(_stranger("owner"))
    if entry.about == "colleague" and entry.about_user_id not in here:
        wrong.append(_stranger("about_user"))
    if entry.about != "colleague" and entry.about_user_id is not None:
        wrong.append(choice_unknown("about_user", str(entry.about_user_id)))
    if entry.received_on > ctx.today:
        wrong.append(_future("received_on", entry.received_on))
    if entry.answer_by and entry.answer_by < entry.received_on:
        late_day = msg("{given} is before the complaint itself.", given=entry.answer_by)
        wrong.append(Problem("date-in-past", late_day, msg("Choose a later day."), field="answer_by"))
    if wrong:
        raise Refusal(*wrong)
    if entry.case_id is not None:
        head = contact_record.head(unit, entry.case_id)
        if entry.hold and head.status == "closed":
            raise contact_record.case_closed("hold")


def _stop(ctx: Ctx, unit: Unit, entry: ComplaintEntry) -> int:
    """The stop of the whole case while the complaint is looked into, its line of the journal, and the day to look at it again."""
    case_id = entry.case_id or 0
    interaction_id = closure_record.write(unit, case_id, "hold_opened", HOLD, "")
    hold_id = journal.add_hold(unit, case_id, HOLD, ctx.day, None, reason=entry.words, interaction_id=interaction_id)
    journal.close_tasks(unit, case_id, "replaced", interaction_id, contact_record.REACHING)
    days = next(one.review_days for one in load_hold_kinds() if one.kind == HOLD)
    journal.add_task(unit, case_id, "review_hold", after(ctx.today, days).isoformat(), origin="hold")
    return hold_id


def _lift(ctx: Ctx, unit: Unit, case_id: int, hold_id: int) -> None:
    """Lift the stop that the complaint set, unless somebody did."""
    hold = next((one for one in course.holds(unit, case_id, ctx.day) if one.id == hold_id), None)
    if hold is None:
        return
    journal.lift_hold(unit, hold.id, hold.row_version)
    closure_record.write(unit, case_id, "hold_lifted", HOLD, "")
    if not course.holds(unit, case_id, ctx.day):
        journal.close_tasks(unit, case_id, "done", kinds=("review_hold",))
    if journal.is_open(unit, case_id) and not course.tasks(unit, case_id):
        journal.add_task(unit, case_id, "call_back", ctx.day, origin="hold")


def _tell(unit: Unit, case_id: int | None, step: str, kind: str, words: str) -> None:
    if case_id is not None:
        closure_record.write(unit, case_id, step, kind, words)
        unit.touch(case_id)


def _open(reader: Reader, complaint_id: int) -> ComplaintRow:
    row = kept.one(reader, complaint_id)
    if row is None or row.answered_on:
        raise refuse(
            "complaint-unknown",
            msg("This complaint does not wait for an answer."),
            msg("Look at the register again."),
            field="complaint",
            value=str(complaint_id),
        )
    return row


def _day(ctx: Ctx, row: ComplaintRow, on: dt.date, field: str) -> None:
    if on > ctx.today:
        raise Refusal(_future(field, on))
    if on.isoformat() < row.received_on:
        before = msg("{given} is before the complaint itself.", given=on)
        raise refuse("date-in-past", before, msg("Give the day it happened."), field=field, value=on.isoformat())


def _future(field: str, given: dt.date) -> Problem:
    ahead = msg("{given} is in the future.", given=given)
    return Problem("date-in-future", ahead, msg("Give the day it happened."), field=field, value=given.isoformat())


def _stranger(field: str) -> Problem:
    return Problem(
        "colleague-unknown", msg("This person is not in the team, or left it."), msg("Choose someone of the list."), field=field
    )  # fmt: skip
