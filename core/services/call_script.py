"""The call script of one case: the lines for its debtor, in the debtor's language, filled with today's figures. Logs nothing.

Shipped words with what a lead wrote over them (`overlays`, kind `script`).
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from core.domain.contact_policy import ContactPolicy
from core.domain.messages import Label, Refusal
from core.domain.rights import Right
from core.i18n import Texts, texts
from core.law import scripts
from core.law.scripts import Script
from core.services import cases, contact_facts, contact_policy, nature_words, promises, statements
from core.services.agency import agency_file
from core.services.cases import CaseFile
from core.services.context import Ctx, service
from core.services.text_check import words_refused
from core.store import overlays

KIND = "script"
LANGS = ("fr", "en")
HOME = ("rent", "charges")  # natures of debt of somebody who lives somewhere
MOST_DEBTS = 3  # named one by one; beyond, their number is said


@dataclass(frozen=True, slots=True)
class Said:
    """One thing to say, filled; `must` the rule that makes it compulsory, "" for none."""

    text: str
    must: str


@dataclass(frozen=True, slots=True)
class SaidStep:
    """One step: its title in both languages of the house, its lines in the debtor's."""

    step: str
    title: Label
    lines: tuple[Said, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """An objection and the answer at hand; `result` the code it usually ends with."""

    objection: str
    says: str
    answer: str
    result: str


@dataclass(frozen=True, slots=True)
class CallScript:
    """The whole call with one debtor."""

    lang: str
    steps: tuple[SaidStep, ...]
    objections: tuple[Answer, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """A step or an objection to edit: its words line by line, the rule of each, the version, whether it is as shipped."""

    key: str
    title: Label
    texts: tuple[tuple[Label, str], ...]
    version: int
    shipped: bool


@service(Right.READ)
def call_script(ctx: Ctx, case_id: int) -> CallScript:
    """What to say to the debtor of a case, today. Raises Refusal "case-unknown"."""
    file = cases.case_file(ctx, case_id)
    lang = file.head.lang if file.head.lang in ("fr", "en") else "fr"
    values, true = _values(ctx, file, texts(lang))
    profile = profile_of(file.head.kind, [debt.nature for debt in file.debts if debt.outstanding])
    with ctx.store.read() as reader:
        found = scripts.laid(overlays.all_of(reader, KIND))
    steps = tuple(
        SaidStep(
            step.step,
            step.title,
            tuple(
                Said(line.text.of(lang).format_map(values), line.must)
                for line in step.lines
                if profile in line.profiles and (not line.when or line.when in true)
            ),
        )
        for step in found.steps
    )
    answers = tuple(
        Answer(one.objection, one.says.of(lang), one.answer.of(lang).format_map(values), one.result)
        for one in found.objections
    )
    return CallScript(lang, steps, answers)


def profile_of(kind: str, natures: Sequence[str]) -> str:
    """consumer, tenant, business or public: who is spoken to."""
    if kind == "public":
        return "public"
    if kind != "individual":
        return "business"
    return "tenant" if any(nature in HOME for nature in natures) else "consumer"


def _values(ctx: Ctx, file: CaseFile, t: Texts) -> tuple[dict[str, str], frozenset[str]]:
    """The {names} of a case, and which conditions hold."""
    head, agency = file.head, agency_file(ctx).file
    total = statements.statement(ctx, head.id, ctx.today).total.value
    broken = next(iter(promises.broken_of(ctx, head.id)), None)
    with ctx.store.read() as reader:
        case = contact_facts.case_of(reader, head.id, ctx.day)
        policy = contact_policy.of_mandate(reader, case.creditor_id, case.mandate_id, ctx.day)
    day = dt.date.fromisoformat
    values = {
        "caller": ctx.user.name,
        "agency": agency.name or "…",
        "phone": agency.phone or "…",
        "debtor": " ".join(part for part in (head.first_name, head.name) if part),
        "creditor": head.creditor,
        "reference": head.ref,
        "amount": t.money(total if isinstance(total, int) else 0),
        "origin": _origin(file, t),
        "oldest_day": t.date(day(head.oldest_due_on)) if head.oldest_due_on else "…",
        "letter_reference": head.first_letter_ref,
        "letter_day": t.date(day(head.first_letter_on)) if head.first_letter_on else "…",
        "recording": _recording(policy, t),
        "promised": t.money(broken.row.amount) if broken else "…",
        "promised_day": t.date(day(broken.row.due_on)) if broken else "…",
    }
    true = {"letter": bool(head.first_letter_on), "recorded": policy.records_calls, "broken": broken is not None}
    return values, frozenset(name for name, holds in true.items() if holds)


def _recording(policy: ContactPolicy, t: Texts) -> str:
    """What CON-09 wants said of a recording: why, and for how long it is kept."""
    days = t.n("kept {n} day", "kept {n} days", policy.recording_days)
    return ", ".join(part for part in (policy.recording_purpose, days) if part)


def _origin(file: CaseFile, t: Texts) -> str:
    """Where the claim comes from: each debt with its day, or how many there are."""
    owed = [debt for debt in file.debts if debt.outstanding]
    if len(owed) > MOST_DEBTS:
        return t.n("{n} unpaid debt", "{n} unpaid debts", len(owed))
    named = []
    for debt in owed:
        nature = nature_words.label(t, debt.nature).lower()
        issued = dt.date.fromisoformat(debt.issued_on) if debt.issued_on else None
        named.append(
            t("{nature} {ref} of {day}", nature=nature, ref=debt.ref, day=issued) if issued else f"{nature} {debt.ref}"
        )
    return ", ".join(named) or "…"


@service(Right.READ)
def parts(ctx: Ctx) -> tuple[Part, ...]:
    """Every step and objection as it stands, to be edited."""
    with ctx.store.read() as reader:
        rows = overlays.all_of(reader, KIND)
    found, shipped = scripts.laid(rows), scripts.call_script()
    versions = {row.key: row.version for row in rows}
    steps = [
        Part(
            one.step,
            one.title,
            tuple((line.text, line.must) for line in one.lines),
            versions.get(one.step, 0),
            one == old,
        )
        for one, old in zip(found.steps, shipped.steps, strict=True)
    ]
    answers = [
        Part(one.objection, one.says, ((one.answer, ""),), versions.get(one.objection, 0), one == old)
        for one, old in zip(found.objections, shipped.objections, strict=True)
    ]
    return (*steps, *answers)


@service(Right.SETTINGS)
def save_part(ctx: Ctx, key: str, words: Sequence[Mapping[str, str]] | None, seen: int) -> int:
    """Other words for a step or an objection, `None` for the shipped ones: one more version, which is returned.

    Raises Refusal on the line that cannot be so ("script-names", "script-empty", the rule "MSG-03"…), "changed-meanwhile".
    """
    _checked(scripts.call_script(), key, words)
    with ctx.write() as unit:
        content = json.dumps({"texts": [dict(one) for one in words] if words is not None else None}, ensure_ascii=False)
        overlays.add(unit, KIND, key, content, "", None, seen)
        unit.audit("script.edited", "setting", seen + 1, part=key)
    return seen + 1


def _checked(script: Script, key: str, words: Sequence[Mapping[str, str]] | None) -> None:
    """What cannot be said stays out of the script: its {names}, then what the legality check refuses in any text."""
    scripts.edited(script, key, words)
    typed = [f"texts.{number}.{lang}" for number in range(len(words or ())) for lang in LANGS]
    said = [str(one.get(lang, "")) for one in words or () for lang in LANGS]
    wrong = [problem for field, text in zip(typed, said, strict=True) for problem in words_refused(text, field)]
    if wrong:
        raise Refusal(*wrong)
