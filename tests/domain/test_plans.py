"""Payment plans against hand computation, published tables and properties."""

import csv
import datetime as dt
import itertools
import json
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from core.domain.messages import Refusal
from core.domain.plans import PERIODS, Terms, day_of, months_granted, months_of, schedule

D = dt.date
SAMPLES = Path(__file__).resolve().parents[1] / "samples" / "worked-examples"
FIRST = D(2026, 12, 1)


def cents(text: str) -> int:
    return int(Decimal(text) * 100)


def rows_of(name: str) -> list[dict[str, str]]:
    with (SAMPLES / name).open(encoding="utf-8") as file:
        return list(csv.DictReader(file, delimiter=";"))


def test_the_published_table_of_36_months_at_10_percent_is_found_to_the_cent():
    plan = schedule(Terms(cents("150000"), FIRST, count=36, rate=Decimal(10)))
    wanted = [
        tuple(cents(row[name]) for name in ("echeance", "interets", "capital", "reste_du"))
        for row in rows_of("amortissement_150000_10pct_36mois.csv")
    ]
    assert [(i.amount, i.interest, i.principal, i.balance) for i in plan.instalments] == wanted


@pytest.mark.parametrize("row", [r for r in rows_of("amortissement_montants.csv") if r["periodicite"] == "mensuelle"])
def test_the_published_monthly_instalments_are_found(row):
    plan = schedule(
        Terms(cents(row["principal"]), FIRST, count=int(row["echeances"]), rate=Decimal(row["taux_annuel"]) * 100)
    )
    assert plan.instalments[0].amount == cents(row["echeance_publiee"])


def test_fineract_s_schedule_of_305_a_month_is_found_dates_included():
    text = (SAMPLES / "fineract" / "echeanciers_exemples_3.json").read_text(encoding="utf-8")
    published = next(s for s in json.loads(text) if s["scenario"].startswith("RS02"))["schedules"][0]["rows"][1:]
    plan = schedule(Terms(cents("5000"), D(2022, 12, 1), instalment=cents("305"), rate=Decimal(12)))
    wanted = [
        (dt.datetime.strptime(f"{r['Date']} +0000", "%d %B %Y %z").date(),
         *(cents(r[n]) for n in ("Due", "Principal due", "Interest", "Balance of loan")))
        for r in published if r["Nr"]
    ]  # fmt: skip
    assert [(i.date, i.amount, i.principal, i.interest, i.balance) for i in plan.instalments] == wanted


def test_the_last_instalment_takes_the_cent_that_is_left():
    plan = schedule(Terms(100000, D(2027, 1, 31), count=3))
    assert [i.amount for i in plan.instalments] == [33333, 33333, 33334]
    assert [i.date for i in plan.instalments] == [D(2027, 1, 31), D(2027, 2, 28), D(2027, 3, 31)]
    assert plan.total == 100000


def test_the_end_of_the_month_never_drifts_and_knows_leap_years():
    assert [day_of(D(2028, 1, 31), "month", n) for n in range(4)] == [
        D(2028, 1, 31), D(2028, 2, 29), D(2028, 3, 31), D(2028, 4, 30),
    ]  # fmt: skip
    assert day_of(D(2026, 11, 30), "quarter", 1) == D(2027, 2, 28)
    assert day_of(D(2026, 12, 28), "week", 1) == D(2027, 1, 4)


def test_a_down_payment_is_taken_off_and_counted_in_the_total():
    plan = schedule(Terms(100000, FIRST, instalment=30000, down=10000))
    assert [i.amount for i in plan.instalments] == [30000, 30000, 30000]
    assert plan.total == 100000


def test_an_instalment_eaten_by_interest_is_refused_with_the_smallest_that_repays():
    with pytest.raises(Refusal) as told:
        schedule(Terms(100000, FIRST, instalment=1000, rate=Decimal(12)))  # a month's interest is 10.00
    (problem,) = told.value.problems
    smallest = problem.remedy.params["smallest"].cents
    assert schedule(Terms(100000, FIRST, instalment=smallest, rate=Decimal(12))).instalments[-1].balance == 0
    with pytest.raises(Refusal):
        schedule(Terms(100000, FIRST, instalment=smallest - 1, rate=Decimal(12)))


def test_the_smallest_instalment_without_interest_is_the_amount_over_120_months():
    with pytest.raises(Refusal) as told:
        schedule(Terms(120001, FIRST, instalment=999))
    assert told.value.problems[0].remedy.params["smallest"].cents == 1001  # 120 × 10.00 leaves a cent
    assert len(schedule(Terms(120001, FIRST, instalment=1001)).instalments) == 120


@pytest.mark.parametrize(
    ("field", "terms"),
    [
        ("amount", Terms(0, FIRST, count=3)),
        ("amount", Terms(-5, FIRST, count=3)),
        ("down", Terms(1000, FIRST, count=3, down=1000)),
        ("down", Terms(1000, FIRST, count=3, down=-1)),
        ("count", Terms(1000, FIRST)),
        ("count", Terms(1000, FIRST, count=2, instalment=100)),
        ("count", Terms(1000, FIRST, count=0)),
        ("count", Terms(100000, FIRST, count=121)),
        ("count", Terms(2, FIRST, count=3)),
        ("instalment", Terms(1000, FIRST, instalment=0)),
        ("rate", Terms(1000, FIRST, count=2, rate=Decimal(-1))),
        ("rate", Terms(1000, FIRST, count=2, rate=Decimal(101))),
        ("rate", Terms(1000, FIRST, count=2, rate=Decimal("NaN"))),
        ("every", Terms(1000, FIRST, every="day", count=2)),
        ("first", Terms(1000, D(9999, 1, 1), count=2)),
    ],
)
def test_what_makes_no_plan_is_refused_on_its_field(field, terms):
    with pytest.raises(Refusal) as told:
        schedule(terms)
    assert told.value.problems[0].field == field


@pytest.mark.parametrize(("last", "months"), [(D(2026, 12, 1), 1), (D(2026, 12, 31), 1), (D(2027, 1, 1), 2), (D(2028, 11, 1), 24), (D(2028, 12, 1), 25)])  # fmt: skip
def test_months_count_the_first_and_the_last(last, months):
    assert months_of(D(2026, 12, 1), last) == months


@given(
    amount=st.integers(1, 10_000_000),
    first=st.integers(D(2020, 1, 1).toordinal(), D(2060, 1, 1).toordinal()).map(D.fromordinal),
    every=st.sampled_from(sorted(PERIODS)),
    count=st.integers(1, 40),
    rate=st.none() | st.decimals(0, 100, places=2),
    down=st.integers(0, 10_000),
)
def test_sums_are_exact_dates_increase_and_nothing_is_left(amount, first, every, count, rate, down):
    assume(down < amount)
    try:
        plan = schedule(Terms(amount, first, every, count, rate=rate, down=down))
    except Refusal:  # too many instalments for so little money
        assume(False)
    rows = plan.instalments
    assert len(rows) == count
    assert sum(i.principal for i in rows) + down == amount
    assert plan.total == amount + sum(i.interest for i in rows)
    assert all(i.amount == i.principal + i.interest and i.principal > 0 for i in rows)
    assert all(a.date < b.date and a.balance > b.balance for a, b in itertools.pairwise(rows))
    assert rows[-1].balance == 0


@pytest.mark.parametrize(
    ("agreed", "first", "last", "months"),
    [
        (D(2026, 11, 23), D(2026, 12, 23), D(2027, 2, 23), 3),
        (D(2026, 11, 23), D(2026, 12, 24), D(2027, 2, 24), 4),
        (D(2026, 11, 23), D(2026, 11, 23), D(2027, 2, 22), 3),
        (D(2026, 11, 23), D(2028, 12, 1), D(2029, 2, 1), 27),  # two years and nine days before anything is paid
        (D(2027, 1, 31), D(2027, 2, 28), D(2027, 4, 30), 3),
        (D(2026, 11, 23), D(2026, 11, 23), D(2026, 11, 23), 1),
    ],
)
def test_the_mandate_counts_begun_months_from_the_agreement_to_the_last_instalment(agreed, first, last, months):
    assert months_granted(agreed, first, last) == months
