"""The form of a legal fact: it asks what the kind needs and says what the fact will change. Records nothing by itself."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

from core.domain.cells import read_rate
from core.domain.rights import Right
from core.i18n import Texts
from core.services import legal_facts
from core.services.cases import CaseFile
from core.services.context import Ctx
from core.services.legal_facts import FactEntry, FactKind, FactRow
from core.ui import fact_words, fields, problems, session
from core.ui.text import plain

CORRECTS = "fact_corrects"


@dataclass(frozen=True, slots=True)
class _Typed:
    """What stands in the form when it is sent, amounts and rates still as text."""

    on: dt.date | None
    until: dt.date | None
    amount: str
    rate: str
    evidence: str
    proof: tuple[str, bytes] | None
    reason: str
    since: dt.date | None
    basis: str
    beyond: str


def correct(case_id: int, fact_id: int) -> None:
    """Have the form open over a fact."""
    st.session_state[f"{CORRECTS}_{case_id}"] = fact_id


def _leave(case_id: int) -> None:
    st.session_state.pop(f"{CORRECTS}_{case_id}", None)


def show(ctx: Ctx, t: Texts, file: CaseFile, kept: Sequence[FactRow]) -> None:
    """Record a fact, or correct the one that a person chose in the list."""
    asked = st.session_state.get(f"{CORRECTS}_{file.head.id}")
    old = next((row for row in kept if row.id == asked), None)
    title = t("Correct a fact") if old else t("Record a fact")
    with st.expander(title, icon=":material/edit:" if old else ":material/add:", expanded=bool(old), key="fact_panel"):
        if old:
            st.markdown(t("Instead of: {fact}", fact=fact_words.line(t, old)))
            st.button(
                t("Leave it as it is"), key="fact_leave", on_click=_leave, args=(file.head.id,), icon=":material/undo:"
            )
        _form(ctx, t, file, old)


def _form(ctx: Ctx, t: Texts, file: CaseFile, old: FactRow | None) -> None:
    form = f"fact_{file.head.id}_{old.id if old else 'new'}"
    token = session.token(form)
    label = fact_words.fields(t)
    kind = _kind(t, label["kind"], token, old)
    if kind is None:
        return
    debt = _debt(t, file, label["debt"], token, kind, old)
    label = fact_words.of_kind(t, kind)
    titles = legal_facts.title_days(ctx, file.head.id, decisions=kind.title == "on") if kind.title else ()
    with st.form(f"{form}_form", border=False):
        typed = _asked(ctx, t, label, token, kind, old, titles[-1:])
        sent = st.form_submit_button(
            t("Correct") if old else t("Record the fact"),
            type="primary",
            key="fact_save",
            disabled=not ctx.may(Right.WORK),
        )
    if sent:
        with problems.told(t, label):
            entry = _entry(file.head.id, kind, debt, typed)
            if old:
                legal_facts.correct_fact(ctx, old.id, entry, typed.reason, token)
            else:
                legal_facts.record_fact(ctx, entry, token)
            session.spend(form)
            _leave(file.head.id)
            session.say(t("Kept in the register: {fact}.", fact=kind.label.of(t.lang)))
            st.rerun()


def _kind(t: Texts, label: str, token: str, old: FactRow | None) -> FactKind | None:
    """The kind chosen, with what it will change and what proves it."""
    kinds = legal_facts.fact_kinds()
    chosen = st.selectbox(
        label,
        list(kinds),
        index=list(kinds).index(old.kind) if old and old.kind in kinds else None,
        format_func=lambda code: kinds[code].label.of(t.lang),
        key=f"fact_kind_{token}",
        placeholder=t("Choose, or type a word"),
    )
    kind = kinds.get(chosen or "")
    if kind:
        said = f"{plain(kind.changes.of(t.lang))} :gray[{plain(fact_words.cited(t, kind))}]"
        st.markdown(f":material/arrow_forward: {said}")
        proof = t("Proves it: {what} Usually from: {who}.", what=kind.help.of(t.lang), who=fact_words.sources(t, kind))
        st.caption(plain(proof))
    return kind


def _debt(t: Texts, file: CaseFile, label: str, token: str, kind: FactKind, old: FactRow | None) -> int | None:
    """The debt it is about; not asked where the kind leaves no choice."""
    refs = {debt.id: debt.ref for debt in file.debts}
    if kind.scope == "case":
        return None
    choices: list[int | None] = [*refs] if kind.scope == "debt" else [None, *refs]
    kept = old.debt_id if old and old.debt_id in refs else None
    return st.selectbox(
        label,
        choices,
        index=choices.index(kept) if kept in choices else 0,
        key=f"fact_debt_{token}_{kind.scope}",
        format_func=lambda number: fact_words.about(t, refs.get(number or 0)),
    )


def _asked(
    ctx: Ctx,
    t: Texts,
    label: dict[str, str],
    token: str,
    kind: FactKind,
    old: FactRow | None,
    title: Sequence[dt.date],
) -> _Typed:
    """The fields that the kind takes, and those of every fact; the day of the latest title stands in the field that asks for one."""
    key = f"{token}_{kind.title}"
    since = basis = beyond = amount = rate = None
    left, right = st.columns(2, gap="large")
    with left:
        on = fields.day(
            label["on"],
            f"fact_on_{key}",
            value=_day(old.on if old else None, title, kind.title == "on"),
            latest=ctx.today,
        )
        until = _until(ctx, t, label, token, kind, old) if "until" in kind.takes else None
        if "amount" in kind.takes:
            kept = fields.euros(old.amount) if old and old.amount else ""
            amount = fields.money(label["amount"], f"fact_amount_{token}", value=kept)
        if "basis" in kind.takes:
            basis = _basis(t, label["basis"], token, old)
        if "rate" in kind.takes:
            rate = _rate(t, label["rate"], token, old)
        if "since" in kind.takes:
            day = _day(old.since if old else None, title, kind.title == "since")
            since = fields.day(label["since"], f"fact_since_{key}", value=day, latest=ctx.today)
    with right:
        evidence, given = _evidence(t, label, token, old)
        if "basis" in kind.takes:
            beyond = st.text_input(label["beyond"], key=f"fact_beyond_{token}")
    reason = st.text_input(label["reason"], key=f"fact_reason_{token}") if old else ""
    return _Typed(on, until, amount or "", rate or "", evidence, given, reason, since, basis or "", beyond or "")


def _evidence(t: Texts, label: dict[str, str], token: str, old: FactRow | None) -> tuple[str, tuple[str, bytes] | None]:
    """What proves it, in words and as a file."""
    words = st.text_input(
        label["evidence"],
        value=old.evidence if old and not old.redacted_on else "",
        key=f"fact_evidence_{token}",
        help=t("How the document is called, its number, where it is kept. No judgment on anybody."),
        placeholder=t("Registered letter no. 1A 123…"),
    )
    given = st.file_uploader(
        label["proof"], type=["pdf", "png", "jpg", "jpeg"], key=f"fact_proof_{token}", max_upload_size=20
    )
    return words, (given.name, given.getvalue()) if given else None


def _until(
    ctx: Ctx, t: Texts, label: dict[str, str], token: str, kind: FactKind, old: FactRow | None
) -> dt.date | None:
    return fields.day(
        label["until"],
        f"fact_until_{token}",
        value=_day(old.until if old else None),
        latest=None if kind.ahead else ctx.today,
        help=None if kind.ahead else t("Left empty while it lasts."),
    )


def _basis(t: Texts, label: str, token: str, old: FactRow | None) -> str:
    codes = legal_facts.BASES
    found = st.selectbox(
        label,
        codes,
        index=codes.index(old.basis) if old and old.basis in codes else 0,
        key=f"fact_basis_{token}",
        format_func=lambda code: fact_words.basis(t, code),
    )
    return found or ""


def _rate(t: Texts, label: str, token: str, old: FactRow | None) -> str:
    kept = old.rate if old else ""
    shown = kept.replace(".", ",") if t.lang == "fr" else kept
    return st.text_input(label, value=shown, key=f"fact_rate_{token}", icon=":material/percent:", placeholder="8,5")


def _day(text: str | None, title: Sequence[dt.date] = (), asked: bool = False) -> dt.date | None:
    """The day kept; else that of the title, in the field that asks for it."""
    if text:
        return dt.date.fromisoformat(text)
    return title[-1] if asked and title else None


def _entry(case_id: int, kind: FactKind, debt: int | None, typed: _Typed) -> FactEntry:
    """The fact as the service takes it; raises Refusal on an amount or a rate that cannot be read."""
    return FactEntry(
        case_id,
        kind.kind,
        typed.on,
        debt,
        typed.until,
        fields.cents(typed.amount, "amount") if typed.amount.strip() else None,
        read_rate(typed.rate, field="rate"),
        typed.evidence,
        typed.proof,
        typed.since,
        typed.basis,
        typed.beyond,
    )
