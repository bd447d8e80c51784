"""The pictures of the README, taken on the demonstration agency: `python -m tests.pictures`. Judges nothing.

Needs the test requirements and a Chromium on the path. The day is fixed (tests/serving.py), so the pictures change only
when the screens do.
"""

from __future__ import annotations

import json
import tempfile
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from tests.browser import driving
from tests.browser.conftest import CASES, FRENCH, MAKE
from tests.serving import ROOT, run_in_home, serving

FOLDER = ROOT / "docs" / "images"
WINDOW = {"width": 1280, "height": 860}
PICTURES = {
    "queue": "/",
    "case": "/case?id={CALL}",
    "plan": "/plan?case={PLAN}",
    "litigation": "/litigation",
    "overview": "/overview",
    "reporting": "/reporting",
    "statement": "/statement?case={COURT}",
    "law": "/law",
}


def take(page: Page, url: str, name: str) -> Path:
    """One screen as a person sees it first, its charts drawn."""
    page.goto(url)
    driving.settled(page)
    page.wait_for_timeout(800)  # charts fade in
    path = FOLDER / f"{name}.png"
    page.screenshot(path=path)
    return path


def main() -> None:
    """Make the demonstration in a home of its own, serve it, take every picture."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / "home"
        home.mkdir()
        run_in_home(home, MAKE)
        heroes = json.loads(run_in_home(home, CASES))
        with serving(home, introduced=False) as server, sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=driving.chromium(), args=driving.CHROMIUM_FLAGS)
            page = browser.new_context(**{**FRENCH, "viewport": WINDOW, "color_scheme": "light"}).new_page()
            for name, address in PICTURES.items():
                print(take(page, server.url + address.format(**heroes), name).relative_to(ROOT).as_posix())
            browser.close()


if __name__ == "__main__":
    main()
