"""Loads the kinds of letters and messages (data/letters, a file a kind, the first letter apart), and what a lead laid over them, strictly.

A kind says what it is for, what it needs, the order of its parts and its wording in French and English. Writes no letter.
"""

from __future__ import annotations

import functools
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from core.domain.messages import Problem, Refusal, msg
from core.law.letters import NAMES as LETTER_NAMES
from core.law.letters import first_letter_texts, names_in
from core.law.strict_yaml import Entry, Label, read_file, read_text

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "data" / "letters"
APART = ("first_letter", "text_rules")  # files of the folder that are no kind of this shape
DRAWN = ("claim", "account")  # parts that the program draws
NEEDS = ("first_letter", "balance", "promise", "settled", "accepted", "closed")
CHANNELS = ("letter", "email", "sms")
TONES = ("gentle", "neutral", "firm")  # a firm text is held while a fragile path is open (FRA-01)
PROMISE = frozenset({"amount", "promise_date", "promise_made"})
ACCEPTED = frozenset({"paid"})
NAMES = frozenset({
    "agency", "agency_address", "creditor", "creditor_address", "debtor", "total", "reference", "case", "contact", "account",
    "first_reference", "first_date", "first_day", "date", "term", "term_days", "signatory",
}) | PROMISE | ACCEPTED  # fmt: skip
KEYS = ("kind", "text_kind", "code", "name", "use", "article", "source", "channel", "registered", "posting_days", "term_days", "needs",
        "next", "parts", "bold", "must", "blocks")  # fmt: skip


@dataclass(frozen=True, slots=True)
class LetterKind:
    """A kind of letter or message. `text_kind`: what the legality check takes it for; days are product choices, not time limits of a text.

    `code` ends the reference of its letters; `must`: the {names} that a block may not lose; `edited`: the blocks a lead changed.
    `tone`: one of TONES.
    """

    key: str
    text_kind: str
    code: str
    name: Label
    use: Label
    article: str
    source: str
    channel: str
    registered: bool
    posting_days: int
    term_days: int
    needs: frozenset[str]
    next_kind: str
    next_days: int
    parts: tuple[str, ...]
    bold: frozenset[str]
    must: Mapping[str, frozenset[str]]
    blocks: Mapping[str, Label]
    edited: frozenset[str] = frozenset()
    tone: str = "neutral"

    def said(self, block: str, lang: str, values: Mapping[str, str]) -> str:
        """A block in a language (French for one we do not have), its {names} filled."""
        return self.blocks[block].of(lang).format(**values)

    @property
    def purpose(self) -> str:
        """What the contact gate is told that it is for: to claim, the first letter, or what the debtor is owed to be told."""
        if self.key == FIRST:
            return "first_letter"
        return "claim" if "balance" in self.needs and "promise" not in self.needs else "answer"

    @property
    def names(self) -> frozenset[str]:
        """The {names} that its blocks may use."""
        left_out = (
            *(PROMISE if "promise" not in self.needs else ()),
            *(ACCEPTED if "accepted" not in self.needs else ()),
        )
        return NAMES.difference(left_out)


@functools.cache
def shipped() -> Mapping[str, LetterKind]:
    """The kinds as shipped, by key."""
    files = sorted(path for path in FOLDER.glob("*.yaml") if path.stem not in APART)
    kinds = [first(), *(_kind(read_file(path, ROOT)) for path in files)]
    order = {key: n for n, key in enumerate(ORDER)}
    return {kind.key: kind for kind in sorted(kinds, key=lambda one: (order.get(one.key, len(order)), one.key))}


def tone_of(key: str) -> str:
    """The tone of a kind; "" of free words and of what is no kind."""
    found = shipped().get(key)
    return found.tone if found else ""


def first() -> LetterKind:
    """The first letter as a kind: its wording is edited as the others', its parts stay those of R.124-4."""
    said = first_letter_texts()
    return LetterKind(
        FIRST, FIRST, "L", Label("Première lettre (R. 124-4)", "First letter (R. 124-4)"),
        Label("Avant toute autre démarche auprès du débiteur.", "Before any other step with the debtor."),
        said.article, said.source, "letter", False, said.posting_days, 0, frozenset({"balance"}), "first_call", said.first_call_days,
        tuple(name for name in said.blocks if name != "title"), frozenset({"demand"}), LETTER_NAMES, said.blocks,
    )  # fmt: skip


FIRST = "first_letter"
ORDER = (
    FIRST, "reminder_gentle", "reminder_firm", "formal_notice", "promise_confirmation", "closing_paid", "closing_settled", "closing_ended",
    "privacy_notice", "email_reminder", "promise_email", "sms_reminder", "promise_sms",
)  # fmt: skip


def kind_from(text: str, file: str) -> LetterKind:
    """A kind of another text of the same format; `file` names it in a refusal. Raises Refusal."""
    return _kind(read_text(text, file))


def laid(kind: LetterKind, blocks: Mapping[str, Mapping[str, str]]) -> LetterKind:
    """The kind with a lead's blocks laid over it, language by language. Raises Refusal with a problem a block."""
    problems = tuple(wrong for name, said in blocks.items() for wrong in block_problems(kind, name, said))
    if problems:
        raise Refusal(*problems)
    changed = {
        name: Label(said.get("fr", kind.blocks[name].fr).strip(), said.get("en", kind.blocks[name].en).strip())
        for name, said in blocks.items()
    }
    edited = frozenset(name for name, label in changed.items() if label != kind.blocks[name])
    return replace(kind, blocks={**kind.blocks, **changed}, edited=edited)


def of_overlay(kind: LetterKind, content: str) -> LetterKind:
    """The kind with the kept JSON of a version laid over it; one that no longer fits leaves the shipped wording."""
    try:
        blocks = json.loads(content).get("blocks", {})
        return laid(kind, {name: said for name, said in blocks.items() if name in kind.blocks})
    except Refusal:
        return kind


def block_problems(kind: LetterKind, name: str, said: Mapping[str, str]) -> Iterable[Problem]:
    """What is wrong in a block as typed: empty, braces, a name unknown or missing. The field is "block.language"."""
    for lang, text in said.items():
        field = f"{name}.{lang}"
        if name not in kind.blocks or not text.strip():
            yield Problem(
                "block-empty", msg("This block is empty."),
                msg("Write it, or go back to the shipped wording."), field=field,
            )  # fmt: skip
            continue
        used = names_in(text)
        if used is None:
            yield Problem(
                "letter-braces", msg("a name between braces cannot be read."),
                msg("Write each name as {example}, closed on the same line.", example="{agency}"), field=field, value=text,
            )  # fmt: skip
            continue
        unknown = sorted(used - kind.names)
        missing = sorted(kind.must.get(name, frozenset()) - used)
        if unknown:
            yield Problem(
                "letter-names", msg("{names} is no name that this letter knows.", names=_braced(unknown)),
                msg("Use these names only: {known}.", known=_braced(sorted(kind.names))), field=field, value=text,
            )  # fmt: skip
        if missing:
            yield Problem(
                "letter-names", msg("{names} is missing: the law or the payment needs it there.", names=_braced(missing)),
                msg("Put it back in the sentence."), field=field, value=text,
            )  # fmt: skip


def _braced(names: Sequence[str]) -> str:
    return ", ".join(f"{{{name}}}" for name in names)


def _kind(document: Entry) -> LetterKind:
    parts = document.mapping(list(KEYS), ["tone"])
    found = LetterKind(
        parts["kind"].text(),
        parts["text_kind"].text(),
        parts["code"].text(),
        parts["name"].label(),
        parts["use"].label(),
        parts["article"].text(),
        parts["source"].text(),
        parts["channel"].choice(CHANNELS),
        parts["registered"].flag(),
        parts["posting_days"].whole(1),
        parts["term_days"].whole(),
        frozenset(one.choice(NEEDS) for one in parts["needs"].items()),
        *_next(parts["next"]),
        _known(parts["parts"], [*DRAWN, *parts["blocks"].free_mapping()]),
        frozenset(_known(parts["bold"], list(parts["blocks"].free_mapping()))),
        {
            name: frozenset(one.choice(sorted(NAMES)) for one in entry.items())
            for name, entry in parts["must"].free_mapping().items()
        },
        {name: entry.label() for name, entry in parts["blocks"].free_mapping().items()},
        tone=parts["tone"].choice(TONES) if "tone" in parts else "neutral",
    )
    _check(found, parts)
    return found


def _known(entry: Entry, allowed: Sequence[str]) -> tuple[str, ...]:
    return tuple(one.choice(allowed) for one in entry.items())


def _next(entry: Entry) -> tuple[str, int]:
    """The next action once it left, and after how many days; nothing when it asks for none."""
    parts = entry.mapping([], ["kind", "days"])
    if not parts:
        return "", 0
    parts = entry.mapping(["kind", "days"])
    return parts["kind"].text(), parts["days"].whole()


def _check(kind: LetterKind, parts: Mapping[str, Entry]) -> None:
    """Every block is drawn, and says what it must in both languages."""
    entries = parts["blocks"].free_mapping()
    for name, entry in entries.items():
        said = kind.blocks[name]
        for problem in block_problems(kind, name, {"fr": said.fr, "en": said.en}):
            raise entry.refused(problem.code, problem.reason, problem.remedy, value=problem.value)
        if name != "title" and name not in kind.parts:
            raise entry.refused(
                "letter-block-unused", msg("the block “{block}” is in no part of the letter.", block=name),
                msg("Add it to parts, or take it out."), value=name,
            )  # fmt: skip
