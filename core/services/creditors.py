"""Creditors and their mandates: keep, list, and keep the signed copy. Writes no clause of its own."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import asdict, dataclass

from core.domain import addresses, identity
from core.domain.messages import Refusal, choice_unknown, msg, refuse
from core.domain.rights import Right
from core.services import contact_policy, promise_grace, scans
from core.services.context import Ctx, service
from core.services.mandate_entry import LIMITS, MandateEntry, checked_mandate, claims_asked
from core.services.refusals import empty_field, no_creditor, no_mandate
from core.store import creditors, files
from core.store.creditors import CreditorRow, CreditorTotals, MandateRow
from core.store.unit import Reader

__all__ = [
    "LIMITS",
    "QUALITIES",
    "CreditorEntry",
    "CreditorFile",
    "CreditorRow",
    "CreditorTotals",
    "MandateEntry",
    "MandateRow",
    "creditor_file",
    "document_bytes",
    "keep_signed_copy",
    "list_creditors",
    "save_creditor",
    "save_mandate",
]
QUALITIES = ("", "individual", "business")  # CMF L.313-2: who the creditor is chooses the legal rate


@dataclass(frozen=True, slots=True)
class CreditorEntry:
    """A creditor as typed; `quality` is one of `QUALITIES`, "" when nobody knows."""

    ref: str
    name: str
    legal_form: str = ""
    siren: str = ""
    vat: str = ""
    address: str = ""
    postcode: str = ""
    city: str = ""
    country: str = "FR"
    contact_name: str = ""
    email: str = ""
    phone: str = ""
    iban: str = ""
    quality: str = ""


@dataclass(frozen=True, slots=True)
class CreditorFile:
    """One creditor with mandates and totals; `in_force` is the id of the mandate that covers today, if any."""

    creditor: CreditorRow
    mandates: tuple[MandateRow, ...]
    in_force: int | None
    totals: CreditorTotals


@service(Right.READ)
def list_creditors(ctx: Ctx) -> tuple[tuple[CreditorRow, CreditorTotals], ...]:
    """Every creditor with what its cases come to."""
    with ctx.store.read() as reader:
        totals = creditors.totals(reader)
        return tuple((c, totals.get(c.id, CreditorTotals(c.id, 0, 0, 0, 0))) for c in creditors.all_creditors(reader))


@service(Right.READ)
def creditor_file(ctx: Ctx, creditor_id: int) -> CreditorFile:
    """One creditor; raises Refusal "creditor-unknown"."""
    with ctx.store.read() as reader:
        found = creditors.creditor(reader, creditor_id)
        if found is None:
            raise no_creditor(creditor_id)
        totals = creditors.totals(reader).get(creditor_id, CreditorTotals(creditor_id, 0, 0, 0, 0))
        return CreditorFile(
            found,
            creditors.mandates(reader, creditor_id),
            creditors.mandate_in_force(reader, creditor_id, ctx.day),
            totals,
        )


@service(Right.CREDITORS)
def save_creditor(ctx: Ctx, entry: CreditorEntry, creditor_id: int | None = None, row_version: int = 0) -> int:
    """Add or change a creditor; all wrong fields are refused together. Its cases are recomputed when its quality changes.

    Returns its id.
    """
    values = _checked_creditor(entry)
    with ctx.write() as unit:
        _refuse_taken(unit, "creditors", values["ref"], creditor_id)
        before = creditors.creditor(unit, creditor_id) if creditor_id else None
        saved = creditors.save(unit, "creditors", creditor_id, row_version, dict(values))
        if before and before.quality != values["quality"]:
            creditors.touch_cases(unit, saved)
        unit.audit("creditor.saved", "creditor", saved)
    return saved


@service(Right.CREDITORS)
def save_mandate(
    ctx: Ctx, creditor_id: int, entry: MandateEntry, mandate_id: int | None = None, row_version: int = 0
) -> int:
    """Add or change a mandate; incomplete ones are kept and say what they lack. Returns its id."""
    values = checked_mandate(entry, ctx.today)
    with ctx.write() as unit:
        _refuse_taken(unit, "mandates", entry.ref.strip(), mandate_id)
        row = creditors.mandate(unit, mandate_id) if mandate_id else None
        contact = contact_policy.mandate_rules(unit, asdict(entry))
        kept = {
            **json.loads(row.policy if row else "{}"),
            **claims_asked(entry).kept(),
            contact_policy.MANDATE_KEY: contact,
            promise_grace.MANDATE_KEY: entry.promise_grace,
            "pay_to": entry.pay_to,
        }
        values["policy"] = json.dumps(kept)
        saved = creditors.save(unit, "mandates", mandate_id, row_version, {"creditor_id": creditor_id, **values})
        unit.audit("mandate.saved", "mandate", saved, creditor=creditor_id)
    return saved


@service(Right.CREDITORS)
def keep_signed_copy(ctx: Ctx, mandate_id: int, row_version: int, name: str, data: bytes) -> int:
    """Keep the signed copy (PDF, PNG or JPEG) of a mandate; returns the document's id."""
    media = _media_type(data)
    with ctx.write() as unit:
        mandate = creditors.mandate(unit, mandate_id)
        if mandate is None:
            raise no_mandate(mandate_id)
        file_id = files.keep(unit, ctx.store, data, media)
        document = creditors.add_document(
            unit, file_id, "signed_mandate", name, creditor_id=mandate.creditor_id, mandate_id=mandate_id
        )
        unit.change("mandates", mandate_id, row_version, signed_document_id=document)
        digest = files.digest(unit, file_id)
        unit.audit("mandate.signed_copy", "mandate", mandate_id, document=document, digests={str(document): digest})
    return document


@service(Right.READ)
def document_bytes(ctx: Ctx, document_id: int) -> tuple[bytes, str, str]:
    """Bytes, name and media type of a kept document."""
    with ctx.store.read() as reader:
        found = creditors.document_file(reader, document_id)
        if found is None:
            raise refuse(
                "document-unknown",
                msg("There is no such document here."),
                msg("Open it from its case or mandate."),
                field="document",
                value=str(document_id),
            )
        file_id, title, media = found
        return files.fetch(reader, ctx.store, file_id), title, media


def _media_type(data: bytes) -> str:
    media = scans.media_of(data)
    if media is None:
        raise refuse(
            "copy-unreadable",
            msg("The signed copy must be a PDF, PNG or JPEG of at most 20 MB."),
            msg("Scan it again as PDF."),
            field="signed_copy",
        )
    return media


def _refuse_taken(reader: Reader, table: str, ref: str, but: int | None) -> None:
    if creditors.ref_taken(reader, table, ref, but):
        raise refuse(
            "reference-taken",
            msg("The reference “{given}” is already used.", given=ref),
            msg("Give another reference: each is used once."),
            field="ref",
            value=ref,
        )


def _checked_creditor(entry: CreditorEntry) -> dict[str, str]:
    values = {name: value.strip() for name, value in asdict(entry).items()}
    problems = [empty_field(name) for name in ("name", "ref") if not values[name]]
    if values["quality"] not in QUALITIES:
        problems.append(choice_unknown("quality", values["quality"]))
    checks: dict[str, Callable[..., str]] = {
        "siren": identity.siren,
        "vat": identity.vat,
        "iban": identity.iban,
        "email": identity.email,
    }
    for name, check in checks.items():
        try:
            values[name] = check(values[name], field=name)
        except Refusal as refusal:
            problems.extend(refusal.problems)
    try:
        values["country"] = addresses.country(values["country"])
        values["postcode"] = addresses.postcode(values["postcode"], in_country=values["country"])
    except Refusal as refusal:
        problems.extend(refusal.problems)
    if problems:
        raise Refusal(*problems)
    return values
