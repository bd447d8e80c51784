"""The files that the creditors of the demonstration send, in their own headings. Writes bytes, stores nothing."""

from __future__ import annotations

import csv
import io

from core.domain.money import decimal_text
from core.services.demo_cast import Case, Debt
from core.services.demo_data import House

NATURES = {"cheque": "chèque impayé"}
KINDS = {"individual": "particulier", "business": "professionnel"}


def file_of(house: House, cases: tuple[Case, ...]) -> bytes:
    """The lines of these cases as a CSV of that creditor: semicolons, UTF-8, days and amounts the French way."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow(house.columns.values())
    for case in cases:
        for debt in case.debts:
            cells = _cells(case, debt)
            writer.writerow([cells[name] for name in house.columns])
    return out.getvalue().encode("utf-8-sig")


def _cells(case: Case, debt: Debt) -> dict[str, str]:
    debtor = case.debtor
    return {
        "case_ref": f"{case.house.ref}-{1000 + case.number}",
        "debtor_ref": debtor_ref(case),
        "debtor_kind": KINDS[debtor.kind],
        "name": debtor.name,
        "first_name": debtor.first,
        "siren": debtor.siren,
        "address": debtor.street,
        "address_2": debtor.extra,
        "postcode": debtor.postcode,
        "city": debtor.city,
        "country": debtor.country,
        "email": debtor.mail,
        "phone": debtor.phone,
        "phone_2": debtor.phone2,
        "debt_ref": debt.ref,
        "nature": NATURES.get(debt.nature, debt.nature),
        "label": debt.label,
        "issued": f"{debt.issued:%d/%m/%Y}",
        "due": f"{debt.due:%d/%m/%Y}",
        "amount": decimal_text(debt.amount).replace(".", ","),
        "paid": decimal_text(debt.paid).replace(".", ","),
    }


def debtor_ref(case: Case) -> str:
    """The creditor's number of the debtor."""
    return f"{case.house.refs}{2000 + case.number}"


def file_name(house: House, cases: tuple[Case, ...]) -> str:
    """How the creditor names the file."""
    return f"{house.ref.lower()}-impayes-{cases[0].placed:%Y-%m-%d}.csv"
