"""The end of a case on its screen: ask, decide, take up again, complaints, history and certificate. Judges no obstacle."""

from __future__ import annotations

import functools

import streamlit as st

from core.domain.rights import Right
from core.i18n import Texts
from core.services import case_papers, charge_words, closures, complaints
from core.services.cases import CaseFile
from core.services.closures import Obstacle, RequestRow, Review
from core.services.context import Ctx
from core.ui import complaint_form, doors, downloads, drafts, outcome_labels, problems, session
from core.ui.session import sentence
from core.ui.text import plain

ICONS = {
    "blocks": ":red[:material/block:]",
    "acknowledge": ":orange[:material/pan_tool_alt:]",
    "told": ":gray[:material/info:]",
}
PAGES = {"plan": "plan", "proceeding": "litigation", "complaint": "complaints"}


def show(ctx: Ctx, t: Texts, file: CaseFile) -> None:
    """What is asked, then the panels: closing, complaint, papers."""
    head = file.head
    st.subheader(t("Closing, complaints, papers"), anchor=False)
    for row in closures.requests_of(ctx, head.id):
        if row.state == "asked":
            with st.container(border=True, key=f"closure_{row.id}"):
                request(ctx, t, row)
    with st.container(horizontal=True, gap="small", key="closing_panels"):
        if head.status == "open" and ctx.may(Right.WORK):
            with st.popover(t("Ask to close"), icon=":material/lock:", key=f"closing_{head.id}"):
                _ask(ctx, t, head.id)
        if ctx.may(Right.WORK):
            with st.popover(t("Enter a complaint"), icon=":material/feedback:", key=f"complaint_{head.id}"):
                complaint_form.entry(ctx, t, head.id)
        _papers(ctx, t, file)
    for one in complaints.of_case(ctx, head.id):
        with st.container(border=True, gap="xsmall", key=f"complaint_row_{one.id}"):
            complaint_form.line(ctx, t, one)


def reopen(ctx: Ctx, t: Texts, case_id: int) -> None:
    """Take up a closed case again, with its reason."""
    if not ctx.may(Right.REVERSE):
        return
    with st.popover(t("Take up again"), key="reopen"):
        label, token = {"reason": t("Why it is taken up again")}, session.token(f"reopen_{case_id}")
        with drafts.kept(token, "reopen_reason"):
            reason = st.text_input(label["reason"], key=f"reopen_reason_{token}")
        if st.button(t("Open the case again"), type="primary", key="reopen_do"):
            with problems.told(t, label):
                closures.reopen_case(ctx, case_id, reason, token)
                session.spend(f"reopen_{case_id}")
                session.say(t("The case is open again."))
                st.rerun()


def _ask(ctx: Ctx, t: Texts, case_id: int) -> None:
    """Choose the reason, see what it meets, ask."""
    form = f"closure_{case_id}"
    token = session.token(form)
    label = {"reason": t("Why the case ends"), "words": t("Evidence or comment")}
    names = {one.reason: one.label.of(t.lang) for one in closures.reasons()}
    with drafts.kept(token, "closure_reason", "closure_words"):
        reason = st.selectbox(
            label["reason"], list(names), format_func=lambda one: names[one], key=f"closure_reason_{token}"
        )
        words = st.text_area(
            label["words"],
            key=f"closure_words_{token}",
            height=80,
            help=t("Objective words only: the debtor may ask to read them (GDPR article 15)."),
        )
    found = closures.review(ctx, case_id, reason, words)
    obstacles(t, found.obstacles)
    st.caption(_kept(t, found))
    if st.button(t("Ask to close"), type="primary", key=f"closure_do_{token}", disabled=found.blocked):
        with problems.told(t, label):
            closures.ask(ctx, case_id, reason, words, token)
            session.spend(form)
            session.say(t("Asked. The case stays open until it is decided."))
            st.rerun()


def _kept(t: Texts, found: Review) -> str:
    """Until when the case would be kept, and on which texts."""
    texts = " ; ".join(plain(charge_words.articles(t, (one.article,), one.trust)) for one in found.kept)
    return t(
        "Closed today, the case would be kept until {day}: the agency's choice, on {texts}.",
        day=found.kept_until,
        texts=texts,
    )


def obstacles(t: Texts, found: tuple[Obstacle, ...]) -> None:
    """Each with its sentence, its remedy and the way there."""
    if not found:
        st.markdown(f":green[:material/check_circle:] {t('Nothing stands in the way.')}")
    for one in found:
        st.markdown(f"{ICONS[one.level]} **{sentence(t, one.sentence)}** {sentence(t, one.remedy)}")
        if one.code in PAGES:
            doors.link(PAGES[one.code], t("Go there"), ":material/arrow_forward:")


def request(ctx: Ctx, t: Texts, row: RequestRow, *, named: bool = False) -> None:
    """A request that waits: who asked what, what stands in the way, the decision of a lead."""
    who = f"**{plain(row.case_ref)}** {plain(row.debtor)} · " if named else ""
    asked = t(
        "{name} asked to close on {day}: {reason}",
        name=plain(row.asker),
        day=t.date(row.asked_at[:10]),
        reason=plain(outcome_labels.closing(t, row.reason)),
    )
    st.markdown(f":material/lock_clock: {who}{asked}")
    if row.words:
        st.text(row.words)
    if named:
        doors.link("case", t("Open the case"), ":material/folder_open:", id=str(row.case_id))
    found = closures.review(ctx, row.case_id, row.reason, row.words or row.reason)
    obstacles(t, found.obstacles)
    st.caption(_kept(t, found))
    if ctx.may(Right.DECIDE):
        _decide(ctx, t, row, found)
    if ctx.may(Right.WORK) and st.button(t("Withdraw the request"), key=f"closure_withdraw_{row.id}", type="tertiary"):
        with problems.told(t):
            closures.withdraw(ctx, row.id, row.row_version)
            session.say(t("The request is withdrawn."))
            st.rerun()


def _decide(ctx: Ctx, t: Texts, row: RequestRow, found: Review) -> None:
    """Tick what is taken note of, then close or refuse."""
    if row.asked_by == ctx.user.id and not found.own:
        st.info(t("You asked this: another lead decides."), icon=":material/group:")
        return
    ticked = [
        one.code
        for one in found.obstacles
        if one.level == "acknowledge"
        and st.checkbox(t("Taken note: {what}", what=t.render(one.sentence)), key=f"closure_note_{row.id}_{one.code}")
    ]
    label = {"words": t("Word on the decision (compulsory to refuse)")}
    label |= {one.code: t("Taken note") for one in found.obstacles}
    with drafts.kept(str(row.id), "closure_decision"):
        words = st.text_input(label["words"], key=f"closure_decision_{row.id}")
    with st.container(horizontal=True, gap="small"):
        yes = st.button(t("Close the case"), type="primary", key=f"closure_yes_{row.id}", disabled=found.blocked)
        no = st.button(t("Refuse"), key=f"closure_no_{row.id}")
    if yes or no:
        with problems.told(t, label):
            closures.decide(ctx, row.id, row.row_version, granted=yes, acknowledged=ticked, words=words)
            session.say(t("The case is closed.") if yes else t("Refused: the case goes on."))
            st.rerun()


def _papers(ctx: Ctx, t: Texts, file: CaseFile) -> None:
    """The history at a click; the closing letter and the certificate where the closing allows them."""
    case_id = file.head.id
    if ctx.may(Right.WORK) and closures.closing_letter(ctx, case_id):
        form = f"closing_letter_{case_id}"
        if st.button(t("Issue the closing letter"), key="closing_letter", icon=":material/mail:"):
            with problems.told(t):
                letter = closures.issue_closing_letter(ctx, case_id, session.token(form))
                session.spend(form)
                session.say(t("Letter {ref} is ready to be posted.", ref=letter.reference))
                st.rerun()
    st.download_button(
        t("History of the case (PDF)"),
        downloads.later(lambda here: case_papers.history_file(here, case_id)[1]),
        file_name=f"{file.head.ref}.pdf",
        mime="application/pdf",
        icon=":material/history:",
        on_click="ignore",
        key="history_pdf",
    )
    for one in case_papers.certificates(ctx, case_id):
        st.download_button(
            t("Certificate {number}", number=one.number),
            downloads.later(functools.partial(case_papers.certificate_bytes, document_id=one.id)),
            file_name=f"{one.number}.pdf",
            mime="application/pdf",
            icon=":material/verified:",
            on_click="ignore",
            key=f"certificate_{one.id}",
        )
    if ctx.may(Right.DECIDE) and case_papers.may_certify(ctx, case_id):
        form = f"certificate_{case_id}"
        if st.button(
            t("Draw up the certificate of irrecoverability"), key="certificate_do", icon=":material/verified:"
        ):
            with problems.told(t):
                issued = case_papers.issue_certificate(ctx, case_id, session.token(form))
                session.spend(form)
                session.say(t("Certificate {number} is kept in the case.", number=issued.number))
                st.rerun()
