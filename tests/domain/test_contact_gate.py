"""The contact gate, rule by rule and both ways: the day before, of and after; clocks overseas; the next permitted minute."""

import datetime as dt
from dataclasses import replace
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.domain.contact_gate import judge
from core.domain.contact_hours import Place
from core.domain.contact_intent import Facts, Fragile, Intent, Past, Sole, Stop, Target
from core.domain.messages import Problem, msg
from core.domain.phone_zones import moves, zones_of_number, zones_of_region
from core.law.calendar_rules import deadline_rules
from core.law.contact_policy import contact_policy
from core.law.strict_yaml import Label

D = dt.date
PARIS = "Europe/Paris"
POLICY, ANCHORS = contact_policy().default, contact_policy().anchors
FREE = Facts(Place((PARIS,)), PARIS, deadline_rules().holidays, first_letter_on=D(2026, 1, 5))


def at(day: str, hour: str, zone: str = PARIS) -> dt.datetime:
    return dt.datetime.fromisoformat(f"{day}T{hour}").replace(tzinfo=ZoneInfo(zone))


def ask(facts=FREE, channel="call", when=None, policy=POLICY, **more):
    return judge(Intent(1, channel, None, when or at("2026-11-23", "10:00"), **more), facts, policy, ANCHORS)


def rules(verdict):
    return [bar.rule for bar in verdict.bars]


# CON-01 ---------------------------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(("day", "hour", "refused"), [
    ("2026-11-23", "08:59", True), ("2026-11-23", "09:00", False), ("2026-11-23", "19:29", False), ("2026-11-23", "19:30", True),
    ("2026-11-28", "09:00", False), ("2026-11-28", "11:59", False), ("2026-11-28", "12:00", True),  # a Saturday
    ("2026-11-29", "10:00", True),  # a Sunday
    ("2026-11-10", "10:00", False), ("2026-11-11", "10:00", True), ("2026-11-12", "10:00", False),  # Armistice Day between two days
    ("2026-12-24", "10:00", False), ("2026-12-25", "10:00", True), ("2027-03-29", "10:00", True),  # Christmas, Easter Monday
])  # fmt: skip
def test_calls_sms_and_visits_keep_to_the_days_and_hours_of_the_policy(day, hour, refused):
    agreed = replace(FREE, target=Target(agreed_on=D(2026, 1, 1)))
    for channel in ("call", "sms", "visit", "email"):
        assert rules(ask(agreed, channel, at(day, hour))) == (["CON-01"] if refused else [])
    assert ask(agreed, "letter", at(day, hour)).allowed
    assert ask(agreed, "email", at(day, hour), purpose="answer").allowed
    assert ask(agreed, "email", at(day, hour), policy=replace(POLICY, emails_too=False)).allowed


@pytest.mark.parametrize(("zone", "paris", "refused"), [
    ("Indian/Reunion", "05:59", True), ("Indian/Reunion", "06:00", False),  # 9:00 there is 6:00 in Paris in winter (UTC+4, UTC+1)
    ("Indian/Reunion", "16:29", False), ("Indian/Reunion", "16:30", True),
    ("America/Martinique", "13:59", True), ("America/Martinique", "14:00", False),  # UTC-4
    ("Pacific/Noumea", "09:29", False), ("Pacific/Noumea", "09:30", True), ("Pacific/Noumea", "23:00", False),  # UTC+11: 9:00 on Tuesday
])  # fmt: skip
def test_the_hours_are_those_of_the_debtors_clock(zone, paris, refused):
    found = ask(replace(FREE, place=Place((zone,))), when=at("2026-11-23", paris))
    assert rules(found) == (["CON-01"] if refused else [])
    assert zone in found.bars[0].given if refused else True


def test_summer_time_moves_the_agencys_hour_not_the_debtors():
    # 29 March 2026 is the change: at 9:00 in Martinique it is 14:00 in Paris the Friday before, 15:00 the Monday after.
    there = replace(FREE, place=Place(("America/Martinique",)))
    assert ask(there, when=at("2026-03-27", "14:00")).allowed
    assert not ask(there, when=at("2026-03-30", "14:59")).allowed
    assert ask(there, when=at("2026-03-30", "15:00")).allowed


def test_a_number_of_two_zones_is_called_when_both_are_awake():
    both = replace(FREE, place=Place(("Indian/Mayotte", "Indian/Reunion")))  # UTC+3 and UTC+4
    assert not ask(both, when=at("2026-11-23", "06:59")).allowed  # 8:59 in Mayotte
    assert ask(both, when=at("2026-11-23", "07:00")).allowed
    assert not ask(both, when=at("2026-11-23", "16:30")).allowed  # 19:30 in La Réunion


def test_the_holiday_of_a_territory_is_its_own():
    martinique = replace(FREE, place=Place(("America/Martinique",), "972"))
    assert rules(ask(martinique, when=at("2026-05-22", "16:00"))) == ["CON-01"]
    assert ask(replace(FREE, place=Place(("America/Guadeloupe",), "971")), when=at("2026-05-22", "16:00")).allowed


def test_a_contact_whose_hour_nobody_noted_is_judged_by_its_day():
    def day(on):
        return judge(Intent(1, "call", on=on), FREE, POLICY, ANCHORS)

    assert day(D(2026, 11, 23)).allowed
    assert rules(day(D(2026, 11, 22))) == ["CON-01"]


@pytest.mark.parametrize(("number", "zones"), [
    ("+262692123456", ("Indian/Reunion",)), ("+262262123456", ("Indian/Reunion",)), ("+262639123456", ("Indian/Mayotte",)),
    ("+596696123456", ("America/Martinique",)), ("+590690123456", ("America/Guadeloupe",)), ("+594694123456", ("America/Cayenne",)),
    ("+687751234", ("Pacific/Noumea",)), ("+3225551234", ("Europe/Brussels",)), ("+33612345678", (PARIS,)), ("+33639980000", (PARIS,)),
])  # fmt: skip
def test_a_number_says_where_its_holder_is(number, zones):
    assert zones_of_number(number) == zones


def test_a_mobile_of_mainland_france_goes_with_its_holder_and_a_line_stays():
    assert moves("+33612345678", "mobile")
    assert not moves("+33142345678", "fixed")
    assert not moves("+262692123456", "mobile")
    assert zones_of_region("NC") == ("Pacific/Noumea",)


# CON-02, CON-03 -----------------------------------------------------------------------------------------------------------------------
def tried(day: str, times: int = 1, *, answered: bool = False, channel: str = "call") -> tuple[Past, ...]:
    return (Past(D.fromisoformat(day), channel, channel == "call", answered),) * times


@pytest.mark.parametrize(("past", "refused"), [
    (tried("2026-11-23", 2), False), (tried("2026-11-23", 3), True), (tried("2026-11-20", 3), False),  # attempts of the day
    (tried("2026-11-23", 1, answered=True), True), (tried("2026-11-20", 1, answered=True), False),  # conversation of the day
])  # fmt: skip
def test_attempts_and_conversations_of_a_day_are_capped(past, refused):
    found = ask(replace(FREE, past=past))
    assert rules(found) == (["CON-02"] if refused else [])
    if refused:  # the next day at nine
        assert found.next_at == at("2026-11-24", "09:00")


def test_the_fifth_conversation_in_thirty_days_waits_until_the_first_is_thirty_days_old():
    past = sum((tried(day, answered=True) for day in ("2026-11-02", "2026-11-05", "2026-11-12", "2026-11-19")), ())
    found = ask(replace(FREE, past=past))
    assert rules(found) == ["CON-02"]
    assert found.next_at == at("2026-12-02", "09:00")  # 2 November is the first of thirty days that end on 1 December
    assert ask(replace(FREE, past=past[1:])).allowed
    assert ask(replace(FREE, past=past, asked=True)).allowed  # the debtor asked to be called


def test_a_debtor_who_asked_to_be_called_is_not_rung_without_end_nor_written_to_beyond_the_cap():
    rung = replace(FREE, past=tried("2026-11-23", 3), asked=True)
    assert rules(ask(rung)) == ["CON-02"]
    assert ask(replace(rung, past=tried("2026-11-23", 2, answered=True))).allowed
    week = replace(FREE, past=tried("2026-11-20", 7, channel="letter"), asked=True)
    assert ask(week).allowed
    assert rules(ask(week, "sms")) == ["CON-03"]


def test_seven_contacts_by_any_channel_fill_seven_days():
    past = tried("2026-11-17", 3, channel="email") + tried("2026-11-19", 2, channel="letter") + tried("2026-11-20", 2)
    for channel in ("call", "email", "letter", "sms"):
        found = ask(replace(FREE, past=past), channel)
        assert rules(found) == ["CON-03"]
    assert ask(replace(FREE, past=past), "letter").next_at == at("2026-11-24", "00:00")
    assert ask(replace(FREE, past=past), "email").next_at == at("2026-11-24", "09:00")
    assert ask(replace(FREE, past=past[1:]), "email").allowed
    assert ask(replace(FREE, past=past), "email", at("2026-11-24", "10:00")).allowed
    assert ask(replace(FREE, past=past), "letter", purpose="answer").allowed


def test_a_limit_of_none_has_no_next_moment():
    found = ask(policy=replace(POLICY, contacts_per_week=0))
    assert (rules(found), found.next_at, found.moment()) == (["CON-03"], None, None)


def test_an_override_lifts_the_houses_own_rule_and_no_other():
    late = at("2026-11-23", "21:00")
    found = ask(replace(FREE, overridden=frozenset({"CON-01"})), when=late)
    assert found.allowed
    assert [bar.rule for bar in found.waived] == ["CON-01"]
    barred = ask(replace(FREE, overridden=frozenset({"CON-01", "LET-14"}), first_letter_on=None), when=late)
    assert rules(barred) == ["LET-14"]
    assert not barred.own_only


# CON-04 to CON-08, LET-14, LET-15 ----------------------------------------------------------------------------------------------------
def test_an_objection_closes_its_channel_and_the_post_is_kept():
    against = replace(FREE, target=Target(objected=True))
    assert [channel for channel in ("call", "sms", "email", "letter") if ask(against, channel).allowed] == ["letter"]


def test_nobody_else_hears_of_the_debt_but_a_call_may_ask_where_the_person_is():
    employer = replace(FREE, target=Target(holder="employer"))
    assert rules(ask(employer)) == ["CON-05"]
    assert ask(employer, purpose="locate").allowed
    assert rules(ask(employer, "letter", purpose="locate")) == ["CON-05"]
    assert rules(ask(replace(FREE, target=Target(role="other")))) == ["CON-05"]
    for role in ("debtor", "co_debtor", "guarantor", "heir", "lawyer", "guardian", "curator", "representative"):
        assert ask(replace(FREE, target=Target(role=role))).allowed


def test_a_workplace_is_called_only_when_given_or_alone():
    work = Target(workplace=True, only_way=False)
    assert rules(ask(replace(FREE, target=work))) == ["CON-06"]
    assert ask(replace(FREE, target=replace(work, given=True))).allowed
    assert ask(replace(FREE, target=replace(work, only_way=True))).allowed


def test_a_visit_wants_a_written_agreement():
    assert rules(ask(channel="visit")) == ["CON-07"]
    agreed = replace(FREE, target=Target(agreed_on=D(2026, 11, 24)))
    for day, refused in (("2026-11-23", True), ("2026-11-24", False), ("2026-11-25", False)):
        assert rules(ask(agreed, "visit", at(day, "10:00"))) == (["CON-07"] if refused else [])


def test_one_person_alone_is_contacted_where_there_is_one():
    lawyer = replace(FREE, sole=(Sole(7, "lawyer", "Maître Roux"),), target=Target(party=1))
    for channel in ("call", "sms", "email", "letter"):
        (bar,) = ask(lawyer, channel).bars
        assert (bar.rule, bar.code, bar.own) == ("CON-08", "sole-contact", False)
        assert "Maître Roux" in str(bar.remedy)
        assert ask(replace(lawyer, target=Target(role="lawyer", party=7)), channel).allowed
    assert ask(lawyer, "letter", purpose="answer").allowed  # a receipt is owed to the debtor
    assert rules(ask(lawyer, "email", purpose="answer")) == ["CON-08"]
    held = replace(lawyer, stops=(stop("insolvency", reaches=("representative",)),))
    assert ask(
        replace(held, target=Target(role="representative", party=9))
    ).allowed  # the receiver, whoever else is named
    assert [bar.code for bar in ask(held).bars] == ["case-held"]


def test_under_a_fragile_path_nothing_firm_leaves_and_one_colleague_speaks():
    path = replace(FREE, fragile=Fragile(3, "Nadia", ("email",)))
    assert [bar.code for bar in ask(path, "letter", tone="firm").bars] == ["fragile-firm"]
    assert ask(path, "letter", tone="gentle").allowed
    assert ask(replace(path, fragile=None), "letter", tone="firm").allowed
    assert [bar.code for bar in ask(path, by=4).bars] == ["fragile-person"]
    assert "Nadia" in str(ask(path, by=4).bars[0].remedy)
    assert ask(path, by=3).allowed
    assert [bar.code for bar in ask(path, "email").bars] == ["fragile-channel"]
    assert ask(path, "email", purpose="answer").allowed
    assert {bar.rule for bar in ask(path, by=4).bars} == {"FRA-01"}
    assert ask(replace(path, target=Target(role="guarantor")), "letter", tone="firm").allowed


def stop(kind, **more):
    return Stop(kind, Label("x", "x"), more.pop("rule", "CON-08"), "art.", "V", more.pop("until", None), **more)


def test_a_stop_bars_the_debtor_and_leaves_the_representative():
    held = replace(FREE, stops=(stop("guardianship", reaches=("guardian",)),))
    assert rules(ask(held)) == ["CON-08"]
    assert ask(held).next_at is None
    assert ask(replace(held, target=Target(role="guardian"))).allowed
    assert ask(held, "letter", purpose="answer").allowed


@pytest.mark.parametrize(
    ("until", "refused"), [(D(2026, 11, 22), False), (D(2026, 11, 23), True), (D(2026, 11, 24), True)]
)
def test_a_stop_with_an_end_lets_go_the_day_after(until, refused):
    found = ask(replace(FREE, stops=(stop("payment_claimed", until=until),)))
    assert rules(found) == (["CON-08"] if refused else [])
    if refused:
        assert found.next_at == at((until + dt.timedelta(days=1)).isoformat(), "09:00")


def test_who_asked_to_be_left_alone_may_still_be_written_to():
    held = replace(FREE, stops=(stop("opt_out", rule="CON-04", keeps=("letter",)),))
    assert rules(ask(held)) == ["CON-04"]
    assert ask(held, "letter").allowed


@pytest.mark.parametrize(("sent", "code"), [
    (None, "first-letter-missing"), (D(2026, 11, 24), "before-first-letter"), (D(2026, 11, 23), ""), (D(2026, 11, 22), ""),
])  # fmt: skip
def test_no_step_comes_before_the_first_letter(sent, code):
    found = ask(replace(FREE, first_letter_on=sent))
    assert [bar.code for bar in found.bars] == ([code] if code else [])
    assert ask(replace(FREE, first_letter_on=sent), "letter", purpose="first_letter").allowed


def test_what_the_house_lacks_and_a_time_barred_debt_bar_every_claim():
    lacks = Problem("mandate-missing", msg("No mandate."), msg("Sign."), field="mandate")
    barred = Problem("time-barred", msg("Too late."), msg("Ask."))
    facts = replace(FREE, house=(lacks,), time_barred=(barred,), closed=True)
    for purpose in ("claim", "first_letter"):
        found = ask(facts, "letter", purpose=purpose)
        assert rules(found) == ["LET-15", "CON-08", "MSG-05"]
        assert [problem.field for problem in found.problems("case")] == ["mandate", "case", "case"]
    assert ask(facts, "letter", purpose="answer").allowed


def test_recording_is_told_at_the_start_of_a_call_when_the_house_records():
    records = replace(POLICY, records_calls=True, recording_purpose="formation", recording_days=180)
    (said,) = ask(policy=records).must_say
    assert (said.params["purpose"], said.params["days"]) == ("formation", 180)
    assert ask(policy=records, channel="email").must_say == ()
    assert ask().must_say == ()


def test_a_refusal_says_rule_text_and_that_it_is_to_be_confirmed():
    (bar,) = ask(when=at("2026-11-29", "10:00")).bars
    assert str(bar.said()).endswith("(CON-01; aucun texte ; comparer CPCE, art. L. 141-1, to be confirmed)")
    assert bar.own


def test_the_next_moment_is_told_by_both_clocks_when_they_differ():
    there = ask(
        replace(FREE, place=Place(("Indian/Reunion",))), when=at("2026-11-28", "09:30")
    )  # Saturday, 12:30 there
    assert str(there.moment()) == (
        "Next permitted moment: 2026-11-30 at 09:00 where the debtor is (Indian/Reunion), that is 2026-11-30 at 06:00 here."
    )
    assert str(ask(when=at("2026-11-28", "12:30")).moment()) == "Next permitted moment: 2026-11-30 at 09:00."


ZONES = st.sampled_from([
    (PARIS,), ("Indian/Reunion",), ("America/Martinique",), ("Pacific/Noumea",), ("Indian/Mayotte", "Indian/Reunion"), ("America/New_York",),
])  # fmt: skip
FIRST, LAST = dt.datetime(2026, 1, 1), dt.datetime(2027, 12, 31)  # noqa: DTZ001 - the zone is given beside
MOMENTS = st.datetimes(FIRST, LAST, timezones=st.just(dt.UTC))


@settings(max_examples=150, deadline=None)
@given(
    MOMENTS,
    ZONES,
    st.lists(st.tuples(st.integers(0, 29), st.booleans()), max_size=12),
    st.sampled_from(["call", "email", "sms"]),
)
def test_the_next_permitted_minute_is_permitted_and_the_minute_before_is_not(moment, zones, past, channel):
    today = moment.astimezone(ZoneInfo(PARIS)).date()
    made = tuple(
        Past(today - dt.timedelta(days=ago), "call", attempt=True, answered=answered) for ago, answered in past
    )
    facts = replace(FREE, place=Place(zones), past=made, first_letter_on=D(2025, 1, 1))
    found = ask(facts, channel, moment)
    if found.allowed:
        return
    assert found.next_at is not None
    assert found.next_at > moment
    assert ask(facts, channel, found.next_at).allowed
    assert not ask(facts, channel, found.next_at - dt.timedelta(minutes=1)).allowed
