"""What a report is asked for: period, creditor, collector, kept in the address as codes and numbers. Reads no figure."""

from __future__ import annotations

import datetime as dt

import streamlit as st

from core.i18n import Texts
from core.services import cases, reports
from core.services.context import Ctx
from core.services.reports import ReportScope
from core.ui import fields

PERIOD, FREE = "period", "free"


def chosen(ctx: Ctx, t: Texts) -> ReportScope | None:
    """The scope of the report; None while a day of a free period is missing."""
    words = {
        "month": t("This month"),
        "last_month": t("Last month"),
        "quarter": t("This quarter"),
        "year": t("This year"),
        FREE: t("Other period"),
    }
    with st.container(horizontal=True, vertical_alignment="bottom", key="report_filters"):
        codes = list(reports.PERIODS)
        asked = st.query_params.get(PERIOD, codes[0])
        name = st.selectbox(
            t("Period"),
            codes,
            index=codes.index(asked) if asked in codes else 0,
            key=PERIOD,
            format_func=lambda code: words[code],
            width=190,
        )
        _keep(PERIOD, name if name != codes[0] else "")
        days = _days(ctx, t) if name == FREE else reports.period(name, ctx.today)
        creditor = _one(t("Creditor"), dict(cases.creditor_choices(ctx)), t("All creditors"), "creditor")
        collector = _one(t("Collector"), dict(reports.collector_choices(ctx)), t("All collectors"), "collector")
    if days is None:
        st.info(t("Give the first and the last day of the period."), icon=":material/date_range:")
        return None
    return ReportScope(*days, creditor, collector)


def _days(ctx: Ctx, t: Texts) -> tuple[dt.date, dt.date] | None:
    first, last = reports.period("last_month", ctx.today)
    with st.container(horizontal=True, width=330):
        start = fields.day(t("From"), "report_from", value=first, latest=ctx.today)
        end = fields.day(t("To"), "report_to", value=last)
    return (start, end) if start and end else None


def _one(label: str, names: dict[int, str], every: str, key: str) -> int | None:
    """One of a list or all; a list of one asks nothing."""
    if len(names) < 2:
        return None
    options = [None, *names]
    asked = st.query_params.get(key, "")
    wanted = int(asked) if asked.isdigit() and int(asked) in names else None
    chosen = st.selectbox(
        label,
        options,
        index=options.index(wanted),
        format_func=lambda number: names[number] if number else every,
        key=key,
        width=220,
    )
    _keep(key, str(chosen) if chosen else "")
    return chosen


def _keep(name: str, value: str) -> None:
    """The address says what is looked at, in codes and numbers only."""
    if value:
        st.query_params[name] = value
    elif name in st.query_params:
        del st.query_params[name]
