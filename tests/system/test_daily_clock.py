"""The server does the day's work at the hour a lead set: not before, once with two servers and a restart, and catches up after an outage."""

from __future__ import annotations

import datetime as dt
import json
import time
from collections.abc import Callable
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from core.web import scheduler
from tests.serving import run_in_home, serving

pytestmark = pytest.mark.system
PARIS = ZoneInfo("Europe/Paris")
LOOKS = 2 * scheduler.EVERY + 10  # seconds in which a server has looked at its clock twice
WORKED = 60  # seconds for a server to look, start the work and end it, on a busy machine

# A case whose scenario sends its first letter on the day it is placed and the next step on the day after that one is posted.
SET_UP = """
import datetime as dt
from core.services import access, daily, house, scenarios
from core.services.scenarios import StepEntry
from tests.services.factory import a_case_to_write
house.prepare()
access.introduce(access.resolve(access.open_local_session()), "Claire Essai")
ctx = access.resolve(access.open_local_session())
steps = (StepEntry("placement", 0, "letter", "first_letter", True), StepEntry("first_letter", 1, "call", "call", True),
         StepEntry("previous", 1, "call", "call", True))
scenarios.save_scenario(ctx, "consumer_gentle", 1, steps, 0)
print(a_case_to_write(ctx, phone="06 12 34 56 78"))
"""
HOUR = """
import datetime as dt
from core.services import access, daily, house
house.prepare()
ctx = access.resolve(access.open_local_session())
daily.set_schedule(ctx, dt.time.fromisoformat({hour!r}), daily.schedule(ctx).row_version)
"""
POST = """
from core.services import access, house, letters
house.prepare()
ctx = access.resolve(access.open_local_session())
letters.mark_posted(ctx, [letters.issued_letters(ctx, {case})[0].reference], ctx.today)
"""
TOLD = """
import json
from core.store.home import home
with home().store("agency").read() as reader:
    print(json.dumps({
        "begun": [row[0] for row in reader.rows("SELECT at FROM audit WHERE action = 'daily.begun' ORDER BY id")],
        "last": reader.value("SELECT last_run_on FROM jobs WHERE name = 'run-daily'"),
        "steps": [list(row) for row in reader.rows("SELECT level, done_on FROM reminders WHERE state = 'done' ORDER BY id")],
    }))
"""


def told(home: Path, today: str) -> dict[str, list]:
    """When the work began, the day it was done last, the steps that left."""
    return json.loads(run_in_home(home, TOLD, today))


def until(home: Path, today: str, reached: Callable[[dict[str, list]], bool], seconds: int) -> dict[str, list]:
    """Ask until a state is reached; the last answer."""
    end = time.monotonic() + seconds
    while not reached(found := told(home, today)) and time.monotonic() < end:
        time.sleep(1)
    return found


def next_minute() -> dt.datetime:
    """The start of the minute after next by the clock of Paris, on this same day."""
    while (now := dt.datetime.now(PARIS)).time() >= dt.time(23, 55):
        time.sleep(5)
    return (now + dt.timedelta(minutes=2 if now.second > 40 else 1)).replace(second=0, microsecond=0)


def test_at_its_hour_two_servers_do_the_work_once_and_a_restart_does_not_do_it_again(tmp_path: Path):
    home = tmp_path / "home"
    home.mkdir()
    run_in_home(home, SET_UP, "")
    at = next_minute()
    run_in_home(home, HOUR.format(hour=f"{at:%H:%M}"), "")
    with serving(home, introduced=False, today=""), serving(home, introduced=False, today=""):
        while dt.datetime.now(PARIS) < at - dt.timedelta(seconds=3):
            time.sleep(0.5)
        assert told(home, "")["begun"] == []
        found = until(home, "", lambda one: bool(one["last"]), (at - dt.datetime.now(PARIS)).seconds + WORKED)
        assert found["last"] == f"{at:%Y-%m-%d}"
        assert dt.datetime.fromisoformat(found["begun"][0]) >= at
        time.sleep(LOOKS)
        assert told(home, "")["begun"] == found["begun"]
    with serving(home, introduced=False, today=""):
        time.sleep(LOOKS)
    assert told(home, "")["begun"] == found["begun"]
    assert len(found["begun"]) == 1


def test_after_days_without_a_server_the_next_one_catches_up_one_step_at_once(tmp_path: Path):
    """A told day begins at 10:00 in Paris: the hour of 09:00 is past when a server opens, and it works at once."""
    home, monday, friday = tmp_path / "home", "2026-11-23", "2026-11-27"
    home.mkdir()
    case = run_in_home(home, SET_UP).strip()
    run_in_home(home, HOUR.format(hour="09:00"))
    with serving(home, introduced=False):
        assert until(home, monday, lambda one: bool(one["last"]), WORKED)["steps"] == [[1, monday]]
    run_in_home(home, POST.format(case=case))
    with serving(
        home, introduced=False, today=friday
    ):  # Tuesday to Thursday nothing ran: both calls' own days are past
        found = until(home, friday, lambda one: one["last"] == friday, WORKED)
        time.sleep(LOOKS)
        assert told(home, friday) == found
    assert found["steps"] == [[1, monday], [2, friday]]
    assert len(found["begun"]) == 2
