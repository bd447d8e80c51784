"""Says why a debt received its share of a payment: the fact that decided, the articles, what is to be confirmed. Allocates nothing."""

from __future__ import annotations

from decimal import Decimal

from core.domain import allocation_debts as rule
from core.domain.allocation_debts import Allocation, Place, Share
from core.domain.computation import Computation, Quantity, weakest
from core.domain.messages import Message, msg

TITLES: dict[str, Message] = {
    "costs": msg("Costs the law puts on the debtor"),
    "interest": msg("Interest"),
    "indemnity": msg("Flat recovery indemnity"),
    "penalty": msg("Penalty clause"),
    "principal": msg("Principal"),
}
UNSETTLED = ("indemnity", "penalty")  # debts of their own: no text gives them a rank against the principal


def explained(place: Place, amounts: dict[str, int]) -> Share:
    """The share of a debt with the fact that decided and the articles it rests on."""
    debt = place.debt
    remarks, trusts = [], ["V"]
    if debt.barred:
        remarks.append(
            msg("This debt is time-barred: a payment that names no debt still goes to it in its turn.")
            if place.decided != rule.CHOICE
            else msg(
                "This debt is time-barred: who pays it all the same cannot ask for the money back (C. civ., art. 2249)."
            )
        )
        trusts.append("S" if place.decided != rule.CHOICE else "U")
    if _rank_matters(place, amounts):
        remarks.append(
            msg(
                "The rank of the flat indemnity and of the penalty clause before the principal is not settled by the text."
            )
        )
        trusts.append("U")
    if place.order not in (rule.BUCKETS, rule.ORDERS["accessories_last"]):
        remarks.append(msg("Inside the debt the order agreed is followed, not that of article 1343-1."))
    return Share(
        debt.debt_id, debt.ref, amounts, why(place), _articles(place, amounts), weakest(trusts), tuple(remarks)
    )


def _rank_matters(place: Place, amounts: dict[str, int]) -> bool:
    """Whether another rank of indemnity and penalty would have given another share: both sides owed, one of them reached, not all paid."""
    owed = place.debt.owed
    both = any(owed.get(bucket) for bucket in UNSETTLED) and bool(owed.get("principal"))
    reached = any(amounts.get(bucket) for bucket in (*UNSETTLED, "principal"))
    return both and reached and sum(amounts.values()) < place.debt.total and place.order[0] != "principal"


def _articles(place: Place, amounts: dict[str, int]) -> tuple[str, ...]:
    found = [] if place.decided == rule.ALONE else [rule.SEVERAL]
    if set(amounts) != {"principal"} or place.order != rule.BUCKETS:
        found.append(rule.ONE)
    if "costs" in amounts:
        found.append(rule.COSTS)
    return tuple(found)


def why(place: Place) -> Message:
    """The fact that put this debt where it stands, in one sentence (two when it is not known to be due)."""
    if place.decided == rule.CHOICE:
        return msg("The debtor said which debt he pays.")
    reason = _reason(place)
    if place.decided == rule.DUE or place.debt.is_due(place.on):
        return reason
    return msg("{standing} {reason}", standing=_standing(place), reason=reason)


def _standing(place: Place) -> Message:
    unknown = place.debt.due_on is None
    if place.others_due:
        return (
            msg("Due date unknown: after the debts known to be due.")
            if unknown
            else msg("Not due yet: after the debts already due.")
        )
    return msg("Due date unknown.") if unknown else msg("No debt is due yet.")


def _reason(place: Place) -> Message:
    """The criterion, said from the side of the debt: it goes before the next one, or after the one before it."""
    return {
        rule.ALONE: _alone, rule.EQUAL: _equal, rule.DUE: _due, rule.INTEREST: _interest, rule.RATE: _rate, rule.AGE: _age,
    }[place.decided](place)  # fmt: skip


def _alone(_: Place) -> Message:
    return msg("The only debt still open.")


def _equal(place: Place) -> Message:
    if place.debt.due_on is not None:
        return msg("Same due date: in proportion to what each still owes.")
    if place.debt.issued_on is None:
        return msg("Nothing tells these debts apart: in proportion to what each still owes.")
    return msg("Due date unknown, same invoice date: in proportion to what each still owes.")


def _due(place: Place) -> Message:
    if place.before and place.debt.due_on is not None:
        return msg("Already due ({due}): before debts that are not.", due=place.debt.due_on)
    return _standing(place)


def _interest(place: Place) -> Message:
    if not place.before:
        return msg("Neither title nor guarantee: after the debts he had more interest in paying.")
    if place.debt.titled:
        return msg("An enforceable title exists: he had most interest in paying this debt.")
    return msg("A guarantee stands behind it: he had most interest in paying this debt.")


def _rate(place: Place) -> Message:
    rate = place.debt.rate or Decimal(0)
    if place.before:
        return msg("It bears the higher rate ({rate} % a year): he had most interest in paying this debt.", rate=rate)
    if place.debt.rate is None:
        return msg("No rate is known for it: after the debts that bear interest.")
    return msg("It bears a lower rate ({rate} % a year): after the debts he had more interest in paying.", rate=rate)


def _age(place: Place) -> Message:
    debt = place.debt
    if place.before:
        if debt.is_due(place.on):
            return msg("Oldest of the debts already due ({due}).", due=debt.due_on)
        return msg("It is the oldest of these ({day}).", day=debt.age)
    return (
        msg("More recent than the others ({day}).", day=debt.age)
        if debt.due_on or debt.issued_on
        else msg("Its day is unknown.")
    )


LEDGER = msg("Owed on the day of the payment, by the ledger")


def computation(found: Allocation, source: Message = LEDGER) -> Computation:
    """The whole allocation as one figure with its proof: the payment in cents, its shares by debt and bucket, what is left over.

    `source` says where what each debt owed is known from.
    """
    terms = [_share(share, source) for share in found.shares]
    if found.left_over or not terms:
        terms.append(
            Computation(
                msg("Left over"),
                found.left_over,
                Quantity.CENTS,
                source=msg("More than what is owed: to be given back or asked about."),
            )
        )
    total = sum(int(term.value) for term in terms if isinstance(term.value, int))
    formula = msg("What each debt receives, and what is left over")
    return Computation(msg("Payment allocated"), total, Quantity.CENTS, formula, tuple(terms), found.articles)


def _share(share: Share, source: Message) -> Computation:
    parts = tuple(
        Computation(TITLES[bucket], cents, Quantity.CENTS, source=source) for bucket, cents in share.amounts.items()
    )
    return Computation(
        msg("Debt {ref}", ref=share.ref), share.total, Quantity.CENTS, share.why, parts, share.articles,
        certainty=share.certainty, remarks=share.remarks,
    )  # fmt: skip
