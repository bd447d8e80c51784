"""What the command says to people: usage, help, problems, an answer as lines. Computes nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from core.domain.messages import Problem
from core.i18n import Texts


def usage(prog: str, commands: Iterable[str]) -> str:
    """The line that shows how a command is written."""
    return f"{prog} [--store FILE] [--today YYYY-MM-DD] [--lang fr|en] [--json] {{{','.join(commands)}}} …"


def help_text(t: Texts, prog: str, commands: Iterable[str]) -> str:
    """Usage, then each command with what it does."""
    said = {
        "read": t("say what is in a file, storing nothing"),
        "import": t("bring the debts of a creditor's file into the store"),
        "verify": t("prove that the store is whole"),
        "check": t("say what is right, risky or missing in this installation"),
        "migrate": t("make the store or bring it up to date"),
        "backup": t("write a backup of the store and its files as one zip"),
        "restore": t("put a backup back"),
        "export": t("write every table as CSV into a new folder"),
        "demo": t("create the demonstration agency, or reset it to new"),
        "plan": t("lay out a payment plan, opening no store"),
        "interest": t("interest on a sum, period by period, opening no store"),
        "deadline": t("the end of a time limit of procedure, step by step"),
        "due-date": t("the due date of an invoice from its payment terms"),
        "allocate": t("where a payment goes among debts, opening no store"),
        "statement": t("the amounts of a case on a day, with their computations"),
        "limitation": t("the last day to sue for a claim, and what moved it"),
        "run-daily": t(
            "do the day's work: reminders, outbox, inbox, silence report; --dry-run only says what it would do"
        ),
        "check-text": t("say whether a text to a debtor may leave, rule by rule"),
    }
    options = (
        ("--store FILE", t("the store file; without it, the agency of the home (QUITTANCE_HOME)")),
        ("--today YYYY-MM-DD", t("work as if it were that day")),
        ("--lang fr|en", t("language of the sentences")),
        ("--json", t("one JSON object on standard output")),
        ("--version", t("the version of the program")),
    )
    rows = [*((name, said.get(name, "")) for name in commands), ("", ""), *options]
    return "\n".join([usage(prog, commands), "", *(f"  {name:<20} {what}".rstrip() for name, what in rows)])


def wrong_usage(t: Texts, message: str) -> str:
    """The commonest remarks of argparse in the reader's language; the others as they are."""
    missing, unknown = "the following arguments are required: ", "unrecognized arguments: "
    if message.startswith(missing):
        return t("Missing: {names}", names=message.removeprefix(missing))
    if message.startswith(unknown):
        return t("Not known here: {names}", names=message.removeprefix(unknown))
    return message


def problems_json(problems: Iterable[Problem], t: Texts) -> list[dict[str, str]]:
    """Problems as the command prints them, in the reader's language."""
    return [
        {
            "where": p.where,
            "field": p.field,
            "value": p.value,
            "reason": t.render(p.reason),
            "remedy": t.render(p.remedy),
        }
        for p in problems
    ]


def problem_line(t: Texts, problem: dict[str, str]) -> str:
    """One problem as a sentence for the terminal."""
    place = ", ".join(part for part in (problem["where"], problem["field"]) if part)
    return t(
        "{place}: {reason} {remedy}", place=place or t("Refused"), reason=problem["reason"], remedy=problem["remedy"]
    )


def lines(answer: dict[str, Any], t: Texts, indent: str = "") -> Iterator[str]:
    """An answer as lines `name: value` for people; problems are said elsewhere."""
    for name, value in answer.items():
        if name != "problems":
            yield from _line(name, value, t, indent)


def _line(name: str, value: Any, t: Texts, indent: str) -> Iterator[str]:
    if isinstance(value, dict):
        yield f"{indent}{name}:"
        yield from lines(value, t, indent + "  ")
    elif isinstance(value, list):
        yield f"{indent}{name}: {len(value)}"
        for one in value:
            inner = (
                "; ".join(f"{k} {_shown(v, t)}" for k, v in one.items()) if isinstance(one, dict) else _shown(one, t)
            )
            yield f"{indent}  - {inner}"
    else:
        yield f"{indent}{name}: {_shown(value, t)}"


def _shown(value: Any, t: Texts) -> str:
    if value is None:
        return "–"
    if isinstance(value, bool):
        return t("yes") if value else t("no")
    if isinstance(value, list):
        return ", ".join(_shown(one, t) for one in value) or "–"
    return str(value)
