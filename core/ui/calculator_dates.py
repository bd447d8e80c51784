"""The pocket calculator's dates: the end of a time limit, the due date of an invoice. Types and draws; computes nothing."""

from __future__ import annotations

import streamlit as st

from core.domain.messages import Message
from core.i18n import Texts
from core.services import calendar
from core.services.context import Ctx
from core.ui import deadline_words, fields, problems
from core.ui.session import sentence

LENGTHS = ("m", "d", "wd", "w", "y")


def deadline(ctx: Ctx, t: Texts) -> None:
    """Start, length, territory and distance, then the legal date, the safe one and each step."""
    st.caption(
        t(
            "A time limit of procedure (CPC, art. 640 to 644): from the day after the event, moved past a day without work."
        )
    )
    with st.container(horizontal=True, vertical_alignment="bottom", key="calc_deadline"):
        with st.container(width=200):
            start = fields.day(t("Day of the event"), "calc_deadline_start", value=ctx.today)
        number = st.number_input(t("Length"), 0, 1200, 1, key="calc_deadline_number", width=130)
        unit = st.selectbox(
            t("Counted in"), LENGTHS, key="calc_deadline_unit", format_func=_units(t).__getitem__, width=170
        )
        more = st.number_input(t("and days"), 0, 365, 0, key="calc_deadline_days", width=130, disabled=unit not in "my")
        territory = st.selectbox(
            t("Territory"),
            ("", *calendar.territories()),
            key="calc_deadline_territory",
            format_func=lambda code: code or t("Anywhere else in France"),
            help=t("Departments with public holidays of their own."),
            width=230,
        )
        distance = st.selectbox(
            t("The person lives"), ("", "overseas", "abroad"), key="calc_deadline_distance", format_func=_far(t).__getitem__,
            help=t("Before a court that sits in mainland France (CPC, art. 643)."), width=340,
        )  # fmt: skip
    if start is None:
        st.info(t("Give the day of the event: the dates show at once."), icon=":material/event:")
        return
    length = f"{number}{unit}" + (f"{more}d" if more and unit in "my" else "")
    with problems.told(t, _labels(t)):
        found = calendar.time_limit(start, length, territory=territory, distance=distance)
        with st.container(horizontal=True, gap="small"):
            st.metric(t("Last lawful day"), t.date(found.legal), border=True, width="content")
            st.metric(t("Act before the end of"), t.date(found.safe), border=True, width="content",
                      help=t("The last day as counted, never moved: the one to act upon."))  # fmt: skip
        if mark := deadline_words.certainty(t, found.certainty):
            st.markdown(mark)
        deadline_words.why(t, found)


def due(ctx: Ctx, t: Texts) -> None:
    """Day of the invoice and terms in words, then the due date and each step."""
    st.caption(
        t("The words of the terms decide: “45 days end of month” and “end of month + 45 days” give different days.")
    )
    with st.container(horizontal=True, vertical_alignment="bottom", key="calc_due"):
        with st.container(width=240):
            invoice = fields.day(t("Day of the invoice"), "calc_due_invoice", value=ctx.today)
        terms = st.text_input(t("Payment terms"), key="calc_due_terms", placeholder="45 jours fin de mois", width=320)
    if invoice is None or not terms.strip():
        st.info(
            t("Type the terms as they stand on the invoice: the due date shows at once."),
            icon=":material/receipt_long:",
        )
        return
    with problems.told(t, _labels(t)):
        found = calendar.due(invoice, terms)
        st.metric(t("Due on"), t.date(found.due), border=True, width="content")
        with st.expander(t("Why this date?"), key="why_due"):
            _steps(t, (*found.reasons, *found.remarks))


def _steps(t: Texts, reasons: tuple[Message, ...]) -> None:
    st.markdown("\n".join(f"- {sentence(t, reason)}" for reason in reasons))


def _labels(t: Texts) -> dict[str, str]:
    return {
        "length": t("Length"),
        "territory": t("Territory"),
        "distance": t("The person lives"),
        "terms": t("Payment terms"),
    }


def _units(t: Texts) -> dict[str, str]:
    return {
        "d": t("days"),
        "wd": t("working days"),
        "w": t("weeks"),
        "m": t("months"),
        "y": t("years"),
    }


def _far(t: Texts) -> dict[str, str]:
    return {
        "": t("where the court sits, or in mainland France"),
        "overseas": t("overseas"),
        "abroad": t("abroad"),
    }
