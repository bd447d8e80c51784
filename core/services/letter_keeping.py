"""Keeps an issued letter of any kind: PDF and figures frozen, row of the outbox, how it leaves. Opens no unit, judges nothing."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass

from core.domain.first_letter import FirstLetter
from core.domain.frozen import to_data
from core.domain.letter import Letter
from core.domain.messages import Problem, msg, refuse
from core.domain.rights import Right
from core.services.context import Ctx, service
from core.services.letter_facts import Sources
from core.store import creditors, dispatch, files, letters
from core.store.unit import Unit

LARGEST_BATCH = 500  # letters in one printing file: a product choice, so that one writing stays short


@dataclass(frozen=True, slots=True)
class Issued:
    """A letter that was issued: to be printed and posted."""

    case_id: int
    reference: str
    document_id: int


@dataclass(frozen=True, slots=True)
class Batch:
    """Many letters: those issued, the document that prints them all (0 when none was), those refused and why."""

    issued: tuple[Issued, ...]
    document_id: int
    refused: tuple[tuple[int, tuple[Problem, ...]], ...]


@dataclass(frozen=True, slots=True)
class Kept:
    """A letter about to be kept."""

    found: Sources
    kind: str
    reference: str
    written: FirstLetter | Letter
    registered: bool
    title: str = ""  # what the journal calls it; the first letter has its own words


def batch(case_ids: Sequence[int]) -> tuple[int, ...]:
    """The cases of a batch, each once. Raises Refusal "too-many"."""
    asked = tuple(dict.fromkeys(case_ids))
    if len(asked) > LARGEST_BATCH:
        raise refuse(
            "too-many",
            msg("{given} letters are asked for at once.", given=len(asked)),
            msg("Choose {most} cases at most.", most=LARGEST_BATCH),
            field="cases",
        )
    return asked


@service(Right.WORK)
def keep(ctx: Ctx, unit: Unit, one: Kept, pdf: bytes) -> Issued:
    """The letter with its figures and the law it was computed with; one of its kind that never left is cancelled."""
    head, points = one.found.head, one.found.points
    letters.cancel_unposted(unit, head.id, one.kind)
    file_id = files.keep(unit, ctx.store, pdf, "application/pdf")
    document = letters.add_document(
        unit, file_id, head.id, one.reference, _figures(ctx, one.written), one.kind, one.title
    )
    point = next((p.id for p in points if p.kind == "address" and p.validity != "invalid"), None)
    message = letters.add_message(unit, head.id, head.debtor_id, point, one.reference, document, one.kind)
    dispatch.begin(unit, message, registered=one.registered)
    letters.close_letter_tasks(unit, head.id)
    unit.touch(head.id)
    digest = files.digest(unit, file_id)
    unit.audit(f"{one.kind}.issued", "message", message, case=head.id, digests={str(document): digest})
    return Issued(head.id, one.reference, document)


@service(Right.WORK)
def keep_whole(ctx: Ctx, unit: Unit, data: bytes, count: int) -> int:
    """The file that prints a batch."""
    file_id = files.keep(unit, ctx.store, data, "application/pdf")
    document = creditors.add_document(unit, file_id, "letters_to_print", "")
    digest = files.digest(unit, file_id)
    unit.audit("letters.printed", "document", document, letters=count, digests={str(document): digest})
    return document


def _figures(ctx: Ctx, written: FirstLetter | Letter) -> str:
    """What the letter claims, frozen beside it; cents by debt."""
    claimed = {debt.ref: debt.total for debt in written.debts}
    proofs = {one.ref: [to_data(figure) for figure in one.figures] for one in written.accessories}
    figures = {"dated": ctx.day, "amounts": asdict(written.amounts), "debts": claimed}
    return json.dumps(figures | ({"proofs": proofs} if proofs else {}), ensure_ascii=False, sort_keys=True)
