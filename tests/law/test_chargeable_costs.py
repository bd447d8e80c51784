"""The chargeable costs: what the sources of the project name is there with its trust, and a broken file is refused in a sentence."""

import pytest

from core.domain.messages import Refusal
from core.law.chargeable_costs import kinds_from, load_charge_kinds
from core.law.strict_yaml import read_text

GROUND = '{articles: ["X 1"], trust: S, source: s, words: {fr: mots, en: words}}'
ONE = (
    "questions:\n  notified: {fr: Mise en demeure faite., en: Notice made.}\ncosts:\n  - kind: k\n    label: {fr: frais, en: costs}\n"
    f"    bucket: costs\n    ground: {GROUND}\n"
)
FACT = '      - {fact: %s, articles: ["X 2"], trust: U, source: s, words: {fr: mots, en: words}}\n'


def test_the_exceptions_the_sources_name_are_there_with_their_articles_and_trust():
    # money.md 6.1, 6.2, 2.1 and 10; procedures.md 15: V read, V2 in two sources, older or secondary S, from memory U
    found = {one.kind: (one.ground.articles[0], one.ground.trust) for one in load_charge_kinds()}
    assert found.items() >= {
        "enforcement_costs": ("CPCE, art. L. 111-8 al. 1", "S"), "amicable_costs": ("CPCE, art. L. 111-8 al. 2", "S"),
        "co_ownership_notice": ("Loi 65-557 du 10 juillet 1965, art. 10-1", "U"), "unpaid_cheque": ("CMF, art. L. 131-73", "V2"),
        "prescribed_act": ("CPCE, art. L. 111-8 al. 2", "S"), "business_complement": ("C. com., art. L. 441-10, II", "V"),
        "flat_indemnity": ("C. com., art. L. 441-10, II", "V"), "penalty_clause": ("C. civ., art. 1231-5", "U"),
    }.items()  # fmt: skip


def test_only_indemnity_and_penalty_leave_the_bucket_of_costs():
    assert {one.kind: one.bucket for one in load_charge_kinds() if one.bucket != "costs"} == {
        "flat_indemnity": "indemnity", "penalty_clause": "penalty",
    }  # fmt: skip


def test_each_fact_asked_of_a_person_has_its_question_in_both_languages():
    asked = [one for kind in load_charge_kinds() for one in kind.conditions if one.question]
    assert asked
    assert all(one.question.of("fr") != one.question.of("en") for one in asked)


@pytest.mark.parametrize(("broken", "code"), [
    (ONE.replace("bucket: costs", "bucket: agency"), "yaml-unknown-word"),
    (ONE.replace("trust: S", "trust: Q"), "yaml-unknown-word"),
    (ONE + "    asks:\n" + FACT % "unheard", "yaml-unknown-word"),
    (ONE + "    never: true\n    asks:\n" + FACT % "notified", "charge-never-asks"),
    (ONE.replace("  notified:", "  titled:"), "charge-question"),
    (ONE + ONE.split("costs:\n", 1)[1], "charge-twice"),
    (ONE.replace(", en: words", ""), "yaml-missing-language"),
])  # fmt: skip
def test_a_broken_file_is_refused(broken, code):
    with pytest.raises(Refusal) as refused:
        kinds_from(read_text(broken, "costs.yaml"))
    assert refused.value.problems[0].code == code
    assert refused.value.problems[0].where == "costs.yaml"


def test_a_whole_file_is_read():
    text = ONE + "    asks:\n" + FACT % "notified" + "    bars:\n" + FACT % "consumer"
    (found,) = kinds_from(read_text(text, "costs.yaml"))
    assert [(one.fact, one.wanted) for one in found.conditions] == [("consumer", False), ("notified", True)]
