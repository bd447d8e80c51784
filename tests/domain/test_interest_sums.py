"""The fast path of interest equals the explained one with the rounding moved to the end."""

import datetime as dt
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.domain.interest import Basis, InterestTerms, Movement, insolvency_stop, interest
from core.domain.interest_sums import WHOLE, kept, running_sum, settled
from core.domain.law_values import UnknownValue
from core.domain.messages import msg
from core.law.values import load_law

LAW = load_law()
D = dt.date.fromisoformat
ORIGIN, LAST = D("2015-01-01"), D("2026-12-31")
TERMS = {
    "statutory": InterestTerms(Basis.STATUTORY, ORIGIN),
    "individual": InterestTerms(Basis.LEGAL, ORIGIN, "individual"),
    "raised": InterestTerms(Basis.LEGAL, ORIGIN, "business", served_on=D("2020-02-29")),
    "agreed": InterestTerms(Basis.CONTRACTUAL, ORIGIN, contract_rate=Decimal("5.125")),
}
SUMS = {name: running_sum(terms, ORIGIN, LAST, LAW) for name, terms in TERMS.items()}


def test_the_running_sum_adds_the_rate_of_each_day():
    f = SUMS["statutory"]
    assert f.at(ORIGIN) == 0
    assert f.at(D("2015-01-02")) == 10050  # 10.05 %
    assert f.at(D("2015-06-30")) == 10050 * 180
    assert f.at(D("2016-07-02")) == 10050 * (180 + 184 + 182) + 10000 * 2


def test_a_debt_is_two_integers_and_one_product():
    # 10 000.00 × 13.15 % × 91 / 365 = 327.849 and × 12.15 % × 184 / 365 = 612.493, together 940.34
    f = SUMS["statutory"]
    one = kept(1000000, D("2025-03-31"), (), f)
    assert one.owed(f.at(D("2025-12-31"))) == 94034
    assert settled(one, 94000).owed(f.at(D("2025-12-31"))) == 34


def test_nothing_is_extrapolated_and_too_fine_a_rate_or_a_stop_is_refused():
    known = running_sum(TERMS["statutory"], ORIGIN, D("2027-06-30"), LAW)
    assert known.last == LAST
    with pytest.raises(UnknownValue):
        known.at(D("2027-01-01"))
    for terms in (
        InterestTerms(Basis.CONTRACTUAL, ORIGIN, contract_rate=Decimal("5.1234")),
        InterestTerms(Basis.STATUTORY, ORIGIN, capitalised_from=ORIGIN),
        InterestTerms(Basis.STATUTORY, ORIGIN, stops=(insolvency_stop(LAST, long_credit=False),)),
    ):
        with pytest.raises(ValueError, match=r"decimals|running sum"):
            running_sum(terms, ORIGIN, LAST, LAW)
    with pytest.raises(ValueError, match="too large"):
        kept(10**14, ORIGIN, (), SUMS["statutory"])


days = st.dates(ORIGIN, LAST)


@settings(max_examples=80, deadline=None)
@given(
    name=st.sampled_from(sorted(TERMS)),
    principal=st.integers(400, 10**9),
    start=days,
    until=days,
    parts=st.lists(st.tuples(days, st.integers(1, 100)), max_size=4),
)
def test_it_equals_the_explained_path_with_the_rounding_moved_to_the_end(name, principal, start, until, parts):
    movements = tuple(Movement(day, -cents, msg("Payment")) for day, cents in parts if day < max(until, start))
    terms = InterestTerms(
        TERMS[name].basis, start, TERMS[name].creditor, TERMS[name].contract_rate, TERMS[name].served_on
    )
    until = max(until, start)
    explained = interest(principal, terms, movements, until, LAW)
    unrounded = sum(Fraction(s.base * s.days) * Fraction(s.rate) / 36500 for s in explained.segments)
    f = SUMS[name]
    one = kept(principal, start, movements, f)
    assert Fraction(one.balance * f.at(until) - one.k, WHOLE) == unrounded
    assert one.owed(f.at(until)) == int(unrounded + Fraction(1, 2))
    assert abs(explained.total - one.owed(f.at(until))) * 2 <= len(explained.segments) + 1
