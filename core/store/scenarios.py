"""Which steps are due today over all open cases, in one statement, and the facts of some cases for the domain. Plans and writes nothing.

The delays are turned into days beforehand (`NextStep`), so that the statement compares days and computes none.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import astuple, dataclass

from core.store.unit import Reader

FOR_GOOD = "9999-12-31"
STOP_BITS = {"held": 1, "promise": 2, "reply": 4, "proceeding": 8, "time_barred": 16}


@dataclass(frozen=True, slots=True)
class Chosen:
    """Which scenario the debtors of a kind follow at a creditor; creditor 0: at every other."""

    creditor_id: int
    kind: str
    scenario: str


@dataclass(frozen=True, slots=True)
class NextStep:
    """The step that follows a level of a scenario (`lettered`: a first letter left although the level is 0), as the statement asks for it.

    Due when the anchor's day is not after `anchor_on` and the day of the step before not after `before_on`; `stops` are STOP_BITS.
    """

    scenario: str
    done: int
    lettered: int
    level: int
    anchor: str
    anchor_on: str
    before_on: str
    channel: str
    stops: int


# Everything that can be said of one open case that owes something, with the step that follows; :today is the day.
_DUE = """
WITH chosen(creditor_id, kind, scenario) AS MATERIALIZED (
  SELECT value ->> 0, value ->> 1, value ->> 2 FROM json_each(:chosen)),
following(scenario, done, lettered, level, anchor, anchor_on, before_on, channel, stops) AS MATERIALIZED (
  SELECT value ->> 0, value ->> 1, value ->> 2, value ->> 3, value ->> 4, value ->> 5, value ->> 6, value ->> 7, value ->> 8
  FROM json_each(:following))
SELECT s.case_id, f.scenario, f.level, f.channel, s.debtor_id, s.creditor_id,
  CASE
    WHEN x.pending THEN 'pending'
    WHEN x.paused_until = '9999-12-31' THEN 'excluded'
    WHEN x.paused_until >= :today THEN 'paused'
    WHEN x.acted_on >= :today THEN 'today'
    WHEN f.stops & 1 AND s.held_kind IS NOT NULL THEN 'held'
    WHEN f.stops & 2 AND s.promise_on IS NOT NULL THEN 'promise'
    WHEN f.stops & 4 AND s.last_on IS NOT NULL AND {reply} THEN 'reply'
    WHEN f.stops & 8 AND EXISTS (SELECT 1 FROM proceedings v WHERE v.case_id = s.case_id AND v.outcome = '') THEN 'proceeding'
    WHEN f.stops & 16 AND s.limitation_on < :today THEN 'time_barred'
    WHEN f.channel IN ('letter', 'formal_notice') AND {letter_ready} THEN 'letter_ready'
    ELSE '' END AS bar
FROM case_summaries s CROSS JOIN cases c ON c.id = s.case_id CROSS JOIN parties p ON p.id = s.debtor_id
LEFT JOIN chosen h ON h.creditor_id = s.creditor_id AND h.kind = p.kind
LEFT JOIN scenario_cases x ON x.case_id = s.case_id
CROSS JOIN following f ON f.scenario = COALESCE(NULLIF(x.scenario, ''), h.scenario,
  CASE p.kind WHEN 'individual' THEN :individual WHEN 'business' THEN :business WHEN 'public' THEN :public ELSE :association END)
  AND f.done = COALESCE(x.level, 0) AND f.lettered = (COALESCE(x.level, 0) = 0 AND c.first_letter_on IS NOT NULL)
WHERE s.status = 'open' AND s.balance > 0 {only}
  AND CASE f.anchor WHEN 'due_date' THEN s.oldest_due_on WHEN 'placement' THEN c.placed_on WHEN 'first_letter' THEN c.first_letter_on
    ELSE COALESCE(x.done_on, c.first_letter_on, c.placed_on) END <= f.anchor_on
  AND COALESCE(x.done_on, c.first_letter_on, '') <= f.before_on
"""
REPLY = """'in' = (SELECT i.direction FROM interactions i WHERE i.case_id = {case} AND i.channel <> 'note'
      AND NOT EXISTS (SELECT 1 FROM interactions n WHERE n.corrects = i.id) ORDER BY i.happened_on DESC, i.id DESC LIMIT 1)"""
LETTER_READY = """EXISTS (SELECT 1 FROM messages g WHERE g.case_id = {case} AND g.channel = 'letter' AND g.direction = 'out'
      AND g.state = 'ready')"""


def _due(only: str = "") -> str:
    case = "s.case_id"
    return _DUE.format(only=only, reply=REPLY.format(case=case), letter_ready=LETTER_READY.format(case=case))


def _asked(today: str, chosen: Iterable[Chosen], following: Iterable[NextStep]) -> dict[str, object]:
    known = tuple(chosen)
    apart = json.dumps([astuple(one) for one in known if one.creditor_id])
    usual: dict[str, object] = {one.kind: one.scenario for one in known if not one.creditor_id}
    return usual | {"chosen": apart, "following": json.dumps([astuple(one) for one in following]), "today": today}


@dataclass(frozen=True, slots=True)
class DueCount:
    """How many cases have a step due: of a scenario and level, by channel, and what keeps it back ("" nothing)."""

    scenario: str
    level: int
    channel: str
    bar: str
    cases: int


def due_counts(
    reader: Reader, today: str, chosen: Sequence[Chosen], following: Sequence[NextStep]
) -> tuple[DueCount, ...]:
    """The steps due today over the whole portfolio, counted."""
    sql = f"SELECT scenario, level, channel, bar, COUNT(*) FROM ({_due()}) GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 4"
    return reader.all(DueCount, sql, _asked(today, chosen, following))


@dataclass(frozen=True, slots=True)
class DueRow:
    """A case with a step due, and what keeps it back."""

    case_id: int
    scenario: str
    level: int
    channel: str
    debtor_id: int
    creditor_id: int
    bar: str


def due_cases(
    reader: Reader,
    today: str,
    chosen: Sequence[Chosen],
    following: Sequence[NextStep],
    bar: str,
    most: int,
    beyond: int = 0,
) -> tuple[DueRow, ...]:
    """The cases whose step is kept back by `bar` ("": by nothing), in their order, after the case `beyond`."""
    sql = f"SELECT * FROM ({_due('AND s.case_id > :beyond')}) WHERE bar = :bar ORDER BY case_id LIMIT :most"
    asked = _asked(today, chosen, following) | {"bar": bar, "most": most, "beyond": beyond}
    return reader.all(DueRow, sql, asked)


_EVENTS = """
SELECT s.case_id, 'promise', s.promise_on FROM case_summaries s
WHERE s.status = 'open' AND s.promise_on IS NOT NULL AND s.promise_on BETWEEN :today AND :until AND s.balance > 0
  AND (:case = 0 OR s.case_id = :case)
UNION ALL
SELECT l.case_id, 'instalment', MIN(i.due_on) FROM instalments i JOIN plans l ON l.id = i.plan_id
JOIN case_summaries s ON s.case_id = l.case_id
WHERE i.due_on BETWEEN :today AND :until AND l.ended_on IS NULL AND (l.agreed_on IS NOT NULL OR l.proposed_on IS NULL)
  AND s.status = 'open' AND s.balance > 0 AND (:case = 0 OR s.case_id = :case) GROUP BY l.case_id
ORDER BY 1
"""


def expecting(reader: Reader, today: str, until: str, case_id: int = 0) -> tuple[tuple[int, str, str], ...]:
    """The cases (or one) where a payment is expected between two days: case, "promise" or "instalment", day."""
    asked = {"today": today, "until": until, "case": case_id}
    return tuple((int(case), str(kind), str(on)) for case, kind, on in reader.rows(_EVENTS, asked))


@dataclass(frozen=True, slots=True)
class FactsRow:
    """What the store knows of a case for its scenario; dates ISO text, `last_said` the direction of its last contact."""

    case_id: int
    ref: str
    debtor: str
    debtor_id: int
    creditor_id: int
    kind: str
    postcode: str
    status: str
    balance: int
    placed_on: str
    oldest_due_on: str | None
    first_letter_on: str | None
    held_kind: str | None
    held_until: str | None
    promise_on: str | None
    limitation_on: str | None
    replied: int
    proceeding: int
    letter_ready: int
    scenario: str
    level: int
    done_on: str | None
    acted_on: str | None
    pending: int
    paused_until: str | None
    reason: str | None
    row_version: int
    sibling_on: str | None


_FACTS = """
SELECT s.case_id, c.ref, TRIM(p.name || ' ' || p.first_name), s.debtor_id, s.creditor_id, p.kind,
  COALESCE((SELECT a.postcode FROM contact_points a WHERE a.party_id = p.id AND a.kind = 'address' AND a.validity <> 'invalid'
    ORDER BY a.priority DESC, a.id LIMIT 1), ''),
  s.status, s.balance, c.placed_on, s.oldest_due_on, c.first_letter_on, s.held_kind, s.held_until, s.promise_on, s.limitation_on,
  COALESCE({reply}, 0), EXISTS (SELECT 1 FROM proceedings v WHERE v.case_id = s.case_id AND v.outcome = ''), {letter_ready},
  COALESCE(x.scenario, ''), COALESCE(x.level, 0), x.done_on, x.acted_on, COALESCE(x.pending, 0), x.paused_until, t.body,
  COALESCE(x.row_version, 0),
  (SELECT MAX(r.done_on) FROM cases o JOIN reminders r ON r.case_id = o.id WHERE o.debtor_id = s.debtor_id
    AND o.creditor_id = s.creditor_id AND o.id <> s.case_id AND r.state = 'done' AND r.channel <> 'call')
FROM json_each(:cases) j JOIN case_summaries s ON s.case_id = j.value JOIN cases c ON c.id = s.case_id JOIN parties p ON p.id = s.debtor_id
LEFT JOIN scenario_cases x ON x.case_id = s.case_id LEFT JOIN texts t ON t.id = x.reason_text_id
ORDER BY j.key
"""


def facts(reader: Reader, case_ids: Sequence[int]) -> tuple[FactsRow, ...]:
    """The facts of some cases, in their order."""
    case = "s.case_id"
    sql = _FACTS.format(reply=REPLY.format(case=case), letter_ready=LETTER_READY.format(case=case))
    return reader.all(FactsRow, sql, {"cases": json.dumps(list(case_ids))})


def creditor_ids(reader: Reader) -> tuple[tuple[int, str], ...]:
    """Every creditor and its name."""
    return tuple((int(one), str(name)) for one, name in reader.rows("SELECT id, name FROM creditors ORDER BY name"))


@dataclass(frozen=True, slots=True)
class Reach:
    """The contact point of a debtor that serves a channel first."""

    case_id: int
    kind: str
    phone_kind: str
    id: int


def reach(reader: Reader, case_ids: Sequence[int]) -> tuple[Reach, ...]:
    """The debtors' own contact points in some cases, those known to be wrong left out, a workplace last (CON-05, CON-06)."""
    return reader.all(
        Reach,
        "SELECT c.id, p.kind, p.phone_kind, p.id FROM json_each(?) j JOIN cases c ON c.id = j.value "
        "JOIN contact_points p ON p.party_id = c.debtor_id WHERE p.validity <> 'invalid' AND p.holder = 'person' "
        "ORDER BY c.id, p.workplace, p.priority DESC, p.id",
        (json.dumps(list(case_ids)),),
    )
