"""Why one case of the queue comes first, a sentence a factor, and setting it aside with a reason. Orders nothing."""

from __future__ import annotations

import datetime as dt

import streamlit as st

from core.i18n import Texts
from core.services import priority, skips
from core.services.cases import QueueRow, Reason
from core.services.context import Ctx
from core.ui import drafts, problems, session
from core.ui.text import plain

PICKED = "queue_why"
MOST = 2  # factors named in a line of the table


def short(t: Texts, reasons: tuple[Reason, ...]) -> str:
    """The heaviest factors of a case, for its line; that it can be reached, which most can, is left out where others count."""
    others = [one for one in reasons if one.code != "contact"] or reasons
    return " · ".join(f"{t.show(priority.label(one.code))} {signed(t, one.points)}" for one in others[:MOST])


def signed(t: Texts, points: int) -> str:
    """Points with their sign."""
    return f"+{t.number(points)}" if points > 0 else t.number(points)


def pick(case_id: int | None) -> None:
    """Have a case explained above the table, or none any more."""
    st.session_state[PICKED] = case_id


def show(ctx: Ctx, t: Texts, rows: tuple[QueueRow, ...], why: dict[int, tuple[Reason, ...]]) -> None:
    """The case picked in the table, when it is on this page."""
    row = next((one for one in rows if one.case_id == st.session_state.get(PICKED)), None)
    if row is None:
        return
    with st.container(border=True, key="queue_why_panel"):
        _head(t, row)
        lines(t, why.get(row.case_id, ()))
        with st.container(horizontal=True, gap="small"):
            if row.skipped_until and row.skipped_until > ctx.day:
                st.button(
                    t("Take it back into the queue"),
                    key="queue_unskip",
                    icon=":material/undo:",
                    on_click=_back,
                    args=(row,),
                )
            else:
                _aside(ctx, t, row)
            st.button(t("Close"), key="queue_why_close", on_click=pick, args=(None,))


def _head(t: Texts, row: QueueRow) -> None:
    st.markdown(f"**{plain(row.debtor)}** · {plain(row.ref)} · " + t.n("{n} point", "{n} points", row.priority))
    if row.skipped_until:
        st.caption(t("Set aside: back on {day}.", day=dt.date.fromisoformat(row.skipped_until)))


def lines(t: Texts, reasons: tuple[Reason, ...]) -> None:
    """Each factor that counts: its points, its name, its sentence."""
    if not reasons:
        st.caption(t("No factor counts on this case."))
        return
    st.markdown(
        "\n".join(
            f"- **{plain(signed(t, one.points))}** {plain(t.show(priority.label(one.code)))} — {session.sentence(t, one.sentence)}"
            for one in reasons
        )
    )


def _back(row: QueueRow) -> None:
    with session.spoken(session.here()) as t:
        skips.take_back(session.here(), row.case_id)
        session.say(t("{name} is back in the queue.", name=row.debtor))


def _aside(ctx: Ctx, t: Texts, row: QueueRow) -> None:
    """The reason, the day it comes back, a few words."""
    labels = {"reason": t("Reason"), "until_on": t("Back on"), "note": t("A few words")}
    words = {one.code: t.show(one.label) for one in skips.reasons()}
    form = f"skip_{row.case_id}"
    token = session.token(form)
    with (
        st.popover(t("Set aside"), icon=":material/snooze:", key="queue_aside"),
        drafts.kept(token, f"{form}_reason", f"{form}_until", f"{form}_note"),
    ):
        st.caption(t("It leaves the list until that day; a reply brings it back at once. The reason is kept."))
        reason = st.selectbox(
            labels["reason"], list(words), key=f"{form}_reason_{token}", format_func=lambda c: words[c]
        )
        until = st.date_input(
            labels["until_on"],
            value=ctx.today + dt.timedelta(days=1),
            min_value=ctx.today + dt.timedelta(days=1),
            max_value=skips.last_day(ctx.today),
            format="DD/MM/YYYY",
            key=f"{form}_until_{token}",
        )
        note = st.text_input(labels["note"], key=f"{form}_note_{token}", autocomplete="off")
        sent = st.button(t("Set aside"), type="primary", key=f"{form}_save")
    if sent and isinstance(until, dt.date):
        with problems.told(t, labels):
            skips.skip(ctx, skips.SkipEntry(row.case_id, reason, until, note), token)
            session.spend(form)
            drafts.forget(token)
            pick(None)
            session.say(t("{name} is set aside until {day}.", name=row.debtor, day=until))
            st.rerun()
