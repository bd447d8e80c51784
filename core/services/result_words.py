"""The words for results, next actions and facts, from the data of results and the catalogue. Holds no rule."""

from __future__ import annotations

from collections.abc import Mapping

from core.domain.messages import Label, Message, msg
from core.domain.outcomes import Outcome
from core.i18n import Texts
from core.law.results import load_actions
from core.services import result_codes
from core.store.unit import Reader

# next actions that no result code gives
OWN_ACTIONS = (
    "first_letter", "post_letter", "first_call", "check_and_close", "creditor_answer", "credit_note", "review_hold",
    "proceeding_step", "promise_broken", "read_answer", "answer_reply", "message_failed", "reminder_call", "send_reminder",
)  # fmt: skip


def action_label(t: Texts, kind: str) -> str:
    """The words for a next action."""
    own = {
        "first_letter": t("Send the first letter"),
        "post_letter": t("Post the letter"),
        "first_call": t("First call"),
        "check_and_close": t("Check, then close"),
        "deadline": t("Time limit of a proceeding"),
        "proceeding_step": t("Next step of the proceeding"),
        "answer_reply": t("Answer the reply"),
        "message_failed": t("Message not sent: see why"),
        "creditor_answer": t("Chase the creditor's answer"),
        "credit_note": t("Have the credit note or the withdrawal made"),
        "promise_broken": t("Call: the promise was not kept"),
        "read_answer": t("Read the creditor's answer"),
        "review_hold": t("See whether the stop still stands"),
        "reminder_call": t("Call, step of the scenario"),
        "send_reminder": t("Send by hand, step of the scenario"),
        "review_fragile": t("Review the fragile path"),
        "appointment": t("Appointment, and its report the same day"),
        "end_tracing": t("Conclude the tracing"),
    }
    if kind in own:
        return own[kind]
    found = load_actions().get(kind)
    return found.of(t.lang) if found else kind


def action_kinds() -> tuple[str, ...]:
    """Every next action a person may choose: the program's own, then all that a result may be given (services/result_edit)."""
    return (*OWN_ACTIONS, *(kind for kind in load_actions() if kind != "close"))


def labels(reader: Reader) -> Mapping[str, Label]:
    """The words of every result as this agency has them, those no longer offered too."""
    return {one.code: one.label for one in result_codes.known(reader)}


def result_label(t: Texts, code: str, known: Mapping[str, Label]) -> str:
    """The words for a result code, of `labels`; the code itself when it is unknown."""
    return known[code].of(t.lang) if code in known else code


def foreseen_lines(t: Texts, found: Outcome) -> tuple[Message, ...]:
    """What will be written, as sentences for the preview."""
    lines: list[Message] = []
    if found.promise:
        lines.append(msg("Promise recorded for {day}.", day=found.promise[1]))
    if found.hold and found.hold_until:
        lines.append(msg("Contacts stop until {day}.", day=found.hold_until))
    elif found.hold:
        lines.append(msg("Contacts stop until someone lifts the hold."))
    if found.validity == "invalid":
        lines.append(msg("The contact point used is marked wrong."))
    if found.closing:
        lines.append(
            msg("The end of the case is asked: it closes at once where you decide alone and nothing else is open.")
        )
    elif found.next_on:
        lines.append(msg("Next action: {action}, {day}.", action=action_label(t, found.next_kind), day=found.next_on))
    return tuple(lines)


def need_label(t: Texts, need: str) -> str:
    """The words for a fact that a result asks for."""
    return {
        "amount": t("Amount"),
        "date": t("Day"),
        "means": t("Means of payment"),
        "hour": t("Hour"),
        "reason": t("Reason"),
        "note": t("Note"),
        "name": t("Name"),
        "proof": t("Proof announced"),
        "plan": t("Plan agreed"),
        "documents": t("Documents asked for"),
        "court": t("Court"),
        "procedure": t("Procedure"),
        "steps": t("Steps done"),
    }[need]
