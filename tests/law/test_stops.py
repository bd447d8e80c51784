"""The kinds of disputes and holds: what the trade and the law ask for is there, and a broken file is refused in a sentence."""

import pytest

from core.domain.messages import Refusal
from core.law import results
from core.law.stops import dispute_data, holds_from, load_dispute_kinds, load_hold_kinds
from core.law.strict_yaml import read_text

# Articles as the sources of the project give them: procedures.md sections 16, 17 and 20 (C. com., C. conso., C. civ.).
ARTICLES = {
    "insolvency": ("C. com., art. L. 622-21, L. 622-7", "V2"), "over_indebtedness": ("C. consom., art. L. 722-2, L. 722-5", "V"),
    "deceased": ("C. civ., art. 771, 772, 877", "V"), "guardianship": ("C. civ., art. 467, 475", "V"), "opt_out": ("RGPD, art. 21", "S"),
}  # fmt: skip
ONE = "kinds:\n  - kind: legal\n    label: {fr: motif, en: reason}\n    by_hand: true\n    review_days: 30\n"


def test_the_reasons_debtors_give_are_all_there_in_both_languages():
    wanted = {
        "not_delivered",
        "defective",
        "wrong_price",
        "already_paid",
        "not_ordered",
        "wrong_person",
        "time_barred",
        "other",
    }
    kinds = load_dispute_kinds()
    assert wanted <= {k.kind for k in kinds}
    assert all(k.label.fr and k.label.en and k.label.fr != k.label.en for k in kinds)
    assert all(one.days > 0 for one in dispute_data().departments.values())
    assert {"sales", "accounting", "legal", "other"} == set(dispute_data().departments)


def test_each_article_stands_on_its_hold_with_its_trust():
    found = {k.kind: (k.article, k.trust) for k in load_hold_kinds() if k.article}
    assert found == ARTICLES
    assert [k.kind for k in load_hold_kinds() if k.to_confirm] == ["opt_out"]


def test_a_dispute_a_promise_and_a_plan_are_no_stop_that_a_person_sets():
    assert {k.kind for k in load_hold_kinds() if not k.by_hand} == {"dispute", "promise", "plan"}


def test_every_stop_that_a_result_opens_has_its_words():
    assert {str(hold) for hold in results.Hold} <= {k.kind for k in load_hold_kinds()}


def test_an_article_without_its_trust_is_refused_with_the_line():
    with pytest.raises(Refusal) as refused:
        holds_from(read_text(f'{ONE}    article: "C. civ., art. 1"\n', "holds.yaml"))
    (problem,) = refused.value.problems
    assert (problem.code, problem.where, problem.line) == ("hold-article-trust", "holds.yaml", 2)


@pytest.mark.parametrize(("broken", "code"), [
    (ONE.replace("review_days: 30", "review_days: 0"), "yaml-shape"), (ONE.replace("    by_hand: true\n", ""), "yaml-missing-key"),
    (f'{ONE}    article: "x"\n    trust: Q\n', "yaml-unknown-word"),
])  # fmt: skip
def test_a_broken_kind_is_refused(broken, code):
    with pytest.raises(Refusal) as refused:
        holds_from(read_text(broken, "holds.yaml"))
    assert refused.value.problems[0].code == code


def test_a_stop_that_forbids_a_plan_says_what_to_do_instead_or_is_refused():
    forbidding = {k.kind for k in load_hold_kinds() if k.no_plan}
    assert forbidding == {"represented", "insolvency", "over_indebtedness", "deceased", "guardianship", "limitation"}
    assert all(k.instead for k in load_hold_kinds() if k.no_plan)
    with pytest.raises(Refusal) as refused:
        holds_from(read_text(f"{ONE}    no_plan: {{fr: non, en: no}}\n", "holds.yaml"))
    assert refused.value.problems[0].code == "hold-plan-instead"
