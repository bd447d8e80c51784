"""The statement of amounts as a page, and its line on the case: what a person sees, chooses and issues."""

import datetime as dt

from core.services import statements
from core.services.placing import DebtEntry
from tests.pages.reading import said, shown_table, whole
from tests.services.factory import a_case, a_debt
from tests.services.test_statements import business_case, creditor

D = dt.date
TODAY = D(2026, 11, 23)


def metrics(page) -> dict[str, str]:
    return {one.label: one.value.replace("\u202f", " ").replace("\xa0", " ") for one in page.metric}


def test_without_a_case_the_page_says_how_to_come_to_one(ctx, app):
    page = whole(app("statement").run())
    assert "ouvrez le dossier" in page.info[0].value


def test_the_totals_the_account_and_the_periods_stand_on_the_page(ctx, app):
    page = whole(app("statement", case=str(business_case(ctx, "interest", "indemnity"))).run())
    shown = metrics(page)
    assert (shown["Total dû"], shown["Intérêts"]) == ("10 838,92 €", "798,92 €")
    assert [row["amount"] for row in shown_table(page, 1)] == [302.92, 496.0]
    assert [row["sure"] for row in shown_table(page, 1)] == ["vérifié", "à confirmer"]


def test_another_day_gives_other_amounts(ctx, app):
    case_id = business_case(ctx, "interest")
    page = whole(app("statement", case=str(case_id)).run())
    whole(page.date_input(key=f"statement_on_{case_id}").set_value(D(2026, 6, 30)).run())
    assert metrics(page)["Intérêts"] == "302,92 €"
    whole(page.date_input(key=f"statement_on_{case_id}").set_value(D(2027, 3, 31)).run())
    assert any("31/12/2026" in one.value for one in page.warning)
    whole(page.date_input(key=f"statement_on_{case_id}").set_value(D(2026, 5, 3)).run())
    assert "plus tardif" in page.info[0].value


def test_the_why_opens_on_the_formula_the_articles_and_what_is_to_be_confirmed(ctx, app):
    page = app("statement", case=str(business_case(ctx, "interest"))).run()
    page.session_state["why_debt_1"] = True
    whole(page.run())
    proof = next(one.value for one in page.markdown if "12,15" in one.value and "365" in one.value)
    assert "C\\. com\\., art\\. L\\. 441\\-10" in proof
    assert "orange-badge" in proof


def test_missing_facts_are_questions_in_order(ctx, app):
    debt = DebtEntry("C-1", "subscription", 150000, D(2026, 1, 1), D(2026, 1, 31))
    case_id = a_case(ctx, debt, creditor=creditor(ctx, "interest", quality=""))
    page = whole(app("statement", case=str(case_id)).run())
    asked = next(one.value for one in page.markdown if one.value.startswith("1. "))
    assert asked.index("créancier") < asked.index("mise en demeure")


def test_the_tables_call_the_texts_by_the_numbers_below(ctx, app):
    page = whole(app("statement", case=str(business_case(ctx, "interest", "indemnity"))).run())
    entries = [row["what"].replace("\xa0", " ") for row in shown_table(page)]
    assert entries[1].endswith("inclus (1)")
    assert entries[2].endswith("(1, 2)")
    assert [row["texts"] for row in shown_table(page, 1)] == ["(1)", "(1)"]
    listed = next(one.value.replace("\\", "") for one in page.caption if one.value.startswith("(1)"))
    assert listed == "(1) C. com., art. L. 441-10, II  \n(2) C. com., art. D. 441-5"


def test_interest_that_facts_are_missing_for_is_a_dash_with_its_reason(ctx, app):
    debt = DebtEntry("C-1", "subscription", 150000, D(2026, 1, 1), D(2026, 1, 31))
    case_id = a_case(ctx, debt, creditor=creditor(ctx, "interest", quality=""))
    page = app("statement", case=str(case_id)).run()
    page.session_state[f"why_total_{TODAY.isoformat()}"] = True
    whole(page.run())
    assert metrics(page)["Intérêts"] == "—"
    assert "ne peuvent pas encore être calculés" in next(one.help for one in page.metric if one.label == "Intérêts")
    assert any("les intérêts qui courent en plus ne sont pas calculés" in line for line in said(page))
    assert shown_table(page)[-1]["interest"] != 0
    assert metrics(whole(app("case", id=str(case_id)).run()))["Intérêts"] == "—"


def test_a_total_says_itself_that_a_part_of_it_is_to_be_confirmed(ctx, app):
    page = app("statement", case=str(business_case(ctx, "interest", "indemnity"))).run()
    page.session_state[f"why_total_{TODAY.isoformat()}"] = True
    whole(page.run())
    deltas = {one.label: one.delta for one in page.metric}
    assert (deltas["Total dû"], deltas["Intérêts"], deltas["Principal"]) == ("à confirmer", "à confirmer", "")
    proof = next(one.value for one in page.markdown if one.value.startswith("- Total dû"))
    first, principal = (
        next(line for line in proof.split("\n") if name in line) for name in ("Total dû au", "- Principal : ")
    )
    assert "à confirmer" in first
    assert "à confirmer" not in principal


def test_a_statement_is_issued_at_the_named_button_and_listed(ctx, app):
    case_id = business_case(ctx, "interest")
    page = whole(app("statement", case=str(case_id)).run())
    whole(page.button(key="statement_issue").click().run())
    [row] = statements.statement_view(ctx, case_id, TODAY).issued
    assert any(row.number.replace("-", "\\-") in line for line in said(page))


def test_one_debt_of_several_is_shown_in_full(ctx, app):
    owner = creditor(ctx, "interest")
    debts = (a_debt("F-1", due=D(2026, 2, 1)), a_debt("F-2", due=D(2026, 3, 1)))
    page = whole(app("statement", case=str(a_case(ctx, *debts, creditor=owner, kind="business"))).run())
    assert [row["ref"] for row in shown_table(page)] == ["F-1", "F-2"]
    whole(page.selectbox(key="statement_debt").select_index(1).run())
    assert any("F\\-2" in line and "échue le" in line for line in said(page))


def test_a_name_full_of_signs_stays_a_name(ctx, app):
    debt = DebtEntry("F*1*", "invoice", 1000000, D(2026, 3, 1), D(2026, 3, 31))
    case_id = a_case(ctx, debt, creditor=creditor(ctx, "interest"), kind="business", name="[x](http://a)")
    page = whole(app("statement", case=str(case_id)).run())
    assert any("F\\*1\\*" in line for line in said(page))


def test_the_case_tells_the_interest_and_whether_it_is_claimed(ctx, app):
    page = whole(app("case", id=str(business_case(ctx, "interest"))).run())
    assert any("Intérêts calculés au 23/11/2026" in line and "réclamés" in line for line in said(page))
    page = whole(app("case", id=str(business_case(ctx))).run())
    assert any("non réclamés par le créancier" in line for line in said(page))
