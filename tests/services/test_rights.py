"""Every service declares a right and checks it. A new service without one fails here."""

import importlib
import inspect
import pkgutil
import re
from dataclasses import replace
from pathlib import Path

import pytest

import core.services
from core.domain.messages import Refusal
from core.domain.rights import ROLE_RIGHTS, Right
from core.services.context import SERVICES, Ctx, User

ROOT = Path(__file__).resolve().parents[2]
MODULES = [importlib.import_module(f"core.services.{m.name}") for m in pkgutil.iter_modules(core.services.__path__)]
# Doors that work before there is a person, or pure words; each with its reason.
OPEN = {
    "core.services.access.open_local_session": "the server start, before anybody",
    "core.services.access.resolve": "makes the ctx",
    "core.services.access.command_context": "makes the ctx of the command line",
    "core.services.house.now": "the door of time",
    "core.services.house.legal_today": "the door of time",
    "core.services.house.prepare": "makes the store, before anybody",
    "core.services.house.roll": "the roll of the day, no reading out",
    "core.services.access_log.purge": "the roll of the day, no reading out",
    "core.services.demo.visitor": "makes the ctx of the command demo",
    "core.services.upkeep.place": "names the store of a command, opens nothing",
    "core.services.upkeep.opened": "makes the ctx of a command",
    "core.services.upkeep.installation": "versions and disk, nothing of the store",
    "core.services.upkeep.restore": "there may be no store to ask; only the command reaches it",
}


# Rooms behind one door: only core.services.imports enters them, and it has checked the right.
INNER = {"import_debts", "import_reading", "import_takeover", "import_takeover_write"}


def test_only_the_import_service_enters_the_rooms_behind_it():
    for path in (ROOT / "core").rglob("*.py"):
        if path.stem not in {"imports", *INNER}:
            text = path.read_text(encoding="utf-8")
            assert not [name for name in INNER if re.search(rf"\b{name}\b", text)], path.name


def functions():
    for module in MODULES:
        if module.__name__.rsplit(".", 1)[1] in INNER:
            continue
        for name, function in vars(module).items():
            if inspect.isfunction(function) and function.__module__ == module.__name__ and not name.startswith("_"):
                yield f"{module.__name__}.{name}", function


def touches_store(function) -> bool:
    return any(word in inspect.getsource(inspect.unwrap(function)) for word in (".write(", ".read(", "store"))


def test_each_function_that_takes_a_ctx_declares_its_right():
    bare = [path for path, f in functions() if "ctx" in inspect.signature(f).parameters and path not in SERVICES]
    assert bare == []


def test_each_function_without_a_ctx_that_reaches_a_store_is_a_known_door():
    unknown = [
        p
        for p, f in functions()
        if "ctx" not in inspect.signature(f).parameters
        and touches_store(f)
        and p not in OPEN
        and not p.startswith("core.services.context")
    ]
    assert [p for p in unknown if p not in PURE] == []


PURE = {
    "core.services.letterhead.agency", "core.services.letterhead.creditor", "core.services.letterhead.debtor", "core.services.open_debts.open_debts",
    "core.services.upkeep.migrate",
}  # fmt: skip


@pytest.mark.parametrize("path", sorted(SERVICES))
def test_a_person_without_the_right_is_refused_before_anything_happens(path, ctx: Ctx):
    module, name = path.rsplit(".", 1)
    function = getattr(importlib.import_module(module), name)
    stranger = replace(ctx, user=User(99, "Nobody", "no such role"))
    wanted = [p for p in inspect.signature(inspect.unwrap(function)).parameters if p != "ctx"]
    with pytest.raises(Refusal) as refused:
        function(stranger, *[None] * len(wanted))
    assert refused.value.problems[0].code == "forbidden"


def test_the_local_lead_may_do_all_but_introduce_themself_again():
    assert ROLE_RIGHTS["lead"] == frozenset(Right) - {Right.INTRODUCE}


def test_someone_unknown_may_only_say_who_they_are_or_look_at_the_demonstration():
    assert ROLE_RIGHTS[""] == {Right.INTRODUCE, Right.DISCOVER}


@pytest.mark.parametrize(("role", "right", "allowed"), [
    ("collector", Right.MONEY, True), ("collector", Right.REVERSE, False), ("collector", Right.SETTINGS, False), ("auditor", Right.READ, True),
    ("auditor", Right.WORK, False), ("creditor", Right.READ, False), ("administrator", Right.READ, False), ("trainee", Right.PLACE, False),
    ("collector", Right.ASSIGN, True), ("trainee", Right.ASSIGN, False), ("auditor", Right.ASSIGN, False), ("lead", Right.TEAM, True),
    ("collector", Right.TEAM, False), ("lead", Right.STEER, True), ("collector", Right.STEER, False), ("administrator", Right.TEAM, False), ("lead", Right.DECIDE, True), ("collector", Right.DECIDE, False),
])  # fmt: skip
def test_the_table_of_roles_by_hand(role, right, allowed):
    assert (right in ROLE_RIGHTS[role]) is allowed
