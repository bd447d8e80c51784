"""What may be asked on each debt of a case on a day: basis of interest, indemnity, penalty clause, what the creditor claims.

Gathers what other rooms know (ledger, register of facts, titles, stops, mandate) for the domain. Decides no rule, writes nothing.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal

from core.domain.computation import Computation, Missing
from core.domain.indemnity import LateInvoice, NotOwed, PenaltyClause, indemnity, penalty_clause
from core.domain.interest import InterestStop, insolvency_stop, overindebtedness_stop
from core.domain.interest_barred import barred
from core.domain.interest_basis import Choice, ClaimFacts, basis_of
from core.domain.interest_title import PostTitlePeriods
from core.domain.law_values import Law
from core.domain.legal_facts import LegalFact
from core.domain.messages import Message, msg
from core.domain.statement import DebtClaim
from core.domain.statement_account import Account, Move, part, placed, standing
from core.law.calendar_rules import deadline_rules
from core.law.limitation_rules import limitation_law
from core.services import contact_record, legal_facts, mandates, proceeding_record
from core.store import creditors
from core.store import proceedings as kept
from core.store import statements as rows
from core.store.cases import CaseHead
from core.store.unit import Reader

NOTICES = ("formal_notice", "simple_summons")
CAPITALISED = ("capitalisation_agreed", "capitalisation_ordered")
OPENED, ADMISSIBLE = "insolvency_opening", "overindebtedness_admissible"
HOLDS = {
    "insolvency": OPENED,
    "over_indebtedness": ADMISSIBLE,
}  # a stop of the case says the fact where the register does not
JUDGED = "judgment"
GENERAL, CONSUMER = "post_title_interest", "post_title_interest_consumer"  # periods of data/law/limitation.yaml
INTERRUPTS = ("acknowledgment", "enforcement_act", "protective_measure")


@dataclass(frozen=True, slots=True)
class _Title:
    """A title that covers a debt, and the day it was served (None: not known)."""

    on: dt.date
    served_on: dt.date | None


@dataclass(frozen=True, slots=True)
class _Case:
    """What all debts of a case share on a day."""

    head: CaseHead
    creditor: str
    claims: frozenset[str]
    facts: tuple[LegalFact, ...]
    territory: str


def claims_of(reader: Reader, case_id: int, on: dt.date, law: Law) -> tuple[DebtClaim, ...]:
    """Each debt of a case with all that a statement on a day needs; later facts are not known yet. Raises Refusal "case-unknown"."""
    head = contact_record.head(reader, case_id)
    facts = (*legal_facts.of_case(reader, case_id), *_held(reader, case_id))
    shared = _Case(
        head,
        rows.quality(reader, head.creditor_id),
        claimed(reader, head, on),
        tuple(fact for fact in facts if fact.on <= on),
        proceeding_record.territory_of(reader, head.debtor_id),
    )
    moves = _moves(reader, case_id)
    titles = rows.titles(reader, case_id)
    served = {one.proceeding_id: _served(reader, one, on) for one in titles}
    return tuple(
        _claim(shared, row, account, _title(titles, served, row, on), on, law)
        for row in rows.claims(reader, case_id)
        if (account := _account(head, row, moves.get(row.id, ())))
    )


def claimed(reader: Reader, head: CaseHead, on: dt.date) -> frozenset[str]:
    """What the creditor asks for besides the principal on a case: "interest", "indemnity", "penalty"; nothing by default."""
    mandate = rows.mandate_of(reader, head.id) or creditors.mandate_in_force(reader, head.creditor_id, on.isoformat())
    return frozenset(mandates.claims(reader, mandate).asked)


def _moves(reader: Reader, case_id: int) -> dict[int, tuple[Move, ...]]:
    found: dict[int, list[Move]] = {}
    for row in rows.moves(reader, case_id):
        found.setdefault(row.debt_id, []).append(
            Move(
                dt.date.fromisoformat(row.booked_on),
                row.bucket,
                row.amount,
                row.against,
                row.kind,
                row.payment_id,
                _day(row.reversed_on),
                bool(row.undoes),
                row.id,
                row.reverses,
            )
        )
    return {debt_id: tuple(moves) for debt_id, moves in found.items()}


def _account(head: CaseHead, row: rows.ClaimRow, moves: tuple[Move, ...]) -> Account:
    entered = [move.on for move in moves if move.against == "placement" and move.bucket == "principal"]
    placed_on = min(entered, default=dt.date.fromisoformat(head.placed_on))
    return Account(row.id, row.ref, row.nature, _day(row.issued_on), _day(row.due_on), row.original, placed_on, moves)


def _held(reader: Reader, case_id: int) -> Iterable[LegalFact]:
    """The openings and admissibilities that a stop of the case tells."""
    for stop in rows.stops(reader, case_id):
        if stop.kind in HOLDS:
            yield LegalFact(HOLDS[stop.kind], dt.date.fromisoformat(stop.on), stop.debt_id, origin="hold")


def _served(reader: Reader, title: rows.TitleRow, on: dt.date) -> dt.date | None:
    """When a title was served: as taken over, or as the events of its proceeding say by a day."""
    if title.served_on or title.proceeding_id is None:
        return _day(title.served_on)
    one = kept.head(reader, title.proceeding_id)
    if one is None:
        return None
    said = proceeding_record.state(reader, one, on).facts.get(
        "judgment_served_on" if title.kind == JUDGED else "served_on"
    )
    return said if isinstance(said, dt.date) else _day(str(said)) if said else None


def _title(
    titles: tuple[rows.TitleRow, ...], served: dict[int | None, dt.date | None], row: rows.ClaimRow, on: dt.date
) -> _Title | None:
    """The latest title that covers a debt on a day; one taken over covers what was due when it was made."""
    found = None
    for title in titles:
        issued = dt.date.fromisoformat(title.issued_on)
        about = json.loads(title.debts or "[]")
        covers = row.id in about if about else not row.due_on or row.due_on <= title.issued_on
        if issued <= on and covers:
            known = served[title.proceeding_id] if title.proceeding_id else _day(title.served_on)
            found = _Title(issued, known if known and known <= on else None)
    return found


def _claim(
    shared: _Case, row: rows.ClaimRow, account: Account, title: _Title | None, on: dt.date, law: Law
) -> DebtClaim:
    mine = tuple(fact for fact in shared.facts if fact.debt_id in (None, row.id))
    known = _facts(shared, row, mine, title)
    basis = _not_barred(basis_of(known, deadline_rules().holidays), known, account, mine, on)
    return DebtClaim(
        account, basis, _indemnity(known, account, mine, on, law), _penalty(known, account, mine, on), shared.claims,
        _before_title(title), _unproved(mine),
    )  # fmt: skip


def _facts(shared: _Case, row: rows.ClaimRow, mine: tuple[LegalFact, ...], title: _Title | None) -> ClaimFacts:
    agreed = _last(mine, "contract_rate")
    rate = (
        agreed.rate if agreed and agreed.rate is not None else Decimal(row.contract_rate) if row.contract_rate else None
    )
    return ClaimFacts(
        debtor=shared.head.kind,
        creditor=shared.creditor,
        nature=row.claim_kind or row.nature,
        due_on=_day(row.due_on),
        notice_on=_notice(mine, _day(row.due_on)),
        contract_rate=rate,
        title_on=title.on if title else None,
        served_on=title.served_on if title else None,
        capitalised_from=min((fact.on for fact in mine if fact.kind in CAPITALISED), default=None),
        stops=_stops(mine),
        territory=shared.territory,
    )


def _not_barred(
    basis: Choice | Missing, known: ClaimFacts, account: Account, mine: tuple[LegalFact, ...], on: dt.date
) -> Choice | Missing:
    """The basis after a title, without the interest that time has taken (payments and acts that interrupt it are looked at)."""
    if isinstance(basis, Missing) or known.title_on is None:
        return basis
    law = limitation_law()
    general, consumer = law.periods[GENERAL], law.periods[CONSUMER]
    against_consumer = known.debtor == "individual" and known.creditor != "individual"
    days = [move.on for move in standing(account.moves, on) if move.payment_id is not None]
    days += [fact.on for fact in mine if fact.kind in INTERRUPTS]
    stop = barred(
        basis.terms.start, on, days, PostTitlePeriods(general.length, consumer.length),
        ((consumer if against_consumer else general).article,), consumer_by_business=against_consumer,
    )  # fmt: skip
    return replace(basis, terms=replace(basis.terms, stops=(*basis.terms.stops, stop))) if stop else basis


def _notice(mine: tuple[LegalFact, ...], due_on: dt.date | None) -> dt.date | None:
    """The first formal notice given once the debt was due."""
    days = (fact.on for fact in mine if fact.kind in NOTICES and (due_on is None or fact.on >= due_on))
    return min(days, default=None)


def _stops(mine: tuple[LegalFact, ...]) -> tuple[InterestStop, ...]:
    """The earliest opening and the earliest admissibility; the register says its end, a stop of the case none."""
    opened = _first(mine, OPENED)
    admissible = _first(mine, ADMISSIBLE)
    found = (
        insolvency_stop(opened.on) if opened else None,
        overindebtedness_stop(admissible.on, admissible.until) if admissible else None,
    )
    return tuple(stop for stop in found if stop is not None)


def _indemnity(
    known: ClaimFacts, account: Account, mine: tuple[LegalFact, ...], on: dt.date, law: Law
) -> Computation | NotOwed | Missing:
    opened = _first(mine, OPENED)
    paid = [move.on for move in standing(account.moves, on) if move.bucket == "principal"]
    left = part(account, "principal", on).left.value
    invoice = LateInvoice(
        known.debtor, known.creditor, known.due_on, known.nature, max(paid, default=None) if left == 0 else None,
        opened.on if opened else None,
    )  # fmt: skip
    return indemnity(invoice, on, law)


def _penalty(
    known: ClaimFacts, account: Account, mine: tuple[LegalFact, ...], on: dt.date
) -> Computation | NotOwed | Missing | None:
    """The sum of the latest penalty clause; None without one."""
    fact = _last(mine, "penalty_clause")
    if fact is None:
        return None
    clause = PenaltyClause(None if fact.amount is not None else fact.rate, fact.amount, known.notice_on)
    return penalty_clause(placed(account, on), clause, on, consumer=known.debtor == "individual")


def _before_title(title: _Title | None) -> tuple[Message, ...]:
    if title is None:
        return ()
    return (
        msg(
            "There is a title of {day}: interest before it counts only as far as the title granted it, and is not computed here.",
            day=title.on,
        ),
    )


def _unproved(mine: tuple[LegalFact, ...]) -> tuple[Message, ...]:
    lacking = any(fact.origin == "typed" and not fact.evidence for fact in mine)
    return (msg("A fact that counts here has no evidence in the register."),) if lacking else ()


def _first(facts: tuple[LegalFact, ...], kind: str) -> LegalFact | None:
    """The earliest fact of a kind, the register's before what a stop tells."""
    found = [fact for fact in facts if fact.kind == kind]
    typed = [fact for fact in found if fact.origin == "typed"]
    return min(typed or found, key=lambda fact: fact.on, default=None)


def _last(facts: tuple[LegalFact, ...], kind: str) -> LegalFact | None:
    return max((fact for fact in facts if fact.kind == kind), key=lambda fact: fact.on, default=None)


def _day(text: str | None) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None
