"""How a reason for non-payment is kept from a contact, and what is refused of one. Opens no unit."""

from __future__ import annotations

import datetime as dt

from core.domain.messages import Problem, Refusal, choice_unknown, msg
from core.law.reasons import ReasonKind, load_reasons
from core.services import note_filter
from core.store import nonpayment
from core.store.unit import Unit

CAUSE, FACTS = "cause", "cause_facts"  # fields of the form


def asks(result: str) -> bool:
    """Whether a result of a contact asks for the reason."""
    return result in load_reasons().asked_by


def default(result: str) -> str:
    """The reason kept when nobody chose one for a result; empty for none."""
    return load_reasons().asked_by.get(result, "")


def checked(code: str, facts: str) -> ReasonKind:
    """The kind of a reason with its facts; raises Refusal on "cause" or "cause_facts"."""
    kind = load_reasons().named(code)
    if not code:
        raise Refusal(
            Problem(
                "fact-missing",
                msg("This result is not complete without it."),
                msg("Choose the reason, “unknown” if the person did not say."),
                field=CAUSE,
            )
        )
    if kind is None:
        raise Refusal(choice_unknown(CAUSE, code))
    if kind.facts and not facts.strip():
        raise Refusal(
            Problem(
                "reason-facts",
                msg("Bad faith is only an allegation: without dated facts nobody can answer it."),
                msg("Type the facts and their dates, or choose another reason."),
                field=FACTS,
            )
        )
    note_filter.check(facts, FACTS)
    return kind


def from_contact(
    unit: Unit, case_id: int, result: str, cause: str | None, facts: str, said_on: dt.date, interaction_id: int
) -> None:
    """Keep the reason that a contact gave; `cause` None where nobody was asked: the default of the result, or nothing.

    Raises Refusal "fact-missing", "choice-unknown", "reason-facts", "note-words". The person said it: the source is the debtor.
    """
    if not asks(result):
        return
    code = default(result) if cause is None else cause
    if cause is None and not code:
        return
    checked(code, facts)
    nonpayment.add(unit, case_id, code, "debtor", said_on.isoformat(), interaction_id, facts, None)
