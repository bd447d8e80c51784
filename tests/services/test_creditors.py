"""Creditors and mandates: what is refused and on which field, what R.124-3 still wants, the PDF, the signed copy."""

import datetime as dt
import json
from dataclasses import replace
from decimal import Decimal
from io import BytesIO

import pytest
from pypdf import PdfReader

from core.documents.mandate_model import FeeLine
from core.domain.claims import Claims
from core.domain.messages import Refusal
from core.services import agency, cases, creditors, mandates, payments
from core.services.context import Ctx
from core.services.creditors import CreditorEntry, MandateEntry
from tests.services.factory import a_case, a_creditor, a_debt

D = dt.date
WHOLE_AGENCY = agency.AgencyFile(
    name="Cabinet Léa", address="1 rue Neuve", postcode="69003", city="Lyon", signatory="Léa Martin", insurer="Assureur SA",
    insurance_policy="4512-88", insurance_until="2027-12-31", client_account_iban="FR7630006000011234567890189",
    client_account_bank="Banque des Alpes", prosecutor="Lyon", prosecutor_declared_on="2024-02-03",
)  # fmt: skip
WHOLE_MANDATE = MandateEntry(
    "M-1", D(2026, 1, 5), D(2026, 1, 10), None, True, "Contrat de 2025", "Telles que listées", "Plafond 500 000 €",
    "Moins de six mois : 12 % HT\nAu-delà : 18 % HT", "Virement mensuel", 30, 6, "7,5",
)  # fmt: skip


def codes(call, *args) -> list[tuple[str, str]]:
    with pytest.raises(Refusal) as refused:
        call(*args)
    return [(p.field, p.code) for p in refused.value.problems]


def state(ctx: Ctx, creditor: int) -> list[str]:
    return [view.state for view in mandates.creditor_mandates(ctx, creditor)]


def test_a_creditor_needs_a_name_and_a_reference_only(ctx: Ctx):
    creditor = creditors.save_creditor(ctx, CreditorEntry("EDO", "Énergie de l'Ouest"))
    kept = creditors.creditor_file(ctx, creditor).creditor
    assert (kept.ref, kept.name, kept.country) == ("EDO", "Énergie de l'Ouest", "FR")


def test_all_wrong_fields_are_told_at_once(ctx: Ctx):
    entry = CreditorEntry("", " ", siren="123", vat="FR1", iban="FR76", email="zz", country="Ruritanie")
    found = [field for field, _ in codes(creditors.save_creditor, ctx, entry)]
    assert found == ["name", "ref", "siren", "vat", "iban", "email", "country"]
    assert creditors.list_creditors(ctx) == ()


def test_identifiers_are_kept_in_their_normal_form(ctx: Ctx):
    entry = CreditorEntry(
        "EDO",
        "Énergie",
        siren="732 829 320",
        iban="FR76 3000 6000 0112 3456 7890 189",
        postcode="F-44 000",
        country="France",
    )
    kept = creditors.creditor_file(ctx, creditors.save_creditor(ctx, entry)).creditor
    assert (kept.siren, kept.iban, kept.postcode, kept.country) == (
        "732829320",
        "FR7630006000011234567890189",
        "44000",
        "FR",
    )


def test_two_creditors_never_share_a_reference(ctx: Ctx):
    creditors.save_creditor(ctx, CreditorEntry("EDO", "Énergie"))
    assert codes(creditors.save_creditor, ctx, CreditorEntry("EDO", "Édouard")) == [("ref", "reference-taken")]


def test_the_second_of_two_people_is_told_and_the_first_one_s_words_stay(ctx: Ctx):
    creditor = creditors.save_creditor(ctx, CreditorEntry("EDO", "Énergie"))
    creditors.save_creditor(ctx, CreditorEntry("EDO", "Énergie SA"), creditor, 1)
    assert codes(creditors.save_creditor, ctx, CreditorEntry("EDO", "Energie"), creditor, 1) == [
        ("", "changed-meanwhile")
    ]
    assert creditors.creditor_file(ctx, creditor).creditor.name == "Énergie SA"


def test_totals_are_those_of_the_cases(ctx: Ctx):
    creditor, idle = a_creditor(ctx, "Actif"), a_creditor(ctx, "Sans dossier")
    case_id = a_case(ctx, a_debt(amount=10000), a_debt(amount=5000), creditor=creditor)
    a_case(ctx, a_debt(amount=2000), creditor=creditor, name="Durand")
    payments.record_payment(ctx, payments.PaymentEntry(case_id, ctx.today, 4000, "card", "agency"), "p")
    found = {row.id: totals for row, totals in creditors.list_creditors(ctx)}
    assert (found[creditor].open_cases, found[creditor].balance, found[creditor].collected) == (2, 13000, 4000)
    assert (found[idle].cases, found[idle].balance) == (0, 0)
    assert creditors.creditor_file(ctx, creditor).totals == found[creditor]


@pytest.mark.parametrize(
    ("signed", "starts", "ends", "expected"),
    [
        (None, None, None, "unsigned"),
        (D(2026, 11, 23), None, None, "in_force"),
        (D(2026, 11, 22), D(2026, 11, 24), None, "later"),
        (D(2026, 11, 22), D(2026, 11, 23), D(2026, 11, 23), "in_force"),
        (D(2026, 1, 1), D(2026, 1, 1), D(2026, 11, 22), "ended"),
    ],
)
def test_a_mandate_is_in_force_by_its_days_bounds_included(ctx: Ctx, signed, starts, ends, expected):
    creditor = a_creditor(ctx)
    creditors.save_mandate(ctx, creditor, MandateEntry("M-1", signed, starts, ends))
    assert state(ctx, creditor) == [expected]
    assert (creditors.creditor_file(ctx, creditor).in_force is not None) == (expected == "in_force")
    assert mandates.without_mandate(ctx) == (frozenset() if expected == "in_force" else {creditor})


def test_a_mandate_signed_tomorrow_ending_before_its_start_with_odd_numbers_is_refused_on_each_field(ctx: Ctx):
    entry = MandateEntry("", D(2026, 11, 24), D(2027, 1, 1), D(2026, 12, 1), remittance_days=400, max_instalments=-1)
    found = codes(creditors.save_mandate, ctx, a_creditor(ctx), entry)
    assert [field for field, _ in found] == ["ref", "ends_on", "remittance_days", "max_instalments", "signed_on"]


@pytest.mark.parametrize(("typed", "kept"), [("10", "10"), ("7,5 %", "7.5"), ("100", "100"), ("0", "0"), ("", "")])
def test_a_discount_is_a_percentage(ctx: Ctx, typed: str, kept: str):
    creditor = a_creditor(ctx)
    creditors.save_mandate(ctx, creditor, MandateEntry("M-1", max_discount=typed))
    assert creditors.creditor_file(ctx, creditor).mandates[0].max_discount == kept


@pytest.mark.parametrize("typed", ["100,5", "101", "-1", "dix", "1e1", "7,555", "²"])
def test_what_is_no_percentage_is_refused(ctx: Ctx, typed: str):
    assert codes(creditors.save_mandate, ctx, a_creditor(ctx), MandateEntry("M-1", max_discount=typed)) == [
        ("max_discount", "percent-unreadable")
    ]


def test_an_empty_mandate_of_an_empty_agency_lacks_everything_each_with_its_article(ctx: Ctx):
    creditor = a_creditor(ctx)
    creditors.save_mandate(ctx, creditor, MandateEntry("M-1"))
    view = mandates.creditor_mandates(ctx, creditor)[0]
    assert len(view.missing) == 6  # power, basis, amounts, guarantee, fees, remittance
    assert len(view.agency_missing) == 5  # insurer, policy, end of cover, account, declaration
    assert all("R. 124-" in item.msgid for item in (*view.missing, *view.agency_missing))


def test_a_whole_mandate_of_a_whole_agency_lacks_nothing_and_prints_everything(ctx: Ctx):
    agency.save_agency_file(ctx, WHOLE_AGENCY, 0)
    creditor = creditors.save_creditor(
        ctx, CreditorEntry("EDO", "Énergie de l'Ouest SA", siren="552100554", contact_name="Jean Dupont")
    )
    mandate = creditors.save_mandate(ctx, creditor, WHOLE_MANDATE)
    (view,) = mandates.creditor_mandates(ctx, creditor)
    assert (view.missing, view.agency_missing) == ((), ())
    pages = PdfReader(BytesIO(mandates.mandate_pdf(ctx, mandate))).pages
    text = " ".join(" ".join(page.extract_text() for page in pages).split())
    for fact in (
        "M-1", "Énergie de l'Ouest SA", "Jean Dupont", "Cabinet Léa", "Contrat de 2025", "Telles que listées", "Assureur SA", "4512-88", "31/12/2027",
        "Plafond 500 000 €", "Moins de six mois 12 % HT", "Au-delà 18 % HT", "Virement mensuel", "FR7630006000011234567890189", "03/02/2024", "10/01/2026",
    ):  # fmt: skip
        assert fact in text


def test_the_end_of_the_insurance_before_the_signature_is_the_agency_file_s_fault(ctx: Ctx):
    agency.save_agency_file(ctx, agency.AgencyFile(**{**_fields(WHOLE_AGENCY), "insurance_until": "2026-01-04"}), 0)
    creditor = a_creditor(ctx)
    creditors.save_mandate(ctx, creditor, WHOLE_MANDATE)
    view = mandates.creditor_mandates(ctx, creditor)[0]
    assert view.missing == ()
    assert [item.params for item in view.agency_missing] == [{"end": D(2026, 1, 4), "drawn": D(2026, 1, 5)}]


def _fields(file: agency.AgencyFile) -> dict[str, str]:
    return {name: getattr(file, name) for name in agency.AgencyFile.__dataclass_fields__}


def test_each_line_of_the_fee_terms_is_a_line_of_the_table():
    assert mandates.fee_lines("Moins de six mois : 12 %\n\nForfait 15 €\nDébours: au réel : sur justificatif") == (
        FeeLine("Moins de six mois", "12 %"), FeeLine("", "Forfait 15 €"), FeeLine("Débours", "au réel : sur justificatif"),
    )  # fmt: skip


def test_no_power_to_discount_is_zero(ctx: Ctx):
    creditor = a_creditor(ctx)
    creditors.save_mandate(ctx, creditor, MandateEntry("M-1"))
    assert mandates.percent(creditors.creditor_file(ctx, creditor).mandates[0]) == Decimal(0)


@pytest.mark.parametrize(
    ("data", "media"),
    [(b"%PDF-1.7 x", "application/pdf"), (b"\x89PNG\r\n\x1a\nx", "image/png"), (b"\xff\xd8\xffx", "image/jpeg")],
)
def test_the_signed_copy_comes_back_as_it_was_given(ctx: Ctx, data: bytes, media: str):
    creditor = a_creditor(ctx)
    mandate = creditors.save_mandate(ctx, creditor, MandateEntry("M-1"))
    document = creditors.keep_signed_copy(ctx, mandate, 1, "mandat signé.pdf", data)
    assert creditors.document_bytes(ctx, document) == (data, "mandat signé.pdf", media)
    assert mandates.creditor_mandates(ctx, creditor)[0].copy == ("mandat signé.pdf", media)


def test_a_signed_copy_that_is_no_scan_is_refused(ctx: Ctx):
    mandate = creditors.save_mandate(ctx, a_creditor(ctx), MandateEntry("M-1"))
    assert codes(creditors.keep_signed_copy, ctx, mandate, 1, "m.docx", b"PK\x03\x04") == [
        ("signed_copy", "copy-unreadable")
    ]


def test_a_mandate_that_does_not_exist_is_a_sentence(ctx: Ctx):
    assert codes(mandates.mandate_pdf, ctx, 99) == [("mandate", "mandate-unknown")]
    assert mandates.creditor_mandates(ctx, 99) == ()


def claims(ctx: Ctx, mandate: int | None):
    with ctx.store.read() as reader:
        return mandates.claims(reader, mandate)


def test_a_mandate_asks_for_nothing_beside_the_sums_placed_until_it_says_so(ctx: Ctx):
    creditor = a_creditor(ctx)
    mandate = creditors.save_mandate(ctx, creditor, MandateEntry("M-1"))
    assert claims(ctx, mandate) == Claims()
    assert claims(ctx, None) == Claims()
    creditors.save_mandate(ctx, creditor, MandateEntry("M-1", interest=True, indemnity=True), mandate, 1)
    assert claims(ctx, mandate) == Claims(interest=True, indemnity=True)


def test_a_mandate_of_before_asks_for_nothing(ctx: Ctx):
    mandate = creditors.save_mandate(ctx, a_creditor(ctx), MandateEntry("M-1", interest=True))
    with ctx.write() as unit:
        unit.run("UPDATE mandates SET policy = '{}' WHERE id = ?", (mandate,))
    assert claims(ctx, mandate) == Claims()


def test_what_else_the_policy_holds_stays_when_the_mandate_is_saved(ctx: Ctx):
    creditor = a_creditor(ctx)
    mandate = creditors.save_mandate(ctx, creditor, MandateEntry("M-1"))
    with ctx.write() as unit:
        unit.run("""UPDATE mandates SET policy = '{"visits": false}' WHERE id = ?""", (mandate,))
    creditors.save_mandate(ctx, creditor, MandateEntry("M-1", penalty=True), mandate, 1)
    with ctx.store.read() as reader:
        kept = reader.value("SELECT policy FROM mandates WHERE id = ?", (mandate,))
    assert json.loads(kept)["visits"] is False
    assert claims(ctx, mandate) == Claims(penalty=True)


def test_an_order_of_payment_out_of_the_list_is_refused(ctx: Ctx):
    found = codes(creditors.save_mandate, ctx, a_creditor(ctx), MandateEntry("M-1", order="whim"))
    assert found == [("order", "choice-unknown")]


def test_the_paper_says_what_is_asked_for_and_what_is_not(ctx: Ctx):
    creditor = a_creditor(ctx)
    mandate = creditors.save_mandate(ctx, creditor, replace(WHOLE_MANDATE, interest=True, order="principal_first"))
    text = _words(mandates.mandate_pdf(ctx, mandate))
    assert "Le créancier demande les intérêts de retard" in text
    assert "Chaque paiement s'impute d'abord sur le principal" in text
    assert "indemnité forfaitaire" not in text
    bare = creditors.save_mandate(ctx, creditor, MandateEntry("M-2"))
    assert "ne demande ni intérêt, ni indemnité, ni pénalité" in _words(mandates.mandate_pdf(ctx, bare))


def _words(data: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(BytesIO(data)).pages).split())


@pytest.mark.parametrize("quality", ["", "individual", "business"])
def test_the_quality_of_a_creditor_is_kept(ctx: Ctx, quality: str):
    creditor = creditors.save_creditor(ctx, CreditorEntry("EDO", "Énergie", quality=quality))
    assert creditors.creditor_file(ctx, creditor).creditor.quality == quality


def test_a_quality_out_of_the_list_is_refused(ctx: Ctx):
    assert codes(creditors.save_creditor, ctx, CreditorEntry("EDO", "Énergie", quality="consumer")) == [
        ("quality", "choice-unknown")
    ]


def test_the_cases_of_a_creditor_are_recomputed_when_its_quality_changes(ctx: Ctx):
    creditor = a_creditor(ctx)
    case_id = a_case(ctx, creditor=creditor)
    with ctx.write() as unit:
        unit.run("UPDATE case_summaries SET balance = 1 WHERE case_id = ?", (case_id,))
    row = creditors.creditor_file(ctx, creditor).creditor
    creditors.save_creditor(ctx, CreditorEntry(row.ref, row.name, city="Nantes"), creditor, row.row_version)
    assert cases.case_file(ctx, case_id).head.balance == 1
    creditors.save_creditor(ctx, CreditorEntry(row.ref, row.name, quality="business"), creditor, row.row_version + 1)
    assert cases.case_file(ctx, case_id).head.balance == 10000
