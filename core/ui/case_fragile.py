"""The fragile path of the debtor: coded needs, the one person who speaks with them, signposts, review, end. Types no story."""

from __future__ import annotations

import datetime as dt
from functools import partial

import streamlit as st

from core.domain.dates import after
from core.domain.rights import Right
from core.i18n import Texts
from core.services import fragile, people_words, team
from core.services.cases import CaseFile
from core.services.context import Ctx
from core.services.fragile import Path, PathEntry
from core.ui import downloads, fields, problems, session
from core.ui.text import plain


def labels(t: Texts) -> dict[str, str]:
    """The fields of a path."""
    return {
        "needs": t("What the person needs"),
        "user": t("The one person who speaks with them"),
        "review_on": t("To be reviewed on"),
        "reason": t("Why it ends"),
    }


def strip(ctx: Ctx, t: Texts, file: CaseFile) -> None:
    """In the banner: the path, its one person, the needs; a word to whoever else is there."""
    path = fragile.open_path_of(ctx, file.head.id)
    if path is None:
        return
    needs = ", ".join(people_words.need(t, code) for code in path.needs) or t("needs still to be said")
    with st.container(border=True, key="fragile_strip", gap="xsmall"):
        who = plain(t("Fragile path: {name} alone speaks with this person", name=path.row.user))
        st.markdown(f":orange[:material/volunteer_activism: **{who}**] — {plain(needs)}")
        st.caption(t("No firm text leaves meanwhile, by any channel. Review on {day}.", day=t.date(path.row.review_on)))
        if path.user_id != ctx.user.id:
            pass_on = t("Pass what comes in to {name}; do not call or write yourself.", name=path.row.user)
            st.markdown(f":material/forward_to_inbox: {plain(pass_on)}")


def show(ctx: Ctx, t: Texts, file: CaseFile) -> None:
    """The path that is open, or the way to open one; the signposts; the earlier ones."""
    data = fragile.fragile_data()
    st.info(plain(data.caution.of(t.lang)), icon=":material/shield_person:")
    paths = fragile.paths_of(ctx, file.head.id)
    running = next((path for path in paths if not path.row.ended_on), None)
    if running:
        _running(ctx, t, running)
    elif ctx.may(Right.DECIDE) and file.head.status == "open":
        _form(ctx, t, file, None)
    else:
        st.caption(
            t("No fragile path is open. A lead opens it, or the result “vulnerable situation reported” of a contact.")
        )
    _signposts(t, file)
    for path in paths:
        if path.row.ended_on:
            words = t(
                "From {start} to {end}: {why}", start=t.date(path.row.opened_on), end=t.date(path.row.ended_on),
                why=people_words.path_end(t, path.row.end_reason),
            )  # fmt: skip
            st.caption(plain(words))


def _running(ctx: Ctx, t: Texts, path: Path) -> None:
    row = path.row
    st.caption(plain(t("Opened on {day} by {name}.", day=t.date(row.opened_on), name=row.opened_by)))
    _form(ctx, t, None, path)
    if ctx.may(Right.DECIDE):
        with st.popover(t("End the path"), key=f"fragile_end_{row.id}"):
            ends = {one.code: one.label.of(t.lang) for one in fragile.fragile_data().ends}
            why = st.selectbox(
                labels(t)["reason"], list(ends), format_func=lambda code: ends[code], key=f"fragile_why_{row.id}"
            )
            if st.button(t("End it today"), key=f"fragile_end_do_{row.id}", type="primary"):
                with problems.told(t, labels(t)):
                    fragile.end_path(ctx, row.id, row.row_version, why)
                    session.say(t("The fragile path is ended."))
                    st.rerun()


def _form(ctx: Ctx, t: Texts, file: CaseFile | None, path: Path | None) -> None:
    """Open a path of the case, or review the one that runs."""
    label, data = labels(t), fragile.fragile_data()
    form = f"fragile_{path.row.id}_{path.row.row_version}" if path else f"fragile_{file.head.id if file else 0}"
    token, people = session.token(form), {one.id: one.name for one in team.colleagues(ctx)}
    chosen = path.user_id if path else ctx.user.id
    with st.form(f"fragile_form_{token}", border=True):
        needs = st.multiselect(
            label["needs"], [one.code for one in data.needs], default=list(path.needs) if path else [],
            format_func=lambda code: people_words.need(t, code), key=f"fragile_needs_{token}", placeholder=t("Choose from the list"),
        )  # fmt: skip
        user = st.selectbox(
            label["user"], list(people), index=list(people).index(chosen) if chosen in people else 0,
            format_func=lambda one: people[one], key=f"fragile_user_{token}",
        )  # fmt: skip
        usual = after(ctx.today, data.review_days)
        if path and path.row.review_on > ctx.day:
            usual = dt.date.fromisoformat(path.row.review_on)
        review_on = fields.day(label["review_on"], f"fragile_review_{token}", value=usual) or usual
        sent = st.form_submit_button(
            t("Keep this review") if path else t("Open the fragile path"), type="primary", key=f"fragile_save_{token}"
        )
    if sent:
        with problems.told(t, label):
            entry = PathEntry(tuple(needs), user, review_on)
            if path:
                fragile.change_path(ctx, path.row.id, path.row.row_version, entry)
            elif file:
                fragile.begin_path(ctx, file.head.id, entry, token)
            session.spend(form)
            session.say(t("The fragile path is kept; its review is planned."))
            st.rerun()


def _signposts(t: Texts, file: CaseFile) -> None:
    with st.expander(t("Where this person finds help"), icon=":material/signpost:"):
        for one in fragile.fragile_data().signposts:
            st.markdown(f"**{plain(one.name.of(t.lang))}** — {plain(one.does.of(t.lang))}")
            basis = people_words.cited(t, one.cited)
            st.caption(plain(" · ".join(word for word in (one.reach.of(t.lang), basis) if word)))
        st.download_button(
            t("Sheet to hand over (PDF)"),
            downloads.later(partial(_sheet, file.head.id)),
            file_name=f"{t('help')}-{file.head.ref}.pdf",
            mime="application/pdf",
            key=f"signposts_{file.head.id}",
            icon=":material/picture_as_pdf:",
            on_click="ignore",
        )


def _sheet(case_id: int, ctx: Ctx) -> bytes:
    return fragile.signposts_file(ctx, case_id)[1]
