"""Tracing: lawful sources only, within a budget and a time; "not found" only once the compulsory steps are done."""

import datetime as dt
from dataclasses import replace

import pytest

from core.domain.messages import Refusal
from core.i18n import texts
from core.services import cases, people, team, tracing
from core.services.context import User
from core.services.tracing import StepEntry
from tests.services.factory import a_call, a_case

D = dt.date
TODAY, LAST = D(2026, 11, 23), D(2026, 12, 31)
PERSON = (
    "creditor_file",
    "postal_notice",
    "directory",
)  # compulsory for an individual, see tests/law/test_people_data.py


def codes(refused):
    return {(p.code, p.field) for p in refused.value.problems}


def begun(ctx, case_id, budget=2000, until=LAST, token="t"):
    return tracing.open_tracing(ctx, case_id, budget, until, token)


def step(ctx, number, source="directory", **more):
    given = {"done_on": TODAY, "result": "nothing", **more}
    return tracing.record_step(ctx, number, StepEntry(source, **given), f"{source}-{sorted(given.items())}")


def tasks(ctx, case_id):
    return [(task.kind, task.due_on) for task in cases.case_file(ctx, case_id).tasks]


def test_not_found_is_refused_with_each_step_that_is_missing(ctx):
    case_id = a_case(ctx)
    with pytest.raises(Refusal) as refused:
        a_call(ctx, case_id, "INT", channel="none", steps="Courriers, annuaire")
    assert [(p.code, p.field, p.value) for p in refused.value.problems] == [
        ("tracing-incomplete", "result", source) for source in PERSON
    ]
    number = begun(ctx, case_id)
    for source in PERSON[:2]:
        step(ctx, number, source)
    step(ctx, number, "directory", result="waiting")  # an answer that is awaited is none
    with pytest.raises(Refusal) as refused:
        a_call(ctx, case_id, "INT", channel="none", steps="Courriers, annuaire")
    assert [p.value for p in refused.value.problems] == ["directory"]
    told = texts("fr").render(refused.value.problems[0].reason)
    assert "Annuaire téléphonique public" in told
    step(ctx, number, "directory")
    a_call(ctx, case_id, "INT", channel="none", steps="Courriers, annuaire")
    assert "propose_closing" in {kind for kind, _ in tasks(ctx, case_id)}


def test_a_company_has_other_compulsory_steps(ctx):
    case_id = a_case(ctx, kind="business", name="Transports Roux")
    assert [one.code for one in tracing.tracing_of(ctx, case_id).missing] == ["creditor_file", "companies", "bodacc"]


def test_a_step_taken_back_is_missing_again_and_stays_with_its_reason(ctx):
    case_id = a_case(ctx)
    number = begun(ctx, case_id)
    done = step(ctx, number, "directory")
    tracing.withdraw_step(ctx, done, "Autre dossier", "w")
    sheet = tracing.tracing_of(ctx, case_id)
    assert "directory" in {one.code for one in sheet.missing}
    assert [(row.result, row.words, bool(row.gone)) for row in sheet.steps] == [
        ("withdrawn", "Autre dossier", True), ("nothing", None, True),
    ]  # fmt: skip
    with pytest.raises(Refusal) as refused:
        tracing.withdraw_step(ctx, done, "Encore", "x")
    assert {p.code for p in refused.value.problems} == {"already-corrected"}


@pytest.mark.parametrize(
    ("source", "article"),
    [
        ("bailiff_data", "CPCE, art. L. 152-3"),
        ("electoral_roll", "C. élect., art. L. 37, R. 20 (à confirmer)"),
        ("restricted_files", "C. pén., art. 226-13 (à confirmer)"),
        ("pretext", "RGPD, art. 5, paragraphe 1, a (à confirmer)"),
    ],
)
def test_a_barred_source_is_refused_with_its_article_and_keeps_nothing(ctx, source, article):
    case_id = a_case(ctx)
    number = begun(ctx, case_id)
    with pytest.raises(Refusal) as refused:
        step(ctx, number, source, result="found", words="12 rue des Lilas")
    assert codes(refused) == {("source-barred", "source")}
    assert texts("fr").render(refused.value.problems[0].reason).strip().endswith(article)
    assert tracing.tracing_of(ctx, case_id).steps == ()


def test_a_step_may_spend_the_whole_budget_and_not_a_cent_more(ctx):
    case_id = a_case(ctx)
    number = begun(ctx, case_id, budget=2000)
    step(ctx, number, "tracing_firm", cost=1500)
    with pytest.raises(Refusal) as refused:
        step(ctx, number, "directory", cost=501)
    assert codes(refused) == {("budget-spent", "cost")}
    step(ctx, number, "directory", cost=500)
    assert tracing.tracing_of(ctx, case_id).running.spent == 2000


def test_a_lead_raises_the_budget_and_moves_the_end_with_its_action_a_collector_does_not(ctx):
    case_id = a_case(ctx)
    number = begun(ctx, case_id, budget=0)
    bob = User(team.add_colleague(ctx, "Bob Roy", "collector"), "Bob Roy", "collector")
    with pytest.raises(Refusal):
        tracing.change_tracing(replace(ctx, user=bob), number, 1, 5000, D(2027, 1, 15))
    tracing.change_tracing(ctx, number, 1, 5000, D(2027, 1, 15))
    step(ctx, number, "tracing_firm", cost=5000)
    assert [task for task in tasks(ctx, case_id) if task[0] == "end_tracing"] == [("end_tracing", "2027-01-15")]


def test_after_its_end_no_step_is_added_the_last_day_is_still_in_time(ctx):
    case_id = a_case(ctx)
    number = begun(ctx, case_id, until=TODAY)
    step(ctx, number, "directory")
    tomorrow = replace(ctx, today=D(2026, 11, 24))
    with pytest.raises(Refusal) as refused:
        step(tomorrow, number, "creditor_file", done_on=D(2026, 11, 24))
    assert codes(refused) == {("tracing-over", "done_on")}


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ({"done_on": D(2026, 11, 24)}, ("date-in-future", "done_on")),
        ({"result": "found", "words": ""}, ("field-empty", "words")),
        ({"words": "La voisine dit qu'il a divorcé"}, ("note-words", "words")),
        ({"result": "perhaps"}, ("choice-unknown", "result")),
        ({"source": "palm_reading"}, ("choice-unknown", "source")),
        ({"cost": -1}, ("budget-spent", "cost")),
    ],
)
def test_what_is_no_step_is_refused_on_its_field(ctx, more, expected):
    number = begun(ctx, a_case(ctx))
    with pytest.raises(Refusal) as refused:
        step(ctx, number, **more)
    assert expected in codes(refused)


def test_one_tracing_at_a_time_and_a_new_one_starts_from_nothing(ctx):
    case_id = a_case(ctx)
    number = begun(ctx, case_id)
    with pytest.raises(Refusal) as refused:
        begun(ctx, case_id, token="u")
    assert codes(refused) == {("tracing-open", "budget")}
    for source in PERSON:
        step(ctx, number, source)
    row = tracing.tracing_of(ctx, case_id).running
    tracing.end_tracing(ctx, number, row.row_version, "found")
    assert "end_tracing" not in {kind for kind, _ in tasks(ctx, case_id)}
    begun(ctx, case_id, token="v")
    assert {one.code for one in tracing.tracing_of(ctx, case_id).missing} == set(PERSON)


def test_a_tracing_ends_as_not_found_only_with_its_compulsory_steps(ctx):
    case_id = a_case(ctx)
    number = begun(ctx, case_id)
    with pytest.raises(Refusal) as refused:
        tracing.end_tracing(ctx, number, 1, "not_found")
    assert codes(refused) == {("tracing-incomplete", "outcome")}
    for source in PERSON:
        step(ctx, number, source)
    tracing.end_tracing(ctx, number, 1, "not_found")
    assert ("propose_closing", TODAY.isoformat()) in tasks(ctx, case_id)


def test_the_journal_tells_where_one_looked_and_not_what_was_learnt(ctx):
    case_id = a_case(ctx)
    step(ctx, begun(ctx, case_id), "third_party", result="found", words="Joignable au 06 12 34 56 78")
    told = " ".join(f"{entry.extra} {entry.text}" for entry in cases.case_file(ctx, case_id).timeline)
    assert "third_party" in told
    assert "06 12" not in told


def test_an_address_obtained_by_a_bailiff_is_not_entered_by_the_side_door_either(ctx):
    case_id = a_case(ctx)
    debtor = cases.case_file(ctx, case_id).head.debtor_id
    given = people.ContactPointEntry("address", "12 rue des Lilas", "69003", "Lyon", "bailiff_data")
    with pytest.raises(Refusal) as refused:
        people.add_contact_point(ctx, case_id, debtor, given)
    assert codes(refused) == {("source-barred", "origin")}
    assert cases.case_file(ctx, case_id).contact_points == ()
    people.add_contact_point(ctx, case_id, debtor, replace(given, origin="directory"))
    assert [point.source for point in cases.case_file(ctx, case_id).contact_points] == ["directory"]
