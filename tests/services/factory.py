"""Builders for tests: a creditor, a case, with defaults, so that a test names only what matters to it. Asserts nothing."""

from __future__ import annotations

import datetime as dt
import itertools

from core.domain.outcomes import Facts
from core.services import creditors, journal, placing
from core.services.context import Ctx
from core.services.journal import ContactEntry
from core.services.placing import CaseEntry, DebtEntry

_NUMBER = itertools.count(1)


def a_creditor(ctx: Ctx, name: str = "Garage du Port") -> int:
    return creditors.save_creditor(ctx, creditors.CreditorEntry(f"C{next(_NUMBER)}", name))


def a_debt(
    ref: str = "", amount: int = 10000, due: dt.date | None = dt.date(2026, 2, 1), paid_before: int = 0
) -> DebtEntry:
    return DebtEntry(ref or f"F-{next(_NUMBER)}", "invoice", amount, dt.date(2026, 1, 1), due, paid_before=paid_before)


def a_case(
    ctx: Ctx,
    *debts: DebtEntry,
    creditor: int | None = None,
    name: str = "Lefèvre",
    same: int | None = None,
    **more: object,
) -> int:
    if "first_letter_on" not in more:  # most tests work a case whose first letter has left (CPCE R.124-4)
        more |= {"first_letter_ref": f"LR-{next(_NUMBER)}", "first_letter_on": dt.date(2026, 1, 5)}
    entry = CaseEntry(
        creditor or a_creditor(ctx), more.pop("kind", "individual"), name, debts=debts or (a_debt(),), **more
    )
    return placing.place_case(ctx, entry, f"case-{next(_NUMBER)}", same)


def a_call(ctx: Ctx, case_id: int, result: str, **facts: object) -> journal.Logged:
    words = tuple(
        (k, str(facts.pop(k)))
        for k in ("reason", "note", "name", "proof", "plan", "documents", "court", "procedure", "steps")
        if k in facts
    )
    known = {"happened_on": ctx.today, **facts}
    point = known.pop("point", None)
    corrects = known.pop("corrects", None)
    channel = known.pop("channel", "call")
    entry = ContactEntry(
        case_id, channel, "out", result, Facts(words=words, **known), contact_point_id=point, corrects=corrects
    )
    return journal.log_contact(ctx, entry, f"call-{next(_NUMBER)}")
