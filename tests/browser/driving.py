"""What browser tests are driven with: Chromium, axe, screenshots. Starts no server (tests/serving.py) and judges no screen."""

from __future__ import annotations

import importlib.util
import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Page

from tests.serving import ROOT

SHOTS = ROOT / "tests" / "screenshots"
ALLOWED = ROOT / "tests" / "axe_allowed.json"
TALLEST = 4000
SETTLED = """() => {
    const app = document.querySelector('[data-testid=stApp]');
    return app?.getAttribute('data-test-connection-state') === 'CONNECTED'
        && app.getAttribute('data-test-script-state') === 'notRunning'
        && !document.querySelector('[data-testid=stSkeleton]');
}"""
CHROMIUM_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def chromium() -> str:
    """Debian's Chromium (or another on the path); missing is a failure, never a skip."""
    found = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    assert found, "no Chromium on the path: on Debian, apt-get install chromium"
    return found


def settled(page: Page) -> Page:
    """Wait until the script of the screen has run and nothing is pending; seen within a twentieth of a second, however slow the machine."""
    page.wait_for_function(SETTLED, timeout=60_000, polling=50)
    page.evaluate("document.fonts.ready.then(() => true)")
    return page


@contextmanager
def whole(page: Page) -> Iterator[None]:
    """Make the window as tall as the screen's content: Streamlit scrolls inside, and what is scrolled away is neither drawn nor checked.

    Inside another `whole` nothing is left to do.
    """
    seen = page.viewport_size
    assert seen is not None
    tall = int(page.evaluate("document.querySelector('[data-testid=stMain]')?.scrollHeight ?? 0"))
    wanted = {"width": seen["width"], "height": max(seen["height"], min(tall, TALLEST))}
    if wanted == seen:
        yield
        return
    page.set_viewport_size(wanted)
    settled(page)
    try:
        yield
    finally:
        page.set_viewport_size(seen)


def shoot(page: Page, name: str) -> Path:
    """A screenshot for a person to look at, in tests/screenshots (not committed)."""
    SHOTS.mkdir(parents=True, exist_ok=True)
    path = SHOTS / f"{name}.png"
    with whole(page):
        page.screenshot(path=path)
    return path


def check_axe(page: Page) -> None:
    """Fail on any serious or critical accessibility violation that tests/axe_allowed.json does not explain."""
    spec = importlib.util.find_spec("axe_playwright_python")
    assert spec is not None
    assert spec.origin is not None
    allowed = json.loads(ALLOWED.read_text(encoding="utf-8"))
    with whole(page):
        if not page.evaluate("'axe' in window"):
            page.evaluate(Path(spec.origin).with_name("axe.min.js").read_text(encoding="utf-8"))
        found = page.evaluate("axe.run({resultTypes: ['violations']}).then(r => r.violations)")
        left = [
            f"{v['id']} ({v['impact']}) {node['target']}: {node['html'][:160]} {node['failureSummary']}"
            for v in found
            if v["impact"] in {"serious", "critical"}
            for node in v["nodes"]
            if not is_allowed(page, v["id"], node["target"], allowed)
        ]
    assert not left, "\n".join([page.url, *left])


def is_allowed(page: Page, rule: str, target: list[str], allowed: list[dict[str, str]]) -> bool:
    """True when the allow-list names this rule for an element that matches its selector."""
    selectors = [entry["selector"] for entry in allowed if entry["id"] == rule]
    script = "([target, selectors]) => { const e = document.querySelector(target); return selectors.some(s => e && e.matches(s)); }"
    return bool(selectors) and bool(page.evaluate(script, [target[-1], selectors]))
