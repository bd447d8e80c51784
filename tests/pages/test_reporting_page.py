"""The report as a page: what its figures say, what its filters change, what an empty agency sees, where its lines lead."""

from __future__ import annotations

import dataclasses
import datetime as dt

from core.services import payments
from tests.pages.reading import said, shown_table, whole
from tests.services.factory import a_case, a_creditor, a_debt


def paid_case(ctx, creditor, name, on, amount):
    case = a_case(ctx, a_debt(f"F-{name}", amount=100000), creditor=creditor, name=name)
    then = dataclasses.replace(ctx, today=on)
    payments.record_payment(then, payments.PaymentEntry(case, on, amount, "transfer", "agency"), f"p-{name}")
    return case


def metrics(page):
    return {metric.label: metric.value for metric in page.metric}


def test_an_empty_agency_is_told_what_will_stand_here_and_sees_no_table_of_zeroes(ctx, app):
    page = whole(app("reporting").run())
    assert "rien à rapporter" in page.info[0].value
    assert (len(page.metric), len(page.dataframe)) == (0, 0)


def test_a_scope_without_cases_shows_dashes_and_why(ctx, app):
    a_case(ctx)
    page = whole(app("reporting", creditor=str(a_creditor(ctx, "Dentiste"))).run())
    assert metrics(page)["Taux de recouvrement brut"] == "—"
    assert metrics(page)["Encaissé sur la période"] == "0,00\xa0€"
    assert any("aucun dossier confié dans ce périmètre" in text for text in said(page))


def test_the_figures_stand_with_their_terms_and_formula(ctx, app):
    paid_case(ctx, a_creditor(ctx), "Lefèvre", dt.date(2026, 11, 20), 25000)
    page = whole(app("reporting").run())
    assert metrics(page)["Encaissé sur la période"] == "250,00\xa0€"
    assert metrics(page)["Taux de recouvrement brut"] == "25,0\xa0%"
    proof = next(text for text in said(page) if "encaissé sur ces dossiers" in text)
    assert "1\u202f000,00" in proof
    assert any("01/11/2026" in text and "30/11/2026" in text for text in said(page))


def test_another_period_and_another_creditor_change_the_figures_and_the_address(ctx, app):
    one, two = a_creditor(ctx), a_creditor(ctx, "Deux-Rives")
    paid_case(ctx, one, "Lefèvre", dt.date(2026, 11, 20), 25000)
    paid_case(ctx, two, "Diallo", dt.date(2026, 10, 20), 1000)
    page = app("reporting").run()
    assert metrics(page)["Encaissé sur la période"] == "250,00\xa0€"
    page.selectbox(key="period").set_value("year").run()
    assert metrics(whole(page))["Encaissé sur la période"] == "260,00\xa0€"
    page.selectbox(key="creditor").set_value(two).run()
    assert metrics(whole(page))["Encaissé sur la période"] == "10,00\xa0€"
    assert (page.query_params["period"], page.query_params["creditor"]) == ("year", str(two))
    again = whole(app("reporting", period="year", creditor=str(two)).run())
    assert metrics(again)["Encaissé sur la période"] == "10,00\xa0€"


def test_an_address_that_means_nothing_shows_the_month_and_everyone(ctx, app):
    a_case(ctx)
    page = whole(app("reporting", period="siècle", creditor="999").run())
    assert page.selectbox(key="period").value == "month"


def test_a_free_period_backwards_is_refused_in_words(ctx, app):
    a_case(ctx)
    page = app("reporting", period="free").run()
    page.date_input(key="report_from").set_value(dt.date(2026, 11, 20))
    page.date_input(key="report_to").set_value(dt.date(2026, 11, 1)).run()
    assert any("avant de commencer" in text for text in said(whole(page)))


def test_a_creditor_s_line_leads_to_its_cases(ctx, app):
    paid_case(ctx, a_creditor(ctx, "Deux-Rives"), "Diallo", dt.date(2026, 11, 20), 1000)
    page = app("reporting").run()
    assert [row["0"] for row in shown_table(page, 4)] == ["Deux-Rives", "Total"]
    page.session_state["table_creditors"] = {"selection": {"rows": [], "columns": [], "cells": [(0, "0")]}}
    page.run()
    assert any("Deux" in caption.value for caption in whole(page).caption)


def test_the_same_report_is_offered_as_three_files(ctx, app):
    a_case(ctx)
    page = whole(app("reporting").run())
    assert [button.label for button in page.get("download_button")] == [
        "Classeur (XLSX)",
        "Fichiers CSV (ZIP)",
        "À imprimer (PDF)",
    ]
