"""Probable duplicates: proposed with their reason, never two companies, never a crowd."""

import pytest

from core.domain.duplicates import CROWD, Index, Likeness, one_name, spelt_alike

MARTIN = Likeness("1", "Martin", "Gaël", "59800", emails=("g.martin@exemple.fr",), phones=("+33612345678",))


def reasons(existing, coming):
    return [(pair.first, pair.second, pair.reasons) for pair in Index(existing).like(coming)]


def test_one_siren_is_one_company():
    assert reasons(
        [Likeness("1", "Garage Dubois", siren="732829320")], Likeness("2", "Ets Dubois", siren="732829320")
    ) == [("1", "2", ("siren",))]


def test_an_e_mail_whatever_its_case_and_a_telephone_are_reasons():
    assert reasons([MARTIN], Likeness("2", "Durand", emails=("G.Martin@Exemple.fr",))) == [("1", "2", ("email",))]
    assert reasons([MARTIN], Likeness("2", "Durand", phones=("+33612345678",))) == [("1", "2", ("phone",))]


def test_a_name_counts_with_its_postcode_only_and_in_any_order():
    assert reasons([MARTIN], Likeness("2", "GAEL", "martin", "59800")) == [("1", "2", ("name",))]
    assert reasons([MARTIN], Likeness("2", "Martin", "Gaël", "75011")) == []
    assert reasons([MARTIN], Likeness("2", "Martin", "Gaël")) == []


def test_all_the_reasons_of_a_pair_are_given_the_surest_first():
    twin = Likeness("2", "Martin", "Gaël", "59800", emails=MARTIN.emails, phones=MARTIN.phones)
    assert reasons([MARTIN], twin) == [("1", "2", ("email", "phone", "name"))]


def test_two_different_sirens_are_two_companies_even_at_one_address():
    one = Likeness("1", "Garage Dubois", postcode="59800", siren="732829320", phones=("+33320123456",))
    assert (
        reasons([one], Likeness("2", "Garage Dubois", postcode="59800", siren="880878145", phones=("+33320123456",)))
        == []
    )


def test_a_party_is_not_its_own_duplicate():
    assert reasons([MARTIN], MARTIN) == []


def test_a_number_that_a_crowd_shares_tells_nobody_apart():
    crowd = [Likeness(str(n), f"Nom{n}", phones=("+33320000000",)) for n in range(CROWD + 1)]
    assert reasons(crowd, Likeness("x", "Autre", phones=("+33320000000",))) == []


def test_the_surest_pair_comes_first():
    existing = [Likeness("a", "Garage", postcode="59800"), Likeness("b", "Autre nom", siren="732829320")]
    found = reasons(existing, Likeness("c", "Garage", postcode="59800", siren="732829320"))
    assert [pair[0] for pair in found] == ["b", "a"]


def test_the_reason_is_a_sentence():
    (pair,) = Index([MARTIN]).like(Likeness("2", "Martin", "Gaël", "59800"))
    assert str(pair.sentence) == "Same name and same postcode."


@pytest.mark.parametrize(
    ("first", "second", "same"),
    [
        (("Martin", ""), ("MARTIN", "Gaël"), True),
        (("Gaël Martin", ""), ("Martin", "Gaël"), True),
        (("SARL Garage Dubois", ""), ("Dubois", ""), True),
        (("Martin", "Gaël"), ("Martin", "Paul"), False),
        (("Martin", ""), ("Petit", ""), False),
    ],
)
def test_a_name_may_be_ones_when_every_word_of_one_is_in_the_other(first, second, same):
    assert one_name(first, second) is same
    assert one_name(second, first) is same


def test_two_spellings_look_alike_and_two_names_do_not():
    assert spelt_alike("Lefèvre", "LEFEBVRE")
    assert spelt_alike("Martin", "Matrin")
    assert not spelt_alike("Petit", "Martin")
    assert not spelt_alike("Lefèvre", "Martin")
