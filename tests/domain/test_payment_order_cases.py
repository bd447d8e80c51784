"""The payment order as a lawyer reads it: each scenario of tests/cases/payment_order.yaml is replayed with the shipped data."""

import datetime as dt
from pathlib import Path

import pytest
import yaml

from core.domain.proceeding_events import Event
from core.domain.proceedings import replay
from core.law.procedures import load_procedures
from core.services.proceeding_record import count

CASES = yaml.load(
    (Path(__file__).parents[1] / "cases" / "payment_order.yaml").read_text(encoding="utf-8"), yaml.CSafeLoader
)
ROUTE = load_procedures()["payment_order"]


def events(lines):
    return [
        Event(
            n,
            kind,
            day,
            "somebody",
            {k: v.isoformat() if isinstance(v, dt.date) else v for k, v in (rest[0] if rest else {}).items()},
        )
        for n, (kind, day, *rest) in enumerate(lines, 1)
    ]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_the_scenario_gives_what_the_law_says(case):
    found = replay(ROUTE, events(case["events"]), case["court"], case["events"][0][1], case["today"], count)
    assert found.conflicts == ()
    assert (found.procedure.version, found.provisional) == (case["version"], case.get("provisional", False))
    assert {due.limit.key: [due.counted.legal, due.state] for due in found.dues} == case["limits"]
    assert {option.step.key for option in found.options if option.ready} == set(case["ready"])
    reasons = {option.step.key: " ".join(map(str, option.missing)) for option in found.options}
    for step, words in case.get("blocked", {}).items():
        assert words in reasons[step]
    assert not set(case.get("never", ())) & set(reasons)
    assert found.outcome == case.get("outcome", "")
    for kept in ("title", "contested"):
        title = getattr(found, kept)
        assert (title and [title.kind, title.on, title.amount]) == case.get(kept)


def state(*lines, court="tj", today=dt.date(2026, 11, 24)):
    return replay(ROUTE, events(lines), court, dt.date(2026, 8, 1), today, count)


START = (["instruction", dt.date(2026, 8, 1)], ["file_application", dt.date(2026, 8, 3)])


def test_each_limit_says_its_article_and_the_sanction():
    (due,) = state(*START, ["order_issued", dt.date(2026, 9, 1), {"granted": "whole", "order_amount": 1}]).dues
    assert (due.limit.article, due.counted.certainty) == ("CPC, art. 1411", "V2")
    assert due.limit.missed.en == "The order is void: start again"
    assert "CPC, art. 641 al. 2" in due.counted.articles


def test_a_correction_takes_the_place_of_what_it_corrects():
    found = events([*START, ["order_issued", dt.date(2026, 8, 31), {"granted": "whole", "order_amount": 1}]])
    fixed = Event(4, "order_issued", dt.date(2026, 9, 1), "judge", {"granted": "whole", "order_amount": 1}, corrects=3)
    after = replay(ROUTE, [*found, fixed], "tj", dt.date(2026, 8, 1), dt.date(2026, 11, 24), count)
    assert after.procedure.version == "2026-09-01"
    assert [event.id for event in after.done] == [1, 2, 4]
    back = Event(5, "taken_back", dt.date(2026, 11, 24), corrects=4)
    last = replay(ROUTE, [*found, fixed, back], "tj", dt.date(2026, 8, 1), dt.date(2026, 11, 24), count)
    assert [event.kind for event in last.done] == ["instruction", "file_application"]
    assert last.provisional


def test_an_event_whose_ground_was_taken_away_is_a_conflict_and_no_exception():
    found = state(*START, ["serve_order", dt.date(2026, 10, 1), {"in_person": "yes", "all_served": "yes"}])
    assert [event.kind for event in found.conflicts] == ["serve_order"]
