"""New case: one debtor, one or more debts, typed by hand. Imports no file."""

import streamlit as st

from core.services import cases, placing
from core.ui import doors, new_case_form, problems, session

with session.page("New case") as (ctx, t):
    creditors = dict(cases.creditor_choices(ctx))
    if not creditors:
        st.info(t("A case belongs to a creditor: add the creditor first."), icon=":material/apartment:")
        doors.link("creditors", t("Add a creditor"), ":material/add:")
    else:
        st.caption(t("Only the name, a reference and an amount are compulsory. Enter moves nothing: the button saves."))
        token = session.token("new_case")
        typed = new_case_form.fields(ctx, t, creditors, token)
        labels = new_case_form.labels(t)
        with problems.told(t, labels):
            entry = new_case_form.entry(typed)
            same = new_case_form.same_person(ctx, t, entry, creditors, token) if new_case_form.named(entry) else None
            if st.button(
                t("Open the case"), type="primary", key="place", icon=":material/save:", shortcut="Ctrl+Enter"
            ):
                case_id = placing.place_case(ctx, entry, token, same)
                session.spend("new_case")
                session.say(t("The case is open."))
                doors.go("case", t("Case {n}", n=case_id), id=str(case_id))
