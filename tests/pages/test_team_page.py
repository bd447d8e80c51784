"""The team in the settings and the queue of one colleague, as pages."""

from core.services import team
from tests.pages.reading import said, shown_table, whole
from tests.pages.test_case_page import form_key
from tests.services.factory import a_case, a_creditor, a_debt


def names(ctx):
    return [person.name for person in team.colleagues(ctx)]


def test_a_colleague_is_added_and_the_form_is_empty_again(ctx, app):
    page = whole(app("settings").run())
    page.text_input(key=form_key(page, "colleague_name_")).set_value("Karim Benali")
    whole(page.button(key="colleague_save").click().run())
    assert names(ctx) == ["Karim Benali", "Léa Martin"]
    assert page.text_input(key=form_key(page, "colleague_name_")).value == ""


def test_a_name_taken_is_refused_on_its_field_and_stays_typed(ctx, app):
    page = whole(app("settings").run())
    page.text_input(key=form_key(page, "colleague_name_")).set_value("Léa Martin")
    whole(page.button(key="colleague_save").click().run())
    assert "Prénom et nom" in page.error[0].value
    assert page.text_input(key=form_key(page, "colleague_name_")).value == "Léa Martin"


def test_someone_who_left_hands_their_cases_over(ctx, app):
    karim = team.add_colleague(ctx, "Karim", "collector")
    team.assign_case(ctx, a_case(ctx), karim)
    page = whole(app("settings", "en-GB").run())
    assert any("1 open case" in text for text in said(page))
    page.selectbox(key=f"successor_{karim}").set_value(ctx.user.id)
    whole(page.button(key=f"retire_do_{karim}").click().run())
    assert (names(ctx), team.open_cases(ctx)) == (["Léa Martin"], {ctx.user.id: 1})


def test_the_queue_may_be_that_of_one_colleague_and_the_address_holds_a_number(ctx, app):
    karim = team.add_colleague(ctx, "Karim", "collector")
    creditor = a_creditor(ctx)
    his = a_case(ctx, a_debt("F-1"), creditor=creditor, name="Lefèvre")
    a_case(ctx, a_debt("F-2"), creditor=creditor, name="Diallo")
    team.assign_case(ctx, his, karim)
    page = whole(app("queue", tab="all").run())
    assert len(shown_table(page)) == 2
    page.selectbox(key="collector").set_value(karim).run()
    assert [row["debtor"].split()[0] for row in shown_table(whole(page))] == ["Lefèvre"]
    assert page.query_params["collector"] in (str(karim), [str(karim)])
    again = whole(app("queue", tab="all", collector=str(karim)).run())
    assert len(shown_table(again)) == 1


def test_a_creditor_of_the_address_is_chosen_by_its_number(ctx, app):
    one, two = a_creditor(ctx), a_creditor(ctx, "Deux-Rives")
    a_case(ctx, a_debt("F-1"), creditor=one, name="Lefèvre")
    a_case(ctx, a_debt("F-1"), creditor=two, name="Diallo")
    page = whole(app("queue", tab="all", creditor=str(two)).run())
    assert [row["debtor"].split()[0] for row in shown_table(page)] == ["Diallo"]
    assert len(shown_table(whole(app("queue", tab="all", creditor="Deux-Rives").run()))) == 2
