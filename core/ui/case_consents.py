"""Agreement and objection by channel, beside a contact point of the case: shown, typed, warned of. Forbids nothing."""

from __future__ import annotations

import streamlit as st

from core.i18n import Texts
from core.services import consents
from core.services.cases import CaseFile, Consent, ContactPoint
from core.services.consents import ConsentEntry
from core.services.context import Ctx
from core.ui import fields, labels, problems, session


def _known(file: CaseFile, point_id: int) -> dict[str, Consent]:
    return {c.channel: c for c in file.consents if c.contact_point_id == point_id}


def sign(t: Texts, file: CaseFile, point: ContactPoint) -> str:
    """The channels a person objected to, to stand beside the contact point; nothing when there is none."""
    against = [labels.channel(t, c.channel) for c in _known(file, point.id).values() if c.state == "objected"]
    if not against:
        return ""
    return f":red[:material/block: {t('Objection: {channels}', channels=', '.join(against))}]"


def warning(t: Texts, file: CaseFile, point_id: int | None, channel: str) -> None:
    """Before one reaches a person by a channel they objected to."""
    known = _known(file, point_id).get(channel) if point_id else None
    if known and known.state == "objected":
        st.warning(
            t(
                "This person objected to this channel on {day}: use another one. What happened is still to be logged.",
                day=t.date(known.since_on),
            ),
            icon=":material/block:",
        )


def show(ctx: Ctx, t: Texts, file: CaseFile, point: ContactPoint) -> None:
    """What the person said of each channel of a contact point, and the panel to type it."""
    channels = consents.channels_of(point.kind)
    known = _known(file, point.id)
    for channel in channels:
        kept = known.get(channel)
        state = labels.consent(t, kept.state if kept else "unknown")
        since = t(" since {day}", day=t.date(kept.since_on)) if kept else ""
        st.caption(f"{labels.channel(t, channel)} : {state}{since}")
    names = {"channel": t("Channel"), "state": t("The person"), "since_on": t("Said on"), "source": t("Known by")}
    key = f"consent_{point.id}"
    with st.form(key, border=False):
        channel = st.selectbox(
            names["channel"], channels, format_func=lambda c: labels.channel(t, c), key=f"{key}_channel"
        )
        state = st.selectbox(
            names["state"], consents.STATES, format_func=lambda s: labels.consent(t, s), key=f"{key}_state"
        )
        day = fields.day(names["since_on"], f"{key}_since", value=ctx.today, latest=ctx.today)
        source = st.selectbox(
            names["source"], consents.SOURCES, format_func=lambda s: _source(t, s), key=f"{key}_source"
        )
        sent = st.form_submit_button(t("Keep this"), key=f"{key}_save")
    if sent:
        kept = known.get(channel)
        with problems.told(t, names):
            entry = ConsentEntry(channel, state, day or ctx.today, source)
            consents.set_consent(ctx, file.head.id, point.id, entry, kept.row_version if kept else 0)
            session.say(t("Kept: it shows beside the number or address."))
            st.rerun()


def _source(t: Texts, code: str) -> str:
    return t("The creditor") if code == "creditor" else labels.channel(t, code)
