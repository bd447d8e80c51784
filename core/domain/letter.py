"""A letter or message to the debtor after the first letter, whole, in the debtor's language. Checks nothing and draws nothing."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from core.domain.first_letter import Accessories, Account, Amounts, LetterDebt


@dataclass(frozen=True, slots=True)
class Part:
    """A paragraph, filled; or, with no text, what the program draws there: "claim", "account"."""

    name: str
    text: str = ""
    bold: bool = False


@dataclass(frozen=True, slots=True)
class Letter:
    """Everything a letter of a kind says; `pay` is the sum of the code to scan, in cents, 0 where nothing is to be paid.

    `first_reference` and `first_on` are those of the first letter, which it recalls (CPCE R.124-4, last paragraph).
    """

    kind: str
    reference: str
    dated: dt.date
    lang: str
    case_reference: str
    agency_name: str
    agency_address: tuple[str, ...]
    creditor_name: str
    creditor_address: tuple[str, ...]
    debtor_name: str
    debtor_address: tuple[str, ...]
    title: str
    parts: tuple[Part, ...]
    debts: tuple[LetterDebt, ...]
    amounts: Amounts
    account: Account
    pay: int
    signatory: str
    first_reference: str = ""
    first_on: dt.date | None = None
    registered: bool = False
    accessories: tuple[Accessories, ...] = ()
