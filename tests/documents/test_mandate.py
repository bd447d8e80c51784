"""The mandate read back: the items of R.124-3 and R.124-2 are there, and what lacks is told and shown."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from io import BytesIO

import pytest
from pypdf import PdfReader

from core.documents.mandate import Amounts, Insurance, Mandate, MandateDebt, mandate_pdf, missing_items
from core.documents.parties import Agency, Person
from core.i18n import texts

Read = Callable[[bytes], str]
Sixty = tuple[tuple[MandateDebt, ...], Amounts]

FACTS = (
    "M-2026-007", "22/11/2026", "Cabinet Recouvrement des Alpes", "732 829 320", "Énergie de l'Ouest SA", "552 100 554", "44000 Nantes",
    "Contrat de fourniture du 3 mars 2025", "Assureur SA", "4512-88", "31/12/2027", "Plafond de 500 000 € par sinistre",
    "Moins de six mois 12 % HT des sommes encaissées", "Au-delà 18 % HT", "Par virement le 10 du mois suivant",
    "Banque des Alpes, FR76 3000 4000", "03/02/2024", "procureur de la République de Lyon", "Remettre les pénalités de retard",
    "Un an, préavis de trois mois", "Camille Martin", "Jean Dupont",
    "R. 124-3, 1°", "R. 124-3, 2°", "R. 124-3, 3°", "R. 124-3, 4°", "R. 124-2", "R. 124-5", "R. 124-6", "L. 111-8",
)  # fmt: skip


@pytest.mark.parametrize(
    ("lang", "amounts"),
    [
        ("fr", ("1 000,00 €", "25,50 €", "40,00 €", "1 065,50 €", "7,5 %")),
        ("en", ("€1,000.00", "€25.50", "€40.00", "€1,065.50", "7.5 %")),
    ],
)
def test_every_item_of_the_article_is_on_the_mandate(
    mandate: Mandate, read: Read, lang: str, amounts: tuple[str, ...]
) -> None:
    text = read(mandate_pdf(mandate, texts(lang)))
    assert [fact for fact in (*FACTS, *amounts) if fact not in text] == []


def test_the_english_clauses_are_sentences(mandate: Mandate, read: Read) -> None:
    text = read(mandate_pdf(mandate, texts("en")))
    for sentence in (
        "Énergie de l'Ouest SA gives Cabinet Recouvrement des Alpes power to receive payments on its behalf.",
        "Principal €1,000.00 Interest €25.50 Other sums €40.00 Total €1,065.50",
        "The agency may grant a payment plan of up to 6 months without asking.",
        "The agency may grant a discount of up to 7.5 % without asking.",
        "This document reproduces the facts typed by its author.",
        "funds are remitted within one month of being actually cashed (article R. 124-6)",
    ):
        assert sentence in text
    assert "To be completed" not in text
    assert "annex" not in text


def test_a_complete_mandate_lacks_nothing(mandate: Mandate) -> None:
    assert missing_items(mandate) == ()


LACKS = [
    ({"power_to_receive": False}, "power to receive payment", "power to receive payments on the creditor's behalf"),
    ({"basis": ""}, "basis of the sums due is missing (article R. 124-3, 1°)", "basis of the sums due"),
    ({"amounts": None}, "amounts due, each element apart, are missing (article R. 124-3, 1°)", "amount of each element"),
    ({"fees": ()}, "remuneration is determined is missing (article R. 124-3, 3°)", "how the remuneration is determined"),
    ({"remittance": ""}, "remittance of the funds are missing (article R. 124-3, 4°)", "conditions of remittance of the funds"),
    ({"client_account": ""}, "account kept for creditors' funds is missing (article R. 124-2)", "account kept for creditors' funds"),
    ({"declared_on": None}, "declaration to the public prosecutor", "date and court of the declaration"),
    ({"declared_to": ""}, "declaration to the public prosecutor", "date and court of the declaration"),
]  # fmt: skip


@pytest.mark.parametrize(("without", "told", "shown"), LACKS)
def test_one_fact_lacking_is_told_and_shown_at_its_place(
    mandate: Mandate, read: Read, without: dict, told: str, shown: str
) -> None:
    lacking = replace(mandate, **without)
    assert [told in str(message) for message in missing_items(lacking)] == [True]
    text = read(mandate_pdf(lacking, texts("en")))
    assert f"To be completed: {shown}" in text
    assert text.count("To be completed") == 1


@pytest.mark.parametrize(
    ("change", "told", "shown"),
    [
        ({"insurer": ""}, "The insurer is missing (articles R. 124-3, 2° and R. 124-2)", "insurer"),
        ({"policy_number": ""}, "number of the insurance policy is missing", "number of the policy"),
        ({"expires_on": None}, "end of the insurance cover is missing", "end of the cover"),
        (
            {"terms": ""},
            "conditions and terms of the guarantee are missing (article R. 124-3, 2°)",
            "conditions and terms of the guarantee",
        ),
        (
            {"expires_on": dt.date(2026, 11, 21)},
            "insurance cover ended on",
            "insurance in force: the cover above ended on 21/11/2026",
        ),
    ],
)
def test_an_insurance_that_lacks_a_fact_or_has_ended_is_told(
    mandate: Mandate, read: Read, change: dict, told: str, shown: str
) -> None:
    lacking = replace(mandate, insurance=replace(mandate.insurance, **change))
    assert [told in str(message) for message in missing_items(lacking)] == [True]
    assert f"To be completed: {shown}" in read(mandate_pdf(lacking, texts("en")))


def test_an_insurance_that_ends_on_the_day_of_the_mandate_is_in_force(mandate: Mandate) -> None:
    assert missing_items(replace(mandate, insurance=replace(mandate.insurance, expires_on=dt.date(2026, 11, 22)))) == ()


def test_an_empty_mandate_still_prints_with_every_place_to_complete(mandate: Mandate, read: Read) -> None:
    empty = Mandate("M-1", mandate.drawn_on, mandate.created_at, Agency("Cabinet"), Person("Client"))
    assert (
        len(missing_items(empty)) == 11
    )  # power, basis, amounts, insurer, policy, end, terms, fees, remittance, account, declaration
    text = read(mandate_pdf(empty, texts("en")))
    assert text.count("To be completed:") == 11
    assert "The agency asks the creditor before granting any payment plan." in text
    assert "The agency asks the creditor before granting any discount." in text


def test_amounts_by_placement_slip_satisfy_the_first_item(mandate: Mandate, read: Read) -> None:
    frame = replace(mandate, amounts=None, amounts_note="Selon chaque bordereau de remise")
    assert missing_items(frame) == ()
    assert "Selon chaque bordereau de remise" in read(mandate_pdf(frame, texts("fr")))


def test_sixty_debts_fill_an_annex_of_several_pages_closed_by_the_total(
    mandate: Mandate, sixty_debts: Sixty, read: Read
) -> None:
    debts, amounts = sixty_debts
    pdf = mandate_pdf(replace(mandate, debts=debts, amounts=amounts), texts("en"))
    text = read(pdf)
    assert "60 debts are listed in the annex." in text
    assert [n for n in range(1, 61) if f"F-{n:03d}" not in text or f"Débiteur {n:03d}" not in text] == []
    assert "Total €6,000.00 €90.00 €2,400.00 €8,490.00" in text
    annex = [
        page.extract_text() for page in PdfReader(BytesIO(pdf)).pages if "Reference and basis" in page.extract_text()
    ]
    assert len(annex) >= 2
    assert all("Cabinet Recouvrement des Alpes · Collection mandate no. M-2026-007" in page for page in annex)


def test_debts_that_do_not_make_the_amounts_are_refused(mandate: Mandate, sixty_debts: Sixty) -> None:
    debts, amounts = sixty_debts
    with pytest.raises(ValueError, match="M-2026-007: the debts listed do not add up"):
        replace(mandate, debts=debts[:-1], amounts=amounts)
    with pytest.raises(ValueError, match="listed without their summed amounts"):
        replace(mandate, debts=debts, amounts=None)
    with pytest.raises(ValueError, match="do not make the total"):
        Amounts(principal=100, interest=1, other=0, total=100)
    with pytest.raises(ValueError, match="negative"):
        Amounts(principal=100, interest=-1, other=0, total=99)


@pytest.mark.parametrize(
    "powers", [{"max_instalments": -1}, {"max_discount": Decimal("-0.1")}, {"max_discount": Decimal("100.1")}]
)
def test_powers_out_of_range_are_refused(mandate: Mandate, powers: dict) -> None:
    with pytest.raises(ValueError, match="discount from 0 to 100"):
        replace(mandate, **powers)


def test_the_same_mandate_gives_the_same_bytes_twice(mandate: Mandate, sixty_debts: Sixty) -> None:
    model = replace(mandate, debts=sixty_debts[0], amounts=sixty_debts[1])
    assert mandate_pdf(model, texts("fr")) == mandate_pdf(model, texts("fr"))


def test_very_long_typed_clauses_are_printed_whole(mandate: Mandate, read: Read) -> None:
    words = " ".join(f"mot{n}" for n in range(900))
    long = replace(mandate, remittance=words, insurance=replace(Insurance("A", "B", dt.date(2030, 1, 1)), terms=words))
    assert read(mandate_pdf(long, texts("fr"))).count("mot899") == 2
