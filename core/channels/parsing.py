"""Understands one received mail: who, what about, the words without the quotation, attachments, a bounce (RFC 3464). Files nothing."""

from __future__ import annotations

import email
import email.policy
import email.utils
import html
import re
from dataclasses import dataclass
from email.message import EmailMessage, MIMEPart

from core.channels.smtp import Attachment

LONGEST_TEXT = 200_000  # characters kept of a mail's words
_ID = re.compile(r"<[^<>\s]+>")
# Where a mail program begins the quotation of the mail it answers.
_QUOTE = re.compile(
    r"^(?:>.*|-{2,} ?(?:original message|message d'origine|message transféré|forwarded message) ?-{2,}|_{10,}"
    r"|(?:le|on) .{4,200}(?:a écrit|wrote) ?:)\s*$",
    re.IGNORECASE,
)
_HEADER = re.compile(r"^\*?(?:de|from|expéditeur)\*? ?: .+$", re.IGNORECASE)
_HEADER_NEXT = re.compile(r"^\*?(?:envoyé|sent|date|à|to|objet|subject)\*? ?: .+$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Bounce:
    """What a delivery status notification says of one recipient; `failed` only for action failed, `status` such as 5.1.1."""

    recipient: str
    failed: bool
    status: str
    reason: str
    original_id: str


@dataclass(frozen=True, slots=True)
class Incoming:
    """A received mail; ids with their angle brackets, `thread` those it answers, nearest first; `text` without quotation."""

    message_id: str
    thread: tuple[str, ...]
    sender: str
    sender_name: str
    subject: str
    text: str
    whole: str
    automatic: bool
    attachments: tuple[Attachment, ...]
    bounce: Bounce | None


def parse(data: bytes) -> Incoming:
    """Read a mail; what is malformed in it is read as far as it goes."""
    mail = email.message_from_bytes(data, EmailMessage, policy=email.policy.default)
    name, address = email.utils.parseaddr(_header(mail, "From"))
    whole = _text(mail)[:LONGEST_TEXT]
    answered = _ID.findall(_header(mail, "In-Reply-To"))
    earlier = list(reversed(_ID.findall(_header(mail, "References"))))
    return Incoming(
        message_id=next(iter(_ID.findall(_header(mail, "Message-ID"))), ""),
        thread=tuple(dict.fromkeys((*answered, *earlier))),
        sender=address.strip().lower(),
        sender_name=" ".join(name.split()),
        subject=" ".join(_header(mail, "Subject").split()),
        text=without_quotation(whole),
        whole=whole,
        automatic=_header(mail, "Auto-Submitted").lower().startswith("auto-") or _header(mail, "Precedence") == "bulk",
        attachments=tuple(_attachments(mail)),
        bounce=_bounce(mail),
    )


def without_quotation(text: str) -> str:
    """The words a person added: from the first sign of a quotation on, nothing; the whole text when nothing would be left."""
    lines = text.splitlines()
    kept: list[str] = []
    for number, line in enumerate(lines):
        after = lines[number + 1] if number + 1 < len(lines) else ""
        wrapped = _QUOTE.match(f"{line.strip()} {after.strip()}") if re.match(r"(?i)^(le|on) ", line) else None
        if _QUOTE.match(line.strip()) or wrapped or (_HEADER.match(line.strip()) and _HEADER_NEXT.match(after.strip())):
            if any(part.strip() for part in kept) or not line.startswith(">"):
                break
            continue
        kept.append(line.rstrip())
    said = re.sub(r"\n{3,}", "\n\n", "\n".join(kept)).strip()
    return said or text.strip()


def _header(mail: EmailMessage, name: str) -> str:
    """A header as text; a malformed one is empty rather than an error."""
    try:
        return str(mail.get(name) or "")
    except (ValueError, IndexError, AttributeError, TypeError):
        return ""


def _text(mail: EmailMessage) -> str:
    body = mail.get_body(("plain", "html")) if mail.get_content_type() != "multipart/report" else _first_text(mail)
    if body is None:
        return ""
    text = _content(body)
    return _from_html(text) if body.get_content_type() == "text/html" else text.replace("\r\n", "\n")


def _first_text(mail: EmailMessage) -> MIMEPart | None:
    return next((part for part in mail.walk() if part.get_content_type() == "text/plain"), None)


def _content(part: MIMEPart) -> str:
    try:
        return str(part.get_content())
    except (LookupError, UnicodeError, KeyError):
        payload = part.get_payload(decode=True)
        return payload.decode("latin-1") if isinstance(payload, bytes) else ""


def _from_html(text: str) -> str:
    """Words of an HTML mail: nothing of it is ever shown as HTML."""
    text = re.sub(r"(?is)<(script|style|head)\b.*?(</\1>|$)", " ", text)
    text = re.sub(r"(?is)<blockquote\b.*?(</blockquote>|$)", "\n> \n", text)
    text = re.sub(r"(?i)<(br|/p|/div|/tr|/li|/h\d)\b[^>]*>", "\n", text)
    bare = html.unescape(re.sub(r"(?s)<[^>]*>", " ", text))
    return "\n".join(" ".join(line.split()) for line in bare.splitlines())


def _attachments(mail: EmailMessage) -> list[Attachment]:
    """The files of a mail, also those shown inside it; a mail within the mail is a file too."""
    if mail.get_content_type() == "multipart/report":
        return []
    found = []
    for part in mail.iter_attachments() if mail.is_multipart() else ():
        name = str(part.get_filename() or "").replace("\\", "/").rsplit("/", 1)[-1].strip()
        kind = part.get_content_type()
        if kind == "message/rfc822":
            inner = part.get_payload(0)
            data = inner.as_bytes() if isinstance(inner, EmailMessage) else b""
        else:
            payload = part.get_payload(decode=True)
            data = payload if isinstance(payload, bytes) else b""
        if data:
            found.append(Attachment(name or kind.replace("/", "."), kind, data))
    return found


def _bounce(mail: EmailMessage) -> Bounce | None:
    """The first recipient of a delivery status notification (RFC 3464) that failed, else the first one."""
    if mail.get_content_type() != "multipart/report":
        return None
    status = next((part for part in mail.walk() if part.get_content_type() == "message/delivery-status"), None)
    if status is None:
        return None
    blocks = [block for block in status.get_payload() if hasattr(block, "get") and block.get("Final-Recipient")]
    found = [_recipient(block, _original(mail)) for block in blocks]
    return next((one for one in found if one.failed), found[0] if found else None)


def _recipient(block: object, original: str) -> Bounce:
    def said(name: str) -> str:
        return " ".join(str(block.get(name) or "").split())  # type: ignore[attr-defined]

    recipient = (said("Original-Recipient") or said("Final-Recipient")).partition(";")[2].strip().lower()
    reason = said("Diagnostic-Code").partition(";")[2].strip() or said("Status")
    return Bounce(recipient.strip("<>"), said("Action").lower() == "failed", said("Status"), reason, original)


def _original(mail: EmailMessage) -> str:
    """The Message-ID of the mail that came back, from its copy or from its headers alone."""
    for part in mail.walk():
        if part.get_content_type() == "message/rfc822":
            inner = part.get_payload(0)
            return _id_of(inner) if isinstance(inner, EmailMessage) else ""
        if part.get_content_type() == "text/rfc822-headers":
            return _id_of(email.message_from_string(str(part.get_payload()), EmailMessage))
    return ""


def _id_of(mail: EmailMessage) -> str:
    return next(iter(_ID.findall(str(mail.get("Message-ID") or ""))), "")
