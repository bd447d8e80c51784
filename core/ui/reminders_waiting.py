"""The steps that wait for a person's word: several at once are previewed, released, or skipped with a reason. Judges none."""

from __future__ import annotations

import streamlit as st

from core.domain.rights import Right
from core.i18n import Texts
from core.services import reminders
from core.services.context import Ctx
from core.services.reminders import ReminderRow
from core.ui import doors, problems, session
from core.ui.reminders_place import channel, counted, template
from core.ui.reminders_today import told
from core.ui.text import plain


def show(ctx: Ctx, t: Texts) -> None:
    """The list, what the chosen lines would do, the two buttons."""
    rows = reminders.waiting(ctx)
    if not rows:
        st.info(t("No step waits for a person's word."), icon=":material/task_alt:")
        st.caption(
            t("A step that its scenario marks “to validate” comes here on its day instead of leaving by itself.")
        )
        return
    chosen = _chosen(t, rows)
    _preview(t, chosen)
    ids = [row.id for row in chosen]
    if st.button(
        t("Let the chosen steps leave"), key="release", type="primary", icon=":material/send:",
        disabled=not (ids and ctx.may(Right.WORK)),
    ):  # fmt: skip
        with problems.told(t):
            done = reminders.release(ctx, ids, session.token("release"))
            session.spend("release")
            session.say(told(t, done))
            st.rerun()
    _skip(ctx, t, ids)


def _chosen(t: Texts, rows: tuple[ReminderRow, ...]) -> tuple[ReminderRow, ...]:
    """The table, whose lines are chosen by their first column."""
    event = st.dataframe(
        [_line(t, row) for row in rows],
        key="waiting_lines",
        hide_index=True,
        placeholder="—",
        on_select="rerun",
        selection_mode="multi-row",
        row_height=38,
        alt=t("The steps that wait for a person's word, one case a line"),
        column_config={
            "debtor": st.column_config.TextColumn(t("Debtor"), width=200),
            "step": st.column_config.TextColumn(t("Step"), width=220),
            "channel": st.column_config.TextColumn(t("Channel"), width=130),
            "planned": st.column_config.TextColumn(t("Planned for"), width=110),
            "balance": st.column_config.NumberColumn(t("Balance"), format="euro", width=100),
            "ref": st.column_config.TextColumn(t("Case"), width=120),
        },
    )
    return tuple(rows[at] for at in event.selection.rows if at < len(rows))


def _line(t: Texts, row: ReminderRow) -> dict[str, object]:
    return {
        "debtor": row.debtor,
        "step": f"{row.level % 100} · {template(t, row.template)}",
        "channel": channel(t, row.channel),
        "planned": t.date(row.planned_on),
        "balance": row.balance / 100,
        "ref": row.ref,
    }


def _preview(t: Texts, chosen: tuple[ReminderRow, ...]) -> None:
    """What would leave, and the way to each case."""
    if not chosen:
        st.caption(t("Choose one line or several: what would leave is said here first."))
        return
    counts = {one.channel: sum(row.channel == one.channel for row in chosen) for one in chosen}
    st.markdown(f"**{t('Would leave:')}** {counted(t, counts)}.")
    with st.container(horizontal=True):
        for row in chosen[:10]:
            doors.link("case", f"{plain(row.debtor)} ({plain(row.ref)})", ":material/folder_open:", id=str(row.case_id))


def _skip(ctx: Ctx, t: Texts, ids: list[int]) -> None:
    with st.expander(t("Skip the chosen steps"), icon=":material/skip_next:", key="skip_steps"):
        st.caption(t("The step counts as done today and the next one follows from there; nothing is sent."))
        reason = st.text_input(t("Reason"), key="skip_reason")
        if st.button(t("Skip them"), key="skip_do", disabled=not (ids and ctx.may(Right.WORK))):
            with problems.told(t, {"reason": t("Reason")}):
                count = reminders.dismiss(ctx, ids, reason)
                session.say(t.n("{n} step is skipped.", "{n} steps are skipped.", count))
                st.rerun()
