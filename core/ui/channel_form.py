"""The settings of e-mail and SMS: servers, addresses, the name of each secret, a trial of each line. Shows and keeps no secret."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict

import streamlit as st

from core.domain.messages import Message
from core.domain.rights import Right
from core.i18n import Texts
from core.services import channel_settings
from core.services.channel_settings import ChannelSettings, SettingsView
from core.services.context import Ctx
from core.ui import drafts, post_words, problems, session

OUT = (
    "sender",
    "sender_name",
    "reply_to",
    "smtp_host",
    "smtp_port",
    "smtp_security",
    "smtp_user",
    "smtp_secret",
    "authority",
)
IN = ("imap_host", "imap_port", "imap_security", "imap_user", "imap_secret", "imap_folder", "imap_mark_read")
SMS = (
    "sms_url", "sms_method", "sms_form", "sms_template", "sms_header", "sms_secret", "sms_sender", "sms_id_path", "sms_report_url",
    "sms_state_path", "sms_reason_path",
)  # fmt: skip


def show(ctx: Ctx, t: Texts) -> None:
    """What it is for, the form, the trials."""
    view = channel_settings.channel_settings(ctx)
    st.caption(
        t(
            "All of this is optional. Without it you copy or print a text, send it yourself and log the contact. With it, messages leave "
            "from the case, and replies are filed on it by themselves."
        )
    )
    _secrets(t)
    draft = drafts.draft("channels", view.row_version, "smtp_host")
    with st.form(draft.key("form"), border=False):
        typed = _fields(t, draft, view.settings)
        sent = st.form_submit_button(
            t("Save e-mail and SMS"), type="primary", key=draft.key("save"), disabled=not ctx.may(Right.SETTINGS)
        )
    if sent:
        theirs = drafts.differing(asdict(typed), asdict(view.settings))
        with drafts.told(t, draft, post_words.settings(t), theirs, view.row_version):
            channel_settings.save_channel_settings(ctx, typed, draft.version)
            drafts.saved(draft)
            session.say(t("E-mail and SMS are saved. Try each line below."))
            st.rerun()
    _trials(ctx, t, view)


def _secrets(t: Texts) -> None:
    with st.expander(t("Where passwords are kept"), icon=":material/key:"):
        st.markdown(
            t(
                "Never here: this program keeps only the name of a secret. Write the password in a file **secrets.toml** in the data "
                "folder, one line each, readable by you alone:"
            )
        )
        st.code('smtp = "…"\nimap = "…"\nsms = "Bearer …"', language="toml")
        st.markdown(
            t("Then type **secrets:smtp** in the form; or **env:NAME** for a variable of the program's environment.")
        )


def _fields(t: Texts, draft: drafts.Draft, kept: ChannelSettings) -> ChannelSettings:
    label = post_words.settings(t)
    values: dict[str, object] = {}
    left, right = st.columns(2, gap="large")
    with left:
        st.subheader(t("E-mail that leaves"), anchor=False)
        _part(t, draft, kept, label, OUT, values)
    with right:
        st.subheader(t("E-mail that comes"), anchor=False)
        _part(t, draft, kept, label, IN, values)
    with st.expander(t("SMS through a gateway"), expanded=bool(kept.sms_url), icon=":material/sms:"):
        left, right = st.columns(2, gap="large")
        with left:
            _part(t, draft, kept, label, SMS[:6], values)
        with right:
            _part(t, draft, kept, label, SMS[6:], values)
    return ChannelSettings(**values)  # type: ignore[arg-type]


def _part(
    t: Texts,
    draft: drafts.Draft,
    kept: ChannelSettings,
    label: dict[str, str],
    names: Sequence[str],
    values: dict[str, object],
) -> None:
    choices = {
        "smtp_security": channel_settings.SECURITIES,
        "imap_security": channel_settings.SECURITIES,
        "sms_method": channel_settings.METHODS,
        "sms_form": channel_settings.FORMS,
    }
    for name in names:
        now, key = getattr(kept, name), draft.key(name)
        if name in choices:
            known = list(choices[name])
            values[name] = st.selectbox(
                label[name],
                known,
                index=known.index(now),
                key=key,
                format_func=lambda code: post_words.security(t, code),
            )
        elif isinstance(now, bool):
            values[name] = st.checkbox(label[name], value=now, key=key)
        elif name == "sms_template":
            values[name] = st.text_area(label[name], value=now, key=key, height=90)
        else:
            values[name] = st.text_input(label[name], value=now, key=key, placeholder=_like(name), autocomplete="off")


def _like(name: str) -> str | None:
    """An example of what stands in a field."""
    return {
        "smtp_host": "smtp.exemple.fr",
        "imap_host": "imap.exemple.fr",
        "smtp_secret": "secrets:smtp",
        "imap_secret": "secrets:imap",
        "sms_secret": "secrets:sms",
        "sender": "relance@exemple.fr",
        "sms_url": "https://",
    }.get(name)


def _trials(ctx: Ctx, t: Texts, view: SettingsView) -> None:
    """One button a line: it does the real thing to oneself and says exactly what failed."""
    st.subheader(t("Try each line"), anchor=False)
    if not view.real:
        st.info(session.sentence(t, channel_settings.never_leaves().reason), icon=":material/science:")
    may, found = ctx.may(Right.SETTINGS), view.settings
    with st.container(horizontal=True, vertical_alignment="bottom"):
        _trial(
            ctx,
            t,
            t("Send a trial e-mail to the sender"),
            "try_smtp",
            channel_settings.try_smtp,
            may and found.sends("email"),
        )
        _trial(ctx, t, t("Open the mailbox"), "try_imap", channel_settings.try_imap, may and found.receives)
    if found.sends("sms"):
        with st.container(horizontal=True, vertical_alignment="bottom"):
            number = st.text_input(
                post_words.settings(t)["try_number"], key="try_number", placeholder="06 12 34 56 78", width=240
            )
            _trial(ctx, t, t("Send a trial SMS"), "try_sms", lambda mine: channel_settings.try_sms(mine, number), may)


def _trial(ctx: Ctx, t: Texts, label: str, key: str, trial: Callable[[Ctx], Message], may: bool) -> None:
    if st.button(label, key=key, icon=":material/network_check:", disabled=not may):
        with problems.told(t, post_words.settings(t)), st.spinner(t("The server is asked…")):
            st.success(session.sentence(t, trial(ctx)), icon=":material/check_circle:")
