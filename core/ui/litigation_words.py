"""The words of proceedings: actors, outcomes, how a time limit stands. Computes no date and holds no rule."""

from __future__ import annotations

from core.domain.procedure import INFO, NOT_BEFORE, Remark, Words
from core.i18n import Texts
from core.services.proceedings import Due
from core.ui import deadline_words
from core.ui.text import plain


def label(t: Texts, words: Words) -> str:
    """A label of the data, harmless for Markdown."""
    return plain(words.of(t.lang))


def actor(t: Texts, code: str) -> str:
    """Who does a step."""
    return {
        "agency": t("Our agency"),
        "creditor": t("The creditor"),
        "lawyer": t("The lawyer"),
        "bailiff": t("The bailiff"),
        "clerk": t("The court registry"),
        "judge": t("The judge"),
        "debtor": t("The debtor"),
    }.get(code, code)


def provider(t: Texts, code: str) -> str:
    """A kind of provider."""
    return {
        "lawyer": t("Lawyer"),
        "bailiff": t("Bailiff"),
        "agency": t("Our agency"),
        "other": t("Other provider"),
    }.get(code, code)


def outcome(t: Texts, code: str) -> str:
    """How a proceeding ended."""
    return {
        "title": t("Enforceable title obtained"),
        "refused": t("Application refused"),
        "void": t("Order void"),
        "lapsed": t("Lapsed"),
        "dismissed": t("Claim dismissed"),
        "appealed": t("Appeal lodged by the creditor"),
        "withdrawn": t("Ended on the creditor's instruction"),
    }.get(code, code)


def standing(t: Texts, due: Due) -> str:
    """How a time limit stands, in a coloured word."""
    waits = due.limit.direction == NOT_BEFORE
    return {
        "open": f":blue[{t('waiting period') if waits else t('running')}]",
        "met": f":green[{t('done on {day}', day=due.met_on)}]",
        "late": f":red[{t('done late, on {day}', day=due.met_on)}]",
        "missed": f":red[{t('missed')}]",
        "passed": f":gray[{t('over')}]",
        "moot": f":gray[{t('no longer needed')}]",
    }[due.state]


def consequence(t: Texts, due: Due) -> str:
    """What follows when the limit is not kept, as a condition while it runs and as a fact once it is broken."""
    if due.state == "late" and due.limit.late:
        return remark(t, due.limit.late.remark)
    what = label(t, due.limit.missed)
    if due.state != "open" or due.limit.direction == INFO:
        return what
    return t("Earlier: {what}", what=what) if due.limit.direction == NOT_BEFORE else t("If missed: {what}", what=what)


def certainty(t: Texts, flag: str) -> str:
    """The badge of what is to be confirmed, after a space; empty for what was verified."""
    badge = deadline_words.certainty(t, flag)
    return f" {badge}" if badge else ""


def remark(t: Texts, one: Remark) -> str:
    """A sentence of the data with its article and its badge."""
    article = f" ({plain(one.article)})" if one.article else ""
    return f"{label(t, one.text)}{article}{certainty(t, one.certainty)}"


def caution(t: Texts, one: Remark) -> str:
    """The same as a sentence of its own, whatever it is quoted after elsewhere."""
    said = remark(t, one)
    return said[:1].upper() + said[1:]


def dates(t: Texts, legal: str, safe: str, direction: str) -> str:
    """The legal date and the day to act upon, when they differ."""
    if direction == NOT_BEFORE:
        return t("not before the day after {day}", day=t.date(legal))
    if direction == INFO:
        return t("runs until {day}", day=t.date(legal))
    if legal == safe:
        return t("{day} at the latest", day=t.date(legal))
    return t("{safe} to be safe, {day} at the latest", safe=t.date(safe), day=t.date(legal))
