"""What a case says of a person is text: an e-mail address or a web address is read and copied, a click opens no other program."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser import driving
from tests.serving import Server, run_in_home

pytestmark = pytest.mark.browser

MAKE = """
import datetime as dt
from core.services import access, placing
from core.services.placing import CaseEntry, DebtEntry
from core.store.home import home
from tests.services.factory import ready_to_write
ctx = access.command_context(home().store("agency"))
debt = DebtEntry("F-1", "invoice", 10000, dt.date(2026, 1, 1), dt.date(2026, 2, 1))
entry = CaseEntry(ready_to_write(ctx), "business", "www.durand.example", debts=(debt,), email="jean.durand@courriel.example.org",
                  first_letter_ref="LR-1", first_letter_on=dt.date(2026, 1, 5))
print(placing.place_case(ctx, entry, "case"))
"""


def test_an_address_on_the_case_is_text_and_no_link(fresh_server: Server, page: Page) -> None:
    case_id = int(run_in_home(fresh_server.home, MAKE))
    page.goto(f"{fresh_server.url}/case?id={case_id}")
    driving.settled(page)
    shown = page.locator("[class*='st-key-point_'] p").filter(has_text="@").first
    expect(shown).to_contain_text("jean.durand@courriel.example.org")
    expect(page.locator("a[href^='mailto:'], a[href^='http://www.'], a[href*='durand.example']")).to_have_count(0)
