"""Loads what no text may say and what it must (data/letters/text_rules.yaml), strictly: known rules, phrases as text. Judges no text."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from pathlib import Path
from re import Pattern

from core.domain.messages import msg
from core.domain.phrases import search
from core.domain.placement_fields import NATURES
from core.domain.text_check import RULES
from core.domain.text_facts import KindRule, Phrases, TextRules
from core.law.strict_yaml import Entry, read_file, read_text

ROOT = Path(__file__).resolve().parents[2]
FILE = ROOT / "data" / "letters" / "text_rules.yaml"
CHANNELS = ("letter", "email", "sms", "voicemail", "call")
WANTED = (
    "activity", "demand", "owed", "pay", "strange_pay", "no_interest", "notice_data", "notice_rights", "notice_where", "dispute",
    "dispute_denied", "complaint", "identity_check",
)  # fmt: skip
NATURE_KEYS = tuple(choice.key for choice in NATURES)
LINES = ("principal", "interest", "indemnity", "penalty", "costs", "total")


@functools.cache
def text_rules() -> TextRules:
    """The shipped rules."""
    return _rules(read_file(FILE, ROOT))


def rules_from(text: str, file: str) -> TextRules:
    """The rules of another text of the same format; `file` names it in a refusal. Raises Refusal."""
    return _rules(read_text(text, file))


def _rules(document: Entry) -> TextRules:
    parts = document.mapping(
        ["preview", "title", "complaint_natures", "always", "kinds", "wanted", "lines", "costs", "rules", "debt_words"]
    )
    always = frozenset(one.choice(RULES) for one in parts["always"].items())
    rules = parts["rules"].mapping(["MSG-01", "MSG-02", "MSG-03", "MSG-04", "MSG-06"])
    alike = rules["MSG-01"].mapping(["phrases", "anywhere", "except"])
    threats = rules["MSG-03"].mapping(["without_title", "always", "always_except", "except"])
    costs = parts["costs"].mapping(["phrases", "charged", "except"])
    ends = rules["MSG-04"].mapping(["consequence", "certain", "may", "forced", "except"])
    return TextRules(
        preview=parts["preview"].whole(1),
        title=parts["title"].whole(1),
        complaint_natures=frozenset(one.choice(NATURE_KEYS) for one in parts["complaint_natures"].items()),
        kinds={key: _kind(key, entry, always) for key, entry in parts["kinds"].free_mapping().items()},
        wanted=_patterns(parts["wanted"], WANTED),
        lines=_patterns(parts["lines"], LINES),
        costs=Phrases(_search(costs["phrases"]), _search(costs["except"])),
        charged=Phrases(_search(costs["charged"]), _search(costs["except"])),
        look_alike=Phrases(_search(alike["phrases"]), _search(alike["except"])),
        look_alike_anywhere=_search(alike["anywhere"]),
        office=_both(rules["MSG-02"]),
        threats=Phrases(_search(threats["without_title"]), _search(threats["except"])),
        threats_always=Phrases(_search(threats["always"]), _search(threats["always_except"])),
        consequences=Phrases(_search(ends["consequence"]), _search(ends["except"])),
        certain=_search(ends["certain"]),
        may=_search(ends["may"]),
        forced=_search(ends["forced"]),
        insults=_both(rules["MSG-06"]),
        debt_words=_search(parts["debt_words"]),
    )


def _kind(key: str, entry: Entry, always: frozenset[str]) -> KindRule:
    parts = entry.mapping(["channel", "rules"])
    own = frozenset(one.choice(RULES) for one in parts["rules"].items())
    return KindRule(key, parts["channel"].choice(CHANNELS), always | own)


def _patterns(entry: Entry, names: tuple[str, ...]) -> Mapping[str, Pattern[str]]:
    return {name: _search(one) for name, one in entry.mapping(list(names)).items()}


def _both(entry: Entry) -> Phrases:
    parts = entry.mapping(["phrases", "except"])
    return Phrases(_search(parts["phrases"]), _search(parts["except"]))


def _search(entry: Entry) -> Pattern[str]:
    phrases = [one.text() for one in entry.items()]
    for one, phrase in zip(entry.items(), phrases, strict=True):
        if not phrase.strip("*… "):
            raise one.refused(
                "phrase-empty", msg("the phrase “{given}” would find anything.", given=phrase),
                msg("Write at least one word."), value=phrase,
            )  # fmt: skip
    return search(phrases)
