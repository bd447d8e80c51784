"""What a case says by itself before a charge is put on one of its debts: debtor, nature, title, legal facts. Judges no charge."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from core.domain.claim_nature import nature_of
from core.store import charges
from core.store.charges import Known
from core.store.unit import Reader

# Natures of the placement and kinds of claim of data/law/limitation.yaml.
HOME = ("rent", "home_rent", "home_charges")
NOTICES = ("formal_notice", "simple_summons")
LEASE_OR_INSURANCE = (*HOME, "commercial_rent", "insurance", "insurance_premium")


def said(reader: Reader, of: Known, on: dt.date) -> Mapping[str, bool]:
    """The facts known on a day, by the names of `core.domain.charges`; what nobody knows is left out, so that a person is asked.

    A tenant of a home is one for the whole case: one debt of rent or of a tenant's charges keeps costs from all its debts.
    """
    consumer, day, nature = of.debtor_kind == "individual", on.isoformat(), nature_of(of.nature, of.claim_kind)
    tenant = consumer and any(nature_of(*one) in HOME for one in charges.natures(reader, of.case_id))
    found = {
        "titled": of.titled_on is not None and of.titled_on <= day,
        "consumer": consumer,
        "outside_business": of.debtor_kind == "association",
        "public": of.debtor_kind == "public",
        "home_rent": tenant,
        "lease_or_insurance": nature in LEASE_OR_INSURANCE or of.nature in LEASE_OR_INSURANCE,
    }
    if nature != "charges" or tenant:
        found["co_ownership"] = nature == "coownership_charges"
    if nature == "cheque":
        found["cheque"] = True
    if of.creditor_quality:
        found["business_creditor"] = of.creditor_quality == "business"
    if of.due_on and (of.due_on >= day or of.outstanding):
        found["late"] = of.due_on < day
    if (charges.notice_after(reader, of, NOTICES) or "9") <= day:
        found["notified"] = True
    return found | _recorded(charges.first_days(reader, of), of, day)


def _recorded(first: Mapping[str, str], of: Known, day: str) -> dict[str, bool]:
    """What the register of legal facts says: a penalty clause, an insolvency opened before the due date."""
    found = {}
    if first.get("penalty_clause", "9") <= day:
        found["clause"] = True
    opened = first.get("insolvency_opening")
    if opened and of.due_on and first.get("service_completed", "") <= opened:  # a debt born later is paid when due
        found["payable_at_due"] = of.due_on < opened
    return found
