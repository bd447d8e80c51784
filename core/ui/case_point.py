"""What stands beside a contact point: kind of number, hour there now, why it is wrong, and the click that puts it first. Judges none."""

from __future__ import annotations

import streamlit as st

from core.i18n import Texts
from core.services import contact_order, local_time, people_words
from core.services.cases import CaseFile, ContactPoint
from core.services.context import Ctx
from core.ui import labels, outcome_labels, session
from core.ui.text import plain

TYPED = "typed"


def about(ctx: Ctx, t: Texts, file: CaseFile, point: ContactPoint) -> str:
    """A second line under the contact point, in small; empty when there is nothing to say."""
    words = [_kind(t, point), *_hours(ctx, t, file, point)] if point.kind == "phone" else []
    words += [why] if (why := _why(t, point)) else []
    words += [people_words.origin(t, point.source)] if point.source not in ("", "creditor") else []
    if _rank(file, point) == 0 and len(_same(file, point)) > 1:
        words.append(t("used first"))
    shown = " · ".join(plain(word) for word in words if word)
    return f"  \n:small[:gray[{shown}]]" if shown else ""


def _kind(t: Texts, point: ContactPoint) -> str:
    kind = labels.phone_kind(t, point.phone_kind)
    abroad = {"overseas": t("overseas"), "abroad": t("foreign number")}.get(local_time.whence(point.value), "")
    return ", ".join(word for word in (kind, abroad) if word)


def _hours(ctx: Ctx, t: Texts, file: CaseFile, point: ContactPoint) -> list[str]:
    hours = local_time.now_there(ctx.now, point, file.contact_points, ctx.time_zone)
    return [t("{hour} there now", hour=t(" or ").join(hours))] if hours else []


def _why(t: Texts, point: ContactPoint) -> str:
    """Why it stands confirmed or wrong, and since when."""
    if not point.why or not point.why_on:
        return ""
    what = t("marked by hand") if point.why == TYPED else outcome_labels.result(t, point.why)
    if point.validity == "confirmed" and point.why != TYPED:
        return t("reached on {day}", day=t.date(point.why_on))
    return t("{why}, {day}", why=what, day=t.date(point.why_on))


def _same(file: CaseFile, point: ContactPoint) -> list[ContactPoint]:
    """The contact points of the same person and kind, wrong ones left out, in their order."""
    return [
        p
        for p in file.contact_points
        if (p.party_id, p.kind) == (point.party_id, point.kind) and p.validity != "invalid"
    ]


def _rank(file: CaseFile, point: ContactPoint) -> int:
    ids = [one.id for one in _same(file, point)]
    return ids.index(point.id) if point.id in ids else len(ids)


def first(t: Texts, file: CaseFile, point: ContactPoint) -> None:
    """The button that puts it before the others, where there are others."""
    if len(_same(file, point)) > 1:
        st.button(
            t("Use first"),
            key=f"first_{point.id}",
            icon=":material/vertical_align_top:",
            on_click=_first,
            args=(file.head.id, point.id),
            disabled=_rank(file, point) == 0,
        )


def _first(case_id: int, point_id: int) -> None:
    ctx = session.here()
    with session.spoken(ctx):
        contact_order.use_first(ctx, case_id, point_id)
