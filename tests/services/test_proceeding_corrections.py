"""Corrections and entries typed late: every later event is judged again on its own day, and what no longer follows refuses the whole."""

import datetime as dt
import itertools
from dataclasses import replace

import pytest

from core.domain.messages import Refusal
from core.services import proceedings, upkeep
from tests.services.test_proceedings import FILED, ORDERED, SERVED, an_event, codes, opened, record

TOKEN = itertools.count(1)
D = dt.date


def filed(on):
    return replace(FILED, happened_on=on)


def order(on, **facts):
    return replace(ORDERED, happened_on=on, facts={**ORDERED.facts, **facts})


def serve(on, **facts):
    return replace(SERVED, happened_on=on, facts={**SERVED.facts, **facts})


def enforce(on):
    return an_event("enforceable", on, "creditor", ("order", "service_deed"))


def early(ctx, **more):
    """Opened on an instruction of January 2026."""
    return opened(ctx, given_on=D(2026, 1, 5), special_power_on=D(2026, 1, 5), **more)


def event_id(ctx, pid, kind):
    return next(row.id for row in proceedings.proceeding_file(ctx, pid).events if row.kind == kind)


def state(ctx, pid):
    return proceedings.proceeding_file(ctx, pid).state


# what is recorded, what is corrected into what, the later event named. Counted by hand (CPC 641, 642).
REFUSED = {
    "order 31 August to 1 September: two months' wait from 2 September end on 2 November, a title of 5 October is premature": (
        [filed(D(2026, 8, 3)), order(D(2026, 8, 31)), serve(D(2026, 9, 2)), enforce(D(2026, 10, 5))],
        order(D(2026, 9, 1)),
        ("Enforcement possible, no opposition notice received", "2026-10-05"),
    ),
    "order 2 March to 10 January: served on 20 August is after the six months of 10 July": (
        [filed(D(2026, 1, 6)), order(D(2026, 3, 2)), serve(D(2026, 8, 20)), enforce(D(2026, 9, 22))],
        order(D(2026, 1, 10)),
        ("Enforceable title, no opposition within the month", "2026-09-22"),
    ),
    "service moved to after the title": (
        [filed(D(2026, 1, 6)), order(D(2026, 3, 2)), serve(D(2026, 8, 20)), enforce(D(2026, 9, 22))],
        serve(D(2026, 11, 20)),
        ("Enforceable title, no opposition within the month", "2026-09-22"),
    ),
    "order moved to after its service": (
        [filed(D(2026, 8, 3)), order(D(2026, 9, 7)), serve(D(2026, 9, 21))],
        order(D(2026, 10, 30)),
        ("Service on each debtor", "2026-09-21"),
    ),
    "filing moved to after the order": (
        [filed(D(2026, 8, 3)), order(D(2026, 9, 7)), serve(D(2026, 9, 21))],
        filed(D(2026, 11, 20)),
        ("Payment order issued", "2026-09-07"),
    ),
}


@pytest.mark.parametrize(("events", "corrected", "named"), REFUSED.values(), ids=list(REFUSED))
def test_a_correction_that_breaks_a_later_event_is_refused_and_names_it(ctx, events, corrected, named):
    pid = early(ctx)
    record(ctx, pid, *events)
    before = state(ctx, pid)
    with pytest.raises(Refusal) as refused:
        proceedings.correct_event(ctx, event_id(ctx, pid, corrected.kind), corrected, f"c-{next(TOKEN)}")
    assert codes(refused) == {("later-events", "corrects")}
    said = " ".join(str(problem.reason) for problem in refused.value.problems)
    assert all(words in said for words in named)
    assert state(ctx, pid) == before


def test_the_last_day_that_still_follows_is_accepted(ctx):
    pid = early(ctx)
    record(ctx, pid, filed(D(2026, 1, 6)), order(D(2026, 3, 2)), serve(D(2026, 8, 20)), enforce(D(2026, 9, 22)))
    fixed = order(D(2026, 2, 20))  # six months end on 20 August, the day of the service
    proceedings.correct_event(ctx, event_id(ctx, pid, "order_issued"), fixed, "kept")
    assert state(ctx, pid).title.on == D(2026, 9, 22)
    fixed = order(D(2026, 2, 19))  # 19 August, a Wednesday: one day late
    with pytest.raises(Refusal) as refused:
        proceedings.correct_event(ctx, proceedings.proceeding_file(ctx, pid).events[-1].id, fixed, "late")
    assert codes(refused) == {("later-events", "corrects")}


def test_the_end_of_the_proceeding_is_not_dated_before_what_was_done(ctx):
    pid = opened(ctx)
    record(ctx, pid, FILED)
    with pytest.raises(Refusal) as refused:
        record(ctx, pid, an_event("withdrawn", D(2026, 8, 1), "creditor", ("instruction",)))
    assert codes(refused) == {("date-before-step", "happened_on")}
    record(ctx, pid, an_event("withdrawn", D(2026, 8, 3), "creditor", ("instruction",)))


def test_the_lapse_of_the_order_is_not_dated_before_the_end_of_its_limit(ctx):
    pid = early(ctx)
    record(ctx, pid, filed(D(2026, 1, 6)), order(D(2026, 2, 2)))  # six months end on Sunday 2 August, Monday 3
    for day in (D(2026, 3, 1), D(2026, 8, 3)):
        with pytest.raises(Refusal) as refused:
            record(ctx, pid, an_event("order_void", day, "agency", evidence=""))
        assert codes(refused) == {("step-not-possible", "kind")}
    assert record(ctx, pid, an_event("order_void", D(2026, 8, 4), "agency", evidence="")).outcome == "void"


def test_one_more_debtor_to_serve_takes_the_ground_from_the_title(ctx):
    pid = early(ctx)
    record(ctx, pid, filed(D(2026, 1, 6)), order(D(2026, 3, 2)), serve(D(2026, 8, 20)), enforce(D(2026, 9, 22)))
    fixed = serve(D(2026, 8, 20), all_served="no")
    with pytest.raises(Refusal) as refused:
        proceedings.correct_event(ctx, event_id(ctx, pid, "serve_order"), fixed, "one more")
    assert codes(refused) == {("later-events", "corrects")}


def test_an_opposition_learnt_after_the_title_is_recorded_and_the_case_keeps_a_next_action(ctx):
    pid = early(ctx, court="jcp")
    record(ctx, pid, filed(D(2026, 1, 6)), order(D(2026, 3, 2)), serve(D(2026, 8, 20)), enforce(D(2026, 9, 22)))
    assert state(ctx, pid).outcome == "title"
    done = record(
        ctx, pid, an_event("opposition", D(2026, 9, 21), "debtor", ("clerk_letter",))
    )  # the last day, a Monday
    found = state(ctx, pid)
    assert (done.outcome, found.title, found.contested.on) == ("", None, D(2026, 9, 22))
    with ctx.store.read() as reader:
        assert reader.rows("SELECT kind FROM titles") == []
    assert upkeep.verify(ctx).whole


def test_an_opposition_one_day_late_leaves_the_title_and_says_that_the_judge_decides(ctx):
    pid = early(ctx, court="jcp")
    record(ctx, pid, filed(D(2026, 1, 6)), order(D(2026, 3, 2)), serve(D(2026, 8, 20)), enforce(D(2026, 9, 22)))
    record(ctx, pid, an_event("opposition", D(2026, 9, 22), "debtor", ("clerk_letter",)))
    found = state(ctx, pid)
    due = found.due("opposition_period")
    assert (found.title.on, found.contested.on, due.state) == (D(2026, 9, 22), D(2026, 9, 22), "late")
    assert "for the judge" in due.limit.late.remark.text.en
