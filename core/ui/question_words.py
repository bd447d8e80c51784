"""The words for questions to a creditor, their state and the clock of a dispute. Draws nothing and decides no state."""

from __future__ import annotations

import datetime as dt

from core.i18n import Texts
from core.services import questions, stop_words
from core.services.creditor_contacts import CreditorContact
from core.services.dispute_papers import Clock
from core.services.disputes import Dispute
from core.services.questions import Question
from core.ui import outcome_labels


def kind(t: Texts, code: str) -> str:
    """A kind of question."""
    return stop_words.question_kind(t, code)


def department(t: Texts, code: str) -> str:
    """A department of the creditor."""
    return stop_words.department(t, code)


def contact(t: Texts, one: CreditorContact) -> str:
    """A person of the creditor, for a list: name, department, how to reach them."""
    return f"{one.name} — {department(t, one.department)}, {one.email or one.phone}"


def dispute(t: Texts, one: Dispute) -> str:
    """A dispute, for a list."""
    about = t("Debt {ref}", ref=one.debt_ref) if one.debt_ref else t("The whole case")
    return f"{outcome_labels.dispute(t, one.kind)} — {about}"


def labels(t: Texts) -> dict[str, str]:
    """The label of each field of a question, for the form and for refusals."""
    return {
        "kind": t("What is asked"),
        "dispute": t("About the dispute"),
        "debt": t("What it is about"),
        "contact": t("Who is asked"),
        "subject": t("Subject"),
        "text": t("Text"),
        "due_on": t("Answer awaited by"),
        "by": t("How it leaves"),
    }


def by(t: Texts, code: str) -> str:
    """How a question leaves."""
    return {"email": t("By e-mail, now"), "hand": t("I have sent it myself"), "later": t("Keep it, to be sent later")}[
        code
    ]


def waiting(t: Texts, one: Question, today: dt.date) -> tuple[str, bool]:
    """Since when a question waits and until when, in one sentence; whether it is late."""
    state = questions.state_of(one, today)
    name = t("{ref}, {kind}", ref=one.ref, kind=kind(t, one.kind))
    if state == "to_send":
        return t("{what}: not sent yet, asked on {day}", what=name, day=t.date(one.asked_on)), True
    if state == "leaving":
        return t("{what}: in the outbox", what=name), False
    since = t.n(
        "{what}: waits for the creditor since {day} ({n} working day), due on {due}",
        "{what}: waits for the creditor since {day} ({n} working days), due on {due}",
        questions.waited(one, today),
        what=name,
        day=t.date(one.sent_on),
        due=t.date(one.due_on),
    )
    reminded = t.n(", {n} reminder", ", {n} reminders", one.chases) if one.chases else ""
    return since + reminded, state == "late"


def clock(t: Texts, one: Clock) -> tuple[str, bool]:
    """How long a dispute waits, in one sentence; whether it is late."""
    if one.state == "done":
        return "", False
    by_day = t.date(one.by)
    if one.late and one.state == "to_send":
        return t.n(
            "Dispute to be sent to the creditor: {n} working day late",
            "Dispute to be sent to the creditor: {n} working days late",
            one.late,
        ), True
    if one.state == "to_send":
        return t("Dispute to be sent to the creditor by {day}", day=by_day), False
    if one.late:
        return t.n(
            "Dispute: the creditor's answer was due on {day}, {n} working day ago",
            "Dispute: the creditor's answer was due on {day}, {n} working days ago",
            one.late,
            day=by_day,
        ), True
    return t.n(
        "Dispute: waits for the creditor since {since} ({n} working day), due on {day}",
        "Dispute: waits for the creditor since {since} ({n} working days), due on {day}",
        one.days,
        since=t.date(one.since),
        day=by_day,
    ), False
