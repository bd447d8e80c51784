"""The values of the law on screen: what must be looked at again, then a family at a time with its articles. Changes nothing."""

from __future__ import annotations

import datetime as dt

import streamlit as st

from core.domain.calendar import Holiday
from core.domain.law_freshness import State
from core.domain.law_values import Bands, BandSeries, Dated, Series
from core.i18n import Texts
from core.services.context import Ctx
from core.services.law import LawView, ValueView
from core.ui import deadline_words, law_history, law_limitation, law_words
from core.ui.text import plain

GROUP = "group"
DEADLINES, LIMITATION = "deadlines", "limitation"


def alerts(t: Texts, law: LawView) -> None:
    """The amber band: what is no longer known, what soon will not be, what nobody has looked at for long."""
    st.caption(
        t(
            "What the program applies, with the article, the source and the day somebody last looked. Nothing is guessed: past the "
            "last day known, a computation stops and says so."
        )
    )
    lines = [
        *_stopped(t, [one for one in law.alerts if one.state is State.STOPPED]),
        *_ending(t, [one for one in law.alerts if one.state is State.ENDING]),
        *_to_check(t, [one for one in law.alerts if one.state is State.RECHECK]),
    ]
    if lines:
        st.warning("\n".join(f"- {line}" for line in lines), icon=":material/update:")
    else:
        st.success(t("Every value is known and was checked lately."), icon=":material/check_circle:")
    known = {view.key: law_words.name(t, view.series) for _, views in law.groups for view in views}
    for key, version, problem in law.aside:
        name = plain(known.get(key, key))
        st.error(
            f"**{name}** — {t('addition {n} no longer fits what the program ships and is left out.', n=version)}  \n"
            f"{plain(t.render(problem.reason))}",
            icon=":material/layers_clear:",
        )


def _names(t: Texts, views: list[ValueView]) -> str:
    return " · ".join(plain(law_words.name(t, one.series)) for one in views)


def _stopped(t: Texts, views: list[ValueView]) -> list[str]:
    ends = sorted({one.series.known_until for one in views if one.series.known_until})
    return [
        f"**{t('No longer known since {day}:', day=end + dt.timedelta(days=1))}** "
        f"{_names(t, [one for one in views if one.series.known_until == end])}. {t('Computations that need them stop there.')}"
        for end in ends
    ]


def _ending(t: Texts, views: list[ValueView]) -> list[str]:
    ends = sorted({one.series.known_until for one in views if one.series.known_until})
    return [
        f"**{t('Known until {day}:', day=end)}** {_names(t, [one for one in views if one.series.known_until == end])}. "
        f"{t('Computations will stop on {day}.', day=end + dt.timedelta(days=1))}"
        for end in ends
    ]


def _to_check(t: Texts, views: list[ValueView]) -> list[str]:
    return [
        f"**{t('To be checked again:')}** {plain(law_words.name(t, one.series))} ({law_words.known(t, one.series)})."
        for one in views
    ]


def families(t: Texts, law: LawView) -> str:
    """The family asked for, kept in the address by its code."""
    codes = [*(code for code, _ in law.groups), LIMITATION, DEADLINES]
    asked = st.query_params.get(GROUP, "")
    return str(
        st.pills(
            t("Family of values"),
            codes,
            key="law_group",
            default=asked if asked in codes else codes[0],
            required=True,
            format_func=lambda code: law_words.group(t, code),
            on_change=_keep,
            label_visibility="collapsed",
        )
    )


def _keep() -> None:
    st.query_params[GROUP] = st.session_state["law_group"]


def family(ctx: Ctx, t: Texts, law: LawView, code: str) -> None:
    """The values of a family, or the rules of limitation or of time limits."""
    if code == DEADLINES:
        _calendar(ctx, t, law)
        return
    if code == LIMITATION:
        law_limitation.show(t, law.limitation)
        return
    for view in dict(law.groups)[code]:
        _value(ctx, t, view)


def _value(ctx: Ctx, t: Texts, view: ValueView) -> None:
    series = view.series
    with st.container(border=True, key=f"law_{view.key}"):
        shown = view.now or series.values[-1]
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(f"**{plain(law_words.name(t, series))}**", width="stretch")
            if isinstance(series, Series) and isinstance(shown, Dated):
                amount = plain(law_words.figure(t, series, shown))
                st.subheader(amount if view.now else f":gray[{amount}]", anchor=False, width="content")
        if isinstance(series, BandSeries) and isinstance(shown, Bands):
            st.markdown("\n".join(f"- {plain(line)}" for line in law_words.bands(t, series, shown)))
        if view.now is None:
            st.markdown(f":orange-badge[{t('not known today')}] {t('The last one known is shown.')}")
        st.markdown(" · ".join(_about(t, view, shown.trust, law_words.dates(t, shown))))
        if series.note:
            st.caption(plain(series.note.of(t.lang)))
        law_history.show(ctx, t, view)


def _about(t: Texts, view: ValueView, flag: str, when: str) -> list[str]:
    words = [when, law_words.link(view.series.article, view.series.link)]
    said = law_words.trust(t, flag)
    words.append(said if flag in deadline_words.SURE else f":orange-badge[{said}]")
    return [*words, law_words.known(t, view.series)]


def _calendar(ctx: Ctx, t: Texts, law: LawView) -> None:
    rules = law.calendar
    st.subheader(t("How time is counted"), anchor=False)
    for code, rule in rules.rules.items():
        st.markdown(f"- {law_words.rule(t, code)} {_cited(t, rule.article, rule.certainty)}")
    for code, distance in rules.distances.items():
        words = law_words.rule(t, code).format(n=distance.months)
        st.markdown(f"- {words} {_cited(t, distance.article, distance.certainty)}")
    st.subheader(t("Public holidays of {year}", year=str(ctx.today.year)), anchor=False)
    st.dataframe(
        [_holiday(t, one, ctx.today.year) for one in sorted(rules.holidays, key=lambda h: h.on(ctx.today.year))],
        key="law_holidays",
        hide_index=True,
        height="content",
        alt=t("Public holidays, one a line, in the order of the year"),
        column_config={
            "day": st.column_config.DateColumn(t("Day"), format="DD/MM/YYYY", width=100),
            "name": st.column_config.TextColumn(t("Holiday"), width=260),
            "where": st.column_config.TextColumn(t("Where"), width=120),
            "article": st.column_config.TextColumn(t("Article"), width=190),
            "trust": st.column_config.TextColumn(t("Read"), width=260),
        },
    )


def _cited(t: Texts, article: str, certainty: str) -> str:
    return f":small[{plain(article)}] {deadline_words.certainty(t, certainty)}".strip()


def _holiday(t: Texts, one: Holiday, year: int) -> dict[str, object]:
    return {
        "day": one.on(year),
        "name": one.label.of(t.lang),
        "where": ", ".join(one.territories) or t("everywhere"),
        "article": one.article,
        "trust": law_words.trust(t, one.certainty),
    }
