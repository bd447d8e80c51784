"""Filters of the queue under a name: one's own, and those a lead shares. Filters nothing itself."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import asdict, fields
from typing import Any

from core.domain.messages import msg, refuse
from core.domain.rights import Right
from core.services.context import Ctx, service
from core.store import queue_views as kept
from core.store.queue import AGES, CHANNELS, STATES, TABS, Asked
from core.store.queue_views import View

__all__ = ["LONGEST", "View", "asked_of", "remove", "save", "views"]
LONGEST = 60  # characters of a name
_NOT_KEPT = ("after", "before")  # where one stood is no part of a view


@service(Right.READ)
def views(ctx: Ctx) -> tuple[View, ...]:
    """One's own views, then those shared by a lead."""
    with ctx.store.read() as reader:
        return kept.views(reader, ctx.user.id)


def asked_of(view: View) -> Asked:
    """What a view asks; a word that no longer exists filters nothing."""
    names = {one.name for one in fields(Asked)}
    known: dict[str, Any] = {name: value for name, value in view.filters.items() if name in names}
    allowed: dict[str, Collection[str]] = {"tab": TABS, "age": AGES, "state": STATES, "channel": CHANNELS}
    return Asked(
        **{name: value for name, value in known.items() if name not in allowed or not value or value in allowed[name]}
    )


@service(Right.PREFERENCES)
def save(ctx: Ctx, name: str, asked: Asked, *, shared: bool = False) -> int:
    """Keep a view; returns its number. Raises Refusal "view-name", "view-taken", "view-shared" (a lead shares)."""
    tidy = " ".join(name.split())
    if not 0 < len(tidy) <= LONGEST:
        raise refuse("view-name", msg("A view needs a name of {most} characters at most.", most=LONGEST),
                     msg("Type a short name."), field="name", value=name)  # fmt: skip
    if shared and not ctx.may(Right.STEER):
        raise _not_yours("view-shared")
    with ctx.write() as unit:
        if any(
            one.name.casefold() == tidy.casefold() and one.owner_id == ctx.user.id
            for one in kept.views(unit, ctx.user.id)
        ):
            raise refuse("view-taken", msg("You have a view called “{name}” already.", name=tidy),
                         msg("Choose another name, or remove the old one first."), field="name", value=tidy)  # fmt: skip
        content = {
            key: value for key, value in asdict(asked).items() if key not in _NOT_KEPT and value not in (None, "")
        }
        view_id = kept.add(unit, tidy, content, shared=shared)
        unit.audit("queue.view_saved", "queue_view", view_id, shared=int(shared))
        return view_id


@service(Right.PREFERENCES)
def remove(ctx: Ctx, view_id: int, row_version: int) -> None:
    """Forget one's own view; a lead forgets a shared one too. Raises Refusal "view-unknown", "view-shared", "changed-meanwhile"."""
    with ctx.write() as unit:
        found = kept.view(unit, view_id)
        if found is None:
            raise refuse(
                "view-unknown", msg("There is no such view any more."), msg("Choose another one."), field="view"
            )
        if found.owner_id != ctx.user.id and not (found.shared and ctx.may(Right.STEER)):
            raise _not_yours("view-shared")
        kept.remove(unit, view_id, row_version)
        unit.audit("queue.view_removed", "queue_view", view_id)


def _not_yours(code: str) -> Exception:
    return refuse(
        code, msg("Views for everybody are a lead's."), msg("Keep it for yourself, or ask a lead."), field="shared"
    )
