"""Refusals that several services give. Checks nothing."""

from __future__ import annotations

from core.domain.messages import Refusal, msg, refuse


def no_case(case_id: int) -> Refusal:
    """The Refusal for a case number that does not exist here."""
    return refuse(
        "case-unknown",
        msg("There is no case number {given} here.", given=case_id),
        msg("Go back to the queue and open the case from there."),
        field="case",
        value=str(case_id),
    )
