"""Words that a note must not hold: found whatever their accents, capitals and endings, and nowhere else."""

import pytest

from core.domain.messages import Label
from core.domain.note_words import WordGroup, found
from core.law.note_words import load_note_words

HEALTH = WordGroup("health", Label("la santé", "health"), ("malad*", "vih", "dépressi*"))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Dit être MALADE depuis mars", ["malade"]),
        ("Dépression, maladies", ["maladies", "depression"]),
        ("VIH", ["vih"]),
        ("Le véhicule est en panne", []),
        ("vihara", []),
        ("amalade", []),
        ("", []),
    ],
)
def test_a_word_is_found_by_itself_and_a_star_by_its_beginning(text, words):
    assert sorted(hit.word for hit in found(text, [HEALTH])) == sorted(words)


@pytest.mark.parametrize(
    ("text", "group"),
    [
        ("Sort de l'hôpital", "health"),
        ("En instance de divorce", "family"),
        ("Militante syndicaliste", "beliefs"),
        ("Sans-papiers ? non : sans papiers", "origin"),
        ("C'est un menteur", "judgement"),
        ("She is pregnant", "health"),
    ],
)
def test_the_shipped_words_name_their_matter(text, group):
    assert group in {hit.group.code for hit in found(text, load_note_words())}


@pytest.mark.parametrize(
    "text",
    [
        "Marie Malet promet 150 € le 5 ; syndic de copropriété informé",
        "Prélèvement rejeté ; attend le versement du 10, demande deux échéances",
        "Société en cours de transfert de siège, bon de commande manquant",
    ],
)
def test_an_ordinary_note_passes(text):
    assert found(text, load_note_words()) == ()
