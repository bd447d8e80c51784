"""What a run would do today, line by line, what is kept back by rule and until when, and the button that does it. Judges nothing."""

from __future__ import annotations

import streamlit as st

from core.domain.rights import Right
from core.i18n import Texts
from core.services import letters, reminders
from core.services.context import Ctx
from core.services.reminders import Barred, Done, Run
from core.ui import downloads, pager, problems, reminders_aside, session
from core.ui.reminders_place import counted, table
from core.ui.session import sentence

PAGE = 50
LAST = "reminders_printing"


def show(ctx: Ctx, t: Texts) -> None:
    """The counts, the button, the lines, what is kept back."""
    shown = reminders.preview(ctx)
    _printing(t)
    if shown.closed_until:
        day = t.date(shown.closed_until)
        st.info(
            t("The house does not work today: the next run that sends is on {day}.", day=day),
            icon=":material/event_busy:",
        )
        return
    _summary(t, shown)
    _run(ctx, t, shown)
    if shown.lines:
        st.subheader(t("What would leave"), anchor=False)
        table(
            t,
            tuple(pager.part(shown.lines, PAGE, "run_page")),
            "run_lines",
            t("The steps of today's run, one case a line"),
            later=False,
        )
        st.caption(
            t(
                "A click on a line opens the case. Steps to validate are put on their list, and leave after a person's word."
            )
        )
        reminders_aside.show(ctx, t, shown)
    if shown.barred:
        st.subheader(t("Kept back"), anchor=False)
        for one in shown.barred:
            _barred(t, one)
    _help(t, shown)


def _summary(t: Texts, shown: Run) -> None:
    """One sentence: “18 e-mails, 4 letters, 7 calls; 12 kept back.”"""
    leaves, waits = counted(t, shown.count()), sum(shown.count(automatic=False).values())
    blocked = sum(one.cases for one in shown.barred)
    parts = [leaves or t("nothing leaves by itself")]
    if waits:
        parts.append(t.n("{n} step to validate", "{n} steps to validate", waits))
    if blocked:
        parts.append(t.n("{n} kept back", "{n} kept back", blocked))
    if shown.later:
        parts.append(
            t.n("{n} more to be looked at by the next run", "{n} more to be looked at by the next runs", shown.later)
        )
    with st.container(border=True, key="run_summary"):
        st.markdown(f"**{t('Today:')}** {' · '.join(parts)}.")


def _run(ctx: Ctx, t: Texts, shown: Run) -> None:
    token = session.token("reminders_run")
    label = t("Do this run now")
    if st.button(
        label, type="primary", key="run_now", icon=":material/send:", disabled=not (shown.lines and ctx.may(Right.WORK))
    ):
        with problems.told(t):
            done = reminders.run(ctx, token)
            session.spend("reminders_run")
            st.session_state[LAST] = done.printing
            session.say(told(t, done))
            st.rerun()


def told(t: Texts, done: Done) -> str:
    """What a run did, in one sentence."""
    parts = [counted(t, done.done) or t("nothing left")]
    if done.by_hand:
        hands = t.n("{n} of them is to be sent by hand", "{n} of them are to be sent by hand", done.by_hand)
        parts.append(f"{hands} ({t('a next action says so on the case')})")
    if done.to_validate:
        parts.append(t.n("{n} step to validate", "{n} steps to validate", done.to_validate))
    if done.refused:
        parts.append(t.n("{n} refused at the last moment", "{n} refused at the last moment", done.refused))
    if sum(done.barred.values()):
        parts.append(t.n("{n} kept back", "{n} kept back", sum(done.barred.values())))
    return t("Run {n}: {what}.", n=done.run_id, what=" · ".join(parts))


def _printing(t: Texts) -> None:
    """The letters of the run that was just done, in one file."""
    document = st.session_state.get(LAST)
    if document:
        st.download_button(
            t("Print the letters of this run (PDF)"),
            downloads.later(lambda mine: letters.letter_bytes(mine, document)),
            file_name=f"letters-{document}.pdf",
            mime="application/pdf",
            icon=":material/print:",
            key="run_print",
            on_click="ignore",
        )


def _barred(t: Texts, one: Barred) -> None:
    """One rule, how many it keeps back, and from when on; its lines on demand."""
    when = f" — {t('possible from {day}', day=t.date(one.next_on))}" if one.next_on else ""
    count = t.n("{n} case", "{n} cases", one.cases)
    with st.expander(f"**{count}** · {sentence(t, one.sentence)}{when}", key=f"barred_{one.code}"):
        table(t, one.lines[:PAGE], f"barred_{one.code}_lines", t("The cases kept back by this rule"))
        if one.cases > PAGE:
            st.caption(t("The first {n} are shown.", n=PAGE))


def _help(t: Texts, shown: Run) -> None:
    if not shown.lines and not shown.barred:
        st.info(
            t(
                "No case has a step due today. Each case follows the scenario of its creditor and kind of debtor; what comes next stands "
                "on the case itself, under “Scenario”."
            ),
            icon=":material/task_alt:",
        )
