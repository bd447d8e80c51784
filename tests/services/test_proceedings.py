"""Proceedings through the services: the instruction, the events, what the case and the calendar then say, corrections, the proof."""

import datetime as dt
import itertools
from dataclasses import replace

import pytest

from core.domain.messages import Refusal
from core.services import cases, house, journal, proceedings, upkeep
from core.services.proceedings import EventEntry, Filters, Instruction
from tests.services.factory import a_call, a_case, a_creditor

TOKEN = itertools.count(1)
DAY = dt.date(2026, 8, 1)


def an_instruction(case_id, court="tj", **more):
    known = {
        "given_by": "Mme Le Goff",
        "given_on": DAY,
        "amount": 145000,
        "provision": 8000,
        "provider": "Me Duval",
        "special_power_on": DAY,
    }
    return Instruction(case_id, "payment_order", court, **{**known, **more})


def opened(ctx, case_id=None, court="tj", **more):
    return proceedings.open_proceeding(
        ctx, an_instruction(case_id or a_case(ctx), court, **more), f"open-{next(TOKEN)}"
    )


def an_event(kind, on, by, documents=(), evidence="piece 3", **facts):
    return EventEntry(kind, on, by, facts, tuple(documents), evidence)


FILED = an_event("file_application", dt.date(2026, 8, 3), "agency", ("application", "exhibits"))
ORDERED = an_event("order_issued", dt.date(2026, 9, 7), "judge", ("order",), granted="whole", order_amount=145000)
SERVED = an_event(
    "serve_order",
    dt.date(2026, 9, 21),
    "bailiff",
    ("service_deed",),
    in_person="yes",
    all_served="yes",
    debtor_place="mainland",
)


def record(ctx, proceeding_id, *entries):
    return [proceedings.record_event(ctx, proceeding_id, entry, f"event-{next(TOKEN)}") for entry in entries][-1]


def codes(refused):
    return {(problem.code, problem.field) for problem in refused.value.problems}


def test_no_proceeding_opens_without_the_dated_instruction_of_the_creditor(ctx):
    blank = an_instruction(a_case(ctx), given_by=" ", given_on=None, amount=None, provision=None, provider="")
    with pytest.raises(Refusal) as refused:
        proceedings.open_proceeding(ctx, blank, "t")
    assert codes(refused) == {
        ("instruction-missing", f) for f in ("given_by", "given_on", "amount", "provision", "provider")
    }
    assert proceedings.tracker(ctx, Filters()).total == 0


def test_an_instruction_of_tomorrow_or_an_unknown_court_is_refused(ctx):
    with pytest.raises(Refusal) as refused:
        opened(ctx, court="moon", given_on=ctx.today + dt.timedelta(days=1))
    assert codes(refused) == {("date-in-future", "given_on"), ("choice-unknown", "court")}


def test_insolvency_closes_the_route_with_the_article(ctx):
    case_id = a_case(ctx)
    a_call(ctx, case_id, "LJ", channel="none", date=ctx.today, court="Rennes")
    with pytest.raises(Refusal) as refused:
        opened(ctx, case_id)
    assert codes(refused) == {("case-stopped", "case")}
    assert "L. 622-21" in str(refused.value.problems[0].reason)
    assert proceedings.propose(ctx, case_id, "payment_order").stops


def test_a_provision_of_nothing_is_an_answer_and_the_same_token_opens_once(ctx):
    entry = an_instruction(a_case(ctx), provision=0)
    first = proceedings.open_proceeding(ctx, entry, "same")
    assert proceedings.open_proceeding(ctx, entry, "same") == first
    with pytest.raises(Refusal) as refused:
        proceedings.open_proceeding(ctx, entry, "other")
    assert codes(refused) == {("proceeding-open", "case")}


def test_opening_answers_the_next_action_of_the_court_file(ctx):
    case_id = a_case(ctx)
    a_call(ctx, case_id, "JUD", channel="none", procedure="injonction de payer")
    assert [task.kind for task in cases.case_file(ctx, case_id).tasks] == ["open_litigation"]
    opened(ctx, case_id)
    assert [task.kind for task in cases.case_file(ctx, case_id).tasks] == ["proceeding_step"]


def test_a_limit_becomes_the_next_action_and_a_call_does_not_answer_it(ctx):
    case_id = a_case(ctx)
    pid = opened(ctx, case_id)
    done = record(ctx, pid, FILED, ORDERED)
    assert done.next_on == "2026-12-07"
    a_call(ctx, case_id, "NRP")
    assert ("deadline", "2026-12-07") in [(task.kind, task.due_on) for task in cases.case_file(ctx, case_id).tasks]
    record(ctx, pid, SERVED)
    kinds = [task.kind for task in cases.case_file(ctx, case_id).tasks]
    assert kinds.count("deadline") == 1  # the wait of two months replaced it


def test_the_agency_files_only_with_the_special_power(ctx):
    pid = opened(ctx, special_power_on=None)
    with pytest.raises(Refusal) as refused:
        record(ctx, pid, FILED)
    assert codes(refused) == {("document-missing", "special_power")}
    record(ctx, pid, replace(FILED, documents=("application", "exhibits", "special_power")))
    other = opened(ctx, special_power_on=None)
    record(ctx, other, replace(FILED, by="lawyer"))


def test_an_event_lacks_facts_documents_evidence_and_all_is_said_at_once(ctx):
    pid = opened(ctx)
    record(ctx, pid, FILED)
    with pytest.raises(Refusal) as refused:
        record(ctx, pid, EventEntry("order_issued", None, "agency"))
    assert codes(refused) == {
        ("choice-unknown", "by"), ("field-empty", "happened_on"), ("fact-missing", "granted"), ("fact-missing", "order_amount"),
        ("document-missing", "order"), ("evidence-missing", "evidence"),
    }  # fmt: skip


def test_a_step_out_of_its_turn_in_the_future_or_before_the_one_it_follows_is_refused(ctx):
    pid = opened(ctx)
    with pytest.raises(Refusal) as early:
        record(ctx, pid, SERVED)
    assert ("step-not-possible", "kind") in codes(early)
    record(ctx, pid, FILED)
    for day, code in ((ctx.today + dt.timedelta(days=1), "date-in-future"), (dt.date(2026, 8, 2), "date-before-step")):
        with pytest.raises(Refusal) as refused:
            record(ctx, pid, replace(ORDERED, happened_on=day))
        assert codes(refused) == {(code, "happened_on")}


def test_the_wait_before_enforcement_runs_until_midnight_of_its_last_day(ctx):
    pid = opened(ctx)
    record(
        ctx, pid, FILED, ORDERED, SERVED
    )  # served on 21 September: two months end on Saturday 21 November, Monday 23 is the last day
    title = an_event("enforceable", dt.date(2026, 11, 23), "creditor", ("order", "service_deed"))
    with pytest.raises(Refusal) as refused:
        record(ctx, pid, title)
    assert "2026-11-23" in str(refused.value.problems[0].reason)
    tomorrow = replace(ctx, today=dt.date(2026, 11, 24))
    done = record(tomorrow, pid, replace(title, happened_on=dt.date(2026, 11, 24)))
    assert done.outcome == "title"
    with ctx.store.read() as reader:
        assert reader.rows("SELECT kind, issued_on, amount FROM titles") == [("payment_order", "2026-11-24", 145000)]
    assert proceedings.tracker(ctx, Filters()).total == 0
    assert upkeep.verify(tomorrow).whole


def test_the_tracker_and_the_calendar_hold_the_limits_of_all_cases(ctx):
    one, other = a_creditor(ctx), a_creditor(ctx, "Dentiste")
    first, second = opened(ctx, a_case(ctx, creditor=one)), opened(ctx, a_case(ctx, creditor=other))
    record(ctx, first, FILED, ORDERED)
    found = proceedings.tracker(ctx, Filters())
    assert [(row.proceeding_id, row.key, row.legal_on) for row in found.rows] == [
        (first, "serve_order", "2026-12-07"),
        (second, None, None),
    ]
    assert [row.proceeding_id for row in proceedings.tracker(ctx, Filters(creditor=other)).rows] == [second]
    assert proceedings.tracker(ctx, Filters(days=7)).total == 0
    assert proceedings.tracker(ctx, Filters(days=14)).total == 1  # 7 December is 14 days after 23 November
    (busy,) = proceedings.calendar_month(ctx, dt.date(2026, 12, 31)).busy
    assert [one.row.key for one in busy.limits] == ["serve_order"]
    assert proceedings.calendar_month(ctx, dt.date(2027, 1, 1)).busy == ()
    count = proceedings.deadline_counts(ctx)
    assert (count.overdue, count.week, count.month) == (0, 0, 1)


def test_a_correction_replays_everything_and_the_first_entry_stays(ctx):
    pid = opened(ctx)
    record(ctx, pid, FILED)
    wrong = record(ctx, pid, ORDERED)
    fixed = proceedings.correct_event(ctx, wrong.event_id, replace(ORDERED, happened_on=dt.date(2026, 8, 31)), "fix")
    file = proceedings.proceeding_file(ctx, pid)
    assert (file.head.version, [due.counted.legal for due in file.state.dues]) == (
        "before-2026-09-01",
        [dt.date(2027, 3, 1)],
    )
    assert [row.corrected_by for row in file.events][2] == fixed.event_id
    with pytest.raises(Refusal) as again:
        proceedings.correct_event(ctx, wrong.event_id, ORDERED, "fix2")
    assert codes(again) == {("already-corrected", "corrects")}
    proceedings.correct_event(ctx, fixed.event_id, None, "back")
    assert proceedings.proceeding_file(ctx, pid).state.provisional
    assert upkeep.verify(ctx).whole


def test_a_correction_that_takes_the_ground_from_a_later_event_is_refused_and_writes_nothing(ctx):
    pid = opened(ctx)
    record(ctx, pid, FILED)
    ordered = record(ctx, pid, ORDERED)
    record(ctx, pid, SERVED)
    for entry in (None, replace(ORDERED, facts={"granted": "refused", "order_amount": 0})):
        with pytest.raises(Refusal) as refused:
            proceedings.correct_event(ctx, ordered.event_id, entry, f"no-{next(TOKEN)}")
        assert codes(refused) == {("later-events", "corrects")}
    assert len(proceedings.proceeding_file(ctx, pid).events) == 4


def test_the_instruction_is_not_corrected(ctx):
    pid = opened(ctx)
    first = proceedings.proceeding_file(ctx, pid).events[0].id
    with pytest.raises(Refusal) as refused:
        proceedings.correct_event(ctx, first, None, "t")
    assert codes(refused) == {("not-correctable", "corrects")}


def test_a_proceeding_can_end_before_anything_is_filed_and_the_case_keeps_a_next_action(ctx):
    case_id = a_case(ctx)
    pid = opened(ctx, case_id)
    done = record(ctx, pid, an_event("withdrawn", dt.date(2026, 11, 20), "creditor", ("instruction",)))
    assert (done.outcome, proceedings.tracker(ctx, Filters()).total) == ("withdrawn", 0)
    assert cases.case_file(ctx, case_id).tasks
    again = opened(ctx, case_id)
    assert again != pid


def test_verify_sees_a_limit_changed_behind_the_program_and_a_change_of_law_is_made_up_for(ctx, monkeypatch):
    pid = opened(ctx)
    record(ctx, pid, FILED, ORDERED)
    with ctx.store.write(1, ctx.stamp, ctx.day) as unit:
        unit.run("UPDATE deadlines SET legal_on = '2027-01-01', law = 'another'")
    assert "proceeding 1" in str(upkeep.verify(ctx).read_model)
    monkeypatch.setenv("QUITTANCE_TODAY", "2026-11-24")
    assert house.roll(ctx.store)
    assert upkeep.verify(ctx).whole


def test_an_unknown_proceeding_is_a_sentence(ctx):
    for call in (
        lambda: proceedings.proceeding_file(ctx, 9),
        lambda: proceedings.correct_event(ctx, 9, None, "t"),
        lambda: record(ctx, 9, FILED),
    ):
        with pytest.raises(Refusal) as refused:
            call()
        assert codes(refused) == {("proceeding-unknown", "proceeding")}


def test_a_closed_case_opens_none(ctx):
    case_id = a_case(ctx)
    a_call(ctx, case_id, "RET", channel="none")
    with pytest.raises(Refusal) as refused:
        opened(ctx, case_id)
    assert codes(refused) == {("case-closed", "case")}


def test_the_journal_still_replaces_its_own_next_actions(ctx):
    case_id = a_case(ctx)
    pid = opened(ctx, case_id)
    record(ctx, pid, FILED, ORDERED)
    journal.set_next_action(ctx, case_id, "call_again", dt.date(2026, 11, 30))
    journal.set_next_action(ctx, case_id, "call_again", dt.date(2026, 11, 25))
    assert sorted(task.kind for task in cases.case_file(ctx, case_id).tasks) == ["call_again", "deadline"]
