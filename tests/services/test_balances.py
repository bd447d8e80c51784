"""The aged balance, by hand, at each bound of each band."""

import datetime as dt

from core.services import balances
from tests.services.factory import a_case, a_creditor, a_debt

TODAY = dt.date(2026, 11, 23)


def test_each_day_of_lateness_falls_into_its_band(ctx):
    creditor = a_creditor(ctx)
    ages = {-1: "not_due", 0: "not_due", 1: "d1_30", 30: "d1_30", 31: "d31_60", 60: "d31_60", 61: "d61_90", 90: "d61_90", 91: "d91_180", 180: "d91_180",
            181: "over_180", 3000: "over_180"}  # fmt: skip
    expected = dict.fromkeys(balances.NAMES, 0)
    for number, (age, band) in enumerate(ages.items()):
        amount = 100 * 2**number
        due = TODAY - dt.timedelta(days=age)
        a_case(ctx, placing_debt(f"F{number}", amount, due), creditor=creditor, name=f"N{number}")
        expected[band] += amount
    a_case(ctx, a_debt("F-none", 7, None), creditor=creditor, name="Sans date")
    expected["undated"] = 7
    other = a_creditor(ctx, "Autre")
    assert balances.aged_balance(ctx) == {creditor: expected, other: dict.fromkeys(balances.NAMES, 0)}
    assert balances.aged_balance(ctx, creditor) == {creditor: expected}


def placing_debt(ref, amount, due):
    from core.services.placing import DebtEntry

    return DebtEntry(ref, "invoice", amount, None, due)
