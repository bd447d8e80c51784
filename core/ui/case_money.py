"""The money panel of a case: payment, credit note or charge, one at a time. Writes nothing itself."""

from __future__ import annotations

import streamlit as st

from core.i18n import Texts
from core.services.cases import CaseFile
from core.services.context import Ctx
from core.ui import case_charge, case_credit, case_payment

PANELS = {"payment": case_payment.show, "credit": case_credit.show, "charge": case_charge.show}


def show(ctx: Ctx, t: Texts, file: CaseFile) -> None:
    """Choose what moves the debt, then type it."""
    names = {"payment": t("Payment"), "credit": t("Credit note"), "charge": t("Costs and penalties")}
    chosen = st.segmented_control(
        t("What moves the debt"),
        list(PANELS),
        default="payment",
        required=True,
        format_func=lambda code: names[code],
        key=f"money_{file.head.id}",
        label_visibility="collapsed",
    )
    PANELS[chosen or "payment"](ctx, t, file)
