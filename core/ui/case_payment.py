"""The payment panel: what came, where it would go and why, then a named button. Allocates nothing by itself."""

from __future__ import annotations

import datetime as dt

import streamlit as st

from core.domain.money import MEANS, PAID_TO
from core.i18n import Texts
from core.services import payments
from core.services.cases import CaseFile
from core.services.context import Ctx
from core.services.payments import PaymentEntry, Proposal
from core.ui import allocation_view, drafts, fields, labels, problems, session, why


def show(ctx: Ctx, t: Texts, file: CaseFile) -> None:
    """Record a payment."""
    token = session.token(f"payment_{file.head.id}")
    with drafts.kept(token, "amount", "means", "on", "to", "for", "ref"):
        typed = _typed(ctx, t, file, token)
    _proposed(ctx, t, file, token, typed)


def _typed(ctx: Ctx, t: Texts, file: CaseFile, token: str) -> tuple[str, dt.date, str, str, int | None, str]:
    """Amount, day, means, who was paid, debt, reference."""
    left, right = st.columns(2)
    with left:
        amount = fields.money(t("Amount received"), f"amount_{token}")
        means = st.selectbox(
            t("Means of payment"), MEANS, key=f"means_{token}", format_func=lambda m: labels.means(t, m)
        )
    with right:
        on = fields.day(t("Received on"), f"on_{token}", value=ctx.today, latest=ctx.today)
        paid_to = st.selectbox(t("Paid to"), PAID_TO, key=f"to_{token}", format_func=lambda p: labels.paid_to(t, p))
    refs = {d.id: d.ref for d in file.debts if d.outstanding}
    chosen = st.selectbox(
        t("For which debt"),
        [None, *refs],
        key=f"for_{token}",
        help=t("If the debtor said which debt he pays, choose it (Civil code, article 1342-10)."),
        format_func=lambda d: refs[d] if d else t("He did not say: the legal order"),
    )
    reference = st.text_input(t("Reference (cheque number, label of the transfer)"), key=f"ref_{token}")
    return amount, on or ctx.today, means, paid_to, chosen, reference


def _proposed(
    ctx: Ctx, t: Texts, file: CaseFile, token: str, typed: tuple[str, dt.date, str, str, int | None, str]
) -> None:
    """What to look at, where the money goes, the button."""
    amount, on, means, paid_to, chosen, reference = typed
    said = payments.cautions if paid_to == "agency" else payments.stop_cautions
    for caution in said(ctx, file.head.id):
        st.warning(session.sentence(t, caution), icon=":material/gavel:")
    if not amount.strip():
        st.caption(t("Type the amount: you will see where it goes before anything is written."))
        return
    with problems.told(t, {"amount": t("Amount received"), "received_on": t("Received on")}):
        entry = PaymentEntry(file.head.id, on, fields.cents(amount, "amount"), means, paid_to, reference, chosen)
        _proposal(t, payments.propose_payment(ctx, entry))
        st.button(
            t("Record the payment"),
            key=f"record_{token}",
            type="primary",
            icon=":material/save:",
            shortcut="Ctrl+Enter",
            on_click=_record,
            args=(entry, token),
        )


def _proposal(t: Texts, found: Proposal) -> None:
    """Where the money would go, then the reason of each share."""
    with st.container(border=True):
        allocation_view.shares(t, found.allocation)
        if found.allocation.left_over:
            st.warning(
                t(
                    "{amount} is more than what is owed: it stays unallocated on the case, to be given back or asked about.",
                    amount=t.money(found.allocation.left_over),
                )
            )
        st.markdown(t("Owed after this payment: **{amount}**", amount=t.money(found.balance_after)))
        why.show(t, found.proof, "payment", label=t("Why this allocation?"))


def _record(entry: PaymentEntry, token: str) -> None:
    ctx = session.here()
    with session.spoken(ctx) as t:
        done = payments.record_payment(ctx, entry, token)
        session.spend(f"payment_{entry.case_id}")
        drafts.forget(token)
        session.say(
            t(
                "Payment recorded, receipt {number}. Owed now: {amount}.",
                number=done.receipt,
                amount=t.money(done.balance),
            )
        )
        session.whole_page()
