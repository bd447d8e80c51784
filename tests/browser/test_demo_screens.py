"""Every screen on the demonstration agency: both languages, light and dark, desk and phone, looked at by a machine and kept for a person."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.browser import looking
from tests.browser.conftest import FRENCH
from tests.serving import Server, run_in_home, serving

pytestmark = pytest.mark.browser

ENGLISH = {**FRENCH, "locale": "en-GB"}
LANGUAGES = {"fr": FRENCH, "en": ENGLISH}
LOOKS = {
    "light": looking.LIGHT,
    "dark": looking.DARK,
    "phone": {**looking.LIGHT, **looking.PHONE},
    "phone-dark": {**looking.DARK, **looking.PHONE},
}
MAKE = """
from core.services import access, demo, house, tour
house.prepare()
sid = access.open_local_session()
access.introduce(access.resolve(sid), "Claire Essai")
demo.make_if_absent(access.resolve(sid))
access.choose_space(access.resolve(sid), "demo")
tour.go_to(access.resolve(sid), tour.LEFT)
"""
CASES = """
import json
from core.store.home import home
from core.store import cases
REFS = {
    "LETTER": "FA-90369", "CALL": "FA-90311", "DISPUTE": "CH-90330", "PLAN": "Q-90302", "LATE": "AF-90401", "COURT": "CH-90204",
}
with home().store("demo").read() as reader:
    print(json.dumps({name: cases.case_with_debt(reader, ref) for name, ref in REFS.items()}))
"""
SCREENS = {
    "queue": "/",
    "overview": "/overview",
    "case-letter": "/case?id={LETTER}",
    "case-call": "/case?id={CALL}",
    "case-dispute": "/case?id={DISPUTE}",
    "case-late-plan": "/case?id={LATE}",
    "case-court": "/case?id={COURT}",
    "plan": "/plan?case={PLAN}",
    "plan-alone": "/plan",
    "litigation": "/litigation",
    "reporting": "/reporting",
    "creditors": "/creditors",
    "import": "/import_file",
    "new-case": "/new_case",
    "settings": "/settings",
}


@pytest.fixture(scope="module")
def demo_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server whose person stands in the demonstration agency and has left the tour."""
    home = tmp_path_factory.mktemp("demo")
    run_in_home(home, MAKE)
    with serving(home, introduced=False) as running:
        yield running


@pytest.fixture(scope="module")
def heroes(demo_server: Server) -> dict[str, int]:
    """The cases of the demonstration that screens are shown on, by the reference of a debt of theirs."""
    found: dict[str, int] = json.loads(run_in_home(demo_server.home, CASES))
    return found


@pytest.mark.parametrize("style", LOOKS)
@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", SCREENS)
def test_a_screen_of_the_demonstration(
    name: str, lang: str, style: str, demo_server: Server, heroes: dict[str, int], browser: Browser
) -> None:
    address = SCREENS[name].format(**heroes)
    looking.look(browser, demo_server, address, f"demo-{name}-{lang}-{style}", {**LANGUAGES[lang], **LOOKS[style]})
