"""What stands in the way of closing: by reason, at the limit and beyond, and until when a case is kept."""

import datetime as dt

import pytest

from core.domain.closure import Facts, judge, kept_until
from core.law.closure_reasons import closure_data

D = dt.date


def found(reason, words="", **facts):
    known = {"balance": 0, **facts}
    return {one.code: one.level for one in judge(closure_data().reason(reason), Facts(**known), words)}


def test_a_paid_case_with_nothing_open_may_close():
    assert found("paid") == {}


@pytest.mark.parametrize(("facts", "expected"), [
    ({"balance": 1}, {"balance": "blocks"}), ({"balance": -1}, {"balance": "blocks"}), ({"unallocated": 500}, {"unallocated": "blocks"}),
    ({"client_money": 500}, {"client_money": "told"}), ({"disputes": 1}, {"dispute": "blocks"}), ({"messages": 1}, {"message": "blocks"}),
    ({"proceedings": 1}, {"proceeding": "blocks"}), ({"complaints": 1}, {"complaint": "acknowledge"}), ({"promises": 1, "plan": True}, {}),
])  # fmt: skip
def test_paid_in_full(facts, expected):
    assert found("paid", **facts) == expected


@pytest.mark.parametrize(("balance", "level"), [(4000, "told"), (4001, "blocks")])
def test_a_small_amount_is_small_up_to_its_limit(balance, level):
    assert found("small_amount", balance=balance) == {"balance": level}


def test_a_recalled_case_notes_what_runs_and_still_does_not_leave_its_proceeding():
    facts = {"balance": 100, "promises": 1, "plan": True, "disputes": 1, "proceedings": 1}
    assert found("recalled", **facts) == {
        "balance": "told", "promise": "acknowledge", "plan": "acknowledge", "dispute": "acknowledge", "proceeding": "blocks",
    }  # fmt: skip


@pytest.mark.parametrize(("reason", "need", "facts", "words"), [
    ("untraceable", "tracing", {"traced": True}, ""), ("time_barred", "limitation", {"barred": True}, ""),
    ("irrecoverable", "proof", {}, "PV de carence du 3 mars"), ("insolvency_closed", "insolvency", {"insolvent": True}, "Jugement du 3 mars"),
])  # fmt: skip
def test_a_reason_rests_on_what_the_case_shows(reason, need, facts, words):
    assert found(reason, words="x" if need == "insolvency" else "", balance=100)[need] == "blocks"
    assert found(reason, words=words, balance=100, **facts) == {"balance": "told"}


def test_each_obstacle_says_what_to_do_and_the_gravest_comes_first():
    facts = Facts(100, 1, 1, 1, True, 1, 1, 1, 1)
    rows = judge(closure_data().reason("recalled"), facts, "")
    assert [one.level for one in rows] == sorted(
        (one.level for one in rows), key=("blocks", "acknowledge", "told").index
    )
    assert all(str(one.sentence) and str(one.remedy) for one in rows)


@pytest.mark.parametrize(("closed", "titles", "until"), [
    (D(2026, 11, 23), [], D(2031, 11, 23)), (D(2026, 11, 23), [D(2021, 11, 23)], D(2031, 11, 23)),
    (D(2026, 11, 23), [D(2021, 11, 24)], D(2031, 11, 24)), (D(2028, 2, 29), [], D(2033, 2, 28)),
])  # fmt: skip
def test_a_case_is_kept_five_years_or_ten_after_its_title(closed, titles, until):
    assert kept_until(closed, titles, 5, 10) == until


def test_every_result_that_closes_has_its_reason():
    from core.law.results import load_results

    closing = {rule.code for rule in load_results() if rule.next_action.kind == "close"}
    assert closing == {one.result for one in closure_data().reasons if one.result}
