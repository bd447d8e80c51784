"""Words for the register of legal facts: what a fact says in one line, who it comes from, what is to be confirmed. Decides nothing."""

from __future__ import annotations

from core.i18n import Texts
from core.services import legal_facts
from core.services.legal_facts import FactKind, FactRow
from core.ui.text import plain


def fields(t: Texts) -> dict[str, str]:
    """The label of each field, for the form and for refusals."""
    return {
        "kind": t("Kind of fact"),
        "debt": t("What it is about"),
        "on": t("Day"),
        "until": t("Ended on"),
        "amount": t("Amount"),
        "rate": t("Rate in percent"),
        "basis": t("Rate granted"),
        "since": t("From"),
        "beyond": t("Why the title grants more than the debt, if it does"),
        "evidence": t("Evidence, in words"),
        "proof": t("Evidence, as a file: PDF, PNG or JPEG, 20 MB at most"),
        "reason": t("Why"),
        "fact": t("Fact"),
    }


def of_kind(t: Texts, kind: FactKind) -> dict[str, str]:
    """The same in the words of a kind of fact."""
    own = {"on": kind.day, "amount": kind.amounts, "until" if kind.ahead else "since": kind.pointed}
    return fields(t) | {field: label.of(t.lang) for field, label in own.items() if label}


def basis(t: Texts, code: str) -> str:
    """The rate a title grants."""
    return {
        "": t("None said: the legal rate"),
        "legal": t("The legal rate"),
        "contractual": t("An agreed rate"),
        "statutory": t("The late penalties between businesses"),
    }.get(code, code)


def name(t: Texts, kind: str) -> str:
    """A kind of fact; the row that takes one back says so."""
    found = legal_facts.fact_kinds().get(kind)
    if found:
        return found.label.of(t.lang)
    return t("Fact withdrawn") if kind == legal_facts.WITHDRAWN else kind


def cited(t: Texts, kind: FactKind) -> str:
    """The article, with the mark of what still has to be confirmed."""
    return t("{article} (to be confirmed)", article=kind.article) if kind.to_confirm else kind.article


def about(t: Texts, debt_ref: str | None) -> str:
    """One debt, or the whole case."""
    return t("Debt {ref}", ref=debt_ref) if debt_ref else t("The whole case")


def line(t: Texts, row: FactRow) -> str:
    """A fact in one line of Markdown: its day, its kind, what it is about, what it carries."""
    words = [f"**{t.date(row.on)}**", f"**{plain(name(t, row.kind))}**", plain(about(t, row.debt_ref))]
    if row.until:
        words.append(t("until {day}", day=t.date(row.until)))
    if row.amount:
        words.append(t.money(row.amount))
    if row.rate:
        words.append(plain(t("{rate} %", rate=row.rate.replace(".", ",") if t.lang == "fr" else row.rate)))
    if row.basis:
        words.append(plain(basis(t, row.basis)))
    if row.since:
        kind = legal_facts.fact_kinds().get(row.kind)
        pointed = kind.pointed.of(t.lang) if kind and kind.pointed else fields(t)["since"]
        words.append(f"{plain(pointed)} {t.date(row.since)}")
    return " · ".join(words)


def sources(t: Texts, kind: FactKind) -> str:
    """Who such a fact usually comes from."""
    known = {
        "creditor": t("the creditor"),
        "debtor": t("the debtor"),
        "agency": t("the agency"),
        "commissaire": t("the commissaire de justice"),
        "court": t("the court"),
        "lawyer": t("the lawyer"),
    }
    return ", ".join(known[code] for code in kind.said_by)
