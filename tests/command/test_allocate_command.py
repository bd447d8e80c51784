"""The command `allocate`: the contract's fields, exact figures, refusals on their field, and no store."""

import json

import pytest

from tests.command.test_commands import answer, run

TWO = [
    {"ref": "F-1", "principal": "100.00", "interest": "5.00", "costs": "2.00", "due": "2026-01-31"},
    {"ref": "F-2", "principal": "50.00", "due": "2026-02-28"},
]


def asked(home, debts, *words, code=0, payment="110"):
    home.mkdir(exist_ok=True)
    path = home.parent / "debts.json"
    path.write_text(debts if isinstance(debts, str) else json.dumps(debts), encoding="utf-8")
    return answer(home, "allocate", "--debts", str(path), "--payment", payment, "--on", "2026-11-24", *words, code=code)


def test_the_fields_of_the_contract_and_no_store(tmp_path):
    home = tmp_path / "home"
    found = asked(home, TWO)
    # 110 = 2 costs + 5 interest + 100 principal of the oldest, then 3 of the other
    rows = [{k: row[k] for k in ("debt", "costs", "interest", "principal")} for row in found["allocations"]]
    assert rows == [
        {"debt": "F-1", "costs": "2.00", "interest": "5.00", "principal": "100.00"},
        {"debt": "F-2", "costs": "0.00", "interest": "0.00", "principal": "3.00"},
    ]
    assert found["left_over"] == "0.00"
    assert found["articles"] == [
        "C. civ., art. 1342-10",
        "C. civ., art. 1343-1",
        "Cass. 1re civ. 7 févr. 1995, n° 92-14.216",
    ]
    assert found["allocations"][0]["why"] == "Plus ancienne des créances échues (31/01/2026)."
    assert list(home.iterdir()) == []


def test_the_debt_named_is_paid_first_and_what_is_too_much_is_left_over(tmp_path):
    found = asked(tmp_path / "home", TWO, "--for", "F-2", payment="160,01")
    assert [(row["debt"], row["principal"]) for row in found["allocations"]] == [("F-2", "50.00"), ("F-1", "100.00")]
    assert found["left_over"] == "3.01"  # 160.01 - 50 - 107


def test_rate_title_and_the_agreed_order_are_read(tmp_path):
    debts = [
        {"ref": "A", "principal": "100", "interest": "10", "due": "2025-01-01", "rate": "2,75"},
        {"ref": "B", "principal": "100", "interest": "10", "due": "2026-01-01", "rate": "12.40"},
        {"ref": "C", "principal": "10", "due": "2026-06-01", "titled": True},
    ]
    found = asked(tmp_path / "home", debts, "--order", "principal_first", payment="60")
    assert [(row["debt"], row["principal"], row["interest"]) for row in found["allocations"]] == [
        ("C", "10.00", "0.00"),
        ("B", "50.00", "0.00"),
    ]


def test_amounts_written_as_json_numbers_stay_exact(tmp_path):
    found = asked(tmp_path / "home", '[{"ref": "A", "principal": 0.1, "interest": 0.2}]', payment="0.3")
    assert (found["allocations"][0]["principal"], found["allocations"][0]["interest"], found["left_over"]) == (
        "0.10",
        "0.20",
        "0.00",
    )


@pytest.mark.parametrize(("debts", "fields"), [
    ("no json", ["debts"]), ("{}", ["debts"]), ("[]", ["debts"]), ("[1]", [""]),
    ([{"principal": "1"}], ["ref"]), ([{"ref": "A", "principal": "1"}] * 2, ["ref"]),
    ([{"ref": "A", "principal": "1.000,5"}], ["principal"]), ([{"ref": "A", "principal": "-1"}], ["principal"]),
    ([{"ref": "A", "principal": True}], ["principal"]), ([{"ref": "A", "due": "31/01/2026"}], ["due"]),
    ([{"ref": "A", "rate": "x"}], ["rate"]), ([{"ref": "A", "rate": "NaN"}], ["rate"]), ([{"ref": "A", "rate": "101"}], ["rate"]),
    ([{"ref": "A", "titled": "yes"}], ["titled"]), ([{"ref": "A", "agency": "12.00"}], ["agency"]),
    ([{"ref": "A", "principal": "x", "due": "y"}, {"ref": "B", "rate": "z"}], ["principal", "due", "rate"]),
])  # fmt: skip
def test_each_fault_is_told_on_its_field(tmp_path, debts, fields):
    found = asked(tmp_path / "home", debts, code=1)
    assert [problem["field"] for problem in found["problems"]] == fields
    assert all(problem["reason"] and problem["remedy"] for problem in found["problems"])


def test_an_unknown_reference_a_missing_file_and_bad_words_are_refused(tmp_path):
    home = tmp_path / "home"
    assert asked(home, TWO, "--for", "F-9", code=1)["problems"][0]["field"] == "for"
    assert asked(home, TWO, payment="0", code=1)["problems"][0]["field"] == "payment"
    words = ("allocate", "--debts", str(tmp_path / "none.json"), "--payment", "1", "--on")
    assert answer(home, *words, "2026-11-24", code=1)["problems"][0]["field"] == "debts"
    assert answer(home, *words, "24/11/2026", code=1)["problems"][0]["field"] == "on"
    assert run(home, "allocate", "--payment", "1").returncode == 2
