"""What is learnt about a case while working it: a new telephone number, another person, a due date, the first letter. Judges nobody."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from core.domain import addresses, identity
from core.domain.dates import not_after
from core.domain.messages import Refusal, msg, refuse
from core.domain.money import LARGEST_CENTS
from core.domain.phones import phone
from core.domain.rights import Right
from core.i18n import LOCALES
from core.services import tracing_gate
from core.services.context import Ctx, service
from core.services.placing import KINDS as DEBTOR_KINDS
from core.services.refusals import empty_field, no_case, no_debt, unknown_choice
from core.store import cases, journal, placing
from core.store.placing import NewContactPoint, NewParty

ROLES = ("co_debtor", "guarantor", "heir", "guardian", "curator", "representative", "lawyer", "other")
KINDS = ("phone", "email", "address")
COLLECTOR = "collector"  # typed without saying where it comes from
GIVEN_BY = ("debtor", "creditor")


@dataclass(frozen=True, slots=True)
class ContactPointEntry:
    """A contact point as typed; `text` is the number, the e-mail or the street lines, `origin` who gave it or a source of tracing."""

    kind: str
    text: str
    postcode: str = ""
    city: str = ""
    origin: str = COLLECTOR


@service(Right.WORK)
def add_contact_point(ctx: Ctx, case_id: int, party_id: int, entry: ContactPointEntry) -> int:
    """Add a telephone number, e-mail or address to a person of the case; one already there is refused, and a barred source.

    Data that the law keeps out (those of a bailiff: CPCE L152-3) raise Refusal "source-barred" on "origin".
    """
    if entry.origin not in (COLLECTOR, *GIVEN_BY):
        tracing_gate.lawful(entry.origin, "origin")
    new = _checked(entry)
    with ctx.write() as unit:
        if not journal.party_of_case(unit, case_id, party_id):
            raise refuse(
                "party-unknown",
                msg("This person is not in the case."),
                msg("Open the case again."),
                field="party",
                value=str(party_id),
            )
        if placing.has_contact_point(unit, party_id, new.kind, new.value):
            raise refuse(
                "contact-known",
                msg("“{given}” is already there.", given=entry.text.strip()),
                msg("Mark it as good instead."),
                field="text",
                value=entry.text,
            )
        point = placing.add_contact_point(unit, party_id, new, entry.origin)
        unit.touch(case_id, *placing.cases_of(unit, party_id))
        unit.audit("contact_point.added", "contact_point", point, case=case_id)
    return point


def _checked(entry: ContactPointEntry) -> NewContactPoint:
    if entry.kind == "phone":
        found = phone(entry.text, postcode=entry.postcode, field="text")
        if found:
            return NewContactPoint("phone", found.e164, found.kind)
    elif entry.kind == "email" and entry.text.strip():
        return NewContactPoint("email", identity.email(entry.text, field="text"))
    elif entry.kind == "address" and entry.text.strip():
        postcode = addresses.postcode(entry.postcode) if entry.postcode.strip() else ""
        lines = addresses.address_lines(entry.text, field="text")
        return NewContactPoint(
            "address", "\n".join(lines), postcode=postcode, city=addresses.city(entry.city), country="FR"
        )
    raise Refusal(empty_field("text"))


@service(Right.WORK)
def add_person(
    ctx: Ctx, case_id: int, role: str, name: str, first_name: str = "", liable_up_to: int | None = None
) -> int:
    """Add a co-debtor, guarantor, heir, guardian, lawyer… to a case; `liable_up_to` in cents, None for the whole."""
    if role not in ROLES:
        raise unknown_choice("role", role)
    if liable_up_to is not None and not 0 < liable_up_to <= LARGEST_CENTS:
        raise refuse(
            "amount-not-positive",
            msg("The amount must be more than zero."),
            msg("Type the limit, or leave it empty."),
            field="limit",
        )
    if not identity.name(name):
        raise Refusal(empty_field("name"))
    with ctx.write() as unit:
        if cases.head(unit, case_id) is None:
            raise no_case(case_id)
        party = placing.add_party(unit, NewParty("individual", identity.name(name), identity.name(first_name)))
        placing.join_case(unit, case_id, party, role, liable_up_to)
        unit.touch(case_id)
        unit.audit("party.joined", "party", party, case=case_id, role=role)
    return party


@service(Right.WORK)
def record_first_letter(ctx: Ctx, case_id: int, row_version: int, reference: str, sent_on: dt.date) -> None:
    """Keep the reference and date of a first letter already sent (CPCE R.124-4); later contacts recall them."""
    not_after(sent_on, ctx.today, field="sent_on")
    if not reference.strip():
        raise refuse(
            "field-empty",
            msg("Later letters and calls must recall the reference of the first letter."),
            msg("Type the reference it carries."),
            field="reference",
        )
    with ctx.write() as unit:
        if cases.head(unit, case_id) is None:
            raise no_case(case_id)
        unit.change(
            "cases", case_id, row_version, first_letter_ref=reference.strip(), first_letter_on=sent_on.isoformat()
        )
        unit.touch(case_id)
        unit.audit("first_letter.recorded", "case", case_id)


@service(Right.WORK)
def set_debtor_language(ctx: Ctx, case_id: int, lang: str) -> None:
    """The language (fr, en) in which the debtor of a case is written to, in this case and in his others.

    Raises Refusal "case-unknown", "choice-unknown". A letter already issued keeps its language.
    """
    if lang not in LOCALES:
        raise unknown_choice("lang", lang)
    with ctx.write() as unit:
        head = cases.head(unit, case_id)
        if head is None:
            raise no_case(case_id)
        if head.lang == lang:
            return
        placing.set_party_language(unit, head.debtor_id, lang)
        unit.touch(case_id)
        unit.audit("party.language", "party", head.debtor_id, case=case_id, lang=lang)


@service(Right.WORK)
def set_debtor_kind(ctx: Ctx, case_id: int, kind: str, reason: str) -> bool:
    """Say what the debtor of a case is in law, with the reason; False when nothing differs. His other cases follow.

    It opens or closes the rules between businesses and of consumers: interest, indemnity, limitation are computed again. The journal keeps
    both kinds. Raises Refusal "case-unknown", "choice-unknown", "field-empty" without reason.
    """
    if kind not in DEBTOR_KINDS:
        raise refuse(
            "choice-unknown",
            msg("“{given}” is not one of the choices.", given=kind),
            msg("Choose one of the list."),
            field="kind",
            value=kind,
        )
    with ctx.write() as unit:
        head = cases.head(unit, case_id)
        if head is None:
            raise no_case(case_id)
        if head.kind == kind:
            return False
        if not reason.strip():
            raise refuse(
                "field-empty",
                msg("What a debtor is in law changes what may be asked: it is put right with a reason."),
                msg("Type the reason, in objective words."),
                field="reason",
            )
        placing.set_party_kind(unit, head.debtor_id, kind)
        note = journal.NewInteraction(case_id, "note", "none", "", unit.today, note=reason.strip())
        entry = journal.add_interaction(unit, note, {"step": "debtor_kind", "before": head.kind, "after": kind})
        unit.touch(*placing.cases_of(unit, head.debtor_id))
        unit.audit("party.kind", "party", head.debtor_id, case=case_id, entry=entry, before=head.kind, after=kind)
        return True


@service(Right.WORK)
def set_due_date(ctx: Ctx, debt_id: int, row_version: int, due_on: dt.date | None) -> None:
    """Give a debt the due date its file did not say, as the creditor told it; no date, or one before the invoice, is refused."""
    if due_on is None:
        raise refuse(
            "due-date-empty",
            msg("The due date is empty."),
            msg("Type the day the creditor told, as dd/mm/yyyy."),
            field="due_on",
            value="",
        )
    with ctx.write() as unit:
        debt = cases.debt(unit, debt_id)
        if debt is None:
            raise no_debt(debt_id)
        if debt.issued_on and due_on < dt.date.fromisoformat(debt.issued_on):
            raise _before_issue(due_on, dt.date.fromisoformat(debt.issued_on))
        unit.change("debts", debt_id, row_version, due_on=due_on.isoformat())
        unit.touch(cases.case_of_debt(unit, debt_id))
        unit.audit("debt.due_date", "debt", debt_id, before=debt.due_on, after=due_on.isoformat())


def _before_issue(due: dt.date, issued: dt.date) -> Refusal:
    return refuse(
        "due-before-issue",
        msg("The due date ({due}) is before the invoice ({issued}).", due=due, issued=issued),
        msg("Check both days."),
        field="due_on",
        value=due.isoformat(),
    )
