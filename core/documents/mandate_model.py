"""The collection mandate (convention de recouvrement) as a frozen model, and what it still lacks. Draws nothing.

Sources: code des procédures civiles d'exécution, articles R.124-3 (written agreement, power to receive, items 1° to 4°)
and R.124-2 (insurance, account kept for creditors' funds, declaration to the public prosecutor).
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from core.documents.parties import Agency, Person
from core.domain.claims import Claims
from core.domain.messages import Message, msg

NOTHING_CLAIMED = Claims()


@dataclass(frozen=True, slots=True)
class Amounts:
    """Sums due, each element apart (R.124-3, 1°), in cents; `total` is the sum of the three others."""

    principal: int
    interest: int
    other: int
    total: int

    def __post_init__(self) -> None:
        """Parts that do not make the total, or a negative part, are refused."""
        if min(self.principal, self.interest, self.other) < 0:
            raise ValueError("an amount of the mandate is negative")
        if self.principal + self.interest + self.other != self.total:
            raise ValueError("principal, interest and other do not make the total of the mandate's amounts")


@dataclass(frozen=True, slots=True)
class MandateDebt:
    """One debt entrusted: what it rests on and what is due."""

    reference: str
    basis: str  # "Invoice of 14/02/2026, supply of electricity"
    debtor: str
    due_on: dt.date | None
    amounts: Amounts


@dataclass(frozen=True, slots=True)
class Insurance:
    """The guarantee given to the creditor: who insures, under which policy, until when, on which conditions."""

    insurer: str = ""
    policy_number: str = ""
    expires_on: dt.date | None = None
    terms: str = ""  # ceiling, excess, what is covered, as typed


@dataclass(frozen=True, slots=True)
class FeeLine:
    """How one part of the remuneration is determined, as typed: "Debts under six months": "12 % excl. VAT of the sums cashed"."""

    label: str
    terms: str


@dataclass(frozen=True, slots=True)
class Mandate:
    """Everything a collection mandate says. An empty fact is printed as a place to fill and told by `missing_items`."""

    number: str
    drawn_on: dt.date
    created_at: dt.datetime  # with its time zone: the date written in the file, part of its bytes
    agency: Agency
    creditor: Person
    power_to_receive: bool = False
    basis: str = ""  # what the sums rest on, when the debts are not listed or in addition to the list
    amounts: Amounts | None = None
    amounts_note: str = ""  # "as listed in each placement slip": a framework agreement without amounts of its own
    claims: Claims = NOTHING_CLAIMED  # accessories asked for beyond what each placement lists
    debts: tuple[MandateDebt, ...] = ()
    insurance: Insurance = Insurance()
    fees: tuple[FeeLine, ...] = ()
    remittance: str = ""
    client_account: str = ""  # bank and IBAN of the account kept for creditors' funds
    declared_on: dt.date | None = None
    declared_to: str = ""  # "procureur de la République près le tribunal judiciaire de Lyon"
    max_instalments: int = 0  # months of a plan the agency may grant alone; 0: none
    max_discount: Decimal = Decimal(0)  # percent the agency may waive alone; 0: none
    other_powers: tuple[str, ...] = ()
    term: str = ""  # duration, renewal, end
    agency_signatory: str = ""
    creditor_signatory: str = ""
    signed_at: str = ""  # place
    signed_on: dt.date | None = None

    def __post_init__(self) -> None:
        """The debts listed make the amounts; powers are not negative and no discount exceeds the debt."""
        listed = [debt.amounts for debt in self.debts]
        if self.amounts and listed:
            sums = tuple(sum(parts) for parts in zip(*map(_parts, listed), strict=True))
            if sums != _parts(self.amounts):
                raise ValueError(f"mandate {self.number}: the debts listed do not add up to the amounts stated")
        if listed and not self.amounts:
            raise ValueError(f"mandate {self.number}: debts are listed without their summed amounts")
        if self.max_instalments < 0 or not 0 <= self.max_discount <= 100:
            raise ValueError(f"mandate {self.number}: instalments from 0, discount from 0 to 100 percent")


def _parts(amounts: Amounts) -> tuple[int, int, int, int]:
    return amounts.principal, amounts.interest, amounts.other, amounts.total


def missing_items(model: Mandate) -> tuple[Message, ...]:
    """What R.124-3 or R.124-2 requires and the model does not say, in the order of the articles."""
    insurance, drawn = model.insurance, model.drawn_on
    expired = insurance.expires_on is not None and insurance.expires_on < drawn
    checks = (
        (
            not model.power_to_receive,
            msg("The power to receive payment on the creditor's behalf is not given (article R. 124-3)."),
        ),
        (not (model.basis or model.debts), msg("The basis of the sums due is missing (article R. 124-3, 1°).")),
        (
            not (model.amounts or model.amounts_note),
            msg("The amounts due, each element apart, are missing (article R. 124-3, 1°)."),
        ),
        (not insurance.insurer, msg("The insurer is missing (articles R. 124-3, 2° and R. 124-2).")),
        (
            not insurance.policy_number,
            msg("The number of the insurance policy is missing (articles R. 124-3, 2° and R. 124-2)."),
        ),
        (
            not insurance.expires_on,
            msg("The end of the insurance cover is missing (articles R. 124-3, 2° and R. 124-2)."),
        ),
        (
            expired,
            msg(
                "The insurance cover ended on {end}, before the mandate of {drawn} (articles R. 124-3, 2° and R. 124-2).",
                end=insurance.expires_on,
                drawn=drawn,
            ),
        ),
        (not insurance.terms, msg("The conditions and terms of the guarantee are missing (article R. 124-3, 2°).")),
        (not model.fees, msg("How the remuneration is determined is missing (article R. 124-3, 3°).")),
        (not model.remittance, msg("The conditions of remittance of the funds are missing (article R. 124-3, 4°).")),
        (not model.client_account, msg("The account kept for creditors' funds is missing (article R. 124-2).")),
        (
            not (model.declared_on and model.declared_to),
            msg("The declaration to the public prosecutor, its date or its court, is missing (article R. 124-2)."),
        ),
    )
    return tuple(message for lacking, message in checks if lacking)
