"""The form of a mandate, item by item of article R.124-3, each with its plain words. Keeps what was typed whatever is refused."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

import streamlit as st

from core.domain.claims import ACCESSORIES, Claims
from core.domain.dates import day_of
from core.domain.rights import Right
from core.i18n import Texts
from core.services import creditors, mandates
from core.services.contact_policy import CAPS, HOURS
from core.services.context import Ctx
from core.services.creditors import LIMITS, MandateEntry, MandateRow
from core.ui import contact_policy_form, drafts, fields, session


def labels(t: Texts) -> dict[str, str]:
    """The label of each field, for the form and for refusals."""
    return {
        "ref": t("Mandate reference"),
        "signed_on": t("Signed on"),
        "starts_on": t("In force from"),
        "ends_on": t("Until"),
        "power_to_receive": t("The creditor gives the agency power to receive payments on its behalf"),
        "basis": t("1° What the sums due rest on"),
        "amounts": t("1° Their amount, each element apart"),
        "guarantee": t("2° Guarantee of the agency's liability insurance"),
        "fee_terms": t("3° How the agency is paid"),
        "remittance_terms": t("4° How collected funds are handed over"),
        "remittance_days": t("Handed over within (days)"),
        "max_instalments": t("Longest payment plan the agency grants alone (months)"),
        "max_discount": t("Largest discount the agency grants alone (%)"),
        "promise_grace": t("A promise is waited for after its day (days)"),
        "interest": t("Late interest or penalties"),
        "indemnity": t("Flat indemnity for each late invoice"),
        "penalty": t("Penalty clause of the contract"),
        "order": t("What a payment settles first"),
        **contact_policy_form.limits(t),
        "pay_to": t("Account that letters give to pay"),
    }


def orders(t: Texts) -> dict[str, str]:
    """The orders in which a payment settles a debt."""
    return {
        "law": t("Interest, then principal: the order of the law (Civil Code, article 1343-1)"),
        "accessories_last": t(
            "Interest, principal, then indemnity and penalty clause (their rank is not settled by the text)"
        ),
        "principal_first": t("Principal first, where the debtor agrees"),
    }


def form(ctx: Ctx, t: Texts, creditor_id: int, row: MandateRow | None) -> None:
    """Add a mandate to a creditor, or change `row`."""
    version = row.row_version if row else 0
    draft = drafts.draft(f"mandate_{row.id if row else f'of_{creditor_id}'}", version, "ref")
    if row and row.signed_on:
        st.caption(
            t(
                "This mandate is signed. What you change here does not change the paper: have a new one signed when a clause changes."
            )
        )
    with st.form(draft.key("form"), border=False):
        entry = _fields(ctx, t, draft, row)
        sent = st.form_submit_button(
            t("Save"), type="primary", key=draft.key("save"), disabled=not ctx.may(Right.CREDITORS)
        )
    if sent:
        theirs = drafts.differing(asdict(entry), _kept(row)) if row else {}
        with drafts.told(t, draft, labels(t), theirs, version):
            creditors.save_mandate(ctx, creditor_id, entry, row.id if row else None, draft.version)
            drafts.saved(draft)
            session.say(t("Mandate {ref} is saved.", ref=entry.ref.strip()))
            st.rerun()


def _kept(row: MandateRow) -> dict[str, object]:
    """The kept row with the words and types of an entry."""
    columns = {name: getattr(row, name) for name in MandateEntry.__dataclass_fields__ if hasattr(row, name)}
    contact = dict.fromkeys(HOURS, "") | dict.fromkeys(CAPS) | mandates.contact_rules(row)
    own = {
        "power_to_receive": bool(row.power_to_receive),
        "pay_to": mandates.pay_to(row),
        "promise_grace": mandates.grace(row),
    }
    return columns | contact | own | asdict(mandates.row_claims(row))


def _fields(ctx: Ctx, t: Texts, draft: drafts.Draft, row: MandateRow | None) -> MandateEntry:
    label = labels(t)
    ref, signed, starts, ends = st.columns([2, 1, 1, 1])
    got: dict[str, Any] = {
        "ref": ref.text_input(
            label["ref"], value=row.ref if row else "", key=draft.key("ref"), placeholder="M-2026-01"
        ),
    }
    for column, name in ((signed, "signed_on"), (starts, "starts_on"), (ends, "ends_on")):
        with column:
            latest = ctx.today if name == "signed_on" else None
            got[name] = fields.day(label[name], draft.key(name), value=day_of(getattr(row, name, None)), latest=latest)
    given = bool(row.power_to_receive) if row else False
    got["power_to_receive"] = st.checkbox(label["power_to_receive"], value=given, key=draft.key("power_to_receive"))
    st.caption(
        t(
            "Amicable collection for this creditor is allowed only with a written agreement that gives this power "
            "(article R. 124-3, first paragraph)."
        )
    )
    left, right = st.columns(2, gap="large")
    for column, names in ((left, ("basis", "amounts", "guarantee")), (right, ("fee_terms", "remittance_terms"))):
        with column:
            for name in names:
                got[name] = _clause(t, label, draft, row, name)
    with right:
        got["remittance_days"] = _number(label, draft, row, "remittance_days")
    plan, discount = st.columns(2, gap="large")
    with plan:
        got["max_instalments"] = _number(label, draft, row, "max_instalments")
        st.caption(t("Empty: the agency asks the creditor before any plan."))
    kept = row.max_discount.replace(".", ",") if row and t.lang == "fr" else row.max_discount if row else ""
    got["max_discount"] = discount.text_input(
        label["max_discount"], value=kept, key=draft.key("max_discount"), placeholder="10"
    )
    discount.caption(t("Empty: the agency asks the creditor before any discount."))
    got["promise_grace"] = _grace(label, draft, row)
    st.caption(t("Empty: the days of the agency."))
    got |= _claims(t, label, draft, row)
    got |= contact_policy_form.of_mandate(ctx, t, draft, mandates.contact_rules(row) if row else {})
    return MandateEntry(**got)


def _claims(t: Texts, label: dict[str, str], draft: drafts.Draft, row: MandateRow | None) -> dict[str, Any]:
    """What the creditor asks for beside the principal, and the order of a payment."""
    kept = mandates.row_claims(row) if row else Claims()
    st.markdown("**" + t("What the creditor asks for beside the sums placed") + "**")
    st.caption(
        t(
            "Nothing ticked: only what each placement lists is claimed. The indemnity is never claimed from a consumer, whatever is "
            "ticked here (Commercial Code, article L. 441-10)."
        )
    )
    got: dict[str, Any] = {}
    with st.container(horizontal=True, gap="large"):
        for name in ACCESSORIES:
            got[name] = st.checkbox(label[name], value=getattr(kept, name), key=draft.key(name), width="content")
    words = orders(t)
    got["order"] = st.selectbox(
        label["order"],
        list(words),
        index=list(words).index(kept.order),
        format_func=lambda code: words[code],
        key=draft.key("order"),
    )
    accounts = {
        "agency": t("The agency's account kept for creditors' funds"),
        "creditor": t("The creditor's own account (its IBAN is on its page)"),
    }
    got["pay_to"] = st.selectbox(
        label["pay_to"],
        list(accounts),
        index=list(accounts).index(mandates.pay_to(row)) if row else 0,
        format_func=lambda code: accounts[code],
        key=draft.key("pay_to"),
    )
    return got


def _clause(t: Texts, label: dict[str, str], draft: drafts.Draft, row: MandateRow | None, name: str) -> str:
    """A clause and, under it, what the article wants in plain words."""
    words = {
        "basis": t("Contract, invoices, judgment… what makes the debtor owe (article R. 124-3, 1°)."),
        "amounts": t(
            "Principal, interest and other sums, or “as listed with each placement” for a continuing mandate (article R. 124-3, 1°)."
        ),
        "guarantee": t(
            "What the insurance covers for the creditor: ceiling, excess, conditions. The insurer comes from the agency "
            "file (R. 124-3, 2°)."
        ),
        "fee_terms": t(
            "One line a rule, “what: how much”, for example “Invoices under six months: 12 % before VAT of sums cashed” (R. 124-3, 3°)."
        ),
        "remittance_terms": t(
            "When and how the money goes to the creditor; one month when nothing is agreed (articles R. 124-3, 4° and R. 124-6)."
        ),
    }
    kept = getattr(row, name) if row else ""
    typed = st.text_area(label[name], value=kept, key=draft.key(name), height=100)
    st.caption(words[name])
    return typed


def _grace(label: dict[str, str], draft: drafts.Draft, row: MandateRow | None) -> int | None:
    lowest, highest = LIMITS["promise_grace"]
    kept = mandates.grace(row) if row else None
    return st.number_input(
        label["promise_grace"], value=kept, min_value=lowest, max_value=highest, step=1, key=draft.key("promise_grace")
    )


def _number(label: dict[str, str], draft: drafts.Draft, row: MandateRow | None, name: str) -> int | None:
    lowest, highest = LIMITS[name]
    kept = getattr(row, name) if row else None
    return st.number_input(label[name], value=kept, min_value=lowest, max_value=highest, step=1, key=draft.key(name))
