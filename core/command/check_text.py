"""The command `check-text`: the legality check of a text about a case, rule by rule, with what to do. Sends and keeps nothing."""

from __future__ import annotations

import argparse
import re
from pathlib import Path
from typing import Any

from core.command import place
from core.domain.messages import msg, refuse
from core.i18n import Texts
from core.services import cases, text_check

Answer = tuple[int, dict[str, Any]]
LARGEST = 1_000_000  # bytes: far more than any letter
_SUBJECT = re.compile(r"\s*(?:objet|subject)\s*:[ \t]*([^\n]*)\n", re.IGNORECASE)


def add_parser(subparsers: Any) -> None:
    """The kind of text, the case by its reference or number, the file in UTF-8."""
    parser = subparsers.add_parser("check-text")
    parser.add_argument("--kind", choices=text_check.kinds(), required=True)
    parser.add_argument("--case", required=True, metavar="REF")
    parser.add_argument("--subject", default="", metavar="TEXT")
    parser.add_argument("file", type=Path, metavar="FILE")


def run(args: argparse.Namespace, t: Texts) -> Answer:
    """Exit 0 when the text may leave, 1 when a rule refuses it; a first line "Objet : …" is taken as the subject of a message."""
    subject, text = _subject(_read(args.file), args.subject)
    with place.context(args, t, writes=False) as ctx:
        ref = args.case.strip()
        case_id = cases.case_of_reference(ctx, ref.upper()) or _number(ref)
        found = text_check.check_text(ctx, args.kind, case_id, text, subject)
    answer: dict[str, Any] = {
        "accepted": not found,
        "refusals": [
            {
                "rule": one.rule,
                "where": t.render(one.where),
                "reason": t.render(one.sentence),
                "remedy": t.render(one.remedy),
            }
            for one in found
        ],
    }
    if not found:
        return 0, answer
    problems = [
        {"where": one["where"], "field": one["rule"], "value": "", "reason": one["reason"], "remedy": one["remedy"]}
        for one in answer["refusals"]
    ]
    return 1, answer | {"problems": problems}


def _subject(text: str, given: str) -> tuple[str, str]:
    """The subject line and the text without it."""
    found = _SUBJECT.match(text)
    if given or not found:
        return given, text
    return found[1].strip(), "\n" * text.count("\n", 0, found.end()) + text[found.end() :]  # lines keep their numbers


def _number(text: str) -> int:
    if text.isdecimal():
        return int(text)
    raise refuse("case-unknown", msg("There is no case “{given}” here.", given=text),
                 msg("Give the reference that the case shows, or its number."), field="case", value=text)  # fmt: skip


def _read(file: Path) -> str:
    try:
        data = file.read_bytes()[: LARGEST + 1]
        text = data.decode("utf-8-sig") if len(data) <= LARGEST else b"\xff".decode()
        return text.replace("\r\n", "\n").replace("\r", "\n")
    except (OSError, ValueError) as fault:
        raise refuse("file-unreadable", msg("{file} cannot be read as a text in UTF-8.", file=str(file)),
                     msg("Name a text file of at most one megabyte, saved in UTF-8."),
                     field="file", value=str(file)) from fault  # fmt: skip
