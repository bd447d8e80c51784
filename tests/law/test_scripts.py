"""The call script as shipped, and every way to break it refused."""

import pytest

from core.domain.messages import Refusal
from core.law import scripts
from core.law.results import load_results


def text():
    return scripts.FILE.read_text(encoding="utf-8")


def refused(broken):
    with pytest.raises(Refusal) as caught:
        scripts.script_from(broken, "x.yaml")
    return caught.value.problems[0].code


def test_the_call_has_its_nine_steps_ten_objections_and_its_compulsory_statements():
    found = scripts.call_script()
    assert [step.step for step in found.steps] == [
        "identify", "capacity", "amount", "listen", "reason", "proposal", "close", "recap", "confirm",
    ]  # fmt: skip
    assert len(found.objections) == 10
    musts = {line.must: line for step in found.steps for line in step.lines if line.must}
    assert set(musts) == {"MSG-08", "R. 124-4", "CON-09", "CON-05"}
    for lang in ("fr", "en"):
        assert "{letter_reference}" in musts["R. 124-4"].text.of(lang)
        assert "{letter_day}" in musts["R. 124-4"].text.of(lang)
    assert (musts["R. 124-4"].when, musts["CON-09"].when) == ("letter", "recorded")


def test_nothing_is_said_of_the_debt_before_the_person_is_known():
    first = scripts.call_script().steps[0]
    said = " ".join(line.text.fr + line.text.en for line in first.lines)
    assert not [name for name in ("{amount}", "{origin}", "{creditor}", "{reference}") if name in said]


def test_each_objection_ends_with_a_result_that_exists():
    known = {code.code for code in load_results()}
    results = [one.result for one in scripts.call_script().objections]
    assert set(filter(None, results)) <= known


def test_a_broken_script_is_refused():
    assert refused(text().replace("{creditor} du recouvrement", "{bank} du recouvrement")) == "script-names"
    assert refused(text().replace("- step: listen", "- step: reason", 1)) == "script-steps"
    assert refused(text().replace("must: CON-09", "must: CON-99")) == "yaml-unknown-word"
    assert refused(text().replace("for: [public]", "for: [alien]", 1)) == "yaml-unknown-word"


def test_other_words_keep_the_names_of_a_compulsory_line():
    step = scripts.call_script().steps[1]
    words = [{"fr": line.text.fr, "en": line.text.en} for line in step.lines]
    words[0]["fr"] = "Ici {agency}, pour {creditor}."
    found = scripts.edited(scripts.call_script(), "capacity", words)
    assert found.steps[1].lines[0].text.fr == "Ici {agency}, pour {creditor}."
    assert scripts.edited(found, "capacity", None) == scripts.call_script()
    for broken, code in (
        ("Notre lettre {letter_reference}.", "script-names"),
        ("", "script-empty"),
        ("{letter_reference", "script-names"),
    ):
        with pytest.raises(Refusal) as caught:
            scripts.edited(found, "capacity", [words[0], {"fr": broken, "en": words[1]["en"]}, words[2]])
        assert (caught.value.problems[0].code, caught.value.problems[0].field) == (code, "text_1_fr")
