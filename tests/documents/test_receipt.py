"""The receipt read back: every fact that R.124-6 and the agency need is on the paper, in both languages."""

from __future__ import annotations

import datetime as dt
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO

import pytest
from PIL import Image
from pypdf import PdfReader

from core.documents import faces
from core.documents.parties import Agency, Person
from core.documents.receipt import AllocationLine, PaidTo, Receipt, receipt_sheet
from core.documents.sheet import WINDOW_HIGH, WINDOW_WIDE, WINDOW_X, WINDOW_Y
from core.i18n import texts

Read = Callable[[bytes], str]

FACTS = (
    "Q-2026-000123", "22/11/2026", "Cabinet Recouvrement des Alpes", "732 829 320", "12 rue de la République", "RCS Lyon 732 829 320",
    "Énergie de l'Ouest SA", "44000 Nantes", "Łukasz Œuvré", "38000 Grenoble", "D-2026-0042", "20/11/2026", "VIR OEUVRE 20/11",
    "Facture F-2026-014", "Facture F-2026-021", "21/11/2026", "Camille Martin", "R. 124-6",
)  # fmt: skip
FRENCH = (
    "1 234,56 €",
    "Mille deux cent trente-quatre euros et cinquante-six centimes",
    "800,00 €",
    "34,56 €",
    "40,00 €",
    "874,56 €",
    "360,00 €",
    "450,10 €",
)
ENGLISH = (
    "€1,234.56",
    "One thousand two hundred and thirty-four euros and fifty-six cents",
    "€800.00",
    "€34.56",
    "€40.00",
    "€874.56",
    "€360.00",
    "€450.10",
)


@pytest.mark.parametrize(("lang", "amounts"), [("fr", FRENCH), ("en", ENGLISH)])
def test_every_fact_of_the_payment_is_on_the_receipt(
    receipt: Receipt, read: Read, lang: str, amounts: tuple[str, ...]
) -> None:
    text = read(receipt_sheet(receipt, texts(lang)).pdf())
    assert [fact for fact in (*FACTS, *amounts) if fact not in text] == []


def test_an_english_receipt_speaks_in_sentences(receipt: Receipt, read: Read) -> None:
    text = read(receipt_sheet(receipt, texts("en")).pdf())
    assert "acknowledges having received from Łukasz Œuvré, on behalf of Énergie de l'Ouest SA, the sum of:" in text
    assert "Means of payment Bank transfer" in text
    assert "Balance left on 21/11/2026: €450.10." in text
    assert "Page 1 of 1" in text
    assert "not yet computed" not in text


def test_a_balance_without_interest_says_so(receipt: Receipt, read: Read) -> None:
    text = read(receipt_sheet(replace(receipt, interest_known=False), texts("en")).pdf())
    assert "The creditor claims no interest computed after the placement: the balance above holds none." in text


def test_nothing_remains_due_is_said_only_when_interest_is_known(receipt: Receipt, read: Read) -> None:
    settled = replace(receipt, balance=0)
    assert "Nothing remains due on this case on 21/11/2026." in read(receipt_sheet(settled, texts("en")).pdf())
    unknown = read(receipt_sheet(replace(settled, interest_known=False), texts("en")).pdf())
    assert "Nothing remains due" not in unknown
    assert "Balance left on 21/11/2026: €0.00." in unknown


def test_too_much_paid_is_shown_in_favour_of_the_debtor(receipt: Receipt, read: Read) -> None:
    text = read(receipt_sheet(replace(receipt, balance=-1500), texts("en")).pdf())
    assert "Paid in excess on 21/11/2026: €15.00, in favour of the debtor." in text


def test_a_payment_to_the_creditor_is_not_said_to_be_received_by_the_agency(receipt: Receipt, read: Read) -> None:
    to_agency = read(receipt_sheet(receipt, texts("en")).pdf())
    assert "Paid to Cabinet Recouvrement des Alpes, for the creditor's account" in to_agency
    direct = read(receipt_sheet(replace(receipt, paid_to=PaidTo.CREDITOR), texts("en")).pdf())
    assert "acknowledges having received" not in direct
    assert "records that Łukasz Œuvré paid the sum below directly to Énergie de l'Ouest SA" in direct
    assert "Paid to Énergie de l'Ouest SA (the creditor), directly" in direct


def test_a_reversal_names_the_receipt_it_cancels_and_why(receipt: Receipt, read: Read) -> None:
    back = replace(receipt, number="Q-2026-000130", reverses="Q-2026-000123", reversal_reason="cheque unpaid")
    text = read(receipt_sheet(back, texts("en")).pdf())
    assert "Reversal of receipt no. Q-2026-000123" in text
    assert "No. Q-2026-000130" in text
    assert "Reason: cheque unpaid" in text
    assert "Allocation cancelled" in text
    assert "acknowledges having received" not in text


def test_a_third_party_payer_clearing_and_an_unallocated_part_are_said(receipt: Receipt, read: Read) -> None:
    model = replace(
        receipt, payer="Marie Œuvré", subject_to_clearing=True, lines=receipt.lines[:1], unallocated=36000
    )  # 874,56 + 360,00 = 1 234,56
    text = read(receipt_sheet(model, texts("en")).pdf())
    assert "received from Marie Œuvré, on behalf of" in text
    assert "Paid by Marie Œuvré" in text
    assert "subject to the payment being actually credited" in text
    assert "Not yet allocated to a debt €360.00" in text


def test_an_allocation_that_does_not_add_up_is_refused(receipt: Receipt) -> None:
    with pytest.raises(ValueError, match="Q-2026-000123: the allocation does not add up"):
        replace(receipt, amount=123457)
    with pytest.raises(ValueError, match="Facture A: principal, interest and other do not make the total"):
        AllocationLine("Facture A", principal=100, interest=0, other=0, total=101)
    with pytest.raises(ValueError, match="Facture A: an allocated part is negative"):
        AllocationLine("Facture A", principal=200, interest=-100, other=0, total=100)


def test_an_amount_of_zero_and_a_reversal_without_reason_are_refused(receipt: Receipt) -> None:
    with pytest.raises(ValueError, match="the amount must be positive"):
        replace(receipt, amount=0, lines=())
    with pytest.raises(ValueError, match="a reversal needs its reason"):
        replace(receipt, reverses="Q-1", reversal_reason="  ")
    with pytest.raises(ValueError, match="time zone"):
        receipt_sheet(replace(receipt, created_at=dt.datetime(2026, 11, 22, 9, 0)), texts("fr")).pdf()  # noqa: DTZ001 - the fault itself


def test_the_same_receipt_gives_the_same_bytes_in_this_process_and_in_another(receipt: Receipt, tmp_path) -> None:
    first = receipt_sheet(receipt, texts("fr")).pdf()
    assert receipt_sheet(receipt, texts("fr")).pdf() == first
    assert receipt_sheet(replace(receipt, balance=45011), texts("fr")).pdf() != first
    import pickle

    (tmp_path / "model").write_bytes(pickle.dumps(receipt))
    code = (
        "import pickle, sys; from core.documents.receipt import receipt_sheet; from core.i18n import texts; "
        "sys.stdout.buffer.write(receipt_sheet(pickle.load(open(sys.argv[1], 'rb')), texts('fr')).pdf())"
    )
    other = subprocess.run(
        [sys.executable, "-c", code, tmp_path / "model"], capture_output=True, check=True, cwd=faces.FOLDER.parents[1]
    )
    assert other.stdout == first


def test_the_file_tells_its_title_author_language_and_the_date_given(receipt: Receipt) -> None:
    reader = PdfReader(BytesIO(receipt_sheet(receipt, texts("fr")).pdf()))
    assert "Q-2026-000123" in str(reader.metadata.title)
    assert reader.metadata.author == "Cabinet Recouvrement des Alpes"
    assert reader.metadata.creation_date == dt.datetime(2026, 11, 22, 9, 30, tzinfo=dt.UTC)
    assert reader.trailer["/Root"]["/Lang"] == "fr-FR"


def test_a_character_no_font_has_is_replaced_in_view_and_told_on_the_page(receipt: Receipt, read: Read) -> None:
    text = read(receipt_sheet(replace(receipt, debtor=Person("Wei 李 Nguyễn", ("Łódź",))), texts("en")).pdf())
    assert "Wei □ Nguyễn" in text
    assert "Łódź" in text
    assert "Characters that the fonts of this document lack, shown by the closest letter or a box: U+674E" in text
    assert faces.unprintable(faces.texts_of(replace(receipt, debtor=Person("Wei 李")))) == "李"
    assert "lack, shown by" not in read(receipt_sheet(receipt, texts("en")).pdf())


def test_a_long_name_and_address_stay_whole_inside_the_window(receipt: Receipt, read: Read) -> None:
    address = (
        "Résidence Les Hauts de la Très Longue Avenue du Général de Gaulle, bâtiment C, escalier 4, porte 12",
        "Lieu-dit Le Moulin de la Grande Prairie",
        "BP 1234",
        "38000 Grenoble CEDEX 9",
        "France",
    )
    debtor = Person(
        "Société civile immobilière des Établissements Réunis de la Vallée de l'Isère et du Grésivaudan", address
    )
    pdf = receipt_sheet(replace(receipt, debtor=debtor), texts("fr")).pdf()
    assert [part for part in (debtor.name, *address) if part not in read(pdf)] == []
    placed: list[tuple[float, float]] = []

    def visit(text: str, _cm, tm, _font, _size) -> None:
        x, y = tm[4] / 72 * 25.4, 297 - tm[5] / 72 * 25.4
        if text.strip() and x >= WINDOW_X - 0.1 and WINDOW_Y <= y < 100:
            placed.append((x, y))

    PdfReader(BytesIO(pdf)).pages[0].extract_text(visitor_text=visit)
    assert len(placed) >= 7
    assert all(y <= WINDOW_Y + WINDOW_HIGH + 0.1 and x <= WINDOW_X + WINDOW_WIDE for x, y in placed)


def test_an_address_that_cannot_fit_the_window_is_refused(receipt: Receipt) -> None:
    with pytest.raises(ValueError, match="too long for its place"):
        receipt_sheet(replace(receipt, debtor=Person("Nom", ("x" * 900,))), texts("fr")).pdf()


def test_many_debts_run_over_several_pages_with_titles_repeated(receipt: Receipt, read: Read) -> None:
    lines = tuple(
        AllocationLine(f"Facture {n:03d}", principal=1000, interest=0, other=0, total=1000) for n in range(1, 81)
    )
    pdf = receipt_sheet(replace(receipt, lines=lines, amount=80000), texts("en")).pdf()
    text = read(pdf)
    assert [f"Facture {n:03d}" for n in range(1, 81) if f"Facture {n:03d}" not in text] == []
    pages = len(PdfReader(BytesIO(pdf)).pages)
    assert pages >= 3
    assert f"Page {pages} of {pages}" in text
    assert text.count("Debt Principal Interest Other Total") >= 3


@pytest.mark.parametrize(("kind", "mode"), [("PNG", "RGBA"), ("PNG", "P"), ("JPEG", "RGB"), ("JPEG", "CMYK")])
def test_a_png_or_jpeg_logo_is_drawn(receipt: Receipt, agency: Agency, kind: str, mode: str) -> None:
    out = BytesIO()
    Image.new(mode, (300, 90)).save(out, kind)
    pdf = receipt_sheet(replace(receipt, agency=replace(agency, logo=out.getvalue())), texts("fr")).pdf()
    assert len(PdfReader(BytesIO(pdf)).pages[0].images) == 1


@pytest.mark.parametrize(
    ("logo", "why"),
    [(b"<svg/>", "must be a PNG or JPEG"), (b"\x89PNG\r\n\x1a\nbroken", "damaged"), (b"\xff\xd8\xffbroken", "damaged")],
)
def test_another_or_a_damaged_logo_is_refused_in_words(receipt: Receipt, agency: Agency, logo: bytes, why: str) -> None:
    with pytest.raises(ValueError, match=why):
        receipt_sheet(replace(receipt, agency=replace(agency, logo=logo)), texts("fr")).pdf()


def test_importing_the_documents_does_not_load_fpdf() -> None:
    code = "import sys, core.documents.receipt, core.documents.mandate; print({'fpdf', 'fontTools', 'PIL'} & sys.modules.keys())"
    found = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, check=True, text=True, cwd=faces.FOLDER.parents[1]
    )
    assert found.stdout.strip() == "set()"
