"""The settings of the result codes: the list, one code to edit, a code of the agency's own, back to the shipped one. Judges nothing."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from core.i18n import Texts
from core.services import journal, result_edit, stop_words
from core.services.context import Ctx
from core.services.result_edit import ResultEntry, ResultList, ResultView
from core.services.result_words import need_label
from core.ui import drafts, labels, outcome_labels, session
from core.ui.text import plain

NEW = "+"
DIGITS = ("", *"123456789")


def show(ctx: Ctx, t: Texts) -> None:
    """The tab."""
    found = result_edit.results(ctx)
    st.caption(
        t(
            "What a contact gave, and what follows. A change applies at once to what is logged from then on; "
            "figures of the past count with the list as it stands. Every version is kept."
        )
    )
    for code, problem in found.aside:
        why = session.sentence(t, problem.reason)
        st.warning(t("Your version of {code} no longer fits the program and is left aside: {why}", code=code, why=why))
    _table(t, found)
    if found.may_edit:
        _choose(ctx, t, found)


def _table(t: Texts, found: ResultList) -> None:
    yes = {True: "✓", False: ""}
    rows = [
        {
            t("Code"): view.code.code,
            t("Label"): view.code.label.of(t.lang),
            t("Key"): view.code.key,
            t("Next action"): outcome_labels.action(t, view.code.next_action.kind),
            t("Days"): view.code.next_action.days,
            t("Compulsory facts"): ", ".join(need_label(t, need).lower() for need in view.code.needs),
            t("Attempt"): yes[view.code.attempt],
            t("Right person"): yes[view.code.right_party],
            t("Stops"): stop_words.hold_kind(t, str(view.code.stops)) if view.code.stops else "",
            t("Offered"): yes[view.code.active],
            t("Edited"): "" if view.shipped else plain(view.author),
        }
        for view in found.views
    ]
    st.dataframe(rows, hide_index=True, height=360, alt=t("The result codes, one a line"))


def _choose(ctx: Ctx, t: Texts, found: ResultList) -> None:
    views = {view.code.code: view for view in found.views}
    names = {code: f"{code} · {view.code.label.of(t.lang)}" for code, view in views.items()}
    code = st.selectbox(
        t("Code to edit"),
        [*views, NEW],
        key="result_code",
        format_func=lambda one: names.get(one, t("A code of our own…")),
        width=420,
    )
    _form(ctx, t, views.get(code))


@dataclass(frozen=True, slots=True)
class _Form:
    """The form being typed in."""

    ctx: Ctx
    t: Texts
    view: ResultView | None
    draft: drafts.Draft

    def key(self, field: str) -> str:
        """Of a widget."""
        return self.draft.key(field)

    def held(self, part: str) -> bool:
        """Whether the program or the law rests on this part."""
        return self.view is not None and part in self.view.kept


def _labels(t: Texts) -> dict[str, str]:
    return {
        "code": t("Code"), "label_fr": t("Label in French"), "label_en": t("Label in English"), "key": t("Keyboard digit"),
        "next_action": t("Next action"), "days": t("Delay in days"), "needs": t("Compulsory facts"), "attempt": t("Counts as an attempt"),
        "right_party": t("Counts as a contact with the right person"), "stops": t("Stops contacts"), "stop_days": t("For how many days"),
        "active": t("Offered when a contact is logged"), "family": t("Family"), "channels": t("Where it can be chosen"),
    }  # fmt: skip


def _form(ctx: Ctx, t: Texts, view: ResultView | None) -> None:
    name = view.code.code if view else "new"
    one = drafts.draft(f"result_{name}", view.version if view else 0, "label_fr")
    form, label = _Form(ctx, t, view, one), _labels(t)
    with st.form(f"result_form_{name}", border=True):
        entry = _typed(form, label)
        sent = st.form_submit_button(t("Save this code"), type="primary", key=f"result_save_{name}")
    if sent:
        with drafts.told(t, one, label, {}, view.version if view else 0):
            result_edit.save_result(ctx, entry, one.version)
            drafts.saved(one)
            session.say(t("{code} is saved: it applies from now on.", code=entry.code))
            st.rerun()
    if view and not view.shipped and not view.own:
        st.button(t("Back to the shipped code"), key=f"result_back_{name}", on_click=_back, args=(name, view.version))


def _typed(form: _Form, label: dict[str, str]) -> ResultEntry:
    """Everything a lead may change, in two columns; what is held cannot be clicked."""
    t, view = form.t, form.view
    code, family, channels = _own(form, label)
    before = view.code if view else None
    left, right = st.columns(2)
    with left:
        fr = st.text_input(label["label_fr"], value=before.label.fr if before else "", key=form.key("label_fr"))
        en = st.text_input(label["label_en"], value=before.label.en if before else "", key=form.key("label_en"))
        key = st.selectbox(
            label["key"],
            DIGITS,
            index=DIGITS.index(before.key) if before else 0,
            key=form.key("key"),
            format_func=lambda d: d or t("none"),
        )
        needs = st.multiselect(
            label["needs"],
            result_edit.NEEDS,
            default=[str(need) for need in before.needs] if before else [],
            key=form.key("needs"),
            format_func=lambda need: need_label(t, need),
        )
    with right:
        kind, days = _next(form, label)
        stops, stop_days = _stops(form, label)
        attempt = st.checkbox(
            label["attempt"], before.attempt if before else True, form.key("attempt"), disabled=form.held("attempt")
        )
        party = st.checkbox(
            label["right_party"],
            before.right_party if before else False,
            form.key("right"),
            disabled=form.held("right_party"),
        )
        active = st.checkbox(
            label["active"], before.active if before else True, form.key("active"), disabled=form.held("active")
        )
    return ResultEntry(
        code, fr, en, key or "", kind, days, tuple(needs), attempt, party, stops, stop_days, active, family, channels
    )  # fmt: skip


def _own(form: _Form, label: dict[str, str]) -> tuple[str, str, tuple[str, ...]]:
    """Name, family and channels, of a new code only."""
    if form.view:
        return form.view.code.code, "", ()
    t = form.t
    families = {
        "contact": t("Right person reached"),
        "third_party": t("Another person or a machine"),
        "dead": t("Dead contact point"),
        "administrative": t("Event of the file"),
    }
    channels = {**{one: labels.channel(t, one) for one in journal.CHANNELS}, "none": t("Event")}
    with st.container(horizontal=True):
        code = st.text_input(label["code"], key=form.key("code"), max_chars=4, width=120, placeholder="ABC")
        family = st.selectbox(
            label["family"], list(families), key=form.key("family"), format_func=lambda one: families[one], width=260
        )
        chosen = st.multiselect(
            label["channels"],
            list(channels),
            default=["call"],
            key=form.key("channels"),
            format_func=lambda one: channels[one],
            width=360,
        )
    return code.strip().upper(), family or "", tuple(chosen)


def _next(form: _Form, label: dict[str, str]) -> tuple[str, int]:
    before = form.view.code.next_action if form.view else None
    closes = before is not None and before.kind not in result_edit.action_choices()
    kinds = [before.kind] if before and (closes or form.held("next_action")) else list(result_edit.action_choices())
    kind = st.selectbox(
        label["next_action"],
        kinds,
        index=kinds.index(before.kind) if before else 0,
        key=form.key("next_kind"),
        format_func=lambda one: outcome_labels.action(form.t, one),
    )
    days = st.number_input(
        label["days"], 0, 365, before.days if before else 1, key=form.key("days"), disabled=closes or form.held("delay")
    )
    return kind or "", int(days)


def _stops(form: _Form, label: dict[str, str]) -> tuple[str, int]:
    t, before = form.t, form.view.code if form.view else None
    now = str(before.stops or "none") if before else "none"
    choices = [now] if form.held("stops") else list(result_edit.STOPS)
    stops = st.selectbox(
        label["stops"],
        choices,
        index=choices.index(now),
        key=form.key("stops"),
        format_func=lambda one: stop_words.hold_kind(t, one) if one != "none" else t("nothing"),
    )
    days = st.number_input(
        label["stop_days"],
        0,
        365,
        (before.stop_days or 0) if before else 0,
        key=form.key("stop_days"),
        help=t("0: until someone lifts it."),
    )
    return stops or "none", int(days)


def _back(code: str, version: int) -> None:
    ctx = session.here()
    with session.spoken(ctx) as t:
        result_edit.back_to_shipped(ctx, code, version)
        st.session_state[f"turn_result_{code}"] = int(st.session_state.get(f"turn_result_{code}", 0)) + 1
        session.say(t("{code} is as shipped again.", code=code))
