"""Grouped actions on their screen: choose, look, confirm, read what became of each; nothing typed is lost on a refusal."""

import datetime as dt

from core.services import cases, holds
from tests.pages.reading import said, whole
from tests.pages.test_case_page import form_key
from tests.services.factory import a_case, a_creditor, a_debt


def two_cases(ctx):
    creditor = a_creditor(ctx)
    return [a_case(ctx, a_debt(f"F-{name}"), creditor=creditor, name=name) for name in ("Lefèvre", "Diallo")]


def typed(page, code, **values):
    page.selectbox(key=form_key(page, "deed_code_")).set_value(code).run()
    for field, value in values.items():
        key = form_key(page, f"deed_{field}_")
        kind = {"on": page.date_input, "words": page.text_input}.get(field, page.selectbox)
        kind(key=key).set_value(value)
    return page


def test_a_selection_is_stopped_after_a_preview_that_says_who_changes_and_who_does_not(ctx, app):
    one, two = two_cases(ctx)
    holds.open_hold(ctx, holds.HoldEntry(two, None, "creditor_check", "Vérification", None), "h")
    page = typed(whole(app("grouped", tab="all").run()), "hold", kind="creditor_check", words="Paiements à vérifier")
    page.date_input(key=form_key(page, "deed_on_")).set_value(dt.date(2026, 11, 27))
    whole(page.button(key="grouped_try").click().run())
    text = " ".join(said(page))
    assert "1 dossier changerait" in text
    assert "1 resterait en l'état" in text
    assert "Cette suspension est déjà en place" in text.replace("\\", "")
    assert cases.case_file(ctx, one).holds == ()
    whole(page.button(key="grouped_do").click().run())
    assert "1 dossier modifié" in " ".join(said(page))
    (hold,) = cases.case_file(ctx, one).holds
    assert (hold.kind, hold.until_on, hold.reason) == ("creditor_check", "2026-11-27", "Paiements à vérifier")
    assert len(cases.case_file(ctx, two).holds) == 1


def test_what_is_refused_stands_on_its_field_and_what_was_typed_stays(ctx, app):
    two_cases(ctx)
    page = typed(whole(app("grouped", tab="all").run()), "next", kind="call_again", words="Après la paie")
    whole(page.button(key="grouped_try").click().run())
    assert "Prévue le" in page.error[0].value
    assert page.text_input(key=form_key(page, "deed_words_")).value == "Après la paie"
    assert not [button for button in page.button if button.key == "grouped_do"]


def test_a_change_after_the_preview_asks_to_look_again(ctx, app):
    two_cases(ctx)
    page = typed(whole(app("grouped", tab="all").run()), "hold", kind="creditor_check", words="Un")
    whole(page.button(key="grouped_try").click().run())
    assert page.button(key="grouped_do").label == "Appliquer à 2 dossiers"
    page.text_input(key=form_key(page, "deed_words_")).set_value("Deux").run()
    assert not [button for button in page.button if button.key == "grouped_do"]
    assert any("regardez de nouveau" in text for text in said(page))
