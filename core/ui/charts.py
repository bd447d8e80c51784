"""What all charts share: the scale of ages, the legend, how an axis writes numbers in the reader's language. Draws no chart."""

from __future__ import annotations

from typing import Any

import altair as alt
import streamlit as st

from core.domain.indicators import Unit
from core.i18n import Texts

# Debts not due are green, then the ink blue of the house the stronger against the paper the older they are, and grey without
# a due date. Each contrasts with the paper (.streamlit/config.toml) by 3 to 1 or more; a gap of paper parts the neighbours.
AGES = {
    "light": ("#2D9D6C", "#7093BE", "#5380B4", "#35679F", "#1D4E89", "#0C2747", "#8A8478"),
    "dark": ("#3A9A74", "#456F9E", "#5B8BBF", "#7FAEDB", "#AACDEE", "#DCEBFA", "#7C838D"),
}
PAPER = {"light": "#FDFCFA", "dark": "#15191F"}
ENTRY = 112  # pixels of one entry of a legend, so that it breaks with the window


def theme() -> str:
    """The theme of the browser: "light" or "dark"."""
    return "dark" if st.context.theme.type == "dark" else "light"


def ages() -> tuple[str, ...]:
    """A colour for each age band, the undated last, in the order of the bands."""
    return AGES[theme()]


def legend() -> alt.Legend:
    """A legend above the chart, in as many columns as the window has room for."""
    columns = alt.ExprRef(f"max(1, floor(width / {ENTRY}))")
    return alt.Legend(title=None, orient="top", columns=columns, symbolType="square", labelLimit=240, offset=8)


def finished(t: Texts, chart: alt.Chart) -> Any:
    """The chart with a gap of paper between its bars, and its numbers as they are read: decimal comma and thin space in French."""
    return chart.configure(locale=alt.Locale(number=numbers(t))).configure_bar(stroke=PAPER[theme()], strokeWidth=1)


def amounts(t: Texts, unit: Unit) -> alt.Axis:
    """An axis of euros, percentages or whole numbers, none written twice."""
    percent = "" if t.lang == "en" else "\u00a0"
    shape, ending = {Unit.EURO: ("$,.0f", ""), Unit.PERCENT: (".0f", f" + '{percent}%'")}.get(unit, (",d", ""))
    return alt.Axis(labelExpr=f"format(datum.value, '{shape}'){ending}", tickCount=4, tickMinStep=1, labelOverlap=True)


def numbers(t: Texts) -> alt.NumberLocale:
    """How an axis writes numbers and euros."""
    french = t.lang == "fr"
    return alt.NumberLocale(
        decimal="," if french else ".",
        thousands="\u202f" if french else ",",
        grouping=[3],
        currency=["", "\u00a0€"] if french else ["€", ""],
    )
