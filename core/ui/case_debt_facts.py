"""Putting right what a debt of a case says: the form, its words, and what another person saved meanwhile. Changes no amount."""

from __future__ import annotations

import datetime as dt

import streamlit as st

from core.domain.cells import read_rate
from core.domain.dates import day_of
from core.domain.rights import Right
from core.i18n import Texts
from core.services import debt_facts
from core.services.cases import CaseFile
from core.services.context import Ctx
from core.services.debt_facts import DebtDetail, DebtFactsEntry
from core.ui import drafts, fields, natures, problems, session


def labels(t: Texts) -> dict[str, str]:
    """The label of each field, for the form, the journal and refusals."""
    return {
        "issued_on": t("Invoiced on"),
        "due_on": t("Due on"),
        "nature": t("Nature"),
        "label": t("For what"),
        "claim_kind": t("Kind of claim in law"),
        "contract_rate": t("Yearly rate agreed in writing (%)"),
        "reason": t("Why"),
    }


def words(t: Texts, field: str, value: str | None) -> str:
    """What a debt says in a field, as people read it."""
    if not value:
        return t("(empty)")
    if field.endswith("_on"):
        return t.date(value)
    if field == "contract_rate":
        return t("{rate} %", rate=_comma(t, value))
    if field == "claim_kind":
        return _claim_words(t, value)
    return natures.label(t, value) if field == "nature" else value


def show(ctx: Ctx, t: Texts, file: CaseFile) -> None:
    """Choose a debt, then put right what it says."""
    details = {debt.id: debt for debt in debt_facts.debt_details(ctx, file.head.id)}
    with st.expander(t("Put a debt right"), icon=":material/edit:", key="debt_panel"):
        chosen = st.selectbox(
            t("Debt"), list(details), format_func=lambda number: details[number].ref, key=f"debt_right_{file.head.id}"
        )
        if chosen:
            _form(ctx, t, file.head.kind, details[chosen])


def _form(ctx: Ctx, t: Texts, debtor: str, row: DebtDetail) -> None:
    label = labels(t)
    draft = drafts.draft(f"debt_{row.id}", row.row_version, "label")
    st.caption(t("Amounts are not put right here: a sum invoiced too high takes a credit note from the creditor."))
    with st.form(draft.key("form"), border=False):
        typed = _typed(ctx, t, label, draft, debtor, row)
        reason = st.text_input(
            label["reason"], key=draft.key("reason"), placeholder=t("The creditor sent the invoice again")
        )
        sent = st.form_submit_button(
            t("Put right"), type="primary", key=draft.key("save"), disabled=not ctx.may(Right.WORK)
        )
    if sent:
        issued, due, nature, about, claim, rate = typed
        with problems.told(t, label):
            entry = DebtFactsEntry(issued, due, nature, about, claim, read_rate(rate, field="contract_rate"))
            with drafts.told(t, draft, label, _theirs(t, row, entry), row.row_version):
                changed = debt_facts.correct_debt(ctx, row.id, draft.version, entry, reason)
                drafts.saved(draft)
                session.say(
                    t("Debt {ref} is put right.", ref=row.ref)
                    if changed
                    else t("Nothing differs: nothing was written.")
                )
                st.rerun()


def _typed(
    ctx: Ctx, t: Texts, label: dict[str, str], draft: drafts.Draft, debtor: str, row: DebtDetail
) -> tuple[dt.date | None, dt.date | None, str, str, str, str]:
    left, right = st.columns(2, gap="large")
    with left:
        issued = fields.day(label["issued_on"], draft.key("issued_on"), value=day_of(row.issued_on), latest=ctx.today)
        due = fields.day(label["due_on"], draft.key("due_on"), value=day_of(row.due_on))
        rate = st.text_input(
            label["contract_rate"],
            value=_comma(t, row.contract_rate),
            key=draft.key("contract_rate"),
            help=t("Only where a contract says so; empty: the rate of the law."),
        )
    with right:
        kinds = list(dict.fromkeys([*debt_facts.natures(), row.nature]))
        nature = st.selectbox(
            label["nature"],
            kinds,
            index=kinds.index(row.nature),
            format_func=lambda code: natures.label(t, code),
            key=draft.key("nature"),
        )
        about = st.text_input(label["label"], value=row.label, key=draft.key("label"))
        claim = _claim(t, label["claim_kind"], draft, debtor, row)
    return issued, due, nature or row.nature, about, claim, rate


def _claim(t: Texts, label: str, draft: drafts.Draft, debtor: str, row: DebtDetail) -> str:
    """The kind of claim, which chooses the time to sue; left to nature and debtor while nobody says it."""
    kinds = list(dict.fromkeys(["", *debt_facts.claim_kinds(debtor), row.claim_kind]))
    chosen = st.selectbox(
        label,
        kinds,
        index=kinds.index(row.claim_kind),
        format_func=lambda code: _claim_words(t, code) if code else t("By its nature and the debtor"),
        key=draft.key("claim_kind"),
        help=t("It chooses the time to sue. Say it when the limitation below asks whether its guess is right."),
    )
    return chosen or ""


def _claim_words(t: Texts, code: str) -> str:
    found = debt_facts.claim_label(code)
    return found.of(t.lang) if found else code


def _theirs(t: Texts, row: DebtDetail, entry: DebtFactsEntry) -> dict[str, str]:
    """What is kept, for the fields where it is not what was typed."""
    names = [name for name in labels(t) if name != "reason"]
    typed = {name: getattr(entry, name) for name in names}
    return {
        name: words(t, name, getattr(row, name))
        for name in drafts.differing(typed, {name: getattr(row, name) for name in names})
    }


def _comma(t: Texts, rate: str) -> str:
    return rate.replace(".", ",") if t.lang == "fr" else rate
