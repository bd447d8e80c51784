"""The plan on paper: what it says, in both languages, and what it refuses."""

import datetime as dt
from dataclasses import replace
from io import BytesIO

import pytest
from pypdf import PdfReader

from core.documents.parties import Agency, Person
from core.documents.plan import PaperRow, PlanPaper, plan_pdf
from core.i18n import texts

D = dt.date
PAPER = PlanPaper(
    D(2026, 11, 23),
    dt.datetime(2026, 11, 23, 9, tzinfo=dt.UTC),
    Agency("Recouvrement du Port"),
    20000,
    (PaperRow(1, D(2026, 12, 1), 10000, 10000, 0, 10000), PaperRow(2, D(2027, 1, 1), 10000, 10000, 0, 0)),
    Person("Garage du Port"),
    Person("Lefèvre"),
    "D-2026-0001",
    "E1-1",
    (("F-1", 20000),),
    "FR76 3000 4000",
)


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("fr", ("Proposition d'échéancier", "C. civ., art. 2240", "F-1", "FR76 3000 4000", "Garage du Port", "Lefèvre", "Date et signature")),
        ("en", ("Payment plan proposal", "C. civ., art. 2240", "creditors' funds", "Date and signature")),
    ],
)  # fmt: skip
def test_parties_debts_account_meaning_and_signatures_are_on_paper(read, lang, words):
    text = read(plan_pdf(PAPER, texts(lang)))
    assert [word for word in words if word not in text] == []


def test_a_simulation_binds_nobody_and_has_no_place_to_sign(read):
    text = read(plan_pdf(replace(PAPER, debtor=None, creditor=None), texts("fr")))
    assert "n'engage personne" in text
    assert "signature" not in text


def test_a_plan_whose_parts_do_not_add_up_is_not_printed():
    with pytest.raises(ValueError, match="does not make the amount"):
        replace(PAPER, amount=20001)


def test_the_same_plan_gives_the_same_bytes():
    assert plan_pdf(PAPER, texts("fr")) == plan_pdf(PAPER, texts("fr"))


@pytest.mark.parametrize(
    ("lang", "head"), [("fr", "Ce que signifie cette proposition"), ("en", "What this proposal means")]
)
@pytest.mark.parametrize("number", [1, 4, 6, 9, 14, 20, 27, 38])
def test_what_a_signature_means_stands_on_the_page_where_one_signs(lang, head, number):
    rows = tuple(PaperRow(n, D(2026, 12, 1), 100, 100, 0, 100 * (number - n)) for n in range(1, number + 1))
    paper = replace(
        PAPER, amount=100 * number, rows=rows, notes=("L'agence informe le créancier. (CPCE, art. R. 124-5)",) * 2
    )
    pages = [page.extract_text() for page in PdfReader(BytesIO(plan_pdf(paper, texts(lang)))).pages]
    signed = [text for text in pages if "signature" in text]
    assert len(signed) == 1
    assert head in " ".join(signed[0].split())
    assert "C. civ., art. 2240" in signed[0]
    assert "signature" in pages[-1]
