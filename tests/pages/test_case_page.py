"""The case as a page: one gesture a test, checked in the store through the services."""

import datetime as dt

import pytest

from core.i18n import texts
from core.services import access_log, cases, contact_gate, letters
from tests.pages.reading import said, whole
from tests.services.factory import a_call, a_case, a_case_to_write, a_creditor, a_debt, ready_to_write

FR = texts("fr")


def form_key(page, start):
    """The key of the only widget that starts so: forms carry a token."""
    kinds = (page.text_input, page.text_area, page.date_input, page.selectbox, page.button, page.number_input)
    (key,) = {w.key for kind in kinds for w in kind if w.key and w.key.startswith(start)}
    return key


def chosen(page, code):
    """The page once a result of a call is chosen."""
    return whole(page.button(key=f"r_{code}").click().run())


def test_without_a_number_the_page_says_where_cases_are(ctx, app):
    for asked in ({}, {"id": "abc"}, {"id": "0"}):
        assert whole(app("case", **asked).run()).info.len == 1


def test_an_unknown_case_is_a_sentence(ctx, app):
    page = whole(app("case", id="4000").run())
    assert "4000" in page.error[0].value


def test_a_promise_by_telephone_is_logged_with_its_next_action(ctx, app):
    case_id = a_case(ctx, a_debt(amount=30000), phone="0612345678")
    page = chosen(whole(app("case", id=str(case_id)).run()), "PRO")
    page.text_input(key=form_key(page, "amount_")).set_value("150,00")
    page.date_input(key=form_key(page, "date_")).set_value(dt.date(2026, 11, 30))
    page.text_area(key=form_key(page, "note_")).set_value("Rappeler **vendredi**")
    whole(page.button(key=form_key(page, "save_")).click().run())
    file = cases.case_file(ctx, case_id)
    assert [(p.amount, p.due_on) for p in file.promises] == [(15000, "2026-11-30")]
    assert [(e.channel, e.result_code, e.text) for e in file.timeline] == [("call", "PRO", "Rappeler **vendredi**")]
    assert [(task.kind, task.due_on) for task in file.tasks] == [("verify_promise", "2026-12-02")]


def test_what_was_typed_survives_a_refused_save(ctx, app):
    case_id = a_case(ctx)
    page = chosen(whole(app("case", id=str(case_id)).run()), "PRO")
    amount, note = form_key(page, "amount_"), form_key(page, "note_")
    page.text_input(key=amount).set_value("1.234")
    page.text_area(key=note).set_value("Très poli")
    whole(page.button(key=form_key(page, "save_")).click().run())
    assert page.error.len >= 1
    assert (page.text_input(key=amount).value, page.text_area(key=note).value) == ("1.234", "Très poli")
    assert cases.case_file(ctx, case_id).timeline == ()


def test_a_payment_is_recorded_with_its_receipt_and_shown_before_it_is(ctx, app):
    case_id = a_case(ctx, a_debt("F-9", amount=30000))
    page = whole(app("case", id=str(case_id)).run())
    page.button(key="key_payment").click().run()
    page.text_input(key=form_key(page, "amount_")).set_value("100").run()
    assert any("F\\-9" in text for text in said(page)), said(page)
    assert cases.case_file(ctx, case_id).payments == ()
    whole(page.button(key=form_key(page, "record_")).click().run())
    (paid,) = cases.case_file(ctx, case_id).payments
    assert (paid.amount, paid.receipt) == (10000, "Q2026-000001")
    whole(page.run())
    assert any("Q2026" in text for text in said(page))
    assert "200,00\xa0€" in [metric.value for metric in page.metric]


def a_payment_recorded(app, case_id):
    page = whole(app("case", id=str(case_id)).run())
    page.button(key="key_payment").click().run()
    page.text_input(key=form_key(page, "amount_")).set_value("100").run()
    page.button(key=form_key(page, "record_")).click().run()
    return whole(app("case", id=str(case_id)).run())


def test_a_payment_that_bounced_is_reversed(ctx, app):
    case_id = a_case(ctx, a_debt(amount=30000))
    page = a_payment_recorded(app, case_id)
    page.text_input(key=form_key(page, "why_")).set_value("Chèque impayé")
    whole(page.button(key=form_key(page, "do_")).click().run())
    file = cases.case_file(ctx, case_id)
    assert sorted(p.amount for p in file.payments) == [-10000, 10000]
    assert file.head.balance == 30000


def test_a_reversal_without_its_reason_is_refused_on_its_field(ctx, app):
    case_id = a_case(ctx, a_debt(amount=30000))
    page = a_payment_recorded(app, case_id)
    whole(page.button(key=form_key(page, "do_")).click().run())
    assert FR("Why") in page.error[0].value
    assert len(cases.case_file(ctx, case_id).payments) == 1


def test_a_note_is_written_to_the_case_it_was_typed_in(ctx, app):
    creditor = a_creditor(ctx)
    first, second = a_case(ctx, creditor=creditor), a_case(ctx, creditor=creditor, name="Autre")
    page = whole(app("case", id=str(first)).run())
    page.button(key="key_note").click().run()
    page.text_area[0].set_value("Pour le premier").run()
    page.query_params["id"] = str(second)
    page.run()
    page.button(key="key_note").click().run()
    assert page.text_area[0].value == ""
    page.text_area[0].set_value("Pour le second")
    whole(page.button(key="note_save").click().run())
    assert [e.text for e in cases.case_file(ctx, second).timeline] == ["Pour le second"]
    assert cases.case_file(ctx, first).timeline == ()


def test_the_next_action_is_set_by_hand(ctx, app):
    case_id = a_case(ctx)
    page = whole(app("case", id=str(case_id)).run())
    page.button(key="key_next").click().run()
    page.date_input(key=form_key(page, "next_on_")).set_value(dt.date(2026, 12, 1))
    whole(page.button(key="next_save").click().run())
    assert [task.due_on for task in cases.case_file(ctx, case_id).tasks] == ["2026-12-01"]


def test_a_hold_is_said_at_the_top_and_lifted_there(ctx, app):
    case_id = a_case(ctx)
    a_call(ctx, case_id, "AVO", name="Me Roux")
    (hold,) = cases.case_file(ctx, case_id).holds
    page = whole(app("case", id=str(case_id)).run())
    whole(page.button(key=f"lift_do_{hold.id}").click().run())
    assert page.error.len == 1  # the reason is missing
    page.text_input(key=f"lift_reason_{hold.id}").set_value("Le conseil ne le représente plus")
    whole(page.button(key=f"lift_do_{hold.id}").click().run())
    assert cases.case_file(ctx, case_id).holds == ()


def test_a_wrong_entry_is_corrected_by_a_new_one(ctx, app):
    case_id = a_case(ctx)
    logged = a_call(ctx, case_id, "NRP")
    page = whole(app("case", id=str(case_id)).run())
    page.button(key=f"correct_{logged.interaction_id}").click().run()
    page = chosen(page, "MSG")
    whole(page.button(key=form_key(page, "save_")).click().run())
    newest, oldest = cases.case_file(ctx, case_id).timeline
    assert (newest.result_code, newest.corrects, oldest.corrected_by) == ("MSG", oldest.id, newest.id)


def test_a_number_is_marked_wrong(ctx, app):
    case_id = a_case(ctx, phone="0612345678")
    (point,) = cases.case_file(ctx, case_id).contact_points
    page = whole(app("case", id=str(case_id)).run())
    whole(page.button(key=f"invalid_{point.id}").click().run())
    assert cases.case_file(ctx, case_id).contact_points[0].validity == "invalid"


def test_next_and_previous_go_through_the_queue_and_stop_at_its_ends(ctx, app):
    creditor = a_creditor(ctx)
    large, small = (
        a_case(ctx, a_debt("F-1", amount=90000), creditor=creditor),
        a_case(ctx, a_debt("F-2", amount=100), creditor=creditor, name="Autre"),
    )
    page = whole(app("case", id=str(large)).run())
    assert page.button(key="go_before").disabled
    page.button(key="go_after").click().run()
    assert page.query_params["id"] == str(small)
    assert whole(page).button(key="go_after").disabled
    page.button(key="go_before").click().run()
    assert page.query_params["id"] == str(large)


@pytest.mark.parametrize(
    "name",
    [
        "<script>alert(1)</script>",
        "**gras** [lien](https://example.org)",
        "![x](https://example.org/x.png)",
        "a `b` $c$ ~~d~~",
    ],
)
def test_a_name_is_shown_as_it_is_and_never_as_markup(ctx, app, name):
    page = whole(app("case", id=str(a_case(ctx, name=name))).run())
    title = page.title[0].value
    assert "[lien](" not in title
    assert "**gras**" not in title
    assert "<script" not in title.replace("\\<", "")


def test_a_number_learnt_on_the_telephone_is_added_and_a_wrong_one_is_told_on_its_field(ctx, app):
    case_id = a_case(ctx)
    at = app("case", id=str(case_id)).run()
    token = at.session_state["token_point"]
    at.text_input(key=f"point_text_{token}").set_value("12").run()
    at.button(key=f"point_save_{token}").click().run()
    assert any("12" in error.value for error in at.error)
    at.text_input(key=f"point_text_{token}").set_value("06 12 34 56 78").run()
    at.button(key=f"point_save_{token}").click().run()
    assert [p.value for p in cases.case_file(ctx, case_id).contact_points] == ["+33612345678"]


def test_a_first_letter_already_sent_is_recorded_from_the_banner(ctx, app):
    case_id = a_case(ctx, first_letter_on=None)
    at = app("case", id=str(case_id)).run()
    at.text_input(key="first_letter_ref").set_value("L-2026-7").run()
    at.button(key="first_letter_save").click().run()
    head = cases.case_file(ctx, case_id).head
    assert (head.first_letter_ref, head.first_letter_on) == ("L-2026-7", "2026-11-23")
    assert any("L\\-2026\\-7" in caption.value for caption in at.caption)


def test_a_store_damaged_by_another_tool_shows_a_code_and_a_report_without_any_name(ctx, app, home):
    import sqlite3

    case_id = a_case(ctx, name="Lefèvre")
    conn = sqlite3.connect(ctx.store.path)
    conn.execute("DROP TABLE promises")
    conn.close()
    at = app("case", id=str(case_id)).run()
    (shown,) = at.error
    code = shown.value.split("code ")[1][:6]
    assert code.isalnum()
    assert not at.exception
    log = (home / "logs" / "quittance.log").read_text(encoding="utf-8")
    assert code in log
    assert "Lefèvre" not in log


def test_opening_a_case_is_noted_and_working_in_it_is_not_a_line_each(ctx, app):
    case_id = a_case(ctx)
    page = whole(app("case", id=str(case_id)).run())
    whole(page.button(key="key_note").click().run())
    rows = access_log.views(ctx).rows
    assert {(row.person, row.case_id) for row in rows} == {("Léa Martin", case_id)}
    assert len(rows) <= 2  # a minute may turn between the two runs


def test_an_objection_is_typed_beside_the_number_and_warns_before_the_next_call(ctx, app):
    case_id = a_case(ctx, phone="0612345678")
    (point,) = cases.case_file(ctx, case_id).contact_points
    page = whole(app("case", id=str(case_id)).run())
    assert not page.warning
    page.selectbox(key=f"consent_{point.id}_state").set_value("objected")
    page.selectbox(key=f"consent_{point.id}_source").set_value("letter")
    page = whole(page.button(key=f"consent_{point.id}_save").click().run())
    (kept,) = cases.case_file(ctx, case_id).consents
    assert (kept.channel, kept.state, kept.since_on, kept.source) == ("call", "objected", "2026-11-23", "letter")
    page = whole(app("case", id=str(case_id)).run())
    assert page.warning.len == 1
    page.radio(key="direction").set_value("in").run()
    assert not whole(page).warning


def test_while_the_first_letter_is_missing_the_panel_says_so_and_a_call_is_refused_on_its_direction(ctx, app):
    case_id = a_case(ctx, first_letter_on=None)
    page = whole(app("case", id=str(case_id)).run())
    assert any("R\\. 124\\-4" in text or "R. 124-4" in text for text in [w.value for w in page.warning])
    page = chosen(page, "NRP")
    page = whole(page.button(key=form_key(page, "save_")).click().run())
    assert any("R. 124-4" in e.value or "R\\. 124\\-4" in e.value for e in page.error)
    assert cases.case_file(ctx, case_id).timeline == ()


def test_the_line_of_the_gate_says_what_is_possible_and_a_fourth_call_wants_its_reason(ctx, app):
    case_id = a_case(ctx, creditor=ready_to_write(ctx))
    page = whole(app("case", id=str(case_id)).run())
    assert [e.label for e in page.expander if e.label.startswith("Contact maintenant")] == [
        "Contact maintenant : appel, SMS, courriel, courrier ; impossible : visite"
    ]
    for _ in range(3):
        a_call(ctx, case_id, "NRP")
    page = chosen(whole(app("case", id=str(case_id)).run()), "NRP")
    assert any("CON" in w.value and "24/11/2026" in w.value for w in page.warning)
    page = whole(page.button(key=form_key(page, "save_")).click().run())
    assert any("CON" in e.value for e in page.error)
    page.text_input(key=form_key(page, "because_")).set_value("il a rappelé")
    whole(page.button(key=form_key(page, "save_")).click().run())
    assert [row.outcome for row in contact_gate.refusals(ctx, case_id)] == ["made", "refused"]
    assert len(cases.case_file(ctx, case_id).timeline) == 4


def test_a_lead_allows_one_contact_from_the_case(ctx, app):
    case_id = a_case(ctx, creditor=ready_to_write(ctx))
    for _ in range(3):
        a_call(ctx, case_id, "NRP")
    page = whole(app("case", id=str(case_id)).run())
    page.text_input(key=form_key(page, "allow_reason_")).set_value("rendez-vous pris")
    whole(page.button(key=form_key(page, "allow_save_")).click().run())
    assert [(row.outcome, row.reason) for row in contact_gate.refusals(ctx, case_id)] == [
        ("overridden", "rendez-vous pris")
    ]
    assert contact_gate.may_contact(ctx, contact_gate.Intent(case_id, "call")).allowed


def test_the_first_letter_is_checked_issued_and_posted_from_the_case(ctx, app):
    case_id = a_case_to_write(ctx)
    page = whole(app("case", id=str(case_id)).run())
    page = whole(page.button(key="letter_prepare").click().run())
    assert sum("LET\\-" in text for text in said(page)) == 1
    page = whole(page.button(key=f"letter_issue_{case_id}").click().run())
    (row,) = letters.issued_letters(ctx, case_id)
    assert row.state == "ready"
    page = whole(page.button(key=f"posted_save_{row.message_id}").click().run())
    head = cases.case_file(ctx, case_id).head
    assert (head.first_letter_ref, head.first_letter_on) == (row.reference, "2026-11-23")
    assert not page.warning


def test_the_language_of_the_debtor_is_chosen_beside_the_letter_and_a_letter_not_posted_can_be_cancelled(ctx, app):
    case_id = a_case_to_write(ctx)
    page = whole(whole(app("case", id=str(case_id)).run()).button(key="letter_prepare").click().run())
    page = whole(page.segmented_control(key=f"letter_lang_{case_id}").set_value("en").run())
    assert cases.case_file(ctx, case_id).head.lang == "en"
    page = whole(page.button(key=f"letter_issue_{case_id}").click().run())
    (row,) = letters.issued_letters(ctx, case_id)
    whole(page.button(key=f"letter_cancel_{row.message_id}").click().run())
    assert [one.state for one in letters.issued_letters(ctx, case_id)] == ["cancelled"]


def test_a_letter_that_lacks_something_cannot_be_issued_and_says_where_to_complete_it(ctx, app):
    case_id = a_case(ctx, first_letter_on=None)
    page = whole(whole(app("case", id=str(case_id)).run()).button(key="letter_prepare").click().run())
    assert page.button(key=f"letter_issue_{case_id}").disabled
    text = " ".join(said(page))
    assert "fiche de l'agence" in text
    assert "page du créancier" in text
