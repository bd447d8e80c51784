"""The import as a page: what was understood, the trial, the button; nothing is written before it and nothing is kept after it."""

import gc
import io
from pathlib import Path

import pytest

from core.i18n import texts
from core.services import cases, creditors
from core.services.imports import Reading, Trial
from core.ui.import_work import Work
from tests.pages.reading import said, whole
from tests.services.factory import a_case, a_creditor, a_debt

T = texts("fr")
SAMPLES = Path(__file__).resolve().parents[1] / "samples"
HEAD = "Réf client;Nom;Prénom;CP;Ville;Téléphone;N° facture;Date facture;Échéance;Montant TTC\n"
GOOD = "C1;Lefèvre;Élodie;69003;Lyon;06 12 34 56 78;FA-1;01/03/2026;31/03/2026;1 234,56\n"
OTHER = "C2;Diallo;Awa;44000;Nantes;;FA-2;02/03/2026;01/04/2026;99,90\n"
WRONG = "C3;Nguyen;Minh;33000;Bordeaux;;FA-3;31/02/2026;01/04/2026;12,345\n"


def table(*lines: str, head: str = HEAD) -> bytes:
    return (head + "".join(lines)).encode()


def given(page, data: bytes, name: str = "impayes.csv"):
    """The page once a file lies in the drop zone."""
    (zone,) = page.file_uploader
    return whole(zone.upload(name, data, "application/octet-stream").run())


def figures(page) -> dict[str, str]:
    return {metric.label: metric.value for metric in page.metric}


def bring_in(page):
    return whole(page.button(key="import_commit").click().run())


def totals(ctx) -> tuple[int, int]:
    """Open cases and what is owed in them."""
    count = cases.queue(ctx).counters
    return count.open, count.balance


def field(page, kind: str, start: str):
    """The widget of the file whose key starts so."""
    (found,) = [w for w in getattr(page, kind) if (w.key or "").startswith(f"import_{start}_")]
    return found


def column(page, heading: str):
    """The selection list of one column of the file."""
    (found,) = [w for w in page.selectbox if "_column_" in f"_{w.key}" and w.label == heading]
    return found


def kept(page) -> bool:
    """Whether the session still holds a file and its lines."""
    return "import_work" in page.session_state


def test_without_a_creditor_the_page_says_to_add_one(ctx, app):
    page = whole(app("import_file").run())
    assert page.info.len == 1
    assert page.file_uploader.len == 0


def test_the_creditor_is_asked_when_there_are_several(ctx, app):
    a_creditor(ctx, "Un")
    two = a_creditor(ctx, "Deux")
    page = given(app("import_file").run(), table(GOOD))
    assert page.info.len == 1
    assert figures(page) == {}
    page = whole(page.selectbox(key="import_creditor").set_value(two).run())
    bring_in(page)
    (row,) = cases.search(ctx, "lefevre")
    assert row.creditor == "Deux"


def test_a_table_is_understood_tried_and_brought_in_at_the_button_only(ctx, app):
    a_creditor(ctx)
    page = given(app("import_file").run(), table(GOOD, OTHER))
    assert (figures(page)[T("Lines")], figures(page)[T("Accepted")], figures(page)[T("Left out")]) == ("2", "2", "0")
    assert figures(page)[T("Amount")] == T.money(133446)
    assert (figures(page)[T("New cases")], figures(page)[T("New debtors")]) == ("2", "2")
    assert totals(ctx) == (0, 0)
    page = bring_in(page)
    assert totals(ctx) == (2, 133446)
    assert any(T.money(133446) in text for text in said(page))
    assert not kept(page)
    (row,) = cases.search(ctx, "0612345678")
    assert (row.debtor, row.balance) == ("Lefèvre Élodie", 123456)


def test_each_fault_is_told_with_its_line_field_value_reason_and_remedy_and_the_others_enter(ctx, app):
    a_creditor(ctx)
    page = given(app("import_file").run(), table(GOOD, WRONG, OTHER))
    assert (figures(page)[T("Accepted")], figures(page)[T("Left out")]) == ("2", "1")
    faults = [text for text in said(page) if text.startswith(f"**{T('Line {n}', n='3')}")]
    assert len(faults) == 2
    assert any("31/02/2026" in text for text in faults)
    assert any("12,345" in text for text in faults)
    bring_in(page)
    assert totals(ctx) == (2, 133446)


def test_the_same_file_twice_adds_nothing_and_says_when_it_came(ctx, app):
    a_creditor(ctx)
    page = bring_in(given(app("import_file").run(), table(GOOD, OTHER)))
    page = given(page, table(GOOD, OTHER))
    assert any("23/11/2026" in info.value for info in page.info)
    assert figures(page)[T("Here already")] == "2"
    assert page.button(key="import_commit").disabled
    assert totals(ctx) == (2, 133446)


def test_a_double_click_brings_in_once(ctx, app):
    a_creditor(ctx)
    page = given(app("import_file").run(), table(GOOD))
    page.button(key="import_commit").click()
    bring_in(page)
    assert totals(ctx) == (1, 123456)


def test_lines_that_are_the_same_are_one_mistake_unless_the_person_says_so(ctx, app):
    a_creditor(ctx)
    page = given(app("import_file").run(), table(GOOD, GOOD))
    assert figures(page)[T("Accepted")] == "1"
    page = whole(field(page, "checkbox", "twins").check().run())
    assert figures(page)[T("Accepted")] == "2"
    bring_in(page)
    assert totals(ctx) == (1, 246912)


def test_somebody_known_is_proposed_and_another_person_unless_the_person_says_so(ctx, app):
    creditor = a_creditor(ctx)
    known = a_case(
        ctx, a_debt("F-OLD", amount=10000), creditor=creditor, name="Lefèvre", first_name="Élodie", phone="0612345678"
    )
    page = given(app("import_file").run(), table(GOOD))
    (question,) = page.radio
    assert question.value is False
    page = whole(question.set_value(True).run())
    bring_in(page)
    assert {d.ref for d in cases.case_file(ctx, known).debts} == {"F-OLD", "FA-1"}
    assert totals(ctx) == (1, 133456)


def test_without_an_answer_nobody_is_merged(ctx, app):
    creditor = a_creditor(ctx)
    a_case(
        ctx, a_debt("F-OLD", amount=10000), creditor=creditor, name="Lefèvre", first_name="Élodie", phone="0612345678"
    )
    bring_in(given(app("import_file").run(), table(GOOD)))
    assert totals(ctx) == (2, 133456)


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("impayes.csv", b""),
        ("impayes.xlsx", b"PK\x03\x04" + b"\x00" * 200),
        ("impayes.csv", b"MZ\x90\x00" + b"\x00" * 200),
        ("facture.xml", b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>'),
        ("impayes.csv", b"<html><body>Veuillez vous connecter</body></html>"),
        ("impayes.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600),
    ],
)
def test_a_hostile_or_odd_file_is_refused_with_a_sentence(ctx, app, name, data):
    a_creditor(ctx)
    page = given(app("import_file").run(), data, name)
    assert page.error.len >= 1
    assert figures(page) == {}
    assert not [w for w in page.button if w.key == "import_commit"]


def test_a_column_that_nothing_gives_is_named_and_may_be_shown(ctx, app):
    a_creditor(ctx)
    odd = HEAD.replace("Montant TTC", "Zyx")
    page = given(app("import_file").run(), table(GOOD, head=odd))
    assert page.error.len >= 1
    assert not [w for w in page.button if w.key == "import_commit"]
    page = whole(column(page, "Zyx").set_value("amount").run())
    assert figures(page)[T("Amount")] == T.money(123456)
    page = bring_in(page)
    page = given(page, table(OTHER, head=odd))  # the mapping was kept for this creditor's headings
    assert figures(page)[T("Amount")] == T.money(9990)


def test_two_columns_for_one_field_are_not_tried(ctx, app):
    a_creditor(ctx)
    page = given(app("import_file").run(), table(GOOD))
    page = whole(column(page, "Ville").set_value("debtor_name").run())
    assert page.warning.len == 1
    assert figures(page) == {}


def test_a_heading_full_of_markdown_stays_a_heading(ctx, app):
    a_creditor(ctx)
    page = given(
        app("import_file").run(), table(GOOD, head=HEAD.replace("Réf client", "**Réf** [x](https://example.org)"))
    )
    assert any(w.label.startswith(r"\*\*Réf") for w in page.selectbox)


def test_another_encoding_may_be_said(ctx, app):
    a_creditor(ctx)
    data = (HEAD + GOOD).encode("cp850")
    page = given(app("import_file").run(), data)
    page = whole(field(page, "selectbox", "encoding").set_value("cp850").run())
    bring_in(page)
    (row,) = cases.search(ctx, "FA-1")
    assert row.debtor == "Lefèvre Élodie"


def test_a_payment_term_dates_what_the_file_does_not(ctx, app):
    a_creditor(ctx)
    head = HEAD.replace("Échéance;", "")
    page = given(app("import_file").run(), table(GOOD.replace("31/03/2026;", ""), head=head))
    page = whole(field(page, "number_input", "days").set_value(30).run())
    bring_in(page)
    (row,) = cases.search(ctx, "FA-1")
    assert cases.case_file(ctx, row.case_id).debts[0].due_on == "2026-03-31"


def test_amounts_in_cents_and_american_dates_may_be_said(ctx, app):
    a_creditor(ctx)
    page = given(app("import_file").run(), table("C1;Lefèvre;Élodie;69003;Lyon;;FA-1;03/01/2026;03/31/2026;123456\n"))
    page = whole(field(page, "selectbox", "order").set_value("mdy").run())
    page = whole(field(page, "selectbox", "unit").set_value("cents").run())
    bring_in(page)
    (row,) = cases.search(ctx, "FA-1")
    assert (row.balance, cases.case_file(ctx, row.case_id).debts[0].issued_on) == (123456, "2026-03-01")


def test_a_ledger_gives_the_open_invoices_of_its_customers(ctx, app):
    a_creditor(ctx)
    data = (SAMPLES / "fec" / "fecreader_111111111FEC20221231.TXT").read_bytes()
    page = given(app("import_file").run(), data, "111111111FEC20221231.TXT")
    assert figures(page)[T("New debtors")] == "18"  # accounts_with_debit_balance of expected.json
    assert figures(page)[T("Amount")] == T.money(
        1441652 + 5603
    )  # its balance, and the customer in credit who does not enter
    bring_in(page)
    assert totals(ctx) == (18, 1447255)


def test_a_ledger_that_cannot_be_trusted_is_refused_whole(ctx, app):
    a_creditor(ctx)
    data = (SAMPLES / "fec" / "fecreader_111111111FEC20221231.TXT").read_bytes().replace(b"|Debit|", b"|Debut|", 1)
    page = given(app("import_file").run(), data, "111111111FEC20221231.TXT")
    assert page.error.len >= 2
    assert figures(page) == {}


def test_an_electronic_invoice_is_one_debt(ctx, app):
    a_creditor(ctx)
    data = (SAMPLES / "einvoices" / "fnfe" / "correct_Facture_UE_BASICWL.pdf").read_bytes()
    page = given(app("import_file").run(), data, "facture.pdf")
    assert figures(page)[T("Lines")] == "1"


def test_cases_taken_over_come_in_sheet_by_sheet(ctx, app):
    creditor = a_creditor(ctx)
    ref = creditors.creditor_file(ctx, creditor).creditor.ref
    page = given(app("import_file").run(), takeover(ref), "reprise.xlsx")
    page = bring_in(page)
    assert totals(ctx) == (1, 123456)
    assert kept(page)  # the other sheet is still to come
    page = bring_in(whole(page.run()))
    (row,) = cases.search(ctx, "FA-1")
    assert [p.amount for p in cases.case_file(ctx, row.case_id).payments] == [3456]
    assert not kept(page)


def takeover(creditor_ref: str) -> bytes:
    """A workbook with a debt and a payment on it, headed as the open format says."""
    from openpyxl import Workbook

    book = Workbook()
    debts = book.active
    debts.title = "creances"
    debts.append(
        [
            "code_creancier",
            "reference_dossier",
            "nom",
            "prenom",
            "reference_creance",
            "date_emission",
            "date_echeance",
            "montant",
        ]
    )
    debts.append([creditor_ref, "D-1", "Lefèvre", "Élodie", "FA-1", "01/03/2026", "31/03/2026", "1234,56"])
    paid = book.create_sheet("paiements")
    paid.append(["reference_dossier", "reference_creance", "date_paiement", "montant_paye", "moyen", "encaisse_par"])
    paid.append(["D-1", "FA-1", "15/06/2026", "34,56", "virement", "cabinet"])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_taking_the_file_away_lets_everything_go(ctx, app):
    a_creditor(ctx)
    page = given(app("import_file").run(), table(GOOD))
    assert kept(page)
    page.file_uploader[0].clear()
    whole(page.run())
    assert not kept(page)
    assert figures(page) == {}


def test_once_a_file_is_in_no_line_of_it_stays_in_memory(ctx, app):
    a_creditor(ctx)
    a_case(ctx, a_debt("F-OLD"), name="Lefèvre", first_name="Élodie", phone="0612345678")
    page = app("import_file").run()
    whole(page.selectbox(key="import_creditor").set_value(1).run())
    page = bring_in(given(page, table(GOOD, OTHER)))
    whole(page.run())
    gc.collect()
    assert [held for held in gc.get_objects() if isinstance(held, (Reading, Trial, Work))] == []
