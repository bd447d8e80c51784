"""Running cases taken over: what happened before they came enters with them, once, and the money adds up. Figures are counted by hand."""

import datetime as dt
import io

import pytest
from openpyxl import Workbook

from core.domain.messages import Refusal
from core.services import cases, creditors, imports, payments
from core.services.context import Ctx
from core.services.imports import Imported, Options, Trial
from core.store import audit, proof, summaries
from tests.services.factory import a_creditor, held

DEBTS = "reference_dossier;reference_debiteur;nom;reference_creance;date_emission;date_echeance;montant;reference_premiere_lettre;date_premiere_lettre"
OLD = "DOS-1;D1;Martin;F1;01/01/2026;01/02/2026;500,00;LR-7;02/06/2026"
OTHER = "DOS-1;D1;Martin;F2;01/03/2026;01/04/2026;300,00;LR-7;02/06/2026"
SECOND = "DOS-2;D2;Petit;G1;01/03/2026;01/04/2026;90,00;;"


def csv_of(header: str, *lines: str) -> bytes:
    return "\n".join((header, *lines, "")).encode()


def tried(ctx: Ctx, creditor: int, data: bytes) -> tuple[imports.Reading, Trial]:
    reading = imports.read_upload(ctx, creditor, "reprise.csv", data, Options())
    view = reading.sheets[0]
    return reading, imports.try_out(ctx, creditor, reading, view.name, view.mapping, Options())


def entered(ctx: Ctx, creditor: int, header: str, *lines: str, token: str = "") -> Imported:
    data = csv_of(header, *lines)
    reading, trial = tried(ctx, creditor, data)
    return imports.commit(ctx, creditor, reading, trial, token or f"{header}{lines}")


def faults(ctx: Ctx, creditor: int, header: str, *lines: str) -> list[tuple[int, str]]:
    return [(p.line, p.code) for p in tried(ctx, creditor, csv_of(header, *lines))[1].problems]


@pytest.fixture
def creditor(ctx: Ctx) -> int:
    """A creditor whose two running cases came in: Martin owes 800 € on two invoices, Petit 90 €."""
    found = a_creditor(ctx)
    entered(ctx, found, DEBTS, OLD, OTHER, SECOND)
    return found


def martin(ctx: Ctx) -> cases.CaseFile:
    return cases.case_file(ctx, cases.search(ctx, "Martin")[0].case_id)


def whole(ctx: Ctx) -> None:
    with ctx.store.read() as reader:
        assert summaries.first_difference(reader.conn) is None
        assert audit.first_break(reader.conn) is None
        assert proof.read_model(reader) is None
        assert reader.rows("PRAGMA foreign_key_check") == []


PAID = "reference_dossier;reference_creance;date_paiement;montant_paye;moyen;encaisse_par;reference_paiement"


def test_the_first_letter_of_a_case_taken_over_is_kept(ctx, creditor):
    head = martin(ctx).head
    assert (head.first_letter_ref, head.first_letter_on, head.next_kind) == ("LR-7", "2026-06-02", "first_call")


def test_past_payments_go_to_the_debt_they_name_else_to_the_oldest_and_make_no_receipt(ctx, creditor):
    done = entered(
        ctx,
        creditor,
        PAID,
        "DOS-1;F2;03/07/2026;100,00;virement;cabinet;VIR-1",
        "DOS-1;;05/07/2026;50,00;cheque;creancier;",
    )
    assert (done.added, done.amount, done.debts) == (2, 15000, 0)
    found = martin(ctx)
    assert {d.ref: d.outstanding for d in found.debts} == {"F1": 45000, "F2": 20000}
    assert (found.head.balance, found.head.collected) == (65000, 15000)
    assert [(p.received_on, p.amount, p.means, p.paid_to, p.receipt) for p in found.payments] == [
        ("2026-07-05", 5000, "cheque", "creditor", None), ("2026-07-03", 10000, "transfer", "agency", None)]  # fmt: skip
    whole(ctx)


def test_money_that_the_former_agency_cashed_is_not_client_money_of_this_house(ctx, creditor):
    entered(ctx, creditor, PAID, "DOS-1;F2;03/07/2026;100,00;virement;cabinet;VIR-1")
    assert held(ctx) == 0
    entered(
        ctx, creditor, "reference_dossier;date_arrete;montant_detenu", "DOS-1;31/10/2026;60,00", "DOS-2;31/10/2026;0,00"
    )
    assert held(ctx) == 6000
    with ctx.store.read() as reader:
        rows = reader.rows("SELECT from_account, to_account, amount, booked_on FROM entries WHERE kind = 'opening'")
    assert rows == [("opening", "client_money", 6000, "2026-10-31")]
    assert faults(ctx, creditor, "reference_dossier;date_arrete;montant_detenu", "DOS-1;01/11/2026;70,00") == [
        (2, "opening-known")
    ]
    whole(ctx)


def test_a_payment_taken_over_can_be_reversed_without_touching_client_money(ctx, creditor):
    entered(ctx, creditor, PAID, "DOS-1;F2;03/07/2026;100,00;cheque;cabinet;CHQ-1")
    payments.reverse_payment(ctx, martin(ctx).payments[0].id, ctx.today, "chèque impayé", "r1")
    assert (martin(ctx).head.balance, held(ctx)) == (80000, 0)
    whole(ctx)


def test_a_payment_beyond_what_is_owed_is_probably_counted_twice_and_refused(ctx, creditor):
    assert faults(ctx, creditor, PAID, "DOS-2;;03/07/2026;60,00;;;", "DOS-2;;04/07/2026;60,00;;;") == [
        (3, "payment-over-balance")
    ]


def test_the_same_takeover_file_twice_adds_nothing_and_twins_inside_it_are_kept(ctx, creditor):
    lines = ("DOS-1;;03/07/2026;10,00;;;", "DOS-1;;03/07/2026;10,00;;;")
    assert entered(ctx, creditor, PAID, *lines).added == 2
    again = entered(ctx, creditor, PAID, *lines, token="again")
    assert (again.added, again.unchanged, martin(ctx).head.balance) == (0, 2, 78000)
    longer = entered(ctx, creditor, PAID, *lines, "DOS-1;;03/07/2026;10,00;;;", token="longer")
    assert (longer.added, longer.unchanged) == (1, 2)
    whole(ctx)


def test_past_contacts_enter_the_journal_and_an_unknown_result_stays_in_the_words(ctx, creditor):
    header = "reference_debiteur;date_contact;canal;resultat;note"
    done = entered(
        ctx,
        creditor,
        header,
        "D1;01/09/2026;appel;NRP;",
        "D1;02/09/2026;courriel;ZZ9;A demandé la facture",
        "D1;03/09/2026;autre;;Passage au bureau",
    )
    assert done.added == 3
    found = martin(ctx)
    lines = [(e.on, e.channel, e.result_code) for e in found.timeline if e.channel]
    assert sorted(lines) == [("2026-09-01", "call", "NRP"), ("2026-09-02", "email", ""), ("2026-09-03", "note", "")]
    words = " ".join(e.text or "" for e in found.timeline)
    assert "ZZ9" in words
    assert "A demandé la facture" in words
    assert "Passage au bureau" in words
    assert (found.head.last_on, found.head.next_kind) == ("2026-09-02", "first_call")
    with ctx.store.read() as reader:
        assert reader.rows("SELECT DISTINCT source FROM interactions") == [("imported",)]
    whole(ctx)


def test_a_promise_to_come_becomes_the_next_thing_to_check(ctx, creditor):
    entered(ctx, creditor, "reference_creance;date_promesse;montant_promis;moyen", "F1;30/11/2026;200,00;virement")
    head = martin(ctx).head
    assert (head.promise_on, head.next_kind, head.next_on) == ("2026-11-30", "verify_promise", "2026-12-02")
    whole(ctx)


def test_a_plan_midway_keeps_what_was_paid_on_each_instalment(ctx, creditor):
    header = "reference_dossier;reference_echeancier;numero_echeance;date_echeance;montant_echeance;montant_paye"
    lines = (
        "DOS-1;ECH-1;1;05/10/2026;100,00;100,00",
        "DOS-1;ECH-1;2;05/11/2026;100,00;40,00",
        "DOS-1;ECH-1;3;05/12/2026;100,00;",
    )
    assert entered(ctx, creditor, header, *lines).added == 3
    with ctx.store.read() as reader:
        assert reader.rows(
            "SELECT ref, COUNT(*), SUM(amount), SUM(paid_before) FROM plans p JOIN instalments i ON i.plan_id = p.id"
        ) == [("ECH-1", 3, 30000, 14000)]
    assert (martin(ctx).head.next_kind, martin(ctx).head.next_on) == ("follow_instalment", "2026-11-24")
    assert faults(ctx, creditor, header, "DOS-1;ECH-1;2;05/11/2026;99,00;") == [(2, "instalment-twice")]
    whole(ctx)


def test_a_title_and_an_objection_enter_and_the_objection_stops_its_debt(ctx, creditor):
    entered(ctx, creditor, "reference_dossier;type_titre;date_titre;juridiction;numero_titre;montant_titre;date_signification",
            "DOS-2;injonction de payer;01/09/2026;Tribunal judiciaire de Lille;RG 26/1;90,00;15/09/2026")  # fmt: skip
    entered(
        ctx,
        creditor,
        "reference_creance;date_opposition;motif;montant_conteste;en_cours",
        "F1;01/10/2026;Marchandise non livrée;500,00;oui",
        "G1;01/08/2026;Erreur;;non",
    )
    with ctx.store.read() as reader:
        assert reader.rows("SELECT kind, issued_on, served_on, amount FROM titles") == [
            ("payment_order", "2026-09-01", "2026-09-15", 9000)
        ]
        assert reader.rows("SELECT opened_on, amount, closed_on FROM disputes ORDER BY id") == [
            ("2026-10-01", 50000, None),
            ("2026-08-01", None, "2026-11-23"),
        ]
    found = martin(ctx)
    assert [(h.kind, h.from_on, h.until_on) for h in found.holds] == [("dispute", "2026-10-01", None)]
    assert found.head.next_kind == "open_dispute"
    assert cases.queue(ctx, "held").rows[0].case_id == found.head.id
    whole(ctx)


def test_a_line_that_names_no_known_case_or_two_that_disagree_is_a_fault(ctx, creditor):
    assert faults(ctx, creditor, PAID, "DOS-9;;03/07/2026;10,00;;;") == [(2, "case-not-found")]
    assert faults(ctx, creditor, PAID, "DOS-2;F1;03/07/2026;10,00;;;") == [(2, "references-disagree")]


def test_a_debtor_with_two_open_cases_is_asked_for_by_case(ctx, creditor):
    entered(ctx, creditor, DEBTS, "DOS-3;D1;Martin;F9;01/01/2026;01/02/2026;40,00;;")
    assert faults(ctx, creditor, "reference_debiteur;date_promesse;montant_promis", "D1;30/11/2026;20,00") == [
        (2, "case-ambiguous")
    ]


def test_our_own_case_reference_names_a_case_too(ctx, creditor):
    ref = martin(ctx).head.ref
    assert (
        entered(
            ctx, creditor, "reference_dossier;date_promesse;montant_promis", f"{ref.lower()};30/11/2026;20,00"
        ).added
        == 1
    )


def test_another_creditors_case_is_out_of_reach(ctx, creditor):
    stranger = creditors.save_creditor(ctx, creditors.CreditorEntry("AUTRE", "Autre créancier"))
    assert faults(ctx, stranger, PAID, "DOS-1;F1;03/07/2026;10,00;;;") == [(2, "case-not-found")]


def test_a_workbook_of_several_sheets_enters_sheet_by_sheet(ctx):
    book = Workbook()
    sheets = {
        "creances": (DEBTS.split(";"), [x.split(";") for x in (OLD, OTHER)]),
        "paiements": (PAID.split(";"), [["DOS-1", "F1", dt.date(2026, 7, 3), 125.5, "virement", "", ""]]),
    }
    for name, (header, rows) in sheets.items():
        sheet = book.create_sheet(name)
        for row in (header, *rows):
            sheet.append(row)
    book.remove(book.worksheets[0])
    out = io.BytesIO()
    book.save(out)
    found = a_creditor(ctx)
    reading = imports.read_upload(ctx, found, "reprise.xlsx", out.getvalue(), Options())
    assert [(view.name, view.record, view.rows) for view in reading.sheets] == [
        ("creances", "debts", 2),
        ("paiements", "payments", 1),
    ]
    for view in reading.sheets:
        trial = imports.try_out(ctx, found, reading, view.name, view.mapping, Options())
        imports.commit(ctx, found, reading, trial, f"token {view.name}")
    assert martin(ctx).head.balance == 80000 - 12550
    whole(ctx)


def test_a_takeover_without_any_reference_column_is_refused_by_sheet(ctx, creditor):
    reading = imports.read_upload(
        ctx, creditor, "a.csv", csv_of("date_paiement;montant_paye", "03/07/2026;10,00"), Options()
    )
    with pytest.raises(Refusal) as refused:
        imports.try_out(ctx, creditor, reading, "", reading.sheets[0].mapping, Options(), record="payments")
    assert [p.code for p in refused.value.problems] == ["owner-missing"]
