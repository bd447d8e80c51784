"""The log of the program: what failed and where, as JSON lines without personal data. Sends nothing anywhere."""

from __future__ import annotations

import hashlib
import json
import logging
import logging.handlers
import platform
import traceback
from typing import Any

from core import __version__
from core.store.home import Home, home

LOGGER = logging.getLogger("quittance")


class JsonLines(logging.Formatter):
    """One JSON object a line; of an exception only type and places, never its message: it may quote a person."""

    def format(self, record: logging.LogRecord) -> str:
        """The record as JSON."""
        line: dict[str, Any] = {
            "at": self.formatTime(record, "%Y-%m-%dT%H:%M:%S"),
            "level": record.levelname,
            "event": record.msg,
        }
        line.update(getattr(record, "facts", {}))
        return json.dumps(line, ensure_ascii=False)


def set_up(home: Home) -> None:
    """Log into the home's logs folder, five files of a megabyte at most; another home takes the place of the one before."""
    target = home.logs / "quittance.log"
    for handler in list(LOGGER.handlers):
        if getattr(handler, "baseFilename", "") == str(target):
            return
        LOGGER.removeHandler(handler)
        handler.close()
    home.logs.mkdir(parents=True, exist_ok=True)
    handler = logging.handlers.RotatingFileHandler(
        target, maxBytes=1_000_000, backupCount=5, encoding="utf-8", delay=True
    )
    handler.setFormatter(JsonLines())
    LOGGER.addHandler(handler)
    LOGGER.setLevel(logging.INFO)
    LOGGER.propagate = False


def set_up_here() -> None:
    """Log into the home of this process."""
    set_up(home())


def places(error: BaseException) -> list[str]:
    """Where an error passed, as file:line function, without values."""
    frames = traceback.extract_tb(error.__traceback__)
    return [f"{frame.filename.replace(chr(92), '/').split('/')[-1]}:{frame.lineno} {frame.name}" for frame in frames]


def failure(error: BaseException, where: str) -> str:
    """Log an unexpected error and return its short code: the same error at the same place has the same code."""
    seen = places(error)
    code = hashlib.sha256(json.dumps([type(error).__name__, seen[-3:]]).encode()).hexdigest()[:6].upper()
    LOGGER.error(
        "unexpected", extra={"facts": {"code": code, "where": where, "type": type(error).__name__, "places": seen}}
    )
    return code


def report(error: BaseException, code: str, where: str, versions: dict[str, str]) -> str:
    """A text the person may read, then hand to whoever helps them: code, versions and places, nothing of any case."""
    lines = [
        f"Quittance {__version__}",
        f"code {code}",
        f"where {where}",
        f"Python {platform.python_version()} on {platform.system()}",
    ]
    lines += [f"{name} {version}" for name, version in sorted(versions.items())]
    return "\n".join([*lines, type(error).__name__, *places(error)]) + "\n"
