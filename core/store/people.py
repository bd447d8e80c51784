"""Users, sessions and settings of a store. Judges no password and grants no right."""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from core.store.unit import Reader, Unit, changed_meanwhile


@dataclass(frozen=True, slots=True)
class UserRow:
    """A person who acts in this store."""

    id: int
    name: str
    role: str
    lang: str
    creditor_id: int | None = None  # whose cases a user of role creditor may see; None for every other role


_USER = "SELECT id, name, role, lang, creditor_id FROM users"


def local_user(reader: Reader) -> UserRow | None:
    """The person of a start without sign-in, once introduced."""
    return reader.first(UserRow, f"{_USER} WHERE is_local = 1 AND active = 1 ORDER BY id LIMIT 1")


def user(reader: Reader, user_id: int) -> UserRow | None:
    """An active user by id."""
    return reader.first(UserRow, f"{_USER} WHERE id = ? AND active = 1", (user_id,))


def names(reader: Reader, user_ids: Collection[int]) -> dict[int, str]:
    """The names of some users, active or not."""
    return dict(
        reader.rows(
            "SELECT id, name FROM users WHERE id IN (SELECT value FROM json_each(?))", (json.dumps([*user_ids]),)
        )
    )


def add_local_user(unit: Unit, name: str) -> int:
    """The lead of a house of one."""
    return unit.add("users", name=name, role="lead", is_local=1, created_at=unit.now)


COMMAND = "python -m core"


def command_user(reader: Reader) -> UserRow | None:
    """The user that signs what the command line writes."""
    return reader.first(UserRow, f"{_USER} WHERE is_local = 0 AND name = ? AND active = 1", (COMMAND,))


def add_command_user(unit: Unit) -> int:
    """Make the command line's user."""
    return unit.add("users", name=COMMAND, role="lead", is_local=0, created_at=unit.now)


def first_lead(reader: Reader) -> int | None:
    """Who leads the house, the first of them: decisions are asked of this person."""
    found = reader.value(
        "SELECT id FROM users WHERE role = 'lead' AND active = 1 AND name <> ? ORDER BY is_local DESC, id LIMIT 1",
        (COMMAND,),
    )
    return int(found) if found else None


def rename_user(unit: Unit, user_id: int, name: str) -> None:
    """Give a user another name; what they wrote before shows it too."""
    unit.run("UPDATE users SET name = ?, row_version = row_version + 1 WHERE id = ?", (name, user_id))


def set_user_language(unit: Unit, user_id: int, lang: str) -> None:
    """Remember the language a user chose."""
    unit.run("UPDATE users SET lang = ? WHERE id = ?", (lang, user_id))


def open_session(unit: Unit, token_digest: str, kind: str) -> int:
    """A session row; the token itself is never stored."""
    return unit.add("sessions", token_digest=token_digest, kind=kind, opened_at=unit.now, seen_at=unit.now)


def session(reader: Reader, token_digest: str) -> tuple[str, int | None] | None:
    """Kind and user of a living session, or None."""
    found = reader.rows(
        "SELECT kind, user_id FROM sessions WHERE token_digest = ? AND revoked_at IS NULL", (token_digest,)
    )
    return (found[0][0], found[0][1]) if found else None


def end_local_sessions(unit: Unit) -> None:
    """A new server start ends the sessions of the one before."""
    unit.run("UPDATE sessions SET revoked_at = ? WHERE kind = 'local' AND revoked_at IS NULL", (unit.now,))


def setting(reader: Reader, key: str, user_id: int = 0) -> tuple[Any, int]:
    """A setting's value and row version; (None, 0) when it was never set. User 0 is the house."""
    found = reader.rows("SELECT value, row_version FROM settings WHERE user_id = ? AND key = ?", (user_id, key))
    return (json.loads(found[0][0]), found[0][1]) if found else (None, 0)


def set_setting(unit: Unit, key: str, value: Any, user_id: int = 0, row_version: int | None = None) -> None:
    """Set a value; with `row_version`, refuse when someone changed it meanwhile (0 = it was not there)."""
    here = setting(unit, key, user_id)[1]
    if row_version is not None and here != row_version:
        raise changed_meanwhile(f"settings {key}")
    unit.run(
        "INSERT INTO settings(user_id, key, value) VALUES (?, ?, ?) "
        "ON CONFLICT DO UPDATE SET value = excluded.value, row_version = row_version + 1",
        (user_id, key, json.dumps(value, ensure_ascii=False)),
    )


@dataclass(frozen=True, slots=True)
class Meta:
    """What a store says of itself."""

    store_id: str
    code: str
    kind: str
    schema: int
    time_zone: str
    data_version: int
    rolled_on: str | None


def meta(reader: Reader) -> Meta:
    """The store's own row."""
    found = reader.first(Meta, "SELECT store_id, code, kind, schema, time_zone, data_version, rolled_on FROM meta")
    if found is None:
        raise LookupError("the store has no meta row")
    return found


def data_key(reader: Reader) -> tuple[str, int, str]:
    """What a reading of the whole store is true under: the store, how many units have written to it, the end of its audit chain.

    The chain tells a store from a copy or a restored backup of it that went another way.
    """
    found = meta(reader)
    return found.store_id, found.data_version, reader.value("SELECT hash FROM audit ORDER BY id DESC LIMIT 1") or ""


def set_rolled(unit: Unit, day: str) -> None:
    """Remember the last day whose roll was done."""
    unit.run("UPDATE meta SET rolled_on = ?", (day,))
