"""Beside a person of the case: whether they alone are contacted, and the click that says they act no more. Decides nothing."""

from __future__ import annotations

import streamlit as st

from core.domain.rights import Right
from core.i18n import Texts
from core.law.contact_policy import contact_policy
from core.services import addressee
from core.services.addressee import Standing
from core.services.cases import CaseParty
from core.services.context import Ctx
from core.ui import labels, session
from core.ui.text import plain


def line(ctx: Ctx, t: Texts, case_id: int, party: CaseParty, found: Standing | None) -> None:
    """The name of a person with their role and standing, and what may be said of it."""
    with st.container(
        horizontal=True, vertical_alignment="top", gap="xxsmall", wrap=False, key=f"party_{party.party_id}_{party.role}"
    ):
        name = labels.person(party.name, party.first_name)
        st.markdown(f"**{labels.role(t, party.role)}** {name}{_sign(t, found)}", width="stretch")
        if found is not None and _acts(ctx, found) and ctx.may(Right.WORK):
            with st.popover(
                "…", key=f"addressee_{found.id}", help=t("Contact only this person, or no more"), type="tertiary"
            ):
                _choices(t, case_id, found)


def _acts(ctx: Ctx, found: Standing) -> bool:
    return found.until_on is None or found.until_on >= ctx.day


def _by_role(found: Standing) -> bool:
    return found.role in contact_policy().sole


def _sign(t: Texts, found: Standing | None) -> str:
    if found is None:
        return ""
    if found.until_on is not None:
        return f" :gray[{plain(t('acted until {day}', day=t.date(found.until_on)))}]"
    return f" :orange-badge[{t('Only contact')}]" if found.sole or _by_role(found) else ""


def _choices(t: Texts, case_id: int, found: Standing) -> None:
    if _by_role(found):
        st.caption(t("Once entered, this person is contacted instead of the debtor (CON-08)."))
    else:
        st.caption(t("The debtor named this person in writing: they alone are then written to and called (CON-08)."))
        label = t("No longer the only contact") if found.sole else t("Only contact")
        st.button(
            label, key=f"sole_{found.id}", icon=":material/person_pin:", on_click=_sole,
            args=(case_id, found.party_id, found.row_version), kwargs={"sole": not found.sole}, disabled=found.role in addressee.NEVER,
        )  # fmt: skip
    st.button(
        t("Acts no more"), key=f"ended_{found.id}", icon=":material/person_off:", on_click=_ended,
        args=(case_id, found.party_id, found.row_version),
    )  # fmt: skip


def _sole(case_id: int, party_id: int, row_version: int, *, sole: bool) -> None:
    ctx = session.here()
    with session.spoken(ctx):
        addressee.set_sole(ctx, case_id, party_id, row_version, sole=sole)


def _ended(case_id: int, party_id: int, row_version: int) -> None:
    ctx = session.here()
    with session.spoken(ctx):
        addressee.acts_no_more(ctx, case_id, party_id, row_version)
