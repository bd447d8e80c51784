"""Every screen of an agency that has nothing yet: both languages, light and dark, desk and phone; each says what will stand there."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser import driving, looking
from tests.browser.conftest import FRENCH
from tests.browser.test_demo_screens import AXE, LANGUAGES, LOOKS, WAYS
from tests.browser.test_smoke import PAGES
from tests.serving import Server

pytestmark = pytest.mark.browser

SCREENS = {
    "queue": "/",
    "queue-deadlines": "/?tab=deadlines",
    "overview": "/overview",
    "case": "/case",
    "plan": "/plan",
    "messages": "/messages",
    "letters": "/letters",
    "litigation": "/litigation",
    "calendar": "/litigation?view=calendar",
    "reporting": "/reporting",
    "import": "/import_file",
    "creditors": "/creditors",
    "creditor": "/creditors?id=new",
    "new-case": "/new_case",
    "settings": "/settings",
    "statement": "/statement",
    "calculator": "/calculator",
    "law": "/law",
    "reminders": "/reminders",
    "team": "/team",
    "complaints": "/complaints",
    "priority": "/priority",
}
TABS = 8  # of the settings: the agency, contact policy, e-mail and SMS, my name, the team, results, call script, data
# Where nothing is listed, the way onward: a link, or the form itself.
DOORS = ("case", "litigation", "calendar", "reporting", "import", "new-case", "overview", "queue")


def test_every_page_is_looked_at_empty() -> None:
    assert {address.split("?")[0].strip("/") or "queue" for address in SCREENS.values()} == set(PAGES)


@pytest.mark.parametrize(("lang", "style"), WAYS)
@pytest.mark.parametrize("name", SCREENS)
def test_a_screen_of_an_empty_agency(
    name: str, lang: str, style: str, empty_server: Server, tabs: looking.Tabs
) -> None:
    options = {**LANGUAGES[lang], **LOOKS[style]}
    looking.look(tabs, empty_server, SCREENS[name], f"empty-{name}-{lang}-{style}", options, axe=style in AXE)


@pytest.mark.parametrize("style", LOOKS)
def test_every_tab_of_the_settings_of_an_empty_agency(style: str, empty_server: Server, tabs: looking.Tabs) -> None:
    page, complaints = tabs.at(empty_server, {**FRENCH, **LOOKS[style]})
    page.goto(empty_server.url + SCREENS["settings"])
    driving.settled(page)
    names = page.get_by_role("tab")
    expect(names).to_have_count(TABS)
    for n in range(TABS):
        names.nth(n).click()
        expect(names.nth(n)).to_have_attribute("aria-selected", "true")
        looking.judge(page, empty_server, f"empty-settings-{n}-{style}")
    assert not complaints, complaints


@pytest.mark.parametrize("name", DOORS)
def test_a_screen_with_nothing_on_it_opens_the_next_step(name: str, empty_server: Server, tabs: looking.Tabs) -> None:
    page, _ = tabs.at(empty_server, FRENCH)
    page.goto(empty_server.url + SCREENS[name])
    driving.settled(page)
    doors = page.locator("[data-testid=stMain] [data-testid=stPageLink] a")
    expect(doors.first).to_be_visible()
    here = page.url
    doors.first.click()
    page.wait_for_function("here => location.href !== here", arg=here)
    driving.settled(page)
    assert page.locator(looking.BROKEN).count() == 0, looking.words(empty_server)
