"""The first letter read back: the items of R.124-4 are on the paper, in both languages, and every page holds."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO

import pytest
from pypdf import PdfReader

from core.documents.first_letter import first_letter_sheet, printing_file
from core.documents.ink import Modules, Words
from core.documents.parties import Agency
from core.domain.first_letter import Account, FirstLetter, LetterDebt, Wording, amounts_of
from core.i18n import texts
from core.law.letters import first_letter_texts
from tests.documents.conftest import AT
from tests.law.test_letters import SECOND, THIRD

Read = Callable[[bytes], str]


def wording(lang: str, total: str) -> Wording:
    said = first_letter_texts()
    values = {
        "agency": "Cabinet Recouvrement des Alpes", "creditor": "Énergie de l'Ouest SA", "creditor_address": "4 quai de la Fosse, 44000 Nantes",
        "total": total, "reference": "QK000042-07-L1", "contact": "04 72 00 00 00",
        "account": "réservé aux fonds des créanciers",
    }  # fmt: skip
    blocks = {name: label.of(lang).format(**values) for name, label in said.blocks.items()}
    return Wording(**blocks, statute=said.statute.text)


def letter(lang: str = "fr", count: int = 1) -> FirstLetter:
    """Debts of 100,00 + 2,50 + 40,00 each."""
    debts = tuple(
        LetterDebt(f"F-2026-{n:03d}", "Facture", dt.date(2026, 1, 15), dt.date(2026, 2, 14), 10000, 250, indemnity=4000)
        for n in range(1, count + 1)
    )
    amounts = amounts_of(debts)
    return FirstLetter(
        "QK000042-07-L1", dt.date(2026, 11, 23), lang, "QK000042-07", "Cabinet Recouvrement des Alpes", ("12 rue de la République", "69003 Lyon"),
        "Énergie de l'Ouest SA", ("4 quai de la Fosse", "44000 Nantes"), "Łukasz Œuvré", ("3 allée des Tilleuls", "38000 Grenoble"), debts,
        amounts, Account("Cabinet Recouvrement des Alpes", "FR7630006000011234567890189", "Banque des Alpes"), "Camille Martin",
        wording(lang, texts(lang).money(amounts.total)),
    )  # fmt: skip


FACTS = (
    "QK000042-07-L1", "Cabinet Recouvrement des Alpes", "12 rue de la République", "69003 Lyon", "Énergie de l'Ouest SA", "44000 Nantes",
    "Łukasz Œuvré", "3 allée des Tilleuls", "38000 Grenoble", "Facture F-2026-001", "15/01/2026", "14/02/2026",
    "FR76 3000 6000 0112 3456 7890 189", "Banque des Alpes", "Camille Martin", "04 72 00 00 00", SECOND, THIRD,
)  # fmt: skip
FRENCH = (
    "23 novembre 2026", "activité de recouvrement amiable", "R. 124-1", "Principal 100,00 €", "Intérêts 2,50 €", "Indemnité forfaitaire 40,00 €",
    "Total 142,50 €", "Nous vous demandons de payer la somme de 142,50 €.", "contestez", "pourrait décider", "CNIL",
)  # fmt: skip
ENGLISH = (
    "23 November 2026", "activity of amicable debt collection", "Principal €100.00", "Interest €2.50", "Flat indemnity €40.00", "Total €142.50",
    "We ask you to pay the sum of €142.50.", "dispute", "might decide", "CNIL",
)  # fmt: skip


@pytest.mark.parametrize(("lang", "said"), [("fr", FRENCH), ("en", ENGLISH)])
def test_every_item_of_the_article_is_on_the_letter(
    agency: Agency, read: Read, lang: str, said: tuple[str, ...]
) -> None:
    text = read(first_letter_sheet(letter(lang), agency, AT, texts(lang)).pdf())
    assert [fact for fact in (*FACTS, *said) if fact not in text] == []


def test_a_letter_that_claims_no_interest_says_so(agency: Agency, read: Read) -> None:
    one = letter()
    without = tuple(replace(debt, interest=0) for debt in one.debts)
    text = read(
        first_letter_sheet(replace(one, debts=without, amounts=amounts_of(without)), agency, AT, texts("fr")).pdf()
    )
    assert "Aucun intérêt n'est réclamé par la présente lettre." in text
    assert "Aucun intérêt" not in read(first_letter_sheet(one, agency, AT, texts("fr")).pdf())


def test_indemnity_and_penalty_stand_each_on_its_own_line_and_an_element_that_is_not_claimed_does_not(
    agency: Agency, read: Read
) -> None:
    """100,00 + 2,50 + 40,00 + 1 234,56 = 1 377,06."""
    one = letter()
    both = tuple(replace(debt, penalty=123456) for debt in one.debts)
    text = read(first_letter_sheet(replace(one, debts=both, amounts=amounts_of(both)), agency, AT, texts("fr")).pdf())
    lines = ("Indemnité forfaitaire 40,00 €", "Clause pénale 1 234,56 €", "Total 1 377,06 €")
    assert [line for line in lines if line not in text] == []
    alone = read(first_letter_sheet(one, agency, AT, texts("fr")).pdf())
    assert "Clause pénale" not in alone
    assert [word for word in ("Accessoires", "Frais de recouvrement :") if word in text + alone] == []


def test_fifteen_debts_stand_each_on_its_line_and_add_up(agency: Agency, read: Read) -> None:
    text = read(first_letter_sheet(letter(count=15), agency, AT, texts("fr")).pdf())
    assert [n for n in range(1, 16) if f"Facture F-2026-{n:03d}" not in text] == []
    assert "Total 2 137,50 €" in text  # 15 x 142,50
    assert SECOND in text


def test_the_same_letter_gives_the_same_bytes_without_logo_and_with_long_names(agency: Agency) -> None:
    long = replace(
        letter(), debtor_name="Société d'exploitation des établissements " * 4, creditor_name="Compagnie " * 15
    )
    bare = replace(agency, logo=b"")
    assert (
        first_letter_sheet(long, bare, AT, texts("fr")).pdf() == first_letter_sheet(long, bare, AT, texts("fr")).pdf()
    )


def test_the_printing_file_holds_each_letter_in_order(agency: Agency) -> None:
    one, two = letter(), replace(letter(), reference="QK000043-04-L1")
    sheets = [first_letter_sheet(each, agency, AT, texts("fr")) for each in (one, two)]
    whole = printing_file(sheets)
    pages = [page.extract_text() for page in PdfReader(BytesIO(whole)).pages]
    starts = [number for number, text in enumerate(pages) if "Référence de la lettre" in text]
    assert [pages[at].count(ref) > 0 for at, ref in zip(starts, (one.reference, two.reference), strict=True)] == [
        True,
        True,
    ]
    alone = [page.extract_text() for sheet in sheets for page in PdfReader(BytesIO(sheet.pdf())).pages]
    assert pages == alone
    assert whole.count(b"/FontFile2") == 2  # the regular face and the bold one, not once a letter


@pytest.mark.parametrize("lang", ["fr", "en"])
@pytest.mark.parametrize("count", [1, 2, 3])
@pytest.mark.parametrize("interest", [0, 250])
def test_a_letter_of_one_to_three_debts_is_one_page_and_nothing_is_set_under_8_5_points(
    agency: Agency, lang: str, count: int, interest: int
) -> None:
    one = letter(lang, count)
    debts = tuple(replace(debt, interest=interest) for debt in one.debts)
    amounts = amounts_of(debts)
    words = wording(lang, texts(lang).money(amounts.total))
    sheet = first_letter_sheet(replace(one, debts=debts, amounts=amounts, words=words), agency, AT, texts(lang))
    (page,) = sheet.pages()
    body = [item for item in page if isinstance(item, Words) and item.y < 281]
    assert min(item.size for item in body) >= 8.5
    assert max(item.y for item in body) < 281  # above the footer, whose own mentions may be smaller
    window = [item for item in body if item.x == 110 and 50 < item.y < 85]
    assert [item.text for item in window] == ["Łukasz Œuvré", "3 allée des Tilleuls", "38000 Grenoble"]
    (code,) = [item for item in page if isinstance(item, Modules)]
    assert (code.size, code.x + code.size) == (22.0, 190.0)
    assert not [item for item in body if item.x + 1 > code.x and code.y < item.y < code.y + code.size]


@pytest.mark.parametrize("count", range(1, 41))
def test_the_lines_of_the_claim_and_their_total_stand_on_one_page(agency: Agency, count: int) -> None:
    pages = first_letter_sheet(letter(count=count), agency, AT, texts("fr")).pages()
    said = [{item.text for item in page if isinstance(item, Words)} for page in pages]
    (whole,) = [one for one in said if "Somme réclamée" in one]
    assert {"Principal", "Intérêts", "Indemnité forfaitaire", "Total"} <= whole
    assert texts("fr").money(count * 14250) in whole
    assert "Madame, Monsieur," in said[0]
    assert len(pages) <= (1 if count <= 3 else 2 if count <= 22 else 3)
