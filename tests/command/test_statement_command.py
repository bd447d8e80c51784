"""The command `statement`: amounts and computations as JSON, the PDF, and what it refuses."""

import contextlib
import io
import json

import pytest

from core.command import main
from tests.services.test_statements import business_case


def run(*args: str) -> tuple[int, dict]:
    out = io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(io.StringIO()):
        code = main.main(["--json", *args])
    return code, json.loads(out.getvalue() or "{}")


def test_a_case_is_stated_with_its_segments_and_its_proof(ctx, tmp_path):
    case_id = business_case(ctx, "interest")
    code, found = run("statement", str(case_id), "--on", "2026-06-30", "--pdf", str(tmp_path / "s.pdf"))
    assert code == 0
    assert (found["total"], found["interest"], found["on"]) == ("10302.92", "302.92", "2026-06-30")
    assert found["debts"][0]["segments"] == [
        {"from": "2026-03-31", "to": "2026-06-30", "days": 91, "rate": "12.15", "base": "10000.00", "amount": "302.92"}
    ]
    assert found["computation"]["value"] == "10302.92"
    assert [term["value"] for term in found["computation"]["terms"]] == ["10000.00", "302.92"]
    assert (tmp_path / "s.pdf").read_bytes().startswith(b"%PDF")
    code, again = run("statement", found["case"], "--on", "2026-06-30")
    assert again["total"] == found["total"]


def test_today_is_the_day_without_another(ctx):
    assert run("statement", str(business_case(ctx)))[1]["on"] == "2026-11-23"


@pytest.mark.parametrize(
    ("words", "field"), [(("nothing",), "case"), (("999",), "case"), (("1", "--on", "2090-01-01"), "on")]
)
def test_what_is_refused_names_its_field_and_exits_with_one(ctx, words, field):
    business_case(ctx)
    code, found = run("statement", *words)
    assert (code, found["problems"][0]["field"]) == (1, field)


def test_a_file_that_cannot_be_written_is_refused(ctx, tmp_path):
    code, found = run("statement", str(business_case(ctx)), "--pdf", str(tmp_path / "no" / "s.pdf"))
    assert (code, found["problems"][0]["field"]) == (1, "pdf")


def test_a_day_that_is_no_day_is_wrong_usage(ctx):
    assert run("statement", "1", "--on", "2026-13-01")[0] == 2
