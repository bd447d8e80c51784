"""What moved the debts of a case, a page at a time, and the way to undo a credit note or a charge. Sums nothing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import streamlit as st

from core.domain.rights import Right
from core.i18n import Texts
from core.services import charge_words, costs, credit_notes, ledger
from core.services.cases import CaseFile
from core.services.context import Ctx
from core.services.costs import Charged
from core.services.credit_notes import Noted
from core.services.ledger import Movement
from core.ui import fields, labels, problems, session
from core.ui.text import plain

OWED = ("principal", "interest", "indemnity", "penalty", "costs")
UNDONE: dict[str, Callable[..., Noted | Charged]] = {
    "credit_note": credit_notes.reverse_credit_note,
    "charge": costs.withdraw_charge,
}


def show(ctx: Ctx, t: Texts, file: CaseFile) -> None:
    """The movements, newest first."""
    with st.expander(t("Movements of the debts"), icon=":material/list_alt:"):
        key = f"movements_{file.head.id}"
        found = ledger.movements(ctx, file.head.id, int(st.session_state.get(key, 1)))
        if found.pages > 1:
            st.pagination(found.pages, key=key)
        _table(t, found.rows)
        if ctx.may(Right.REVERSE):
            with st.container(horizontal=True):
                for one in found.rows:
                    if one.kind in UNDONE and not one.reversed_by:
                        _undo(ctx, t, one)


def _table(t: Texts, rows: tuple[Movement, ...]) -> None:
    st.dataframe(
        [
            {
                "day": dt.date.fromisoformat(one.booked_on),
                "debt": one.debt_ref,
                "what": charge_words.movement(t, one) + (f" ({t('undone')})" if one.reversed_by else ""),
                "part": labels.bucket(t, one.to_account if one.to_account in OWED else one.from_account),
                "amount": (one.amount if one.to_account in OWED else -one.amount) / 100,
                "why": one.receipt or one.words,
                "who": one.author,
            }
            for one in rows
        ],
        hide_index=True,
        placeholder="—",
        key="movements",
        row_height=36,
        alt=t("Movements of the debts, one a line"),
        column_config={
            "day": st.column_config.DateColumn(t("Day"), format="DD/MM/YYYY", width=95),
            "debt": st.column_config.TextColumn(t("Debt"), width=120),
            "what": st.column_config.TextColumn(t("Movement"), width=240),
            "part": st.column_config.TextColumn(t("Part"), width=130),
            "amount": st.column_config.NumberColumn(t("Effect on the debt"), format="euro", width=130),
            "why": st.column_config.TextColumn(t("Paper or reason"), width=220),
            "who": st.column_config.TextColumn(t("Recorded by"), width=120),
        },
    )


def _undo(ctx: Ctx, t: Texts, one: Movement) -> None:
    """The opposite row, with its day and its reason."""
    name = t("Undo: {what}, {amount}", what=plain(charge_words.movement(t, one)), amount=t.money(one.amount))
    with st.popover(name, key=f"undo_{one.id}"):
        form = f"undo_{one.id}"
        token = session.token(form)
        label = {"reason": t("Why"), "reversed_on": t("On")}
        reason = st.text_input(label["reason"], key=f"undo_why_{token}", autocomplete="off")
        on = fields.day(label["reversed_on"], f"undo_on_{token}", value=ctx.today, latest=ctx.today)
        if st.button(t("Write the opposite line"), key=f"undo_do_{one.id}", type="primary"):
            with problems.told(t, label):
                balance = UNDONE[one.kind](ctx, one.id, on or ctx.today, reason, token).balance
                session.spend(form)
                session.say(t("Undone. Owed now: {amount}.", amount=t.money(balance)))
                st.rerun()
