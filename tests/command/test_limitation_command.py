"""The command limitation: the contract's fields, exit codes, and no store touched."""

import json

from core.command.main import main


def asked(capsys, *words: str, code: int = 0):
    assert main(["--json", "--lang", "en", "--today", "2026-11-24", "limitation", *words]) == code
    return json.loads(capsys.readouterr().out)


def test_it_prints_date_chain_and_articles_and_makes_no_store(home, capsys):
    found = asked(capsys, "--nature", "general", "--start", "2021-03-01", "--event", "part_payment=2024-06-10")
    assert (found["date"], found["days_left"], found["certainty"]) == ("2029-06-10", 929, "S")
    assert [(one["event"], one["date"], one["end"]) for one in found["chain"]] == [
        ("start", "2021-03-01", "2026-03-01"),
        ("part_payment", "2024-06-10", "2029-06-10"),
    ]
    assert found["articles"] == ["C. civ., art. 2228, 2229", "C. civ., art. 2224, 2233", "C. civ., art. 2240"]
    assert not home.exists()


def test_a_letter_is_in_the_chain_and_moves_nothing(capsys):
    found = asked(capsys, "--nature", "consumer", "--start", "2024-05-10", "--event", "formal_notice=2026-04-20")
    assert (found["date"], found["days_left"]) == ("2026-05-10", -198)
    assert (found["chain"][1]["effect"], found["chain"][1]["end"]) == ("none", "2026-05-10")
    assert "Cass. com., 18 mai 2022, n° 20-23.204" in found["articles"]


def test_an_event_that_ended_is_told_with_both_days(capsys):
    found = asked(capsys, "--nature", "general", "--start", "2021-03-01", "--event", "mediation=2026-02-20..2026-04-01")
    assert (found["date"], found["chain"][1]["until"]) == ("2026-10-01", "2026-04-01")


def test_a_time_bar_rolls_and_says_so(capsys):
    found = asked(capsys, "--nature", "consumer_credit", "--start", "2024-11-22")
    assert (found["date"], found["time_bar"]) == ("2026-11-23", True)


def test_a_nature_of_the_placement_format_wants_its_debtor(capsys):
    assert asked(capsys, "--nature", "invoice", "--start", "2024-05-10", code=1)["problems"][0]["field"] == "debtor"
    found = asked(capsys, "--nature", "invoice", "--start", "2024-05-10", "--debtor", "individual")
    assert (found["nature"], found["date"]) == ("consumer_goods_services", "2026-05-10")


def test_the_list_names_every_key_with_its_length_and_article(capsys):
    natures = {one["key"]: one for one in asked(capsys, "--nature", "list")["natures"]}
    assert (natures["home_rent"]["months"], natures["home_rent"]["article"]) == (
        36,
        "Loi n° 89-462 du 6 juillet 1989, art. 7-1",
    )
    assert len(natures) >= 25


def test_unknown_words_are_refused_with_the_known_ones(capsys):
    nature = asked(capsys, "--nature", "castle", "--start", "2024-05-10", code=1)["problems"][0]
    assert (nature["field"], nature["value"]) == ("nature", "castle")
    event = asked(capsys, "--nature", "general", "--start", "2024-05-10", "--event", "birthday=2025-01-01", code=1)[
        "problems"
    ][0]
    assert (event["field"], event["value"]) == ("event", "birthday")
    assert "acknowledgment" in event["remedy"]
    backwards = ("--nature", "general", "--start", "2024-05-10", "--event", "mediation=2025-02-01..2025-01-01")
    assert asked(capsys, *backwards, code=1)["problems"][0]["value"] == "mediation"


def test_words_that_cannot_be_read_are_wrong_usage(capsys):
    assert main(["limitation", "--nature", "general", "--start", "10/05/2024"]) == 2
    assert main(["limitation", "--nature", "general"]) == 2
    assert main(["limitation", "--nature", "general", "--start", "2024-05-10", "--event", "payment"]) == 2
    assert capsys.readouterr().err
