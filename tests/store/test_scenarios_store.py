"""The one statement that finds the due steps says the same as the domain, over cases in every state, day after day."""

from __future__ import annotations

import datetime as dt
import random

from core.domain.scenarios import next_step
from core.services import scenario_facts, scenarios
from core.store import scenarios as rows
from tests.services.factory import a_case, ready_to_write

DAYS = [dt.date(2026, 11, 23) + dt.timedelta(days=n) for n in (0, 1, 3, 7, 10, 14, 21, 45)]


def spread(ctx, cases, rng):
    """Cases in every state, written as they are: what is compared is how two readers see them."""
    with ctx.write() as unit:
        for case in cases:
            level = rng.choice((0, 0, 1, 2, 5, 6))
            day = (dt.date(2026, 11, 23) - dt.timedelta(days=rng.randrange(40))).isoformat()
            letter = day if level > 1 or rng.random() < 0.4 else None
            unit.run("UPDATE cases SET placed_on = ?, first_letter_on = ? WHERE id = ?", (day, letter, case))
            if level:
                columns = {"level": level, "done_on": day, "acted_on": day, "pending": int(rng.random() < 0.1)}
                columns["paused_until"] = rng.choice((None, None, "2026-11-30", "9999-12-31"))
                unit.add("scenario_cases", case_id=case, **columns)
            if rng.random() < 0.2:
                unit.add("holds", case_id=case, kind="creditor_check", from_on=day, created_at=unit.now)
            if rng.random() < 0.2:
                unit.add("promises", case_id=case, made_on=day, due_on="2026-12-01", amount=100, created_at=unit.now)
            unit.touch(case)
        unit.audit("test.spread", "store", 0)


def test_the_statement_and_the_domain_agree_on_every_case(ctx):
    rng, creditor = random.Random(5), ready_to_write(ctx)
    kinds = ("individual", "business", "public")
    cases = [a_case(ctx, creditor=creditor, name=f"N{n}", kind=kinds[n % 3], first_letter_on=None) for n in range(40)]
    spread(ctx, cases, rng)
    compared = 0
    with ctx.store.read() as reader:
        found = scenarios.in_force(reader)
        chosen = scenarios.chosen(reader, found)
        laid = scenarios.laid_of(chosen)
        for day in DAYS:
            following = scenario_facts.following(found, day)
            due = {one.case_id: one for one in rows.due_cases(reader, day.isoformat(), chosen, following, "", 1000)}
            for row, facts in scenario_facts.read(reader, cases, day, {}):
                scenario = scenarios.scenario_of_case(row, found, laid)
                answer = next_step(scenario, facts, day, lambda _: True)
                assert answer.due == (row.case_id in due), (row, answer)
                if answer.due:
                    compared += 1
                    assert (answer.step.level, scenario.key) == (due[row.case_id].level, due[row.case_id].scenario)
    assert compared > 20
