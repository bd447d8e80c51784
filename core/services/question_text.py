"""The words of a question to a creditor and of its reminder, from the templates of data/questions. Sends nothing, writes nothing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from core.domain.messages import Label
from core.i18n import Texts, texts
from core.law import question_edits
from core.law.questions import QuestionData, QuestionKind, question_data
from core.services.refusals import unknown_choice
from core.services.stop_words import dispute_kind
from core.store import cases, overlays
from core.store.disputes import Dispute
from core.store.questions import Question
from core.store.unit import Reader

KIND = "question"


@dataclass(frozen=True, slots=True)
class About:
    """What a question is about: a case, one debt of it or None, a dispute or None; the words of the results."""

    head: cases.CaseHead
    debt: cases.DebtRow | None
    dispute: Dispute | None
    results: Mapping[str, Label]


@dataclass(frozen=True, slots=True)
class Words:
    """A question as it would leave: its subject and its text."""

    subject: str
    text: str


def data_of(reader: Reader) -> QuestionData:
    """The words of questions as this agency has them: shipped, with what a lead edited laid over."""
    return question_edits.laid({row.key: row.content for row in overlays.all_of(reader, KIND)})


def kind_named(kind: str, data: QuestionData | None = None) -> QuestionKind:
    """One kind of question, of the shipped data without `data`; raises Refusal "choice-unknown"."""
    found = next((one for one in (data or question_data()).kinds if one.kind == kind), None)
    if found is None:
        raise unknown_choice("kind", kind)
    return found


def written(
    data: QuestionData, about: About, kind: str, ref: str, due: dt.date, lang: str, signs: tuple[str, str]
) -> Words:
    """The question of a kind about a case, in the language of who is asked; money and days as that language writes them. `signs`: the
    person and the agency.
    """
    t, asked = texts(lang), kind_named(kind, data)
    values = {
        "reference": ref, "case": about.head.ref, "debtor": " ".join(part for part in (about.head.first_name, about.head.name) if part),
        "debts": _debts(t, about), "amount": t.money(_amount(about)), "due": t.date(due.isoformat()), "sender": signs[0],
        "agency": signs[1], "about": asked.label.of(lang), "contested": _contested(t, about),
    }  # fmt: skip
    return composed(data, asked, lang, values)


def composed(data: QuestionData, kind: QuestionKind, lang: str, values: Mapping[str, str]) -> Words:
    """The texts of a question put together, their {names} filled."""
    blocks = [data.of(block, lang, **values) for block in ("opening", "case", "ending", "signature")]
    text = "\n\n".join((*blocks[:2], kind.text.of(lang).format(**values), *blocks[2:]))
    return Words(data.of("subject", lang, **values), text)


def reminder(data: QuestionData, question: Question) -> Words:
    """The reminder of a question: what is awaited and since when, then the question as it was."""
    values = {"reference": question.ref, "due": texts(question.lang).date(question.due_on)}
    return reminded(data, question.lang, values, Words(question.subject or question.ref, question.text or ""))


def reminded(data: QuestionData, lang: str, values: Mapping[str, str], asked: Words) -> Words:
    """The reminder of what was asked."""
    opening, said = data.of("opening", lang, **values), data.of("reminder", lang, **values)
    return Words(asked.subject, f"{opening}\n\n{said}\n\n{_quoted(asked.text)}")


def _quoted(text: str) -> str:
    return "\n".join(f"> {line}".rstrip() for line in text.splitlines())


def _amount(about: About) -> int:
    return about.debt.outstanding if about.debt else about.head.balance


def _debts(t: Texts, about: About) -> str:
    if about.debt is None:
        return ""
    its = about.head.creditor_case_ref
    own = f" ({its})" if its else ""
    return t("Invoice or debt: {ref}{own}.", ref=about.debt.ref, own=own) + " "


def _contested(t: Texts, about: About) -> str:
    dispute = about.dispute
    if dispute is None:
        return "—"
    part = t.money(dispute.amount) if dispute.amount else ""
    return ", ".join(
        word for word in (dispute_kind(t, dispute.kind, about.results), part, dispute.reason or "") if word
    )
