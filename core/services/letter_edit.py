"""What a lead edits of the letters: the wording of each kind, block by block and language by language, with versions. Writes no letter.

A wording is saved only when its {names} are known and the legality check accepts it in both languages.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import dataclass, replace

from core.domain.messages import Problem, Refusal, msg, refuse
from core.domain.rights import Right
from core.law import letter_kinds
from core.law.letter_kinds import LetterKind
from core.services import letter_specimen, letter_wording
from core.services.agency import agency_file
from core.services.context import Ctx, service
from core.services.letter_specimen import Specimen
from core.services.letter_wording import OVERLAY
from core.store import overlays
from core.store.unit import Unit

LANGS = ("fr", "en")
Blocks = Mapping[str, Mapping[str, str]]  # block -> language -> text


@dataclass(frozen=True, slots=True)
class Version:
    """A wording as it was kept: `blocks` are those changed (none: the shipped wording again)."""

    number: int
    author: str
    recorded_at: dt.datetime
    blocks: Blocks


@dataclass(frozen=True, slots=True)
class WordingView:
    """A kind as this agency words it, its versions (the newest first), and the number that the next save must have seen."""

    kind: LetterKind
    shipped: LetterKind
    versions: tuple[Version, ...]
    seen: int
    may_edit: bool


@service(Right.READ)
def wordings(ctx: Ctx) -> tuple[WordingView, ...]:
    """Every kind of letter and message, in the order in which they are offered."""
    with ctx.store.read() as reader:
        kinds, rows = letter_wording.kinds_of(reader), overlays.all_of(reader, OVERLAY)
    return tuple(_view(ctx, kind, [row for row in rows if row.key == key]) for key, kind in kinds.items())


@service(Right.READ)
def preview(ctx: Ctx, key: str, blocks: Blocks, lang: str) -> tuple[Specimen | None, tuple[Problem, ...]]:
    """The letter of an invented debtor in the wording being typed, with what is wrong; no letter while its {names} cannot be read."""
    kind = _shipped(key)
    wrong = tuple(problem for name, said in blocks.items() for problem in letter_kinds.block_problems(kind, name, said))
    if wrong:
        return None, wrong
    made = letter_specimen.specimen(letter_kinds.laid(kind, blocks), lang, agency_file(ctx).file, ctx.today)
    return made, made.problems


@service(Right.READ)
def preview_pdf(ctx: Ctx, key: str, blocks: Blocks, lang: str) -> bytes:
    """The same as it is printed. Raises Refusal with the problems of the blocks."""
    kind = letter_kinds.laid(_shipped(key), blocks)
    return letter_specimen.specimen_sheet(kind, lang, agency_file(ctx).file, ctx.now, ctx.today).pdf()


@service(Right.LETTERS)
def save_wording(ctx: Ctx, key: str, blocks: Blocks, seen: int, token: str) -> int:
    """Keep a wording as the next version; returns its number. Twice with one token keeps one.

    `blocks`: the blocks typed, whole. Raises Refusal on "block.language" ("letter-names", "letter-braces", "block-empty"), on the
    language ("fr", "en") with the rule for what the legality check refuses, "nothing-changed", "changed-meanwhile".
    """
    kind = _shipped(key)
    laid = letter_kinds.laid(kind, blocks)
    _lawful(ctx, laid)
    changed = {name: {"fr": laid.blocks[name].fr, "en": laid.blocks[name].en} for name in sorted(laid.edited)}
    with ctx.write() as unit:
        before = unit.done_before(token, "letter.wording")
        if before:
            return int(before)
        if letter_wording.kind_of(unit, key).blocks == laid.blocks:
            raise refuse(
                "nothing-changed",
                msg("Nothing was changed in this letter."),
                msg("Edit a block first."),
                field="blocks",
            )
        return _keep(unit, key, changed, seen, token)


@service(Right.LETTERS)
def restore(ctx: Ctx, key: str, version: int, seen: int, token: str) -> int:
    """Go back to an earlier version, 0 for the shipped wording, as a new version; returns its number.

    Raises Refusal "version-unknown", "changed-meanwhile", and what the legality check refuses in it today.
    """
    kind = _shipped(key)
    with ctx.write() as unit:
        before = unit.done_before(token, "letter.wording")
        if before:
            return int(before)
        blocks: Blocks = {}
        if version:
            rows = {row.version: row for row in overlays.all_of(unit, OVERLAY) if row.key == key}
            if version not in rows:
                raise refuse("version-unknown", msg("There is no such version."), msg("Choose one of the list."),
                             field="version", value=str(version))  # fmt: skip
            blocks = json.loads(rows[version].content)["blocks"]
            _lawful(ctx, letter_kinds.laid(kind, blocks))
        return _keep(unit, key, blocks, seen, token)


def _keep(unit: Unit, key: str, blocks: Blocks, seen: int, token: str) -> int:
    content = json.dumps({"blocks": blocks}, ensure_ascii=False, sort_keys=True)
    row = overlays.add(unit, OVERLAY, key, content, "", None, seen)
    unit.audit("letter.wording", "overlay", row, key=key, version=seen + 1)
    unit.remember(token, "letter.wording", seen + 1)
    return seen + 1


def _lawful(ctx: Ctx, kind: LetterKind) -> None:
    """The legality check of a specimen in both languages; the agency's own gaps are not the wording's."""
    file = agency_file(ctx).file
    found = [p for lang in LANGS for p in letter_specimen.specimen(kind, lang, file, ctx.today).problems]
    if found:
        raise Refusal(*(replace(one, where=one.value) for one in found))


def _shipped(key: str) -> LetterKind:
    found = letter_kinds.shipped().get(key)
    if found is None:
        raise refuse("kind-unknown", msg("There is no kind of letter “{given}”.", given=key), msg("Choose one of the list."),
                     field="kind", value=key)  # fmt: skip
    return found


def _view(ctx: Ctx, kind: LetterKind, rows: list[overlays.Overlay]) -> WordingView:
    versions = tuple(
        Version(row.version, row.author, dt.datetime.fromisoformat(row.recorded_at), json.loads(row.content)["blocks"])
        for row in reversed(rows)
    )
    return WordingView(
        kind, letter_kinds.shipped()[kind.key], versions, rows[-1].version if rows else 0, ctx.may(Right.LETTERS)
    )
