"""The bottom of a case: debts, payments with their receipts, reversal. Computes nothing."""

from __future__ import annotations

import datetime as dt
from functools import partial

import streamlit as st

from core.domain.dates import day_of
from core.i18n import Texts
from core.services import payments, receipts
from core.services.cases import CaseFile
from core.services.context import Ctx
from core.services.statements import Statement
from core.store.money import PaymentRow
from core.ui import (
    case_debt_facts,
    case_interest,
    case_learnt,
    case_movements,
    downloads,
    fields,
    labels,
    natures,
    problems,
    session,
)
from core.ui.text import plain


def show(ctx: Ctx, t: Texts, file: CaseFile, amounts: Statement) -> None:
    """Debts, then payments."""
    st.subheader(t("Debts"), anchor=False)
    st.dataframe(
        [
            {
                "ref": d.ref,
                "what": " — ".join(x for x in (natures.label(t, d.nature), d.label) if x),
                "issued": day_of(d.issued_on),
                "due": day_of(d.due_on),
                "late": _late(ctx, d.due_on) if d.outstanding else None,
                "original": d.original / 100,
                "owed": d.outstanding / 100,
            }
            for d in file.debts
        ],
        hide_index=True,
        placeholder="—",
        key="debts",
        row_height=36,
        alt=t("Debts of the case, one a line"),
        column_config={
            "ref": st.column_config.TextColumn(t("Reference"), width=120),
            "what": st.column_config.TextColumn(t("For what"), width=300),
            "issued": st.column_config.DateColumn(t("Invoiced on"), format="DD/MM/YYYY", width=95),
            "due": st.column_config.DateColumn(t("Due on"), format="DD/MM/YYYY", width=95),
            "late": st.column_config.NumberColumn(t("Days late"), width=110),
            "original": st.column_config.NumberColumn(t("Invoiced"), format="euro", width=105),
            "owed": st.column_config.NumberColumn(t("Still owed (principal)"), format="euro", width=145),
        },
    )
    if file.head.undated:
        st.caption(
            t.n(
                "{n} debt has no known due date: ask the creditor.",
                "{n} debts have no known due date: ask the creditor.",
                file.head.undated,
            )
        )
        case_learnt.due_dates(ctx, t, file)
    case_debt_facts.show(ctx, t, file)
    case_movements.show(ctx, t, file)
    case_interest.show(t, file, amounts)
    if file.payments:
        st.subheader(t("Payments"), anchor=False)
        for paid in file.payments:
            _payment(ctx, t, paid)


def _late(ctx: Ctx, due: str | None) -> int | None:
    days = (ctx.today - dt.date.fromisoformat(due)).days if due else 0
    return days if days > 0 else None


def _payment(ctx: Ctx, t: Texts, paid: PaymentRow) -> None:
    with st.container(horizontal=True, vertical_alignment="center", border=True, key=f"paid_{paid.id}"):
        what = (
            t("Payment of {amount}", amount=t.money(paid.amount))
            if paid.amount > 0
            else t("Reversal of {amount}", amount=t.money(-paid.amount))
        )
        gone = f" · :red[{t('reversed')}]" if paid.reversed_by else ""
        words = [
            f"**{what}**",
            t.date(paid.received_on),
            labels.means(t, paid.means),
            labels.paid_to(t, paid.paid_to),
            plain(paid.reference or paid.reason),
        ]
        st.markdown(" · ".join(word for word in words if word) + gone, width="stretch")
        with st.container(horizontal=True, width="content", gap="xsmall"):
            _papers(ctx, t, paid)


def _papers(ctx: Ctx, t: Texts, paid: PaymentRow) -> None:
    """The receipt, and the way to reverse."""
    if paid.receipt:
        st.download_button(
            t("Receipt {number}", number=paid.receipt),
            downloads.later(partial(_receipt, paid.id)),
            file_name=f"{paid.receipt}.pdf",
            mime="application/pdf",
            key=f"receipt_{paid.id}",
            icon=":material/receipt_long:",
            on_click="ignore",
            help=t("Receipt as PDF (CPCE, art. R. 124-6)"),
        )
    if paid.amount > 0 and not paid.reversed_by:
        with st.popover(t("Reverse"), key=f"reverse_{paid.id}"):
            _reverse(ctx, t, paid)


def _receipt(payment_id: int, ctx: Ctx) -> bytes:
    """The PDF."""
    return receipts.receipt_file(ctx, payment_id)[1]


def _reverse(ctx: Ctx, t: Texts, paid: PaymentRow) -> None:
    st.markdown(
        t("The payment stays in the journal; opposite lines put the debt back and a document tells the debtor.")
    )
    token = session.token(f"reverse_{paid.id}")
    reason = st.text_input(t("Why"), key=f"why_{token}", placeholder=t("Cheque returned unpaid"))
    on = fields.day(t("Told by the bank on"), f"when_{token}", value=ctx.today, latest=ctx.today)
    if st.button(t("Reverse this payment"), key=f"do_{token}", type="primary"):
        with problems.told(t, {"reason": t("Why"), "reversed_on": t("Told by the bank on")}):
            done = payments.reverse_payment(ctx, paid.id, on or ctx.today, reason, token)
            session.spend(f"reverse_{paid.id}")
            session.say(
                t("Reversed, document {number}. Owed now: {amount}.", number=done.receipt, amount=t.money(done.balance))
            )
            st.rerun()
