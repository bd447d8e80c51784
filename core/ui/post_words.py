"""The words for messages that leave and come: states, kinds, fields. Decides nothing."""

from __future__ import annotations

from core.i18n import Texts


def state(t: Texts, code: str) -> str:
    """How a message stands."""
    return {
        "ready": t("to leave"),
        "sending": t("leaving now"),
        "doubtful": t("perhaps left"),
        "sent": t("sent"),
        "delivered": t("delivered"),
        "failed": t("not sent"),
        "returned": t("came back"),
        "cancelled": t("given up"),
    }.get(code, code)


COLOURS = {
    "ready": "blue", "sending": "blue", "doubtful": "orange", "sent": "green", "delivered": "green", "failed": "red", "returned": "red",
    "cancelled": "gray",
}  # fmt: skip


def arrival(t: Texts, kind: str) -> str:
    """What came."""
    return {
        "reply": t("E-mail"),
        "bounce": t("E-mail that came back"),
        "automatic": t("Automatic answer"),
        "scan": t("Scanned post"),
        "too_large": t("E-mail too large to be fetched: open it in the mailbox"),
    }.get(kind, kind)


def settings(t: Texts) -> dict[str, str]:
    """The label of each field of the settings, for the form and for refusals."""
    return {
        "smtp_host": t("Outgoing server (SMTP)"),
        "smtp_port": t("Port"),
        "smtp_security": t("Encryption"),
        "smtp_user": t("User"),
        "smtp_secret": t("Where the password is"),
        "sender": t("Sender's address"),
        "sender_name": t("Sender's name"),
        "reply_to": t("Address for replies"),
        "authority": t("Certificate of the house's own authority (path)"),
        "imap_host": t("Incoming server (IMAP)"),
        "imap_port": t("Port"),
        "imap_security": t("Encryption"),
        "imap_user": t("User"),
        "imap_secret": t("Where the password is"),
        "imap_folder": t("Folder"),
        "imap_mark_read": t("Mark as read what was taken"),
        "sms_url": t("Address of the gateway"),
        "sms_method": t("Method"),
        "sms_form": t("Form of the request"),
        "sms_template": t("Template, with {to}, {text}, {sender}, {key}"),
        "sms_header": t("Header of the key"),
        "sms_secret": t("Where the key is"),
        "sms_sender": t("Sender shown"),
        "sms_id_path": t("Where the answer holds its number"),
        "sms_report_url": t("Address of delivery reports, with {id}"),
        "sms_state_path": t("Where a report holds the state"),
        "sms_reason_path": t("Where a report holds the reason"),
        "try_number": t("Your own mobile number"),
        "channel": t("Channel"),
    }


def security(t: Texts, code: str) -> str:
    """A kind of encryption."""
    return {"starttls": "STARTTLS", "tls": t("TLS from the start"), "none": t("None (this computer only)")}.get(
        code, code
    )


def message(t: Texts) -> dict[str, str]:
    """The label of each field of a message."""
    return {
        "channel": t("Channel"),
        "contact_point": t("Recipient"),
        "subject": t("Subject"),
        "text": t("Text"),
        "documents": t("Documents to attach"),
        "case": t("Case"),
        "scan": t("Scanned post (PDF, PNG or JPEG, 20 MB at most)"),
    }
