"""The data of time limits are read strictly: a fault is told with its file, its line and what to do."""

from pathlib import Path

import pytest

from core.domain.messages import Refusal
from core.law.calendar_rules import FILE, deadline_rules

GOOD = FILE.read_text(encoding="utf-8")


def read(tmp_path: Path, text: str):
    path = tmp_path / "data" / "law" / "calendar.yaml"
    path.parent.mkdir(parents=True)
    path.write_text(text, encoding="utf-8")
    return deadline_rules(path)


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("easter: 1, article", 'easter: 1, date: "05-01", article', "holiday-day"),
        ('date: "05-01"', 'date: "02-30"', "holiday-unreadable"),
        ('date: "05-01"', "date: 501", "yaml-not-text"),
        ("certainty: V2}", "certainty: sure}", "yaml-unknown-word"),
        ("abroad: {months: 2,", "abroad: {months: two,", "yaml-shape"),
        ("distance:", "distances:", "yaml-unknown-key"),
        ("{label: {fr: Noël, en: Christmas Day}", "{label: {fr: Noël}", "yaml-missing-language"),
    ],
)
def test_a_fault_is_refused_with_its_line(tmp_path, old, new, code):
    assert old in GOOD
    line = GOOD[: GOOD.index(old)].count("\n") + 1
    with pytest.raises(Refusal) as refused:
        read(tmp_path, GOOD.replace(old, new, 1))
    problem = refused.value.problems[0]
    assert (problem.code, problem.where) == (code, "data/law/calendar.yaml")
    assert problem.line in {line, line + 1}  # a group begins under its key


def test_the_file_as_it_is_shipped_is_read(tmp_path):
    found = read(tmp_path, GOOD)
    assert {name: d.months for name, d in found.distances.items()} == {"overseas": 1, "abroad": 2}
