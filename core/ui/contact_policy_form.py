"""The agency's contact policy as a form in the settings, and what of it a mandate narrows. Keeps what was typed; judges no contact."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

import streamlit as st

from core.domain.contact_policy import ContactPolicy
from core.domain.rights import Right
from core.i18n import Texts
from core.services import contact_policy
from core.services.contact_policy import CAPS, HOURS, PolicyEntry, PolicyView
from core.services.context import Ctx
from core.ui import drafts, session
from core.ui.text import plain


def limits(t: Texts) -> dict[str, str]:
    """The label of each hour and cap."""
    return {
        "weekdays": t("Monday to Friday"),
        "saturday": t("Saturday"),
        "sunday": t("Sunday"),
        "attempts_per_day": t("Call attempts a day"),
        "answered_per_day": t("Conversations a day"),
        "answered_per_month": t("Conversations in 30 days"),
        "contacts_per_week": t("Contacts in 7 days, all channels"),
    }


def labels(t: Texts) -> dict[str, str]:
    """The label of each field, for the form and for refusals."""
    return limits(t) | {
        "holidays": t("Also on public holidays"),
        "emails_too": t("E-mails too leave within these hours only"),
        "records_calls": t("The house records calls"),
        "recording_purpose": t("Purpose told to the person"),
        "recording_days": t("Kept for (days)"),
    }


def show(ctx: Ctx, t: Texts) -> None:
    """Hours, caps and recording of the house."""
    view = contact_policy.policy(ctx)
    st.caption(_remark(t))
    if view.version:
        st.caption(t("Version {n}, by {who}.", n=view.version, who=plain(view.author)))
    draft = drafts.draft("contact_policy", view.version, "weekdays")
    with st.form(draft.key("form"), border=False):
        entry = _fields(t, draft, view.policy)
        sent = st.form_submit_button(
            t("Save the contact policy"), type="primary", key=draft.key("save"), disabled=not ctx.may(Right.SETTINGS)
        )
    if sent:
        with drafts.told(t, draft, labels(t), _theirs(entry, view), view.version):
            contact_policy.save_policy(ctx, entry, draft.version)
            drafts.saved(draft)
            session.say(t("The contact policy is saved: it holds from now on."))
            st.rerun()


def _remark(t: Texts) -> str:
    return t(
        "No statute sets hours or frequency for amicable collection: these values are the agency's own choice. Too many calls remain "
        "harassment or an aggressive practice (Penal Code 222-16, 222-33-2-2; Consumer Code L. 121-6). The rules of telephone solicitation "
        "do not apply to collection; they are a prudent benchmark."
    )


def _theirs(entry: PolicyEntry, view: PolicyView) -> dict[str, str]:
    return drafts.differing(asdict(entry), view.policy.kept())


def _fields(t: Texts, draft: drafts.Draft, kept: ContactPolicy) -> PolicyEntry:
    label, said = labels(t), kept.kept()
    got: dict[str, Any] = {}
    most = contact_policy.largest()
    left, right = st.columns(2, gap="large")
    with left:
        st.subheader(t("Hours, by the debtor's clock"), anchor=False)
        st.caption(t("For calls, SMS and visits. Empty: nobody is disturbed on that day."))
        for name in HOURS:
            got[name] = st.text_input(
                label[name], value=said[name], key=draft.key(name), placeholder="09:00-12:00, 14:00-19:30"
            )
        got["holidays"] = st.checkbox(label["holidays"], value=kept.holidays, key=draft.key("holidays"))
        got["emails_too"] = st.checkbox(
            label["emails_too"], value=kept.emails_too, key=draft.key("emails_too"),
            help=t("An e-mail written at another hour waits in the outbox. The answer to what a debtor asks leaves at once."),
        )  # fmt: skip
    with right:
        st.subheader(t("At most, for one person"), anchor=False)
        st.caption(t("All colleagues, cases and contact details of the person together."))
        for name in CAPS:
            got[name] = st.number_input(
                label[name], min_value=0, max_value=most[name], value=said[name], step=1, key=draft.key(name)
            )
    st.subheader(t("Recording of calls"), anchor=False)
    st.caption(t("When calls are recorded, the call opens with saying so, why, for how long, and that one may object."))
    got["records_calls"] = st.checkbox(label["records_calls"], value=kept.records_calls, key=draft.key("records_calls"))
    purpose, days = st.columns(2, gap="large")
    got["recording_purpose"] = purpose.text_input(
        label["recording_purpose"], value=kept.recording_purpose, key=draft.key("recording_purpose")
    )
    got["recording_days"] = days.number_input(
        label["recording_days"],
        min_value=0,
        max_value=contact_policy.longest_recording(),
        value=min(kept.recording_days, contact_policy.longest_recording()),
        step=1,
        key=draft.key("recording_days"),
    )
    return PolicyEntry(**got)


def of_mandate(ctx: Ctx, t: Texts, draft: drafts.Draft, kept: Mapping[str, Any]) -> dict[str, Any]:
    """What a mandate narrows: an empty field follows the agency, whose value stands in it as a hint."""
    label, agency = limits(t), contact_policy.policy(ctx).policy.kept()
    got: dict[str, Any] = {}
    most = contact_policy.largest()
    with st.expander(t("When and how often the debtors of this creditor may be contacted"), icon=":material/schedule:"):
        st.caption(_remark(t))
        st.caption(t("Empty: the agency's policy, shown in grey. A mandate may only be stricter."))
        hours, caps = st.columns(2, gap="large")
        for name in HOURS:
            got[name] = hours.text_input(
                label[name], value=str(kept.get(name, "")), key=draft.key(name), placeholder=agency[name] or t("closed")
            )
        for name in CAPS:
            got[name] = caps.number_input(
                label[name], min_value=0, max_value=most[name], value=kept.get(name), step=1, key=draft.key(name),
                placeholder=str(agency[name]),
            )  # fmt: skip
    return got
