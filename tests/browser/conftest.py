"""Fixtures of the browser tests: servers with and without the demonstration, one Chromium, a French page. Missing Chromium is a failure."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.browser import driving, looking
from tests.made import made_once
from tests.serving import INTRODUCE, Server, run_in_home, serving

expect.set_options(timeout=20_000)  # a state is waited for, be the machine busy with something else
FRENCH = {"locale": "fr-FR", "timezone_id": "Europe/Paris", "viewport": {"width": 1280, "height": 900}}
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
    "PAYMENT": "N-90118",
}
with home().store("demo").read() as reader:
    print(json.dumps({name: cases.case_with_debt(reader, ref) for name, ref in REFS.items()}))
"""


@pytest.fixture(scope="session")
def empty_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with an introduced user and nothing else; made once, to be copied."""
    return made_once(tmp_path_factory, "introduced", lambda home: run_in_home(home, INTRODUCE))


@contextmanager
def serving_copy(home: Path, copy: Path) -> Iterator[Server]:
    """A server on a copy of a home."""
    shutil.copytree(home, copy, dirs_exist_ok=True)
    with serving(copy, introduced=False) as running:
        yield running


@pytest.fixture(scope="session")
def empty_server(empty_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server of an agency that has nothing yet, shared by the tests that only look."""
    with serving_copy(empty_home, tmp_path_factory.mktemp("home")) as running:
        yield running


@pytest.fixture(scope="module")
def server(empty_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server with an introduced user, shared by the tests of a module that only add to it."""
    with serving_copy(empty_home, tmp_path_factory.mktemp("home")) as running:
        yield running


@pytest.fixture
def fresh_server(empty_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server nobody has visited yet, with an introduced user, for one test."""
    with serving_copy(empty_home, tmp_path_factory.mktemp("home")) as running:
        yield running


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's Chromium without a window."""
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=driving.chromium(), args=driving.CHROMIUM_FLAGS)
        yield running
        running.close()


@pytest.fixture(scope="session")
def tabs(browser: Browser) -> looking.Tabs:
    """The tabs screens are looked at in."""
    return looking.Tabs(browser)


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A tab of a French browser, 1280 x 900, with no memory of another test."""
    context = browser.new_context(**FRENCH)
    yield context.new_page()
    context.close()


@pytest.fixture(scope="session")
def demo_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home whose person stands in the demonstration agency and has left the tour; made once, to be copied."""
    return made_once(tmp_path_factory, "demo", lambda home: run_in_home(home, MAKE))


@pytest.fixture(scope="module")
def demo_server(demo_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server on a copy of the demonstration, for the tests of one module."""
    with serving_copy(demo_home, tmp_path_factory.mktemp("demo_copy")) as running:
        yield running


@pytest.fixture(scope="module")
def heroes(demo_server: Server) -> dict[str, int]:
    """The cases of the demonstration that screens are shown on, by the reference of a debt of theirs."""
    found: dict[str, int] = json.loads(run_in_home(demo_server.home, CASES))
    return found
