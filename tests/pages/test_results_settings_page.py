"""The settings of result codes and call script as a page; the guarded leave of a call on the screens around it."""

import datetime as dt

from core.services import call_script, calls, cases, journal, result_edit
from tests.pages.reading import said, whole
from tests.pages.test_case_page import form_key
from tests.services.factory import a_call, a_case, ready_to_write


def test_a_lead_edits_a_code_and_goes_back(ctx, app):
    page = whole(app("settings").run())
    page.selectbox(key="result_code").set_value("NRP").run()
    field = next(
        w.key for w in page.text_input if w.key and w.key.startswith("result_NRP_") and w.key.endswith("label_fr")
    )
    page.text_input(key=field).set_value("Sans réponse")
    whole(page.button(key="result_save_NRP").click().run())
    assert {one.code: one.label.fr for one in journal.all_results(ctx)}["NRP"] == "Sans réponse"
    whole(page.button(key="result_back_NRP").click().run())
    assert result_edit.results(ctx).of("NRP").shipped


def test_a_refused_code_says_why_on_its_field_and_keeps_what_was_typed(ctx, app):
    page = whole(app("settings").run())
    page.selectbox(key="result_code").set_value("NRP").run()
    digit = next(w.key for w in page.selectbox if w.key and w.key.startswith("result_NRP_") and w.key.endswith("_key"))
    page.selectbox(key=digit).set_value("1")
    whole(page.button(key="result_save_NRP").click().run())
    assert any("Chiffre du clavier" in error.value and "PRO" in error.value for error in page.error)
    assert page.selectbox(key=digit).value == "1"
    assert result_edit.results(ctx).of("NRP").shipped


def test_a_lead_rewords_a_step_of_the_call(ctx, app):
    case_id = a_case(ctx)
    page = whole(app("settings").run())
    page.selectbox(key="script_part").set_value("listen").run()
    field = next(
        w.key for w in page.text_area if w.key and w.key.startswith("script_listen_") and w.key.endswith("text_0_fr")
    )
    page.text_area(key=field).set_value("Je vous écoute.")
    whole(page.button(key="script_save_listen").click().run())
    steps = {step.step: step for step in call_script.call_script(ctx, case_id).steps}
    assert steps["listen"].lines[0].text == "Je vous écoute."


def test_a_call_begun_shows_its_script_and_what_must_be_said(ctx, app):
    case_id = a_case(ctx, creditor=ready_to_write(ctx), phone="0612345678")
    page = whole(app("case", id=str(case_id)).run())
    assert str(page.button(key="key_call").help).startswith("Un appel est possible maintenant.")
    whole(page.button(key="key_call").click().run())
    assert [call.case_id for call in calls.open_calls(ctx)] == [case_id]
    words = " ".join(said(page))
    assert "obligatoire, R\\. 124\\-4" in words
    assert "obligatoire, MSG\\-08" in words


def test_a_call_that_the_gate_refuses_cannot_begin_and_the_button_says_the_rule_and_the_next_moment(ctx, app):
    case_id = a_case(ctx, creditor=ready_to_write(ctx), phone="0612345678")
    for _ in range(3):
        a_call(ctx, case_id, "NRP", because="essai")
    page = whole(app("case", id=str(case_id)).run())
    button = page.button(key="key_call")
    assert button.disabled
    assert "Pas d'appel maintenant" in str(button.help)
    assert "Prochain moment permis" in str(button.help)


def test_next_asks_first_what_became_of_the_call_and_another_page_too(ctx, app):
    first, second = a_case(ctx, name="Aubert"), a_case(ctx, name="Bernard")
    calls.begin(ctx, first)
    page = whole(app("case", id=str(second)).run())
    assert any("Aubert" in text and "qu'a-t-il donné" in text for text in said(page))
    (call,) = calls.open_calls(ctx)
    whole(page.button(key=f"call_leave_{call.id}").click().run())
    assert calls.open_calls(ctx) == ()
    assert [row.case_id for row in calls.unrecorded(ctx, ctx.today, ctx.today)] == [first]
    assert cases.case_file(ctx, first).timeline == ()


def test_an_hour_agreed_with_la_reunion_is_planned_by_our_clock(ctx, app):
    case_id = a_case(ctx, phone="0692123456", postcode="97400", city="Saint-Denis")
    page = whole(app("case", id=str(case_id)).run())
    whole(page.button(key="r_RAP").click().run())
    page.date_input(key=form_key(page, "date_")).set_value(dt.date(2026, 12, 1))
    page.text_input(key=form_key(page, "hour_")).set_value("14h30")
    whole(page.run())
    assert any("14:30" in text and "11:30" in text for text in said(page))
    whole(page.button(key=form_key(page, "save_")).click().run())
    assert [(task.kind, task.due_on, task.due_at) for task in cases.case_file(ctx, case_id).tasks] == [
        ("call_back", "2026-12-01", "11:30")
    ]


def test_an_objection_chooses_the_result_it_ends_with(ctx, app):
    case_id = a_case(ctx, phone="0612345678")
    calls.begin(ctx, case_id)
    page = whole(app("case", id=str(case_id)).run())
    whole(page.button(key="objection_cannot").click().run())
    assert any(w.key.startswith("save_") and "Difficultés financières" in w.label for w in page.button if w.key)


def test_a_retired_code_keeps_its_words_in_the_journal(ctx, app):
    case_id = a_case(ctx)
    a_call(ctx, case_id, "RAC")
    one = result_edit.results(ctx).of("RAC").code
    entry = result_edit.ResultEntry(
        "RAC",
        "A coupé court",
        "Cut it short",
        "",
        one.next_action.kind,
        3,
        (),
        attempt=True,
        right_party=True,
        active=False,
    )
    result_edit.save_result(ctx, entry, 0)
    assert any("A coupé court" in text for text in said(whole(app("case", id=str(case_id)).run())))
