"""Which titles cover each debt of a case on a day, as the domain weighs them, and what to say of them. Decides no rule, writes nothing."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Mapping

from core.domain.dates import day_of
from core.domain.legal_facts import LegalFact
from core.domain.messages import Message, msg
from core.domain.title_grants import DELAY, Standing, Title, in_force
from core.services import proceeding_record
from core.store import proceedings as kept
from core.store import statements as rows
from core.store.unit import Reader

JUDGED = "judgment"
DECISIONS = (
    JUDGED,
    "payment_order",
    "interim_order",
)  # sums a court awarded (C. civ. 1231-7, CMF L.313-3); deeds keep their own rate


def covering(
    reader: Reader, case_id: int, debts: Iterable[rows.ClaimRow], on: dt.date
) -> Mapping[int, tuple[Title, ...]]:
    """The titles of each debt on a day, the earliest first; one taken over covers what was due when it was made."""
    titles = rows.titles(reader, case_id)
    served = {one.proceeding_id: _served(reader, one, on) for one in titles}
    return {row.id: tuple(_of_debt(titles, served, row, on)) for row in debts}


def _of_debt(
    titles: Iterable[rows.TitleRow], served: Mapping[int | None, dt.date | None], row: rows.ClaimRow, on: dt.date
) -> Iterable[Title]:
    for title in titles:
        issued = dt.date.fromisoformat(title.issued_on)
        about = json.loads(title.debts or "[]")
        covers = row.id in about if about else not row.due_on or row.due_on <= title.issued_on
        if issued <= on and covers:
            known = served[title.proceeding_id] if title.proceeding_id else day_of(title.served_on)
            yield Title(issued, known if known and known <= on else None, title.kind in DECISIONS)


def _served(reader: Reader, title: rows.TitleRow, on: dt.date) -> dt.date | None:
    """When a title was served: as taken over, or as the events of its proceeding say by a day."""
    if title.served_on or title.proceeding_id is None:
        return day_of(title.served_on)
    one = kept.head(reader, title.proceeding_id)
    if one is None:
        return None
    said = proceeding_record.state(reader, one, on).facts.get(
        "judgment_served_on" if title.kind == JUDGED else "served_on"
    )
    return said if isinstance(said, dt.date) else day_of(str(said)) if said else None


def delays(facts: Iterable[LegalFact]) -> tuple[tuple[dt.date, dt.date], ...]:
    """The times to pay that a court granted, both days included (C. civ. 1343-5)."""
    return tuple((fact.on, fact.until) for fact in facts if fact.kind == DELAY and fact.until)


def before_title(found: Standing) -> tuple[Message, ...]:
    """What anyone is told of the interest before the title that counts."""
    if found.title is None:
        return ()
    if found.grant.since and found.grant.since < found.title.on:
        return (
            msg(
                "There is a title of {day}: interest runs from {since}, as it granted; interest before that is not computed here.",
                day=found.title.on,
                since=found.grant.since,
            ),
        )
    return (
        msg(
            "There is a title of {day}: interest before it counts only as far as the title granted it, and is not computed here.",
            day=found.title.on,
        ),
    )


def deed(titles: tuple[Title, ...], facts: tuple[LegalFact, ...]) -> tuple[Message, ...]:
    """What to know of the latest title that no court gave."""
    one = next((title for title in reversed(in_force(titles, facts)) if not title.decision), None)
    if one is None:
        return ()
    return (
        msg(
            "The title of {day} is no decision of a court: interest is that of the debt, never raised. Read what the title says of it.",
            day=one.on,
        ),
    )
