"""Absence cover: the cases show in the cover's queue from the first day and are back on the day of return, by themselves."""

import datetime as dt
from dataclasses import replace

import pytest

from core.domain.messages import Refusal
from core.services import absences, assignment, cases, house, team, upkeep
from tests.services.factory import a_case, a_creditor

D = dt.date
TODAY = D(2026, 11, 23)


@pytest.fixture
def karim(ctx):
    return team.add_colleague(ctx, "Karim", "collector")


def on(ctx, day, monkeypatch):
    """The same person on another day, the store rolled to it."""
    monkeypatch.setenv("QUITTANCE_TODAY", day.isoformat())
    house.roll(ctx.store)
    return replace(ctx, today=day)


def queue_of(ctx, user):
    return [row.case_id for row in cases.queue(ctx, cases.Asked("all", collector=user)).rows]


def test_the_cases_go_to_the_cover_and_come_back_on_the_day_of_return(ctx, karim, monkeypatch):
    case_id = a_case(ctx)  # Léa's: who types a case has it
    absences.add_absence(ctx, ctx.user.id, karim, D(2026, 11, 24), D(2026, 11, 26))
    assert (queue_of(ctx, ctx.user.id), queue_of(ctx, karim)) == ([case_id], [])  # the day before
    for day, cover in ((D(2026, 11, 24), True), (D(2026, 11, 25), True), (D(2026, 11, 26), False)):
        there = on(ctx, day, monkeypatch)
        expected = ([], [case_id]) if cover else ([case_id], [])
        assert (queue_of(there, ctx.user.id), queue_of(there, karim)) == expected, day
    assert upkeep.verify(ctx).read_model is True


def test_the_case_stays_its_collectors_and_is_not_counted_in_the_covers_own_load(ctx, karim):
    case_id = a_case(ctx)
    absences.add_absence(ctx, ctx.user.id, karim, TODAY, D(2026, 12, 1))
    assert queue_of(ctx, karim) == [case_id]
    assert cases.case_file(ctx, case_id).head.collector == "Léa Martin"
    found = assignment.preview(ctx, [case_id], karim)
    assert [(one.name, one.before, one.after) for one in found.loads] == [("Karim", 0, 1), ("Léa Martin", 1, 0)]


def test_a_case_placed_meanwhile_is_covered_too_and_coming_back_early_gives_them_back_at_once(ctx, karim, monkeypatch):
    absence = absences.add_absence(ctx, ctx.user.id, karim, TODAY, D(2026, 12, 1))
    case_id = a_case(ctx)
    assert queue_of(ctx, karim) == [case_id]
    later = on(ctx, D(2026, 11, 25), monkeypatch)
    absences.come_back(later, absence, 1)
    assert (queue_of(later, karim), queue_of(later, ctx.user.id)) == ([], [case_id])
    assert absences.absences(later) == ()


def test_a_cancelled_absence_changes_nothing(ctx, karim):
    case_id = a_case(ctx)
    absence = absences.add_absence(ctx, ctx.user.id, karim, TODAY, D(2026, 12, 1))
    absences.cancel_absence(ctx, absence, 1)
    assert queue_of(ctx, ctx.user.id) == [case_id]
    assert upkeep.verify(ctx).read_model is True


def test_the_cases_of_somebody_covered_who_leaves_go_to_their_successor(ctx, karim):
    zoe = team.add_colleague(ctx, "Zoé", "collector")
    case_id = a_case(ctx)
    team.assign_case(ctx, case_id, karim)
    absences.add_absence(ctx, karim, ctx.user.id, TODAY, D(2026, 12, 1))
    assert team.retire_colleague(ctx, karim, 1, zoe) == 1
    assert queue_of(ctx, zoe) == [case_id]


@pytest.mark.parametrize(("start", "back", "code"), [
    (D(2026, 11, 22), D(2026, 11, 25), "date-in-past"), (D(2026, 11, 24), D(2026, 11, 24), "absence-empty"),
    (D(2026, 11, 30), D(2026, 12, 3), "absence-twice"),
])  # fmt: skip
def test_days_that_make_no_absence_are_refused(ctx, karim, start, back, code):
    absences.add_absence(ctx, ctx.user.id, karim, D(2026, 12, 1), D(2026, 12, 5))
    with pytest.raises(Refusal) as refused:
        absences.add_absence(ctx, ctx.user.id, karim, start, back)
    assert [p.code for p in refused.value.problems] == [code]


def test_an_absence_may_begin_on_the_day_another_one_ends(ctx, karim):
    absences.add_absence(ctx, ctx.user.id, karim, D(2026, 12, 1), D(2026, 12, 5))
    absences.add_absence(ctx, ctx.user.id, karim, D(2026, 12, 5), D(2026, 12, 7))
    assert len(absences.absences(ctx)) == 2


def test_nobody_covers_for_themself_nor_while_away_nor_while_covering(ctx, karim):
    absences.add_absence(ctx, ctx.user.id, karim, D(2026, 12, 1), D(2026, 12, 5))
    zoe = team.add_colleague(ctx, "Zoé", "collector")
    for who, cover, code in (
        (zoe, zoe, "cover-oneself"),
        (zoe, ctx.user.id, "cover-away"),
        (karim, zoe, "cover-away"),
        (999, zoe, "colleague-unknown"),
    ):
        with pytest.raises(Refusal) as refused:
            absences.add_absence(ctx, who, cover, D(2026, 12, 2), D(2026, 12, 3))
        assert [p.code for p in refused.value.problems] == [code]


def test_the_queue_of_one_creditor_keeps_its_cover(ctx, karim):
    creditor = a_creditor(ctx)
    case_id = a_case(ctx, creditor=creditor)
    absences.add_absence(ctx, ctx.user.id, karim, TODAY, D(2026, 12, 1))
    assert [row.case_id for row in cases.queue(ctx, cases.Asked("all", creditor, karim)).rows] == [case_id]
