"""The commands deadline and due-date: the contract's fields, exit codes, and no store touched."""

import json

import pytest

from core.command.main import main


def asked(capsys, *words: str, code: int = 0):
    assert main(["--json", "--lang", "en", *words]) == code
    return json.loads(capsys.readouterr().out)


def test_a_deadline_prints_raw_legal_safe_and_why(home, capsys):
    found = asked(capsys, "deadline", "--from", "2026-11-03", "--length", "8d")
    assert (found["raw"], found["legal"], found["safe"]) == ("2026-11-11", "2026-11-12", "2026-11-11")
    assert found["articles"] == ["CPC, art. 641 al. 1", "CPC, art. 642"]
    assert found["certainty"] == "V2"  # the holiday itself is known from two sources, not from its article
    assert found["reasons"][-1] == "11/11/2026 is a public holiday (Armistice Day): to the next day."
    assert not home.exists()


def test_a_creditor_abroad_has_two_months_more(capsys):
    found = asked(capsys, "deadline", "--from", "2026-11-20", "--length", "2m", "--distance", "abroad")
    assert (found["raw"], found["legal"]) == ("2027-03-20", "2027-03-22")
    assert found["certainty"] == "S"  # only before a court that sits in mainland France
    assert "if the court sits in mainland France" in found["reasons"][0]


def test_a_territory_without_holidays_of_its_own_is_refused(capsys):
    found = asked(capsys, "deadline", "--from", "2026-11-20", "--length", "8d", "--territory", "99", code=1)
    assert (found["problems"][0]["field"], found["problems"][0]["value"]) == ("territory", "99")
    kept = asked(capsys, "deadline", "--from", "2026-03-03", "--length", "1m", "--territory", "67")
    assert kept["legal"] == "2026-04-07"  # Good Friday, Saturday, Easter Sunday and Monday


def test_a_length_that_cannot_be_read_is_refused_on_its_field(capsys):
    found = asked(capsys, "deadline", "--from", "2026-11-20", "--length", "soon", code=1)
    assert found["problems"][0]["field"] == "length"


@pytest.mark.parametrize("day", ["20/11/2026", "2026-02-30", ""])
def test_a_day_that_is_none_is_wrong_usage(capsys, day):
    assert main(["deadline", "--from", day, "--length", "8d"]) == 2
    assert capsys.readouterr().err


def test_a_due_date_prints_its_day_and_its_steps(home, capsys):
    found = asked(capsys, "due-date", "--invoice", "2025-03-10", "--terms", "fin de mois + 45 jours")
    assert found["due"] == "2025-05-15"
    assert len(found["reasons"]) == 2
    assert not home.exists()


def test_terms_nobody_can_read_are_refused_in_french_with_examples(capsys):
    assert main(["--json", "due-date", "--invoice", "2025-03-10", "--terms", "un jour"]) == 1
    problem = json.loads(capsys.readouterr().out)["problems"][0]
    assert (problem["field"], problem["value"]) == ("terms", "un jour")
    assert "45 jours fin de mois" in problem["remedy"]
