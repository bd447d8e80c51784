"""The weights of the queue: a slider a factor, what they would change on the real portfolio, then saving. Computes no points."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from zoneinfo import ZoneInfo

import streamlit as st

from core.domain.priority import Factor, meaning
from core.i18n import Texts
from core.services import priority
from core.services.context import Ctx
from core.services.priority import Preview, WeightsView
from core.ui import drafts, problems, session
from core.ui.text import plain

TRIED = "weights_tried"
STEP = 10


def show(ctx: Ctx, t: Texts, shown: WeightsView) -> None:
    """The form with the values in force, then the preview of what was tried."""
    if not shown.may_edit:
        st.info(t("A lead sets these weights; they are shown as they are in force."), icon=":material/lock:")
    form = drafts.draft("weights", shown.version, "amount")
    with st.form("weights_form", border=True):
        values: dict[str, int] = {}
        for one in shown.now.factors:
            values |= _factor(t, form, one, editable=shown.may_edit)
        sent = st.form_submit_button(
            t("See what would change"),
            type="primary",
            icon=":material/preview:",
            key="weights_try",
            disabled=not shown.may_edit,
        )
    if sent:
        st.session_state[TRIED] = values
    if shown.may_edit and TRIED in st.session_state:
        with problems.told(t, _labels(t, shown)):
            _tried(ctx, t, form, st.session_state[TRIED])
    _shipped(t, shown)


def _labels(t: Texts, shown: WeightsView) -> Mapping[str, str]:
    names = {one.code: t.show(one.label) for one in shown.now.factors}
    return names | {f"{code}_scale": name for code, name in names.items()}


def _factor(t: Texts, form: drafts.Draft, one: Factor, *, editable: bool) -> dict[str, int]:
    """The slider of a factor, and the number where its points are spread."""
    name, says = t.show(one.label), session.sentence(t, meaning(one.code))
    if one.fixed:
        st.markdown(f"**{plain(name)}** — {says} {t('This is a rule of the house and does not change.')}")
        return {}
    label = t("{name} (points taken off)", name=name) if one.takes_off else t("{name} (points)", name=name)
    found = {}
    with st.container(horizontal=True, gap="medium", vertical_alignment="bottom", key=f"weight_{one.code}"):
        found[one.code] = st.slider(
            plain(label),
            one.least,
            one.most,
            one.points,
            STEP,
            key=form.key(one.code),
            help=None,
            width=360,
            disabled=not editable,
        )
        if one.scale:
            unit = t("Whole from (€)") if one.scale.unit == "euros" else t("Over (days)")
            at = st.number_input(
                f"{unit} — {plain(name)}",
                one.scale.least,
                one.scale.most,
                one.scale.at,
                key=form.key(f"{one.code}_scale"),
                width=240,
                disabled=not editable,
            )
            found[f"{one.code}_scale"] = int(at)
    st.caption(says)
    return found


def _tried(ctx: Ctx, t: Texts, form: drafts.Draft, values: Mapping[str, int]) -> None:
    found = priority.preview(ctx, values)
    st.subheader(t("On the portfolio as it stands"), anchor=False)
    st.markdown(
        t(
            "Of the first {n} cases, {entering} would come in and {leaving} would go out.",
            n=priority.WATCHED,
            entering=found.entering,
            leaving=found.leaving,
        )
    )
    _tables(t, found)
    with st.form("weights_save_form", border=False):
        reason = st.text_input(t("Why (kept with the version)"), key=form.key("reason"), autocomplete="off")
        sent = st.form_submit_button(t("Save these weights"), type="primary", key="weights_save")
    if sent:
        version = priority.save(ctx, values, reason, form.version)
        st.session_state.pop(TRIED, None)
        drafts.saved(form)
        session.say(t("Version {n} of the weights orders the queue from now on.", n=version))
        st.rerun()


def _tables(t: Texts, found: Preview) -> None:
    columns = {
        "rank": st.column_config.NumberColumn(t("Rank"), width=60),
        "debtor": st.column_config.TextColumn(t("Debtor"), width=190),
        "ref": st.column_config.TextColumn(t("Case"), width=110),
        "points": st.column_config.NumberColumn(t("Points"), width=75),
        "was": st.column_config.TextColumn(t("Rank now"), width=110),
    }
    before = [{"rank": one.rank, "debtor": one.debtor, "ref": one.ref, "points": one.points} for one in found.before]
    after = [
        {"rank": one.after.rank, "debtor": one.after.debtor, "ref": one.after.ref, "points": one.after.points,
         "was": t.number(one.before) if one.before else t("further down")}
        for one in found.after
    ]  # fmt: skip
    with st.container(horizontal=True, gap="medium", key="weights_tables"):
        with st.container(width=430):
            st.markdown(f"**{t('Today')}**")
            st.dataframe(
                before, column_config=columns, hide_index=True, key="weights_before", alt=t("The first cases today")
            )
        with st.container(width=520):
            st.markdown(f"**{t('With these weights')}**")
            st.dataframe(
                after,
                column_config=columns,
                hide_index=True,
                key="weights_after",
                alt=t("The first cases with these weights"),
            )


def _shipped(t: Texts, shown: WeightsView) -> None:
    """Back to what was shipped."""
    if shown.may_edit and shown.now != shown.shipped:
        st.button(
            t("Back to the shipped weights"),
            key="weights_ship",
            icon=":material/restart_alt:",
            on_click=_ship,
            args=(shown.version,),
        )


def _ship(version: int) -> None:
    ctx = session.here()
    with session.spoken(ctx) as t:
        priority.ship(ctx, version)
        st.session_state.pop(TRIED, None)
        drafts.saved(drafts.draft("weights", version, "amount"))
        session.say(t("The shipped weights order the queue again."))


def history(ctx: Ctx, t: Texts, shown: WeightsView) -> None:
    """Who changed the weights, when and why."""
    if not shown.versions:
        st.caption(t("Nobody has changed the shipped weights."))
        return
    zone = ZoneInfo(ctx.time_zone)
    for one in shown.versions:
        when = t.moment(dt.datetime.fromisoformat(one.recorded_at).astimezone(zone))
        why = f" — {plain(one.source)}" if one.source else ""
        st.markdown(f"- **{t('Version {n}', n=one.version)}** · {plain(when)} · {plain(one.author)}{why}")
