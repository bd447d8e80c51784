"""Rules of assignment: the first that fits, then the lightest load, each proposal with its sentence."""

import pytest

from core.domain.assignment import Case, Rule, check, propose
from core.domain.messages import Refusal

TEAM = {1: "Ana", 2: "Bo", 3: "Cléo"}


def to(cases, rules, loads=None):
    return [one.to for one in propose(cases, rules, loads or {}, TEAM)]


def case(number=1, creditor=7, postcode="69003", balance=10000, collector=None):
    return Case(number, creditor, postcode, balance, collector)


@pytest.mark.parametrize(("rule", "fits"), [
    (Rule("créancier", creditors=(7,), people=(1,)), True), (Rule("créancier", creditors=(8,), people=(1,)), False),
    (Rule("département", postcodes=("38", "69"), people=(1,)), True), (Rule("département", postcodes=("3",), people=(1,)), False),
    (Rule("au moins", least=10000, people=(1,)), True), (Rule("au moins", least=10001, people=(1,)), False),
    (Rule("au plus", most=10000, people=(1,)), True), (Rule("au plus", most=9999, people=(1,)), False),
    (Rule("tout", people=(1,)), True),
])  # fmt: skip
def test_each_condition_includes_its_bound(rule, fits):
    assert to([case()], [rule]) == [1 if fits else None]


def test_the_first_rule_that_fits_wins():
    assert to([case()], [Rule("b", people=(2,)), Rule("a", creditors=(7,), people=(1,))]) == [2]


def test_the_lightest_load_gets_the_case_and_counts_what_it_is_given():
    # Ana 2, Bo 0: Bo, Bo, then 2 each: the first named, then the other
    cases = [case(number) for number in range(1, 5)]
    assert to(cases, [Rule("r", people=(1, 2))], {1: 2}) == [2, 2, 1, 2]


def test_a_case_leaves_the_load_of_who_had_it():
    # Cléo gives one away, which makes room for the next below her limit of 3
    cases = [case(1, creditor=7, collector=3), case(2, creditor=8)]
    rules = [Rule("a", creditors=(7,), people=(1,)), Rule("c", people=(3,), cap=3)]
    assert to(cases, rules, {3: 3}) == [1, 3]


def test_who_has_it_already_keeps_it_though_more_loaded():
    (found,) = propose([case(collector=1)], [Rule("r", people=(1, 2))], {1: 50}, TEAM)
    assert (found.to, found.moves) == (1, False)


def test_the_limit_and_absent_people_leave_the_case_where_it_is():
    (full,) = propose([case()], [Rule("r", people=(1,), cap=2)], {1: 2}, TEAM)
    (gone,) = propose([case()], [Rule("r", people=(9,))], {}, TEAM)
    assert (full.to, gone.to, full.moves) == (None, None, False)
    assert "nobody" in str(full.why)


def test_the_sentence_names_rule_place_amount_person_and_load():
    (found,) = propose([case(balance=123456)], [Rule("Rhône", postcodes=("69",), people=(2,))], {2: 12}, TEAM)
    assert found.why.params["amount"].cents == 123456
    assert {found.why.params[key] for key in ("rule", "where", "name", "load")} == {"Rhône", "69003", "Bo", 12}


@pytest.mark.parametrize(("rule", "field"), [
    (Rule("", people=(1,)), "name"), (Rule("r"), "people"), (Rule("r", least=2, most=1, people=(1,)), "least"),
    (Rule("r", postcodes=("69 003",), people=(1,)), "postcodes"), (Rule("r", people=(1,), cap=-1), "cap"),
])  # fmt: skip
def test_a_rule_that_cannot_be_is_refused_on_its_field(rule, field):
    with pytest.raises(Refusal) as refused:
        check([rule])
    assert [p.field for p in refused.value.problems] == [field]


def test_a_rule_from_an_amount_to_the_same_amount_may_be():
    check([Rule("r", least=1, most=1, people=(1,))])
