"""Who is there: sessions of a local start, the first introduction, language and space. Knows no password (a later issue does)."""

from __future__ import annotations

import hashlib
import secrets

from core.domain.messages import msg, refuse
from core.domain.rights import Right
from core.i18n import DEFAULT, LOCALES
from core.services import house
from core.services.context import NOBODY, Ctx, User, service
from core.services.law import law_of
from core.store import people
from core.store.home import SPACES, home
from core.store.migrations import check_not_newer, open_store
from core.store.unit import Store

LONGEST_NAME = 80


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def open_local_session() -> str:
    """A fresh session id for this server start, without sign-in; the one before ends. Only its digest is stored."""
    store = home().store("agency")
    token = secrets.token_urlsafe(32)
    moment = house.now()
    with store.write(0, moment.strftime("%Y-%m-%dT%H:%M:%SZ"), moment.date().isoformat()) as unit:
        people.end_local_sessions(unit)
        people.open_session(unit, _digest(token), "local")
    return token


def resolve(token: str, *, lang: str = DEFAULT, space: str | None = None) -> Ctx | None:
    """The context of a session id, or None when the session is unknown or ended.

    Before the first introduction the user is nobody, who may only introduce themself. `space` overrides the space the
    person last chose.
    """
    found = home()
    agency = found.store("agency")
    with agency.read() as reader:
        session = people.session(reader, _digest(token)) if token else None
        if session is None:
            return None
        row = people.user(reader, session[1]) if session[1] else people.local_user(reader)
        chosen = space or people.setting(reader, "space")[0] or "agency"
    if chosen == "agency":
        return _context(agency, "agency", row, lang)
    other = open_store(found.store(chosen).path, found.store(chosen).folder)
    with other.read() as reader:
        return _context(other, chosen, people.local_user(reader), lang)


def _context(store: Store, space: str, row: people.UserRow | None, lang: str) -> Ctx:
    with store.read() as reader:
        zone = people.meta(reader).time_zone
        law = law_of(reader).fingerprint
    user = User(row.id, row.name, row.role, row.lang, row.creditor_id) if row else NOBODY
    moment = house.now()
    return Ctx(user, store, space, moment, house.legal_today(moment, zone), user.lang or lang, zone, law)


def command_context(store: Store, lang: str = DEFAULT, space: str = "agency", *, signs: bool = True) -> Ctx:
    """The context of the command line, whose writes are signed “python -m core” (a user made on first use).

    A command that only reads does not sign: it leaves the store as it is.
    """
    check_not_newer(store.path)
    with store.read() as reader:
        row = people.command_user(reader)
    if row is None and not signs:
        row = people.UserRow(0, people.COMMAND, "lead", "")
    if row is None:
        moment = house.now().strftime("%Y-%m-%dT%H:%M:%SZ")
        with store.write(0, moment, moment[:10]) as unit:
            people.add_command_user(unit)
            unit.audit("user.introduced", "user", 0)
            row = people.command_user(unit)
    return _context(store, space, row, lang)


def clean_name(name: str) -> str:
    """A person's name, blanks tidied; refused when empty or too long."""
    tidy = " ".join(name.split())
    if not 0 < len(tidy) <= LONGEST_NAME:
        raise refuse(
            "name-missing",
            msg("Each entry of the journal has an author: your name is needed."),
            msg("Type your first and last name, {most} characters at most.", most=LONGEST_NAME),
            field="name",
            value=name,
        )
    return tidy


@service(Right.INTRODUCE)
def introduce(ctx: Ctx, name: str) -> int:
    """Take the name of the person of a local start; they become the lead of a house of one. Returns the user id."""
    tidy = clean_name(name)
    with ctx.store.write(1, ctx.stamp, ctx.day) as unit:
        found = people.local_user(unit)
        if found:
            return found.id
        user_id = people.add_local_user(unit, tidy)
        unit.actor_id = user_id
        unit.audit("user.introduced", "user", user_id)
    return user_id


@service(Right.PREFERENCES)
def rename(ctx: Ctx, name: str) -> None:
    """Change one's own name."""
    tidy = clean_name(name)
    with ctx.write() as unit:
        people.rename_user(unit, ctx.user.id, tidy)
        unit.audit("user.renamed", "user", ctx.user.id)


@service(Right.PREFERENCES)
def choose_language(ctx: Ctx, lang: str) -> None:
    """Remember one's own language."""
    if lang not in LOCALES:
        raise refuse(
            "language-unknown",
            msg("“{given}” is not a language of this program.", given=lang),
            msg("Choose French or English."),
            field="lang",
            value=lang,
        )
    with ctx.write() as unit:
        people.set_user_language(unit, ctx.user.id, lang)
        unit.audit("user.language", "user", ctx.user.id)


@service(Right.DISCOVER)
def choose_space(ctx: Ctx, space: str) -> None:
    """Go to the agency or to the demonstration; remembered by this computer. The space's store must exist."""
    if space not in SPACES:
        raise refuse(
            "space-unknown",
            msg("“{given}” is not a space of this installation.", given=space),
            msg("Choose the agency or the demonstration."),
            field="space",
            value=space,
        )
    with home().store("agency").write(0, ctx.stamp, ctx.day) as unit:
        people.set_setting(unit, "space", space)
