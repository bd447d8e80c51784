"""The demonstration agency: a store of its own kind, made once through the services. Touches no other store."""

from __future__ import annotations

from core.domain.rights import Right
from core.services import house
from core.services.context import Ctx, service


@service(Right.DISCOVER)
def make_if_absent(ctx: Ctx) -> bool:
    """Make the demonstration when there is none yet; True when it was made."""
    return False
