"""Refusals that several services give. Checks nothing."""

from __future__ import annotations

from core.domain.messages import Message, Problem, Refusal, choice_unknown, msg, refuse


def no_case(case_id: int) -> Refusal:
    """The Refusal for a case number that does not exist here."""
    return refuse(
        "case-unknown",
        msg("There is no case number {given} here.", given=case_id),
        msg("Go back to the queue and open the case from there."),
        field="case",
        value=str(case_id),
    )


def no_creditor(creditor_id: int) -> Refusal:
    """The Refusal for a creditor's number that does not exist here."""
    return refuse(
        "creditor-unknown",
        msg("There is no such creditor here."),
        msg("Choose one of the list."),
        field="creditor",
        value=str(creditor_id),
    )


def no_mandate(mandate_id: int) -> Refusal:
    """The Refusal for a mandate's number that does not exist here."""
    return refuse(
        "mandate-unknown",
        msg("There is no such mandate here."),
        msg("Choose one of the creditor's list."),
        field="mandate",
        value=str(mandate_id),
    )


def no_debt(debt_id: int) -> Refusal:
    """The Refusal for a debt's number that does not exist here."""
    return refuse(
        "debt-unknown",
        msg("There is no such debt here."),
        msg("Open the case again and choose a debt of the list."),
        field="debt",
        value=str(debt_id),
    )


def debt_elsewhere(debt_id: int) -> Refusal:
    """The Refusal for a debt of another case."""
    return refuse(
        "debt-elsewhere",
        msg("This debt is not one of this case."),
        msg("Open the case again and choose a debt of the list."),
        field="debt",
        value=str(debt_id),
    )


def already_corrected() -> Refusal:
    """The Refusal for an entry that a newer one corrects."""
    return refuse(
        "already-corrected",
        msg("This entry was corrected already."),
        msg("Correct the newer entry instead."),
        field="corrects",
    )


def unknown_choice(field: str, given: str) -> Refusal:
    """The Refusal of a value that no list offers."""
    return Refusal(choice_unknown(field, given))


def empty_field(field: str) -> Problem:
    """The Problem of a field that cannot stay empty."""
    return Problem(
        "field-empty",
        msg("This field cannot stay empty."),
        msg("Type it; everything else you typed is kept."),
        field=field,
    )


def problem(code: str, reason: Message, remedy: Message, field: str, value: object = "") -> Problem:
    """The Problem of a field with what was given, whatever it is."""
    return Problem(code, reason, remedy, field=field, value=str(value))
