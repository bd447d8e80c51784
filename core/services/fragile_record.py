"""How a fragile path begins from a contact, and the action that reviews it. Opens no unit and decides no need."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection

from core.domain.dates import after
from core.law.fragile import load_fragile
from core.services import note_filter
from core.store import cases, fragile, journal
from core.store.unit import Unit

VULNERABLE = "VUL"  # the result of data/results that opens the path
REVIEW = "review_fragile"


def begin(
    unit: Unit,
    party_id: int,
    case_id: int,
    interaction_id: int,
    needs: Collection[str],
    user_id: int,
    review_on: dt.date,
) -> int:
    """Open the path and plan its review, in the hands of the one person who speaks with the debtor."""
    path_id = fragile.add(unit, party_id, case_id, interaction_id, needs, user_id, review_on.isoformat())
    journal.add_task(unit, case_id, REVIEW, review_on.isoformat(), origin="fragile", assignee_id=user_id)
    unit.audit("fragile.opened", "fragile_path", path_id, case=case_id, user=user_id)
    return path_id


def after_contact(unit: Unit, head: cases.CaseHead, result: str, interaction_id: int, corrects: int | None) -> None:
    """A contact that says so opens the path, its needs still to be said; an entry put right takes its own opening back."""
    earlier = fragile.opened_by_entry(unit, corrects) if corrects else None
    if earlier and result != VULNERABLE:
        fragile.end(unit, earlier.id, earlier.row_version, "mistake")
        journal.close_tasks(unit, earlier.case_id, "replaced", interaction_id, (REVIEW,))
        unit.audit("fragile.ended", "fragile_path", earlier.id, case=head.id, reason="mistake")
    if result == VULNERABLE and fragile.open_of_case(unit, head.id) is None:
        review_on = after(dt.date.fromisoformat(unit.today), load_fragile().review_days)
        begin(unit, head.debtor_id, head.id, interaction_id, (), head.collector_id or unit.actor_id, review_on)


def case_closed(unit: Unit, case_id: int, interaction_id: int | None) -> None:
    """A case is closed: its appointments and tracing await nothing any more, and the review of the path goes to another open case."""
    journal.close_tasks(unit, case_id, "replaced", interaction_id, ("appointment", "end_tracing"))
    path = fragile.open_of_case(unit, case_id)
    if path is None or path.case_id != case_id:
        return
    journal.close_tasks(unit, case_id, "replaced", interaction_id, (REVIEW,))
    other = fragile.other_open_case(unit, path)
    if other:
        fragile.move(unit, path, other)
        journal.add_task(unit, other, REVIEW, path.review_on, origin="fragile", assignee_id=path.user_id)
        unit.touch(other)


def check_words(unit: Unit, case_id: int, words: str) -> None:
    """While the debtor of the case has an open path, no note tells of health, family…: raises Refusal "note-words" on "note"."""
    if words.strip() and fragile.open_of_case(unit, case_id):
        note_filter.check(words, "note")
