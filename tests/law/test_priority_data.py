"""The weights and habits of the queue as data: every factor once, bounds that hold, a broken file refused in a sentence."""

import pytest

from core.domain.messages import Refusal
from core.domain.priority import CODES
from core.law.priority import WEIGHTS, load_habits, load_weights, weights_from
from core.law.strict_yaml import read_text
from core.store.points import FACTORS

TEXT = WEIGHTS.read_text(encoding="utf-8")


def test_every_factor_stands_once_in_both_languages_and_is_known_to_the_store():
    found = load_weights()
    assert {one.code for one in found.factors} == set(CODES) == set(FACTORS)
    assert all(one.label.fr and one.label.en for one in found.factors)
    assert found.weak == ("insolvency", "over_indebtedness", "deceased")


def test_an_open_case_without_next_action_outweighs_everything_else_at_its_most():
    found = load_weights()
    others = sum(one.most for one in found.factors if one.code not in ("lost", "paused") and not one.takes_off)
    assert others < 10_000  # what a lead could lay on one case
    assert found.of("lost").points > sum(one.points for one in found.factors if not one.fixed and not one.takes_off)


def test_only_another_reason_asks_for_words():
    assert [one.code for one in load_habits().skip_reasons if one.note] == ["other"]


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("code: reply", "code: age", "priority-factors"),
        ("code: reply", "code: luck", "yaml-unknown-word"),
        ("points: 600", "points: 1600", "priority-bounds"),
        ("at: 10000,", "at: 10,", "yaml-shape"),
        ("{unit: euros", "{unit: pounds", "yaml-unknown-word"),
        ("[insolvency,", "[bankruptcy,", "yaml-unknown-word"),
        ("points: 250", 'points: "250"', "yaml-shape"),
    ],
)
def test_a_broken_file_is_refused_with_its_line(old, new, code):
    with pytest.raises(Refusal) as refused:
        weights_from(read_text(TEXT.replace(old, new, 1), "weights.yaml"))
    assert refused.value.problems[0].code == code
    assert refused.value.problems[0].line > 0
