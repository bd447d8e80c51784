"""What the document fonts can write, and what is done with the rest."""

from __future__ import annotations

import pytest

from core.documents import faces


@pytest.mark.parametrize(
    "name", ["Łukasz Œuvré, 1 234,56 €, Nguyễn", "Ελένη", "Иван", "« N° 12 » – l’œil…", "1\u202f234,56\u00a0€"]
)
def test_names_and_amounts_of_europe_are_written_as_given(name: str) -> None:
    assert faces.printable(name) == name
    assert faces.unprintable([name]) == ""


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("Wei 李", "Wei □"),
        ("ⱥꞗb", "abb"),
        ("a\u200bb", "ab"),
        ("a\tb\u3000c", "a b c"),
        ("o\u0308", "ö"),
        ("ﬁ①", "fi1"),
    ],
)
def test_a_character_no_font_has_becomes_the_closest_letter_or_a_box(given: str, shown: str) -> None:
    assert faces.printable(given) == shown


def test_the_characters_replaced_are_told_once_each_and_in_order() -> None:
    assert faces.unprintable(["Wei 李 ⱥ 李", "a\u200bb\tc"]) == "李ⱥ"


def test_bold_faces_have_every_character_of_the_regular_ones() -> None:
    for name in ("text", "spare"):
        assert faces.face(name).advances.keys() == faces.face(f"{name}-bold").advances.keys()


def test_figures_have_one_width_so_that_amounts_line_up() -> None:
    assert len({faces.face("text").advances[ord(figure)] for figure in "0123456789"}) == 1


def test_a_line_never_exceeds_its_room_and_nothing_is_lost() -> None:
    text = "Résidence de la Très Longue Avenue du Général de Gaulle " + "X" * 300 + " fin"
    lines = faces.wrap(text, 80, 10)
    assert all(faces.width(line, 10) <= 80 for line in lines)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")


def test_an_amount_is_not_cut_at_its_no_break_spaces() -> None:
    assert "1\u202f234,56\u00a0€" in faces.wrap("la somme de 1\u202f234,56\u00a0€", 25, 10)


def test_a_line_feed_starts_a_line_and_an_empty_text_is_one_empty_line() -> None:
    assert faces.wrap("a\nb", 80, 10) == ("a", "b")
    assert faces.wrap("", 80, 10) == ("",)
