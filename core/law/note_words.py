"""The words that a note about a person must not hold (GDPR-07), read from data/notes. Reads no note."""

from __future__ import annotations

import functools
from pathlib import Path

from core.domain.note_words import WordGroup
from core.law.cited import each_once
from core.law.strict_yaml import Entry, read_file

ROOT = Path(__file__).resolve().parents[2]
FILE = ROOT / "data" / "notes" / "words.yaml"


@functools.cache
def load_note_words() -> tuple[WordGroup, ...]:
    """The shipped words by matter."""
    return words_from(read_file(FILE, ROOT))


def words_from(document: Entry) -> tuple[WordGroup, ...]:
    """The words of a document; raises Refusal with file, line and remedy."""
    entries = document.mapping(["groups"])["groups"].items()
    found = tuple(_group(entry) for entry in entries)
    each_once(entries, [group.code for group in found])
    return found


def _group(entry: Entry) -> WordGroup:
    parts = entry.mapping(["code", "label", "words"])
    words = tuple(one.text() for one in parts["words"].items())
    return WordGroup(parts["code"].text(), parts["label"].label(), words)
