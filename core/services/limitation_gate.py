"""What a time-barred debt bars until a lead decides: outgoing contacts, letters, promises, plans and their papers. Opens no unit."""

from __future__ import annotations

import datetime as dt

from core.domain.computation import Missing
from core.domain.messages import Problem, Refusal, msg
from core.law.limitation_rules import limitation_law
from core.services import limitation_facts, limitation_kept
from core.store import limitation as kept
from core.store.limitation import BarredDebt
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
        reason = msg("Debt {ref} is time-barred: the last day to sue was {day} ({article}). {rule}",
                     ref=debt.ref, day=day, article=article, rule=voluntary.text)  # fmt: skip
    else:
        reason = msg("Debt {ref} is time-barred: the last day to sue was {day} ({article}, to be confirmed). {rule}",
                     ref=debt.ref, day=day, article=article, rule=voluntary.text)  # fmt: skip
    remedy = msg(
        "Check the kind of claim, record with its evidence what interrupted the period, or have a lead decide (Limitation)."
    )
    return Problem("time-barred", reason, remedy, field=field, value=debt.ref)
