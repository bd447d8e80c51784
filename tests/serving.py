"""A real server on a free port, with a home of its own. Drives no browser and asserts nothing about a screen."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
TODAY = "2026-11-23"
START_SECONDS = 60
INTRODUCE = """
from core.services import access, house
house.prepare()
access.introduce(access.resolve(access.open_local_session()), "Claire Essai")
"""


@dataclass(frozen=True)
class Server:
    """A running program: where it answers, where its home is, where its words went."""

    url: str
    home: Path
    log: Path


def free_port() -> int:
    """A port nobody listens on at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def environment(home: Path, today: str = TODAY) -> dict[str, str]:
    """The environment of a test server: its own home, the tests' day ("": the real clock), no setting of the person running them."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("QUITTANCE_", "STREAMLIT_"))}
    told = {"QUITTANCE_TODAY": today} if today else {}
    return {**kept, **told, "QUITTANCE_HOME": str(home), "PYTHONUTF8": "1", "PYTHONPATH": str(ROOT)}


def run_in_home(home: Path, code: str, today: str = TODAY) -> str:
    """Run a few lines of Python against a home, before or beside its server; returns what they printed."""
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env=environment(home, today),
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@contextmanager
def serving(
    home: Path, *, introduced: bool = True, options: tuple[str, ...] = (), today: str = TODAY
) -> Iterator[Server]:
    """A server of its own on a free port, stopped at the end; `introduced` gives the local user a name first."""
    home.mkdir(parents=True, exist_ok=True)
    if introduced:
        run_in_home(home, INTRODUCE, today)
    port, log = free_port(), Path(tempfile.mkstemp(prefix="quittance-", suffix=".log")[1])
    command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.port", str(port), *options]
    with log.open("w", encoding="utf-8") as out:
        process = subprocess.Popen(
            command, cwd=ROOT, env=environment(home, today), stdout=out, stderr=out, stdin=subprocess.DEVNULL
        )
        try:
            server = Server(f"http://127.0.0.1:{port}", home, log)
            wait_for_health(server, process)
            yield server
        finally:
            process.terminate()
            try:
                process.wait(15)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait(15)


def health(url: str) -> int:
    """The status /healthz answers, 0 while nobody listens."""
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(f"{url}/healthz", timeout=5) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as error:
        with error:
            return error.code
    except OSError:
        return 0


def wait_for_health(server: Server, process: subprocess.Popen[bytes]) -> None:
    """Until the server answers, shut or open; fails with its own words when it dies or takes too long."""
    end = time.monotonic() + START_SECONDS
    while not health(server.url):
        assert process.poll() is None, f"the server stopped: {server.log.read_text(encoding='utf-8')}"
        assert time.monotonic() < end, f"no answer after {START_SECONDS} s: {server.log.read_text(encoding='utf-8')}"
        time.sleep(0.1)
