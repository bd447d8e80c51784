"""Starts the day's work at the hour the agency set, as a process of its own; looks six times a minute. Does no work of the day itself.

Nothing is started before a lead has set an hour, nor for the demonstration. Cron may do the same work: a lease lets one work at a time.
"""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path
from zoneinfo import ZoneInfo

from core.domain.messages import Refusal
from core.services import daily, logs, upkeep
from core.web.door import Door

ROOT = Path(__file__).resolve().parents[2]
EVERY, SOON = 10, 1  # seconds between two looks at the clock; before the first, while the house opens
COMMAND = (sys.executable, "-m", "core", "--json", "run-daily", "--once")


def is_due() -> bool:
    """Whether the agency's hour is past and the work was not done today; False while the store cannot be opened."""
    try:
        ctx = upkeep.opened(upkeep.place(), "fr", signs=False)
        return daily.schedule(ctx).due(ctx.now.astimezone(ZoneInfo(ctx.time_zone)), ctx.today)
    except Refusal:
        return False


async def start() -> int:
    """Run the command in a process of its own and wait for its end; its exit code."""
    quiet = asyncio.subprocess.DEVNULL
    process = await asyncio.create_subprocess_exec(*COMMAND, cwd=ROOT, stdin=quiet, stdout=quiet, stderr=quiet)
    return await process.wait()


async def keep(door: Door) -> None:
    """Look at the clock until the server ends, as soon as the house is open; what fails is logged with its code, and looked at again."""
    wait = SOON
    while True:
        await asyncio.sleep(wait)
        if not door.is_open:
            continue
        wait = EVERY
        try:
            if await asyncio.to_thread(is_due):
                await start()
        except Exception as error:  # noqa: BLE001 - the clock must go on: the log keeps the place in the program
            logs.failure(error, "scheduler")
