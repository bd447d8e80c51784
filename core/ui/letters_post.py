"""Letters to post: choose, print in one file, draw the deposit slip, enter the registered numbers, say they were posted. Issues none."""

from __future__ import annotations

import streamlit as st

from core.domain.rights import Right
from core.i18n import Texts
from core.services import dispatch, letters
from core.services.context import Ctx
from core.services.dispatch import Dispatch
from core.ui import downloads, fields, letters_place, problems, session

SIZE = 50
TABLE, PAGE, WHICH = "letters_table", "letters_page", "letters_which"


def show(ctx: Ctx, t: Texts) -> None:
    """The list and what is done with the letters ticked."""
    registered = _which(t)
    count = dispatch.count_to_post(ctx, registered=registered)
    if not count:
        st.info(
            t("No letter to post. Letters are issued from a case, or by a scenario."), icon=":material/mark_email_read:"
        )
        _last(ctx, t)
        return
    at = st.pagination(-(-count // SIZE), key=PAGE) if count > SIZE else 1
    rows = dispatch.to_post(ctx, registered=registered, limit=SIZE, offset=(at - 1) * SIZE)
    chosen = _table(ctx, t, rows)
    st.caption(
        t.n(
            "{n} letter chosen. Nothing ticked: all those shown.",
            "{n} letters chosen. Nothing ticked: all those shown.",
            len(chosen),
        )
    )
    _actions(ctx, t, chosen)
    _last(ctx, t)
    _numbers(ctx, t, chosen)


def _which(t: Texts) -> bool | None:
    words = {"all": t("All letters"), "registered": t("Registered"), "plain": t("Ordinary post")}
    code = st.segmented_control(
        t("Which letters"), list(words), key=WHICH, default="all", required=True, format_func=lambda one: words[one]
    )
    return {"all": None, "registered": True, "plain": False}[str(code)]


def _table(ctx: Ctx, t: Texts, rows: tuple[Dispatch, ...]) -> tuple[Dispatch, ...]:
    text = st.column_config.TextColumn
    names = letters_place.kind_names(ctx, t)
    event = st.dataframe(
        [letters_place.line(row, names) for row in rows],
        key=TABLE,
        hide_index=True,
        placeholder="—",
        on_select="rerun",
        selection_mode="multi-row",
        alt=t("The letters to post, one a line"),
        column_order=("reference", "kind", "debtor", "address", "dated", "tracking", "slip"),
        column_config={
            "reference": text(t("Letter"), width=165),
            "kind": text(t("Kind"), width=160),
            "debtor": text(t("Addressee"), width=170),
            "address": text(t("Address"), width=260),
            "dated": st.column_config.DateColumn(t("Dated"), format="DD/MM/YYYY", width=95),
            "tracking": text(t("Registered number"), width=150),
            "slip": text(t("Slip"), width=110),
        },
    )
    ticked = [rows[int(at)] for at in event.selection.rows if int(at) < len(rows)]
    return tuple(ticked) or rows


def _actions(ctx: Ctx, t: Texts, chosen: tuple[Dispatch, ...]) -> None:
    refs, may = tuple(row.reference for row in chosen), ctx.may(Right.WORK)
    slip = tuple(row.reference for row in chosen if row.registered and not row.slip)
    with st.container(horizontal=True):
        if st.button(
            t("Make the file to print"), key="letters_print", type="primary", icon=":material/print:", disabled=not may
        ):
            with problems.told(t):
                document = dispatch.print_letters(ctx, refs, session.token("letters_print"))
                session.spend("letters_print")
                st.session_state["letters_file"] = document
                st.rerun()
        if st.button(
            t("Draw the deposit slip"), key="letters_slip", icon=":material/list_alt:", disabled=not may or not slip,
            help=t("Of the registered letters chosen that are on no slip yet."),
        ):  # fmt: skip
            with problems.told(t):
                number, _ = dispatch.draw_slip(ctx, slip, session.token("letters_slip"))
                session.spend("letters_slip")
                st.session_state["letters_slip_drawn"] = number
                st.rerun()
        with st.popover(t("They were posted"), key="letters_posted", icon=":material/outgoing_mail:"):
            label = t("Posted on")
            on = fields.day(label, "letters_posted_on", value=ctx.today, latest=ctx.today)
            if st.button(t("Record the posting"), key="letters_posted_save", type="primary", disabled=not may):
                with problems.told(t, {"posted_on": label}):
                    letters.mark_posted(ctx, refs, on or ctx.today)
                    session.say(
                        t.n(
                            "The posting of {n} letter is recorded.",
                            "The posting of {n} letters is recorded.",
                            len(refs),
                        )
                    )
                    st.rerun()


def _last(ctx: Ctx, t: Texts) -> None:
    """The file and the slip just made, to download."""
    del ctx
    document, slip = st.session_state.get("letters_file"), st.session_state.get("letters_slip_drawn")
    with st.container(horizontal=True):
        if document:
            downloads.pdf(
                t("Print the letters"),
                "letters_file_get",
                f"courriers-{document}.pdf",
                lambda mine: letters.letter_bytes(mine, document),
            )
        if slip:
            downloads.pdf(
                t("Print slip {number}", number=slip),
                "letters_slip_get",
                f"{slip}.pdf",
                lambda mine: dispatch.slip_bytes(mine, slip),
            )


def _numbers(ctx: Ctx, t: Texts, chosen: tuple[Dispatch, ...]) -> None:
    """The registered numbers, typed one by one."""
    rows = [row for row in chosen if row.registered]
    if not rows:
        return
    labels = {f"tracking.{row.reference}": row.reference for row in rows}
    with st.expander(t("Registered numbers"), icon=":material/barcode:", key="letters_numbers"):
        st.caption(t("Type or paste the number of each label, for example 1A 123 456 7890 1."))
        with st.form("letters_numbers_form", border=False):
            typed = {
                row.reference: st.text_input(
                    f"{row.reference} — {row.debtor}",
                    value=row.tracking or "",
                    key=f"tracking_{row.message_id}",
                    autocomplete="off",
                )
                for row in rows
            }
            sent = st.form_submit_button(t("Keep the numbers"), type="primary", key="letters_numbers_save")
        given = {ref: number for ref, number in typed.items() if number.strip()}
        if sent and given:
            with problems.told(t, labels):
                dispatch.set_tracking(ctx, given)
                session.say(t.n("{n} number is kept.", "{n} numbers are kept.", len(given)))
                st.rerun()
