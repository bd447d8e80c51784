"""A lead's forms on the law: the next value, a correction or confirmation, a check, a withdrawal. Judges nothing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

import streamlit as st

from core.domain import law_additions
from core.domain.law_additions import Addition
from core.domain.law_values import Bands, BandSeries, Dated, Knowledge, Series
from core.i18n import Texts
from core.services import law_entries
from core.services.context import Ctx
from core.services.law import LawView, ValueView
from core.services.law_entries import Entry
from core.ui import fields, law_fields, law_words, problems, session

ACTS = ("next", "correct", "checked", "withdraw")


def show(ctx: Ctx, t: Texts, law: LawView, code: str) -> None:
    """The forms of a family, for those who may change it."""
    views = dict(law.groups).get(code, ())
    if not law.may_edit or not views:
        return
    st.subheader(t("Bring up to date"), anchor=False)
    st.caption(
        t(
            "No update of the program is needed: what you enter applies at once, and stays with your name, the day and the source."
        )
    )
    sets = _together(views)
    names = {key: " / ".join(law_words.name(t, one.series) for one in members) for key, members in sets.items()}
    acts = {
        "next": t("Enter the next value"),
        "correct": t("Correct or confirm"),
        "checked": t("Looked again, nothing changed"),
        "withdraw": t("Withdraw an addition"),
    }
    urgent = next((n for n, key in enumerate(sets) if any(one in law.alerts for one in sets[key])), 0)
    chosen = str(
        st.selectbox(
            t("Which value"),
            list(sets),
            index=urgent,
            key=f"law_which_{code}",
            format_func=lambda key: names[key],
            width=law_fields.WIDE,
        )
    )
    act = str(
        st.segmented_control(
            t("What you want to enter"),
            ACTS,
            key="law_act",
            default="next",
            required=True,
            format_func=lambda a: acts[a],
        )
    )
    {"next": _next, "correct": _correct, "checked": _checked, "withdraw": _withdraw}[act](ctx, t, sets[chosen])


def _together(views: tuple[ValueView, ...]) -> dict[str, tuple[ValueView, ...]]:
    """Values that one text fixes are entered in one form."""
    found: dict[str, tuple[ValueView, ...]] = {}
    for view in views:
        name = view.series.together or view.key
        found[name] = (*found.get(name, ()), view)
    return found


def _labels(t: Texts, views: tuple[ValueView, ...]) -> dict[str, str]:
    """The fields of the forms, by the names that refusals use."""
    own = {f"{view.key}.value": law_words.name(t, view.series) for view in views}
    return {
        "from": t("First day"),
        "to": t("Last day"),
        "source": t("Source: the text that fixes it, its date, its Journal officiel"),
        "trust": t("What you read"),
        "link": t("Address of the page (optional)"),
        "on": t("Looked at on"),
        "version": t("Addition"),
        "reason": t("Why it is withdrawn"),
        "value": law_words.name(t, views[0].series),
        "confirmed": t("Confirmation"),
        **own,
    }


@dataclass(frozen=True, slots=True)
class _Values:
    """A form that enters figures: its name, its mark in keys, what it opens on, its days, its button, its service, what is said then."""

    name: str
    mark: str
    before: tuple[Dated | Bands, ...]
    filled: bool
    days: Callable[[str, dict[str, str]], tuple[dt.date | None, dt.date | None]]
    button: str
    save: Callable[[Ctx, tuple[Entry, ...], str, bool], None]
    done: Callable[[dt.date | None], str]


def _next(ctx: Ctx, t: Texts, views: tuple[ValueView, ...]) -> None:
    first = views[0].series
    before = tuple(view.series.values[-1] for view in views)
    form = _Values(
        "law_next",
        first.key,
        before,
        filled=False,
        days=lambda mark, labels: _days(t, first, mark, labels),
        button=t("Enter this value"),
        save=law_entries.add_values,
        done=lambda start: t("The value is entered and applies from {day}.", day=start),
    )
    _enter(ctx, t, views, form)


def _days(
    t: Texts, series: Series | BandSeries, mark: str, labels: dict[str, str]
) -> tuple[dt.date | None, dt.date | None]:
    """The first day of the next value, and its last where the law announces periods."""
    due = law_additions.next_period(series)
    with st.container(horizontal=True, gap="small"):
        start = fields.day(labels["from"], f"law_from_{mark}", value=due[0] if due else None)
        if series.knowledge is Knowledge.CHECKED:
            return start, None
        label = labels["to"] if due else t("Last day (empty: until it changes)")
        return start, fields.day(label, f"law_to_{mark}", value=due[1] if due else None)


def _correct(ctx: Ctx, t: Texts, views: tuple[ValueView, ...]) -> None:
    first = views[0].series
    versions: tuple[Dated | Bands, ...] = first.values
    which = st.selectbox(
        t("Value to correct or to confirm"),
        [one.start for one in reversed(versions)],
        key=f"law_start_{first.key}",
        format_func=lambda day: law_words.dates(t, _of(first, day)),
        width=law_fields.WIDE,
    )
    st.caption(t("The same figure with a better source confirms it. The dates stay as they are."))
    form = _Values(
        "law_correct",
        f"{first.key}_{which}",
        tuple(_of(view.series, which) for view in views),
        filled=True,
        days=lambda _mark, _labels: (which, None),
        button=t("Save the correction"),
        save=law_entries.correct_values,
        done=lambda start: t("The value from {day} on is corrected.", day=start),
    )
    _enter(ctx, t, views, form)


def _enter(ctx: Ctx, t: Texts, views: tuple[ValueView, ...], form: _Values) -> None:
    """The figures, the days, the proof; then the service of the form."""
    token, labels = session.token(form.name), _labels(t, views)
    mark = f"{form.mark}_{token}"
    with st.form(f"{form.name}_{views[0].key}", border=True):
        typed = [
            law_fields.figure(t, view, before, mark, labels, filled=form.filled)
            for view, before in zip(views, form.before, strict=True)
        ]
        start, end = form.days(mark, labels)
        source, trust, link = law_fields.proof(t, labels, mark)
        sent = st.form_submit_button(form.button, type="primary", key=f"{form.name}_save")
    confirmed = law_fields.confirmed(t, mark)
    if sent:
        entries = tuple(
            Entry(view.key, Addition(start, end, value, source, trust, link, bands), view.version)
            for view, (value, bands) in zip(views, typed, strict=True)
        )
        with problems.told(t, labels), law_fields.asks(t, mark):
            form.save(ctx, entries, token, confirmed)
            _done(form.done(start), form.name)


def _of(series: Series | BandSeries, start: dt.date) -> Dated | Bands:
    return next((one for one in series.values if one.start == start), series.values[-1])


def _checked(ctx: Ctx, t: Texts, views: tuple[ValueView, ...]) -> None:
    token, labels = session.token("law_checked"), _labels(t, views)
    mark = f"{views[0].key}_{token}"
    with st.form(f"law_checked_{views[0].key}", border=True):
        on = fields.day(labels["on"], f"law_on_{mark}", value=ctx.today, latest=ctx.today)
        source = st.text_input(
            t("Where you looked"),
            key=f"law_where_{mark}",
            placeholder=views[0].series.link,
            autocomplete="off",
            width=law_fields.WIDE,
        )
        sent = st.form_submit_button(t("Nothing has changed"), type="primary", key="law_checked_save")
    if sent:
        with problems.told(t, {**labels, "source": t("Where you looked")}):
            keys = {view.key: view.version for view in views}
            law_entries.looked_again(ctx, keys, on or ctx.today, source, token)
            _done(t("Noted: nothing had changed on {day}.", day=on or ctx.today), "law_checked")


def _withdraw(ctx: Ctx, t: Texts, views: tuple[ValueView, ...]) -> None:
    choices = {
        (view.key, one.version): (view, one)
        for view in views
        for one in reversed(view.additions)
        if not one.withdrawn and one.act != "withdrawn"
    }
    if not choices:
        st.info(
            t("Nothing was added here: what the program ships cannot be withdrawn, only corrected."),
            icon=":material/info:",
        )
        return
    token, labels = session.token("law_withdraw"), _labels(t, views)
    words = {
        pick: " · ".join(
            (law_words.name(t, view.series), t("from {day} on", day=one.start) if one.start else t("check"), one.source)
        )
        for pick, (view, one) in choices.items()
    }
    with st.form(f"law_withdraw_{views[0].key}", border=True):
        pick = st.selectbox(labels["version"], list(choices), key=f"law_pick_{token}", format_func=lambda p: words[p])
        reason = st.text_input(labels["reason"], key=f"law_reason_{token}", autocomplete="off", width=law_fields.WIDE)
        sent = st.form_submit_button(t("Withdraw it"), type="primary", key="law_withdraw_save")
    if sent:
        view, one = choices[pick]
        with problems.told(t, labels):
            law_entries.withdraw(ctx, view.key, one.version, view.version, reason, token)
            _done(t("Withdrawn; what was there before applies again."), "law_withdraw")


def _done(sentence: str, form: str) -> None:
    session.spend(form)
    session.say(sentence)
    st.rerun()
