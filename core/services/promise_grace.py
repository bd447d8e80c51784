"""How many days after its day a promise is still waited for: the house's, or those of a mandate. Judges no promise."""

from __future__ import annotations

from dataclasses import replace

from core.law.results import ResultCode
from core.services.contact_record import result_named
from core.store import creditors
from core.store.unit import Reader

PROMISED = "PRO"  # the result code whose next action and delay follow a promise
MANDATE_KEY = "promise_grace"  # of a mandate's policy


def of_house(reader: Reader) -> int:
    """The days of the house: the delay after which the result of a promise has it checked (services/result_codes)."""
    return result_named(reader, PROMISED).next_action.days


def of_mandate(reader: Reader, creditor_id: int, day: str) -> int | None:
    """The days that the creditor's mandate in force on a day gives; None where it follows the house."""
    return creditors.grace_given(reader, creditor_id, day)


def ruled(reader: Reader, rule: ResultCode, creditor_id: int, day: str) -> ResultCode:
    """A result as the creditor's mandate has it: after a promise, the check waits the days that the mandate gives."""
    given = of_mandate(reader, creditor_id, day) if rule.code == PROMISED else None
    return rule if given is None else replace(rule, next_action=replace(rule.next_action, days=given))
