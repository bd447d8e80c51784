"""The register of complaints: days of the policy, late ones, the stop it sets and lifts, the rate per 1,000 contacts."""

import datetime as dt
from dataclasses import replace
from decimal import Decimal

import pytest

from core.domain.messages import Refusal
from core.services import cases, complaints, team, upkeep
from core.services.complaints import ComplaintEntry
from tests.services.factory import a_call, a_case

D = dt.date
TODAY = D(2026, 11, 23)


def entry(ctx, **more):
    known = {"from_kind": "debtor", "name": "M. Lefèvre", "channel": "email", "subject": "tone", "about": "agency", "owner_id": ctx.user.id,
             "received_on": D(2026, 11, 20), "words": "Trop d'appels"}  # fmt: skip
    return ComplaintEntry(**{**known, **more})


def codes(refused):
    return {(p.code, p.field) for p in refused.value.problems}


def test_a_complaint_has_a_reference_an_owner_and_the_days_of_the_policy(ctx):
    number = complaints.record(ctx, entry(ctx), "t")
    assert complaints.record(ctx, entry(ctx), "t") == number  # a double click
    (row,) = complaints.register(ctx).rows
    assert (row.ref, row.owner, row.name) == ("R-2026-0001", "Léa Martin", "M. Lefèvre")
    # 20 November + 10 days and + 60 days
    assert (row.acknowledge_by, row.answer_by) == ("2026-11-30", "2027-01-19")


def test_it_is_late_the_day_after_its_day_and_not_before(ctx):
    complaints.record(ctx, entry(ctx, received_on=TODAY, answer_by=D(2026, 12, 20)), "t")
    for day, expected in ((D(2026, 12, 3), 0), (D(2026, 12, 4), 1)):  # acknowledgment by 3 December
        assert complaints.late(replace(ctx, today=day)) == expected, day
    complaints.acknowledge(ctx, 1, 1, TODAY)
    for day, expected in ((D(2026, 12, 4), 0), (D(2026, 12, 20), 0), (D(2026, 12, 21), 1)):
        assert complaints.late(replace(ctx, today=day)) == expected, day
    complaints.answer(ctx, 1, 2, TODAY, "rejected", "Deux appels en un mois, dans les heures")
    assert complaints.late(replace(ctx, today=D(2027, 6, 1))) == 0
    assert complaints.register(ctx).counts == {"open": 0, "late": 0, "answered": 1}


def test_a_complaint_may_stop_its_case_until_it_is_answered(ctx):
    case_id = a_case(ctx)
    complaints.record(ctx, entry(ctx, case_id=case_id, hold=True), "t")
    file = cases.case_file(ctx, case_id)
    assert [hold.kind for hold in file.holds] == ["complaint"]
    assert [task.kind for task in file.tasks] == ["review_hold"]
    complaints.answer(ctx, 1, 1, TODAY, "upheld", "Excuses présentées", "Plus d'appel le samedi")
    after = cases.case_file(ctx, case_id)
    assert (after.holds, [task.kind for task in after.tasks]) == ((), ["call_back"])
    assert upkeep.verify(ctx).read_model is True


def test_without_a_stop_the_case_goes_on_and_its_journal_tells_each_step(ctx):
    case_id = a_case(ctx)
    planned = [task.kind for task in cases.case_file(ctx, case_id).tasks]
    complaints.record(ctx, entry(ctx, case_id=case_id), "t")
    complaints.acknowledge(ctx, 1, 1, TODAY)
    complaints.answer(ctx, 1, 2, TODAY, "withdrawn", "Retirée par téléphone")
    file = cases.case_file(ctx, case_id)
    assert [task.kind for task in file.tasks] == planned
    steps = [
        word for entry in file.timeline for word in ("received", "acknowledged", "answered") if word in entry.extra
    ]
    assert steps == ["answered", "acknowledged", "received"]


def test_what_is_wrong_is_refused_on_its_field_all_at_once(ctx):
    with pytest.raises(Refusal) as refused:
        complaints.record(ctx, entry(ctx, subject="?", words=" ", owner_id=99, received_on=D(2026, 11, 24)), "t")
    assert codes(refused) == {
        ("choice-unknown", "subject"), ("field-empty", "words"), ("colleague-unknown", "owner"), ("date-in-future", "received_on"),
    }  # fmt: skip
    with pytest.raises(Refusal) as refused:
        complaints.record(ctx, entry(ctx, about="colleague"), "t")
    assert codes(refused) == {("colleague-unknown", "about_user")}
    assert complaints.register(ctx).rows == ()


def test_an_upheld_complaint_says_what_the_house_learns(ctx):
    complaints.record(ctx, entry(ctx), "t")
    with pytest.raises(Refusal) as refused:
        complaints.answer(ctx, 1, 1, TODAY, "partly", "Oui", "")
    assert codes(refused) == {("field-empty", "lessons")}


def test_an_answer_is_not_before_the_complaint_nor_given_twice(ctx):
    complaints.record(ctx, entry(ctx), "t")
    with pytest.raises(Refusal) as refused:
        complaints.answer(ctx, 1, 1, D(2026, 11, 19), "rejected", "Non")
    assert codes(refused) == {("date-in-past", "on")}
    complaints.answer(ctx, 1, 1, D(2026, 11, 20), "rejected", "Non")
    with pytest.raises(Refusal) as refused:
        complaints.answer(ctx, 1, 2, TODAY, "rejected", "Non")
    assert codes(refused) == {("complaint-unknown", "complaint")}


def test_somebody_else_may_answer_it(ctx):
    karim = team.add_colleague(ctx, "Karim", "collector")
    complaints.record(ctx, entry(ctx), "t")
    complaints.hand_over(ctx, 1, 1, karim)
    assert complaints.register(ctx).rows[0].owner == "Karim"


def test_complaints_are_counted_per_thousand_contacts_of_the_same_days(ctx):
    assert complaints.rate(ctx, D(2026, 11, 1), TODAY).per_thousand is None
    for _ in range(3):
        wrong = a_call(ctx, a_case(ctx), "NRP")
    complaints.record(ctx, entry(ctx), "t")
    found = complaints.rate(ctx, D(2026, 11, 20), TODAY)
    # 1 x 1000 / 3 = 333.33
    assert (found.complaints, found.contacts, found.per_thousand) == (1, 3, Decimal("333.3"))
    with ctx.store.read() as reader:
        case_id = reader.value("SELECT case_id FROM interactions WHERE id = ?", (wrong.interaction_id,))
    a_call(ctx, case_id, "RAC", corrects=wrong.interaction_id)
    assert (
        complaints.rate(ctx, D(2026, 11, 20), TODAY).contacts == 3
    )  # the corrected entry is not counted, the new one is
    assert complaints.rate(ctx, D(2026, 11, 21), TODAY).complaints == 0
