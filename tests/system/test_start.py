"""The README's commands on a fresh machine: a clone of what is committed, no environment, an empty home. Installs for real."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from tests.serving import ROOT, free_port, health

pytestmark = pytest.mark.system

BASE_PYTHON = str(
    Path(sys.base_prefix)
    / ("python.exe" if os.name == "nt" else f"bin/python{sys.version_info[0]}.{sys.version_info[1]}")
)
FIRST_START, LATER_START = 600, 60


@pytest.fixture(scope="module")
def machine(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A clone of HEAD; the tests of this file run in order and share its environment."""
    clone = tmp_path_factory.mktemp("machine") / "a folder with spaces é"
    subprocess.run(["git", "clone", "--quiet", "--no-hardlinks", str(ROOT), str(clone)], check=True)
    return clone


def environment(machine: Path, **more: str) -> dict[str, str]:
    """A person's environment: no virtual environment, no setting of ours, an empty home; only pip's cache is kept, for speed."""
    cache = subprocess.run(
        [sys.executable, "-m", "pip", "cache", "dir"], capture_output=True, text=True, encoding="utf-8", check=True
    )
    dropped = ("QUITTANCE_", "STREAMLIT_", "VIRTUAL_ENV", "PYTHON", "LC_", "LANG")
    kept = {key: value for key, value in os.environ.items() if not key.startswith(dropped)}
    home = machine.parent / "home"
    home.mkdir(exist_ok=True)
    return {
        **kept,
        "HOME": str(home),
        "USERPROFILE": str(home),
        "PIP_CACHE_DIR": cache.stdout.strip(),
        "LANG": "C.UTF-8",
        **more,
    }


def ended(machine: Path, *command: str, seconds: int = FIRST_START, **more: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command,
        cwd=machine,
        env=environment(machine, **more),
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=seconds,
        check=False,
        stdin=subprocess.DEVNULL,
    )


@contextmanager
def started(machine: Path, *command: str, port: int, seconds: int, **more: str) -> Iterator[Path]:
    """A command that serves, until /healthz answers 200; yields the file of its words, stops it as Ctrl+C does."""
    log = machine.parent / f"{port}.log"
    with log.open("w", encoding="utf-8") as out:
        process = subprocess.Popen(
            command,
            cwd=machine,
            env=environment(machine, **more),
            stdout=out,
            stderr=out,
            stdin=subprocess.DEVNULL,
            start_new_session=True,
        )
        try:
            limit = time.monotonic() + seconds
            while health(f"http://127.0.0.1:{port}") != 200:
                assert process.poll() is None, log.read_text(encoding="utf-8")
                assert time.monotonic() < limit, log.read_text(encoding="utf-8")
                time.sleep(0.2)
            yield log
        finally:
            os.killpg(process.pid, signal.SIGINT)
            process.wait(30)


def test_one_command_makes_the_environment_installs_and_serves(machine):
    port = free_port()
    with started(
        machine, BASE_PYTHON, "start.py", "--no-browser", "--port", str(port), port=port, seconds=FIRST_START
    ) as log:
        page = httpx.get(f"http://127.0.0.1:{port}/", headers={"accept": "text/html"}, trust_env=False)
        assert "<title>Quittance</title>" in page.text
        said = log.read_text(encoding="utf-8")
        for sentence in (
            "Making the environment",
            "Installing requirements.txt",
            f"Quittance is open: http://127.0.0.1:{port}",
        ):
            assert sentence in said
        refused_twice(machine, port)
    assert health(f"http://127.0.0.1:{port}") == 0


def refused_twice(machine: Path, port: int) -> None:
    """A second start finds the first; another program's port is left to it."""
    again = ended(machine, BASE_PYTHON, "start.py", "--no-browser", "--port", str(port), seconds=LATER_START)
    assert again.returncode == 0
    assert "already running" in again.stdout


def test_a_second_start_installs_nothing_and_takes_the_next_port_when_its_own_is_busy(machine):
    import socket

    with socket.socket() as busy:
        busy.bind(("127.0.0.1", 0))
        busy.listen()
        wanted = busy.getsockname()[1]
        with started(
            machine,
            BASE_PYTHON,
            "start.py",
            "--no-browser",
            "--port",
            str(wanted),
            port=wanted + 1,
            seconds=LATER_START,
        ) as log:
            said = log.read_text(encoding="utf-8")
    assert f"Port {wanted} is busy" in said
    assert "Installing" not in said
    assert "Making" not in said


def test_changed_requirements_are_installed_again(machine):
    requirements = machine / "requirements.txt"
    before = requirements.read_text(encoding="utf-8")
    requirements.write_text(before + "# one more reason\n", encoding="utf-8")
    try:
        done = ended(machine, BASE_PYTHON, "start.py", "--bad-option")
        assert done.returncode == 2
        port = free_port()
        with started(
            machine, BASE_PYTHON, "start.py", "--no-browser", "--port", str(port), port=port, seconds=FIRST_START
        ) as log:
            assert "Installing requirements.txt" in log.read_text(encoding="utf-8")
    finally:
        requirements.write_text(before, encoding="utf-8")


def test_the_test_command_installs_the_test_requirements_and_runs_pytest(machine):
    done = ended(machine, BASE_PYTHON, "start.py", "test", "--collect-only", "-q")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Installing requirements-dev.txt" in done.stdout
    assert "tests collected" in done.stdout


def test_the_plain_way_of_the_readme_works_too(machine):
    readme = (machine / "README.md").read_text(encoding="utf-8")
    for line in (
        "pip install -r requirements.txt",
        "streamlit run app.py",
        "pip install -r requirements-dev.txt",
        "pytest",
    ):
        assert f"\n{line}\n" in readme, line
    python = str(machine / ".venv" / "bin" / "python")
    for requirements in ("requirements.txt", "requirements-dev.txt"):
        assert ended(machine, python, "-m", "pip", "install", "-q", "-r", requirements).returncode == 0
    port = free_port()
    with started(
        machine, python, "-m", "streamlit", "run", "app.py", "--server.port", str(port), port=port, seconds=LATER_START
    ):
        pass
    assert ended(machine, python, "-m", "pytest", "--collect-only", "-q").returncode == 0


def test_without_network_the_sentence_is_plain_and_the_rest_is_in_a_log(machine):
    requirements = machine / "requirements.txt"
    before = requirements.read_text(encoding="utf-8")
    requirements.write_text(before + "six==1.16.0\n", encoding="utf-8")
    unreachable = {
        "PIP_INDEX_URL": "http://127.0.0.1:9/simple",
        "PIP_CONFIG_FILE": os.devnull,
        "PIP_FIND_LINKS": "",
        "PIP_NO_CACHE_DIR": "1",
    }
    try:
        done = ended(machine, BASE_PYTHON, "start.py", "--no-browser", seconds=LATER_START, **unreachable)
    finally:
        requirements.write_text(before, encoding="utf-8")
    assert done.returncode == 1
    assert "Is this computer connected to the Internet?" in done.stderr
    assert "Traceback" not in done.stdout + done.stderr
    assert "six" in (machine / ".venv" / "install.log").read_text(encoding="utf-8")


def test_a_python_without_ensurepip_says_which_package_to_install(machine, tmp_path):
    (tmp_path / "ensurepip.py").write_text("raise ImportError('as on Debian')\n", encoding="utf-8")
    kept = machine / ".venv"
    kept.rename(machine / ".venv-aside")
    try:
        done = ended(machine, BASE_PYTHON, "start.py", "--no-browser", seconds=LATER_START, PYTHONPATH=str(tmp_path))
        assert done.returncode == 1
        assert f"sudo apt install python{sys.version_info[0]}.{sys.version_info[1]}-venv" in done.stderr
        assert not kept.exists()
    finally:
        (machine / ".venv-aside").rename(kept)


def test_an_environment_whose_python_is_gone_is_made_again(machine):
    python = machine / ".venv" / "bin" / "python"
    python.unlink()
    python.symlink_to("/nonexistent/python")
    port = free_port()
    with started(
        machine, BASE_PYTHON, "start.py", "--no-browser", "--port", str(port), port=port, seconds=FIRST_START
    ) as log:
        assert "Making the environment" in log.read_text(encoding="utf-8")
