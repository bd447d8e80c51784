"""Amounts written out in French and English words. Formats nothing in figures and rounds nothing."""

from __future__ import annotations

LARGEST = 10**12 - 1  # euros: nine hundred and ninety-nine milliards, beyond any file

_FR_UNITS = (
    "zéro un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize dix-sept dix-huit dix-neuf"
).split()
_FR_TENS = ("", "", "vingt", "trente", "quarante", "cinquante", "soixante", "soixante", "quatre-vingt", "quatre-vingt")
_EN_UNITS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"
).split()
_EN_TENS = ("", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")


def amount_in_words(cents: int, lang: str) -> str:
    """An amount of `cents` (zero or more) in words: "mille deux cents euros et cinq centimes".

    French spelling before the 1990 changes, as notarial and banking practice writes it; English for any language
    but "fr". A negative amount or one beyond `LARGEST` euros is a ValueError: a receipt never shows one.
    """
    if cents < 0 or cents // 100 > LARGEST:
        raise ValueError(f"an amount in words goes from 0 to {LARGEST} euros; {cents} cents were given")
    euros, part = divmod(cents, 100)
    return _french_amount(euros, part) if lang == "fr" else _english_amount(euros, part)


def french(number: int) -> str:
    """A whole number in French words; "cent" and "quatre-vingt" take their s at the end or before million, milliard."""
    milliards, rest = divmod(number, 10**9)
    millions, rest = divmod(rest, 10**6)
    thousands, units = divmod(rest, 1000)
    words = []
    if milliards:
        words.append(f"{_fr_hundreds(milliards, plural=True)} milliard{'s' if milliards > 1 else ''}")
    if millions:
        words.append(f"{_fr_hundreds(millions, plural=True)} million{'s' if millions > 1 else ''}")
    if thousands:
        words.append("mille" if thousands == 1 else f"{_fr_hundreds(thousands, plural=False)} mille")
    if units or not words:
        words.append(_fr_hundreds(units, plural=True))
    return " ".join(words)


def english(number: int) -> str:
    """A whole number in British English words: "one thousand two hundred and thirty-four"."""
    words = []
    for size, name in ((10**9, "billion"), (10**6, "million"), (1000, "thousand")):
        count, number = divmod(number, size)
        if count:
            words.append(f"{_en_hundreds(count)} {name}")
    if number and words and number < 100:
        words.append("and")
    if number or not words:
        words.append(_en_hundreds(number))
    return " ".join(words)


def _french_amount(euros: int, part: int) -> str:
    of = "d'" if euros and euros % 10**6 == 0 else ""  # un million d'euros, un million un euros
    whole = f"{french(euros)} {of}euro{'s' if euros > 1 else ''}"
    cents = f"{french(part)} centime{'s' if part > 1 else ''}"
    return _joined(whole, cents, "et", euros, part)


def _english_amount(euros: int, part: int) -> str:
    whole = f"{english(euros)} euro{'' if euros == 1 else 's'}"
    cents = f"{english(part)} cent{'' if part == 1 else 's'}"
    return _joined(whole, cents, "and", euros, part)


def _joined(whole: str, cents: str, link: str, euros: int, part: int) -> str:
    """Euros alone, cents alone, or both with their link word."""
    if not part:
        return whole
    return f"{whole} {link} {cents}" if euros else cents


def _fr_hundreds(number: int, *, plural: bool) -> str:
    """0 to 999 in French; `plural` is False before "mille", where cent and vingt stay without s."""
    hundreds, rest = divmod(number, 100)
    if not hundreds:
        return _fr_tens(rest, plural=plural)
    head = "cent" if hundreds == 1 else f"{_FR_UNITS[hundreds]} cent{'s' if plural and not rest else ''}"
    return f"{head} {_fr_tens(rest, plural=plural)}" if rest else head


def _fr_tens(number: int, *, plural: bool) -> str:
    """0 to 99: "vingt et un", "soixante et onze", "quatre-vingts", "quatre-vingt-onze"."""
    if number < 20:
        return _FR_UNITS[number]
    ten = number // 10
    rest = number % 10 + (10 if ten in {7, 9} else 0)  # soixante-dix and quatre-vingt-dix count on from 60 and 80
    if not rest:
        return f"{_FR_TENS[ten]}{'s' if ten == 8 and plural else ''}"
    link = " et " if rest in {1, 11} and ten < 8 else "-"
    return f"{_FR_TENS[ten]}{link}{_FR_UNITS[rest]}"


def _en_hundreds(number: int) -> str:
    hundreds, rest = divmod(number, 100)
    if not hundreds:
        return _en_tens(rest)
    head = f"{_EN_UNITS[hundreds]} hundred"
    return f"{head} and {_en_tens(rest)}" if rest else head


def _en_tens(number: int) -> str:
    if number < 20:
        return _EN_UNITS[number]
    ten, rest = divmod(number, 10)
    return f"{_EN_TENS[ten]}-{_EN_UNITS[rest]}" if rest else _EN_TENS[ten]
