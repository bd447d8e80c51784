"""Sends one e-mail by SMTP: encrypted, authenticated, step by step so that what failed can be said. Retries nothing, keeps nothing."""

from __future__ import annotations

import contextlib
import datetime as dt
import re
import smtplib
import ssl
from collections.abc import Iterator
from dataclasses import dataclass
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from core.channels.fault import Fault, unreachable, words
from core.domain.messages import msg

SECURITIES = ("starttls", "tls", "none")
TIMEOUT = 20  # seconds for each answer
_DOT = re.compile(rb"(?m)^\.")  # a line that begins with a dot is doubled (RFC 5321, 4.5.2)
ACCEPTED, GO_AHEAD, TEMPORARY, PERMANENT = 250, 354, 400, 500


@dataclass(frozen=True, slots=True)
class SmtpServer:
    """Where mail leaves; `password` only in memory, `authority` the path of a certificate of the house's own, or empty."""

    host: str
    port: int = 587
    security: str = "starttls"
    user: str = ""
    password: str = ""
    authority: str = ""
    timeout: float = TIMEOUT

    def __repr__(self) -> str:
        """Without the password."""
        return f"SmtpServer({self.host}:{self.port}, {self.security})"


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that travels with a message."""

    name: str
    media_type: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Mail:
    """One e-mail to one person; `message_id` is ours, with its angle brackets; `automatic` marks what no person wrote (RFC 3834)."""

    sender: str
    sender_name: str
    to: str
    subject: str
    text: str
    message_id: str
    at: dt.datetime
    reply_to: str = ""
    in_reply_to: str = ""
    references: str = ""
    automatic: bool = False
    attachments: tuple[Attachment, ...] = ()


def build(mail: Mail) -> EmailMessage:
    """The message as it leaves: plain text, then its attachments."""
    found = EmailMessage(policy=SMTP)
    found["From"] = Address(_one_line(mail.sender_name), addr_spec=_ascii(mail.sender))
    found["To"] = Address(addr_spec=_ascii(mail.to))
    if mail.reply_to:
        found["Reply-To"] = Address(addr_spec=_ascii(mail.reply_to))
    found["Subject"] = _one_line(mail.subject)
    found["Date"] = format_datetime(mail.at)
    found["Message-ID"] = mail.message_id
    if mail.in_reply_to:
        found["In-Reply-To"] = mail.in_reply_to
    if mail.references:
        found["References"] = mail.references
    if mail.automatic:
        found["Auto-Submitted"] = "auto-generated"
    found.set_content(mail.text, cte="quoted-printable")
    for one in mail.attachments:
        kind, _, rest = one.media_type.partition("/")
        found.add_attachment(one.data, maintype=kind, subtype=rest or "octet-stream", filename=one.name)
    return found


def send(server: SmtpServer, mail: Mail) -> str:
    """Hand the mail to the server; returns its answer. Raises Fault: `unknown` when the line broke once the text was being sent."""
    payload = build(mail).as_bytes()
    with _line(server) as line:
        _step("sender", line.mail(_ascii(mail.sender)))
        _step("recipient", line.rcpt(_ascii(mail.to)))
        code, answer = line.docmd("DATA")
        if code != GO_AHEAD:
            raise _refused("data", code, answer)
        try:
            line.send(_DOT.sub(b"..", payload) + b".\r\n")
            code, answer = line.getreply()
        except (OSError, smtplib.SMTPException) as error:
            raise perhaps_left() from error
        if code != ACCEPTED:
            raise _refused("text", code, answer)
    return words(answer)


def test(server: SmtpServer) -> None:
    """Open the line, encrypt it and sign in; raises Fault with what failed."""
    with _line(server):
        return


def perhaps_left() -> Fault:
    """The line broke after the text: only the person who looks at the mailbox can say whether it left."""
    return Fault(
        "unknown",
        "answer",
        msg("The line broke after the message was handed over: it may have left."),
        msg("Look into the sent mail of the server or ask the person, then send again or mark it as sent."),
    )


@contextlib.contextmanager
def _line(server: SmtpServer) -> Iterator[smtplib.SMTP]:
    """An open line, encrypted as asked, signed in."""
    try:
        line = _opened(server)
    except smtplib.SMTPConnectError as error:
        raise _refused("connect", error.smtp_code, error.smtp_error) from error
    except smtplib.SMTPServerDisconnected as error:
        raise unreachable(OSError(), server.host, server.port) from error
    except OSError as error:
        raise unreachable(error, server.host, server.port) from error
    try:
        _prepare(line, server)
        yield line
    except smtplib.SMTPServerDisconnected as error:
        raise unreachable(OSError(), server.host, server.port) from error
    except OSError as error:
        if isinstance(error, smtplib.SMTPException):
            raise _refused("protocol", 0, str(error)) from error
        raise unreachable(error, server.host, server.port) from error
    finally:
        with contextlib.suppress(OSError, smtplib.SMTPException):
            line.quit()
        line.close()


def _opened(server: SmtpServer) -> smtplib.SMTP:
    if server.security == "tls":
        return smtplib.SMTP_SSL(server.host, server.port, timeout=server.timeout, context=trust(server.authority))
    return smtplib.SMTP(server.host, server.port, timeout=server.timeout)


def _prepare(line: smtplib.SMTP, server: SmtpServer) -> None:
    line.ehlo()
    if server.security == "starttls":
        if not line.has_extn("starttls"):
            raise Fault(
                "permanent",
                "tls",
                msg("The server offers no STARTTLS on this port: nothing was sent in clear."),
                msg("Choose “TLS from the start” with port 465, or ask the provider for the right port."),
            )
        line.starttls(context=trust(server.authority))
        line.ehlo()
    if server.user:
        _sign_in(line, server)


def _sign_in(line: smtplib.SMTP, server: SmtpServer) -> None:
    try:
        line.login(server.user, server.password)
    except smtplib.SMTPAuthenticationError as error:
        outcome = "permanent" if error.smtp_code >= PERMANENT else "temporary"
        reason = msg("The server refuses the user or the password.")
        remedy = msg("Check both; many providers want a password made for programs, not the one of the mailbox.")
        raise Fault(outcome, "login", reason, remedy, error.smtp_code, words(error.smtp_error)) from error
    except smtplib.SMTPNotSupportedError as error:
        reason = msg("The server takes no sign-in on this port.")
        remedy = msg("Leave the user empty, or choose the port and the encryption the provider names.")
        raise Fault("permanent", "login", reason, remedy) from error


def trust(authority: str) -> ssl.SSLContext:
    """What certificates are trusted: the computer's own, and those of a file when one is given. Raises Fault when it cannot be read."""
    try:
        return ssl.create_default_context(cafile=authority or None)
    except (OSError, ssl.SSLError) as error:
        reason = msg("The certificate file of the authority cannot be read.")
        remedy = msg("Give the full path of a file in PEM form, or leave the field empty.")
        raise Fault("permanent", "authority", reason, remedy) from error


def _step(stage: str, reply: tuple[int, bytes]) -> None:
    code, answer = reply
    if code not in (ACCEPTED, 251):
        raise _refused(stage, code, answer)


def _refused(stage: str, code: int, answer: bytes | str) -> Fault:
    """A refusal of the server: 4xx may pass later, 5xx not."""
    said = words(answer)
    if TEMPORARY <= code < PERMANENT:
        reason = msg("The server asks to come back later ({code}).", code=code)
        remedy = msg("It is tried again by itself; the answer was: {said}", said=said)
        return Fault("temporary", stage, reason, remedy, code, said)
    known = {
        "recipient": (
            msg("The server refuses this recipient ({code}).", code=code),
            msg("Check the address; its answer was: {said}", said=said),
        ),
        "sender": (
            msg("The server refuses the sender's address ({code}).", code=code),
            msg("The address of the settings must belong to this mailbox; its answer was: {said}", said=said),
        ),
    }
    other = (msg("The server refuses the message ({code}).", code=code), msg("Its answer was: {said}", said=said))
    reason, remedy = known.get(stage, other)
    return Fault("permanent", stage, reason, remedy, code, said)


def _one_line(text: str) -> str:
    """A header has one line: nothing typed may open another."""
    return " ".join(text.split())


def _ascii(address: str) -> str:
    """An address with its domain as the network spells it (IDNA)."""
    local, _, domain = address.rpartition("@")
    return f"{local}@{domain.encode('idna').decode()}" if not domain.isascii() else address
