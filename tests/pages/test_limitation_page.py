"""Limitation on the screens: the clock of a case, the lead's decision, the queue's tab and the portfolio's figures."""

import datetime as dt

from core.services import limitation, promises
from core.services.payments import PaymentEntry, record_payment
from core.services.placing import DebtEntry
from core.services.promises import PromiseEntry
from tests.pages.reading import said, shown_table, whole
from tests.pages.test_case_page import form_key
from tests.pages.test_overview_page import figures
from tests.services.factory import a_case, a_debt

D = dt.date


def a_business(ctx, due, ref="F-1", name="Société Durand"):
    return a_case(ctx, DebtEntry(ref, "invoice", 10000, D(2021, 1, 4), due), kind="business", name=name)


def texts(page):
    return " ".join(said(page))


def test_the_case_says_until_when_and_why(ctx, app):
    case_id = a_business(ctx, D(2022, 1, 10))  # five years: 10 January 2027, 48 days after 23 November 2026
    page = whole(app("case", id=str(case_id)).run())
    words = texts(page)
    assert "Dernier jour pour agir : 10/01/2027, 48 jours restants" in words
    assert "10/01/2022" in words
    assert "Première lettre de l'agence" in words
    assert "sans effet" in words
    assert "à confirmer" in words
    assert not [b for b in page.button if b.key and b.key.startswith("barred_do_")]


def test_a_payment_shows_as_a_step_with_its_receipt(ctx, app):
    case_id = a_business(ctx, D(2022, 1, 10))
    receipt = record_payment(ctx, PaymentEntry(case_id, D(2026, 11, 20), 2000, "transfer", "agency"), "p").receipt
    words = texts(whole(app("case", id=str(case_id)).run()))
    assert "20/11/2031" in words
    assert "Paiement partiel du débiteur" in words
    assert receipt.replace("-", "\\-") in words


def test_a_consumer_s_invoice_asks_for_the_completion(ctx, app):
    case_id = a_case(ctx, a_debt())
    words = texts(whole(app("case", id=str(case_id)).run()))
    assert "la prestation a\\-t\\-elle été achevée ?" in words
    english = texts(whole(app("case", "en-GB", id=str(case_id)).run()))
    assert "was the delivery or the service completed?" in english


def test_a_lead_decides_about_a_time_barred_debt_with_a_reason(ctx, app):
    case_id = a_business(ctx, D(2021, 5, 10))
    page = whole(app("case", id=str(case_id)).run())
    assert "Prescrit depuis le 10/05/2026" in texts(page)
    key = form_key(page, "barred_reason_")
    button = next(b.key for b in page.button if b.key and b.key.startswith("barred_do_"))
    whole(page.button(key=button).click().run())
    assert any("Motif" in error.value for error in page.error)
    page.text_area(key=key).set_value("Il demande *lui-même* à payer.")
    whole(page.button(key=button).click().run())
    (found,) = limitation.decisions(ctx, case_id)
    assert (found.answer, found.reason) == ("granted", "Il demande *lui-même* à payer.")
    assert "poursuite des demandes décidée" in texts(whole(page.run()))
    promises.record_promise(ctx, PromiseEntry(case_id, 1000, D(2026, 12, 1)), "t")


def test_the_queue_has_a_tab_in_the_order_of_the_days(ctx, app):
    a_business(ctx, D(2022, 1, 10), "F-1", "Janvier")
    a_business(ctx, D(2021, 5, 10), "F-2", "Mai")
    a_business(ctx, D(2022, 2, 22), "F-3", "Plus tard")  # 91 days
    rows = shown_table(whole(app("queue", tab="limitation").run()))
    assert [row["debtor"] for row in rows] == ["Mai", "Janvier"]
    assert rows[0]["state"] == "Prescrit, 10/05/2026"


def test_the_portfolio_shows_past_and_near_and_leads_to_the_tab(ctx, app):
    a_business(ctx, D(2021, 5, 10), "F-1", "Mai")
    a_business(ctx, D(2021, 12, 1), "F-2", "Décembre")
    a_business(ctx, D(2022, 1, 10), "F-3", "Janvier")
    page = whole(app("overview").run())
    found = figures(page)
    assert (found["Prescrits"], found["Prescription, 30 jours"], found["Prescription, 60 jours"]) == ("1", "1", "2")


def test_a_case_of_many_debts_shows_the_nearest_whole_and_the_others_as_a_table(ctx, app):
    debts = [DebtEntry(f"F-{n}", "invoice", 10000, D(2021, 1, 4), D(2022, 1, 10 + n)) for n in range(7)]
    page = whole(app("case", id=str(a_case(ctx, *debts, kind="business"))).run())
    assert len([e for e in page.expander if "Pourquoi cette date" in e.label]) == 5
    assert "2 autres créances, plus tard" in [e.label for e in page.expander]


def test_the_question_on_the_kind_of_claim_names_the_form_that_answers_it(ctx, app):
    case_id = a_case(ctx, DebtEntry("Q-1", "rent", 70000, D(2026, 1, 1), D(2026, 1, 5)))
    page = whole(app("case", id=str(case_id)).run())
    assert "l'habitation principale du locataire ?" in texts(page)
    assert "La réponse se donne sous « Rectifier une créance »." in texts(page)
    (one,) = limitation.clocks(ctx, case_id)
    page.selectbox(key=f"debt_{one.debt_id}_0_claim_kind").set_value("commercial_rent")
    page.text_input(key=f"debt_{one.debt_id}_0_reason").set_value("Bail commercial du 3 mars 2020")
    whole(page.button(key=f"debt_{one.debt_id}_0_save").click().run())
    assert limitation.clocks(ctx, case_id)[0].clock.date == D(2031, 1, 5)
    after = texts(whole(page.run()))
    assert "05/01/2031" in after
    assert "La réponse se donne sous" not in after
