"""The pocket calculator: results by hand, errors on their field, nothing typed lost."""

import datetime as dt

from tests.pages.reading import said, shown_table, whole
from tests.pages.test_statement_page import metrics

D = dt.date


def asked(app, principal: str = "10 000,00"):
    page = whole(app("calculator").run())
    page.text_input(key="calc_principal").set_value(principal)
    page.date_input(key="calc_from").set_value(D(2026, 3, 31))
    page.date_input(key="calc_to").set_value(D(2026, 11, 24))
    return page


def test_an_empty_calculator_says_what_to_type(ctx, app):
    page = whole(app("calculator").run())
    assert len(page.info) == 4
    assert not page.error


def test_interest_between_businesses_with_a_payment(ctx, app):
    # As in tests/domain/test_statement.py: 302.92 + 156.27, settled by 6 000.00 on 15 August, then 153.01 on 4 459.19
    page = asked(app)
    page.text_area(key="calc_payments").set_value("15/08/2026 = 6 000,00")
    whole(page.run())
    shown = metrics(page)
    assert shown["Intérêts"] == "612,20 €"
    assert (shown["Intérêts restants"], shown["Principal restant"], shown["Dû en tout"]) == (
        "153,01 €",
        "4 459,19 €",
        "4 612,20 €",
    )
    assert [row["days"] for row in shown_table(page)] == [91, 46, 101]


def test_the_legal_rate_asks_for_the_quality_of_the_creditor(ctx, app):
    # 10 000.00 from 31 March to 24 November: 91 days at 2.62 % = 65.32; 147 days at 2.75 % = 110.75
    page = asked(app)
    whole(page.selectbox(key="calc_basis").set_value("legal").run())
    assert any("particulier" in line for line in said(page))
    whole(page.selectbox(key="calc_creditor").set_value("business").run())
    assert metrics(page)["Intérêts"] == "176,07 €"


def test_a_wrong_line_of_payment_is_told_on_its_field_and_stays_typed(ctx, app):
    page = asked(app)
    page.text_area(key="calc_payments").set_value("15/08/2026 : six mille")
    page = page.run()
    assert "Paiements reçus" in page.error[0].value
    assert page.text_area(key="calc_payments").value == "15/08/2026 : six mille"
    assert page.text_input(key="calc_principal").value == "10 000,00"


def test_an_amount_that_cannot_be_read_and_crossed_days_are_told_on_their_fields(ctx, app):
    page = asked(app, "1.234").run()
    assert "Principal" in page.error[0].value
    page = asked(app)
    page.date_input(key="calc_to").set_value(D(2026, 3, 1))
    assert "Au (inclus)" in page.run().error[0].value.replace("\\", "")


def test_a_time_limit_and_a_due_date(ctx, app):
    # One month from 24 October 2026 ends on 24 November, a Tuesday. 45 days from 15 January are 1 March; its month ends on the 31st.
    page = whole(app("calculator").run())
    page.date_input(key="calc_deadline_start").set_value(D(2026, 10, 24))
    page.date_input(key="calc_due_invoice").set_value(D(2026, 1, 15))
    page.text_input(key="calc_due_terms").set_value("45 jours fin de mois")
    whole(page.run())
    assert metrics(page)["Dernier jour utile"] == "24/11/2026"
    assert metrics(page)["Échéance"] == "31/03/2026"


def test_a_limitation_with_an_event_that_starts_it_again(ctx, app):
    # A business against a consumer has two years (C. conso. L.218-2): from 1 March 2025, until 1 March 2027; acknowledged on 10 June 2026, until 10 June 2028.
    page = whole(app("calculator").run())
    page.selectbox(key="calc_limit_nature").set_value("consumer_goods_services")
    page.date_input(key="calc_limit_start").set_value(D(2025, 3, 1))
    whole(page.run())
    assert metrics(page)["Dernier jour pour agir"] == "01/03/2027"
    whole(page.button(key="calc_limit_more").click().run())
    page.selectbox(key="calc_limit_kind_0").set_value("acknowledgment")
    whole(page.date_input(key="calc_limit_on_0").set_value(D(2026, 6, 10)).run())
    assert metrics(page)["Dernier jour pour agir"] == "10/06/2028"


def test_a_sum_goes_over_the_debts_typed_with_the_reason_of_each_line(ctx, app):
    # 600.00 on 24 November: debt 2 is the oldest due (25.00 of interest, 500.00), debt 1 gets 75.00, its 10.00 of interest first
    page = whole(app("calculator").run())
    page.text_input(key="calc_alloc_amount").set_value("600,00")
    for number, principal, interest, due in ((1, "800", "10", D(2026, 6, 30)), (2, "500", "25", D(2026, 1, 31))):
        page.text_input(key=f"calc_alloc_principal_{number}").set_value(principal)
        page.text_input(key=f"calc_alloc_interest_{number}").set_value(interest)
        page.date_input(key=f"calc_alloc_due_{number}").set_value(due)
    whole(page.run())
    assert [(row["interest"], row["principal"], row["principal_left"]) for row in shown_table(page)] == [
        (10.0, 65.0, 735.0),
        (25.0, 500.0, 0.0),
    ]
    page.session_state["why_calc_alloc"] = True
    tree = next(
        line.replace("\\", "") for line in said(whole(page.run())) if "Plus ancienne" in line and "31/01/2026" in line
    )
    assert tree.index("Créance 2") < tree.index("Créance 1")
    assert "C. civ., art. 1342-10" in tree
    whole(page.selectbox(key="calc_alloc_for").set_value("1").run())
    assert [row["principal_left"] for row in shown_table(page)] == [210.0, 500.0]


def test_up_to_five_debts_and_a_wrong_amount_is_told_with_its_debt_and_stays_typed(ctx, app):
    page = whole(app("calculator").run())
    for _ in range(3):
        whole(page.button(key="calc_alloc_more").click().run())
    assert page.text_input(key="calc_alloc_principal_5")
    assert not [b for b in page.button if b.key == "calc_alloc_more"]
    page.text_input(key="calc_alloc_amount").set_value("100")
    page = page.text_input(key="calc_alloc_principal_3").set_value("1.234").run()
    assert "Créance 3, Principal" in page.error[0].value
    assert page.text_input(key="calc_alloc_principal_3").value == "1.234"
