#!/usr/bin/env python3
# -*- coding: utf-8 -*-
"""Makes .venv, installs Quittance in it, then starts the server and the browser, or runs the tests. Imports nothing of the project.

    python start.py [--port N] [--no-browser]
    python start.py test [arguments of pytest]

Only the standard library, in a syntax that Python 2.7 still reads: an old Python must be able to say that it is too old.
"""

import sys

if sys.version_info < (3, 11):
    sys.exit(
        "Quittance demande Python 3.11 ou plus récent ; celui-ci est Python %d.%d. Installez-en un (python.org), relancez avec lui.\n"
        "Quittance needs Python 3.11 or newer; this one is Python %d.%d. Install one (python.org), run this again with it."
        % (sys.version_info[:2] * 2)
    )

import hashlib
import json
import locale
import os
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request
import webbrowser
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
LOG = VENV / "install.log"
PORT = 8501
START_SECONDS = 90


class Stop(Exception):  # noqa: N818 - ends the program with a sentence, and may not be an error
    """A sentence for the person, and the exit code."""

    def __init__(self, sentence, code=1):
        super().__init__(sentence)
        self.code = code


def tell(french, english):
    """Choose the sentence in the computer's language."""
    here = os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG")
    here = here or locale.getlocale()[0] or ""
    return french if here.lower().startswith("fr") else english


def say(french, english):
    """Say one line at the terminal, at once."""
    sys.stdout.write(tell(french, english) + "\n")
    sys.stdout.flush()


def check_venv():
    """Refuse a Python that lacks what an environment is made with."""
    try:
        import ensurepip  # noqa: F401
        import venv  # noqa: F401
    except ImportError:
        package = "python%d.%d-venv" % sys.version_info[:2]
        raise Stop(tell(
            "Ce Python ne sait pas créer d'environnement. Sur Debian ou Ubuntu : sudo apt install " + package + ", puis relancez.",
            "This Python cannot make an environment. On Debian or Ubuntu: sudo apt install " + package + ", then run this again.",
        ))


def venv_version():
    """Version of the environment's Python, empty when there is none or it no longer runs (its Python was removed)."""
    code = "import sys, pip; print('%d.%d.%d' % sys.version_info[:3] if sys.version_info >= (3, 11) else '')"
    try:
        done = subprocess.run([str(PYTHON), "-c", code], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=False)
    except OSError:
        return ""
    return done.stdout.decode("ascii", "replace").strip() if done.returncode == 0 else ""


def make_venv():
    """Make .venv unless a working one is there; return its Python's version."""
    found = venv_version()
    if not found:
        check_venv()
        say("Création de l'environnement .venv…", "Making the environment .venv…")
        subprocess.run([sys.executable, "-m", "venv", "--clear", str(VENV)], check=False)
        found = venv_version()
    if not found:
        raise Stop(tell("L'environnement .venv n'a pas pu être créé (voir plus haut).", "The environment .venv was not made (see above)."))
    return found


def install(version, requirements):
    """Install a requirements file with the tested versions, only when it, constraints.txt or Python changed."""
    read = ("requirements.txt", requirements, "constraints.txt")
    wanted = hashlib.sha256(b"\0".join((ROOT / name).read_bytes() for name in read) + version.encode("ascii")).hexdigest()
    stamp = VENV / (requirements + ".sha256")
    if stamp.exists() and stamp.read_text(encoding="ascii") == wanted:
        return
    say("Installation de " + requirements + " (une à trois minutes la première fois)…",
        "Installing " + requirements + " (one to three minutes the first time)…")
    command = [str(PYTHON), "-m", "pip", "install", "--no-input", "--disable-pip-version-check", "--retries", "2",
               "-r", str(ROOT / requirements), "-c", str(ROOT / "constraints.txt")]
    with LOG.open("wb") as log:
        done = subprocess.run(
            command, stdout=log, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL, env=dict(os.environ, PIP_USER="0"), check=False
        )
    if done.returncode:
        raise Stop(tell(
            "Les paquets n'ont pas pu être installés. L'ordinateur est-il relié à Internet ? Le détail est dans " + str(LOG),
            "The packages could not be installed. Is this computer connected to the Internet? The details are in " + str(LOG),
        ))
    stamp.write_text(wanted, encoding="ascii")


def run_tests(arguments):
    """Run pytest in the environment with the test requirements; its exit code is ours."""
    install(make_venv(), "requirements-dev.txt")
    say("pytest…", "pytest…")
    return subprocess.run([str(PYTHON), "-m", "pytest"] + arguments, cwd=str(ROOT), check=False).returncode


def ask(port):
    """Answer of /healthz on this port as a mapping, None when nobody (or another program) answers."""
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open("http://127.0.0.1:%d/healthz" % port, timeout=2) as answer:
            body = answer.read()
    except urllib.error.HTTPError as error:
        body = error.read()
    except (OSError, ValueError):
        return None
    try:
        found = json.loads(body.decode("utf-8"))
    except ValueError:
        return None
    return found if isinstance(found, dict) and found.get("program") == "quittance" else None


def is_free(port):
    """Tell whether this computer has nobody on that port."""
    with socket.socket() as probe:
        if os.name != "nt":
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def choose_port(wanted):
    """Take the wanted port, or the next free one, and say so."""
    port = next((candidate for candidate in range(wanted, min(wanted + 100, 65536)) if is_free(candidate)), None)
    if port is None:
        raise Stop(tell("Aucun port libre à partir de %d." % wanted, "No free port from %d on." % wanted))
    if port != wanted:
        say("Le port %d est occupé : Quittance prend le %d." % (wanted, port), "Port %d is busy: Quittance takes %d." % (wanted, port))
    return port


def show(port, browser):
    """Say the address and open it."""
    address = "http://127.0.0.1:%d" % port
    say("Quittance est ouverte : " + address, "Quittance is open: " + address)
    if browser:
        webbrowser.open(address)


def wait_for(server, port):
    """Wait until the server answers, be it to say why it cannot open; stop when it ends or takes too long."""
    end = time.monotonic() + START_SECONDS
    while ask(port) is None:
        if server.poll() is not None or time.monotonic() > end:
            raise Stop(tell("Le serveur n'a pas démarré (voir ci-dessus).", "The server did not start (see above)."))
        time.sleep(0.2)


def end(server):
    """Let the server finish by itself (it saw the Ctrl+C too), then insist."""
    for insist in (server.terminate, server.kill):
        try:
            server.wait(10)
        except subprocess.TimeoutExpired:
            insist()
    server.wait()


def serve(wanted, browser):
    """Install what is missing, start the server on a free port, open the browser, stay until Ctrl+C."""
    install(make_venv(), "requirements.txt")
    running = ask(wanted)
    if running and running.get("checkout") == hashlib.sha256(str(ROOT).encode("utf-8")).hexdigest()[:12]:
        say("Quittance fonctionne déjà, dans une autre fenêtre.", "Quittance is already running, in another window.")
        show(wanted, browser)
        return 0
    port = choose_port(wanted)
    say("Démarrage… (Ctrl+C arrête Quittance)", "Starting… (Ctrl+C stops Quittance)")
    command = [str(PYTHON), "-m", "streamlit", "run", "app.py", "--server.port", str(port), "--logger.hideWelcomeMessage", "true"]
    server = subprocess.Popen(command, cwd=str(ROOT), stdin=subprocess.DEVNULL)
    signal.signal(signal.SIGTERM, lambda *_: server.terminate())
    try:
        wait_for(server, port)
        show(port, browser)
        return server.wait()
    except KeyboardInterrupt:
        say("Arrêt de Quittance.", "Quittance stops.")
        return 0
    finally:
        if server.poll() is None:
            end(server)


def options(arguments):
    """Read (port, whether to open the browser)."""
    rest, port, browser = list(arguments), PORT, True
    while rest:
        word = rest.pop(0)
        if word == "--no-browser":
            browser = False
        elif word == "--port" and rest and rest[0].isdigit() and 0 < int(rest[0]) < 65536:
            port = int(rest.pop(0))
        else:
            raise Stop(__doc__, 2)
    return port, browser


def main(arguments):
    """Do what was asked; return the exit code."""
    try:
        if arguments[:1] == ["test"]:
            return run_tests(arguments[1:])
        return serve(*options(arguments))
    except Stop as stop:
        sys.stderr.write(str(stop) + "\n")
        if os.name == "nt" and sys.stdin and sys.stdin.isatty():
            input(tell("Entrée pour fermer cette fenêtre. ", "Press Enter to close this window. "))
        return stop.code
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    for stream in (sys.stdout, sys.stderr):
        if stream is not None:  # pythonw has none
            stream.reconfigure(errors="replace")
    sys.exit(main(sys.argv[1:]))
