"""Fields people type in: money and dates the French way. Converts nothing silently: what is ambiguous is refused by the domain."""

from __future__ import annotations

import datetime as dt

import streamlit as st

from core.domain.money import cents as any_cents
from core.domain.money import positive_cents
from core.i18n import Texts


def money(label: str, key: str, *, help: str | None = None, value: str = "", placeholder: str = "1 234,56") -> str:  # noqa: A002 - Streamlit's word
    """The text of an amount; `cents` reads it when the form is sent."""
    return st.text_input(
        label, value=value, key=key, help=help, placeholder=placeholder, icon=":material/euro:", autocomplete="off"
    )


def euros(cents: int) -> str:
    """Cents as a field of `money` holds them before anyone types: 1234,56."""
    return f"{cents // 100},{cents % 100:02d}"


def cents(text: str, field: str) -> int:
    """Cents of a typed amount, more than zero; a Refusal on `field` otherwise."""
    return positive_cents(text, field=field)


def cents_or_zero(text: str, field: str) -> int:
    """Cents of a typed amount, zero included; a Refusal on `field` otherwise."""
    return any_cents(text, field=field)


def day(
    label: str,
    key: str,
    *,
    value: dt.date | None = None,
    latest: dt.date | None = None,
    help: str | None = None,  # noqa: A002 - Streamlit's word
) -> dt.date | None:
    """A day, typed or picked, dd/mm/yyyy; None when left empty."""
    earliest = dt.date(1970, 1, 1)
    found = st.date_input(
        label,
        value=value,
        key=key,
        format="DD/MM/YYYY",
        min_value=earliest,
        max_value=latest or dt.date(2100, 12, 31),
        help=help,
    )
    return found if isinstance(found, dt.date) else None


def sent(t: Texts) -> str:
    """The label of a saving button."""
    return t("Save")
