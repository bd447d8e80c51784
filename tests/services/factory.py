"""Builders for tests: a creditor, a case, with defaults, so that a test names only what matters to it. Asserts nothing."""

from __future__ import annotations

import datetime as dt
import itertools

from core.domain.outcomes import Facts
from core.services import agency, creditors, journal, placing
from core.services.context import Ctx
from core.services.journal import ContactEntry
from core.services.placing import CaseEntry, DebtEntry

_NUMBER = itertools.count(1)


def a_creditor(ctx: Ctx, name: str = "Garage du Port") -> int:
    return creditors.save_creditor(ctx, creditors.CreditorEntry(f"C{next(_NUMBER)}", name))


def a_debt(
    ref: str = "", amount: int = 10000, due: dt.date | None = dt.date(2026, 2, 1), paid_before: int = 0
) -> DebtEntry:
    return DebtEntry(ref or f"F-{next(_NUMBER)}", "invoice", amount, dt.date(2026, 1, 1), due, paid_before=paid_before)


def a_case(
    ctx: Ctx,
    *debts: DebtEntry,
    creditor: int | None = None,
    name: str = "Lefèvre",
    same: int | None = None,
    **more: object,
) -> int:
    if "first_letter_on" not in more:  # most tests work a case whose first letter has left (CPCE R.124-4)
        more |= {"first_letter_ref": f"LR-{next(_NUMBER)}", "first_letter_on": dt.date(2026, 1, 5)}
    entry = CaseEntry(
        creditor or a_creditor(ctx), more.pop("kind", "individual"), name, debts=debts or (a_debt(),), **more
    )
    return placing.place_case(ctx, entry, f"case-{next(_NUMBER)}", same)


def a_call(ctx: Ctx, case_id: int, result: str, **facts: object) -> journal.Logged:
    words = tuple(
        (k, str(facts.pop(k)))
        for k in ("reason", "note", "name", "proof", "plan", "documents", "court", "procedure", "steps")
        if k in facts
    )
    known = {"happened_on": ctx.today, **facts}
    point = known.pop("point", None)
    corrects = known.pop("corrects", None)
    channel, because, hour = known.pop("channel", "call"), known.pop("because", ""), known.pop("at", "")
    entry = ContactEntry(
        case_id,
        channel,
        "out",
        result,
        Facts(words=words, **known),
        hour,
        contact_point_id=point,
        corrects=corrects,
        made_because=because,
    )
    return journal.log_contact(ctx, entry, f"call-{next(_NUMBER)}")


def held(ctx: Ctx, case_id: int | None = None) -> int:
    """Cents of clients' money held by the agency, for a case or for all: what the rows of the ledger come to."""
    with ctx.store.read() as reader:
        rows = reader.rows("SELECT case_id, from_account, to_account, amount FROM entries")
    return sum(
        amount * ((to == "client_money") - (source == "client_money"))
        for case, source, to, amount in rows
        if case_id in (None, case)
    )


WHOLE_AGENCY = agency.AgencyFile(
    name="Cabinet des Alpes",
    address="12 rue de la République",
    postcode="69003",
    city="Lyon",
    email="contact@example.org",
    phone="04 72 00 00 00",
    signatory="Camille Martin",
    insurer="Assureur SA",
    insurance_policy="4512-88",
    insurance_until="2027-12-31",
    client_account_iban="FR7630006000011234567890189",
    client_account_bank="Banque des Alpes",
    prosecutor="Lyon",
    prosecutor_declared_on="2024-02-03",
)
WHOLE_MANDATE: dict[str, object] = {
    "power_to_receive": True, "basis": "Factures", "amounts": "Selon bordereau", "guarantee": "500 000 € par sinistre",
    "fee_terms": "12 % HT", "remittance_terms": "Le 10 du mois",
}  # fmt: skip


def ready_to_write(ctx: Ctx, signed: dt.date = dt.date(2026, 1, 2)) -> int:
    """A whole agency file and a creditor with a whole mandate, so that letters may leave; the creditor's number."""
    if not agency.agency_file(ctx).file.name:
        agency.save_agency_file(ctx, WHOLE_AGENCY, 0)
    entry = creditors.CreditorEntry(
        f"C{next(_NUMBER)}", "Garage du Port", address="4 quai de la Fosse", postcode="44000", city="Nantes"
    )
    creditor = creditors.save_creditor(ctx, entry)
    creditors.save_mandate(ctx, creditor, creditors.MandateEntry(f"M-{creditor}", signed, **WHOLE_MANDATE))
    return creditor


def a_case_to_write(ctx: Ctx, *debts: DebtEntry, creditor: int | None = None, **more: object) -> int:
    """A case without first letter that nothing keeps from having one."""
    place = {"address": "3 allée des Tilleuls", "postcode": "38000", "city": "Grenoble"}
    return a_case(ctx, *debts, creditor=creditor or ready_to_write(ctx), first_letter_on=None, **{**place, **more})
