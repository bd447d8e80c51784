"""What may be put on a debtor as a lawyer reads it: tests/cases/charges.yaml, each case by its name, with the shipped data."""

from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from core.domain.charges import READ, Allowed, Forbidden, may_charge
from core.domain.computation import Missing
from core.law.chargeable_costs import load_charge_kinds

FILE = Path(__file__).resolve().parents[1] / "cases" / "charges.yaml"
CASES = yaml.load(FILE.read_text(encoding="utf-8"), yaml.CSafeLoader)
ANSWERS = {"allowed": Allowed, "forbidden": Forbidden, "missing": Missing}
KINDS = {one.kind: one for one in load_charge_kinds()}
FACTS = sorted({one.fact for kind in KINDS.values() for one in kind.conditions} | set(READ))


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_who_pays_a_charge(case):
    found = may_charge(KINDS[case["kind"]], case["facts"])
    assert isinstance(found, ANSWERS[case["answer"]])
    if isinstance(found, Missing):
        assert [question.key for question in found.questions] == case["asks"]
        return
    assert found.payer == {"allowed": "debtor", "forbidden": "creditor"}[case["answer"]]
    assert case.get("article", found.articles[0]) in found.articles
    assert found.trust == case.get("trust", found.trust)


def test_the_names_of_the_cases_are_their_own():
    names = [case["name"] for case in CASES]
    assert len(names) == len(set(names)) >= 40
    assert {case["kind"] for case in CASES} == set(KINDS)


@given(st.dictionaries(st.sampled_from(FACTS), st.sampled_from([True, False, None])))
def test_no_combination_of_facts_puts_amicable_costs_on_anybody(facts):
    for kind in ("amicable_costs", "plan_fee", "creditor_fee"):
        assert isinstance(may_charge(KINDS[kind], facts), Forbidden)


@given(st.dictionaries(st.sampled_from(FACTS), st.booleans()))
def test_no_combination_of_facts_puts_the_indemnity_or_its_complement_on_a_consumer(facts):
    for kind in ("flat_indemnity", "business_complement"):
        assert isinstance(may_charge(KINDS[kind], facts | {"consumer": True}), Forbidden)


@given(st.dictionaries(st.sampled_from(FACTS), st.booleans()), st.sampled_from(sorted(KINDS)))
def test_without_a_title_the_tenant_of_a_home_bears_no_cost_but_what_a_judge_ordered(facts, kind):
    found = may_charge(
        KINDS[kind],
        facts
        | {"home_rent": True, "consumer": True, "lease_or_insurance": False, "titled": False, "co_ownership": False},
    )
    assert not isinstance(found, Allowed) or kind == "judge_ordered"


@given(st.dictionaries(st.sampled_from(FACTS), st.booleans()), st.sampled_from(sorted(KINDS)), st.sampled_from(FACTS))
def test_to_know_less_never_turns_a_refusal_or_a_question_into_a_yes(facts, kind, forgotten):
    if not isinstance(may_charge(KINDS[kind], facts), Allowed):
        assert not isinstance(may_charge(KINDS[kind], {f: v for f, v in facts.items() if f != forgotten}), Allowed)
