"""Why the debtor does not pay: asked with a result, shown at the top of the case, kept with its history. Judges no reason."""

from __future__ import annotations

import streamlit as st

from core.domain.rights import Right
from core.i18n import Texts
from core.services import people_words, reason_record, reasons
from core.services.cases import CaseFile
from core.services.context import Ctx
from core.services.reasons import ReasonEntry, ReasonRow
from core.ui import fields, problems, session
from core.ui.text import plain

CORRECTED = "reason_corrected"


def labels(t: Texts) -> dict[str, str]:
    """The fields of a reason."""
    return {
        "cause": t("Reason for non-payment"),
        "cause_facts": t("Facts alleged, with their dates"),
        "source": t("Known from"),
        "said_on": t("Said on"),
    }


def strip(ctx: Ctx, t: Texts, file: CaseFile) -> None:
    """The reason that stands, in the banner."""
    found = reasons.current_of(ctx, file.head.id)
    if found:
        said = t(
            "{reason} — {source}, {day} ({tone})", reason=people_words.reason(t, found.code), day=t.date(found.said_on),
            source=people_words.reason_source(t, found.source), tone=people_words.tone(t, found.tone),
        )  # fmt: skip
        st.caption(f":material/psychology_alt: {t('Reason for non-payment')} : {plain(said)}")


def ask(t: Texts, result: str, token: str) -> tuple[str | None, str]:
    """The reason asked with a result that wants one, and the facts alleged; None where the result does not ask."""
    if not reason_record.asks(result):
        return None, ""
    label, codes, usual = labels(t), reasons.reason_codes(), reason_record.default(result)
    key = f"cause_{result}_{token}"
    chosen = st.selectbox(
        label["cause"],
        codes,
        index=codes.index(usual) if usual and key not in st.session_state else None,  # what was typed before stands
        placeholder=t("Choose the reason"),
        format_func=lambda code: people_words.reason(t, code),
        key=key,
    )
    facts = st.text_input(
        label["cause_facts"],
        key=f"cause_facts_{result}_{token}",
        help=t("Compulsory for bad faith; facts only, no judgement."),
    )
    return chosen or "", facts


def show(ctx: Ctx, t: Texts, file: CaseFile) -> None:
    """The reason, what to do with it, its history, the form."""
    rows = reasons.history(ctx, file.head.id)
    stands = next((row for row in rows if not row.gone), None)
    if stands:
        st.markdown(f"**{plain(people_words.reason(t, stands.code))}** · {plain(people_words.act(t, stands.code))}")
    else:
        st.caption(t("Nobody has said yet why this is not paid. The reason chooses the tone and the scenario."))
    for row in rows:
        _row(t, file, row)
    if ctx.may(Right.WORK):
        correcting = bool(st.session_state.get(f"{CORRECTED}_{file.head.id}"))
        with st.expander(t("Say the reason"), icon=":material/edit:", expanded=correcting):
            _form(ctx, t, file)


def _row(t: Texts, file: CaseFile, row: ReasonRow) -> None:
    struck = "~~" if row.gone else ""
    words = [people_words.reason(t, row.code), people_words.reason_source(t, row.source), t.date(row.said_on)]
    with st.container(border=True, gap="xsmall", key=f"unpaid_{row.id}"):
        st.markdown(f"{struck}{plain(' · '.join(words))}{struck}")
        if row.facts:
            st.text(row.facts)
        with st.container(horizontal=True, vertical_alignment="center"):
            st.caption(
                plain(t("recorded by {name} on {day}", name=row.author, day=t.date(row.recorded_at[:10]))),
                width="stretch",
            )
            if not row.gone and file.head.status == "open":
                st.button(
                    t("Correct"),
                    key=f"unpaid_correct_{row.id}",
                    type="tertiary",
                    on_click=_correct,
                    args=(file.head.id, row.id),
                )


def _correct(case_id: int, reason_id: int | None) -> None:
    st.session_state[f"{CORRECTED}_{case_id}"] = reason_id


def _form(ctx: Ctx, t: Texts, file: CaseFile) -> None:
    form, corrects = f"reason_{file.head.id}", st.session_state.get(f"{CORRECTED}_{file.head.id}")
    token, label, codes = session.token(form), labels(t), reasons.reason_codes()
    with st.form(f"unpaid_form_{token}", border=False):
        if corrects:
            st.caption(t("This replaces the entry above, which stays struck through."))
        code = st.selectbox(
            label["cause"], codes, index=None, placeholder=t("Choose the reason"),
            format_func=lambda one: people_words.reason(t, one), key=f"unpaid_code_{token}",
        )  # fmt: skip
        facts = st.text_input(label["cause_facts"], key=f"unpaid_facts_{token}")
        source = st.selectbox(
            label["source"],
            reasons.SOURCES,
            format_func=lambda one: people_words.reason_source(t, one),
            key=f"unpaid_source_{token}",
        )
        said_on = fields.day(label["said_on"], f"unpaid_on_{token}", value=ctx.today, latest=ctx.today) or ctx.today
        sent = st.form_submit_button(
            t("Put right") if corrects else t("Keep the reason"), type="primary", key=f"unpaid_save_{token}"
        )
    if sent:
        with problems.told(t, label):
            reasons.set_reason(ctx, file.head.id, ReasonEntry(code or "", source, said_on, facts, corrects), token)
            session.spend(form)
            _correct(file.head.id, None)
            session.say(t("The reason is kept."))
            st.rerun()
