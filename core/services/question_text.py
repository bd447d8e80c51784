"""The words of a question to a creditor and of its reminder, from the templates of data/questions. Sends nothing, writes nothing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from core.domain.messages import Label
from core.i18n import Texts, texts
from core.law.questions import QuestionKind, question_data
from core.services.refusals import unknown_choice
from core.services.stop_words import dispute_kind
from core.store import cases
from core.store.disputes import Dispute
from core.store.questions import Question


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


def kind_named(kind: str) -> QuestionKind:
    """One kind of question; raises Refusal "choice-unknown"."""
    found = next((one for one in question_data().kinds if one.kind == kind), None)
    if found is None:
        raise unknown_choice("kind", kind)
    return found


def written(about: About, kind: QuestionKind, ref: str, due: dt.date, lang: str, signs: tuple[str, str]) -> Words:
    """The question of a kind about a case, in the language of who is asked; money and days as that language writes them. `signs`: the
    person and the agency.
    """
    data, t = question_data(), texts(lang)
    debtor = " ".join(part for part in (about.head.first_name, about.head.name) if part)
    contested = {"contested": _contested(t, about)} if kind.contested else {}
    parts = (
        data.of("opening", lang),
        data.of(
            "case", lang, case=about.head.ref, debtor=debtor, debts=_debts(t, about), amount=t.money(_amount(about))
        ),
        kind.text.of(lang).format(**contested),
        data.of("ending", lang, due=t.date(due.isoformat()), reference=ref),
        data.of("signature", lang, sender=signs[0], agency=signs[1]),
    )
    subject = data.of("subject", lang, reference=ref, debtor=debtor, about=kind.label.of(lang))
    return Words(subject, "\n\n".join(parts))


def reminder(question: Question) -> Words:
    """The reminder of a question: what is awaited and since when, then the question as it was."""
    t = texts(question.lang)
    said = question_data().of("reminder", question.lang, reference=question.ref, due=t.date(question.due_on))
    opening = question_data().of("opening", question.lang)
    return Words(question.subject or question.ref, f"{opening}\n\n{said}\n\n{_quoted(question.text or '')}")


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
