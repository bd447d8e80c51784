"""What people complain about, how it ends, within how many days it is answered: data/complaints/subjects.yaml. Answers nobody."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from core.domain.messages import Label
from core.law.strict_yaml import Entry, read_file

ROOT = Path(__file__).resolve().parents[2]
FILE = ROOT / "data" / "complaints" / "subjects.yaml"
TRUST = ("V", "V2", "S", "U")


@dataclass(frozen=True, slots=True)
class ComplaintData:
    """Subjects and outcomes by code; calendar days of the agency's own policy, with the benchmark it was set by."""

    acknowledge_days: int
    answer_days: int
    benchmark: str
    trust: str
    subjects: Mapping[str, Label]
    outcomes: Mapping[str, Label]


@functools.cache
def complaint_data() -> ComplaintData:
    """The shipped data; raises Refusal with file, line and remedy when they are not as foreseen."""
    return complaints_from(read_file(FILE, ROOT))


def complaints_from(document: Entry) -> ComplaintData:
    """The data of a document."""
    parts = document.mapping(["acknowledge_days", "answer_days", "benchmark", "trust", "subjects", "outcomes"])
    subjects, outcomes = (
        {code: entry.label() for code, entry in parts[key].free_mapping().items()} for key in ("subjects", "outcomes")
    )
    return ComplaintData(
        parts["acknowledge_days"].whole(1), parts["answer_days"].whole(1), parts["benchmark"].text(), parts["trust"].choice(TRUST),
        subjects, outcomes,
    )  # fmt: skip
