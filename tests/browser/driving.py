"""What browser tests are driven with: Chromium, axe, screenshots. Starts no server (tests/serving.py) and judges no screen."""

from __future__ import annotations

import importlib.util
import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.serving import ROOT

SHOTS = ROOT / "tests" / "screenshots"
ALLOWED = ROOT / "tests" / "axe_allowed.json"
TALLEST = 4000
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
    """Wait until the script of the screen has run and nothing is pending."""
    app = page.locator("[data-testid=stApp]")
    expect(app).to_have_attribute("data-test-connection-state", "CONNECTED", timeout=20_000)
    expect(app).to_have_attribute("data-test-script-state", "notRunning", timeout=20_000)
    expect(page.locator("[data-testid=stSkeleton]")).to_have_count(0, timeout=20_000)
    page.evaluate("document.fonts.ready.then(() => true)")
    return page


@contextmanager
def whole(page: Page) -> Iterator[None]:
    """Make the window as tall as the screen's content: Streamlit scrolls inside, and what is scrolled away is neither drawn nor checked."""
    seen = page.viewport_size
    assert seen is not None
    tall = int(page.evaluate("document.querySelector('[data-testid=stMain]')?.scrollHeight ?? 0"))
    page.set_viewport_size({"width": seen["width"], "height": max(seen["height"], min(tall, TALLEST))})
    settled(page)
    yield
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
