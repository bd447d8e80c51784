"""A call begun stays known until it is recorded, explained or left; what is left stands in the silence report."""

import datetime as dt

import pytest

from core.domain.messages import Refusal
from core.services import calls, cases, journal
from tests.services.factory import a_call, a_case

DAY = dt.date(2026, 11, 23)


def waiting(ctx):
    return [one.case_id for one in calls.open_calls(ctx)]


def test_a_call_begun_twice_is_one_and_recording_it_ends_it(ctx):
    case_id = a_case(ctx, phone="0612345678")
    (point,) = [p.id for p in cases.case_file(ctx, case_id).contact_points]
    first = calls.begin(ctx, case_id, point)
    assert calls.begin(ctx, case_id) == first
    (open_call,) = calls.open_calls(ctx)
    assert (open_call.debtor, open_call.contact_point_id, open_call.begun_on) == ("Lefèvre", point, "2026-11-23")
    a_call(ctx, case_id, "NRP")
    assert waiting(ctx) == []
    assert calls.unrecorded(ctx, DAY, DAY) == ()


def test_a_note_or_another_case_does_not_record_it(ctx):
    case_id, other = a_case(ctx), a_case(ctx)
    calls.begin(ctx, case_id)
    journal.add_note(ctx, case_id, "Vu le dossier", "n")
    a_call(ctx, other, "NRP")
    assert waiting(ctx) == [case_id]


def test_why_it_is_not_recorded_goes_to_the_journal_once(ctx):
    case_id = a_case(ctx)
    call_id = calls.begin(ctx, case_id)
    with pytest.raises(Refusal) as caught:
        calls.explain(ctx, call_id, "  ", "t")
    assert caught.value.problems[0].field == "why"
    for _ in range(2):
        calls.explain(ctx, call_id, "Mauvais bouton", "t")
    file = cases.case_file(ctx, case_id)
    assert [(e.channel, e.text) for e in file.timeline] == [("note", "Appel commencé, non enregistré : Mauvais bouton")]
    assert [task.kind for task in file.tasks] == ["first_call"]
    assert calls.unrecorded(ctx, DAY, DAY) == ()


def test_left_as_begun_it_stands_in_the_silence_report_and_may_be_begun_anew(ctx):
    case_id = a_case(ctx)
    call_id = calls.begin(ctx, case_id)
    calls.leave(ctx, call_id)
    assert waiting(ctx) == []
    (row,) = calls.unrecorded(ctx, DAY, DAY)
    assert (row.case_id, row.by, row.state) == (case_id, "Léa Martin", "left")
    assert calls.unrecorded(ctx, dt.date(2026, 11, 24), dt.date(2026, 11, 24)) == ()
    assert calls.begin(ctx, case_id) != call_id


def test_no_call_begins_on_an_unknown_or_a_closed_case_and_nobody_ends_anothers(ctx):
    with pytest.raises(Refusal):
        calls.begin(ctx, 4000)
    case_id = a_case(ctx)
    a_call(ctx, case_id, "RET", channel="none")
    with pytest.raises(Refusal) as caught:
        calls.begin(ctx, case_id)
    assert caught.value.problems[0].code == "case-closed"
    with pytest.raises(Refusal) as caught:
        calls.leave(ctx, 99)
    assert caught.value.problems[0].code == "call-unknown"
