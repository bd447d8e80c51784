"""The persons of a case other than the debtor: role, whether they alone are contacted, until when they act. Decides nothing."""

from __future__ import annotations

from dataclasses import dataclass

from core.store.unit import Reader


@dataclass(frozen=True, slots=True)
class Standing:
    """A person of a case in a role; `until_on` the last day they act, None while they do."""

    id: int
    party_id: int
    role: str
    sole: int
    until_on: str | None
    row_version: int


def of_case(reader: Reader, case_id: int) -> tuple[Standing, ...]:
    """The persons of a case other than the debtor."""
    return reader.all(
        Standing,
        "SELECT id, party_id, role, sole, until_on, row_version FROM case_parties WHERE case_id = ? ORDER BY id",
        (case_id,),
    )
