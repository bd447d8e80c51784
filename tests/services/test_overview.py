"""The portfolio on one screen: its figures counted by hand, its deadlines the day before, of and after."""

import datetime as dt

import pytest

from core.services import cases, disputes, overview, payments
from core.services.disputes import DisputeEntry
from core.services.overview import NAMES, AgedCreditor
from core.services.payments import PaymentEntry
from tests.services.factory import a_call, a_case, a_creditor, a_debt

D = dt.date


def a_deadline(ctx, case_id: int, safe_on: str, *, direction: str = "before", met_on: str | None = None) -> None:
    """A time limit as the read model keeps it (schema 002), of a proceeding of its own."""
    with ctx.write() as unit:
        creditor = unit.value("SELECT creditor_id FROM cases WHERE id = ?", (case_id,))
        proceeding = unit.add(
            "proceedings", case_id=case_id, route="payment_order", version="1", opened_on="2026-10-01"
        )
        unit.add(
            "deadlines", proceeding_id=proceeding, case_id=case_id, creditor_id=creditor, key="serve", direction=direction,
            from_on="2026-10-01", raw_on=safe_on, legal_on=safe_on, safe_on=safe_on, certainty="V", met_on=met_on,
            as_of=unit.today, law="",
        )  # fmt: skip
        unit.touch(case_id)
        unit.audit("test.deadline", "case", case_id)


# Today is Monday 23 November 2026: 7 days on is the 30th, 30 days on is 23 December.
@pytest.mark.parametrize(("safe_on", "expected"), [
    ("2026-11-22", (1, 0, 0)), ("2026-11-23", (0, 1, 1)), ("2026-11-30", (0, 1, 1)), ("2026-12-01", (0, 0, 1)),
    ("2026-12-23", (0, 0, 1)), ("2026-12-24", (0, 0, 0)),
])  # fmt: skip
def test_a_deadline_counts_by_its_day_to_act_upon(ctx, safe_on, expected):
    a_deadline(ctx, a_case(ctx), safe_on)
    found = overview.portfolio(ctx).deadlines
    assert (found.overdue, found.week, found.month) == expected


def test_a_deadline_that_is_met_or_no_limit_or_of_a_closed_case_counts_nowhere(ctx):
    a_deadline(ctx, a_case(ctx), "2026-11-22", met_on="2026-11-20")
    a_deadline(ctx, a_case(ctx), "2026-11-22", direction="not_before")
    closed = a_case(ctx)
    a_call(ctx, closed, "RET", channel="none")
    a_deadline(ctx, closed, "2026-11-22")  # a case with a limit that runs is not closed: one taken over may be
    found = overview.portfolio(ctx)
    assert (found.deadlines.overdue, found.deadlines.week, found.deadlines.month, found.counters.deadlines) == (
        0,
        0,
        0,
        0,
    )


def test_the_tab_of_deadlines_has_each_case_once_the_nearest_first(ctx):
    late, soon = a_case(ctx, name="Tard"), a_case(ctx, name="Tôt")
    for day in ("2027-01-10", "2026-12-20"):
        a_deadline(ctx, late, day)
    a_deadline(ctx, soon, "2026-11-25")
    page = cases.queue(ctx, "deadlines")
    assert [(row.case_id, row.deadline_on) for row in page.rows] == [(soon, "2026-11-25"), (late, "2026-12-20")]
    assert page.total == 2


def test_money_is_what_was_placed_what_came_and_what_open_cases_owe(ctx):
    creditor = a_creditor(ctx)
    paid = a_case(ctx, a_debt(amount=30000), creditor=creditor, name="Payeur")
    closed = a_case(ctx, a_debt(amount=5000), creditor=creditor, name="Clos")
    payments.record_payment(ctx, PaymentEntry(paid, ctx.today, 12000, "transfer", "agency"), "p1")
    a_call(ctx, closed, "RET", channel="none")
    money = overview.portfolio(ctx).money
    # placed 300 + 50; collected 120; owed by the open case 300 - 120, the closed one left out
    assert (money.placed, money.collected, money.owed) == (35000, 12000, 18000)


def test_the_aged_balance_has_its_totals_and_the_largest_creditor_first(ctx):
    small, large = a_creditor(ctx, "Petit"), a_creditor(ctx, "Grand")
    a_case(ctx, a_debt("F-1", 1000, D(2026, 11, 23)), creditor=small)  # due today: not late
    a_case(ctx, a_debt("F-2", 7000, D(2026, 11, 22)), a_debt("F-3", 2000, None), creditor=large)
    found = overview.portfolio(ctx)
    assert [(row.name, row.total) for row in found.aged] == [("Grand", 9000), ("Petit", 1000)]
    assert {k: v for k, v in found.total.bands.items() if v} == {"not_due": 1000, "d1_30": 7000, "undated": 2000}
    assert found.total.total == 10000


def test_an_empty_house_shows_zeroes(ctx):
    found = overview.portfolio(ctx)
    assert (found.money.placed, found.aged, found.total.total, found.top, found.held) == (0, (), 0, (), ())


def test_what_holds_is_counted_by_kind(ctx):
    a_call(ctx, a_case(ctx), "AVO", name="Me Roux")
    for token in ("a", "b"):
        disputes.open_dispute(ctx, DisputeEntry(a_case(ctx), None, None, "other", "Non"), token)
    assert overview.portfolio(ctx).held == (("dispute", 2), ("represented", 1))


def test_the_smallest_creditors_stand_together_in_the_last_line():
    rows = tuple(AgedCreditor(n, f"C{n}", dict.fromkeys(NAMES, n), 7 * n) for n in (5, 4, 3, 2, 1))
    assert overview.fold_small(rows, 5) == rows
    folded = overview.fold_small(rows, 3)
    assert [(row.creditor_id, row.total) for row in folded] == [(5, 35), (4, 28), (0, 42)]
    assert folded[-1].bands["undated"] == 6
