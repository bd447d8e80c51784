"""The legality check of texts, from tests/cases/texts.yaml: each good text accepted, each of its changes refused under its rule."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml

from core.domain.first_letter import Amounts
from core.domain.messages import Problem, Refusal, msg
from core.domain.text_check import RULES, check
from core.domain.text_facts import TextDebt, TextFacts
from core.domain.text_reading import amounts_in
from core.law.text_rules import text_rules
from tests.law.test_letters import SECOND, THIRD

CASES = yaml.safe_load((Path(__file__).parents[1] / "cases" / "texts.yaml").read_text(encoding="utf-8"))
FIRST = "first_letter"
FACTS = TextFacts(
    agency="Cabinet des Alpes", agency_address=("12 rue de la République", "69003 Lyon"), creditor="Énergie de l'Ouest SA",
    creditor_address=("4 quai de la Fosse", "44000 Nantes"), statute=(SECOND, THIRD),
    debts=(TextDebt("F-2026-014", dt.date(2026, 1, 15), dt.date(2026, 2, 14)),), amounts=Amounts(10000, 250, 4000, 0, 0, 14250),
    accounts=("FR7630006000011234567890189",), reference="QK000042-07", first_letter_ref="QK000042-07-L1", first_letter_on=dt.date(2026, 1, 5),
)  # fmt: skip


def facts(kind: str, said: dict[str, Any]) -> TextFacts:
    found = FACTS if kind != FIRST else replace(FACTS, first_letter_ref="", first_letter_on=None)
    if said.get("first_letter") == "none":
        found = replace(found, first_letter_ref="", first_letter_on=None)
    if "mandate" in said:
        found = replace(found, mandate=(Problem("mandate-missing", msg("No signed mandate."), msg("Record it.")),))
    if "barred" in said:
        found = replace(found, barred=(said["barred"],))
    if "costs" in said:
        found = replace(found, amounts=replace(FACTS.amounts, costs=said["costs"], total=14250 + said["costs"]))
    return replace(found, title=bool(said.get("title")), complaint_route=bool(said.get("complaint_route")))


def rules(case: dict[str, Any]) -> set[str]:
    good = CASES["good"][case["of"]]
    text = good["text"]
    if "replace" in case:
        assert case["replace"] in " ".join(text.split("\n")) or case["replace"] in text, "the change changes nothing"
        text = text.replace(case["replace"], case["by"])
    if "add" in case:
        text += f"\n\n{case['add']}\n"
    subject = case.get("subject", good.get("subject", ""))
    found = check(good["kind"], text, subject, facts(good["kind"], case.get("case", {})), text_rules())
    assert all(one.sentence and one.remedy and one.where for one in found)
    return {one.rule for one in found}


@pytest.mark.parametrize("name", CASES["good"])
def test_a_good_text_is_accepted(name: str) -> None:
    assert rules({"of": name}) == set()


@pytest.mark.parametrize("case", CASES["refused"], ids=lambda case: f"{case['rule']}-{case['of']}-{case['why']}")
def test_each_change_of_a_good_text_is_refused_under_its_rule(case: dict[str, Any]) -> None:
    assert case["rule"] in rules(case)


@pytest.mark.parametrize("case", CASES["allowed"], ids=lambda case: case["why"])
def test_a_lawful_sentence_may_be_added_to_a_good_text(case: dict[str, Any]) -> None:
    assert rules(case) == set()


def test_every_rule_has_its_change() -> None:
    assert {case["rule"] for case in CASES["refused"]} == set(RULES)


def test_a_kind_that_nobody_knows_is_refused_with_those_known() -> None:
    with pytest.raises(Refusal) as refused:
        check("telegram", "", "", FACTS, text_rules())
    assert [(p.code, p.field, p.value) for p in refused.value.problems] == [("kind-unknown", "kind", "telegram")]


@pytest.mark.parametrize(
    ("line", "known"),
    [
        ("4 rue de la Prison", {"debtor": ("Jean Dupont", "4 rue de la Prison")}),
        ("Saisie Express SARL", {"creditor_address": (*FACTS.creditor_address, "Saisie Express SARL")}),
        ("Honoraires 2025 F-2026-014 : 142,50 €", {"debts": (replace(FACTS.debts[0], label="Honoraires 2025"),)}),
    ],
)
def test_a_name_is_not_a_word_of_the_writer(line: str, known: dict[str, Any]) -> None:
    text = CASES["good"]["reminder"]["text"] + f"\n\n{line}\n"
    assert check("reminder", text, "", FACTS, text_rules()) != ()
    assert check("reminder", text, "", replace(FACTS, **known), text_rules()) == ()


def test_a_refusal_names_the_line() -> None:
    text = CASES["good"]["reminder"]["text"] + "\nVotre attitude est honteuse.\n"
    (found,) = check("reminder", text, "", FACTS, text_rules())
    assert (found.rule, found.where.params["line"]) == ("MSG-06", 9)


def test_a_street_name_that_ends_like_a_currency_is_no_amount() -> None:
    assert amounts_in("89 rue Pasteur\n2e étage, 33400 Talence".replace("\n", " ")) == ()
    assert amounts_in("1 234,56 € puis €1,234.56 et 12 euros") == (123456, 123456, 1200)
