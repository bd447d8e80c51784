"""What may be asked on each debt of a case on a day: basis of interest, indemnity, penalty clause, what the creditor claims.

Gathers what other rooms know (ledger, register of facts, titles, stops, mandate) for the domain. Decides no rule, writes nothing.
"""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass, replace
from decimal import Decimal

from core.domain.computation import Computation, Missing
from core.domain.indemnity import LateInvoice, NotOwed, PenaltyClause, indemnity, penalty_clause
from core.domain.interest_barred import barred
from core.domain.interest_basis import Choice, ClaimFacts, basis_of, nature_of
from core.domain.interest_title import PostTitlePeriods
from core.domain.law_values import Law
from core.domain.legal_facts import LegalFact
from core.domain.messages import Message, msg
from core.domain.statement import DebtClaim
from core.domain.statement_account import Account, Move, part, placed, standing
from core.law.calendar_rules import deadline_rules
from core.law.limitation_rules import limitation_law
from core.services import claim_stops, contact_record, legal_facts, mandates, proceeding_record
from core.services.claim_stops import Stops
from core.store import creditors
from core.store import proceedings as kept
from core.store import statements as rows
from core.store.cases import CaseHead
from core.store.unit import Reader

NOTICES = ("formal_notice", "simple_summons")
CAPITALISED = ("capitalisation_agreed", "capitalisation_ordered")
JUDGED = "judgment"
DECISIONS = (
    JUDGED,
    "payment_order",
    "interim_order",
)  # sums a court awarded (C. civ. 1231-7, CMF L.313-3); deeds keep their own rate
GENERAL, CONSUMER = "post_title_interest", "post_title_interest_consumer"  # periods of data/law/limitation.yaml
INTERRUPTS = ("acknowledgment", "enforcement_act", "protective_measure")


@dataclass(frozen=True, slots=True)
class _Title:
    """A title that covers a debt, the day it was served (None: not known), whether a court awarded the sum."""

    on: dt.date
    served_on: dt.date | None
    decision: bool


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
    facts = (*legal_facts.of_case(reader, case_id), *claim_stops.told(reader, case_id))
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
        _claim(shared, row, account, _titles(titles, served, row, on), on, law)
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


def _titles(
    titles: tuple[rows.TitleRow, ...], served: dict[int | None, dt.date | None], row: rows.ClaimRow, on: dt.date
) -> tuple[_Title, ...]:
    """The titles that cover a debt on a day, the earliest first; one taken over covers what was due when it was made."""
    found = []
    for title in titles:
        issued = dt.date.fromisoformat(title.issued_on)
        about = json.loads(title.debts or "[]")
        covers = row.id in about if about else not row.due_on or row.due_on <= title.issued_on
        if issued <= on and covers:
            known = served[title.proceeding_id] if title.proceeding_id else _day(title.served_on)
            found.append(_Title(issued, known if known and known <= on else None, title.kind in DECISIONS))
    return tuple(found)


def _claim(
    shared: _Case, row: rows.ClaimRow, account: Account, titles: tuple[_Title, ...], on: dt.date, law: Law
) -> DebtClaim:
    mine = tuple(fact for fact in shared.facts if fact.debt_id in (None, row.id))
    stopped = claim_stops.stops(mine, account.issued_on)
    title = next((one for one in reversed(titles) if one.decision), None)
    known = _facts(shared, row, mine, title, stopped)
    basis = _not_barred(basis_of(known, deadline_rules().holidays), known, account, mine, on)
    return DebtClaim(
        account, basis, _indemnity(known, account, stopped, on, law), _penalty(known, account, mine, stopped, on),
        shared.claims, (*_before_title(title), *_barred(row, on)), (*_unproved(mine), *stopped.asides, *_deed(titles)),
    )  # fmt: skip


def _facts(
    shared: _Case, row: rows.ClaimRow, mine: tuple[LegalFact, ...], title: _Title | None, stopped: Stops
) -> ClaimFacts:
    agreed = _last(mine, "contract_rate")
    rate = (
        agreed.rate if agreed and agreed.rate is not None else Decimal(row.contract_rate) if row.contract_rate else None
    )
    return ClaimFacts(
        debtor=shared.head.kind,
        creditor=shared.creditor,
        nature=nature_of(row.nature, row.claim_kind),
        due_on=_day(row.due_on),
        notice_on=_notice(mine, _day(row.due_on)),
        contract_rate=rate,
        title_on=title.on if title else None,
        served_on=title.served_on if title else None,
        capitalised_from=min((fact.on for fact in mine if fact.kind in CAPITALISED), default=None),
        stops=stopped.found,
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


def _indemnity(
    known: ClaimFacts, account: Account, stopped: Stops, on: dt.date, law: Law
) -> Computation | NotOwed | Missing:
    days = [move.on for move in standing(account.moves, on) if move.bucket == "principal"]
    principal = part(account, "principal", on)
    settled = principal.left.value == 0
    invoice = LateInvoice(
        known.debtor, known.creditor, known.due_on, known.nature, max(days, default=None) if settled else None,
        stopped.opened_on, cancelled=settled and principal.credited is not None and principal.paid is None,
    )  # fmt: skip
    return indemnity(invoice, on, law)


def _penalty(
    known: ClaimFacts, account: Account, mine: tuple[LegalFact, ...], stopped: Stops, on: dt.date
) -> Computation | NotOwed | Missing | None:
    """The sum of the latest penalty clause; None without one, not owed when the notice came once penalties had stopped."""
    fact = _last(mine, "penalty_clause")
    if fact is None:
        return None
    stop = stopped.at(known.notice_on)
    if stop:
        return NotOwed(msg("Penalty clause"), stop.message, stop.articles, stop.certainty)
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


def _barred(row: rows.ClaimRow, on: dt.date) -> tuple[Message, ...]:
    """What anyone who reads the amounts of a time-barred debt is told (C. civ. 2249)."""
    last = _day(row.limitation_on)
    if last is None or last >= on:
        return ()
    if row.limitation_trust in ("V", "V2"):
        return (
            msg(
                "The last day to sue for this debt was {day}: it may be paid, and is not claimed as enforceable "
                "(C. civ., art. 2249, to be confirmed).",
                day=last,
            ),
        )
    return (
        msg(
            "The last day to sue for this debt was {day} (to be confirmed): it may be paid, and is not claimed as enforceable "
            "(C. civ., art. 2249, to be confirmed).",
            day=last,
        ),
    )


def _deed(titles: tuple[_Title, ...]) -> tuple[Message, ...]:
    """What to know of the latest title that no court gave."""
    deed = next((one for one in reversed(titles) if not one.decision), None)
    if deed is None:
        return ()
    return (
        msg(
            "The title of {day} is no decision of a court: interest is that of the debt, never raised. Read what the title says of it.",
            day=deed.on,
        ),
    )


def _unproved(mine: tuple[LegalFact, ...]) -> tuple[Message, ...]:
    lacking = any(fact.origin == "typed" and not fact.evidence for fact in mine)
    return (msg("A fact that counts here has no evidence in the register."),) if lacking else ()


def _last(facts: tuple[LegalFact, ...], kind: str) -> LegalFact | None:
    return max((fact for fact in facts if fact.kind == kind), key=lambda fact: fact.on, default=None)


def _day(text: str | None) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None
