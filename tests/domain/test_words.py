"""Amounts in words, against a table written by hand from the usual French and British spelling rules."""

from __future__ import annotations

import pytest

from core.domain.words import LARGEST, amount_in_words

FRENCH = {
    0: "zéro euro",
    1: "un centime",
    50: "cinquante centimes",
    100: "un euro",
    101: "un euro et un centime",
    200: "deux euros",
    1_600: "seize euros",
    1_700: "dix-sept euros",
    2_000: "vingt euros",
    2_100: "vingt et un euros",
    2_200: "vingt-deux euros",
    6_100: "soixante et un euros",
    7_000: "soixante-dix euros",
    7_100: "soixante et onze euros",
    7_200: "soixante-douze euros",
    7_900: "soixante-dix-neuf euros",
    8_000: "quatre-vingts euros",
    8_100: "quatre-vingt-un euros",
    9_000: "quatre-vingt-dix euros",
    9_100: "quatre-vingt-onze euros",
    9_900: "quatre-vingt-dix-neuf euros",
    10_000: "cent euros",
    10_100: "cent un euros",
    18_000: "cent quatre-vingts euros",
    20_000: "deux cents euros",
    20_100: "deux cent un euros",
    100_000: "mille euros",
    100_100: "mille un euros",
    123_456: "mille deux cent trente-quatre euros et cinquante-six centimes",
    200_000: "deux mille euros",
    8_000_000: "quatre-vingt mille euros",
    20_000_000: "deux cent mille euros",
    20_002_080: "deux cent mille vingt euros et quatre-vingts centimes",
    100_000_000: "un million d'euros",
    100_000_100: "un million un euros",
    100_000_001: "un million d'euros et un centime",
    120_000_000: "un million deux cent mille euros",
    200_000_000: "deux millions d'euros",
    8_000_000_000: "quatre-vingts millions d'euros",
    20_000_000_000: "deux cents millions d'euros",
    100_000_000_000: "un milliard d'euros",
}

ENGLISH = {
    0: "zero euros",
    1: "one cent",
    100: "one euro",
    2_100: "twenty-one euros",
    10_000: "one hundred euros",
    10_100: "one hundred and one euros",
    100_100: "one thousand and one euros",
    110_000: "one thousand one hundred euros",
    123_456: "one thousand two hundred and thirty-four euros and fifty-six cents",
    20_002_080: "two hundred thousand and twenty euros and eighty cents",
    100_000_000: "one million euros",
    100_000_001: "one million euros and one cent",
    121_000_000: "one million two hundred and ten thousand euros",
}


@pytest.mark.parametrize(("cents", "words"), FRENCH.items())
def test_a_french_amount_is_written_as_a_notary_writes_it(cents: int, words: str) -> None:
    assert amount_in_words(cents, "fr") == words


@pytest.mark.parametrize(("cents", "words"), ENGLISH.items())
def test_an_english_amount_is_written_the_british_way(cents: int, words: str) -> None:
    assert amount_in_words(cents, "en") == words


def test_the_largest_amount_has_words_and_the_next_one_is_refused() -> None:
    whole = "neuf cent quatre-vingt-dix-neuf"
    expected = f"{whole} milliards {whole} millions {whole} mille {whole} euros et quatre-vingt-dix-neuf centimes"
    assert amount_in_words(LARGEST * 100 + 99, "fr") == expected
    with pytest.raises(ValueError, match="from 0 to"):
        amount_in_words(LARGEST * 100 + 100, "fr")


def test_a_negative_amount_has_no_words() -> None:
    with pytest.raises(ValueError, match="-1 cents"):
        amount_in_words(-1, "en")
