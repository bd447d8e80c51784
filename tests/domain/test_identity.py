"""Identifiers of debtors: vectors from named outside sources, and what must be refused."""

import csv
import random
from pathlib import Path

import pytest

from core.domain.countries import country_code, country_name
from core.domain.identity import (
    address_lines,
    city,
    clean,
    completed_postcode,
    country,
    email,
    envelope,
    fold,
    iban,
    name_key,
    postcode,
    siren,
    siret,
    territory,
    vat,
)
from core.domain.messages import Refusal

SAMPLES = Path(__file__).parents[1] / "samples" / "identity"
VECTORS = list(csv.DictReader((SAMPLES / "identifier_vectors_mit.csv").read_text("utf-8").splitlines(), delimiter=";"))


def accepted(check, value):
    try:
        return bool(check(value))
    except Refusal:
        return False


@pytest.mark.parametrize(
    "row", [r for r in VECTORS if r["kind"] in ("siren", "iban")], ids=lambda r: f"{r['kind']}-{r['value'][:12]}"
)
def test_the_published_siren_and_iban_vectors_are_judged_as_their_authors_say(row):
    check = {"siren": siren, "iban": iban}[row["kind"]]
    assert accepted(check, row["value"]) == (row["expected"] == "valid")


def test_no_identifier_of_a_wrong_shape_passes_as_siret_or_vat():
    wrong = [r for r in VECTORS if r["expected"] == "invalid" and r["kind"].endswith("format-only")]
    checks = {"siret-format-only": siret, "tva-format-only": vat}
    assert wrong
    assert [r["value"] for r in wrong if accepted(checks[r["kind"]], r["value"])] == []


def test_a_siret_is_kept_without_its_spaces_and_dots():
    assert siret("880 878 145 00015") == "88087814500015"
    assert siret("880.878.145.00015") == "88087814500015"


@pytest.mark.parametrize("number", ["35600000000048", "35600000049837"])
def test_the_establishments_of_la_poste_follow_their_own_rule(number):
    # Insee: the sum of the fourteen digits is a multiple of five (26 ≠ Luhn for the second one)
    assert siret(number) == number


def test_a_siret_shaped_like_la_poste_with_a_wrong_sum_is_refused():
    assert not accepted(siret, "35600000049838")


def test_our_check_digit_agrees_with_python_stdnum_on_twenty_thousand_numbers():
    from stdnum.fr import siren as stdnum_siren
    from stdnum.fr import siret as stdnum_siret

    random_digits = random.Random(20260630)
    numbers = [f"{random_digits.randrange(1, 10**9):09d}" for _ in range(10_000)]
    assert [n for n in numbers if accepted(siren, n) != stdnum_siren.is_valid(n)] == []
    longer = [f"{n}{random_digits.randrange(10**5):05d}" for n in numbers if stdnum_siren.is_valid(n)]
    longer += [f"356000000{random_digits.randrange(10**5):05d}" for _ in range(2_000)]
    assert [n for n in longer if accepted(siret, n) != stdnum_siret.is_valid(n)] == []


def test_nine_zeros_are_nobodys_siren():
    assert not accepted(siren, "000000000")


def test_a_siret_in_the_place_of_a_siren_is_named_as_such():
    with pytest.raises(Refusal) as refused:
        siren("88087814500015")
    assert "SIRET" in str(refused.value.problems[0].reason)
    assert refused.value.problems[0].value == "88087814500015"


def test_digits_of_another_script_are_not_digits():
    assert not accepted(siren, "٧٣٢٨٢٩٣٢٠")


def test_a_vat_number_with_its_key_is_accepted_as_python_stdnum_documents_it():
    assert vat("44 732 829 320") == "FR44732829320"
    assert vat("FR 44 732829320") == "FR44732829320"


def test_a_vat_number_with_a_wrong_key_is_refused():
    assert not accepted(vat, "FR45732829320")


def test_a_foreign_vat_number_is_kept():
    assert vat("BE 0428.759.497") == "BE0428759497"


def test_an_iban_is_kept_in_capitals_without_spaces():
    assert iban("fr14 2004 1010 0505 0001 3m02 606") == "FR1420041010050500013M02606"


def test_a_french_iban_one_digit_short_is_refused_even_when_its_remainder_is_one():
    body = "2004101005050001302"
    key = 98 - int(body + "152700") % 97
    assert not accepted(iban, f"FR{key:02d}{body}")


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        (" Jean.Dupont@Exemple.FR ", "jean.dupont@exemple.fr"),
        ("mailto:a@b.fr", "a@b.fr"),
        ("Jean Dupont <jean@exemple.fr>", "jean@exemple.fr"),
        ("o'neil+test@sous.domaine.co", "o'neil+test@sous.domaine.co"),
        ("", ""),
    ],
)
def test_an_e_mail_address_is_normalised(typed, kept):
    assert email(typed) == kept


@pytest.mark.parametrize(
    "typed",
    [
        "pas-un-courriel",
        "a@b",
        "a@b.fr;c@d.fr",
        "a b@c.fr",
        "@c.fr",
        "a..b@c.fr",
        "a@-b.fr",
        "a@b.fr\nBcc: x@y.fr",
        "x" * 65 + "@a.fr",
    ],
)
def test_what_is_not_one_address_is_refused(typed):
    assert not accepted(email, typed)


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Lefèvre", "lefevre"),
        ("ŒUVRARD-Næss", "oeuvrard-naess"),
        ("L’Haÿ-les-Roses", "l'hay-les-roses"),
        ("STRAẞE  Łódź", "strasse lodz"),
        ("  N\u2019Diaye\u00a0Traoré ", "n'diaye traore"),
    ],
)
def test_search_ignores_case_accents_and_ligatures(text, folded):
    assert fold(text) == folded


def test_two_spellings_of_a_company_share_a_key_and_two_companies_do_not():
    assert name_key("SARL Garage Dubois") == name_key("GARAGE DUBOIS (S.A.R.L.)")
    assert name_key("Dupont", "Jean") == name_key("Jean DUPONT")
    assert name_key("Garage Dubois") != name_key("Garage Duboix")


def test_invisible_characters_do_not_survive_cleaning():
    assert clean("\ufeffMarie\u200b\u00a0 Du\tpont\r\n") == "Marie Du pont"
    assert clean("e\u0301te\u0301") == "été"


@pytest.mark.parametrize(
    ("typed", "kept"), [("75 011", "75011"), ("F-67000", "67000"), ("97400", "97400"), ("98000", "98000"), ("", "")]
)
def test_a_french_postcode_has_five_digits(typed, kept):
    assert postcode(typed) == kept


@pytest.mark.parametrize("typed", ["1000", "96000", "99123", "ABCDE", "750111"])
def test_a_postcode_that_la_poste_cannot_have_is_refused(typed):
    assert not accepted(postcode, typed)


def test_the_zero_that_a_spreadsheet_ate_is_proposed_not_assumed():
    assert completed_postcode("1000") == "01000"
    assert completed_postcode("75011") == ""


def test_a_foreign_postcode_is_only_cleaned():
    assert postcode("sw1a  1aa", in_country="GB") == "SW1A 1AA"


@pytest.mark.parametrize(
    ("code", "where"),
    [("97400", "RE"), ("97600", "YT"), ("97133", "GP"), ("75011", "FR"), ("98000", "MC"), ("98800", "NC")],
)
def test_an_overseas_postcode_names_its_territory(code, where):
    assert territory(code) == where


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "FR"),
        ("Allemagne", "DE"),
        ("Germany", "DE"),
        ("be", "BE"),
        ("Côte d’Ivoire", "CI"),
        ("USA", "US"),
        ("FRA", "FR"),
    ],
)
def test_a_country_is_read_in_french_in_english_or_as_a_code(text, code):
    assert country(text) == code


def test_an_unknown_country_is_refused():
    assert country_code("Syldavie") == ""
    assert not accepted(country, "Syldavie")


def test_a_long_address_is_broken_between_words_and_loses_nothing():
    lines = address_lines("Résidence des Tilleuls Bâtiment C Escalier 12 Appartement 4", "12 rue du Général-Leclerc")
    assert lines == ("Résidence des Tilleuls Bâtiment C", "Escalier 12 Appartement 4", "12 rue du Général-Leclerc")
    assert max(map(len, lines)) <= 38


def test_an_address_that_no_envelope_holds_is_refused_not_cut():
    assert not accepted(address_lines, "x" * 39)
    assert not accepted(lambda t: address_lines(*t), tuple("abcdefg"))


def test_an_envelope_shows_the_country_only_abroad():
    assert envelope("Marie Martin", "3 place de l'Église", code="51100", town="Reims") == (
        "Marie Martin",
        "3 place de l'Église",
        "51100 Reims",
    )
    abroad = envelope(
        "Jan Peeters", "Kerkstraat 1", code="1000", town="Brussel", in_country="BE", country_name="Belgique"
    )
    assert abroad[-2:] == ("1000 Brussel", "BELGIQUE")


def test_cedex_is_written_in_capitals():
    assert city("Paris  cedex 09") == "Paris CEDEX 09"


@pytest.mark.parametrize(
    ("code", "french", "english"),
    [
        ("DE", "Allemagne", "Germany"),
        ("GB", "Royaume-Uni", "United Kingdom"),
        ("CH", "Suisse", "Switzerland"),
        ("QX", "QX", "QX"),
    ],
)
def test_a_country_code_is_written_out_in_both_languages(code, french, english):
    assert (country_name(code, "fr"), country_name(code, "en")) == (french, english)
