"""The one door before anyone is reached, on a real store: whole persons, refusals kept, one override for one contact, the truth told."""

import datetime as dt
from dataclasses import replace
from zoneinfo import ZoneInfo

import pytest

from core.domain.messages import Refusal
from core.domain.outcomes import Facts
from core.services import (
    cases,
    closures,
    consents,
    contact_gate,
    contact_points,
    contact_policy,
    creditors,
    holds,
    house,
    journal,
    letters,
    people,
    team,
)
from core.services.consents import ConsentEntry
from core.services.contact_gate import Intent
from core.services.contact_points import Whose
from core.services.context import User
from core.services.creditors import MandateEntry
from core.services.journal import ContactEntry
from core.services.people import ContactPointEntry
from tests.services.factory import a_call, a_case, a_case_to_write, ready_to_write

D = dt.date
PARIS = ZoneInfo("Europe/Paris")


TODAY = D(2026, 11, 23)  # a Monday


def clock(ctx, hour, day=TODAY):
    return replace(ctx, now=dt.datetime.combine(day, dt.time.fromisoformat(hour), PARIS), today=day)


@pytest.fixture
def ready(ctx):
    """Léa at ten in the morning, with a creditor for whom everything is in order."""
    return clock(ctx, "10:00")


def a_ready_case(ctx, **more):
    return a_case(ctx, creditor=ready_to_write(ctx), **more)


def a_colleague(ctx, name="Nadia"):
    return replace(ctx, user=User(team.add_colleague(ctx, name, "collector", f"{name}@x.example"), name, "collector"))


def ask(ctx, case_id, channel="call", point=None, **more):
    return contact_gate.may_contact(ctx, Intent(case_id, channel, point, **more))


def rules(verdict):
    return [bar.rule for bar in verdict.bars]


def refused(function, *args, **more):
    with pytest.raises(Refusal) as found:
        function(*args, **more)
    return [(problem.code, problem.field) for problem in found.value.problems]


def point_of(ctx, case_id, kind="phone"):
    return next(p for p in cases.case_file(ctx, case_id).contact_points if p.kind == kind)


def kept(ctx, case_id):
    return [(row.rule, row.outcome, row.decided_by, row.reason) for row in contact_gate.refusals(ctx, case_id)]


# Who is the same person --------------------------------------------------------------------------------------------------------------
def test_caps_are_shared_by_the_cases_of_a_person_and_by_colleagues(ready):
    first = a_ready_case(ready)
    debtor = cases.case_file(ready, first).head.debtor_id
    second = a_case(ready, creditor=ready_to_write(ready), same=debtor)
    a_call(ready, first, "NRP")
    a_call(a_colleague(ready), second, "NRP")
    assert ask(ready, first).allowed
    a_call(ready, first, "NRP")
    assert rules(ask(ready, second)) == ["CON-02"]
    assert refused(a_call, a_colleague(ready, "Yoann"), second, "NRP") == [("contact-often", "made_because")]
    assert ask(ready, a_ready_case(ready, name="Autre")).allowed


def test_another_party_with_the_same_telephone_is_likely_the_same_person(ready):
    one = a_ready_case(ready, name="Petit", phone="06 12 34 56 78")
    other = a_ready_case(ready, name="Petit SARL", phone="06 12 34 56 78")
    for _ in range(3):
        a_call(ready, one, "NRP")
    assert rules(ask(ready, other)) == ["CON-02"]


def test_a_contact_with_a_representative_is_not_counted_as_one_with_the_debtor(ready):
    case_id = a_ready_case(ready)
    receiver = people.add_person(ready, case_id, "representative", "Maître Roux")
    point = people.add_contact_point(ready, case_id, receiver, ContactPointEntry("phone", "04 72 11 22 33"))
    for _ in range(3):
        a_call(ready, case_id, "NRP", point=point)
    assert ask(ready, case_id).allowed
    assert rules(ask(ready, case_id, point=point)) == ["CON-02"]


def test_a_corrected_contact_and_a_returned_item_do_not_count(ready):
    case_id = a_ready_case(ready)
    wrong = [a_call(ready, case_id, "NRP") for _ in range(3)]
    a_call(ready, case_id, "RET", channel="none", corrects=wrong[0].interaction_id)
    closures.reopen_case(ready, case_id, "erreur", "r-1")
    assert ask(ready, case_id).allowed


def test_a_debtor_who_asked_to_be_called_back_may_be(ready):
    case_id = a_ready_case(ready)
    a_call(ready, case_id, "RAP", date=D(2026, 11, 23), hour="15:00")
    assert ask(ready, case_id).allowed
    other = a_ready_case(ready, name="Autre")
    a_call(ready, other, "RAP", date=D(2026, 11, 24), hour="15:00")
    assert rules(ask(ready, other)) == ["CON-02"]


# Where the person is -----------------------------------------------------------------------------------------------------------------
def test_a_number_of_la_reunion_is_called_by_its_own_clock(ready):
    case_id = a_ready_case(ready, phone="0692 12 34 56")
    point = point_of(ready, case_id).id
    assert ask(clock(ready, "06:00"), case_id, point=point).allowed
    found = ask(clock(ready, "17:00"), case_id, point=point)
    assert (rules(found), found.zone) == (["CON-01"], "Indian/Reunion")
    assert found.next_at == dt.datetime(2026, 11, 24, 5, tzinfo=dt.UTC)  # 9:00 there


def test_a_mainland_mobile_follows_the_address_of_its_holder(ready):
    place = {"address": "3 rue Pasteur", "postcode": "97200", "city": "Fort-de-France"}
    case_id = a_ready_case(ready, phone="06 12 34 56 78", **place)
    assert ask(ready, case_id, point=point_of(ready, case_id).id).zone == "America/Martinique"
    assert rules(ask(ready, case_id, point=point_of(ready, case_id).id)) == ["CON-01"]  # 5:00 there
    line = a_ready_case(ready, name="Ligne", phone="01 42 34 56 78", **place)
    assert ask(ready, line, point=point_of(ready, line).id).allowed


# Refused, overridden, told -----------------------------------------------------------------------------------------------------------
def test_a_contact_out_of_hours_is_not_logged_and_its_refusal_is_kept_with_the_next_moment(ready):
    case_id, late = a_ready_case(ready), clock(ready, "20:00")
    assert refused(a_call, late, case_id, "NRP") == [("contact-hours", "made_because")]
    assert cases.case_file(ready, case_id).timeline == ()
    (row,) = contact_gate.refusals(ready, case_id)
    assert (row.rule, row.channel, row.wanted_at, row.next_at, row.by, row.outcome) == (
        "CON-01", "call", "2026-11-23T19:00:00Z", "2026-11-24T08:00:00Z", "Léa Martin", "refused",
    )  # fmt: skip
    found = contact_gate.counted(ready, D(2026, 11, 23), D(2026, 11, 23))
    assert [(one.rule, one.outcome, one.number) for one in found] == [("CON-01", "refused", 1)]


def test_looking_writes_nothing(ready):
    case_id = a_ready_case(ready)
    assert not ask(clock(ready, "20:00"), case_id).allowed
    assert contact_gate.refusals(ready, case_id) == ()


def test_an_override_of_a_lead_serves_for_one_contact(ready):
    case_id, late = a_ready_case(ready), clock(ready, "20:00")
    refused(a_call, late, case_id, "NRP")
    assert contact_gate.allow_once(late, Intent(case_id, "call"), "rendez-vous pris par courriel", "t") == 1
    assert contact_gate.allow_once(late, Intent(case_id, "call"), "rendez-vous pris par courriel", "t") == 1
    assert ask(late, case_id).allowed
    assert not ask(late, case_id, "sms").allowed
    a_call(late, case_id, "NRP")
    assert kept(ready, case_id) == [("CON-01", "overridden", "Léa Martin", "rendez-vous pris par courriel")]
    assert refused(a_call, late, case_id, "NRP") == [("contact-hours", "made_because")]


def test_an_override_ends_with_its_day(ready):
    case_id = a_ready_case(ready)
    contact_gate.allow_once(clock(ready, "20:00"), Intent(case_id, "call"), "urgence", "t")
    assert ask(clock(ready, "23:59"), case_id).allowed
    assert rules(ask(clock(ready, "00:00", D(2026, 11, 24)), case_id)) == ["CON-01"]


def test_nobody_but_a_lead_overrides_nor_without_a_reason_nor_a_bar_of_the_law(ready):
    case_id, late = a_ready_case(ready), clock(ready, "20:00")
    intent = Intent(case_id, "call")
    assert refused(contact_gate.allow_once, a_colleague(late), intent, "motif", "a") == [("forbidden", "")]
    assert refused(contact_gate.allow_once, late, intent, " ", "b") == [("field-empty", "reason")]
    assert refused(contact_gate.allow_once, ready, intent, "motif", "c") == [("nothing-refused", "reason")]
    assert refused(contact_gate.allow_once, late, Intent(case_id, "visit"), "motif", "d") == [
        ("visit-unagreed", "reason")
    ]


def test_a_call_that_took_place_is_told_with_its_reason_and_counted(ready):
    case_id, late = a_ready_case(ready), clock(ready, "20:00")
    a_call(late, case_id, "NRP", because="il avait demandé ce soir")
    assert len(cases.case_file(ready, case_id).timeline) == 1
    assert kept(ready, case_id) == [("CON-01", "made", "Léa Martin", "il avait demandé ce soir")]
    assert not ask(late, case_id).allowed


def test_what_the_debtor_does_is_always_logged(ready):
    case_id = a_ready_case(ready)
    holds.open_hold(ready, holds.HoldEntry(case_id, None, "insolvency", "jugement", None), "h")
    entry = ContactEntry(case_id, "call", "in", "REF", Facts(ready.today, words=(("reason", "ne veut pas"),)))
    journal.log_contact(clock(ready, "22:00"), entry, "in")
    assert contact_gate.refusals(ready, case_id) == ()


def test_the_hour_typed_is_the_one_judged(ready):
    case_id = a_ready_case(ready)
    a_call(ready, case_id, "NRP", happened_on=D(2026, 11, 21), at="11h59")  # Saturday
    assert refused(a_call, ready, case_id, "NRP", happened_on=D(2026, 11, 21), at="12:00") == [
        ("contact-hours", "made_because")
    ]
    a_call(ready, case_id, "NRP", happened_on=D(2026, 11, 21))  # the hour is not known: the day is open


def test_a_letter_that_may_not_leave_leaves_its_refusal(ready):
    case_id = a_case_to_write(ready)
    holds.open_hold(ready, holds.HoldEntry(case_id, None, "deceased", "acte", None), "h")
    assert refused(letters.issue_first_letter, ready, case_id, "letter", "t") == [("case-held", "case")]
    assert kept(ready, case_id) == [("CON-08", "refused", None, None)]


# The law's bars ----------------------------------------------------------------------------------------------------------------------
def test_a_mandate_that_lacks_is_said_before_any_contact(ready):
    case_id = a_case(ready)
    assert set(rules(ask(ready, case_id))) == {"LET-15"}
    assert ask(ready, a_ready_case(ready)).allowed


@pytest.mark.parametrize(("kind", "role"), [
    ("guardianship", "guardian"), ("represented", "lawyer"), ("deceased", "heir"), ("insolvency", "representative"),
    ("over_indebtedness", "representative"),
])  # fmt: skip
def test_under_a_stop_the_representative_stays_reachable_and_the_debtor_is_not(ready, kind, role):
    case_id = a_ready_case(ready)
    party = people.add_person(ready, case_id, role, "Roux")
    point = people.add_contact_point(ready, case_id, party, ContactPointEntry("phone", "04 72 11 22 33"))
    holds.open_hold(ready, holds.HoldEntry(case_id, None, kind, "pièce au dossier", None), "h")
    assert rules(ask(ready, case_id)) == ["CON-08"]
    assert ask(ready, case_id, point=point).allowed


def test_whose_a_number_is_decides_what_may_be_said_there(ready):
    case_id = a_ready_case(ready, phone="06 12 34 56 78")
    debtor = cases.case_file(ready, case_id).head.debtor_id
    work = people.add_contact_point(ready, case_id, debtor, ContactPointEntry("phone", "04 72 11 22 33"))
    contact_points.say_whose(ready, case_id, work, Whose("person", workplace=True), 1)
    assert rules(ask(ready, case_id, point=work)) == ["CON-06"]
    contact_points.say_whose(ready, case_id, work, Whose("person", workplace=True, given=True), 2)
    assert ask(ready, case_id, point=work).allowed
    contact_points.say_whose(ready, case_id, work, Whose("employer"), 3)
    assert rules(ask(ready, case_id, point=work)) == ["CON-05"]
    a_call(ready, case_id, "TIE", point=work, name="standard")  # asked only where the person can be reached
    assert refused(a_call, ready, case_id, "REF", point=work, reason="non") == [("third-party", "made_because")]
    assert refused(contact_points.say_whose, ready, case_id, work, Whose("friend"), 4) == [("choice-unknown", "holder")]
    assert refused(contact_points.say_whose, ready, case_id, work, Whose("person"), 1)[0][0] == "changed-meanwhile"


@pytest.mark.parametrize(
    ("source", "allowed"), [("letter", True), ("email", True), ("call", False), ("creditor", False)]
)
def test_a_visit_is_agreed_to_in_writing(ready, source, allowed):
    place = {"address": "3 allée des Tilleuls", "postcode": "38000", "city": "Grenoble"}
    case_id = a_ready_case(ready, **place)
    point = point_of(ready, case_id, "address").id
    consents.set_consent(ready, case_id, point, ConsentEntry("visit", "given", D(2026, 11, 20), source), 0)
    assert ask(ready, case_id, "visit", point).allowed is allowed


# The policy --------------------------------------------------------------------------------------------------------------------------
def as_typed(ctx, **changed):
    return contact_policy.PolicyEntry(**{**contact_policy.policy(ctx).policy.kept(), **changed})


def test_a_lead_changes_the_policy_by_versions_and_it_holds_at_once(ready):
    case_id = a_ready_case(ready)
    assert contact_policy.save_policy(ready, as_typed(ready, weekdays="09:00-18:00"), 0) == 1
    assert rules(ask(clock(ready, "18:00"), case_id)) == ["CON-01"]
    assert refused(contact_policy.save_policy, ready, as_typed(ready), 0)[0][0] == "changed-meanwhile"
    bad = as_typed(ready, weekdays="05:00-25:00", saturday="x", attempts_per_day=99)
    assert [field for _, field in refused(contact_policy.save_policy, ready, bad, 1)] == [
        "weekdays", "saturday", "attempts_per_day",
    ]  # fmt: skip
    assert refused(contact_policy.save_policy, a_colleague(ready), as_typed(ready), 1) == [("forbidden", "")]


def test_a_mandate_narrows_the_policy_for_its_cases_only(ready):
    creditor = ready_to_write(ready)
    row = creditors.creditor_file(ready, creditor).mandates[0]
    terms = {name: getattr(row, name) for name in ("basis", "amounts", "guarantee", "fee_terms", "remittance_terms")}
    entry = MandateEntry(
        row.ref, D(2026, 1, 2), power_to_receive=True, **terms, saturday="", weekdays="14:00-18:00", attempts_per_day=1
    )
    creditors.save_mandate(ready, creditor, entry, row.id, row.row_version)
    case_id = a_case(ready, creditor=creditor)
    assert rules(ask(ready, case_id)) == ["CON-01"]
    assert ask(ready, a_ready_case(ready, name="Autre")).allowed
    wider = replace(entry, weekdays="08:00-18:00", attempts_per_day=4)
    assert refused(creditors.save_mandate, ready, creditor, wider, row.id, row.row_version + 1) == [
        ("policy-looser", "weekdays"), ("policy-looser", "attempts_per_day"),
    ]  # fmt: skip


def test_many_are_asked_at_once_in_their_order(ready):
    one, other = a_ready_case(ready), a_case(ready)
    found = contact_gate.may_contact_many(ready, [Intent(one, "call"), Intent(other, "call"), Intent(one, "visit")])
    assert [verdict.allowed for verdict in found] == [True, False, False]
    assert refused(contact_gate.may_contact, ready, Intent(999, "call")) == [("case-unknown", "case")]


@pytest.mark.parametrize("real", ["00:00:00", "07:59:59", "12:00:00", "23:59:59"])
def test_a_told_day_passes_within_the_hours_of_work_whatever_the_real_hour(monkeypatch, real):
    class Clock(dt.datetime):
        @classmethod
        def now(cls, tz=None):
            return cls.fromisoformat(f"2031-05-06T{real}").replace(tzinfo=tz)

    monkeypatch.setattr(house.dt, "datetime", Clock)
    monkeypatch.setenv("QUITTANCE_TODAY", "2026-07-14")
    found = house.now()
    assert found.date() == D(2026, 7, 14)
    assert 9 <= found.hour < 15
