"""Where one stands in the queue: tab, filters, place, kept in the address as identifiers and codes. Reads no case."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from typing import TypeVar, cast

import streamlit as st

from core.domain.ageing import WORDS
from core.domain.rights import Right
from core.i18n import Texts
from core.services import cases, team
from core.services.cases import Asked, Counters, QueuePage
from core.services.context import Ctx
from core.ui import doors

K = TypeVar("K", bound=Hashable)
TAB, CREDITOR, COLLECTOR, AGE, STATE, CHANNEL = "tab", "creditor", "collector", "age", "state", "channel"
LEAST, MOST = "least", "most"  # whole euros in the address and the fields
AFTER, BEFORE = "after", "before"
EVERY = ""  # of a filter that lets all through
FIELDS = (TAB, CREDITOR, COLLECTOR, AGE, STATE, CHANNEL, LEAST, MOST)


def opened() -> Asked:
    """The tab and the filters that the address names, for a screen that follows the order of the queue."""
    given = {name: st.query_params.get(name, "") for name in (TAB, AGE, STATE, CHANNEL)}
    known = {TAB: cases.TABS, AGE: cases.AGES, STATE: cases.STATES, CHANNEL: cases.CHANNELS}
    tab, age, state, channel = (given[name] if given[name] in known[name] else "" for name in given)
    least, most = (None if euros is None else euros * 100 for euros in (_number(LEAST), _number(MOST)))
    return Asked(tab or "todo", _number(CREDITOR), _number(COLLECTOR), age, state, channel, least, most)


def address() -> dict[str, str]:
    """The same for a link to a case; nothing but identifiers and codes, and only what is not the default."""
    return {name: st.query_params[name] for name in FIELDS if st.query_params.get(name)}


def place() -> str:
    """The tab, from the address."""
    tab = st.session_state.get(TAB) or st.query_params.get(TAB, "todo")
    return tab if tab in cases.TABS else "todo"


def asked(ctx: Ctx, t: Texts) -> Asked:
    """What the filters and the address ask for."""
    creditor, collector = _creditor(ctx, t), _collector(ctx, t)
    age, state, channel, least, most = _more(t)
    return Asked(
        place(), creditor, collector, age, state, channel, least, most, after=_number(AFTER), before=_number(BEFORE)
    )


def _creditor(ctx: Ctx, t: Texts) -> int | None:
    names = dict(cases.creditor_choices(ctx))
    if len(names) < 2:
        return None
    return _chosen(CREDITOR, t("Creditor"), names, lambda c: names.get(c, "") if c is not None else t("All creditors"))


def _collector(ctx: Ctx, t: Texts) -> int | None:
    """Mine first; only where there is more than one person."""
    people = {c.id: c.name for c in team.colleagues(ctx)}
    if len(people) < 2:
        return None
    mine = {ctx.user.id: t("My cases")} if ctx.user.id in people else {}
    names = {**mine, **{k: name for k, name in people.items() if k not in mine}}
    return _chosen(
        COLLECTOR, t("Assigned to"), names, lambda c: names.get(c, "") if c is not None else t("Everybody's cases")
    )


def _more(t: Texts) -> tuple[str, str, str, int | None, int | None]:
    """The other filters, behind a button that says how many are set."""
    count = sum(bool(st.session_state.get(name, st.query_params.get(name))) for name in FIELDS[3:])
    label = t("Filters ({n})", n=count) if count else t("Filters")
    with st.popover(label, icon=":material/filter_list:", key="queue_more"):
        age = _coded(AGE, t("Oldest unpaid sum"), {k: t.render(WORDS[k]) for k in cases.AGES}, t("Any age"))
        state = _coded(STATE, t("Next action or stop"), states(t), t("Any"))
        channel = _coded(CHANNEL, t("How to reach the debtor"), channels(t), t("Any way"))
        least = _amount(LEAST, t("Balance from (€)"))
        most = _amount(MOST, t("Balance up to (€)"))
    return age, state, channel, least, most


def states(t: Texts) -> dict[str, str]:
    """Where a case stands, in words."""
    return {
        "late": t("Late"),
        "today": t("Due today"),
        "coming": t("To come"),
        "held": t("Stopped"),
        "free": t("Not stopped"),
    }


def channels(t: Texts) -> dict[str, str]:
    """How a debtor can be reached, in words."""
    return {
        "phone": t("By telephone"),
        "email": t("By e-mail"),
        "address": t("By post"),
        "none": t("No way known"),
    }


def _coded(name: str, label: str, words: Mapping[str, str], every: str) -> str:
    return _chosen(name, label, words, lambda c: words[c] if c else every, shown=True) or ""


def _amount(name: str, label: str) -> int | None:
    """Cents of a whole number of euros, None when empty."""
    st.session_state.setdefault(name, _number(name))
    found = st.number_input(label, min_value=0, step=50, key=name, on_change=first_page, placeholder="—")
    _keep(name, "" if found is None else str(found))
    return None if found is None else int(found) * 100


def _chosen(
    name: str, label: str, names: Mapping[K, str], words: Callable[[K | None], str], *, shown: bool = False
) -> K | None:
    """A filter whose number or code stands in the address; the empty text stands for all."""
    given = st.query_params.get(name, "")
    if st.session_state.get(name) not in (EVERY, *names):
        st.session_state[name] = next((key for key in names if str(key) == given), EVERY)
    options: list[K | str] = [EVERY, *names]
    chosen = st.selectbox(
        label,
        options,
        key=name,
        format_func=lambda key: words(None if key == EVERY else cast("K", key)),
        label_visibility="visible" if shown else "collapsed",
        on_change=first_page,
        width=300,
    )
    _keep(name, str(chosen) if chosen else "")
    return None if chosen is None or chosen == EVERY else cast("K", chosen)


def tabs(t: Texts, count: Counters, tab: str) -> None:
    """The tabs of the queue, each with its number."""
    names = {
        "todo": t("To do ({n})", n=t.number(count.todo)),
        "replies": t("Replies ({n})", n=t.number(count.replies)),
        "promises": t("Promises and plans ({n})", n=t.number(count.promises)),
        "disputes": t("Disputes ({n})", n=t.number(count.disputes)),
        "deadlines": t("Deadlines ({n})", n=t.number(count.deadlines)),
        "alerts": t("Alerts ({n})", n=t.number(count.alerts)),
        "limitation": t("Limitation ({n})", n=t.number(count.limitation)),
        "held": t("Held ({n})", n=t.number(count.held)),
        "planned": t("Planned ({n})", n=t.number(count.planned)),
        "skipped": t("Set aside ({n})", n=t.number(count.skipped)),
        "all": t("All open ({n})", n=t.number(count.open)),
        "closed": t("Closed ({n})", n=t.number(count.closed)),
    }
    st.session_state.setdefault(TAB, tab)
    st.segmented_control(
        t("Tab"),
        list(cases.TABS),
        key=TAB,
        required=True,
        format_func=lambda code: names[code],
        label_visibility="collapsed",
        on_change=first_page,
    )
    _keep(TAB, tab if tab != "todo" else "")


def grouped(ctx: Ctx, t: Texts) -> None:
    """For who may: the way to act on all the cases of this tab and these filters."""
    if ctx.may(Right.STEER):
        doors.link("grouped", t("Act on these cases"), ":material/checklist:", **address())


def steps(t: Texts, shown: QueuePage) -> None:
    """To the next and the previous page: each starts from a case, so that the last is as quick as the first."""
    if shown.after is None and shown.before is None and not (_number(AFTER) or _number(BEFORE)):
        return
    with st.container(horizontal=True, gap="small", key="queue_steps"):
        st.button(t("First page"), key="queue_start", icon=":material/first_page:", on_click=first_page,
                  disabled=not (_number(AFTER) or _number(BEFORE)))  # fmt: skip
        _step(t("Previous page"), "queue_back", ":material/chevron_left:", BEFORE, shown.before)
        _step(t("Next page"), "queue_next", ":material/chevron_right:", AFTER, shown.after)


def _step(label: str, key: str, icon: str, name: str, case_id: int | None) -> None:
    st.button(label, key=key, icon=icon, on_click=_go, args=(name, case_id), disabled=case_id is None)


def _go(name: str, case_id: int) -> None:
    first_page()
    st.query_params[name] = str(case_id)


def apply(one: Asked) -> None:
    """In a callback: the filters of a view."""
    first_page()
    euros = {LEAST: one.least, MOST: one.most}
    values: dict[str, str | int | None] = {
        TAB: one.tab, CREDITOR: one.creditor or EVERY, COLLECTOR: one.collector or EVERY, AGE: one.age, STATE: one.state,
        CHANNEL: one.channel, **{name: None if cents is None else cents // 100 for name, cents in euros.items()},
    }  # fmt: skip
    for name, value in values.items():
        st.session_state[name] = value
        _keep(name, "" if value is None else str(value))


def first_page() -> None:
    """Back to where the order begins."""
    for name in (AFTER, BEFORE):
        _keep(name, "")


def _number(name: str) -> int | None:
    given = st.query_params.get(name, "")
    return int(given) if given.isdigit() and len(given) < 16 else None


def _keep(name: str, value: str) -> None:
    """The address says where one is, in identifiers and codes only."""
    if value:
        st.query_params[name] = value
    elif name in st.query_params:
        del st.query_params[name]
