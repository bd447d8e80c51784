"""The yearly rate a day bears, with its proof and the last day it holds: legal, default, agreed, public. Computes no amount."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from decimal import Decimal

from core.domain.computation import Computation, Quantity
from core.domain.deadlines import add_months
from core.domain.interest_terms import DAY, Basis, InterestTerms
from core.domain.law_values import Law, UnknownValue
from core.domain.messages import Message, msg

LEGAL_RATES = {"individual": "legal_interest_individual", "business": "legal_interest_other"}
ECB, ANCHOR = "ecb_refinancing", "statutory_anchor"
STATUTORY_POINTS, PUBLIC_POINTS, FLOOR_FACTOR = "statutory_points", "public_points", "contract_floor_factor"
SURCHARGE_POINTS, SURCHARGE_MONTHS, AUCTION_MONTHS = (
    "legal_rate_surcharge",
    "surcharge_months",
    "surcharge_months_auction",
)


@dataclass(frozen=True, slots=True)
class RatePiece:
    """The rate from some day to `last` (included), in percent a year, with its proof."""

    last: dt.date
    proof: Computation
    remarks: tuple[Message, ...] = ()

    @property
    def rate(self) -> Decimal:
        """Percent a year."""
        assert isinstance(self.proof.value, Decimal)  # noqa: S101 - a rate's proof holds a Decimal, its constructor checks it
        return self.proof.value


def half_year_start(day: dt.date) -> dt.date:
    """The 1 January or 1 July on or before a day."""
    return dt.date(day.year, 1 if day.month <= 6 else 7, 1)


def half_year_end(day: dt.date) -> dt.date:
    """The 30 June or 31 December on or after a day: every segment ends there at the latest."""
    return dt.date(day.year, 6, 30) if day.month <= 6 else dt.date(day.year, 12, 31)


def rate_on(terms: InterestTerms, day: dt.date, law: Law) -> RatePiece:
    """The rate that a day bears under some terms, in percent a year.

    The day itself chooses the version of the legal rate, the first day of its half-year that of the default rate, the first day with
    interest that of the public buyers' rate. Raises UnknownValue when the law's value is not known on the day that chooses it.
    """
    return {Basis.LEGAL: _legal, Basis.STATUTORY: _statutory, Basis.CONTRACTUAL: _contractual, Basis.PUBLIC: _public}[
        terms.basis
    ](terms, day, law)


def surcharge_from(terms: InterestTerms, law: Law) -> dt.date | None:
    """The first day of the raised legal rate (CMF L.313-3): the day after the same date some months after service; None without service.

    Two months from service of the judgment (Cass. civ. 2e, 12 January 2023), or from the day it became enforceable when that is later (a
    payment order is served before anyone knows whether it will be opposed), four from the pronouncement of a judgment of auction:
    values of the law in force on that day. A month without such a day number ends on its last day. It is not moved past a Sunday.
    Raises UnknownValue.
    """
    counted = _counted_from(terms)
    if terms.basis is not Basis.LEGAL or counted is None:
        return None
    months = law.of(AUCTION_MONTHS if terms.auction else SURCHARGE_MONTHS).at(counted)
    return add_months(counted, int(months.value)) + DAY


def _counted_from(terms: InterestTerms) -> dt.date | None:
    """The day the months before the raise are counted from: the service, or the later day the decision became enforceable."""
    if terms.served_on is None or terms.auction:
        return terms.served_on
    return max(terms.served_on, terms.enforceable_on or terms.served_on)


def from_law(law: Law, key: str, day: dt.date, label: Message) -> Computation:
    """A value of the law on a day as a given figure: its article, source and certainty. Raises UnknownValue."""
    series = law.of(key)
    dated = series.at(day)
    said = msg("{source} (in force on {day})", source=dated.source, day=day)
    value: Decimal | int | str = dated.value
    quantity = series.quantity
    if quantity not in (Quantity.RATE, Quantity.POINTS):
        whole = dated.value == dated.value.to_integral_value()
        value, quantity = (int(dated.value), quantity) if whole else (str(dated.value), Quantity.TEXT)
    return Computation(label, value, quantity, articles=(series.article,), source=said, certainty=dated.trust)


def number(figure: Computation) -> Decimal:
    """The value of a figure, for the next step of a computation."""
    return Decimal(str(figure.value))


def _legal(terms: InterestTerms, day: dt.date, law: Law) -> RatePiece:
    key = LEGAL_RATES[terms.creditor]
    label = (
        msg("Legal rate, creditor a private individual")
        if terms.creditor == "individual"
        else msg("Legal rate, any other creditor")
    )
    ordinary = from_law(law, key, day, label)
    last = min(half_year_end(day), law.of(key).at(day).end or half_year_end(day))
    raised = surcharge_from(terms, law)
    if raised is None or day < raised:
        return RatePiece(last if raised is None else min(last, raised - DAY), ordinary)
    delay = next((one for one in terms.delays if one[0] <= day <= one[1]), None)
    if delay:
        return RatePiece(min(last, delay[1]), _not_raised(ordinary, delay[1]))
    last = min([last, *(first - DAY for first, _ in terms.delays if first > day)])
    whole = _raised(terms, law, raised, ordinary)
    waiver = msg("The enforcement judge may waive or lower the raise, for the debtor's or the creditor's sake.")
    return RatePiece(last, whole, (waiver,))


def _not_raised(ordinary: Computation, until: dt.date) -> Computation:
    """The legal rate on a day on which a court gave time to pay (C. civ. 1343-5): the raise does not accrue."""
    said = msg("{rate} %, not raised: the court gave time to pay until {day}.", rate=number(ordinary), day=until)
    articles = ("C. civ., art. 1343-5",)
    return Computation(
        msg("Legal rate, time to pay granted"), number(ordinary), Quantity.RATE, said, (ordinary,), articles
    )


def _raised(terms: InterestTerms, law: Law, raised: dt.date, ordinary: Computation) -> Computation:
    key = AUCTION_MONTHS if terms.auction else SURCHARGE_MONTHS
    counted = _counted_from(terms) or raised
    months = from_law(law, key, counted, msg("Months before the raise"))
    points = from_law(law, SURCHARGE_POINTS, raised, msg("Raise of the legal rate after a judgment"))
    facts = {
        "rate": number(ordinary),
        "points": number(points),
        "day": counted,
        "raised": raised,
        "months": months.value,
    }
    said = (
        msg(
            "{rate} % + {points} points: auction decided on {day}, raise from {raised} (months counted: {months}).",
            **facts,
        )
        if terms.auction
        else msg(
            "{rate} % + {points} points: decision served before, enforceable on {day}, raise from {raised} (months counted: {months}).",
            **facts,
        )
        if counted != terms.served_on
        else msg(
            "{rate} % + {points} points: judgment served on {day}, raise from {raised} (months counted: {months}).",
            **facts,
        )
    )
    total = number(ordinary) + number(points)
    return Computation(msg("Raised legal rate"), total, Quantity.RATE, said, (ordinary, points, months))


def _refinancing(law: Law, day: dt.date, points: Computation, label: Message, certainty: str = "V") -> Computation:
    ecb = replace(
        from_law(law, ECB, day, msg("ECB refinancing rate")), articles=()
    )  # the points cite the article of the rule
    said = msg("ECB rate on {day} ({ecb} %) + {points} points.", day=day, ecb=number(ecb), points=number(points))
    total = number(ecb) + number(points)
    return Computation(label, total, Quantity.RATE, said, (ecb, points), certainty=certainty)


def default_rate(law: Law, day: dt.date) -> Computation:
    """The default rate between businesses on a day, in percent a year: an ECB rate + points (C. com. L.441-10 II).

    The ECB rate is that of the 1 January or 1 July before the day, whatever happens later in the half-year. Before 2013 the text
    named the latest operation without saying of which day: that of the day itself is taken, certainty "U". Raises UnknownValue.
    """
    frozen = law.of(ANCHOR).at(day).value
    first = half_year_start(day) if frozen else day
    points = from_law(law, STATUTORY_POINTS, first, msg("Points added between businesses"))
    return _refinancing(law, first, points, msg("Default rate between businesses"), "V" if frozen else "U")


def _statutory(_terms: InterestTerms, day: dt.date, law: Law) -> RatePiece:
    proof, last = default_rate(law, day), half_year_end(day)
    if law.of(ANCHOR).at(day).value:
        return RatePiece(last, proof)
    changes = law.of(ECB).changes(day, last)
    unsettled = msg(
        "Before the rate was kept for a half-year, the text named the latest operation of the central bank without saying of which "
        "day: the rate of each day is taken."
    )
    return RatePiece(changes[0] - DAY if changes else last, proof, (unsettled,))


def _public(terms: InterestTerms, day: dt.date, law: Law) -> RatePiece:
    first = terms.start + DAY
    points = from_law(law, PUBLIC_POINTS, first, msg("Points added for public buyers"))
    return RatePiece(
        half_year_end(day),
        _refinancing(law, half_year_start(first), points, msg("Rate of public buyers, fixed for the whole delay")),
    )


def floor(law: Law, day: dt.date) -> Computation:
    """The least a rate agreed between businesses may be on a day: some times the legal rate of other creditors (C. com. L.441-10 II).

    It binds an agreed rate only and never raises the default rate. Raises UnknownValue.
    """
    legal = from_law(law, LEGAL_RATES["business"], day, msg("Legal rate, any other creditor"))
    factor = from_law(law, FLOOR_FACTOR, day, msg("Times the legal rate"))
    said = msg("{factor} × the legal rate of {rate} %.", factor=number(factor), rate=number(legal))
    label = msg("Least rate that businesses may agree")
    value = number(factor) * number(legal)
    return Computation(label, value, Quantity.RATE, said, (legal, factor))


def _contractual(terms: InterestTerms, day: dt.date, law: Law) -> RatePiece:
    agreed = Decimal(terms.contract_rate or 0)
    proof = Computation(
        msg("Agreed rate"),
        agreed,
        Quantity.RATE,
        articles=("C. civ., art. 1343-1",),
        source=msg("The contract, in writing."),
    )
    if not terms.between_businesses:
        return RatePiece(half_year_end(day), proof)
    try:
        least = floor(law, day)
    except UnknownValue:
        unchecked = msg("The least rate that may be agreed is not known on {day}: not compared.", day=day)
        return RatePiece(half_year_end(day), proof, (unchecked,))
    if agreed >= number(least):
        return RatePiece(half_year_end(day), proof)
    return _below(terms, day, law, proof, least)


def _below(terms: InterestTerms, day: dt.date, law: Law, agreed: Computation, least: Computation) -> RatePiece:
    """An agreed rate below the floor: kept, and said; the default rate (never the floor) where the creditor decided so."""
    last = half_year_end(day)
    facts = {"agreed": number(agreed), "floor": number(least)}
    try:
        default = default_rate(law, day)
    except UnknownValue:
        said = msg("The agreed rate of {agreed} % is below the least that may be agreed, {floor} %.", **facts)
        return RatePiece(last, _doubtful(agreed, least), (said,))
    facts["default"] = number(default)
    if terms.default_below_floor:
        said = msg(
            "The agreed rate of {agreed} % is below the least that may be agreed, {floor} %: the default rate of {default} % is owed "
            "and claimed.",
            **facts,
        )  # fmt: skip
        label = msg("Default rate, the agreed one being too low")
        return RatePiece(last, Computation(label, number(default), Quantity.RATE, said, (agreed, least, default),
                                           certainty="U"), (said,))  # fmt: skip
    said = msg(
        "The agreed rate of {agreed} % is below the least that may be agreed, {floor} %: the debtor still owes the default rate of "
        "{default} %. Computed at the agreed rate; the creditor may claim the other.",
        **facts,
    )  # fmt: skip
    return RatePiece(last, _doubtful(agreed, least), (said,))


def _doubtful(agreed: Computation, least: Computation) -> Computation:
    said = msg("The rate agreed in writing, below the least that may be agreed.")
    return Computation(agreed.label, agreed.value, Quantity.RATE, said, (agreed, least), certainty="U")
