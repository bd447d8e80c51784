"""The guided tour, walked stop by stop in a browser: each screen is the right one, and what the tour says to do there works."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from core.i18n import texts
from tests.browser import driving, looking
from tests.browser.conftest import FRENCH
from tests.serving import Server

pytestmark = pytest.mark.browser

T = texts("fr")
BAND = ".st-key-tour_stop"
LAST = 10


@pytest.fixture
def tour(page: Page, demo_server: Server) -> Iterator[Page]:
    """The tour at its first stop; left at the end, so that the next test can take it again."""
    page.goto(demo_server.url)
    driving.settled(page)
    expect(page.locator(f"{BAND}, .st-key-tour_again").first).to_be_visible()
    if page.locator(BAND).count():
        press(page, "tour_leave")
    press(page, "tour_again")
    expect(page.locator(".st-key-tour_again")).to_have_count(0)
    yield page
    assert page.locator(looking.BROKEN).count() == 0, looking.words(demo_server)


def press(page: Page, key: str) -> None:
    page.locator(f".st-key-{key} button").click()
    driving.settled(page)


def onward(page: Page, number: int) -> None:
    """The next stop is the one with this number."""
    press(page, "tour_next")
    expect(page.locator(BAND)).to_contain_text(f"{number}/{LAST} ·")
    expect(page.locator(".st-key-tour_here")).to_have_count(0)
    driving.settled(page)


def on_page(page: Page, words: str) -> None:
    expect(page.locator("[data-testid=stMain]")).to_contain_text(words)


def key(page: Page, pressed: str) -> None:
    """A key pressed outside any field."""
    page.locator("h1").click()
    page.keyboard.press(pressed)
    driving.settled(page)


def cells(page: Page, role: str) -> Locator:
    """What a table says to those who do not see it."""
    return page.locator(f"[data-testid=stDataFrame] [role={role}]")


def test_each_stop_opens_its_screen_and_does_what_it_says(tour: Page, heroes: dict[str, int]) -> None:
    page = tour
    expect(page.locator(BAND)).to_contain_text(f"1/{LAST} ·")
    assert f"« {T('Why first')} »" in page.locator(BAND).inner_text()
    expect(cells(page, "columnheader").filter(has_text=T("Why first"))).to_be_attached()
    page.locator(".st-key-q input").fill("lefevre")
    page.keyboard.press("Enter")
    expect(page.locator(".st-key-search_table_first")).to_be_visible()
    driving.settled(page)
    expect(cells(page, "gridcell").filter(has_text="Lefèvre").first).to_be_attached()

    onward(page, 2)
    assert page.url.endswith(f"/case?id={heroes['LETTER']}")
    on_page(page, "R. 124-4")
    press(page, "letter_prepare")
    said = T("Checks of article R. 124-4")
    checks = page.locator(".st-key-letter_panel [data-testid=stExpander]").filter(has_text=said)
    expect(checks).to_be_visible()
    driving.settled(page)
    if not checks.locator("li").first.is_visible():
        checks.get_by_text(said).click()
    expect(checks.locator("li")).to_have_count(12)

    onward(page, 3)
    assert page.url.endswith(f"/case?id={heroes['CALL']}")
    key(page, "8")
    expect(page.locator("[class*='st-key-save_'] button")).to_be_visible()
    driving.settled(page)
    key(page, "Control+Enter")
    on_page(page, T("Logged. Next: {action}, {day}.", action="", day="").split(":")[0].strip())

    onward(page, 4)
    assert page.url.endswith(f"/case?id={heroes['PAYMENT']}")
    key(page, "e")
    amount = page.locator("[class*='st-key-amount_'] input")
    amount.fill("100")
    amount.press("Enter")
    expect(page.locator("[class*='st-key-record_'] button")).to_be_visible()
    page.get_by_text(T("Why this allocation?"), exact=True).click()
    on_page(page, "1342-10")

    onward(page, 5)
    assert page.url.endswith(f"/plan?case={heroes['PLAN']}")
    press(page, "plan_more")
    expect(page.locator("[data-testid=stDownloadButton]").first).to_be_visible()

    onward(page, 6)
    assert page.url.endswith(f"/case?id={heroes['DISPUTE']}")
    on_page(page, T("Contacts stopped"))

    onward(page, 7)
    assert page.url.endswith("/litigation")
    open_first_line(page)
    page.wait_for_url("**/litigation?id=*")
    driving.settled(page)
    on_page(page, "art. 1411")

    onward(page, 8)
    assert page.url.endswith("/overview")
    onward(page, 9)
    assert page.url.endswith("/reporting")
    page.locator("[data-testid=stExpander] summary").first.click()
    on_page(page, " ÷ ")
    onward(page, 10)
    assert page.url.endswith("/import_file")
    expect(page.locator(".st-key-tour_leave")).to_have_count(0)
    press(page, "tour_next")
    expect(page.locator(BAND)).to_have_count(0)
    expect(page.locator(".st-key-tour_again")).to_be_visible()


def open_first_line(page: Page) -> None:
    """A click of the mouse on the first line of the table."""
    page.locator("[data-testid=stDataFrame] .dvn-scroller").first.click(position={"x": 60, "y": 55})


def test_one_goes_back_wanders_off_comes_back_and_leaves(tour: Page, heroes: dict[str, int]) -> None:
    page = tour
    expect(page.locator(".st-key-tour_back button")).to_be_disabled()
    onward(page, 2)
    press(page, "tour_back")
    expect(page.locator(BAND)).to_contain_text(f"1/{LAST} ·")
    onward(page, 2)
    page.locator("[data-testid=stSidebarNavLink][href$=litigation]").click()
    page.wait_for_url("**/litigation")
    press(page, "tour_here")
    page.wait_for_url(f"**/case?id={heroes['LETTER']}")
    expect(page.locator(".st-key-tour_here")).to_have_count(0)
    press(page, "tour_leave")
    expect(page.locator(BAND)).to_have_count(0)


def test_the_band_fits_on_a_phone_at_every_stop(demo_server: Server, browser: Browser) -> None:
    context = browser.new_context(**{**FRENCH, **looking.PHONE})
    page = context.new_page()
    page.goto(demo_server.url)
    driving.settled(page)
    expect(page.locator("h1")).to_be_visible()
    press(page, "tour_again")
    for number in range(1, LAST + 1):
        expect(page.locator(BAND)).to_contain_text(f"{number}/{LAST} ·")
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), number
        for box in [button.bounding_box() for button in page.locator(f"{BAND} button").all()]:
            assert box is not None
            assert box["x"] >= 0, number
            assert box["x"] + box["width"] <= 390, number
        press(page, "tour_next")
    context.close()


def test_a_click_on_the_arrow_opens_the_menu_of_a_telephone_number(
    page: Page, demo_server: Server, heroes: dict[str, int]
) -> None:
    page.goto(f"{demo_server.url}/case?id={heroes['CALL']}")
    driving.settled(page)
    menu = page.locator("[class*='st-key-mark_'] button").first
    box = menu.bounding_box()
    assert box is not None
    for x in (4, box["width"] / 2, box["width"] - 6):  # the dots, the middle, the arrow
        menu.click(position={"x": x, "y": box["height"] / 2})
        body = page.locator("[data-testid=stPopoverBody]")
        expect(body).to_be_visible()
        page.wait_for_timeout(500)
        expect(body).to_be_visible()
        page.keyboard.press("Escape")
        expect(body).to_have_count(0)
