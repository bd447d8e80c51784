"""The statement of amounts on screen: the day, the totals, one debt in full, what is only told, the files. Computes nothing."""

from __future__ import annotations

import datetime as dt
from functools import partial

import streamlit as st

from core.domain.computation import Computation, Missing
from core.domain.statement import NAMES, Statement
from core.domain.statement_account import BUCKETS
from core.i18n import Texts
from core.i18n.notes import Notes
from core.services import statements
from core.services.context import Ctx
from core.services.statements import View
from core.ui import doors, downloads, fields, interest_view, labels, problems, session, statement_debt, why
from core.ui.session import sentence
from core.ui.text import plain


def asked(t: Texts) -> int:
    """The case of the address; a helpful sentence and 0 when there is none."""
    text = st.query_params.get("case", "")
    if text.isdecimal() and int(text):
        return int(text)
    st.title(t("Statement of amounts"), anchor=False)
    st.info(t("A statement is made of one case: open the case, then its statement."), icon=":material/folder_open:")
    doors.link("queue", t("Go to the queue"), ":material/format_list_numbered:")
    doors.link("calculator", t("A sum typed by hand: the calculator"), ":material/calculate:")
    return 0


def day(ctx: Ctx, t: Texts, case_id: int) -> dt.date:
    """The day the amounts are stated for, today at first."""
    st.title(t("Statement of amounts"), anchor=False)
    with st.container(width=280):
        found = fields.day(
            t("Amounts on"), f"statement_on_{case_id}", value=ctx.today,
            help=t("Any day: a past one sees only what was booked by then; for a day to come, interest goes on with the rates known."),
        )  # fmt: skip
    return found or ctx.today


def show(ctx: Ctx, t: Texts, case_id: int, on: dt.date) -> None:
    """The whole screen under the day."""
    with problems.told(t, {"on": t("Amounts on")}):
        view = statements.statement_view(ctx, case_id, on)
        _about(t, view)
        if not view.found.debts:
            st.info(t("No debt had been placed by that day: choose a later one."), icon=":material/event_busy:")
            return
        notes = _notes(view.found)
        _totals(t, view.found)
        _files(ctx, t, view)
        _debts(t, view.found)
        statement_debt.show(t, _chosen(t, view.found), case_id, notes)
        _told(t, view.found, notes)
        _texts(t, notes)
        _issued(t, view)


def _about(t: Texts, view: View) -> None:
    head = view.head
    name = t("Case {ref}, {debtor}", ref=plain(head.ref), debtor=labels.person(head.name, head.first_name))
    with st.container(horizontal=True, vertical_alignment="center"):
        doors.link("case", name, ":material/folder_open:", id=str(head.id))
        st.markdown(t("for {creditor}", creditor=plain(head.creditor)), width="content")


def _totals(t: Texts, found: Statement) -> None:
    """Total and parts, what makes them uncertain, and why."""
    with st.container(horizontal=True, gap="small", key="figures_statement"):
        why.metric(t, t("Total owed"), found.total)
        why.metric(t, t("Principal"), found.sums["principal"])
        label, value, meaning = interest_view.figure(t, found)
        why.metric(t, label, found.sums["interest"], value, meaning)
        for bucket in BUCKETS[2:]:
            if found.sums[bucket].value:
                why.metric(t, t.render(NAMES[bucket]), found.sums[bucket])
    for remark in found.remarks:
        st.warning(sentence(t, remark), icon=":material/event_upcoming:")
    if found.lacking:
        refs = ", ".join(plain(debt.account.ref) for debt in found.lacking)
        st.warning(t("Interest is not computed for want of facts: {debts}.", debts=refs), icon=":material/live_help:")
    why.show(t, found.total, f"total_{found.on.isoformat()}", deepest=3)


def _files(ctx: Ctx, t: Texts, view: View) -> None:
    """The PDF and the workbook of this day, and the button that issues it."""
    case_id, on = view.head.id, view.found.on
    with st.container(horizontal=True, key="statement_files"):
        st.download_button(
            t("Draft as PDF"), downloads.later(partial(_pdf, case_id, on)), file_name=f"{view.head.ref}-{on.isoformat()}.pdf",
            mime="application/pdf", icon=":material/picture_as_pdf:", key="statement_pdf", on_click="ignore",
        )  # fmt: skip
        st.download_button(
            t("Spreadsheet (XLSX)"), downloads.later(partial(_sheet, case_id, on)),
            file_name=f"{view.head.ref}-{on.isoformat()}.xlsx", icon=":material/table:", key="statement_xlsx", on_click="ignore",
            mime="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        )  # fmt: skip
        if st.button(
            t("Issue the statement"), key="statement_issue", type="primary", icon=":material/verified:",
            help=t("Numbers it and keeps the PDF with its computations, as it stands, on the case."),
            disabled=bool(view.barred),
        ):  # fmt: skip
            _issue(ctx, t, case_id, on)
    for problem in view.barred:
        st.warning(
            f"{session.sentence(t, problem.reason)}  \n{session.sentence(t, problem.remedy)}", icon=":material/block:"
        )


def _issue(ctx: Ctx, t: Texts, case_id: int, on: dt.date) -> None:
    form = f"statement_{case_id}_{on.isoformat()}"
    with problems.told(t):
        done = statements.issue_statement(ctx, case_id, on, session.token(form))
        session.spend(form)
        session.say(t("Statement {number} is issued and kept on the case.", number=done.number))
        st.rerun()


def _pdf(case_id: int, on: dt.date, ctx: Ctx) -> bytes:
    return statements.statement_pdf_file(ctx, case_id, on)[1]


def _sheet(case_id: int, on: dt.date, ctx: Ctx) -> bytes:
    return statements.statement_sheet(ctx, case_id, on)[1]


def _debts(t: Texts, found: Statement) -> None:
    """One line a debt, where there are several."""
    if len(found.debts) < 2:
        return
    st.subheader(t("Debts"), anchor=False)
    shown = [bucket for bucket in BUCKETS if found.sums[bucket].value]
    money = {bucket: st.column_config.NumberColumn(t.render(NAMES[bucket]), format="euro") for bucket in shown}
    st.dataframe(
        [
            {
                "ref": debt.account.ref,
                "due": debt.account.due_on,
                **{bucket: statement_debt.left(debt, bucket) for bucket in shown},
                "total": statement_debt.euros(debt.total),
            }
            for debt in found.debts
        ],
        hide_index=True,
        placeholder="—",
        key="statement_debts",
        alt=t("Debts of the statement, one a line"),
        column_config={
            "ref": st.column_config.TextColumn(t("Debt")),
            "due": st.column_config.DateColumn(t("Due on"), format="DD/MM/YYYY"),
            **money,
            "total": st.column_config.NumberColumn(t("Total"), format="euro"),
        },
    )


def _chosen(t: Texts, found: Statement) -> statement_debt.DebtStatement:
    """The debt shown in full: the only one, or the one chosen; at first one that still owes."""
    if len(found.debts) == 1:
        return found.debts[0]
    names = {debt.account.debt_id: debt for debt in found.debts}
    owed = next((index for index, debt in enumerate(found.debts) if debt.total.value), 0)
    picked = st.selectbox(
        t("Debt in full"), list(names), owed, key="statement_debt", format_func=lambda number: names[number].account.ref
    )
    return names[picked]


def _told(t: Texts, found: Statement, notes: Notes) -> None:
    """What the creditor does not claim, debt by debt: information, in no total."""
    told = [(debt.account, one) for debt in found.debts for one in debt.told if not isinstance(one, Missing)]
    if not told:
        return
    st.subheader(t("Not claimed by the creditor"), anchor=False)
    st.caption(t("Told as information: these sums are in no total above."))
    st.dataframe(
        [
            {
                "ref": account.ref,
                "what": t.render(one.label),
                "amount": statement_debt.euros(one),
                "texts": notes.cite(one.all_articles).strip(),
            }
            for account, one in told
        ],
        hide_index=True,
        key="statement_told",
        alt=t("Sums that are told and not claimed, one a line"),
        column_config={
            "ref": st.column_config.TextColumn(t("Debt")),
            "what": st.column_config.TextColumn(t("Item")),
            "amount": st.column_config.NumberColumn(t("Amount"), format="euro"),
            "texts": st.column_config.TextColumn(t("Texts")),
        },
    )


def _notes(found: Statement) -> Notes:
    """The articles that the statement stands on, numbered."""
    return Notes((*found.articles, *(a for debt in found.debts for a in _asked(debt.told))))


def _texts(t: Texts, notes: Notes) -> None:
    """The articles with the numbers by which the tables call them."""
    if notes.numbers:
        st.caption(f"**{t('Texts applied')}**")
        st.caption("  \n".join(f"({number}) {plain(article)}" for article, number in notes.numbers.items()))


def _asked(told: tuple[Computation | Missing, ...]) -> tuple[str, ...]:
    return tuple(a for one in told if isinstance(one, Missing) for question in one.questions for a in question.articles)


def _issued(t: Texts, view: View) -> None:
    """The statements issued before, each to take away as it was."""
    if not view.issued:
        return
    st.subheader(t("Statements issued"), anchor=False)
    for row in view.issued:
        with st.container(horizontal=True, vertical_alignment="center", key=f"issued_{row.document_id}"):
            said = t(
                "{number}: amounts on {day}, {amount}",
                number=row.number,
                day=t.date(row.dated),
                amount=t.money(row.total),
            )
            st.markdown(f"{plain(said)} · {plain(row.author)}", width="stretch")
            st.download_button(
                t("PDF"), downloads.later(partial(_kept, row.document_id)), file_name=f"{row.number}.pdf", mime="application/pdf",
                icon=":material/picture_as_pdf:", key=f"issued_pdf_{row.document_id}", on_click="ignore",
                help=t("Statement {number} as it was issued", number=row.number),
            )  # fmt: skip


def _kept(document_id: int, ctx: Ctx) -> bytes:
    return statements.statement_bytes(ctx, document_id)
