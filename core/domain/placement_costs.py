"""Notes the lines of a placement file whose label says collection costs: without a title they stay with the creditor. Refuses no line."""

from __future__ import annotations

import re

from core.domain.folding import fold
from core.domain.messages import msg
from core.domain.placement_rules import Table

_NEAR = ("frais", "honoraires")  # looked for first: to fold a million labels takes seconds
_COSTS = re.compile(
    r"\b(frais (de |d )?(recouvrement|relances?|rappels?|mises? en demeure|impayes?|contentieux)|honoraires de recouvrement)\b"
)
WHY = msg(
    "This line looks like collection costs: without an enforceable title they stay with the creditor "
    "(CPCE, art. L. 111-8, to be confirmed)."
)
WHAT = msg(
    "Take the line out, unless a text or a decision puts this sum on the debtor; what the law allows is recorded in the case."
)


def says_costs(label: str) -> bool:
    """Whether a label names costs of collection; "frais de scolarité" or "frais médicaux" do not."""
    return bool(_COSTS.search(re.sub(r"[^0-9a-z]+", " ", fold(label))))


def collection_costs(table: Table) -> None:
    """A line of collection costs enters with a remark: only a person can tell what it is."""
    cells = table.cells.get("label")
    joined = "|".join(cells).lower() if cells else ""
    if not cells or not any(word in joined for word in _NEAR):
        return
    marked = {cell for cell in set(cells) if any(word in cell.lower() for word in _NEAR) and says_costs(cell)}
    for row, cell in enumerate(cells if marked else ()):
        if cell in marked and row not in table.faults:
            table.remark(row, "collection-costs", "label", WHY, WHAT)
