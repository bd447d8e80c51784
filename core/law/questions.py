"""What a collector asks a creditor, and how a question chases itself: data/questions, read strictly. Sends nothing."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from string import Formatter

from core.domain.messages import msg
from core.law.stops import dispute_data
from core.law.strict_yaml import Entry, Label, read_file

ROOT = Path(__file__).resolve().parents[2]
FILE = ROOT / "data" / "questions" / "templates.yaml"

# The names each block may use.
NAMES: Mapping[str, frozenset[str]] = {
    "subject": frozenset({"reference", "debtor", "about"}),
    "opening": frozenset(),
    "case": frozenset({"case", "debtor", "debts", "amount"}),
    "ending": frozenset({"reference", "due"}),
    "signature": frozenset({"sender", "agency"}),
    "reminder": frozenset({"reference", "due"}),
}


@dataclass(frozen=True, slots=True)
class QuestionKind:
    """A kind of question; the department asked by default; `contested`: it quotes what the debtor disputes."""

    kind: str
    label: Label
    department: str
    text: Label
    contested: bool


@dataclass(frozen=True, slots=True)
class QuestionData:
    """All that data/questions says; `every` in working days, `most` reminders."""

    kinds: tuple[QuestionKind, ...]
    blocks: Mapping[str, Label]
    every: int
    most: int

    def of(self, block: str, lang: str, **values: str) -> str:
        """One block in a language, its {names} filled."""
        return self.blocks[block].of(lang).format(**values)


@functools.cache
def question_data() -> QuestionData:
    """The shipped data; raises Refusal with file, line and remedy when they are not as foreseen."""
    return questions_from(read_file(FILE, ROOT))


def questions_from(document: Entry) -> QuestionData:
    """The data of a document."""
    parts = document.mapping(["chase", *NAMES, "kinds"])
    chase = parts["chase"].mapping(["every", "most"])
    blocks = {name: _block(parts[name], allowed) for name, allowed in NAMES.items()}
    kinds = tuple(_kind(entry) for entry in parts["kinds"].items())
    return QuestionData(kinds, blocks, chase["every"].whole(1), chase["most"].whole(0))


def _kind(entry: Entry) -> QuestionKind:
    parts = entry.mapping(["kind", "label", "department", "text"], ["contested"])
    contested = parts["contested"].flag() if "contested" in parts else False
    allowed = frozenset({"contested"}) if contested else frozenset[str]()
    department = parts["department"].choice(tuple(dispute_data().departments))
    return QuestionKind(
        parts["kind"].text(), parts["label"].label(), department, _block(parts["text"], allowed), contested
    )


def _block(entry: Entry, allowed: frozenset[str]) -> Label:
    """A text in both languages that uses all the names it may, and no other."""
    label = entry.label()
    for lang in ("fr", "en"):
        used = {name for _, name, _, _ in Formatter().parse(label.of(lang)) if name is not None}
        if used != allowed:
            raise entry.refused(
                "question-names",
                msg("the text must use the names {names}.", names=", ".join(sorted(allowed)) or "—"),
                msg("Write each of them once in braces, and no other."),
            )
    return label
