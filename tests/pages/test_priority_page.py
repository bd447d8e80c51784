"""The weights as a page: tried on the portfolio, saved, shipped again; who set what aside."""

import datetime as dt

from core.services import cases, priority, skips
from tests.pages.reading import said, shown_table, whole
from tests.services.factory import a_case, a_debt


def test_a_lead_tries_weights_sees_who_moves_saves_and_goes_back(ctx, app):
    big = a_case(ctx, a_debt(amount=1_000_000, due=dt.date(2026, 11, 1)), name="Grand")
    old = a_case(ctx, a_debt(due=dt.date(2026, 1, 2)), name="Ancien")
    page = whole(app("priority").run())
    assert page.dataframe.len == 0
    page.slider(key="weights_0_amount").set_value(0)
    page.button(key="weights_try").click().run()
    assert [row["debtor"] for row in shown_table(whole(page))] == ["Grand", "Ancien"]
    assert [(row["debtor"], row["was"]) for row in shown_table(page, 1)] == [("Ancien", "2"), ("Grand", "1")]
    assert priority.weights(ctx).version == 0
    page.text_input(key="weights_0_reason").set_value("Les vieilles d'abord")
    page.button(key="weights_save").click().run()
    assert any("version 1" in text for text in said(whole(page)))
    assert any("Les vieilles d" in text for text in said(page))
    assert [row.case_id for row in cases.queue(ctx, "all").rows] == [old, big]
    page.button(key="weights_ship").click().run()
    assert [row.case_id for row in cases.queue(ctx, "all").rows] == [big, old]
    assert whole(page).slider(key="weights_2_amount").value == 250


def test_a_lead_reads_what_was_set_aside(ctx, app):
    case_id = a_case(ctx, name="Aubin")
    assert whole(app("priority").run()).dataframe.len == 0
    skips.skip(ctx, skips.SkipEntry(case_id, "absent", dt.date(2026, 11, 26)), "s")
    (row,) = shown_table(whole(app("priority").run()))
    assert (row["who"], row["debtor"], row["reason"]) == ("Léa Martin", "Aubin", "Débiteur absent")
