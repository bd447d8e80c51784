"""The form of a charge on the debtor: what the law allows, who pays and why; what it refuses stays in sight. Judges nothing."""

from __future__ import annotations

import streamlit as st

from core.domain.charges import Forbidden
from core.domain.computation import Missing
from core.i18n import Texts
from core.services import charge_proof, charge_words, costs
from core.services.cases import CaseFile
from core.services.context import Ctx
from core.services.costs import ChargeEntry, Choice
from core.ui import drafts, fields, labels, problems, session
from core.ui.text import plain


def show(ctx: Ctx, t: Texts, file: CaseFile) -> None:
    """Put a charge on one debt, or see why not; the debts still owed come first, a settled one is never proposed by itself."""
    form = f"charge_{file.head.id}"
    token = session.token(form)
    owed = {d.id: d.ref for d in file.debts if d.outstanding > 0}
    refs = owed | {d.id: t("{ref} (settled)", ref=d.ref) for d in file.debts if d.id not in owed}
    if not refs:
        return
    with drafts.kept(token, "charge_debt"):
        debt = st.selectbox(
            t("On which debt"), list(refs), index=0 if owed else None, key=f"charge_debt_{token}", format_func=lambda d: refs[d],
            placeholder=t("All debts are settled: choose one"),
        )  # fmt: skip
    if debt is None:
        st.caption(t("Nothing is owed any more on this case: a charge would make it owed again."))
        return
    choices = costs.charge_choices(ctx, debt)
    open_ones = {c.kind.kind: c for c in choices if not isinstance(c.answer, Forbidden)}
    if open_ones:
        with drafts.kept(f"{token}_{debt}", "charge_kind"):
            kind = st.selectbox(
                t("What for"),
                list(open_ones),
                key=f"charge_kind_{token}_{debt}",
                format_func=lambda k: open_ones[k].kind.label.of(t.lang),
            )
        _form(ctx, t, file.head.id, debt, open_ones[kind], token)
    _refused(t, [c for c in choices if isinstance(c.answer, Forbidden)])


def _form(ctx: Ctx, t: Texts, case_id: int, debt: int, choice: Choice, token: str) -> None:
    """The facts the law asks for, the amount, the proof."""
    at = f"{token}_{debt}_{choice.kind.kind}"
    label = {
        "amount": t("Amount"),
        "on": t("Counts from"),
        "evidence": t("Proof (name of the document)"),
        "kind": t("What for"),
        "document": t("Document of the case (optional)"),
        "proof": t("or its scan (PDF, PNG or JPEG)"),
    }
    asked = choice.answer.questions if isinstance(choice.answer, Missing) else ()
    typed = ("amount", "on", "proof", "document", *(one.key for one in asked if one.key != "evidence"))
    with st.container(border=True), drafts.kept(at, *(f"charge_{name}" for name in typed)):
        payer = f"**{t('Paid by the debtor')}** · {plain(labels.bucket(t, choice.kind.bucket))}"
        st.markdown(f"{payer}  \n{plain(charge_words.ground(t, choice.kind.ground))}")
        for remark in choice.kind.remarks:
            st.caption(plain(charge_words.ground(t, remark.ground)))
        confirmed = tuple(
            one.key
            for one in asked
            if one.key != "evidence"
            and st.checkbox(
                session.sentence(t, one.label),
                key=f"charge_{one.key}_{at}",
                help=f"{session.sentence(t, one.why)} {plain(', '.join(one.articles))}",
            )
        )
        left, right = st.columns(2)
        fixed = fields.euros(choice.amount) if choice.amount else ""
        with left:
            amount = fields.money(label["amount"], f"charge_amount_{at}", value=fixed)
        with right:
            on = fields.day(label["on"], f"charge_on_{at}", value=ctx.today, latest=ctx.today)
        evidence = st.text_input(label["evidence"], key=f"charge_proof_{at}", autocomplete="off")
        document, scan = _document(ctx, t, label, case_id, at)
        if st.button(t("Put it on the debtor"), key=f"charge_save_{token}", type="primary", icon=":material/save:"):
            with problems.told(
                t, label | {one.key: session.sentence(t, one.label) for one in asked if one.key != "evidence"}
            ):
                cents = fields.cents(amount, "amount")
                entry = ChargeEntry(
                    case_id, debt, choice.kind.kind, cents, on or ctx.today, evidence, document, confirmed, scan
                )
                done = costs.record_charge(ctx, entry, token)
                session.spend(f"charge_{case_id}")
                drafts.forget(at)
                session.say(t("Charge recorded. Owed now: {amount}.", amount=t.money(done.balance)))
                st.rerun(scope="app")


def _document(
    ctx: Ctx, t: Texts, label: dict[str, str], case_id: int, at: str
) -> tuple[int | None, tuple[str, bytes] | None]:
    """The document that proves the charge: one of the case, or a scan to keep with it."""
    known = charge_proof.proofs(ctx, case_id)
    left, right = st.columns(2)
    with left:
        document = st.selectbox(
            label["document"], list(known), index=None, key=f"charge_document_{at}", format_func=lambda d: known[d],
            placeholder=t("No document"), disabled=not known,
        )  # fmt: skip
    with right:
        given = st.file_uploader(
            label["proof"], type=["pdf", "png", "jpg", "jpeg"], key=f"charge_scan_{at}", max_upload_size=20
        )
    return document, (given.name, given.getvalue()) if given else None


def _refused(t: Texts, refused: list[Choice]) -> None:
    """What stays with the creditor, greyed, each with its article."""
    if not refused:
        return
    st.markdown(f"**{t('Left with the creditor by the law')}**")
    for choice in refused:
        if isinstance(choice.answer, Forbidden):
            why = charge_words.ground(t, choice.answer.ground)
            st.caption(f":material/block: {plain(choice.kind.label.of(t.lang))}  \n{plain(why)}")
