"""What a payment runs into when a case or a debt is stopped: what to say before, and whom to ask after. Refuses no money, opens no unit."""

from __future__ import annotations

from core.domain.dates import after
from core.domain.messages import Message, msg
from core.i18n import Texts
from core.law.stops import HoldKind, load_hold_kinds
from core.services.context import Ctx
from core.store import course, journal
from core.store.unit import Reader, Unit

DECISION = "lead_decision"


def cautions(reader: Reader, case_id: int, day: str) -> tuple[Message, ...]:
    """What is to be known before recording a payment under the stops of a case in force on an ISO day, of the whole or of a debt."""
    return tuple(_said(kind) for kind in _met(reader, case_id, day))


def ask_lead(ctx: Ctx, unit: Unit, case_id: int, t: Texts, cents: int) -> bool:
    """When the debtor is forbidden to pay (C. com. L.622-7, C. conso. L.722-5), have the lead decide the next day; whether it was so."""
    kind = next((one for one in _met(unit, case_id, ctx.day) if one.payment and one.payment.frozen), None)
    if kind is None or kind.payment is None:
        return False
    if DECISION not in [task.kind for task in course.tasks(unit, case_id)]:
        note = t(
            "{amount} received though the debtor may not pay ({article}): return it, or ask.",
            amount=t.money(cents),
            article=kind.payment.article,
        )
        journal.add_task(unit, case_id, DECISION, after(ctx.today, 1).isoformat(), note=note, origin="payment")
    return True


def _met(reader: Reader, case_id: int, day: str) -> tuple[HoldKind, ...]:
    """The kinds of the stops in force that say something of payments, each once, in the order of the data."""
    stopped = {hold.kind for hold in course.holds(reader, case_id, day)}
    return tuple(kind for kind in load_hold_kinds() if kind.payment and kind.kind in stopped)


def _said(kind: HoldKind) -> Message:
    under = kind.payment
    article: Message | str = under.article if under else ""
    if under and under.to_confirm:
        article = msg("{article} (to be confirmed)", article=under.article)
    if kind.kind == "insolvency":
        return msg(
            "Insolvency: the debtor may not pay a debt born before the opening judgment ({article}). What came is booked; the lead then "
            "decides whether it is returned or whom to ask.",
            article=article,
        )
    if kind.kind == "over_indebtedness":
        return msg(
            "Over-indebtedness: once the file is admitted the debtor may not pay an earlier debt, save alimony ({article}). What came is "
            "booked; the lead then decides whether it is returned or whom to ask.",
            article=article,
        )
    if kind.kind == "limitation":
        return msg(
            "Limitation is being looked into: do not ask for this payment; book it only if it came of the debtor's own will."
        )
    return msg("The case or a debt is disputed: make sure which debt the debtor pays, and tell the creditor of it.")
