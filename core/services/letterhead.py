"""How the agency, a creditor and a debtor appear on a document. Reads rows, prints nothing."""

from __future__ import annotations

import base64

from core.documents.parties import Agency, Person
from core.domain.countries import country_name
from core.services.agency import AgencyFile
from core.services.contact_place import usual
from core.store import cases, creditors


def agency(file: AgencyFile) -> Agency:
    """The letterhead; an agency that has not filled its file yet has an empty one."""
    place = f"{file.postcode} {file.city}".strip()
    mentions = tuple(part for part in (file.legal_form, f"SIREN {file.siren}" if file.siren else "") if part)
    lines = tuple(line for line in (*file.address.splitlines(), place) if line.strip())
    contact = " · ".join(part for part in (file.phone, file.email) if part)
    return Agency(
        file.name or "…",
        file.legal_form,
        lines,
        file.siren,
        contact,
        mentions,
        base64.b64decode(file.logo) if file.logo else b"",
    )


def creditor(row: creditors.CreditorRow) -> Person:
    """The creditor on a document."""
    place = f"{row.postcode} {row.city}".strip()
    lines = (*row.address.splitlines(), place, _abroad(row.country, "fr"))
    return Person(row.name, tuple(line for line in lines if line.strip()), row.siren)


def debtor(head: cases.CaseHead, points: tuple[cases.ContactPoint, ...]) -> Person:
    """The debtor with the best postal address known: their own (CON-05), a workplace last (CON-06), never one marked wrong."""
    address = usual(points, head.debtor_id, "letter")
    lines: tuple[str, ...] = ()
    if address:
        place = f"{address.postcode} {address.city}".strip()
        country = _abroad(address.country, head.lang)
        lines = tuple(line for line in (*address.value.splitlines(), place, country) if line.strip("- "))
    return Person(f"{head.first_name} {head.name}".strip(), lines, head.siren)


def _abroad(code: str, lang: str) -> str:
    """The last line of an address abroad: the country in capitals in French, for the post, then in the debtor's language."""
    if code in ("", "FR"):
        return ""
    names = dict.fromkeys(country_name(code, one).upper() for one in ("fr", lang))
    return " / ".join(names)
