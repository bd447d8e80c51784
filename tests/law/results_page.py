"""Writes docs/results.md from data/results; a test compares. Run: python -m tests.law.results_page"""

from pathlib import Path

from core.law.results import ResultCode, load_kept, load_results

PAGE = Path(__file__).resolve().parents[2] / "docs" / "results.md"
HEAD = """# Result codes

Generated from `data/results/result_codes.yaml` by `python -m tests.law.results_page`: do not edit.

What a collector records after a contact, an attempt or an event. The list is data, read strictly by `core/law/results.py` (an unknown
key, a missing language, a digit used twice or a number without quotes is refused with the file, the line and what to do). This page is
the list as shipped. A lead edits it in the settings, tab “Résultats”: label, keyboard digit, next action and delay, compulsory facts,
attempt, right person, stop, offered or not; and codes of the agency's own, fewer than 40 offered at once. Each edit is a version of the
code (`overlays`, kind `result`), laid over the shipped one by `core/law/result_edits.py` for every reader (screens, journal, imports,
contact limits, reports); one goes back to the shipped code in one click. Figures of the past are counted with the list as it stands.

How to read the tables: **attempt** counts in the limits of contact; **right person** counts as a contact with the debtor;
**stops** says why contacts stop, for how many days if limited, until a person lifts the stop otherwise; **next** is the action
proposed and its delay in days from the result, from the date typed or from the first instalment; **needs** are the facts
without which the code cannot be saved; **channels** are where it can be chosen (`none`: without a contact); **key** is the
keyboard digit; **kept** is what nobody may change, because the program or the law rests on it. The program proposes; the person decides.
"""
FAMILIES = {
    "contact": "Right person reached",
    "third_party": "Third party or machine",
    "dead": "Dead contact point",
    "administrative": "Event of the file",
}
TABLE = (
    "| Code | Français | English | Attempt | Right person | Stops | Next | Needs | Channels | Key | Kept |\n|"
    + "---|" * 11
)
FROM = {"date": "after the date typed", "plan": "after the first instalment"}
FOOT = """
## Effects that are not in the tables

- `FAU` and `HS` make the telephone number invalid, `NPAI` the address, `EMR` the e-mail address.
- A returned letter or e-mail is not a new attempt: its sending was one.
- `SOL` can be chosen only when nothing remains due; `PAR` and `TRA` only while something does, for no more than was received; `ERR` takes
  the case out of the statistics.
- `PRE` stops contacts until the lead has decided: claiming a time-barred debt without saying so is a breach that
  inspectors report.
- `LJ`, `RJ` and `SV` are three codes because the deadlines and the persons to write to differ (C. com., art. L. 622-24 and following).
"""


def following(code: ResultCode) -> str:
    """The next action and when."""
    action = code.next_action
    said = [action.label.en]
    start = FROM.get(action.counted_from.value, "")
    if action.hours:
        said.append(f"+{action.hours} h")
    elif action.days:
        said.append(f"+{action.days} d {start}".strip())
    elif start:
        said.append(start.replace("after", "on"))
    if action.follow_up_days:
        said.append(f"then +{action.follow_up_days} d")
    return ", ".join(said)


def row(code: ResultCode) -> str:
    yes = {True: "yes", False: "no"}
    stops = f"`{code.stops}`" + (f", {code.stop_days} d" if code.stop_days else "") if code.stops else "no"
    kept = ", ".join(sorted(load_kept().get(code.code, ()))).replace("next_action", "next").replace("_", " ")
    cells = (
        f"`{code.code}`", code.label.fr, code.label.en, yes[code.attempt], yes[code.right_party], stops, following(code),
        ", ".join(code.needs) or "–", ", ".join(code.channels), code.key or "–", kept or "–",
    )  # fmt: skip
    return f"| {' | '.join(cells)} |"


def page() -> str:
    """The whole page."""
    parts = [HEAD]
    for family, title in FAMILIES.items():
        rows = [row(code) for code in load_results() if code.family == family]
        parts.append(f"## {title} (`{family}`)\n\n{TABLE}\n" + "\n".join(rows) + "\n")
    return "\n".join(parts) + FOOT


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
