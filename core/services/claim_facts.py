"""What may be asked on each debt of a case on a day: basis of interest, indemnity, penalty clause, what the creditor claims.

Gathers what other rooms know (ledger, register of facts, titles, stops, mandate) for the domain. Decides no rule, writes nothing.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from core.domain.claim_nature import nature_of
from core.domain.computation import Computation, Missing
from core.domain.dates import day_of
from core.domain.indemnity import LateInvoice, NotOwed, PenaltyClause, indemnity, penalty_clause
from core.domain.interest_basis import ClaimFacts, basis_of
from core.domain.interest_terms import InterestStop
from core.domain.law_values import Law
from core.domain.legal_facts import LegalFact
from core.domain.messages import Message, msg
from core.domain.statement import DebtClaim
from core.domain.statement_account import Account, Move, part, placed, standing
from core.domain.title_grants import Standing, Title, beyond, standing_title
from core.law.calendar_rules import deadline_rules
from core.services import (
    claim_stops,
    claim_time,
    claim_titles,
    contact_record,
    limitation_facts,
    mandates,
    plan_waivers,
    proceeding_record,
)
from core.services.claim_stops import Stops
from core.store import creditors
from core.store import legal_facts as told
from core.store import statements as rows
from core.store.cases import CaseHead
from core.store.unit import Reader

NOTICES = ("formal_notice", "simple_summons")
CAPITALISED = ("capitalisation_agreed", "capitalisation_ordered")


@dataclass(frozen=True, slots=True)
class _Case:
    """What all debts of a case share on a day."""

    head: CaseHead
    creditor: str
    claims: frozenset[str]
    facts: tuple[LegalFact, ...]
    territory: str
    waivers: Mapping[str, tuple[InterestStop, ...]]
    others: frozenset[int]  # payments by somebody who does not owe the debt
    plans: tuple[LegalFact, ...]  # plans whose signed copy is kept


def claims_of(reader: Reader, case_id: int, on: dt.date, law: Law) -> tuple[DebtClaim, ...]:
    """Each debt of a case with all that a statement on a day needs; later facts are not known yet. Raises Refusal "case-unknown"."""
    head = contact_record.head(reader, case_id)
    facts = (*told.of_case(reader, case_id), *claim_stops.told(reader, case_id))
    shared = _Case(
        head,
        rows.quality(reader, head.creditor_id),
        claimed(reader, head, on),
        tuple(fact for fact in facts if fact.on <= on),
        proceeding_record.territory_of(reader, head.debtor_id),
        plan_waivers.waivers(reader, case_id, on),
        rows.third_party_payments(reader, case_id),
        tuple(plan for plan in limitation_facts.signed_plans(reader, case_id) if plan.on <= on),
    )
    moves = _moves(reader, case_id)
    debts = rows.claims(reader, case_id)
    titles = claim_titles.covering(reader, case_id, debts, on)
    return tuple(
        _claim(shared, row, _account(head, row, moves.get(row.id, ())), titles[row.id], on, law) for row in debts
    )


def weighed(reader: Reader, case_id: int, on: dt.date) -> tuple[tuple[Account, Standing], ...]:
    """Each debt of a case with the title that counts for it on a day. Raises Refusal "case-unknown"."""
    head = contact_record.head(reader, case_id)
    facts = tuple(fact for fact in told.of_case(reader, case_id) if fact.on <= on)
    moves, debts = _moves(reader, case_id), rows.claims(reader, case_id)
    titles = claim_titles.covering(reader, case_id, debts, on)
    return tuple(
        (_account(head, row, moves.get(row.id, ())), standing_title(titles[row.id], of_debt(facts, row.id)))
        for row in debts
    )


def of_debt(facts: tuple[LegalFact, ...], debt_id: int) -> tuple[LegalFact, ...]:
    """Of the facts of a case, those that concern a debt."""
    return tuple(fact for fact in facts if fact.debt_id in (None, debt_id))


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
                day_of(row.reversed_on),
                bool(row.undoes),
                row.id,
                row.reverses,
            )
        )
    return {debt_id: tuple(moves) for debt_id, moves in found.items()}


def _account(head: CaseHead, row: rows.ClaimRow, moves: tuple[Move, ...]) -> Account:
    entered = [move.on for move in moves if move.against == "placement" and move.bucket == "principal"]
    placed_on = min(entered, default=dt.date.fromisoformat(head.placed_on))
    return Account(
        row.id, row.ref, row.nature, day_of(row.issued_on), day_of(row.due_on), row.original, placed_on, moves
    )


def _claim(
    shared: _Case, row: rows.ClaimRow, account: Account, titles: tuple[Title, ...], on: dt.date, law: Law
) -> DebtClaim:
    mine = of_debt(shared.facts, row.id)
    stopped = claim_stops.stops(mine, account.issued_on)
    titled = standing_title(titles, mine)
    known = _facts(shared, row, mine, titled, stopped)
    kept = claim_time.kept(account, mine, shared.plans, shared.others, on)
    basis = claim_time.not_barred(basis_of(known, deadline_rules().holidays), known, kept, on)
    return DebtClaim(
        account, basis, _indemnity(known, account, stopped, on, law), _penalty(known, account, mine, stopped, on),
        shared.claims, (*claim_titles.before_title(titled), *_barred(row, on)),
        (*_unproved(mine), *stopped.asides, *claim_titles.deed(titles, mine), *titled.asides, *beyond(account, titled, on)),
    )  # fmt: skip


def _facts(
    shared: _Case, row: rows.ClaimRow, mine: tuple[LegalFact, ...], titled: Standing, stopped: Stops
) -> ClaimFacts:
    agreed = _last(mine, "contract_rate")
    rate = (
        agreed.rate if agreed and agreed.rate is not None else Decimal(row.contract_rate) if row.contract_rate else None
    )
    title, grant = titled.title, titled.grant
    return ClaimFacts(
        debtor=shared.head.kind,
        creditor=shared.creditor,
        nature=nature_of(row.nature, row.claim_kind),
        due_on=day_of(row.due_on),
        notice_on=_notice(mine, day_of(row.due_on)),
        contract_rate=rate,
        title_on=title.on if title else None,
        title_from=grant.since,
        title_basis=grant.basis,
        title_rate=grant.rate,
        doubt=titled.doubt,
        delays=claim_titles.delays(mine),
        served_on=title.served_on if title else None,
        capitalised_from=min((fact.on for fact in mine if fact.kind in CAPITALISED), default=None),
        stops=(*stopped.found, *shared.waivers.get(row.ref, ())),
        territory=shared.territory,
    )


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
        stopped.opened_on, cancelled=settled and principal.paid is None and (principal.credited or principal.refused) is not None,
    )  # fmt: skip
    return indemnity(invoice, on, law)


def _penalty(
    known: ClaimFacts, account: Account, mine: tuple[LegalFact, ...], stopped: Stops, on: dt.date
) -> Computation | NotOwed | Missing | None:
    """The sum of the latest penalty clause; None without one, not owed when the notice came once penalties had stopped."""
    fact = _last(mine, "penalty_clause")
    if fact is None:
        return None
    notice = _notice(
        mine, known.due_on + dt.timedelta(days=1) if known.due_on else None
    )  # on the due date nobody is late yet
    stop = stopped.at(notice)
    if stop:
        return NotOwed(msg("Penalty clause"), stop.message, stop.articles, stop.certainty)
    clause = PenaltyClause(None if fact.amount is not None else fact.rate, fact.amount, notice)
    consumer, outside = known.debtor == "individual", known.debtor == "association" and known.creditor != "individual"
    return penalty_clause(placed(account, on), clause, on, consumer=consumer, outside=outside)


def _barred(row: rows.ClaimRow, on: dt.date) -> tuple[Message, ...]:
    """What anyone who reads the amounts of a time-barred debt is told (C. civ. 2249)."""
    last = day_of(row.limitation_on)
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


def _unproved(mine: tuple[LegalFact, ...]) -> tuple[Message, ...]:
    lacking = any(fact.origin == "typed" and not fact.evidence for fact in mine)
    return (msg("A fact that counts here has no evidence in the register."),) if lacking else ()


def _last(facts: tuple[LegalFact, ...], kind: str) -> LegalFact | None:
    return max((fact for fact in facts if fact.kind == kind), key=lambda fact: fact.on, default=None)
