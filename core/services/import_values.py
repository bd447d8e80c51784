"""What the import screens and commands pass around: options, what a file holds, a trial, what was brought in. Does nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from core.domain.messages import Problem


@dataclass(frozen=True, slots=True)
class Options:
    """How to read a file; the person chooses, the defaults are French.

    `encoding` "" lets the program find it. `keep_identical`: lines that are the same in every field are several debts.
    `payment_days`: net days after the issue date that give the due date where the file has none. `nature`, `debtor_kind`
    and `first_letter_on` (typed text) fill whole columns that the file lacks, and the blank cells of those it has.
    """

    encoding: str = ""
    date_order: str = "dmy"
    amount_unit: str = "euros"
    keep_identical: bool = False
    payment_days: int | None = None
    nature: str = ""
    debtor_kind: str = ""
    first_letter_ref: str = ""
    first_letter_on: str = ""


@dataclass(frozen=True, slots=True)
class SheetView:
    """One sheet: its first rows and which column holds which field, guessed from the headings or saved for this creditor.

    `record` is "debts", a kind of takeover, or "" when it was not recognised. `rows` counts the lines under the heading.
    """

    name: str
    record: str
    header: tuple[str, ...]
    sample: tuple[tuple[str, ...], ...]
    rows: int
    mapping: dict[int, str]
    saved: bool


@dataclass(frozen=True, slots=True)
class Reading:
    """A file let in and read. Any `problems` refuse it whole; `remarks` do not.

    `known_before`: the ISO day on which the same bytes entered for this creditor, or "".
    """

    name: str
    sha256: str
    format: str
    encoding: str
    separator: str
    sheets: tuple[SheetView, ...]
    problems: tuple[Problem, ...] = ()
    remarks: tuple[Problem, ...] = ()
    known_before: str = ""
    content: Any = field(default=None, repr=False, compare=False)  # the rows themselves; screens do not look inside

    @property
    def refused(self) -> bool:
        """Whether a fault of the file refuses it whole."""
        return bool(self.problems)


@dataclass(frozen=True, slots=True)
class Likely:
    """A debtor of the file who may be someone already here: proposed, never merged unless the person says so.

    `why` is "siren", "contact" or "name": what both share.
    """

    line: int
    name: str
    city: str
    party_id: int
    party_name: str
    why: str
    party_city: str = ""


@dataclass(frozen=True, slots=True)
class Trial:
    """What a sheet would bring: nothing is written. `total` = `accepted` + `rejected` lines; `amount` in cents.

    `accepted` counts the lines already here too: `unchanged` of them would add nothing.
    """

    sheet: str
    record: str
    total: int
    accepted: int
    rejected: int
    amount: int
    new_cases: int
    new_parties: int
    unchanged: int
    problems: tuple[Problem, ...] = ()
    remarks: tuple[Problem, ...] = ()
    likely: tuple[Likely, ...] = ()
    updated: int = 0
    work: Any = field(default=None, repr=False, compare=False)  # the checked lines; screens do not look inside
    mapping: Mapping[int, str] = field(default_factory=dict)
    options: Options = field(default_factory=Options)

    @property
    def added(self) -> int:
        """How many lines would add something."""
        return self.accepted - self.unchanged - self.updated


@dataclass(frozen=True, slots=True)
class Imported:
    """What entered: new debts, cases and parties, their amount in cents; then lines added, updated, unchanged, rejected.

    `updated` lines are debts already here whose debtor got a new telephone, e-mail or address. `given`: how many
    of the new cases the rules of assignment gave to whom, by name; the others stay with whoever brought them in.
    """

    batch_id: int
    debts: int
    cases: int
    parties: int
    amount: int
    added: int
    updated: int
    unchanged: int
    rejected: int
    given: tuple[tuple[str, int], ...] = ()
