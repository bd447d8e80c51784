"""Which steps are due today over all open cases, in one statement made of the scenarios in force. Plans and writes nothing.

The delays are turned into days beforehand (`NextStep`), so that the statement compares days and computes none. Scenarios, tones, steps and
what keeps a case back are small numbers in it; what nobody chose apart and no reason calls for is not looked for.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from core.store.scenarios import REPLY
from core.store.unit import Reader

BARS = (
    "",
    "pending",
    "excluded",
    "paused",
    "today",
    "held",
    "promise",
    "reply",
    "proceeding",
    "time_barred",
    "letter_ready",
)
STOPS = ("held", "promise", "reply", "proceeding", "time_barred")
KINDS = ("individual", "business", "association", "public")
TONES = ("", "gentle", "firm")
FIRST = 32  # the character of the first number: a count is read from one character a case


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
    """The step that follows a level of a scenario (`lettered`: a first letter left although the level is 0), as the statement asks for it.

    Due when the anchor's day is not after `anchor_on` and the day of the step before not after `before_on` ("": whatever it is).
    """

    scenario: str
    done: int
    lettered: int
    level: int
    anchor: str
    anchor_on: str
    before_on: str
    channel: str
    stops: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked of every case on a day: who follows which, the tone by reason and of a fragile path, the steps that follow.

    `toned`: the scenario that takes the place of one asked for, by tone.
    """

    today: str
    scenarios: tuple[str, ...]
    chosen: tuple[Chosen, ...]
    tones: Mapping[str, str]
    fragile: str
    toned: Mapping[tuple[str, str], str]
    following: tuple[NextStep, ...]


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
_REASONS = "SELECT EXISTS (SELECT 1 FROM nonpayment_reasons) OR EXISTS (SELECT 1 FROM fragile_paths)"
# Every open case that owes something, with its step; LIMIT -1 keeps what is computed once from being computed at each use.
_CASES = """
  SELECT s.case_id, s.debtor_id, s.creditor_id, {step} AS step, s.held_kind, s.promise_on, s.last_on, s.limitation_on,
    x.case_id AS begun, x.pending, x.paused_until, x.acted_on
  FROM case_summaries s NOT INDEXED CROSS JOIN cases c ON c.id = s.case_id CROSS JOIN parties p ON p.id = s.debtor_id
  LEFT JOIN scenario_cases x ON x.case_id = s.case_id {joins}
  WHERE s.status = 'open' AND s.balance > 0 AND s.case_id > :beyond LIMIT -1"""
_ANCHORS = {
    "due_date": "s.oldest_due_on", "placement": "c.placed_on", "first_letter": "c.first_letter_on",
    "previous": "COALESCE(x.done_on, c.first_letter_on, c.placed_on)",
}  # fmt: skip
# What keeps a step back, in the order of BARS; what the step of the case does not stop for is left out.
_BAR = """CASE WHEN begun AND (pending OR paused_until >= :today OR acted_on >= :today)
      THEN CASE WHEN pending THEN 1 WHEN paused_until = '9999-12-31' THEN 2 WHEN paused_until >= :today THEN 3 ELSE 4 END
    WHEN held_kind IS NOT NULL{held} THEN 5 WHEN promise_on IS NOT NULL{promise} THEN 6
    WHEN last_on IS NOT NULL{reply} AND {said_last} THEN 7
    WHEN d.case_id IN (SELECT case_id FROM proceedings WHERE outcome = ''){proceeding} THEN 8
    WHEN limitation_on < :today{time_barred} THEN 9
    WHEN d.case_id IN (SELECT case_id FROM messages WHERE channel = 'letter' AND direction = 'out' AND state = 'ready'){posted} THEN 10
    ELSE 0 END"""


def _due(reader: Reader, asked: Asked) -> str:
    """The open cases with the number of their step (in `asked.following`) and of what keeps it back (in BARS)."""
    ctes, joins = [], []
    scenario = _numbered("p.kind", asked, (one for one in asked.chosen if not one.creditor_id))
    if any(one.creditor_id for one in asked.chosen):
        ctes.append(_CHOSEN)
        joins.append(
            "LEFT JOIN chosen h ON h.mandate_id = COALESCE(c.mandate_id, 0) AND h.creditor_id = s.creditor_id AND h.kind = p.kind"
        )
        scenario = f"COALESCE(h.scenario, {scenario})"
    own = " ".join(f"WHEN :s{n} THEN {n}" for n in range(len(asked.scenarios)))
    scenario = f"COALESCE(CASE WHEN x.scenario <> '' THEN CASE x.scenario {own} END END, {scenario})"
    if reader.value(_REASONS):
        ctes.append(_TONED)
        joins.append("LEFT JOIN toned t ON t.case_id = s.case_id")
        scenario = _toned(asked, scenario)
    cases = _CASES.format(step=_step(asked, scenario), joins=" ".join(joins))
    given = f"WITH {', '.join(ctes)} " if ctes else ""
    return f"{given}SELECT case_id, debtor_id, creditor_id, step, {_bar(asked)} AS bar FROM ({cases}) d WHERE step IS NOT NULL LIMIT -1"


def _numbered(column: str, asked: Asked, usual: Iterable[Chosen]) -> str:
    """The number of the scenario that a kind of debtor follows everywhere."""
    by_kind = {one.kind: asked.scenarios.index(one.scenario) for one in usual}
    return (
        f"CASE {column} "
        + " ".join(f"WHEN '{kind}' THEN {by_kind[kind]}" for kind in KINDS if kind in by_kind)
        + " END"
    )


def _toned(asked: Asked, scenario: str) -> str:
    """The number of the scenario that takes the place of another in the tone called for."""
    others = [
        (asked.scenarios.index(one) * len(TONES) + TONES.index(tone), asked.scenarios.index(other))
        for (one, tone), other in asked.toned.items()
        if one != other
    ]
    cases = " ".join(f"WHEN {at} THEN {other}" for at, other in others)
    return f"COALESCE(CASE ({scenario}) * {len(TONES)} + t.tone {cases} END, {scenario})" if others else scenario


def _step(asked: Asked, scenario: str) -> str:
    """The number of the step that is reached in a case: by scenario, by level done, by whether a first letter left without the scenario."""
    by_scenario: dict[str, dict[int, dict[int, str]]] = {}
    for n, one in enumerate(asked.following):
        since = f" AND COALESCE(x.done_on, c.first_letter_on, '') <= :b{n}" if one.before_on else ""
        reached = f"CASE WHEN {_ANCHORS[one.anchor]} <= :a{n}{since} THEN {n} END"
        by_scenario.setdefault(one.scenario, {}).setdefault(one.done, {})[one.lettered] = reached
    told = (f"WHEN {asked.scenarios.index(key)} THEN {_levels(levels)}" for key, levels in by_scenario.items())
    return f"CASE {scenario} {' '.join(told)} END"


def _levels(levels: Mapping[int, Mapping[int, str]]) -> str:
    first = levels.get(0, {})
    begun = f"CASE WHEN c.first_letter_on IS NULL THEN {first.get(0, 'NULL')} ELSE {first.get(1, 'NULL')} END"
    told = (f"WHEN {done} THEN {begun if not done else one[0]}" for done, one in levels.items())
    return f"CASE COALESCE(x.level, 0) {' '.join(told)} END"


def _bar(asked: Asked) -> str:
    """What keeps a step back; a condition that holds for every step asks nothing of the step."""
    stopped = {name: [n for n, one in enumerate(asked.following) if name in one.stops] for name in STOPS}
    posted = [n for n, one in enumerate(asked.following) if one.channel in ("letter", "formal_notice")]
    asks = {name: _among(asked, steps) for name, steps in (stopped | {"posted": posted}).items()}
    return _BAR.format(said_last=REPLY.format(case="d.case_id"), **asks)


def _among(asked: Asked, steps: list[int]) -> str:
    return "" if len(steps) == len(asked.following) else f" AND step IN ({', '.join(map(str, steps))})"


def _params(asked: Asked, beyond: int = 0) -> dict[str, object]:
    number = {key: n for n, key in enumerate(asked.scenarios)}
    apart = [
        (one.mandate_id, one.creditor_id, one.kind, number[one.scenario]) for one in asked.chosen if one.creditor_id
    ]
    tones = {code: TONES.index(tone) for code, tone in asked.tones.items()}
    return {
        "today": asked.today, "beyond": beyond, "chosen": json.dumps(apart), "tones": json.dumps(tones),
        "fragile": TONES.index(asked.fragile),
        **{f"s{n}": key for key, n in number.items()},
        **{f"a{n}": one.anchor_on for n, one in enumerate(asked.following)},
        **{f"b{n}": one.before_on for n, one in enumerate(asked.following) if one.before_on},
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
    """The steps due today over the whole portfolio, counted: one character a case is counted faster than rows are sorted."""
    sql = f"SELECT group_concat(char({FIRST} + step * {len(BARS)} + bar), '') FROM ({_due(reader, asked)})"
    told = Counter(str(reader.value(sql, _params(asked)) or ""))
    counts: Counter[tuple[str, int, str, str]] = Counter()
    for character, cases in told.items():
        step, bar = divmod(ord(character) - FIRST, len(BARS))
        one = asked.following[step]
        counts[one.scenario, one.level, one.channel, BARS[bar]] += cases
    return tuple(DueCount(*key, cases) for key, cases in sorted(counts.items()))


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
    sql = (
        f"SELECT * FROM ({_due(reader, asked)}) WHERE bar = :bar LIMIT :most"  # the join walks the cases in their order
    )
    found = reader.rows(sql, _params(asked, beyond) | {"bar": BARS.index(bar), "most": most})
    rows = ((case, asked.following[step], debtor, creditor) for case, debtor, creditor, step, _ in found)
    return tuple(
        DueRow(case, one.scenario, one.level, one.channel, debtor, creditor, bar)
        for case, one, debtor, creditor in rows
    )
