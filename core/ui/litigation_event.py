"""The form of an event: the day, who, the facts and documents that its step asks for, nothing else. Decides nothing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from functools import partial

import streamlit as st

from core.domain.procedure import BEFORE
from core.i18n import Texts
from core.services import proceedings
from core.services.context import Ctx
from core.services.proceedings import Due, Event, EventEntry, File, Step
from core.ui import fields, litigation_words, problems, session

Typed = Mapping[str, str | dt.date | None]


def record(ctx: Ctx, t: Texts, file: File) -> None:
    """Choose a step that is possible now, then give what it needs."""
    ready = {option.step.key: option.step for option in file.state.options if option.ready}
    if not ready:
        st.caption(t("Nothing can be recorded today: see what is missing above."))
        return
    form = f"event_{file.head.id}"
    chosen = st.selectbox(
        t("Event to record"),
        list(ready),
        format_func=lambda key: ready[key].label.of(t.lang),
        key=f"step_{file.head.id}",
    )
    step = ready[chosen]
    token = session.token(form)
    if step.reserved:
        st.caption(t("Done by its actor, not by the agency: it is recorded here with its evidence."))
    if step.caution:
        st.warning(litigation_words.remark(t, step.caution), icon=":material/info:")
    with st.form(f"form_{form}_{chosen}", border=True):
        entry = partial(_entry, file, step, *_asked(ctx, t, file, step, f"{token}_{chosen}", None))
        sent = st.form_submit_button(
            t("Record the event"), type="primary", key=f"record_{form}", icon=":material/save:"
        )
    if sent:
        with problems.told(t, _names(t, file)):
            done = proceedings.record_event(ctx, file.head.id, entry(), token)
            session.spend(form)
            _say(ctx, t, file, done)
            st.rerun()


def correct(ctx: Ctx, t: Texts, file: File, event: Event) -> None:
    """The same form over an event already recorded, and the way to take it back."""
    step = file.state.procedure.steps[event.kind]
    form = f"correct_{event.id}"
    token = session.token(form)
    st.caption(t("The first entry stays in the file, struck through; this one replaces it."))
    with st.form(f"form_{form}", border=False):
        entry = partial(_entry, file, step, *_asked(ctx, t, file, step, token, event))
        sent = st.form_submit_button(t("Correct"), type="primary", key=f"do_{form}")
    taken = st.button(t("Take back: it did not happen"), key=f"back_{form}", icon=":material/undo:")
    if sent or taken:
        with problems.told(t, _names(t, file)):
            done = proceedings.correct_event(ctx, event.id, entry() if sent else None, token)
            session.spend(form)
            _say(ctx, t, file, done)
            st.rerun()


def _say(ctx: Ctx, t: Texts, file: File, done: proceedings.Recorded) -> None:
    if done.outcome:
        session.say(
            t("Recorded. The proceeding has ended: {outcome}.", outcome=litigation_words.outcome(t, done.outcome))
        )
    elif done.next_on:
        session.say(_next_day(ctx, t, file, done.next_on))
    else:
        session.say(t("Recorded."))


def _next_day(ctx: Ctx, t: Texts, file: File, next_on: str) -> str:
    """The day with the time limit that ends, or may be acted upon, on it."""
    day = t.date(next_on)
    for due in proceedings.proceeding_file(ctx, file.head.id).state.dues:
        if due.met_on is None and max(_acted(due), ctx.today).isoformat() == next_on:
            return t("Recorded. Next: {limit}, {day}.", limit=due.limit.label.of(t.lang), day=day)
    return t("Recorded. Next day to look at the case: {day}.", day=day)


def _acted(due: Due) -> dt.date:
    """The day to act upon, with its margin, or the first day allowed."""
    return due.counted.safe if due.limit.direction == BEFORE else due.counted.legal


def _asked(
    ctx: Ctx, t: Texts, file: File, step: Step, key: str, old: Event | None
) -> tuple[dt.date | None, str, Typed, tuple[str, ...], str]:
    """Day, actor, facts, documents and their reference, as typed."""
    procedure = file.state.procedure
    who = step.who(file.head.court)
    day = fields.day(
        procedure.facts[step.gives].label.of(t.lang) if step.gives else t("Day"),
        f"day_{key}",
        value=old.on if old else None,
        latest=ctx.today,
    )
    by = st.selectbox(
        t("By whom"),
        who,
        key=f"by_{key}",
        index=who.index(old.by) if old and old.by in who else 0,
        format_func=lambda code: litigation_words.actor(t, code),
    )
    typed = {name: _fact(t, file, name, key, old) for name in step.asks}
    power_held = bool(file.instruction.facts.get("special_power_on"))
    wanted = [*step.documents, *([step.power[1]] if step.power and not power_held else [])]
    held = tuple(
        name
        for name in wanted
        if st.checkbox(
            procedure.documents[name].of(t.lang),
            value=bool(old and name in old.documents),
            key=f"doc_{name}_{key}",
        )
    )
    evidence = (
        st.text_input(
            t("Reference of the evidence"), key=f"evidence_{key}", placeholder=t("Number, date, where it is kept")
        )
        if wanted
        else ""
    )
    return day, by or "", typed, held, evidence


def _fact(t: Texts, file: File, name: str, key: str, old: Event | None) -> str | dt.date | None:
    fact = file.state.procedure.facts[name]
    label, widget = fact.label.of(t.lang), f"fact_{name}_{key}"
    kept = old.facts.get(name) if old else None
    if fact.kind == "date":
        return fields.day(label, widget, value=dt.date.fromisoformat(str(kept)) if kept else None)
    if fact.kind == "choice":
        choices = list(fact.choices)
        return st.selectbox(
            label,
            choices,
            key=widget,
            index=choices.index(str(kept)) if kept in choices else None,
            placeholder=t("Choose"),
            format_func=lambda code: fact.choices[code].of(t.lang),
        )
    if fact.kind == "money":
        return fields.money(label, widget, value=fields.euros(kept) if isinstance(kept, int) else "")
    return st.text_input(label, key=widget, value=str(kept or ""))


def _entry(
    file: File,
    step: Step,
    day: dt.date | None,
    by: str,
    typed: Typed,
    held: tuple[str, ...],
    evidence: str,
) -> EventEntry:
    """The event as the service takes it; raises Refusal on an amount that cannot be read."""
    facts = {name: _value(file, name, value) for name, value in typed.items() if value not in (None, "")}
    return EventEntry(step.key, day, by, facts, held, evidence)


def _value(file: File, name: str, value: str | dt.date | None) -> str | int:
    if file.state.procedure.facts[name].kind == "money":
        return fields.cents_or_zero(str(value), name)
    return value.isoformat() if isinstance(value, dt.date) else str(value)


def _names(t: Texts, file: File) -> dict[str, str]:
    """The words for the fields of any step."""
    procedure = file.state.procedure
    return {
        "happened_on": t("Day"),
        "by": t("By whom"),
        "evidence": t("Reference of the evidence"),
        "kind": t("Event to record"),
        **{key: fact.label.of(t.lang) for key, fact in procedure.facts.items()},
        **{key: words.of(t.lang) for key, words in procedure.documents.items()},
    }
