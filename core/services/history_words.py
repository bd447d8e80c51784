"""What the timeline of a case says, in plain words for a document: contacts, payments, documents, facts, decisions. Holds no rule."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping

from core.domain.messages import Label
from core.i18n import Texts
from core.law.fact_kinds import load_fact_kinds
from core.services import charge_words, complaints, scenario_words, stop_words
from core.services.closures import label
from core.services.receipts import MEANS
from core.store.course import Entry


def channel(t: Texts, code: str) -> str:
    """A channel of contact."""
    return {
        "call": t("Call"),
        "email": t("E-mail"),
        "letter": t("Letter"),
        "sms": t("SMS"),
        "visit": t("Visit"),
        "note": t("Note"),
    }.get(code, code)


def what(t: Texts, entry: Entry, known: Mapping[str, Label]) -> str:
    """One line of the timeline, without its free words; `known` are the words of the results."""
    own = known.get(entry.result_code)
    result = own.of(t.lang) if own else entry.result_code
    said = _interaction(t, entry, result, known) if entry.kind not in _OTHERS else _OTHERS[entry.kind](t, entry)
    marks = [t("corrected later")] if entry.corrected_by else [t("corrects an earlier entry")] if entry.corrects else []
    return " · ".join([said, *marks])


def step(t: Texts, facts: str, results: Mapping[str, Label]) -> str:
    """What a decision or step says, with its kind; empty for a contact or a plain note."""
    known = json.loads(facts or "{}")
    name = str(known.get("step", ""))
    if not name:
        return ""
    kind = str(known.get("kind", ""))
    return " · ".join(
        part
        for part in (charge_words.step(t, name) or stop_words.step(t, name), of_kind(t, name, kind, results))
        if part
    )


def of_kind(t: Texts, name: str, kind: str, results: Mapping[str, Label]) -> str:
    """The kind a step is about, in the words of its own list."""
    if not kind:
        return ""
    if name.startswith("closure"):
        return label(t, kind, results)
    if name.startswith("scenario"):
        return scenario_words.text(t, kind)
    if name.startswith("complaint"):
        return complaints.subject(t, kind)
    return charge_words.kind(t, kind) if charge_words.step(t, name) else stop_words.kind_of(t, name, kind, results)


def _interaction(t: Texts, entry: Entry, result: str, results: Mapping[str, Label]) -> str:
    way = {"out": t("From us"), "in": t("From the debtor")}.get(entry.direction, "")
    said = step(t, entry.extra, results)
    words = [said] if said else [channel(t, entry.channel), way]
    known = json.loads(entry.extra or "{}")
    words += [result] if result else []
    if isinstance(known.get("amount"), int):
        words.append(t.money(known["amount"]))
    if known.get("date"):
        words.append(t.date(known["date"]))
    return " · ".join(word for word in words if word)


def _payment(t: Texts, entry: Entry) -> str:
    if entry.amount > 0:
        sign = t("Payment of {amount}", amount=t.money(entry.amount))
    else:
        sign = t("Reversal of {amount}", amount=t.money(-entry.amount))
    means = t.render(MEANS.get(entry.channel, MEANS["other"]))
    return " · ".join(word for word in (sign, means, entry.result_code) if word)


def _document(t: Texts, entry: Entry) -> str:
    return t("Document: {title}", title=entry.text or entry.result_code or entry.channel)


def _fact(t: Texts, entry: Entry) -> str:
    found = load_fact_kinds().get(entry.channel)
    words = [found.label.of(t.lang) if found else t("Legal fact taken back"), entry.result_code, entry.extra]
    return " · ".join(word for word in words if word)


_OTHERS: Mapping[str, Callable[[Texts, Entry], str]] = {"payment": _payment, "document": _document, "fact": _fact}
