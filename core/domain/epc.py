"""The text of the code that a bank application scans to prepare a SEPA transfer. Draws no code.

Source: European Payments Council, EPC069-12 "Quick Response Code: Guidelines to Enable Data Capture for the Initiation of a SEPA Credit
Transfer", version 002 of the data: the BIC is optional inside the EEA.
"""

from __future__ import annotations

LONGEST_NAME, LONGEST_TEXT, LARGEST = 70, 140, 99_999_999_999  # characters, characters, cents (999 999 999,99 EUR)
UTF_8 = "1"


def payload(holder: str, iban: str, cents: int, text: str, bic: str = "") -> str:
    """The lines of a SEPA credit transfer of `cents` to an account, with a remittance text; "" when they cannot make one.

    A holder longer than 70 characters and a text longer than 140 are cut, as the guidelines bound them.
    """
    account = "".join(iban.split()).upper()
    name = " ".join(holder.split())[:LONGEST_NAME].strip()
    if not account or not name or not 0 < cents <= LARGEST:
        return ""
    amount = f"EUR{cents // 100}.{cents % 100:02d}"
    lines = [
        "BCD",
        "002",
        UTF_8,
        "SCT",
        bic.strip(),
        name,
        account,
        amount,
        "",
        "",
        " ".join(text.split())[:LONGEST_TEXT],
    ]
    return "\n".join(lines)
