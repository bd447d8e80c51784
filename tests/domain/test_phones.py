"""Telephone numbers: the French numbering plan against libphonenumber's own samples and its full parse."""

import random
import re
from pathlib import Path

import phonenumbers
import pytest

from core.domain.messages import Refusal
from core.domain.phones import PREFIXES, phone

SAMPLES = Path(__file__).parents[1] / "samples" / "identity" / "phone_fr"
KINDS = {
    "FIXED_LINE": "fixed", "MOBILE": "mobile", "TOLL_FREE": "special", "PREMIUM_RATE": "special", "SHARED_COST": "special",
    "VOIP": "voip", "UAN": "special",
}  # fmt: skip


def read(text, **options):
    try:
        return phone(text, **options)
    except Refusal:
        return None


def test_the_examples_of_libphonenumber_have_the_kind_that_it_says():
    lines = (SAMPLES / "examples.csv").read_text(encoding="utf-8").splitlines()[1:]
    rows = [re.split(r"\s*;\s*", line.strip()) for line in lines if line.strip()]
    assert len(rows) == 7
    for region, kind, quoted in rows:
        number = quoted.strip('"')
        found = phone("0" + number)
        assert (found.e164, found.kind, found.region) == ("+33" + number, KINDS[kind], region)


def test_the_short_path_agrees_with_the_full_parse_on_twenty_thousand_numbers():
    kinds = {0: "fixed", 1: "mobile", 2: "fixed", 6: "voip"}
    draw = random.Random(33)
    for _ in range(20_000):
        national = str(draw.randrange(10**8, 10**9))
        if national[:3] in PREFIXES:
            continue
        full = phonenumbers.parse("0" + national, "FR")
        found = read("0" + national)
        if phonenumbers.is_valid_number_for_region(full, "FR"):
            assert (found.e164, found.kind, found.region) == (
                "+33" + national,
                kinds.get(phonenumbers.number_type(full), "special"),
                "FR",
            ), national
        else:
            assert found is None or found.region != "FR", national


@pytest.mark.parametrize(
    "typed",
    [
        "06 12 34 56 78",
        "06.12.34.56.78",
        "06-12-34-56-78",
        "0033612345678",
        "+33(0)6 12 34 56 78",
        "+33 6 12 34 56 78",
        "612345678",
        "06\u00a012\u00a034\u00a056\u00a078",
    ],
)
def test_one_number_typed_in_many_ways_is_one_number(typed):
    assert phone(typed) == ("+33612345678", "mobile", "FR")


@pytest.mark.parametrize(
    ("typed", "e164", "kind", "region"),
    [
        ("0692 12 34 56", "+262692123456", "mobile", "RE"),
        ("0262 12 34 56", "+262262123456", "fixed", "RE"),
        ("0269 61 02 03", "+262269610203", "fixed", "YT"),
        ("0639 01 23 45", "+262639012345", "mobile", "YT"),
        ("0690 12 34 56", "+590690123456", "mobile", "GP"),
        ("0596 61 23 45", "+596596612345", "fixed", "MQ"),
        ("0694 12 34 56", "+594694123456", "mobile", "GF"),
        ("+33 692 12 34 56", "+262692123456", "mobile", "RE"),
        ("+262 692 12 34 56", "+262692123456", "mobile", "RE"),
    ],
)
def test_an_overseas_number_goes_to_its_territory(typed, e164, kind, region):
    assert phone(typed) == (e164, kind, region)


def test_a_six_digit_number_is_read_where_the_postcode_lies():
    assert phone("41 12 34", postcode="97500") == ("+508411234", "fixed", "PM")
    assert read("41 12 34") is None


def test_a_number_of_a_neighbour_is_read_with_its_country():
    assert phone("+32 470 12 34 56") == ("+32470123456", "mobile", "BE")
    assert phone("0470 12 34 56", region="BE") == ("+32470123456", "mobile", "BE")


@pytest.mark.parametrize(
    "typed",
    [
        "3631",
        "06 12 34 56",
        "0612345678901",
        "0000000000",
        "voir fiche",
        "06 12 34 56 78 / 06 98 76 54 32",
        "0639123456",
    ],
)
def test_what_nobody_can_hold_is_refused_with_what_was_typed(typed):
    with pytest.raises(Refusal) as refused:
        phone(typed, field="phone2")
    assert refused.value.problems[0].field == "phone2"
    assert refused.value.problems[0].value == typed


def test_an_empty_number_is_no_number():
    assert phone("  ") is None


def test_the_mobile_numbers_that_arcep_keeps_for_fiction_are_read_as_mobile():
    assert phone("06 39 98 00 01") == ("+33639980001", "mobile", "FR")
    assert phone("0639981234", postcode="97600") == ("+33639981234", "mobile", "FR")
