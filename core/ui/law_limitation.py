"""The periods of limitation and what moves them, on the law page: kinds of claim, events, rules of counting. Computes no date."""

from __future__ import annotations

import streamlit as st

from core.domain.limitation_law import EventKind, LimitationLaw, Period
from core.i18n import Texts
from core.ui import deadline_words
from core.ui.text import plain


def show(t: Texts, law: LimitationLaw) -> None:
    """The periods, the events and the rules, each written out whole."""
    st.caption(t("last checked on {day}", day=t.date(law.checked_on)))
    st.subheader(t("How long one may sue"), anchor=False)
    st.markdown("\n".join(_period(t, law, one) for one in law.periods.values()))
    st.subheader(t("What moves the last day"), anchor=False)
    st.markdown("\n".join(_event(t, one) for one in law.events.values()))
    st.subheader(t("How limitation is counted"), anchor=False)
    for point in law.points.values():
        badge = deadline_words.certainty(t, point.trust)
        st.markdown(f"- {plain(point.text.of(t.lang))} :small[{plain(point.article)}] {badge}".rstrip())


def _period(t: Texts, law: LimitationLaw, one: Period) -> str:
    """A kind of claim as an item: how long, from when, by which article, then what to know."""
    years, months = divmod(one.months, 12)
    length = t.n("{n} month", "{n} months", one.months) if months else t.n("{n} year", "{n} years", years)
    starts = ", ".join(law.starts[key].label.of(t.lang) for key in one.starts)
    head = t("{label}: {value}", label=f"**{plain(one.label.of(t.lang))}**", value=f"**{plain(length)}**")
    said = plain(t("from: {starts}", starts=starts))
    return _item(t, f"{head} · {said}", one, one.note.of(t.lang) if one.note else "")


def _event(t: Texts, one: EventKind) -> str:
    """An event as an item: what it does, by which article, then why."""
    effect = {
        "interrupts": t("a whole new period"),
        "suspends": t("the clock stands still"),
        "title": t("the period of a title"),
        "reschedules": t("moves the start of a time bar"),
        "voids": t("wipes out an interruption"),
        "starts": t("a starting point"),
        "none": t("no effect"),
    }.get(one.effect, one.effect)
    head = t("{label}: {value}", label=f"**{plain(one.label.of(t.lang))}**", value=plain(effect))
    return _item(t, head, one, one.why.of(t.lang) if one.why else "")


def _item(t: Texts, head: str, one: Period | EventKind, more: str) -> str:
    badge = deadline_words.certainty(t, one.trust)
    lines = [f"- {head} · :small[{plain(one.article)}] {badge}".rstrip(), f"  :small[{plain(more)}]" if more else ""]
    return "  \n".join(filter(None, lines))
