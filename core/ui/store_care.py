"""The data and its safety on screen: place, proof, backup, version. Repairs nothing; the way back is a command."""

from __future__ import annotations

import sys
from pathlib import Path
from zoneinfo import ZoneInfo

import streamlit as st

from core.domain.messages import Message
from core.domain.rights import Right
from core.i18n import Texts
from core.services import formats, upkeep
from core.services.context import Ctx
from core.services.upkeep import Outcome, Verification
from core.ui import demo_making, downloads, problems, session
from core.ui.text import plain

RESULT = "verification"


def show(ctx: Ctx, t: Texts) -> None:
    """Place, proof, backup, then what this installation is made of."""
    may = ctx.may(Right.UPKEEP)
    st.subheader(t("Is everything in order?"), anchor=False)
    st.markdown(
        t("A proof recounts every balance and checks that nothing was altered outside the program. It changes nothing.")
    )
    if st.button(t("Verify now"), key="verify", icon=":material/fact_check:", disabled=not may):
        _verify(ctx, t)
    found = st.session_state.get(RESULT)
    if found:
        st.caption(t("Verified {moment}", moment=t.moment(found[1])))
        _proofs(t, found[0])
    st.subheader(t("Backup"), anchor=False)
    _backup(ctx, t, may)
    st.subheader(t("Files for creditors"), anchor=False)
    _placement(t)
    st.subheader(t("This installation"), anchor=False)
    _installation(ctx, t)
    if ctx.space == "demo":
        demo_making.again(ctx, t)
    elif ctx.may(Right.DISCOVER):
        demo_making.door(ctx, t)


def _verify(ctx: Ctx, t: Texts) -> None:
    steps = [t("Database and kept files…"), t("Chain of proofs…"), t("Balances, ledger and payments…"), t("Done.")]
    bar = st.progress(0.0, steps[0])
    with problems.told(t):
        found = upkeep.verify(ctx, lambda done, of: bar.progress(done / of, steps[done]))
        st.session_state[RESULT] = (found, ctx.now.astimezone(ZoneInfo(ctx.time_zone)))
    bar.empty()


def _proofs(t: Texts, found: Verification) -> None:
    """One line a proof, in words a person uses."""
    if found.whole:
        st.success(t("Everything holds."), icon=":material/verified:")
    else:
        st.error(
            t(
                "Something does not hold. Make a backup as it stands, stop working in this store, and call whoever helps you."
            ),
            icon=":material/gpp_bad:",
        )
    names = (
        (t("The database and the kept files are whole"), found.integrity),
        (t("Journal, ledger and texts are as they were written"), found.audit_chain),
        (t("Balances equal a recount, the ledger equals the payments"), found.read_model),
        (t("Clients' money equals the bank"), found.client_money),
    )
    for name, outcome in names:
        st.markdown(_proof(t, name, outcome))


def _proof(t: Texts, name: str, outcome: Outcome) -> str:
    if isinstance(outcome, Message):
        return f":red[:material/cancel: **{name}** — {session.sentence(t, outcome)}]"
    if outcome is None:
        later = t("not kept yet: it comes with bank statements")
        return f":gray[:material/schedule: {name} — {later}]"
    return f":green[:material/check_circle: {name}]"


def _backup(ctx: Ctx, t: Texts, may: bool) -> None:
    st.markdown(
        t(
            "One .zip file with the database and every kept file. Keep it on another disk: a copy beside the original burns with it."
        )
    )
    with st.form("backup", border=False):
        label = t("Folder for the backup")
        folder = st.text_input(label, value=str(upkeep.default_backup(ctx).parent), key="backup_folder")
        sent = st.form_submit_button(t("Back up now"), icon=":material/save:", key="backup_now", disabled=not may)
    if sent:
        with problems.told(t, {"target": label}):
            target = upkeep.default_backup(ctx, Path(folder).expanduser())
            with st.spinner(t("Writing the backup…")):
                upkeep.back_up(ctx, target)
            session.say(t("The backup is written: {file}", file=str(target)))
            st.rerun()
    st.caption(t("To put a backup back, stop the program and run this command in its folder:"))
    python = f'"{sys.executable}"' if " " in sys.executable else sys.executable
    st.code(f"{python} -m core restore {t('FILE')}.zip", language=None, wrap_lines=True)


def _placement(t: Texts) -> None:
    st.markdown(t("A blank workbook to send to a creditor: filled in, it enters without choosing any column."))
    st.download_button(
        t("Blank placement workbook (XLSX)"),
        downloads.later(formats.placement_workbook),
        file_name="quittance-placement.xlsx",
        mime="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        key="placement_workbook",
        icon=":material/table:",
        on_click="ignore",
    )


def _installation(ctx: Ctx, t: Texts) -> None:
    icons = {
        "ok": ":green[:material/check_circle:]",
        "warning": ":orange[:material/warning:]",
        "missing": ":orange[:material/error:]",
    }
    for finding in upkeep.check(ctx):
        if finding.key != "agency":
            st.markdown(f"{icons[finding.state]} {plain(t.render(finding.sentence))}")
    day = t("The agency works on {day}, time zone {zone}.", day=ctx.today, zone=plain(ctx.time_zone))
    st.markdown(f":material/today: {day}")
    language = {"fr": t("French"), "en": t("English")}[ctx.lang]
    spoken = t("Language: {language}; change it in the side bar.", language=language)
    st.markdown(f":material/translate: {spoken}")
