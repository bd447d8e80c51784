"""The one statement that finds the due steps says the same as the domain, over cases in every state, day after day."""

from __future__ import annotations

import datetime as dt
import random

from core.domain.scenario_choice import NOTHING
from core.domain.scenarios import next_step
from core.services import creditors, scenario_choice, scenario_facts, scenarios
from core.store import nonpayment, scenario_due
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
            if rng.random() < 0.4:
                codes = rng.choice(
                    (("hardship",), ("bad_faith",), ("hardship", "bad_faith"), ("bad_faith", "oversight"))
                )
                for nth, code in enumerate(codes):  # the later said, the one that stands
                    entry = unit.add("interactions", case_id=case, channel="note", direction="none", result_code="",
                                     happened_on=day, actor_id=unit.actor_id, recorded_at=unit.now)  # fmt: skip
                    said_on = (dt.date.fromisoformat(day) + dt.timedelta(days=nth)).isoformat()
                    reason = nonpayment.add(unit, case, code, "debtor", said_on, entry, "dated facts", None)
                if rng.random() < 0.3:
                    nonpayment.add(unit, case, "unknown", "debtor", day, entry, "", reason)
            if rng.random() < 0.1:
                path = {
                    "case_id": case,
                    "interaction_id": unit.value("SELECT MAX(id) FROM interactions"),
                    "user_id": unit.actor_id,
                }
                party = unit.value("SELECT debtor_id FROM cases WHERE id = ?", (case,))
                unit.add("fragile_paths", party_id=party, review_on=day, opened_on=day, opened_by=unit.actor_id, **path)
            unit.touch(case)
        unit.audit("test.spread", "store", 0)


def test_the_statement_and_the_domain_agree_on_every_case(ctx):
    rng, owners = random.Random(5), (ready_to_write(ctx), ready_to_write(ctx), ready_to_write(ctx))
    kinds = ("individual", "business", "public")
    cases = [
        a_case(ctx, creditor=owners[n % 3], name=f"N{n}", kind=rng.choice(kinds), first_letter_on=None)
        for n in range(60)
    ]
    scenario_choice.save_place(ctx, "agency", {"business": "business_firm"}, 0)
    scenario_choice.save_place(ctx, f"creditor:{owners[1]}", {"individual": "landlord"}, 0)
    mandate = creditors.creditor_file(ctx, owners[2]).mandates[0].id
    scenario_choice.save_place(ctx, f"mandate:{mandate}", {"individual": "consumer_firm", "business": "public_body"}, 0)
    spread(ctx, cases, rng)
    compared, followed = 0, set()
    with ctx.store.read() as reader:
        found = scenarios.in_force(reader)
        for day in DAYS:
            asked = scenario_facts.asked(reader, found, day)
            laid, called = scenario_choice.laid(asked.chosen), scenario_choice.called(reader, cases)
            due = {one.case_id: one for one in scenario_due.due_cases(reader, asked, "", 1000)}
            for row, facts in scenario_facts.read(reader, cases, day, {}):
                scenario = scenario_choice.of_case(row, found, laid, called.get(row.case_id, NOTHING)).scenario
                answer = next_step(scenario, facts, day, lambda _: True)
                assert answer.due == (row.case_id in due), (row, answer)
                if answer.due:
                    compared += 1
                    followed.add(scenario.key)
                    assert (answer.step.level, scenario.key) == (due[row.case_id].level, due[row.case_id].scenario)
    assert compared > 20
    assert followed >= {"consumer_gentle", "consumer_firm", "business_firm", "landlord", "public_body"}
