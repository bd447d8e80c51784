"""Every page, asked first on a fresh server: the shell is there, nothing broke, axe agrees. Other looks: test_empty_screens."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser import looking
from tests.browser.conftest import FRENCH
from tests.serving import ROOT, Server

pytestmark = pytest.mark.browser

DEFAULT = "queue"
PAGES = sorted(path.stem for path in (ROOT / "pages").glob("*.py"))


def address(name: str) -> str:
    """The default page lives at / whatever its file is called."""
    return "/" if name == DEFAULT else f"/{name}"


def test_there_are_pages_and_one_is_the_default() -> None:
    assert DEFAULT in PAGES


@pytest.mark.parametrize("name", PAGES)
def test_a_page_asked_first_shows_the_shell_and_no_exception(
    name: str, fresh_server: Server, tabs: looking.Tabs
) -> None:
    page = looking.look(tabs, fresh_server, address(name), f"{name}-first", {**FRENCH, **looking.LIGHT})
    expect(page.locator("[data-testid=stSidebarNav]")).to_be_visible()
    expect(page.locator("html")).to_have_attribute("lang", "fr")
    said = looking.words(fresh_server)
    assert "Traceback" not in said, said
    assert "unexpected" not in said, said
