"""The demonstration agency: a store of its own kind, made through the services, made again when asked. Touches no other store.

Its people, creditors, courses and hero cases are data (data/demo). The store is built beside its place and put there whole, so
that one interrupted leaves nothing behind and nobody sees it half made.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import os
import shutil
import threading
from collections.abc import Callable
from dataclasses import dataclass

from core.domain.messages import msg, refuse
from core.domain.rights import Right
from core.i18n import texts
from core.services import house
from core.services.context import Ctx, User, service
from core.services.demo_cast import cast, placements
from core.services.demo_course import everything
from core.services.demo_data import Script, script
from core.services.demo_days import Days
from core.services.demo_stage import Stage
from core.store import connection, migrations, people
from core.store.home import home
from core.store.unit import Store

DONE = "demo_made"
Told = Callable[[int, int], object]
_ONE_AT_A_TIME = threading.Lock()


@dataclass(frozen=True, slots=True)
class Made:
    """What the demonstration holds."""

    creditors: int
    cases: int
    steps: int


def _silent(done: int, of: int) -> None:
    """Nobody watches the progress."""


@service(Right.DISCOVER)
def make_if_absent(ctx: Ctx, told: Told = _silent) -> bool:
    """Make the demonstration when there is none yet, or only half of one; True when it was made.

    `told` hears how many of the things to do are done.
    """
    with _ONE_AT_A_TIME:
        if _made(home().store("demo")):
            return False
        _make(ctx, told)
        return True


@service(Right.DISCOVER)
def reset(ctx: Ctx, told: Told = _silent) -> Made:
    """Make the demonstration anew; what was tried in it is gone. Refused when the store there is not a demonstration."""
    with _ONE_AT_A_TIME:
        store = home().store("demo")
        if store.path.exists():
            with store.read() as reader:
                kind = people.meta(reader).kind
            if kind != "demo":
                raise refuse(
                    "not-a-demonstration",
                    msg("This store is not a demonstration (kind “{given}”): it is never thrown away.", given=kind),
                    msg("Move it to another folder first."),
                    field="store",
                    value=kind,
                )
        return _make(ctx, told)


def _made(store: Store) -> bool:
    if not store.path.exists():
        return False
    with store.read() as reader:
        return bool(people.setting(reader, DONE)[0])


def _make(ctx: Ctx, told: Told) -> Made:
    """Build beside, then put in place."""
    place = home().store("demo")
    beside = Store(place.path.with_name(f"demo-{os.getpid()}.new"), place.folder.with_name(f"demo-{os.getpid()}.new"))
    _remove(beside)
    try:
        made = _build(ctx, beside, told)
        house.roll(beside)
        beside.close()
        connection.settle(beside.path)
        _remove(place)
        beside.path.replace(place.path)
        if beside.folder.exists():
            beside.folder.replace(place.folder)
    finally:
        _remove(beside)
    house.prepare("demo")
    return made


def _remove(store: Store) -> None:
    """A demonstration holds nothing of anyone's."""
    store.close()
    for end in ("", "-wal", "-shm"):
        store.path.with_name(store.path.name + end).unlink(missing_ok=True)
    shutil.rmtree(store.folder, ignore_errors=True)


def _build(ctx: Ctx, store: Store, told: Told) -> Made:
    """The whole story, from the agency's first day to the last open day before today."""
    data = script()
    days = Days(ctx.today, data.closed_days)
    found = cast(data, days)
    acts = everything(data, days, found)
    opened = days.ago(data.first_day)
    start = dataclasses.replace(ctx, today=opened, now=ctx.now - (ctx.today - opened), store=store, space="demo")
    migrations.migrate(store.path, kind="demo", now=start.stamp, backups=home().backups)
    stage = Stage(dataclasses.replace(ctx, store=store, space="demo", user=_visitor(start)), data, found)
    with connection.under_construction(store.path):
        _play(stage, _plan(stage, data, days, found, acts), told)
        with stage.base.write() as unit:
            people.set_setting(unit, DONE, value=True)
    return Made(len(data.houses), len(found), len(acts))


def _visitor(start: Ctx) -> User:
    """The visitor at work in the demonstration, under their own name if they gave it."""
    name = start.user.name or texts(start.lang)("Visitor")
    with start.store.write(1, start.stamp, start.day) as unit:
        user_id = people.add_local_user(unit, name)
        unit.actor_id = user_id
        unit.audit("user.introduced", "user", user_id)
    return User(user_id, name, "lead", start.lang)


Doing = tuple[dt.date, int, Callable[[], object]]


def _plan(stage: Stage, data: Script, days: Days, found: tuple, acts: list) -> list[Doing]:  # type: ignore[type-arg]
    """Everything to do, in the order of time."""
    opened = days.ago(data.first_day)
    doings: list[Doing] = [(opened, 540, lambda: stage.open_house(opened))]
    for one in data.houses:
        signed = days.ago(int(one.mandate["signed"]))
        doings.append((signed, 600, lambda one=one, signed=signed: stage.creditor(one, signed)))
    for one, day, held in placements(found):
        doings.append((day, 550, lambda one=one, day=day, held=held: stage.file(one, day, held)))
    doings += [(case.placed, 565, lambda case=case: stage.by_hand(case)) for case in found if case.by_hand]
    doings += [(act.on, act.minute, lambda act=act: stage.play(act)) for act in acts]
    return sorted(doings, key=lambda doing: doing[:2])


def _play(stage: Stage, doings: list[Doing], told: Told) -> None:
    for done, (_, _, do) in enumerate(doings):
        if done % 20 == 0:
            told(done, len(doings))
        do()
    told(len(doings), len(doings))
