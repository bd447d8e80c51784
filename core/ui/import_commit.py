"""The last step of an import: the named button, then what came in. The only step that writes."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from core.domain.messages import Refusal
from core.i18n import Texts
from core.services import imports
from core.services.context import Ctx
from core.services.imports import Imported, Trial
from core.ui import doors, import_trial, import_work, problems, session
from core.ui.import_work import DONE, Work
from core.ui.text import plain


def show(ctx: Ctx, t: Texts, work: Work, trial: Trial) -> None:
    """What the button will do, and the button."""
    st.subheader(t("4. Bring in"), anchor=False)
    told = []
    if trial.rejected:
        told.append(t.n("{n} refused line stays out.", "{n} refused lines stay out.", trial.rejected))
    if trial.unchanged:
        told.append(
            t.n(
                "{n} line is here already and adds nothing.",
                "{n} lines are here already and add nothing.",
                trial.unchanged,
            )
        )
    if trial.updated:
        told.append(
            t.n(
                "{n} debt here already gets new contact details.",
                "{n} debts here already get new contact details.",
                trial.updated,
            )
        )
    if not trial.added + trial.updated:
        told.append(t("There is nothing new to bring in."))
    if told:
        st.markdown(" ".join(told))
    pressed = st.button(
        _label(t, trial),
        key="import_commit",
        type="primary",
        icon=":material/input:",
        disabled=not trial.added + trial.updated,
    )
    if pressed:
        _bring_in(ctx, t, work, trial)


def _label(t: Texts, trial: Trial) -> str:
    """The button says what it does."""
    if not trial.added and trial.updated:
        return t.n("Complete {n} debt", "Complete {n} debts", trial.updated)
    if trial.record == "debts":
        return t.n("Bring in {n} debt", "Bring in {n} debts", trial.added)
    return t.n("Bring in {n} line", "Bring in {n} lines", trial.added)


def _bring_in(ctx: Ctx, t: Texts, work: Work, trial: Trial) -> None:
    """One transaction: all the good lines or none."""
    form = f"import_{work.read.sha256}_{trial.sheet}_{work.creditor_id}"
    text = t("Bringing in… Please stay on this page: it is all or nothing.")
    bar = st.progress(0.0, text=text)
    follow = import_trial.follow(lambda part: bar.progress(part, text=text))
    try:
        done = imports.commit(ctx, work.creditor_id, work.read, trial, session.token(form), work.same, follow)
    except Refusal as refusal:
        bar.empty()
        work.trial = None  # somebody may have written meanwhile: the next run tries again
        problems.show(t, refusal)
        return
    session.spend(form)
    _let_go(work, trial, done)
    st.session_state[DONE] = (work.creditor_id, trial.record, work.name, done)
    st.rerun()


def _let_go(work: Work, trial: Trial, done: Imported) -> None:
    """Keep in memory only what another sheet of the same file still needs."""
    work.entered[trial.sheet] = done
    work.trial = None
    if all(sheet.name in work.entered for sheet in work.read.sheets if sheet.record):
        import_work.drop()
        import_work.next_turn(work.file)


def result(t: Texts, creditors: Mapping[int, str]) -> None:
    """What the last file brought in, until another one comes."""
    found = st.session_state.get(DONE)
    if not found:
        return
    creditor_id, record, name, done = found
    lines = t.n("{n} line added", "{n} lines added", done.added)
    debts = t.n(
        "{n} debt of {amount} came in", "{n} debts came in, {amount} in all", done.debts, amount=t.money(done.amount)
    )
    cases = t.n("{n} new case", "{n} new cases", done.cases)
    parties = t.n("{n} new debtor", "{n} new debtors", done.parties)
    rest = [
        t.n("{n} line completed", "{n} lines completed", done.updated) if done.updated else "",
        t.n("{n} line here already", "{n} lines here already", done.unchanged) if done.unchanged else "",
        t.n("{n} line refused", "{n} lines refused", done.rejected) if done.rejected else "",
    ]
    said = [debts, cases, parties] if record == "debts" else [lines]
    with st.container(border=True, key="import_result"):
        st.markdown(f":green[:material/check_circle:] **{plain(name)}** — {' · '.join([*said, *filter(None, rest)])}")
        if done.given:
            st.markdown(_given(t, done))
        st.caption(t("Batch {n}", n=done.batch_id))
        asked = {"creditor": str(creditor_id)} if len(creditors) > 1 else {}
        doors.link("queue", t("See these cases in the queue"), ":material/format_list_numbered:", **asked)


def _given(t: Texts, done: Imported) -> str:
    """Whose the new cases are, by the rules of assignment."""
    who = ", ".join(f"{plain(name)} ({t.number(count)})" for name, count in done.given)
    left = done.cases - sum(count for _, count in done.given)
    rest = t.n("{n} that no rule gives stays yours", "{n} that no rule gives stay yours", left) if left else ""
    return f":material/group: {t('Given by the rules of the team:')} {' · '.join(part for part in (who, rest) if part)}"
