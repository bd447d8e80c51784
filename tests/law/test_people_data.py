"""The data of reasons, fragile path, appointments and tracing: what a lawyer wants of them, and what the readers refuse."""

import pytest

from core.domain.messages import Refusal
from core.law.appointments import load_appointments
from core.law.fragile import load_fragile
from core.law.reasons import load_reasons, reasons_from
from core.law.results import load_results
from core.law.strict_yaml import read_text
from core.law.tracing import load_tracing, tracing_from


def test_the_reasons_are_those_of_the_trade_and_only_bad_faith_wants_facts():
    kinds = load_reasons().kinds
    wanted = ["oversight", "cash_shortage", "hardship", "dispute", "bad_faith", "administrative", "unknown"]
    assert [kind.code for kind in kinds] == wanted
    assert [kind.code for kind in kinds if kind.facts] == ["bad_faith"]
    tones = {kind.code: kind.tone for kind in kinds}
    assert (tones["hardship"], tones["bad_faith"], tones["dispute"]) == ("gentle", "firm", "answer")


def test_every_result_that_asks_for_a_reason_exists():
    assert set(load_reasons().asked_by) == {"REF", "DIF", "CON"} <= {rule.code for rule in load_results()}


def test_the_signposts_are_the_three_and_each_says_what_it_does_in_both_languages():
    found = load_fragile().signposts
    assert [one.code for one in found] == ["budget_point", "over_indebtedness", "court_conciliator"]
    assert all(len(one.does.fr.split()) > 8 and len(one.does.en.split()) > 8 for one in found)
    # C. consom., art. L. 711-1 was read at its source (V); the conciliator's article is still to be confirmed (S)
    assert [(one.cited.article, one.cited.to_confirm) for one in found[1:]] == [
        ("C. consom., art. L. 711-1", False),
        ("CPC, art. 1541", True),
    ]


def test_only_a_visit_wants_a_written_agreement_first():
    wanted = {one.kind: one.agreement for one in load_appointments().kinds}
    assert wanted["office"] is None
    assert wanted["video"] is None
    assert "L. 121-7" in wanted["visit"].article


def test_data_of_a_bailiff_are_refused_by_the_article_that_bars_them():
    source = load_tracing().named("bailiff_data")
    assert (source.refused, source.cited.article, source.cited.trust) == (True, "CPCE, art. L. 152-3", "V")
    assert "L. 152-1" in source.ask.fr


def test_a_third_person_may_only_be_asked_how_to_reach_the_debtor():
    source = load_tracing().named("third_party")
    assert "ne rien dire de la dette" in source.ask.fr
    assert "226-22" in source.cited.article


def test_what_is_compulsory_for_a_person_and_for_a_company():
    found = load_tracing().sources
    assert {one.code for one in found if "individual" in one.compulsory} == {
        "creditor_file",
        "postal_notice",
        "directory",
    }
    assert {one.code for one in found if "business" in one.compulsory} == {"creditor_file", "companies", "bodacc"}


SOURCE = """days: 30
sources:
  - code: a
    label: {{fr: x, en: x}}
    who: {{fr: x, en: x}}
    ask: {{fr: x, en: x}}
    compulsory: {compulsory}
    refused: true
    {more}
"""


@pytest.mark.parametrize(("compulsory", "more"), [("[]", ""), ("[individual]", 'article: "X, art. 1"\n    trust: V')])
def test_a_refused_source_needs_its_article_and_is_never_compulsory(compulsory, more):
    with pytest.raises(Refusal) as refused:
        tracing_from(read_text(SOURCE.format(compulsory=compulsory, more=more), "t.yaml"))
    assert refused.value.problems[0].code == "tracing-refused"


KIND = "  - {{code: {code}, label: {{fr: x, en: x}}, short: {{fr: x, en: x}}, tone: {tone}, facts: false, act: {{fr: x, en: x}}}}\n"


@pytest.mark.parametrize(
    ("kinds", "code"),
    [
        ((("a", "neutral"), ("a", "neutral")), "code-twice"),
        ((("a", "angry"),), "yaml-unknown-word"),
        ((("none", "neutral"),), "reason-none"),
    ],
)
def test_a_reason_out_of_the_frame_is_refused_with_its_line(kinds, code):
    text = "asked_by: []\nkinds:\n" + "".join(KIND.format(code=one, tone=tone) for one, tone in kinds)
    with pytest.raises(Refusal) as refused:
        reasons_from(read_text(text, "t.yaml"))
    assert (refused.value.problems[0].code, refused.value.problems[0].line > 2) == (code, True)
