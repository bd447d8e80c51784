"""Import a file: creditor and file, what was understood, the trial, the button. Nothing is written before the button."""

import streamlit as st

from core.services import cases
from core.ui import doors, import_commit, import_help, import_reading, import_source, import_trial, session

with session.page("Import a file") as (ctx, t):
    creditors = dict(cases.creditor_choices(ctx))
    import_help.show(t)
    if not creditors:
        st.info(t("Debts belong to a creditor: add the creditor first."), icon=":material/apartment:")
        doors.link("creditors", t("Add a creditor"), ":material/add:")
    else:
        import_commit.result(t, creditors)
        work = import_source.ask(t, creditors)
        if work and import_reading.show(ctx, t, work):
            trial = import_trial.show(ctx, t, work)
            if trial:
                import_commit.show(ctx, t, work, trial)
