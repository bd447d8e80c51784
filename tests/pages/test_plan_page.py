"""The payment plan as a page, with and without a case, and on the case screen."""

import datetime as dt

from core.services import cases, holds, journal, plans, promises
from core.services.journal import ContactEntry, Facts
from core.services.plans import PlanEntry
from tests.pages.reading import said, shown_table, whole
from tests.pages.test_statement_page import metrics
from tests.services.factory import a_case, a_debt
from tests.services.test_settlement import a_claim

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


def test_a_promise_is_noted_told_to_the_creditor_and_cancelled_on_the_case(ctx, app):
    case_id = a_case(ctx, a_debt(amount=30000))
    page = whole(app("case", id=str(case_id)).run())
    token = page.session_state[f"token_promise_{case_id}"]
    page.text_input(key=f"promise_amount_{token}").set_value("900,00")
    whole(page.button(key="promise_save").click().run())
    assert any("Montant promis" in error.value for error in page.error)
    assert page.text_input(key=f"promise_amount_{token}").value == "900,00"
    page.text_input(key=f"promise_amount_{token}").set_value("100,00")
    page.radio(key=f"promise_source_{token}").set_value("other")
    whole(page.button(key="promise_save").click().run())
    [made] = promises.promises_of(ctx, case_id)
    assert (made.row.amount, made.row.source, made.row.due_on) == (10000, "other", "2026-11-30")
    assert any("Rien n'est encore arrivé" in line and "02/12/2026" in line for line in said(page))
    whole(page.button(key=f"do_told_promise_{made.row.id}").click().run())
    assert "Créancier informé le 23/11/2026." in said(page)
    whole(page.button(key=f"cancel_promise_{made.row.id}").click().run())
    assert promises.promises_of(ctx, case_id) == ()


def logging_an_agreement(page):
    token = page.session_state["token_contact_1"]
    return token, whole(page.selectbox(key=f"other_{token}_call_").set_value("ECH").run())


def test_a_logged_agreement_offers_the_saved_proposals_and_agrees_the_chosen_one(ctx, app):
    case_id = a_case(ctx, a_debt(amount=30000))
    plans.save_proposal(ctx, case_id, PlanEntry(30000, D(2026, 12, 1), count=6), "a")
    plan_id = plans.save_proposal(ctx, case_id, PlanEntry(30000, D(2026, 12, 1), count=3), "b")
    token, page = logging_an_agreement(whole(app("case", id=str(case_id)).run()))
    assert page.selectbox(key=f"accepted_{token}").value == plan_id
    whole(page.button(key=f"save_{token}").click().run())
    assert any("accord" in error.value for error in page.error)
    page.date_input(key=f"consented_{token}").set_value(D(2026, 11, 23))
    whole(page.run())
    whole(page.button(key=f"save_{token}").click().run())
    assert [p.state for p in plans.plans_of(ctx, case_id)] == ["on_time", "proposed"]


def test_without_a_proposal_the_agreement_is_described_and_the_simulator_is_offered(ctx, app):
    case_id = a_case(ctx, a_debt(amount=30000))
    token, page = logging_an_agreement(whole(app("case", id=str(case_id)).run()))
    assert any("Aucune proposition" in line for line in said(page))
    page.text_input(key=f"plan_{token}").set_value("3 x 100")
    page.date_input(key=f"date_{token}").set_value(D(2026, 12, 1))
    whole(page.button(key=f"save_{token}").click().run())
    assert [t.kind for t in cases.case_file(ctx, case_id).tasks] == ["follow_instalment"]


def test_the_creditor_of_a_plan_is_told_from_its_card(ctx, app):
    case_id = a_case(ctx, a_debt(amount=30000))
    plan_id = plans.save_proposal(ctx, case_id, PlanEntry(30000, D(2026, 12, 1), count=3), "t")
    page = whole(app("case", id=str(case_id)).run())
    assert any("Créancier à informer" in line for line in said(page))
    whole(page.button(key=f"do_told_plan_{plan_id}").click().run())
    assert plans.plans_of(ctx, case_id)[0].row.creditor_told_on == "2026-11-23"
    assert "Créancier informé le 23/11/2026." in said(page)


def test_correcting_an_agreement_says_first_that_its_plan_becomes_a_proposal_again(ctx, app):
    case_id = a_case(ctx, a_debt(amount=30000))
    plan_id = plans.save_proposal(ctx, case_id, PlanEntry(30000, D(2026, 12, 1), count=3), "a")
    entry = ContactEntry(case_id, "call", "out", "ECH", Facts(ctx.today), plan_id=plan_id, consented_on=ctx.today)
    wrong = journal.log_contact(ctx, entry, "t").interaction_id
    page = whole(app("case", id=str(case_id)).run())
    whole(page.button(key=f"correct_{wrong}").click().run())
    assert any("en refait une proposition" in line for line in said(page))
    assert plans.plans_of(ctx, case_id)[0].state == "on_time"
    whole(page.button(key="r_NRP").click().run())
    token = page.session_state[f"token_contact_{case_id}"]
    whole(page.button(key=f"save_{token}").click().run())
    assert plans.plans_of(ctx, case_id)[0].state == "proposed"


def test_a_rate_asks_its_basis_and_what_stays_outside_is_said(ctx, app):
    case_id = a_case(ctx, a_debt(amount=38456))
    page = whole(app("plan", case=str(case_id)).run())
    assert not [box for box in page.text_input if box.key == "plan_basis_A"]
    page.text_input(key=f"plan_amount_{case_id}").set_value("300,00")
    whole(page.text_input(key="plan_rate_A").set_value("4,5").run())
    assert any("Hors échéancier : 84,56" in line for line in said(page))
    assert any("pas encore indiqué" in line for line in said(page))
    whole(page.button(key="plan_save").click().run())
    assert "Fondement du taux" in page.error[0].value
    whole(page.text_input(key="plan_basis_A").set_value("CGV *article* 8").run())
    whole(page.button(key="plan_save").click().run())
    assert plans.plans_of(ctx, case_id)[0].said.basis == "CGV *article* 8"
    page = whole(app("case", id=str(case_id)).run())
    assert any("4,50 %" in line for line in said(page))
    assert any("Hors échéancier : 84,56" in line for line in said(page))


def test_on_a_stopped_case_the_plan_is_refused_with_the_article(ctx, app):
    case_id = a_case(ctx, a_debt(amount=30000))
    holds.open_hold(ctx, holds.HoldEntry(case_id, None, "over_indebtedness", "Dossier recevable", None), "h")
    page = whole(app("plan", case=str(case_id)).run())
    whole(page.button(key="plan_save").click().run())
    assert "L. 722-5" in page.error[0].value.replace("\\", "")
    assert not [button for button in page.get("download_button") if "plan_pdf" in button.proto.id]
    assert any("L. 722-5" in line.replace("\\", "") for line in said(page))
    assert plans.plans_of(ctx, case_id) == ()


def test_the_amount_proposed_is_what_the_case_shows_as_owed_today_and_the_plan_says_what_becomes_of_interest(ctx, app):
    # As in tests/services/test_plan_interest.py, a day earlier: 146 days at 12.40 % = 49.60, with 49.60 before July and 40.00
    case_id = a_claim(ctx, a_debt("F-1", 100000, D(2026, 2, 1)))
    page = whole(app("plan", case=str(case_id)).run())
    assert page.text_input(key=f"plan_amount_{case_id}").value == "1139,20"
    shown = metrics(page)
    assert shown["Dû aujourd'hui"] == metrics(whole(app("case", id=str(case_id)).run()))["Reste dû"] == "1 139,20 €"
    assert (shown["Principal"], shown["Intérêts"]) == ("1 000,00 €", "99,20 €")
    assert page.radio(key="plan_running").value == "at_end", "nothing is waived unless somebody chooses it"
    assert not [one for one in page.text_input if one.key == "plan_rate_A"]
    # three instalments from 7 December: the rates are known to 31 December only
    assert any("31/12/2026" in line and "après la dernière échéance" in line for line in said(page))
    page.session_state["why_plan_ahead_A"] = True
    assert any(
        "12,40" in line.replace("\\", "") and "1343-1" in line.replace("\\", "") for line in said(whole(page.run()))
    )
    whole(page.radio(key="plan_running").set_value("waived").run())
    assert any("renonce" in one.value for one in page.warning)
    whole(page.button(key="plan_save").click().run())
    [plan] = plans.plans_of(ctx, case_id)
    assert (plan.said.running, plan.said.split[0]) == ("waived", ("principal", 100000))
    page = whole(app("case", id=str(case_id)).run())
    assert any("ne sont plus réclamés tant que le plan est tenu" in line for line in said(page))
    whole(page.button(key=f"do_agree_{plan.row.id}").click().run())
    assert "accord" in page.error[0].value


def test_where_no_interest_is_claimed_the_page_asks_nothing_about_it(ctx, app):
    page = whole(app("plan", case=str(a_case(ctx, a_debt(amount=30000)))).run())
    assert not [one for one in page.radio if one.key == "plan_running"]
    assert page.text_input(key="plan_rate_A").value == ""
