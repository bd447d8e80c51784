"""Guards on the case page: which debt a charge opens on, the signed plan, words redacted, the kind of debtor; checked in the store."""

from core.services import cases, legal_facts, limitation
from core.services.payments import PaymentEntry, record_payment
from tests.pages.reading import said, whole
from tests.pages.test_case_money_page import panel
from tests.pages.test_case_page import form_key
from tests.services.factory import a_case, a_debt
from tests.services.test_fact_redaction import WHY, WORDS, a_fact
from tests.services.test_limitation_decided import barred, decide
from tests.services.test_plan_signed import a_plan, keep


def opened(app, case_id, locale="fr-FR"):
    return whole(app("case", locale, id=str(case_id)).run())


def test_the_form_of_a_charge_opens_on_a_debt_that_is_still_owed(ctx, app):
    case_id = a_case(ctx, a_debt("A"), a_debt("B"), kind="business")
    first = cases.case_file(ctx, case_id).debts[0]
    record_payment(ctx, PaymentEntry(case_id, ctx.today, 10000, "transfer", "agency", chosen_debt=first.id), "p")
    left = next(one for one in cases.case_file(ctx, case_id).debts if one.outstanding)
    page = panel(app, case_id, "charge")
    box = page.selectbox(key=form_key(page, "charge_debt_"))
    assert box.value == left.id
    assert box.options == [left.ref, f"{first.ref} (soldée)"]


def test_on_a_settled_case_no_debt_is_proposed_for_a_charge(ctx, app):
    case_id = a_case(ctx, a_debt("A"), kind="business")
    record_payment(ctx, PaymentEntry(case_id, ctx.today, 10000, "transfer", "agency"), "p")
    page = panel(app, case_id, "charge")
    assert page.selectbox(key=form_key(page, "charge_debt_")).value is None
    assert any("Plus rien n'est dû" in text for text in said(page))
    assert not [one for one in page.button if one.key and one.key.startswith("charge_save_")]


def test_a_plan_says_that_its_signed_copy_is_to_be_produced_and_then_what_it_proves(ctx, app):
    case_id, row = a_plan(ctx)
    assert any("la reconnaissance de la dette est à prouver" in text for text in said(opened(app, case_id)))
    keep(ctx, row)
    texts = said(opened(app, case_id))
    assert any("Signé par le débiteur le 20/11/2026" in text for text in texts)
    assert not any("la reconnaissance de la dette est à prouver" in text for text in texts)


def test_a_copy_without_its_day_is_told_on_the_field(ctx, app):
    case_id, row = a_plan(ctx)
    page = whole(opened(app, case_id).button(key=f"do_signed_{row.id}").click().run())
    assert any("Signé par le débiteur le" in error.value for error in page.error)


def test_a_lead_redacts_the_words_of_a_fact_from_the_register(ctx, app):
    case_id = a_case(ctx)
    fact_id = a_fact(ctx, case_id)
    page = opened(app, case_id)
    assert any(WORDS in text for text in said(page))
    page.text_input(key=f"fact_redact_why_{fact_id}").set_value(WHY)
    whole(page.button(key=f"fact_redact_do_{fact_id}").click().run())
    (row,) = legal_facts.register(ctx, case_id)
    assert row.redacted_why == WHY
    texts = said(opened(app, case_id))
    assert any("Mots occultés par Léa Martin le 23/11/2026" in text for text in texts)
    assert not any(WORDS in text for text in texts)


def test_the_kind_of_debtor_is_put_right_and_stands_in_the_journal(ctx, app):
    case_id = a_case(ctx, kind="business")
    head = cases.case_file(ctx, case_id).head
    page = opened(app, case_id)
    at = f"{head.debtor_id}_business"
    page.selectbox(key=f"debtor_kind_{at}").set_value("association")
    page.text_input(key=f"debtor_kind_reason_{at}").set_value("Statuts reçus")
    whole(page.button(key="debtor_kind_save").click().run())
    assert cases.case_file(ctx, case_id).head.kind == "association"
    assert any("Professionnel → Personne morale non professionnelle" in text for text in said(opened(app, case_id)))


def test_the_warning_of_a_time_barred_case_ends_with_the_decision_and_its_limitation_stays_in_sight(ctx, app):
    case_id = barred(ctx)
    assert any("ni contact, ni promesse" in text for text in said(opened(app, case_id)))
    decide(ctx, case_id)
    texts = said(opened(app, case_id))
    assert not any("ni contact, ni promesse" in text for text in texts)
    assert any("Prescrit depuis le 10/05/2026" in text for text in texts)
    assert limitation.near(ctx).passed == 0
