"""What concerns the person of a case, in one place: reason for non-payment, fragile path, appointments, tracing. Draws one at a time."""

from __future__ import annotations

import streamlit as st

from core.i18n import Texts
from core.services import reason_record
from core.services.cases import CaseFile
from core.services.context import Ctx
from core.services.fragile_record import VULNERABLE
from core.ui import case_appointments, case_fragile, case_reason, case_tracing


def strip(ctx: Ctx, t: Texts, file: CaseFile) -> None:
    """The two lines of the banner."""
    case_fragile.strip(ctx, t, file)
    case_reason.strip(ctx, t, file)


def foreseen(t: Texts, result: str) -> list[str]:
    """What a result writes about the person, for the preview of a contact."""
    said = [t("The reason for non-payment is kept.")] if reason_record.asks(result) else []
    return [*said, *([t("The fragile path is opened.")] if result == VULNERABLE else [])]


def show(ctx: Ctx, t: Texts, file: CaseFile) -> None:
    """The section, with the view that was chosen last."""
    st.subheader(t("The person"), anchor=False)
    views = {
        "reason": (t("Reason for non-payment"), case_reason.show),
        "fragile": (t("Fragile path"), case_fragile.show),
        "appointments": (t("Appointments"), case_appointments.show),
        "tracing": (t("Tracing"), case_tracing.show),
    }
    chosen = st.segmented_control(
        t("The person"),
        list(views),
        default="reason",
        required=True,
        format_func=lambda code: views[code][0],
        key="people_view",
        label_visibility="collapsed",
    )
    views[chosen or "reason"][1](ctx, t, file)
