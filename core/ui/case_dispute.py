"""The dispute panel of a case, and its disputes with what comes next for each. Judges none of them."""

from __future__ import annotations

import datetime as dt

import streamlit as st

from core.i18n import Texts
from core.services import creditor_contacts, dispute_papers, disputes, stop_words
from core.services.cases import CaseFile
from core.services.context import Ctx
from core.services.disputes import Dispute, DisputeEntry
from core.ui import case_credit, case_papers, drafts, fields, outcome_labels, problems, session
from core.ui.text import plain

TYPED = tuple(
    f"dispute_{name}" for name in ("kind", "debt", "amount", "reason", "department", "due", "papers")
)  # fields kept when one looks elsewhere


def which_debt(t: Texts, file: CaseFile, key: str) -> int | None:
    """The debt chosen, None for the whole case."""
    refs = {debt.id: debt.ref for debt in file.debts if debt.outstanding}
    return st.selectbox(
        t("What it is about"),
        [None, *refs],
        key=key,
        format_func=lambda d: t("Debt {ref}", ref=refs[d]) if d else t("The whole case"),
    )


def show(ctx: Ctx, t: Texts, file: CaseFile) -> None:
    """Open a dispute."""
    form = f"dispute_{file.head.id}"  # of this case: what is typed must not follow to the next one
    token = session.token(form)
    label = {
        "kind": t("What is contested"),
        "debt": t("What it is about"),
        "amount": t("Amount contested"),
        "reason": t("What the debtor says"),
        "department": t("Who answers at the creditor's"),
        "due_on": t("Answer awaited by"),
        "documents": t("Documents to ask for"),
    }
    with drafts.kept(token, *TYPED):
        left, right = st.columns(2)
        with left:
            kind = st.selectbox(
                label["kind"],
                disputes.dispute_kinds(),
                key=f"dispute_kind_{token}",
                format_func=lambda k: outcome_labels.dispute(t, k),
            )
        with right:
            debt = which_debt(t, file, f"dispute_debt_{token}")
        amount = fields.money(label["amount"], f"dispute_amount_{token}", help=t("Left empty: all that is owed."))
        reason = st.text_area(label["reason"], key=f"dispute_reason_{token}", height=90)
        department, due, papers = _creditor_side(t, label, token)
        st.caption(
            t(
                "What is contested is not claimed until the dispute is closed; of a debt contested in part, the rest still is."
            )
        )
        sent = st.button(t("Open the dispute"), type="primary", key="dispute_save", shortcut="Ctrl+Enter")
    if sent:
        with problems.told(t, label):
            cents = fields.cents(amount, "amount") if amount.strip() else None
            entry = DisputeEntry(file.head.id, debt, cents, kind, reason, department, due, papers)
            disputes.open_dispute(ctx, entry, token)
            session.spend(form)
            drafts.forget(token)
            session.say(t("The dispute is open: contacts about it stop."))
            st.rerun(scope="app")


def _creditor_side(t: Texts, label: dict[str, str], token: str) -> tuple[str, dt.date | None, tuple[str, ...]]:
    """Who answers, by when, with which documents; all of it may be left to the kind of dispute."""
    left, right = st.columns(2)
    with left:
        department = st.selectbox(
            label["department"],
            ["", *creditor_contacts.departments()],
            key=f"dispute_department_{token}",
            format_func=lambda code: stop_words.department(t, code) if code else t("As the kind of dispute wants"),
        )
    with right:
        due = fields.day(
            label["due_on"],
            f"dispute_due_{token}",
            help=t("Left empty: the working days of the department, once asked."),
        )
    papers = st.multiselect(
        label["documents"],
        dispute_papers.paper_kinds(),
        format_func=lambda kind: stop_words.paper(t, kind),
        key=f"dispute_papers_{token}",
    )
    return department or "", due, tuple(papers)


def listed(ctx: Ctx, t: Texts, file: CaseFile) -> None:
    """The disputes of the case, those that still run first."""
    found = disputes.disputes_of(ctx, file.head.id)
    if not found:
        return
    st.subheader(t("Disputes"), anchor=False)
    for dispute in found:
        with st.container(border=True, gap="xsmall", key=f"dispute_{dispute.id}"):
            about = t("Debt {ref}", ref=plain(dispute.debt_ref)) if dispute.debt_ref else t("The whole case")
            words = [f"**{plain(outcome_labels.dispute(t, dispute.kind))}**", about]
            words += [t.money(dispute.amount)] if dispute.amount else []
            st.markdown(" · ".join([*words, state(t, dispute)]))
            if dispute.reason:
                st.text(dispute.reason)
            case_papers.show(ctx, t, dispute)
            if not dispute.closed_on:
                with st.container(horizontal=True, gap="xsmall"):
                    _steps(ctx, t, file, dispute)


def state(t: Texts, dispute: Dispute) -> str:
    """Where a dispute stands, in words made harmless."""
    parts = [t("opened on {day}", day=t.date(dispute.opened_on))]
    if dispute.sent_to_creditor_on:
        parts.append(t("sent to the creditor on {day}", day=t.date(dispute.sent_to_creditor_on)))
    if dispute.answered_on:
        parts.append(t("answered on {day}", day=t.date(dispute.answered_on)))
    if dispute.outcome:
        parts.append(stop_words.outcome(t, dispute.outcome))
    if dispute.closed_on:
        parts.append(t("closed on {day}", day=t.date(dispute.closed_on)))
    return plain(", ".join(parts))


def _steps(ctx: Ctx, t: Texts, file: CaseFile, dispute: Dispute) -> None:
    """What may come next."""
    if dispute.answered_on:  # the debtor is right, in whole or in part: the creditor owes a credit note
        with st.popover(
            t("Credit note received"), key=f"credit_of_{dispute.id}", icon=":material/receipt:", type="primary"
        ):
            case_credit.show(ctx, t, file, dispute)
    if not dispute.answered_on:
        with st.popover(t("Sent to the creditor"), key=f"send_{dispute.id}", icon=":material/forward_to_inbox:"):
            _send(ctx, t, dispute)
        with st.popover(t("Answer received"), key=f"answer_{dispute.id}", icon=":material/mark_email_read:"):
            _answer(ctx, t, dispute)
    with st.popover(t("Close the dispute"), key=f"close_{dispute.id}", icon=":material/task_alt:"):
        _close(ctx, t, dispute)


def _day(ctx: Ctx, label: str, key: str) -> dt.date:
    return fields.day(label, key, value=ctx.today, latest=ctx.today) or ctx.today


def _send(ctx: Ctx, t: Texts, dispute: Dispute) -> None:
    label = {"sent_on": t("Sent on")}
    on = _day(ctx, label["sent_on"], f"sent_on_{dispute.id}")
    if st.button(t("Note that it was sent"), key=f"send_do_{dispute.id}", type="primary"):
        with problems.told(t, label):
            disputes.send_to_creditor(ctx, dispute.id, on)
            session.say(t("Noted. The creditor's answer will be chased."))
            st.rerun()


def _answer(ctx: Ctx, t: Texts, dispute: Dispute) -> None:
    label = {
        "answered_on": t("Answered on"),
        "outcome": t("What the creditor says"),
        "words": t("Answer of the creditor"),
    }
    on = _day(ctx, label["answered_on"], f"answered_on_{dispute.id}")
    outcome = st.radio(
        label["outcome"],
        disputes.ANSWERS,
        key=f"outcome_{dispute.id}",
        format_func=lambda code: stop_words.outcome(t, code),
    )
    words = st.text_area(label["words"], key=f"words_{dispute.id}", height=80)
    st.caption(
        t(
            "Maintained: the stop ends and the debtor is called. Otherwise the stop stands until the credit note is made."
        )
    )
    if st.button(t("Record the answer"), key=f"answer_do_{dispute.id}", type="primary"):
        with problems.told(t, label):
            disputes.record_answer(ctx, dispute.id, on, outcome or "", words)
            session.say(t("The answer is recorded."))
            st.rerun()


def _close(ctx: Ctx, t: Texts, dispute: Dispute) -> None:
    label = {"outcome": t("Why"), "words": t("A word for the journal (optional)")}
    outcome = ""
    if not dispute.answered_on:
        outcome = (
            st.radio(
                label["outcome"],
                disputes.ENDS,
                key=f"end_{dispute.id}",
                format_func=lambda code: stop_words.outcome(t, code),
            )
            or ""
        )
    words = st.text_input(label["words"], key=f"end_words_{dispute.id}")
    if st.button(t("Close this dispute"), key=f"close_do_{dispute.id}", type="primary"):
        with problems.told(t, label):
            disputes.close_dispute(ctx, dispute.id, outcome, words)
            session.say(t("The dispute is closed, its stop is lifted."))
            st.rerun()
