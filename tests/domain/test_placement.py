"""Lines that a creditor entrusts: every fault found, no good line refused, remarks that let a line in, stable keys."""

import datetime as dt
import gc
from decimal import Decimal

import pytest

from core.domain.cells import read_amount, read_date
from core.domain.messages import Refusal
from core.domain.placement import CHUNK, CONTENT, Checker, Options, PlacedDebt, check, line_key
from core.domain.placement_fields import DEBT_FIELDS

TODAY = dt.date(2026, 6, 30)
GOOD = {
    "creditor_ref": "C0006", "debtor_ref": "D1", "debtor_kind": "particulier", "debtor_name": "Martin", "debtor_first_name": "Gaël", "siren": "",
    "address": "136 boulevard Gambetta", "postcode": "59800", "city": "Lille", "email": "g.martin@exemple.fr", "phone": "06 12 34 56 78",
    "iban": "FR1420041010050500013M02606", "debt_ref": "F-1", "issued_on": "12/04/2026", "due_on": "12/05/2026", "amount": "1 234,56",
    "paid_before": "34,56",
}  # fmt: skip


def judged(*changes, options=None, drop=(), lines=None, **more):
    """Lines like GOOD with changes, each with its own reference unless it is given."""
    rows = [{**GOOD, "debt_ref": f"F-{at}", **change} for at, change in enumerate(changes or ({},), 1)]
    names = [n for n in rows[0] if n not in drop]
    names += [n for row in rows for n in row if n not in names and n not in drop]
    names = list(dict.fromkeys(names))
    cells = [[row.get(n, "") for n in names] for row in rows]
    return check(cells, dict(enumerate(names)), options or Options(**more), TODAY, lines)


def codes(found):
    return [p.code for p in found.problems]


def test_a_good_line_enters_in_canonical_form():
    (line,) = judged().lines
    assert (line.line, line.occurrence, line.creditor_ref, line.debtor_kind) == (2, 1, "C0006", "individual")
    assert (line.amount, line.paid_before) == (123456, 3456)
    assert (line.issued_on, line.due_on) == (dt.date(2026, 4, 12), dt.date(2026, 5, 12))
    assert (line.phone, line.phone_kind, line.country, line.currency, line.nature) == (
        "+33612345678",
        "mobile",
        "FR",
        "EUR",
        "invoice",
    )


@pytest.mark.parametrize(
    ("said", "kind"),
    [("Association", "association"), ("SCI", "association"), ("Syndicat de copropriétaires", "association"),
     ("non-professionnel", "association"), ("Personne morale", "business"), ("Société", "business"), ("Mairie", "public")],
)  # fmt: skip
def test_a_kind_of_debtor_is_read_as_people_write_it(said, kind):
    (line,) = judged({"debtor_kind": said, "debtor_first_name": ""}).lines
    assert line.debtor_kind == kind


def test_a_placed_debt_holds_every_field_of_the_format():
    resolved = {"balance", "format_version"}  # they check or replace others, and are not kept
    assert set(CONTENT) == {f.name for f in DEBT_FIELDS} - resolved


@pytest.mark.parametrize(
    ("change", "code", "field"),
    [
        ({"due_on": "31/02/2025"}, "date-impossible", "due_on"),
        ({"issued_on": "01/07/2026", "due_on": "15/07/2026"}, "date-implausible", "issued_on"),
        ({"due_on": "12/05/2062"}, "date-implausible", "due_on"),
        ({"issued_on": "12/04/1926", "due_on": "12/05/2026"}, "date-implausible", "issued_on"),
        ({"issued_on": "12/05/2026", "due_on": "12/04/2026"}, "due-before-issue", "due_on"),
        ({"amount": "-12,00"}, "amount-not-positive", "amount"),
        ({"amount": "0,00", "paid_before": ""}, "amount-not-positive", "amount"),
        ({"amount": "abc"}, "amount-unreadable", "amount"),
        ({"amount": "1.234"}, "amount-unreadable", "amount"),
        ({"amount": ""}, "amount-missing", "amount"),
        ({"amount": "=A1*2"}, "formula", "amount"),
        ({"debtor_name": "=cmd|'/c calc'!A1"}, "formula", "debtor_name"),
        ({"paid_before": "1 234,57"}, "paid-over-amount", "paid_before"),
        ({"paid_before": "1 234,56"}, "nothing-owed", "paid_before"),
        ({"paid_before": "-1,00"}, "amount-not-positive", "paid_before"),
        ({"debt_ref": ""}, "debt_ref-missing", "debt_ref"),
        ({"debtor_name": "  "}, "debtor_name-missing", "debtor_name"),
        ({"siren": "123456789"}, "siren-wrong", "siren"),
        ({"iban": "FR0012345678901234567890123"}, "iban-wrong", "iban"),
        ({"email": "pas-un-courriel"}, "email-wrong", "email"),
        ({"debtor_kind": "extraterrestre"}, "debtor_kind-unknown", "debtor_kind"),
        ({"label": "x" * 201}, "text-too-long", "label"),
        ({"country": "Syldavie"}, "country-unknown", "country"),
        ({"currency": "USD"}, "currency-unknown", "currency"),
        ({"contract_rate": "douze"}, "rate-unreadable", "contract_rate"),
        ({"siret": "88087814500015", "siren": "732829320"}, "siret-other-company", "siret"),
        ({"vat": "FR44732829320", "siren": "880878145"}, "vat-other-company", "vat"),
        ({"format_version": "2"}, "format_version-unknown", "format_version"),
    ],
    ids=lambda v: v if isinstance(v, str) else "-".join(v),
)
def test_a_faulty_line_is_kept_out_with_its_field_value_reason_and_remedy(change, code, field):
    found = judged({}, change, {})
    assert codes(found) == [code]
    problem = found.problems[0]
    assert (problem.line, problem.where, problem.field) == (3, "line 3", field)
    assert problem.value == change.get(field, problem.value)
    assert str(problem.reason).strip()
    assert str(problem.remedy).strip()
    assert [line.line for line in found.lines] == [2, 4]


def test_a_line_with_three_faults_says_all_three():
    found = judged({"due_on": "31/02/2025", "amount": "abc", "email": "x"})
    assert sorted(codes(found)) == ["amount-unreadable", "date-impossible", "email-wrong"]
    assert found.refused == 1


def test_the_day_of_issue_itself_and_the_day_before():
    assert codes(judged({"issued_on": "12/05/2026", "due_on": "12/05/2026"})) == []
    assert codes(judged({"issued_on": "12/05/2026", "due_on": "11/05/2026"})) == ["due-before-issue"]


def test_a_first_letter_is_dated_today_at_the_latest():
    assert codes(judged({"first_letter_on": "30/06/2026", "first_letter_ref": "LR1"})) == []
    assert codes(judged({"first_letter_on": "01/07/2026", "first_letter_ref": "LR1"})) == ["date-implausible"]


@pytest.mark.parametrize(
    ("change", "code", "kept"),
    [
        ({"phone": "voir fiche"}, "phone-unreadable", ("phone", "")),
        ({"postcode": "1000"}, "postcode-unreadable", ("postcode", "01000")),
        ({"postcode": "99123"}, "postcode-unreadable", ("postcode", "99123")),
        ({"address": "x" * 50}, "address-too-long", ("address", "x" * 50)),
        ({"nature": "prestation exceptionnelle"}, "nature-unknown", ("nature", "other")),
        ({"due_on": ""}, "due-missing", ("due_on", None)),
        ({"first_letter_ref": "LR1"}, "first-letter-undated", ("first_letter_ref", "LR1")),
    ],
)
def test_what_does_not_identify_the_debt_is_a_remark_and_the_line_enters(change, code, kept):
    found = judged({}, change)
    assert found.problems == []
    assert [(p.code, p.line) for p in found.remarks] == [(code, 3)]
    assert getattr(found.lines[1], kept[0]) == kept[1]


def test_a_foreign_address_is_not_judged_by_french_rules():
    found = judged({"country": "Belgique", "postcode": "1000", "phone": "0470 12 34 56"})
    assert (found.problems, found.remarks) == ([], [])
    assert (found.lines[0].country, found.lines[0].postcode, found.lines[0].phone) == ("BE", "1000", "+32470123456")


def test_an_overseas_postcode_reads_a_short_number():
    (line,) = judged({"postcode": "97500", "phone": "41 12 34"}).lines
    assert line.phone == "+508411234"


@pytest.mark.parametrize(
    ("change", "kind"),
    [
        ({"siren": "732829320"}, "business"),
        ({"siret": "88087814500015"}, "business"),
        ({"vat": "BE0428759497"}, "business"),
        ({}, "individual"),
    ],
)
def test_a_kind_that_is_not_said_follows_from_a_company_number(change, kind):
    (line,) = judged({"debtor_kind": "", **change}).lines
    assert line.debtor_kind == kind


def test_the_siren_is_taken_from_the_siret_or_the_vat_number():
    found = judged({"siret": "880 878 145 00015"}, {"vat": "FR44732829320"})
    assert [line.siren for line in found.lines] == ["880878145", "732829320"]


@pytest.mark.parametrize(
    ("amount", "paid", "balance", "expected"),
    [
        ("100,00", "", "60,00", (10000, 4000)),
        ("", "40,00", "60,00", (10000, 4000)),
        ("", "", "60,00", (6000, 0)),
        ("100,00", "40,00", "60,00", (10000, 4000)),
    ],
)
def test_what_is_still_owed_completes_the_two_other_amounts(amount, paid, balance, expected):
    (line,) = judged({"amount": amount, "paid_before": paid, "balance": balance}).lines
    assert (line.amount, line.paid_before) == expected


def test_three_amounts_that_disagree_are_refused():
    assert codes(judged({"amount": "100,00", "paid_before": "40,00", "balance": "70,00"})) == ["balance-disagrees"]


def test_a_file_that_only_says_what_is_still_owed_is_read():
    found = judged({"balance": "60,00"}, {"balance": ""}, drop=("amount", "paid_before"))
    assert [line.amount for line in found.lines] == [6000]
    assert codes(found) == ["amount-missing"]


def test_a_file_without_a_required_column_is_refused_whole_and_a_default_mends_it():
    with pytest.raises(Refusal) as refused:
        judged(drop=("debtor_name", "debt_ref"))
    assert [p.field for p in refused.value.problems] == ["debtor_name", "debt_ref"]
    assert judged(drop=("debtor_name",), defaults={"debtor_name": "Martin"}).lines[0].debtor_name == "Martin"


def test_a_file_without_due_dates_enters_with_one_remark_for_all_its_lines():
    found = judged({}, {}, drop=("due_on",))
    assert [(p.code, p.line) for p in found.remarks] == [("due-missing", 0)]
    assert [line.due_on for line in found.lines] == [None, None]


def test_a_creditor_that_nobody_knows_is_a_fault_and_letter_case_is_forgiven():
    found = judged({"creditor_ref": "C9999"}, {"creditor_ref": "c0006"}, creditors=frozenset({"C0006"}))
    assert codes(found) == ["creditor-unknown"]
    assert found.lines[0].creditor_ref == "C0006"


def test_a_reference_used_for_another_debt_names_the_first_line():
    found = judged({"debt_ref": "F-1"}, {"debt_ref": "F-1", "amount": "50,00"})
    assert codes(found) == ["reference-used"]
    assert "line 2" in str(found.problems[0].reason)
    assert [line.line for line in found.lines] == [2]


def test_two_creditors_may_use_one_reference():
    assert codes(judged({"debt_ref": "F-1"}, {"debt_ref": "F-1", "creditor_ref": "C0007"})) == []


def test_an_identical_line_is_a_fault_unless_the_person_keeps_it():
    same = {"debt_ref": "F-1"}
    found = judged(same, same, same)
    assert codes(found) == ["line-repeated", "line-repeated"]
    kept = judged(same, same, same, keep_identical=True)
    assert codes(kept) == []
    assert [line.occurrence for line in kept.lines] == [1, 2, 3]
    assert len({line.key for line in kept.lines}) == 1


def test_a_faulty_line_does_not_reserve_its_reference():
    found = judged({"debt_ref": "F-1", "amount": "abc"}, {"debt_ref": "F-1"})
    assert codes(found) == ["amount-unreadable"]
    assert [line.line for line in found.lines] == [3]


def test_the_same_line_has_the_same_key_under_other_columns_other_spacing_and_other_lines():
    (line,) = judged().lines
    (again,) = judged(
        {"phone": "+33(0)6.12.34.56.78", "amount": "1234,56", "label": "", "debt_ref": " F-1"},
        drop=("siren",),
        lines=[77],
    ).lines
    assert (again.line, again.key) == (77, line.key)


def test_another_amount_makes_another_key():
    first, second = judged({"debt_ref": "A"}), judged({"debt_ref": "A", "amount": "1 234,57"})
    assert first.lines[0].key != second.lines[0].key


def test_the_key_by_columns_is_the_key_by_line():
    found = judged(
        {"contract_rate": "12,50"}, {"contract_rate": ""}, {"first_letter_on": "02/06/2026", "first_letter_ref": "LR"}
    )
    assert [line_key(getattr(line, name) for name in CONTENT) for line in found.lines] == [
        line.key for line in found.lines
    ]
    assert found.lines[0].contract_rate == Decimal("12.5")


def test_line_numbers_are_those_of_the_file():
    found = judged({}, {"amount": "abc"}, lines=[12, 40])
    assert ([line.line for line in found.lines], found.problems[0].line) == ([12], 40)


def test_a_short_row_is_read_as_if_its_last_cells_were_empty():
    found = check(
        [["F-1", "12/05/2026", "Martin"]], {0: "debt_ref", 1: "due_on", 2: "debtor_name", 3: "amount"}, Options(), TODAY
    )
    assert codes(found) == ["amount-missing"]


def test_a_file_longer_than_a_chunk_is_one_file():
    rows = [[f"F-{n}", "12/05/2026", "Martin", "10,00"] for n in range(CHUNK)] + [
        ["F-0", "12/05/2026", "Durand", "10,00"]
    ]
    found = check(rows, {0: "debt_ref", 1: "due_on", 2: "debtor_name", 3: "amount"}, Options(), TODAY)
    assert len(found.lines) == CHUNK
    assert [(p.code, p.line) for p in found.problems] == [("reference-used", CHUNK + 2)]


def test_a_checker_remembers_references_between_calls():
    checker = Checker({0: "debt_ref", 1: "due_on", 2: "debtor_name", 3: "amount"}, Options(), TODAY)
    row = ["F-0", "12/05/2026", "Martin", "10,00"]
    assert len(checker.check([row], [2]).lines) == 1
    assert codes(checker.check([row], [3])) == ["line-repeated"]


def test_an_empty_file_gives_nothing():
    assert check([], {0: "debt_ref", 1: "due_on", 2: "debtor_name", 3: "amount"}, Options(), TODAY).lines == []


def test_checking_leaves_the_collector_running():
    judged()
    assert gc.isenabled()


def test_every_word_of_the_format_is_understood():
    for field in DEBT_FIELDS:
        for choice in field.choices:
            found = judged({field.name: choice.word})
            assert found.problems == [], (field.name, choice.word)
            if field.name in PlacedDebt._fields:
                assert getattr(found.lines[0], field.name) == choice.key


@pytest.mark.parametrize(
    ("text", "order", "day"),
    [
        ("12/05/2026", "dmy", "2026-05-12"), ("12.5.26", "dmy", "2026-05-12"), ("12-05-1998", "dmy", "1998-05-12"), ("05/12/2026", "mdy", "2026-05-12"),
        ("2026-05-12", "dmy", "2026-05-12"), ("2026/05/12", "mdy", "2026-05-12"), ("20260512", "dmy", "2026-05-12"), ("12052026", "dmy", "2026-05-12"),
        ("2026-05-12T00:00:00", "dmy", "2026-05-12"), ("12/05/2026 14:30", "dmy", "2026-05-12"), ("12 mai 2026", "dmy", "2026-05-12"),
        ("1er janvier 2020", "dmy", "2020-01-01"), ("27 novembre 2008", "dmy", "2008-11-27"), ("29/02/2024", "dmy", "2024-02-29"),
        ("45000", "dmy", "2023-03-15"), ("1050824", "urssaf", "2005-08-24"), ("990505", "urssaf", "1999-05-05"), ("26/05/12", "ymd", "2026-05-12"),
    ],
)  # fmt: skip
def test_a_day_is_read_in_the_ways_that_files_write_it(text, order, day):
    # 45000 is 15 March 2023 in the serial numbers of Excel: 25569 is 1 January 1970, plus 19431 days
    assert read_date(text, order) == dt.date.fromisoformat(day)


@pytest.mark.parametrize(
    "text", ["29/02/2023", "31/04/2026", "13/13/2026", "demain", "2026-05", "1050824", "12/05", "00/01/2026"]
)
def test_what_is_no_day_is_refused(text):
    with pytest.raises(Refusal):
        read_date(text)


@pytest.mark.parametrize(
    ("text", "unit", "cents"),
    [("66,31", "euros", 6631), ("1 234,56", "euros", 123456), ("1\u202f234,56", "euros", 123456), ("1234.5", "euros", 123450), ("12", "euros", 1200),
     ("1 234 567,89 €", "euros", 123456789), ("195907", "cents", 195907), ("", "euros", None)],
)  # fmt: skip
def test_an_amount_is_read_as_cents(text, unit, cents):
    assert read_amount(text, unit) == cents


@pytest.mark.parametrize(
    ("text", "unit"),
    [("1.234,56", "euros"), ("12,345", "euros"), ("1e5", "euros"), ("12 34,00", "euros"), ("12,5", "cents")],
)
def test_an_ambiguous_amount_is_refused(text, unit):
    with pytest.raises(Refusal):
        read_amount(text, unit)


def test_amounts_read_together_equal_amounts_read_alone():
    texts = ["66,31", "1 234,56", "abc", "0,00", "1\u00a0234,56", "12", "-3,00", "1234.5", ""]
    found = judged(*({"amount": text, "paid_before": ""} for text in texts))
    assert [(line.line - 2, line.amount) for line in found.lines] == [
        (0, 6631),
        (1, 123456),
        (4, 123456),
        (5, 1200),
        (7, 123450),
    ]


def test_a_line_on_which_nothing_is_still_owed_is_refused():
    assert codes(judged({"amount": "", "paid_before": "", "balance": "0,00"})) == ["nothing-owed"]
    assert codes(judged({"amount": "100,00", "paid_before": "", "balance": "0,00"})) == ["nothing-owed"]


@pytest.mark.parametrize(("label", "remarked"), [
    ("Frais de relance", True), ("FRAIS DE MISE EN DEMEURE n° 3", True), ("Frais d’impayé", True), ("Honoraires de recouvrement", True),
    ("Facture 12 et frais de recouvrement", True), ("Frais de scolarité 2025-2026", False), ("Frais médicaux", False),
    ("Honoraires d'architecte", False), ("Fourniture de menuiserie", False), ("Affrais de relancement", False), ("", False),
])  # fmt: skip
def test_a_line_of_collection_costs_enters_with_a_remark_that_names_the_article(label, remarked):
    found = judged({"label": label})
    assert len(found.lines) == 1
    assert codes(found) == []
    assert [p.code for p in found.remarks if p.field == "label"] == (["collection-costs"] if remarked else [])
    assert all("CPCE, art. L. 111-8" in str(p.reason) for p in found.remarks if p.code == "collection-costs")


def test_costs_are_noted_on_their_own_line_only_and_not_on_a_faulty_one():
    found = judged({"label": "Pose"}, {"label": "Frais de rappel"}, {"label": "Frais de rappel", "amount": "x"})
    assert [(p.code, p.line) for p in found.remarks if p.code == "collection-costs"] == [("collection-costs", 3)]
