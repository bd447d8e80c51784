"""The first letter to the debtor (CPCE R.124-4) as facts, and what it still lacks, rule by rule. Draws and sends nothing.

Each rule is a line of the checklist LET-01 to LET-12; a letter that fails one must not leave. Amounts are integer cents.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from core.domain.computation import Computation
from core.domain.interest import Segment
from core.domain.messages import Euro, Message, Problem, msg


@dataclass(frozen=True, slots=True)
class LetterDebt:
    """One debt as the letter claims it; cents, from the ledger by bucket. `nature` is in the letter's language."""

    ref: str
    nature: str
    issued_on: dt.date | None
    due_on: dt.date | None
    principal: int
    interest: int = 0
    indemnity: int = 0
    penalty: int = 0
    costs: int = 0  # collection costs: without an enforceable title they stay with the creditor (L.111-8)

    @property
    def total(self) -> int:
        """What is claimed for this debt, in cents."""
        return self.principal + self.interest + self.indemnity + self.penalty + self.costs


@dataclass(frozen=True, slots=True)
class Amounts:
    """The lines of the claim, each element on its own (R.124-4 3°), in cents, and the total as the letter prints it."""

    principal: int
    interest: int
    indemnity: int
    penalty: int
    costs: int
    total: int

    @property
    def parts(self) -> tuple[int, ...]:
        """The elements, without the total: principal, interest, indemnity, penalty, costs."""
        return (self.principal, self.interest, self.indemnity, self.penalty, self.costs)


@dataclass(frozen=True, slots=True)
class Accessories:
    """How the interest, indemnity and penalty that the letter claims on a debt were computed; `segments` are those of the interest."""

    ref: str
    figures: tuple[Computation, ...]
    segments: tuple[Segment, ...] = ()


@dataclass(frozen=True, slots=True)
class Account:
    """Where to pay: the account kept for creditors' funds, or the creditor's own."""

    holder: str
    iban: str
    bank: str = ""


@dataclass(frozen=True, slots=True)
class Wording:
    """The sentences of the letter, filled, in the debtor's language; `statute` is L.111-8 al. 2 and 3 as printed."""

    title: str
    activity: str
    opening: str
    interest_left_out: str
    demand: str
    payment: str
    talk: str
    consequences: str
    privacy: str
    statute_intro: str
    statute: str
    closing: str


@dataclass(frozen=True, slots=True)
class FirstLetter:
    """Everything the first letter says. `reference` is unique; `lang` is the debtor's language."""

    reference: str
    dated: dt.date | None
    lang: str
    case_reference: str
    agency_name: str
    agency_address: tuple[str, ...]
    creditor_name: str
    creditor_address: tuple[str, ...]
    debtor_name: str
    debtor_address: tuple[str, ...]
    debts: tuple[LetterDebt, ...]
    amounts: Amounts
    account: Account
    signatory: str
    words: Wording
    accessories: tuple[Accessories, ...] = ()


def rules() -> tuple[tuple[str, str, Message], ...]:
    """The checklist in its order: rule, article, what the letter must hold."""
    return (
        ("LET-01", "R. 124-4 1°", msg("Name of the agency")),
        ("LET-02", "R. 124-4 1°", msg("Address of the agency")),
        ("LET-03", "R. 124-4 1°", msg("Activity of amicable collection stated")),
        ("LET-04", "R. 124-4 2°", msg("Name of the creditor")),
        ("LET-05", "R. 124-4 2°", msg("Address of the creditor")),
        ("LET-06", "R. 124-4 3°", msg("Basis of each debt: nature, number, date")),
        ("LET-07", "R. 124-4 3°", msg("Principal, interest, indemnity and penalty each on its line, and their sum")),
        ("LET-08", "L. 111-8", msg("No collection costs claimed")),
        ("LET-09", "R. 124-4 4°", msg("Demand to pay")),
        ("LET-10", "R. 124-4 4°", msg("Ways to pay")),
        ("LET-11", "R. 124-4 5°", msg("Article L. 111-8, paragraphs 2 and 3, word for word")),
        ("LET-12", "R. 124-4", msg("Reference and date of its own")),
    )


def amounts_of(debts: tuple[LetterDebt, ...]) -> Amounts:
    """The claim of several debts, summed line by line, in cents."""
    return Amounts(
        sum(debt.principal for debt in debts),
        sum(debt.interest for debt in debts),
        sum(debt.indemnity for debt in debts),
        sum(debt.penalty for debt in debts),
        sum(debt.costs for debt in debts),
        sum(debt.total for debt in debts),
    )


def check(letter: FirstLetter, statute: str) -> tuple[Problem, ...]:
    """What LET-01 to LET-12 find missing, in their order; `statute` is L.111-8 al. 2 and 3 to be found word for word.

    A Problem's code is the rule ("LET-07"), its field the place to complete (agency, creditor, debts, texts, reference, debtor).
    Source: CPCE R.124-4 1° to 5° and last paragraph, L.111-8.
    """
    return (*_parties(letter), *_claim(letter), *_payment(letter), *_reproduced(letter, statute), *_addressee(letter))


def _problem(rule: str, article: str, what: Message, remedy: Message, field: str, value: str = "") -> Problem:
    reason = msg("{what} ({rule}, article {article}).", what=what, rule=rule, article=article)
    return Problem(rule, reason, remedy, field=field, value=value)


def _parties(letter: FirstLetter) -> Iterator[Problem]:
    """LET-01 to LET-05: who writes, what they do, for whom."""
    agency, creditor = msg("Complete the agency file in the settings."), msg("Complete the creditor's page.")
    first, second = "R. 124-4 1°", "R. 124-4 2°"
    if not letter.agency_name.strip():
        yield _problem("LET-01", first, msg("The agency's name is missing"), agency, "agency")
    if not any(line.strip() for line in letter.agency_address):
        yield _problem("LET-02", first, msg("The agency's address is missing"), agency, "agency")
    if not letter.words.activity.strip():
        what = msg("The sentence on the activity of amicable collection is missing")
        yield _problem("LET-03", first, what, _restore(), "texts")
    if not letter.creditor_name.strip():
        yield _problem("LET-04", second, msg("The creditor's name is missing"), creditor, "creditor")
    if not any(line.strip() for line in letter.creditor_address):
        yield _problem("LET-05", second, msg("The creditor's address is missing"), creditor, "creditor")


def _claim(letter: FirstLetter) -> Iterator[Problem]:
    """LET-06 to LET-08: what the debt rests on, its lines and their sum, no collection costs."""
    third, debts, amounts = "R. 124-4 3°", letter.debts, letter.amounts
    if not debts or amounts.total <= 0:
        nothing = msg("No debt remains to be claimed")
        yield _problem("LET-06", third, nothing, msg("Check the payments and the holds of the debts."), "debts")
    for debt in debts:
        if not (debt.ref.strip() and debt.nature.strip() and (debt.issued_on or debt.due_on)):
            what = msg("The basis of the debt “{ref}” is not stated: nature, number and date", ref=debt.ref)
            remedy = msg("Give the debt its number and its date, as the creditor told them.")
            yield _problem("LET-06", third, what, remedy, "debts", debt.ref)
    if amounts != amounts_of(debts) or min(amounts.parts) < 0:
        what = msg("Principal, interest and each accessory do not make the total of {total}", total=Euro(amounts.total))
        yield _problem("LET-07", third, what, msg("Check the ledger of the case (verify), then try again."), "debts")
    costs = sum(debt.costs for debt in debts)
    if costs:
        what = msg("Collection costs of {costs} are in the claim", costs=Euro(costs))
        remedy = msg("Take them out: without an enforceable title they stay with the creditor.")
        yield _problem("LET-08", "R. 124-4 3°, L. 111-8", what, remedy, "debts")


def _payment(letter: FirstLetter) -> Iterator[Problem]:
    """LET-09 and LET-10: the demand, and how to pay."""
    if not letter.words.demand.strip():
        yield _problem("LET-09", "R. 124-4 4°", msg("The demand to pay is missing"), _restore(), "texts")
    if not (letter.account.iban.strip() and letter.account.holder.strip() and letter.words.payment.strip()):
        what = msg("The ways to pay are missing")
        remedy = msg("Give the account kept for creditors' funds in the agency file.")
        yield _problem("LET-10", "R. 124-4 4°", what, remedy, "agency")


def _reproduced(letter: FirstLetter, statute: str) -> Iterator[Problem]:
    """LET-11 and LET-12: the statutory text word for word, reference and date."""
    if not statute.strip() or letter.words.statute.split() != statute.split():
        what = msg("Paragraphs 2 and 3 of article L. 111-8 are not reproduced word for word")
        yield _problem("LET-11", "R. 124-4 5°", what, _restore(), "texts")
    if not letter.reference.strip() or letter.dated is None:
        what = msg("The letter has no reference or no date of its own")
        yield _problem("LET-12", "R. 124-4", what, msg("Prepare the letter again."), "reference")


def _addressee(letter: FirstLetter) -> Iterator[Problem]:
    """A letter without an address reaches nobody: not a line of R.124-4, yet it cannot be posted."""
    if not any(line.strip() for line in letter.debtor_address):
        reason = msg("No postal address of the debtor is known, or the only one is marked wrong.")
        yield Problem("address-missing", reason, msg("Add an address to the debtor in the case."), field="debtor")


def _restore() -> Message:
    return msg("Put the shipped wording of the letter back (data/letters).")
