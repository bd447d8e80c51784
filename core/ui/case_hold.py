"""The stop panel of a case, and the lifting of a stop with its reason. Decides no stop."""

from __future__ import annotations

import streamlit as st

from core.domain.rights import Right
from core.i18n import Texts
from core.services import creditors, holds, stop_words, team
from core.services.cases import CaseFile, Hold
from core.services.context import Ctx
from core.services.holds import HoldEntry
from core.ui import case_dispute, case_papers, downloads, drafts, fields, problems, session
from core.ui.text import plain


def show(ctx: Ctx, t: Texts, file: CaseFile) -> None:
    """Stop a case or one debt."""
    form = f"hold_{file.head.id}"  # of this case: what is typed must not follow to the next one
    token = session.token(form)
    label = {
        "kind": t("Why it stops"),
        "debt": t("What it is about"),
        "until": t("Until"),
        "reason": t("Reason"),
        "owner": t("Seen to by"),
        "scan": t("What proves it (PDF, PNG or JPEG)"),
    }
    with drafts.kept(token, "hold_kind", "hold_until", "hold_debt", "hold_reason", "hold_owner"):
        left, right = st.columns(2)
        with left:
            kind = st.selectbox(
                label["kind"], holds.hold_kinds(), key=f"hold_kind_{token}", format_func=lambda k: _kind(t, k)
            )
            until = fields.day(label["until"], f"hold_until_{token}", help=t("Left empty: until someone lifts it."))
        with right:
            debt = case_dispute.which_debt(t, file, f"hold_debt_{token}")
            reason = st.text_input(label["reason"], key=f"hold_reason_{token}")
        owner, scan = _seen_to(ctx, t, label, token)
        st.caption(
            t(
                "A stop of the whole case replaces the next contacts; that of one debt leaves the others chased. Looking at it "
                "again is planned."
            )
        )
        sent = st.button(t("Set the stop"), type="primary", key="hold_save", shortcut="Ctrl+Enter")
    if sent:
        with problems.told(t, label):
            holds.open_hold(ctx, HoldEntry(file.head.id, debt, kind, reason, until, owner, scan), token)
            session.spend(form)
            drafts.forget(token)
            session.say(t("The stop is set."))
            st.rerun(scope="app")


def _seen_to(ctx: Ctx, t: Texts, label: dict[str, str], token: str) -> tuple[int | None, tuple[str, bytes] | None]:
    """Who sees to the stop, and the scan that proves it."""
    names = {person.id: person.name for person in team.colleagues(ctx) if person.role in team.WORKERS}
    left, right = st.columns(2)
    with left:
        owner = st.selectbox(
            label["owner"],
            [None, *names],
            key=f"hold_owner_{token}",
            format_func=lambda one: names[one] if one else t("Me"),
        )
    with right:
        given = st.file_uploader(label["scan"], type=case_papers.TYPES, key=f"hold_scan_{token}", max_upload_size=20)
    return owner, (given.name, given.getvalue()) if given else None


def facts(t: Texts, hold: Hold) -> None:
    """The article a stop rests on, its reason, who sees to it, its evidence or what is still to be kept."""
    article = stop_words.hold_article(t, hold.kind)
    words = [
        plain(article) if article else "",
        plain(hold.reason) if hold.reason else "",
        plain(t("seen to by {name}", name=hold.owner)) if hold.owner else "",
        plain(t("since {day}", day=t.date(hold.from_on))),
    ]
    wanted = stop_words.evidence(t, hold.kind)
    st.caption(" · ".join(word for word in words if word))
    if wanted and not hold.document_id:
        st.markdown(f":orange[:material/attach_file_off: {plain(t('Evidence to keep: {what}', what=wanted))}]")


def evidence(ctx: Ctx, t: Texts, hold: Hold) -> None:
    """The scan kept, or the way to keep it."""
    document = hold.document_id
    if document:
        st.download_button(
            t("Evidence"), downloads.later(lambda mine: creditors.document_bytes(mine, document)[0]),
            file_name=hold.document or t("Evidence"), mime="application/octet-stream", key=f"hold_file_{hold.id}",
            icon=":material/attach_file:", type="tertiary", on_click="ignore",
        )  # fmt: skip
        return
    if not stop_words.evidence(t, hold.kind) or not ctx.may(Right.WORK):
        return
    with st.popover(t("Keep the evidence"), key=f"prove_{hold.id}", icon=":material/upload_file:", type="tertiary"):
        label = {"scan": t("What proves it (PDF, PNG or JPEG)")}
        given = st.file_uploader(label["scan"], type=case_papers.TYPES, key=f"prove_scan_{hold.id}", max_upload_size=20)
        if st.button(t("Keep it"), key=f"prove_do_{hold.id}", type="primary", disabled=given is None) and given:
            with problems.told(t, label):
                holds.keep_evidence(ctx, hold.id, hold.row_version, given.name, given.getvalue())
                session.say(t("The evidence is kept beside its stop."))
                st.rerun()


def _review(ctx: Ctx, t: Texts, hold: Hold) -> None:
    """Somebody looks at a stop again, and it stands."""
    with st.popover(t("It still stands"), key=f"review_{hold.id}", type="tertiary"):
        label = {"reason": t("Why it still stands"), "until": t("Until")}
        with drafts.kept(str(hold.id), "review_reason", "review_until"):
            reason = st.text_input(label["reason"], key=f"review_reason_{hold.id}")
            until = fields.day(label["until"], f"review_until_{hold.id}", help=t("Left empty: until someone lifts it."))
        if st.button(t("Keep the stop"), key=f"review_do_{hold.id}", type="primary"):
            with problems.told(t, label):
                holds.review_hold(ctx, hold.id, hold.row_version, reason, until)
                session.say(t("Noted; looking at it again is planned."))
                st.rerun()


def _kind(t: Texts, kind: str) -> str:
    """The kind, with the text it rests on."""
    article = stop_words.hold_article(t, kind)
    name = stop_words.hold_kind(t, kind)
    return f"{name} — {article}" if article else name


def lift(ctx: Ctx, t: Texts, hold: Hold) -> None:
    """Lift a stop; that of a dispute goes with its dispute."""
    if hold.dispute_id:
        st.caption(t("ends with its dispute, below"))
        return
    _review(ctx, t, hold)
    with st.popover(t("Lift"), key=f"lift_{hold.id}"):
        label = {"reason": t("Why it is lifted")}
        with drafts.kept(str(hold.id), "lift_reason"):
            reason = st.text_input(label["reason"], key=f"lift_reason_{hold.id}")
        if st.button(t("Lift this stop"), key=f"lift_do_{hold.id}", type="primary"):
            with problems.told(t, label):
                holds.lift_hold(ctx, hold.id, hold.row_version, reason)
                session.say(t("The hold is lifted."))
                st.rerun()
