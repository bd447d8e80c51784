"""Later letters on paper: every part printed, the code to scan as vectors, one page where it fits, the deposit slip."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO

import pytest
from pypdf import PdfReader

from core.documents import qr
from core.documents.deposit_slip import SlipLine, deposit_slip
from core.documents.letter import letter_sheet, letter_text
from core.documents.parties import Agency
from core.domain.first_letter import Account, LetterDebt, amounts_of
from core.domain.letter import Letter, Part
from core.i18n import texts
from tests.documents.conftest import AT

Read = Callable[[bytes], str]
PAYLOAD = "BCD\n002\n1\nSCT\n\nCabinet des Alpes\nFR7630006000011234567890189\nEUR142.50\n\n\nQK000042-07-RA1"


def letter(count: int = 1, **more: object) -> Letter:
    debts = tuple(
        LetterDebt(f"F-{n:03d}", "Facture", dt.date(2026, 1, 15), dt.date(2026, 2, 14), 10000, 250, 4000)
        for n in range(1, count + 1)
    )
    parts = (
        Part("opening", "Par notre lettre QK000042-07-L1 du 5 janvier 2026…"), Part("claim"), Part("demand", "Nous vous demandons de payer.", bold=True),
        Part("account"), Part("talk", "Si vous contestez, écrivez-nous."), Part("closing", "Salutations distinguées."),
    )  # fmt: skip
    made = Letter(
        "reminder_gentle", "QK000042-07-RA1", dt.date(2026, 11, 23), "fr", "QK000042-07", "Cabinet des Alpes", ("12 rue X", "69003 Lyon"),
        "Énergie de l'Ouest SA", ("4 quai de la Fosse", "44000 Nantes"), "Łukasz Œuvré", ("3 allée des Tilleuls", "38000 Grenoble"), "Rappel", parts,
        debts, amounts_of(debts), Account("Cabinet des Alpes", "FR7630006000011234567890189", "Banque des Alpes"), 14250 * count, "Camille Martin",
        "QK000042-07-L1", dt.date(2026, 1, 5),
    )  # fmt: skip
    return replace(made, **more)  # type: ignore[arg-type]


def test_every_part_is_printed_with_the_first_letter_recalled(agency: Agency, read: Read) -> None:
    text = read(letter_sheet(letter(), agency, AT, texts("fr")).pdf())
    wanted = (
        "Rappel", "Łukasz Œuvré", "QK000042-07-RA1", "Première lettre : QK000042-07-L1 du 05/01/2026", "Facture F-001", "Indemnité forfaitaire 40,00 €",
        "Total 142,50 €", "FR76 3000 6000 0112 3456 7890 189", "Référence à indiquer QK000042-07-RA1", "Si vous contestez", "Camille Martin",
    )  # fmt: skip
    assert [part for part in wanted if part not in text] == []


def test_a_registered_letter_says_so_first(agency: Agency, read: Read) -> None:
    assert "Lettre recommandée avec avis de réception" in read(
        letter_sheet(letter(registered=True), agency, AT, texts("fr")).pdf()
    )


@pytest.mark.parametrize(("count", "pages"), [(1, 1), (4, 1), (60, 3)])
def test_a_letter_holds_on_one_page_where_it_can(agency: Agency, count: int, pages: int) -> None:
    assert len(PdfReader(BytesIO(letter_sheet(letter(count), agency, AT, texts("fr")).pdf())).pages) == pages


def test_the_address_stands_in_the_window_at_the_right(agency: Agency) -> None:
    """DL window at the right: 110 to 190 mm across, 50 to 85 mm down an A4 sheet of 297 mm (in points from the bottom)."""
    found: list[tuple[float, float]] = []
    page = PdfReader(BytesIO(letter_sheet(letter(), agency, AT, texts("fr")).pdf())).pages[0]
    page.extract_text(
        visitor_text=lambda text, _cm, tm, _f, _s: found.append((tm[4], tm[5])) if "Grenoble" in text else None
    )
    x, y = (value * 25.4 / 72 for value in found[0])
    assert 109.9 <= x <= 190  # a hundredth of rounding in points
    assert 50 <= 297 - y <= 85


def test_the_code_is_drawn_as_rectangles_and_not_when_nothing_is_to_be_paid(agency: Agency) -> None:
    def rectangles(pdf: bytes) -> int:
        return PdfReader(BytesIO(pdf)).pages[0].get_contents().get_data().count(b" re f")  # type: ignore[union-attr]

    paid, nothing = (letter_sheet(letter(pay=cents), agency, AT, texts("fr")).pdf() for cents in (14250, 0))
    assert rectangles(paid) > rectangles(nothing) + 200


def test_the_code_is_square_with_its_three_finders_and_none_is_made_of_a_text_too_long() -> None:
    code = qr.modules(PAYLOAD, 0, 0, 22)
    assert code is not None
    assert {len(row) for row in code.rows} == {len(code.rows)}
    finder = bytes([1, 1, 1, 1, 1, 1, 1])
    assert code.rows[0][:7] == code.rows[0][-7:] == code.rows[-1][:7] == finder
    assert code.rows[-1][-7:] != finder
    assert qr.modules("x" * 400, 0, 0, 22) is None


def test_the_text_says_what_the_paper_says() -> None:
    text = letter_text(letter(), texts("fr"))
    assert "Facture F-001, du 15/01/2026, échue le 14/02/2026 : 142,50\u00a0€" in text
    assert text.index("Cabinet des Alpes") < text.index("Énergie de l'Ouest SA") < text.index("142,50")


def test_a_slip_numbers_its_letters(agency: Agency, read: Read) -> None:
    lines = [
        SlipLine("Łukasz Œuvré", "3 allée des Tilleuls\n38000 Grenoble", "QK000042-07-MD1", "1A12345678901"),
        SlipLine("B", "Y", "Z"),
    ]
    text = read(deposit_slip("BD-2026-0001", dt.date(2026, 11, 23), lines, agency, AT, texts("fr")))
    wanted = (
        "Bordereau BD-2026-0001 du 23/11/2026",
        "2 lettres recommandées",
        "Łukasz Œuvré",
        "1A12345678901",
        "cachet à date",
    )
    assert [part for part in wanted if part not in text] == []
