"""Who follows which scenario and why: mandate over creditor over agency, the reason said, a fragile path; a lead edits both tables."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from core.domain.messages import Refusal
from core.services import creditors, fragile, reasons, reminders, scenario_case, scenario_choice, scenarios, team
from core.services.context import User
from core.services.creditors import MandateEntry
from core.services.fragile import PathEntry
from core.services.reasons import ReasonEntry
from core.services.scenarios import StepEntry
from tests.services.factory import WHOLE_MANDATE, a_case_to_write, ready_to_write

NOVEMBER_3 = dt.date(2026, 11, 3)


def followed(ctx, case):
    line = scenario_case.case_line(ctx, case)
    return line.choice.scenario.key, line.choice.by


def said(ctx, case, code, token="t", **more):
    return reasons.set_reason(ctx, case, ReasonEntry(code, "debtor", more.pop("on", NOVEMBER_3), **more), token)


def mandate_of(ctx, creditor):
    return creditors.creditor_file(ctx, creditor).mandates[0].id


def test_what_is_chosen_nearer_counts_first_and_each_level_says_its_name(ctx):
    creditor = ready_to_write(ctx)
    case = a_case_to_write(ctx, creditor=creditor)
    assert followed(ctx, case) == ("consumer_gentle", "standard")
    scenario_choice.save_place(ctx, "agency", {"individual": "landlord"}, 0)
    assert followed(ctx, case) == ("landlord", "agency")
    scenario_choice.save_place(ctx, f"creditor:{creditor}", {"individual": "consumer_firm"}, 0)
    assert followed(ctx, case) == ("consumer_firm", "creditor")
    mandate = f"mandate:{mandate_of(ctx, creditor)}"
    scenario_choice.save_place(ctx, mandate, {"individual": "consumer_gentle"}, 0)
    assert followed(ctx, case) == ("consumer_gentle", "mandate")
    scenario_choice.save_place(ctx, mandate, {"individual": ""}, 1)
    assert followed(ctx, case) == ("consumer_firm", "creditor")
    other = a_case_to_write(ctx)
    assert followed(ctx, other) == ("landlord", "agency")


def test_a_case_follows_its_own_mandate_before_the_one_in_force(ctx):
    creditor = ready_to_write(ctx)
    old = mandate_of(ctx, creditor)
    new = creditors.save_mandate(ctx, creditor, MandateEntry("M-new", dt.date(2026, 6, 1), **WHOLE_MANDATE))
    scenario_choice.save_place(ctx, f"mandate:{old}", {"individual": "landlord"}, 0)
    scenario_choice.save_place(ctx, f"mandate:{new}", {"individual": "consumer_firm"}, 0)
    case = a_case_to_write(ctx, creditor=creditor)
    with ctx.write() as unit:
        unit.run("UPDATE cases SET mandate_id = NULL WHERE id = ?", (case,))
        unit.audit("test.mandate", "case", case)
    assert followed(ctx, case) == ("consumer_firm", "mandate")  # signed last
    with ctx.write() as unit:
        unit.run("UPDATE cases SET mandate_id = ? WHERE id = ?", (old, case))
        unit.audit("test.mandate", "case", case)
    assert followed(ctx, case) == ("landlord", "mandate")
    assert reminders.preview(ctx).lines[0].scenario == "landlord"


def test_hardship_said_makes_the_case_and_the_preview_gentle_with_the_reason_and_its_day(ctx):
    scenario_choice.save_place(ctx, "agency", {"individual": "consumer_firm"}, 0)
    case = a_case_to_write(ctx)
    first = said(ctx, case, "hardship")
    assert followed(ctx, case) == ("consumer_gentle", "reason")
    line = reminders.preview(ctx).lines[0]
    assert line.scenario == "consumer_gentle"
    assert (line.chosen.params["reason"].en, line.chosen.params["day"]) == ("Lasting hardship", NOVEMBER_3)
    said(ctx, case, "oversight", "second", corrects=first)
    assert followed(ctx, case) == ("consumer_firm", "agency")
    assert reminders.preview(ctx).lines[0].scenario == "consumer_firm"


def test_bad_faith_alleged_is_firm_until_a_fragile_path_opens_and_then_no_step_leaves_by_itself(ctx):
    case = a_case_to_write(ctx)
    said(ctx, case, "bad_faith", facts="Deux chèques annoncés le 2 mars, jamais reçus.")
    assert followed(ctx, case) == ("consumer_firm", "reason")
    fragile.begin_path(ctx, case, PathEntry(("more_time",), ctx.user.id, dt.date(2026, 12, 14)), "path")
    assert followed(ctx, case) == ("consumer_gentle", "fragile")
    assert reminders.preview(ctx).count(automatic=False) == {"letter": 1}
    done = reminders.run(ctx, "run")
    assert (done.done, done.to_validate) == ({}, 1)
    path = fragile.open_path_of(ctx, case)
    fragile.end_path(ctx, path.row.id, path.row.row_version, "no_longer_needed")
    assert followed(ctx, case) == ("consumer_firm", "reason")


def test_a_lead_changes_the_tone_of_a_reason_and_goes_back(ctx):
    case = a_case_to_write(ctx)
    said(ctx, case, "administrative")
    assert followed(ctx, case) == ("consumer_gentle", "standard")
    table = dict(scenario_choice.tones_view(ctx).tones)
    scenario_choice.save_tones(ctx, table | {"administrative": "firm"}, 0)
    assert followed(ctx, case) == ("consumer_firm", "reason")
    with pytest.raises(Refusal) as found:
        scenario_choice.save_tones(ctx, table | {"administrative": "firm"}, 1)
    assert found.value.problems[0].code == "tones-same"
    with pytest.raises(Refusal):
        scenario_choice.save_tones(ctx, table | {"administrative": "cruel"}, 1)
    scenario_choice.shipped_tones_again(ctx, 1)
    assert followed(ctx, case) == ("consumer_gentle", "standard")
    assert [one.version for one in scenario_choice.tones_view(ctx).versions] == [2, 1]


def test_only_a_lead_chooses_and_only_what_exists(ctx):
    bob = replace(ctx, user=User(team.add_colleague(ctx, "Bob Roy", "collector"), "Bob Roy", "collector"))
    for refused in (
        lambda: scenario_choice.save_place(bob, "agency", {"individual": "consumer_firm"}, 0),
        lambda: scenario_choice.save_tones(bob, {}, 0),
        lambda: scenario_choice.save_place(ctx, "mandate:99", {"individual": "consumer_firm"}, 0),
        lambda: scenario_choice.save_place(ctx, "agency", {"individual": "nobody"}, 0),
        lambda: scenario_choice.save_place(ctx, "agency", {"martian": "consumer_firm"}, 0),
    ):
        with pytest.raises(Refusal):
            refused()


def test_while_a_fragile_path_is_open_no_firm_letter_is_proposed_and_one_that_waited_does_not_leave(ctx):
    firm = (
        StepEntry("placement", 0, "letter", "first_letter", automatic=True),
        StepEntry("first_letter", 0, "letter", "reminder_firm", automatic=False),
    )
    scenarios.save_scenario(ctx, "consumer_gentle", 1, firm, 0)
    case, other = a_case_to_write(ctx), a_case_to_write(ctx)
    with ctx.write() as unit:
        unit.run("UPDATE cases SET first_letter_on = '2026-11-02'")
        unit.audit("test.posted", "case", case)
    assert reminders.run(ctx, "run").to_validate == 2
    fragile.begin_path(ctx, case, PathEntry(("more_time",), ctx.user.id, dt.date(2026, 12, 14)), "path")
    rows = {row.case_id: row.id for row in reminders.waiting(ctx)}
    assert reminders.release(ctx, [rows[case]], "release").barred == {"fragile": 1}
    assert [row.case_id for row in reminders.waiting(ctx)] == [case, other]
    reminders.dismiss(ctx, list(rows.values()), "not now")
    scenarios.save_scenario(ctx, "consumer_gentle", 1, (*firm, firm[1]), 1)
    with ctx.write() as unit:
        unit.run("UPDATE scenario_cases SET done_on = '2026-11-02', acted_on = NULL")
        unit.audit("test.done", "case", case)
    shown = reminders.preview(ctx)
    assert [(one.code, [line.case_id for line in one.lines]) for one in shown.barred if one.code == "fragile"] == [
        ("fragile", [case])
    ]
    assert scenario_case.case_line(ctx, case).next.code == "fragile"
    assert scenario_case.case_line(ctx, other).next.code == "due"
