"""The command `plan`: the contract's fields, exact figures, refusals, and no store."""

from tests.command.test_commands import answer, run


def test_a_plan_prints_the_fields_of_the_contract_and_makes_no_store(tmp_path):
    home = tmp_path / "home"
    found = answer(home, "plan", "--amount", "1000", "--first", "2027-01-31", "--count", "3")
    row = found["instalments"][1] | {"why": ""}
    assert row == {
        "number": 2, "date": "2027-02-28", "amount": "333.33", "principal": "333.33", "interest": "0.00", "balance": "333.34",
        "why": "",
    }  # fmt: skip
    assert found["total"] == "1000.00"
    assert not home.exists()


def test_rate_rhythm_and_down_payment_are_followed(tmp_path):
    found = answer(
        tmp_path, "plan", "--amount", "10100", "--down", "100", "--first", "2027-01-31", "--every", "month", "--count",
        "1", "--rate", "10",
    )  # fmt: skip
    assert found["instalments"][0]["amount"] == "10083.33"  # published: one month of 10 000 at 10 %
    assert found["total"] == "10183.33"


def test_a_plan_that_never_repays_is_a_refusal_on_its_field(tmp_path):
    found = answer(
        tmp_path, "plan", "--amount", "1000", "--first", "2027-01-31", "--instalment", "10", "--rate", "12", code=1
    )
    assert [p["field"] for p in found["problems"]] == ["instalment"]


def test_bad_words_are_told_on_their_field_and_wrong_usage_is_two(tmp_path):
    for field, words in {
        "first": ("--amount", "10", "--first", "31/01/2027", "--count", "2"),
        "rate": ("--amount", "10", "--first", "2027-01-31", "--count", "2", "--rate", "x"),
        "amount": ("--amount", "1.000,5", "--first", "2027-01-31", "--count", "2"),
    }.items():
        assert [p["field"] for p in answer(tmp_path, "plan", *words, code=1)["problems"]] == [field]
    assert run(tmp_path, "plan", "--amount", "10", "--first", "2027-01-31").returncode == 2
