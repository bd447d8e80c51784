"""The shares of a payment, one line a debt, with the mark of what is to be confirmed. Allocates nothing; the reasons are core.ui.why's."""

from __future__ import annotations

import streamlit as st

from core.domain.allocation import Allocation
from core.i18n import Texts
from core.i18n.quantities import sure
from core.ui import labels
from core.ui.text import plain


def shares(t: Texts, found: Allocation) -> None:
    """What each debt receives, part by part, in the order of payment."""
    for share in found.shares:
        parts = ", ".join(
            t("{label}: {value}", label=labels.bucket(t, bucket), value=t.money(cents))
            for bucket, cents in share.amounts.items()
        )
        badge = "" if sure(share.certainty) else f" :orange-badge[{t('to be confirmed')}]"
        st.markdown(f"**{t('Debt {ref}', ref=plain(share.ref))}** — {t.money(share.total)} ({parts}){badge}")
