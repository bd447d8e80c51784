"""A month of time limits: seven squares a week where there is room, the busy days one under the other on a phone. Decides nothing."""

from __future__ import annotations

import datetime as dt

import streamlit as st

from core.i18n import Texts
from core.services import proceedings
from core.services.context import Ctx
from core.services.proceedings import CalendarDay, DayLimit, Month
from core.ui import doors, litigation_words
from core.ui.text import plain

MONTH = "litigation_month"
NO_BREAK = "\N{NO-BREAK SPACE}"  # between the words of a standing


def show(ctx: Ctx, t: Texts) -> None:
    """The month asked for, twice: static/quittance.css shows the squares or the list, by the width there is."""
    month = proceedings.calendar_month(ctx, st.session_state.get(MONTH) or ctx.today)
    _choice(ctx, t, month)
    with st.container(key="calendar"):
        if not month.busy:
            st.info(t("No time limit in this month."), icon=":material/event_available:")
        with st.container(key="calendar_squares"):
            _squares(t, month)
        with st.container(key="calendar_list"):
            for day in month.busy:
                with st.container(border=True, key=f"day_{day.on}", gap="xsmall"):
                    st.markdown(f"**{t.date(day.on, 'full')}**")
                    _listed(t, day)


def _choice(ctx: Ctx, t: Texts, month: Month) -> None:
    """The month shown, then the one before, today's, the one after."""
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="month_choice"):
        st.subheader(t.date(month.first, "LLLL yyyy").capitalize(), anchor=False, width="content")
        st.button(
            t("Previous month"), icon=":material/chevron_left:", key="month_before", on_click=_go, args=(month.before,)
        )
        st.button(t("Today"), key="month_today", on_click=_go, args=(ctx.today,))
        st.button(
            t("Next month"),
            icon=":material/chevron_right:",
            icon_position="right",
            key="month_after",
            on_click=_go,
            args=(month.after,),
        )


def _go(month: dt.date) -> None:
    st.session_state[MONTH] = month


def _squares(t: Texts, month: Month) -> None:
    """Weeks as rows, Monday to Sunday, read from left to right."""
    with st.grid(7, min_column_width=1, wrap=False, gap="xxsmall"):
        for day in month.weeks[0]:
            st.markdown(f":gray[{t.date(day.on, 'EEEE')}]")
        for week in month.weeks:
            for day in week:
                with st.container(border=True, gap="xxsmall", height="stretch", key=_key(day)):
                    _square(t, day)


def _key(day: CalendarDay) -> str:
    """The style sheet knows a day off and a day of another month by the key."""
    kind = "beside" if not day.in_month else "off" if day.weekend or day.holiday else "work"
    return f"square_{kind}_{day.on}"


def _square(t: Texts, day: CalendarDay) -> None:
    number = t.date(day.on, "d" if day.in_month else "d MMM")
    number = f"**{number}**" if day.in_month else f":gray[{number}]"
    today = f" :blue-badge[{t('today')}]" if day.today else ""
    holiday = f"  \n:gray[:small[{_holiday(t, day)}]]" if day.holiday else ""
    st.markdown(number + today + holiday)
    for one in day.seen:
        with st.container(key=f"due_{one.standing}_{day.on}_{one.row.proceeding_id}_{one.row.key}"):
            words = f"**{plain(one.row.case_ref)}** {_name(t, one)} · {_standing(t, one).replace(' ', NO_BREAK)}"
            doors.link("case", words, id=str(one.row.case_id))
    rest = t.n("{n} more", "{n} more", day.more)
    if day.more and st.button(f"+ {rest}", type="tertiary", key=f"more_{day.on}", help=t.date(day.on, "full")):
        st.dialog(t.date(day.on, "full").capitalize(), width="medium")(_listed)(t, day)


def _listed(t: Texts, day: CalendarDay) -> None:
    """A whole day: each limit with its debtor, article and dates."""
    if day.holiday:
        st.caption(_holiday(t, day))
    for one in day.limits:
        _entry(t, one)


def _entry(t: Texts, one: DayLimit) -> None:
    row = one.row
    limit = proceedings.limit_of(row.route, row.key)
    article = f"{plain(limit.article)} · " if limit else ""
    dates = litigation_words.dates(t, row.legal_on, row.safe_on, row.direction)
    sure = litigation_words.certainty(t, row.certainty)
    st.markdown(f"{_name(t, one)} — {plain(row.debtor)} · {_standing(t, one)}{sure}  \n:gray[{article}{dates}]")
    with st.container(horizontal=True, gap="xsmall"):
        doors.link("case", t("Case {ref}", ref=plain(row.case_ref)), ":material/folder_open:", id=str(row.case_id))
        doors.link("litigation", t("Open the proceeding's file"), ":material/gavel:", id=str(row.proceeding_id))


def _name(t: Texts, one: DayLimit) -> str:
    limit = proceedings.limit_of(one.row.route, one.row.key)
    return litigation_words.label(t, limit.label) if limit else plain(one.row.key)


def _standing(t: Texts, one: DayLimit) -> str:
    """How the limit stands, in a coloured word."""
    return {
        "overdue": f":red[{t('overdue')}]",
        "soon": f":orange[{t('within 7 days')}]",
        "later": f":blue[{t('to come')}]",
        "waiting": f":gray[{t('waiting period')}]",
        "information": f":gray[{t('for information')}]",
    }[one.standing]


def _holiday(t: Texts, day: CalendarDay) -> str:
    return t("Public holiday: {name}", name=plain(day.holiday.of(t.lang))) if day.holiday else ""
