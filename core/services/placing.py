"""A case typed by hand: likely duplicates are proposed, never merged; debts join the debtor's open case. Imports no file."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from core.domain import addresses, identity
from core.domain.dates import after, not_after
from core.domain.folding import fold
from core.domain.messages import Problem, Refusal, choice_unknown, msg
from core.domain.phones import phone
from core.domain.rights import Right
from core.services.context import Ctx, service
from core.store import creditors, journal, placing
from core.store.placing import Likeness, NewContactPoint, NewDebt, NewParty
from core.store.unit import Unit

T = TypeVar("T")
KINDS = ("individual", "business", "association", "public")


@dataclass(frozen=True, slots=True)
class DebtEntry:
    """A debt as typed: cents, days; `due_on` None when the file does not say."""

    ref: str
    nature: str
    amount: int
    issued_on: dt.date | None = None
    due_on: dt.date | None = None
    label: str = ""
    paid_before: int = 0


@dataclass(frozen=True, slots=True)
class CaseEntry:
    """A case as typed."""

    creditor_id: int
    kind: str
    name: str
    first_name: str = ""
    siren: str = ""
    address: str = ""
    postcode: str = ""
    city: str = ""
    country: str = "FR"
    phone: str = ""
    email: str = ""
    creditor_case_ref: str = ""
    first_letter_ref: str = ""
    first_letter_on: dt.date | None = None
    debts: tuple[DebtEntry, ...] = ()


@dataclass(frozen=True, slots=True)
class _Checked:
    party: NewParty
    contacts: tuple[NewContactPoint, ...]
    debts: tuple[NewDebt, ...]


@service(Right.PLACE)
def likely_same(ctx: Ctx, entry: CaseEntry) -> tuple[Likeness, ...]:
    """Parties already here that may be this debtor, with the reason; proposals only."""
    checked = _check(ctx, entry)
    with ctx.store.read() as reader:
        values = tuple(c.value for c in checked.contacts if c.kind != "address")
        return placing.alike(
            reader, checked.party.siren, fold(f"{checked.party.name} {checked.party.first_name}"), values
        )


@service(Right.PLACE)
def place_case(ctx: Ctx, entry: CaseEntry, token: str, same_party: int | None = None) -> int:
    """Open a case, or add the debts to the open case of `same_party` (chosen by the person). Returns the case's number."""
    checked = _check(ctx, entry)
    with ctx.write() as unit:
        before = unit.done_before(token, "place_case")
        if before:
            return int(before)
        _refuse_known_debts(unit, entry.creditor_id, checked.debts)
        if same_party and not placing.party_exists(unit, same_party):
            raise Refusal(
                Problem(
                    "party-unknown", msg("The person chosen is no longer here."), msg("Choose again."), field="same"
                )
            )
        party = same_party or placing.add_party(unit, checked.party)
        for contact in checked.contacts:
            if not placing.has_contact_point(unit, party, contact.kind, contact.value):
                placing.add_contact_point(unit, party, contact, "creditor")
        case_id = placing.open_case_of(unit, party, entry.creditor_id) or _new_case(ctx, unit, entry, party)
        for debt in checked.debts:
            placing.add_debt(unit, case_id, entry.creditor_id, debt, ctx.day)
        unit.touch(case_id)
        unit.audit("case.placed", "case", case_id, creditor=entry.creditor_id, party=party, debts=len(checked.debts))
        unit.remember(token, "place_case", case_id)
        return case_id


def _new_case(ctx: Ctx, unit: Unit, entry: CaseEntry, party: int) -> int:
    mandate = creditors.mandate_in_force(unit, entry.creditor_id, ctx.day)
    letter = entry.first_letter_on.isoformat() if entry.first_letter_on else None
    case_id = placing.add_case(
        unit,
        entry.creditor_id,
        party,
        mandate,
        ctx.day,
        entry.creditor_case_ref.strip(),
        entry.first_letter_ref.strip(),
        letter,
    )
    kind = "first_call" if letter else "first_letter"
    journal.add_task(unit, case_id, kind, after(ctx.today, 0).isoformat(), origin="placement")
    return case_id


def _refuse_known_debts(unit: Unit, creditor_id: int, debts: tuple[NewDebt, ...]) -> None:
    for number, debt in enumerate(debts, 1):
        known = placing.debt_taken(unit, creditor_id, debt.ref)
        if known:
            raise Refusal(
                Problem(
                    "debt-known",
                    msg("This creditor already has a debt “{given}”, in case {case}.", given=debt.ref, case=known),
                    msg("Open that case, or give this debt the reference that tells it apart."),
                    field=f"debt_ref_{number}",
                    value=debt.ref,
                )
            )


class _Trial:
    """Runs checks and keeps what they refuse, so that a form shows all its faults at once."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []

    def of(self, check: Callable[[], T], otherwise: T) -> T:
        """The checked value, or `otherwise` with the problem kept."""
        try:
            return check()
        except Refusal as refusal:
            self.problems.extend(refusal.problems)
            return otherwise


def _check(ctx: Ctx, entry: CaseEntry) -> _Checked:
    trial = _Trial()
    problems = trial.problems
    siren = trial.of(lambda: identity.siren(entry.siren) if entry.siren.strip() else "", "")
    contacts = _contacts(entry, trial)
    if not identity.name(entry.name):
        problems.append(
            Problem(
                "field-empty",
                msg("Who owes the money? The name is missing."),
                msg("Type the surname or the company's name."),
                field="name",
            )
        )
    if entry.kind not in KINDS:
        problems.append(choice_unknown("kind", entry.kind))
    if not entry.debts:
        problems.append(
            Problem(
                "debt-missing",
                msg("A case needs at least one debt."),
                msg("Type its reference and amount."),
                field="debt_ref_1",
            )
        )
    letter = entry.first_letter_on
    if letter:
        trial.of(lambda: not_after(letter, ctx.today, field="first_letter_on"), ctx.today)
    debts = tuple(_debt(ctx, debt, number, problems) for number, debt in enumerate(entry.debts, 1))
    if problems:
        raise Refusal(*problems)
    party = NewParty(
        entry.kind, identity.name(entry.name), identity.name(entry.first_name), siren, creditor_id=entry.creditor_id
    )
    return _Checked(party, contacts, debts)


def _contacts(entry: CaseEntry, trial: _Trial) -> tuple[NewContactPoint, ...]:
    found = []
    country = trial.of(lambda: addresses.country(entry.country), "FR")
    postcode = trial.of(
        lambda: addresses.postcode(entry.postcode, in_country=country) if entry.postcode.strip() else "", ""
    )
    lines: tuple[str, ...] = trial.of(lambda: addresses.address_lines(entry.address), ("",))
    if lines or postcode or entry.city.strip():
        text = "\n".join(lines) or "-"
        found.append(
            NewContactPoint("address", text, postcode=postcode, city=addresses.city(entry.city), country=country)
        )
    number = trial.of(lambda: phone(entry.phone, postcode=entry.postcode), None)
    if number:
        found.append(NewContactPoint("phone", number.e164, number.kind))
    mail = trial.of(lambda: identity.email(entry.email) if entry.email.strip() else "", "")
    if mail:
        found.append(NewContactPoint("email", mail))
    return tuple(found)


def _debt(ctx: Ctx, debt: DebtEntry, number: int, problems: list[Problem]) -> NewDebt:
    owed = debt.amount - debt.paid_before
    problems.extend(_debt_faults(ctx, debt, number))
    return NewDebt(
        debt.ref.strip(),
        debt.nature,
        debt.label.strip(),
        debt.issued_on.isoformat() if debt.issued_on else None,
        debt.due_on.isoformat() if debt.due_on else None,
        max(debt.amount, 1),
        max(owed, 1),
        _hand_key(debt),
    )


def _debt_faults(ctx: Ctx, debt: DebtEntry, number: int) -> list[Problem]:
    """What is wrong in one typed debt, each on its field."""
    issued, due = debt.issued_on, debt.due_on
    checks = (
        (not debt.ref.strip(), "field-empty", "ref", msg("The debt has no reference: the debtor could not recognise it."),
         msg("Type the invoice number.")),
        (debt.amount <= 0, "amount-not-positive", "amount", msg("The amount must be more than zero."),
         msg("Type the amount of the invoice.")),
        (debt.amount > 0 and not 0 <= debt.paid_before < debt.amount, "nothing-owed", "paid",
         msg("What was paid before covers the whole amount: nothing is owed."), msg("Check both amounts.")),
        (bool(issued and issued > ctx.today), "date-in-future", "issued", msg("{given} is in the future.", given=issued),
         msg("Type the day on the invoice.")),
        (bool(issued and due and due < issued), "due-before-issue", "due",
         msg("The due date ({due}) is before the invoice ({issued}).", due=due, issued=issued), msg("Check both days.")),
    )  # fmt: skip
    return [
        Problem(code, reason, remedy, field=f"debt_{field}_{number}")
        for wrong, code, field, reason, remedy in checks
        if wrong
    ]


def _hand_key(debt: DebtEntry) -> str:
    """Stable identity of a line typed by hand, as an import's line key is of a line of a file."""
    plain = json.dumps(["hand", fold(debt.ref), str(debt.issued_on), str(debt.due_on), debt.amount, debt.paid_before])
    return hashlib.sha256(plain.encode()).hexdigest()[:32]
