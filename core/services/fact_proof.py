"""Keeps the file that proves a fact as a document of its case. Reads nothing in it and judges no fact."""

from __future__ import annotations

from dataclasses import dataclass

from core.domain.messages import msg, refuse
from core.domain.rights import Right
from core.services import scans
from core.services.context import Ctx, service
from core.store import creditors, files
from core.store.unit import Unit

EVIDENCE = "evidence"


@dataclass(frozen=True, slots=True)
class Kept:
    """A proof as kept: its document and the digest of its bytes."""

    id: int
    digest: str


@service(Right.WORK)
def keep(ctx: Ctx, unit: Unit, case_id: int, proof: tuple[str, bytes] | None) -> Kept | None:
    """Keep a proof (name, bytes) in the caller's unit; None without one.

    Raises Refusal "proof-unreadable" unless it is a PDF, PNG or JPEG of 20 MB at most.
    """
    if proof is None:
        return None
    name, data = proof
    media = scans.media_of(data)
    if media is None:
        raise refuse(
            "proof-unreadable",
            msg("The evidence must be a PDF, PNG or JPEG of at most 20 MB."),
            msg("Scan it again as PDF."),
            field="proof",
            value=name,
        )
    file_id = files.keep(unit, ctx.store, data, media)
    return Kept(
        creditors.add_document(unit, file_id, EVIDENCE, name, case_id=case_id),
        files.digest(unit, file_id),
    )
