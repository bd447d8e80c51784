"""The guided tour: offered in the demonstration only, remembered per person, left at either end, its data read strictly."""

import dataclasses
from pathlib import Path

import pytest

from core.domain.messages import Refusal
from core.services import tour
from tests.services.factory import a_case, a_debt


@pytest.fixture
def visitor(ctx):
    """The same person, told that the store is a demonstration."""
    return dataclasses.replace(ctx, space="demo")


def test_the_agency_has_no_tour(ctx):
    assert tour.tour(ctx).stop is None


def test_a_newcomer_of_the_demonstration_has_not_started_it(visitor):
    assert tour.tour(visitor).at is None


def test_where_one_stands_is_kept(visitor):
    tour.go_to(visitor, 2)
    assert tour.tour(visitor).at == 2


def test_past_either_end_the_tour_is_left(visitor):
    assert tour.go_to(visitor, len(tour.stops())).at == tour.LEFT
    assert tour.go_to(visitor, -1).at == tour.LEFT


def test_a_stop_opens_the_case_that_holds_its_debt(visitor):
    at, stop = next((at, stop) for at, stop in enumerate(tour.stops()) if stop.debt)
    assert tour.go_to(visitor, at).case_id is None
    case_id = a_case(visitor, a_debt(stop.debt))
    assert tour.tour(visitor).case_id == case_id


@pytest.mark.parametrize(
    ("written", "line"),
    [
        ("stops:\n  - page: queue\n    title: {fr: A, en: A}\n    texte: {fr: B, en: B}\n", 4),
        ("stops:\n  - page: queue\n    title: {fr: A}\n    text: {fr: B, en: B}\n", 3),
    ],
)
def test_a_fault_of_the_data_is_told_with_its_line(tmp_path: Path, written: str, line: int):
    path = tmp_path / "data" / "tour" / "tour.yaml"
    path.parent.mkdir(parents=True)
    path.write_text(written, encoding="utf-8")
    with pytest.raises(Refusal) as refused:
        tour.stops(path)
    assert (refused.value.problems[0].where, refused.value.problems[0].line) == ("data/tour/tour.yaml", line)
