"""Letters as a page: to post, registered ones awaited, the wording a lead edits; and the panel of a case."""

from core.services import dispatch, legal_facts, letter_edit, letters
from tests.pages.reading import said, shown_table, whole
from tests.services.factory import a_case_to_write
from tests.services.test_later_letters import a_case_written_to, notice, posted


def text(page):
    return " ".join(said(page)).replace("\\", "").replace("\u00a0", " ")


def form_key(page, start):
    return next(
        one.key
        for kind in (page.selectbox, page.text_area, page.text_input, page.date_input, page.checkbox)
        for one in kind
        if one.key.startswith(start)
    )


def test_without_letters_the_page_says_where_they_come_from(ctx, app):
    del ctx
    assert "Les lettres s'émettent depuis un dossier" in text(whole(app("letters").run()))


def test_the_letters_to_post_are_printed_put_on_a_slip_numbered_and_posted(ctx, app):
    case_id = a_case_written_to(ctx)
    done = notice(ctx, case_id)
    page = whole(app("letters").run())
    assert [(row["reference"], row["kind"]) for row in shown_table(page)] == [(done.reference, "Mise en demeure")]
    page = whole(page.button(key="letters_print").click().run())
    page = whole(page.button(key="letters_slip").click().run())
    (row,) = dispatch.to_post(ctx)
    assert row.slip == "BD-2026-0001"
    page.text_input(key=f"tracking_{row.message_id}").set_value("1A 123 456 7890 1")
    page = whole(page.button(key="letters_numbers_save").click().run())
    assert dispatch.to_post(ctx)[0].tracking == "1A12345678901"
    whole(page.button(key="letters_posted_save").click().run())
    assert dispatch.count_to_post(ctx) == 0


def test_a_wrong_number_is_told_on_its_letter_and_stays_typed(ctx, app):
    done = notice(ctx, a_case_written_to(ctx))
    (row,) = dispatch.to_post(ctx)
    page = whole(app("letters").run())
    page.text_input(key=f"tracking_{row.message_id}").set_value("abc")
    page = whole(page.button(key="letters_numbers_save").click().run())
    assert done.reference in page.error[0].value.replace("\\", "")
    assert page.text_input(key=f"tracking_{row.message_id}").value == "abc"


def test_the_receipt_of_a_notice_is_recorded_with_its_fact(ctx, app):
    case_id, _ = posted(ctx)
    page = whole(app("letters", part="follow").run())
    page = whole(page.button(key="outcome_save").click().run())
    assert [row.kind for row in legal_facts.register(ctx, case_id)] == ["formal_notice"]
    assert "registre des faits" in text(page)


def test_a_lead_rewrites_a_block_sees_it_and_keeps_it(ctx, app):
    page = whole(app("letters", part="edit").run())
    page = whole(page.selectbox(key="wording_kind").set_value("reminder_firm").run())
    key = form_key(page, "block_reminder_firm_0_closing_fr")
    page = whole(page.text_area(key=key).set_value("Bien à vous,").run())
    assert any("Bien à vous," in code.value for code in page.code)
    whole(page.button(key="wording_save").click().run())
    view = next(one for one in letter_edit.wordings(ctx) if one.kind.key == "reminder_firm")
    assert (view.kind.blocks["closing"].fr, view.seen) == ("Bien à vous,", 1)


def test_a_threat_is_refused_while_it_is_typed_and_is_not_kept(ctx, app):
    page = whole(app("letters", part="edit").run())
    page = whole(page.selectbox(key="wording_kind").set_value("reminder_firm").run())
    key = form_key(page, "block_reminder_firm_0_consequences_fr")
    page = whole(page.text_area(key=key).set_value("Nous saisirons le tribunal.").run())
    assert "MSG-04" in text(page)
    page = whole(page.button(key="wording_save").click().run())
    assert page.text_area(key=key).value == "Nous saisirons le tribunal."
    assert not any(view.versions for view in letter_edit.wordings(ctx))


def test_a_name_that_nobody_knows_is_told_on_its_block(ctx, app):
    del ctx
    page = whole(app("letters", part="edit").run())
    page = whole(page.selectbox(key="wording_kind").set_value("reminder_firm").run())
    key = form_key(page, "block_reminder_firm_0_demand_fr")
    page = whole(page.text_area(key=key).set_value("Payez {montant}.").run())
    assert "Demande (fr)" in page.error[0].value.replace("\\", "")


def test_a_case_offers_the_letters_possible_now_and_says_why_the_others_are_not(ctx, app):
    case_id = a_case_written_to(ctx)
    page = whole(whole(app("case", id=str(case_id)).run()).button(key="letter_prepare").click().run())
    assert "Aucune promesse à venir" in text(page)
    page = whole(page.selectbox(key=f"letter_kind_{case_id}").set_value("formal_notice").run())
    whole(page.button(key=f"letter_issue_{case_id}").click().run())
    assert [row.kind for row in letters.issued_letters(ctx, case_id)] == ["formal_notice"]


def test_a_batch_is_previewed_issued_printed_put_on_a_slip_and_posted(ctx, app):
    written = [a_case_written_to(ctx), a_case_written_to(ctx)]
    a_case_to_write(ctx)
    page = app("letters")
    page.query_params["part"] = "batch"
    page = whole(page.run())
    page = whole(page.selectbox(key="batch_kind").set_value("formal_notice").run())
    page = whole(page.button(key="batch_preview").click().run())
    shown = text(page)
    assert "2 lettres peuvent partir** · 1 est retenue" in shown
    assert "Aucune première lettre n'est enregistrée comme envoyée" in shown
    assert dispatch.count_to_post(ctx) == 0, "a preview writes nothing"
    page = whole(page.button(key="batch_issue").click().run())
    assert {row.case_id for row in dispatch.to_post(ctx)} == set(written)
    page = whole(page.button(key="batch_slip_draw").click().run())
    assert {row.slip for row in dispatch.to_post(ctx)} == {"BD-2026-0001"}
    whole(page.button(key="batch_posted_save").click().run())
    assert dispatch.count_to_post(ctx) == 0
    assert len(dispatch.awaited(ctx)) == 2
