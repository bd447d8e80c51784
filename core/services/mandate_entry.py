"""A mandate as typed, and what is wrong in it. Keeps nothing and judges no clause."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import asdict, dataclass
from decimal import Decimal

from core.domain.claims import ACCESSORIES, ORDERS, Claims
from core.domain.contact_policy import CAPS, HOURS
from core.domain.dates import not_after
from core.domain.messages import Problem, Refusal, choice_unknown, msg, refuse
from core.services.refusals import empty_field

ACCOUNTS = ("agency", "creditor")  # whose account the debtor pays to
PERCENT = re.compile(r"\d{1,3}(\.\d{1,2})?", re.ASCII)
LIMITS = {  # days, monthly instalments: the store's own bounds; days of grace of a promise
    "remittance_days": (0, 366), "max_instalments": (0, 120), "promise_grace": (0, 60),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class MandateEntry:
    """A mandate as typed; dates None when unknown; `interest`, `indemnity`, `penalty` are the accessories the creditor asks for;
    `pay_to` whose account letters give: the agency's for creditors' funds, or the creditor's own (R.124-4 4°).

    From `weekdays` on, what of the agency's contact policy the mandate narrows; empty follows the agency.
    """

    ref: str
    signed_on: dt.date | None = None
    starts_on: dt.date | None = None
    ends_on: dt.date | None = None
    power_to_receive: bool = False
    basis: str = ""
    amounts: str = ""
    guarantee: str = ""
    fee_terms: str = ""
    remittance_terms: str = ""
    remittance_days: int | None = None
    max_instalments: int | None = None
    max_discount: str = ""
    interest: bool = False
    indemnity: bool = False
    penalty: bool = False
    order: str = "law"
    pay_to: str = "agency"
    weekdays: str = ""
    saturday: str = ""
    sunday: str = ""
    attempts_per_day: int | None = None
    answered_per_day: int | None = None
    answered_per_month: int | None = None
    contacts_per_week: int | None = None
    promise_grace: int | None = None  # days a promise is waited for after its day; None: the house's


def checked_mandate(entry: MandateEntry, today: dt.date) -> dict[str, object]:
    """The columns of a mandate, its policy apart; every wrong field is refused together."""
    values: dict[str, object] = {k: v.strip() if isinstance(v, str) else v for k, v in asdict(entry).items()}
    problems = [empty_field("ref")] if not values["ref"] else []
    start = entry.starts_on or entry.signed_on
    if start and entry.ends_on and entry.ends_on < start:
        problems.append(
            Problem(
                "dates-crossed",
                msg("The mandate would end ({end}) before it starts ({start}).", end=entry.ends_on, start=start),
                msg("Check both days."),
                field="ends_on",
                value=entry.ends_on.isoformat(),
            )
        )
    for name, (lowest, highest) in LIMITS.items():
        given = values[name]
        if isinstance(given, int) and not lowest <= given <= highest:
            problems.append(
                Problem(
                    "out-of-bounds",
                    msg("{given} is not between {lowest} and {highest}.", given=given, lowest=lowest, highest=highest),
                    msg("Type a number within these bounds, or leave it empty."),
                    field=name,
                    value=str(given),
                )
            )
    try:
        if entry.signed_on:
            not_after(entry.signed_on, today, field="signed_on")
        values["max_discount"] = _percent(entry.max_discount) if entry.max_discount.strip() else ""
    except Refusal as refusal:
        problems.extend(refusal.problems)
    if entry.order not in ORDERS:
        problems.append(choice_unknown("order", entry.order))
    if entry.pay_to not in ACCOUNTS:
        problems.append(choice_unknown("pay_to", entry.pay_to))
    if problems:
        raise Refusal(*problems)
    values["power_to_receive"] = int(entry.power_to_receive)
    for name in (*ACCESSORIES, "order", "pay_to", *HOURS, *CAPS, "promise_grace"):
        values.pop(name)
    return {k: v.isoformat() if isinstance(v, dt.date) else v for k, v in values.items()}


def claims_asked(entry: MandateEntry) -> Claims:
    """The accessories asked for."""
    return Claims(entry.interest, entry.indemnity, entry.penalty, entry.order)


def _percent(text: str) -> str:
    plain = text.strip().removesuffix("%").strip().replace(",", ".")
    if not PERCENT.fullmatch(plain) or Decimal(plain) > 100:
        raise refuse(
            "percent-unreadable",
            msg("“{given}” is not a percentage.", given=text),
            msg("Type a number from 0 to 100, for example 15 or 12,5."),
            field="max_discount",
            value=text,
        )
    return plain
