"""Facts and evidence of a case: the register by day, what lacks a document, the taking back of a fact. Computes nothing from them."""

from __future__ import annotations

import streamlit as st

from core.domain.rights import Right
from core.i18n import Texts
from core.services import creditors, legal_facts
from core.services.cases import CaseFile
from core.services.context import Ctx
from core.services.legal_facts import FactRow
from core.ui import case_fact_form, doors, downloads, fact_words, problems, session
from core.ui.text import plain


def show(ctx: Ctx, t: Texts, file: CaseFile) -> None:
    """The section."""
    st.subheader(t("Facts and evidence"), anchor=False)
    rows = legal_facts.register(ctx, file.head.id)
    kept = [row for row in rows if legal_facts.counts(row)]
    gone = [row for row in rows if not legal_facts.counts(row)]
    if not kept:
        st.caption(
            t(
                "No fact yet. A formal notice, a written acknowledgment, a claim in court… change from when interest runs and until "
                "when one may sue: record them here with what proves them."
            )
        )
    _quality(ctx, t, file)
    for row in kept:
        _fact(ctx, t, file, row)
    if gone:
        with st.expander(t.n("{n} entry corrected or withdrawn", "{n} entries corrected or withdrawn", len(gone))):
            for row in gone:
                _gone(ctx, t, row)
    case_fact_form.show(ctx, t, file, kept)


def _quality(ctx: Ctx, t: Texts, file: CaseFile) -> None:
    """The one fact of the creditor that the legal rate waits for."""
    if legal_facts.quality_missing(ctx, file.head.creditor_id):
        with st.container(horizontal=True, vertical_alignment="center", key="quality_missing"):
            st.markdown(
                ":orange[:material/help:] "
                + plain(
                    t(
                        "Is {creditor} an individual or a business? The legal rate of interest depends on it (CMF, art. L. 313-2).",
                        creditor=file.head.creditor,
                    )
                ),
                width="stretch",
            )
            doors.link(
                "creditors", t("Say it on the creditor's page"), ":material/apartment:", id=str(file.head.creditor_id)
            )


def _fact(ctx: Ctx, t: Texts, file: CaseFile, row: FactRow) -> None:
    kind = legal_facts.fact_kinds().get(row.kind)
    with st.container(border=True, gap="xsmall", key=f"legal_fact_{row.id}"):
        st.markdown(fact_words.line(t, row))
        if kind:
            st.caption(f"{plain(kind.changes.of(t.lang))} {plain(fact_words.cited(t, kind))}")
        _evidence(t, row)
        with st.container(horizontal=True, vertical_alignment="center"):
            st.caption(plain(_said(t, row)), width="stretch")
            _document(row)
            may = ctx.may(Right.WORK)
            st.button(
                t("Correct"),
                key=f"fact_correct_{row.id}",
                type="tertiary",
                on_click=case_fact_form.correct,
                args=(file.head.id, row.id),
                disabled=not may,
            )
            _withdraw(ctx, t, row, may)
            _redact(ctx, t, row)


def _evidence(t: Texts, row: FactRow) -> None:
    if row.redacted_on:
        said = t(
            "Words redacted by {name} on {day}: {reason}", name=row.redacted_by or "", day=t.date(row.redacted_on),
            reason=row.redacted_why or "",
        )  # fmt: skip
        st.markdown(f":gray[:material/ink_eraser: {plain(said)}]")
    elif row.evidence:
        st.markdown(f":material/attach_file: {plain(row.evidence)}")
    elif not row.document:
        st.markdown(f":orange[:material/warning: {plain(t('Evidence to be produced: no document is named yet.'))}]")


def _said(t: Texts, row: FactRow) -> str:
    words = [t("recorded by {name} on {day}", name=row.author, day=t.date(row.recorded_at[:10]))]
    if row.reason:
        words.append(t("corrected: {reason}", reason=row.reason))
    return " · ".join(words)


def _document(row: FactRow) -> None:
    document = row.document_id
    if document is None or row.document is None or row.media_type is None:
        return
    st.download_button(
        row.document,
        downloads.later(lambda ctx: creditors.document_bytes(ctx, document)[0]),
        file_name=row.document,
        mime=row.media_type,
        key=f"fact_file_{row.id}",
        icon=":material/description:",
        type="tertiary",
        on_click="ignore",
    )


def _withdraw(ctx: Ctx, t: Texts, row: FactRow, may: bool) -> None:
    with st.popover(t("Withdraw"), key=f"fact_withdraw_{row.id}", disabled=not may):
        st.markdown(t("The entry stays in the register, struck through; it no longer counts."))
        form = f"fact_withdraw_{row.id}"
        token = session.token(form)
        label = fact_words.fields(t)
        reason = st.text_input(
            label["reason"], key=f"fact_why_{row.id}", placeholder=t("Another case, copied by mistake")
        )
        if st.button(t("Withdraw this fact"), key=f"fact_withdraw_do_{row.id}", type="primary"):
            with problems.told(t, label):
                legal_facts.withdraw_fact(ctx, row.id, reason, token)
                session.spend(form)
                session.say(t("The fact is withdrawn: it no longer counts."))
                st.rerun()


def _redact(ctx: Ctx, t: Texts, row: FactRow) -> None:
    """Take away words that should never have been written; for a lead."""
    if not ctx.may(Right.REDACT) or not row.evidence_id or row.redacted_on:
        return
    with st.popover(t("Redact the words"), key=f"fact_redact_{row.id}"):
        st.markdown(
            t(
                "The words that say what proves it are taken away for good. The fact still counts; this reason stays in sight."
            )
        )
        label = fact_words.fields(t)
        reason = st.text_input(
            label["reason"], key=f"fact_redact_why_{row.id}", placeholder=t("Name of another person")
        )
        if st.button(t("Redact these words"), key=f"fact_redact_do_{row.id}", type="primary"):
            with problems.told(t, label):
                legal_facts.redact_evidence(ctx, row.id, reason)
                session.say(t("The words are redacted."))
                st.rerun()


def _gone(ctx: Ctx, t: Texts, row: FactRow) -> None:
    """An entry that no longer counts, or the one that took a fact back."""
    mark = "" if row.kind == legal_facts.WITHDRAWN else "~~"
    st.markdown(f"{mark}{fact_words.line(t, row)}{mark}")
    st.caption(plain(_said(t, row)))
    if row.evidence:
        _evidence(t, row)
        _redact(ctx, t, row)
