"""The legality check against a hostile reader, from tests/cases/texts_hostile.yaml: spellings, threats and offices it was not told of."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from core.domain.spelt import spelt, visible
from core.domain.text_check import check
from core.domain.text_reading import read, titles
from core.law.text_rules import text_rules
from tests.domain.test_text_check_cases import CASES as GOOD
from tests.domain.test_text_check_cases import facts

CASES = yaml.safe_load((Path(__file__).parents[1] / "cases" / "texts_hostile.yaml").read_text(encoding="utf-8"))


def rules(case: dict[str, Any]) -> set[str]:
    good = GOOD["good"][case["of"]]
    text = good["text"]
    if "replace" in case:
        assert case["replace"] in text, "the change changes nothing"
        text = text.replace(case["replace"], case["by"])
    if "add" in case:
        text += f"\n\n{case['add']}\n"
    told = facts(good["kind"], case.get("case", {}))
    return {
        one.rule for one in check(good["kind"], text, case.get("subject", good.get("subject", "")), told, text_rules())
    }


def said(case: dict[str, Any]) -> str:
    return f"{case['of']}: {case.get('by') or case.get('add') or case.get('subject') or case.get('replace')}"


@pytest.mark.parametrize("case", CASES["refused"], ids=lambda case: f"{case['rule']} {said(case)}")
def test_a_hostile_change_is_refused_under_its_rule(case: dict[str, Any]) -> None:
    assert case["rule"] in rules(case)


@pytest.mark.parametrize("case", CASES["accepted"], ids=said)
def test_a_lawful_wording_is_let_through(case: dict[str, Any]) -> None:
    assert rules(case) == set()


@pytest.mark.parametrize(
    ("hidden", "seen"),
    [
        ("S A I S I E", "SAISIE"),
        ("s.a.i.s.i.e", "saisie"),
        ("s\u0430isie", "saisie"),
        ("M. J. P. Dupont", "M. J. P. Dupont"),
        ("y a-t-il", "y a-t-il"),
        ("12 A 3 B 4 C", "12 A 3 B 4 C"),
    ],
)
def test_a_word_is_read_as_a_person_sees_it_and_initials_stay_apart(hidden: str, seen: str) -> None:
    assert spelt(hidden) == seen


def test_an_invisible_character_cuts_no_word() -> None:
    assert visible("sai\u200bsie, som\u00admation") == "saisie, sommation"


def test_a_line_of_a_running_sentence_is_no_title() -> None:
    reading = read(
        "Titre seul\n\nNotre mandant pourrait demander au juge une\nsaisie qui serait discutée.\n\nUne phrase entière qui finit par un point, comme ici.\n\nSaisie.\n"
    )
    assert [one.text for one in titles(reading, 90)] == ["Titre seul", "Saisie."]
