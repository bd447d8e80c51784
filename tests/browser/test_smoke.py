"""Every page, asked first on a fresh server: the shell is there, nothing broke, axe agrees, and a person can look at it."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser import driving
from tests.browser.conftest import FRENCH
from tests.serving import ROOT, Server

pytestmark = pytest.mark.browser

DEFAULT = "queue"
# Streamlit's own trace, and the report that core.ui offers with an unexpected error.
BROKEN = "[data-testid=stException], .st-key-failure_report"
PAGES = sorted(path.stem for path in (ROOT / "pages").glob("*.py"))
LOOKS = {
    "light": {"color_scheme": "light"},
    "dark": {"color_scheme": "dark"},
    "phone": {"color_scheme": "light", "viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True},
}


def address(name: str) -> str:
    """The default page lives at / whatever its file is called."""
    return "/" if name == DEFAULT else f"/{name}"


def look(browser: Browser, server: Server, name: str, style: str) -> None:
    context = browser.new_context(**{**FRENCH, **LOOKS[style]})
    page = context.new_page()
    complaints = listen(page)
    page.goto(server.url + address(name))
    driving.settled(page)
    driving.shoot(page, f"{name}-{style}")
    assert page.locator(BROKEN).count() == 0, words(server)
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), (
        f"{name} scrolls sideways ({style})"
    )
    driving.check_axe(page)
    assert not complaints, complaints
    context.close()


def listen(page: Page) -> list[str]:
    """What the browser complains of: a script error, a request refused by the policy, a request that leaves this computer."""
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(f"script: {error}"))
    page.on("console", lambda said: complaints.append(said.text) if "Content Security Policy" in said.text else None)
    page.on("request", lambda asked: complaints.append(f"left: {asked.url}") if is_foreign(asked.url) else None)
    return complaints


def is_foreign(url: str) -> bool:
    return not url.startswith(("http://127.0.0.1", "ws://127.0.0.1", "data:", "blob:"))


def test_there_are_pages_and_one_is_the_default() -> None:
    assert DEFAULT in PAGES


@pytest.mark.parametrize("name", PAGES)
def test_a_page_asked_first_shows_the_shell_and_no_exception(
    name: str, fresh_server: Server, page: Page, browser: Browser
) -> None:
    page.goto(fresh_server.url + address(name))
    driving.settled(page)
    expect(page.locator("[data-testid=stSidebarNav]")).to_be_visible()
    expect(page.locator("html")).to_have_attribute("lang", "fr")
    for style in LOOKS:
        look(browser, fresh_server, name, style)
    said = words(fresh_server)
    assert "Traceback" not in said, said
    assert "unexpected" not in said, said


def words(server: Server) -> str:
    """What the server wrote: on its output and in the logs of its home."""
    written = [server.log, *sorted((server.home / "logs").glob("*"))]
    return "\n".join(path.read_text(encoding="utf-8") for path in written)
