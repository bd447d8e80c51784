"""One debt of a statement in full: its account, its interest by periods, what is missing, each total with its why. Computes nothing."""

from __future__ import annotations

import streamlit as st

from core.domain.computation import Computation, Missing
from core.domain.statement import NAMES, DebtStatement
from core.domain.statement_account import BUCKETS, EntryLine, entries
from core.i18n import Texts
from core.i18n.notes import Notes
from core.ui import interest_view, natures, why
from core.ui.session import sentence
from core.ui.text import plain

__all__ = ["DebtStatement", "euros", "left", "show"]


def show(t: Texts, debt: DebtStatement, case_id: int, notes: Notes) -> None:
    """The debt with its figures and their proofs; `notes` numbers the articles of the whole statement."""
    account = debt.account
    with st.container(border=True, key=f"debt_{account.debt_id}"):
        due = t("due on {day}", day=account.due_on) if account.due_on else t("due date unknown")
        st.markdown(
            f"**{plain(natures.label(t, account.nature))} {plain(account.ref)}** · {plain(due)} · "
            f"**{plain(why.figure(t, debt.total))}** {why.mark(t, debt.total)}"
        )
        _account(t, debt, notes)
        _interest(t, debt, case_id, notes)
        for number, one in enumerate(debt.told):
            if isinstance(one, Missing) and one is not debt.interest.computed:
                why.missing(t, one, f"told_{account.debt_id}_{number}", case_id)
        for remark in (*debt.remarks, *debt.asides):
            st.caption(f":material/info: {sentence(t, remark)}")
        why.show(t, debt.total, f"debt_{account.debt_id}")


def euros(figure: Computation) -> float:
    """The value for a column of amounts."""
    return figure.value / 100 if isinstance(figure.value, int) else 0.0


def left(debt: DebtStatement, bucket: str) -> float | None:
    """What is left of a part for a column of amounts; None for interest that cannot be computed for want of facts."""
    unknown = bucket == "interest" and isinstance(debt.interest.computed, Missing)
    return None if unknown and not debt.left[bucket].value else euros(debt.left[bucket])


def _account(t: Texts, debt: DebtStatement, notes: Notes) -> None:
    """What happened on the debt by the ledger, then what is left."""
    lines = entries(debt.account, debt.on, debt.added)
    shown = [bucket for bucket in BUCKETS if _matters(debt, bucket, lines)]
    rows = [
        {"day": line.on, "what": t.render(line.what), **{b: _cents(line.amounts.get(b)) for b in shown}}
        for line in lines
    ]
    rows += [
        {"day": debt.on, "what": t.render(figure.label) + notes.cite(figure.all_articles), bucket: euros(figure)}
        for bucket, figure in debt.added.items()
    ]
    rows.append({"day": None, "what": t("Left"), **{bucket: left(debt, bucket) for bucket in shown}})
    st.dataframe(
        rows,
        hide_index=True,
        placeholder="",
        key=f"account_{debt.account.debt_id}",
        alt=t("Account of the debt, one entry a line"),
        column_config={
            "day": st.column_config.DateColumn(t("Date"), format="DD/MM/YYYY"),
            "what": st.column_config.TextColumn(t("Entry"), width="large"),
            **{bucket: st.column_config.NumberColumn(t.render(NAMES[bucket]), format="euro") for bucket in shown},
        },
    )


def _matters(debt: DebtStatement, bucket: str, lines: tuple[EntryLine, ...]) -> bool:
    return (
        bucket in ("principal", "interest") or bool(debt.left[bucket].value) or any(bucket in x.amounts for x in lines)
    )


def _cents(cents: int | None) -> float | None:
    return None if cents is None else cents / 100


def _interest(t: Texts, debt: DebtStatement, case_id: int, notes: Notes) -> None:
    """The periods, with who claims them; or the facts that are missing."""
    found, number = debt.interest, debt.account.debt_id
    if isinstance(found.computed, Missing):
        why.missing(t, found.computed, f"interest_{number}", case_id)
    elif found.computed is not None:
        said = t("claimed by the creditor") if found.claimed else t("not claimed by the creditor")
        value = plain(why.figure(t, found.computed))
        st.markdown(f"{t('Interest by periods')} · **{value}** · {said} {why.mark(t, found.computed)}")
        interest_view.segments(t, found.segments, str(number), notes)
        if not found.claimed:
            why.show(t, found.computed, f"interest_{number}")
