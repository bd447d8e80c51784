"""Shared fixtures: a home of its own, a lead at work on a fixed day, a page run alone. Asserts nothing."""

from __future__ import annotations

import datetime as dt
import gc
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

from core.services import access, demo, house
from core.services.context import Ctx
from core.store import connection
from tests.made import made_once

TODAY = dt.date(2026, 11, 23)
ROOT = Path(__file__).resolve().parents[1]
UNITS = "not browser and not system and not bench and not soak"  # of pyproject.toml
settings.register_profile("quittance", deadline=None)  # how fast the machine is says nothing about the rule
settings.load_profile("quittance")


def pytest_xdist_auto_num_workers(config: pytest.Config) -> int:
    """A process a core for the units as a whole or a folder of them; none for named files, nor for what starts servers and measures."""
    named = any(Path(word.split("::")[0]).is_file() for word in config.args)
    if config.option.markexpr != UNITS or config.option.keyword or config.option.collectonly or named:
        return 0
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def pytest_collection_finish() -> None:
    """Thousands of collected tests live to the end: the garbage collector need not walk them again and again."""
    gc.collect()
    gc.freeze()


def pytest_unconfigure() -> None:
    """What was frozen may go with the process."""
    gc.unfreeze()


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A fresh home on a fixed day; its stores are let go at the end."""
    monkeypatch.setenv("QUITTANCE_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("QUITTANCE_TODAY", TODAY.isoformat())
    yield tmp_path / "home"
    for path in list(connection._POOLS):
        if path.is_relative_to(tmp_path):
            connection.close_pool(path)


@pytest.fixture(scope="session")
def empty_made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with the store of an empty agency, made once by all migrations: copy it, write nothing there."""
    return made_once(tmp_path_factory, "empty", lambda made: in_home(made, house.prepare))


@pytest.fixture
def sid(home: Path, empty_made: Path) -> str:
    """A session id of a local start, its person not yet introduced."""
    home.mkdir(exist_ok=True)
    if not (home / "agency.db").exists():
        shutil.copyfile(empty_made / "agency.db", home / "agency.db")
    house.prepare()
    return access.open_local_session()


@pytest.fixture
def ctx(sid: str) -> Ctx:
    """Léa, lead of an empty agency, on 23 November 2026."""
    stranger = access.resolve(sid)
    assert stranger is not None
    access.introduce(stranger, "Léa Martin")
    found = access.resolve(sid)
    assert found is not None
    return found


@pytest.fixture(scope="session")
def demo_made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with the demonstration made on the fixed day, once for all tests: copy it, write nothing there."""
    return made_once(tmp_path_factory, "demonstration", lambda made: in_home(made, lambda: demo.reset(demo.visitor())))


def in_home(made: Path, make: Callable[[], object]) -> None:
    """Run `make` with this home on the fixed day, and let its stores go."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("QUITTANCE_HOME", str(made))
        patch.setenv("QUITTANCE_TODAY", TODAY.isoformat())
        make()
        for path in [path for path in connection._POOLS if path.is_relative_to(made)]:
            connection.close_pool(path)


@pytest.fixture
def demo_home(home: Path, demo_made: Path) -> Path:
    """A fresh home with its own copy of the demonstration."""
    shutil.copytree(demo_made, home, dirs_exist_ok=True)
    return home


@pytest.fixture
def demo_ctx(demo_home: Path, sid: str) -> Ctx:
    """The visitor of the demonstration, its lead."""
    stranger = access.resolve(sid)
    assert stranger is not None
    access.choose_space(stranger, "demo")
    found = access.resolve(sid)
    assert found is not None
    return found


@pytest.fixture
def app(sid: str) -> Callable[..., Any]:
    """`app("queue", tab="all")`: the page alone in French under AppTest, with its query parameters, not yet run."""
    from streamlit.testing.v1 import AppTest

    def open_page(name: str, locale: str = "fr-FR", **params: str) -> Any:
        at = AppTest.from_file(str(ROOT / "pages" / f"{name}.py"), default_timeout=30)
        at.user = {"sid": sid}
        at.context = {"locale": locale, "timezone": "Europe/Paris"}
        for key, value in params.items():
            at.query_params[key] = value
        return at

    return open_page
