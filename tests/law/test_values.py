"""The dated values of the law: every change of rate on its day, nothing beyond what is known, every fault told with its place."""

import csv
import datetime as dt
from decimal import Decimal
from pathlib import Path

import pytest

from core.domain.law_values import UnknownValue
from core.domain.messages import Refusal
from core.law.values import FOLDER, law_from, load_law, read_sheets

RATES = Path(__file__).parents[1] / "samples" / "law-rates"
LAW = load_law()
DAY = dt.timedelta(days=1)


def rows(name: str):
    with (RATES / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


LEGAL = rows("legal_interest_rates.csv")
ECB = rows("ecb_refi_rates.csv")


def rate(key: str, day: dt.date):
    return LAW.of(key).at(day).value


# --- the two published series, from the tables of the research (tests/samples/law-rates) ---


@pytest.mark.parametrize("column", ["consumer_rate_percent", "other_rate_percent"])
@pytest.mark.parametrize("place", range(len(LEGAL)), ids=[row["valid_from"] for row in LEGAL])
def test_the_legal_rate_changes_on_its_day(column, place):
    key = {"consumer_rate_percent": "legal_interest_individual", "other_rate_percent": "legal_interest_other"}[column]
    row, start = LEGAL[place], dt.date.fromisoformat(LEGAL[place]["valid_from"])
    if place:
        assert rate(key, start - DAY) == Decimal(LEGAL[place - 1][column])
    else:
        with pytest.raises(UnknownValue):
            rate(key, start - DAY)
    assert rate(key, start) == Decimal(row[column])
    assert rate(key, start + DAY) == Decimal(row[column])
    assert rate(key, dt.date.fromisoformat(row["valid_to"])) == Decimal(row[column])


@pytest.mark.parametrize("place", range(len(ECB)), ids=[row["valid_from"] for row in ECB])
def test_the_central_bank_rate_changes_on_its_day(place):
    start = dt.date.fromisoformat(ECB[place]["valid_from"])
    if place:
        assert rate("ecb_refinancing", start - DAY) == Decimal(ECB[place - 1]["rate_percent"])
    else:
        with pytest.raises(UnknownValue):
            rate("ecb_refinancing", start - DAY)
    assert rate("ecb_refinancing", start) == Decimal(ECB[place]["rate_percent"])
    assert rate("ecb_refinancing", start + DAY) == Decimal(ECB[place]["rate_percent"])


def test_the_legal_rate_of_2027_is_not_known_before_its_order():
    assert rate("legal_interest_other", dt.date(2026, 12, 31)) == Decimal("2.75")
    for key in ("legal_interest_other", "legal_interest_individual"):
        assert LAW.of(key).known_until == dt.date(2026, 12, 31)
        with pytest.raises(UnknownValue) as unknown:
            rate(key, dt.date(2027, 1, 1))
        assert (unknown.value.key, unknown.value.day) == (key, dt.date(2027, 1, 1))


def test_the_central_bank_rate_is_known_until_the_day_it_was_last_checked():
    assert rate("ecb_refinancing", dt.date(2026, 10, 10)) == Decimal("2.65")
    with pytest.raises(UnknownValue):
        rate("ecb_refinancing", dt.date(2026, 10, 11))


def test_what_was_read_second_hand_says_so():
    trust = {
        day: LAW.of("ecb_refinancing").at(dt.date.fromisoformat(day)).trust
        for day in ("2025-06-11", "2026-06-17", "2026-09-16")
    }
    assert trust == {"2025-06-11": "V", "2026-06-17": "S", "2026-09-16": "S"}
    assert LAW.of("legal_interest_other").at(dt.date(2026, 7, 1)).trust == "S"
    assert LAW.of("legal_interest_other").at(dt.date(2026, 6, 30)).trust == "V"


# --- the statutory penalty and the floor of an agreed rate by half-year: the printed table of the research (section 2.3), typed here:
# first day of the half-year, ECB rate that day, default penalty, legal rate of other creditors, floor ---

PENALTIES = """
2013-01-01 0.75 10.75 0.04 0.12
2013-07-01 0.50 10.50 0.04 0.12
2014-01-01 0.25 10.25 0.04 0.12
2014-07-01 0.15 10.15 0.04 0.12
2015-01-01 0.05 10.05 0.93 2.79
2015-07-01 0.05 10.05 0.99 2.97
2016-01-01 0.05 10.05 1.01 3.03
2016-07-01 0.00 10.00 0.93 2.79
2017-01-01 0.00 10.00 0.90 2.70
2017-07-01 0.00 10.00 0.90 2.70
2018-01-01 0.00 10.00 0.89 2.67
2018-07-01 0.00 10.00 0.88 2.64
2019-01-01 0.00 10.00 0.86 2.58
2019-07-01 0.00 10.00 0.87 2.61
2020-01-01 0.00 10.00 0.87 2.61
2020-07-01 0.00 10.00 0.84 2.52
2021-01-01 0.00 10.00 0.79 2.37
2021-07-01 0.00 10.00 0.76 2.28
2022-01-01 0.00 10.00 0.76 2.28
2022-07-01 0.00 10.00 0.77 2.31
2023-01-01 2.50 12.50 2.06 6.18
2023-07-01 4.00 14.00 4.22 12.66
2024-01-01 4.50 14.50 5.07 15.21
2024-07-01 4.25 14.25 4.92 14.76
2025-01-01 3.15 13.15 3.71 11.13
2025-07-01 2.15 12.15 2.76 8.28
2026-01-01 2.15 12.15 2.62 7.86
2026-07-01 2.40 12.40 2.75 8.25
"""


@pytest.mark.parametrize("line", PENALTIES.split("\n")[1:-1])
def test_the_values_give_the_printed_penalty_and_floor_of_each_half_year(line):
    start, ecb, penalty, other, floor = line.split()
    day = dt.date.fromisoformat(start)
    assert rate("ecb_refinancing", day) == Decimal(ecb)
    assert rate("ecb_refinancing", day) + rate("statutory_points", day) == Decimal(penalty)
    assert rate("legal_interest_other", day) == Decimal(other)
    assert rate("legal_interest_other", day) * rate("contract_floor_factor", day) == Decimal(floor)


@pytest.mark.parametrize(
    ("key", "before", "start", "after"),
    [
        ("statutory_points", "7", "2009-01-01", "10"),
        ("contract_floor_factor", "1.5", "2009-01-01", "3"),
        ("statutory_anchor", "0", "2013-01-01", "6"),
        ("recovery_indemnity", None, "2013-01-01", "4000"),
        ("legal_aid_contribution", None, "2026-03-01", "5000"),
    ],
)
def test_a_value_changes_on_its_day(key, before, start, after):
    day = dt.date.fromisoformat(start)
    if before is None:
        with pytest.raises(UnknownValue):
            rate(key, day - DAY)
    else:
        assert rate(key, day - DAY) == Decimal(before)
    assert rate(key, day) == rate(key, day + DAY) == Decimal(after)


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("public_points", 8),
        ("legal_rate_surcharge", 5),
        ("surcharge_months", 2),
        ("surcharge_months_auction", 4),
        ("capitalisation_months", 12),
        ("plan_judge_months", 24),
        ("proof_in_writing", 150_000),
        ("cash_ceiling", 100_000),
        ("small_claims_ceiling", 500_000),
        ("lawyer_threshold", 1_000_000),
        ("no_appeal_threshold", 500_000),
        ("amicable_attempt_threshold", 500_000),
        ("hearing_fee", 1_300),
        ("seizable_per_dependant", 174_000),
        ("payment_term_default", 30),
        ("payment_term_agreed", 60),
        ("payment_term_month_end", 45),
    ],
)
def test_a_value_in_force_in_november_2026(key, value):
    assert rate(key, dt.date(2026, 11, 24)) == value


# --- tables by bands ---


@pytest.mark.parametrize(
    ("amount", "share"),
    [(1, "1/20"), (448_000, "1/20"), (448_001, "1/10"), (2_147_000, "1/3"), (2_581_000, "2/3"), (2_581_001, "1/1")],
)
def test_an_amount_falls_in_the_band_whose_upper_bound_is_included(amount, share):
    band = LAW.table("seizable_wage").at(dt.date(2026, 11, 24)).of(amount)
    assert f"{band.value}/{band.per}" == share


def test_an_amount_of_nothing_is_in_no_band():
    with pytest.raises(ValueError, match="no band"):
        LAW.table("seizable_wage").at(dt.date(2026, 11, 24)).of(0)


@pytest.mark.parametrize(
    ("day", "ceiling"), [("2026-09-30", "15.67"), ("2026-10-01", "15.76"), ("2026-12-31", "15.76")]
)
def test_the_usury_ceiling_changes_with_the_quarter(day, ceiling):
    assert LAW.table("usury_consumer").at(dt.date.fromisoformat(day)).of(450_000).value == Decimal(ceiling)


@pytest.mark.parametrize("key", ["bailiff_debtor", "bailiff_creditor", "act_fee_factor"])
def test_the_tariff_of_the_bailiff_stops_with_its_period(key):
    LAW.table(key).at(dt.date(2026, 2, 28))
    with pytest.raises(UnknownValue):
        LAW.table(key).at(dt.date(2026, 3, 1))


def test_a_gap_between_two_tariffs_is_unknown():
    with pytest.raises(UnknownValue):
        LAW.table("bailiff_debtor").at(dt.date(2021, 6, 1))


# --- the loader is strict ---

GOOD = """\
key: some_rate
label: {fr: "un taux", en: "a rate"}
group: interest
quantity: rate
article: "C. civ., art. 1"
link: "https://example.org"
known: half_year
checked_on: "2026-11-22"
recheck_months: 3
values:
  - {from: "2025-01-01", to: "2025-06-30", value: "3.71", trust: V, source: "premier arrêté"}
  - {from: "2025-07-01", to: "2025-12-31", value: "2.76", trust: V, source: "deuxième arrêté"}
  - {from: "2026-01-01", to: "2026-06-30", value: "2.62", trust: S, source: "troisième arrêté"}
"""
TABLE = """\
key: some_rate
label: {fr: "un tarif", en: "a tariff"}
group: costs
quantity: rate
article: "C. civ., art. 1"
link: "https://example.org"
known: open
checked_on: "2026-11-22"
recheck_months: 3
bands: true
values:
  - from: "2025-01-01"
    trust: V
    source: "arrêté"
    bands:
      - {up_to: "125", value: "9.75"}
      - {up_to: "610", value: "6.34"}
      - {value: "0.29"}
"""


def read(tmp_path: Path, text: str, name: str = "some_rate.yaml"):
    folder = tmp_path / "data" / "law" / "values"
    folder.mkdir(parents=True)
    (folder / name).write_text(text, encoding="utf-8")
    return law_from(read_sheets(folder), ())


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("article:", "artikel:", "yaml-unknown-key"),
        (
            'article: "C. civ., art. 1"\n',
            'article: "C. civ., art. 1"\narticle: "C. civ., art. 2"\n',
            "yaml-duplicate-key",
        ),
        (', source: "deuxième arrêté"', "", "yaml-missing-key"),
        ('source: "deuxième arrêté"', 'source: " "', "yaml-empty-text"),
        ('value: "2.76"', "value: 2.76", "yaml-not-text"),
        ('value: "2.76"', 'value: "2,76"', "law-number"),
        ('value: "2.76"', 'value: "2.765"', "law-decimals"),
        ('value: "2.76", trust: V', 'value: "2.76", trust: sure', "yaml-unknown-word"),
        ('from: "2025-07-01"', 'from: "2025-06-30"', "law-period"),
        ('from: "2025-07-01"', 'from: "01/07/2025"', "law-date"),
        ('from: "2025-07-01", to: "2025-12-31"', 'from: "2025-01-01", to: "2025-12-31"', "law-order"),
        ('from: "2025-07-01", to: "2025-12-31"', 'from: "2026-07-01", to: "2026-06-30"', "law-order"),
        ('to: "2025-06-30"', 'to: "2025-12-31"', "law-overlap"),
        ('from: "2025-07-01", to: "2025-12-31"', 'from: "2025-07-01"', "law-period"),
        ("quantity: rate", "quantity: percents", "yaml-unknown-word"),
        ("known: half_year", "known: forever", "yaml-unknown-word"),
        ("key: some_rate", "key: other_rate", "law-file-name"),
        ('en: "a rate"', 'es: "una tasa"', "yaml-missing-language"),
    ],
)
def test_a_fault_is_refused_with_its_file_and_line(tmp_path, old, new, code):
    assert old in GOOD
    line = GOOD[: GOOD.index(old)].count("\n") + 1
    with pytest.raises(Refusal) as refused:
        read(tmp_path, GOOD.replace(old, new, 1))
    problem = refused.value.problems[0]
    assert (problem.code, problem.where) == (code, "data/law/values/some_rate.yaml")
    assert problem.line in {line, line + 1}  # a fault between two values stands at the second
    assert str(problem.remedy)


def test_a_half_year_that_is_missing_is_refused(tmp_path):
    lines = GOOD.splitlines(keepends=True)
    with pytest.raises(Refusal) as refused:
        read(tmp_path, "".join(line for line in lines if "deuxième" not in line))
    assert (refused.value.problems[0].code, refused.value.problems[0].line) == ("law-gap", 12)


def test_a_series_without_a_value_is_refused(tmp_path):
    with pytest.raises(Refusal) as refused:
        read(tmp_path, GOOD[: GOOD.index("values:")] + "values: []\n")
    assert refused.value.problems[0].code == "law-no-value"


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ('up_to: "610"', 'up_to: "100"', "law-bands"),
        ('{value: "0.29"}', '{up_to: "900", value: "0.29"}', "law-bands"),
        ('{up_to: "610", value: "6.34"}', '{value: "6.34"}', "law-bands"),
        ('value: "6.34"', 'value: "6.345"', "law-decimals"),
        ("bands: true", "bands: yes", "yaml-shape"),
    ],
)
def test_a_table_whose_bands_do_not_follow_is_refused(tmp_path, old, new, code):
    assert old in TABLE
    with pytest.raises(Refusal) as refused:
        read(tmp_path, TABLE.replace(old, new, 1))
    assert refused.value.problems[0].code == code


def test_a_share_is_written_as_a_fraction(tmp_path):
    with pytest.raises(Refusal) as refused:
        read(tmp_path, TABLE.replace("quantity: rate", "quantity: share", 1))
    assert refused.value.problems[0].code == "law-number"


def test_an_amount_is_written_in_euros_and_kept_in_cents(tmp_path):
    text = GOOD.replace("quantity: rate", "quantity: euros").replace("known: half_year", "known: open")
    assert read(tmp_path, text).of("some_rate").at(dt.date(2025, 7, 1)).value == 276


def test_a_value_without_an_end_lasts_until_the_eve_of_the_next(tmp_path):
    text = GOOD.replace("known: half_year", "known: checked").replace(', to: "2025-06-30"', "")
    series = read(tmp_path, text).of("some_rate")
    assert series.values[0].end == dt.date(2025, 6, 30)
    assert series.known_until == dt.date(2026, 11, 22)


def test_every_shipped_file_is_a_value(tmp_path):
    assert {path.stem for path in FOLDER.glob("*")} == {*LAW.series, *LAW.bands}


# --- the fingerprint ---


def test_the_fingerprint_is_of_the_content_and_not_of_the_dress(tmp_path):
    plain = read(tmp_path / "a", GOOD).fingerprint
    dressed = "# a remark\n" + GOOD.replace(
        "group: interest\nquantity: rate\n", 'quantity: "rate"\ngroup:   interest\n'
    )
    assert read(tmp_path / "b", dressed).fingerprint == plain
    assert read(tmp_path / "c", GOOD.replace("2.76", "2.77")).fingerprint != plain
    assert read(tmp_path / "d", GOOD.replace("premier", "second")).fingerprint != plain
