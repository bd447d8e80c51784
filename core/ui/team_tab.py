"""The team in the settings: who works here, with how many cases; add someone, retire someone. Signs nobody in."""

from __future__ import annotations

import streamlit as st

from core.domain.rights import Right
from core.i18n import Texts
from core.services import team
from core.services.context import Ctx
from core.services.team import Colleague
from core.ui import drafts, problems, session
from core.ui.text import plain


def role(t: Texts, code: str) -> str:
    """A role in words."""
    return {
        "lead": t("Lead"),
        "collector": t("Collector"),
        "trainee": t("Trainee"),
        "auditor": t("Auditor (reads only)"),
        "administrator": t("Administrator"),
    }.get(code, code)


def show(ctx: Ctx, t: Texts) -> None:
    """The colleagues, then the form."""
    st.caption(
        t(
            "Colleagues are who cases are assigned to. Nobody signs in yet: everyone at this computer works under the name above."
        )
    )
    people, cases = team.colleagues(ctx), team.open_cases(ctx)
    for person in people:
        with st.container(horizontal=True, vertical_alignment="center", border=True, key=f"colleague_{person.id}"):
            words = [f"**{plain(person.name)}**", role(t, person.role), plain(person.email)]
            count = cases.get(person.id, 0)
            words.append(t.n("{n} open case", "{n} open cases", count))
            st.markdown(" · ".join(word for word in words if word), width="stretch")
            if person.is_local:
                st.caption(t("works on this computer"))
            elif ctx.may(Right.TEAM):
                with st.popover(t("Has left"), key=f"retire_{person.id}"):
                    _retire(ctx, t, person, people)
    if ctx.may(Right.TEAM):
        _add(ctx, t)


def _add(ctx: Ctx, t: Texts) -> None:
    token = session.token("colleague")
    label = {"name": t("First and last name"), "role": t("Role"), "email": t("E-mail (optional)")}
    st.subheader(t("Add a colleague"), anchor=False)
    with drafts.kept(token, "colleague_name", "colleague_role", "colleague_email"):
        name = st.text_input(label["name"], key=f"colleague_name_{token}", width=420, autocomplete="off")
        kind = st.selectbox(
            label["role"], team.ROLES, key=f"colleague_role_{token}", format_func=lambda r: role(t, r), width=420
        )
        email = st.text_input(label["email"], key=f"colleague_email_{token}", width=420, autocomplete="off")
        sent = st.button(t("Add to the team"), type="primary", key="colleague_save")
    if sent:
        with problems.told(t, label):
            team.add_colleague(ctx, name, kind, email)
            session.spend("colleague")
            drafts.forget(token)
            session.say(t("{name} is in the team.", name=name.strip()))
            st.rerun()


def _retire(ctx: Ctx, t: Texts, person: Colleague, people: tuple[Colleague, ...]) -> None:
    names = {p.id: p.name for p in people if p.id != person.id and p.role in team.WORKERS}
    st.caption(t("What they wrote keeps their name; their open cases go to someone else."))
    successor = st.selectbox(
        t("Their cases go to"),
        [None, *names],
        key=f"successor_{person.id}",
        format_func=lambda c: names[c] if c else t("Nobody"),
    )
    if st.button(t("Take out of the team"), key=f"retire_do_{person.id}", type="primary"):
        with problems.told(t):
            moved = team.retire_colleague(ctx, person.id, person.row_version, successor)
            session.say(t.n("Done; {n} case changed hands.", "Done; {n} cases changed hands.", moved))
            st.rerun()
