"""Reading one mail: thread, words without quotation, files, bounces. The mails are spelled out by hand (tests/channels/mails.py)."""

import pytest

from core.channels.parsing import Bounce, parse, without_quotation
from tests.channels import mails


def test_a_reply_gives_its_thread_its_sender_and_only_the_new_words():
    found = parse(mails.reply("Re: dossier", mails.QUOTED, answers="<quittance.1@agence.example>"))
    assert (found.sender, found.sender_name) == ("jean@debiteur.example", "Jean Lefevre")
    assert found.thread == ("<quittance.1@agence.example>",)
    assert found.text == "Bonjour,\nje paie vendredi."
    assert "100 €" in found.whole
    assert not found.automatic


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Oui\n\nOn Mon, 23 Nov 2026 at 09:00, Agency wrote:\n> text", "Oui"),
        ("Oui\n\n-----Message d'origine-----\nDe : Agence\ntexte", "Oui"),
        ("Oui\n________________________________\nDe : Agence\n", "Oui"),
        ("Oui\nDe : Agence <a@b.fr>\nEnvoyé : lundi\nÀ : moi\ntexte", "Oui"),
        ("> votre question\nma réponse", "ma réponse"),
        ("> rien que la citation", "> rien que la citation"),
        ("Le dossier est clos.", "Le dossier est clos."),
    ],
)
def test_the_quotation_goes_whatever_program_wrote_it(text, said):
    assert without_quotation(text) == said


def test_an_html_mail_gives_its_words_and_a_file_keeps_only_its_own_name():
    found = parse(mails.WITH_FILE)
    assert found.text == "Payé le 12"
    assert [(one.name, one.media_type, one.data) for one in found.attachments] == [
        ("preuve.pdf", "application/pdf", b"%PDF-1.4\n")
    ]


def test_a_bounce_gives_recipient_status_reason_and_the_mail_that_came_back():
    found = parse(mails.bounce("<quittance.1@agence.example>"))
    assert found.bounce == Bounce(
        "jean@debiteur.example", True, "5.1.1", "550 5.1.1 unknown user", "<quittance.1@agence.example>"
    )
    assert (found.text, found.attachments) == ("Your message could not be delivered.", ())


def test_a_delay_is_no_failure():
    found = parse(mails.bounce("<quittance.1@agence.example>", action="delayed", status="4.4.1"))
    assert found.bounce is not None
    assert not found.bounce.failed


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\xff\xfe\x00",
        b"From: =?x?q?=\r\n\r\n",
        b"Content-Type: multipart/mixed\r\n\r\nx",
        b"From: <<>>\r\nSubject:\r\n\r\n",
    ],
)
def test_a_malformed_mail_is_read_as_far_as_it_goes(data):
    assert parse(data).bounce is None
