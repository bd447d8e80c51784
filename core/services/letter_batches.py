"""Letters of one kind to many cases: who is meant, which may leave, which are kept back and why. Issues none: `letters.issue_letters` does.

One letter per debtor and mandate: of several cases of one debtor under one mandate, one is written to at a time.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from core.domain.messages import Label, Problem, msg
from core.domain.rights import Right
from core.law.letter_kinds import FIRST, LetterKind
from core.services import later_letters, letter_wording, letters
from core.services.context import Ctx, service
from core.services.refusals import unknown_choice
from core.store import letter_batches as kept
from core.store.letter_batches import ANY, NONE, Candidate

__all__ = ["ANY", "FIRST", "MOST", "NONE", "Asked", "Candidate", "Preview", "kinds", "preview"]
MOST = 200  # cases looked at in one go: the next go takes the following ones, since those written to leave the list
CLOSED = frozenset({"settled", "accepted", "closed"})  # needs of the letters that tell the end of a case


@dataclass(frozen=True, slots=True)
class Asked:
    """What a batch is asked for; `stage` the kind of the last letter sent, NONE when nothing was, ANY for all."""

    kind: str
    creditor_id: int | None = None
    collector_id: int | None = None
    stage: str = ANY


@dataclass(frozen=True, slots=True)
class Preview:
    """What would be issued now: the cases written to, those kept back with why, and whether more remain for a next go."""

    kind: LetterKind
    ready: tuple[Candidate, ...]
    refused: tuple[tuple[Candidate, tuple[Problem, ...]], ...]
    more: bool


@service(Right.READ)
def kinds(ctx: Ctx) -> dict[str, Label]:
    """The kinds of letters that leave by post, with their names."""
    with ctx.store.read() as reader:
        return {one.key: one.name for one in letter_wording.kinds_of(reader).values() if one.channel == "letter"}


@service(Right.READ)
def preview(ctx: Ctx, asked: Asked) -> Preview:
    """The letters of a batch as they would leave today, each checked as if it were issued alone. Writes nothing.

    Raises Refusal "choice-unknown" for a kind that does not leave by post.
    """
    with ctx.store.read() as reader:
        kind = letter_wording.kinds_of(reader).get(asked.kind)
        if kind is None or kind.channel != "letter":
            raise unknown_choice("kind", asked.kind)
        status = "closed" if kind.needs & CLOSED else "open"
        stage = NONE if kind.key == FIRST else asked.stage  # issued again, a first letter is asked from its case
        found = kept.candidates(reader, kind.key, status, asked.creditor_id, asked.collector_id, stage, MOST + 1)
    meant, twice = _one_each(found[:MOST])
    wrong = _problems(ctx, kind.key, [one.case_id for one in meant])
    return Preview(
        kind,
        tuple(one for one in meant if not wrong[one.case_id]),
        (*((one, wrong[one.case_id]) for one in meant if wrong[one.case_id]), *((one, (_again(),)) for one in twice)),
        len(found) > MOST,
    )


def _one_each(found: Sequence[Candidate]) -> tuple[list[Candidate], list[Candidate]]:
    """One case of each debtor under each mandate, and the others."""
    seen: set[tuple[int, int, int]] = set()
    meant, twice = list[Candidate](), list[Candidate]()
    for one in found:
        key = (one.debtor_id, one.creditor_id, one.mandate_id)
        (twice if key in seen else meant).append(one)
        seen.add(key)
    return meant, twice


def _again() -> Problem:
    return Problem(
        "same-debtor",
        msg("Another case of this debtor under the same mandate is in this batch: one letter per debtor and mandate."),
        msg("Write to it in a next batch, or put the debts together in one case."),
        field="case",
    )


def _problems(ctx: Ctx, kind: str, case_ids: Sequence[int]) -> dict[int, tuple[Problem, ...]]:
    return letters.kept_back(ctx, case_ids) if kind == FIRST else later_letters.kept_back(ctx, case_ids, kind)
