"""The third step of an import: what would come in, what would not and why, who may be known already. Writes nothing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

import streamlit as st

from core.domain.messages import Problem, Refusal
from core.i18n import Texts
from core.services import imports
from core.services.context import Ctx
from core.services.imports import Trial
from core.ui import import_likely, import_mapping, import_words, pager, problems
from core.ui.import_work import Work
from core.ui.text import plain

AT_ONCE = 5_000  # lines tried without being asked
A_PAGE = 10  # faults on the screen at once
LONGEST = 80  # characters of a value


def show(ctx: Ctx, t: Texts, work: Work) -> Trial | None:
    """The trial of the sheet with its columns and options, or None while there is none."""
    st.subheader(t("3. The trial: nothing is written yet"), anchor=False)
    labels = import_mapping.names(ctx, t, work.record)
    trial = _tried(ctx, t, work, labels)
    if trial is None:
        return None
    _figures(t, trial)
    if trial.problems:
        _faults(t, work, trial, labels)
    whole, lines = ([p for p in trial.remarks if bool(p.line) == of_line] for of_line in (False, True))
    for remark in whole:
        st.info(f"{plain(t.render(remark.reason))}  \n{plain(t.render(remark.remedy))}", icon=":material/info:")
    if lines:
        with st.expander(t("Remarks ({n}): these lines come in all the same", n=t.number(len(lines)))):
            _listed(t, lines, labels, work.key("remarks"))
    import_likely.show(t, work, trial)
    return trial


def _tried(ctx: Ctx, t: Texts, work: Work, labels: dict[str, str]) -> Trial | None:
    """The trial kept, or a new one: at once for a small file, at a click for a large one."""
    asked = (work.sheet, work.record, tuple(sorted(work.mapping.items())), work.options)
    if work.trial is not None and work.tried == asked:
        st.empty()  # where the bar stood: the screen keeps its places
        return work.trial
    work.trial, work.same = None, {}
    slot = st.empty()
    rows = work.view.rows
    if rows > AT_ONCE:
        label = t("Try the {n} lines", n=t.number(rows))
        if not slot.button(label, key=work.key("try"), type="primary", icon=":material/science:"):
            return None
    text = t("Checking every line…")
    bar = slot.progress(0.0, text=text)
    try:
        work.trial = imports.try_out(
            ctx,
            work.creditor_id,
            work.read,
            work.sheet,
            work.mapping,
            work.options,
            follow(lambda part: bar.progress(part, text=text)),
            record=work.record,
        )
        work.tried = asked
    except Refusal as refusal:
        problems.show(t, refusal, labels)
    slot.empty()
    return work.trial


def follow(draw: Callable[[float], object]) -> Callable[[float], None]:
    """A progress that stays within its bar and is drawn at each hundredth only."""
    last = -1

    def heard(part: float) -> None:
        nonlocal last
        step = min(100, max(0, int(part * 100)))
        if step != last:
            last = step
            draw(step / 100)

    return heard


def _figures(t: Texts, trial: Trial) -> None:
    figures = [
        (t("Lines"), t.number(trial.total)),
        (t("Accepted"), t.number(trial.accepted)),
        (t("Left out"), t.number(trial.rejected)),
        (t("Amount"), t.money(trial.amount)),
        (t("New cases"), t.number(trial.new_cases)),
        (t("New debtors"), t.number(trial.new_parties)),
        (t("Here already"), t.number(trial.unchanged)),
    ]
    with st.container(horizontal=True, gap="xsmall", key="figures_trial"):
        for label, value in figures:
            st.metric(label, value, border=True, width="content", height="stretch")


def _faults(t: Texts, work: Work, trial: Trial, labels: dict[str, str]) -> None:
    """Each fault with its line, field, value, reason and remedy."""
    with st.container(horizontal=True, vertical_alignment="center"):
        n = trial.rejected
        st.markdown(
            f"**{t.n('{n} refused line: it stays out', '{n} refused lines: they stay out', n)}**", width="stretch"
        )
        st.download_button(
            t("Download the faults (CSV)"),
            partial(imports.problems_csv, trial, t),
            file_name=f"{work.name.rpartition('.')[0] or work.name}-{t('faults')}.csv",
            mime="text/csv",
            key=work.key("faults"),
            icon=":material/download:",
            on_click="ignore",
        )
    _listed(t, trial.problems, labels, work.key("problems"))


def _listed(t: Texts, found: Sequence[Problem], labels: dict[str, str], key: str) -> None:
    """The faults or remarks a page at a time, in whole sentences that a phone can show too."""
    with st.container(border=True, gap="small", key=f"{key}_list"):
        for problem in pager.part(found, A_PAGE, key):
            st.markdown(_fault(t, problem, labels))


def _fault(t: Texts, problem: Problem, labels: dict[str, str]) -> str:
    place = import_words.place(t, problem)
    where = [t("Line {n}", n=place) if place else "", plain(labels.get(problem.field, problem.field))]
    head = " · ".join(part for part in where if part)
    value = f" · {t('given: {value}', value=plain(problem.value[:LONGEST]))}" if problem.value.strip() else ""
    return f"**{head}**{value}  \n{plain(t.render(problem.reason))} {plain(t.render(problem.remedy))}"
