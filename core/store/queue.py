"""Reads many cases: the queue and its counters, the search. Writes nothing and judges nothing."""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import dataclass

from core.domain.ageing import BANDS
from core.store.unit import Reader

PAGE = 50


@dataclass(frozen=True, slots=True)
class QueueRow:
    """One line of the queue; money in cents, dates ISO text."""

    case_id: int
    ref: str
    debtor: str
    creditor: str
    status: str
    balance: int
    overdue: int
    oldest_due_on: str | None
    undated: int
    held_kind: str | None
    held_until: str | None
    next_kind: str | None
    next_on: str | None
    last_on: str | None
    last_channel: str | None
    last_result: str | None
    promise_on: str | None
    priority: int
    deadline_on: str | None
    limitation_on: str | None
    replies: int
    reach: int
    alerts: int
    skipped_until: str | None
    disputes: int
    plans: int


_ROW = """
SELECT s.case_id, c.ref, TRIM(p.name || ' ' || p.first_name), k.name, s.status, s.balance, s.overdue, s.oldest_due_on, s.undated,
  s.held_kind, s.held_until, s.next_kind, s.next_on, s.last_on, s.last_channel, s.last_result, s.promise_on, s.priority, s.deadline_on,
  s.limitation_on, s.replies, s.reach, s.alerts, s.skipped_until, s.disputes, s.plans
FROM {source} JOIN cases c ON c.id = s.case_id JOIN parties p ON p.id = s.debtor_id JOIN creditors k ON k.id = s.creditor_id
"""

# What each tab of the queue holds; :today is the day, :near the last day of which limitation is near.
_BACK = "(s.skipped_until IS NULL OR s.skipped_until <= :today)"
TABS = {
    "todo": f"s.status = 'open' AND (s.next_on <= :today OR (s.next_on IS NULL AND s.held_kind IS NULL)) AND {_BACK}",
    "replies": "s.status = 'open' AND s.replies > 0",
    "promises": "s.status = 'open' AND (s.promise_on IS NOT NULL OR s.plans > 0)",
    "disputes": "s.status = 'open' AND s.disputes > 0",
    "deadlines": "s.status = 'open' AND s.deadline_on IS NOT NULL",
    "alerts": "s.status = 'open' AND s.alerts > 0",
    "limitation": "s.status = 'open' AND s.limitation_on IS NOT NULL AND s.limitation_on <= :near",
    "held": "s.status = 'open' AND (s.held_kind IS NOT NULL OR s.debts_held > 0)",
    "planned": "s.status = 'open' AND s.held_kind IS NULL AND s.next_on > :today",
    "skipped": "s.status = 'open' AND s.skipped_until IS NOT NULL AND s.skipped_until > :today",
    "all": "s.status = 'open'",
    "closed": "s.status = 'closed'",
}
_OWN_INDEX = {
    "replies": "replies", "promises": "promised", "disputes": "disputes", "deadlines": "deadline", "alerts": "alerts",
    "limitation": "limitation", "skipped": "skipped", "closed": "closed",
}  # fmt: skip
_DATED = {
    "deadlines": "s.deadline_on",
    "limitation": "s.limitation_on",
    "skipped": "s.skipped_until",
    "closed": "-s.case_id",
}
CHANNELS = {"phone": "s.reach & 1", "email": "s.reach & 2", "address": "s.reach & 4", "none": "s.reach = 0"}
STATES = {
    "late": "s.next_on < :today", "today": "s.next_on = :today", "coming": "s.next_on > :today", "held": "s.held_kind IS NOT NULL",
    "free": "s.held_kind IS NULL",
}  # fmt: skip
AGES = {name: (low, high) for name, low, high in BANDS}


@dataclass(frozen=True, slots=True)
class Asked:
    """What of the queue is asked for: a tab and filters (None or "": all), `least` and `most` in cents, both counted, `age` a band of
    domain/ageing, `state` of STATES, `channel` of CHANNELS; the page that follows the case `after`, or goes before the case `before`.
    """

    tab: str = "todo"
    creditor: int | None = None
    collector: int | None = None
    age: str = ""
    state: str = ""
    channel: str = ""
    least: int | None = None
    most: int | None = None
    after: int | None = None
    before: int | None = None

    @property
    def narrowed(self) -> bool:
        """Whether more than creditor and colleague is filtered."""
        return bool(self.age or self.state or self.channel or self.least is not None or self.most is not None)

    def where(self) -> str:
        """The conditions of the tab and of the filters."""
        return " AND ".join([TABS[self.tab], *_only(self.creditor, self.collector), *self._more()])

    def _more(self) -> list[str]:
        found = [CHANNELS[self.channel]] if self.channel else []
        found += [STATES[self.state]] if self.state else []
        found += ["s.balance >= :least"] * (self.least is not None) + ["s.balance <= :most"] * (self.most is not None)
        low, high = AGES[self.age] if self.age else (None, None)
        found += [f"s.oldest_due_on <= date(:today, '-{low} days')"] * (low is not None)
        found += [f"s.oldest_due_on >= date(:today, '-{high} days')"] * (high is not None)
        return found

    def params(self, today: str, near: str) -> dict[str, object]:
        """The values of the conditions."""
        return {
            "today": today, "near": near, "creditor": self.creditor, "collector": self.collector, "least": self.least, "most": self.most,
        }  # fmt: skip


def _only(creditor: int | None, collector: int | None) -> list[str]:
    """The conditions of the creditor and the colleague chosen."""
    return ["s.creditor_id = :creditor"] * bool(creditor) + ["s.collector_id = :collector"] * bool(collector)


def key_of(tab: str) -> str:
    """The column that orders a tab, after the sign of what goes down."""
    return _DATED.get(tab, "-s.priority")


def index_of(asked: Asked) -> str:
    """The index that gives the order of what is asked without a sort."""
    other = "collector" if asked.collector else "creditor" if asked.creditor else "queue"
    return f"summaries_{_OWN_INDEX.get(asked.tab, other)}"


def queue(reader: Reader, asked: Asked, today: str, near: str = "", limit: int = PAGE) -> tuple[QueueRow, ...]:
    """At most `limit` cases of a tab, the most pressing first (dated tabs in the order of their days), found by walking an index
    from the place of the case before: as quick on the last page as on the first. A case that has left the tab is still such a place.
    """
    key = key_of(asked.tab)
    cursor = asked.after or asked.before
    back = bool(asked.before and not asked.after)
    place = _place(reader, key, cursor) if cursor else None
    where, walk = [asked.where()], order(key, back=back)
    if place is not None:
        where.append(beyond(key, back=back))
    sql = f"{_ROW.format(source=f'case_summaries s INDEXED BY {index_of(asked)}')} WHERE {' AND '.join(where)} ORDER BY {walk} LIMIT :limit"
    found = reader.all(QueueRow, sql, {**asked.params(today, near), "place": place, "cursor": cursor, "limit": limit})
    return found[::-1] if back else found


def _place(reader: Reader, key: str, case_id: int) -> object:
    """Where a case stands in the order of a tab; None for one that has no place there."""
    name = key.lstrip("-")
    return reader.value(f"SELECT {name} FROM case_summaries s WHERE s.case_id = ?", (case_id,))


def order(key: str, *, back: bool) -> str:
    """The order of a key, or the opposite, the number of the case deciding between equals."""
    down = key.startswith("-") != back
    name = f"{key.lstrip('-')} {'DESC' if down else 'ASC'}"
    return name if "case_id" in key else f"{name}, s.case_id {'DESC' if back else 'ASC'}"


def beyond(key: str, *, back: bool) -> str:
    """The cases after (or before) the :place of the :cursor in that order."""
    name, sign, step = key.lstrip("-"), "<" if key.startswith("-") != back else ">", "<" if back else ">"
    if "case_id" in key:
        return f"{name} {sign} :cursor"
    return f"{name} {sign}= :place AND ({name} {sign} :place OR s.case_id {step} :cursor)"


def many(reader: Reader, asked: Asked, today: str, near: str, most: int) -> int:
    """How many cases the tab and the filters hold, counted up to `most`."""
    sql = f"SELECT COUNT(*) FROM (SELECT 1 FROM case_summaries s INDEXED BY {index_of(asked)} WHERE {asked.where()} LIMIT :bound)"
    return int(reader.value(sql, {**asked.params(today, near), "bound": most}))


def case_of_reference(reader: Reader, ref: str) -> int | None:
    """The id of the case with a public reference."""
    found = reader.value("SELECT id FROM cases WHERE ref = ?", (ref.strip().upper(),))
    return int(found) if found else None


def references(reader: Reader, case_ids: Collection[int]) -> dict[int, str]:
    """The public reference of each case."""
    sql = "SELECT id, ref FROM cases WHERE id IN (SELECT value FROM json_each(?))"
    return dict(reader.rows(sql, (json.dumps(list(case_ids)),)))


def by_ids(reader: Reader, case_ids: Collection[int]) -> tuple[QueueRow, ...]:
    """The cases of these numbers, the most pressing first."""
    rows, walk = _ROW.format(source="case_summaries s"), order("-s.priority", back=False)
    sql = f"{rows} WHERE s.case_id IN (SELECT value FROM json_each(?)) ORDER BY {walk}"
    return reader.all(QueueRow, sql, (json.dumps(sorted(case_ids)),))


def search(reader: Reader, match: str, limit: int = PAGE) -> tuple[QueueRow, ...]:
    """Cases whose names or references match an FTS5 expression, best first."""
    source = (
        "(SELECT rowid AS case_id, rank AS likeness FROM case_search WHERE case_search MATCH ? ORDER BY rank LIMIT 500) f "
        "JOIN case_summaries s USING (case_id)"
    )
    return reader.all(
        QueueRow, f"{_ROW.format(source=source)} ORDER BY s.status DESC, f.likeness LIMIT ?", (match, limit)
    )


def by_contact(reader: Reader, value: str, limit: int = PAGE) -> tuple[QueueRow, ...]:
    """Cases of the persons who have this telephone number (E.164) or e-mail address."""
    source = "contact_points f JOIN cases z ON z.debtor_id = f.party_id JOIN case_summaries s ON s.case_id = z.id"
    return reader.all(
        QueueRow, f"{_ROW.format(source=source)} WHERE f.value = ? AND f.kind <> 'address' LIMIT ?", (value, limit)
    )


def of_person(reader: Reader, debtor_id: int, but: int) -> tuple[QueueRow, ...]:
    """The other cases of the same debtor."""
    return reader.all(
        QueueRow,
        f"{_ROW.format(source='case_summaries s')} WHERE s.debtor_id = ? AND s.case_id <> ? LIMIT {PAGE}",
        (debtor_id, but),
    )


def ready_to_leave(reader: Reader) -> tuple[tuple[str, int], ...]:
    """How many outgoing messages are ready, by channel."""
    sql = "SELECT channel, COUNT(*) FROM messages WHERE state = 'ready' AND direction = 'out' GROUP BY channel ORDER BY channel"
    return tuple((str(channel), int(count)) for channel, count in reader.rows(sql))
