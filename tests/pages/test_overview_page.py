"""The portfolio as a page: its figures, its table, the way to the cases, in both languages."""

import pytest

from core.services import disputes, payments
from core.services.disputes import DisputeEntry
from core.services.payments import PaymentEntry
from tests.pages.reading import said, shown_table, whole
from tests.services.factory import a_case, a_creditor, a_debt


def figures(page):
    return {metric.label: metric.value for metric in page.metric}


def test_an_empty_agency_is_told_how_to_begin(ctx, app):
    page = whole(app("overview").run())
    assert page.metric.len == 0
    assert any("Les premières étapes" in text for text in said(page))


@pytest.mark.parametrize(("locale", "words"), [
    ("fr-FR", {"À faire maintenant": "2", "Échéances dépassées": "0", "Confié": "1\u202f234,56\xa0€", "Recouvré": "34,56\xa0€", "Reste dû (dossiers ouverts)": "1\u202f200,00\xa0€"}),
    ("en-GB", {"To do now": "2", "Deadlines overdue": "0", "Placed": "€1,234.56", "Collected": "€34.56", "Owed in open cases": "€1,200.00"}),
])  # fmt: skip
def test_the_figures_stand_in_the_reader_s_language(ctx, app, locale, words):
    creditor = a_creditor(ctx)
    paid = a_case(ctx, a_debt("F-1", amount=123400), creditor=creditor, name="Lefèvre")
    a_case(ctx, a_debt("F-2", amount=56), creditor=creditor, name="Diallo")
    payments.record_payment(ctx, PaymentEntry(paid, ctx.today, 3456, "transfer", "agency"), "p")
    page = whole(app("overview", locale).run())
    assert figures(page).items() >= words.items()


def test_the_aged_balance_has_totals_first_then_each_creditor(ctx, app):
    a_case(ctx, a_debt("F-1", amount=10000), creditor=a_creditor(ctx, "Petit"))
    a_case(ctx, a_debt("F-2", amount=50000), creditor=a_creditor(ctx, "Grand"))
    page = whole(app("overview").run())
    table = shown_table(page, 0)
    assert [(row["creditor"], row["total"]) for row in table] == [
        ("Tous les créanciers", 600.0),
        ("Grand", 500.0),
        ("Petit", 100.0),
    ]
    assert {row["over_180"] for row in table} == {600.0, 500.0, 100.0}  # due on 1 February 2026


def test_a_line_of_the_aged_balance_leads_to_the_queue_of_its_creditor(ctx, app):
    creditor = a_creditor(ctx, "Grand")
    a_case(ctx, a_debt("F-2", amount=50000), creditor=creditor)
    page = app("overview").run()
    page.session_state["aged_table"] = {"selection": {"rows": [], "columns": [], "cells": [(1, "creditor")]}}
    page.run()
    # alone, a page has no other to go to: its words stand there instead (core/ui/doors.py)
    assert any(caption.value == f"Créancier {creditor}" for caption in whole(page).caption)


def test_the_first_cases_open_at_a_click(ctx, app):
    case_id = a_case(ctx)
    page = app("overview").run()
    page.button(key="overview_top_first").click().run()
    assert any(str(case_id) in caption.value for caption in whole(page).caption)


def test_disputes_past_their_day_stand_on_the_portfolio_with_the_way_to_them(ctx, app, monkeypatch):
    case_id = a_case(ctx)
    disputes.open_dispute(ctx, DisputeEntry(case_id, None, None, "defective", "Le portail ne ferme pas"), "d")
    assert not any("contestation a dépassé" in text for text in said(whole(app("overview").run())))
    monkeypatch.setenv("QUITTANCE_TODAY", "2026-11-26")  # two working days after Monday 23 November are over
    found = said(whole(app("overview").run()))
    assert any("1 contestation a dépassé son échéance" in text and "1 à envoyer au créancier" in text for text in found)
