"""The people of the house and whose case it is. Signs nobody in: a colleague is who cases are given to and entries are signed by."""

from __future__ import annotations

from collections.abc import Collection

from core.domain.identity import email as email_address
from core.domain.messages import msg, refuse
from core.domain.rights import Right
from core.services.access import clean_name
from core.services.context import Ctx, service
from core.services.refusals import no_case, unknown_choice
from core.store import team as kept
from core.store.team import Colleague
from core.store.unit import Reader, Unit

__all__ = [
    "ROLES",
    "WORKERS",
    "Colleague",
    "add_colleague",
    "assign_case",
    "assign_cases",
    "colleagues",
    "open_cases",
    "retire_colleague",
]
ROLES = ("collector", "lead", "trainee", "auditor")
WORKERS = ("lead", "collector", "trainee")  # who may be given a case


@service(Right.READ)
def colleagues(ctx: Ctx) -> tuple[Colleague, ...]:
    """The colleagues at work, by name, oneself among them."""
    with ctx.store.read() as reader:
        return kept.colleagues(reader)


@service(Right.READ)
def open_cases(ctx: Ctx) -> dict[int, int]:
    """How many open cases each colleague has, by user id; nobody with none is in it."""
    with ctx.store.read() as reader:
        return kept.open_cases(reader)


@service(Right.TEAM)
def add_colleague(ctx: Ctx, name: str, role: str, email: str = "") -> int:
    """Add a colleague; returns their id. Raises Refusal "name-missing", "name-taken", "choice-unknown", or on the e-mail."""
    tidy = clean_name(name)
    if role not in ROLES:
        raise unknown_choice("role", role)
    address = email_address(email) or "" if email.strip() else ""
    with ctx.write() as unit:
        if any(other.name.casefold() == tidy.casefold() for other in kept.colleagues(unit)):
            raise refuse(
                "name-taken",
                msg("“{name}” is in the team already.", name=tidy),
                msg("Add a middle name or an initial, so that the journal tells them apart."),
                field="name",
                value=tidy,
            )
        user_id = kept.add(unit, tidy, role, address)
        unit.audit("colleague.added", "user", user_id, role=role)
    return user_id


@service(Right.TEAM)
def retire_colleague(ctx: Ctx, user_id: int, row_version: int, successor: int | None = None) -> int:
    """A colleague who left: their open cases go to `successor`, or to nobody; what they wrote keeps their name.

    Returns how many cases changed hands. Raises Refusal "colleague-unknown", "colleague-oneself", "changed-meanwhile".
    """
    with ctx.write() as unit:
        leaving = _colleague(unit, user_id)
        if leaving.is_local or leaving.id == ctx.user.id:
            raise refuse(
                "colleague-oneself",
                msg("The person at work on this computer cannot be retired."),
                msg("Change your name instead, if somebody else works here from now on."),
                field="colleague",
            )
        if successor is not None:
            _worker(unit, successor)
        if successor == user_id:
            raise unknown_choice("successor", leaving.name)
        moved = kept.assign(unit, kept.cases_of(unit, user_id), successor)
        kept.retire(unit, user_id, row_version)
        unit.audit("colleague.retired", "user", user_id, cases=moved, successor=successor or 0)
    return moved


@service(Right.ASSIGN)
def assign_case(ctx: Ctx, case_id: int, user_id: int | None) -> None:
    """Give a case to a colleague, or to nobody. Raises Refusal "case-unknown", "colleague-unknown", "colleague-reads-only"."""
    _assign(ctx, (case_id,), user_id)


@service(Right.ASSIGN)
def assign_cases(ctx: Ctx, case_ids: Collection[int], user_id: int | None) -> int:
    """Give several cases in one unit, all or none; returns how many changed hands. Raises as `assign_case`."""
    return _assign(ctx, case_ids, user_id)


def _assign(ctx: Ctx, case_ids: Collection[int], user_id: int | None) -> int:
    with ctx.write() as unit:
        missing = kept.missing(unit, case_ids)
        if missing:
            raise no_case(missing[0])
        if user_id is not None:
            _worker(unit, user_id)
        moved = kept.assign(unit, case_ids, user_id)
        if len(case_ids) == 1:
            unit.audit("case.assigned", "case", next(iter(case_ids)), collector=user_id or 0)
        else:
            unit.audit("cases.assigned", "user", user_id or 0, cases=sorted(case_ids))
    return moved


def _colleague(reader: Reader, user_id: int) -> Colleague:
    found = next((person for person in kept.colleagues(reader) if person.id == user_id), None)
    if found is None:
        raise refuse(
            "colleague-unknown",
            msg("This person is not in the team, or left it."),
            msg("Choose someone of the list."),
            field="colleague",
            value=str(user_id),
        )
    return found


def _worker(unit: Unit, user_id: int) -> Colleague:
    found = _colleague(unit, user_id)
    if found.role not in WORKERS:
        raise refuse(
            "colleague-reads-only",
            msg("{name} only reads: no case can be given to them.", name=found.name),
            msg("Choose a collector, a trainee or a lead."),
            field="colleague",
            value=str(user_id),
        )
    return found
