"""Logging contacts: what is written, what follows, what is refused. Expected days by hand (23 November 2026 is a Monday)."""

import datetime as dt

import pytest

from core.domain.messages import Refusal
from core.services import cases, closures, disputes, holds, journal
from core.services.context import Ctx
from core.store import audit, summaries
from tests.services.factory import a_call, a_case, a_debt

D = dt.date


def whole(ctx: Ctx, case_id: int):
    return cases.case_file(ctx, case_id)


def codes(refused) -> set[tuple[str, str]]:
    return {(p.code, p.field) for p in refused.value.problems}


def test_a_promise_is_kept_with_its_amount_day_and_means_and_is_checked_two_days_later(ctx):
    case_id = a_case(ctx)
    logged = a_call(ctx, case_id, "PRO", amount=5000, date=D(2026, 12, 1), means="transfer")
    file = whole(ctx, case_id)
    assert [(p.amount, p.due_on, p.means) for p in file.promises] == [(5000, "2026-12-01", "transfer")]
    assert (logged.next_kind, logged.next_on) == ("verify_promise", "2026-12-03")  # Tuesday + 2 = Thursday
    assert [(t.kind, t.due_on) for t in file.tasks] == [("verify_promise", "2026-12-03")]
    assert file.head.promise_on == "2026-12-01"


def test_a_next_action_that_would_fall_on_a_saturday_waits_for_monday(ctx):
    case_id = a_case(ctx)
    logged = a_call(ctx, case_id, "PRO", amount=5000, date=D(2026, 12, 3), means="card")
    assert logged.next_on == "2026-12-07"  # Thursday 3 + 2 = Saturday 5, so Monday 7


def test_no_answer_is_tried_at_another_hour_the_next_day(ctx):
    case_id = a_case(ctx)
    assert a_call(ctx, case_id, "NRP").next_on == "2026-11-24"
    assert whole(ctx, case_id).head.last_on == "2026-11-23"


def test_logging_closes_the_action_that_was_planned(ctx):
    case_id = a_case(ctx)
    a_call(ctx, case_id, "NRP")
    assert [t.kind for t in whole(ctx, case_id).tasks] == ["other_hour"]


def test_a_dispute_stops_the_case_until_someone_lifts_it_and_still_shows_what_to_do(ctx):
    case_id = a_case(ctx)
    a_call(ctx, case_id, "CON", reason="prestation mal faite")
    file = whole(ctx, case_id)
    assert [(h.kind, h.until_on) for h in file.holds] == [("dispute", None)]
    assert file.head.held_kind == "dispute"
    assert [r.case_id for r in cases.queue(ctx, "held").rows] == [case_id]
    assert [r.case_id for r in cases.queue(ctx, "todo").rows] == [case_id]  # open_dispute is due today
    with pytest.raises(Refusal) as refused:
        holds.lift_hold(ctx, file.holds[0].id, file.holds[0].row_version, "on reprend")
    assert codes(refused) == {("hold-of-dispute", "hold")}
    (dispute,) = disputes.disputes_of(ctx, case_id)
    disputes.close_dispute(ctx, dispute.id, "withdrawn")
    assert whole(ctx, case_id).holds == ()


def test_a_claimed_payment_stops_for_seven_days_then_comes_back(ctx):
    case_id = a_case(ctx)
    a_call(ctx, case_id, "DEJ", date=D(2026, 11, 20), proof="relevé")
    (hold,) = whole(ctx, case_id).holds
    assert (hold.kind, hold.until_on) == ("payment_claimed", "2026-11-30")  # Monday + 7 = Monday


def test_a_wrong_number_marks_the_number_it_was_dialled_on(ctx):
    case_id = a_case(ctx, phone="06 12 34 56 78")
    point = whole(ctx, case_id).contact_points[0]
    a_call(ctx, case_id, "FAU", point=point.id)
    assert whole(ctx, case_id).contact_points[0].validity == "invalid"


def test_a_right_person_reached_confirms_the_number(ctx):
    case_id = a_case(ctx, phone="06 12 34 56 78")
    point = whole(ctx, case_id).contact_points[0]
    a_call(ctx, case_id, "REF", reason="refuse", point=point.id)
    assert whole(ctx, case_id).contact_points[0].validity == "confirmed"


def test_paid_in_full_is_refused_while_money_is_owed(ctx):
    case_id = a_case(ctx)
    with pytest.raises(Refusal) as refused:
        a_call(ctx, case_id, "SOL", channel="none", amount=10000)
    assert ("balance-not-zero", "result") in codes(refused)
    assert whole(ctx, case_id).timeline == ()


def test_withdrawn_by_the_creditor_closes_and_reopening_gives_a_next_action(ctx):
    case_id = a_case(ctx)
    logged = a_call(ctx, case_id, "RET", channel="none")
    assert logged.closed
    assert (whole(ctx, case_id).head.status, whole(ctx, case_id).head.closure_reason) == ("closed", "RET")
    closures.reopen_case(ctx, case_id, "erreur", "r-1")
    assert [t.kind for t in whole(ctx, case_id).tasks] == ["call_back"]


def test_every_missing_fact_is_told_at_once_and_nothing_is_written(ctx):
    case_id = a_case(ctx)
    with pytest.raises(Refusal) as refused:
        a_call(ctx, case_id, "PRO")
    assert codes(refused) == {("fact-missing", "amount"), ("fact-missing", "date"), ("fact-missing", "means")}
    assert whole(ctx, case_id).timeline == ()


@pytest.mark.parametrize(("result", "facts", "expected"), [
    ("PRO", {"amount": 10001, "date": D(2026, 12, 1), "means": "card"}, ("more-than-owed", "amount")),
    ("PRO", {"amount": 100, "date": D(2026, 11, 22), "means": "card"}, ("date-in-past", "date")),
    ("NRP", {"happened_on": D(2026, 11, 24)}, ("date-in-future", "happened_on")),
    ("DEJ", {"date": D(2026, 11, 24), "proof": "x"}, ("date-in-future", "date")),
    ("RAP", {"date": D(2026, 11, 25), "hour": "25h"}, ("hour-unreadable", "hour")),
    ("NRP", {"next_kind": "call_back", "next_on": D(2026, 11, 22)}, ("date-in-past", "next_on")),
])  # fmt: skip
def test_impossible_facts_are_refused_on_their_field(ctx, result, facts, expected):
    case_id = a_case(ctx)
    with pytest.raises(Refusal) as refused:
        a_call(ctx, case_id, result, **facts)
    assert expected in codes(refused)


def test_the_bounds_themselves_are_allowed(ctx):
    case_id = a_case(ctx)
    a_call(ctx, case_id, "PRO", amount=10000, date=D(2026, 11, 23), means="card")  # all that is owed, today
    a_call(ctx, case_id, "DEJ", date=D(2026, 11, 23), proof="capture", because="il a rappelé en vain")
    assert len(whole(ctx, case_id).timeline) == 2


def test_a_callback_is_set_for_the_day_and_hour_agreed(ctx):
    case_id = a_case(ctx)
    a_call(ctx, case_id, "RAP", date=D(2026, 11, 28), hour="14h30")  # a Saturday: the debtor's own choice stands
    (task,) = whole(ctx, case_id).tasks
    assert (task.kind, task.due_on, task.due_at) == ("call_back", "2026-11-28", "14:30")


def test_the_person_may_choose_another_next_action(ctx):
    case_id = a_case(ctx)
    logged = a_call(ctx, case_id, "NRP", next_kind="first_letter", next_on=D(2026, 11, 30))
    assert (logged.next_kind, logged.next_on) == ("first_letter", "2026-11-30")


def test_a_correction_is_a_new_entry_and_withdraws_what_the_wrong_one_set(ctx):
    case_id = a_case(ctx)
    wrong = a_call(ctx, case_id, "CON", reason="erreur de saisie")
    a_call(ctx, case_id, "NRP", corrects=wrong.interaction_id)
    file = whole(ctx, case_id)
    assert file.holds == ()
    assert {(e.id, e.corrects, e.corrected_by) for e in file.timeline} == {
        (wrong.interaction_id, None, 2),
        (2, wrong.interaction_id, None),
    }
    assert file.head.last_on == "2026-11-23"
    with pytest.raises(Refusal) as refused:
        a_call(ctx, case_id, "NRP", corrects=wrong.interaction_id)
    assert codes(refused) == {("already-corrected", "corrects")}


def test_an_entry_of_another_case_cannot_be_corrected_from_here(ctx):
    one, two = a_case(ctx), a_case(ctx, name="Durand")
    logged = a_call(ctx, one, "NRP")
    with pytest.raises(Refusal) as refused:
        a_call(ctx, two, "NRP", corrects=logged.interaction_id)
    assert codes(refused) == {("entry-unknown", "corrects")}


def test_a_double_click_logs_once(ctx):
    case_id = a_case(ctx)
    entry = journal.ContactEntry(case_id, "call", "out", "NRP", journal.Facts(ctx.today))
    assert journal.log_contact(ctx, entry, "same") == journal.log_contact(ctx, entry, "same")
    assert len(whole(ctx, case_id).timeline) == 1


def test_a_note_changes_no_action_and_counts_as_no_contact(ctx):
    case_id = a_case(ctx)
    before = whole(ctx, case_id).tasks
    journal.add_note(ctx, case_id, "Appeler après 18 h", "n1")
    file = whole(ctx, case_id)
    assert file.tasks == before
    assert file.head.last_on is None
    assert [e.text for e in file.timeline] == ["Appeler après 18 h"]


def test_a_case_without_next_action_or_hold_comes_first_in_the_queue(ctx):
    big, lost = a_case(ctx, a_debt(amount=10_000_000)), a_case(ctx, name="Sans Suite")
    with ctx.write() as unit:
        unit.run("UPDATE tasks SET state = 'skipped' WHERE case_id = ?", (lost,))
        unit.touch(lost)
    page = cases.queue(ctx, "todo")
    assert [r.case_id for r in page.rows] == [lost, big]
    assert page.counters.lost == 1


def test_proof_and_read_models_hold_after_a_day_of_work(ctx):
    case_id = a_case(ctx)
    a_call(ctx, case_id, "NRP")
    a_call(ctx, case_id, "PRO", amount=5000, date=D(2026, 12, 1), means="card")
    a_call(ctx, case_id, "CON", reason="doute", because="second appel du jour")
    with ctx.store.read() as reader:
        assert audit.first_break(reader.conn) is None
        assert summaries.first_difference(reader.conn) is None


def test_correcting_a_closing_entry_reopens_the_case_with_the_next_action_it_announces(ctx):
    case_id = a_case(ctx)
    wrong = a_call(ctx, case_id, "RET", channel="none")
    logged = a_call(ctx, case_id, "NRP", corrects=wrong.interaction_id)
    file = whole(ctx, case_id)
    assert file.head.status == "open"
    assert [(t.kind, t.due_on) for t in file.tasks] == [(logged.next_kind, logged.next_on)]


def test_correcting_a_dispute_closes_it_and_correcting_a_wrong_number_frees_the_number(ctx):
    case_id = a_case(ctx, phone="06 12 34 56 78")
    point = whole(ctx, case_id).contact_points[0].id
    wrong = a_call(ctx, case_id, "CON", reason="mauvais dossier")
    a_call(ctx, case_id, "NRP", corrects=wrong.interaction_id)
    false = a_call(ctx, case_id, "FAU", point=point)
    a_call(ctx, case_id, "NRP", corrects=false.interaction_id)
    with ctx.store.read() as reader:
        assert reader.value("SELECT COUNT(*) FROM disputes WHERE closed_on IS NULL") == 0
    assert whole(ctx, case_id).contact_points[0].validity == "unknown"


def test_somebody_else_s_number_cannot_be_marked_from_this_case(ctx):
    other = whole(ctx, a_case(ctx, name="Autre", phone="06 12 34 56 78")).contact_points[0].id
    with pytest.raises(Refusal) as refused:
        a_call(ctx, a_case(ctx), "FAU", point=other)
    assert codes(refused) == {("choice-unknown", "contact_point")}


@pytest.mark.parametrize(("result", "facts", "field"), [
    ("PRO", {"amount": -100, "date": D(2026, 12, 1), "means": "card"}, "amount"),
    ("PRO", {"amount": 100, "date": D(2026, 12, 1), "means": "gold"}, "means"),
    ("NRP", {"next_kind": "evil"}, "next_kind"),
    ("NPAI", {}, "result"),
    ("PRO", {"amount": 100, "date": D(9999, 12, 31), "means": "card"}, "date"),
    ("NRP", {"happened_on": D(1900, 1, 1)}, "happened_on"),
])  # fmt: skip
def test_what_no_screen_offers_is_refused_on_its_field(ctx, result, facts, field):
    with pytest.raises(Refusal) as refused:
        a_call(ctx, a_case(ctx), result, **facts)
    assert field in {f for _, f in codes(refused)}


def test_a_hold_is_lifted_once(ctx):
    case_id = a_case(ctx)
    a_call(ctx, case_id, "AVO", name="Me Roux")
    (hold,) = whole(ctx, case_id).holds
    holds.lift_hold(ctx, hold.id, hold.row_version, "plus de conseil")
    with pytest.raises(Refusal) as refused:
        holds.lift_hold(ctx, hold.id, hold.row_version + 1, "plus de conseil")
    assert codes(refused) == {("hold-unknown", "hold")}


def test_of_two_holds_the_one_without_end_is_shown_with_its_own_end(ctx):
    case_id = a_case(ctx)
    a_call(ctx, case_id, "LJ", channel="none", date=D(2026, 11, 20), court="Lyon")
    a_call(ctx, case_id, "DEJ", date=D(2026, 11, 20), proof="relevé", because="appel passé avant de lire le jugement")
    head = whole(ctx, case_id).head
    assert (head.held_kind, head.held_until) == ("insolvency", None)


def test_nothing_is_planned_in_a_closed_case(ctx):
    case_id = a_case(ctx)
    a_call(ctx, case_id, "RET", channel="none")
    with pytest.raises(Refusal) as refused:
        journal.set_next_action(ctx, case_id, "call_back", ctx.today)
    assert codes(refused) == {("case-closed", "next_kind")}
