"""Whose a contact point is, beside it: the person's own, someone else's, a workplace, given by the person. Judges nobody."""

from __future__ import annotations

import streamlit as st

from core.i18n import Texts
from core.services import contact_points
from core.services.cases import ContactPoint
from core.services.contact_points import Whose
from core.services.context import Ctx
from core.ui import problems, session


def holders(t: Texts) -> dict[str, str]:
    """Who may answer at a contact point."""
    return {
        "person": t("The person"),
        "relative": t("A relative"),
        "neighbour": t("A neighbour"),
        "employer": t("The employer"),
        "other": t("Somebody else"),
    }


def sign(t: Texts, point: ContactPoint) -> str:
    """What stands beside a contact point that is not plainly the person's own."""
    said = [] if point.holder == "person" else [holders(t)[point.holder]]
    if point.workplace:
        said.append(t("workplace, given by the person") if point.given else t("workplace"))
    return f":orange[{', '.join(said)}]" if said else ""


def form(ctx: Ctx, t: Texts, case_id: int, point: ContactPoint) -> None:
    """Say whose it is."""
    words, key = holders(t), f"whose_{point.id}"
    with st.form(key, border=False):
        holder = st.selectbox(
            t("Who answers there"),
            list(words),
            index=list(words).index(point.holder),
            format_func=lambda code: words[code],
            key=f"{key}_holder",
        )
        workplace = st.checkbox(t("It is a workplace"), value=bool(point.workplace), key=f"{key}_workplace")
        given = st.checkbox(t("The person gave it"), value=bool(point.given), key=f"{key}_given")
        sent = st.form_submit_button(t("Keep whose it is"), key=f"{key}_save")
    if sent:
        with problems.told(t, {"holder": t("Who answers there")}):
            contact_points.say_whose(ctx, case_id, point.id, Whose(holder, workplace, given), point.row_version)
            session.say(t("Kept: it shows beside the number or address."))
            st.rerun()
