"""How long an answer takes from the mailbox to the open screens: at most 30 seconds, by real servers. On demand (-m bench)."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import sync_playwright

from tests.browser import driving
from tests.browser.test_post_story import written_and_answered

pytestmark = pytest.mark.bench
WITHIN = 30.0  # seconds, between two rounds of the server and two questions of the screen (8 each)


def test_an_answer_shows_on_the_case_and_on_the_queue_within_thirty_seconds(tmp_path: Path):
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=driving.chromium(), args=driving.CHROMIUM_FLAGS)
        took = written_and_answered(browser, tmp_path)
        browser.close()
    print(f"answer shown after {took:.1f} s")
    assert took <= WITHIN
