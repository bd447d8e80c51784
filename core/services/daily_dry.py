"""What each part of the day's work would do now, and what it would not, and why. Writes nothing, sends nothing, asks no server."""

from __future__ import annotations

from core.domain.messages import Message, msg
from core.domain.rights import Right
from core.services import channel_settings, promise_follow, question_chase, reminders
from core.services.context import Ctx, service
from core.services.daily_parts import NO_MAILBOX, Part, barred_of, chased, ended, said
from core.store import people


@service(Right.READ)
def roll(ctx: Ctx) -> Part:
    """Whether the day is still to be rolled."""
    with ctx.store.read() as reader:
        rolled = people.meta(reader).rolled_on == ctx.day
    said = msg("The day had been rolled already.") if rolled else msg("The day would be rolled first.")
    return Part("roll", () if rolled else (said,), (said,) if rolled else ())


@service(Right.READ)
def remind(ctx: Ctx) -> Part:
    """What a run would send, and what it would keep back."""
    shown = reminders.preview(ctx)
    waiting = sum(shown.count(automatic=False).values())
    also = (msg("Waiting for a person's word: {n}", n=waiting),) if waiting else ()
    return Part("reminders", (*said(shown.count()), *also), barred_of(shown))


@service(Right.READ)
def receive(ctx: Ctx) -> Part:
    """Whether a mailbox would be read and a gateway asked."""
    found = channel_settings.channel_settings(ctx).settings
    told: list[Message] = []
    if found.receives:
        told.append(msg("The mailbox would be read."))
    if found.sms_report_url:
        told.append(msg("The SMS gateway would be asked for its delivery reports."))
    return Part("inbox", tuple(told), () if told else (NO_MAILBOX,))


@service(Right.READ)
def promises(ctx: Ctx) -> Part:
    """The promises whose end would be told."""
    return ended(promise_follow.would_follow(ctx))


@service(Right.READ)
def questions(ctx: Ctx) -> Part:
    """The creditors who would be reminded."""
    return chased(*question_chase.would_chase(ctx))
