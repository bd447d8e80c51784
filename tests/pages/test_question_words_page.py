"""The words of questions to creditors in the settings: kept by a lead, refused on the language, nothing typed lost."""

from core.services import question_edit
from tests.pages.reading import said, whole


def the_text(ctx, key):
    return next(part.text.fr for part in question_edit.parts(ctx) if part.key == key)


def test_a_text_is_kept_and_read_on_an_invented_case(ctx, app):
    page = whole(app("settings").run())
    page.selectbox(key="question_part").set_value("payment").run()
    page.text_area(key="question_payment_0_fr").set_value("Avez-vous encaissé ce débiteur ?").run()
    assert any("Avez-vous encaissé ce débiteur ?" in block.value for block in page.code)
    whole(page.button(key="question_save").click().run())
    assert the_text(ctx, "payment") == "Avez-vous encaissé ce débiteur ?"
    assert any("La version 1 est conservée" in text for text in said(page))


def test_what_is_missing_is_said_on_its_language_and_the_words_stay(ctx, app):
    page = whole(app("settings").run())
    page.text_area(key="question_subject_0_fr").set_value("Une question").run()
    whole(page.button(key="question_save").click().run())
    assert any("Français" in error.value and "reference" in error.value for error in page.error)
    assert page.text_area(key="question_subject_0_fr").value == "Une question"
    assert "{reference}" in the_text(ctx, "subject")
