"""Putting right what a debt says of itself: dates, nature, label, kind of claim, written rate. Never an amount."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from core.domain.calendar import Bilingual
from core.domain.dates import not_after
from core.domain.messages import Problem, Refusal, choice_unknown, msg, refuse
from core.domain.placement_fields import NATURES
from core.domain.rights import Right
from core.law.limitation_rules import limitation_law
from core.services import contact_record, fact_checks
from core.services.context import Ctx, service
from core.services.refusals import no_debt
from core.store import debts as kept
from core.store import journal
from core.store import legal_facts as facts
from core.store.debts import DebtDetail
from core.store.unit import Reader, Unit

__all__ = ["DebtDetail", "DebtFactsEntry", "claim_kinds", "claim_label", "correct_debt", "debt_details", "natures"]


OF_A_TITLE = "title_issued"  # the starting point of the time to enforce, which is no kind of claim


@dataclass(frozen=True, slots=True)
class DebtFactsEntry:
    """What a debt should say; days None when unknown, percent a year, `claim_kind` "" to follow nature and debtor."""

    issued_on: dt.date | None
    due_on: dt.date | None
    nature: str
    label: str = ""
    claim_kind: str = ""
    contract_rate: Decimal | None = None


def natures() -> tuple[str, ...]:
    """The natures of debts, in the order of the placement format."""
    return tuple(choice.key for choice in NATURES)


def claim_kinds(debtor: str) -> dict[str, Bilingual]:
    """The kinds of claim that a debt of an individual, a business or a public body may be, by key; a title's own period is none."""
    return {
        key: period.label
        for key, period in limitation_law().periods.items()
        if debtor in period.debtors and OF_A_TITLE not in (*period.starts, *period.otherwise)
    }


def claim_label(key: str) -> Bilingual | None:
    """The words of a kind of claim; None for a key that the law's data no longer have."""
    found = limitation_law().periods.get(key)
    return found.label if found else None


@service(Right.READ)
def debt_details(ctx: Ctx, case_id: int) -> tuple[DebtDetail, ...]:
    """The debts of a case with what may be put right, oldest due first."""
    with ctx.store.read() as reader:
        return kept.of_case(reader, case_id)


@service(Right.WORK)
def correct_debt(ctx: Ctx, debt_id: int, row_version: int, entry: DebtFactsEntry, reason: str) -> bool:
    """Put right a debt, with the reason; False when nothing differs. The journal and the audit keep what it said before and says now.

    An amount is never put right here: that takes a credit note. Raises Refusal "debt-unknown", "field-empty", "choice-unknown",
    "date-in-future", "due-before-issue", "rate-implausible", "rate-on-case", "changed-meanwhile" when somebody
    else changed it since it was opened.
    """
    with ctx.write() as unit:
        old = kept.one(unit, debt_id)
        if old is None:
            raise no_debt(debt_id)
        new = _checked(ctx, unit, old, entry)
        changes = {name: [getattr(old, name), value] for name, value in new.items() if getattr(old, name) != value}
        if not changes:
            return False
        if not reason.strip():
            raise refuse(
                "field-empty",
                msg("What a debt says is put right with a reason: the debtor may contest it."),
                msg("Type the reason, in objective words."),
                field="reason",
            )
        kept.change(unit, debt_id, row_version, {name: new[name] for name in changes})
        _told(unit, old, changes, reason)
        return True


def _told(unit: Unit, old: DebtDetail, changes: dict[str, list[Any]], reason: str) -> None:
    """The line of the journal and the audit line, both with before and after; those of the label only in words that can be redacted."""
    said = {name: both if name != "label" else [] for name, both in changes.items()}
    label = changes.get("label")
    words = "\n".join([reason.strip(), *([f"« {label[0]} » → « {label[1]} »"] if label else [])])
    note = journal.NewInteraction(old.case_id, "note", "none", "", unit.today, note=words, debt_id=old.id)
    entry = journal.add_interaction(unit, note, {"step": "debt_corrected", "kind": old.ref, "changes": said})
    unit.touch(old.case_id)
    unit.audit("debt.corrected", "debt", old.id, case=old.case_id, entry=entry, changes=said)


def _checked(ctx: Ctx, reader: Reader, old: DebtDetail, entry: DebtFactsEntry) -> dict[str, str | None]:
    problems = [*_choices(reader, old, entry), *_days(ctx, entry), *_rate(reader, old, entry)]
    if problems:
        raise Refusal(*problems)
    return {
        "issued_on": entry.issued_on.isoformat() if entry.issued_on else None,
        "due_on": entry.due_on.isoformat() if entry.due_on else None,
        "nature": entry.nature,
        "label": entry.label.strip(),
        "claim_kind": entry.claim_kind,
        "contract_rate": str(entry.contract_rate) if entry.contract_rate is not None else "",
    }


def _choices(reader: Reader, old: DebtDetail, entry: DebtFactsEntry) -> Iterator[Problem]:
    kinds = claim_kinds(contact_record.head(reader, old.case_id).kind)
    for field, given, allowed in (
        ("nature", entry.nature, (*natures(), old.nature)),
        ("claim_kind", entry.claim_kind, ("", *kinds, old.claim_kind)),
    ):
        if given not in allowed:
            yield choice_unknown(field, given)


def _days(ctx: Ctx, entry: DebtFactsEntry) -> Iterator[Problem]:
    if entry.issued_on:
        try:
            not_after(entry.issued_on, ctx.today, field="issued_on")
        except Refusal as refusal:
            yield from refusal.problems
    if entry.issued_on and entry.due_on and entry.due_on < entry.issued_on:
        yield Problem(
            "due-before-issue",
            msg("The due date ({due}) is before the invoice ({issued}).", due=entry.due_on, issued=entry.issued_on),
            msg("Check both days."),
            field="due_on",
            value=entry.due_on.isoformat(),
        )


def _rate(reader: Reader, old: DebtDetail, entry: DebtFactsEntry) -> Iterator[Problem]:
    rate = entry.contract_rate
    if rate is None:
        return
    if not 0 < rate <= 100:
        yield fact_checks.implausible_rate(rate, "contract_rate")
    known = [f for f in facts.of_case(reader, old.case_id) if f.kind == "contract_rate" and f.debt_id == old.id]
    if known:
        yield Problem(
            "rate-on-case",
            msg("The register of facts already says a rate for this debt ({given} %).", given=str(known[0].rate)),
            msg("Correct that fact, or withdraw it first."),
            field="contract_rate",
            value=str(rate),
        )
