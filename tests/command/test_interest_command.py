"""The command interest: the contract's fields, exit codes, and no store touched."""

import json

import pytest

from core.command.main import main


def asked(capsys, *words: str, code: int = 0, lang: str = "en"):
    assert main(["--json", "--lang", lang, "interest", *words]) == code
    return json.loads(capsys.readouterr().out)


SUM = ("--principal", "10000", "--from", "2025-03-31", "--to", "2025-12-31")


def test_the_default_rate_prints_the_fields_of_the_contract(home, capsys):
    found = asked(capsys, *SUM, "--basis", "statutory")
    assert found["total"] == "940.34"  # 327.85 + 612.49
    first = found["segments"][0]
    assert {name: first[name] for name in ("from", "to", "days", "rate", "base", "amount")} == {
        "from": "2025-03-31", "to": "2025-06-30", "days": 91, "rate": "13.15", "base": "10000.00", "amount": "327.85",
    }  # fmt: skip
    assert (found["articles"], found["certainty"], found["known_until"]) == (["C. com., art. L. 441-10, II"], "V", None)
    assert not home.exists()


def test_the_creditor_chooses_the_legal_rate_and_without_a_word_the_lower_one_is_taken(capsys):
    # 5 000.00 × 8.01 % × 46 / 365 = 50.47; at 5.07 %: 31.95
    legal = ("--principal", "5000", "--from", "2024-05-15", "--to", "2024-06-30", "--basis", "legal")
    assert asked(capsys, *legal, "--creditor-kind", "individual")["total"] == "50.47"
    assert asked(capsys, *legal, "--creditor-kind", "business")["total"] == "31.95"
    found = asked(capsys, *legal)
    assert found["total"] == "31.95"
    assert "rate of other creditors" in found["remarks"][0]


def test_a_judgment_served_raises_the_legal_rate(capsys):
    words = (
        "--principal",
        "10000",
        "--from",
        "2025-01-20",
        "--to",
        "2025-04-18",
        "--basis",
        "legal",
        "--served",
        "2025-02-17",
    )
    found = asked(capsys, *words, "--creditor-kind", "business")
    assert [(s["to"], s["rate"], s["amount"]) for s in found["segments"]] == [
        ("2025-04-17", "3.71", "88.43"),
        ("2025-04-18", "8.71", "2.39"),
    ]
    assert found["articles"] == ["C. civ., art. 1231-7", "CMF, art. L. 313-2 et D. 313-1-A", "CMF, art. L. 313-3"]


def test_the_raise_is_not_for_another_rate(capsys):
    found = asked(capsys, *SUM, "--basis", "statutory", "--served", "2025-04-01")
    assert found["total"] == "940.34"
    assert "only the legal rate is raised" in found["remarks"][0]


def test_payments_go_to_interest_first(capsys):
    found = asked(capsys, *SUM, "--basis", "statutory", "--payment", "2025-06-30=2000", "--payment", "2026-01-05=10")
    # 8 327.85 × 12.15 % × 184 / 365 = 510.0751
    assert found["payments"] == [
        {"date": "2025-06-30", "amount": "2000.00", "interest": "327.85", "principal": "1672.15", "left_over": "0.00"}
    ]
    assert (found["total"], found["interest_left"], found["principal_left"], found["balance"]) == (
        "837.93", "510.08", "8327.85", "8837.93",
    )  # fmt: skip
    assert found["articles"][-1] == "C. civ., art. 1343-1"
    assert found["remarks"] == ["Payments after 31/12/2025 are not counted."]


def test_an_agreed_rate_is_typed_as_people_type_it(capsys):
    found = asked(capsys, *SUM, "--basis", "contractual", "--rate", "8,5 %")
    assert [s["rate"] for s in found["segments"]] == ["8.50", "8.50"]
    assert found["total"] == "640.41"  # 211.92 + 428.49


def test_between_businesses_the_agreed_rate_is_compared_with_its_floor(capsys):
    found = asked(capsys, *SUM, "--basis", "contractual", "--rate", "8.5", "--debtor-kind", "business")
    assert "11.13 %" in found["remarks"][0]
    assert found["certainty"] == "U"


@pytest.mark.parametrize("basis", ["statutory", "public"])
def test_a_legal_person_outside_any_business_never_owes_the_rates_of_businesses_and_public_buyers(capsys, basis):
    refused = asked(capsys, *SUM, "--basis", basis, "--debtor-kind", "association", code=1)
    (problem,) = refused["problems"]
    assert problem["field"] == "basis"
    assert "L. 441-10" in problem["reason"]


def test_a_public_deadline_on_a_sunday_ends_on_monday(capsys):
    words = ("--principal", "10000", "--from", "2026-03-01", "--to", "2026-03-31", "--basis", "public")
    found = asked(capsys, *words)
    # 10 000.00 × 10.15 % × 29 / 365
    assert (found["segments"][0]["from"], found["segments"][0]["days"], found["total"]) == ("2026-03-02", 29, "80.64")
    assert "not a working day" in found["remarks"][0]


def test_a_rate_not_known_yet_stops_the_computation_and_says_until_when(capsys):
    words = ("--principal", "10000", "--from", "2026-06-30", "--basis", "statutory")
    found = asked(capsys, *words, "--to", "2027-03-31")
    assert (found["total"], found["known_until"], found["certainty"]) == ("625.10", "2026-12-31", "S")
    assert "not known after 31/12/2026" in found["remarks"][0]


def test_a_rate_unknown_from_the_first_day_is_a_problem(capsys):
    words = ("--principal", "10000", "--from", "2026-12-31", "--to", "2027-03-31", "--basis", "statutory")
    found = asked(capsys, *words, code=1, lang="fr")
    assert (found["total"], found["segments"], found["known_until"]) == ("0.00", [], "2026-12-31")
    assert "01/01/2027" in found["problems"][0]["reason"]


@pytest.mark.parametrize(
    ("words", "field"),
    [
        (("--principal", "1.000,5", "--from", "2025-03-31", "--to", "2025-12-31", "--basis", "legal"), "principal"),
        (("--principal", "0", "--from", "2025-03-31", "--to", "2025-12-31", "--basis", "legal"), "principal"),
        (("--principal", "10", "--from", "2025-12-31", "--to", "2025-03-31", "--basis", "legal"), "to"),
        ((*SUM, "--basis", "contractual"), "rate"),
        ((*SUM, "--basis", "contractual", "--rate", "x"), "rate"),
        ((*SUM, "--basis", "contractual", "--rate", "120"), "rate"),
        ((*SUM, "--basis", "legal", "--rate", "8"), "rate"),
        ((*SUM, "--basis", "statutory", "--debtor-kind", "individual"), "basis"),
        ((*SUM, "--basis", "legal", "--payment", "hier=10"), "payment"),
        ((*SUM, "--basis", "legal", "--payment", "2025-04-01=-10"), "payment"),
        ((*SUM, "--basis", "legal", "--payment", "2025-04-01"), "payment"),
    ],
)
def test_bad_values_are_told_on_their_field(capsys, words, field):
    found = asked(capsys, *words, code=1)
    assert [problem["field"] for problem in found["problems"]] == [field]


@pytest.mark.parametrize(
    "words",
    [
        (),
        ("--principal", "10", "--from", "31/03/2025", "--to", "2025-12-31", "--basis", "legal"),
        ("--principal", "10", "--from", "2025-03-31", "--to", "2025-12-31", "--basis", "usury"),
    ],
)
def test_wrong_usage_is_two(capsys, words):
    assert main(["interest", *words]) == 2
    assert capsys.readouterr().err
