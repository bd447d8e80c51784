"""The page of reminders in a real browser: a run previewed, a case left out, the run done, its line on the case; a lead edits a scenario."""

from __future__ import annotations

import json
import re

import pytest
from playwright.sync_api import Page, expect

from core.i18n import texts
from tests.browser import driving, looking
from tests.serving import Server, run_in_home

pytestmark = pytest.mark.browser
t = texts("fr")

MAKE = """
import datetime as dt, json
from core.services import access, reasons
from core.services.reasons import ReasonEntry
from core.store.home import home
from tests.services.factory import a_case_to_write, ready_to_write
ctx = access.command_context(home().store("agency"))
owner = ready_to_write(ctx)
found = {name: a_case_to_write(ctx, creditor=owner, name=name) for name in ("Morel", "Petit", "Sylvain")}
reasons.set_reason(ctx, found["Morel"], ReasonEntry("hardship", "debtor", dt.date(2026, 11, 3)), "said")
print(json.dumps(found))
"""
LOOK = """
import json
from core.services import access, letters, scenarios
from core.store.home import home
ctx = access.command_context(home().store("agency"))
one = next(view.scenario for view in scenarios.catalogue(ctx) if view.scenario.key == "consumer_gentle")
print(json.dumps({
    "letters": {case: len(letters.issued_letters(ctx, case)) for case in (1, 2, 3)},
    "before": [[step.anchor, step.days] for step in one.before], "stops": one.stops,
}))
"""


def at(page: Page, server: Server, address: str) -> Page:
    page.goto(server.url + address)
    return driving.settled(page)


def test_a_run_is_previewed_one_case_is_left_out_the_rest_leaves_and_the_case_says_so(page: Page, fresh_server: Server):
    cases = json.loads(run_in_home(fresh_server.home, MAKE))
    complaints = looking.listen(page)
    at(page, fresh_server, "/reminders")
    summary = page.locator(".st-key-run_summary")
    expect(summary).to_contain_text(t.n("{n} letter", "{n} letters", 3))
    page.get_by_text(t("Leave cases out of this run")).click()
    page.get_by_label(t("Cases to leave out")).wait_for()
    driving.settled(page)  # a run of the fold would close the list again
    page.get_by_label(t("Cases to leave out")).click()
    page.get_by_role("option", name=re.compile("Petit")).click()
    page.keyboard.press("Escape")
    page.get_by_role("button", name=t("Leave them out")).click()
    panel = page.locator(".st-key-leave_out")
    expect(
        panel.get_by_text(t("Say why, in objective words."))
    ).to_be_visible()  # refused on its field, the choice is kept
    expect(panel.get_by_text(re.compile("Petit"))).to_be_visible()
    reason = panel.get_by_label(t("Reason"))
    reason.fill("absent jusqu'en décembre")
    reason.press("Tab")
    driving.settled(page)
    looking.judge(page, fresh_server, "reminders_left_out")
    page.get_by_role("button", name=t("Leave them out")).click()
    expect(page.get_by_text(t.n("{n} case is left out.", "{n} cases are left out.", 1))).to_be_visible()
    expect(summary).to_contain_text(t.n("{n} letter", "{n} letters", 2))
    expect(summary).to_contain_text(t.n("{n} kept back", "{n} kept back", 1))
    page.get_by_role("button", name=t("Do this run now")).click()
    done = t(
        "Run {n}: {what}.",
        n=1,
        what=f"{t.n('{n} letter', '{n} letters', 2)} · {t.n('{n} kept back', '{n} kept back', 1)}",
    )
    expect(page.get_by_text(done)).to_be_visible()
    expect(page.get_by_text(t("Print the letters of this run (PDF)"))).to_be_visible()
    expect(page.get_by_role("button", name=t("Do this run now"))).to_be_disabled()  # nothing more is due today
    looking.judge(page, fresh_server, "reminders_done")
    at(page, fresh_server, "/reminders?view=runs")
    expect(page.get_by_text(re.compile(rf"23/11/2026 · {t('by hand')}"))).to_be_visible()
    looking.judge(page, fresh_server, "reminders_runs")

    at(page, fresh_server, f"/case?id={cases['Morel']}")
    expect(page.get_by_text(t("Step of the scenario")).first).to_be_visible()
    expect(page.locator(".st-key-case_scenario")).to_contain_text(
        "mesuré, car : Difficultés durables, dit le 03/11/2026"
    )
    at(page, fresh_server, f"/case?id={cases['Petit']}")
    expect(page.get_by_text(t("Scenario paused, or case left out of it")).first).to_be_visible()
    expect(page.locator(".st-key-case_scenario")).to_contain_text("absent jusqu'en décembre")
    expect(page.get_by_text(t("Step of the scenario"), exact=False)).to_have_count(0)
    sent = {int(case): count for case, count in json.loads(run_in_home(fresh_server.home, LOOK))["letters"].items()}
    assert sent == {cases["Morel"]: 1, cases["Petit"]: 0, cases["Sylvain"]: 1}
    assert not complaints, complaints


def test_a_lead_edits_the_days_before_a_promise_and_what_keeps_the_steps_back(page: Page, fresh_server: Server):
    run_in_home(fresh_server.home, MAKE)
    at(page, fresh_server, "/reminders?view=scenarios&scenario=consumer_gentle")
    page.get_by_text(t("Change the steps")).click()
    table = page.locator("[class*='st-key-before_consumer_gentle'] .dvn-scroller").first
    expect(table).to_be_visible()
    driving.settled(page)
    table.click(position={"x": 90, "y": 52})  # the first line, its days
    page.keyboard.press("Enter")
    cell = page.locator("#portal input")
    cell.fill("5")
    cell.press("Enter")
    expect(cell).to_have_count(0)
    driving.settled(page)
    page.get_by_role("combobox", name=t("Kept back by")).click()
    page.keyboard.press("Escape")
    page.keyboard.press("Backspace")  # takes the last word away
    driving.settled(page)
    looking.judge(page, fresh_server, "scenario_edited")
    page.get_by_role("button", name=t("Save these steps")).click()
    expect(page.get_by_text(t("The scenario is saved as a new version; the next run follows it."))).to_be_visible()
    found = json.loads(run_in_home(fresh_server.home, LOOK))
    assert found["before"] == [["promise", -5], ["instalment", -3]]
    assert found["stops"] == ["held", "promise", "reply", "proceeding"]
