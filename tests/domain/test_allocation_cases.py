"""The allocation of payments as a lawyer reads it: tests/cases/allocation.yaml, each case by its name."""

from decimal import Decimal
from pathlib import Path

import pytest
import yaml

from core.domain.allocation import BUCKETS, ORDERS, OpenDebt, allocation, computation
from core.domain.computation import weakest
from core.domain.money import cents, decimal_text

FILE = Path(__file__).resolve().parents[1] / "cases" / "allocation.yaml"
CASES = yaml.load(FILE.read_text(encoding="utf-8"), yaml.CSafeLoader)


def the_debt(number, ref, said):
    owed = {bucket: cents(said[bucket]) for bucket in BUCKETS if bucket in said}
    rate = Decimal(said["rate"]) if "rate" in said else None
    flags = {name: said.get(name, False) for name in ("titled", "secured", "barred")}
    return OpenDebt(number, ref, said.get("due"), said.get("issued"), owed, rate, **flags)


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_a_payment_goes_where_the_law_says(case):
    debts = [the_debt(number, ref, said) for number, (ref, said) in enumerate(case["debts"].items(), 1)]
    chosen = next((d.debt_id for d in debts if d.ref == case.get("for")), None)
    found = allocation(debts, cents(case["paid"]), case["received"], chosen, ORDERS[case.get("order", "law")])
    assert {s.ref: {b: decimal_text(c) for b, c in s.amounts.items()} for s in found.shares} == case["goes"]
    assert [s.ref for s in found.shares] == list(case["goes"])
    assert decimal_text(found.left_over) == case.get("left", "0.00")
    for ref, words in case.get("because", {}).items():
        (share,) = [s for s in found.shares if s.ref == ref]
        assert words in str(share.why)
    if "articles" in case:
        assert list(found.articles) == case["articles"]
    if "certainty" in case:
        assert weakest(share.certainty for share in found.shares) == case["certainty"]
    assert computation(found).value == cents(case["paid"])


def test_the_names_of_the_cases_are_their_own():
    names = [case["name"] for case in CASES]
    assert len(names) == len(set(names)) >= 30
