"""What is learnt while working a case is kept, found again, and refused on its field when wrong."""

import datetime as dt

import pytest

from core.domain.messages import Refusal
from core.services import cases, people
from core.services.people import ContactPointEntry
from tests.services.factory import a_case, a_debt

D = dt.date


def refused_on(function, *args):
    with pytest.raises(Refusal) as refused:
        function(*args)
    (problem,) = refused.value.problems
    return problem.field, problem.code


def test_a_new_number_is_kept_in_international_form_and_found_by_search(ctx):
    case_id = a_case(ctx)
    debtor = cases.case_file(ctx, case_id).head.debtor_id
    people.add_contact_point(ctx, case_id, debtor, ContactPointEntry("phone", "06.12.34.56.78"))
    assert [(p.kind, p.value, p.phone_kind, p.validity) for p in cases.case_file(ctx, case_id).contact_points] == [
        ("phone", "+33612345678", "mobile", "unknown")
    ]
    assert [r.case_id for r in cases.search(ctx, "0612345678")] == [case_id]
    assert refused_on(people.add_contact_point, ctx, case_id, debtor, ContactPointEntry("phone", "+33612345678")) == (
        "text",
        "contact-known",
    )


def test_wrong_contact_points_are_refused(ctx):
    case_id = a_case(ctx)
    debtor = cases.case_file(ctx, case_id).head.debtor_id
    for entry in (
        ContactPointEntry("phone", "12"),
        ContactPointEntry("email", "non"),
        ContactPointEntry("address", " "),
        ContactPointEntry("phone", ""),
        ContactPointEntry("fax", "1"),
    ):
        assert refused_on(people.add_contact_point, ctx, case_id, debtor, entry)[0] == "text"
    assert refused_on(people.add_contact_point, ctx, case_id, 999, ContactPointEntry("email", "a@exemple.fr")) == (
        "party",
        "party-unknown",
    )


def test_a_guarantor_is_in_the_case_and_the_search(ctx):
    case_id = a_case(ctx)
    people.add_person(ctx, case_id, "guarantor", "Bénédicte", "Aïcha", 500000)
    party = cases.case_file(ctx, case_id).parties[1]
    assert (party.role, party.name, party.first_name, party.liable_up_to) == ("guarantor", "Bénédicte", "Aïcha", 500000)
    assert [r.case_id for r in cases.search(ctx, "benedicte")] == [case_id]
    assert refused_on(people.add_person, ctx, case_id, "king", "X") == ("role", "choice-unknown")
    assert refused_on(people.add_person, ctx, 999, "heir", "X") == ("case", "case-unknown")


def test_the_first_letter_needs_its_reference_and_a_past_day_and_is_kept(ctx):
    case_id = a_case(ctx)
    version = cases.case_file(ctx, case_id).head.row_version
    assert refused_on(people.record_first_letter, ctx, case_id, version, " ", D(2026, 11, 1)) == (
        "reference",
        "field-empty",
    )
    assert refused_on(people.record_first_letter, ctx, case_id, version, "L-1", D(2026, 11, 24)) == (
        "sent_on",
        "date-in-future",
    )
    people.record_first_letter(ctx, case_id, version, "L-1", D(2026, 11, 23))
    head = cases.case_file(ctx, case_id).head
    assert (head.first_letter_ref, head.first_letter_on) == ("L-1", "2026-11-23")


def test_two_people_changing_the_same_case_the_second_is_told(ctx):
    case_id = a_case(ctx)
    version = cases.case_file(ctx, case_id).head.row_version
    people.record_first_letter(ctx, case_id, version, "L-1", D(2026, 11, 20))
    assert (
        refused_on(people.record_first_letter, ctx, case_id, version, "L-2", D(2026, 11, 21))[1] == "changed-meanwhile"
    )
    assert cases.case_file(ctx, case_id).head.first_letter_ref == "L-1"


def test_a_due_date_told_later_makes_the_debt_late(ctx):
    case_id = a_case(ctx, a_debt(due=None))
    (debt,) = cases.case_file(ctx, case_id).debts
    assert refused_on(people.set_due_date, ctx, debt.id, debt.row_version, D(2025, 12, 31)) == (
        "due_on",
        "due-before-issue",
    )
    people.set_due_date(ctx, debt.id, debt.row_version, D(2026, 2, 1))
    head = cases.case_file(ctx, case_id).head
    assert (head.overdue, head.undated) == (10000, 0)
