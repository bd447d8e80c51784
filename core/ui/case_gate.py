"""Whether the person of a case may be reached now, by channel, and what was refused. Lifts only the house's own policy, by a lead."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

import streamlit as st

from core.domain.contact_gate import Verdict
from core.domain.rights import Right
from core.i18n import Texts
from core.services import addressee, contact_gate
from core.services.cases import CaseFile
from core.services.contact_gate import RefusalRow
from core.services.context import Ctx
from core.ui import labels, problems, session
from core.ui.text import plain

FIRST = 10  # refusals shown at first


def show(ctx: Ctx, t: Texts, file: CaseFile) -> None:
    """One line that says what is possible now; under it, why not, from when on, a lead's override, the refusals."""
    if file.head.status != "open":
        return
    party, name = addressee.reached(ctx, file.head.id)
    who = party or file.head.debtor_id
    points = [(p.id, p.kind) for p in file.contact_points if p.party_id == who and p.validity != "invalid"]
    found = contact_gate.channels(ctx, file.head.id, points)
    with st.expander(_line(t, found), icon=":material/schedule:", key="gate"):
        if name:
            st.markdown(f":material/person_pin: {plain(t('Only contact: {name}', name=name))}")
        for some in _alike(t, found):
            _channel(t, some)
        liftable = [verdict for verdict in found if verdict.own_only]
        if liftable and ctx.may(Right.DECIDE):
            _allow(ctx, t, file.head.id, liftable)
        _refusals(ctx, t, contact_gate.refusals(ctx, file.head.id))


def _line(t: Texts, found: tuple[Verdict, ...]) -> str:
    open_now = [_inside(labels.channel(t, one.intent.channel)) for one in found if one.allowed]
    shut = [_inside(labels.channel(t, one.intent.channel)) for one in found if not one.allowed]
    if not open_now:
        return t("Contact now: no channel is possible")
    if not shut:
        return t("Contact now: every channel is possible")
    return t("Contact now: {open}; not {shut}", open=", ".join(open_now), shut=", ".join(shut))


def _inside(name: str) -> str:
    """A name as it stands inside a sentence; an abbreviation keeps its capitals."""
    return name if name.isupper() else name.lower()


def _alike(t: Texts, found: tuple[Verdict, ...]) -> list[list[Verdict]]:
    """The channels that the same rules refuse, told together; a channel that is possible stands alone."""
    groups: dict[tuple[str, ...], list[Verdict]] = {}
    for verdict in found:
        said = tuple(session.sentence(t, bar.said()) for bar in verdict.bars)
        key = (*said, str(verdict.moment())) if said else (verdict.intent.channel,)
        groups.setdefault(key, []).append(verdict)
    return list(groups.values())


def _channel(t: Texts, some: list[Verdict]) -> None:
    """A channel: possible, or each rule that refuses it (and others) and the next permitted moment."""
    verdict, name = some[0], ", ".join(labels.channel(t, one.intent.channel) for one in some)
    if verdict.allowed:
        lifted = f" {t('A lead allowed this contact.')}" if verdict.waived else ""
        st.markdown(f":green[:material/check:] **{name}** — {t('possible now.')}{lifted}")
        for told in verdict.must_say:
            st.caption(session.sentence(t, told))
        return
    lines = [f":orange[:material/block:] **{name}**"]
    for bar in verdict.bars:  # how the house's own rules are lifted stands once, below
        remedy = "" if bar.own else f"  \n  {session.sentence(t, bar.remedy)}"
        lines.append(f"- {session.sentence(t, bar.said())}{remedy}")
    when = verdict.moment()
    if when is not None:
        lines.append(f"- **{session.sentence(t, when)}**")
    st.markdown("\n".join(lines))


def _allow(ctx: Ctx, t: Texts, case_id: int, liftable: list[Verdict]) -> None:
    """A lead allows one contact against the house's own policy, with the reason."""
    form = f"allow_{case_id}"
    token = session.token(form)
    by_channel = {one.intent.channel: one.intent for one in liftable}
    with st.form(form, border=True):
        st.caption(
            t(
                "Only the agency's own hours and caps can be lifted, for one contact, until the end of the day. The law's bars cannot."
            )
        )
        channel = st.selectbox(
            t("Channel"), list(by_channel), format_func=lambda c: labels.channel(t, c), key=f"allow_channel_{token}"
        )
        reason = st.text_input(t("Reason"), key=f"allow_reason_{token}")
        sent = st.form_submit_button(t("Allow this one contact"), key=f"allow_save_{token}")
    if sent:
        with problems.told(t, {"reason": t("Reason")}):
            intent = by_channel[channel]
            contact_gate.allow_once(ctx, contact_gate.Intent(case_id, channel, intent.contact_point_id), reason, token)
            session.spend(form)
            session.say(t("Allowed: the next contact by this channel today."))
            st.rerun()


def _refusals(ctx: Ctx, t: Texts, rows: tuple[RefusalRow, ...]) -> None:
    """What the gate refused in this case, the newest first."""
    if not rows:
        st.caption(t("Nothing was refused in this case so far."))
        return
    st.markdown(f"**{t('Refusals of this case')}**")
    st.caption("\n".join(f"- {_row(ctx, t, row)}" for row in rows[:FIRST]))
    if len(rows) > FIRST:
        with st.popover(t("Older ones"), key="gate_older"):
            st.caption("\n".join(f"- {_row(ctx, t, row)}" for row in rows[FIRST:]))


def _row(ctx: Ctx, t: Texts, row: RefusalRow) -> str:
    moment = dt.datetime.fromisoformat(row.wanted_at) if row.wanted_at else None
    when = t.moment(moment.astimezone(ZoneInfo(ctx.time_zone))) if moment else t.date(row.wanted_on)
    what = f"{when} · {labels.channel(t, row.channel)} · {row.rule} · {plain(row.by)}"
    why = f" ({plain(row.reason)})" if row.reason else ""
    became = {
        "refused": t("refused"),
        "overridden": t("allowed by {who}{why}", who=plain(row.decided_by or ""), why=why),
        "made": t("made all the same{why}", why=why),
    }[row.outcome]
    return f"{what} · {became}"


def before_typing(ctx: Ctx, t: Texts, verdict: Verdict) -> bool:
    """Said in the contact panel before anything is typed; returns whether the entry will need its reason."""
    del ctx
    bars = [bar for bar in verdict.bars if bar.rule != "LET-15"]
    told = [bar for bar in bars if bar.code not in ("first-letter-missing", "channel-objected")]
    when = verdict.moment() if bars else None
    lines = [session.sentence(t, bar.said()) for bar in told]
    if told and when is not None:
        lines.append(f"**{session.sentence(t, when)}**")
    if lines:
        st.warning("  \n".join(lines), icon=":material/schedule:")
    for said in verdict.must_say if verdict.intent.channel == "call" else ():
        st.caption(f":material/mic: {session.sentence(t, said)}")
    return bool(bars)


def because(t: Texts, token: str) -> str:
    """The reason of a contact that took place although the gate refuses it."""
    return st.text_input(
        t("It took place all the same: why"),
        key=f"because_{token}",
        help=t(
            "The journal tells what happened: with its reason the contact is logged as made outside the rules, and counted so."
        ),
    )
