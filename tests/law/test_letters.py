"""The wording of the first letter: both languages, strict names, the statute as the procedures file gives it, no forbidden title."""

import re

import pytest

from core.domain.messages import Refusal
from core.law.letters import FILE, NAMES, first_letter_texts, texts_from

# CPCE L.111-8, paragraphs 2 and 3, typed from the legal reference of the project, not from the data file.
SECOND = (
    "Les frais de recouvrement entrepris sans titre exécutoire restent à la charge du créancier, sauf s'ils concernent un acte dont "
    "l'accomplissement est prescrit par la loi au créancier. Toute stipulation contraire est réputée non écrite, sauf disposition "
    "législative contraire."
)
THIRD = (
    "Cependant, le créancier qui justifie du caractère nécessaire des démarches entreprises pour recouvrer sa créance peut demander au "
    "juge de l'exécution de laisser tout ou partie des frais ainsi exposés à la charge du débiteur de mauvaise foi."
)
FORBIDDEN = (
    "sommation",
    "commandement",
    "signification",
    "assignation",
    "ordonnance",
    "saisie",
    "mise en demeure",
)  # MSG-01


def shipped() -> str:
    return FILE.read_text(encoding="utf-8")


def test_the_statute_is_reproduced_word_for_word_with_its_article_source_and_flag():
    statute = first_letter_texts().statute
    assert statute.paragraphs == (SECOND, THIRD)
    assert (statute.article, statute.flag, bool(statute.source)) == ("L. 111-8", "V2", True)


def test_each_block_has_both_languages():
    blocks = first_letter_texts().blocks
    assert set(blocks) == set(NAMES)
    assert all(label.fr != label.en for label in blocks.values())


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_no_word_of_a_court_or_bailiff_stands_in_the_title_or_in_capitals(lang):
    said = first_letter_texts()
    assert not [word for word in FORBIDDEN if word in said.blocks["title"].of(lang).lower()]
    every = " ".join(label.of(lang) for label in said.blocks.values())
    assert not [word for word in FORBIDDEN if word.upper() in every]


@pytest.mark.parametrize(("lang", "may"), [("fr", "pourrait"), ("en", "might")])
def test_consequences_are_possibilities(lang, may):
    text = first_letter_texts().of("consequences", lang)
    assert re.search(rf"\b{may}\b", text)


@pytest.mark.parametrize(("old", "new", "code"), [
    ("{total}", "{sum}", "letter-names"),
    ("{total}", "tout", "letter-names"),
    ("{total}", "{total", "letter-braces"),
    ("{total}", "{total!r}", "letter-braces"),
    ("{total}", "{total.real}", "letter-braces"),
    ("{total}", "{total:>9}", "letter-braces"),
    ("first_call_days: 8", "first_call_days: bientôt", "yaml-shape"),
    ('flag: "V2"', 'flag: "X"', "yaml-unknown-word"),
    ("  closing:", "  farewell:", "yaml-unknown-key"),
])  # fmt: skip
def test_a_wording_with_a_wrong_name_or_value_is_refused_with_its_line(old, new, code):
    with pytest.raises(Refusal) as refused:
        texts_from(shipped().replace(old, new), "own.yaml")
    (problem,) = refused.value.problems
    assert (problem.code, problem.where, problem.line > 0) == (code, "own.yaml", True)
