"""What is typed on a case page: a day that is wanted, a note and the facts of a contact that another panel must not lose."""

import datetime as dt

from core.services import cases
from tests.pages.reading import whole
from tests.services.factory import a_case, a_debt


def test_an_empty_due_date_is_refused_in_words_and_a_typed_one_is_kept(ctx, app):
    case_id = a_case(ctx, a_debt("F-1", due=None))
    (debt,) = cases.case_file(ctx, case_id).debts
    page = whole(app("case", id=str(case_id)).run())
    assert not page.button(key=f"due_save_{debt.id}").disabled
    page = whole(page.button(key=f"due_save_{debt.id}").click().run())
    assert "dd/mm/yyyy" not in page.error[0].value
    assert "jj/mm/aaaa" in page.error[0].value
    page.date_input(key=f"due_on_{debt.id}").set_value(dt.date(2026, 3, 1))
    whole(page.button(key=f"due_save_{debt.id}").click().run())
    assert cases.case_file(ctx, case_id).debts[0].due_on == "2026-03-01"


def test_a_note_being_typed_is_still_there_after_another_panel_and_gone_once_saved(ctx, app):
    case_id = a_case(ctx)
    page = whole(app("case", id=str(case_id)).run())
    page = whole(page.button(key="key_note").click().run())
    page = whole(page.text_area[0].set_value("Rappeler le comptable").run())
    page = whole(page.button(key="key_payment").click().run())
    page = whole(page.button(key="key_note").click().run())
    assert page.text_area[0].value == "Rappeler le comptable"
    page = whole(page.button(key="note_save").click().run())
    assert page.text_area[0].value == ""
    assert cases.case_file(ctx, case_id).timeline[0].text == "Rappeler le comptable"
