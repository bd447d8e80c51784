"""The table of tones that ships names every reason once, and what is not as foreseen is refused."""

from __future__ import annotations

import pytest

from core.domain.messages import Refusal
from core.law.scenario_tones import FILE, shipped_tones, tones_of

GOOD = FILE.read_text(encoding="utf-8")


def test_hardship_and_cash_shortage_are_gentle_bad_faith_firm_and_the_others_change_nothing():
    assert dict(shipped_tones()) == {
        "oversight": "chosen", "cash_shortage": "gentle", "hardship": "gentle", "dispute": "chosen", "bad_faith": "firm",
        "administrative": "chosen", "unknown": "chosen",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("  - {reason: hardship, tone: gentle}\n", "", "tone-missing"),
        ("reason: hardship, tone: gentle", "reason: hardship, tone: hard", "yaml-unknown-word"),
        ("reason: hardship", "reason: laziness", "yaml-unknown-word"),
        ("reason: hardship", "reason: oversight", "code-twice"),
        ("tones:", "tunes:", "yaml-unknown-key"),
    ],
)
def test_a_table_that_is_not_as_foreseen_is_refused(old, new, code):
    assert old in GOOD
    with pytest.raises(Refusal) as found:
        tones_of(GOOD.replace(old, new, 1), "typed")
    assert found.value.problems[0].code == code
