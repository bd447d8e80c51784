"""One look at one screen: nothing broke, nothing scrolls sideways, axe agrees, nothing left this computer. Starts no server."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Browser, Page

from tests.browser import driving
from tests.serving import Server

LIGHT = {"color_scheme": "light"}
DARK = {"color_scheme": "dark"}
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
# Streamlit's own trace, and the report that core.ui offers with an unexpected error.
BROKEN = "[data-testid=stException], .st-key-failure_report"


def look(browser: Browser, server: Server, address: str, shot: str, options: dict[str, Any]) -> None:
    """Open an address in a fresh tab made with `options`, keep its picture as `shot`, and judge what can be judged by a machine."""
    context = browser.new_context(**options)
    page = context.new_page()
    complaints = listen(page)
    page.goto(server.url + address)
    driving.settled(page)
    driving.shoot(page, shot)
    assert page.locator(BROKEN).count() == 0, words(server)
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), f"{shot} scrolls sideways"
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
    """Whether a request goes to another computer."""
    return not url.startswith(("http://127.0.0.1", "ws://127.0.0.1", "data:", "blob:"))


def words(server: Server) -> str:
    """What the server wrote: on its output and in the logs of its home."""
    written = [server.log, *sorted((server.home / "logs").glob("*"))]
    return "\n".join(path.read_text(encoding="utf-8") for path in written)
