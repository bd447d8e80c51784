"""The form of a credit note, in the money panel or where a dispute waits for one. Computes nothing."""

from __future__ import annotations

import streamlit as st

from core.i18n import Texts
from core.services import credit_notes
from core.services.cases import CaseFile
from core.services.context import Ctx
from core.services.disputes import Dispute
from core.ui import drafts, fields, problems, session


def show(ctx: Ctx, t: Texts, file: CaseFile, dispute: Dispute | None = None) -> None:
    """Record a credit note of the creditor; `dispute` is the one it ends."""
    form = f"credit_{file.head.id}_{dispute.id}" if dispute else f"credit_{file.head.id}"
    about = dispute.debt_id if dispute else None
    refs = {d.id: d.ref for d in file.debts if d.outstanding and about in (None, d.id)}
    if not refs:
        st.caption(t("No principal is owed any more: a credit note would be a refund the creditor owes the debtor."))
        return
    token = session.token(form)
    label = {
        "debt": t("Debt credited"),
        "ref": t("Number of the credit note"),
        "dated": t("Date of the credit note"),
        "amount": t("Amount, taxes included"),
        "reason": t("Why (optional)"),
    }
    with drafts.kept(token, "credit_debt", "credit_amount", "credit_ref", "credit_dated", "credit_reason"):
        left, right = st.columns(2)
        with left:
            debt = st.selectbox(label["debt"], list(refs), key=f"credit_debt_{token}", format_func=lambda d: refs[d])
            amount = fields.money(label["amount"], f"credit_amount_{token}")
        with right:
            ref = st.text_input(label["ref"], key=f"credit_ref_{token}", placeholder="AV-2026-014", autocomplete="off")
            dated = fields.day(label["dated"], f"credit_dated_{token}", value=ctx.today, latest=ctx.today)
        reason = st.text_input(label["reason"], key=f"credit_reason_{token}", autocomplete="off")
        st.caption(t("It lowers the principal from its own day on: interest stops running on that part that day."))
        sent = st.button(
            t("Record the credit note"), type="primary", icon=":material/save:", key=f"credit_save_{token}"
        )
    if sent:
        with problems.told(t, label):
            cents = fields.cents(amount, "amount")
            done = credit_notes.record_credit_note(
                ctx, debt, ref, dated or ctx.today, cents, reason, token, dispute.id if dispute else None
            )
            session.spend(form)
            drafts.forget(token)
            session.say(t("Credit note recorded. Owed now: {amount}.", amount=t.money(done.balance)))
            st.rerun(scope="app")
