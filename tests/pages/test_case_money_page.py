"""Credit notes and charges on the case page: one gesture a test, checked in the store."""

import datetime as dt

from core.services import cases, costs, credit_notes, disputes, ledger
from core.services.costs import ChargeEntry
from core.services.disputes import DisputeEntry
from tests.pages.reading import said, shown_table, whole
from tests.pages.test_case_page import form_key
from tests.services.factory import a_case, a_debt
from tests.services.test_costs import a_title


def key_of(kind, start):
    """The key of the only widget of a kind that starts so."""
    (key,) = {w.key for w in kind if w.key and w.key.startswith(start)}
    return key


def panel(app, case_id, part, locale="fr-FR"):
    page = whole(app("case", locale, id=str(case_id)).run())
    page = whole(page.button(key="key_payment").click().run())
    page.session_state[f"money_{case_id}"] = part
    return whole(page.run())


def test_a_credit_note_is_recorded_and_stands_in_the_journal_and_the_movements(ctx, app):
    case_id = a_case(ctx, a_debt("F-1", 30000))
    page = panel(app, case_id, "credit")
    page.text_input(key=form_key(page, "credit_amount_")).set_value("120,50")
    page.text_input(key=form_key(page, "credit_ref_")).set_value("AV-*9*")
    whole(page.button(key=form_key(page, "credit_save_")).click().run())
    assert cases.case_file(ctx, case_id).head.balance == 17950
    page = whole(page.run())
    assert any("Avoir" in text and "120,50" in text for text in said(page))
    rows = shown_table(page, 1)
    assert {row["what"]: row["amount"] for row in rows} == {"Créance confiée": 300.0, "Avoir AV-*9*": -120.5}


def test_too_much_is_told_on_its_field_and_nothing_typed_is_lost(ctx, app):
    case_id = a_case(ctx, a_debt("F-1", 30000))
    page = panel(app, case_id, "credit")
    amount, ref = form_key(page, "credit_amount_"), form_key(page, "credit_ref_")
    page.text_input(key=amount).set_value("300,01")
    page.text_input(key=ref).set_value("AV-1")
    page = whole(page.button(key=form_key(page, "credit_save_")).click().run())
    assert "Montant TTC" in page.error[0].value
    assert "rembourser 0,01" in page.error[0].value.replace("\\", "")
    assert (page.text_input(key=amount).value, page.text_input(key=ref).value) == ("300,01", "AV-1")


def test_what_the_law_refuses_stands_in_sight_with_its_article(ctx, app):
    case_id = a_case(ctx)
    page = panel(app, case_id, "charge")
    words = [text.replace("\\", "") for text in said(page)]
    assert any("recouvrement amiable" in text and "L. 121-21" in text and "(à confirmer)" in text for text in words)
    offered = page.selectbox(key=form_key(page, "charge_kind_")).options
    assert not [one for one in offered if "amiable" in one]


def test_enforcement_costs_are_put_on_the_debtor_once_the_facts_are_said(ctx, app):
    case_id = a_case(ctx)
    a_title(ctx, case_id)
    page = panel(app, case_id, "charge", "en-GB")
    page = whole(page.selectbox(key=form_key(page, "charge_kind_")).set_value("enforcement_costs").run())
    page.text_input(key=form_key(page, "charge_amount_")).set_value("72,30")
    page = whole(page.button(key=form_key(page, "charge_save_")).click().run())
    assert len(page.error) == 2  # the use of the act, the proof
    page.checkbox(key=key_of(page.checkbox, "charge_necessary_")).check()
    page.text_input(key=form_key(page, "charge_proof_")).set_value("Facture 12")
    whole(page.button(key=form_key(page, "charge_save_")).click().run())
    assert cases.case_file(ctx, case_id).head.costs == 7230
    assert any("Charge put on the debtor" in text for text in said(whole(page.run())))


def test_the_amount_the_law_fixes_is_filled_in(ctx, app):
    case_id = a_case(ctx, a_debt("F-1", 10000, dt.date(2026, 2, 1)), kind="business", name="ACME")
    page = panel(app, case_id, "charge")
    page = whole(page.selectbox(key=form_key(page, "charge_kind_")).set_value("flat_indemnity").run())
    assert page.text_input(key=form_key(page, "charge_amount_")).value == "40,00"


def test_a_credit_note_and_a_charge_are_undone_from_the_movements(ctx, app):
    case_id = a_case(ctx, a_debt("F-1", 30000))
    a_title(ctx, case_id)
    debt = cases.case_file(ctx, case_id).debts[0].id
    credit = credit_notes.record_credit_note(ctx, debt, "AV-1", ctx.today, 1000, "", "c").entry_id
    asked = ChargeEntry(case_id, debt, "enforcement_costs", 500, ctx.today, "Acte", None, ("necessary",))
    charge = costs.record_charge(ctx, asked, "h").entry_id
    for entry in (credit, charge):
        page = whole(app("case", id=str(case_id)).run())
        standing = [b.key for b in page.button if b.key and b.key.startswith("undo_do_")]
        assert f"undo_do_{entry}" in standing
        for reason in [w.key for w in page.text_input if w.key and w.key.startswith("undo_why_")]:
            page.text_input(key=reason).set_value("Erreur")
        whole(page.button(key=f"undo_do_{entry}").click().run())
    assert cases.case_file(ctx, case_id).head.balance == 30000
    assert len([m for m in ledger.movements(ctx, case_id).rows if m.reverses]) == 2


def test_a_dispute_the_creditor_granted_offers_the_credit_note_and_ends_with_it(ctx, app):
    case_id = a_case(ctx, a_debt("F-1", 30000))
    dispute = disputes.open_dispute(ctx, DisputeEntry(case_id, None, None, "defective", "Cassé"), "t")
    page = whole(app("case", id=str(case_id)).run())
    assert not [b for b in page.button if b.key and b.key.startswith("credit_save_")]
    disputes.record_answer(ctx, dispute, ctx.today, "upheld", "Avoir total")
    page = whole(app("case", id=str(case_id)).run())
    page.text_input(key=form_key(page, "credit_amount_")).set_value("300")
    page.text_input(key=form_key(page, "credit_ref_")).set_value("AV-1")
    whole(page.button(key=form_key(page, "credit_save_")).click().run())
    assert disputes.disputes_of(ctx, case_id)[0].closed_on == "2026-11-23"
    assert [t.kind for t in cases.case_file(ctx, case_id).tasks] == ["check_and_close"]


def test_a_share_whose_rank_no_text_settles_says_that_it_is_to_be_confirmed(ctx, app):
    case_id = a_case(ctx, a_debt("F-1", 10000, dt.date(2026, 2, 1)), kind="business", name="ACME")
    debt = cases.case_file(ctx, case_id).debts[0].id
    confirmed = ("business_creditor", "payable_at_due")
    costs.record_charge(ctx, ChargeEntry(case_id, debt, "flat_indemnity", 4000, ctx.today, "", None, confirmed), "h")
    page = panel(app, case_id, "payment")
    page = whole(page.text_input(key=form_key(page, "amount_")).set_value("50").run())
    line = next(text for text in said(page) if "F\\-1" in text and "50,00" in text)
    assert "à confirmer" in line
    assert "Indemnité forfaitaire de recouvrement : 40,00" in line
    assert "(40" not in line
    page.session_state["why_payment"] = True
    tree = next(text.replace("\\", "") for text in said(whole(page.run())) if "n'est pas fixé par le texte" in text)
    assert "C. civ., art. 1343-1" in tree
    assert "Seule créance encore due" in tree
