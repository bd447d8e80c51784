"""Letters of one kind to many cases: choose, see what would leave and what is kept back, issue, print, post. Judges no letter."""

from __future__ import annotations

from collections import Counter

import streamlit as st

from core.domain.messages import Problem
from core.domain.rights import Right
from core.i18n import Texts
from core.services import cases, dispatch, letter_batches, letters, reports
from core.services.context import Ctx
from core.services.letter_batches import ANY, NONE, Asked, Candidate, Preview
from core.ui import downloads, fields, problems, session
from core.ui.text import plain

SEEN, DONE, SLIP, SIZE = "batch_seen", "batch_done", "batch_slip", 50


def show(ctx: Ctx, t: Texts) -> None:
    """The choice, the preview, then what was issued."""
    _done(ctx, t)
    asked = _asked(ctx, t)
    if st.button(t("Preview the batch"), key="batch_preview", icon=":material/preview:"):
        with problems.told(t):
            st.session_state[SEEN] = (asked, letter_batches.preview(ctx, asked))
    seen = st.session_state.get(SEEN)
    if not seen or seen[0] != asked:
        st.caption(t("The preview checks each letter as if it were issued alone; nothing is written."))
        return
    _preview(ctx, t, seen[1])


def _asked(ctx: Ctx, t: Texts) -> Asked:
    """Kind, creditor, collector, last letter sent."""
    names = {key: name.of(t.lang) for key, name in letter_batches.kinds(ctx).items()}
    stages = {ANY: t("Whatever was sent"), NONE: t("Nothing sent yet"), **names}
    with st.container(horizontal=True, vertical_alignment="bottom", key="batch_filters"):
        kind = _one(t("Which letter"), names, "batch_kind", 260)
        stage = NONE if kind == letter_batches.FIRST else _one(t("Last letter sent"), stages, "batch_stage", 220)
        creditor = _number(t("Creditor"), dict(cases.creditor_choices(ctx)), t("All creditors"), "batch_creditor")
        collector = _number(
            t("Collector"), dict(reports.collector_choices(ctx)), t("All collectors"), "batch_collector"
        )
    return Asked(kind, creditor, collector, stage)


def _one(label: str, names: dict[str, str], key: str, width: int) -> str:
    return str(st.selectbox(label, list(names), key=key, format_func=lambda code: names[code], width=width))


def _number(label: str, names: dict[int, str], every: str, key: str) -> int | None:
    found = st.selectbox(label, [0, *names], key=key, format_func=lambda one: names[one] if one else every, width=200)
    return found or None


def _preview(ctx: Ctx, t: Texts, found: Preview) -> None:
    """How many leave, how many are kept back and why; the button that issues."""
    ready, refused = len(found.ready), len(found.refused)
    if not ready and not refused:
        st.info(t("No case is meant by this choice."), icon=":material/mark_email_read:")
        return
    leave = t.n("{n} letter may leave", "{n} letters may leave", ready)
    st.markdown(f"**{leave}** · " + t.n("{n} is kept back", "{n} are kept back", refused))
    if found.more:
        st.caption(t("{n} cases were looked at; more remain for a next batch.", n=letter_batches.MOST))
    if ready:
        _table(t, found.ready)
    if refused:
        with st.expander(t("Kept back, and why"), icon=":material/block:", key="batch_refused"):
            _refused(t, found)
    form = "batch_issue"
    if st.button(
        t.n("Issue {n} letter", "Issue {n} letters", ready), key=form, type="primary", icon=":material/outgoing_mail:",
        disabled=not ready or not ctx.may(Right.WORK),
    ):  # fmt: skip
        with problems.told(t):
            made = letters.issue_letters(ctx, [one.case_id for one in found.ready], found.kind.key, session.token(form))
            session.spend(form)
            st.session_state[DONE] = (
                tuple(one.reference for one in made.issued),
                made.document_id,
                found.kind.registered,
            )
            st.session_state.pop(SEEN, None)
            st.session_state.pop(SLIP, None)
            told = t.n("{n} letter is issued.", "{n} letters are issued.", len(made.issued))
            left = len(made.refused)
            session.say(
                f"{told} "
                + (t.n("{n} was kept back meanwhile.", "{n} were kept back meanwhile.", left) if left else "")
            )
            st.rerun()


def _table(t: Texts, rows: tuple[Candidate, ...]) -> None:
    pages = -(-len(rows) // SIZE)
    at = st.pagination(pages, key="batch_page") if pages > 1 else 1
    text = st.column_config.TextColumn
    st.dataframe(
        [
            {"ref": one.ref, "debtor": one.debtor, "creditor": one.creditor, "balance": one.balance / 100}
            for one in rows[(at - 1) * SIZE : at * SIZE]
        ],
        key="batch_table",
        hide_index=True,
        alt=t("The letters that may leave, one a line"),
        column_config={
            "ref": text(t("Case"), width=150),
            "debtor": text(t("Debtor"), width=240),
            "creditor": text(t("Creditor"), width=240),
            "balance": st.column_config.NumberColumn(t("Balance"), format="euro", width=120),
        },
    )


def _refused(t: Texts, found: Preview) -> None:
    """Each reason with its cases, the most frequent first."""
    reasons = Counter(_said(t, wrong[0]) for _, wrong in found.refused)
    for reason, count in reasons.most_common():
        refs = [one.ref for one, wrong in found.refused if _said(t, wrong[0]) == reason]
        more = t(" and {n} more", n=len(refs) - 10) if len(refs) > 10 else ""
        st.markdown(f"- **{count}** — {plain(reason)}  \n{plain(', '.join(refs[:10]) + more)}")


def _said(t: Texts, one: Problem) -> str:
    return f"{t.render(one.reason)} {t.render(one.remedy)}"


def _done(ctx: Ctx, t: Texts) -> None:
    """The batch just issued: its file, its slip, its posting."""
    made = st.session_state.get(DONE)
    if not made:
        return
    refs, document, registered = made
    may = ctx.may(Right.WORK)
    with st.container(border=True, key="batch_done_box"):
        st.markdown(
            f"**{t.n('{n} letter issued, to print and post', '{n} letters issued, to print and post', len(refs))}**"
        )
        with st.container(horizontal=True, vertical_alignment="center"):
            downloads.pdf(
                t("Print the letters"),
                "batch_file",
                f"courriers-{document}.pdf",
                lambda mine: letters.letter_bytes(mine, document),
            )
            _slip(ctx, t, refs, registered=registered, may=may)
            _posted(ctx, t, refs, may=may)
            if st.button(t("Close"), key="batch_close", type="tertiary"):
                st.session_state.pop(DONE)
                st.rerun()


def _slip(ctx: Ctx, t: Texts, refs: tuple[str, ...], *, registered: bool, may: bool) -> None:
    """The deposit slip of registered letters, drawn once."""
    if not registered:
        return
    drawn = st.session_state.get(SLIP)
    if drawn:
        downloads.pdf(
            t("Print slip {number}", number=drawn),
            "batch_slip_get",
            f"{drawn}.pdf",
            lambda mine: dispatch.slip_bytes(mine, drawn),
        )
    elif st.button(t("Draw the deposit slip"), key="batch_slip_draw", icon=":material/list_alt:", disabled=not may):
        with problems.told(t):
            st.session_state[SLIP], _ = dispatch.draw_slip(ctx, refs, session.token("batch_slip"))
            session.spend("batch_slip")
            st.rerun()


def _posted(ctx: Ctx, t: Texts, refs: tuple[str, ...], *, may: bool) -> None:
    with st.popover(t("They were posted"), key="batch_posted", icon=":material/local_post_office:"):
        label = t("Posted on")
        on = fields.day(label, "batch_posted_on", value=ctx.today, latest=ctx.today)
        if st.button(t("Record the posting"), key="batch_posted_save", type="primary", disabled=not may):
            with problems.told(t, {"posted_on": label}):
                letters.mark_posted(ctx, refs, on or ctx.today)
                st.session_state.pop(DONE)
                session.say(
                    t.n("The posting of {n} letter is recorded.", "The posting of {n} letters is recorded.", len(refs))
                )
                st.rerun()
