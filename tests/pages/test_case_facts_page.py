"""Facts and evidence on the case page: asked for, recorded, corrected, withdrawn; what is refused names its field and keeps what was typed."""

import datetime as dt
from decimal import Decimal

from core.services import creditors, debt_facts, legal_facts
from core.services.creditors import CreditorEntry
from core.services.legal_facts import FactEntry
from tests.pages.reading import said, whole
from tests.pages.test_case_page import form_key
from tests.services.factory import a_case, a_debt

D = dt.date


def opened(app, case_id, locale="fr-FR"):
    return whole(app("case", locale, id=str(case_id)).run())


def chosen(page, kind):
    return whole(page.selectbox(key=form_key(page, "fact_kind_")).set_value(kind).run())


def in_force(ctx, case_id):
    with ctx.store.read() as reader:
        return legal_facts.of_case(reader, case_id)


def test_an_empty_register_says_what_to_record(ctx, app):
    case_id = a_case(ctx)
    assert any("Aucun fait." in text for text in said(opened(app, case_id)))
    assert any("No fact yet." in text for text in said(opened(app, case_id, "en-GB")))


def test_a_formal_notice_is_recorded_with_its_evidence_and_what_it_changes_is_said(ctx, app):
    case_id = a_case(ctx, a_debt("F-1"))
    page = chosen(opened(app, case_id), "formal_notice")
    assert any("n'interrompt pas la prescription" in text for text in said(page))
    page.date_input(key=form_key(page, "fact_on_")).set_value(D(2026, 3, 2))
    page.text_input(key=form_key(page, "fact_evidence_")).set_value("AR *1A 123*")
    whole(page.button(key="fact_save").click().run())
    (fact,) = in_force(ctx, case_id)
    assert (fact.kind, fact.on, fact.debt_id, fact.evidence) == ("formal_notice", D(2026, 3, 2), None, "AR *1A 123*")
    assert any("AR \\*1A 123\\*" in text for text in said(page))
    assert any("02/03/2026" in text and "Mise en demeure" in text for text in said(page))


def test_the_form_asks_what_the_kind_needs_and_nothing_else(ctx, app):
    page = opened(app, a_case(ctx))
    page = chosen(page, "contract_rate")
    keys = {w.key.rsplit("_", 1)[0] for w in page.text_input if w.key and w.key.startswith("fact_")}
    assert any(key.startswith("fact_rate") for key in keys)
    assert not any(key.startswith("fact_amount") for key in keys)
    page = chosen(page, "court_claim")
    assert form_key(page, "fact_until_")
    page = chosen(page, "insolvency_opening")
    assert not [w for w in page.selectbox if w.key and w.key.startswith("fact_debt_")]


def test_a_refused_fact_names_its_field_and_keeps_what_was_typed(ctx, app):
    case_id = a_case(ctx)
    page = chosen(opened(app, case_id), "contract_rate")
    evidence = form_key(page, "fact_evidence_")
    page.text_input(key=evidence).set_value("CGV 2025")
    page.text_input(key=form_key(page, "fact_rate_")).set_value("8,25")
    whole(page.button(key="fact_save").click().run())
    assert "Clause du" in page.error[0].value
    assert page.text_input(key=evidence).value == "CGV 2025"
    page.date_input(key=form_key(page, "fact_on_")).set_value(D(2025, 1, 2))
    whole(page.button(key="fact_save").click().run())
    assert in_force(ctx, case_id)[0].rate == Decimal("8.25")


def test_a_fact_without_a_document_is_said_to_want_one(ctx, app):
    case_id = a_case(ctx)
    legal_facts.record_fact(ctx, FactEntry(case_id, "acknowledgment", D(2026, 3, 2)), "a")
    assert any("Pièce à produire" in text for text in said(opened(app, case_id)))


def test_a_fact_is_corrected_from_the_list_with_its_reason(ctx, app):
    case_id = a_case(ctx)
    first = legal_facts.record_fact(ctx, FactEntry(case_id, "formal_notice", D(2026, 3, 2), evidence="AR"), "a")
    page = opened(app, case_id)
    whole(page.button(key=f"fact_correct_{first}").click().run())
    assert page.text_input(key=form_key(page, "fact_evidence_")).value == "AR"
    page.date_input(key=form_key(page, "fact_on_")).set_value(D(2026, 3, 4))
    whole(page.button(key="fact_save").click().run())
    assert "Motif" in page.error[0].value
    page.text_input(key=form_key(page, "fact_reason_")).set_value("Date de présentation")
    whole(page.button(key="fact_save").click().run())
    assert [(fact.on, fact.evidence) for fact in in_force(ctx, case_id)] == [(D(2026, 3, 4), "AR")]
    assert any("corrigé : Date de présentation" in text for text in _plain(page))


def test_a_fact_is_withdrawn_from_the_list(ctx, app):
    case_id = a_case(ctx)
    first = legal_facts.record_fact(ctx, FactEntry(case_id, "formal_notice", D(2026, 3, 2)), "a")
    page = opened(app, case_id)
    page.text_input(key=f"fact_why_{first}").set_value("Autre dossier")
    whole(page.button(key=f"fact_withdraw_do_{first}").click().run())
    assert in_force(ctx, case_id) == ()
    texts = said(page)
    assert any("Fait retiré" in text for text in texts)
    assert any(text.startswith("~~") and "Mise en demeure" in text for text in texts)


def test_the_timeline_shows_facts_where_nothing_is_left_out(ctx, app):
    case_id = a_case(ctx)
    legal_facts.record_fact(ctx, FactEntry(case_id, "court_claim", D(2026, 3, 2), evidence="Assignation"), "a")
    page = opened(app, case_id)
    assert [
        text for text in said(page) if "balance:" in text and "Demande en justice" in text and "Assignation" in text
    ]
    page.segmented_control(key="past_kind").set_value("payment")
    assert not [text for text in said(whole(page.run())) if "balance:" in text]


def test_the_quality_of_the_creditor_is_asked_until_it_is_said(ctx, app):
    case_id = a_case(ctx)
    assert any("CMF, art. L. 313-2" in text for text in _plain(opened(app, case_id)))
    owner = creditors.list_creditors(ctx)[0][0]
    creditors.save_creditor(ctx, CreditorEntry(owner.ref, owner.name, quality="business"), owner.id, owner.row_version)
    assert not any("CMF, art. L. 313-2" in text for text in _plain(opened(app, case_id)))


def _plain(page):
    return [text.replace("\\", "") for text in said(page)]


def test_a_debt_is_put_right_below_the_debts_and_the_timeline_says_before_and_after(ctx, app):
    case_id = a_case(ctx, a_debt("F-1"))
    page = opened(app, case_id)
    (debt,) = debt_facts.debt_details(ctx, case_id)
    page.date_input(key=f"debt_{debt.id}_0_due_on").set_value(D(2026, 2, 15))
    page.text_input(key=f"debt_{debt.id}_0_contract_rate").set_value("4,5")
    whole(page.button(key=f"debt_{debt.id}_0_save").click().run())
    assert "Motif" in page.error[0].value
    page.text_input(key=f"debt_{debt.id}_0_reason").set_value("Facture renvoyée")
    whole(page.button(key=f"debt_{debt.id}_0_save").click().run())
    (kept,) = debt_facts.debt_details(ctx, case_id)
    assert (kept.due_on, kept.contract_rate) == ("2026-02-15", "4.5")
    assert any("01/02/2026" in text and "15/02/2026" in text and "→" in text for text in _plain(page))


def test_the_second_of_two_people_sees_what_the_first_saved_and_loses_nothing(ctx, app):
    case_id = a_case(ctx, a_debt("F-1"))
    page = opened(app, case_id)
    (debt,) = debt_facts.debt_details(ctx, case_id)
    other = debt_facts.DebtFactsEntry(D(2026, 1, 1), D(2026, 2, 10), "invoice")
    debt_facts.correct_debt(ctx, debt.id, debt.row_version, other, "relu")
    page.date_input(key=f"debt_{debt.id}_0_due_on").set_value(D(2026, 2, 15))
    page.text_input(key=f"debt_{debt.id}_0_reason").set_value("Facture renvoyée")
    whole(page.button(key=f"debt_{debt.id}_0_save").click().run())
    assert "changé" in page.error[0].value or "modifié" in page.error[0].value
    assert any("10/02/2026" in text for text in said(page))
    assert page.date_input(key=f"debt_{debt.id}_0_due_on").value == D(2026, 2, 15)
    whole(page.button(key=f"debt_{debt.id}_0_save").click().run())
    assert debt_facts.debt_details(ctx, case_id)[0].due_on == "2026-02-15"
