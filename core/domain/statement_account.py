"""What the ledger says of one debt on a day: principal placed, credit notes, payments by part, each as a figure with its proof.

Knows no rate and computes no interest. A movement counts from its day of value. A payment reversed by the day asked never
extinguished anything: it and its reversal are both left out; asked for a day before the reversal, it still counts.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace

from core.domain.computation import Computation, Missing, Quantity
from core.domain.interest_terms import Movement
from core.domain.messages import Message, msg

BUCKETS = ("principal", "interest", "indemnity", "penalty", "costs")
ACCRUAL = "accrual"  # interest booked at a settlement: what is computed less what was booked before
CHARGE = "charge"  # what a person put on the debt (services/costs)
NOT_GRANTED = "not_granted"  # principal that a title left out: claimed no more, never deleted (services/title_follow)
BOOKED = (ACCRUAL, CHARGE)  # what came on a debt after its placement


@dataclass(frozen=True, slots=True)
class Move:
    """One ledger row on a debt. `amount` in cents, more than zero when it adds to what is owed, less when it takes off.

    `against` is the account on the other side. `reversed_on`: the day the payment of this row was reversed; `reversal`: the row
    undoes a payment. `reverses`: the row that this one undoes.
    """

    on: dt.date
    bucket: str
    amount: int
    against: str
    kind: str = ""
    payment_id: int | None = None
    reversed_on: dt.date | None = None
    reversal: bool = False
    id: int = 0
    reverses: int | None = None


@dataclass(frozen=True, slots=True)
class Account:
    """One debt: what it is and its ledger rows. `original` is what was invoiced, in cents."""

    debt_id: int
    ref: str
    nature: str
    issued_on: dt.date | None
    due_on: dt.date | None
    original: int
    placed_on: dt.date
    moves: tuple[Move, ...]


def standing(moves: Iterable[Move], on: dt.date) -> tuple[Move, ...]:
    """The rows that count on a day, by day of value: those of later days, reversed payments and undone rows are left out."""
    known = [move for move in moves if move.on <= on]
    undone = {move.reverses for move in known if move.reverses}
    kept = (
        move
        for move in known
        if not (move.kind != ACCRUAL and (move.reversal or (move.reversed_on is not None and move.reversed_on <= on)))
        and move.id not in undone
        and not move.reverses
    )
    return tuple(sorted(kept, key=lambda move: (move.on, move.id)))


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a debt by the ledger: what came in, what was taken off and how, what is left. All Computations in cents."""

    placed: Computation
    booked: Computation | None
    credited: Computation | None
    paid: Computation | None
    left: Computation
    refused: Computation | None = None


def part(account: Account, bucket: str, on: dt.date) -> Part:
    """A part of the debt (`bucket`) as the ledger had it on a day. Raises ValueError for a bucket that does not exist."""
    if bucket not in BUCKETS:
        raise ValueError(f"{bucket!r} is no part of a debt")
    mine = [move for move in standing(account.moves, on) if move.bucket == bucket]
    entered = [move for move in mine if move.against == "placement" and move.kind not in BOOKED]
    booked = [move for move in mine if move.against == "placement" and move.kind in BOOKED]
    paid = [move for move in mine if move.against == "collected"]
    refused = [move for move in mine if move.kind == NOT_GRANTED]
    other = [move for move in mine if move.against not in ("placement", "collected") and move not in refused]
    placed = _placed(account, bucket, sum(move.amount for move in entered))
    sums = (
        _sum(LABELS[bucket].booked, booked, 1),
        _sum(LABELS[bucket].credited, other, -1),
        _sum(LABELS[bucket].paid, paid, -1),
    )
    lost = _not_granted(refused)
    moved = tuple(one for one in (*sums, lost) if one is not None)
    terms = moved if moved and not placed.value else (placed, *moved)
    left = Computation(
        LABELS[bucket].left,
        sum(move.amount for move in mine),
        Quantity.CENTS,
        formula=msg(
            "What was placed and booked, less credit notes, waivers and payments received by the {day}", day=on
        ),
        terms=terms,
    )
    return Part(placed, *sums, left, lost)


def _not_granted(moves: list[Move]) -> Computation | None:
    """Principal that a title left out, with its article; its text was read in secondary sources only."""
    found = _sum(msg("Not granted by the title"), moves, -1)
    return replace(found, articles=("CPC, art. 480",), certainty="S") if found else None


def not_computed(left: Computation, answer: Computation | Missing) -> Computation:
    """Interest left by the ledger alone, which says so where facts are missing to compute what runs besides."""
    if not isinstance(answer, Missing):
        return left
    return replace(left, remarks=(*left.remarks, msg("Facts are missing: interest that runs besides is not computed.")))


def unaccrued(account: Account, bucket: str) -> Account:
    """The account without what settlements booked of a part: for a sum that turned out not to be owed."""
    kept = tuple(move for move in account.moves if move.kind != ACCRUAL or move.bucket != bucket)
    return replace(account, moves=kept)


@dataclass(frozen=True, slots=True)
class Words:
    """The names of the figures of one part of a debt."""

    placed: Message
    booked: Message
    credited: Message
    paid: Message
    left: Message


LABELS = {
    "principal": Words(
        msg("Principal placed"),
        msg("Principal booked"),
        msg("Credit notes and reductions of principal"),
        msg("Payments on principal"),
        msg("Principal left"),
    ),
    "interest": Words(
        msg("Interest placed by the creditor"),
        msg("Interest booked at settlements"),
        msg("Interest waived or withdrawn"),
        msg("Payments on interest"),
        msg("Interest left in the ledger"),
    ),
    "indemnity": Words(
        msg("Flat indemnity placed"),
        msg("Flat indemnity booked"),
        msg("Flat indemnity waived or withdrawn"),
        msg("Payments on the flat indemnity"),
        msg("Flat indemnity left"),
    ),
    "penalty": Words(
        msg("Penalty clause placed"),
        msg("Penalty clause booked"),
        msg("Penalty clause waived or withdrawn"),
        msg("Payments on the penalty clause"),
        msg("Penalty clause left"),
    ),
    "costs": Words(
        msg("Costs placed"),
        msg("Costs booked"),
        msg("Costs waived or withdrawn"),
        msg("Payments on costs"),
        msg("Costs left"),
    ),
}


def _placed(account: Account, bucket: str, cents: int) -> Computation:
    return Computation(
        LABELS[bucket].placed,
        cents,
        Quantity.CENTS,
        source=msg("Debt {ref}, as the creditor entrusted it on {day}", ref=account.ref, day=account.placed_on),
    )


def _sum(label: Message, moves: list[Move], sign: int) -> Computation | None:
    """The moves added up, each a term; None without any. `sign` -1 shows what was taken off as a positive amount."""
    if not moves:
        return None
    terms = tuple(
        Computation(_what(move), sign * move.amount, Quantity.CENTS, source=msg("Ledger, {day}", day=move.on))
        for move in moves
    )
    total = sum(sign * move.amount for move in moves)
    return Computation(label, total, Quantity.CENTS, formula=msg("The sum of the entries"), terms=terms)


def _what(move: Move) -> Message:
    """What a row of the ledger is, in words."""
    if move.kind == NOT_GRANTED:
        return msg("Not granted by the title")
    if move.against == "collected":
        return msg("Payment received on {day}", day=move.on)
    if move.kind in BOOKED:
        return msg("Booked on {day}", day=move.on) if move.kind == ACCRUAL else msg("Charged on {day}", day=move.on)
    return {
        "credited": msg("Credit note of {day}", day=move.on),
        "waived": msg("Waived on {day}", day=move.on),
        "withdrawn": msg("Withdrawn on {day}", day=move.on),
    }.get(move.against, msg("Entry of {day}", day=move.on))


@dataclass(frozen=True, slots=True)
class EntryLine:
    """One event of a debt's account: its day, what it is, cents by bucket (below zero: taken off what is owed)."""

    on: dt.date
    what: Message
    amounts: dict[str, int]

    @property
    def total(self) -> int:
        """Cents of all its buckets together."""
        return sum(self.amounts.values())


def entries(account: Account, on: dt.date, computed: Collection[str] = ()) -> tuple[EntryLine, ...]:
    """The events of the account by day, a payment on one line whatever it settled.

    What a settlement booked of interest, or of the buckets that are `computed` beside the account, is not one: it is said there.
    """
    lines: dict[tuple[dt.date, int | str], EntryLine] = {}
    for move in standing(account.moves, on):
        if move.kind == ACCRUAL and move.bucket in ("interest", *computed):
            continue
        key = (move.on, move.payment_id or f"{move.against} {move.kind}")
        line = lines.setdefault(key, EntryLine(move.on, _entry(move), {}))
        line.amounts[move.bucket] = line.amounts.get(move.bucket, 0) + move.amount
    return tuple(lines.values())


def _entry(move: Move) -> Message:
    entrusted = move.against == "placement" and move.kind not in BOOKED
    return msg("Entrusted by the creditor") if entrusted else _what(move)


def movements(account: Account, on: dt.date) -> tuple[Movement, ...]:
    """The changes of a debt's principal after its placement, by day of value, each with the interest that the same payment settled.

    What a title left out is none: interest after a title never ran on it (`bearing`).
    """
    rows = [move for move in standing(account.moves, on) if move.kind not in (ACCRUAL, NOT_GRANTED)]
    settled: dict[int, int] = {}
    for move in rows:
        if move.bucket == "interest" and move.against == "collected" and move.payment_id:
            settled[move.payment_id] = settled.get(move.payment_id, 0) - move.amount
    found = []
    for move in rows:
        if move.bucket == "principal" and move.against != "placement":
            said = (
                msg("Payment received on {day}", day=move.on)
                if move.against == "collected"
                else msg("Credit note or reduction of {day}", day=move.on)
            )
            found.append(Movement(move.on, move.amount, said, settled.pop(move.payment_id or 0, 0)))
    days = {move.payment_id: move.on for move in rows}
    alone = (
        Movement(days[key], 0, msg("Payment received on {day}", day=days[key]), cents) for key, cents in settled.items()
    )
    return tuple(sorted((*found, *alone), key=lambda one: one.on))


def placed(account: Account, on: dt.date) -> int:
    """Cents of principal that came with the placement."""
    rows = standing(account.moves, on)
    return sum(move.amount for move in rows if move.bucket == "principal" and move.against == "placement")


def bearing(account: Account, on: dt.date) -> int:
    """Cents of principal on which interest is computed: what was placed, less what a title left out."""
    rows = standing(account.moves, on)
    return placed(account, on) + sum(move.amount for move in rows if move.kind == NOT_GRANTED)


def placed_interest(account: Account, on: dt.date) -> int:
    """Cents of interest that came with the placement, as the creditor computed them."""
    rows = standing(account.moves, on)
    return sum(
        move.amount
        for move in rows
        if move.bucket == "interest" and move.against == "placement" and move.kind != "accrual"
    )
