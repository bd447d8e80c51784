"""A formal notice on a case, in both languages: recorded with its scan, refused in the future, corrected, seen in the register."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from core.i18n import texts
from core.law.fact_kinds import load_fact_kinds
from tests.browser import driving
from tests.serving import Server, run_in_home

pytestmark = pytest.mark.browser

CASE = """
import datetime as dt
from core.services import access, creditors, placing
from core.store.home import home
ctx = access.command_context(home().store("agency"))
owner = creditors.save_creditor(ctx, creditors.CreditorEntry("{ref}", "Atelier {ref}"))
debt = placing.DebtEntry("F-{ref}", "invoice", 120000, dt.date(2026, 1, 5), dt.date(2026, 2, 5))
print(placing.place_case(ctx, placing.CaseEntry(owner, "business", "Garage {ref}", debts=(debt,)), "facts-{ref}"))
"""
IN_FORCE = """
from core.services import legal_facts
from core.store.home import home
with home().store("agency").read() as reader:
    print([(f.kind, f.on.isoformat(), f.evidence) for f in legal_facts.of_case(reader, {case})])
"""
LANGUAGES = [("fr", "fr-FR"), ("en", "en-GB")]


def choose(page: Page, words: str) -> None:
    """A kind of fact, by typing."""
    box = page.locator(".st-key-fact_panel input[role=combobox]").first
    box.click()
    page.keyboard.type(words)
    page.get_by_role("option", name=words, exact=True).click()  # the list filters a moment after the last key
    expect(page.get_by_role("option")).to_have_count(0)
    driving.settled(page)


def day(page: Page, digits: str) -> None:
    """A day typed segment by segment in the field of the day, over what stands there."""
    field = page.locator("[class*=st-key-fact_on_] [role=spinbutton]").first
    field.click()
    page.keyboard.type(digits)
    driving.settled(page)


def save(page: Page) -> None:
    page.locator(".st-key-fact_save button").click()
    driving.settled(page)


@pytest.mark.parametrize(("lang", "locale"), LANGUAGES)
def test_a_formal_notice_is_recorded_with_its_evidence_and_corrected(
    browser: Browser, server: Server, tmp_path: Path, lang: str, locale: str
) -> None:
    case = run_in_home(server.home, CASE.format(ref=lang.upper())).strip()
    t, notice = texts(lang), load_fact_kinds()["formal_notice"]
    scan = tmp_path / "AR.pdf"
    scan.write_bytes(b"%PDF-1.4 accuse de reception")
    context = browser.new_context(locale=locale, timezone_id="Europe/Paris", viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.goto(f"{server.url}/case?id={case}")
    driving.settled(page)
    page.get_by_text(t("Record a fact"), exact=True).click()
    choose(page, notice.label.of(lang))
    expect(page.locator(".st-key-fact_panel")).to_contain_text(notice.changes.of(lang)[:40])
    driving.check_axe(page)
    page.locator("[class*=st-key-fact_evidence_] input").fill("1A 204 553")
    page.locator("[class*=st-key-fact_proof_] input[type=file]").set_input_files(scan)
    expect(page.get_by_text("AR.pdf").first).to_be_visible()  # the upload is through, and its run with it
    driving.settled(page)
    save(page)
    expect(page.locator(".st-key-fact_panel [data-testid=stAlert]")).to_contain_text(notice.day.of(lang))
    day(page, "02032026")
    save(page)
    facts = page.locator("[class*=st-key-legal_fact_]")
    expect(facts).to_have_count(1)
    expect(facts.first).to_contain_text("1A 204 553")
    expect(facts.first).to_contain_text("AR.pdf")
    facts.first.get_by_text(t("Correct"), exact=True).click()
    driving.settled(page)
    day(page, "04032026")
    page.locator("[class*=st-key-fact_reason_] input").fill("04/03")
    save(page)
    expect(facts).to_have_count(1)
    expect(facts.first).to_contain_text(t.date("2026-03-04"))
    expect(page.locator("[data-testid=stMain]")).to_contain_text(
        t.n("{n} entry corrected or withdrawn", "{n} entries corrected or withdrawn", 1)
    )
    driving.check_axe(page)
    kept = run_in_home(server.home, IN_FORCE.format(case=case)).strip()
    assert kept == "[('formal_notice', '2026-03-04', '1A 204 553')]"
    expect(page.get_by_text("(code ")).to_have_count(0)
    context.close()
