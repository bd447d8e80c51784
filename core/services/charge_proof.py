"""The document that proves a charge: one of the case, or a scan handed over with it. Judges no charge and reads no document."""

from __future__ import annotations

from dataclasses import dataclass

from core.domain.messages import msg, refuse
from core.domain.rights import Right
from core.services import fact_proof
from core.services.context import Ctx, service
from core.store import charges
from core.store.unit import Unit


@dataclass(frozen=True, slots=True)
class Proof:
    """The document that a charge names; `digests` of a scan kept with it, by document."""

    document_id: int | None = None
    digests: tuple[tuple[str, str], ...] = ()


@service(Right.READ)
def proofs(ctx: Ctx, case_id: int) -> dict[int, str]:
    """The documents of a case that may prove a charge, by number, the newest first: title as kept."""
    with ctx.store.read() as reader:
        return dict(charges.documents(reader, case_id))


@service(Right.MONEY)
def keep(ctx: Ctx, unit: Unit, case_id: int, document_id: int | None, scan: tuple[str, bytes] | None) -> Proof:
    """The proof of a charge in the caller's unit; a scan (name, bytes) is kept first and wins over a document chosen.

    Raises Refusal "proof-unreadable" unless a scan is a PDF, PNG or JPEG of 20 MB at most, "document-elsewhere" for a document of another
    case.
    """
    kept = fact_proof.keep(ctx, unit, case_id, scan)
    if kept is not None:
        return Proof(kept.id, ((str(kept.id), kept.digest),))
    if document_id is not None and document_id not in dict(charges.documents(unit, case_id)):
        raise refuse(
            "document-elsewhere",
            msg("This document is not one of this case."),
            msg("Choose one of the list, or add the scan."),
            field="document",
            value=str(document_id),
        )
    return Proof(document_id)
