"""The contact panel: channel, result by keyboard digit, only the facts that result needs, what will be written, save."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import streamlit as st

from core.domain.messages import Refusal
from core.domain.money import MEANS
from core.domain.outcomes import WORDS, Facts, next_day, wanted
from core.i18n import Texts
from core.law.results import ResultCode
from core.services import contact_gate, journal, result_words
from core.services.cases import CaseFile
from core.services.context import Ctx
from core.services.journal import ContactEntry
from core.services.result_words import need_label
from core.ui import (
    case_accepted,
    case_call,
    case_callback,
    case_consents,
    case_gate,
    case_people,
    case_reason,
    case_result,
    drafts,
    fields,
    labels,
    outcome_labels,
    problems,
    session,
)
from core.ui.case_past import CORRECTS
from core.ui.case_who import spelled

KINDS = {"call": "phone", "sms": "phone", "email": "email", "letter": "address", "visit": "address"}
TYPED = (
    "amount",
    "date",
    "means",
    "hour",
    *WORDS,
    "day",
    "next_kind",
    "next_on",
    "at",
    "because",
)  # fields kept when one looks elsewhere
WITH = 148  # pixels of the choice of a contact point, beside the direction in the narrow column


def show(ctx: Ctx, t: Texts, file: CaseFile) -> None:
    """Log a contact."""
    case_id = file.head.id
    corrects = st.session_state.get(f"{CORRECTS}_{case_id}")
    if corrects:
        with st.container(border=True, horizontal=True, vertical_alignment="center"):
            st.markdown(
                t(
                    ":material/edit: You are correcting an entry: it stays in the journal, struck through, and this one replaces it."
                )
            )
            st.button(t("Give up"), key="correct_stop", on_click=_forget, args=(case_id,))
        case_accepted.taken_back(ctx, t, case_id, corrects)
    channel, direction, point = _how(t, file)
    if direction == "out" and not file.head.first_letter_on and not corrects:
        _no_letter(t)
    explains = direction == "out" and not corrects and _refused(ctx, t, case_id, channel, point)
    if channel == "call" and direction == "out" and not corrects:
        case_call.show(ctx, t, file)
    token = session.token(f"contact_{case_id}")
    code = case_result.pick(ctx, t, channel, token)
    if code:
        _facts(
            ctx,
            t,
            ContactEntry(
                case_id, channel, direction, code, Facts(ctx.today), contact_point_id=point, corrects=corrects
            ),
            token,
            explains=explains,
        )


def _refused(ctx: Ctx, t: Texts, case_id: int, channel: str, point: int | None) -> bool:
    """Whether the gate refuses such a contact now, said before anything is typed."""
    verdict = contact_gate.may_contact(ctx, contact_gate.Intent(case_id, channel, point, by=ctx.user.id))
    return case_gate.before_typing(ctx, t, verdict)


def _no_letter(t: Texts) -> None:
    """Said before anything is typed: an outgoing contact would be refused."""
    why = t("No first letter has left: article R. 124-4 wants it before you call or write to the debtor.")
    what = t("Issue it at the top of the case, or type there the reference and date of the one already sent.")
    also = t("A contact that the debtor makes, a note or an event can be logged.")
    st.warning(f"{why} {what} {also}", icon=":material/mail_lock:")


def _forget(case_id: int) -> None:
    st.session_state.pop(f"{CORRECTS}_{case_id}", None)


def _how(t: Texts, file: CaseFile) -> tuple[str, str, int | None]:
    """Channel, direction and contact point."""
    channels = (*journal.CHANNELS, "none")
    if st.session_state.get("channel") not in (None, *channels):  # the filter of the queue has the same name
        del st.session_state["channel"]
    names = {**{c: labels.channel(t, c) for c in journal.CHANNELS}, "none": t("Event")}
    channel = (
        st.segmented_control(
            t("Channel"),
            channels,
            key="channel",
            default="call",
            required=True,
            format_func=lambda c: names[c],
            label_visibility="collapsed",
        )
        or "call"
    )
    if channel == "none":
        return channel, "none", None
    points = {p.id: p for p in file.contact_points if p.kind == KINDS[channel]}
    with st.container(horizontal=True, vertical_alignment="center", gap="xsmall", key="how"):
        direction = st.radio(
            t("Direction"),
            ["out", "in"],
            key="direction",
            horizontal=True,
            format_func=lambda d: labels.direction(t, d),
            label_visibility="collapsed",
            width="content",
        )
        chosen = st.selectbox(
            t("With which number or address"),
            [*points, None],
            key=f"with_{channel}_{file.head.id}",
            label_visibility="collapsed",
            width=WITH,
            format_func=lambda i: (
                f"{spelled(t, points[i])} ({labels.validity(t, points[i].validity)})" if i else t("Another one")
            ),
        )
    if direction == "out":
        case_consents.warning(t, file, chosen, channel)
    return channel, direction or "out", chosen


def _facts(ctx: Ctx, t: Texts, entry: ContactEntry, token: str, *, explains: bool) -> None:
    """The facts this result needs, the preview, the save button; an hour is said by the clock of the debtor's number."""
    rule = next(one for one in journal.all_results(ctx) if one.code == entry.result)
    plan_id, consented_on = case_accepted.choose(ctx, t, entry, token)
    entry = replace(entry, plan_id=plan_id, consented_on=consented_on)
    shown = {need: need_label(t, need) for need in wanted(rule)} | {
        "happened_on": t("Day of the contact"),
        "next_on": t("For"),
        "result": t("Result"),
        "direction": t("Direction"),
        "agreed_on": t("Day of the contact"),
        "creditor_agreed_on": t("The creditor consented on"),
        "made_because": t("It took place all the same: why"),
        "hour": t("Hour"),
        **case_reason.labels(t),
        "note": need_label(t, "note"),
    }
    with (
        st.container(border=True),
        drafts.kept(token, *TYPED, f"cause_{rule.code}", f"cause_facts_{rule.code}"),
    ):  # no form: a form tells nothing of what is typed before it is sent
        amount, day, means, hour, words = _asked(t, _typed(rule, entry), token)
        day, hour = case_callback.here(ctx, t, entry.case_id, entry.contact_point_id, day, hour)
        cause, alleged = case_reason.ask(t, rule.code, token)
        note = st.text_area(t("Note (optional)"), key=f"note_{token}", height=68) if "note" not in wanted(rule) else ""
        because = case_gate.because(t, token) if explains else ""
        with st.expander(t("Day of the contact, next action"), icon=":material/event:"):
            happened = (
                fields.day(t("Day of the contact"), f"day_{token}", value=ctx.today, latest=ctx.today) or ctx.today
            )
            at = st.text_input(
                t("Hour of the contact (now, when it was today)"), key=f"at_{token}", placeholder="14:30"
            )
            next_kind, next_on = _next(ctx, t, rule, token)
        facts = Facts(happened, _cents(amount), day, means, hour, words, next_kind, next_on)
        _preview(ctx, t, replace(entry, facts=facts), rule)
        saved = st.button(
            t("Save: {result}", result=rule.label.of(t.lang)),
            type="primary",
            key=f"save_{token}",
            icon=":material/save:",
            shortcut="Ctrl+Enter",
        )
    if saved:
        with problems.told(t, shown):
            cents = fields.cents(amount, "amount") if amount.strip() else None
            told = replace(entry, facts=replace(facts, amount=cents), note=note, happened_at=at, made_because=because)
            _save(ctx, t, replace(told, cause=cause, cause_facts=alleged), token)


def _cents(amount: str) -> int | None:
    """What is typed so far, for the preview; what cannot be read yet is said when one saves."""
    try:
        return fields.cents(amount, "amount") if amount.strip() else None
    except Refusal:
        return None


def _typed(rule: ResultCode, entry: ContactEntry) -> tuple[str, ...]:
    """The facts to type: a saved proposal says its own."""
    return tuple(need for need in wanted(rule) if not (entry.plan_id and need in ("plan", "date")))


def _asked(
    t: Texts, needs: tuple[str, ...], token: str
) -> tuple[str, dt.date | None, str, str, tuple[tuple[str, str], ...]]:
    amount = means = hour = ""
    day: dt.date | None = None
    words: list[tuple[str, str]] = []
    for need in needs:
        label, key = need_label(t, need), f"{need}_{token}"
        if need == "amount":
            amount = fields.money(label, key)
        elif need == "date":
            day = fields.day(label, key)
        elif need == "means":
            means = st.selectbox(label, MEANS, key=key, format_func=lambda m: labels.means(t, m))
        elif need == "hour":
            hour = st.text_input(label, key=key, placeholder="14:30")
        elif need in WORDS:
            words.append((need, st.text_input(label, key=key)))
    return amount, day, means, hour, tuple(words)


def _next(ctx: Ctx, t: Texts, rule: ResultCode, token: str) -> tuple[str, dt.date | None]:
    """The next action, when the person wants another than the result's own."""
    own = t("As the result says: {action}", action=rule.next_action.label.of(t.lang))
    kind = st.selectbox(
        t("Next action"),
        ["", *result_words.action_kinds()],
        key=f"next_kind_{token}",
        format_func=lambda k: outcome_labels.action(t, k) if k else own,
    )
    on = fields.day(t("For"), f"next_on_{token}", help=t("Left empty: the result's own delay."))
    del ctx
    return kind, on


def _preview(ctx: Ctx, t: Texts, entry: ContactEntry, rule: ResultCode) -> None:
    """What will be written, with the day as far as it is known before typing."""
    try:
        lines = result_words.foreseen_lines(t, journal.foresee(ctx, entry))
        said = [session.sentence(t, line) for line in lines]
        if entry.plan_id:
            said.insert(0, t("The proposal chosen is put in force."))
        said += case_people.foreseen(t, rule.code)
        st.caption(f"{t('Will be written:')} {' '.join(said)}")
    except Refusal:
        day = (
            t.date(next_day(rule, entry.facts, ctx.today))
            if rule.next_action.counted_from == "result"
            else t("the day agreed")
        )
        st.caption(
            t(
                "Will be written: this contact; next action: {action} ({day}).",
                action=rule.next_action.label.of(t.lang),
                day=day,
            )
        )


def _save(ctx: Ctx, t: Texts, entry: ContactEntry, token: str) -> None:
    logged = journal.log_contact(ctx, entry, token)
    session.spend(f"contact_{entry.case_id}")
    drafts.forget(token)
    _forget(entry.case_id)
    if logged.closed:
        session.say(t("Logged. The case is closed."))
    else:
        session.say(
            t(
                "Logged. Next: {action}, {day}.",
                action=outcome_labels.action(t, logged.next_kind),
                day=t.date(logged.next_on),
            )
        )
    st.rerun(scope="app")
