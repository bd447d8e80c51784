"""The ledger reader: two ledgers of others against figures computed elsewhere, and every variant made by hand."""

import datetime as dt
import json
import time
from collections import defaultdict
from decimal import Decimal
from pathlib import Path

import pytest

from core.domain.messages import Refusal
from core.exchange.fec import placement_rows, read_fec
from core.exchange.intake import Intake, intake

SAMPLES = Path(__file__).resolve().parents[1] / "samples" / "fec"
EXPECTED = json.loads((SAMPLES / "expected.json").read_text(encoding="utf-8"))
DOS = "fecreader_111111111FEC20221231.TXT"
RESTAURANT = "fecreader_000000000FEC20231231.txt"


def sample(name: str):
    return read_fec(intake(name, (SAMPLES / name).read_bytes()))


def in_cents(text: str) -> int:
    return int(Decimal(text) * 100)


@pytest.mark.parametrize("name", EXPECTED)
def test_a_ledger_gives_the_figures_computed_elsewhere(name):
    fec, wanted = sample(name), EXPECTED[name]
    found = {
        "encoding": fec.encoding,
        "bom": fec.bom,
        "delimiter": {"\t": "TAB"}.get(fec.separator, fec.separator),
        "line_end": fec.line_end,
        "columns": fec.columns,
        "data_lines": fec.lines,
        "lines_skipped": fec.lines_skipped,
        "first_date": f"{fec.first_date:%Y%m%d}",
        "last_date": f"{fec.last_date:%Y%m%d}",
        "total_debit": f"{Decimal(fec.debit) / 100:.2f}",
        "total_credit": f"{Decimal(fec.credit) / 100:.2f}",
        "balanced": fec.balanced,
        "entries": fec.entries,
        "unbalanced_entries_by_journal_num_date": fec.unbalanced_entries,
    }
    assert found == {key: value for key, value in wanted.items() if key not in ("acc411", "rebuilt")}
    assert fec.problems == ()


@pytest.mark.parametrize("name", EXPECTED)
def test_the_customers_of_a_ledger_have_the_figures_computed_elsewhere(name):
    customer, wanted = sample(name).customer, EXPECTED[name]["acc411"]
    in_debit = [one for one in customer.balances if one.balance > 0]
    top = sorted(in_debit, key=lambda one: -one.balance)[:5]
    found = {
        "lines": customer.lines,
        "debit": f"{Decimal(customer.debit) / 100:.2f}",
        "credit": f"{Decimal(customer.credit) / 100:.2f}",
        "balance": f"{Decimal(customer.balance) / 100:.2f}",
        "accounts": customer.accounts,
        "accounts_with_debit_balance": len(in_debit),
        "accounts_with_credit_balance": len(customer.in_credit),
        "accounts_settled": sum(one.balance == 0 for one in customer.balances),
        "unlettered_lines": customer.unlettered_lines,
        "unlettered_debit": f"{Decimal(customer.unlettered_debit) / 100:.2f}",
        "unlettered_credit": f"{Decimal(customer.unlettered_credit) / 100:.2f}",
        "unlettered_balance": f"{Decimal(customer.unlettered_balance) / 100:.2f}",
        "unlettered_debit_lines": sum(not line.letter and line.debit > 0 for line in sample(name).customer_lines),
        "lettering_groups": customer.letterings,
        "lettering_groups_not_zero": customer.letterings_not_balanced,
        "top5_debit_balances": [[one.account, one.sub_account, f"{Decimal(one.balance) / 100:.2f}"] for one in top],
    }
    assert found == wanted


@pytest.mark.parametrize("name", EXPECTED)
def test_the_items_of_each_customer_sum_to_what_it_owes(name):
    fec = sample(name)
    by_customer = defaultdict(int)
    for item in fec.items:
        assert 0 < item.amount == item.original - sum(one.amount for one in item.reductions)
        by_customer[item.account, item.sub_account] += item.amount
    top = {(account, sub): in_cents(text) for account, sub, text in EXPECTED[name]["acc411"]["top5_debit_balances"]}
    assert {key: total for key, total in by_customer.items() if key in top} == top
    assert len(by_customer) == EXPECTED[name]["acc411"]["accounts_with_debit_balance"]


@pytest.mark.parametrize(
    ("name", "owed"),
    [
        (RESTAURANT, 2_777_170),  # no customer in credit: the balance, 27771.70
        (DOS, 1_447_255),  # balance 14416.52 plus the 56.03 owed to the customer 41104251
    ],
)
def test_all_items_sum_to_all_debit_balances(name, owed):
    assert sum(item.amount for item in sample(name).items) == owed


def test_a_customer_in_credit_gives_no_item_and_is_reported():
    fec = sample(DOS)
    one = fec.customer.in_credit[0]
    assert (one.sub_account, one.balance) == ("41104251", -5603)
    assert "41104251" not in {item.sub_account for item in fec.items}


def test_a_customer_settled_without_letters_gives_no_item():
    # restaurant: ADAV owes 8196.00 and has paid 8196.00, with no letter on either line
    assert "ADAV" not in {item.sub_account for item in sample(RESTAURANT).items}


def test_the_unlettered_lines_have_the_ages_computed_elsewhere():
    rebuilt = EXPECTED[DOS]["rebuilt"]
    as_of = dt.date.fromisoformat(rebuilt["as_of"])
    ages = {"31-60": [0, 0], "61-90": [0, 0], ">90": [0, 0]}
    for line in sample(DOS).customer_lines:
        if not line.letter:
            days = (as_of - line.date).days
            bucket = ages["31-60" if 31 <= days <= 60 else "61-90" if 61 <= days <= 90 else ">90"]
            bucket[0] += 1
            bucket[1] += line.amount
    wanted = {
        key: [lines, in_cents(text)] for key, (lines, text) in rebuilt["unlettered_by_age_of_EcritureDate"].items()
    }
    assert ages == wanted


def test_the_letterings_settle_in_the_days_computed_elsewhere():
    rebuilt = EXPECTED[DOS]["rebuilt"]
    groups = defaultdict(list)
    for line in sample(DOS).customer_lines:
        if line.letter:
            groups[line.account, line.sub_account, line.letter].append(line)
    single = [
        group
        for group in groups.values()
        if sum(one.debit > 0 for one in group) == 1 and any(one.credit > 0 for one in group)
    ]
    debits = [next(one for one in group if one.debit > 0) for group in single]
    days = [
        (max(one.date for one in group if one.credit > 0) - debit.date).days
        for group, debit in zip(single, debits, strict=True)
    ]
    assert len(single) == rebuilt["groups_one_debit_fully_settled"]
    assert sum(one.debit for one in debits) == in_cents(rebuilt["their_amount"])
    assert sum(days) == rebuilt["sum_of_days_from_debit_to_last_credit"]
    assert sum(one > 60 for one in days) == rebuilt["groups_settled_after_more_than_60_days"]


def test_the_six_degree_signs_of_the_dos_ledger_are_read():
    fec = read_fec(Intake(DOS, (SAMPLES / DOS).read_bytes(), "fec"))
    text = (SAMPLES / DOS).read_bytes().decode(fec.encoding)
    assert text.count("CREAT° MAQUETTE") == 3
    assert text.count("SIMULAT° LICHEN") == 3


def test_a_chosen_encoding_wins_over_the_guess():
    fec = read_fec(intake(DOS, (SAMPLES / DOS).read_bytes()), "iso8859-15")
    assert (fec.encoding, fec.lines, fec.balanced) == ("iso8859-15", 934, True)


HEADINGS = (
    "JournalCode JournalLib EcritureNum EcritureDate CompteNum CompteLib CompAuxNum CompAuxLib PieceRef PieceDate "
    "EcritureLib Debit Credit EcritureLet DateLet ValidDate Montantdevise Idevise"
).split()


def row(
    account="411000", debit="0,00", credit="0,00", *, sub="C1", ref="F1", date="20260131", letter="", number="1", **more
):
    values = {
        "JournalCode": "VE",
        "JournalLib": "Ventes",
        "EcritureNum": number,
        "EcritureDate": date,
        "CompteNum": account,
        "CompteLib": "Clients",
        "CompAuxNum": sub if account.startswith("411") else "",
        "CompAuxLib": f"Client {sub}" if account.startswith("411") else "",
        "PieceRef": ref,
        "PieceDate": date,
        "EcritureLib": "Vente",
        "Debit": debit,
        "Credit": credit,
        "EcritureLet": letter,
        "ValidDate": "20261231",
        **more,
    }
    return [values.get(name, "") for name in HEADINGS]


SALE = [row(debit="120,00"), row("707000", credit="100,00"), row("445710", credit="20,00")]


def ledger(rows, headings=HEADINGS, separator="\t", end="\r\n") -> str:
    return end.join(separator.join(cells) for cells in [headings, *rows]) + end


def read(text: str, encoding: str = "utf-8", choice: str = ""):
    return read_fec(Intake("123456789FEC20261231.txt", text.encode(encoding), "fec"), choice)


def renamed(name: str, other: str) -> list[str]:
    return [other if heading == name else heading for heading in HEADINGS]


@pytest.mark.parametrize("separator", ["\t", "|", ";"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_separators_and_line_ends(separator, end):
    fec = read(ledger(SALE, separator=separator, end=end))
    assert (fec.separator, fec.lines, fec.debit, fec.credit, fec.problems) == (separator, 3, 12000, 12000, ())
    assert [(item.sub_account, item.amount) for item in fec.items] == [("C1", 12000)]


@pytest.mark.parametrize("change", [str.lower, str.upper, lambda name: f"  {name}  ", lambda name: f'"{name}"'])
def test_headings_in_any_case_padded_or_quoted(change):
    fec = read(ledger(SALE, [change(name) for name in HEADINGS]))
    assert (fec.debit, fec.problems) == (12000, ())


def test_quoted_fields_may_hold_the_separator_when_the_headings_are_quoted():
    rows = [[f'"{cell}"' for cell in cells] for cells in [row(debit="120,00", EcritureLib="Vente;bois"), *SALE[1:]]]
    fec = read(ledger(rows, [f'"{name}"' for name in HEADINGS], ";"))
    assert (fec.problems, fec.items[0].label, fec.items[0].original) == ((), "Vente;bois", 12000)


def test_quoted_fields_are_read_under_plain_headings():
    rows = [[f'"{cell}"' for cell in cells] for cells in [row(debit="120,00", EcritureLib="Vente|bois"), *SALE[1:]]]
    fec = read(ledger(rows, separator="|"))
    assert (fec.problems, fec.items[0].label, fec.items[0].amount) == ((), "Vente|bois", 12000)


def test_a_lone_quote_in_a_label_swallows_nothing():
    fec = read(
        ledger([row(debit="120,00", EcritureLib='"Tuyau 12"'), row("707000", credit="120,00", EcritureLib='"Tuyau')])
    )
    assert (fec.lines, fec.balanced, fec.problems) == (2, True, ())


@pytest.mark.parametrize(("debit", "credit"), [("D", "C"), ("+1", "-1"), ("1", "-1"), ("d", "c")])
def test_montant_and_sens_stand_for_debit_and_credit(debit, credit):
    headings = ["Montant" if name == "Debit" else "Sens" if name == "Credit" else name for name in HEADINGS]
    fec = read(ledger([row(debit="120,00", credit=debit), row("707000", debit="120,00", credit=credit)], headings))
    assert (fec.debit, fec.credit, fec.customer.balance, fec.problems) == (12000, 12000, 12000, ())


def test_an_unknown_direction_is_a_problem_of_its_line():
    headings = ["Montant" if name == "Debit" else "Sens" if name == "Credit" else name for name in HEADINGS]
    problem = read(ledger([row(debit="120,00", credit="X")], headings)).problems[0]
    assert (problem.code, problem.field, problem.value, problem.line) == ("fec-direction", "Sens", "X", 2)


@pytest.mark.parametrize(
    ("text", "cents"),
    [
        ("120,00", 12000),
        ("0000000120,00", 12000),
        ("  120,00  ", 12000),
        ("120.00", 12000),
        ("120", 12000),
        ("120,5", 12050),
        ("120,5000", 12050),
        ("1 120,00", 112000),
        ("1\u202f120,00", 112000),
        (",50", 50),
        ("-120,00", -12000),
        ("+120,00", 12000),
        ("", 0),
    ],
)
def test_amounts_as_ledgers_write_them(text, cents):
    assert read(ledger([row(debit=text)])).debit == cents


@pytest.mark.parametrize("text", ["1.120,00", "120,005", "douze", "12e3", ",", "-", "0x1F", "٣"])
def test_an_amount_that_cannot_be_read_is_a_problem_of_its_line(text):
    fec = read(ledger([*SALE, row(debit=text), row("707000", debit="5,00"), row("707000", credit="5,00")]))
    problem = fec.problems[0]
    assert (problem.code, problem.field, problem.value, problem.where) == ("fec-amount", "Debit", text, "line 5")
    assert (fec.lines, fec.debit) == (6, 12500)  # what can be read is kept


@pytest.mark.parametrize(
    ("encoding", "choice", "name"),
    [
        ("utf-8", "", "utf-8"),
        ("utf-8-sig", "", "utf-8"),
        ("cp1252", "", "cp1252"),
        ("cp850", "", "cp850"),
        ("utf-16", "", "utf-16"),
        ("iso8859-15", "iso8859-15", "iso8859-15"),
        ("utf-16-le", "utf-16", "utf-16"),
        ("mac_roman", "mac_roman", "mac_roman"),
        ("cp850", "cp850", "cp850"),
    ],
)
def test_every_encoding_gives_the_same_names(encoding, choice, name):
    rows = [row(debit="120,00", CompAuxLib="Société Évrard à Nîmes"), *SALE[1:]]
    fec = read(ledger(rows), encoding, choice)
    assert (fec.encoding, fec.items[0].name) == (name, "Société Évrard à Nîmes")


@pytest.mark.parametrize("text", ["2026-01-31", "31/01/2026", "20260131"])
def test_dates_as_ledgers_write_them(text):
    assert read(ledger([row(date=text, debit="1,00")])).first_date == dt.date(2026, 1, 31)


@pytest.mark.parametrize("text", ["20260230", "20261301", "31 janvier", "260131", ""])
def test_an_entry_date_that_is_none_is_a_problem_of_its_line(text):
    fec = read(ledger([*SALE, row("707000", date=text)]))
    problem = fec.problems[0]
    assert (problem.code, problem.field, problem.value, problem.where) == ("fec-date", "EcritureDate", text, "line 5")
    assert (fec.lines, fec.first_date) == (4, dt.date(2026, 1, 31))


def test_a_piece_date_that_is_none_is_a_problem_for_a_customer_only():
    rows = [row(debit="120,00", PieceDate="20260230"), row("707000", credit="120,00", PieceDate="20260230")]
    problems = read(ledger(rows)).problems
    assert [(one.code, one.field, one.line) for one in problems] == [("fec-date", "PieceDate", 2)]


def test_an_absent_piece_date_leaves_the_entry_date():
    rows = [row(debit="120,00", PieceDate=""), *SALE[1:]]
    assert read(ledger(rows)).items[0].date == dt.date(2026, 1, 31)


def test_the_piece_date_dates_the_item():
    # an opening entry of the first of January carries an invoice of October
    rows = [row(debit="120,00", date="20260101", PieceDate="20251015"), row("707000", date="20260101", credit="120,00")]
    assert read(ledger(rows)).items[0].date == dt.date(2025, 10, 15)


def test_blank_lines_are_skipped_and_counted():
    text = ledger([SALE[0], [""] * 18, SALE[1], ["  "], SALE[2]])
    fec = read("\r\n" + text + "\r\n\r\n\x1a")
    assert (fec.lines, fec.lines_skipped, fec.balanced, fec.problems) == (3, 2, True, ())


def test_an_unbalanced_ledger_is_refused_and_its_figures_stay():
    fec = read(ledger([*SALE, row("707000", credit="0,01", number="2")]))
    problem = fec.problems[0]
    assert (problem.code, problem.value, problem.where) == ("fec-unbalanced", "-0.01", "line 5")
    assert (fec.balanced, fec.debit, fec.credit, fec.customer.balance) == (False, 12000, 12001, 12000)
    with pytest.raises(Refusal):
        placement_rows(fec)


@pytest.mark.parametrize("name", HEADINGS)
def test_a_missing_column_is_named(name):
    place = HEADINGS.index(name)
    rows = [[cell for at, cell in enumerate(cells) if at != place] for cells in [HEADINGS, *SALE]]
    fec = read("\n".join("\t".join(cells) for cells in rows))
    problem = fec.problems[0]
    assert (problem.code, problem.field, problem.where) == ("fec-columns-missing", name, "line 1")
    assert fec.lines == 3


def test_a_ledger_without_its_amounts_is_not_called_balanced():
    headings = ["X" if name in ("Debit", "Credit") else name for name in HEADINGS]
    assert read(ledger(SALE, headings)).balanced is False


def test_a_ledger_without_entry_is_a_problem():
    assert [one.code for one in read(ledger([])).problems] == ["fec-empty"]


def test_a_separator_inside_a_label_is_a_problem_of_its_line():
    fec = read(ledger([*SALE, row(EcritureLib="a\tb", debit="1,00", Idevise="EUR")]))
    assert (fec.problems[0].code, fec.problems[0].line, fec.lines) == ("fec-line-width", 5, 3)


def test_a_separator_inside_a_label_is_seen_even_when_the_last_field_is_empty():
    fec = read(ledger([*SALE, row(EcritureLib="a\tb", debit="1,00")]))
    assert (fec.problems[0].code, fec.problems[0].value, fec.problems[0].line) == ("fec-amount", "b", 5)


def test_separators_at_the_end_of_the_lines_are_left_out():
    fec = read(ledger([[*cells, "", ""] for cells in SALE]))
    assert (fec.problems, fec.debit, fec.columns) == ((), 12000, 18)


def test_a_line_cut_short_is_a_problem_of_its_line():
    fec = read(ledger([*SALE, SALE[0][:9]]))
    assert (fec.problems[0].code, fec.problems[0].line, fec.lines) == ("fec-line-width", 5, 3)


def test_quotes_that_never_close_do_not_crash():
    text = ledger(SALE, [f'"{name}"' for name in HEADINGS]) + '"' + "x" * 200_000
    assert "fec-structure" in {one.code for one in read(text).problems}


def test_a_thousand_wrong_lines_make_a_hundred_problems_and_a_count():
    fec = read(ledger([row("707000", debit="x") for _ in range(1000)]))
    assert len(fec.problems) == 101
    assert "900" in str(fec.problems[-1].reason)


def items(*rows):
    total = sum(line.debit - line.credit for line in read(ledger(rows)).customer_lines)
    balancing = row("512000", debit=f"{-total / 100:.2f}") if total else row("512000")
    fec = read(ledger([*rows, balancing]))
    assert fec.problems == ()
    return fec


def open_amounts(fec):
    return [(item.reference, item.amount) for item in fec.items]


def test_a_balanced_lettering_is_settled():
    fec = items(
        row(debit="100,00", letter="AA"), row(credit="100,00", letter="AA", ref="BQ"), row(debit="30,00", ref="F2")
    )
    assert open_amounts(fec) == [("F2", 3000)]
    assert (fec.customer.letterings, fec.customer.letterings_not_balanced, fec.customer.unlettered_balance) == (
        1,
        0,
        3000,
    )


def test_a_lettering_that_does_not_balance_is_not_trusted():
    fec = items(row(debit="100,00", letter="AA"), row(credit="60,00", letter="AA", ref="BQ"))
    assert open_amounts(fec) == [("F1", 4000)]
    assert (fec.customer.letterings_not_balanced, fec.customer.unlettered_lines) == (1, 0)


def test_a_letter_shared_by_two_customers_makes_two_groups():
    fec = items(row(debit="100,00", letter="AA", sub="C1"), row(credit="100,00", letter="AA", sub="C2"))
    assert open_amounts(fec) == [("F1", 10000)]
    assert fec.customer.letterings_not_balanced == 2
    assert [one.sub_account for one in fec.customer.in_credit] == ["C2"]


def test_small_and_capital_letters_are_different_groups():
    fec = items(row(debit="100,00", letter="a"), row(credit="100,00", letter="A", ref="BQ"))
    assert fec.customer.letterings_not_balanced == 2


def test_a_credit_first_pays_the_piece_it_names():
    fec = items(
        row(debit="100,00", ref="F1", date="20260101"), row(debit="80,00", ref="F2"), row(credit="80,00", ref="F2")
    )
    assert open_amounts(fec) == [("F1", 10000)]


def test_what_is_left_of_a_named_credit_pays_the_oldest_debit():
    # 90.00 on F2 (80.00): 10.00 are left for F1, the oldest: 100.00 - 10.00 = 90.00
    fec = items(
        row(debit="100,00", ref="F1", date="20260101"),
        row(debit="80,00", ref="F2", date="20260201"),
        row(debit="50,00", ref="F3", date="20260301"),
        row(credit="90,00", ref="F2", date="20260401"),
    )
    assert open_amounts(fec) == [("F1", 9000), ("F3", 5000)]
    assert [(one.amount, one.rule) for one in fec.items[0].reductions] == [(1000, "oldest-first")]


def test_a_credit_without_a_known_piece_pays_the_oldest_debits():
    # 130.00: F1 (100.00) is paid, 30.00 off F2 (80.00) leaves 50.00
    fec = items(
        row(debit="80,00", ref="F2", date="20260201"),
        row(debit="100,00", ref="F1", date="20260101"),
        row(credit="130,00", ref="VIR", date="20260301"),
    )
    assert open_amounts(fec) == [("F2", 5000)]
    reduction = fec.items[0].reductions[0]
    assert (reduction.line, reduction.amount, reduction.reference, reduction.rule) == (4, 3000, "VIR", "oldest-first")


def test_an_empty_piece_reference_names_no_piece():
    fec = items(row(debit="10,00", ref="F1", date="20260101"), row(debit="10,00", ref=""), row(credit="10,00", ref=""))
    assert open_amounts(fec) == [("", 1000)]


def test_a_negative_debit_counts_as_a_credit():
    fec = items(row(debit="100,00", ref="F1"), row(debit="-40,00", ref="A1"))
    assert open_amounts(fec) == [("F1", 6000)]


def test_a_credit_never_pays_the_debit_of_another_customer():
    fec = items(row(debit="100,00", sub="C1"), row(credit="100,00", sub="C2"))
    assert [(item.sub_account, item.amount) for item in fec.items] == [("C1", 10000)]


def test_accounts_without_sub_accounts_are_customers_of_their_own():
    fec = items(row("411DUPONT", debit="10,00", sub=""), row("411MARTIN", debit="20,00", sub=""))
    assert [(item.account, item.amount) for item in fec.items] == [("411DUPONT", 1000), ("411MARTIN", 2000)]
    assert [one["debtor_ref"] for one in placement_rows(fec)] == ["411DUPONT", "411MARTIN"]


def test_suppliers_and_doubtful_customers_are_left_alone():
    fec = items(row("401000", debit="10,00"), row("416000", debit="20,00"), row("512000", credit="30,00"))
    assert (fec.customer.lines, fec.items) == (0, ())


def test_the_same_lines_in_another_order_give_the_same_items():
    rows = [row(debit=f"{n},00", ref=f"F{n}", date=f"202601{n:02d}") for n in range(1, 9)] + [
        row(credit="11,50", ref="VIR")
    ]
    assert open_amounts(items(*rows)) == open_amounts(items(*reversed(rows)))
    # 1 + 2 + 3 + 4 = 10 are paid, 1.50 off the fifth
    assert open_amounts(items(*rows)) == [("F5", 350), ("F6", 600), ("F7", 700), ("F8", 800)]


def test_a_placement_row_holds_what_the_ledger_knows():
    fec = items(
        row(debit="100,00", ref="F1", CompAuxLib="Dupont SARL", EcritureLib="Bois"), row(credit="40,00", ref="VIR")
    )
    (placed,) = placement_rows(fec)
    assert placed == {
        "debtor_ref": "C1",
        "debtor_kind": "",
        "debtor_name": "Dupont SARL",
        "siren": "",
        "vat": "",
        "address": "",
        "postcode": "",
        "city": "",
        "country": "",
        "email": "",
        "phone": "",
        "debt_ref": "F1",
        "nature": "invoice",
        "issued_on": "2026-01-31",
        "due_on": "",
        "amount": "100.00",
        "paid_before": "40.00",
        "label": "Bois",
        "currency": "EUR",
        "source_line": 2,
    }


def test_a_piece_reference_used_twice_still_names_each_debt_once():
    first = [row(debit="10,00", ref="VE 0126", number="7"), row(debit="20,00", ref="VE 0126", number="8", sub="C2")]
    later = [row(debit="30,00", ref="VE 0126", number="9", date="20260301"), row(debit="5,00", ref="", number="10")]
    names = [item.debt_ref for item in items(*first).items]
    assert names == ["VE 0126", "VE 0126-8"]
    assert sorted(item.debt_ref for item in items(*first, *later).items) == [
        "VE 0126",
        "VE 0126-8",
        "VE 0126-9",
        "VE-10",
    ]


def test_debts_keep_distinct_names_when_entries_are_not_numbered():
    rows = [row(debit="10,00", ref="01/2026", number="0") for _ in range(3)]
    assert [item.debt_ref for item in items(*rows).items] == ["01/2026", "01/2026-2026-01-31", "01/2026-2026-01-31-2"]


@pytest.mark.parametrize("name", EXPECTED)
def test_each_debt_of_a_ledger_has_its_own_name(name):
    names = [placed["debt_ref"] for placed in placement_rows(sample(name))]
    assert len(set(names)) == len(names) > 0


def test_a_large_ledger_is_read_in_seconds():
    lines = (SAMPLES / RESTAURANT).read_bytes().splitlines(keepends=True)
    data = lines[0] + b"".join(lines[1:]) * 143  # 300 586 lines, 38 MB
    start = time.perf_counter()
    fec = read_fec(intake("big.txt", data))
    assert time.perf_counter() - start < 20  # 2 s on two slow cores; a quadratic step would take minutes
    assert (fec.lines, fec.debit) == (300_586, 143 * 126_535_082)
