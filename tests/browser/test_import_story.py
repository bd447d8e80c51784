"""A ledger's unpaid invoices from the drop zone to a receipt: imported, found, called from the keyboard, paid."""

from __future__ import annotations

import io
import json
import time
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from core.i18n import texts
from tests.browser import driving
from tests.serving import ROOT, Server, run_in_home

pytestmark = pytest.mark.browser

T = texts("fr")
LEDGER = ROOT / "tests" / "samples" / "fec" / "fecreader_111111111FEC20221231.TXT"
KNOWN = json.loads((LEDGER.parent / "expected.json").read_text(encoding="utf-8"))[LEDGER.name]["acc411"]
BALANCES = {sub: round(float(amount) * 100) for _, sub, amount in KNOWN["top5_debit_balances"]}
IN_CREDIT = 5603  # 41104251, the one account with a credit balance: added up by hand from the file
KEY, POINT, THINK = 0.28, 1.5, 1.35  # seconds of a keystroke, of pointing, of a thought (Card, Moran and Newell 1983)
CREDITOR = """
from core.services import access, creditors, placing
from core.store.home import home
ctx = access.command_context(home().store("agency"))
creditors.save_creditor(ctx, creditors.CreditorEntry("VERG", "Vergers & Fils"))
other = creditors.save_creditor(ctx, creditors.CreditorEntry("AUTR", "Autre"))
placing.place_case(ctx, placing.CaseEntry(other, "individual", "Zola", debts=(placing.DebtEntry("A-1", "invoice", 100),)), "story")
"""
LETTER = """
import datetime as dt
from core.services import access, cases, limitation, people
from core.store.home import home
ctx = access.command_context(home().store("agency"))
head = cases.case_file(ctx, {case}).head
people.record_first_letter(ctx, head.id, head.row_version, "LR-2026-17", dt.date(2026, 11, 2))
limitation.decide(ctx, head.id, granted=True, reason="Le débiteur veut payer et l'écrit.", token="story-barred")
"""


def calm(page: Page) -> None:
    """The screen has settled, nothing broke on it, axe agrees."""
    driving.settled(page)
    expect(page.locator("[data-testid=stException]")).to_have_count(0)
    expect(page.get_by_text("(code ")).to_have_count(0)
    driving.check_axe(page)


def figure(page: Page, label: str) -> str:
    """The value under a label; no-break spaces are spaces to a reader."""
    box = page.locator("[data-testid=stMetric]").filter(has=page.get_by_text(label, exact=True))
    expect(box).to_have_count(1)
    return plain(box.locator("[data-testid=stMetricValue]").inner_text())


def plain(text: str) -> str:
    return text.replace("\xa0", " ").replace("\u202f", " ").strip()


def key(page: Page, start: str) -> str:
    """The selector of the widget whose key starts so."""
    return f"[class*='st-key-{start}']"


def test_a_ledger_becomes_cases_a_call_and_a_receipt(fresh_server: Server, page: Page) -> None:
    run_in_home(fresh_server.home, CREDITOR)
    bring_in_the_ledger(fresh_server, page)
    find_the_largest_debtor(page)
    declare_the_letter_the_creditor_knows_of(fresh_server, page)
    log_a_promise_from_the_keyboard(page)
    record_a_payment_and_read_its_receipt(page)
    said = Path(fresh_server.log).read_text(encoding="utf-8")
    assert "Traceback" not in said, said


def bring_in_the_ledger(server: Server, page: Page) -> None:
    page.goto(f"{server.url}/import_file")
    calm(page)
    page.locator(f"{key(page, 'import_creditor')} input").click()
    page.get_by_role("option", name="Vergers & Fils").click()
    page.locator("input[type=file]").set_input_files(LEDGER)
    expect(page.locator(key(page, "import_commit"))).to_be_visible(timeout=20_000)
    calm(page)
    assert figure(page, T("New debtors")) == str(KNOWN["accounts_with_debit_balance"])
    owed = round(float(KNOWN["balance"]) * 100) + IN_CREDIT
    assert figure(page, T("Amount")) == plain(T.money(owed))
    driving.shoot(page, "story-1-trial")
    page.locator(f"{key(page, 'import_commit')} button").click()
    result = page.locator(key(page, "import_result"))
    expect(result).to_be_visible(timeout=20_000)
    calm(page)
    assert plain(T.money(owed)) in plain(result.inner_text())
    driving.shoot(page, "story-2-entered")
    result.locator("a").click()
    page.wait_for_url("**/?creditor=*")
    calm(page)
    assert figure(page, T("Owed in open cases")) == plain(T.money(owed))


def find_the_largest_debtor(page: Page) -> None:
    page.locator(".st-key-q input").fill("colruyt")
    page.keyboard.press("Enter")
    expect(page.locator(key(page, "search_table_first"))).to_be_visible()
    calm(page)
    page.locator("h1").click()
    page.keyboard.press("Alt+o")
    page.wait_for_url("**/case?id=*")
    calm(page)
    assert page.locator("h1").inner_text().startswith("COLRUYT")
    assert figure(page, T("Owed")) == plain(T.money(BALANCES["41101050"]))


def declare_the_letter_the_creditor_knows_of(server: Server, page: Page) -> None:
    """No call before the first letter (CPCE R.124-4): its reference and day are typed in, as for a case already begun. The ledger
    is of 2013, its debts are time-barred: a lead decides to go on asking.
    """
    run_in_home(server.home, LETTER.format(case=page.url.split("id=")[1]))
    page.reload()
    calm(page)
    expect(page.get_by_text("LR-2026-17")).to_be_visible()


def log_a_promise_from_the_keyboard(page: Page) -> None:
    """A promise: its digit, the amount, the day, save. The gestures cost less than ten seconds."""
    gestures = ["1", "click", *"1000", "Tab", *"30112026", "Tab", "Control+Enter"]
    begun = time.monotonic()
    page.keyboard.press("1")
    page.locator(f"{key(page, 'amount_')} input").click()
    page.keyboard.type("1000")
    page.keyboard.press("Tab")
    page.keyboard.type("30112026")
    page.keyboard.press("Tab")  # out of the day: inside it Streamlit keeps the keys for the calendar
    page.keyboard.press("Control+Enter")
    expect(page.locator("[data-testid=stAlertContentSuccess]")).to_be_visible(timeout=10_000)
    assert time.monotonic() - begun < 10
    assert KEY * (len(gestures) - 1) + POINT + 2 * THINK < 10
    calm(page)
    assert plain(T.money(100000)) in plain(page.locator(key(page, "timeline")).inner_text())
    assert "30/11/2026" in page.locator(key(page, "timeline")).inner_text()
    driving.shoot(page, "story-3-promise")


def record_a_payment_and_read_its_receipt(page: Page) -> None:
    page.locator("h1").click()
    page.keyboard.press("p")
    amount = page.locator(f"{key(page, 'amount_')} input")
    expect(amount).to_be_visible()
    amount.fill("439,94")
    page.keyboard.press("Enter")
    button = page.locator(f"{key(page, 'record_')} button")
    expect(button).to_be_visible()
    calm(page)
    driving.shoot(page, "story-4-payment")
    button.click()
    receipt = page.locator(f"{key(page, 'receipt_')} button").first
    expect(receipt).to_be_visible(timeout=10_000)
    calm(page)
    assert figure(page, T("Owed")) == plain(T.money(600000))
    number = receipt.inner_text().split()[-1]
    with page.expect_download() as download:
        receipt.click()
    pdf = Path(download.value.path()).read_bytes()
    words = "".join(sheet.extract_text() for sheet in PdfReader(io.BytesIO(pdf)).pages)
    assert number in words
    assert "439,94" in words
    driving.shoot(page, "story-5-receipt")


def test_next_and_previous_and_a_digit_work_from_the_keyboard_and_not_inside_a_field(
    fresh_server: Server, page: Page
) -> None:
    run_in_home(fresh_server.home, CREDITOR)
    bring_in_the_ledger(fresh_server, page)
    page.locator("h1").click()
    page.keyboard.press("Alt+o")
    page.wait_for_url("**/case?id=*")
    calm(page)
    first = page.url
    page.keyboard.press("j")
    page.wait_for_url(lambda url: url != first)
    calm(page)
    second = page.url
    page.keyboard.press("k")
    page.wait_for_url(first)
    calm(page)
    page.keyboard.press("n")
    note = page.locator("[class*='st-key-note_'] textarea")
    expect(note).to_be_visible()
    note.click()
    page.keyboard.type("Joindre Karine : 8 jours, puis tout payer")
    driving.settled(page)
    assert page.url == first != second
    expect(note).to_have_value("Joindre Karine : 8 jours, puis tout payer")


def test_what_is_typed_survives_a_refusal_and_the_way_to_the_field(fresh_server: Server, page: Page) -> None:
    run_in_home(fresh_server.home, CREDITOR)
    page.goto(f"{fresh_server.url}/new_case")
    calm(page)
    page.locator(f"{key(page, 'name_')} input").fill("Garage de l'Étoile")
    page.locator(f"{key(page, 'ref_1_')} input").fill("F-1")
    page.locator(f"{key(page, 'amount_1_')} input").fill("1.234")
    page.keyboard.press("Control+Enter")
    expect(page.locator("[data-testid=stAlert]").first).to_be_visible()
    calm(page)
    expect(page.locator(f"{key(page, 'name_')} input")).to_have_value("Garage de l'Étoile")
    expect(page.locator(f"{key(page, 'amount_1_')} input")).to_have_value("1.234")
    driving.shoot(page, "story-6-refused")


def test_what_stands_in_a_field_is_saved_from_inside_it_and_survives_another_panel(
    fresh_server: Server, page: Page
) -> None:
    run_in_home(fresh_server.home, CREDITOR)
    page.goto(f"{fresh_server.url}/case?id=1")
    driving.settled(page)
    page.locator("h1").click()
    page.keyboard.press("n")
    note = page.locator("[class*='st-key-note_'] textarea")
    note.click()
    page.keyboard.type("Rappeler le comptable")
    page.locator(f"{key(page, 'key_payment')} button").click()
    expect(note).to_have_count(0)
    page.locator(f"{key(page, 'key_note')} button").click()
    expect(note).to_have_value("Rappeler le comptable")
    note.click()
    page.keyboard.press("End")
    page.keyboard.type(" lundi")
    page.keyboard.press("Control+Enter")
    expect(page.locator(key(page, "timeline"))).to_contain_text("Rappeler le comptable lundi")
    driving.settled(page)
    page.locator(f"{key(page, 'key_contact')} button").click()
    page.locator(f"{key(page, 'r_PRO')} button").click()
    amount = page.locator(f"{key(page, 'amount_')} input")
    amount.click()
    page.keyboard.type("1.234")
    page.keyboard.press("Control+Enter")  # refused as it can be read two ways: what was just typed was sent
    expect(page.locator("[data-testid=stAlert]").filter(has_text="1.234").first).to_be_visible()
    expect(amount).to_have_value("1.234")
