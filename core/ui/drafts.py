"""Forms over a kept row: keys that keep what is typed, the version the person opened, fresh keys once it is saved. Saves nothing."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import streamlit as st

from core.domain.messages import Refusal
from core.i18n import Texts
from core.ui import problems
from core.ui.text import plain


@dataclass(frozen=True, slots=True)
class Draft:
    """One form being typed in; `version` is the row version it was opened at."""

    form: str
    turn: int
    version: int

    def key(self, field: str) -> str:
        """The key of a field's widget, the same until the form is saved."""
        return f"{self.form}_{self.turn}_{field}"


def draft(form: str, row_version: int, probe: str) -> Draft:
    """The form as it stands; `probe` is a field drawn on every run: without it on screen the form opens anew."""
    turn = int(st.session_state.get(f"turn_{form}", 0))
    opened = f"opened_{form}"
    if f"{form}_{turn}_{probe}" not in st.session_state or opened not in st.session_state:
        st.session_state[opened] = row_version
    return Draft(form, turn, int(st.session_state[opened]))


def saved(one: Draft) -> None:
    """The form went through: it shows what is kept from now on."""
    st.session_state[f"turn_{one.form}"] = one.turn + 1


@contextlib.contextmanager
def kept(token: str, *fields: str, shown: Mapping[str, object] | None = None) -> Iterator[None]:
    """Around widgets whose keys are `field_token`: what was typed in them comes back after another panel, case or page.

    The click that leaves them arrives in one message with what was typed last: `gather` reads it before the next screen. `shown` are the
    values that fields begin with: one that nobody touched follows when they change.
    """
    memory = st.session_state.setdefault(f"kept_{token}", {})
    before = st.session_state.setdefault(f"shown_{token}", {})
    for field, value in (shown or {}).items():
        key = f"{field}_{token}"
        if key in before and before[key] not in (value, None) and memory.get(key) == before[key]:
            memory.pop(key)
        before[key] = value
    for key, value in memory.items():
        st.session_state.setdefault(key, value)
    yield
    drawn = (f"{field}_{token}" for field in fields)
    memory.update({key: st.session_state[key] for key in drawn if key in st.session_state})


def gather() -> None:
    """At the start of a run, while the widgets of the one before are still known: remember what stands in those to keep."""
    for name in [str(key) for key in st.session_state if str(key).startswith("kept_")]:
        memory = st.session_state[name]
        memory.update({key: st.session_state[key] for key in memory if key in st.session_state})


def forget(token: str) -> None:
    """What was typed under a token is saved: nothing of it comes back."""
    for name in (f"kept_{token}", f"shown_{token}"):
        st.session_state.pop(name, None)


@contextlib.contextmanager
def told(
    t: Texts, one: Draft, labels: Mapping[str, str], theirs: Mapping[str, str], row_version: int
) -> Iterator[None]:
    """Run a saving command; refusals go to their fields. Where another person saved meanwhile, show what differs (`theirs`)
    and let the next click save over it knowingly.
    """
    try:
        yield
    except Refusal as refusal:
        problems.show(t, refusal, labels)
        if any(problem.code == "changed-meanwhile" for problem in refusal.problems):
            for field, value in theirs.items():
                st.caption(
                    t("Now kept — {field}: {value}", field=labels.get(field, field), value=plain(value) or t("(empty)"))
                )
            st.session_state[f"opened_{one.form}"] = row_version


def differing(typed: Mapping[str, object], kept: Mapping[str, object]) -> dict[str, str]:
    """What is kept, for the fields where it is not what was typed."""
    return {field: shown(kept.get(field)) for field, value in typed.items() if shown(value) != shown(kept.get(field))}


def shown(value: object) -> str:
    """A kept or typed value as comparable text; nothing, false and zero versions of nothing are empty."""
    return "" if value is None or value is False else str(value)
