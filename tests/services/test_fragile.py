"""The fragile path: opened by a lead or a result, needs without their cause, one person, a review, an end."""

import datetime as dt
from dataclasses import replace

import pytest

from core.domain.messages import Refusal
from core.services import cases, fragile, journal, team, upkeep
from core.services.context import User
from core.services.fragile import PathEntry
from core.store import fragile as kept
from tests.services.factory import a_call, a_case

D = dt.date


def codes(refused):
    return {(p.code, p.field) for p in refused.value.problems}


def an_entry(ctx, *needs, **more):
    return PathEntry(needs or ("more_time",), more.get("user", ctx.user.id), more.get("review_on", D(2026, 12, 14)))


def tasks(ctx, case_id):
    return [(task.kind, task.due_on) for task in cases.case_file(ctx, case_id).tasks]


def test_a_lead_opens_it_with_needs_one_person_and_a_review(ctx):
    case_id, bob = a_case(ctx), team.add_colleague(ctx, "Bob Roy", "collector")
    fragile.begin_path(ctx, case_id, an_entry(ctx, "written_only", "small_instalments", user=bob), "t")
    path = fragile.open_path_of(ctx, case_id)
    assert (path.needs, path.row.user, path.row.review_on) == (
        ("written_only", "small_instalments"),
        "Bob Roy",
        "2026-12-14",
    )
    assert ("review_fragile", "2026-12-14") in tasks(ctx, case_id)


def test_a_collector_cannot_open_one(ctx):
    case_id, bob = a_case(ctx), team.add_colleague(ctx, "Bob Roy", "collector")
    with pytest.raises(Refusal) as refused:
        fragile.begin_path(replace(ctx, user=User(bob, "Bob Roy", "collector")), case_id, an_entry(ctx), "t")
    assert {p.code for p in refused.value.problems} == {"forbidden"}


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ({"needs": ()}, ("needs-missing", "needs")),
        ({"needs": ("cancer",)}, ("choice-unknown", "needs")),
        ({"review_on": D(2026, 11, 23)}, ("date-in-past", "review_on")),  # today: to be reviewed later than now
        ({"user_id": 9999}, ("choice-unknown", "user")),
    ],
)
def test_what_is_no_need_no_day_or_no_colleague_is_refused(ctx, more, expected):
    with pytest.raises(Refusal) as refused:
        fragile.begin_path(ctx, a_case(ctx), replace(an_entry(ctx), **more), "t")
    assert codes(refused) == {expected}


def test_the_result_opens_it_once_for_the_person_whose_needs_are_still_to_be_said(ctx):
    case_id = a_case(ctx)
    a_call(ctx, case_id, "VUL")
    path = fragile.open_path_of(ctx, case_id)
    # 23 November + 30 days of the house = Wednesday 23 December 2026
    assert (path.needs, path.user_id, path.row.review_on) == ((), ctx.user.id, "2026-12-23")
    a_call(ctx, case_id, "VUL", because="La personne a rappelé ; nous avons répondu.")
    assert len(fragile.paths_of(ctx, case_id)) == 1


def test_it_goes_to_the_colleague_in_charge_of_the_case(ctx):
    case_id, bob = a_case(ctx), team.add_colleague(ctx, "Bob Roy", "collector")
    team.assign_case(ctx, case_id, bob)
    a_call(ctx, case_id, "VUL")
    assert fragile.open_path_of(ctx, case_id).user_id == bob


def test_an_entry_logged_by_mistake_takes_its_path_back(ctx):
    case_id = a_case(ctx)
    wrong = a_call(ctx, case_id, "VUL").interaction_id
    a_call(ctx, case_id, "RAC", corrects=wrong)
    assert fragile.open_path_of(ctx, case_id) is None
    assert "review_fragile" not in {kind for kind, _ in tasks(ctx, case_id)}


def test_an_entry_put_right_that_still_says_so_keeps_the_needs(ctx):
    case_id = a_case(ctx)
    first = a_call(ctx, case_id, "VUL").interaction_id
    path = fragile.open_path_of(ctx, case_id)
    fragile.change_path(ctx, path.row.id, path.row.row_version, an_entry(ctx, "large_print"))
    a_call(ctx, case_id, "VUL", corrects=first)
    assert fragile.open_path_of(ctx, case_id).needs == ("large_print",)


def test_a_contact_leaves_the_review_standing(ctx):
    case_id = a_case(ctx)
    fragile.begin_path(ctx, case_id, an_entry(ctx), "t")
    a_call(ctx, case_id, "NRP", channel="call")
    assert ("review_fragile", "2026-12-14") in tasks(ctx, case_id)


def test_it_holds_for_every_case_of_the_person_and_for_nobody_else(ctx):
    first, stranger = a_case(ctx, name="Lefèvre"), a_case(ctx, name="Roux")
    debtor = cases.case_file(ctx, first).head.debtor_id
    second = a_case(ctx, name="Lefèvre", same=debtor)
    fragile.begin_path(ctx, first, an_entry(ctx), "t")
    with ctx.store.read() as reader:
        assert fragile.open_path(reader, second).row.case_id == first
        assert fragile.open_path(reader, stranger) is None
        assert kept.cases_under(reader, [first, second, stranger]) == {first, second}
    with pytest.raises(Refusal) as refused:
        fragile.begin_path(ctx, second, an_entry(ctx), "u")
    assert codes(refused) == {("fragile-open", "needs")}


def test_a_review_moves_its_action_and_an_end_says_why_and_leaves_a_next_action(ctx):
    case_id = a_case(ctx)
    fragile.begin_path(ctx, case_id, an_entry(ctx), "t")
    path = fragile.open_path_of(ctx, case_id)
    fragile.change_path(ctx, path.row.id, path.row.row_version, an_entry(ctx, "pause", review_on=D(2027, 1, 11)))
    reviews = [task for task in tasks(ctx, case_id) if task[0] == "review_fragile"]
    assert reviews == [("review_fragile", "2027-01-11")]
    with pytest.raises(Refusal) as refused:
        fragile.end_path(ctx, path.row.id, path.row.row_version, "no_longer_needed")
    assert {p.code for p in refused.value.problems} == {"changed-meanwhile"}
    path = fragile.open_path_of(ctx, case_id)
    with pytest.raises(Refusal) as refused:
        fragile.end_path(ctx, path.row.id, path.row.row_version, "tired of it")
    assert codes(refused) == {("choice-unknown", "reason")}
    fragile.end_path(ctx, path.row.id, path.row.row_version, "no_longer_needed")
    assert fragile.open_path_of(ctx, case_id) is None
    (ended,) = fragile.paths_of(ctx, case_id)
    assert (ended.row.end_reason, ended.row.ended_on) == ("no_longer_needed", "2026-11-23")
    assert "review_fragile" not in {kind for kind, _ in tasks(ctx, case_id)}
    assert tasks(ctx, case_id)


def test_the_sheet_of_signposts_is_in_the_language_of_the_debtor_and_asks_for_nothing(ctx):
    from core.services import people

    case_id = a_case(ctx)
    name, data = fragile.signposts_file(ctx, case_id)
    assert name.endswith(".pdf")
    assert data.startswith(b"%PDF")
    people.set_debtor_language(ctx, case_id, "en")
    assert fragile.signposts_file(ctx, case_id)[1] != data


def test_when_its_case_closes_the_review_goes_to_another_open_case_of_the_person(ctx):
    first = a_case(ctx)
    debtor = cases.case_file(ctx, first).head.debtor_id
    second = a_case(ctx, same=debtor)
    fragile.begin_path(ctx, first, an_entry(ctx), "t")
    a_call(ctx, first, "RET", channel="none")
    assert tasks(ctx, first) == []
    assert ("review_fragile", "2026-12-14") in tasks(ctx, second)
    assert fragile.open_path_of(ctx, second).row.case_id == second
    assert upkeep.verify(ctx).whole


@pytest.mark.parametrize("note", ["Sort de l'hôpital", "Vient de divorcer", "C'est un menteur"])
def test_while_it_is_open_no_note_tells_the_cause_and_nothing_is_written(ctx, note):
    case_id = a_case(ctx)
    with pytest.raises(Refusal) as refused:
        a_call(ctx, case_id, "VUL", note=note)
    assert codes(refused) == {("note-words", "note")}
    assert fragile.open_path_of(ctx, case_id) is None
    assert cases.case_file(ctx, case_id).timeline == ()
    journal.add_note(ctx, case_id, note, "before")  # no path yet: the note of another case is not filtered here
    fragile.begin_path(ctx, case_id, an_entry(ctx), "t")
    with pytest.raises(Refusal) as refused:
        journal.add_note(ctx, case_id, note, "n")
    assert codes(refused) == {("note-words", "note")}
    journal.add_note(ctx, case_id, "Demande une réponse par courrier", "m")
