"""The past of one value behind a fold: a stepped line, the table of all its versions, what was added here. Adds nothing itself."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

import altair as alt
import streamlit as st

from core.domain.computation import Quantity
from core.domain.law_values import Bands, BandSeries, Dated, Series
from core.i18n import Texts
from core.services.context import Ctx
from core.services.law import Laid, ValueView
from core.ui import charts, law_words
from core.ui.text import plain

HIGH = 180  # pixels
DRAWN = 4  # versions from which a line says more than the table


def show(ctx: Ctx, t: Texts, view: ValueView) -> None:
    """The fold."""
    series = view.series
    title = t.n("History and source ({n} value)", "History and sources ({n} values)", len(series.values))
    versions: tuple[Dated | Bands, ...] = series.values
    with st.expander(title, key=f"law_past_{view.key}"):
        if isinstance(series, Series) and series.quantity is Quantity.RATE and len(series.values) >= DRAWN:
            _line(ctx, t, series)
        st.dataframe(
            [_row(t, series, one) for one in reversed(versions)],
            key=f"law_table_{view.key}",
            hide_index=True,
            placeholder="—",
            alt=t("Every version of {name}, the latest first", name=law_words.name(t, series)),
            column_config={
                "start": st.column_config.DateColumn(t("From"), format="DD/MM/YYYY", width=95),
                "end": st.column_config.DateColumn(t("To"), format="DD/MM/YYYY", width=95),
                "value": st.column_config.TextColumn(t("Value"), width=110 if isinstance(series, Series) else 420),
                "source": st.column_config.TextColumn(t("Source"), width=420),
                "trust": st.column_config.TextColumn(t("Read"), width=230),
                "link": st.column_config.LinkColumn(t("Page"), display_text=t("open"), width=70),
            },
        )
        for one in view.additions:
            st.markdown(_added(ctx, t, one))


def _row(t: Texts, series: Series | BandSeries, one: Dated | Bands) -> dict[str, object]:
    value = law_words.figure(t, series, one) if isinstance(series, Series) and isinstance(one, Dated) else ""
    if isinstance(series, BandSeries) and isinstance(one, Bands):
        value = " ; ".join(law_words.bands(t, series, one))
    return {
        "start": one.start,
        "end": one.end,
        "value": value,
        "source": one.source,
        "trust": law_words.trust(t, one.trust),
        "link": one.link or None,
    }


def _added(ctx: Ctx, t: Texts, one: Laid) -> str:
    """One line of what a person of the agency said."""
    told = {
        "value": t("{name} entered the value from {day} on", name=one.author, day=one.start),
        "checked": t("{name} looked again", name=one.author),
        "withdrawn": t("{name} withdrew an addition", name=one.author),
    }[one.act]
    when = t.moment(one.recorded_at.astimezone(ZoneInfo(ctx.time_zone)))
    line = plain(t("{when} — {what}: {source}", when=when, what=told, source=one.source))
    return f"- ~~{line}~~ :small[{t('withdrawn')}]" if one.withdrawn else f"- {line}"


def _line(ctx: Ctx, t: Texts, series: Series) -> None:
    """The value day after day, a step at each change, to the last day it is known."""
    points = [_point(t, series, one, one.start) for one in series.values]
    last = series.values[-1]
    points.append(_point(t, series, last, series.known_until or ctx.today))
    chart = (
        alt.Chart(alt.InlineData(values=points))
        .mark_line(interpolate="step-after", strokeWidth=2)
        .encode(
            alt.X("day:T", title=None, axis=alt.Axis(format="%Y", tickCount=6, grid=False)),
            alt.Y("value:Q", title=None, axis=alt.Axis(labelExpr=_percent(t), tickCount=4)),
            tooltip=[alt.Tooltip("dates:N", title=t("Dates")), alt.Tooltip("text:N", title=t("Value"))],
        )
        .properties(height=HIGH)
    )
    st.altair_chart(charts.finished(t, chart), key=f"law_line_{series.key}", width="stretch")


def _percent(t: Texts) -> str:
    space = "" if t.lang == "en" else "\u00a0"
    return f"format(datum.value, ',.1~f') + '{space}%'"


def _point(t: Texts, series: Series, one: Dated, day: dt.date) -> dict[str, object]:
    return {
        "day": day.isoformat(),
        "value": float(one.value),
        "dates": law_words.dates(t, one),
        "text": law_words.figure(t, series, one),
    }
