"""New cases get their collector by the rules as they enter, inside the unit of their import. Moves no case that was here already."""

from __future__ import annotations

from core.domain.assignment import propose
from core.services import assignment
from core.store import assignment as kept
from core.store.unit import Unit


def hand_out(unit: Unit, batch_id: int, count: int) -> tuple[tuple[str, int], ...]:
    """Give the `count` cases that a batch just opened as the rules say; returns how many went to whom, by name, the most first.

    A case that no rule speaks of, or whose people are all at their limit, stays with whoever brings it in.
    """
    rules = assignment.rules_of(unit).rules
    if not rules or not count:
        return ()
    here = assignment.workers(unit)
    given: dict[int, list[int]] = {}
    for one in propose(kept.entered(unit, batch_id, count), rules, kept.loads(unit, unit.today), here):
        if one.to is not None:
            given.setdefault(one.to, []).append(one.case_id)
    for user, case_ids in given.items():
        kept.hand_out(unit, case_ids, user)
    counts = sorted(given.items(), key=lambda pair: (-len(pair[1]), here[pair[0]]))
    return tuple((here[user], len(case_ids)) for user, case_ids in counts)
