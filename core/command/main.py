"""The command line: global options, the table of commands, answers as JSON or words, exit codes. Runs no rule itself.

`python -m core [--store FILE] [--today YYYY-MM-DD] [--lang fr|en] [--json] COMMAND …`: global options stand before or
after COMMAND. Exit 0: done; 1: refused, with `problems`, and nothing was written; 2: wrong usage. A command lives in a
module with `add_parser(subparsers)` and `run(args, t) -> (exit code, answer)`, loaded only when it is asked for.
"""

from __future__ import annotations

import argparse
import importlib
import io
import itertools
import json
import os
import sys
from typing import Any

from core import __version__
from core.command import typed, words
from core.domain.messages import Problem, Refusal, msg
from core.i18n import DEFAULT, LOCALES, Texts, texts

PROG = "python -m core"
COMMANDS = {
    "read": "core.command.reading",
    "import": "core.command.importing",
    "verify": "core.command.store_commands",
    "check": "core.command.store_commands",
    "migrate": "core.command.store_commands",
    "backup": "core.command.copies",
    "restore": "core.command.copies",
    "export": "core.command.copies",
    "demo": "core.command.demonstration",
    "plan": "core.command.plan",
    "interest": "core.command.interest",
    "deadline": "core.command.dates",
    "due-date": "core.command.dates",
    "allocate": "core.command.allocate",
    "statement": "core.command.statement",
    "limitation": "core.command.limitation",
    "run-daily": "core.command.daily",
    "check-text": "core.command.check_text",
}


class Parser(argparse.ArgumentParser):
    """Ends with usage and a sentence in the reader's language, exit code 2."""

    t = texts(DEFAULT)

    def error(self, message: str) -> Any:
        """Say what is wrong with the words typed."""
        self.print_usage(sys.stderr)
        self.exit(2, words.wrong_usage(self.t, message) + "\n")


def main(argv: list[str]) -> int:
    """Run one command line; returns the exit code."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        given, rest = _split(argv)
        return _run(given, rest)
    except SystemExit as end:  # argparse's way of ending
        return int(end.code or 0)
    except BrokenPipeError:  # the reader of a pipe left: nothing more is to be said
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0


def _split(argv: list[str]) -> tuple[argparse.Namespace, list[str]]:
    """The global options, wherever they stand, and what is left."""
    Parser.t = texts(_language(argv))
    parser = Parser(prog=PROG, usage=words.usage(PROG, COMMANDS), add_help=False, allow_abbrev=False)
    parser.add_argument("--store", default="")
    parser.add_argument("--today", default="")
    parser.add_argument("--lang", choices=sorted(LOCALES), default=DEFAULT)
    parser.add_argument("--json", action="store_true")
    given, rest = parser.parse_known_args(argv)
    if given.today:
        if not typed.is_day(given.today):
            parser.error(Parser.t("--today wants a day as YYYY-MM-DD, not “{given}”.", given=given.today))
        os.environ["QUITTANCE_TODAY"] = given.today
    return given, rest


def _language(argv: list[str]) -> str:
    """The language asked for, looked up first so that even a wrong usage is said in it."""
    asked = next((b for a, b in itertools.pairwise(argv) if a == "--lang"), "")
    asked = asked or next((a.removeprefix("--lang=") for a in argv if a.startswith("--lang=")), DEFAULT)
    return asked if asked in LOCALES else DEFAULT


def _run(given: argparse.Namespace, rest: list[str]) -> int:
    t = texts(given.lang)
    if "--version" in rest[:1]:
        return _answer(given, 0, {"version": __version__}, t)
    if not rest or rest[0] in ("-h", "--help"):
        print(words.help_text(t, PROG, COMMANDS), file=sys.stdout if rest else sys.stderr)
        return 0 if rest else 2
    parser = Parser(prog=PROG, allow_abbrev=False)
    name = rest[0]
    if name not in COMMANDS:
        parser.usage = words.usage(PROG, COMMANDS)
        parser.error(t("“{given}” is not a command.", given=name))
    try:
        module = importlib.import_module(COMMANDS[name])
    except ModuleNotFoundError as error:
        if error.name != COMMANDS[name]:
            raise
        print(t("The command “{given}” is not available in this version.", given=name), file=sys.stderr)
        return 2
    module.add_parser(parser.add_subparsers(dest="command", metavar=name))
    args = parser.parse_args(rest, namespace=given)
    try:
        code, answer = module.run(args, t)
    except Refusal as refusal:
        code, answer = 1, {"problems": words.problems_json(refusal.problems, t)}
    except BrokenPipeError:
        raise
    except Exception as error:  # noqa: BLE001 - a bug becomes a sentence, a code and a log line, as on the screens
        code, answer = 1, {"problems": words.problems_json((_unexpected(error, name),), t)}
    return _answer(given, code, answer, t)


def _unexpected(error: Exception, name: str) -> Problem:
    """A bug as a problem: its code, never its message, which may quote a person."""
    from core.services import logs

    logs.set_up_here()
    return Problem(
        "unexpected",
        msg("Something unexpected happened in this command (code {code}).", code=logs.failure(error, name)),
        msg("Nothing half-done was kept. The log of the data folder holds the place in the program."),
    )


def _answer(given: argparse.Namespace, code: int, answer: dict[str, Any], t: Texts) -> int:
    """One JSON object on standard output, or lines for people; problems as sentences on standard error."""
    for problem in answer.get("problems", []):
        print(words.problem_line(t, problem), file=sys.stderr)
    if given.json:
        print(json.dumps(answer, ensure_ascii=False, indent=1))
    elif shown := "\n".join(words.lines(answer, t)):
        print(shown)
    return code
