"""The team: who works here, whose case it is, what happens to the cases of someone who leaves."""

from dataclasses import replace

import pytest

from core.domain.messages import Refusal
from core.services import access, cases, team, upkeep
from core.services.context import User
from tests.services.factory import a_case, a_creditor, a_debt


def codes(refused):
    return {(p.code, p.field) for p in refused.value.problems}


def names(ctx):
    return [person.name for person in team.colleagues(ctx)]


def version(ctx, user_id):
    return next(p.row_version for p in team.colleagues(ctx) if p.id == user_id)


def test_a_house_of_one_is_its_lead(ctx):
    (me,) = team.colleagues(ctx)
    assert (me.name, me.role, me.is_local) == ("Léa Martin", "lead", 1)


def test_a_colleague_is_added_tidied_and_listed_by_name(ctx):
    team.add_colleague(ctx, "  Karim   Benali ", "collector", "Karim@Exemple.fr")
    assert names(ctx) == ["Karim Benali", "Léa Martin"]
    assert team.colleagues(ctx)[0].email == "karim@exemple.fr"


def test_the_command_line_is_no_colleague(ctx):
    access.command_context(ctx.store)
    assert names(ctx) == ["Léa Martin"]


@pytest.mark.parametrize(("name", "role", "email", "problem"), [
    ("", "collector", "", ("name-missing", "name")), ("x" * 81, "collector", "", ("name-missing", "name")),
    ("léa martin", "collector", "", ("name-taken", "name")), ("Karim", "creditor", "", ("choice-unknown", "role")),
])  # fmt: skip
def test_what_is_no_colleague_is_refused_on_its_field(ctx, name, role, email, problem):
    with pytest.raises(Refusal) as refused:
        team.add_colleague(ctx, name, role, email)
    assert codes(refused) == {problem}


def test_a_wrong_address_is_refused_on_the_address(ctx):
    with pytest.raises(Refusal) as refused:
        team.add_colleague(ctx, "Karim", "collector", "karim chez exemple")
    assert {field for _, field in codes(refused)} == {"email"}
    assert names(ctx) == ["Léa Martin"]


def test_a_case_is_assigned_moved_and_taken_back(ctx):
    karim = team.add_colleague(ctx, "Karim", "collector")
    case_id = a_case(ctx)
    for who, name in ((karim, "Karim"), (ctx.user.id, "Léa Martin"), (None, None)):
        team.assign_case(ctx, case_id, who)
        head = cases.case_file(ctx, case_id).head
        assert (head.collector_id, head.collector) == (who, name)
    assert upkeep.verify(ctx).read_model is True


def test_the_queue_of_one_colleague_holds_their_cases_only(ctx):
    karim = team.add_colleague(ctx, "Karim", "collector")
    creditor = a_creditor(ctx)
    his, hers, nobodys = (a_case(ctx, a_debt(), creditor=creditor, name=name) for name in ("Un", "Deux", "Trois"))
    assert team.assign_cases(ctx, [his], karim) == 1
    team.assign_case(ctx, nobodys, None)  # typed by hand, a case is first its author's
    page = cases.queue(ctx, cases.Asked("all", collector=karim))
    assert ([row.case_id for row in page.rows], page.total) == ([his], 1)
    assert cases.queue(ctx, cases.Asked("all", creditor, ctx.user.id)).counters.balance == 10000
    assert cases.queue(ctx, "all").total == 3
    assert [row.case_id for row in cases.queue(ctx, cases.Asked("todo", creditor, ctx.user.id)).rows] == [hers]


def test_several_cases_are_given_at_once_or_not_at_all(ctx):
    karim = team.add_colleague(ctx, "Karim", "collector")
    one, two = a_case(ctx), a_case(ctx)
    with pytest.raises(Refusal) as refused:
        team.assign_cases(ctx, [one, 999, two], karim)
    assert codes(refused) == {("case-unknown", "case")}
    assert team.open_cases(ctx) == {ctx.user.id: 2}
    assert team.assign_cases(ctx, [one, two], karim) == 2
    assert team.assign_cases(ctx, [one, two], karim) == 0
    assert team.open_cases(ctx) == {karim: 2}


def test_who_only_reads_or_is_not_here_is_given_no_case(ctx):
    auditor = team.add_colleague(ctx, "Anne", "auditor")
    case_id = a_case(ctx)
    for who, code in ((auditor, "colleague-reads-only"), (999, "colleague-unknown")):
        with pytest.raises(Refusal) as refused:
            team.assign_case(ctx, case_id, who)
        assert codes(refused) == {(code, "colleague")}


def test_the_open_cases_of_someone_who_leaves_go_to_their_successor(ctx):
    karim, zoe = team.add_colleague(ctx, "Karim", "collector"), team.add_colleague(ctx, "Zoé", "trainee")
    one, two = a_case(ctx), a_case(ctx)
    team.assign_cases(ctx, [one, two], karim)
    assert team.retire_colleague(ctx, karim, version(ctx, karim), zoe) == 2
    assert names(ctx) == ["Léa Martin", "Zoé"]
    assert team.open_cases(ctx) == {zoe: 2}
    assert team.retire_colleague(ctx, zoe, version(ctx, zoe)) == 2
    assert team.open_cases(ctx) == {}
    found = upkeep.verify(ctx)
    assert (found.audit_chain, found.read_model) == (True, True)


def test_nobody_retires_themself_somebody_gone_or_in_favour_of_themself(ctx):
    karim = team.add_colleague(ctx, "Karim", "collector")
    for who, successor, problem in (
        (ctx.user.id, None, ("colleague-oneself", "colleague")),
        (999, None, ("colleague-unknown", "colleague")),
        (karim, karim, ("choice-unknown", "successor")),
    ):
        with pytest.raises(Refusal) as refused:
            team.retire_colleague(ctx, who, 1, successor)
        assert codes(refused) == {problem}
    with pytest.raises(Refusal) as refused:
        team.retire_colleague(ctx, karim, 7)
    assert {code for code, _ in codes(refused)} == {"changed-meanwhile"}


def test_a_collector_assigns_and_adds_nobody(ctx):
    karim = team.add_colleague(ctx, "Karim", "collector")
    case_id = a_case(ctx)
    as_karim = replace(ctx, user=User(karim, "Karim", "collector"))
    team.assign_case(as_karim, case_id, karim)
    with pytest.raises(Refusal) as refused:
        team.add_colleague(as_karim, "Zoé", "collector")
    assert codes(refused) == {("forbidden", "")}
