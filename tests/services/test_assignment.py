"""Grouped giving of cases: previewed with the loads, all or none, each case with its line of the journal."""

import pytest

from core.domain.messages import Refusal
from core.services import assignment, cases, team, upkeep
from core.services.assignment import BY_RULES, NOBODY, Filter, Rule
from tests.services.factory import a_case, a_creditor, a_debt


@pytest.fixture
def karim(ctx):
    return team.add_colleague(ctx, "Karim", "collector")


def collector(ctx, case_id):
    return cases.case_file(ctx, case_id).head.collector


def test_a_preview_says_how_many_whose_and_the_loads_and_writes_nothing(ctx, karim):
    one, two = a_case(ctx), a_case(ctx)
    team.assign_case(ctx, two, karim)
    found = assignment.preview(ctx, [one, two], karim)
    assert [(move.case.id, move.case.collector, move.name) for move in found.moves] == [(one, "Léa Martin", "Karim")]
    assert [case.id for case, _ in found.stay] == [two]
    assert [(load.name, load.before, load.after) for load in found.loads] == [("Karim", 1, 2), ("Léa Martin", 1, 0)]
    assert collector(ctx, one) == "Léa Martin"


def test_each_case_that_changes_hands_tells_it_in_its_journal(ctx, karim):
    one, two = a_case(ctx), a_case(ctx)
    moves = assignment.preview(ctx, [one, two], karim).moves
    assert assignment.apply(ctx, moves, "congé maternité", "t") == 2
    assert assignment.apply(ctx, moves, "congé maternité", "t") == 2  # a double click
    for case_id in (one, two):
        (entry,) = [e for e in cases.case_file(ctx, case_id).timeline if e.kind == "interaction"]
        assert entry.text == "Léa Martin → Karim\ncongé maternité"
        assert collector(ctx, case_id) == "Karim"
    assert upkeep.verify(ctx).read_model is True


def test_what_changed_since_the_preview_stops_all_of_it(ctx, karim):
    one, two = a_case(ctx), a_case(ctx)
    moves = assignment.preview(ctx, [one, two], karim).moves
    team.assign_case(ctx, two, None)
    with pytest.raises(Refusal) as refused:
        assignment.apply(ctx, moves, "", "t")
    assert refused.value.problems[0].code == "changed-meanwhile"
    assert collector(ctx, one) == "Léa Martin"


def test_cases_may_be_given_to_nobody_and_a_filter_finds_them(ctx, karim):
    one = a_case(ctx)
    assignment.apply(ctx, assignment.preview(ctx, [one], NOBODY).moves, "", "t")
    assert [row.id for row in assignment.selection(ctx, Filter(collector=0))] == [one]
    assert assignment.selection(ctx, Filter(collector=ctx.user.id)) == ()


def test_the_filter_keeps_creditor_postcode_and_amounts(ctx):
    creditor = a_creditor(ctx)
    place = {"address": "1 rue A", "city": "Lyon"}
    here = a_case(ctx, a_debt(amount=5000), creditor=creditor, postcode="69003", **place)
    there = a_case(ctx, a_debt(amount=9000), postcode="38000", **place)

    def found(**asked):
        return {row.id for row in assignment.selection(ctx, Filter(**asked))}

    assert found() == {here, there}
    assert found(creditor=creditor) == {here}
    assert found(postcode="38") == {there}
    assert found(least=9000) == {there}
    assert found(most=5000) == {here}
    assert found(least=5001, most=8999) == set()


def test_rules_are_kept_with_versions_and_propose_with_a_sentence(ctx, karim):
    case_id = a_case(ctx, a_debt(amount=5000))
    rule = Rule("Petits", most=6000, people=(karim,))
    assert assignment.save_rules(ctx, [rule], 0) == 1
    assert assignment.rules(ctx).rules == (rule,)
    (move,) = assignment.preview(ctx, [case_id], BY_RULES).moves
    assert (move.to, move.why.params["rule"]) == (karim, "Petits")
    with pytest.raises(Refusal) as refused:
        assignment.save_rules(ctx, [], 0)
    assert refused.value.problems[0].code == "changed-meanwhile"


def test_who_only_reads_is_given_no_case_by_hand_or_rule(ctx):
    auditor = team.add_colleague(ctx, "Anne", "auditor")
    with pytest.raises(Refusal) as refused:
        assignment.preview(ctx, [a_case(ctx)], auditor)
    assert refused.value.problems[0].code == "colleague-unknown"
    with pytest.raises(Refusal) as refused:
        assignment.save_rules(ctx, [Rule("r", people=(auditor,))], 0)
    assert [(p.code, p.field) for p in refused.value.problems] == [("choice-unknown", "people")]


def test_nothing_to_give_is_told(ctx):
    with pytest.raises(Refusal) as refused:
        assignment.apply(ctx, (), "", "t")
    assert refused.value.problems[0].code == "nothing-to-do"
