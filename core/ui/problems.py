"""Shows refusals as sentences on the right field, and unexpected errors as a short code with a report. Hides neither."""

from __future__ import annotations

import contextlib
import importlib.metadata
from collections.abc import Iterator, Mapping

import streamlit as st

from core.domain.messages import Problem, Refusal
from core.i18n import Texts
from core.services import logs
from core.ui.text import plain


@contextlib.contextmanager
def told(t: Texts, fields: Mapping[str, str] | None = None, *, once: bool = False) -> Iterator[None]:
    """Run a command; show what it refuses (nothing was written, nothing typed is lost) and go on drawing.

    `once`: a reason shared by several fields is said one time, above what each field wants.
    """
    try:
        yield
    except Refusal as refusal:
        (_shared if once else show)(t, refusal, fields or {})


def _shared(t: Texts, refusal: Refusal, fields: Mapping[str, str]) -> None:
    by_reason: dict[str, list[Problem]] = {}
    for problem in refusal.problems:
        by_reason.setdefault(t.render(problem.reason), []).append(problem)
    for reason, found in by_reason.items():
        if len(found) == 1:
            show(t, Refusal(*found), fields)
            continue
        wants = (f"- {_head(one, fields)}{plain(t.render(one.remedy))}" for one in found)
        st.error("\n".join((f"{plain(reason)}\n", *wants)), icon=":material/block:")


def _head(problem: Problem, fields: Mapping[str, str]) -> str:
    label = fields.get(problem.field, "")
    return f"**{plain(label)}** — " if label else ""


def show(t: Texts, refusal: Refusal, fields: Mapping[str, str] | None = None) -> None:
    """Each problem: the field's label, the reason, what to do."""
    for problem in refusal.problems:
        head = _head(problem, fields or {})
        st.error(
            f"{head}{plain(t.render(problem.reason))}  \n{plain(t.render(problem.remedy))}", icon=":material/block:"
        )


def unexpected(t: Texts, error: Exception, where: str) -> None:
    """The sentence, the code, and a report that the person may read and keep."""
    code = logs.failure(error, where)
    versions = {name: importlib.metadata.version(name) for name in ("streamlit", "sqlite-utils", "babel")}
    st.error(
        t(
            "Something unexpected happened on this screen (code {code}). What was saved before is safe; "
            "the last click may not have been saved.",
            code=code,
        ),
        icon=":material/error:",
    )
    st.caption(
        t("The report below holds the code, versions and places in the program: no name, no amount. Nothing is sent.")
    )
    st.download_button(
        t("Build a report"),
        logs.report(error, code, where, versions),
        file_name=f"quittance-{code}.txt",
        mime="text/plain",
        on_click="ignore",
        key="failure_report",
    )
