"""The shipped scenarios are whole, and what is not foreseen is refused with its line."""

from __future__ import annotations

import pytest

from core.domain.messages import Refusal
from core.domain.scenario_choice import FIRM, toned
from core.domain.scenarios import CHANNELS, PROFILES, standard_of
from core.law.letter_kinds import shipped
from core.law.scenarios import FOLDER, TEMPLATES, scenario_of, shipped_scenarios
from core.services.scenario_words import TEXTS

GOOD = (FOLDER / "consumer_firm.yaml").read_text(encoding="utf-8")


def test_each_profile_has_one_standard_scenario_and_a_gentle_one_and_each_begins_with_the_first_letter():
    every = tuple(shipped_scenarios().values())
    for profile in PROFILES:
        assert sum(one.standard for one in every if one.profile == profile) == 1
        standard = standard_of(every, profile)
        assert standard is not None
        assert toned(shipped_scenarios(), standard.key, "gentle").tone == "gentle"
    assert {one.first_level for one in every} == {1}
    assert all(not step.automatic for one in every for step in one.steps if step.channel == "formal_notice")


def test_every_text_of_a_step_is_a_kind_with_words_and_the_firm_ones_are_those_a_fragile_path_holds():
    texts = {text for some in TEMPLATES.values() for text in some}
    assert set(TEMPLATES) == set(CHANNELS)
    assert texts - {"call"} <= set(shipped())
    assert texts == set(TEXTS)
    assert {text for text in texts - {"call"} if shipped()[text].tone == "firm"} == set(FIRM)


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("profile: consumer", "profile: friend", "yaml-unknown-word"),
        ("gap: 5", "gap: 0", "yaml-shape"),
        ("days: 8, channel: call, template: call", "days: 8, channel: call, template: first_letter", "yaml-unknown-word"),
        ("anchor: first_letter, days: 8", "anchor: first_letter, days: -8", "scenario-days"),
        ("anchor: promise, days: -2", "anchor: promise, days: 2", "scenario-days"),
        ("days: 10, channel: formal_notice", "days: 900, channel: formal_notice", "scenario-days"),
        ("channel: letter, template: reminder_firm", "channel: letter, template: first_letter", "scenario-first"),
        ("anchor: placement, days: 0", "anchor: previous, days: 0", "scenario-first"),
        ("tone: firm", "tune: firm", "yaml-unknown-key"),
    ],
)  # fmt: skip
def test_a_scenario_that_is_not_as_foreseen_is_refused(old, new, code):
    assert old in GOOD
    with pytest.raises(Refusal) as found:
        scenario_of(GOOD.replace(old, new), "x.yaml")
    assert found.value.problems[0].code == code
    assert found.value.problems[0].line
