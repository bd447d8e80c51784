"""Questions to the creditor of a case: what waits and since when, asking, sending by hand, the answer. Decides no reminder."""

from __future__ import annotations

import streamlit as st

from core.domain.rights import Right
from core.i18n import Texts
from core.services import creditor_contacts, dispute_papers, disputes, question_chase, questions
from core.services.cases import CaseFile
from core.services.context import Ctx
from core.services.creditor_contacts import CreditorContact
from core.services.questions import Asked, Question, QuestionEntry
from core.ui import case_who, doors, drafts, fields, problems, question_words, session
from core.ui.text import plain


def strip(ctx: Ctx, t: Texts, file: CaseFile) -> None:
    """At the top of the case: what waits for the creditor, and since when; late in red."""
    standing = [one for one in questions.of_case(ctx, file.head.id) if one.open]
    waits = [question_words.waiting(t, one, ctx.today) for one in standing]
    for dispute in disputes.disputes_of(ctx, file.head.id):
        clock = dispute_papers.clock(ctx, dispute)
        asked = any(one.dispute_id == dispute.id for one in standing)  # its question says it already
        if clock.state != "done" and not asked:
            waits.append(question_words.clock(t, clock))
    for sentence, late in waits:
        colour = "red" if late else "gray"
        st.markdown(f":{colour}[:material/hourglass_top: {plain(sentence)}]")


def show(ctx: Ctx, t: Texts, file: CaseFile) -> None:
    """The questions of the case, those that wait first, and the way to ask one."""
    found = questions.of_case(ctx, file.head.id)
    works = file.head.status == "open" and ctx.may(Right.WORK)
    if not found and not works:
        return
    st.subheader(t("Questions to the creditor"), anchor=False)
    for one in found:
        if one.open:
            _waiting(ctx, t, one)
    if works:
        with st.expander(t("Ask the creditor"), icon=":material/contact_support:", key=f"ask_{file.head.id}"):
            _ask(ctx, t, file)
    over = [one for one in found if not one.open]
    if over:
        with st.expander(t.n("{n} question answered or given up", "{n} questions answered or given up", len(over))):
            for one in over:
                _over(t, one)


def _waiting(ctx: Ctx, t: Texts, one: Question) -> None:
    """A question that waits, and what one does about it."""
    with st.container(border=True, gap="xsmall", key=f"question_{one.id}"):
        who = one.contact or question_words.department(t, one.department)
        head = [f"**{plain(one.ref)}**", plain(question_words.kind(t, one.kind)), plain(who)]
        st.markdown(" · ".join([*head, *([t("Debt {ref}", ref=plain(one.debt_ref))] if one.debt_ref else [])]))
        sentence, late = question_words.waiting(t, one, ctx.today)
        st.markdown(f":red[{plain(sentence)}]" if late else plain(sentence))
        with st.expander(t("Read the question, copy its text"), icon=":material/content_copy:"):
            st.code(f"{one.subject or ''}\n\n{one.text or ''}", language=None, wrap_lines=True)
        if not ctx.may(Right.WORK):
            return
        with st.container(horizontal=True, gap="xsmall"):
            if not one.sent_on:
                with st.popover(t("I sent it myself"), key=f"q_sent_{one.id}", icon=":material/outgoing_mail:"):
                    _sent(ctx, t, one)
            with st.popover(t("File the answer"), key=f"q_answer_{one.id}", icon=":material/mark_email_read:"):
                _answer(ctx, t, one)
            if one.sent_on:
                with st.popover(t("I reminded them"), key=f"q_chased_{one.id}", icon=":material/notifications:"):
                    _chased(ctx, t, one)
            with st.popover(t("Give it up"), key=f"q_drop_{one.id}", icon=":material/close:"):
                _drop(ctx, t, one)


def _over(t: Texts, one: Question) -> None:
    day = one.answered_on or one.withdrawn_on
    said = t("answered on {day}", day=t.date(day)) if one.answered_on else t("given up on {day}", day=t.date(day))
    st.markdown(f"**{plain(one.ref)}** · {plain(question_words.kind(t, one.kind))} · {said}")
    if one.answer:
        st.text(one.answer)


def _ask(ctx: Ctx, t: Texts, file: CaseFile) -> None:
    """The choices make the draft; its words may be changed before it leaves."""
    form = f"question_{file.head.id}"  # of this case: what is typed must not follow to the next one
    token = session.token(form)
    with drafts.kept(token, "q_kind", "q_dispute", "q_debt", "q_contact"):
        about = _about(ctx, t, file, token)
    found = questions.draft(ctx, about)
    label = question_words.labels(t)
    key = f"{token}_{about.kind}_{about.debt_id}_{about.dispute_id}_{about.contact_id}"
    drafted = {"q_subject": found.words.subject, "q_text": found.words.text, "q_due": found.due_on}
    with drafts.kept(key, *drafted, "q_by", shown=drafted):
        subject = st.text_input(label["subject"], value=found.words.subject, key=f"q_subject_{key}")
        text = st.text_area(label["text"], value=found.words.text, key=f"q_text_{key}", height=240)
        due = fields.day(label["due_on"], f"q_due_{key}", value=found.due_on)
        ways = [by for by in questions.BY if by != "email" or found.sends]
        by = st.radio(
            label["by"], ways, format_func=lambda one: question_words.by(t, one), key=f"q_by_{key}", horizontal=True
        )
        if not found.sends:
            st.caption(t("No e-mail leaves from here: copy the text, send it yourself, then say so."))
        sent = st.button(t("Ask"), type="primary", key="question_save")
    if sent:
        with problems.told(t, label):
            questions.ask(ctx, QuestionEntry(about, subject, text, due or found.due_on, by or "later"), token)
            session.spend(form)
            drafts.forget(token)
            drafts.forget(key)
            session.say(t("The question {ref} waits for its answer on this case.", ref=found.ref))
            st.rerun()


def _about(ctx: Ctx, t: Texts, file: CaseFile, token: str) -> Asked:
    """What the question is about, and who is asked."""
    label = question_words.labels(t)
    standing = {one.id: one for one in disputes.disputes_of(ctx, file.head.id) if not one.closed_on}
    kinds = [one for one in questions.question_kinds() if one != "dispute" or standing]
    left, right = st.columns(2)
    with left:
        kind = st.selectbox(
            label["kind"], kinds, format_func=lambda one: question_words.kind(t, one), key=f"q_kind_{token}"
        )
        dispute = None
        if kind == "dispute":
            dispute = st.selectbox(
                label["dispute"],
                list(standing),
                format_func=lambda one: question_words.dispute(t, standing[one]),
                key=f"q_dispute_{token}",
            )
    with right:
        refs = {debt.id: debt.ref for debt in file.debts if debt.outstanding}
        debt = st.selectbox(
            label["debt"],
            [None, *refs],
            key=f"q_debt_{token}",
            format_func=lambda one: t("Debt {ref}", ref=refs[one]) if one else t("The whole case"),
        )
        contact = _contact(ctx, t, file, token, label["contact"])
    return Asked(file.head.id, str(kind), debt, dispute, contact)


def _contact(ctx: Ctx, t: Texts, file: CaseFile, token: str, label: str) -> int | None:
    """Who is asked; how to add one when there is nobody."""
    known: dict[int, CreditorContact] = {
        one.id: one for one in creditor_contacts.contacts_of(ctx, file.head.creditor_id)
    }
    if not known:
        doors.link(
            "creditors", t("Add the creditor's contacts"), ":material/person_add:", id=str(file.head.creditor_id)
        )
    chosen: int | None = st.selectbox(
        label,
        [*known, None],
        key=f"q_contact_{token}",
        format_func=lambda one: question_words.contact(t, known[one]) if one else t("Nobody named"),
    )
    return chosen


def _sent(ctx: Ctx, t: Texts, one: Question) -> None:
    label = {"sent_on": t("Sent on")}
    on = fields.day(label["sent_on"], f"q_sent_on_{one.id}", value=ctx.today, latest=ctx.today) or ctx.today
    if st.button(t("Note that it was sent"), key=f"q_sent_do_{one.id}", type="primary"):
        with problems.told(t, label):
            questions.mark_sent(ctx, one.id, on)
            session.say(t("Noted. The creditor's answer will be chased."))
            st.rerun()


def _answer(ctx: Ctx, t: Texts, one: Question) -> None:
    label = {"answered_on": t("Answered on"), "words": t("Answer of the creditor")}
    on = fields.day(label["answered_on"], f"q_answered_on_{one.id}", value=ctx.today, latest=ctx.today) or ctx.today
    words = st.text_area(label["words"], key=f"q_words_{one.id}", height=120)
    if st.button(t("File the answer on the case"), key=f"q_answer_do_{one.id}", type="primary"):
        with problems.told(t, label):
            questions.file_answer(ctx, one.id, on, words)
            session.say(t("The answer is on the case; the wait is over."))
            st.rerun()


def _chased(ctx: Ctx, t: Texts, one: Question) -> None:
    label = {"reminded_on": t("Reminded on")}
    on = fields.day(label["reminded_on"], f"q_chased_on_{one.id}", value=ctx.today, latest=ctx.today) or ctx.today
    if one.phone:
        st.caption(plain(case_who.phone(one.phone)))
    if st.button(t("Note the reminder"), key=f"q_chased_do_{one.id}", type="primary"):
        with problems.told(t, label):
            question_chase.remind_by_hand(ctx, one.id, on)
            session.say(t("Noted: the next reminder is counted from this day."))
            st.rerun()


def _drop(ctx: Ctx, t: Texts, one: Question) -> None:
    label = {"reason": t("Why")}
    reason = st.text_input(label["reason"], key=f"q_drop_why_{one.id}")
    if st.button(t("Give the question up"), key=f"q_drop_do_{one.id}", type="primary"):
        with problems.told(t, label):
            questions.withdraw(ctx, one.id, reason)
            session.say(t("Nobody waits for this answer any more."))
            st.rerun()
