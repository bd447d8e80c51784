"""The words for the natures of debts, on screens and in letters. Holds no rule of limitation."""

from __future__ import annotations

from core.i18n import Texts


def label(t: Texts, code: str) -> str:
    """A nature of debt."""
    return {
        "invoice": t("Invoice"),
        "rent": t("Rent"),
        "charges": t("Co-ownership charges"),
        "cheque": t("Bounced cheque"),
        "direct_debit": t("Failed direct debit"),
        "loan": t("Loan"),
        "training": t("Training"),
        "subscription": t("Subscription"),
        "energy": t("Energy"),
        "water": t("Water"),
        "telecom": t("Telecom"),
        "insurance": t("Insurance premium"),
        "health": t("Care"),
        "transport": t("Carriage of goods"),
        "bill": t("Bill of exchange"),
        "other": t("Other"),
    }.get(code, code)
