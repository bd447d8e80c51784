"""Mails as other programs write them, spelled out by hand after RFC 5322 and the examples of RFC 3464. Asserts nothing."""

from __future__ import annotations

USER, PASSWORD = "agence", "correct horse"  # of the mailboxes of the tests, which live as long as a test


def reply(
    subject: str, text: str, *, sender: str = "jean@debiteur.example", answers: str = "", number: str = "r1"
) -> bytes:
    """A plain reply; `answers` is the Message-ID it answers."""
    thread = f"In-Reply-To: {answers}\r\nReferences: {answers}\r\n" if answers else ""
    return (
        f"From: Jean Lefevre <{sender}>\r\nTo: relance@agence.example\r\nSubject: {subject}\r\n"
        f"Date: Mon, 23 Nov 2026 10:00:00 +0100\r\nMessage-ID: <{number}@debiteur.example>\r\n{thread}"
        f"MIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n{text}"
    ).encode()


QUOTED = """Bonjour,
je paie vendredi.

Le lun. 23 nov. 2026 à 09:00, Agence Exemple <relance@agence.example> a
écrit :

> Vous devez 100 €.
"""

WITH_FILE = b"""From: Jean <jean@debiteur.example>\r
Subject: Preuve\r
Message-ID: <f1@debiteur.example>\r
MIME-Version: 1.0\r
Content-Type: multipart/mixed; boundary=cut\r
\r
--cut\r
Content-Type: text/html; charset=iso-8859-1\r
Content-Transfer-Encoding: quoted-printable\r
\r
<style>p{color:red}</style><p>Pay=E9 le 12</p><script>alert(1)</script><blockquote>vous devez</blockquote>\r
--cut\r
Content-Type: application/pdf; name="../../preuve.pdf"\r
Content-Disposition: attachment; filename="../../preuve.pdf"\r
Content-Transfer-Encoding: base64\r
\r
JVBERi0xLjQK\r
--cut--\r
"""


def bounce(
    original: str, *, recipient: str = "jean@debiteur.example", action: str = "failed", status: str = "5.1.1"
) -> bytes:
    """A delivery status notification in the form of RFC 3464, section 2, with the headers of the mail that came back."""
    return (
        "From: Mail Delivery Subsystem <MAILER-DAEMON@mx.example>\r\nTo: relance@agence.example\r\n"
        f"Subject: Undelivered Mail Returned to Sender\r\nMessage-ID: <bounce-{status}-{action}@mx.example>\r\n"
        "Auto-Submitted: auto-replied\r\nMIME-Version: 1.0\r\n"
        "Content-Type: multipart/report; report-type=delivery-status; boundary=cut\r\n\r\n"
        "--cut\r\nContent-Type: text/plain; charset=us-ascii\r\n\r\nYour message could not be delivered.\r\n"
        "--cut\r\nContent-Type: message/delivery-status\r\n\r\n"
        "Reporting-MTA: dns; mx.example\r\nArrival-Date: Mon, 23 Nov 2026 09:00:01 +0100\r\n\r\n"
        f"Final-Recipient: rfc822; {recipient}\r\nAction: {action}\r\nStatus: {status}\r\n"
        "Diagnostic-Code: smtp; 550 5.1.1 unknown user\r\n\r\n"
        f"--cut\r\nContent-Type: text/rfc822-headers\r\n\r\nFrom: relance@agence.example\r\nMessage-ID: {original}\r\n\r\n--cut--\r\n"
    ).encode()
