"""What a lead edits of the questions to creditors: each text in both languages, with versions, read on an invented case. Asks nothing."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass

from core.domain.messages import Label, Problem, msg, refuse
from core.domain.rights import Right
from core.i18n import texts
from core.law import question_edits
from core.law.questions import question_data
from core.law.stops import load_dispute_kinds
from core.services import question_text
from core.services.context import Ctx, service
from core.services.question_text import Words
from core.services.refusals import unknown_choice
from core.store import overlays
from core.store.overlays import Overlay

SAMPLE_CENTS = 124050


@dataclass(frozen=True, slots=True)
class Part:
    """A text as this agency has it; `names` it may use, `must` it may not leave out; its versions, the newest first."""

    key: str
    label: Label | None
    text: Label
    shipped: bool
    names: tuple[str, ...]
    must: tuple[str, ...]
    versions: tuple[Overlay, ...]

    @property
    def version(self) -> int:
        """The last version, 0 for none."""
        return self.versions[0].version if self.versions else 0


@service(Right.READ)
def parts(ctx: Ctx) -> tuple[Part, ...]:
    """Every text, in the order of a question, then of the kinds; `label` names a kind."""
    with ctx.store.read() as reader:
        rows = overlays.all_of(reader, question_text.KIND)
        found = question_text.data_of(reader)
    labels = {one.kind: one.label for one in question_data().kinds}
    return tuple(
        Part(
            key,
            labels.get(key),
            question_edits.text_of(found, key),
            question_edits.text_of(found, key) == question_edits.text_of(question_data(), key),
            tuple(sorted(question_edits.names_of(key))),
            tuple(sorted(question_edits.must_of(key))),
            tuple(row for row in reversed(rows) if row.key == key),
        )
        for key in question_edits.editable()
    )


@service(Right.READ)
def preview(ctx: Ctx, key: str, said: Mapping[str, str], lang: str) -> tuple[Words | None, tuple[Problem, ...]]:
    """A question of an invented case in the words being typed, with what is wrong; none while its {names} cannot be read."""
    wrong = question_edits.problems(_known(key), said)
    if wrong:
        return None, wrong
    with ctx.store.read() as reader:
        data = question_edits.put(question_text.data_of(reader), key, said)
    kind = next((one for one in data.kinds if one.kind == key), data.kinds[0])
    t = texts(lang)
    values = {
        "reference": "K-0001-Q1", "case": "K-0001", "debtor": "Camille Dupont", "debts": "", "amount": t.money(SAMPLE_CENTS),
        "due": t.date(ctx.day), "sender": ctx.user.name, "agency": "Quittance", "about": kind.label.of(lang),
        "contested": load_dispute_kinds()[0].label.of(lang),
    }  # fmt: skip
    if key == "reminder":
        return question_text.reminded(data, lang, values, question_text.composed(data, kind, lang, values)), ()
    return question_text.composed(data, kind, lang, values), ()


@service(Right.LETTERS)
def save_part(ctx: Ctx, key: str, said: Mapping[str, str], seen: int) -> int:
    """Keep other words for a text as the next version; returns its number.

    Raises Refusal on the language ("question-empty", "question-braces", "question-names"), "nothing-changed", "changed-meanwhile".
    """
    question_edits.check(_known(key), said)
    with ctx.write() as unit:
        now = question_edits.text_of(question_text.data_of(unit), key)
        if (now.fr, now.en) == (said["fr"].strip(), said["en"].strip()):
            raise refuse("nothing-changed", msg("Nothing was changed in this text."), msg("Edit it first."), field="fr")
        content = json.dumps({lang: said[lang].strip() for lang in question_edits.LANGS}, ensure_ascii=False)
        overlays.add(unit, question_text.KIND, key, content, "", None, seen)
        unit.audit("question.worded", "setting", seen + 1, text=key)
    return seen + 1


@service(Right.LETTERS)
def restore(ctx: Ctx, key: str, version: int, seen: int) -> int:
    """Go back to an earlier version, 0 for the shipped words, as a new version; returns its number.

    Raises Refusal "version-unknown", "changed-meanwhile", and what no longer fits in it.
    """
    with ctx.write() as unit:
        rows = {row.version: row for row in overlays.all_of(unit, question_text.KIND) if row.key == _known(key)}
        if version and version not in rows:
            raise refuse("version-unknown", msg("There is no such version."), msg("Choose one of the list."),
                         field="version", value=str(version))  # fmt: skip
        content = rows[version].content if version else "{}"
        if json.loads(content):
            question_edits.check(key, json.loads(content))
        overlays.add(unit, question_text.KIND, key, content, "", None, seen)
        unit.audit("question.worded", "setting", seen + 1, text=key)
    return seen + 1


def _known(key: str) -> str:
    if key not in question_edits.editable():
        raise unknown_choice("text", key)
    return key
