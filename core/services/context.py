"""Who acts, where, when and in which language, and the right each service asks for. Does nothing else."""

from __future__ import annotations

import contextlib
import datetime as dt
import functools
from collections.abc import Callable
from dataclasses import dataclass
from typing import Concatenate, ParamSpec, TypeVar

from core.domain.messages import msg, refuse
from core.domain.rights import Right, rights_of
from core.services import limitation_kept
from core.store.unit import Store, Unit

P = ParamSpec("P")
R = TypeVar("R")

SERVICES: dict[str, Right] = {}


@dataclass(frozen=True, slots=True)
class User:
    """The person acting; id 0 and an empty role before the first introduction; `creditor_id` for a role of creditor alone."""

    id: int
    name: str
    role: str
    lang: str = ""
    creditor_id: int | None = None


NOBODY = User(0, "", "")


@dataclass(frozen=True, slots=True)
class Ctx:
    """Rebuilt for each run, callback and fragment; never kept."""

    user: User
    store: Store
    space: str
    now: dt.datetime
    today: dt.date
    lang: str
    time_zone: str = "Europe/Paris"
    law: str = ""

    @property
    def stamp(self) -> str:
        """The moment as the store keeps it: UTC text ending in Z."""
        return self.now.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")

    @property
    def day(self) -> str:
        """The legal today as the store keeps it."""
        return self.today.isoformat()

    def may(self, right: Right) -> bool:
        """Whether the person holds a right: for screens that grey a button; services check by themselves."""
        return right in rights_of(self.user.role)

    def write(self) -> contextlib.AbstractContextManager[Unit]:
        """One writing unit in this person's name."""
        return self.store.write(self.user.id, self.stamp, self.day, self.law, limitation_kept.refresh)


def service(right: Right) -> Callable[[Callable[Concatenate[Ctx, P], R]], Callable[Concatenate[Ctx, P], R]]:
    """Declare the right a service needs; the check happens at each call, before anything else."""

    def declare(function: Callable[Concatenate[Ctx, P], R]) -> Callable[Concatenate[Ctx, P], R]:
        SERVICES[f"{function.__module__}.{function.__qualname__}"] = right

        @functools.wraps(function)
        def checked(ctx: Ctx, /, *args: P.args, **kwargs: P.kwargs) -> R:
            if not ctx.may(right):
                raise refuse(
                    "forbidden",
                    msg("Your role does not allow this."),
                    msg("Ask the person who leads the agency to do it or to change your role."),
                )
            return function(ctx, *args, **kwargs)

        return checked

    return declare
