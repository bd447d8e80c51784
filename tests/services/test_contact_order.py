"""A number's validity and rank follow what happened with it, with the reason; one click puts another first."""

import datetime as dt
from dataclasses import replace

import pytest

from core.domain.messages import Refusal
from core.services import cases, contact_order, journal, local_time, people
from core.services.people import ContactPointEntry
from core.store.cases import ContactPoint
from tests.services.factory import a_call, a_case

PLACE = {"address": "3 allée des Tilleuls", "postcode": "38000", "city": "Grenoble"}


def numbered(ctx, **more):
    """A case whose debtor has two mobiles, in this order."""
    case_id = a_case(ctx, phone="0612345678", **more)
    debtor = cases.case_file(ctx, case_id).head.debtor_id
    second = people.add_contact_point(ctx, case_id, debtor, ContactPointEntry("phone", "0687654321"))
    return case_id, phones(ctx, case_id)[0].id, second


def a_number(value, kind="fixed"):
    return ContactPoint(1, 1, "phone", value, kind, "", "", "", "unknown", 1)


def points(ctx, case_id):
    return {point.id: point for point in cases.case_file(ctx, case_id).contact_points}


def phones(ctx, case_id):
    return [point for point in cases.case_file(ctx, case_id).contact_points if point.kind == "phone"]


@pytest.mark.parametrize("result", ["FAU", "HS"])
def test_a_dead_number_is_wrong_with_the_result_that_said_so_and_comes_last(ctx, result):
    case_id, first, second = numbered(ctx)
    a_call(ctx, case_id, result, point=first, happened_on=dt.date(2026, 11, 20))
    dead = points(ctx, case_id)[first]
    assert (dead.validity, dead.why, dead.why_on) == ("invalid", result, "2026-11-20")
    assert [point.id for point in phones(ctx, case_id)] == [second, first]


@pytest.mark.parametrize(("result", "channel", "kind"), [("NPAI", "letter", "address"), ("EMR", "email", "email")])
def test_returned_post_and_bounced_mail_mark_their_own_contact_point(ctx, result, channel, kind):
    case_id = a_case(ctx, phone="0612345678", email="a@example.org", **PLACE)
    point = next(one.id for one in points(ctx, case_id).values() if one.kind == kind)
    a_call(ctx, case_id, result, channel=channel, point=point)
    states = {one.kind: (one.validity, one.why) for one in points(ctx, case_id).values()}
    assert states.pop(kind) == ("invalid", result)
    assert set(states.values()) == {("unknown", "")}


def test_reaching_the_right_person_confirms_the_number_and_raises_it(ctx):
    case_id, first, second = numbered(ctx)
    a_call(ctx, case_id, "RAC", point=second)
    assert [(p.id, p.validity, p.why) for p in phones(ctx, case_id)] == [
        (second, "confirmed", "RAC"),
        (first, "unknown", ""),
    ]


def test_no_answer_changes_neither_validity_nor_order(ctx):
    case_id, first, second = numbered(ctx)
    a_call(ctx, case_id, "NRP", point=second)
    assert [(p.id, p.validity, p.why) for p in phones(ctx, case_id)] == [
        (first, "unknown", ""),
        (second, "unknown", ""),
    ]


def test_one_click_puts_a_number_first_and_again_puts_the_other(ctx):
    case_id, first, second = numbered(ctx)
    contact_order.use_first(ctx, case_id, second)
    assert [p.id for p in phones(ctx, case_id)] == [second, first]
    contact_order.use_first(ctx, case_id, first)
    assert [p.id for p in phones(ctx, case_id)] == [first, second]


def test_the_number_of_another_case_is_not_moved_from_here(ctx):
    _, first, _ = numbered(ctx)
    other = a_case(ctx, name="Roux", phone="0611111111")
    with pytest.raises(Refusal) as refused:
        contact_order.use_first(ctx, other, first)
    assert {p.code for p in refused.value.problems} == {"contact-unknown"}


def test_a_mark_by_hand_says_so_and_a_corrected_entry_takes_its_own_away(ctx):
    case_id, first, _ = numbered(ctx)
    journal.mark_contact_point(ctx, first, "confirmed")
    assert (points(ctx, case_id)[first].why, points(ctx, case_id)[first].why_on) == ("typed", "2026-11-23")
    wrong = a_call(ctx, case_id, "HS", point=first).interaction_id
    a_call(ctx, case_id, "NRP", point=first, corrects=wrong)
    assert (points(ctx, case_id)[first].validity, points(ctx, case_id)[first].why) == ("unknown", "")


@pytest.mark.parametrize(
    ("number", "hours"),
    [
        ("+33476000000", ("15:00",)),  # 14:00 UTC in November: 15:00 in Grenoble
        ("+262692123456", ("18:00",)),  # La Réunion, UTC+4 all year
        ("+596696123456", ("10:00",)),  # Martinique, UTC-4
        ("+32471123456", ("15:00",)),  # Belgium
    ],
)
def test_the_hour_there_now_is_that_of_the_number(number, hours):
    assert (
        local_time.now_there(dt.datetime(2026, 11, 23, 14, 0, tzinfo=dt.UTC), a_number(number), (), "Europe/Paris")
        == hours
    )


def test_the_hour_of_a_mainland_mobile_is_that_of_its_holders_address():
    home = ContactPoint(2, 1, "address", "3 rue Pasteur", "", "97200", "Fort-de-France", "FR", "unknown", 1)
    mobile = a_number("+33612345678", "mobile")
    at = dt.datetime(2026, 11, 23, 14, 0, tzinfo=dt.UTC)
    assert local_time.now_there(at, mobile, (mobile, home), "Europe/Paris") == ("10:00",)  # Martinique, UTC-4
    assert local_time.now_there(at, mobile, (mobile, replace(home, holder="relative")), "Europe/Paris") == ("15:00",)


@pytest.mark.parametrize(
    ("number", "place"),
    [
        ("+33476000000", "home"),
        ("+262692123456", "overseas"),
        ("+687751234", "overseas"),
        ("+32471123456", "abroad"),
        ("+37793101010", "abroad"),
    ],
)
def test_a_number_of_a_french_territory_is_overseas_and_not_foreign(number, place):
    assert local_time.whence(number) == place
