"""Which account a letter gives to pay: the agency's for creditors' funds, or the creditor's own, as the mandate says. Moves no money."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.domain.first_letter import Account
from core.i18n import Texts

if TYPE_CHECKING:
    from core.services.agency import AgencyFile
    from core.services.letter_facts import Sources


def allowed(found: Sources, file: AgencyFile) -> tuple[Account, ...]:
    """The accounts to which the debtor may be told to pay (R.124-2 2°, R.124-4 4°)."""
    return tuple(one for one in (_agency(file), _creditor(found)) if one.iban.strip())


def chosen(found: Sources, file: AgencyFile) -> Account:
    """The one the mandate chooses; the agency's while the creditor's IBAN is not known."""
    return _creditor(found) if _to_creditor(found) else _agency(file)


def described(found: Sources, t: Texts) -> str:
    """The account in a sentence: what it is."""
    return t("that of our client") if _to_creditor(found) else t("kept for creditors' funds")


def _to_creditor(found: Sources) -> bool:
    return found.pay_to == "creditor" and bool(found.owner.iban.strip())


def _agency(file: AgencyFile) -> Account:
    return Account(file.name, file.client_account_iban, file.client_account_bank)


def _creditor(found: Sources) -> Account:
    return Account(found.owner.name, found.owner.iban)
