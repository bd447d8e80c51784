"""What each debt's clock is computed from: the register, the ledger, plans, titles and proceedings, as legal facts. Judges none."""

from __future__ import annotations

import datetime as dt
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from core.domain.legal_facts import LegalFact
from core.domain.title_grants import set_aside
from core.law.procedures import load_procedures
from core.store import limitation as kept
from core.store.limitation import EventRow, FactRow, TitleRow
from core.store.unit import Reader

# Steps of a proceeding that the clock knows, by kind of fact; other steps leave it as it is.
STEPS = {
    "file_application": "order_filed", "serve_order": "order_served", "first_personal_act": "enforcement_act",
    "first_freezing_measure": "protective_measure",
}  # fmt: skip
VOID = (
    "void",
    "withdrawn",
    "lapsed",
    "dismissed",
    "refused",
)  # outcomes of a proceeding that wipe out what it interrupted
INTERRUPTING = "serve_order"  # a proceeding without it has interrupted nothing: its end wipes out no other claim
DONE = "title"  # the outcome of a proceeding whose title nothing threatens any more
FROM_TITLES = ("title", "proceeding")
GIVEN = ("title", "payment_order_title", "notarial_title", "fragile_order")
TITLES = {"payment_order": "payment_order_title", "judgment": "title"}


def of_scope(reader: Reader, scope: str) -> dict[int, list[LegalFact]]:
    """The facts of the cases in scope, by case; those of the whole case have no debt."""
    found: dict[int, list[LegalFact]] = defaultdict(list)
    for row in kept.facts(reader, scope):
        found[row.case_id].append(_fact(row))
    for case_id, fact in _proceedings(reader, scope):
        found[case_id].append(fact)
    return found


def signed_plans(reader: Reader, case_id: int) -> tuple[LegalFact, ...]:
    """The plans of a case that their signed copy proves, one fact for each debt they name."""
    rows = kept.facts(reader, kept.one(case_id))
    return tuple(_fact(row) for row in rows if row.origin == "plan" and row.evidence)


def of_debt(facts: Iterable[LegalFact], debt_id: int) -> list[LegalFact]:
    """Of the facts of a case, those that concern a debt; a title that another decision set aside is none any more."""
    mine = [fact for fact in facts if fact.debt_id in (None, debt_id)]
    gone = set_aside(mine)
    return [fact for fact in mine if fact.origin not in FROM_TITLES or fact.kind not in GIVEN or fact.on not in gone]


def _fact(row: FactRow) -> LegalFact:
    until = dt.date.fromisoformat(row.until) if row.until else None
    return LegalFact(
        row.kind,
        dt.date.fromisoformat(row.on),
        row.debt_id,
        until,
        evidence=row.evidence,
        origin=row.origin,
        id=row.id,
        since=dt.date.fromisoformat(row.since) if row.since else None,
    )


def _proceedings(reader: Reader, scope: str) -> Iterator[tuple[int, LegalFact]]:
    """The facts of each proceeding, once for each debt it is about."""
    events: dict[int, list[EventRow]] = defaultdict(list)
    for row in kept.events(reader, scope):
        events[row.proceeding_id].append(row)
    if not events:
        return
    debts, titles = kept.debts_of_proceedings(reader, scope), kept.titles(reader, scope)
    for proceeding_id, rows in events.items():
        told = list(_told(rows, [title for title in titles if title.proceeding_id == proceeding_id]))
        for debt_id in debts.get(proceeding_id, ()):
            for kind, on, evidence, number in told:
                fact = LegalFact(
                    kind, dt.date.fromisoformat(on), debt_id, evidence=evidence, origin="proceeding", id=number
                )
                yield rows[0].case_id, fact


def _told(rows: Sequence[EventRow], titles: Sequence[TitleRow]) -> Iterator[tuple[str, str, str, int]]:
    """Kind, day, evidence and number of what a proceeding did to the clock."""
    held = {row.kind: _documents(row) for row in rows}
    for row in rows:
        if row.kind in STEPS:
            yield STEPS[row.kind], row.on, held[row.kind], row.id
    for title in titles:
        sure = rows[0].outcome == DONE
        kind = TITLES.get(title.kind, "title") if sure else "fragile_order"
        yield kind, title.on, next((papers for papers in reversed(held.values()) if papers), ""), title.id
    if rows[0].outcome in VOID and rows[0].ended_on and INTERRUPTING in held:
        yield "court_claim_void", rows[0].ended_on, "", rows[-1].id


def _documents(row: EventRow) -> str:
    """The documents held for an event, as people call them."""
    names = _names()
    return ", ".join(names.get(key, key) for key in json.loads(row.facts).get("documents", ()))


def _names() -> Mapping[str, str]:
    """What each document of a procedure is called; they are French papers and keep their French name."""
    return {
        key: words.of("fr")
        for versions in load_procedures().values()
        for version in versions
        for key, words in version.documents.items()
    }
