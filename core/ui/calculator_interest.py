"""The pocket calculator's interest: a sum, its basis, its days, payments one a line, then the amounts and why. Computes nothing."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import streamlit as st

from core.domain.cells import read_rate
from core.domain.computation import Missing
from core.i18n import Texts
from core.services import calculator
from core.services.calculator import InterestAccount, InterestEntry
from core.services.context import Ctx
from core.ui import fields, interest_view, problems, why
from core.ui.session import sentence


def show(ctx: Ctx, t: Texts) -> None:
    """The fields, then the result as soon as it can be computed."""
    basis = _basis(t)
    principal, start, end = _sum_and_days(ctx, t, basis)
    creditor, rate, between = _more(t, basis)
    served, payments = _events(t, basis)
    if not principal.strip() or start is None or end is None:
        st.info(
            t("Type the principal and both days: the interest shows at once, period by period."),
            icon=":material/calculate:",
        )
        return
    with problems.told(t, _labels(t)):
        entry = InterestEntry(
            fields.cents(principal, "principal"), basis, start, end, creditor, _rate(rate), between, served,
            payments=calculator.payments_of(payments),
        )  # fmt: skip
        _result(t, calculator.interest_of(ctx, entry))


def _basis(t: Texts) -> str:
    words = {
        "statutory": t("Between businesses (C. com., art. L. 441-10)"),
        "legal": t("Legal rate (formal notice or judgment)"),
        "contractual": t("Rate agreed in writing"),
        "public": t("Public buyer (CCP, art. L. 2192-13)"),
    }
    return st.selectbox(t("Basis of interest"), list(words), key="calc_basis", format_func=words.__getitem__)


def _sum_and_days(ctx: Ctx, t: Texts, basis: str) -> tuple[str, dt.date | None, dt.date | None]:
    starts = {
        "legal": t("Notice or judgment of"),
        "contractual": t("Interest starts after"),
    }
    with st.container(horizontal=True, vertical_alignment="bottom", key="calc_sum"):
        principal = fields.money(t("Principal"), "calc_principal")
        start = fields.day(starts.get(basis, t("Due on")), "calc_from", help=t("Interest runs from the day after."))
        end = fields.day(t("To (included)"), "calc_to", value=ctx.today)
    return principal, start, end


def _more(t: Texts, basis: str) -> tuple[str, str, bool]:
    """Quality of the creditor, agreed rate and whether it binds businesses, as the basis wants them."""
    if basis == "legal":
        kinds = {"": t("Not said"), "business": t("A business, an association, any other person"),
                 "individual": t("A private individual, outside any business")}  # fmt: skip
        creditor = st.selectbox(t("The creditor is"), list(kinds), key="calc_creditor", format_func=kinds.__getitem__,
                                help=t("The creditor's quality chooses the legal rate, never the debtor's (CMF, art. L. 313-2)."),
                                )  # fmt: skip
        return creditor, "", False
    if basis == "contractual":
        with st.container(horizontal=True, vertical_alignment="bottom", key="calc_contract"):
            rate = st.text_input(t("Yearly rate in percent"), key="calc_rate", placeholder="12,5", width=200)
            between = st.checkbox(t("Between businesses (compared with the legal minimum)"), key="calc_between")
        return "business", rate, between
    return "business", "", False


def _events(t: Texts, basis: str) -> tuple[dt.date | None, str]:
    served = None
    if basis == "legal":
        served = fields.day(t("Judgment served on"), "calc_served",
                            help=t("Some time after service, the legal rate is raised (CMF, art. L. 313-3)."))  # fmt: skip
    payments = st.text_area(
        t("Payments received, one a line"), key="calc_payments", placeholder="15/08/2026 = 1 500,00", height=90,
        help=t("Write one payment a line, for example 15/08/2026 = 1 500,00."),
    )  # fmt: skip
    return served, payments


def _rate(text: str) -> Decimal | None:
    return read_rate(text.removesuffix("%"), field="rate") if text.strip() else None


def _labels(t: Texts) -> dict[str, str]:
    return {
        "principal": t("Principal"),
        "from": t("Interest starts after"),
        "to": t("To (included)"),
        "rate": t("Yearly rate in percent"),
        "payments": t("Payments received, one a line"),
        "payment": t("Payments received, one a line"),
        "basis": t("Basis of interest"),
    }


def _result(t: Texts, found: InterestAccount) -> None:
    answer = found.interest.answer
    if isinstance(answer, Missing):
        why.missing(t, answer, "calc")
        return
    with st.container(horizontal=True, gap="small", key="figures_calc"):
        why.metric(t, t("Interest"), answer)
        if found.splits:
            st.metric(t("Interest left"), t.money(found.interest_left), border=True, width="content", height="stretch")
            st.metric(
                t("Principal left"), t.money(found.principal_left), border=True, width="content", height="stretch"
            )
        st.metric(t("Owed in all"), t.money(found.balance), border=True, width="content", height="stretch")
    for remark in found.interest.remarks:
        st.warning(sentence(t, remark), icon=":material/info:")
    interest_view.segments(t, found.interest.segments, "calc")
    for split in found.splits:
        st.caption(f":material/payments: {sentence(t, split.why)}")
    why.show(t, answer, "calc_interest")
