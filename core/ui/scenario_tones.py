"""The tone of scenario that each reason for non-payment calls for, and a lead's form over it. Chooses no scenario."""

from __future__ import annotations

import streamlit as st

from core.domain.rights import Right
from core.domain.scenario_choice import TONE
from core.i18n import Texts
from core.services import people_words, scenario_choice
from core.services.context import Ctx
from core.services.scenario_choice import TonesView
from core.ui import problems, session
from core.ui.text import plain


def show(ctx: Ctx, t: Texts) -> None:
    """The table as a form, its versions, back to the shipped one."""
    st.subheader(t("The tone that a reason calls for"), anchor=False)
    st.caption(
        t(
            "The reason for non-payment that stands in a case changes the tone of its scenario; the case and the preview of a run say so. "
            "An open fragile path is always gentle, and each of its steps waits for a person's word."
        )
    )
    view = scenario_choice.tones_view(ctx)
    names = {tone: t.render(TONE[tone]) if tone in TONE else t("as chosen") for tone in scenario_choice.CALLED}
    with st.form(f"scenario_tones_{view.version}", border=False):
        sides = st.columns(2)
        wanted = {
            code: sides[at % 2].selectbox(
                people_words.reason(t, code),
                list(names),
                index=list(names).index(tone),
                format_func=lambda one: names[one],
                key=f"tone_{code}_{view.version}",
            )
            for at, (code, tone) in enumerate(view.tones.items())
        }
        sent = st.form_submit_button(t("Save the tones"), key="tones_save", disabled=not ctx.may(Right.SETTINGS))
    if sent:
        with problems.told(t):
            scenario_choice.save_tones(ctx, wanted, view.version)
            session.say(t("The tones are saved; the next run follows them."))
            st.rerun()
    _back(ctx, t, view)


def _back(ctx: Ctx, t: Texts, view: TonesView) -> None:
    """The shipped table again, and who changed it when."""
    if not view.shipped and st.button(
        t("Back to the shipped tones"), key="tones_back", disabled=not ctx.may(Right.SETTINGS)
    ):
        with problems.told(t):
            scenario_choice.shipped_tones_again(ctx, view.version)
            session.say(t("The shipped tones are in force again."))
            st.rerun()
    for one in view.versions:
        day = t.date(one.recorded_at[:10])
        st.caption(t("Version {n}, {day}, by {who}.", n=one.version, day=day, who=plain(one.author)))
