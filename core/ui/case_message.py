"""Write to a person of the case: e-mail or SMS, free words or a template's, documents in one click; what came. Sends nothing itself."""

from __future__ import annotations

import datetime as dt

import streamlit as st

from core.domain.messages import Refusal
from core.domain.rights import Right
from core.i18n import Texts
from core.services import inbox, message_doors, outbox
from core.services.cases import CaseFile, ContactPoint
from core.services.context import Ctx
from core.services.inbox import CaseDocument, InRow
from core.services.outbox import MessageEntry
from core.ui import doors, downloads, drafts, labels, post_out, post_words, problems, session
from core.ui.case_who import spelled
from core.ui.text import plain

KINDS = {"email": "email", "sms": "phone"}
ANSWERS = "answers"
TYPED = ("subject", "text")
SHOWN = ("application/pdf", "image/png", "image/jpeg")


def show(ctx: Ctx, t: Texts, file: CaseFile) -> None:
    """What came and waits, the message, what left, scanned post."""
    case_id = file.head.id
    came = inbox.of_case(ctx, case_id)
    _came(ctx, t, file, came)
    _write(ctx, t, file, came)
    for row in outbox.of_case(ctx, case_id)[:5]:
        post_out.line(ctx, t, row, on_case=True)
    _scan(ctx, t, case_id)


def _came(ctx: Ctx, t: Texts, file: CaseFile, came: tuple[InRow, ...]) -> None:
    """The last things that came, their files, and what one does about them."""
    waits = any(task.kind == "answer_reply" for task in file.tasks)
    for row in came[:3]:
        with st.container(border=True, gap="xsmall", key=f"came_{row.id}"):
            st.markdown(
                f":material/mark_email_unread: **{plain(row.subject or post_words.arrival(t, row.kind))}** {plain(row.address)}"
            )
            if row.text:
                st.text(row.text[:600])
            with st.container(horizontal=True):
                for one in inbox.documents_of(ctx, row.id)[:4]:
                    file_button(t, one)
                if row.channel == "email" and row.kind == "reply":
                    st.button(
                        t("Answer"),
                        key=f"answer_{row.id}",
                        icon=":material/reply:",
                        on_click=_answer,
                        args=(file.head.id, row),
                    )
    if waits and st.button(
        t("Nothing more to answer"),
        key="answered",
        icon=":material/done_all:",
        type="tertiary",
        disabled=not ctx.may(Right.WORK),
    ):
        with problems.told(t):
            inbox.answered(ctx, file.head.id)
            session.say(t("The reply waits no more."))
            st.rerun(scope="app")


def file_button(t: Texts, one: CaseDocument) -> None:
    """A kept file, to be opened."""
    name = one.title or one.kind
    if one.kind == "mail":
        name = t("Whole e-mail") + ".eml"
    st.download_button(
        plain(name[:40]),
        downloads.later(lambda mine: inbox.document_bytes(mine, one.id)),
        file_name=name.removesuffix(".eml") + ".eml" if one.kind == "mail" else name,
        mime=one.media_type if one.media_type in SHOWN else "application/octet-stream",  # nothing received is run
        key=f"file_{one.id}",
        icon=":material/attach_file:",
        type="tertiary",
        on_click="ignore",
    )


def _answer(case_id: int, row: InRow) -> None:
    """Have the message open as the answer to what came."""
    st.session_state[f"{ANSWERS}_{case_id}"] = row.id
    token = session.token(f"message_{case_id}")
    st.session_state[f"message_channel_{case_id}"] = "email"
    st.session_state[f"subject_{token}"] = f"Re: {(row.subject or '').removeprefix('Re: ')}"


def _write(ctx: Ctx, t: Texts, file: CaseFile, came: tuple[InRow, ...]) -> None:
    case_id, ways = file.head.id, outbox.ways_out(ctx)
    if not ways:
        st.info(
            t(
                "No server is set: copy a text below and send it from your own program, then log the contact. With a server in the "
                "settings, messages leave from here."
            ),
            icon=":material/content_copy:",
        )
        doors.link("settings", t("Set e-mail and SMS"), ":material/settings:")
    st.session_state.setdefault(f"message_channel_{case_id}", "email")
    channel = st.segmented_control(
        t("Channel"), list(KINDS), required=True, key=f"message_channel_{case_id}",
        format_func=lambda c: labels.channel(t, c), label_visibility="collapsed",
    )  # fmt: skip
    points = {p.id: p for p in file.contact_points if p.kind == KINDS[channel or "email"] and p.validity != "invalid"}
    if not points:
        st.warning(t("No address of this kind is known, or it is known to be wrong."), icon=":material/contact_page:")
        return
    answered = next((row for row in came if row.id == st.session_state.get(f"{ANSWERS}_{case_id}")), None)
    if answered:
        st.caption(t("Your answer to: {subject}", subject=plain(answered.subject or answered.address)))
    _words(ctx, t, file, channel or "email", points, answered, bool(ways) and (channel or "email") in ways)


def _words(
    ctx: Ctx,
    t: Texts,
    file: CaseFile,
    channel: str,
    points: dict[int, ContactPoint],
    answered: InRow | None,
    real: bool,
) -> None:
    case_id, label = file.head.id, post_words.message(t)
    token = session.token(f"message_{case_id}")
    offered = dict(message_doors.templates(ctx, channel))
    st.selectbox(
        t("House texts"),
        [*offered],
        index=None,
        key=f"template_{channel}_{case_id}",
        placeholder=t("Free words, or a text of the house…"),
        format_func=lambda code: offered[code].of(t.lang),
        on_change=_fill,
        args=(case_id, channel, token),
    )
    point = st.selectbox(
        label["contact_point"],
        [*points],
        key=f"message_to_{channel}_{case_id}",
        format_func=lambda i: spelled(t, points[i]),
    )
    with drafts.kept(token, *(TYPED if channel == "email" else ("text",))):
        subject = st.text_input(label["subject"], key=f"subject_{token}") if channel == "email" else ""
        text = st.text_area(label["text"], key=f"text_{token}", height=180)
    if channel == "sms" and text:
        st.caption(t.n("{n} character", "{n} characters", len(text)))
    chosen = _documents(ctx, t, case_id, token) if channel == "email" else ()
    kind = str(st.session_state.get(f"template_{channel}_{case_id}") or "free")
    entry = MessageEntry(case_id, channel, point, text, subject, kind, answered.id if answered else None, chosen)
    _send(ctx, t, entry, token, real)


def offer(case_id: int, channel: str, kind: str, label: str, key: str) -> None:
    """A button that opens the message panel on a text of the house, filled."""
    icon = ":material/sms:" if channel == "sms" else ":material/alternate_email:"
    st.button(label, key=key, icon=icon, type="tertiary", on_click=_open, args=(case_id, channel, kind))


def _open(case_id: int, channel: str, kind: str) -> None:
    st.session_state[f"panel_{case_id}"] = "message"
    st.session_state[f"message_channel_{case_id}"] = channel
    st.session_state[f"template_{channel}_{case_id}"] = kind
    _fill(case_id, channel, session.token(f"message_{case_id}"))


def _fill(case_id: int, channel: str, token: str) -> None:
    """The words of the text chosen, to be read and changed before they leave."""
    code = st.session_state.get(f"template_{channel}_{case_id}")
    ctx = session.here()
    with session.spoken(ctx):
        if code:
            subject, text = message_doors.template(ctx, case_id, str(code))
            st.session_state[f"text_{token}"] = text
            if channel == "email":
                st.session_state[f"subject_{token}"] = subject


def _documents(ctx: Ctx, t: Texts, case_id: int, token: str) -> tuple[int, ...]:
    """The documents of the case, each one click away."""
    known = {one.id: one for one in inbox.case_documents(ctx, case_id) if one.kind != "mail"}
    if not known:
        return ()
    found = st.pills(
        post_words.message(t)["documents"], [*known], selection_mode="multi", key=f"documents_{token}",
        format_func=lambda i: plain((known[i].title or known[i].number or known[i].kind)[:40]),
    )  # fmt: skip
    return tuple(found or ())


def _send(ctx: Ctx, t: Texts, entry: MessageEntry, token: str, real: bool) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        sent = st.button(
            t("Send"),
            key="message_send",
            type="primary",
            icon=":material/send:",
            disabled=not (real and ctx.may(Right.WORK)),
        )
    if not real and entry.text.strip():
        _by_hand(ctx, t, entry)
    if sent:
        with problems.told(t, post_words.message(t)):
            number = outbox.queue_message(ctx, entry, token)
            session.spend(f"message_{entry.case_id}")
            drafts.forget(token)
            st.session_state.pop(f"{ANSWERS}_{entry.case_id}", None)
            session.say(_leaves(t, message_doors.waits_until(ctx, number)))
            st.rerun(scope="app")


def _leaves(t: Texts, at: dt.datetime | None) -> str:
    """When the message leaves: at once, or at the next permitted moment."""
    if at is None:
        return t("The message is in the outbox: it leaves within seconds.")
    return t(
        "The message is in the outbox: it leaves on {moment}, the next permitted moment (CON-01).", moment=t.moment(at)
    )


def _by_hand(ctx: Ctx, t: Texts, entry: MessageEntry) -> None:
    """The words to copy into one's own program, once gate and check let them through; until then, what keeps them."""
    purpose = "answer" if entry.answers else "claim"
    point = entry.contact_point_id or 0
    draft = message_doors.Draft(
        entry.case_id, entry.channel, point, purpose, entry.kind, entry.subject, entry.text, entry.documents
    )
    found = message_doors.kept_back(ctx, draft)
    if found:
        problems.show(t, Refusal(*found), post_words.message(t))
        return
    st.caption(t("The check accepts this text. Copy it, send it, then log the contact."))
    st.code(entry.text, language=None, wrap_lines=True)  # with its own button to copy


def _scan(ctx: Ctx, t: Texts, case_id: int) -> None:
    with st.expander(t("Post received for this case"), icon=":material/document_scanner:"):
        token = session.token(f"scan_{case_id}")
        found = st.file_uploader(
            post_words.message(t)["scan"], type=["pdf", "png", "jpg", "jpeg"], key=f"scan_{token}", max_upload_size=20
        )
        if found and st.button(
            t("Keep it on the case"), key="scan_keep", type="primary", disabled=not ctx.may(Right.WORK)
        ):
            with problems.told(t, post_words.message(t)):
                inbox.drop_scan(ctx, found.name, found.getvalue(), token, case_id)
                session.spend(f"scan_{case_id}")
                session.say(t("The post is kept on the case, to be answered today."))
                st.rerun(scope="app")
