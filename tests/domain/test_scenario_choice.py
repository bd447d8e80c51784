"""Which scenario a case follows and why: the chosen one, the tone of a reason, a fragile path before it."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from core.domain.messages import Label
from core.domain.scenario_choice import Called, Picked, choose, toned
from core.domain.scenarios import Scenario, Step

STEP = Step(1, "placement", 0, "letter", "first_letter", automatic=True)
HARDSHIP = Called(Label("Difficultés", "Hardship"), "gentle", dt.date(2026, 11, 3))
FIRM = Called(Label("Mauvaise foi", "Bad faith"), "firm", dt.date(2026, 11, 4))
KNOWN = {
    key: Scenario(key, Label(key, key), profile, tone, tone == "firm", 7, ("held",), (STEP,), ())
    for key, profile, tone in (("b_gentle", "business", "gentle"), ("b_firm", "business", "firm"), ("land", "landlord", "gentle"))
}  # fmt: skip


def test_without_a_reason_the_chosen_scenario_is_followed_and_says_who_chose_it():
    found = choose(KNOWN, Picked("b_firm", "mandate"), Called())
    assert (found.scenario.key, str(found.why), found.by) == ("b_firm", "chosen for this mandate", "mandate")
    assert found.step(STEP) == STEP


def test_a_reason_changes_the_tone_within_the_same_kind_of_debtor_and_is_named_with_its_day():
    found = choose(KNOWN, Picked("b_firm", "creditor"), HARDSHIP)
    assert (found.scenario.key, found.by) == ("b_gentle", "reason")
    assert str(found.why.params["reason"].en) == "Hardship"
    assert found.why.params["day"] == dt.date(2026, 11, 3)
    assert choose(KNOWN, Picked("b_gentle", "agency"), FIRM).scenario.key == "b_firm"


def test_a_reason_that_changes_nothing_leaves_the_choice_and_its_words():
    found = choose(KNOWN, Picked("b_firm", "agency"), replace(HARDSHIP, tone="chosen"))
    assert (found.scenario.key, found.by) == ("b_firm", "agency")


def test_where_there_is_no_scenario_of_that_tone_the_chosen_one_stays():
    found = choose(KNOWN, Picked("land", "standard"), FIRM)
    assert (found.scenario.key, found.by) == ("land", "standard")
    assert toned(KNOWN, "land", "firm").key == "land"


def test_a_fragile_path_counts_before_bad_faith_alleged_and_every_step_waits_for_a_word():
    found = choose(KNOWN, Picked("b_firm", "mandate"), replace(FIRM, fragile_on=dt.date(2026, 11, 10)))
    assert (found.scenario.key, found.by, found.by_hand) == ("b_gentle", "fragile", True)
    assert not found.step(STEP).automatic
    assert found.why.params["day"] == dt.date(2026, 11, 10)
