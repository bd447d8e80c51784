"""What is true of a person holds in all their cases, at all their numbers; one alone is contacted where there is one (CON-04 to CON-08)."""

import datetime as dt

import pytest

from core.domain.messages import Refusal
from core.services import (
    addressee,
    cases,
    consents,
    contact_gate,
    contact_points,
    disputes,
    holds,
    journal,
    letters,
    people,
)
from core.services.consents import ConsentEntry
from core.services.contact_gate import Intent
from core.services.contact_points import Whose
from core.services.disputes import DisputeEntry
from core.services.people import ContactPointEntry
from tests.services.factory import a_case, a_case_to_write, a_debt, ready_to_write

D = dt.date
MONDAY = D(2026, 11, 23)
KIND = disputes.dispute_kinds()[0]


def a_ready_case(ctx, *debts, **more):
    return a_case(ctx, *debts, creditor=ready_to_write(ctx), **more)


def bars(ctx, case_id, channel="call", point=None, **more):
    return [(bar.rule, bar.code) for bar in contact_gate.may_contact(ctx, Intent(case_id, channel, point, **more)).bars]


def points(ctx, case_id, kind="phone"):
    return [one.id for one in cases.case_file(ctx, case_id).contact_points if one.kind == kind]


def a_number(ctx, case_id, number, party=None, kind="phone"):
    party = party or cases.case_file(ctx, case_id).head.debtor_id
    return people.add_contact_point(ctx, case_id, party, ContactPointEntry(kind, number))


def says(ctx, case_id, point, channel, state, on=MONDAY):
    found = next(
        (c for c in cases.case_file(ctx, case_id).consents if (c.contact_point_id, c.channel) == (point, channel)), None
    )
    consents.set_consent(
        ctx, case_id, point, ConsentEntry(channel, state, on, "letter"), found.row_version if found else 0
    )


# CON-04 ------------------------------------------------------------------------------------------------------------------------------
def test_who_asks_not_to_be_called_is_called_at_no_number(ctx):
    case_id = a_ready_case(ctx, phone="06 12 34 56 78")
    (first,), second = points(ctx, case_id), a_number(ctx, case_id, "06 87 65 43 21")
    says(ctx, case_id, first, "call", "objected", D(2026, 11, 20))
    for point in (None, first, second):
        assert bars(ctx, case_id, point=point) == [("CON-04", "channel-objected")]
    assert bars(ctx, case_id, "sms", second) == []
    says(ctx, case_id, second, "call", "given", D(2026, 11, 19))  # before the objection
    assert bars(ctx, case_id, point=second) == [("CON-04", "channel-objected")]
    says(ctx, case_id, second, "call", "given", D(2026, 11, 20))  # that number, the same day or later
    assert bars(ctx, case_id, point=second) == []
    assert bars(ctx, case_id) == []


def test_an_objection_outlives_the_number_it_was_said_of(ctx):
    case_id = a_ready_case(ctx, phone="06 12 34 56 78")
    (first,), second = points(ctx, case_id), a_number(ctx, case_id, "06 87 65 43 21")
    says(ctx, case_id, first, "call", "objected")
    journal.mark_contact_point(ctx, first, "invalid")
    assert bars(ctx, case_id, point=second) == [("CON-04", "channel-objected")]


def test_who_does_not_want_to_be_called_at_work_is_called_at_home(ctx):
    case_id = a_ready_case(ctx, phone="06 12 34 56 78")
    (home,), work = points(ctx, case_id), a_number(ctx, case_id, "04 72 11 22 33")
    contact_points.say_whose(ctx, case_id, work, Whose("person", workplace=True, given=True), 1)
    says(ctx, case_id, work, "call", "objected")
    assert bars(ctx, case_id, point=work) == [("CON-04", "channel-objected")]
    assert bars(ctx, case_id, point=home) == []


# CON-05, CON-06 ----------------------------------------------------------------------------------------------------------------------
def test_a_letter_goes_to_no_address_that_somebody_else_answers(ctx):
    case_id = a_case_to_write(ctx)
    (own,) = points(ctx, case_id, "address")
    debtor = cases.case_file(ctx, case_id).head.debtor_id
    work = people.add_contact_point(
        ctx, case_id, debtor, ContactPointEntry("address", "1 place Grenette", "38000", "Grenoble")
    )
    contact_points.say_whose(ctx, case_id, work, Whose("employer"), 1)
    journal.mark_contact_point(ctx, work, "confirmed")
    assert letters.first_letter_preview(ctx, case_id, with_pdf=False).letter.debtor_address[0] == "3 allée des Tilleuls"
    journal.mark_contact_point(ctx, own, "invalid")
    assert letters.first_letter_preview(ctx, case_id, with_pdf=False).letter.debtor_address == ()


def test_a_third_person_of_the_case_is_only_asked_where_the_debtor_is(ctx):
    case_id = a_ready_case(ctx)
    friend = people.add_person(ctx, case_id, "other", "Brun")
    point = a_number(ctx, case_id, "04 72 11 22 33", friend)
    assert bars(ctx, case_id, point=point) == [("CON-05", "third-party")]
    found = contact_gate.may_contact(ctx, Intent(case_id, "call", point, purpose="locate"))
    assert found.allowed
    assert "CON-05" in str(found.must_say[0])


# CON-08 ------------------------------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("kind", ["deceased", "insolvency", "over_indebtedness", "guardianship"])
def test_what_is_true_of_the_person_stops_all_their_cases(ctx, kind):
    first = a_ready_case(ctx)
    second = a_ready_case(ctx, same=cases.case_file(ctx, first).head.debtor_id)
    stranger = a_ready_case(ctx, name="Autre")
    hold = holds.open_hold(ctx, holds.HoldEntry(first, None, kind, "pièce", None), "h")
    for channel in ("call", "sms", "email", "letter"):
        assert bars(ctx, second, channel) == [("CON-08", "case-held")]
    (bar,) = contact_gate.may_contact(ctx, Intent(second, "call")).bars
    assert cases.case_file(ctx, first).head.ref in str(bar.sentence)
    assert bars(ctx, stranger) == []
    holds.lift_hold(ctx, hold, 1, "erreur")
    assert bars(ctx, second) == []


def test_what_is_true_of_one_debt_or_case_leaves_the_others(ctx):
    first = a_ready_case(ctx)
    second = a_ready_case(ctx, same=cases.case_file(ctx, first).head.debtor_id)
    holds.open_hold(ctx, holds.HoldEntry(first, None, "payment_claimed", "virement annoncé", None), "h")
    assert bars(ctx, first) == [("CON-08", "case-held")]
    assert bars(ctx, second) == []


def test_who_asked_to_be_left_alone_is_only_written_to_in_every_case(ctx):
    first = a_ready_case(ctx)
    second = a_ready_case(ctx, same=cases.case_file(ctx, first).head.debtor_id)
    holds.open_hold(ctx, holds.HoldEntry(first, None, "opt_out", "lettre", None), "h")
    assert bars(ctx, second) == [("CON-04", "case-held")]
    assert bars(ctx, second, "letter") == []


def test_a_case_each_debt_of_which_is_disputed_is_left_until_the_answer(ctx):
    case_id = a_ready_case(ctx, a_debt("F-1"), a_debt("F-2"))
    one, other = (debt.id for debt in cases.case_file(ctx, case_id).debts)
    disputes.open_dispute(ctx, DisputeEntry(case_id, one, None, KIND, "montant contesté"), "d1")
    assert bars(ctx, case_id) == []  # the other is chased
    disputes.open_dispute(ctx, DisputeEntry(case_id, other, None, KIND, "montant contesté"), "d2")
    assert bars(ctx, case_id) == [("CON-08", "case-held")]


@pytest.mark.parametrize("role", ["lawyer", "guardian", "curator"])
def test_a_lawyer_guardian_or_curator_is_contacted_alone(ctx, role):
    case_id = a_ready_case(ctx, phone="06 12 34 56 78", email="jean@debiteur.example")
    party = people.add_person(ctx, case_id, role, "Roux", "Maître")
    theirs = a_number(ctx, case_id, "04 72 11 22 33", party)
    for channel, kind in (("call", "phone"), ("sms", "phone"), ("email", "email")):
        assert bars(ctx, case_id, channel, points(ctx, case_id, kind)[0]) == [("CON-08", "sole-contact")]
    assert bars(ctx, case_id, "letter") == [("CON-08", "sole-contact")]
    (bar,) = contact_gate.may_contact(ctx, Intent(case_id, "call")).bars
    assert "Maître Roux" in str(bar.remedy)
    assert bars(ctx, case_id, point=theirs) == []
    standing = addressee.standings(ctx, case_id)[party]
    addressee.acts_no_more(ctx, case_id, party, standing.row_version)
    assert bars(ctx, case_id, point=points(ctx, case_id)[0]) == []
    assert bars(ctx, case_id, point=theirs) == [("CON-05", "third-party")]


def test_a_representative_is_contacted_alone_once_it_was_said_so(ctx):
    case_id = a_ready_case(ctx)
    party = people.add_person(ctx, case_id, "representative", "Brun")
    theirs = a_number(ctx, case_id, "04 72 11 22 33", party)
    assert bars(ctx, case_id) == []
    addressee.set_sole(ctx, case_id, party, addressee.standings(ctx, case_id)[party].row_version, sole=True)
    assert bars(ctx, case_id) == [("CON-08", "sole-contact")]
    assert bars(ctx, case_id, point=theirs) == []
    assert bars(ctx, case_id, "letter", purpose="answer") == []  # a receipt is owed to the debtor
    addressee.set_sole(ctx, case_id, party, addressee.standings(ctx, case_id)[party].row_version, sole=False)
    assert bars(ctx, case_id) == []


def test_a_co_debtor_stands_for_nobody(ctx):
    case_id = a_ready_case(ctx)
    party = people.add_person(ctx, case_id, "co_debtor", "Brun")
    with pytest.raises(Refusal) as refused:
        addressee.set_sole(ctx, case_id, party, 1, sole=True)
    assert [(one.code, one.field) for one in refused.value.problems] == [("choice-unknown", "sole")]
    with pytest.raises(Refusal) as refused:
        addressee.acts_no_more(ctx, case_id, 999, 1)
    assert [one.code for one in refused.value.problems] == ["party-unknown"]


def test_many_are_judged_as_each_alone(ctx):
    """Cases that share persons, lookalikes, stops, objections and overrides: asked together they have the answers they have alone."""
    first = a_ready_case(ctx, name="Petit", phone="06 12 34 56 78", email="p@debiteur.example")
    second = a_ready_case(ctx, same=cases.case_file(ctx, first).head.debtor_id)
    alike = a_ready_case(ctx, name="Petit SARL", phone="06 12 34 56 78")
    held = a_ready_case(ctx, name="Arrêté", phone="0692 12 34 56")
    holds.open_hold(ctx, holds.HoldEntry(held, None, "complaint", "lettre", None), "h")
    says(ctx, first, points(ctx, first)[0], "sms", "objected")
    for _ in range(3):
        journal.log_contact(ctx, _attempt(ctx, first), f"c{_}")
    contact_gate.allow_once(ctx, Intent(alike, "call"), "rendez-vous pris", "o")
    asked = [
        Intent(case_id, channel, None, on=day)
        for case_id in (first, second, alike, held)
        for channel in contact_gate.CHANNELS
        for day in (MONDAY, D(2026, 11, 29), D(2026, 12, 24))
    ]
    together = contact_gate.may_contact_many(ctx, asked)
    assert list(together) == [contact_gate.may_contact(ctx, one) for one in asked]
    told = {(one.intent.case_id, one.intent.channel): [bar.rule for bar in one.bars] for one in together[::3]}
    assert told[first, "call"] == told[second, "call"] == ["CON-02"]
    assert told[alike, "call"] == []  # lifted by a lead
    assert told[second, "sms"] == ["CON-04"]
    assert told[held, "email"] == ["CON-08"]


def _attempt(ctx, case_id):
    from core.domain.outcomes import Facts
    from core.services.journal import ContactEntry

    return ContactEntry(case_id, "call", "out", "NRP", Facts(ctx.today))
