"""The list of creditors and the form of one. Keeps what was typed whatever is refused; adds up nothing."""

from __future__ import annotations

from dataclasses import asdict

import streamlit as st

from core.domain.rights import Right
from core.i18n import Texts
from core.services import creditors, mandates
from core.services.context import Ctx
from core.services.creditors import CreditorEntry, CreditorRow, CreditorTotals
from core.ui import drafts, session

LIST, NEW = "creditors_table", "new"


def asked() -> str:
    """What the address asks for: "" the list, "new" an empty form, else the number of a creditor."""
    text = st.query_params.get("id", "")
    return text if text == NEW or text.isdigit() else ""


def go(place: str) -> None:
    """Show another creditor, the empty form, or the list."""
    if place:
        st.query_params["id"] = place
    else:
        st.query_params.clear()


def listing(ctx: Ctx, t: Texts) -> None:
    """All creditors with what their cases come to; a click on a line opens it."""
    rows = creditors.list_creditors(ctx)
    may = ctx.may(Right.CREDITORS)
    with st.container(horizontal=True, vertical_alignment="center"):
        st.title(t("Creditors"), anchor=False)
        st.space("stretch")
        st.button(
            t("Add a creditor"),
            key="creditor_add",
            icon=":material/add:",
            type="primary",
            on_click=go,
            args=(NEW,),
            disabled=not may,
        )
    if not rows:
        st.info(
            t(
                "No creditor yet. A creditor entrusts you with its unpaid invoices: add the first one, then its mandate."
            ),
            icon=":material/apartment:",
        )
        return
    lacking = mandates.without_mandate(ctx)
    if lacking:
        sentence = t.n(
            "{n} creditor has no signed mandate in force: collecting for it wants one (article R. 124-3).",
            "{n} creditors have no signed mandate in force: collecting for them wants one (article R. 124-3).",
            len(lacking),
        )
        st.warning(sentence, icon=":material/warning:")
    _table(t, rows, lacking)


def _table(t: Texts, rows: tuple[tuple[CreditorRow, CreditorTotals], ...], lacking: frozenset[int]) -> None:
    number = st.column_config.NumberColumn
    event = st.dataframe(
        [_line(t, row, totals, row.id in lacking) for row, totals in rows],
        key=LIST,
        hide_index=True,
        on_select="rerun",
        selection_mode="single-cell",
        row_height=38,
        alt=t("Creditors, one a line"),
        column_config={
            "name": st.column_config.TextColumn(t("Creditor"), width="medium"),
            "balance": number(t("Owed"), format="euro", width="small", help=t("In open cases.")),
            "open": number(t("Open cases"), width="small"),
            "cases": number(t("All cases"), width="small"),
            "collected": number(t("Collected"), format="euro", width="small"),
            "mandate": st.column_config.TextColumn(t("Mandate"), width="small"),
            "ref": st.column_config.TextColumn(t("Reference"), width="small"),
        },
    )
    cells = event.selection.cells
    if cells:
        st.session_state.pop(LIST, None)
        go(str(rows[int(cells[0][0])][0].id))
        st.rerun()


def _line(t: Texts, row: CreditorRow, totals: CreditorTotals, lacking: bool) -> dict[str, object]:
    return {
        "name": row.name,
        "balance": totals.balance / 100,
        "open": totals.open_cases,
        "cases": totals.cases,
        "collected": totals.collected / 100,
        "mandate": t("none in force") if lacking else t("in force"),
        "ref": row.ref,
    }


def labels(t: Texts) -> dict[str, str]:
    """The label of each field, for the form and for refusals."""
    return {
        "ref": t("Your reference"),
        "name": t("Name"),
        "legal_form": t("Legal form"),
        "siren": t("SIREN"),
        "vat": t("VAT number"),
        "address": t("Street lines"),
        "postcode": t("Postcode"),
        "city": t("Town"),
        "country": t("Country"),
        "contact_name": t("Person to contact"),
        "email": t("E-mail"),
        "phone": t("Telephone"),
        "iban": t("IBAN to remit funds to"),
        "quality": t("In law, this creditor is"),
    }


def qualities(t: Texts) -> dict[str, str]:
    """What a creditor may be for the legal rate of interest."""
    return {
        "": t("not known yet"),
        "individual": t("an individual outside any business"),
        "business": t("a business, an association or another legal person"),
    }


def new(ctx: Ctx, t: Texts) -> None:
    """An empty form."""
    st.button(
        t("All creditors"), key="creditor_back", icon=":material/arrow_back:", type="tertiary", on_click=go, args=("",)
    )
    st.title(t("Add a creditor"), anchor=False)
    st.caption(
        t("Only the name and your reference are compulsory; letters, mandates and statements take the rest from here.")
    )
    form(ctx, t, None)


def form(ctx: Ctx, t: Texts, row: CreditorRow | None) -> None:
    """Add a creditor, or change `row`."""
    may, version = ctx.may(Right.CREDITORS), row.row_version if row else 0
    draft = drafts.draft(f"creditor_{row.id if row else NEW}", version, "name")
    with st.form(draft.key("form"), border=False):
        entry = _fields(t, draft, row)
        sent = st.form_submit_button(t("Save"), type="primary", key=draft.key("save"), disabled=not may)
    if sent:
        theirs = drafts.differing(asdict(entry), {name: getattr(row, name) for name in labels(t)}) if row else {}
        with drafts.told(t, draft, labels(t), theirs, version):
            saved = creditors.save_creditor(ctx, entry, row.id if row else None, draft.version)
            drafts.saved(draft)
            session.say(t("{name} is saved.", name=entry.name.strip()))
            go(str(saved))
            st.rerun()


def _fields(t: Texts, draft: drafts.Draft, row: CreditorRow | None) -> CreditorEntry:
    label = labels(t)
    typed: dict[str, str] = {}

    def text(field: str, otherwise: str = "", *, like: str | None = None, why: str | None = None) -> None:
        kept = getattr(row, field) if row else otherwise
        typed[field] = st.text_input(label[field], value=kept, key=draft.key(field), placeholder=like, help=why)

    one, two, three = st.columns(3, gap="large")
    with one:
        st.subheader(t("Who it is"), anchor=False)
        text("name")
        text("ref", like="EDO", why=t("Short and unique: import files and statements name the creditor by it."))
        text("legal_form", like=t("SAS, SARL, association…"))
        text("siren", like="732 829 320")
        text("vat", like="FR44 732 829 320")
        typed["quality"] = _quality(t, label["quality"], draft, row)
    with two:
        st.subheader(t("Where it is"), anchor=False)
        kept = row.address if row else ""
        typed["address"] = st.text_area(label["address"], value=kept, key=draft.key("address"), height=80)
        text("postcode")
        text("city")
        text("country", "FR", why=t("Name or two-letter code; empty for France."))
    with three:
        st.subheader(t("Whom to tell, where to pay"), anchor=False)
        text("contact_name", why=t("Signs the mandate and receives statements."))
        text("email", like="compta@exemple.fr")
        text("phone")
        text("iban", like="FR76 3000 4000…")
    return CreditorEntry(**typed)


def _quality(t: Texts, label: str, draft: drafts.Draft, row: CreditorRow | None) -> str:
    """Asked until somebody says it: the legal rate cannot be known without."""
    words = qualities(t)
    kept = row.quality if row else ""
    chosen = st.selectbox(
        label,
        list(words),
        index=list(words).index(kept),
        format_func=lambda code: words[code],
        key=draft.key("quality"),
        help=t(
            "The legal rate of interest depends on it (CMF, art. L. 313-2). Individual: a landlord or a lender whose claim has "
            "nothing to do with a business of theirs. Business: company, association, craftsman, doctor, co-ownership syndicate "
            "(Cass. com., 9 March 2022, no. 20-11.845)."
        ),
    )
    return chosen or ""
