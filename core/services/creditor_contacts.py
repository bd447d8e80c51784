"""The persons of a creditor by department (sales, accounting, legal, other): kept, listed, ended. Asks them nothing."""

from __future__ import annotations

from dataclasses import asdict, dataclass

from core.domain import identity
from core.domain.messages import Problem, Refusal, choice_unknown, msg
from core.domain.phones import phone
from core.domain.rights import Right
from core.law.stops import dispute_data
from core.services.context import Ctx, service
from core.services.refusals import empty_field, no_creditor, unknown_choice
from core.store import creditors
from core.store import questions as kept
from core.store.questions import CreditorContact

__all__ = ["LANGUAGES", "ContactEntry", "CreditorContact", "contacts_of", "departments", "end_contact", "save_contact"]
LANGUAGES = ("fr", "en")


@dataclass(frozen=True, slots=True)
class ContactEntry:
    """A person of a creditor as typed."""

    department: str
    name: str
    email: str = ""
    phone: str = ""
    lang: str = "fr"


def departments() -> tuple[str, ...]:
    """The departments of a creditor, in the order of the data."""
    return tuple(dispute_data().departments)


@service(Right.READ)
def contacts_of(ctx: Ctx, creditor_id: int) -> tuple[CreditorContact, ...]:
    """The persons of a creditor that may be asked."""
    with ctx.store.read() as reader:
        return kept.contacts(reader, creditor_id)


@service(Right.CREDITORS)
def save_contact(
    ctx: Ctx, creditor_id: int, entry: ContactEntry, contact_id: int | None = None, row_version: int = 0
) -> int:
    """Add or change a person of a creditor; every wrong field is refused together. Returns its id."""
    values = _checked(entry)
    with ctx.write() as unit:
        if creditors.creditor(unit, creditor_id) is None:
            raise no_creditor(creditor_id)
        before = kept.contact(unit, contact_id) if contact_id is not None else None
        if contact_id is not None and (before is None or before.creditor_id != creditor_id):
            raise unknown_choice("contact", str(contact_id))
        saved = kept.save_contact(unit, creditor_id, contact_id, row_version, dict(values))
        unit.audit("creditor_contact.saved", "creditor_contact", saved, creditor=creditor_id)
    return saved


@service(Right.CREDITORS)
def end_contact(ctx: Ctx, contact_id: int, row_version: int) -> None:
    """This person is no longer asked; the questions they were asked stay as they are. Raises Refusal "choice-unknown"."""
    with ctx.write() as unit:
        found = kept.contact(unit, contact_id)
        if found is None or found.ended_on:
            raise unknown_choice("contact", str(contact_id))
        kept.save_contact(unit, found.creditor_id, contact_id, row_version, {"ended_on": ctx.day})
        unit.audit("creditor_contact.ended", "creditor_contact", contact_id, creditor=found.creditor_id)


def _checked(entry: ContactEntry) -> dict[str, str]:
    values = {name: value.strip() for name, value in asdict(entry).items()}
    problems: list[Problem] = [] if values["name"] else [empty_field("name")]
    if values["department"] not in departments():
        problems.append(choice_unknown("department", values["department"]))
    if values["lang"] not in LANGUAGES:
        problems.append(choice_unknown("lang", values["lang"]))
    try:
        values["email"] = identity.email(values["email"], field="email")
        found = phone(values["phone"], field="phone")
        values["phone"] = found.e164 if found else ""
    except Refusal as refusal:
        problems.extend(refusal.problems)
    if not values["email"] and not values["phone"] and not problems:
        reason = msg("This person could be asked nothing: neither e-mail nor telephone.")
        problems.append(Problem("no-way", reason, msg("Type one of the two."), field="email"))
    if problems:
        raise Refusal(*problems)
    return values
