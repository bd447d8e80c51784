"""A file's life day by day under the real services: nothing on day 4, level one on day 5, blocked, unblocked, catch-up, paid, gone."""

from __future__ import annotations

import datetime as dt
import itertools
import json

import pytest

from core.domain.messages import Refusal
from core.services import (
    access,
    cases,
    credit_notes,
    daily,
    holds,
    house,
    letters,
    outbox,
    payments,
    reminders,
    scenario_case,
    scenarios,
    upkeep,
)
from core.services.holds import HoldEntry
from core.services.payments import PaymentEntry
from core.services.scenarios import StepEntry
from tests.services.factory import a_case_to_write, a_debt, ready_to_write
from tests.services.post import mail_out

_TOKENS = itertools.count(1)
# The first letter the day the case is placed, an e-mail five days after its posting, a call a week after the e-mail, a last e-mail to validate.
SHORT = (
    StepEntry("placement", 0, "letter", "first_letter", automatic=True),
    StepEntry("first_letter", 5, "email", "email_reminder", automatic=True),
    StepEntry("previous", 7, "call", "call", automatic=True),
    StepEntry("previous", 10, "email", "email_reminder", automatic=False),
)


class Life:
    """One agency whose day is moved; Monday 23 November 2026 is day 0."""

    def __init__(self, ctx, sid, patch) -> None:
        self.ctx, self.sid, self.patch = ctx, sid, patch
        scenarios.save_scenario(ctx, "consumer_gentle", 4, SHORT, 0)
        self.creditor = ready_to_write(ctx)

    def on(self, number: int) -> Life:
        day = dt.date(2026, 11, 23) + dt.timedelta(days=number)
        self.patch.setenv("QUITTANCE_TODAY", day.isoformat())
        house.prepare()
        self.ctx = access.resolve(self.sid)
        assert self.ctx is not None
        assert self.ctx.today == day
        return self

    def case(self, **more) -> int:
        known = {"email": "debtor@example.org", "phone": "06 12 34 56 78"}
        return a_case_to_write(self.ctx, creditor=self.creditor, **(known | more))

    def run(self) -> reminders.Done:
        return reminders.run(self.ctx, f"run-{next(_TOKENS)}")

    def posted(self, case: int) -> None:
        letters.mark_posted(self.ctx, [letters.issued_letters(self.ctx, case)[0].reference], self.ctx.today)

    def line(self, case: int):
        return scenario_case.case_line(self.ctx, case).next


@pytest.fixture
def life(ctx, sid, monkeypatch) -> Life:
    return Life(ctx, sid, monkeypatch)


def test_a_case_just_placed_has_its_first_letter_in_the_preview_and_then_issued_once(life):
    case = life.case()
    shown = reminders.preview(life.ctx)
    assert [(line.case_id, line.step.template) for line in shown.lines] == [(case, "first_letter")]
    assert (shown.count(), shown.barred) == ({"letter": 1}, ())
    done = life.run()
    assert (done.done, done.refused, done.barred) == ({"letter": 1}, 0, {})
    assert len(letters.issued_letters(life.ctx, case)) == 1
    again = life.run()
    assert (again.done, again.barred) == ({}, {})
    assert len(letters.issued_letters(life.ctx, case)) == 1


def test_nothing_on_day_4_level_two_on_day_5_then_the_call_a_week_later(life):
    case = life.case()
    life.run()
    life.posted(case)
    assert life.on(4).run().done == {}  # Friday: the fifth day is a Saturday, when this house works
    assert life.line(case).on == dt.date(2026, 11, 28)
    assert life.on(5).run().done == {"email": 1}
    assert life.on(6).run().done == {}  # a Sunday: closed
    assert life.on(11).run().done == {}
    assert life.line(case).on == dt.date(2026, 12, 5)
    assert life.on(12).run().done == {"call": 1}


def test_days_without_a_run_are_caught_up_one_step_at_a_time(life):
    case = life.case()
    life.run()
    life.posted(case)
    assert life.on(40).run().done == {"email": 1}  # 2 January 2027: the call's own day is past too
    assert life.run().done == {}
    assert life.on(46).run().done == {}
    assert life.on(47).run().done == {"call": 1}  # a week after the e-mail really left


def test_a_stop_blocks_the_step_and_lifting_it_lets_it_leave(life):
    case = life.case()
    life.run()
    life.posted(case)
    life.on(5)
    holds.open_hold(life.ctx, HoldEntry(case, None, "creditor_check", "asked", None), "hold")
    shown = reminders.preview(life.ctx)
    assert [(one.code, one.cases) for one in shown.barred] == [("held", 1)]
    assert (life.run().done, life.run().barred) == ({}, {"held": 1})
    life.on(8)
    with life.ctx.store.read() as reader:
        hold, version = reader.rows("SELECT id, row_version FROM holds")[0]
    holds.lift_hold(life.ctx, hold, version, "answered")
    assert life.run().done == {"email": 1}


def test_a_case_that_a_credit_note_brings_to_zero_has_nothing_more_and_what_waited_is_dropped(life):
    case = life.case()
    life.run()
    life.posted(case)
    life.on(5).run()
    life.on(12).run()
    life.on(22)
    assert life.run().to_validate == 1
    assert [row.case_id for row in reminders.waiting(life.ctx)] == [case]
    with life.ctx.store.read() as reader:
        debt = reader.value("SELECT id FROM debts")
    credit_notes.record_credit_note(life.ctx, debt, "AV-1", life.ctx.today, 10000, "returned goods", "note")
    assert life.line(case).code == "paid"
    life.on(23).run()
    assert reminders.waiting(life.ctx) == ()


def test_a_payment_in_full_ends_the_scenario(life):
    case = life.case()
    life.run()
    life.posted(case)
    life.on(5)
    payments.record_payment(life.ctx, PaymentEntry(case, life.ctx.today, 10000, "transfer", "agency"), "pay")
    assert life.run().done == {}
    assert life.line(case).code == "paid"


def test_a_step_to_validate_waits_leaves_with_one_click_and_ends_the_scenario(life):
    case = life.case()
    life.run()
    life.posted(case)
    for day in (5, 12, 22):
        life.on(day).run()
    row = reminders.waiting(life.ctx)[0]
    assert life.line(case).code == "pending"
    assert reminders.release(life.ctx, [row.id], "release").done == {"email": 1}
    assert reminders.release(life.ctx, [row.id], "release").done == {"email": 1}  # a double click tells the same
    assert (reminders.waiting(life.ctx), life.line(case).code) == ((), "today")
    assert life.on(23).line(case).code == "ended"


def test_a_skipped_step_needs_its_reason_and_counts_as_done(life):
    case = life.case()
    life.run()
    life.posted(case)
    for day in (5, 12, 22):
        life.on(day).run()
    row = reminders.waiting(life.ctx)[0]
    with pytest.raises(Refusal):
        reminders.dismiss(life.ctx, [row.id], " ")
    assert reminders.dismiss(life.ctx, [row.id], "visit planned instead") == 1
    assert life.line(case).code == "ended"


def test_a_pause_has_a_reason_and_an_end_and_the_case_comes_back_by_itself(life):
    case = life.case()
    life.run()
    life.posted(case)
    version = scenario_case.case_line(life.ctx, case).row_version
    with pytest.raises(Refusal) as found:
        scenario_case.pause(life.ctx, case, None, "", version)
    assert found.value.problems[0].field == "reason"
    scenario_case.pause(life.ctx, case, dt.date(2026, 12, 1), "away until then", version)
    life.on(5)
    shown = reminders.preview(life.ctx)
    assert [(one.code, one.next_on) for one in shown.barred] == [("paused", dt.date(2026, 12, 2))]
    assert life.on(8).run().done == {}
    assert life.on(9).run().done == {"email": 1}


def test_two_cases_of_one_debtor_and_mandate_have_one_letter_a_run(life):
    first = life.case()
    second = life.case()  # as imports make them, when the creditor's file holds two case references for one debtor
    with life.ctx.write() as unit:
        unit.run(
            "UPDATE cases SET debtor_id = (SELECT debtor_id FROM cases WHERE id = ?) WHERE id = ?", (first, second)
        )
        unit.touch(second)
        unit.audit("test.joined", "case", second)
    shown = reminders.preview(life.ctx)
    assert [line.case_id for line in shown.lines] == [first]
    assert [(one.code, one.lines[0].case_id) for one in shown.barred] == [("same_debtor", second)]
    assert life.run().done == {"letter": 1}
    assert life.on(1).run().barred == {"same_debtor": 1}
    assert life.on(4).run().done == {"letter": 1}  # the scenario's gap of four days


def test_a_holiday_and_a_closed_day_move_the_step_to_the_next_open_day(life):
    case = life.case()
    life.on(26).run()
    life.on(27).posted(case)  # Sunday 20 December
    assert life.line(case).on == dt.date(2026, 12, 26)  # five days later is Christmas, a Friday
    assert reminders.preview(life.on(32).ctx).closed_until == dt.date(2026, 12, 26)


def test_what_another_program_claimed_and_did_not_tell_is_ended_without_a_second_letter(life, monkeypatch):
    case = life.case()
    told = reminders._settle
    monkeypatch.setattr(reminders, "_settle", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        life.run()
    assert len(letters.issued_letters(life.ctx, case)) == 1
    monkeypatch.setattr(reminders, "_settle", told)
    life.run()
    assert len(letters.issued_letters(life.ctx, case)) == 1
    assert scenario_case.case_line(life.ctx, case).done[-1].state == "done"


def test_without_an_address_for_the_channel_the_step_is_kept_back_and_says_so(life):
    case = life.case(email="")
    life.run()
    life.posted(case)
    life.on(5)
    assert [one.code for one in reminders.preview(life.ctx).barred] == ["no_point"]


def test_the_days_work_says_its_parts_does_them_once_and_gives_its_lease_back(life):
    life.case()
    dry = daily.run(life.ctx, dry_run=True)
    names = ["roll", "promises", "questions", "reminders", "outbox", "inbox", "silence"]
    assert [one.name for one in dry.parts] == names
    at = names.index("reminders")
    assert [str(one) for one in dry.parts[at].done] == ["Letters: 1"]
    assert reminders.history(life.ctx) == ()
    first, second = daily.run(life.ctx), daily.run(life.ctx)
    assert [one.name for one in first.parts] == names
    assert [str(one) for one in first.parts[at].done] == ["Letters: 1"]
    assert [str(one) for one in second.parts[at].done] == ["No step was due."]
    assert daily.schedule(life.ctx).last_run_on == life.ctx.today


def test_while_one_program_does_the_days_work_another_is_refused(life):
    with life.ctx.write() as unit:
        unit.run(
            "INSERT INTO jobs(name, lease_owner, lease_until) VALUES ('run-daily', 'other', '2026-11-23T23:00:00Z')"
        )
    with pytest.raises(Refusal) as found:
        daily.run(life.ctx)
    assert found.value.problems[0].code == "daily-running"


def test_the_hour_of_the_server_is_a_setting_off_by_default(life):
    plan = daily.schedule(life.ctx)
    assert not plan.due(dt.datetime(2026, 11, 23, 23, 59, tzinfo=dt.UTC), life.ctx.today)
    daily.set_schedule(life.ctx, dt.time(9, 30), plan.row_version)
    plan = daily.schedule(life.ctx)
    assert not plan.due(dt.datetime(2026, 11, 23, 9, 29, tzinfo=dt.UTC), life.ctx.today)
    assert plan.due(dt.datetime(2026, 11, 23, 9, 30, tzinfo=dt.UTC), life.ctx.today)
    daily.run(life.ctx)
    assert not daily.schedule(life.ctx).due(dt.datetime(2026, 11, 23, 9, 30, tzinfo=dt.UTC), life.ctx.today)


def test_a_later_letter_of_the_scenario_is_issued_whole_with_one_file_to_print_it(life):
    steps = (*SHORT[:1], StepEntry("first_letter", 5, "letter", "reminder_gentle", automatic=True))
    scenarios.save_scenario(life.ctx, "consumer_gentle", 4, steps, 1)
    case = life.case()
    life.run()
    life.posted(case)
    done = life.on(5).run()
    assert (done.done, done.by_hand) == ({"letter": 1}, 0)
    assert letters.letter_bytes(life.ctx, done.printing).startswith(b"%PDF")
    assert [row.kind for row in letters.issued_letters(life.ctx, case) if row.state == "ready"] == ["reminder_gentle"]
    assert life.on(9).line(case).code == "ended"


def test_with_a_mail_server_the_email_of_the_scenario_is_ready_in_the_outbox(life):
    case = life.case()
    life.run()
    life.posted(case)
    life.on(5)
    mail_out(life.ctx, 25)
    done = life.run()
    assert (done.done, done.by_hand) == ({"email": 1}, 0)
    assert [(one.kind, one.state) for one in outbox.of_case(life.ctx, case)] == [("email_reminder", "ready")]


def test_debts_of_several_invoices_are_one_letter(life):
    a_case_to_write(life.ctx, a_debt(), a_debt(), a_debt(), creditor=life.creditor)
    assert life.run().done == {"letter": 1}


def test_every_step_pause_and_skip_is_a_line_of_the_journal_of_its_case(life):
    case, other = life.case(), life.case(name="Noël")
    assert scenario_case.leave_out(life.ctx, [other], dt.date(2026, 11, 30), "away until then") == 1
    life.run()
    version = scenario_case.case_line(life.ctx, other).row_version
    scenario_case.resume(life.ctx, other, version)
    assert steps_told(life.ctx, case) == [("scenario_step", "first_letter")]
    assert steps_told(life.ctx, other) == [("scenario_paused", ""), ("scenario_resumed", "")]
    assert upkeep.verify(life.ctx).whole


def test_cases_left_out_at_once_need_a_reason_an_end_to_come_and_a_choice(life):
    case = life.case()
    for cases_, until, reason, field in (
        ([], None, "away", "cases"), ([case], None, " ", "reason"), ([case], dt.date(2026, 11, 22), "away", "until"),
    ):  # fmt: skip
        with pytest.raises(Refusal) as found:
            scenario_case.leave_out(life.ctx, cases_, until, reason)
        assert found.value.problems[0].field == field
    assert len(reminders.preview(life.ctx).lines) == 1
    scenario_case.leave_out(life.ctx, [case], None, "visited instead")
    assert [(one.code, one.cases) for one in reminders.preview(life.ctx).barred] == [("excluded", 1)]


def steps_told(ctx, case: int) -> list[tuple[str, str]]:
    """What the journal of a case says of its scenario, the oldest first."""
    facts = [json.loads(one.extra or "{}") for one in cases.case_file(ctx, case).timeline if one.kind == "interaction"]
    return [(one["step"], one.get("kind", "")) for one in reversed(facts) if one.get("step", "").startswith("scenario")]
