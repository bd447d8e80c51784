"""Which case a mail is about; the check digits of a reference are found by trying all of them (ISO/IEC 7064, mod 97-10)."""

import pytest

from core.domain.filing import Clues, case_of, references


def by_hand(code: str, number: int) -> str:
    """ISO/IEC 7064 mod 97-10: letters are 10 to 35, the two digits complete the whole to 1 modulo 97."""
    letters = "".join(str("ABCDEFGHIJKLMNOPQRSTUVWXYZ".index(letter) + 10) for letter in code)
    for two in range(2, 99):
        if int(f"{letters}{number:06d}{two:02d}") % 97 == 1:
            return f"{code}{number:06d}-{two:02d}"
    raise AssertionError(code)


@pytest.mark.parametrize("text", ["Réf. {ref}", "{ref}", "({ref}).", "ref:{ref},"])
def test_a_reference_is_found_wherever_it_stands(text):
    ref = by_hand("QK", 123)
    assert references(text.format(ref=ref)) == (ref,)


def test_small_letters_spaces_and_long_dashes_are_the_same_reference():
    ref = by_hand("QK", 123)
    head, tail = ref.split("-")
    assert references(f"{head.lower()} \u2013 {tail} {ref}") == (ref,)


def test_wrong_check_digits_are_no_reference():
    ref = by_hand("QK", 123)
    wrong = f"{ref[:-2]}{(int(ref[-2:]) % 97) + 1:02d}"
    assert references(wrong) == ()


@pytest.mark.parametrize(
    ("clues", "expected"),
    [
        (Clues((1,), (2,), (3,)), (1, "thread")),
        (Clues((1, 4), (2,), (3,)), (1, "thread")),
        (Clues((), (2,), (3,)), (2, "reference")),
        (Clues((), (2, 5), (3,)), (None, "")),
        (Clues((), (), (3,)), (3, "sender")),
        (Clues((), (), (3, 6)), (None, "")),
        (Clues(), (None, "")),
    ],
)
def test_the_surest_clue_decides_and_doubt_is_for_a_person(clues, expected):
    assert case_of(clues) == expected
