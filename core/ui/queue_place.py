"""Where one stands in the queue: tab, page, creditor, colleague, kept in the address as identifiers. Reads no case."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import streamlit as st

from core.i18n import Texts
from core.services import cases, team
from core.services.cases import Counters
from core.services.context import Ctx
from core.services.neighbours import Place

TAB, PAGE, CREDITOR, COLLECTOR = "tab", "p", "creditor", "collector"


def asked() -> Place:
    """The tab and the filters that the address names, for a screen that follows the order of the queue."""
    given = st.query_params.get(TAB, "todo")
    return Place(given if given in cases.TABS else "todo", _number(CREDITOR), _number(COLLECTOR))


def address() -> dict[str, str]:
    """The same for a link to a case; nothing but identifiers, and only what is not the default."""
    return {name: st.query_params[name] for name in (TAB, CREDITOR, COLLECTOR) if st.query_params.get(name)}


def _number(name: str) -> int | None:
    text = st.query_params.get(name, "")
    return int(text) if text.isdigit() else None


def place() -> tuple[str, int]:
    """Tab and page, from the address."""
    tab = st.session_state.get(TAB) or st.query_params.get(TAB, "todo")
    page = st.session_state.get(PAGE) or st.query_params.get(PAGE, "1")
    return (tab if tab in cases.TABS else "todo"), (int(page) if str(page).isdigit() else 1)


def filters(ctx: Ctx, t: Texts) -> tuple[int | None, int | None]:
    """The creditor and the colleague chosen, None for all."""
    with st.container(horizontal=True, gap="small", key="queue_filters"):
        return _creditor(ctx, t), _collector(ctx, t)


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


def _chosen(name: str, label: str, names: Mapping[int, str], shown: Callable[[int | None], str]) -> int | None:
    """A filter whose number stands in the address."""
    asked = st.query_params.get(name, "")
    options = [None, *names]
    wanted = int(asked) if asked.isdigit() and int(asked) in names else None
    chosen = st.selectbox(
        label,
        options,
        index=options.index(wanted),
        key=name,
        format_func=shown,
        label_visibility="collapsed",
        on_change=_first_page,
        width=300,
    )
    _keep(name, str(chosen) if chosen else "")
    return chosen


def tabs(t: Texts, count: Counters, tab: str) -> None:
    """The tabs of the queue, each with its number."""
    names = {
        "todo": t("To do ({n})", n=t.number(count.todo)),
        "planned": t("Planned ({n})", n=t.number(count.planned)),
        "promises": t("Promises"),
        "held": t("Held ({n})", n=t.number(count.held)),
        "deadlines": t("Deadlines ({n})", n=t.number(count.deadlines)),
        "limitation": t("Limitation ({n})", n=t.number(count.limitation)),
        "all": t("All open ({n})", n=t.number(count.open)),
        "closed": t("Closed ({n})", n=t.number(count.closed)),
    }
    st.segmented_control(
        t("Tab"),
        list(cases.TABS),
        key=TAB,
        default=tab,
        required=True,
        format_func=lambda code: names[code],
        label_visibility="collapsed",
        on_change=_first_page,
    )
    _keep(TAB, tab if tab != "todo" else "")


def _keep(name: str, value: str) -> None:
    """The address says where one is, in identifiers only."""
    if value:
        st.query_params[name] = value
    elif name in st.query_params:
        del st.query_params[name]


def _first_page() -> None:
    st.session_state.pop(PAGE, None)
