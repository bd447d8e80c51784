"""The calendar of time limits in a browser: squares at a desk, a list on a phone, a crowded day, all from the keyboard."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from core.i18n import texts
from tests.browser import driving, looking
from tests.browser.conftest import FRENCH
from tests.serving import Server, run_in_home

pytestmark = pytest.mark.browser

T = texts("fr")
ADDRESS = "/litigation?view=calendar"
SQUARES, LIST = ".st-key-calendar_squares", ".st-key-calendar_list"
# Five payment orders of 7 September, to be served by Monday 7 December 2026.
CROWD = """
from core.services import access
from core.store.home import home
from tests.services.factory import a_case
from tests.services.test_proceedings import FILED, ORDERED, opened, record
ctx = access.command_context(home().store("agency"))
for n in range(5):
    record(ctx, opened(ctx, a_case(ctx, name=f"Debiteur {n}")), FILED, ORDERED)
"""
PHONE = {**FRENCH, **looking.PHONE}


def december(browser: Browser, server: Server, options: dict[str, Any]) -> Page:
    """The month that follows the tests' day."""
    page = browser.new_context(**options).new_page()
    page.goto(server.url + ADDRESS)
    driving.settled(page)
    page.locator(".st-key-month_after button").click()
    expect(page.get_by_role("heading", name="Décembre 2026")).to_be_visible()
    return driving.settled(page)


def test_a_crowded_day_is_three_lines_and_a_door_at_a_desk_and_a_whole_list_on_a_phone(
    fresh_server: Server, browser: Browser
) -> None:
    run_in_home(fresh_server.home, CROWD)
    desk = december(browser, fresh_server, FRENCH)
    expect(desk.locator(SQUARES)).to_be_visible()
    expect(desk.locator(LIST)).to_be_hidden()
    square = desk.locator("[class*='st-key-square_work_2026-12-07']")
    expect(square.get_by_role("link")).to_have_count(3)
    driving.check_axe(desk)
    square.get_by_role("button", name="+ 2 autres").focus()
    desk.keyboard.press("Enter")
    whole_day = desk.get_by_role("dialog")
    expect(whole_day).to_contain_text("Lundi 7 décembre 2026")
    expect(whole_day.get_by_text(T("Open the proceeding's file"))).to_have_count(5)
    driving.settled(desk)
    driving.check_axe(desk)
    desk.keyboard.press("Escape")
    expect(whole_day).to_have_count(0)
    square.get_by_role("link").first.focus()
    desk.keyboard.press("Enter")
    desk.wait_for_url("**/case?id=*")
    desk.context.close()

    phone = december(browser, fresh_server, PHONE)
    expect(phone.locator(SQUARES)).to_be_hidden()
    expect(phone.locator(LIST).get_by_text("Debiteur")).to_have_count(5)
    assert phone.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    driving.check_axe(phone)
    phone.locator(LIST).get_by_text(T("Open the proceeding's file")).first.click()
    phone.wait_for_url("**/litigation?id=*")
    phone.context.close()


def test_every_square_of_a_week_stands_on_one_line(demo_server: Server, browser: Browser) -> None:
    page = december(browser, demo_server, FRENCH)
    days = page.locator("[class*='st-key-square_']")
    expect(days).to_have_count(35)  # 30 November to 3 January
    boxes = [box for box in (day.bounding_box() for day in days.all()) if box]
    for n in range(0, 35, 7):
        week = boxes[n : n + 7]
        assert len({(box["y"], box["height"]) for box in week}) == 1
        assert max(box["width"] for box in week) - min(box["width"] for box in week) < 1
    page.context.close()
