"""Interest: what its proof says, what is missing, what is refused, and properties that hold for any debt."""

import datetime as dt
import itertools
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.domain.computation import Missing, Quantity
from core.domain.interest import Basis, InterestTerms, Movement, insolvency_stop, interest, overindebtedness_stop
from core.domain.interest_account import with_payments
from core.domain.interest_rates import default_rate, floor, surcharge_from
from core.domain.law_values import UnknownValue
from core.domain.messages import Euro, Refusal, msg
from core.law.values import load_law

LAW = load_law()
D = dt.date.fromisoformat


def statutory(start="2025-03-31", **more):
    return InterestTerms(Basis.STATUTORY, D(start), **more)


def test_a_period_says_base_rate_days_and_where_the_rate_comes_from():
    found = interest(1000000, statutory(), (), D("2025-06-30"), LAW)
    (period,) = found.computation.terms
    assert str(period.label) == "Interest from 2025-04-01 to 2025-06-30"
    assert period.formula is not None
    assert period.formula.msgid == "{base} × {rate} % × {days} / {year} = {amount}"
    assert period.formula.params == {
        "base": Euro(1000000), "rate": Decimal("13.15"), "days": 91, "year": 365, "amount": Euro(32785),
    }  # fmt: skip
    base, rate, days = period.terms
    assert (base.value, rate.value, days.value) == (1000000, Decimal("13.15"), 91)
    assert rate.formula is not None
    assert rate.formula.params == {"day": D("2025-01-01"), "ecb": Decimal("3.15"), "points": Decimal(10)}
    assert [term.quantity for term in rate.terms] == [Quantity.RATE, Quantity.POINTS]
    assert all(term.source is not None for term in rate.terms)
    assert found.computation.all_articles == ("C. com., art. L. 441-10, II",)


def test_a_raised_rate_says_the_day_of_service_and_the_first_day_of_the_raise():
    terms = InterestTerms(Basis.LEGAL, D("2025-01-20"), served_on=D("2025-02-17"))
    last = interest(1000000, terms, (), D("2025-06-30"), LAW).computation.terms[-1]
    rate = last.terms[1]
    assert rate.formula is not None
    assert rate.value == Decimal("8.71")  # 3.71 + 5
    assert rate.formula.params["raised"] == D("2025-04-18")
    assert "CMF, art. L. 313-3" in last.all_articles
    assert "enforcement judge" in str(last.remarks[0])


def test_the_base_says_what_was_capitalised_and_what_was_paid():
    terms = InterestTerms(
        Basis.CONTRACTUAL, D("2023-12-31"), contract_rate=Decimal(10), capitalised_from=D("2023-06-01")
    )
    paid = Movement(D("2024-03-31"), -200000, msg("Payment"))
    last = interest(1000000, terms, (paid,), D("2025-06-30"), LAW).segments[-1]
    # 10 000.00 × 10 % × 91 / 365 = 249.32; 8 000.00 × 10 % × 91 / 365 = 199.45 and × 184 / 365 = 403.29
    assert last.base == 800000 + 24932 + 19945 + 40329
    assert [part.value for part in last.computation.terms[0].terms] == [1000000, -200000, 24932 + 19945 + 40329]
    assert "C. civ., art. 1343-2" in last.articles


def test_interest_paid_in_advance_is_never_capitalised_as_less_than_nothing():
    terms = InterestTerms(
        Basis.CONTRACTUAL, D("2023-12-31"), contract_rate=Decimal(10), capitalised_from=D("2023-06-01")
    )
    paid = Movement(D("2024-06-30"), 0, msg("Payment"), interest=200000)
    found = interest(1000000, terms, (paid,), D("2026-06-30"), LAW)
    # 2 000.00 were paid for the 498.63 of the first half-year: 1 501.37 too early, which interest only makes up for in 2025.
    assert {segment.base for segment in found.segments[:4]} == {1000000}


def test_the_creditor_quality_is_asked_before_the_legal_rate():
    found = interest(1000000, InterestTerms(Basis.LEGAL, D("2025-03-31"), ""), (), D("2025-06-30"), LAW)
    assert isinstance(found.answer, Missing)
    assert [(q.key, q.articles) for q in found.answer.questions] == [
        ("creditor_quality", ("CMF, art. L. 313-2 et D. 313-1-A",))
    ]
    assert (found.total, found.segments) == (0, ())


def test_the_rate_is_asked_when_it_was_agreed():
    found = interest(1000000, InterestTerms(Basis.CONTRACTUAL, D("2025-03-31")), (), D("2025-06-30"), LAW)
    assert isinstance(found.answer, Missing)
    assert [(q.key, q.articles) for q in found.answer.questions] == [("contract_rate", ("C. civ., art. 1343-1",))]


@pytest.mark.parametrize(
    ("basis", "key", "start"),
    [
        (Basis.STATUTORY, "ecb_refinancing", "2026-12-31"),
        (Basis.LEGAL, "legal_interest_other", "2026-12-31"),
        (Basis.LEGAL, "legal_interest_other", "1989-12-30"),
        (Basis.PUBLIC, "ecb_refinancing", "2026-12-31"),
        (Basis.PUBLIC, "public_points", "2013-04-29"),
    ],
)
def test_a_value_unknown_on_the_first_day_is_an_answer_and_never_an_error(basis, key, start):
    found = interest(1000000, InterestTerms(basis, D(start)), (), D(start) + dt.timedelta(days=9), LAW)
    assert isinstance(found.answer, Missing)
    assert [question.key for question in found.answer.questions] == [key]
    assert found.known_until == D(start)
    assert found.computation.value == 0
    assert found.computation.source == found.answer.label


def test_beyond_the_last_known_value_the_computation_stops_and_says_so():
    found = interest(1000000, statutory("2026-06-30"), (), D("2027-06-30"), LAW)
    assert (found.known_until, found.segments[-1].end) == (D("2026-12-31"), D("2026-12-31"))
    assert str(found.remarks[0]) == "The law's values are not known after 2026-12-31: the computation stops there."
    assert interest(1000000, statutory("2026-06-30"), (), D("2026-12-31"), LAW).known_until is None


def test_a_debt_paid_before_the_unknown_day_needs_no_rate_there():
    paid = Movement(D("2026-11-30"), -1000000, msg("Payment"))
    found = interest(1000000, statutory("2026-06-30"), (paid,), D("2027-06-30"), LAW)
    assert (found.known_until, found.segments[-1].end, found.segments[-1].amount) == (None, D("2027-06-30"), 0)


def test_a_payment_on_a_day_whose_rate_is_not_known_waits():
    account = with_payments(
        1000000, statutory("2026-06-30"), [(D("2026-09-30"), 1000), (D("2027-02-01"), 5000)], D("2027-06-30"), LAW
    )
    assert [split.cents for split in account.splits] == [1000]
    assert account.waiting == ((D("2027-02-01"), 5000),)


def test_a_payment_larger_than_the_debt_leaves_the_rest_over():
    account = with_payments(1000000, statutory(), [(D("2025-06-30"), 1100000)], D("2025-12-31"), LAW)
    (split,) = account.splits
    assert (split.interest, split.principal, split.left_over) == (32785, 1000000, 67215)
    assert account.balance == 0
    assert "more than was owed" in str(split.why)


def test_the_floor_of_2024_is_above_the_default_rate_and_neither_moves_the_other():
    for day, least, default in (
        ("2024-06-30", "15.21", "14.50"),
        ("2024-07-01", "14.76", "14.25"),
        ("2025-01-01", "11.13", "13.15"),
    ):
        assert (floor(LAW, D(day)).value, default_rate(LAW, D(day)).value) == (Decimal(least), Decimal(default))
    assert interest(1000000, statutory("2023-12-31"), (), D("2024-01-01"), LAW).segments[0].rate == Decimal("14.50")


@pytest.mark.parametrize("claimed", [False, True])
def test_a_rate_below_the_floor_is_said_with_the_default_rate(claimed):
    terms = InterestTerms(Basis.CONTRACTUAL, D("2023-12-31"), contract_rate=Decimal(9), between_businesses=True,
                          default_below_floor=claimed)  # fmt: skip
    found = interest(1000000, terms, (), D("2024-06-30"), LAW)
    assert found.segments[0].rate == (Decimal("14.50") if claimed else Decimal(9))
    assert found.remarks[0].params == {"agreed": Decimal(9), "floor": Decimal("15.21"), "default": Decimal("14.50")}
    assert found.certainty == "U"


@pytest.mark.parametrize(
    ("served", "auction", "first"),
    [
        ("2025-02-17", False, "2025-04-18"),
        ("2024-12-31", False, "2025-03-01"),
        ("2023-12-31", False, "2024-03-01"),
        ("2023-12-29", False, "2024-03-01"),
        ("2025-02-17", True, "2025-06-18"),
    ],
)
def test_the_raise_starts_the_day_after_the_same_date_months_later(served, auction, first):
    terms = InterestTerms(Basis.LEGAL, D("2023-01-01"), served_on=D(served), auction=auction)
    assert surcharge_from(terms, LAW) == D(first)


def test_only_the_legal_rate_is_raised():
    for basis in (Basis.STATUTORY, Basis.CONTRACTUAL, Basis.PUBLIC):
        terms = InterestTerms(basis, D("2025-01-20"), served_on=D("2025-02-17"), contract_rate=Decimal(8))
        assert surcharge_from(terms, LAW) is None
        assert len({segment.rate for segment in interest(1000, terms, (), D("2025-06-30"), LAW).segments}) == 1


def test_the_stops_say_their_article_and_how_surely():
    assert insolvency_stop(D("2025-09-10"), long_credit=True) is None
    for long_credit, certainty in ((None, "U"), (False, "V2")):
        stop = insolvency_stop(D("2025-09-10"), long_credit=long_credit)
        assert stop is not None
        assert (stop.articles, stop.certainty) == (("C. com., art. L. 622-28",), certainty)
    stop = overindebtedness_stop(D("2026-03-03"), D("2026-05-31"))
    assert [stop.holds(D(day)) for day in ("2026-03-02", "2026-03-03", "2026-05-31", "2026-06-01")] == [
        False,
        True,
        True,
        False,
    ]
    assert stop.articles == ("C. consom., art. L. 722-14",)


@pytest.mark.parametrize(
    ("principal", "terms", "until", "field"),
    [
        (-1, statutory(), "2025-06-30", "principal"),
        (1000, InterestTerms(Basis.CONTRACTUAL, D("2025-03-31"), contract_rate=Decimal(101)), "2025-06-30", "rate"),
        (1000, InterestTerms(Basis.CONTRACTUAL, D("2025-03-31"), contract_rate=Decimal("NaN")), "2025-06-30", "rate"),
        (1000, statutory("1969-12-31"), "2025-06-30", "from"),
        (1000, statutory(), "2101-01-01", "to"),
    ],
)
def test_what_no_computation_can_stand_on_is_refused_on_its_field(principal, terms, until, field):
    with pytest.raises(Refusal) as caught:
        interest(principal, terms, (), D(until), LAW)
    assert caught.value.problems[0].field == field


def test_the_default_rate_before_the_first_ecb_rate_is_unknown():
    with pytest.raises(UnknownValue):
        default_rate(LAW, D("2007-06-12"))


days = st.dates(D("2013-05-01"), D("2026-12-31"))
bases = st.sampled_from(
    [
        InterestTerms(Basis.STATUTORY, D("2013-05-01")),
        InterestTerms(Basis.PUBLIC, D("2013-05-01")),
        InterestTerms(Basis.LEGAL, D("2013-05-01"), "individual", served_on=D("2019-11-30")),
        InterestTerms(Basis.CONTRACTUAL, D("2013-05-01"), contract_rate=Decimal("7.375")),
        InterestTerms(Basis.LEGAL, D("2013-05-01"), capitalised_from=D("2016-02-29")),
    ]
)
moves = st.lists(st.tuples(days, st.integers(-300000, 0)), max_size=4).map(
    lambda found: tuple(Movement(day, cents, msg("Credit note")) for day, cents in found)
)


def exact(terms, movements, until, principal):
    """The same run without any rounding, from the periods' own bases, rates and days."""
    found = interest(principal, terms, movements, until, LAW)
    return sum(Fraction(s.base * s.days) * Fraction(s.rate) / 36500 for s in found.segments), found


@settings(max_examples=80, deadline=None)
@given(principal=st.integers(0, 10**9), terms=bases, until=days, movements=moves)
def test_the_periods_partition_the_time_exactly_and_add_up(principal, terms, until, movements):
    found = interest(principal, terms, movements, until, LAW)
    ends = [terms.start, *(segment.end for segment in found.segments)]
    assert [segment.start for segment in found.segments] == ends[:-1]
    assert ends[-1] == max(until, terms.start)
    assert all(a < b for a, b in itertools.pairwise(ends))
    assert sum(segment.days for segment in found.segments) == (ends[-1] - terms.start).days
    assert found.total == sum(segment.amount for segment in found.segments) == found.computation.value


@settings(max_examples=60, deadline=None)
@given(principal=st.integers(0, 10**9), terms=bases, day=days, later=days)
def test_a_later_day_never_lowers_interest(principal, terms, day, later):
    first, last = sorted((day, later))
    assert interest(principal, terms, (), first, LAW).total <= interest(principal, terms, (), last, LAW).total


@settings(max_examples=60, deadline=None)
@given(principal=st.integers(0, 10**9), terms=bases.filter(lambda t: not t.capitalised_from), until=days, cut=days)
def test_cutting_a_run_in_two_changes_it_by_half_a_cent_a_period_at_most(principal, terms, until, cut):
    whole = interest(principal, terms, (), until, LAW)
    marked = interest(principal, terms, (Movement(cut, 0, msg("Cut")),), until, LAW)
    assert abs(whole.total - marked.total) * 2 <= len(whole.segments) + len(marked.segments)


@settings(max_examples=60, deadline=None)
@given(
    principal=st.integers(0, 10**9), terms=bases.filter(lambda t: not t.capitalised_from), until=days, movements=moves
)
def test_the_total_differs_from_the_unrounded_one_by_half_a_cent_a_period_at_most(principal, terms, until, movements):
    unrounded, found = exact(terms, movements, until, principal)
    assert abs(unrounded - found.total) * 2 <= len(found.segments)


@settings(max_examples=60, deadline=None)
@given(
    principal=st.integers(1, 10**8),
    terms=bases,
    until=days,
    payments=st.lists(st.tuples(days, st.integers(1, 10**8)), max_size=4),
)
def test_payments_lose_no_cent(principal, terms, until, payments):
    account = with_payments(principal, terms, payments, until, LAW)
    counted = [cents for day, cents in payments if day <= until]
    assert sum(s.interest + s.principal + s.left_over for s in account.splits) == sum(counted)
    assert all(min(s.interest, s.principal, s.left_over) >= 0 for s in account.splits)
    owed = principal + account.interest.total
    assert account.balance == owed - sum(s.interest + s.principal for s in account.splits)
    assert account.interest_left >= 0


@settings(max_examples=60, deadline=None)
@given(principal=st.integers(1, 10**8), terms=bases, until=days, movements=moves)
def test_the_order_in_which_movements_are_given_does_not_matter(principal, terms, until, movements):
    assert (
        interest(principal, terms, movements, until, LAW).total
        == interest(principal, terms, movements[::-1], until, LAW).total
    )
