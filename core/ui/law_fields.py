"""The fields of the forms on the law: a figure or the bands of a table, its proof, a confirmation once it is asked. Saves nothing."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator

import streamlit as st

from core.domain import law_additions
from core.domain.law_values import Bands, BandSeries, Dated, Series
from core.domain.messages import Refusal
from core.i18n import Texts
from core.services.law import ValueView
from core.ui import fields, law_words
from core.ui.text import plain

WIDE, NARROW = 640, 200  # pixels


def figure(
    t: Texts, view: ValueView, before: Dated | Bands, mark: str, labels: dict[str, str], *, filled: bool
) -> tuple[str, tuple[tuple[str, str], ...]]:
    """The field of a figure, or two fields a band: up to, value."""
    series = view.series
    if isinstance(before, Dated):
        shown = law_additions.shown(before.value, series.quantity)
        label = f"{law_words.name(t, series)} ({_unit(t, series)})"
        value = st.text_input(
            plain(label), key=f"law_value_{view.key}_{mark}", value=shown if filled else "", placeholder=shown,
            autocomplete="off", width=WIDE,
        )  # fmt: skip
        return value, ()
    st.markdown(f"**{plain(labels['value'])}**")
    rows = [
        _row(t, series, before, place, f"{view.key}_{mark}", filled=filled) for place in range(len(before.bands) + 1)
    ]
    return "", tuple(row for row in rows if row[1].strip())


def _row(
    t: Texts, series: Series | BandSeries, before: Bands, place: int, mark: str, *, filled: bool
) -> tuple[str, str]:
    band = before.bands[place] if place < len(before.bands) else None
    bound = fields.euros(band.up_to) if band and band.up_to is not None else ""
    value = ""
    if band:
        value = (
            f"{band.value}/{band.per}" if band.per > 1 or _unit(t, series) == "" else str(band.value).replace(".", ",")
        )
    n = place + 1
    with st.container(horizontal=True, gap="small"):
        up_to = st.text_input(
            t("Band {n}: up to (€)", n=n),
            key=f"law_bound_{place}_{mark}",
            value=bound,
            autocomplete="off",
            width=NARROW,
        )
        given = st.text_input(
            t("Band {n}: value", n=n), key=f"law_band_{place}_{mark}", value=value if filled else "", placeholder=value,
            autocomplete="off", width=NARROW,
        )  # fmt: skip
    return up_to, given


def _unit(t: Texts, series: Series | BandSeries) -> str:
    return {
        "cents": "€",
        "rate": "%",
        "points": t("points"),
        "days": t("days"),
        "months": t("months"),
        "count": t("number"),
    }.get(series.quantity.value, "")


def proof(t: Texts, labels: dict[str, str], mark: str) -> tuple[str, str, str]:
    """The fields of source, of what was read, of the address of the page."""
    words = {
        "V": t("The text itself, or an official page"),
        "V2": t("Two sources that agree"),
        "S": t("One source that quotes it (it is then shown as to be confirmed)"),
    }
    source = st.text_input(labels["source"], key=f"law_source_{mark}", autocomplete="off", width=WIDE)
    trust = st.selectbox(
        labels["trust"],
        law_additions.TRUSTS,
        index=None,
        key=f"law_trust_{mark}",
        format_func=lambda flag: words[flag],
        placeholder=t("Choose"),
        width=WIDE,
    )
    link = st.text_input(labels["link"], key=f"law_link_{mark}", autocomplete="off", placeholder="https://", width=WIDE)
    return source, trust or "", link


def confirmed(t: Texts, mark: str) -> bool:
    """The confirmation, once it was asked for."""
    if not st.session_state.get(f"law_asked_{mark}"):
        return False
    return st.checkbox(t("I have compared with the text: this is right."), key=f"law_sure_{mark}")


@contextlib.contextmanager
def asks(t: Texts, mark: str) -> Iterator[None]:
    """Around a command: where it wants a confirmation, the box for it appears under the form."""
    try:
        yield
    except Refusal as refusal:
        asked = any(problem.field == "confirmed" for problem in refusal.problems)
        if asked and not st.session_state.get(f"law_asked_{mark}"):
            st.session_state[f"law_asked_{mark}"] = True
            confirmed(t, mark)
        raise
