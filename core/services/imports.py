"""Files brought in: read, tried out, then entered in one transaction. Checks no cell itself and merges no debtor by itself."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from core.domain.messages import Message
from core.domain.rights import Right
from core.i18n import Texts
from core.services.context import Ctx, service
from core.services.import_values import Imported, Likely, Options, Reading, SheetView, Trial

__all__ = [
    "Imported", "Likely", "Options", "Progress", "Reading", "SheetView", "Trial", "commit", "fields", "problems_csv", "read_upload", "try_out",
]  # fmt: skip

Progress = Callable[[float], None]


@service(Right.PLACE)
def read_upload(ctx: Ctx, creditor_id: int, name: str, data: bytes, options: Options) -> Reading:
    """What a file holds, with the guessed or saved mapping of each sheet; raises Refusal for a hostile file."""
    raise NotImplementedError


@service(Right.PLACE)
def fields(ctx: Ctx, record: str) -> tuple[tuple[str, Message, bool], ...]:
    """Name, label and whether it is required, of each field of a kind of record ("debts", "payments"…)."""
    raise NotImplementedError


@service(Right.PLACE)
def try_out(
    ctx: Ctx, creditor_id: int, reading: Reading, sheet: str, mapping: Mapping[int, str], options: Options, progress: Progress | None = None
) -> Trial:
    """Every line of a sheet judged and compared with the store; writes nothing.

    `progress` hears 0.0 to 1.0. A required field that nothing gives raises Refusal (one Problem a field, its `field` named).
    """
    raise NotImplementedError


@service(Right.PLACE)
def commit(
    ctx: Ctx, creditor_id: int, reading: Reading, trial: Trial, token: str, same: Mapping[int, int] | None = None, progress: Progress | None = None
) -> Imported:
    """The good lines of a trial enter in one transaction; twice with one token enters once.

    `same`: line -> party already here, for the likely debtors that the person recognised. The mapping is kept for this
    creditor's files with the same headings.
    """
    raise NotImplementedError


def problems_csv(trial: Trial, t: Texts) -> bytes:
    """The faults as a CSV that opens in Excel: line, field, value, reason, remedy (UTF-8 with its mark, semicolons, formulas disarmed)."""
    raise NotImplementedError
