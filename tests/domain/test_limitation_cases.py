"""Limitation as a lawyer reads it: each case of tests/cases/limitation.yaml, worked out by hand, with the shipped data."""

import datetime as dt
from pathlib import Path

import pytest
import yaml

from core.domain.computation import Missing
from core.domain.legal_facts import LegalFact
from core.domain.limitation import clock
from core.law.limitation_rules import limitation_law

CASES = yaml.load(
    (Path(__file__).parents[1] / "cases" / "limitation.yaml").read_text(encoding="utf-8"), yaml.CSafeLoader
)
LAW = limitation_law()
DAY = dt.timedelta(days=1)


def fact(kind, on, *rest):
    until = next((one for one in rest if isinstance(one, dt.date)), None)
    return LegalFact(kind, on, until=until, evidence="" if "unproved" in rest else "document")


def found(case):
    period = LAW.periods[case["claim"]]
    starts = case.get("starts", {period.starts[0]: case.get("start")})
    return clock(period, starts, [fact(*event) for event in case.get("events", [])], LAW)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_the_case_gives_the_day_that_was_counted_by_hand(case):
    answer = found(case)
    if "missing" in case:
        assert isinstance(answer, Missing)
        assert [question.key for question in answer.questions] == [case["missing"]]
        return
    assert (answer.date, answer.date_if_proved) == (case["date"], case.get("proved", case["date"]))
    assert [step.kind for step in answer.told] == case.get("told", [])
    assert (answer.standing.kind if answer.standing else None) == case.get("standing")
    assert [question.key for question in answer.questions] == ([case["ask"]] if "ask" in case else [])
    assert answer.barred(case["date"] + DAY) is ("standing" not in case)
    assert not answer.barred(case["date"])
    assert not answer.barred(case["date"] - DAY)
    assert answer.days_left(case["date"] - DAY) == 1


def test_every_period_and_every_kind_of_event_has_a_case():
    assert {case["claim"] for case in CASES} == set(LAW.periods)
    told = {event[0] for case in CASES for event in case.get("events", [])}
    rest = set(LAW.events) - told - {"knowledge", "overindebtedness_admissible"}
    assert rest == set()


def test_no_case_is_told_twice():
    names = [case["name"] for case in CASES]
    assert len(names) == len(set(names)) >= 50
