"""Every screen on the demonstration agency: both languages, light and dark, desk and phone, looked at by a machine and kept for a person."""

from __future__ import annotations

import pytest

from tests.browser import looking
from tests.browser.conftest import FRENCH
from tests.serving import Server

pytestmark = pytest.mark.browser

ENGLISH = {**FRENCH, "locale": "en-GB"}
LANGUAGES = {"fr": FRENCH, "en": ENGLISH}
LOOKS = {
    "light": looking.LIGHT,
    "dark": looking.DARK,
    "phone": {**looking.LIGHT, **looking.PHONE},
    "phone-dark": {**looking.DARK, **looking.PHONE},
}
# Four of the eight ways to look, so that every pair of language, theme and width is seen on every screen in half the time.
WAYS = (("fr", "light"), ("fr", "phone-dark"), ("en", "dark"), ("en", "phone"))
# What axe judges hangs on the theme and the width, not on the language: each theme once, one at a desk and one on a phone.
AXE = ("light", "phone-dark")
SCREENS = {
    "queue": "/",
    "queue-alerts": "/?tab=alerts",
    "priority": "/priority",
    "grouped": "/grouped?tab=all",
    "overview": "/overview",
    "case-letter": "/case?id={LETTER}",
    "case-call": "/case?id={CALL}",
    "case-dispute": "/case?id={DISPUTE}",
    "case-late-plan": "/case?id={LATE}",
    "case-court": "/case?id={COURT}",
    "plan": "/plan?case={PLAN}",
    "plan-alone": "/plan",
    "statement": "/statement?case={COURT}",
    "statement-late": "/statement?case={LATE}",
    "calculator": "/calculator",
    "law": "/law",
    "letters": "/letters",
    "letters-registered": "/letters?part=follow",
    "letters-wording": "/letters?part=edit",
    "messages": "/messages",
    "reminders": "/reminders",
    "team": "/team",
    "complaints": "/complaints",
    "litigation": "/litigation",
    "calendar": "/litigation?view=calendar",
    "reporting": "/reporting",
    "creditors": "/creditors",
    "import": "/import_file",
    "new-case": "/new_case",
    "settings": "/settings",
}


@pytest.mark.parametrize(("lang", "style"), WAYS)
@pytest.mark.parametrize("name", SCREENS)
def test_a_screen_of_the_demonstration(
    name: str, lang: str, style: str, demo_server: Server, heroes: dict[str, int], tabs: looking.Tabs
) -> None:
    address = SCREENS[name].format(**heroes)
    options = {**LANGUAGES[lang], **LOOKS[style]}
    looking.look(tabs, demo_server, address, f"demo-{name}-{lang}-{style}", options, axe=style in AXE)
