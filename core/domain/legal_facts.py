"""What happened in law to a case or a debt, with its evidence: the facts that interest and limitation are computed from. Judges none."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class LegalFact:
    """One fact. `debt_id` None: it concerns every debt of the case. `kind` is a key of data/law/fact_kinds.yaml.

    `until` is the day a suspension or a proceeding ended (None: not ended, or not a period), a day to come for a time to pay. `amount` in
    cents, `rate` in percent a year. `since` is the day the fact points to: the first day of the interest that a title grants, or the day
    of the title that was set aside; `basis` the rate that a title grants ("legal", "contractual", "statutory", "" when it says none).
    `evidence` names the document that proves it ("" when nobody has said which). `origin` says where the fact comes from: "typed"
    (register), "ledger" (a payment), "proceeding" (an event), "title", "hold", "debt".
    """

    kind: str
    on: dt.date
    debt_id: int | None = None
    until: dt.date | None = None
    amount: int | None = None
    rate: Decimal | None = None
    evidence: str = ""
    origin: str = "typed"
    id: int | None = None
    since: dt.date | None = None
    basis: str = ""
