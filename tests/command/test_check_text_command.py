"""The command `check-text`: accepted or refused rule by rule, its exit codes, what it cannot read. It keeps nothing."""

import contextlib
import io
import json

import pytest

from core.command import main
from core.services import cases, later_letters
from tests.services.test_later_letters import a_case_written_to


def run(*args: str) -> tuple[int, dict]:
    out = io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(io.StringIO()):
        code = main.main(["--json", *args])
    return code, json.loads(out.getvalue() or "{}")


def saved(tmp_path, text: str) -> str:
    file = tmp_path / "lettre.txt"
    file.write_text(text, encoding="utf-8")
    return str(file)


def test_a_good_text_is_accepted_by_reference_or_number(ctx, tmp_path):
    case_id = a_case_written_to(ctx)
    text = later_letters.letter_text(ctx, case_id, "reminder_firm")[1]
    ref = cases.case_file(ctx, case_id).head.ref
    for case in (ref, ref.lower(), str(case_id)):
        assert run("check-text", "--kind", "reminder", "--case", case, saved(tmp_path, text)) == (
            0,
            {"accepted": True, "refusals": []},
        )


def test_a_refused_text_says_the_rule_the_place_and_the_remedy(ctx, tmp_path):
    case_id = a_case_written_to(ctx)
    text = later_letters.letter_text(ctx, case_id, "reminder_firm")[1].replace("LR-2026-8", "2026")
    code, found = run(
        "check-text",
        "--kind",
        "reminder",
        "--case",
        str(case_id),
        saved(tmp_path, text + "\n\nNous saisirons le tribunal.\n"),
    )
    assert (code, found["accepted"]) == (1, False)
    assert [one["rule"] for one in found["refusals"]] == ["LET-13", "MSG-04"]
    assert all(one["where"] and one["remedy"] and one["reason"] for one in found["refusals"])
    assert [problem["field"] for problem in found["problems"]] == ["LET-13", "MSG-04"]


def test_a_first_line_objet_is_the_subject_of_a_message(ctx, tmp_path):
    case_id = a_case_written_to(ctx)
    subject, text, _ = later_letters.letter_text(ctx, case_id, "email_reminder")
    assert (
        run("check-text", "--kind", "email", "--case", str(case_id), saved(tmp_path, f"Objet : {subject}\n\n{text}"))[0]
        == 0
    )
    code, found = run(
        "check-text", "--kind", "email", "--case", str(case_id), saved(tmp_path, f"Objet : Votre dette\n\n{text}")
    )
    assert (code, [one["rule"] for one in found["refusals"]]) == (1, ["MSG-07"])


def test_the_lines_keep_the_numbers_of_the_file(ctx, tmp_path):
    case_id = a_case_written_to(ctx)
    file = saved(tmp_path, "Objet : Votre dossier\n\nVous êtes de mauvaise foi.\n")
    found = run("check-text", "--kind", "email", "--case", str(case_id), file)[1]
    assert [one["where"] for one in found["refusals"] if one["rule"] == "MSG-06"] == [
        "ligne 3 : « Vous êtes de mauvaise foi. »"
    ]


@pytest.mark.parametrize(
    ("case", "data", "field"),
    [("nobody", b"x", "case"), ("1", b"\xff\xfe\x00", "file"), ("1", b"x" * 1_000_001, "file"), ("1", None, "file")],
)
def test_what_cannot_be_read_is_refused(ctx, tmp_path, case, data, field):
    a_case_written_to(ctx)
    file = tmp_path / "x.txt"
    if data is not None:
        file.write_bytes(data)
    code, found = run("check-text", "--kind", "sms", "--case", case, str(file))
    assert (code, [problem["field"] for problem in found["problems"]]) == (1, [field])


def test_a_kind_nobody_knows_is_wrong_usage(ctx, tmp_path):
    del ctx
    assert run("check-text", "--kind", "pigeon", "--case", "1", saved(tmp_path, "x"))[0] == 2
