"""A complaint on a screen: the form that enters it, its line with acknowledgment and answer. Judges none."""

from __future__ import annotations

import datetime as dt

import streamlit as st

from core.domain.rights import Right
from core.i18n import Texts
from core.services import complaints, team
from core.services.complaints import ComplaintEntry, ComplaintRow
from core.services.context import Ctx
from core.ui import doors, drafts, fields, labels, problems, session
from core.ui.text import plain

ENTRY = (
    "from",
    "name",
    "channel",
    "subject",
    "about",
    "user",
    "owner",
    "received",
    "due",
    "words",
    "hold",
)  # fields of the form


def labels_of(t: Texts) -> dict[str, str]:
    """The label of each field, for the form and for refusals."""
    return {
        "from_kind": t("Who complains"),
        "name": t("Name"),
        "channel": t("Channel"),
        "subject": t("Subject"),
        "about": t("About whom"),
        "about_user": t("Colleague it is about"),
        "owner": t("Who answers"),
        "received_on": t("Received on"),
        "answer_by": t("Answer by"),
        "words": t("What is said"),
        "hold": t("Stop the case until it is answered"),
        "on": t("Day"),
        "outcome": t("Outcome"),
        "lessons": t("What the house learns"),
        "case": t("Case"),
    }


def who(t: Texts, code: str) -> str:
    """Who complains."""
    return {
        "debtor": t("The debtor"),
        "relative": t("A relative"),
        "lawyer": t("A lawyer"),
        "association": t("An association"),
        "authority": t("An authority"),
        "creditor": t("The creditor"),
        "other": t("Somebody else"),
    }.get(code, code)


def about(t: Texts, code: str) -> str:
    """About whom."""
    return {
        "agency": t("Our agency"),
        "colleague": t("A colleague"),
        "creditor": t("The creditor"),
        "provider": t("A provider"),
    }.get(code, code)


def entry(ctx: Ctx, t: Texts, case_id: int | None) -> None:
    """Enter a complaint, about a case or about none."""
    form = f"complaint_{case_id or 0}"
    token, label = session.token(form), labels_of(t)
    with drafts.kept(token, *(f"cp_{name}" for name in ENTRY)):
        left, right = st.columns(2)
        with left:
            kind, name, channel, subject = _what(t, label, token)
        with right:
            whom, user, owner, received = _whom(ctx, t, label, token)
        due = fields.day(label["answer_by"], f"cp_due_{token}", help=t("Left empty: the days of the policy."))
        words = st.text_area(label["words"], key=f"cp_words_{token}", height=90)
        hold = bool(case_id) and st.checkbox(label["hold"], key=f"cp_hold_{token}")
        st.caption(complaints.policy(ctx, t))
        sent = st.button(t("Enter the complaint"), type="primary", key=f"cp_save_{token}")
    if sent:
        with problems.told(t, label):
            typed = ComplaintEntry(kind, name, channel, subject, whom, owner, received, words, user, case_id, due, hold)
            complaints.record(ctx, typed, token)
            session.spend(form)
            drafts.forget(token)
            session.say(t("The complaint is in the register."))
            st.rerun()


def _what(t: Texts, label: dict[str, str], token: str) -> tuple[str, str, str, str]:
    """Who complains, by which channel, of what."""
    kind = st.selectbox(label["from_kind"], complaints.FROM, key=f"cp_from_{token}", format_func=lambda c: who(t, c))
    name = st.text_input(label["name"], key=f"cp_name_{token}", autocomplete="off")
    channel = st.selectbox(
        label["channel"], complaints.CHANNELS, key=f"cp_channel_{token}", format_func=lambda c: labels.channel(t, c)
    )
    subject = st.selectbox(
        label["subject"], complaints.subjects(), key=f"cp_subject_{token}", format_func=lambda c: complaints.subject(t, c)
    )  # fmt: skip
    return kind, name, channel, subject


def _whom(ctx: Ctx, t: Texts, label: dict[str, str], token: str) -> tuple[str, int | None, int, dt.date]:
    """About whom, who answers, since when."""
    people = {one.id: one.name for one in team.colleagues(ctx)}
    known = list(people)
    whom = st.selectbox(label["about"], complaints.ABOUT, key=f"cp_about_{token}", format_func=lambda c: about(t, c))
    user = st.selectbox(
        label["about_user"], [None, *known], key=f"cp_user_{token}", format_func=lambda c: people[c] if c else "—"
    )
    mine = known.index(ctx.user.id) if ctx.user.id in known else 0
    owner = st.selectbox(
        label["owner"], known, index=mine, key=f"cp_owner_{token}", format_func=lambda c: people[c]
    )  # fmt: skip
    received = fields.day(label["received_on"], f"cp_received_{token}", value=ctx.today, latest=ctx.today)
    return whom, user, owner or 0, received or ctx.today


def line(ctx: Ctx, t: Texts, row: ComplaintRow, *, linked: bool = False) -> None:
    """One complaint: what, who answers, by when; then what is to be done about it."""
    person = plain(row.name) if row.name else who(t, row.from_kind)
    st.markdown(
        f":material/feedback: **{plain(row.ref)}** · {plain(complaints.subject(t, row.subject))} · {person} · "
        f"{labels.channel(t, row.channel)} · {t('received on {day}', day=t.date(row.received_on))}"
    )
    whom = about(t, row.about) if not row.about_user else plain(row.about_user)
    st.markdown(
        " · ".join(
            [t("About: {whom}", whom=whom), t("Answered by {name}", name=plain(row.owner)), _standing(t, ctx, row)]
        )
    )
    for text in (row.words, row.answer, row.lessons):
        if text:
            st.text(text)
    if linked and row.case_id:
        doors.link("case", t("Open the case"), ":material/folder_open:", id=str(row.case_id))
    if not row.answered_on and ctx.may(Right.WORK):
        with st.container(horizontal=True, gap="small"):
            _acts(ctx, t, row)


def _standing(t: Texts, ctx: Ctx, row: ComplaintRow) -> str:
    """How it stands, in a coloured word."""
    if row.answered_on:
        return f":green[{plain(complaints.outcome(t, row.outcome))}, {t.date(row.answered_on)}]"
    due = t("answer by {day}", day=t.date(row.answer_by))
    words = [f":red[{due}, {t('late')}]" if row.answer_by < ctx.day else due]
    if not row.acknowledged_on:
        first = t("acknowledge by {day}", day=t.date(row.acknowledge_by))
        words.insert(0, f":red[{first}, {t('late')}]" if row.acknowledge_by < ctx.day else first)
    else:
        words.insert(0, t("acknowledged on {day}", day=t.date(row.acknowledged_on)))
    return " · ".join(words)


def _acts(ctx: Ctx, t: Texts, row: ComplaintRow) -> None:
    label = labels_of(t)
    if not row.acknowledged_on:
        with st.popover(t("Acknowledged"), key=f"cp_ack_{row.id}"):
            on = fields.day(label["on"], f"cp_ack_on_{row.id}", value=ctx.today, latest=ctx.today)
            if st.button(t("Record the acknowledgment"), type="primary", key=f"cp_ack_do_{row.id}"):
                with problems.told(t, label):
                    complaints.acknowledge(ctx, row.id, row.row_version, on or ctx.today)
                    session.say(t("The acknowledgment is recorded."))
                    st.rerun()
    with st.popover(t("Answered"), key=f"cp_answer_{row.id}"):
        _answer(ctx, t, row, label)
    with st.popover(t("Give to somebody else"), key=f"cp_over_{row.id}"):
        people = {one.id: one.name for one in team.colleagues(ctx)}
        owner = st.selectbox(label["owner"], list(people), key=f"cp_over_who_{row.id}", format_func=lambda c: people[c])
        if st.button(t("Give"), type="primary", key=f"cp_over_do_{row.id}"):
            with problems.told(t, label):
                complaints.hand_over(ctx, row.id, row.row_version, owner or 0)
                session.say(t("{name} answers it now.", name=people.get(owner or 0, "")))
                st.rerun()


def _answer(ctx: Ctx, t: Texts, row: ComplaintRow, label: dict[str, str]) -> None:
    with drafts.kept(str(row.id), "cp_answer_on", "cp_outcome", "cp_answer_words", "cp_lessons"):
        on = fields.day(label["on"], f"cp_answer_on_{row.id}", value=ctx.today, latest=ctx.today)
        outcome = st.selectbox(
            label["outcome"],
            complaints.outcomes(),
            key=f"cp_outcome_{row.id}",
            format_func=lambda c: complaints.outcome(t, c),
        )
        words = st.text_area(t("What was answered"), key=f"cp_answer_words_{row.id}", height=90)
        lessons = st.text_area(label["lessons"], key=f"cp_lessons_{row.id}", height=70)
        sent = st.button(t("Record the answer"), type="primary", key=f"cp_answer_do_{row.id}")
    if sent:
        with problems.told(t, label | {"words": t("What was answered")}):
            complaints.answer(ctx, row.id, row.row_version, on or ctx.today, outcome, words, lessons)
            session.say(t("The answer is recorded."))
            st.rerun()


def days(t: Texts, ctx: Ctx) -> tuple[dt.date, dt.date] | None:
    """The days the rate is counted over: the last twelve months unless others are chosen; None while one is missing."""
    first = ctx.today.replace(year=ctx.today.year - 1, day=1)
    with st.container(horizontal=True, gap="small", vertical_alignment="bottom", key="cp_days"):
        start = fields.day(t("From"), "cp_rate_from", value=first)
        end = fields.day(t("To"), "cp_rate_to", value=ctx.today)
    return (start, end) if start and end else None
