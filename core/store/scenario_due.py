"""Which steps are due today over all open cases, in one statement. Plans and writes nothing.

The delays are turned into days beforehand (`NextStep`), so that the statement compares days and computes none; what nobody chose apart
and no reason calls for is not looked for.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import astuple, dataclass

from core.store.scenarios import LETTER_READY, REPLY
from core.store.unit import Reader

FOR_GOOD = "9999-12-31"
STOP_BITS = {"held": 1, "promise": 2, "reply": 4, "proceeding": 8, "time_barred": 16}


@dataclass(frozen=True, slots=True)
class Chosen:
    """Which scenario a kind of debtor follows under a mandate (0: none) of a creditor (0: any other); `by`: at which level."""

    mandate_id: int
    creditor_id: int
    kind: str
    scenario: str
    by: str


@dataclass(frozen=True, slots=True)
class NextStep:
    """The step that follows a level (`lettered`: a first letter left although the level is 0) where a scenario is asked for in a tone.

    Due when the anchor's day is not after `anchor_on` and the day of the step before not after `before_on`; `stops` are STOP_BITS.
    """

    asked: str
    tone: str
    done: int
    lettered: int
    scenario: str
    level: int
    anchor: str
    anchor_on: str
    before_on: str
    channel: str
    stops: int


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked of every case on a day: who follows which, the tone by reason and of a fragile path, the steps that follow."""

    today: str
    chosen: tuple[Chosen, ...]
    tones: Mapping[str, str]
    fragile: str
    following: tuple[NextStep, ...]


_FOLLOWING = """following(asked, tone, done, lettered, scenario, level, anchor, anchor_on, before_on, channel, stops) AS MATERIALIZED (
  SELECT value ->> 0, value ->> 1, value ->> 2, value ->> 3, value ->> 4, value ->> 5, value ->> 6, value ->> 7, value ->> 8, value ->> 9,
    value ->> 10 FROM json_each(:following))"""
_CHOSEN = """chosen(mandate_id, creditor_id, kind, scenario) AS MATERIALIZED (
  SELECT value ->> 0, value ->> 1, value ->> 2, value ->> 3 FROM json_each(:chosen))"""
# The reason that stands in a case, then an open fragile path, which counts before it.
_TONED = """toned(case_id, tone) AS MATERIALIZED (
  SELECT case_id, tone FROM (SELECT case_id, tone, MAX(rank) FROM (
    SELECT r.case_id, j.value AS tone, 0 AS rank FROM (
      SELECT q.case_id, q.code, ROW_NUMBER() OVER (PARTITION BY q.case_id ORDER BY q.said_on DESC, q.id DESC) AS latest
      FROM nonpayment_reasons q WHERE NOT EXISTS (SELECT 1 FROM nonpayment_reasons n WHERE n.corrects = q.id)
        AND NOT EXISTS (SELECT 1 FROM interactions i WHERE i.corrects = q.interaction_id)) r
      JOIN json_each(:tones) j ON j.key = r.code WHERE r.latest = 1
    UNION ALL
    SELECT o.id, :fragile, 1 FROM fragile_paths f JOIN cases o ON o.debtor_id = f.party_id WHERE f.ended_on IS NULL) GROUP BY case_id))"""
_BY_KIND = """CASE p.kind WHEN 'individual' THEN :individual WHEN 'business' THEN :business WHEN 'public' THEN :public
    ELSE :association END"""
# Everything that can be said of one open case that owes something, with the step that follows; :today is the day.
_DUE = """
WITH {ctes}
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
LEFT JOIN scenario_cases x ON x.case_id = s.case_id
{joins}
CROSS JOIN following f ON f.asked = COALESCE(NULLIF(x.scenario, ''), {apart}{by_kind}) AND f.tone = {tone}
  AND f.done = COALESCE(x.level, 0) AND f.lettered = (COALESCE(x.level, 0) = 0 AND c.first_letter_on IS NOT NULL)
WHERE s.status = 'open' AND s.balance > 0 {only}
  AND CASE f.anchor WHEN 'due_date' THEN s.oldest_due_on WHEN 'placement' THEN c.placed_on WHEN 'first_letter' THEN c.first_letter_on
    ELSE COALESCE(x.done_on, c.first_letter_on, c.placed_on) END <= f.anchor_on
  AND COALESCE(x.done_on, c.first_letter_on, '') <= f.before_on
"""


def _due(reader: Reader, asked: Asked, only: str = "") -> str:
    """The statement; a choice apart and a tone are joined only where there are some."""
    ctes, joins, case = [_FOLLOWING], [], "s.case_id"
    apart = any(one.creditor_id for one in asked.chosen)
    if apart:
        ctes.append(_CHOSEN)
        joins.append(
            "LEFT JOIN chosen h ON h.mandate_id = COALESCE(c.mandate_id, 0) AND h.creditor_id = s.creditor_id AND h.kind = p.kind"
        )
    toned = bool(
        reader.value("SELECT EXISTS (SELECT 1 FROM nonpayment_reasons) OR EXISTS (SELECT 1 FROM fragile_paths)")
    )
    if toned:
        ctes.append(_TONED)
        joins.append("LEFT JOIN toned t ON t.case_id = s.case_id")
    return _DUE.format(
        ctes=",\n".join(ctes),
        joins="\n".join(joins),
        apart="h.scenario, " if apart else "",
        by_kind=_BY_KIND,
        tone="COALESCE(t.tone, '')" if toned else "''",
        only=only,
        reply=REPLY.format(case=case),
        letter_ready=LETTER_READY.format(case=case),
    )


def _params(asked: Asked) -> dict[str, object]:
    apart = [astuple(one)[:4] for one in asked.chosen if one.creditor_id]
    usual: dict[str, object] = {one.kind: one.scenario for one in asked.chosen if not one.creditor_id}
    following = [astuple(one) for one in asked.following]
    return usual | {
        "chosen": json.dumps(apart), "following": json.dumps(following), "today": asked.today, "tones": json.dumps(dict(asked.tones)),
        "fragile": asked.fragile,
    }  # fmt: skip


@dataclass(frozen=True, slots=True)
class DueCount:
    """How many cases have a step due: of a scenario and level, by channel, and what keeps it back ("" nothing)."""

    scenario: str
    level: int
    channel: str
    bar: str
    cases: int


def due_counts(reader: Reader, asked: Asked) -> tuple[DueCount, ...]:
    """The steps due today over the whole portfolio, counted."""
    sql = f"SELECT scenario, level, channel, bar, COUNT(*) FROM ({_due(reader, asked)}) GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 4"
    return reader.all(DueCount, sql, _params(asked))


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


def due_cases(reader: Reader, asked: Asked, bar: str, most: int, beyond: int = 0) -> tuple[DueRow, ...]:
    """The cases whose step is kept back by `bar` ("": by nothing), in their order, after the case `beyond`."""
    due = _due(reader, asked, "AND s.case_id > :beyond")
    params = _params(asked) | {"bar": bar, "most": most, "beyond": beyond}
    return reader.all(DueRow, f"SELECT * FROM ({due}) WHERE bar = :bar ORDER BY case_id LIMIT :most", params)
