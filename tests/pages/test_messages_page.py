"""Writing from the case, the post to sort, the outbox, the settings of e-mail and SMS: one gesture a test, checked in the store."""

import datetime as dt

import pytest

from core.services import cases, channel_settings, inbox, inbox_filing, outbox
from core.store import outbox as rows
from tests.channels import mails
from tests.pages.reading import said, whole
from tests.pages.test_case_page import form_key
from tests.services import post
from tests.services.factory import a_case


def write_panel(app, case_id, locale="fr-FR"):
    page = whole(app("case", locale, id=str(case_id)).run())
    return whole(page.button(key="key_message").click().run())


def comes(ctx, data):
    with ctx.write() as unit:
        return inbox_filing.arrive(ctx, unit, data)


def test_a_message_written_on_the_case_is_in_the_outbox(ctx, app):
    post.set_up(ctx, smtp_host="127.0.0.1", smtp_security="none")
    case_id = post.a_debtor(ctx)
    inbox.drop_scan(ctx, "facture F-1.pdf", b"%PDF-1.4", "s", case_id)
    page = write_panel(app, case_id)
    page.selectbox(key=f"template_email_{case_id}").set_value("email_reminder").run()
    assert page.text_input(key=form_key(page, "subject_")).value.startswith("Votre dossier")
    (document,) = inbox.case_documents(ctx, case_id)
    page.button_group(key=next(g.key for g in page.button_group if (g.key or "").startswith("documents_"))).set_value(
        [document.id]
    )
    whole(page.button(key="message_send").click().run())
    (row,) = outbox.of_case(ctx, case_id)
    assert (row.state, row.kind, (row.subject, row.text)) == ("ready", "email_reminder", post.words(ctx, case_id))
    with ctx.store.read() as reader:
        assert rows.documents(reader, row.id) == (document.id,)


def test_a_refused_message_names_its_field_and_keeps_what_was_typed(ctx, app):
    post.set_up(ctx, smtp_host="127.0.0.1", smtp_security="none")
    case_id = post.a_debtor(ctx)
    page = write_panel(app, case_id)
    text = form_key(page, "text_")
    page.text_area(key=text).set_value("Bonjour")
    whole(page.button(key="message_send").click().run())
    assert "Objet" in page.error[0].value
    assert page.text_area(key=text).value == "Bonjour"


@pytest.mark.parametrize(
    ("locale", "sentence"), [("fr-FR", "Aucun serveur n'est réglé"), ("en-GB", "No server is set")]
)
def test_without_a_server_the_text_is_there_to_copy(ctx, app, locale, sentence):
    case_id = post.a_debtor(ctx)
    page = write_panel(app, case_id, locale)
    assert any(sentence in text for text in said(page))
    page.text_area(key=form_key(page, "text_")).set_value("Payez tout de suite.").run()
    assert len(page.code) == 0  # neither agency nor creditor nor reference: the check keeps it back
    assert any("Cabinet des Alpes" in error.value for error in page.error)
    lawful = post.words(ctx, case_id)[1]
    page.text_area(key=form_key(page, "text_")).set_value(lawful).run()
    assert page.code[0].value == lawful
    assert page.button(key="message_send").disabled


def test_the_answer_takes_the_subject_of_what_came(ctx, app):
    post.set_up(ctx, smtp_host="127.0.0.1", smtp_security="none")
    case_id = post.a_debtor(ctx)
    comes(ctx, mails.reply("Combien ?", "Combien dois-je ?"))
    (came,) = inbox.of_case(ctx, case_id)
    page = write_panel(app, case_id)
    whole(page.button(key=f"answer_{came.id}").click().run())
    assert page.text_input(key=form_key(page, "subject_")).value == "Re: Combien ?"
    page.text_area(key=form_key(page, "text_")).set_value(post.words(ctx, case_id)[1])
    whole(page.button(key="message_send").click().run())
    assert outbox.of_case(ctx, case_id)[0].answers_id == came.id


def test_a_reply_that_needs_no_answer_waits_no_more(ctx, app):
    case_id = post.a_debtor(ctx)
    comes(ctx, mails.reply("Merci", "Merci"))
    page = write_panel(app, case_id)
    whole(page.button(key="answered").click().run())
    assert "answer_reply" not in post.tasks(ctx, case_id)


def test_the_queue_says_that_a_reply_waits(ctx, app):
    post.a_debtor(ctx)
    comes(ctx, mails.reply("Merci", "Merci"))
    page = whole(app("queue").run())
    assert page.dataframe[0].value["state"].tolist() == ["Réponse reçue, à traiter"]


def test_what_is_unsorted_is_filed_in_one_click_on_the_case_found(ctx, app):
    case_id = a_case(ctx, name="Dupont")
    comes(ctx, mails.reply("Question", "À qui payer **vite** ?", sender="inconnu@exemple.fr"))
    (row,) = inbox.unsorted(ctx)
    page = whole(app("messages").run())
    page.text_input(key=f"sort_case_{row.id}").set_value("dupont").run()
    whole(page.button(key=f"file_{row.id}_{case_id}").click().run())
    assert inbox.unsorted_count(ctx) == 0
    assert "answer_reply" in post.tasks(ctx, case_id)


def test_the_outbox_asks_a_person_about_what_perhaps_left(ctx, app):
    post.set_up(ctx, smtp_host="127.0.0.1", smtp_security="none")
    case_id = post.a_debtor(ctx)
    number = post.a_mail(ctx, case_id)
    with ctx.write() as unit:
        rows.take(unit, number, "gone", (ctx.now - dt.timedelta(hours=1)).strftime("%Y-%m-%dT%H:%M:%SZ"))
    page = whole(app("messages").run())
    assert any("peut-être parti" in text for text in said(page))
    whole(page.button(key=f"out_left_{number}").click().run())
    assert post.states(ctx, case_id) == ["sent"]
    assert cases.case_file(ctx, case_id).timeline[0].channel == "email"


def test_the_settings_are_saved_and_a_password_typed_there_is_refused_without_being_kept(ctx, app):
    page = whole(app("settings").run())
    page.text_input(key="channels_0_smtp_host").set_value("smtp.exemple.fr")
    page.text_input(key="channels_0_sender").set_value("relance@exemple.fr")
    page.text_input(key="channels_0_smtp_secret").set_value("motdepasse")
    whole(page.button(key="channels_0_save").click().run())
    assert "Où se trouve le mot de passe" in page.error[0].value
    assert "motdepasse" not in page.error[0].value
    assert channel_settings.channel_settings(ctx).settings.smtp_host == ""
    page.text_input(key="channels_0_smtp_secret").set_value("secrets:smtp")
    whole(page.button(key="channels_0_save").click().run())
    kept = channel_settings.channel_settings(ctx).settings
    assert (kept.smtp_host, kept.sender, kept.smtp_secret) == ("smtp.exemple.fr", "relance@exemple.fr", "secrets:smtp")


def test_a_trial_that_fails_says_what_and_what_to_do(ctx, app):
    post.set_up(ctx, smtp_host="127.0.0.1", smtp_port="9", smtp_security="none")
    page = whole(app("settings").run())
    whole(page.button(key="try_smtp").click().run())
    assert "Personne ne répond à 127\\.0\\.0\\.1:9" in page.error[0].value.replace("\\:", ":")
