"""The command run-daily: its parts with what was done, what was not and why; a dry run writes nothing; twice a day sends once."""

import json

from core.command.main import main
from core.services import letters
from tests.services.factory import a_case_to_write

PARTS = ["roll", "promises", "questions", "reminders", "outbox", "inbox", "silence"]


def ran(capsys, *words: str, code: int = 0):
    assert main(["--json", "--lang", "en", "run-daily", *words]) == code
    return json.loads(capsys.readouterr().out)


def part(found, name):
    return next(one for one in found["parts"] if one["name"] == name)


def test_a_dry_run_says_what_it_would_do_and_then_it_is_done_once(ctx, capsys):
    case = a_case_to_write(ctx)
    dry = ran(capsys, "--dry-run")
    assert (dry["dry_run"], [one["name"] for one in dry["parts"]]) == (True, PARTS)
    assert part(dry, "reminders")["done"] == ["Letters: 1"]
    assert letters.issued_letters(ctx, case) == ()
    first, again = ran(capsys), ran(capsys)
    assert (first["day"], first["dry_run"]) == ("2026-11-23", False)
    assert [one["name"] for one in first["parts"]] == PARTS
    assert part(first, "reminders")["done"] == ["Letters: 1"]
    assert part(first, "outbox")["not_done"] == ["Letters to be posted: 1"]
    assert part(again, "reminders")["done"] == ["No step was due."]
    assert len(letters.issued_letters(ctx, case)) == 1


def test_while_another_program_does_it_the_command_is_refused(ctx, capsys):
    with ctx.write() as unit:
        unit.run("INSERT INTO jobs(name, lease_owner, lease_until) VALUES ('run-daily', 'x', '2026-11-23T23:59:00Z')")
    found = ran(capsys, code=1)
    assert "being done by another program" in found["problems"][0]["reason"]


def test_the_server_asks_for_it_once_a_day_and_is_refused_the_second_time(ctx, capsys):
    assert [one["name"] for one in ran(capsys, "--once")["parts"]] == PARTS
    assert "done today already" in ran(capsys, "--once", code=1)["problems"][0]["reason"]
    assert [one["name"] for one in ran(capsys)["parts"]] == PARTS  # cron, or a person, may still ask for it
