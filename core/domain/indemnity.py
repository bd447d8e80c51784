"""The fixed recovery indemnity and the penalty clause: owed, not owed with the reason, or what is missing. Neither bears interest."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal

from core.domain.claim_nature import OUTSIDE_COMMERCE
from core.domain.computation import Computation, Missing, Quantity, Question
from core.domain.interest_rates import from_law
from core.domain.interest_terms import DAY
from core.domain.law_values import Law, UnknownValue
from core.domain.messages import Euro, Message, msg, refuse
from core.domain.money import LARGEST_CENTS

INDEMNITY = "recovery_indemnity"
_COMMERCE, _PUBLIC = (
    ("C. com., art. L. 441-10, II", "C. com., art. D. 441-5"),
    ("CCP, art. L. 2192-13", "CCP, art. D. 2192-35"),
)
_CONSUMER_CLAUSE = ("C. civ., art. 1231-5", "C. consom., art. R. 212-2, 3°")


@dataclass(frozen=True, slots=True)
class NotOwed:
    """The answer when a sum is not owed: what was asked, why not, by which article, how surely."""

    label: Message
    reason: Message
    articles: tuple[str, ...]
    certainty: str = "V"


@dataclass(frozen=True, slots=True)
class LateInvoice:
    """One invoice. `debtor`: "individual", "business", "association", "public"; `creditor`: "individual", "business"; "" unknown.

    `settled_on` is the day it was paid whole, `insolvency_on` that of the judgment that opened insolvency proceedings; `cancelled` when
    credit notes took all of it off and nothing was ever paid.
    """

    debtor: str
    creditor: str
    due_on: dt.date | None
    nature: str = "invoice"
    settled_on: dt.date | None = None
    insolvency_on: dt.date | None = None
    cancelled: bool = False


def indemnity(invoice: LateInvoice, on: dt.date, law: Law) -> Computation | NotOwed | Missing:
    """The flat indemnity of one invoice on a day, in cents: whole even after part payment, once, bearing no interest and no VAT.

    Owed by a business (C. com. L.441-10 II, D.441-5) or a public buyer (CCP D.2192-35) on the day after the due date; never by a
    consumer, nor by a legal person outside any business (U), nor for leases and insurance, nor when proceedings opened by the due date
    forbade to pay it. The first day of delay chooses the version.
    """
    label = msg("Flat indemnity for recovery costs")
    refused = _not_for(invoice, label)
    if refused:
        return refused
    if invoice.due_on is None:
        asked = Question("due_on", msg("On which day was the payment due?"), msg("The indemnity is owed by law on the day after."),
                         _COMMERCE)  # fmt: skip
        return Missing(label, (asked,))
    return _in_time(invoice, invoice.due_on, on, label) or _owed(invoice, invoice.due_on, law, label)


def _not_for(invoice: LateInvoice, label: Message) -> NotOwed | Missing | None:
    if not invoice.debtor:
        asked = Question("debtor_kind",
                         msg("Is the debtor a consumer, a business, a legal person outside any business or a public body?"),
                         msg("Only a business or a public buyer owes the indemnity."), _COMMERCE)  # fmt: skip
        return Missing(label, (asked,))
    never = _never(invoice)
    if never:
        return NotOwed(label, never[0], _COMMERCE, never[1])
    if not invoice.creditor and invoice.debtor == "business":
        asked = Question("creditor_quality", msg("Is the creditor a private individual acting outside any business?"),
                         msg("Only a business may claim the indemnity."), _COMMERCE)  # fmt: skip
        return Missing(label, (asked,))
    return None


def _never(invoice: LateInvoice) -> tuple[Message, str] | None:
    """Why the two parties or the nature of the debt never open the indemnity, and how surely; None where they do."""
    if invoice.debtor == "individual":
        return msg("A consumer never owes the flat indemnity."), "V"
    if invoice.creditor == "individual":
        return msg("The flat indemnity is for claims of a business."), "V"
    if invoice.nature in OUTSIDE_COMMERCE:
        said = msg("The flat indemnity is for sales and services: not for leases, insurance, loans or charges.")
        return said, OUTSIDE_COMMERCE[invoice.nature]
    if invoice.debtor == "association":
        said = msg("A legal person outside any business does not owe the flat indemnity: it exists between businesses.")
        return said, "U"
    return None


def _in_time(invoice: LateInvoice, due: dt.date, on: dt.date, label: Message) -> NotOwed | None:
    if on <= due:
        return NotOwed(label, msg("The invoice is due on {day}: it is not late on {on}.", day=due, on=on), _COMMERCE)
    if invoice.settled_on and invoice.settled_on <= due:
        return NotOwed(label, msg("The invoice was paid whole by its due date, {day}.", day=due), _COMMERCE)
    if invoice.cancelled:
        return NotOwed(
            label, msg("Credit notes cancelled the whole invoice: nothing of it was paid late."), _COMMERCE, "U"
        )
    if invoice.insolvency_on and invoice.insolvency_on <= due:
        said = msg(
            "Proceedings opened on {opened} forbade to pay on the due date, {day}.",
            opened=invoice.insolvency_on,
            day=due,
        )
        return NotOwed(label, said, _COMMERCE)
    return None


def _owed(invoice: LateInvoice, due: dt.date, law: Law, label: Message) -> Computation | NotOwed:
    public = invoice.debtor == "public"
    articles = _PUBLIC if public else _COMMERCE
    try:
        amount = from_law(law, INDEMNITY, due + DAY, msg("Amount set by decree"))
    except UnknownValue:
        return NotOwed(
            label, msg("No such indemnity is known for a delay that began on {day}.", day=due + DAY), articles, "U"
        )
    sum_of_law = replace(amount, articles=())  # cited by the indemnity itself
    said = msg(
        "{amount} for this invoice, due on {day} and unpaid after that day.",
        amount=Euro(int(str(sum_of_law.value))),
        day=due,
    )
    once = msg("Once an invoice, whole even after part payment. It bears no interest and no VAT.")
    return Computation(label, sum_of_law.value, Quantity.CENTS, said, (sum_of_law,), articles, certainty="S" if public else "V",
                       remarks=(once,))  # fmt: skip


@dataclass(frozen=True, slots=True)
class PenaltyClause:
    """A clause that sets a sum for not paying: `percent` of the principal or a fixed `amount` in cents, one of the two.

    `notice_on` is the formal notice; `final` is true when the debt can no longer be paid as promised, so that no notice is needed.
    `reciprocal` says whether the clause also binds the professional (None: nobody has said); it matters against a consumer.
    """

    percent: Decimal | None = None
    amount: int | None = None
    notice_on: dt.date | None = None
    final: bool = False
    reciprocal: bool | None = None


def penalty_clause(
    principal: int, clause: PenaltyClause, on: dt.date, *, consumer: bool, outside: bool = False
) -> Computation | NotOwed | Missing:
    """The sum of a penalty clause in cents, a debt apart from principal and interest; a percentage is rounded half up to the cent.

    Owed once a formal notice was given (C. civ. 1231-5), which chooses the version, unless the breach is final. A court may lower or
    raise it; against a consumer (C. conso. R.212-2), or a legal person outside any business (`outside`, L.212-2), it may be unfair.
    Raises Refusal when neither or both of percent and amount are given, or one that is implausible.
    """
    _check(clause)
    label = msg("Penalty clause")
    if clause.notice_on is None and not clause.final:
        asked = Question("notice_on", msg("On which day was the formal notice given?"),
                         msg("A penalty clause needs a formal notice, unless the debt can no longer be paid as promised."),
                         ("C. civ., art. 1231-5",))  # fmt: skip
        return Missing(label, (asked,))
    if clause.notice_on and clause.notice_on > on and not clause.final:
        return NotOwed(label, msg("The formal notice is of {day}: nothing is owed on {on}.", day=clause.notice_on, on=on),
                       ("C. civ., art. 1231-5",), "U")  # fmt: skip
    articles = _CONSUMER_CLAUSE if consumer else ("C. civ., art. 1231-5",)
    return _sum(principal, clause, label, articles, _cautions(clause, consumer=consumer, outside=outside))


def _sum(
    principal: int, clause: PenaltyClause, label: Message, articles: tuple[str, ...], remarks: tuple[Message, ...]
) -> Computation:
    said_by = msg("The contract.")
    if clause.percent is None:
        fixed = Computation(msg("Sum of the clause"), clause.amount or 0, Quantity.CENTS, source=said_by)
        said = msg("The fixed sum of the clause, {amount}.", amount=Euro(clause.amount or 0))
        return Computation(label, fixed.value, Quantity.CENTS, said, (fixed,), articles, certainty="U", remarks=remarks)
    owed = int((principal * clause.percent / 100).quantize(Decimal(1), ROUND_HALF_UP))
    base = Computation(msg("Principal"), principal, Quantity.CENTS, source=msg("The debt."))
    share = Computation(msg("Percentage of the clause"), clause.percent, Quantity.POINTS, source=said_by)
    said = msg(
        "{principal} × {percent} % = {amount}", principal=Euro(principal), percent=clause.percent, amount=Euro(owed)
    )
    return Computation(label, owed, Quantity.CENTS, said, (base, share), articles, certainty="U", remarks=remarks)


def _cautions(clause: PenaltyClause, *, consumer: bool, outside: bool) -> tuple[Message, ...]:
    said = [msg("A court may lower or raise it, even of its own motion, when it is manifestly excessive or derisory.")]
    if consumer:
        said.append(msg("Against a consumer, a sum out of proportion is presumed unfair and may be struck out."))
    if consumer and not clause.reciprocal:
        said.append(
            msg("A penalty on the consumer alone, without one on the professional, has been struck out by courts.")
        )
    if outside:
        said.append(
            msg(
                "Against a legal person outside any business too, it may be an unfair term (C. consom., art. L. 212-2, to be confirmed)."
            )
        )
    return tuple(said)


def _check(clause: PenaltyClause) -> None:
    if (clause.percent is None) == (clause.amount is None):
        raise refuse("percent-or-amount", msg("A penalty clause sets a percentage or a sum."), msg("Give one of the two."),
                     field="percent")  # fmt: skip
    if clause.percent is not None and not (clause.percent.is_finite() and 0 <= clause.percent <= 100):
        raise refuse("rate-implausible", msg("“{given}” is not a percentage.", given=str(clause.percent)),
                     msg("Type a percentage from 0 to 100, for example 10."), field="percent", value=str(clause.percent))  # fmt: skip
    if clause.amount is not None and not 0 <= clause.amount <= LARGEST_CENTS:
        raise refuse("amount-implausible", msg("{given} is not possible here.", given=Euro(clause.amount)),
                     msg("Type an amount of money that is more than zero."), field="amount", value=str(clause.amount))  # fmt: skip
