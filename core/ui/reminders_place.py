"""The words of the reminders page and which of its views is open, kept in the address by its code. Runs nothing."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from core.i18n import Texts
from core.services import reminders, scenario_words
from core.services.context import Ctx
from core.services.reminder_lines import Line
from core.ui import doors

VIEW = "view"
COLUMNS = ("debtor", "step", "why", "next", "balance", "scenario", "chosen", "ref")
CHANNELS = ("letter", "formal_notice", "email", "sms", "call")


def view(ctx: Ctx, t: Texts) -> str:
    """The view chosen."""
    waits = len(reminders.waiting(ctx))
    names = {
        "today": t("Today's run"),
        "waiting": t("To validate ({n})", n=waits) if waits else t("To validate"),
        "runs": t("Runs"),
        "scenarios": t("Scenarios"),
    }
    asked = st.query_params.get(VIEW, "today")
    chosen = st.segmented_control(
        t("Show"),
        list(names),
        key="reminders_view",
        default=asked if asked in names else "today",
        required=True,
        format_func=lambda code: names[code],
        on_change=_keep,
        label_visibility="collapsed",
    )
    return str(chosen)


def _keep() -> None:
    st.query_params[VIEW] = st.session_state["reminders_view"]


def channel(t: Texts, code: str) -> str:
    """A channel of a step."""
    return {
        "letter": t("Letter"),
        "formal_notice": t("Formal notice"),
        "email": t("E-mail"),
        "sms": t("SMS"),
        "call": t("Call"),
    }.get(code, code)


def state(t: Texts, code: str) -> str:
    """What became of a step."""
    return {
        "done": t("done"),
        "waiting": t("waits for a word"),
        "doing": t("being done"),
        "refused": t("refused"),
        "skipped": t("skipped"),
        "dropped": t("dropped: paid, closed or paused meanwhile"),
    }.get(code, code)


def template(t: Texts, code: str) -> str:
    """A kind of text of a step."""
    return scenario_words.text(t, code)


def anchor(t: Texts, code: str) -> str:
    """The day a step counts from."""
    return {
        "placement": t("the placement"),
        "due_date": t("the oldest due date"),
        "first_letter": t("the posting of the first letter"),
        "previous": t("the step before, really done"),
        "promise": t("a promised payment"),
        "instalment": t("an instalment"),
    }.get(code, code)


def stop(t: Texts, code: str) -> str:
    """What keeps the steps of a case back."""
    return {
        "held": t("a stop of the case"),
        "promise": t("a promise awaited"),
        "reply": t("a reply not answered"),
        "proceeding": t("an open proceeding"),
        "time_barred": t("a debt past its last day to sue"),
    }.get(code, code)


def many(t: Texts, code: str, n: int) -> str:
    """So many of a channel."""
    return {
        "letter": t.n("{n} letter", "{n} letters", n),
        "formal_notice": t.n("{n} formal notice", "{n} formal notices", n),
        "email": t.n("{n} e-mail", "{n} e-mails", n),
        "sms": t.n("{n} SMS", "{n} SMS messages", n),
        "call": t.n("{n} call", "{n} calls", n),
    }[code]


def counted(t: Texts, counts: Mapping[str, int]) -> str:
    """Counts by channel in one line: “18 e-mails, 4 letters, 7 calls”."""
    return ", ".join(many(t, code, counts[code]) for code in CHANNELS if counts.get(code))


def table(t: Texts, lines: tuple[Line, ...], key: str, alt: str, *, later: bool = True) -> None:
    """Lines of a run, one a case; a click opens the case. `later`: with the day from which a line kept back may leave."""
    event = st.dataframe(
        [_line(t, line) for line in lines],
        key=key,
        hide_index=True,
        placeholder="—",
        on_select="rerun",
        selection_mode="single-cell",
        row_height=38,
        alt=alt,
        column_order=COLUMNS if later else tuple(name for name in COLUMNS if name != "next"),
        column_config={
            "debtor": st.column_config.TextColumn(t("Debtor"), width=165),
            "step": st.column_config.TextColumn(t("Step"), width=185),
            "why": st.column_config.TextColumn(t("Why"), width=245),
            "next": st.column_config.DateColumn(t("Possible from"), format="DD/MM/YYYY", width=110),
            "balance": st.column_config.NumberColumn(t("Balance"), format="euro", width=100),
            "scenario": st.column_config.TextColumn(t("Scenario"), width=170),
            "chosen": st.column_config.TextColumn(t("Why this scenario"), width=360),
            "ref": st.column_config.TextColumn(t("Case"), width=110),
        },
    )
    cells = event.selection.cells
    if cells:
        chosen = lines[int(cells[0][0])]
        st.session_state.pop(key, None)
        doors.go("case", t("Case {n}", n=chosen.case_id), id=str(chosen.case_id))


def _line(t: Texts, line: Line) -> dict[str, object]:
    return {
        "debtor": line.debtor,
        "step": f"{line.step.level % 100} · {template(t, line.step.template)}",
        "why": t.render(line.why),
        "next": line.next_on,
        "balance": line.balance / 100,
        "scenario": line.label.get(t.lang, line.label["fr"]),
        "chosen": t.render(line.chosen),
        "ref": line.ref,
    }
