"""The payment plan as a page, with and without a case, and on the case screen."""

import datetime as dt

from core.services import plans
from core.services.plans import PlanEntry
from tests.pages.reading import said, shown_table, whole
from tests.services.factory import a_case, a_debt

D = dt.date


def test_without_a_case_an_amount_gives_its_instalments_and_nothing_can_be_saved(ctx, app):
    page = whole(app("plan").run())
    assert page.dataframe.len == 0
    whole(page.text_input(key="plan_amount_0").set_value("1 000,00").run())
    assert [row["amount"] for row in shown_table(page)] == [333.33, 333.33, 333.34]
    assert not [b for b in page.button if b.key == "plan_save"]


def test_a_changed_input_recomputes_at_once_and_writes_nothing(ctx, app):
    case_id = a_case(ctx, a_debt(amount=30000))
    page = whole(app("plan", case=str(case_id)).run())
    assert page.text_input(key=f"plan_amount_{case_id}").value == "300,00"
    whole(page.number_input(key="plan_count_A").set_value(4).run())
    assert [row["amount"] for row in shown_table(page)] == [75.0] * 4
    assert plans.plans_of(ctx, case_id) == ()


def test_variants_stand_side_by_side_and_the_named_button_saves_the_chosen_one(ctx, app):
    case_id = a_case(ctx, a_debt(amount=30000))
    page = whole(app("plan", case=str(case_id)).run())
    whole(page.button(key="plan_more").click().run())
    assert [(row["name"], row["count"]) for row in shown_table(page)] == [("A", 3), ("B", 6)]
    whole(page.button(key="plan_save").click().run())
    assert [len(p.rows) for p in plans.plans_of(ctx, case_id)] == [3]


def test_a_wrong_rate_is_told_on_its_field_and_stays_typed(ctx, app):
    page = whole(app("plan").run())
    page.text_input(key="plan_amount_0").set_value("1000")
    whole(page.text_input(key="plan_rate_A").set_value("abc").run())
    assert "Taux annuel" in page.error[0].value
    assert page.text_input(key="plan_rate_A").value == "abc"


def test_the_case_shows_its_plan_agrees_it_with_consent_and_breaks_it(ctx, app):
    case_id = a_case(ctx, a_debt(amount=30000))
    plan_id = plans.save_proposal(ctx, case_id, PlanEntry(30000, D(2026, 12, 1), count=3), "t")
    page = whole(app("case", id=str(case_id)).run())
    whole(page.button(key=f"do_agree_{plan_id}").click().run())
    assert "créancier" in page.error[0].value
    page.date_input(key=f"consent_{plan_id}").set_value(D(2026, 11, 23))
    whole(page.button(key=f"do_agree_{plan_id}").click().run())
    assert plans.plans_of(ctx, case_id)[0].state == "on_time"
    page.text_input(key=f"why_broken_{plan_id}").set_value("Impayé *deux* fois")
    whole(page.button(key=f"do_broken_{plan_id}").click().run())
    assert any("rompu" in line for line in said(page))
    assert plans.plans_of(ctx, case_id)[0].row.end_reason == "Impayé *deux* fois"
