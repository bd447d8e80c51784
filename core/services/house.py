"""Makes the installation ready: home, stores, the roll of the day. Opens no screen and knows no session."""

from __future__ import annotations

import contextlib
import datetime as dt
import os
from zoneinfo import ZoneInfo

from core.domain.messages import Refusal
from core.services import access_log, limitation_kept, logs, priority, proceeding_record
from core.services.law import law_of
from core.store import migrations, people
from core.store.home import Home, home
from core.store.summaries import EVERY, refresh_cases
from core.store.unit import Store

OPENS, SLOWER = dt.time(9), 4  # a told day: when it starts (UTC), how much slower its clock goes


def now() -> dt.datetime:
    """The moment, by the one door of time. QUITTANCE_TODAY (ISO day) moves it for demonstrations and tests.

    A told day passes between 09:00 and 15:00 UTC, within the hours of work: its clock goes on, four times slower, so that what may be
    done does not depend on the hour at which a test or a demonstration runs.
    """
    moment = dt.datetime.now(dt.UTC)
    told = os.environ.get("QUITTANCE_TODAY")
    if not told:
        return moment
    since = moment - moment.replace(hour=0, minute=0, second=0, microsecond=0)
    return dt.datetime.combine(dt.date.fromisoformat(told), OPENS, dt.UTC) + since / SLOWER


def legal_today(moment: dt.datetime, zone: str) -> dt.date:
    """The day it is in the agency's time zone."""
    told = os.environ.get("QUITTANCE_TODAY")
    return dt.date.fromisoformat(told) if told else moment.astimezone(ZoneInfo(zone)).date()


def prepare(space: str = "agency") -> Home:
    """Make or migrate the store of a space and roll its day; raises Refusal when it must not be opened.

    With the agency, the demonstration if there is one: what is wrong there is told to whoever goes there.
    """
    found = home()
    logs.set_up(found)
    _ready(found, space)
    if space == "agency" and found.store("demo").path.exists():
        with contextlib.suppress(Refusal):
            _ready(found, "demo")
    return found


def _ready(found: Home, space: str) -> None:
    store = found.store(space)
    stamp = now().strftime("%Y-%m-%dT%H:%M:%SZ")
    migrations.migrate(store.path, kind=space, now=stamp, backups=found.backups)
    if roll(store):
        moment = now()
        with store.read() as reader:
            zone = people.meta(reader).time_zone
        access_log.purge(store, legal_today(moment, zone))


def roll(store: Store) -> bool:
    """Once a day, recompute what changes because the day does (overdue, holds that ended, age); True when it did.

    Also when time limits, limitation dates or the points of the queue were computed with rules that an update has changed.
    """
    moment = now()
    with store.read() as reader:
        meta = people.meta(reader)
        outdated = proceeding_record.outdated(reader) or limitation_kept.outdated(reader) or priority.outdated(reader)
    today = legal_today(moment, meta.time_zone).isoformat()
    if meta.rolled_on == today and not outdated:
        return False
    with store.write(0, moment.strftime("%Y-%m-%dT%H:%M:%SZ"), today) as unit:
        proceeding_record.rebuild(unit, dt.date.fromisoformat(today))
        limitation_kept.rebuild(unit)
        priority.install(unit)
        refresh_cases(unit.conn, today, law_of(unit).fingerprint, EVERY)
        people.set_rolled(unit, today)
    return True
