"""On which basis a debt bears interest and from when, or which facts are missing. Computes no amount, decides for no creditor.

Two qualities count and are independent: the creditor's chooses the legal rate (CMF L.313-2), the debtor's opens the rules between
businesses (C. com. L.441-10) and of public buyers. A consumer never owes the default rate between businesses, nor does a legal
person outside any business ("association").
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from core.domain.calendar import Holiday
from core.domain.claim_nature import OUTSIDE_COMMERCE
from core.domain.computation import Computation, Missing, Quantity, Question
from core.domain.interest_terms import Basis, InterestStop, InterestTerms
from core.domain.interest_title import public_deadline
from core.domain.messages import Message, msg

UNFAIR = msg(
    "Against a consumer, a late rate out of proportion is presumed unfair and may be struck out (C. consom., "
    "art. R. 212-2, 3°, to be confirmed)."
)
# L.212-2 extends the rules on unfair terms to legal persons that do not act for a business (consumer code, preliminary article).
UNFAIR_OUTSIDE = msg(
    "Against a legal person outside any business too, a late rate out of proportion may be an unfair term "
    "(C. consom., art. L. 212-2, to be confirmed)."
)
OUTSIDE_BUSINESS = msg(
    "The debtor is a legal person outside any business: the default rate between businesses is not asked of it "
    "(C. com., art. L. 441-10, to be confirmed). Check that it does not act for a business of its own."
)


@dataclass(frozen=True, slots=True)
class ClaimFacts:
    """What is known of a debt. `debtor`: "individual" (a consumer), "business", "association" (a legal person outside any business),
    "public"; `creditor`: "individual", "business"; "" unknown.

    `contract_from_due` is true when the contract says that its rate runs from the due date without notice. `title_on` is the day of an
    enforceable decision, `title_from` another day the decision set for its interest, `served_on` its service; `title_basis` what it
    granted (None: it does not say), `title_rate` the yearly rate of a "contractual" grant (None: that of the debt). `doubt` are the days
    of several titles that seem to stand; `delays` the times to pay a court granted, both days included.
    """

    debtor: str
    creditor: str
    nature: str = "invoice"
    due_on: dt.date | None = None
    notice_on: dt.date | None = None
    contract_rate: Decimal | None = None
    contract_from_due: bool = False
    title_on: dt.date | None = None
    title_from: dt.date | None = None
    title_basis: Basis | None = None
    served_on: dt.date | None = None
    auction: bool = False
    capitalised_from: dt.date | None = None
    stops: tuple[InterestStop, ...] = ()
    territory: str = ""
    title_rate: Decimal | None = None
    doubt: tuple[dt.date, ...] = ()
    delays: tuple[tuple[dt.date, dt.date], ...] = ()


@dataclass(frozen=True, slots=True)
class Choice:
    """The basis with all that `interest` needs. `proof` says basis, start and why, with the articles."""

    terms: InterestTerms
    proof: Computation


def basis_of(facts: ClaimFacts, holidays: Iterable[Holiday] = ()) -> Choice | Missing:
    """The basis and start of interest on a debt, or the facts to ask, in order.

    Titles of which nobody knows which one stands are asked first, then the title wins over all else; then public buyers (CCP
    L.2192-13), businesses (C. com. L.441-10), a rate agreed in writing (C. civ. 1343-1), the legal rate from the formal notice (C. civ.
    1231-6). `holidays` move a public deadline. The due date, the notice or the decision chooses the version of each rate, as
    interest_rates says.
    """
    if facts.doubt or facts.title_on:
        return _titled(facts, facts.title_on)
    if not facts.debtor:
        return _missing(facts, _DEBTOR)
    if facts.debtor == "public" and facts.nature not in OUTSIDE_COMMERCE:
        return _public(facts, tuple(holidays))
    if facts.debtor == "business" and facts.nature not in OUTSIDE_COMMERCE and facts.creditor != "individual":
        return _business(facts)
    return _civil(facts)


_DEBTOR, _CREDITOR, _DUE, _NOTICE = "debtor_kind", "creditor_quality", "due_on", "notice_on"


def _questions() -> dict[str, Question]:
    return {
        _DEBTOR: Question(
            _DEBTOR,
            msg("Is the debtor a consumer, a business, a legal person outside any business or a public body?"),
            msg("A consumer never owes the default rate between businesses; a public buyer has a rate of its own."),
            ("C. com., art. L. 441-10, II",),
        ),
        _CREDITOR: Question(
            _CREDITOR,
            msg("Is the creditor a private individual acting outside any business?"),
            msg("The legal rate has two values: the creditor's quality chooses, never the debtor's."),
            ("CMF, art. L. 313-2 et D. 313-1-A",),
        ),
        _DUE: Question(
            _DUE,
            msg("On which day was the payment due?"),
            msg("Between businesses and for public buyers interest runs from the day after, without any notice."),
            ("C. com., art. L. 441-10, II",),
        ),
        _NOTICE: Question(
            _NOTICE,
            msg("On which day was the formal notice given?"),
            msg("Without a notice no interest runs on this debt, unless the contract says so."),
            ("C. civ., art. 1231-6",),
        ),
    }


def _missing(facts: ClaimFacts, *keys: str) -> Missing:
    """The questions, the creditor's quality among them wherever it is unknown and the legal rate may apply."""
    asked = _questions()
    if not facts.creditor and _CREDITOR not in keys and _NOTICE in keys and facts.contract_rate is None:
        keys = (_CREDITOR, *keys)
    return Missing(msg("Interest does not run yet, as far as is known."), tuple(asked[key] for key in keys))


def _titled(facts: ClaimFacts, title_on: dt.date | None) -> Choice | Missing:
    """After a decision of a court: what it granted, the legal rate where it says none."""
    if facts.doubt or title_on is None:
        return _which_title(facts.doubt)
    if facts.title_basis in (None, Basis.LEGAL):
        return _after_title(facts, title_on)
    return _granted(facts, title_on, facts.title_basis) if facts.debtor else _missing(facts, _DEBTOR)


def _after_title(facts: ClaimFacts, title_on: dt.date) -> Choice | Missing:
    if not facts.creditor:
        return _missing(facts, _CREDITOR)
    start = facts.title_from or title_on
    why = (
        msg(
            "The decision of {day} makes interest at the legal rate run from {start}.",
            day=title_on,
            start=facts.title_from,
        )
        if facts.title_from
        else msg(
            "A judgment bears interest at the legal rate from its day, {day}, unless it says otherwise.", day=title_on
        )
    )
    served = msg("The day of service is not known: the raise of the legal rate is not counted.")
    differ = msg(
        "Whether the day of the judgment itself counts is not settled: official examples differ by one day; it is not counted."
    )
    remarks = (differ,) if facts.served_on else (served, differ)
    return _choice(facts, Basis.LEGAL, start, why, ("C. civ., art. 1231-7",), remarks)


def _granted(facts: ClaimFacts, title_on: dt.date, basis: Basis) -> Choice | Missing:
    """A decision that granted another rate than the legal one: from the day it set. CPC 480 was read in secondary sources only."""
    why = msg("The decision of {day} granted this rate.", day=title_on)
    return _choice(facts, basis, facts.title_from or title_on, why, ("CPC, art. 480",), (), "S")


def _which_title(days: tuple[dt.date, ...]) -> Missing:
    """Several decisions seem to stand for one debt: a person says which."""
    return Missing(
        msg("Interest cannot be computed: several titles cover this debt."),
        (
            Question(
                "title",
                msg("Of the titles of {first} and {last}, which one stands?", first=days[0], last=days[-1]),
                msg(
                    "A judgment on opposition replaces the order. Record in the facts which title was set aside, or what the latest one "
                    "grants."
                ),
                ("CPC, art. 1420",),
            ),
        ),
    )


def _public(facts: ClaimFacts, holidays: tuple[Holiday, ...]) -> Choice | Missing:
    if facts.due_on is None:
        return _missing(facts, _DUE)
    start = public_deadline(facts.due_on, holidays, facts.territory)
    why = msg("A public buyer owes interest from the day after the deadline of payment, without notice.")
    moved = msg("The deadline of {day} is not a working day: it ends on {start}.", day=facts.due_on, start=start)
    return _choice(
        facts, Basis.PUBLIC, start, why, ("CCP, art. L. 2192-13",), (moved,) if start != facts.due_on else (), "S"
    )


def _business(facts: ClaimFacts) -> Choice | Missing:
    if facts.due_on is None:
        return _missing(facts, _DUE)
    remarks = () if facts.creditor else (msg("The creditor is taken for a business: nobody has said otherwise."),)
    if facts.contract_rate is None:
        why = msg("Between businesses the default rate runs from the day after the due date, without notice.")
        return _choice(facts, Basis.STATUTORY, facts.due_on, why, ("C. com., art. L. 441-10, II",), remarks)
    why = msg("Between businesses the agreed rate runs from the day after the due date, without notice.")
    return _choice(
        facts, Basis.CONTRACTUAL, facts.due_on, why, ("C. com., art. L. 441-10, II", "C. civ., art. 1343-1"), remarks
    )


def _civil(facts: ClaimFacts) -> Choice | Missing:
    if facts.contract_rate is not None and facts.contract_from_due:
        if facts.due_on is None:
            return _missing(facts, _DUE)
        why = msg("The contract says that its rate runs from the due date without notice.")
        return _choice(facts, Basis.CONTRACTUAL, facts.due_on, why, ("C. civ., art. 1344", "C. civ., art. 1343-1"),
                       *_clause(facts))  # fmt: skip
    if facts.notice_on is None or (facts.due_on and facts.notice_on < facts.due_on):
        return _missing(facts, _NOTICE)
    if facts.contract_rate is not None:
        why = msg(
            "The agreed rate runs from the formal notice: nobody has said that the contract makes it run earlier."
        )
        return _choice(
            facts,
            Basis.CONTRACTUAL,
            facts.notice_on,
            why,
            ("C. civ., art. 1231-6", "C. civ., art. 1343-1"),
            *_clause(facts),
        )
    if not facts.creditor:
        return _missing(facts, _CREDITOR)
    why = msg("Without an agreed rate, a sum owed bears interest at the legal rate from the formal notice.")
    return _choice(facts, Basis.LEGAL, facts.notice_on, why, ("C. civ., art. 1231-6",), _outside(facts))


def _clause(facts: ClaimFacts) -> tuple[tuple[Message, ...], str]:
    """What to know of a rate agreed, and how sure it is: a late rate that a business sets against a consumer may be unfair."""
    if facts.creditor == "individual" or facts.debtor not in ("individual", "association"):
        return (), "V"
    return (UNFAIR if facts.debtor == "individual" else UNFAIR_OUTSIDE,), "U"


def _outside(facts: ClaimFacts) -> tuple[Message, ...]:
    if facts.debtor == "association" and facts.nature not in OUTSIDE_COMMERCE and facts.creditor != "individual":
        return (OUTSIDE_BUSINESS,)
    if facts.debtor == "individual" or facts.nature not in OUTSIDE_COMMERCE:
        return ()
    return (msg("The default rate between businesses is for sales and services; this debt is neither."),)


def _choice(
    facts: ClaimFacts,
    basis: Basis,
    start: dt.date,
    why: Message,
    articles: tuple[str, ...],
    remarks: tuple[Message, ...],
    certainty: str = "V",
) -> Choice:
    if remarks and facts.debtor == "business" and facts.nature in OUTSIDE_COMMERCE and basis is Basis.LEGAL:
        certainty = OUTSIDE_COMMERCE[facts.nature]
    if OUTSIDE_BUSINESS in remarks:
        certainty = "U"
    terms = InterestTerms(
        basis,
        start,
        facts.creditor or "business",
        _rate(facts) if basis is Basis.CONTRACTUAL else None,
        facts.served_on if facts.title_on and basis is Basis.LEGAL else None,
        facts.capitalised_from,
        facts.stops,
        facts.auction,
        basis is Basis.CONTRACTUAL
        and facts.title_on is None
        and facts.debtor == "business"
        and facts.nature not in OUTSIDE_COMMERCE,
        start_articles=articles,
        delays=facts.delays,
        enforceable_on=facts.title_on,  # of an order, the day nobody could oppose it any more
    )
    from_day = Computation(msg("Last day without interest"), start, Quantity.DATE, source=msg("File of the case"))
    proof = Computation(msg("Basis of interest"), basis.value, Quantity.TEXT, why, (from_day,), articles,
                        certainty=certainty, remarks=remarks)  # fmt: skip
    return Choice(terms, proof)


def _rate(facts: ClaimFacts) -> Decimal | None:
    """The rate a decision granted, else the one agreed."""
    return facts.title_rate if facts.title_on and facts.title_rate is not None else facts.contract_rate
