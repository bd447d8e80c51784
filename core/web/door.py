"""The state of the front door: shut with a reason, or open with the local session's id. Reads no request and no store."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from core.domain.messages import Problem, Refusal


@dataclass(slots=True)
class Door:
    """Shared by the lifespan, which opens it, and by the gate and the health answer, which read it."""

    session: str = ""
    problems: tuple[Problem, ...] = ()

    @property
    def is_open(self) -> bool:
        """True once the house is prepared and somebody may come in."""
        return bool(self.session)

    def open(self, prepare: Callable[[], object], open_session: Callable[[], str]) -> None:
        """Prepare the house and take the local session's id; a Refusal keeps the door shut and is shown to the visitor."""
        try:
            prepare()
            self.session = open_session()
        except Refusal as refusal:
            self.problems = refusal.problems
