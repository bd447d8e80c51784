"""Enters the lines of a takeover: payments, contacts, promises, plans, titles, objections, client money. Makes no receipt."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from functools import partial

from core.domain.dates import working_day
from core.i18n import Texts, texts
from core.services import result_codes
from core.services.context import Ctx
from core.services.import_takeover import Item, Plan, is_open
from core.services.journal import result_named
from core.store import disputes, journal, money, takeover
from core.store.money import NewPayment
from core.store.unit import Unit


def enter(ctx: Ctx, unit: Unit, found: Plan, creditor_id: int, batch_id: int) -> None:
    """Write a plan made on this very state of the store."""
    _WRITERS[found.record](ctx, unit, found)
    takeover.keep_lines(
        unit, creditor_id, found.record, batch_id, [(item.key, item.occurrence) for item in found.items]
    )
    unit.touch(*{item.case_id for item in found.items})


def _payments(ctx: Ctx, unit: Unit, found: Plan) -> None:  # noqa: ARG001 - one shape for all kinds
    """Each payment with its shares; the receipt was given by whoever cashed it."""
    for item, shares in zip(found.items, found.shares, strict=True):
        values = item.values
        new = NewPayment(
            item.case_id,
            values["paid_on"].isoformat(),
            values["amount"],
            values["means"] or "other",
            values["received_by"],
            values["reference"],
            source="imported",
        )
        payment = money.add_payment(unit, new)
        money.add_allocations(
            unit,
            new,
            payment,
            [(share.debt_id, bucket, cents) for share in shares.shares for bucket, cents in share.amounts.items()],
        )


def _contacts(ctx: Ctx, unit: Unit, found: Plan) -> None:
    """Each contact in the journal; a result code that is not ours stays in the words."""
    known = {result.code for result in result_codes.known(unit)}
    t = texts(ctx.lang)
    for item in found.items:
        values = item.values
        given = values["result"].strip().upper()
        code = given if given in known else ""
        channel = "note" if values["channel"] == "other" else values["channel"]
        new = journal.NewInteraction(
            item.case_id,
            channel,
            "none" if channel == "note" else "out",
            code,
            values["contacted_on"].isoformat(),
            note=_words(t, values["note"], "" if code else values["result"]),
            debt_id=item.debt_id,
            source="imported",
        )
        journal.add_interaction(unit, new, {})


def _words(t: Texts, note: str, result: str) -> str:
    """The note, with the former agency's result when it has no code here."""
    return "\n".join(
        part for part in (note, t("Result at the former agency: {code}", code=result) if result else "") if part
    )


def _promises(ctx: Ctx, unit: Unit, found: Plan) -> None:
    for item in found.items:
        due = item.values["due_on"]
        takeover.add_promise(
            unit,
            item.case_id,
            min(due, ctx.today).isoformat(),
            due.isoformat(),
            item.values["amount"],
            item.values["means"],
        )
    _next_actions(ctx, unit, found, "PRO", partial(_due, ctx.today))


def _plans(ctx: Ctx, unit: Unit, found: Plan) -> None:
    plans: dict[tuple[int, str], int] = {}
    for item in found.items:
        values = item.values
        named = (item.case_id, values["plan_ref"])
        if named not in plans:
            plans[named] = takeover.plan_named(unit, *named) or takeover.add_plan(unit, *named)
        takeover.add_instalment(
            unit, plans[named], values["number"], values["due_on"].isoformat(), values["amount"], values["paid"] or 0
        )
    _next_actions(ctx, unit, found, "ECH", partial(_unpaid, ctx.today))


def _titles(ctx: Ctx, unit: Unit, found: Plan) -> None:  # noqa: ARG001 - one shape for all kinds
    for item in found.items:
        values = item.values
        takeover.add_title(
            unit,
            item.case_id,
            {
                "kind": values["kind"],
                "issued_on": values["decided_on"].isoformat(),
                "court": values["court"],
                "reference": values["reference"],
                "amount": values["amount"],
                "served_on": values["served_on"].isoformat() if values["served_on"] else None,
            },
        )


def _disputes(ctx: Ctx, unit: Unit, found: Plan) -> None:
    """Each objection; one that still runs stops its debt, or the whole case when it names no debt."""
    for item in found.items:
        values = item.values
        on, runs = values["opposed_on"].isoformat(), is_open(item)
        disputes.add(unit, item.case_id, item.debt_id, values["amount"], "imported", on, values["reason"], None,
                     closed_on=None if runs else ctx.day)  # fmt: skip
        if runs:
            journal.add_hold(unit, item.case_id, "dispute", on, None, reason=values["reason"], debt_id=item.debt_id)
    _next_actions(ctx, unit, found, "CON", lambda item: ctx.today if is_open(item) else None)


def _client_money(ctx: Ctx, unit: Unit, found: Plan) -> None:  # noqa: ARG001 - one shape for all kinds
    """What the former agency hands over, case by case."""
    for item in found.items:
        if item.values["amount"]:
            money.add_entry(
                unit,
                item.case_id,
                None,
                None,
                "opening",
                ("opening", "client_money"),
                item.values["amount"],
                item.values["held_on"].isoformat(),
            )


def _due(today: dt.date, item: Item) -> dt.date | None:
    """A promise still to come, or one whose day is past and which nobody has checked."""
    day: dt.date = item.values["due_on"]
    return max(day, today)


def _unpaid(today: dt.date, item: Item) -> dt.date | None:
    """An instalment that is not paid whole."""
    day: dt.date = item.values["due_on"]
    return max(day, today) if (item.values["paid"] or 0) < item.values["amount"] else None


def _next_actions(ctx: Ctx, unit: Unit, found: Plan, code: str, day_of: Callable[[Item], dt.date | None]) -> None:
    """The next action that this result calls for, on the earliest day, instead of the one that the placement set."""
    earliest: dict[int, dt.date] = {}
    for item in found.items:
        day = day_of(item)
        if day:
            earliest[item.case_id] = min(day, earliest.get(item.case_id, day))
    action = result_named(unit, code).next_action
    for case_id, day in earliest.items():
        if takeover.placement_tasks_end(unit, case_id):
            due = max(working_day(day + dt.timedelta(days=action.days)), ctx.today)
            journal.add_task(unit, case_id, action.kind, due.isoformat(), origin="takeover")


_WRITERS: dict[str, Callable[[Ctx, Unit, Plan], None]] = {
    "payments": _payments,
    "contacts": _contacts,
    "promises": _promises,
    "plans": _plans,
    "titles": _titles,
    "disputes": _disputes,
    "client_money": _client_money,
}
