"""The statement as paper: totals, periods, what is only told, texts numbered, in the debtor's language, for one debt and for forty."""

import datetime as dt
from io import BytesIO

from pypdf import PdfReader

from core.documents.parties import Person
from core.documents.proof import Footnotes
from core.documents.statement import StatementPaper, statement_pdf
from core.domain.indemnity import LateInvoice, indemnity
from core.domain.interest_basis import ClaimFacts, basis_of
from core.domain.statement import DebtClaim, statement
from core.domain.statement_account import Account, Move
from core.i18n import texts
from core.law.values import load_law
from tests.documents.conftest import AT

D = dt.date
LAW = load_law()
DUE, TODAY = D(2026, 3, 31), D(2026, 11, 24)


def claim(number: int, claims: frozenset[str], facts: ClaimFacts | None = None) -> DebtClaim:
    opening = Move(D(2026, 5, 4), "principal", 1000000, "placement", "placement", id=1)
    one = Account(number, f"F-{number}", "invoice", D(2026, 3, 1), DUE, 1000000, D(2026, 5, 4), (opening,))
    due = indemnity(LateInvoice("business", "business", DUE), D(2026, 11, 24), LAW)
    return DebtClaim(one, basis_of(facts or ClaimFacts("business", "business", due_on=DUE)), due, claims=claims)


def paper(
    agency,
    debts: int = 1,
    claims: tuple[str, ...] = ("interest",),
    number: str = "QK-1-D1",
    facts=None,
    on=TODAY,
):
    found = statement([claim(n, frozenset(claims), facts) for n in range(1, debts + 1)], on, LAW)
    return StatementPaper(
        number, AT, agency, Person("Garage du Port"), Person("Łukasz Œuvré", ("3 allée des Tilleuls",)), "QK-1", found,
        dict.fromkeys(range(1, debts + 1), "Facture"),
    )  # fmt: skip


def test_the_total_the_periods_and_the_texts_are_printed(agency, read):
    # 10 000.00 due on 31 March 2026, to 24 November: 91 days at 12.15 % = 302.92; 147 days at 12.40 % = 499.40
    text = read(statement_pdf(paper(agency), texts("fr")))
    for said in (
        "Décompte n° QK-1-D1",
        "10 802,32 €",
        "302,92 €",
        "499,40 € ",
        "12,40 % *",
        "(1) C. com., art. L. 441-10, II",
    ):
        assert said in text, said
    assert "à confirmer : repose sur un texte" in text
    assert "Projet, non émis" not in text


def test_what_is_not_claimed_stands_on_no_paper_for_the_debtor(agency, read):
    text = read(statement_pdf(paper(agency, claims=()), texts("fr")))
    assert "10 000,00 €" in text
    assert "802,32" not in text
    assert "40,00 €" not in text
    assert "réclame pas" not in text


def test_a_draft_says_that_it_is_one_and_english_is_english(agency, read):
    text = read(statement_pdf(paper(agency, number=""), texts("en")))
    assert "Draft, not issued" in text
    assert "€10,802.32" in text
    assert "Statement of amounts" in text


def test_facts_that_the_agency_lacks_stand_on_no_paper(agency, read):
    text = read(statement_pdf(paper(agency, 2, facts=ClaimFacts("individual", "business", due_on=DUE)), texts("fr")))
    assert "mise en demeure" not in text
    assert "20 000,00 €" in text


def test_a_day_beyond_what_is_known_is_said(agency, read):
    text = read(statement_pdf(paper(agency, on=D(2027, 6, 30)), texts("fr")))
    assert "31/12/2026" in text[text.index("À savoir") :]


def test_forty_debts_are_numbered_pages_with_each_text_once(agency, read):
    pdf = statement_pdf(paper(agency, 40), texts("fr"))
    pages = len(PdfReader(BytesIO(pdf)).pages)
    text = read(pdf)
    assert f"Page {pages} sur {pages}" in text
    assert text.count("(1) C. com., art. L. 441-10, II") == 1
    assert "432 092,80 €" in text  # 40 × 10 802.32


def test_the_same_statement_gives_the_same_bytes(agency):
    assert statement_pdf(paper(agency), texts("fr")) == statement_pdf(paper(agency), texts("fr"))


def test_footnotes_number_each_article_once_in_order():
    notes = Footnotes()
    assert notes.cite(("B", "A")) == "\u00a0(1,\u00a02)"
    assert notes.cite(("A", "C")) == "\u00a0(2,\u00a03)"
    assert notes.cite(()) == ""
