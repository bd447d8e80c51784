"""The kinds of legal facts: those of the sources are there with article, certainty and words; a broken file is refused in a sentence."""

import pytest

from core.domain.messages import Refusal
from core.law.fact_kinds import fact_kinds_of, load_fact_kinds

# Articles as money.md (sections 3.2, 3.4, 5.1 to 5.3) and procedures.md (section 17) give them.
ARTICLES = {
    "formal_notice": "1231-6", "capitalisation_agreed": "1343-2", "capitalisation_ordered": "1343-2", "penalty_clause": "1231-5",
    "acknowledgment": "2240", "court_claim": "2241", "court_claim_void": "2243", "protective_measure": "2244", "enforcement_act": "2244",
    "suspension_impossible": "2234", "suspension_minor_or_guardian": "2235", "suspension_mediation": "2238", "suspension_expert": "2239",
    "knowledge": "2224", "first_unpaid": "R. 312-35", "first_rescheduling": "R. 312-35", "small_claims_accepted": "L. 125-1",
    "insolvency_opening": "L. 622-28", "overindebtedness_admissible": "L. 722-14",
}  # fmt: skip
ONE = """kinds:
  - kind: notice
    label: {fr: avis, en: notice}
    day: {fr: le, en: "on day"}
    article: C. civ., art. 1344
    trust: V
    source: a page
    room: interest
    scope: either
    said_by: [creditor]
    changes: {fr: rien, en: nothing}
    help: {fr: lettre, en: letter}
"""


def test_each_kind_of_the_sources_stands_with_its_article():
    kinds = load_fact_kinds()
    assert {name: article in kinds[name].article for name, article in ARTICLES.items()} == dict.fromkeys(ARTICLES, True)
    assert {"service_completed", "contract_rate", "acceleration", "order_served", "simple_summons"} <= set(kinds)


def test_every_word_is_there_in_both_languages():
    for kind in load_fact_kinds().values():
        for label in (kind.label, kind.day, kind.changes, kind.help):
            assert label.fr.strip() != label.en.strip() != "", kind.kind


# money.md flags these points from memory (M) or from texts of several years ago (V-old): shown as "to be confirmed".
@pytest.mark.parametrize(
    "kind", ["penalty_clause", "insolvency_opening", "acknowledgment", "court_claim", "suspension_mediation"]
)
def test_what_the_sources_do_not_confirm_is_to_be_confirmed(kind):
    assert load_fact_kinds()[kind].to_confirm


@pytest.mark.parametrize("kind", ["formal_notice", "order_served", "simple_summons", "enforcement_act", "first_unpaid"])
def test_what_the_sources_confirm_is_not(kind):
    assert not load_fact_kinds()[kind].to_confirm


def test_a_rate_is_needed_for_a_clause_of_rate_and_a_sum_or_a_rate_for_a_penalty():
    kinds = load_fact_kinds()
    assert (kinds["contract_rate"].needs, kinds["penalty_clause"].one_of) == (("rate",), ("amount", "rate"))
    assert kinds["penalty_clause"].takes == ("amount", "rate")


def test_each_suspension_and_the_claim_in_court_may_say_when_they_ended():
    ends = {name for name, kind in load_fact_kinds().items() if "until" in kind.takes}
    assert {name for name in load_fact_kinds() if name.startswith("suspension")} | {"court_claim"} <= ends


@pytest.mark.parametrize(("broken", "code"), [
    (ONE.replace("room: interest", "room: kitchen"), "yaml-unknown-word"),
    (ONE.replace("    trust: V\n", ""), "yaml-missing-key"),
    (ONE.replace("trust: V", "trust: Q"), "yaml-unknown-word"),
    (ONE + "    needs: [mood]\n", "yaml-unknown-word"),
    (ONE + "    colour: red\n", "yaml-unknown-key"),
    (ONE.replace(", en: notice", ""), "yaml-missing-language"),
    (ONE + ONE.removeprefix("kinds:\n"), "fact-kind-taken"),
    (ONE.replace("kind: notice", "kind: withdrawn"), "fact-kind-taken"),
])  # fmt: skip
def test_a_broken_kind_is_refused(broken, code):
    with pytest.raises(Refusal) as refused:
        fact_kinds_of(broken, "kinds.yaml")
    assert refused.value.problems[0].code == code


def test_a_whole_kind_is_read():
    (kind,) = fact_kinds_of(ONE, "kinds.yaml").values()
    assert (kind.kind, kind.label.fr, kind.takes, kind.early, kind.once) == ("notice", "avis", (), False, False)
