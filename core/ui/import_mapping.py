"""Which column of the file is which field: guessed, changed here, kept for the creditor when the lines come in. Reads no file."""

from __future__ import annotations

import streamlit as st

from core.i18n import Texts
from core.services import imports
from core.services.context import Ctx
from core.services.imports import SheetView
from core.ui.import_work import Work
from core.ui.text import plain

TABLES = ("csv", "xlsx", "ods")  # formats whose columns may be called anything


def names(ctx: Ctx, t: Texts, record: str) -> dict[str, str]:
    """The label of each field of a kind of line."""
    return {name: t.render(label) for name, label, _ in imports.fields(ctx, record or "debts")}


def show(ctx: Ctx, t: Texts, work: Work) -> bool:
    """The columns; False while two of them claim the same field."""
    view = work.view
    work.record = view.record or "debts"
    if work.read.format not in TABLES:
        work.mapping = dict(view.mapping)
        return True
    known = len(view.mapping) if view.record else 0
    head = t("Columns: {known} of {all} recognised", known=known, all=len(view.header))
    with st.expander(head, expanded=_lacks(ctx, view), icon=":material/view_column:"):
        if view.saved:
            st.caption(t("As kept from the last file of this creditor with these headings."))
        work.record = _kind(ctx, t, work, view)
        labels = names(ctx, t, work.record)
        needed = {name for name, _, required in imports.fields(ctx, work.record) if required}
        st.caption(t("Say what each column is; * marks what a line cannot do without. Unused columns are left out."))
        work.mapping = _columns(t, work, view, labels, needed)
    twice = sorted({name for name in work.mapping.values() if list(work.mapping.values()).count(name) > 1})
    for name in twice:
        st.warning(t("Two columns hold “{field}”: keep one.", field=plain(labels[name])), icon=":material/warning:")
    return not twice


def _lacks(ctx: Ctx, view: SheetView) -> bool:
    """Whether the guess leaves something to say, as far as the headings tell."""
    needed = {name for name, _, required in imports.fields(ctx, view.record or "debts") if required}
    return not view.record or bool(needed - set(view.mapping.values()))


def _kind(ctx: Ctx, t: Texts, work: Work, view: SheetView) -> str:
    """What the lines are: recognised, or said here."""
    kinds = {key: t.render(label) for key, label in imports.record_kinds(ctx)}
    return st.selectbox(
        t("What the lines are"),
        list(kinds),
        index=list(kinds).index(view.record or "debts"),
        key=work.key(f"record_{view.name}"),
        format_func=lambda kind: kinds[kind],
        width=320,
    )


def _columns(t: Texts, work: Work, view: SheetView, labels: dict[str, str], needed: set[str]) -> dict[int, str]:
    choices = ["", *labels]
    shown = {"": t("Not used")} | {name: f"{label} *" if name in needed else label for name, label in labels.items()}
    found = {}
    with st.grid(4, min_column_width=200, gap="small", key=work.key("columns")):
        for at, heading in enumerate(view.header):
            guessed = view.mapping.get(at, "")
            example = next((row[at] for row in view.sample if at < len(row) and row[at].strip()), "")
            chosen = st.selectbox(
                plain(heading) or t("Column {n}", n=at + 1),
                choices,
                index=choices.index(guessed) if guessed in choices else 0,
                key=work.key(f"column_{work.record}_{view.name}_{at}"),
                format_func=lambda name: shown[name],
                help=t("For example: {value}", value=plain(example[:80])) if example else None,
            )
            if chosen:
                found[at] = chosen
    return found
