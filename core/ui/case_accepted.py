"""Which saved proposal a logged agreement accepts, with the creditor's consent, or the door to the simulator. Agrees nothing itself."""

from __future__ import annotations

import datetime as dt

import streamlit as st

from core.i18n import Texts
from core.services import plans
from core.services.context import Ctx
from core.services.journal import ContactEntry
from core.services.plans import PlanState
from core.ui import doors, fields, session
from core.ui.text import plain


def choose(ctx: Ctx, t: Texts, entry: ContactEntry, token: str) -> tuple[int | None, dt.date | None]:
    """The accepted proposal and the day of the creditor's consent; nothing where another result is logged or no proposal is saved."""
    if entry.result != plans.AGREED:
        return None, None
    found = {plan.row.id: plan for plan in plans.acceptable(ctx, entry.case_id, entry.corrects)}
    if not found:
        st.caption(t("No proposal is saved on this case: describe the plan below, or simulate it first."))
        doors.link("plan", t("Simulate a payment plan"), ":material/event_repeat:", case=str(entry.case_id))
        return None, None
    chosen = st.selectbox(
        t("Which proposal was accepted"),
        [*found, None],
        key=f"accepted_{token}",
        format_func=lambda i: _named(t, found[i]) if i else t("None of them: described below"),
    )
    if chosen is None:
        return None, None
    needed = plans.cautions(ctx, entry.case_id, found[chosen].months, found[chosen].said.running)
    for caution in needed:
        st.warning(session.sentence(t, caution), icon=":material/gavel:")
    if needed:
        return chosen, fields.day(t("The creditor consented on"), f"consented_{token}", latest=ctx.today)
    return chosen, None


def taken_back(ctx: Ctx, t: Texts, case_id: int, corrects: int) -> None:
    """Said before an entry that agreed a plan is corrected."""
    for plan in plans.acceptable(ctx, case_id, corrects):
        if plan.row.interaction_id == corrects:
            st.info(
                t(
                    "This entry had put plan {ref} in force: correcting it makes the plan a proposal again.",
                    ref=plain(plan.row.ref),
                ),
                icon=":material/undo:",
            )


def _named(t: Texts, plan: PlanState) -> str:
    return t.n(
        "{ref}: {n} instalment, {total}, on {day}",
        "{ref}: {n} instalments, {total}, from {day}",
        len(plan.rows),
        ref=plan.row.ref,
        total=t.money(plan.course.left + plan.course.paid),
        day=t.date(plan.rows[0].due_on),
    )
