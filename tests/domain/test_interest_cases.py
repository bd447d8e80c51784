"""Interest as a lawyer reads it: each case of tests/cases/interest.yaml is computed with the shipped values of the law."""

import datetime as dt
from decimal import Decimal
from pathlib import Path

import pytest
import yaml

from core.domain.interest import (
    Basis,
    InterestTerms,
    Movement,
    insolvency_stop,
    overindebtedness_stop,
)
from core.domain.interest_account import with_payments
from core.domain.messages import Euro, msg
from core.law.values import load_law

CASES = yaml.load((Path(__file__).parents[1] / "cases" / "interest.yaml").read_text(encoding="utf-8"), yaml.CSafeLoader)
LAW = load_law()


def cents(euros):
    return int(Decimal(str(euros)) * 100)


def stops(said):
    if not said:
        return ()
    if said["kind"] == "insolvency":
        found = insolvency_stop(said["day"], long_credit=said.get("long_credit"))
        return (found,) if found else ()
    return (overindebtedness_stop(said["day"], said.get("until")),)


def computed(case):
    terms = InterestTerms(
        Basis(case["basis"]),
        case["from"],
        case.get("creditor", "business"),
        Decimal(str(case["rate"])) if "rate" in case else None,
        case.get("served"),
        case.get("capitalised"),
        stops(case.get("stop")),
        case.get("auction", False),
        case.get("businesses", False),
        case.get("claim_default", False),
        ("C. civ., art. 1231-7",) if case.get("title") else (),
        enforceable_on=case.get("enforceable"),
    )
    payments = [(day, cents(amount)) for day, amount in case.get("payments", {}).items()]
    notes = [Movement(day, -cents(amount), msg("Credit note")) for day, amount in case.get("credit_notes", {}).items()]
    return with_payments(cents(case["principal"]), terms, payments, case["to"], LAW, notes)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_the_case_gives_the_periods_the_amounts_the_articles_and_the_certainty(case):
    account = computed(case)
    found = account.interest
    assert [[s.start, s.end, s.days, s.rate, s.base, s.amount] for s in found.segments] == [
        [a, b, days, Decimal(str(rate)), cents(base), cents(amount)]
        for a, b, days, rate, base, amount in case["periods"]
    ]
    assert found.total == cents(case["total"])
    assert found.known_until == case.get("known_until")
    assert sorted(found.articles) == case["articles"]
    assert found.certainty == case["certainty"]
    for split, (day, (interest, principal)) in zip(account.splits, case.get("settled", {}).items(), strict=True):
        assert (split.on, split.interest, split.principal) == (day, cents(interest), cents(principal))
    if "left" in case:
        assert [account.principal_left, account.interest_left] == [cents(amount) for amount in case["left"]]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_the_proof_says_the_same_figures_as_the_case(case):
    proof = computed(case).interest.computation
    assert proof.value == cents(case["total"])
    assert proof.weakest == case["certainty"]
    for term, (_, _, days, rate, base, amount) in zip(proof.terms, case["periods"], strict=True):
        assert term.value == cents(amount)
        if term.formula:
            said = term.formula.params
            assert (said["base"], said["amount"], said["days"]) == (Euro(cents(base)), Euro(cents(amount)), days)
            assert said["rate"] == Decimal(str(rate))
        else:
            assert (amount, rate) == (0, 0)
            assert term.source is not None


def test_there_are_enough_cases_and_no_name_is_used_twice():
    names = [case["name"] for case in CASES]
    assert len(names) == len(set(names)) >= 60
    assert all(isinstance(case["to"], dt.date) for case in CASES)
