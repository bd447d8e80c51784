"""The words for the texts of scenarios and for what the journal says of them. Holds no rule."""

from __future__ import annotations

from core.domain.messages import Message, msg
from core.i18n import Texts

TEXTS: dict[str, Message] = {
    "first_letter": msg("First letter (R. 124-4)"),
    "reminder_gentle": msg("Reminder, measured"),
    "reminder_firm": msg("Reminder, firm"),
    "formal_notice": msg("Formal notice"),
    "email_reminder": msg("Reminder by e-mail"),
    "sms_reminder": msg("Reminder by SMS"),
    "call": msg("Call"),
}


def text(t: Texts, template: str) -> str:
    """A kind of text of a step."""
    found = TEXTS.get(template)
    return t.render(found) if found else template
