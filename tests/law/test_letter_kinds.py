"""The kinds of letters as data: whole in both languages, lawful as shipped, strict on names, laid over by a lead."""

from __future__ import annotations

import datetime as dt

import pytest

from core.domain.messages import Refusal
from core.law.letter_kinds import FOLDER, block_problems, kind_from, laid, of_overlay, shipped
from core.law.text_rules import FILE as RULES
from core.law.text_rules import rules_from, text_rules
from core.services.letter_specimen import specimen
from tests.services.factory import WHOLE_AGENCY

KINDS = shipped()
GENTLE = (FOLDER / "reminder_gentle.yaml").read_text(encoding="utf-8")


def test_the_kinds_of_the_reference_are_there():
    assert {
        "first_letter", "reminder_gentle", "reminder_firm", "formal_notice", "promise_confirmation", "closing_paid", "closing_ended",
        "privacy_notice", "email_reminder", "sms_reminder", "closing_settled", "promise_email", "promise_sms",
    } == set(KINDS)  # fmt: skip


@pytest.mark.parametrize("lang", ["fr", "en"])
@pytest.mark.parametrize("key", KINDS)
def test_a_kind_as_shipped_is_accepted_by_the_legality_check(key, lang):
    assert specimen(KINDS[key], lang, WHOLE_AGENCY, dt.date(2026, 11, 24)).problems == ()


@pytest.mark.parametrize("key", KINDS)
def test_both_languages_are_written_and_the_text_kind_is_known(key):
    kind = KINDS[key]
    assert kind.text_kind in text_rules().kinds
    assert all(label.fr.strip() and label.en.strip() for label in kind.blocks.values())
    assert set(kind.must) <= set(kind.blocks)


@pytest.mark.parametrize("key", [key for key, kind in KINDS.items() if "first_letter" in kind.needs])
def test_each_later_kind_must_recall_the_first_letter(key):
    """R.124-4, last paragraph: its reference and its date, in a block that may not lose them."""
    held = set().union(*KINDS[key].must.values())
    assert "first_reference" in held
    assert held & {"first_date", "first_day"}


@pytest.mark.parametrize(("old", "new", "code"), [
    ("{total}. Nous", "{montant}. Nous", "letter-names"), ("Il reste dû à ce jour {total}.", "Il reste dû.", "letter-names"),
    ("{total}. Nous", "{total. Nous", "letter-braces"), ("channel: letter", "channel: pigeon", "yaml-unknown-word"),
    ("talk, closing]", "closing]", "letter-block-unused"), ("term_days: 10", "term_days: soon", "yaml-shape"),
    ("code: RA\n", "", "yaml-missing-key"),
])  # fmt: skip
def test_a_file_that_is_not_right_is_refused_with_its_line(old, new, code):
    assert old in GENTLE
    with pytest.raises(Refusal) as refused:
        kind_from(GENTLE.replace(old, new, 1), "x.yaml")
    assert refused.value.problems[0].code == code


def test_an_overlay_changes_its_blocks_alone_and_one_that_no_longer_fits_leaves_the_shipped_text():
    kind = KINDS["reminder_gentle"]
    changed = laid(kind, {"closing": {"fr": "Bien à vous,"}})
    assert (changed.blocks["closing"].fr, changed.blocks["closing"].en) == ("Bien à vous,", kind.blocks["closing"].en)
    assert changed.edited == {"closing"}
    assert of_overlay(kind, '{"blocks": {"demand": {"fr": "Payez.", "en": "Pay."}}}') == kind


def test_a_promise_is_known_only_where_there_is_one():
    assert [p.code for p in block_problems(KINDS["reminder_gentle"], "closing", {"fr": "{amount}"})] == ["letter-names"]
    assert list(block_problems(KINDS["promise_confirmation"], "closing", {"fr": "{amount}"})) == []


@pytest.mark.parametrize(("old", "new", "code"), [
    ('"recouvrement amiable", ', '"*", ', "phrase-empty"), ("LET-14, LET-15", "LET-14, LET-99", "yaml-unknown-word"), ("preview: 160", "preview: 0", "yaml-shape"),
])  # fmt: skip
def test_the_rules_of_texts_are_read_strictly(old, new, code):
    text = RULES.read_text(encoding="utf-8")
    assert old in text
    with pytest.raises(Refusal) as refused:
        rules_from(text.replace(old, new, 1), "rules.yaml")
    assert refused.value.problems[0].code == code
