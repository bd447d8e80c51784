"""Finds what customers still owe in the 411 lines of a ledger, and explains each net amount. Reads no file."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

Rule = Literal["same-reference", "oldest-first"]


@dataclass(frozen=True, slots=True)
class CustomerLine:
    """One line of a 411 account. Amounts in cents; `date` is the entry's, `piece_date` the invoice's when it is known."""

    line: int
    journal: str
    number: str
    account: str
    sub_account: str
    name: str
    date: dt.date | None
    piece_date: dt.date | None
    reference: str
    label: str
    debit: int
    credit: int
    letter: str

    @property
    def amount(self) -> int:
        """Debit less credit: more than zero is owed by the customer."""
        return self.debit - self.credit


@dataclass(frozen=True, slots=True)
class Reduction:
    """What a credit line (payment, credit note) takes off an item, and by which rule."""

    line: int
    date: dt.date | None
    reference: str
    amount: int
    rule: Rule


@dataclass(frozen=True, slots=True)
class OpenItem:
    """A debit that is not settled: `amount` = `original` less the `reductions`, always more than zero.

    `date` is the piece's date, or the entry's when the piece has none. `debt_ref` names the debt once in the file.
    """

    account: str
    sub_account: str
    name: str
    date: dt.date | None
    reference: str
    label: str
    original: int
    amount: int
    line: int
    debt_ref: str
    reductions: tuple[Reduction, ...] = ()


@dataclass(frozen=True, slots=True)
class AccountBalance:
    """The balance in cents of one customer: account and sub-account."""

    account: str
    sub_account: str
    name: str
    balance: int


@dataclass(frozen=True, slots=True)
class Customer:
    """The customer side of a ledger (accounts 411*), in cents.

    Unlettered means: the lettering column is empty. A lettering group is an account, a sub-account and a letter; one that
    does not come to zero is not trusted: it is counted in `letterings_not_balanced` and its lines stay open.
    """

    lines: int
    debit: int
    credit: int
    unlettered_lines: int
    unlettered_debit: int
    unlettered_credit: int
    letterings: int
    letterings_not_balanced: int
    balances: tuple[AccountBalance, ...]

    @property
    def accounts(self) -> int:
        """How many customers: pairs of account and sub-account."""
        return len(self.balances)

    @property
    def balance(self) -> int:
        """Debit less credit."""
        return self.debit - self.credit

    @property
    def unlettered_balance(self) -> int:
        """Debit less credit of the lines without a letter."""
        return self.unlettered_debit - self.unlettered_credit

    @property
    def in_credit(self) -> tuple[AccountBalance, ...]:
        """The customers to whom money is owed: they give no open item, and a person must look at them."""
        return tuple(one for one in self.balances if one.balance < 0)


def customer_side(lines: Sequence[CustomerLine]) -> tuple[Customer, tuple[OpenItem, ...]]:
    """The customer totals and the open items, sorted by account, sub-account, date and line.

    Invariant: the items of an account and sub-account sum to its balance when it is a debit, and there is none otherwise;
    a group that balances takes nothing away from it, so all items together sum to all debit balances.
    """
    accounts: dict[tuple[str, str], list[CustomerLine]] = defaultdict(list)
    for line in lines:
        accounts[line.account, line.sub_account].append(line)
    names = _debt_refs(lines)
    balances, items = [], []
    letterings = unbalanced = 0
    for (account, sub_account), own in sorted(accounts.items()):
        groups = _letterings(own)
        settled = {letter for letter, total in groups.items() if total == 0}
        letterings += len(groups)
        unbalanced += len(groups) - len(settled)
        balances.append(AccountBalance(account, sub_account, own[-1].name, sum(line.amount for line in own)))
        items += open_items([line for line in own if line.letter not in settled], names)
    unlettered = [line for line in lines if not line.letter]
    customer = Customer(
        lines=len(lines),
        debit=sum(line.debit for line in lines),
        credit=sum(line.credit for line in lines),
        unlettered_lines=len(unlettered),
        unlettered_debit=sum(line.debit for line in unlettered),
        unlettered_credit=sum(line.credit for line in unlettered),
        letterings=letterings,
        letterings_not_balanced=unbalanced,
        balances=tuple(balances),
    )
    return customer, tuple(items)


def open_items(lines: Iterable[CustomerLine], debt_refs: dict[int, str]) -> list[OpenItem]:
    """The net open items of one account and sub-account, from its lines that no balanced lettering settles.

    A credit first takes off the debits with its own piece reference, then what is left of the credits takes off the oldest
    debits (article 1342-10 of the civil code: absent a choice by the debtor, the oldest debt, at equal interest). Debits
    and credits are taken by entry date then line, so the same file always gives the same items. A negative debit counts as
    a credit, a negative credit as a debit.
    """
    ordered = sorted(lines, key=_age)
    debits = [line for line in ordered if line.amount > 0]
    left = {line.line: line.amount for line in debits}
    reductions: dict[int, list[Reduction]] = defaultdict(list)
    youngest_first = debits[::-1]
    by_reference: dict[str, list[CustomerLine]] = defaultdict(list)
    for line in youngest_first:
        by_reference[line.reference].append(line)
    rest = []
    for credit in (line for line in ordered if line.amount < 0):
        same = by_reference.get(credit.reference, []) if credit.reference else []
        rest.append((credit, _take(credit, -credit.amount, same, left, reductions, "same-reference")))
    for credit, unused in rest:
        _take(credit, unused, youngest_first, left, reductions, "oldest-first")
    return [_item(line, left[line.line], reductions[line.line], debt_refs) for line in debits if left[line.line]]


def _take(
    credit: CustomerLine,
    available: int,
    debits: list[CustomerLine],
    left: dict[int, int],
    reductions: dict[int, list[Reduction]],
    rule: Rule,
) -> int:
    """Takes `available` cents of `credit` off the last of `debits`, dropping those that are paid; the cents left over."""
    while available and debits:
        debit = debits[-1]
        taken = min(available, left[debit.line])
        if taken:
            left[debit.line] -= taken
            available -= taken
            reductions[debit.line].append(Reduction(credit.line, credit.date, credit.reference, taken, rule))
        if not left[debit.line]:
            debits.pop()
    return available


def _item(line: CustomerLine, left: int, reductions: list[Reduction], debt_refs: dict[int, str]) -> OpenItem:
    return OpenItem(
        account=line.account,
        sub_account=line.sub_account,
        name=line.name,
        date=line.piece_date or line.date,
        reference=line.reference,
        label=line.label,
        original=line.amount,
        amount=left,
        line=line.line,
        debt_ref=debt_refs[line.line],
        reductions=tuple(reductions),
    )


def _letterings(lines: Iterable[CustomerLine]) -> dict[str, int]:
    """The total of each letter of one account and sub-account. Case counts: small letters often mean a partial match."""
    totals: dict[str, int] = defaultdict(int)
    for line in lines:
        if line.letter:
            totals[line.letter] += line.amount
    return totals


def _age(line: CustomerLine) -> tuple[dt.date, int]:
    return line.date or dt.date.min, line.line


def _debt_refs(lines: Iterable[CustomerLine]) -> dict[int, str]:
    """A name for each customer debit, by line, unique in the file and stable when later entries are added to it.

    The oldest debit with a piece reference keeps it; another one with the same reference (some programs write the journal
    and month there) adds its entry number, or its date when entries are not numbered; then a rank.
    """
    given: dict[int, str] = {}
    ranks: dict[str, int] = {}
    used: set[str] = set()
    for line in sorted((line for line in lines if line.amount > 0), key=_age):
        number = line.number if line.number.strip("0") else f"{line.date or ''}"
        base = " ".join(line.reference.split()) or f"{line.journal}-{number}"
        name = base if base not in used else f"{base}-{number}"
        stem = name
        while name in used:
            ranks[stem] = ranks.get(stem, 1) + 1
            name = f"{stem}-{ranks[stem]}"
        used.add(name)
        given[line.line] = name
    return given
