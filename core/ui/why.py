"""“Why this amount?”: a computation drawn with formula, terms, articles and certainty; missing facts as questions. Computes nothing."""

from __future__ import annotations

import streamlit as st

from core.domain.computation import Computation, Missing
from core.i18n import Texts
from core.i18n.proof import Line, lines
from core.i18n.quantities import sure, written
from core.ui import doors
from core.ui.session import sentence
from core.ui.text import plain

STEP = "    "  # one level of a Markdown list
SCREENFUL = 400  # lines of a proof that a screen draws; the annex of a document has them all


def show(t: Texts, figure: Computation | Missing, key: str, *, label: str = "", deepest: int = 99) -> None:
    """The figure behind a fold that is drawn when it is opened; what is missing stands open, for it is to be answered."""
    if isinstance(figure, Missing):
        missing(t, figure, key)
        return
    fold = st.expander(label or t("Why this amount?"), key=f"why_{key}", icon=":material/help:", on_change="rerun")
    with fold:
        if fold.open:
            tree(t, figure, deepest)


def tree(t: Texts, figure: Computation, deepest: int = 99) -> None:
    """The whole proof as one nested list, then what of it is to be confirmed."""
    found = list(lines(t, figure, deepest))
    st.markdown("\n".join(_item(t, line) for line in found[:SCREENFUL]))
    if len(found) > SCREENFUL:
        left = t.n("{n} more line is in the printed document.", "{n} more lines are in the printed document.",
                   len(found) - SCREENFUL)  # fmt: skip
        st.caption(left)
    if not sure(figure.weakest):
        st.caption(
            f":material/help: {t('A figure marked “to be confirmed” rests on a text that was not read in its official version.')}"
        )


def figure(t: Texts, one: Computation | Missing) -> str:
    """The value alone as plain text, with its mark when it is to be confirmed; a dash when facts are missing."""
    if isinstance(one, Missing):
        return "—"
    return written(t, one.value, one.quantity)


def metric(t: Texts, label: str, one: Computation | Missing, value: str = "", meaning: str | None = None) -> None:
    """The figure in a box of its own, with its mark under it when it is to be confirmed; `value` stands in for its own text."""
    doubtful = isinstance(one, Computation) and not sure(one.weakest)
    st.metric(
        label, value or figure(t, one), t("to be confirmed") if doubtful else None, delta_color="orange", delta_arrow="off",
        border=True, help=meaning, width="content", height="stretch",
    )  # fmt: skip


def mark(t: Texts, one: Computation | Missing) -> str:
    """A badge beside a figure that is to be confirmed or lacks facts; empty for one that is sure."""
    if isinstance(one, Missing):
        return f":orange-badge[{t('facts missing')}]"
    return "" if sure(one.weakest) else f":orange-badge[{t('to be confirmed')}]"


def missing(t: Texts, answer: Missing, key: str, case_id: int | None = None) -> None:
    """The facts to give, in the order they should be asked, each with what hangs on it and the way to the form that takes it."""
    with st.container(border=True, key=f"missing_{key}"):
        asked = t.n("One fact is missing", "{n} facts are missing", len(answer.questions))
        label = plain(t.render(answer.label).removesuffix("."))
        st.markdown(f":orange[:material/live_help:] **{label}** — {asked}")
        st.markdown(
            "\n".join(
                f"{number}. **{sentence(t, question.label)}**  \n{STEP}{sentence(t, question.why)}{_cited(question.articles)}"
                for number, question in enumerate(answer.questions, 1)
            )
        )
        if case_id is not None:
            doors.link("case", t("Give these facts on the case"), ":material/edit_note:", id=str(case_id))


def _cited(articles: tuple[str, ...]) -> str:
    return f" ({plain(' · '.join(articles))})" if articles else ""


def _item(t: Texts, line: Line) -> str:
    """One figure as an item of the list: what is said of it stands on lines under it."""
    indent = STEP * line.depth
    badge = f" :orange-badge[{t('to be confirmed')}]" if line.unsure else ""
    figure = t("{label}: {value}", label=plain(line.label), value=f"**{plain(line.value)}**")
    said = [f"{indent}- {figure}{badge}"]
    more = [
        f"= {plain(line.formula)}" if line.formula else "",
        plain(line.source),
        f":material/gavel: {plain(line.articles)}" if line.articles else "",
        plain(line.doubt),
        *(f":material/info: {plain(remark)}" for remark in line.remarks),
        t.n("{n} more term, in full under its debt.", "{n} more terms, in full under their debt.", line.hidden)
        if line.hidden
        else "",
    ]
    return "  \n".join([*said, *(f"{indent}  {text}" for text in more if text)])
