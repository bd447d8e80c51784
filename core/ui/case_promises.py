"""Promises of a case: each with its state and why, the ways to cancel it or tell the creditor, and one noted. Decides no state."""

from __future__ import annotations

from functools import partial

import streamlit as st

from core.domain.dates import after
from core.domain.money import MEANS
from core.i18n import Texts
from core.services import promises
from core.services.cases import CaseFile, CaseHead
from core.services.context import Ctx
from core.services.promises import SOURCES, PromiseEntry, PromiseState
from core.ui import case_letter, case_message, drafts, fields, labels, plan_words, problems, session
from core.ui.text import plain


def show(ctx: Ctx, t: Texts, one: PromiseState) -> None:
    """One promise that stands."""
    row = one.row
    with st.container(border=True, key=f"promise_{row.id}", gap="xsmall"):
        words = [
            f"**{t('Promise of {amount} for {day}', amount=t.money(row.amount), day=t.date(row.due_on))}**",
            labels.means(t, row.means) if row.means else "",
            _source(t, row.source) if row.source == "other" else "",
            plan_words.badge(t, one.state),
        ]
        st.markdown(" · ".join(word for word in words if word))
        st.caption(session.sentence(t, one.why))
        if one.state == "kept" and not row.creditor_told_on:
            return  # the money came: its payment tells the creditor
        with st.container(horizontal=True, vertical_alignment="center"):
            plan_words.told(
                ctx, t, f"promise_{row.id}", row.creditor_told_on, partial(promises.tell_creditor, ctx, row.id)
            )
            if one.state == "pending":
                case_letter.offer(row.case_id, "promise_confirmation", t("Confirmation letter"), f"confirm_{row.id}")
                case_message.offer(
                    row.case_id, "email", "promise_email", t("Confirm by e-mail"), f"confirm_email_{row.id}"
                )
                case_message.offer(row.case_id, "sms", "promise_sms", t("Confirm by SMS"), f"confirm_sms_{row.id}")
            if one.state == "pending" and st.button(
                t("Cancel the promise"), key=f"cancel_promise_{row.id}", type="tertiary", icon=":material/close:"
            ):
                with problems.told(t):
                    promises.cancel_promise(ctx, row.id, row.row_version)
                    session.say(t("The promise is cancelled."))
                    st.rerun()


def strip(ctx: Ctx, t: Texts, head: CaseHead) -> None:
    """At the top of the case: the promises that were not kept, until a later one is made or kept."""
    if head.status != "open" or not head.balance:
        return
    for one in promises.broken_of(ctx, head.id):
        said = t("Promise of {amount} for {day}", amount=t.money(one.row.amount), day=t.date(one.row.due_on))
        st.markdown(f":red[:material/heart_broken: **{plain(said)}**] — {session.sentence(t, one.why)}")


def note(ctx: Ctx, t: Texts, file: CaseFile) -> None:
    """Note a promise made outside a logged contact."""
    form = f"promise_{file.head.id}"  # of this case: what is typed must not follow to the next one
    token = session.token(form)
    label = {
        "amount": t("Amount promised"),
        "due_on": t("Promised for"),
        "means": t("Means of payment"),
        "source": t("Promised by"),
    }
    with (
        st.popover(t("Note a promise"), key="note_promise", icon=":material/handshake:"),
        drafts.kept(token, "promise_amount", "promise_due", "promise_means", "promise_source"),
    ):
        amount = fields.money(label["amount"], f"promise_amount_{token}")
        due_on = fields.day(label["due_on"], f"promise_due_{token}", value=after(ctx.today, 7))
        means = st.selectbox(
            label["means"], MEANS, key=f"promise_means_{token}", format_func=lambda code: labels.means(t, code)
        )
        source = st.radio(
            label["source"],
            SOURCES,
            key=f"promise_source_{token}",
            format_func=lambda code: _source(t, code),
            horizontal=True,
        )
        st.caption(t("Checking it replaces the next contact; what a court or the creditor awaits stays."))
        sent = st.button(t("Record the promise"), type="primary", key="promise_save")
        if sent:
            with problems.told(t, label):
                entry = PromiseEntry(
                    file.head.id, fields.cents(amount, "amount"), due_on or ctx.today, means, source or SOURCES[0]
                )
                promises.record_promise(ctx, entry, token)
                session.spend(form)
                drafts.forget(token)
                session.say(t("The promise is recorded; checking it is the next action."))
                st.rerun()


def _source(t: Texts, code: str) -> str:
    return {"debtor": t("The debtor"), "other": t("Someone else")}.get(code, code)
