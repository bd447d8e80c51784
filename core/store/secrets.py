"""Finds the value of a secret by its reference, in secrets.toml of the home or in the environment. Keeps, logs and shows none."""

from __future__ import annotations

import os
import re
import stat
import sys
import tomllib
from pathlib import Path
from typing import Any

from core.domain.messages import Refusal, msg, refuse

FILE = "secrets.toml"
_REFERENCE = re.compile(r"(env:[A-Za-z_][A-Za-z0-9_]*|secrets:[A-Za-z0-9_-]+(\.[A-Za-z0-9_-]+)*)")


def is_reference(text: str) -> bool:
    """Whether a text names a secret (env:NAME or secrets:name) rather than being one."""
    return _REFERENCE.fullmatch(text) is not None


def value(home: Path, reference: str, field: str) -> str:
    """The secret behind a reference; empty for an empty one. Raises Refusal on `field`, never with the value."""
    if not reference:
        return ""
    if not is_reference(reference):
        raise not_a_reference(field)
    place, _, name = reference.partition(":")
    found = os.environ.get(name) if place == "env" else _in_file(home / FILE, name, field)
    if not found:
        raise _absent(reference, field)
    return found


def not_a_reference(field: str) -> Refusal:
    """The Refusal of something that may be the secret itself: it is not repeated."""
    return refuse(
        "secret-typed",
        msg("Here stands the name of a secret, never the secret itself: nothing was kept."),
        msg("Write the password in the file secrets.toml of the data folder and type secrets:name here, or env:NAME."),
        field=field,
    )


def _in_file(path: Path, name: str, field: str) -> str:
    _check_mode(path, field)
    try:
        found: Any = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise refuse(
            "secrets-absent",
            msg("There is no file {name} in the data folder.", name=FILE),
            msg('Make it with a line such as smtp = "the password", readable by you alone.'),
            field=field,
        ) from error
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError):
        raise refuse(
            "secrets-unreadable",
            msg("The file {name} cannot be read.", name=FILE),
            msg("Each line is a name, an equals sign and the secret in quotes."),
            field=field,
        ) from None  # the error of the reader quotes the file
    for step in name.split("."):
        found = found.get(step) if isinstance(found, dict) else None
    return found if isinstance(found, str) else ""


def _check_mode(path: Path, field: str) -> None:
    """A file that others of this computer may read keeps no secret. Windows says it in another way, which is not looked at."""
    if sys.platform == "win32" or not path.exists():
        return
    mode = stat.S_IMODE(path.stat().st_mode)
    if mode & 0o077:
        raise refuse(
            "secrets-open",
            msg("Others on this computer may read {name} (mode {given}).", name=FILE, given=f"{mode:o}"),
            msg("Run “chmod 600 {place}”, then try again; nothing was read from it.", place=str(path)),
            field=field,
            value=f"{mode:o}",
        )


def _absent(reference: str, field: str) -> Refusal:
    return refuse(
        "secret-absent",
        msg("There is no secret under {given}.", given=reference),
        msg("Check the name, and that the file or the environment of the program holds it."),
        field=field,
        value=reference,
    )
