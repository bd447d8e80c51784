"""What is typed on a case page: a day that is wanted, a note and the facts of a contact that another panel must not lose."""

import datetime as dt

from core.services import cases
from core.services.payments import PaymentEntry, record_payment
from tests.pages.reading import whole
from tests.pages.test_case_money_page import panel
from tests.pages.test_case_page import form_key
from tests.services.factory import a_case, a_debt
from tests.services.test_costs import a_title


def test_an_empty_due_date_is_refused_in_words_and_a_typed_one_is_kept(ctx, app):
    case_id = a_case(ctx, a_debt("F-1", due=None))
    (debt,) = cases.case_file(ctx, case_id).debts
    page = whole(app("case", id=str(case_id)).run())
    assert not page.button(key=f"due_save_{debt.id}").disabled
    page = whole(page.button(key=f"due_save_{debt.id}").click().run())
    assert "dd/mm/yyyy" not in page.error[0].value
    assert "jj/mm/aaaa" in page.error[0].value
    page.date_input(key=f"due_on_{debt.id}").set_value(dt.date(2026, 3, 1))
    whole(page.button(key=f"due_save_{debt.id}").click().run())
    assert cases.case_file(ctx, case_id).debts[0].due_on == "2026-03-01"


def test_a_note_being_typed_is_still_there_after_another_panel_and_gone_once_saved(ctx, app):
    case_id = a_case(ctx)
    page = whole(app("case", id=str(case_id)).run())
    page = whole(page.button(key="key_note").click().run())
    page = whole(page.text_area[0].set_value("Rappeler le comptable").run())
    page = whole(page.button(key="key_payment").click().run())
    page = whole(page.button(key="key_note").click().run())
    assert page.text_area[0].value == "Rappeler le comptable"
    page = whole(page.button(key="note_save").click().run())
    assert page.text_area[0].value == ""
    assert cases.case_file(ctx, case_id).timeline[0].text == "Rappeler le comptable"


def elsewhere_and_back(page, case_id, other):
    page.query_params["id"] = str(other)
    whole(page.run())
    page.query_params["id"] = str(case_id)
    return whole(page.run())


def test_a_promise_a_complaint_and_the_end_of_a_case_being_typed_are_there_after_another_case(ctx, app):
    case_id, other = a_case(ctx), a_case(ctx, name="Diallo")
    page = whole(app("case", id=str(case_id)).run())
    typed = {"promise_amount_": "20,00", "cp_name_": "Mme Petit", "closure_words_": "Rapport du 3 novembre"}
    for start, words in typed.items():
        kinds = page.text_area if start == "closure_words_" else page.text_input
        kinds(key=form_key(page, start)).set_value(words)
    page = elsewhere_and_back(whole(page.run()), case_id, other)
    for start, words in typed.items():
        kinds = page.text_area if start == "closure_words_" else page.text_input
        assert kinds(key=form_key(page, start)).value == words
    whole(page.button(key="promise_save").click().run())
    assert page.text_input(key=form_key(page, "promise_amount_")).value == ""


def test_a_charge_being_typed_is_there_after_another_panel_and_another_kind(ctx, app):
    case_id = a_case(ctx)
    a_title(ctx, case_id)
    page = panel(app, case_id, "charge")
    page.text_input(key=form_key(page, "charge_amount_")).set_value("72,30")
    page = whole(page.text_input(key=form_key(page, "charge_proof_")).set_value("Facture 12").run())
    kind = page.selectbox(key=form_key(page, "charge_kind_"))
    first, second = kind.value, next(one for one in ("enforcement_costs", "unpaid_cheque") if one != kind.value)
    page = whole(kind.set_value(second).run())
    assert page.text_input(key=form_key(page, "charge_proof_")).value == ""  # of another charge
    page.session_state[f"money_{case_id}"] = "credit"
    page = whole(page.run())
    page.session_state[f"money_{case_id}"] = "charge"
    page = whole(page.run())
    assert page.selectbox(key=form_key(page, "charge_kind_")).value == second
    page = whole(page.selectbox(key=form_key(page, "charge_kind_")).set_value(first).run())
    assert page.text_input(key=form_key(page, "charge_amount_")).value == "72,30"
    assert page.text_input(key=form_key(page, "charge_proof_")).value == "Facture 12"


def test_the_words_of_a_question_nobody_touched_follow_the_case_and_those_typed_stay(ctx, app):
    case_id, other = a_case(ctx, a_debt(amount=10000)), a_case(ctx, name="Diallo")
    page = whole(app("case", id=str(case_id)).run())
    page = whole(page.text_input(key=form_key(page, "q_subject_")).set_value("Ma question").run())
    assert "100,00" in page.text_area(key=form_key(page, "q_text_")).value
    record_payment(ctx, PaymentEntry(case_id, ctx.today, 4000, "transfer", "creditor"), "p")
    page = elsewhere_and_back(page, case_id, other)
    assert page.text_input(key=form_key(page, "q_subject_")).value == "Ma question"
    assert "60,00" in page.text_area(key=form_key(page, "q_text_")).value
