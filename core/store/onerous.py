"""Reads what makes a debt heavier than another (title, guarantee, rate). Ranks nothing."""

from __future__ import annotations

from dataclasses import dataclass

from core.store.legal_facts import SET_ASIDE
from core.store.unit import Reader


@dataclass(frozen=True, slots=True)
class Weight:
    """What is known of a debt; `rate` percent as text, "" when none was agreed; `titled_on` the first title given for it."""

    debt_id: int
    rate: str
    titled_on: str | None
    secured: int


def weights(reader: Reader, case_id: int, day: str) -> tuple[Weight, ...]:
    """Each debt of a case on an ISO day; a title covers the debts that were there when it was given, a guarantor all of them."""
    return reader.all(
        Weight,
        f"""SELECT d.id, d.contract_rate,
          (SELECT MIN(t.issued_on) FROM titles t WHERE t.case_id = d.case_id AND t.issued_on >= COALESCE(d.issued_on, d.due_on, '')
            AND NOT EXISTS ({SET_ASIDE})),
          EXISTS (SELECT 1 FROM case_parties g WHERE g.case_id = d.case_id AND g.role = 'guarantor'
            AND COALESCE(g.since_on, '') <= ?2 AND COALESCE(g.until_on, ?2) >= ?2)
        FROM debts d WHERE d.case_id = ?1""",
        (case_id, day),
    )
