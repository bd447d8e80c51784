"""Which tone of scenario a reason for non-payment calls for: data/reasons, a lead's own table. Chooses no scenario."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from pathlib import Path

from core.domain.messages import msg
from core.domain.scenario_choice import CALLED
from core.law.cited import each_once
from core.law.reasons import load_reasons
from core.law.strict_yaml import Entry, read_file, read_text

ROOT = Path(__file__).resolve().parents[2]
FILE = ROOT / "data" / "reasons" / "scenario_tones.yaml"


@functools.cache
def shipped_tones() -> Mapping[str, str]:
    """The shipped table, by reason; raises Refusal with file, line and remedy for a fault."""
    return _tones(read_file(FILE, ROOT))


def tones_of(text: str, file: str) -> Mapping[str, str]:
    """The table of another text in the same format (JSON is such a text); `file` names it in a refusal."""
    return _tones(read_text(text, file))


def _tones(document: Entry) -> Mapping[str, str]:
    """Every known reason once, each with its tone."""
    entries = document.mapping(["tones"])["tones"].items()
    codes = [kind.code for kind in load_reasons().kinds]
    parts = [entry.mapping(["reason", "tone"]) for entry in entries]
    found = [part["reason"].choice(codes) for part in parts]
    each_once(entries, found)
    missing = [code for code in codes if code not in found]
    if missing:
        raise document.refused(
            "tone-missing",
            msg("no tone is given for: {missing}.", missing=", ".join(missing)),
            msg("Give every reason its tone: {known}.", known=", ".join(CALLED)),
        )
    return {code: part["tone"].choice(CALLED) for code, part in zip(found, parts, strict=True)}
