"""Appointments: a visit only once agreed to in writing, a report due the same day, a calendar file that names nobody."""

import datetime as dt
from dataclasses import replace

import pytest

from core.domain.messages import Refusal
from core.services import appointments, cases, consents, contact_gate, holds, team
from core.services.appointments import AppointmentEntry
from core.services.consents import ConsentEntry
from tests.services.factory import a_call, a_case, ready_to_write

D = dt.date
TODAY = D(2026, 11, 23)
PLACE = {"address": "3 allée des Tilleuls", "postcode": "38000", "city": "Grenoble"}


def codes(refused):
    return {(p.code, p.field) for p in refused.value.problems}


def an_entry(**more):
    return AppointmentEntry(
        **{"kind": "office", "on": D(2026, 11, 25), "at": "14h30", "place": "12 rue de la République", **more}
    )


def address_of(ctx, case_id):
    return next(p.id for p in cases.case_file(ctx, case_id).contact_points if p.kind == "address")


def agreed(ctx, case_id, source, state="given"):
    point = address_of(ctx, case_id)
    consents.set_consent(ctx, case_id, point, ConsentEntry("visit", state, TODAY, source), 0)
    return point


def test_its_report_is_a_next_action_of_the_day_itself(ctx):
    case_id, bob = a_case(ctx), team.add_colleague(ctx, "Bob Roy", "collector")
    appointments.set_appointment(ctx, case_id, an_entry(user_id=bob, people="Mme Roux, avocate"), "t")
    (one,) = appointments.appointments_of(ctx, case_id)
    assert (one.row.due_on, one.row.due_at, one.row.minutes, one.row.user) == ("2026-11-25", "14:30", 30, "Bob Roy")
    due = [(task.due_on, task.due_at) for task in cases.case_file(ctx, case_id).tasks if task.kind == "appointment"]
    assert due == [("2026-11-25", "14:30")]


def test_a_call_meanwhile_does_not_answer_it(ctx):
    case_id = a_case(ctx)
    appointments.set_appointment(ctx, case_id, an_entry(), "t")
    a_call(ctx, case_id, "NRP")
    assert "appointment" in {task.kind for task in cases.case_file(ctx, case_id).tasks}


def test_it_is_late_from_the_day_after_and_so_is_its_report(ctx):
    case_id = a_case(ctx)
    a_call(ctx, case_id, "NRP")  # the call again is later than the appointment
    number = appointments.set_appointment(ctx, case_id, an_entry(on=TODAY), "t")
    assert not appointments.appointments_of(ctx, case_id)[0].late
    after = replace(ctx, today=D(2026, 11, 24), now=ctx.now + dt.timedelta(days=1))
    assert appointments.appointments_of(after, case_id)[0].late
    row = next(one for one in cases.queue(after, "todo").rows if one.next_kind == "appointment")
    assert row.next_on < after.day  # in the queue as a late action
    appointments.report_appointment(after, number, 1, "no_agreement", "Présente, refuse l'échéancier")
    (one,) = appointments.appointments_of(after, case_id)
    assert (one.late, one.reported_late) == (False, True)


def test_reported_the_same_day_it_is_on_time_and_the_action_is_done(ctx):
    case_id = a_case(ctx)
    number = appointments.set_appointment(ctx, case_id, an_entry(on=TODAY), "t")
    appointments.report_appointment(ctx, number, 1, "agreed", "Deux échéances de 50 €")
    (one,) = appointments.appointments_of(ctx, case_id)
    assert (one.row.outcome, one.row.report, one.reported_late) == ("agreed", "Deux échéances de 50 €", False)
    assert "appointment" not in {task.kind for task in cases.case_file(ctx, case_id).tasks}
    assert cases.case_file(ctx, case_id).tasks  # never without next action


@pytest.mark.parametrize(
    ("on", "outcome", "words", "expected"),
    [
        (D(2026, 11, 24), "agreed", "Oui", ("appointment-early", "outcome")),  # tomorrow has not taken place
        (TODAY, "agreed", " ", ("field-empty", "words")),
        (TODAY, "agreed", "Son mari est malade", ("note-words", "words")),
        (TODAY, "dunno", "Oui", ("choice-unknown", "outcome")),
    ],
)
def test_a_report_that_cannot_be_is_refused_on_its_field(ctx, on, outcome, words, expected):
    case_id = a_case(ctx)
    number = appointments.set_appointment(ctx, case_id, an_entry(on=on), "t")
    with pytest.raises(Refusal) as refused:
        appointments.report_appointment(ctx, number, 1, outcome, words)
    assert expected in codes(refused)
    assert appointments.appointments_of(ctx, case_id)[0].row.outcome == ""


def test_one_called_off_needs_neither_its_day_nor_words_and_is_reported_once(ctx):
    case_id = a_case(ctx)
    number = appointments.set_appointment(ctx, case_id, an_entry(), "t")
    appointments.report_appointment(ctx, number, 1, "called_off", "")
    with pytest.raises(Refusal) as refused:
        appointments.report_appointment(ctx, number, 2, "absent", "")
    assert {p.code for p in refused.value.problems} == {"appointment-unknown"}


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ({"on": D(2026, 11, 22)}, ("date-in-past", "on")),
        ({"at": "25h"}, ("hour-unreadable", "at")),
        ({"place": ""}, ("field-empty", "place")),
        ({"minutes": 0}, ("minutes", "minutes")),
        ({"minutes": 481}, ("minutes", "minutes")),
        ({"kind": "cafe"}, ("choice-unknown", "kind")),
        ({"people": "Son fils, alcoolique"}, ("note-words", "people")),
    ],
)
def test_what_cannot_be_kept_is_refused_on_its_field(ctx, more, expected):
    with pytest.raises(Refusal) as refused:
        appointments.set_appointment(ctx, a_case(ctx), an_entry(**more), "t")
    assert expected in codes(refused)


@pytest.mark.parametrize("source", ["letter", "email", "sms"])
def test_a_visit_agreed_to_in_writing_is_set(ctx, source):
    case_id = a_case(ctx, creditor=ready_to_write(ctx), **PLACE)
    point = agreed(ctx, case_id, source)
    assert appointments.set_appointment(ctx, case_id, an_entry(kind="visit", contact_point_id=point), "t")


@pytest.mark.parametrize(
    ("source", "state"), [("call", "given"), ("creditor", "given"), ("letter", "objected"), (None, None)]
)
def test_without_a_written_agreement_a_visit_is_refused_by_its_rule_and_article(ctx, source, state):
    case_id = a_case(ctx, creditor=ready_to_write(ctx), **PLACE)
    point = agreed(ctx, case_id, source, state) if source else address_of(ctx, case_id)
    with pytest.raises(Refusal) as refused:
        appointments.set_appointment(ctx, case_id, an_entry(kind="visit", contact_point_id=point), "t")
    problem = refused.value.problems[-1]  # an objection is said besides (CON-04)
    assert (problem.code, problem.field) == ("visit-unagreed", "contact_point")
    from core.i18n import texts

    told = texts("fr").render(problem.reason)
    assert "CON-07" in told
    assert "C. consom., art. L. 121-7, 2°" in told
    assert appointments.appointments_of(ctx, case_id) == ()


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"at": "19h29"}, ""),
        ({"at": "19h30"}, "contact-hours"),
        ({"on": D(2026, 11, 29)}, "contact-hours"),  # a Sunday
        ({"on": D(2026, 11, 28), "at": "11h"}, ""),  # Saturday morning
    ],
)
def test_a_visit_is_planned_within_the_hours_of_the_policy(ctx, more, code):
    case_id = a_case(ctx, creditor=ready_to_write(ctx), **PLACE)
    entry = an_entry(kind="visit", contact_point_id=agreed(ctx, case_id, "letter"), **more)
    if not code:
        assert appointments.set_appointment(ctx, case_id, entry, "t")
        return
    with pytest.raises(Refusal) as refused:
        appointments.set_appointment(ctx, case_id, entry, "t")
    assert codes(refused) == {(code, "contact_point")}
    assert [row.rule for row in contact_gate.refusals(ctx, case_id)] == ["CON-01"]


def test_no_visit_is_planned_under_a_stop_whatever_was_agreed(ctx):
    case_id = a_case(ctx, creditor=ready_to_write(ctx), **PLACE)
    point = agreed(ctx, case_id, "letter")
    holds.open_hold(ctx, holds.HoldEntry(case_id, None, "deceased", "acte de décès", None), "h")
    with pytest.raises(Refusal) as refused:
        appointments.set_appointment(ctx, case_id, an_entry(kind="visit", contact_point_id=point), "t")
    assert codes(refused) == {("case-held", "contact_point")}


def test_a_visit_names_an_address_of_this_very_case(ctx):
    other = a_case(ctx, name="Roux", **PLACE)
    point = agreed(ctx, other, "letter")
    for wrong in (None, point):
        with pytest.raises(Refusal) as refused:
            appointments.set_appointment(ctx, a_case(ctx, **PLACE), an_entry(kind="visit", contact_point_id=wrong), "t")
        assert codes(refused) == {("visit-unagreed", "contact_point")}


def test_the_calendar_file_is_at_the_hour_of_paris_and_names_the_case_not_the_debtor(ctx):
    case_id = a_case(ctx, name="Lefèvre")
    number = appointments.set_appointment(ctx, case_id, an_entry(), "t")
    name, data = appointments.appointment_file(ctx, number)
    told = data.decode().replace("\r\n ", "")
    # 14:30 in Paris in November is 13:30 UTC
    assert "DTSTART:20261125T133000Z" in told
    assert cases.case_file(ctx, case_id).head.ref in told
    assert "Lefèvre" not in told
    assert name.endswith(".ics")


def test_a_double_click_sets_one(ctx):
    case_id = a_case(ctx)
    assert appointments.set_appointment(ctx, case_id, an_entry(), "t") == appointments.set_appointment(
        ctx, case_id, an_entry(), "t"
    )
    assert len(appointments.appointments_of(ctx, case_id)) == 1
