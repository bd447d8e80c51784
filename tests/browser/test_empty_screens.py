"""Every screen of an agency that has nothing yet: both languages, light and dark, desk and phone; each says what will stand there."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, expect

from tests.browser import driving, looking
from tests.browser.conftest import FRENCH
from tests.browser.test_demo_screens import LANGUAGES, LOOKS
from tests.serving import Server

pytestmark = pytest.mark.browser

SCREENS = {
    "queue": "/",
    "queue-deadlines": "/?tab=deadlines",
    "overview": "/overview",
    "case": "/case",
    "plan": "/plan",
    "litigation": "/litigation",
    "calendar": "/litigation?view=calendar",
    "reporting": "/reporting",
    "import": "/import_file",
    "creditors": "/creditors",
    "creditor": "/creditors?id=new",
    "new-case": "/new_case",
    "settings": "/settings",
}
TABS = 4  # of the settings: the agency, my name, the team, data
# Where nothing is listed, the way onward: a link, or the form itself.
DOORS = ("case", "litigation", "calendar", "reporting", "import", "new-case", "overview", "queue")


@pytest.mark.parametrize("style", LOOKS)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_screen_of_an_empty_agency(lang: str, style: str, server: Server, browser: Browser) -> None:
    for name, address in SCREENS.items():
        shot = f"empty-{name}-{lang}-{style}"
        looking.look(browser, server, address, shot, {**LANGUAGES[lang], **LOOKS[style]})


@pytest.mark.parametrize("style", LOOKS)
def test_every_tab_of_the_settings_of_an_empty_agency(style: str, server: Server, browser: Browser) -> None:
    context = browser.new_context(**{**FRENCH, **LOOKS[style]})
    page = context.new_page()
    page.goto(server.url + SCREENS["settings"])
    driving.settled(page)
    tabs = page.get_by_role("tab")
    expect(tabs).to_have_count(TABS)
    for n in range(TABS):
        tabs.nth(n).click()
        driving.settled(page)
        driving.shoot(page, f"empty-settings-{n}-{style}")
        assert page.locator(looking.BROKEN).count() == 0, looking.words(server)
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), n
        driving.check_axe(page)
    context.close()


@pytest.mark.parametrize("name", DOORS)
def test_a_screen_with_nothing_on_it_opens_the_next_step(name: str, server: Server, browser: Browser) -> None:
    page = browser.new_context(**FRENCH).new_page()
    page.goto(server.url + SCREENS[name])
    driving.settled(page)
    doors = page.locator("[data-testid=stMain] [data-testid=stPageLink] a")
    expect(doors.first).to_be_visible()
    here = page.url
    doors.first.click()
    page.wait_for_function("here => location.href !== here", arg=here)
    driving.settled(page)
    assert page.locator(looking.BROKEN).count() == 0, looking.words(server)
    page.context.close()
