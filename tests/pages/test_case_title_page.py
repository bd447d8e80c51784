"""What a title grants, on the case and on the statement: the form asks it, refuses on the field, and the account shows what is left out."""

import datetime as dt

from core.services import legal_facts
from core.services.legal_facts import FactEntry
from tests.pages.reading import said, whole
from tests.pages.test_case_facts_page import chosen, in_force, opened
from tests.pages.test_case_page import form_key
from tests.services.factory import a_case
from tests.services.test_title_facts import TITLE, titled

D = dt.date


def test_the_form_of_a_grant_has_the_day_of_the_title_and_asks_what_the_title_says(ctx, app):
    case_id = titled(ctx)
    page = chosen(opened(app, case_id), "title_grants")
    assert page.date_input(key=form_key(page, "fact_on_")).value == TITLE
    assert page.text_input(key=form_key(page, "fact_amount_")).label == "Principal accordé (vide : la totalité)"
    assert page.selectbox(key=form_key(page, "fact_basis_")).options == [
        "Aucun taux précisé : le taux légal", "Le taux légal", "Un taux convenu", "Les pénalités de retard entre professionnels",
    ]  # fmt: skip
    page.text_input(key=form_key(page, "fact_amount_")).set_value("7 000,00")
    page.selectbox(key=form_key(page, "fact_basis_")).set_value("contractual")
    page.text_input(key=form_key(page, "fact_rate_")).set_value("6")
    page.date_input(key=form_key(page, "fact_since_")).set_value(D(2025, 10, 1))
    whole(page.button(key="fact_save").click().run())
    (fact,) = in_force(ctx, case_id)
    assert (fact.amount, fact.basis, str(fact.rate), fact.since) == (700000, "contractual", "6", D(2025, 10, 1))
    line = next(text for text in said(page) if "**Ce que le titre accorde**" in text and "02/02/2026" in text)
    assert "Un taux convenu" in line
    assert "01/10/2025" in line


def test_more_than_the_debt_is_refused_on_the_amount_and_the_reason_lets_it_pass(ctx, app):
    case_id = titled(ctx)
    page = chosen(opened(app, case_id), "title_grants")
    amount = form_key(page, "fact_amount_")
    page.text_input(key=amount).set_value("12000")
    whole(page.button(key="fact_save").click().run())
    assert "Principal accordé" in page.error[0].value
    assert page.text_input(key=amount).value == "12000"
    page.text_input(key=form_key(page, "fact_beyond_")).set_value("Acomptes déduits")
    whole(page.button(key="fact_save").click().run())
    assert in_force(ctx, case_id)[0].amount == 1200000


def test_the_other_kinds_ask_no_more_than_they_need(ctx, app):
    page = chosen(opened(app, titled(ctx)), "title_set_aside")
    assert page.date_input(key=form_key(page, "fact_since_")).label == "Titre visé, du"
    assert page.date_input(key=form_key(page, "fact_since_")).value == TITLE
    assert page.date_input(key=form_key(page, "fact_on_")).value is None
    page = chosen(page, "title_refused")
    assert not [
        one for one in page.text_input if one.key and one.key.startswith(("fact_amount", "fact_rate", "fact_beyond"))
    ]
    page = chosen(page, "title_delay")
    assert page.date_input(key=form_key(page, "fact_until_")).label == "Fin du délai"


def test_without_a_title_the_day_is_empty_and_the_refusal_says_what_to_do(ctx, app):
    page = chosen(opened(app, a_case(ctx), "en-GB"), "title_grants")
    assert page.date_input(key=form_key(page, "fact_on_")).value is None
    page.date_input(key=form_key(page, "fact_on_")).set_value(D(2026, 11, 20))
    whole(page.button(key="fact_save").click().run())
    assert "import the title first" in page.error[0].value


def test_the_statement_shows_what_the_title_did_not_grant_as_a_line_and_in_why(ctx, app):
    case_id = titled(ctx)
    legal_facts.record_fact(ctx, FactEntry(case_id, "title_grants", TITLE, amount=700000, evidence="Jugement"), "a")
    page = app("statement", case=str(case_id)).run()
    page.session_state["why_debt_1"] = True
    whole(page.run())
    assert any("Non accordé par le titre" in str(frame.value.to_numpy().tolist()) for frame in page.dataframe)
    page.session_state[f"why_total_{D(2026, 11, 23).isoformat()}"] = True
    whole(page.run())
    proof = "\n".join(text for text in said(page) if "Non accordé par le titre" in text)
    assert "CPC, art\\. 480" in proof
    case = opened(app, case_id)
    assert any(
        "Principal non accordé par le titre" in text or "Non accordé par le titre" in text for text in said(case)
    )


def test_two_titles_are_a_question_in_clean_words_on_the_statement(ctx, app):
    page = whole(app("statement", case=str(titled(ctx, titles=((TITLE, None), (D(2026, 6, 1), None))))).run())
    assert any("plusieurs titres portent sur cette dette** —" in text for text in said(page))
    assert any("lequel subsiste" in text and "CPC, art\\. 1420" in text for text in said(page))
