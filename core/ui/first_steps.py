"""A new agency's first screen: the steps to its first case, in order, each a link, ticked when done. Blocks none of them."""

from __future__ import annotations

import streamlit as st

from core.i18n import Texts
from core.services.context import Ctx
from core.services.first_steps import first_steps, without_case
from core.ui import demo_making, doors


def show(ctx: Ctx, t: Texts) -> None:
    """The steps, then the demonstration."""
    done = first_steps(ctx)
    st.markdown(t("No case yet. The first steps, in order; none prevents the next:"))
    with st.container(border=True, key="first_steps"):
        _step(
            t,
            1,
            done.agency,
            t("The agency file"),
            t("Name, insurance, account and declaration: wanted before anything is sent (R. 124-2)."),
        )
        doors.link("settings", t("Fill in the agency file"), ":material/settings:")
        _step(t, 2, done.creditor, t("A creditor"), t("Who entrusts the debts."))
        doors.link("creditors", t("Add a creditor"), ":material/business:", id="new")
        _step(t, 3, done.mandate, t("Its mandate"), t("The signed power to collect for the creditor (R. 124-3)."))
        asked = {"id": str(done.creditor_id)} if done.creditor_id else {}
        doors.link("creditors", t("Draw up the mandate"), ":material/contract:", **asked)
        _step(
            t,
            4,
            False,
            t("The first cases"),
            t(
                "One debtor by hand, in two minutes, or a creditor's file of unpaid invoices: you see everything before it enters."
            ),
        )
        with st.container(horizontal=True):
            doors.link("new_case", t("New case"), ":material/note_add:")
            doors.link("import_file", t("Import a file"), ":material/upload_file:")
    _look_around(ctx, t)


def _step(t: Texts, number: int, done: bool, name: str, meaning: str) -> None:
    icon = ":green[:material/check_circle:]" if done else ":gray[:material/radio_button_unchecked:]"
    state = t("done") if done else t("to do")
    st.markdown(f"{icon} **{number}. {name}** ({state})  \n{meaning}")


def _look_around(ctx: Ctx, t: Texts) -> None:
    """Out of one's own agency, into the invented one."""
    if ctx.space != "agency":
        return
    with st.container(border=True):
        st.markdown(f"**{t('Look around first')}**")
        st.markdown(t("An invented agency, in a separate file, to try everything without risk."))
        if st.button(t("Discover with the demonstration agency"), icon=":material/science:", key="discover"):
            demo_making.discover(ctx, t)


def instead(ctx: Ctx, t: Texts, what: str, icon: str) -> bool:
    """Where there is no case yet: `what` will stand here, and the doors to the first one. False, and nothing drawn, where there is one."""
    if not without_case(ctx):
        return False
    st.info(what, icon=icon)
    with st.container(horizontal=True, key="doors_first_case"):
        doors.link("new_case", t("New case"), ":material/note_add:")
        doors.link("import_file", t("Import a file"), ":material/upload_file:")
        doors.link("overview", t("The first steps"), ":material/checklist:")
    return True
