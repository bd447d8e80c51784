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
from functools import partial

from core.domain.messages import msg, refuse
from core.domain.rights import Right
from core.i18n import DEFAULT, texts
from core.law.values import load_law
from core.services import house
from core.services.context import Ctx, User, service
from core.services.demo_acts import Player
from core.services.demo_cast import Case, cast, placements
from core.services.demo_course import Act, everything
from core.services.demo_data import Script, script
from core.services.demo_days import Days
from core.store import connection, migrations, people
from core.store.home import home
from core.store.unit import Store

DONE = "demo_made"
TIME_ZONE = "Europe/Paris"
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


def visitor(lang: str = DEFAULT) -> Ctx:
    """The context of someone who asks for the demonstration outside a screen, under the name given to the agency, if any."""
    agency = home().store("agency")
    name = ""
    if agency.path.exists():
        with agency.read() as reader:
            found = people.local_user(reader)
            name = found.name if found else ""
    moment = house.now()
    place = home().store("demo")
    today, law = house.legal_today(moment, TIME_ZONE), load_law().fingerprint
    return Ctx(User(0, name, "lead" if name else ""), place, "demo", moment, today, lang, law=law)


@service(Right.DISCOVER)
def make_if_absent(ctx: Ctx, told: Told = _silent, place: Store | None = None) -> Made | None:
    """Make the demonstration when there is none yet, or only half of one; None when it was there.

    `told` hears how many of the things to do are done; `place` is the demonstration of the home unless another is given.
    """
    with _ONE_AT_A_TIME:
        store = place or home().store("demo")
        return None if _kind(store) and _whole(store) else _make(ctx, told, store)


@service(Right.DISCOVER)
def reset(ctx: Ctx, told: Told = _silent, place: Store | None = None) -> Made:
    """Make the demonstration anew; what was tried in it is gone. Refused when the store there is not a demonstration."""
    with _ONE_AT_A_TIME:
        store = place or home().store("demo")
        _kind(store)
        return _make(ctx, told, store)


def _kind(store: Store) -> str:
    """The kind of the store, "" when there is none; anything but a demonstration is refused."""
    if not store.path.exists():
        return ""
    with store.read() as reader:
        kind = people.meta(reader).kind
    if kind != "demo":
        store.close()
        raise refuse(
            "not-a-demonstration",
            msg("This store is not a demonstration (kind “{given}”): it is never thrown away.", given=kind),
            msg("Name the store of a demonstration, or none for that of this installation."),
            field="store",
            value=kind,
        )
    return kind


def _whole(store: Store) -> bool:
    with store.read() as reader:
        return bool(people.setting(reader, DONE)[0])


def _make(ctx: Ctx, told: Told, place: Store) -> Made:
    """Build beside, then put in place."""
    name = f"{place.path.stem}-{os.getpid()}.new"
    beside = Store(place.path.with_name(name), place.folder.with_name(name))
    _remove(beside)
    try:
        made = _build(ctx, beside, told)
        house.roll(beside)
        beside.close()
        connection.settle(beside.path)
        _put(beside, place)
    finally:
        _remove(beside)
    return made


def _put(beside: Store, place: Store) -> None:
    """The new store takes its place in one move; whoever opened the old one meanwhile lets go of it."""
    place.close()
    try:
        for end in ("-wal", "-shm"):
            place.path.with_name(place.path.name + end).unlink(missing_ok=True)
        beside.path.replace(place.path)
    except OSError as error:  # Windows keeps a file that another program has open
        raise refuse(
            "store-busy",
            msg("The demonstration is open in another program."),
            msg("Close it, then try again."),
            value=type(error).__name__,
        ) from error
    place.close()
    shutil.rmtree(place.folder, ignore_errors=True)
    if beside.folder.exists():
        beside.folder.replace(place.folder)


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
    stage = Player(dataclasses.replace(ctx, store=store, space="demo", lang="fr"), data, found)
    start = stage.at(days.ago(data.first_day), 8 * 60 + 30)
    migrations.migrate(store.path, kind="demo", now=start.stamp, backups=home().backups)
    stage.enter(_visitor(start, ctx.lang))
    with connection.under_construction(store.path):
        _play(_plan(stage, data, days, found, acts), told)
        with stage.base.write() as unit:
            people.set_setting(unit, DONE, value=True)
    return Made(len(data.houses), len(found), len(acts))


def _visitor(start: Ctx, lang: str) -> User:
    """The visitor at work in the demonstration, under their own name if they gave it."""
    t = texts(lang)
    name = start.user.name or t("Visitor")
    with start.store.write(1, start.stamp, start.day) as unit:
        user_id = people.add_local_user(unit, name)
        unit.actor_id = user_id
        unit.audit("user.introduced", "user", user_id)
    return User(user_id, name, "lead", lang)


Doing = tuple[dt.date, int, Callable[[], object]]


def _plan(stage: Player, data: Script, days: Days, found: tuple[Case, ...], acts: list[Act]) -> list[Doing]:
    """Everything to do, in the order of time."""
    opened = days.ago(data.first_day)
    doings: list[Doing] = [(opened, 9 * 60, partial(stage.open_house, opened))]
    for one in data.houses:
        signed = days.ago(int(one.mandate["signed"]))
        doings.append((signed, 10 * 60, partial(stage.creditor, one, signed)))
    for one, day, held in placements(found):
        doings.append((day, 9 * 60 + 10, partial(stage.file, one, day, held)))
    doings += [(case.placed, 9 * 60 + 25, partial(stage.by_hand, case)) for case in found if case.by_hand]
    doings += [(act.on, act.minute, partial(stage.play, act)) for act in acts]
    return sorted(doings, key=lambda doing: doing[:2])


def _play(doings: list[Doing], told: Told) -> None:
    for done, (_, _, do) in enumerate(doings):
        if done % 20 == 0:
            told(done, len(doings))
        do()
    told(len(doings), len(doings))
