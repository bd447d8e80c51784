"""The pocket calculator's allocation: a sum received, up to five debts typed by hand, then where it goes and why. Computes nothing."""

from __future__ import annotations

import datetime as dt

import streamlit as st

from core.domain.cells import read_rate
from core.i18n import Texts
from core.services import calculator_allocation
from core.services.calculator_allocation import MOST, Answer, HandDebt
from core.services.context import Ctx
from core.ui import allocation_view, fields, problems, why

Typed = tuple[
    str, str, str, dt.date | None, str, bool, bool
]  # reference, principal, interest, due date, rate, title, guarantee


def show(ctx: Ctx, t: Texts) -> None:
    """The sum, the debts, then the result as soon as there is one debt."""
    st.caption(
        t(
            "Which debt a payment settles: the debtor's choice first, else the debts due, those he had most interest in paying, the "
            "oldest (C. civ., art. 1342-10); inside a debt, interest before principal (C. civ., art. 1343-1)."
        )
    )
    with st.container(horizontal=True, vertical_alignment="bottom", key="calc_alloc"):
        amount = fields.money(t("Amount received"), "calc_alloc_amount")
        with st.container(width=200):
            on = fields.day(t("Received on"), "calc_alloc_on", value=ctx.today)
    typed = _debts(t)
    chosen = st.selectbox(
        t("For which debt"),
        [None, *(one[0] for one in typed)],
        key="calc_alloc_for",
        format_func=lambda ref: t("Debt {ref}", ref=ref) if ref else t("He did not say: the legal order"),
        help=t("If the debtor said which debt he pays, choose it (Civil code, article 1342-10)."),
    )
    whole = [one for one in typed if one[1].strip() or one[2].strip()]
    if not amount.strip() or on is None or not whole:
        st.info(
            t("Type the sum and at least one debt: where it goes shows at once, with the reason of each line."),
            icon=":material/call_split:",
        )
        return
    _told(t, whole, amount, on, chosen)


def _told(t: Texts, typed: list[Typed], amount: str, on: dt.date, chosen: str | None) -> None:
    """The result; what cannot be read is told with the name of its debt."""
    debts: list[HandDebt] = []
    for one in typed:
        with problems.told(t, {key: f"{t('Debt {ref}', ref=one[0])}, {label}" for key, label in _labels(t).items()}):
            debts.append(_read(one))
    if len(debts) < len(typed):
        return
    with problems.told(t, _labels(t)):
        cents = fields.cents(amount, "amount")
        _result(t, calculator_allocation.allocation_of(debts, cents, on, chosen))


def _debts(t: Texts) -> list[Typed]:
    count = int(st.session_state.setdefault("calc_alloc_count", 2))
    found = [_debt(t, number) for number in range(1, count + 1)]
    with st.container(horizontal=True):
        if count < MOST:
            st.button(
                t("Add a debt"), key="calc_alloc_more", icon=":material/add:", on_click=_number, args=(count + 1,)
            )
        if count > 1:
            st.button(
                t("Remove the last debt"), key="calc_alloc_less", type="tertiary", on_click=_number, args=(count - 1,)
            )
    return found


def _debt(t: Texts, number: int) -> Typed:
    ref = str(number)
    with st.container(border=True):
        st.markdown(f"**{t('Debt {ref}', ref=ref)}**")
        with st.container(horizontal=True, vertical_alignment="bottom", key=f"calc_alloc_debt_{number}"):
            with st.container(width=170):
                principal = fields.money(t("Principal"), f"calc_alloc_principal_{number}")
            with st.container(width=170):
                interest = fields.money(t("Interest owed"), f"calc_alloc_interest_{number}", placeholder="0,00")
            with st.container(width=170):
                due = fields.day(t("Due on"), f"calc_alloc_due_{number}")
            rate = st.text_input(
                t("Yearly rate in percent"),
                key=f"calc_alloc_rate_{number}",
                placeholder="0",
                width=170,
                help=t(
                    "Empty: no interest runs on it. A higher rate gives the debtor more interest in paying the debt."
                ),
            )
        with st.container(horizontal=True):
            titled = st.checkbox(t("An enforceable title"), key=f"calc_alloc_titled_{number}")
            secured = st.checkbox(t("A guarantee"), key=f"calc_alloc_secured_{number}")
    return ref, principal, interest, due, rate, titled, secured


def _number(count: int) -> None:
    st.session_state["calc_alloc_count"] = count


def _read(one: Typed) -> HandDebt:
    ref, principal, interest, due, rate, titled, secured = one
    return HandDebt(
        ref,
        fields.cents_or_zero(principal, "principal") if principal.strip() else 0,
        fields.cents_or_zero(interest, "interest") if interest.strip() else 0,
        due,
        read_rate(rate, field="rate"),
        secured,
        titled,
    )


def _labels(t: Texts) -> dict[str, str]:
    return {
        "amount": t("Amount received"),
        "principal": t("Principal"),
        "interest": t("Interest owed"),
        "rate": t("Yearly rate in percent"),
        "for": t("For which debt"),
    }


def _result(t: Texts, found: Answer) -> None:
    with st.container(border=True):
        allocation_view.shares(t, found.allocation)
        if found.allocation.left_over:
            left = t("{amount} is more than what is owed: to be given back or asked about.",
                     amount=t.money(found.allocation.left_over))  # fmt: skip
            st.warning(left, icon=":material/info:")
    _table(t, found)
    why.show(t, found.proof, "calc_alloc", label=t("Why this allocation?"))


def _table(t: Texts, found: Answer) -> None:
    euros = {
        "interest": t("Paid on interest"),
        "principal": t("Paid on principal"),
        "interest_left": t("Interest left"),
        "principal_left": t("Principal left"),
    }
    st.dataframe(
        [
            {"ref": t("Debt {ref}", ref=row.ref), **{key: getattr(row, key) / 100 for key in euros}}
            for row in found.rows
        ],
        hide_index=True,
        key="calc_alloc_table",
        alt=t("Each debt before and after, one a line"),
        column_config={
            "ref": st.column_config.TextColumn(t("Debt")),
            **{key: st.column_config.NumberColumn(label, format="euro") for key, label in euros.items()},
        },
    )
