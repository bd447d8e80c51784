"""Debtors of a file who may be someone already here: each is proposed, nobody is merged unless the person says so."""

from __future__ import annotations

import streamlit as st

from core.i18n import Texts
from core.services.imports import Likely, Trial
from core.ui import import_work, pager
from core.ui.import_work import Work
from core.ui.text import plain

A_PAGE = 20


def show(t: Texts, work: Work, trial: Trial) -> None:
    """One question for each pair of a debtor of the file and a party here."""
    if not trial.likely:
        return
    pairs: dict[tuple[str, str, int], list[Likely]] = {}
    for one in trial.likely:
        pairs.setdefault((one.name, one.city, one.party_id), []).append(one)
    st.markdown(f"**{t('Perhaps already known ({n})', n=t.number(len(pairs)))}**")
    st.caption(t("Without an answer each is another person, with a case of their own."))
    for found in pager.part(list(pairs.values()), A_PAGE, work.key("likely")):
        _question(t, work, found)


def _question(t: Texts, work: Work, lines: list[Likely]) -> None:
    one = lines[0]
    whys = {"siren": t("same SIREN"), "contact": t("same telephone or e-mail"), "name": t("same name")}
    here = ", ".join(plain(x) for x in (one.party_name, one.party_city) if x)
    there = ", ".join(plain(x) for x in (one.name, one.city) if x)
    at = t.n("{n} line, the first is {line}", "{n} lines, the first is {line}", len(lines), line=one.line)
    key = work.key(f"same_{one.line}_{one.party_id}")
    with st.container(border=True, gap="xsmall"):
        st.markdown(f"**{there}** ({at}) — {whys.get(one.why, plain(one.why))}")
        st.radio(
            t("Is it the same person?"),
            [False, True],
            index=int(all(work.same.get(line.line) == one.party_id for line in lines)),
            key=key,
            format_func=lambda same: t("The same as {name}", name=here) if same else t("Another person"),
            horizontal=True,
            label_visibility="collapsed",
            on_change=_answer,
            args=(key, tuple(line.line for line in lines), one.party_id),
        )


def _answer(key: str, lines: tuple[int, ...], party_id: int) -> None:
    """Remember the answer. The file is not an argument: Streamlit would keep it in memory with the button."""
    work = import_work.current()
    if work is None:
        return
    same = bool(st.session_state[key])
    for line in lines:
        if same:
            work.same[line] = party_id
        elif work.same.get(line) == party_id:
            del work.same[line]
