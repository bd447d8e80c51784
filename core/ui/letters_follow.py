"""Registered letters posted and awaited: proof of dispatch, advice of receipt, returned mail. Judges no proof."""

from __future__ import annotations

import datetime as dt

import streamlit as st

from core.domain.rights import Right
from core.i18n import Texts
from core.services import dispatch
from core.services.context import Ctx
from core.services.dispatch import Dispatch
from core.ui import doors, fields, letters_place, problems, session
from core.ui.text import plain

SIZE = 50
NOTICE = "formal_notice"


def outcomes(t: Texts) -> dict[str, str]:
    """What may become of a registered letter."""
    return {
        "received": t("Received: the advice is signed"),
        "unclaimed": t("Presented, not collected (it stays valid)"),
        "refused": t("Refused"),
        "unknown_address": t("Unknown at the address (NPAI)"),
    }


def show(ctx: Ctx, t: Texts) -> None:
    """Choose a letter, then say what became of it."""
    rows = dispatch.awaited(ctx, limit=SIZE)
    if not rows:
        st.info(
            t("No registered letter is awaited: every advice of receipt was recorded."),
            icon=":material/mark_email_read:",
        )
        return
    names = letters_place.kind_names(ctx, t)
    words = {row.reference: _line(t, row, names) for row in rows}
    chosen = st.selectbox(
        t("Registered letter posted"), list(words), key="follow_letter", format_func=lambda ref: words[ref]
    )
    row = next((one for one in rows if one.reference == chosen), rows[0])
    with st.container(border=True, key="follow_one"):
        _one(ctx, t, row)


def _line(t: Texts, row: Dispatch, names: dict[str, str]) -> str:
    posted = t("posted on {day}", day=dt.date.fromisoformat(row.posted_on or row.dated))
    return f"{row.reference} — {row.debtor} — {names.get(row.kind, row.kind)}, {posted}"


def _one(ctx: Ctx, t: Texts, row: Dispatch) -> None:
    number = (
        t("Registered number {number}", number=row.tracking) if row.tracking else t("No registered number is known.")
    )
    slip = t("slip {number}", number=row.slip) if row.slip else ""
    st.markdown(" · ".join(plain(part) for part in (row.reference, row.debtor, number, slip) if part))
    doors.link("case", t("Open the case"), ":material/folder_open:", id=str(row.case_id))
    _sent_proof(ctx, t, row)
    form, label = f"follow_{row.message_id}", outcomes(t)
    token = session.token(form)
    names = {
        "outcome": t("What became of it"),
        "outcome_on": t("That happened on"),
        "proof": t("Advice of receipt (PDF or photo)"),
    }
    outcome = str(
        st.selectbox(names["outcome"], list(label), key=f"outcome_{token}", format_func=lambda code: label[code])
    )
    on = fields.day(names["outcome_on"], f"outcome_on_{token}", value=ctx.today, latest=ctx.today)
    given = st.file_uploader(
        names["proof"], type=["pdf", "png", "jpg", "jpeg"], key=f"outcome_proof_{token}", max_upload_size=20
    )
    notice = row.kind == NOTICE and outcome != "unknown_address"
    as_fact = notice and st.checkbox(
        t("Record the formal notice as a fact of its debts: legal interest runs from this day (C. civ., art. 1231-6)"),
        value=True,
        key=f"outcome_fact_{token}",
    )
    if st.button(t("Record it"), key="outcome_save", type="primary", disabled=not ctx.may(Right.WORK)):
        with problems.told(t, names):
            proof = (given.name, given.getvalue()) if given else None
            facts = dispatch.record_outcome(ctx, row.reference, outcome, on or ctx.today, token, proof, as_fact=as_fact)
            session.spend(form)
            session.say(_said(t, outcome, len(facts)))
            st.rerun()


def _said(t: Texts, outcome: str, facts: int) -> str:
    if outcome == "unknown_address":
        return t("The letter came back: the address is marked wrong, and looking for another is planned.")
    if facts:
        return t.n(
            "Recorded; the formal notice of {n} debt is in the register of facts.",
            "Recorded; the formal notice of {n} debts is in the register of facts.",
            facts,
        )
    return t("Recorded.")


def _sent_proof(ctx: Ctx, t: Texts, row: Dispatch) -> None:
    """What proves that the letter left: the stamped slip or the receipt of the post office."""
    if row.sent_proof_id:
        st.caption(f":material/check_circle: {t('The proof of posting is kept.')}")
        return
    with st.popover(
        t("Attach the proof of posting"), icon=":material/attach_file:", key=f"sent_proof_{row.message_id}"
    ):
        given = st.file_uploader(
            t("Stamped slip or receipt of the post office"),
            type=["pdf", "png", "jpg", "jpeg"],
            key=f"sent_file_{row.message_id}",
            max_upload_size=20,
        )
        if st.button(t("Keep it"), key=f"sent_save_{row.message_id}", type="primary", disabled=given is None) and given:
            with problems.told(t):
                dispatch.record_sent_proof(ctx, row.reference, (given.name, given.getvalue()))
                session.say(t("The proof of posting is kept."))
                st.rerun()
