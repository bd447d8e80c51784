"""The call: begin it, the script in the debtor's language with what must be said, the answers at hand. Logs nothing: the result does."""

from __future__ import annotations

import streamlit as st

from core.domain.messages import Refusal
from core.i18n import Texts
from core.services import call_script, calls, contact_gate
from core.services.call_script import CallScript, Said, SaidStep
from core.services.cases import CaseFile
from core.services.contact_gate import Intent, Verdict
from core.services.context import Ctx
from core.ui import case_result, outcome_labels, session
from core.ui.text import plain

LANGUAGES = {"fr": "français", "en": "English"}


def button(ctx: Ctx, t: Texts, file: CaseFile) -> None:
    """Begin the call: kept from now on, until its result is logged; where the gate refuses one now, the rule and the next moment."""
    verdict = _verdict(ctx, file.head.id)
    st.button(
        t("Call"),
        key="key_call",
        icon=":material/call:" if verdict.allowed else ":material/phone_disabled:",
        shortcut="T",
        on_click=_begin,
        args=(file.head.id,),
        disabled=file.head.status != "open" or not verdict.allowed,
        help=_told(t, verdict),
    )


def _verdict(ctx: Ctx, case_id: int) -> Verdict:
    """Whether the number chosen, or the debtor's usual one, may be called now."""
    return contact_gate.may_contact(
        ctx, Intent(case_id, "call", st.session_state.get(f"with_call_{case_id}"), by=ctx.user.id)
    )


def _told(t: Texts, verdict: Verdict) -> str:
    if verdict.allowed:
        begins = t("Begins the call: the script opens, and you will be reminded to log what came of it.")
        return f"{t('A call is possible now.')} {begins}"
    when = verdict.moment()
    words = [session.sentence(t, bar.said()) for bar in verdict.bars]
    return "  \n".join([t("No call now:"), *words, *([session.sentence(t, when)] if when is not None else [])])


def _begin(case_id: int) -> None:
    ctx = session.here()
    with session.spoken(ctx):
        verdict = _verdict(ctx, case_id)
        if not verdict.allowed:
            raise Refusal(*verdict.problems("call"))
        calls.begin(ctx, case_id, st.session_state.get(f"with_call_{case_id}"))
        st.session_state[f"panel_{case_id}"] = "contact"
        st.session_state["channel"], st.session_state["direction"] = "call", "out"


def show(ctx: Ctx, t: Texts, file: CaseFile) -> None:
    """The script, while a call of this person is open on the case."""
    if not any(call.case_id == file.head.id for call in calls.open_calls(ctx)):
        return
    script = call_script.call_script(ctx, file.head.id)
    with st.container(border=True, key="script", gap="xsmall"):
        if script.lang != t.lang:
            st.caption(t("In the debtor's language: {language}.", language=LANGUAGES[script.lang]))
        _steps(t, script)
    with st.expander(t("Objections and answers"), icon=":material/forum:", key="objections"):
        for one in script.objections:
            st.markdown(f"**{plain(one.says)}**  \n{plain(one.answer)}")
            if one.result:
                st.button(
                    outcome_labels.result(t, one.result),
                    key=f"objection_{one.objection}",
                    type="tertiary",
                    icon=":material/arrow_forward:",
                    on_click=case_result.choose,
                    args=(file.head.id, one.result),
                )


def _steps(t: Texts, script: CallScript) -> None:
    """A tab a step, which costs no rerun; a step with something that must be said has its number in colour, the line its rule."""
    numbers = [f":orange[**{n}**]" if _compulsory(step) else str(n) for n, step in enumerate(script.steps, 1)]
    for number, place, step in zip(range(1, len(numbers) + 1), st.tabs(numbers), script.steps, strict=True):
        lines = "\n".join(f"- {_line(t, line)}" for line in step.lines)
        place.markdown(f"**{number}. {plain(step.title.of(t.lang))}**\n{lines}")


def _compulsory(step: SaidStep) -> bool:
    return any(line.must for line in step.lines)


def _line(t: Texts, line: Said) -> str:
    if not line.must:
        return plain(line.text)
    return f":orange-background[{plain(line.text)}] :small[:orange[{t('compulsory')}, {plain(line.must)}]]"
