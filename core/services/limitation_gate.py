"""What a time-barred debt bars until a lead decides: outgoing contacts, letters, promises, plans, their papers, statements. Opens no unit.

A proceeding is not barred: limitation is for the debtor to raise, so opening one says what is barred and what a lead decided.
"""

from __future__ import annotations

import datetime as dt

from core.domain.computation import Missing
from core.domain.messages import Message, Problem, Refusal, msg
from core.domain.proceeding_cautions import time_barred
from core.law.limitation_rules import limitation_law
from core.services import limitation_facts, limitation_kept
from core.store import limitation as kept
from core.store.limitation import BarredDebt, Decision
from core.store.unit import Reader


def problems(reader: Reader, case_id: int, day: dt.date, field: str = "case") -> tuple[Problem, ...]:
    """One problem for each open debt of the case that was time-barred on a day, as the kept dates say, and no lead decided about."""
    found = kept.barred(reader, case_id, day.isoformat())
    articles = _articles(reader, case_id) if found else {}
    return tuple(_problem(debt, articles.get(debt.debt_id, ""), field) for debt in found)


def check(reader: Reader, case_id: int, day: dt.date, field: str = "case") -> None:
    """Raises Refusal "time-barred" with date, article and what to do, when a debt of the case was time-barred on a day."""
    found = problems(reader, case_id, day, field)
    if found:
        raise Refusal(*found)


def cautions(reader: Reader, case_id: int, day: dt.date) -> tuple[Message, ...]:
    """What to know before suing: each open debt of the case that was time-barred on a day, decided about or not."""
    found = kept.barred(reader, case_id, day.isoformat(), undecided=False)
    if not found:
        return ()
    articles = _articles(reader, case_id)
    decided = {one.debt_id: one for one in reversed(kept.decisions(reader, case_id))}
    return tuple(
        time_barred(
            debt.ref, dt.date.fromisoformat(debt.limitation_on), articles.get(debt.debt_id, ""),
            _answer(debt, decided.get(debt.debt_id)), sure=debt.trust in ("V", "V2"),
        )
        for debt in found
    )  # fmt: skip


def _answer(debt: BarredDebt, last: Decision | None) -> tuple[bool, str, dt.date] | None:
    """The decision of a lead that is about this limitation: one made before its last day is not."""
    if last is None or last.at[:10] < debt.limitation_on:
        return None
    return last.answer == "granted", last.by, dt.date.fromisoformat(last.at[:10])


def _articles(reader: Reader, case_id: int) -> dict[int, str]:
    """The article of the period of each debt."""
    scope = kept.one(case_id)
    facts, said = limitation_facts.of_scope(reader, scope).get(case_id, []), {}
    for row in kept.debts(reader, scope):
        clock = limitation_kept.clock_of(row, limitation_facts.of_debt(facts, row.debt_id))
        said[row.debt_id] = "" if isinstance(clock, Missing) else clock.running.article
    return said


def _problem(debt: BarredDebt, article: str, field: str) -> Problem:
    day, voluntary = dt.date.fromisoformat(debt.limitation_on), limitation_law().points["voluntary"]
    if debt.trust in ("V", "V2"):
        reason = msg("Debt {ref} is time-barred: the last day to sue was {day} ({article}). {rule} ({basis}, to be confirmed)",
                     ref=debt.ref, day=day, article=article, rule=voluntary.text, basis=voluntary.article)  # fmt: skip
    else:
        reason = msg("Debt {ref} is time-barred: the last day to sue was {day} ({article}, to be confirmed). {rule} "
                     "({basis}, to be confirmed)",
                     ref=debt.ref, day=day, article=article, rule=voluntary.text, basis=voluntary.article)  # fmt: skip
    remedy = msg(
        "Check the kind of claim, record with its evidence what interrupted the period, or have a lead decide (Limitation)."
    )
    return Problem("time-barred", reason, remedy, field=field, value=debt.ref)
