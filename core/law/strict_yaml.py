"""A strict reader of our own YAML: every value knows its file and line, and what is not foreseen is refused in a sentence.

Refused: an unknown, missing or repeated key, a number or date where text is wanted (quotes forgotten), a list where a text
is wanted, a label without one of its languages. It knows no business word: core.law.results and others say what they expect.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from core.domain.messages import Label, Message, Problem, Refusal, msg

__all__ = ["Entry", "Label", "read_file", "read_text"]

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # the C reader gives the same nodes, ten times faster
_STR, _INT, _BOOL = "tag:yaml.org,2002:str", "tag:yaml.org,2002:int", "tag:yaml.org,2002:bool"


@dataclass(frozen=True, slots=True)
class Entry:
    """A value of the file with the key it stands under; read it with the method of the shape you expect."""

    file: str
    key: str
    node: yaml.Node

    @property
    def line(self) -> int:
        """Line of the value in the file, from 1."""
        return self.node.start_mark.line + 1

    def is_mapping(self) -> bool:
        """Whether the value is a group of named values."""
        return isinstance(self.node, yaml.MappingNode)

    def mapping(self, required: Sequence[str], optional: Sequence[str] = ()) -> dict[str, Entry]:
        """Named values: all of `required`, some of `optional`, nothing else, each once."""
        found = self.free_mapping()
        known = [*required, *optional]
        for key, entry in found.items():
            if key not in known:
                raise entry.refusal(
                    "yaml-unknown-key",
                    msg("{place}: the key “{key}” is unknown.", place=entry.place(), key=key),
                    msg("Use one of {known}, or remove the line.", known=", ".join(known)),
                    value=key,
                )
        for key in required:
            if key not in found:
                raise self.refusal(
                    "yaml-missing-key",
                    msg("{place}: the key “{key}” is missing.", place=self.place(), key=key),
                    msg("Add a line “{key}:” there.", key=key),
                )
        return found

    def free_mapping(self) -> dict[str, Entry]:
        """Values under keys of the writer's choice, each once, in file order."""
        if not isinstance(self.node, yaml.MappingNode):
            raise self._shape(msg("a group of “key: value” lines"))
        found: dict[str, Entry] = {}
        for key_node, value in self.node.value:
            name = Entry(self.file, self.key, key_node)
            key = name.text()
            if key in found:
                raise name.refusal(
                    "yaml-duplicate-key",
                    msg("{place}: the key “{key}” is written twice.", place=name.place(), key=key),
                    msg("Keep one of the two lines."),
                    value=key,
                )
            found[key] = Entry(self.file, key, value)
        return found

    def items(self) -> tuple[Entry, ...]:
        """The members of a list."""
        if not isinstance(self.node, yaml.SequenceNode):
            raise self._shape(msg("a list"))
        return tuple(Entry(self.file, self.key, node) for node in self.node.value)

    def text(self) -> str:
        """A text that is not empty; a number, a date or a yes without quotes is refused, never converted."""
        written = self._scalar(msg("a text"))
        if self.node.tag != _STR:
            raise self.refusal(
                "yaml-not-text",
                msg(
                    "{place}: {given} is not read as text under “{key}”.",
                    place=self.place(),
                    given=written,
                    key=self.key,
                ),
                msg("Write it between quotes: {quoted}", quoted=f'"{written}"'),
                value=written,
            )
        if not written.strip():
            raise self.refusal(
                "yaml-empty-text",
                msg("{place}: the text under “{key}” is empty.", place=self.place(), key=self.key),
                msg("Write the text, or remove the line if the key is not compulsory."),
            )
        return written.strip()

    def whole(self, least: int = 0) -> int:
        """A whole number written without quotes, `least` or more."""
        written = self._scalar(msg("a whole number"))
        if self.node.tag != _INT or not written.isdecimal() or int(written) < least:
            raise self._shape(msg("a whole number from {least}, without quotes", least=least), written)
        return int(written)

    def flag(self) -> bool:
        """Exactly true or false."""
        written = self._scalar(msg("true or false"))
        if self.node.tag != _BOOL or written not in {"true", "false"}:
            raise self._shape(msg("true or false"), written)
        return written == "true"

    def choice(self, allowed: Sequence[str]) -> str:
        """One of the words of a closed list."""
        word = self.text()
        if word not in allowed:
            raise self.refusal(
                "yaml-unknown-word",
                msg("{place}: “{word}” is not a known value of “{key}”.", place=self.place(), word=word, key=self.key),
                msg("Choose one of {allowed}.", allowed=", ".join(allowed)),
                value=word,
            )
        return word

    def label(self) -> Label:
        """A text in French and in English, both written."""
        for lang in ("fr", "en"):
            if lang not in self.free_mapping():
                raise self.refusal(
                    "yaml-missing-language",
                    msg(
                        "{place}: the text under “{key}” has no “{lang}”.", place=self.place(), key=self.key, lang=lang
                    ),
                    msg("Write both languages: {example}", example="{fr: …, en: …}"),
                )
        found = self.mapping(["fr", "en"])
        return Label(found["fr"].text(), found["en"].text())

    def place(self) -> Message:
        """File and line, for a sentence."""
        return msg("{file}, line {line}", file=self.file, line=self.line)

    def refused(self, code: str, reason: Message, remedy: Message, value: str = "") -> Refusal:
        """A refusal for a rule that only the caller knows; `reason` is put after the place."""
        return self.refusal(code, msg("{place}: {reason}", place=self.place(), reason=reason), remedy, value=value)

    def _scalar(self, expected: Message) -> str:
        if not isinstance(self.node, yaml.ScalarNode):
            raise self._shape(expected)
        return str(self.node.value)

    def _shape(self, expected: Message, given: str = "") -> Refusal:
        return self.refusal(
            "yaml-shape",
            msg("{place}: {expected} is expected under “{key}”.", place=self.place(), expected=expected, key=self.key),
            msg("Correct this line; the other entries of the file show the shape."),
            value=given,
        )

    def refusal(self, code: str, reason: Message, remedy: Message, value: str = "") -> Refusal:
        """A refusal carrying this value's file, line and key; `reason` is the whole sentence."""
        return Refusal(Problem(code, reason, remedy, field=self.key, value=value, where=self.file, line=self.line))


def read_file(path: Path, root: Path) -> Entry:
    """The whole of a YAML file in UTF-8, named in sentences by its path under `root`."""
    name = path.relative_to(root).as_posix()
    try:
        return read_text(path.read_text(encoding="utf-8"), name)
    except UnicodeDecodeError as broken:
        raise _unreadable(name, path.read_bytes()[: broken.start].count(b"\n") + 1) from broken


def read_text(text: str, file: str) -> Entry:
    """The whole of a YAML text; `file` is its name in sentences."""
    try:
        node = yaml.compose(text, Loader=_LOADER)
    except yaml.MarkedYAMLError as broken:
        raise _unreadable(file, broken.problem_mark.line + 1 if broken.problem_mark else 0) from broken
    except yaml.YAMLError as broken:  # a forbidden character: it has no mark
        raise _unreadable(file, 0) from broken
    if node is None:
        raise _unreadable(file, 1)
    return Entry(file, file, node)


def _unreadable(file: str, line: int) -> Refusal:
    return Refusal(
        Problem(
            "yaml-unreadable",
            msg("{file}, line {line}: the file is empty or is not YAML in UTF-8.", file=file, line=line),
            msg("Check the indentation, the colons and the quotes around this line."),
            where=file,
            line=line,
        )
    )
