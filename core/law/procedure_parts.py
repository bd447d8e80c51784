"""The small parts of a procedure's file: words, facts, links, holds, conditions, each read strictly. Reads no file itself."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from core.domain.messages import msg
from core.domain.procedure import (
    ACTORS,
    FACT_KINDS,
    FLAGS,
    OUTCOMES,
    Amounts,
    Caution,
    Court,
    Fact,
    Hold,
    Late,
    Link,
    Remark,
    When,
    Words,
)
from core.domain.proceeding_events import LATEST
from core.law.strict_yaml import Entry


def court(key: str, entry: Entry) -> Court:
    """A court and the form it takes."""
    parts = entry.mapping(["label", "form", "certainty"])
    return Court(key, words(parts["label"]), words(parts["form"]), parts["certainty"].choice(FLAGS))


def hold(entry: Entry) -> Hold:
    """A stop of the case and what it bars."""
    parts = entry.mapping(["article", "certainty", "why", "bars"])
    said = Remark(words(parts["why"]), parts["certainty"].choice(FLAGS), parts["article"].text())
    return Hold(said, texts(parts["bars"]))


def caution(entry: Entry, names: tuple[str, ...]) -> Caution:
    """A sentence of the file and when it is shown."""
    parts = entry.mapping(["text", "article", "certainty"], ["courts", "seen", "above"])
    said = Remark(words(parts["text"]), parts["certainty"].choice(FLAGS), parts["article"].text())
    limit = parts["above"].mapping(["of", "cents"]) if "above" in parts else None
    return Caution(
        said,
        among(parts["courts"], names) if "courts" in parts else names,
        many(parts, "seen", when),
        (limit["of"].text(), limit["cents"].whole(1)) if limit else None,
    )


def remark(entry: Entry) -> Remark:
    """A sentence with what it rests on."""
    parts = entry.mapping(["text", "certainty"], ["article"])
    article = parts["article"].text() if "article" in parts else ""
    return Remark(words(parts["text"]), parts["certainty"].choice(FLAGS), article)


def fact(key: str, entry: Entry) -> Fact:
    """Something to know; raises Refusal unless it has choices exactly when it is a choice."""
    parts = entry.mapping(["kind", "label"], ["choices", "future", "keep"])
    kind = parts["kind"].choice(FACT_KINDS)
    if (kind == "choice") != ("choices" in parts):
        raise entry.refused(
            "procedure-choices",
            msg("a fact has “choices” when, and only when, it is a choice."),
            msg("Write “kind: choice” with its “choices”, or remove them."),
        )
    choices = {k: words(v) for k, v in parts["choices"].free_mapping().items()} if "choices" in parts else {}
    keep = among(parts["keep"], [LATEST, *choices]) if "keep" in parts else ()
    return Fact(key, kind, words(parts["label"]), choices, "future" in parts and parts["future"].flag(), keep)


def link(entry: Entry, names: tuple[str, ...]) -> Link:
    """A step that opens or answers something."""
    parts = entry.mapping(["step"], ["courts", "when"])
    courts = among(parts["courts"], names) if "courts" in parts else ()
    return Link(parts["step"].text(), courts, when(parts["when"]) if "when" in parts else {})


def when(entry: Entry) -> When:
    """Facts and the values they must have."""
    return {key: value.text() for key, value in entry.free_mapping().items()}


def end(entry: Entry) -> tuple[str, When, str]:
    """An outcome, its condition, the limit that must be over."""
    parts = entry.mapping(["outcome"], ["when", "over"])
    over = parts["over"].text() if "over" in parts else ""
    return parts["outcome"].choice(OUTCOMES), when(parts["when"]) if "when" in parts else {}, over


def amounts(entry: Entry) -> Amounts:
    """What an amount may be by the value of a choice."""
    kinds = ["whole", "less", "some", "none"]
    parts = entry.mapping(["of", "by"], kinds)
    return Amounts(
        parts["of"].text(), parts["by"].text(), **{kind: texts(parts[kind]) for kind in kinds if kind in parts}
    )


def late(entry: Entry) -> Late:
    """What to say of a step that comes after the end of a limit."""
    parts = entry.mapping(["step", "text", "article", "certainty"], ["when"])
    remark = Remark(words(parts["text"]), parts["certainty"].choice(FLAGS), parts["article"].text())
    return Late(parts["step"].text(), remark, when(parts["when"]) if "when" in parts else {})


def power(entry: Entry) -> tuple[tuple[str, ...], str]:
    """Who files only with which document."""
    parts = entry.mapping(["actors", "document"])
    return among(parts["actors"], ACTORS), parts["document"].text()


def title(entry: Entry) -> tuple[str, str]:
    """The kind of title and the fact of its amount."""
    parts = entry.mapping(["kind", "amount"])
    return parts["kind"].text(), parts["amount"].text()


def many(parts: Mapping[str, Entry], key: str, read: Callable[[Entry], Any]) -> tuple[Any, ...]:
    """A list that may be left out, each item read with `read`."""
    return tuple(read(one) for one in parts[key].items()) if key in parts else ()


def among(entry: Entry, allowed: Sequence[str]) -> tuple[str, ...]:
    """Words of a list that is allowed."""
    return tuple(one.choice(allowed) for one in entry.items())


def texts(entry: Entry) -> tuple[str, ...]:
    """A list of texts."""
    return tuple(one.text() for one in entry.items())


def words(entry: Entry) -> Words:
    """A label in both languages."""
    label = entry.label()
    return Words(label.fr, label.en)


def day(entry: Entry) -> dt.date:
    """A day; raises Refusal for anything else."""
    text = entry.text()
    try:
        return dt.date.fromisoformat(text)
    except ValueError as wrong:
        raise entry.refused(
            "procedure-day",
            msg("“{given}” is not a day.", given=text),
            msg('Write it as "2026-09-01", between quotes.'),
            value=text,
        ) from wrong
