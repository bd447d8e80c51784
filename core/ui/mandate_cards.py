"""A creditor's page: totals, its mandates with what they lack, their PDF and signed copy. Judges no mandate."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

import streamlit as st

from core.domain.rights import Right
from core.i18n import Texts
from core.services import creditors, mandates
from core.services.context import Ctx
from core.services.creditors import CreditorFile
from core.services.mandates import MandateView
from core.ui import creditor_forms, creditor_people, doors, downloads, drafts, labels, mandate_form, problems, session
from core.ui.text import plain

ENDINGS = {"application/pdf": "pdf", "image/png": "png", "image/jpeg": "jpg"}


def show(ctx: Ctx, t: Texts, creditor_id: int) -> None:
    """The whole page of one creditor."""
    file = creditors.creditor_file(ctx, creditor_id)
    _head(t, file)
    kept, people, named = st.tabs([t("Mandates"), t("Contacts and questions"), t("Name, address, bank")])
    with kept:
        _mandates(ctx, t, file)
    with people:
        creditor_people.show(ctx, t, creditor_id)
    with named:
        creditor_forms.form(ctx, t, file.creditor)


def _head(t: Texts, file: CreditorFile) -> None:
    row, totals = file.creditor, file.totals
    st.button(
        t("All creditors"),
        key="creditor_back",
        icon=":material/arrow_back:",
        type="tertiary",
        on_click=creditor_forms.go,
        args=("",),
    )
    st.title(plain(row.name), anchor=False)
    facts = [
        f"**{plain(row.ref)}**",
        t("SIREN {siren}", siren=row.siren) if row.siren else "",
        plain(row.city),
        plain(row.contact_name),
        labels.kind(t, row.quality),
    ]
    st.markdown(" · ".join(fact for fact in facts if fact))
    if not row.quality:
        st.caption(
            ":material/help: "
            + t(
                "Who this creditor is in law is not said yet: the legal rate of interest depends on it (CMF, art. L. 313-2)."
            )
        )
    cases, owed, collected = st.columns(3)
    of = t.n("of {n} case in all", "of {n} cases in all", totals.cases)
    cases.metric(t("Open cases"), t.number(totals.open_cases), border=True, help=of)
    owed.metric(t("Owed in open cases"), t.money(totals.balance), border=True)
    collected.metric(t("Collected"), t.money(totals.collected), border=True)


def _mandates(ctx: Ctx, t: Texts, file: CreditorFile) -> None:
    views = mandates.creditor_mandates(ctx, file.creditor.id)
    if not file.in_force:
        st.warning(
            t(
                "No signed mandate is in force today: the law wants a written agreement with the creditor before collecting (R. 124-3)."
            ),
            icon=":material/warning:",
        )
    _agency_lacks(t, views)
    for view in views:
        _card(ctx, t, file.creditor.id, view)
    with st.expander(t("New mandate"), icon=":material/add:", expanded=not views):
        mandate_form.form(ctx, t, file.creditor.id, None)


def _card(ctx: Ctx, t: Texts, creditor_id: int, view: MandateView) -> None:
    row = view.row
    with st.container(border=True, key=f"mandate_{row.id}"):
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown("**" + t("Mandate {ref}", ref=plain(row.ref)) + "**", width="content")
            _state(t, view)
        st.caption(" · ".join(_facts(t, view)))
        st.caption(_claimed(t, view))
        _lacks(t, view)
        with st.container(horizontal=True):
            st.download_button(
                t("Mandate as PDF"),
                downloads.later(_pdf(row.id)),
                file_name=f"{row.ref}.pdf",
                mime="application/pdf",
                key=f"mandate_pdf_{row.id}",
                icon=":material/picture_as_pdf:",
                on_click="ignore",
            )
            _signed_copy(t, view)
        with st.expander(t("Change this mandate"), icon=":material/edit:"):
            mandate_form.form(ctx, t, creditor_id, row)
        with st.expander(
            t("Keep the signed copy") if view.copy is None else t("Replace the signed copy"),
            icon=":material/upload_file:",
        ):
            _keep_copy(ctx, t, view)


def _pdf(mandate_id: int) -> Callable[[Ctx], bytes]:
    return lambda ctx: mandates.mandate_pdf(ctx, mandate_id)


def _state(t: Texts, view: MandateView) -> None:
    day = view.row.starts_on or ""
    badges: dict[str, tuple[str, Literal["green", "orange", "blue", "gray"]]] = {
        "in_force": (t("In force"), "green"),
        "unsigned": (t("Not signed"), "orange"),
        "later": (t("Starts on {day}", day=t.date(day)), "blue"),
        "ended": (t("Ended"), "gray"),
    }
    words, colour = badges[view.state]
    st.badge(words, color=colour)


def _facts(t: Texts, view: MandateView) -> list[str]:
    row = view.row
    days = (
        (t("signed on {day}", day=t.date(row.signed_on)), row.signed_on),
        (t("starts on {day}", day=t.date(row.starts_on)), row.starts_on),
    )
    found = [words for words, day in days if day]
    found.append(t("ends on {day}", day=t.date(row.ends_on)) if row.ends_on else t("no end date"))
    if row.max_instalments:
        found.append(t.n("plan up to {n} month", "plan up to {n} months", row.max_instalments))
    if row.max_discount:
        found.append(t("discount up to {percent} %", percent=t.show(mandates.percent(row))))
    return found


def _claimed(t: Texts, view: MandateView) -> str:
    """The accessories asked for, said too when there are none."""
    claims, label = mandates.row_claims(view.row), mandate_form.labels(t)
    asked = [label[name] for name in claims.asked]
    words = [
        t("Asked for beside the sums placed: {what}", what=", ".join(word[0].lower() + word[1:] for word in asked))
        if asked
        else t("Nothing is asked for beyond the sums placed.")
    ]
    if claims.order != "law":
        words.append(mandate_form.orders(t)[claims.order])
    return " · ".join(words)


def _lacks(t: Texts, view: MandateView) -> None:
    """Nothing hidden: what the law still wants, item by item."""
    if not view.missing:
        whole = t("Everything article R. 124-3 wants of the mandate is written.")
        st.markdown(f":green[:material/check_circle: {whole}]")
        return
    lines = "\n".join(f"- {session.sentence(t, item)}" for item in view.missing)
    head = t.n("{n} item is missing in this mandate:", "{n} items are missing in this mandate:", len(view.missing))
    st.markdown(f":orange[:material/error: **{head}**]\n{lines}")


def _agency_lacks(t: Texts, views: tuple[MandateView, ...]) -> None:
    """Said once: what every mandate takes from the agency file and does not find there."""
    items = dict.fromkeys(session.sentence(t, item) for view in views for item in view.agency_missing)
    if items:
        head = t("A mandate also states facts of the agency file; these are not there yet:")
        with st.container(border=True):
            st.markdown(f":orange[:material/gavel: **{head}**]\n" + "\n".join(f"- {item}" for item in items))
            doors.link("settings", t("Complete the agency file"), ":material/settings:")


def _signed_copy(t: Texts, view: MandateView) -> None:
    document, copy = view.row.signed_document_id, view.copy
    if document is None or copy is None:
        return
    ending = t("signed") + "." + ENDINGS.get(copy[1], "pdf")
    st.download_button(
        t("Signed copy"),
        downloads.later(lambda ctx: creditors.document_bytes(ctx, document)[0]),
        file_name=f"{view.row.ref}-{ending}",
        mime=copy[1],
        key=f"mandate_copy_{view.row.id}",
        icon=":material/verified:",
        on_click="ignore",
    )


def _keep_copy(ctx: Ctx, t: Texts, view: MandateView) -> None:
    row = view.row
    draft = drafts.draft(f"copy_{row.id}", row.row_version, "file")
    with st.form(draft.key("form"), border=False):
        label = t("Signed mandate: PDF, PNG or JPEG, 20 MB at most")
        given = st.file_uploader(label, type=["pdf", "png", "jpg", "jpeg"], key=draft.key("file"), max_upload_size=20)
        sent = st.form_submit_button(t("Keep"), key=draft.key("save"), disabled=not ctx.may(Right.CREDITORS))
    if sent and given is None:
        st.warning(t("Choose the file first."), icon=":material/upload_file:")
    elif sent and given is not None:
        with problems.told(t, {"signed_copy": t("Signed copy")}):
            creditors.keep_signed_copy(ctx, row.id, row.row_version, given.name, given.getvalue())
            drafts.saved(draft)
            session.say(t("The signed copy of mandate {ref} is kept.", ref=row.ref))
            st.rerun()
