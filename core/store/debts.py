"""The facts of a debt that a person may put right: dates, nature, label, kind of claim, written rate. Never an amount."""

from __future__ import annotations

from dataclasses import dataclass

from core.store.unit import Reader, Unit

FIELDS = ("issued_on", "due_on", "nature", "label", "claim_kind", "contract_rate")


@dataclass(frozen=True, slots=True)
class DebtDetail:
    """One debt with what may be put right; ISO days, percent a year as text, "" when nothing was said."""

    id: int
    case_id: int
    ref: str
    issued_on: str | None
    due_on: str | None
    nature: str
    label: str
    claim_kind: str
    contract_rate: str
    row_version: int


_DEBT = f"SELECT id, case_id, ref, {', '.join(FIELDS)}, row_version FROM debts"


def of_case(reader: Reader, case_id: int) -> tuple[DebtDetail, ...]:
    """The debts of a case, oldest due first, unknown due dates last."""
    return reader.all(DebtDetail, f"{_DEBT} WHERE case_id = ? ORDER BY due_on IS NULL, due_on, id", (case_id,))


def one(reader: Reader, debt_id: int) -> DebtDetail | None:
    """One debt."""
    return reader.first(DebtDetail, f"{_DEBT} WHERE id = ?", (debt_id,))


def change(unit: Unit, debt_id: int, row_version: int, values: dict[str, str | None]) -> None:
    """Write some of `FIELDS` on a debt that is still at `row_version`; raises Refusal "changed-meanwhile" if it is not."""
    unit.change("debts", debt_id, row_version, **values)
