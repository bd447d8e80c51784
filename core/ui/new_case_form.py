"""The form of a case typed by hand. Keeps what was typed whatever is refused; merges nobody."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

import streamlit as st

from core.domain.money import cents
from core.domain.placement_fields import NATURES
from core.i18n import Texts
from core.services import placing
from core.services.context import Ctx
from core.services.placing import CaseEntry, DebtEntry
from core.ui import fields as typed_fields
from core.ui import labels as words
from core.ui import natures
from core.ui.text import plain

MOST_DEBTS = 20


def fields(ctx: Ctx, t: Texts, creditors: Mapping[int, str], token: str) -> dict[str, Any]:
    """Everything typed, by field."""
    got: dict[str, Any] = {}
    left, right = st.columns(2, gap="large")
    with left:
        st.subheader(t("Debtor"), anchor=False)
        got["creditor_id"] = st.selectbox(
            t("Creditor"), list(creditors), format_func=lambda c: creditors[c], key=f"creditor_{token}"
        )
        got["kind"] = st.segmented_control(
            t("Kind of debtor"),
            placing.KINDS,
            default="individual",
            required=True,
            format_func=lambda k: words.kind(t, k),
            key=f"kind_{token}",
        )
        person = got["kind"] == "individual"
        got["name"] = st.text_input(t("Surname") if person else t("Company name"), key=f"name_{token}")
        got["first_name"] = st.text_input(t("First name"), key=f"first_{token}") if person else ""
        got["siren"] = "" if person else st.text_input(t("SIREN"), key=f"siren_{token}", placeholder="732 829 320")
    with right:
        st.subheader(t("How to reach them"), anchor=False)
        got["address"] = st.text_area(t("Street lines"), key=f"address_{token}", height=68)
        postcode, city = st.columns([1, 2])
        got["postcode"] = postcode.text_input(t("Postcode"), key=f"postcode_{token}")
        got["city"] = city.text_input(t("Town"), key=f"city_{token}")
        phone, mail = st.columns(2)
        got["phone"] = phone.text_input(t("Telephone"), key=f"phone_{token}")
        got["email"] = mail.text_input(t("E-mail"), key=f"email_{token}")
    got["debts"] = _debts(ctx, t, token)
    with st.expander(t("References, first letter already sent")):
        one, two, three = st.columns(3)
        got["creditor_case_ref"] = one.text_input(t("Creditor's case reference"), key=f"case_ref_{token}")
        got["first_letter_ref"] = two.text_input(
            t("Reference of the first letter (R. 124-4)"), key=f"letter_ref_{token}"
        )
        with three:
            got["first_letter_on"] = typed_fields.day(t("Sent on"), f"letter_on_{token}", latest=ctx.today)
    return got


def _debts(ctx: Ctx, t: Texts, token: str) -> list[dict[str, Any]]:
    st.subheader(t("Debts"), anchor=False)
    count_key = f"debts_{token}"
    count = st.session_state.setdefault(count_key, 1)
    found = [_debt(ctx, t, token, number) for number in range(1, count + 1)]
    st.button(
        t("One more debt"),
        key=f"more_{token}",
        icon=":material/add:",
        on_click=_more,
        args=(count_key,),
        disabled=count >= MOST_DEBTS,
    )
    return found


def _more(count_key: str) -> None:
    st.session_state[count_key] += 1


def _debt(ctx: Ctx, t: Texts, token: str, number: int) -> dict[str, Any]:
    ref, nature, amount, issued, due, paid = st.columns([3, 2, 2, 2, 2, 2])
    kinds = [choice.key for choice in NATURES]
    got: dict[str, Any] = {"number": number}
    got["ref"] = ref.text_input(t("Reference"), key=f"ref_{number}_{token}", placeholder=t("Invoice number"))
    got["nature"] = nature.selectbox(
        t("Nature"),
        kinds,
        format_func=lambda k: natures.label(t, k),
        key=f"nature_{number}_{token}",
    )
    got["amount"] = amount.text_input(
        t("Amount"),
        key=f"amount_{number}_{token}",
        placeholder="1 234,56",
        icon=":material/euro:",
    )
    got["issued_on"] = issued.date_input(
        t("Invoiced on"),
        value=None,
        key=f"issued_{number}_{token}",
        format="DD/MM/YYYY",
        max_value=ctx.today,
        min_value=dt.date(1990, 1, 1),
    )
    got["due_on"] = due.date_input(
        t("Due on"),
        value=None,
        key=f"due_{number}_{token}",
        format="DD/MM/YYYY",
        min_value=dt.date(1990, 1, 1),
    )
    got["paid_before"] = paid.text_input(t("Already paid"), key=f"paid_{number}_{token}", placeholder="0,00")
    return got


def entry(typed: Mapping[str, Any]) -> CaseEntry:
    """What was typed as the service wants it; raises Refusal on an unreadable amount."""
    debts = tuple(
        DebtEntry(
            d["ref"],
            d["nature"],
            cents(d["amount"], field=f"debt_amount_{d['number']}") if d["amount"].strip() else 0,
            d["issued_on"],
            d["due_on"],
            paid_before=cents(d["paid_before"], field=f"debt_paid_{d['number']}") if d["paid_before"].strip() else 0,
        )
        for d in typed["debts"]
        if d["number"] == 1 or d["ref"].strip() or d["amount"].strip()
    )
    return CaseEntry(debts=debts, **{k: v for k, v in typed.items() if k != "debts"})


def named(found: CaseEntry) -> bool:
    """Whether enough is typed to look for the same person, and nothing would be refused yet for lack of it."""
    return bool(found.name.strip() and found.debts[0].ref.strip() and found.debts[0].amount)


def same_person(ctx: Ctx, t: Texts, found: CaseEntry, creditors: Mapping[int, str], token: str) -> int | None:
    """Propose persons already here; the choice stays with the person typing."""
    likely = placing.likely_same(ctx, found)
    if not likely:
        return None
    whys = {"1siren": t("same SIREN"), "2contact": t("same telephone or e-mail"), "3name": t("same name")}
    texts = {
        p.party_id: " · ".join(
            x
            for x in (
                plain(p.name),
                plain(p.city),
                whys.get(p.why, ""),
                _open_at(t, p.open_case_creditor_id, creditors),
            )
            if x
        )
        for p in likely
    }
    with st.container(border=True):
        st.markdown(f":material/group: **{t('Perhaps someone you already know')}**")
        return st.radio(
            t("Is it the same person?"),
            [None, *texts],
            key=f"same_{token}",
            format_func=lambda p: texts[p] if p else t("No, another person"),
        )


def _open_at(t: Texts, creditor_id: int | None, creditors: Mapping[int, str]) -> str:
    return t("open case for {creditor}", creditor=plain(creditors.get(creditor_id, ""))) if creditor_id else ""


def labels(t: Texts) -> dict[str, str]:
    """The label of each field, for refusals."""
    found = {
        "name": t("Name"),
        "siren": t("SIREN"),
        "address": t("Street lines"),
        "postcode": t("Postcode"),
        "city": t("Town"),
        "country": t("Country"),
        "phone": t("Telephone"),
        "email": t("E-mail"),
        "kind": t("Kind of debtor"),
        "first_letter_on": t("Sent on"),
    }
    for number in range(1, MOST_DEBTS + 1):
        for field, label in (
            ("ref", t("Reference")),
            ("amount", t("Amount")),
            ("issued", t("Invoiced on")),
            ("due", t("Due on")),
            ("paid", t("Already paid")),
        ):
            found[f"debt_{field}_{number}"] = t("Debt {n}, {field}", n=number, field=label)
    return found
