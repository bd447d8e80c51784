"""Loads the call script (data/scripts/call.yaml), strictly: known steps, profiles, conditions, {names}; compulsory lines keep their names.

Says nothing by itself: core.services.call_script chooses the lines of a case and fills them.
"""

from __future__ import annotations

import functools
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from string import Formatter
from typing import Protocol

from core.domain.messages import Message, Refusal, msg, refuse
from core.law.strict_yaml import Entry, Label, read_file, read_text

ROOT = Path(__file__).resolve().parents[2]
FILE = ROOT / "data" / "scripts" / "call.yaml"
STEPS = ("identify", "capacity", "amount", "listen", "reason", "proposal", "close", "recap", "confirm")
PROFILES = ("consumer", "tenant", "business", "public")
WHEN = ("letter", "recorded", "broken")
RULES = ("MSG-08", "R. 124-4", "CON-09", "CON-05")
NAMES = frozenset(
    "caller agency phone debtor creditor reference amount origin oldest_day letter_reference letter_day recording promised "
    "promised_day".split()
)


@dataclass(frozen=True, slots=True)
class Line:
    """One thing to say; `must` names the rule that makes it compulsory, "" for none."""

    text: Label
    profiles: tuple[str, ...]
    when: str
    must: str


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the call."""

    step: str
    title: Label
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Objection:
    """What the debtor may say, the answer at hand, and the result code it usually ends with ("" for none)."""

    objection: str
    says: Label
    answer: Label
    result: str


@dataclass(frozen=True, slots=True)
class Script:
    """The call from the first word to the written confirmation."""

    steps: tuple[Step, ...]
    objections: tuple[Objection, ...]


class Edit(Protocol):
    """One version of the words of a step or of an objection."""

    @property
    def key(self) -> str:
        """Its name."""

    @property
    def content(self) -> str:
        """JSON."""


@functools.cache
def call_script() -> Script:
    """The shipped script."""
    return _script(read_file(FILE, ROOT))


def script_from(text: str, file: str) -> Script:
    """A script of another text in the same format; `file` names it in a refusal. Raises Refusal."""
    return _script(read_text(text, file))


def laid(edits: Sequence[Edit]) -> Script:
    """The shipped script with the last edit of each step and objection; one that no longer fits is left aside."""
    found = call_script()
    for key, content in {edit.key: edit.content for edit in edits}.items():
        try:
            found = edited(found, key, json.loads(content).get("texts"))
        except Refusal:
            continue
    return found


def edited(script: Script, key: str, texts: Sequence[Mapping[str, str]] | None) -> Script:
    """The script with other words for one step or objection, `None` for the shipped ones; as many texts as it has lines.

    Raises Refusal "script-unknown", "script-lines", "script-names", "script-empty".
    """
    shipped = call_script()
    step = next((one for one in shipped.steps if one.step == key), None)
    objection = next((one for one in shipped.objections if one.objection == key), None)
    if step is not None:
        lines = _reworded(step, texts)
        return replace(
            script, steps=tuple(replace(one, lines=lines) if one.step == key else one for one in script.steps)
        )
    if objection is not None:
        answer = objection.answer if texts is None else _labels(texts, (objection.answer,), ("",))[0]
        return replace(
            script,
            objections=tuple(replace(one, answer=answer) if one.objection == key else one for one in script.objections),
        )
    raise refuse("script-unknown", msg("The script has no part “{given}”.", given=key), msg("Choose one of the list."),
                 field="part", value=key)  # fmt: skip


def _reworded(step: Step, texts: Sequence[Mapping[str, str]] | None) -> tuple[Line, ...]:
    if texts is None:
        return step.lines
    labels = _labels(texts, tuple(line.text for line in step.lines), tuple(line.must for line in step.lines))
    return tuple(replace(line, text=label) for line, label in zip(step.lines, labels, strict=True))


def _labels(texts: Sequence[Mapping[str, str]], before: Sequence[Label], musts: Sequence[str]) -> list[Label]:
    """The new words, each checked against the shipped line whose place it takes."""
    if len(texts) != len(before):
        raise refuse(
            "script-lines", msg("A line is lacking."), msg("Keep every line; only its words change."), field="text_0"
        )
    found = []
    for number, (text, old, must) in enumerate(zip(texts, before, musts, strict=True)):
        new = Label(str(text.get("fr", "")).strip(), str(text.get("en", "")).strip())
        for lang in ("fr", "en"):
            wrong = _wrong(new.of(lang) if getattr(new, lang) else "", old.of(lang), must)
            if wrong:
                code, reason, remedy = wrong
                raise refuse(code, reason, remedy, field=f"text_{number}_{lang}", value=getattr(new, lang))
        found.append(new)
    return found


def _wrong(new: str, old: str, must: str) -> tuple[str, Message, Message] | None:
    if not new:
        return "script-empty", msg("The line is empty."), msg("Write it in both languages.")
    try:
        used = _names(new)
    except ValueError:
        return (
            "script-names",
            msg("A brace is open or closed without its pair."),
            msg("Write names as {example}.", example="{debtor}"),
        )
    unknown = used - NAMES
    if unknown:
        names = ", ".join(sorted(unknown))
        return (
            "script-names",
            msg("{names} is not known here.", names=names),
            msg("Use one of {known}.", known=", ".join(sorted(NAMES))),
        )
    lost = _names(old) - used if must else frozenset()
    if lost:
        return (
            "script-names",
            msg("This line is compulsory ({rule}): it must keep {names}.", rule=must, names=", ".join(sorted(lost))),
            msg("Put it back between braces; the rest of the sentence is yours."),
        )
    return None


def _script(document: Entry) -> Script:
    parts = document.mapping(["source", "steps", "objections"])
    parts["source"].text()
    steps = tuple(_step(entry) for entry in parts["steps"].items())
    if tuple(step.step for step in steps) != STEPS:
        raise parts["steps"].refused(
            "script-steps",
            msg("the steps are not those of a call, in their order."),
            msg("Write {steps}.", steps=", ".join(STEPS)),
        )
    return Script(steps, tuple(_objection(entry) for entry in parts["objections"].items()))


def _step(entry: Entry) -> Step:
    parts = entry.mapping(["step", "title", "lines"])
    lines = tuple(_line(one) for one in parts["lines"].items())
    return Step(parts["step"].choice(STEPS), parts["title"].label(), lines)


def _line(entry: Entry) -> Line:
    parts = entry.mapping(["text"], ["for", "when", "must"])
    profiles = tuple(one.choice(PROFILES) for one in parts["for"].items()) if "for" in parts else PROFILES
    return Line(
        _said(parts["text"]),
        profiles,
        parts["when"].choice(WHEN) if "when" in parts else "",
        parts["must"].choice(RULES) if "must" in parts else "",
    )


def _objection(entry: Entry) -> Objection:
    parts = entry.mapping(["objection", "says", "answer"], ["result"])
    result = parts["result"].text() if "result" in parts else ""
    return Objection(parts["objection"].text(), parts["says"].label(), _said(parts["answer"]), result)


def _said(entry: Entry) -> Label:
    label = entry.label()
    for text in (label.fr, label.en):
        unknown = _names(text) - NAMES
        if unknown:
            raise entry.refused(
                "script-names",
                msg("{names} is not known here.", names=", ".join(sorted(unknown))),
                msg("Use one of {known}.", known=", ".join(sorted(NAMES))),
                value=text,
            )
    return label


def _names(text: str) -> frozenset[str]:
    return frozenset(name for _, name, _, _ in Formatter().parse(text) if name is not None)
