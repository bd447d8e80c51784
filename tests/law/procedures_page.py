"""Writes docs/procedures.md from data/procedures; a test compares. Run: python -m tests.law.procedures_page"""

from pathlib import Path

from core.domain.procedure import SAME_DAY, Procedure
from core.law.procedures import load_procedures

PAGE = Path(__file__).resolve().parents[2] / "docs" / "procedures.md"
UNITS = {"d": "day", "m": "month", "y": "year"}
HEAD = """# Procedures

Generated from `data/procedures` by `python -m tests.law.procedures_page`: do not edit. Each version is chosen by the date of a fact,
never by today's. Flags: V read in the code, V2 two sources, S one source, U not verified; S and U are shown as to be confirmed.
The program states rules, dates and consequences; the creditor decides.
"""


def length(text: str) -> str:
    if text == SAME_DAY:
        return "that day"
    number, unit = int(text[:-1]), UNITS[text[-1]]
    return f"{number} {unit}{'s' if number > 1 else ''}"


def links(found) -> str:
    said = []
    for one in found:
        where = f" ({', '.join(one.courts)})" if one.courts else ""
        when = "".join(f", {fact} {value}" for fact, value in one.when.items())
        said.append(f"{one.step}{where}{when}")
    return " or ".join(said) or "-"


def actors(step) -> str:
    lists = dict.fromkeys(step.actors.values())
    if len(lists) == 1:
        return ", ".join(next(iter(lists)))
    return "; ".join(f"{court}: {', '.join(who)}" for court, who in step.actors.items())


def version(one: Procedure) -> list[str]:
    bounds = " ".join(
        part
        for part in (
            f"from {one.valid_from}" if one.valid_from else "",
            f"until {one.valid_to}" if one.valid_to else "",
        )
        if part
    )
    lines = [f"### {one.label.fr}, {one.version_by} {bounds}", ""]
    lines += [f"{one.source.fr} ({one.certainty}, checked on {one.checked_on}). {', '.join(one.articles)}.", ""]
    lines += ["| Step | Actor | After | Courts | Article | Flag | Ends |", "|---|---|---|---|---|---|---|"]
    for step in one.steps.values():
        also = f"; also {links(step.also)}" if step.also else ""
        ends = ", ".join(outcome for outcome, _when, _over in step.ends) or "-"
        courts = ", ".join(step.courts)
        lines.append(
            f"| `{step.key}` {step.label.fr} | {actors(step)} | {links(step.after)}{also} | {courts} | {step.article} | {step.certainty} | {ends} |"
        )
    lines += ["", "| Time limit | From | Length | Kind | Article | Flag | If missed |", "|---|---|---|---|---|---|---|"]
    lines += [
        f"| `{limit.key}` {limit.label.fr} | {' or '.join(limit.start)} | {length(limit.length)} | {limit.direction} | {limit.article} | "
        f"{limit.certainty} | {limit.missed.fr} |"
        for limit in one.limits.values()
    ]
    return [*lines, ""]


def page() -> str:
    lines = [HEAD]
    for key, versions in load_procedures().items():
        lines += [f"## `{key}` {versions[-1].label.fr}", ""]
        for one in reversed(versions):
            lines += version(one)
    return "\n".join(lines)


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
