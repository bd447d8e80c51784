"""What a creditor asks for beside the principal, and in which order a payment settles it. Computes no sum and judges no right to it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

ACCESSORIES = ("interest", "indemnity", "penalty")
ORDERS = ("law", "accessories_last", "principal_first")  # C. civ. 1343-1; the last one by agreement only


@dataclass(frozen=True, slots=True)
class Claims:
    """The accessories a creditor asks for beyond what came with the placement; a mandate that says nothing asks for none.

    `interest`: late interest or penalties, by law or by clause. `indemnity`: the 40 EUR of C. com. L.441-10 and D.441-5, where it is owed.
    `penalty`: a penalty clause (C. civ. 1231-5). `order`: "law" (interest before principal, C. civ. 1343-1), "accessories_last"
    (indemnity and penalty after the principal: no text gives their rank) or "principal_first", where creditor and debtor may agree on it.
    """

    interest: bool = False
    indemnity: bool = False
    penalty: bool = False
    order: str = "law"

    @property
    def nothing(self) -> bool:
        """Whether no accessory is asked for."""
        return not self.asked

    @property
    def asked(self) -> tuple[str, ...]:
        """The accessories asked for, by name."""
        return tuple(name for name in ACCESSORIES if getattr(self, name))

    def kept(self) -> dict[str, Any]:
        """As the policy of a mandate keeps it: the list of what is asked for, and the order."""
        return {"claims": list(self.asked), "order": self.order}


def claims_of(policy: Mapping[str, Any]) -> Claims:
    """The claims of a mandate's policy; nothing where it does not speak of them."""
    asked, order = policy.get("claims", ()), policy.get("order", "law")
    return Claims(
        interest="interest" in asked,
        indemnity="indemnity" in asked,
        penalty="penalty" in asked,
        order=order if order in ORDERS else "law",
    )
