"""The text of the code to scan, against the example layout of EPC069-12 version 002: the lines and their order, amounts, bounds."""

from core.domain.epc import payload


def test_the_lines_stand_in_the_order_of_the_guidelines() -> None:
    assert payload("Cabinet des Alpes", "FR76 3000 6000 0112 3456 7890 189", 35050, "QK000042-07-L1").split("\n") == [
        "BCD", "002", "1", "SCT", "", "Cabinet des Alpes", "FR7630006000011234567890189", "EUR350.50", "", "", "QK000042-07-L1",
    ]  # fmt: skip


def test_the_bic_is_optional_and_goes_on_its_line() -> None:
    assert payload("A", "FR7630006000011234567890189", 1, "x", "AGRIFRPP").split("\n")[4:8] == [
        "AGRIFRPP", "A", "FR7630006000011234567890189", "EUR0.01",
    ]  # fmt: skip


def test_a_holder_and_a_text_too_long_are_cut_at_seventy_and_a_hundred_and_forty() -> None:
    lines = payload("É" * 80, "FR7630006000011234567890189", 100, "y" * 200).split("\n")
    assert (len(lines[5]), len(lines[10])) == (70, 140)


def test_without_account_holder_or_amount_there_is_no_code() -> None:
    assert payload("", "FR76", 100, "x") == payload("A", "", 100, "x") == payload("A", "FR76", 0, "x") == ""
    assert payload("A", "FR76", 100_000_000_000, "x") == ""
