"""Which basis a debt has: each case of tests/cases/interest_basis.yaml, then what the choice hands on to the computation."""

import datetime as dt
from decimal import Decimal
from pathlib import Path

import pytest
import yaml

from core.domain.claim_nature import nature_of
from core.domain.computation import Missing
from core.domain.deadlines import Length
from core.domain.interest import Basis, interest
from core.domain.interest_basis import ClaimFacts, basis_of
from core.domain.interest_rates import surcharge_from
from core.domain.interest_title import PostTitlePeriods, post_title_floor, public_deadline
from core.law.calendar_rules import deadline_rules
from core.law.values import load_law

CASES = yaml.load(
    (Path(__file__).parents[1] / "cases" / "interest_basis.yaml").read_text(encoding="utf-8"), yaml.CSafeLoader
)
HOLIDAYS = deadline_rules().holidays


def facts(given):
    known = dict(given)
    if "contract_rate" in known:
        known["contract_rate"] = Decimal(known["contract_rate"])
    if "title_basis" in known:
        known["title_basis"] = Basis(known["title_basis"])
    return ClaimFacts(**known)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_the_basis_is_the_one_the_law_gives(case):
    found = basis_of(facts(case["facts"]), HOLIDAYS)
    if "missing" in case:
        assert isinstance(found, Missing)
        assert [question.key for question in found.questions] == case["missing"]
        assert all(str(question.why) for question in found.questions)
        return
    assert not isinstance(found, Missing)
    assert (found.terms.basis, found.terms.start) == (Basis(case["basis"]), case["start"])
    assert list(found.proof.all_articles) == case["articles"]
    assert found.proof.weakest == case["certainty"]
    assert found.terms.served_on == case.get("served")
    assert found.terms.between_businesses is case.get("compared", False)


def test_each_missing_fact_names_its_article():
    asked = basis_of(ClaimFacts("individual", ""))
    assert isinstance(asked, Missing)
    assert [question.articles for question in asked.questions] == [
        ("CMF, art. L. 313-2 et D. 313-1-A",),
        ("C. civ., art. 1231-6",),
    ]


def test_the_choice_feeds_the_computation_and_its_articles():
    choice = basis_of(ClaimFacts("individual", "business", due_on=dt.date(2025, 3, 31), notice_on=dt.date(2025, 6, 30)))
    assert not isinstance(choice, Missing)
    found = interest(100000, choice.terms, (), dt.date(2025, 12, 31), load_law())
    assert found.total == 1391  # 1 000.00 × 2.76 % × 184 / 365 = 13.913…
    assert found.articles == ("C. civ., art. 1231-6", "CMF, art. L. 313-2 et D. 313-1-A")


def test_a_judgment_not_served_says_that_the_raise_is_not_counted():
    choice = basis_of(ClaimFacts("individual", "business", title_on=dt.date(2025, 3, 31)))
    assert not isinstance(choice, Missing)
    said = " ".join(map(str, choice.proof.remarks))
    assert "raise of the legal rate is not counted" in said
    assert "official examples differ by one day" in said


@pytest.mark.parametrize(
    ("day", "moved"),
    [
        ("2026-02-27", "2026-02-27"),  # Friday
        ("2026-02-28", "2026-03-02"),  # Saturday
        ("2026-03-01", "2026-03-02"),  # Sunday
        ("2026-03-02", "2026-03-02"),
        ("2026-05-01", "2026-05-04"),  # a holiday on a Friday
        ("2026-12-25", "2026-12-28"),
    ],
)
def test_a_public_deadline_ends_on_a_working_day(day, moved):
    assert public_deadline(dt.date.fromisoformat(day), HOLIDAYS) == dt.date.fromisoformat(moved)


def test_a_public_deadline_knows_the_holidays_of_a_territory():
    good_friday = dt.date(2026, 4, 3)
    assert public_deadline(good_friday, HOLIDAYS) == good_friday
    assert public_deadline(good_friday, HOLIDAYS, "67") == dt.date(2026, 4, 7)


PERIODS = PostTitlePeriods(Length(years=5), Length(years=2))  # Cass., avis, 4 July 2016, n° 16006


@pytest.mark.parametrize(
    ("until", "consumer", "first"),
    [
        ("2026-11-24", False, "2021-11-24"),
        ("2026-11-24", True, "2024-11-24"),
        ("2026-11-25", True, "2024-11-25"),
        ("2024-02-29", False, "2019-03-01"),  # 28 February 2019 was lost on 28 February 2024
        ("2024-02-28", False, "2019-02-28"),
        ("2025-02-28", True, "2023-02-28"),
    ],
)
def test_interest_after_a_title_is_lost_day_by_day(until, consumer, first):
    found = post_title_floor(dt.date.fromisoformat(until), PERIODS, consumer_by_business=consumer)
    assert found == dt.date.fromisoformat(first)


@pytest.mark.parametrize(("nature", "claim", "found"), [
    ("rent", "", "rent"), ("rent", "general", "rent"), ("rent", "title", "rent"), ("insurance", "title_notarial", "insurance"),
    ("invoice", "commercial_rent", "commercial_rent"), ("cheque", "between_businesses", "between_businesses"),
])  # fmt: skip
def test_a_kind_of_claim_that_only_says_a_period_leaves_a_rent_a_rent(nature, claim, found):
    assert nature_of(nature, claim) == found


def test_the_raise_after_an_order_waits_two_months_from_the_day_it_became_enforceable_not_from_its_earlier_service():
    # served on 29 July, enforceable on 9 October 2026: two months end on 9 December, the raise begins the day after
    order = ClaimFacts("business", "business", title_on=dt.date(2026, 10, 9), served_on=dt.date(2026, 7, 29))
    assert surcharge_from(basis_of(order).terms, load_law()) == dt.date(2026, 12, 10)
