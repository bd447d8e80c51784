"""Giving cases, many at once: a filter, a selection, a preview with the loads, then the named button. Chooses nobody."""

from __future__ import annotations

import streamlit as st

from core.domain.messages import Refusal
from core.domain.rights import Right
from core.i18n import Texts
from core.services import assignment, cases, team
from core.services.assignment import BY_RULES, NOBODY, Filter, Listed, Preview
from core.services.context import Ctx
from core.ui import fields, problems, session

SHOWN = 200  # lines of a selection on the screen: a preview counts them all


def show(ctx: Ctx, t: Texts) -> None:
    """The load of each, then the grouped giving for those who may."""
    people = {one.id: one.name for one in team.colleagues(ctx) if one.role in team.WORKERS}
    _loads(ctx, t, people)
    if not ctx.may(Right.ASSIGN):
        return
    st.subheader(t("Give several cases at once"), anchor=False)
    wanted = _filter(ctx, t, people)
    if wanted is None:
        return
    found = assignment.selection(ctx, wanted)
    if not found:
        st.info(t("No open case answers this filter. Widen it above."), icon=":material/filter_alt_off:")
        return
    chosen = _selection(t, found)
    names = {BY_RULES: t("As the rules say"), NOBODY: t("Nobody"), **people}
    to = st.selectbox(t("To whom"), list(names), format_func=lambda one: names[one], key="assign_to", width=420)
    shown = assignment.preview(ctx, chosen, to)
    _preview(t, shown)
    _give(ctx, t, shown)


def _loads(ctx: Ctx, t: Texts, people: dict[int, str]) -> None:
    """Who works how many open cases today, covered ones included."""
    count = team.open_cases(ctx)
    st.dataframe(
        [{"name": name, "cases": count.get(user, 0)} for user, name in people.items()],
        hide_index=True,
        key="team_loads",
        alt=t("Open cases of each colleague today"),
        width="content",
        column_config={
            "name": st.column_config.TextColumn(t("Colleague"), width=190),
            "cases": st.column_config.NumberColumn(t("Open cases today"), width=145,
                help=t("Those that they cover for somebody absent included.")),
        },
    )  # fmt: skip


def _filter(ctx: Ctx, t: Texts, people: dict[int, str]) -> Filter | None:
    """Which cases; None while an amount cannot be read."""
    owners, label = dict(cases.creditor_choices(ctx)), {"least": t("Balance from"), "most": t("Balance up to")}
    whose = {NOBODY: t("Nobody's"), **people}
    with st.container(horizontal=True, gap="small", vertical_alignment="bottom", key="assign_filter"):
        creditor = st.selectbox(
            t("Creditor"),
            [None, *owners],
            key="assign_creditor",
            width=220,
            format_func=lambda c: owners[c] if c else t("All creditors"),
        )
        collector = st.selectbox(
            t("Assigned to"),
            [None, *whose],
            key="assign_from",
            width=220,
            format_func=lambda c: t("Everybody's cases") if c is None else whose[c],
        )
        postcode = st.text_input(t("Postcode (start)"), key="assign_postcode", width=160, autocomplete="off")
        least, most = (fields.money(label[key], f"assign_{key}", placeholder="—") for key in ("least", "most"))
    try:
        low, high = (
            fields.cents_or_zero(text, key) if text.strip() else None
            for text, key in ((least, "least"), (most, "most"))
        )
    except Refusal as refusal:
        problems.show(t, refusal, label)
        return None
    return Filter(creditor, collector, postcode.strip(), low, high)


def _selection(t: Texts, found: tuple[Listed, ...]) -> list[int]:
    """The lines ticked, or all that the filter keeps."""
    event = st.dataframe(
        [
            {"ref": one.ref, "debtor": one.debtor, "creditor": one.creditor, "postcode": one.postcode, "balance": one.balance / 100,
             "collector": one.collector or t("Nobody")}
            for one in found[:SHOWN]
        ],
        hide_index=True,
        key="assign_table",
        height=320,
        on_select="rerun",
        selection_mode="multi-row",
        alt=t("The cases that the filter keeps, one a line"),
        column_config={
            "ref": st.column_config.TextColumn(t("Case"), width=110),
            "debtor": st.column_config.TextColumn(t("Debtor"), width=190),
            "creditor": st.column_config.TextColumn(t("Creditor"), width=190),
            "postcode": st.column_config.TextColumn(t("Postcode"), width=90),
            "balance": st.column_config.NumberColumn(t("Balance"), format="euro", width=110),
            "collector": st.column_config.TextColumn(t("Assigned to"), width=170),
        },
    )  # fmt: skip
    rows = event.selection.rows
    if rows:
        st.caption(t.n("{n} case ticked", "{n} cases ticked", len(rows)))
        return [found[row].id for row in rows]
    st.caption(
        t.n(
            "No line ticked: {n} case of the filter is meant.",
            "No line ticked: all {n} cases of the filter are meant.",
            len(found),
        )
    )
    return [one.id for one in found]


def _preview(t: Texts, shown: Preview) -> None:
    """How many change hands, whose, the loads before and after, and why for each."""
    st.markdown(
        f"**{t('Before giving')}** · {t.n('{n} case changes hands', '{n} cases change hands', len(shown.moves))} · "
        f"{t.n('{n} stays', '{n} stay', len(shown.stay))}"
    )
    if shown.loads:
        st.dataframe(
            [{"name": one.name, "before": one.before, "after": one.after} for one in shown.loads],
            hide_index=True,
            key="assign_loads",
            width="content",
            alt=t("Load of each colleague before and after"),
            column_config={
                "name": st.column_config.TextColumn(t("Colleague"), width=180),
                "before": st.column_config.NumberColumn(t("Before"), width=80),
                "after": st.column_config.NumberColumn(t("After"), width=80),
            },
        )
    lines = [
        {"ref": one.case.ref, "from": one.case.collector or t("Nobody"), "to": one.name or t("Nobody"), "why": t.render(one.why)}
        for one in shown.moves[:SHOWN]
    ]  # fmt: skip
    lines += [
        {"ref": case.ref, "from": case.collector or t("Nobody"), "to": t("stays"), "why": t.render(why)}
        for case, why in shown.stay[: SHOWN - len(lines)]
    ]
    with st.expander(t("Case by case"), key="assign_each"):
        st.dataframe(
            lines,
            hide_index=True,
            key="assign_lines",
            alt=t("Each case, who had it, who gets it and why"),
            column_config={
                "ref": st.column_config.TextColumn(t("Case"), width=110),
                "from": st.column_config.TextColumn(t("From whom"), width=150),
                "to": st.column_config.TextColumn(t("To whom"), width=150),
                "why": st.column_config.TextColumn(t("Why"), width=480),
            },
        )


def _give(ctx: Ctx, t: Texts, shown: Preview) -> None:
    """The named button; each case gets its line of the journal."""
    reason = st.text_input(t("Reason (told in the journal of each case)"), key="assign_reason", width=520)
    words = t.n("Give {n} case", "Give {n} cases", len(shown.moves))
    if st.button(words, type="primary", key="assign_do", disabled=not shown.moves):
        with problems.told(t):
            moved = assignment.apply(ctx, shown.moves, reason, session.token("assign"))
            session.spend("assign")
            session.say(t.n("Done; {n} case changed hands.", "Done; {n} cases changed hands.", moved))
            st.rerun()
