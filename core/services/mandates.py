"""What a mandate stands at: in force or not, what R.124-3 still wants in it, and its PDF. Judges no clause and signs nothing."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from core.documents import mandate, mandate_model
from core.documents.mandate_model import FeeLine, Insurance, Mandate
from core.domain.claims import Claims, claims_of
from core.domain.dates import day_of
from core.domain.messages import Message
from core.domain.rights import Right
from core.i18n import Texts, texts
from core.services import letterhead
from core.services.agency import AgencyFile, agency_file
from core.services.context import Ctx, service
from core.services.mandate_entry import ACCOUNTS
from core.services.refusals import no_mandate
from core.store import creditors
from core.store.creditors import CreditorRow, MandateRow
from core.store.unit import Reader


@dataclass(frozen=True, slots=True)
class MandateView:
    """A mandate; `state` is in_force, unsigned, later (starts after today) or ended; `copy` is the name and media type of the
    signed copy, when one is kept. What R.124-3 and R.124-2 still want is in `missing` when the mandate is to say it, in
    `agency_missing` when the agency file is.
    """

    row: MandateRow
    state: str
    missing: tuple[Message, ...]
    agency_missing: tuple[Message, ...]
    copy: tuple[str, str] | None


@service(Right.READ)
def creditor_mandates(ctx: Ctx, creditor_id: int) -> tuple[MandateView, ...]:
    """The mandates of a creditor, the newest first, each with its state and what it lacks."""
    with ctx.store.read() as reader:
        owner, rows = creditors.creditor(reader, creditor_id), creditors.mandates(reader, creditor_id)
        copies = {row.id: _copy(reader, row) for row in rows}
    if owner is None:
        return ()
    file, t = agency_file(ctx).file, texts(ctx.lang)
    return tuple(_view(ctx, row, copies[row.id], _model(ctx, row, owner, file, t)) for row in rows)


def _view(ctx: Ctx, row: MandateRow, copy: tuple[str, str] | None, model: Mandate) -> MandateView:
    """What is missing even with a whole agency file is the mandate's own to say."""
    insured = Insurance("-", "-", model.drawn_on, model.insurance.terms)
    own = mandate_model.missing_items(
        replace(model, insurance=insured, client_account="-", declared_on=model.drawn_on, declared_to="-")
    )
    agency = tuple(item for item in mandate_model.missing_items(model) if item not in own)
    return MandateView(row, _state(row, ctx.day), own, agency, copy)


def _copy(reader: Reader, row: MandateRow) -> tuple[str, str] | None:
    found = creditors.document_file(reader, row.signed_document_id) if row.signed_document_id else None
    return (found[1], found[2]) if found else None


@service(Right.READ)
def without_mandate(ctx: Ctx) -> frozenset[int]:
    """The creditors for whom no signed mandate is in force today."""
    with ctx.store.read() as reader:
        return creditors.without_mandate(reader, ctx.day)


@service(Right.READ)
def mandate_pdf(ctx: Ctx, mandate_id: int) -> bytes:
    """The mandate as a PDF in the person's language; what is missing shows as a place to complete."""
    t = texts(ctx.lang)
    return mandate.mandate_pdf(_asked(ctx, mandate_id, t), t)


def claims(reader: Reader, mandate_id: int | None) -> Claims:
    """The accessories that the creditor of a mandate asks for; none without a mandate, or in one that says nothing of them."""
    row = creditors.mandate(reader, mandate_id) if mandate_id else None
    return row_claims(row) if row else Claims()


def row_claims(row: MandateRow) -> Claims:
    """The accessories asked for by a mandate at hand."""
    return claims_of(json.loads(row.policy))


def contact_rules(row: MandateRow) -> dict[str, Any]:
    """What a mandate narrows of the agency's contact policy, as it was typed."""
    return dict(json.loads(row.policy).get("contact", {}))


def grace(row: MandateRow) -> int | None:
    """The days a promise is waited for after its day, where the mandate says so."""
    kept = json.loads(row.policy).get("promise_grace")
    return int(kept) if kept is not None else None


def pay_to(row: MandateRow) -> str:
    """Whose account letters give: "agency" or "creditor"."""
    said = json.loads(row.policy).get("pay_to")
    return said if said in ACCOUNTS else ACCOUNTS[0]


def percent(row: MandateRow) -> Decimal:
    """The largest discount the agency may grant alone."""
    return Decimal(row.max_discount or 0)


def fee_lines(text: str) -> tuple[FeeLine, ...]:
    """One line of the typed terms is one line of the fee table: "label: terms"; without a colon, terms only."""
    found = []
    for line in text.splitlines():
        label, colon, terms = line.partition(":")
        if line.strip():
            found.append(FeeLine(label.strip(), terms.strip()) if colon else FeeLine("", line.strip()))
    return tuple(found)


def _asked(ctx: Ctx, mandate_id: int, t: Texts) -> Mandate:
    with ctx.store.read() as reader:
        row = creditors.mandate(reader, mandate_id)
        owner = creditors.creditor(reader, row.creditor_id) if row else None
    if row is None or owner is None:
        raise no_mandate(mandate_id)
    return _model(ctx, row, owner, agency_file(ctx).file, t)


def _state(row: MandateRow, today: str) -> str:
    """By the days written in the mandate; ISO days compare as text."""
    if not row.signed_on or row.signed_on > today:
        return "unsigned"
    if (row.starts_on or row.signed_on) > today:
        return "later"
    return "ended" if row.ends_on and row.ends_on < today else "in_force"


def _model(ctx: Ctx, row: MandateRow, owner: CreditorRow, file: AgencyFile, t: Texts) -> Mandate:
    return Mandate(
        number=row.ref,
        drawn_on=day_of(row.signed_on) or ctx.today,
        created_at=ctx.now,
        agency=letterhead.agency(file),
        creditor=letterhead.creditor(owner),
        power_to_receive=bool(row.power_to_receive),
        basis=row.basis,
        amounts_note=row.amounts,
        insurance=Insurance(file.insurer, file.insurance_policy, day_of(file.insurance_until), row.guarantee),
        fees=fee_lines(row.fee_terms),
        remittance=_remittance(row, t),
        client_account=" · ".join(part for part in (file.client_account_bank, file.client_account_iban) if part),
        declared_on=day_of(file.prosecutor_declared_on),
        declared_to=file.prosecutor,
        max_instalments=row.max_instalments or 0,
        max_discount=percent(row),
        claims=row_claims(row),
        term=_term(row, t),
        signed_on=day_of(row.signed_on),
        creditor_signatory=owner.contact_name,
        agency_signatory=", ".join(part for part in (file.signatory, file.signatory_title) if part),
    )


def _remittance(row: MandateRow, t: Texts) -> str:
    days = row.remittance_days
    typed = [row.remittance_terms] if row.remittance_terms else []
    counted = (
        [
            t.n(
                "Funds are remitted within {n} day of being cashed.",
                "Funds are remitted within {n} days of being cashed.",
                days,
            )
        ]
        if days
        else []
    )
    return "\n".join(typed + counted)


def _term(row: MandateRow, t: Texts) -> str:
    if row.starts_on and row.ends_on:
        return t("From {start} to {end}.", start=day_of(row.starts_on), end=day_of(row.ends_on))
    if row.starts_on:
        return t("From {start}, without a fixed end.", start=day_of(row.starts_on))
    return t("Until {end}.", end=day_of(row.ends_on)) if row.ends_on else ""
