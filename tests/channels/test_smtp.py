"""Sending mail to a real SMTP server (aiosmtpd): what arrives, what is refused and how it is said."""

import datetime as dt
import email
import email.policy
import time
from dataclasses import replace

import pytest

from core.channels import smtp
from core.channels.fault import Fault
from core.channels.smtp import Attachment, Mail, SmtpServer
from tests.channels import servers
from tests.channels.servers import PASSWORD, USER, Authority, Letterbox

MAIL = Mail(
    "relance@agence.example", "Agence Exemple", "jean@debiteur.example", "Votre dossier — échéance", "Bonjour,\n.une ligne\nCordialement",
    "<quittance.1@agence.example>", dt.datetime(2026, 11, 23, 9, 0, tzinfo=dt.UTC), "reponse@agence.example",
    "<theirs@debiteur.example>", "<first@agence.example> <theirs@debiteur.example>",
)  # fmt: skip


@pytest.fixture
def authority(tmp_path):
    return Authority(tmp_path)


def received(box):
    return email.message_from_bytes(box.taken[0], policy=email.policy.default)


def test_a_mail_arrives_over_starttls_signed_in_with_our_headers_words_and_attachment(authority):
    box = Letterbox()
    with servers.smtp(box, authority=authority, auth=True) as port:
        server = SmtpServer("localhost", port, "starttls", USER, PASSWORD, str(authority.path))
        pdf = Attachment("facture n° 1.pdf", "application/pdf", b"%PDF-1.4 \r\n.\r\n bytes")
        answer = smtp.send(server, replace(MAIL, attachments=(pdf,)))
    found = received(box)
    assert answer == "taken"
    assert found["From"] == "Agence Exemple <relance@agence.example>"
    assert found["Reply-To"] == "reponse@agence.example"
    assert (found["Message-ID"], found["In-Reply-To"]) == ("<quittance.1@agence.example>", "<theirs@debiteur.example>")
    assert found["References"] == "<first@agence.example> <theirs@debiteur.example>"
    assert found["Subject"] == "Votre dossier — échéance"
    assert found["Auto-Submitted"] is None
    assert found.get_body(("plain",)).get_content().splitlines() == ["Bonjour,", ".une ligne", "Cordialement"]
    (kept,) = found.iter_attachments()
    assert (kept.get_filename(), kept.get_content()) == ("facture n° 1.pdf", b"%PDF-1.4 \r\n.\r\n bytes")


def test_a_mail_leaves_over_tls_from_the_start(authority):
    box = Letterbox()
    with servers.smtp(box, authority=authority, implicit=True) as port:
        smtp.send(SmtpServer("localhost", port, "tls", authority=str(authority.path)), MAIL)
    assert len(box.taken) == 1


def test_what_a_machine_wrote_says_so():
    assert smtp.build(replace(MAIL, automatic=True))["Auto-Submitted"] == "auto-generated"


def test_a_typed_subject_cannot_open_another_header():
    found = smtp.build(replace(MAIL, subject="Dossier\r\nBcc: autre@exemple.fr"))
    assert found["Bcc"] is None
    assert found["Subject"] == "Dossier Bcc: autre@exemple.fr"


def test_a_certificate_of_an_unknown_authority_is_refused_and_nothing_is_sent(authority):
    box = Letterbox()
    with servers.smtp(box, authority=authority) as port, pytest.raises(Fault) as refused:
        smtp.send(SmtpServer("localhost", port, "starttls"), MAIL)
    assert (refused.value.stage, refused.value.outcome, box.taken) == ("certificate", "permanent", [])


def test_a_server_without_starttls_gets_no_password():
    with servers.smtp(Letterbox()) as port, pytest.raises(Fault) as refused:
        smtp.test(SmtpServer("localhost", port, "starttls", USER, PASSWORD))
    assert refused.value.stage == "tls"


def test_a_wrong_password_is_told_without_being_repeated(authority):
    with servers.smtp(Letterbox(), authority=authority, auth=True) as port, pytest.raises(Fault) as refused:
        smtp.test(SmtpServer("localhost", port, "starttls", USER, "not this one", str(authority.path)))
    assert (refused.value.stage, refused.value.code) == ("login", 535)
    assert "not this one" not in str(refused.value) + str(refused.value.problem())


@pytest.mark.parametrize(
    ("recipient", "answer", "stage", "outcome", "code"),
    [
        ("550 5.1.1 no such user", "250 OK", "recipient", "permanent", 550),
        ("451 4.2.1 try later", "250 OK", "recipient", "temporary", 451),
        ("250 OK", "452 4.3.1 full", "text", "temporary", 452),
        ("250 OK", "554 5.7.1 spam", "text", "permanent", 554),
    ],
)
def test_a_refusal_says_where_and_whether_it_may_pass_later(recipient, answer, stage, outcome, code):
    box = Letterbox()
    box.recipient, box.answer = recipient, answer
    with servers.smtp(box) as port, pytest.raises(Fault) as refused:
        smtp.send(SmtpServer("127.0.0.1", port, "none"), MAIL)
    assert (refused.value.stage, refused.value.outcome, refused.value.code) == (stage, outcome, code)


def test_nobody_at_the_port_is_temporary():
    with pytest.raises(Fault) as refused:
        smtp.send(SmtpServer("127.0.0.1", servers.free_port(), "none"), MAIL)
    assert (refused.value.stage, refused.value.outcome) == ("connect", "temporary")


def test_silence_after_the_text_is_neither_sent_nor_failed():
    box = Letterbox()
    box.before = lambda: time.sleep(1.5)
    with servers.smtp(box) as port, pytest.raises(Fault) as refused:
        smtp.send(SmtpServer("127.0.0.1", port, "none", timeout=0.5), MAIL)
    assert refused.value.outcome == "unknown"


def test_a_server_shows_no_password_when_it_is_printed():
    assert PASSWORD not in repr(SmtpServer("h", 25, "none", USER, PASSWORD))
