"""The statement of amounts (décompte) of a case at a day, past or future: per debt and in all, every total with its proof.

Computes from what it is given: ledger rows by day of value, terms of interest, what the creditor claims, the values of the law. What is not
claimed stands beside the totals, never in them. A past day sees only what was booked by then; a future day stops at the last known rate.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from core.domain.computation import Computation, Missing, Quantity
from core.domain.indemnity import NotOwed
from core.domain.interest import InterestTerms, Segment, interest
from core.domain.interest_basis import Choice
from core.domain.law_values import Law
from core.domain.messages import Euro, Message, msg
from core.domain.statement_account import (
    BUCKETS,
    LABELS,
    Account,
    Part,
    bearing,
    movements,
    not_computed,
    part,
    placed_interest,
    standing,
    unaccrued,
)

NAMES = {
    "principal": msg("Principal"),
    "interest": msg("Interest"),
    "indemnity": msg("Flat indemnity"),
    "penalty": msg("Penalty clause"),
    "costs": msg("Costs"),
}


@dataclass(frozen=True, slots=True)
class DebtClaim:
    """One debt and what may be asked on it.

    `basis` is what its interest rests on, or the facts that lack; None where no interest can be asked at all. `indemnity` is the flat
    indemnity the law gives on the day of the statement (cents), why it is not owed, the facts that lack, or None; `penalty` the same for
    a penalty clause. `claims` holds "interest", "indemnity", "penalty" as the mandate says; `remarks` what the facts make worth saying
    to everyone, `asides` to the agency alone.
    """

    account: Account
    basis: Choice | Missing | None
    indemnity: Computation | NotOwed | Missing | None = None
    penalty: Computation | NotOwed | Missing | None = None
    claims: frozenset[str] = frozenset()
    remarks: tuple[Message, ...] = ()
    asides: tuple[Message, ...] = ()


@dataclass(frozen=True, slots=True)
class DebtInterest:
    """Interest of a debt: `computed` to the day (None: none can be asked), its segments, and what is left once payments settled it.

    `booked` is what the ledger booked at settlements, in cents; `known_until` the day the computation had to stop, None when it went on
    to the day asked.
    """

    computed: Computation | Missing | None
    segments: tuple[Segment, ...]
    claimed: bool
    booked: int
    known_until: dt.date | None = None

    @property
    def cents(self) -> int:
        """Cents computed to the day; 0 while facts are missing."""
        return _cents(self.computed) if isinstance(self.computed, Computation) else 0


@dataclass(frozen=True, slots=True)
class DebtStatement:
    """One debt of the statement: its parts by the ledger, its interest, what is claimed by bucket, the total, what is only told.

    `added` are the figures computed to the day that enter the totals beside the ledger, by bucket. `told` and `asides` are for the
    agency and its creditor: they stand on no paper for the debtor.
    """

    account: Account
    on: dt.date
    parts: dict[str, Part]
    interest: DebtInterest
    left: dict[str, Computation]
    total: Computation
    added: dict[str, Computation]
    told: tuple[Computation | Missing, ...]
    remarks: tuple[Message, ...]
    asides: tuple[Message, ...]


@dataclass(frozen=True, slots=True)
class Statement:
    """A case on a day: its debts, sums by bucket and in all; `known_until` the earliest day at which interest had to stop.

    `interest` is all interest computed to the day, paid or not, claimed or not; None where none could be computed.
    """

    on: dt.date
    debts: tuple[DebtStatement, ...]
    sums: dict[str, Computation]
    total: Computation
    articles: tuple[str, ...]
    remarks: tuple[Message, ...]
    known_until: dt.date | None
    interest: Computation | None

    @property
    def claimed(self) -> bool:
        """Whether the creditor claims the interest computed."""
        return any(debt.interest.claimed for debt in self.debts)

    @property
    def accessories(self) -> int:
        """Cents of flat indemnity, penalty clause and costs, together."""
        return sum(_cents(self.sums[bucket]) for bucket in ("indemnity", "penalty", "costs"))

    @property
    def lacking(self) -> tuple[DebtStatement, ...]:
        """The debts whose interest cannot be computed for want of facts."""
        return tuple(debt for debt in self.debts if isinstance(debt.interest.computed, Missing))


def statement(claims: Sequence[DebtClaim], on: dt.date, law: Law) -> Statement:
    """The statement of some debts on a day. Amounts in cents; a debt placed after the day is not in it. Raises Refusal as interest does."""
    debts = tuple(debt_statement(claim, on, law) for claim in claims if claim.account.placed_on <= on)
    sums = {bucket: _total(NAMES[bucket], [debt.left[bucket] for debt in debts], on) for bucket in BUCKETS}
    total = Computation(
        msg("Total owed on {day}", day=on),
        sum(_cents(one) for one in sums.values()),
        Quantity.CENTS,
        formula=msg("Principal, interest, flat indemnity, penalty clause and costs that are claimed"),
        terms=tuple(one for bucket, one in sums.items() if _matters(bucket, one)),
    )
    shown = [total, *(one for debt in debts for one in _told(debt))]
    known = min((debt.interest.known_until for debt in debts if debt.interest.known_until), default=None)
    remarks = (msg("The law's values are not known after {day}: interest stops there.", day=known),) if known else ()
    articles = tuple(dict.fromkeys(article for figure in shown for article in figure.all_articles))
    interests = [debt.interest.computed for debt in debts if isinstance(debt.interest.computed, Computation)]
    computed = _total(msg("Interest computed to {day}", day=on), interests, on) if interests else None
    return Statement(on, debts, sums, total, articles, remarks, known, computed)


def debt_statement(claim: DebtClaim, on: dt.date, law: Law) -> DebtStatement:
    """One debt on a day."""
    account = claim.account
    parts = {bucket: part(account, bucket, on) for bucket in BUCKETS}
    found = debt_interest(claim, on, law)
    left = {bucket: parts[bucket].left for bucket in BUCKETS}
    told: list[Computation | Missing] = []
    added: dict[str, Computation] = {}
    if found.claimed and isinstance(found.computed, Computation):
        added["interest"] = found.computed
        left["interest"] = _interest_left(parts["interest"], found.computed, on)
    elif found.computed is not None:
        told.append(found.computed)
        left["interest"] = not_computed(left["interest"], found.computed)
    for bucket, due in (("indemnity", claim.indemnity), ("penalty", claim.penalty)):
        ledger = part(unaccrued(account, bucket), bucket, on)  # what a settlement booked is part of what is due
        if isinstance(due, NotOwed):
            left[bucket] = ledger.left
        elif not isinstance(due, (Computation, Missing)) or _cents(ledger.placed) or ledger.booked is not None:
            continue
        elif isinstance(due, Computation) and bucket in claim.claims:
            added[bucket], left[bucket] = due, _accessory_left(bucket, due, ledger)
        elif parts[bucket].booked is None:
            told.append(due)
    total = _total(
        msg("Debt {ref}, total on {day}", ref=account.ref, day=on),
        [left[bucket] for bucket in BUCKETS if _matters(bucket, left[bucket])],
        on,
    )
    return DebtStatement(
        account,
        on,
        parts,
        found,
        left,
        total,
        added,
        tuple(told),
        (*claim.remarks, *_remarks(claim, found, parts), *_overpaid(left)),
        (*claim.asides, *_asides(claim, found, told)),
    )


def debt_interest(claim: DebtClaim, on: dt.date, law: Law) -> DebtInterest:
    """Interest of a debt to a day, on its principal as the ledger moved it; from the day of placement where the creditor placed some."""
    moves = standing(claim.account.moves, on)
    booked = sum(move.amount for move in moves if move.bucket == "interest" and move.kind == "accrual")
    claimed = "interest" in claim.claims
    if not isinstance(claim.basis, Choice):
        return DebtInterest(claim.basis, (), claimed, booked)
    terms = _from_placement(claim.account, claim.basis.terms, on)
    found = interest(bearing(claim.account, on), terms, movements(claim.account, on), on, law)
    answer = found.answer
    if isinstance(answer, Computation) and answer.terms:
        answer = replace(answer, terms=(claim.basis.proof, *answer.terms))
    return DebtInterest(answer, found.segments, claimed, booked, found.known_until)


def _from_placement(account: Account, terms: InterestTerms, on: dt.date) -> InterestTerms:
    """The terms themselves; from the day of placement where the creditor has placed interest until then."""
    if not placed_interest(account, on) or terms.start >= account.placed_on:
        return terms
    return replace(terms, start=account.placed_on)


def _interest_left(ledger: Part, computed: Computation, on: dt.date) -> Computation:
    """Interest placed and computed, less what was paid or waived: what was booked at settlements is part of what is computed."""
    came = ledger.placed if ledger.placed.value else None
    terms = tuple(one for one in (came, computed, ledger.credited, ledger.paid) if one is not None)
    taken = sum(_cents(one) for one in (ledger.credited, ledger.paid) if one is not None)
    return Computation(
        msg("Interest left on {day}", day=on),
        _cents(ledger.placed) + _cents(computed) - taken,
        Quantity.CENTS,
        formula=msg("Interest placed and interest computed, less what was paid and waived"),
        terms=terms,
    )


def _accessory_left(bucket: str, due: Computation, ledger: Part) -> Computation:
    """An indemnity or a penalty claimed, less what was paid and waived."""
    taken = [one for one in (ledger.credited, ledger.paid) if one is not None]
    return Computation(
        LABELS[bucket].left,
        _cents(due) - sum(map(_cents, taken)),
        Quantity.CENTS,
        formula=msg("What is owed, less what was paid and waived"),
        terms=(due, *taken),
    )


def _remarks(claim: DebtClaim, found: DebtInterest, parts: dict[str, Part]) -> Iterable[Message]:
    """What any reader of the debt must know beside its figures."""
    if not found.claimed or not isinstance(claim.basis, Choice):
        return
    if _cents(parts["interest"].placed):
        yield msg(
            "Interest placed by the creditor is kept as it came; interest is computed from the day of placement, {day}.",
            day=claim.account.placed_on,
        )
    paid_before = claim.account.original - _cents(parts["principal"].placed)
    if paid_before > 0:
        yield msg(
            "{amount} had been paid or credited before the placement: interest is computed on what was left, the days of these "
            "payments not being known.",
            amount=Euro(paid_before),
        )


def _overpaid(left: dict[str, Computation]) -> Iterable[Message]:
    """A payment typed late, or a credit note, may leave less interest computed than was paid: the difference comes off the total."""
    over = -_cents(left["interest"])
    if over > 0:
        yield msg("{amount} of interest was paid beyond what is computed: it comes off the total.", amount=Euro(over))


def _asides(claim: DebtClaim, found: DebtInterest, told: Sequence[Computation | Missing]) -> Iterable[Message]:
    """What the agency must know and a debtor need not: what is not claimed, what is claimed and not owed."""
    if isinstance(found.computed, Computation) and not found.claimed:
        yield msg("The creditor does not claim interest computed after placement: it is told here and is in no total.")
    if isinstance(claim.indemnity, NotOwed) and "indemnity" in claim.claims:
        yield msg("The flat indemnity is not owed: {reason}", reason=claim.indemnity.reason)
    if isinstance(claim.indemnity, Computation) and claim.indemnity in told:
        yield msg("The creditor does not claim the flat indemnity: it is told here and is in no total.")


def _matters(bucket: str, figure: Computation) -> bool:
    """Whether a part stands among the terms of a total: principal and interest always, the others when they are not nothing."""
    return bucket in ("principal", "interest") or any(
        one.value for one in figure.everything() if one.quantity is Quantity.CENTS
    )


def _told(debt: DebtStatement) -> tuple[Computation, ...]:
    return tuple(one for one in debt.told if isinstance(one, Computation))


def _total(label: Message, parts: list[Computation], on: dt.date) -> Computation:
    if not parts:
        return Computation(label, 0, Quantity.CENTS, source=msg("No debt was placed by {day}.", day=on))
    total = sum(_cents(one) for one in parts)
    return Computation(label, total, Quantity.CENTS, formula=msg("The sum of these amounts."), terms=tuple(parts))


def _cents(figure: Computation) -> int:
    if not isinstance(figure.value, int):
        raise TypeError(f"{figure.label}: not an amount")
    return figure.value
