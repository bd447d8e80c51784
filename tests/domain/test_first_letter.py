"""The checklist of the first letter, one rule at a time: whole, nothing is said; one item out, its rule says so (CPCE R.124-4)."""

import datetime as dt
from dataclasses import replace

import pytest

from core.domain.first_letter import Account, Amounts, FirstLetter, LetterDebt, Wording, amounts_of, check, rules

STATUTE = "Les frais restent à la charge du créancier.\nCependant, le créancier peut demander au juge."
WORDS = Wording(
    "Demande", "Activité de recouvrement amiable", "Pour", "Aucun intérêt", "Payez", "Par virement", "Parlons", "Pourrait", "Données", "L. 111-8",
    STATUTE, "Salutations",
)  # fmt: skip
DEBT = LetterDebt("F-1", "Facture", dt.date(2026, 1, 1), dt.date(2026, 2, 1), 10000, 250, indemnity=4000)
WHOLE = FirstLetter(
    "QK000001-10-L1", dt.date(2026, 11, 23), "fr", "QK000001-10", "Agence", ("1 rue", "75001 Paris"), "Créancier", ("2 rue", "69001 Lyon"),
    "Débiteur", ("3 rue", "38000 Grenoble"), (DEBT,), Amounts(10000, 250, 4000, 0, 0, 14250), Account("Agence", "FR7630006000011234567890189"),
    "Léa Martin", WORDS,
)  # fmt: skip


def codes(letter: FirstLetter) -> list[str]:
    return [problem.code for problem in check(letter, STATUTE)]


def test_a_whole_letter_lacks_nothing():
    assert check(WHOLE, STATUTE) == ()


@pytest.mark.parametrize(("broken", "rule", "article", "field"), [
    ({"agency_name": " "}, "LET-01", "R. 124-4 1°", "agency"),
    ({"agency_address": ()}, "LET-02", "R. 124-4 1°", "agency"),
    ({"words": replace(WORDS, activity="")}, "LET-03", "R. 124-4 1°", "texts"),
    ({"creditor_name": ""}, "LET-04", "R. 124-4 2°", "creditor"),
    ({"creditor_address": ("",)}, "LET-05", "R. 124-4 2°", "creditor"),
    ({"debts": (replace(DEBT, issued_on=None, due_on=None),)}, "LET-06", "R. 124-4 3°", "debts"),
    ({"debts": (replace(DEBT, ref=" "),)}, "LET-06", "R. 124-4 3°", "debts"),
    ({"debts": (replace(DEBT, nature=""),)}, "LET-06", "R. 124-4 3°", "debts"),
    ({"amounts": Amounts(10000, 250, 4000, 0, 0, 14251)}, "LET-07", "R. 124-4 3°", "debts"),
    ({"amounts": Amounts(10250, 0, 4000, 0, 0, 14250)}, "LET-07", "R. 124-4 3°", "debts"),
    ({"amounts": Amounts(10000, 250, 0, 4000, 0, 14250)}, "LET-07", "R. 124-4 3°", "debts"),
    ({"words": replace(WORDS, demand="")}, "LET-09", "R. 124-4 4°", "texts"),
    ({"account": Account("Agence", "")}, "LET-10", "R. 124-4 4°", "agency"),
    ({"words": replace(WORDS, statute=STATUTE.replace("restent", "sont"))}, "LET-11", "R. 124-4 5°", "texts"),
    ({"words": replace(WORDS, statute="")}, "LET-11", "R. 124-4 5°", "texts"),
    ({"reference": ""}, "LET-12", "R. 124-4", "reference"),
    ({"dated": None}, "LET-12", "R. 124-4", "reference"),
])  # fmt: skip
def test_one_item_out_is_told_with_its_rule_its_article_and_its_place(broken, rule, article, field):
    (problem,) = check(replace(WHOLE, **broken), STATUTE)
    assert (problem.code, problem.field) == (rule, field)
    assert rule in str(problem.reason)
    assert f"article {article}" in str(problem.reason)


def test_collection_costs_block_even_when_the_sum_is_right():
    costly = replace(DEBT, costs=1500)  # 100,00 + 2,50 + 40,00 + 15,00
    letter = replace(WHOLE, debts=(costly,), amounts=Amounts(10000, 250, 4000, 0, 1500, 15750))
    assert codes(letter) == ["LET-08"]


def test_a_letter_that_claims_nothing_does_not_leave():
    assert codes(replace(WHOLE, debts=(), amounts=Amounts(0, 0, 0, 0, 0, 0))) == ["LET-06"]


def test_line_ends_and_spaces_do_not_make_another_statute():
    assert codes(replace(WHOLE, words=replace(WORDS, statute=STATUTE.replace("\n", "  ")))) == []


def test_a_debtor_without_address_cannot_be_written_to():
    assert codes(replace(WHOLE, debtor_address=())) == ["address-missing"]


def test_everything_out_names_every_rule_in_order():
    empty = replace(
        WHOLE, reference="", agency_name="", agency_address=(), creditor_name="", creditor_address=(), debts=(), account=Account("", ""),
        amounts=Amounts(0, 0, 0, 0, 0, 1), words=replace(WORDS, activity="", demand="", statute=""),
    )  # fmt: skip
    assert codes(empty) == [rule for rule, _, _ in rules() if rule != "LET-08"]


def test_the_sum_of_two_debts_by_hand():
    two = (DEBT, LetterDebt("F-2", "Loyer", None, dt.date(2026, 3, 1), 5000, penalty=100))
    assert amounts_of(two) == Amounts(15000, 250, 4000, 100, 0, 19350)
