"""The periods of limitation and what moves them, on the law page: kinds of claim, events, rules of counting. Computes no date."""

from __future__ import annotations

import streamlit as st

from core.domain.limitation_law import EventKind, LimitationLaw, Period
from core.i18n import Texts
from core.ui import deadline_words, law_words
from core.ui.text import plain


def show(t: Texts, law: LimitationLaw) -> None:
    """The tables and the rules."""
    st.caption(t("last checked on {day}", day=t.date(law.checked_on)))
    st.subheader(t("How long one may sue"), anchor=False)
    st.dataframe(
        [_period(t, law, one) for one in law.periods.values()],
        key="law_periods",
        hide_index=True,
        height="content",
        placeholder="—",
        alt=t("Kinds of claim with the time to sue, one a line"),
        column_config={
            "name": st.column_config.TextColumn(t("Kind of claim"), width=250),
            "length": st.column_config.TextColumn(t("Time"), width=80),
            "starts": st.column_config.TextColumn(t("Starts from"), width=230),
            "article": st.column_config.TextColumn(t("Article"), width=190),
            "trust": st.column_config.TextColumn(t("Read"), width=230),
            "note": st.column_config.TextColumn(t("To know"), width=420),
        },
    )
    st.subheader(t("What moves the last day"), anchor=False)
    st.dataframe(
        [_event(t, one) for one in law.events.values()],
        key="law_events",
        hide_index=True,
        placeholder="—",
        alt=t("Events and what they do to limitation, one a line"),
        column_config={
            "name": st.column_config.TextColumn(t("Event"), width=300),
            "effect": st.column_config.TextColumn(t("Effect"), width=200),
            "article": st.column_config.TextColumn(t("Article"), width=190),
            "trust": st.column_config.TextColumn(t("Read"), width=230),
            "why": st.column_config.TextColumn(t("To know"), width=420),
        },
    )
    st.subheader(t("How limitation is counted"), anchor=False)
    for point in law.points.values():
        badge = deadline_words.certainty(t, point.trust)
        st.markdown(f"- {plain(point.text.of(t.lang))} :small[{plain(point.article)}] {badge}".rstrip())


def _period(t: Texts, law: LimitationLaw, one: Period) -> dict[str, str | None]:
    years, months = divmod(one.months, 12)
    length = t.n("{n} month", "{n} months", one.months) if months else t.n("{n} year", "{n} years", years)
    return {
        "name": one.label.of(t.lang),
        "length": length,
        "starts": ", ".join(law.starts[key].label.of(t.lang) for key in one.starts),
        "article": one.article,
        "trust": law_words.trust(t, one.trust),
        "note": one.note.of(t.lang) if one.note else None,
    }


def _event(t: Texts, one: EventKind) -> dict[str, str | None]:
    effect = {
        "interrupts": t("a whole new period"),
        "suspends": t("the clock stands still"),
        "title": t("the period of a title"),
        "reschedules": t("moves the start of a time bar"),
        "voids": t("wipes out an interruption"),
        "starts": t("a starting point"),
        "none": t("no effect"),
    }.get(one.effect, one.effect)
    return {
        "name": one.label.of(t.lang),
        "effect": effect,
        "article": one.article,
        "trust": law_words.trust(t, one.trust),
        "why": one.why.of(t.lang) if one.why else None,
    }
