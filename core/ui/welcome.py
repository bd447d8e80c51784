"""The first screen of a new installation: a name, or one click into the demonstration. Asks nothing else."""

from __future__ import annotations

import streamlit as st

from core.i18n import Texts
from core.services import access
from core.services.context import Ctx
from core.ui import demo_making, problems


def show(ctx: Ctx, t: Texts) -> None:
    """Introduce oneself, or discover."""
    left, middle, _ = st.columns([1, 3, 1])
    del left
    with middle:
        st.title(t("Welcome to Quittance"), anchor=False)
        st.markdown(
            t("The workplace of the debt collector: cases, calls, payments and deadlines, on this computer only.")
        )
        with st.form("introduce", border=True):
            st.markdown(f"**{t('Your agency')}**")
            name = st.text_input(
                t("Your first and last name"),
                key="introduce_name",
                help=t("Each entry of the journal carries its author. It is asked once."),
                autocomplete="name",
            )
            if st.form_submit_button(t("Start with my agency"), type="primary", key="introduce_start"):
                with problems.told(t, {"name": t("Your first and last name")}):
                    access.introduce(ctx, name)
                    st.rerun()
        with st.container(border=True):
            st.markdown(f"**{t('Just looking?')}**")
            st.markdown(
                t("Invented creditors, debtors, calls and payments, in a separate file: try everything without risk.")
            )
            if st.button(t("Discover with the demonstration agency"), key="discover", icon=":material/science:"):
                demo_making.discover(ctx, t)
