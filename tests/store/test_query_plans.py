"""The queries of each screen use an index: no scan of a large table, no sort of it. Times nothing."""

import datetime as dt

import pytest

from core.services.context import Ctx
from core.store import (
    balances,
    cases,
    course,
    disputes,
    limitation,
    neighbours,
    overview,
    priority,
    queue,
    queue_counts,
    reports,
    summaries,
    team,
    tracker,
)
from core.store.points import NOTHING
from core.store.queue import Asked
from core.store.unit import Reader
from tests.services.factory import a_case

LARGE = (
    "debts",
    "entries",
    "interactions",
    "payments",
    "cases",
    "parties",
    "contact_points",
    "tasks",
    "case_summaries",
    "audit",
    "texts",
    "documents",
)


class Explained(Reader):
    """A reader that keeps the plan of each query instead of running it for rows."""

    def __init__(self, conn):
        super().__init__(conn)
        self.plans: list[tuple[str, str]] = []

    def _explain(self, sql, params):
        self.plans += [(sql, row[3]) for row in self.conn.execute(f"EXPLAIN QUERY PLAN {sql}", params)]

    def all(self, shape, sql, params=()):
        self._explain(sql, params)
        return super().all(shape, sql, params)

    def first(self, shape, sql, params=()):
        self._explain(sql, params)
        return super().first(shape, sql, params)

    def rows(self, sql, params=()):
        self._explain(sql, params)
        return super().rows(sql, params)

    def value(self, sql, params=()):
        self._explain(sql, params)
        return super().value(sql, params)


def heavy(plans):
    """The steps that read a large table from end to end or sort."""
    named = (*(f"SCAN {table}" for table in LARGE), "SCAN s", "SCAN c ", "SCAN i", "SCAN d")
    return [
        (step, " ".join(sql.split())[:120])
        for sql, step in plans
        if (step.startswith(named) and " USING INDEX" not in step and "USING COVERING INDEX" not in step)
    ]


@pytest.fixture
def explained(ctx: Ctx):
    a_case(ctx)
    with ctx.store.read() as reader:
        yield Explained(reader.conn)


def test_the_case_screen_reads_by_index_only(explained):
    cases.head(explained, 1)
    cases.parties(explained, 1)
    cases.contact_points(explained, (1,))
    cases.debts(explained, 1)
    course.timeline(explained, 1)
    course.holds(explained, 1, "2026-11-23")
    course.tasks(explained, 1)
    course.promises(explained, 1)
    queue.of_person(explained, 1, 1)
    at = neighbours.Spot(1, 10, "2026-12-01", "2026-12-02", "2026-12-03")
    for tab in queue.TABS:
        neighbours.neighbours(explained, queue.Asked(tab), at, "2026-11-23", "2027-01-01")
    cases.bucket_balances(explained, 1)
    assert len(explained.plans) > 10
    assert heavy(explained.plans) == []
    assert not [step for sql, step in explained.plans if "TEMP B-TREE" in step and "case_summaries" in sql]


def test_the_queue_walks_its_index_and_sorts_nothing(explained):
    for tab in (
        "todo",
        "planned",
        "all",
        "replies",
        "promises",
        "disputes",
        "alerts",
        "deadlines",
        "skipped",
        "closed",
    ):
        explained.plans.clear()
        queue.queue(explained, Asked(tab), "2026-11-23")
        assert heavy(explained.plans) == []
        assert not [step for _, step in explained.plans if "TEMP B-TREE" in step], tab


@pytest.mark.parametrize(
    "asked", [Asked("todo", after=1), Asked("all", before=1), Asked("deadlines", after=1), Asked("closed", after=1)]
)
def test_a_page_of_the_queue_starts_from_its_place_in_the_index(explained, asked):
    queue.queue(explained, asked, "2026-11-23")
    assert heavy(explained.plans) == []
    assert not [step for _, step in explained.plans if "TEMP B-TREE" in step]


def test_the_reasons_of_a_page_read_only_its_cases(explained):
    priority.pointed(explained, (1,))
    assert heavy(explained.plans) == []


def test_the_tab_and_figures_of_limitation_walk_their_index_and_sort_nothing(explained):
    for creditor, collector in ((None, None), (1, None), (None, 1)):
        queue.queue(explained, Asked("limitation", creditor, collector), "2026-11-23", "2027-02-21")
    limitation.near(explained, "2026-11-23", (90, 60, 30))
    limitation.barred(explained, 1, "2026-11-23")
    assert heavy(explained.plans) == []
    assert not [step for _, step in explained.plans if "TEMP B-TREE" in step and "ORDER BY s." in step]
    assert sum("summaries_limitation" in step for _, step in explained.plans) == 4


def test_a_telephone_number_is_found_by_index(explained):
    queue.by_contact(explained, "+33612345678")
    assert heavy(explained.plans) == []


def test_a_refresh_of_touched_cases_reads_only_those(ctx: Ctx):
    with ctx.write() as unit:
        conn = unit.conn
        conn.execute("INSERT INTO temp.touched VALUES (1, 0)")
        for text in (summaries.OUTSTANDING, summaries.SUMMARY, summaries.SEARCH):
            sql = text.format(scope=summaries.TOUCHED)
            plan = [
                (sql, row[3])
                for row in conn.execute(
                    f"EXPLAIN QUERY PLAN {sql}",
                    {**NOTHING, "today": "2026-11-23", "law": ""} if ":today" in sql else {},
                )
            ]
            assert heavy(plan) == []


def test_the_aged_balance_reads_nothing_but_its_index(explained):
    balances.aged(explained, dt.date(2026, 11, 23))
    reads = [step for _, step in explained.plans if "debts_aged" in step]
    assert reads
    assert all("COVERING" in step for step in reads)


def test_the_queue_of_one_colleague_walks_the_index_of_assigned_cases(explained):
    for tab in ("todo", "planned", "promises", "held", "all"):
        explained.plans.clear()
        queue.queue(explained, Asked(tab, collector=1), "2026-11-23")
        assert heavy(explained.plans) == []
        assert not [step for _, step in explained.plans if "TEMP B-TREE" in step], tab
    explained.plans.clear()
    queue_counts.counters(explained, "2026-11-23", None, 1)
    assert heavy(explained.plans) == []
    assert sum("summaries_collector" in step and "COVERING" in step for _, step in explained.plans) >= 9


def test_the_figures_of_the_portfolio_but_money_are_read_by_index(explained):
    tracker.counts(explained, "2026-11-23")
    overview.held_by_kind(explained)
    disputes.of_case(explained, 1)
    team.open_cases(explained)
    assert heavy(explained.plans) == []


@pytest.mark.parametrize(("creditor", "collector"), [(None, None), (1, None), (None, 1), (1, 1)])
def test_the_report_adds_up_along_its_own_indexes(explained, creditor, collector):
    span = reports.Span(dt.date(2026, 1, 1), dt.date(2026, 12, 31), dt.date(2026, 11, 23), creditor, collector)
    for by in ("month", "creditor", "collector"):
        reports.placed(explained, by, span, ("RET",))
        reports.received_on_placed(explained, by, span)
        reports.collected(explained, by, span)
    reports.contacts(explained, span)
    for by in ("creditor", "collector"):
        reports.standing(explained, by, span)
    reports.reach(explained, span, ("PRO",))
    reports.promised(explained, span, 2)
    reports.first_payments(explained, span)
    reports.aged_of_collector(explained, span)
    assert heavy(explained.plans) == []
    used = {"reports_cases", "reports_payments", "reports_interactions", "reports_summaries"}
    entered = [step for _, step in explained.plans if any(index in step for index in used)]
    assert all("COVERING" in step for step in entered), [step for step in entered if "COVERING" not in step]
    assert used <= {index for index in used for step in entered if index in step}
