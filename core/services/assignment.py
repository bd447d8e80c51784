"""Whose cases they are, many at once: rules of a lead, a preview of who gets what, the giving with a line of the journal per case.

Nothing is given that was not previewed: what is given is the list of moves that the preview showed, and a case that changed hands in
between stops all of it.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from core.domain.assignment import Proposal, Rule, check, propose
from core.domain.messages import Message, msg, refuse
from core.domain.rights import Right
from core.services.context import Ctx, service
from core.services.refusals import unknown_choice
from core.services.team import WORKERS
from core.store import assignment as kept
from core.store import journal, overlays, team
from core.store.assignment import MOST, Listed
from core.store.unit import Reader, changed_meanwhile

__all__ = [
    "BY_RULES", "MOST", "NOBODY", "Filter", "Listed", "Load", "Move", "Preview", "Rule", "RulesView", "apply", "preview", "rules",
    "save_rules", "selection",
]  # fmt: skip
KIND, KEY = "assignment", "rules"
BY_RULES, NOBODY = -1, 0  # to whom: as the rules say; to nobody


@dataclass(frozen=True, slots=True)
class Filter:
    """Which open cases: None and "" are any; `collector` 0 is nobody's; money in cents."""

    creditor: int | None = None
    collector: int | None = None
    postcode: str = ""
    least: int | None = None
    most: int | None = None

    def asked(self) -> dict[str, int | str]:
        """The conditions that were chosen."""
        return {key: value for key, value in asdict(self).items() if value is not None and value != ""}


@dataclass(frozen=True, slots=True)
class RulesView:
    """The rules in force, the version they were read at (0: none yet), who changed them last."""

    rules: tuple[Rule, ...]
    version: int
    author: str
    recorded_at: str


@dataclass(frozen=True, slots=True)
class Move:
    """A case that changes hands, as previewed: who had it, who gets it (None: nobody), and why."""

    case: Listed
    to: int | None
    name: str
    why: Message


@dataclass(frozen=True, slots=True)
class Load:
    """Open cases of one colleague before and after."""

    user_id: int
    name: str
    before: int
    after: int


@dataclass(frozen=True, slots=True)
class Preview:
    """What a grouped giving would do: the moves, the cases that stay and why, the load of each person it touches."""

    moves: tuple[Move, ...]
    stay: tuple[tuple[Listed, Message], ...]
    loads: tuple[Load, ...]


@service(Right.READ)
def rules(ctx: Ctx) -> RulesView:
    """The rules of assignment in force, in their order."""
    with ctx.store.read() as reader:
        return rules_of(reader)


@service(Right.TEAM)
def save_rules(ctx: Ctx, wanted: Sequence[Rule], seen: int) -> int:
    """Keep the whole list of rules in its order: one more version; `seen` is the one the form was opened at. Returns the new version.

    Raises Refusal "rule-wrong" on its field, "too-many", "choice-unknown" for somebody who is given no case, "changed-meanwhile".
    """
    check(wanted)
    with ctx.write() as unit:
        here = workers(unit)
        stranger = next((user for rule in wanted for user in rule.people if user not in here), None)
        if stranger is not None:
            raise unknown_choice("people", str(stranger))
        content = json.dumps([asdict(rule) for rule in wanted], ensure_ascii=False)
        overlays.add(unit, KIND, KEY, content, "", None, seen)
        unit.audit("assignment_rules.saved", "setting", seen + 1, rules=len(wanted))
    return seen + 1


@service(Right.READ)
def selection(ctx: Ctx, wanted: Filter) -> tuple[Listed, ...]:
    """The open cases that a filter keeps, most pressing first, 1,000 at most."""
    with ctx.store.read() as reader:
        return kept.listed(reader, wanted.asked())


@service(Right.READ)
def preview(ctx: Ctx, case_ids: Collection[int], to: int) -> Preview:
    """Who would get these open cases: `to` a colleague, `NOBODY`, or `BY_RULES`. Writes nothing.

    Raises Refusal "colleague-unknown" for who is given no case, "too-many".
    """
    with ctx.store.read() as reader:
        here = workers(reader)
        if to not in (BY_RULES, NOBODY) and to not in here:
            raise _no_worker(to)
        if len(case_ids) > MOST:
            raise _too_many(len(case_ids))
        found = kept.by_ids(reader, case_ids)
        loads = kept.loads(reader, ctx.day)
        wanted = rules_of(reader).rules
    if to == BY_RULES:
        proposals = propose([one.case for one in found], wanted, loads, here)
    else:
        why = msg("Chosen by hand.")
        proposals = tuple(Proposal(one.id, one.collector_id, to or None, why) for one in found)
    return _previewed(found, proposals, loads, here, nobody=to == NOBODY)


def _previewed(
    found: Sequence[Listed], proposals: Sequence[Proposal], loads: dict[int, int], here: dict[int, str], *, nobody: bool
) -> Preview:
    moves, stay, after = [], [], dict(loads)
    for case, one in zip(found, proposals, strict=True):
        if not (one.moves or (nobody and case.collector_id is not None)):
            stay.append((case, one.why))
            continue
        moves.append(Move(case, one.to, here.get(one.to or 0, ""), one.why))
        for user, change in ((case.collector_id, -1), (one.to, 1)):
            if user is not None:
                after[user] = after.get(user, 0) + change
    touched = [user for user in here if loads.get(user, 0) != after.get(user, 0)]
    table = tuple(Load(user, here[user], loads.get(user, 0), after.get(user, 0)) for user in touched)
    return Preview(tuple(moves), tuple(stay), table)


@service(Right.ASSIGN)
def apply(ctx: Ctx, moves: Sequence[Move], reason: str, token: str) -> int:
    """Give the cases as previewed, all or none: each gets its line of the journal. Returns how many. Twice with one token gives once.

    Raises Refusal "colleague-unknown", "too-many", "nothing-to-do", "changed-meanwhile" when a case changed hands since the preview.
    """
    if not moves:
        raise refuse("nothing-to-do", msg("No case would change hands."), msg("Choose other cases, or somebody else."))
    if len(moves) > MOST:
        raise _too_many(len(moves))
    with ctx.write() as unit:
        before = unit.done_before(token, "apply_assignment")
        if before:
            return int(before)
        here = workers(unit)
        now = {one.id: one for one in kept.by_ids(unit, [move.case.id for move in moves])}
        for move in moves:
            if move.to is not None and move.to not in here:
                raise _no_worker(move.to)
            if move.case.id not in now or now[move.case.id].collector_id != move.case.collector_id:
                raise changed_meanwhile(move.case.ref)
        for user in dict.fromkeys(move.to for move in moves):
            kept.give(unit, [move.case.id for move in moves if move.to == user], user)
        for move in moves:
            words = "\n".join(
                part for part in (f"{move.case.collector or '—'} → {move.name or '—'}", reason.strip()) if part
            )
            new = journal.NewInteraction(move.case.id, "note", "none", "", ctx.day, note=words)
            journal.add_interaction(unit, new, {"step": "assigned", "from": move.case.collector_id, "to": move.to})
        unit.audit("cases.assigned", "user", ctx.user.id, cases=sorted(now))
        unit.remember(token, "apply_assignment", len(moves))
    return len(moves)


def rules_of(reader: Reader) -> RulesView:
    """The rules in force for who reads already."""
    found = [one for one in overlays.all_of(reader, KIND) if one.key == KEY]
    if not found:
        return RulesView((), 0, "", "")
    last = found[-1]
    kept_rules = tuple(_rule(one) for one in json.loads(last.content))
    return RulesView(kept_rules, last.version, last.author, last.recorded_at)


def _rule(one: dict[str, Any]) -> Rule:
    """A rule as it was kept: JSON knows lists only."""
    found: dict[str, Any] = {key: tuple(value) if isinstance(value, list) else value for key, value in one.items()}
    return Rule(**found)


def workers(reader: Reader) -> dict[int, str]:
    """Who may be given cases, by id and name."""
    return {one.id: one.name for one in team.colleagues(reader) if one.role in WORKERS}


def _no_worker(user_id: int) -> Exception:
    return refuse(
        "colleague-unknown",
        msg("This person is not in the team, or is given no case."),
        msg("Choose someone of the list."),
        field="to",
        value=str(user_id),
    )


def _too_many(given: int) -> Exception:
    return refuse(
        "too-many",
        msg("{given} cases are too many for one grouped action.", given=given),
        msg("Take {most} at most, then the next ones.", most=MOST),
        field="cases",
    )
