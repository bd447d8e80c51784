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


class Tabs:
    """One tab for each way to look, kept from screen to screen: the program's code is fetched and compiled once, each screen is loaded whole."""

    def __init__(self, browser: Browser) -> None:
        self.browser = browser
        self.kept: dict[str, tuple[Page, list[str]]] = {}

    def at(self, server: Server, options: dict[str, Any]) -> tuple[Page, list[str]]:
        """The tab made with `options`, its window at its first size, without a cookie, and what the browser complains of from now on."""
        name = repr(sorted(options.items()))
        if name not in self.kept:
            page = self.browser.new_context(**options).new_page()
            self.kept[name] = (page, listen(page))
        page, complaints = self.kept[name]
        if not page.url.startswith(server.url):
            page.goto("about:blank")  # what it last showed may be of a server that has ended
        page.context.clear_cookies()
        page.set_viewport_size(options["viewport"])
        complaints.clear()
        return page, complaints


def look(tabs: Tabs, server: Server, address: str, shot: str, options: dict[str, Any], *, axe: bool = True) -> Page:
    """Open an address in the tab of `options`, keep its picture as `shot`, and judge what can be judged by a machine."""
    page, complaints = tabs.at(server, options)
    page.goto(server.url + address)
    judge(page, server, shot, axe=axe)
    assert not complaints, complaints
    return page


def judge(page: Page, server: Server, shot: str, *, axe: bool = True) -> None:
    """Judge the screen a tab shows, and keep its picture."""
    driving.settled(page)
    assert page.locator(BROKEN).count() == 0, words(server)
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), f"{shot} scrolls sideways"
    with driving.whole(page):
        driving.shoot(page, shot)
        if axe:
            driving.check_axe(page)
    assert page.locator(BROKEN).count() == 0, words(server)


def listen(page: Page) -> list[str]:
    """What the browser complains of: a script error, a request refused by the policy, a request that leaves this computer."""
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(f"script: {error}"))
    page.on("console", lambda said: complaints.append(said.text) if "Content Security Policy" in said.text else None)
    page.on("request", lambda asked: complaints.append(f"left: {asked.url}") if is_foreign(asked.url) else None)
    return complaints


def is_foreign(url: str) -> bool:
    """Whether a request goes to another computer."""
    return not url.startswith(("http://127.0.0.1", "ws://127.0.0.1", "data:", "blob:", "about:"))


def words(server: Server) -> str:
    """What the server wrote: on its output and in the logs of its home."""
    written = [server.log, *sorted((server.home / "logs").glob("*"))]
    return "\n".join(path.read_text(encoding="utf-8") for path in written)
