"""What each part of the day's work does, with what was done and what was not, and why. Takes no lease and knows no hour."""

from __future__ import annotations

import secrets
from collections import Counter
from dataclasses import dataclass, replace

from core.domain.messages import Message, msg
from core.domain.rights import Right
from core.services import channel_settings, house, inbox, outbox, promise_follow, question_chase, reminders, silence
from core.services.context import Ctx, service
from core.services.promise_follow import Told
from core.services.reminders import Barred, Run
from core.store import queue

ROUNDS = 200  # runs of 500 cases: a day's work is bounded


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the day's work, with its sentences."""

    name: str
    done: tuple[Message, ...] = ()
    not_done: tuple[Message, ...] = ()


@service(Right.WORK)
def roll(ctx: Ctx) -> Part:
    """What is overdue, held or promised counts for today."""
    rolled = house.roll(ctx.store)
    return Part("roll", (msg("The day was rolled: what is overdue, held or promised counts for today."),) if rolled else (),
                () if rolled else (msg("The day had been rolled already."),))  # fmt: skip


@service(Right.WORK)
def remind(ctx: Ctx) -> Part:
    """Runs of 500 cases until every case that has a step due was looked at."""
    done: Counter[str] = Counter()
    barred: dict[str, int] = {}
    shown, beyond = reminders.preview(ctx, 1), 0
    if shown.closed_until:
        return Part("reminders", (), barred_of(shown))
    for _ in range(ROUNDS):
        one = reminders.run(ctx, secrets.token_hex(8), origin="daily", beyond=beyond)
        done.update(one.done)
        done.update(by_hand=one.by_hand, to_validate=one.to_validate, refused=one.refused)
        barred = dict(Counter(barred) + Counter(one.barred)) if beyond else one.barred
        beyond = one.beyond
        if not beyond:
            break
    told = (*said(dict(done)), *_also(done))
    refused = (msg("Refused at the last moment: {n}", n=done["refused"]),) if done["refused"] else ()
    kept = tuple(_why(code, barred[code], shown) for code in barred)
    return Part("reminders", told or (msg("No step was due."),), (*kept, *refused))


def _why(code: str, count: int, shown: Run) -> Message:
    one = next((one for one in shown.barred if one.code == code), None)
    return _line(replace(one, cases=count)) if one else msg("{n} kept back ({code})", n=count, code=code)


def _also(done: Counter[str]) -> tuple[Message, ...]:
    found = []
    if done["by_hand"]:
        found.append(msg("Of these, to be sent by hand (no way out is set): {n}", n=done["by_hand"]))
    if done["to_validate"]:
        found.append(msg("Waiting for a person's word: {n}", n=done["to_validate"]))
    return tuple(found)


COUNTED = {
    "letter": msg("Letters: {n}"),
    "formal_notice": msg("Formal notices: {n}"),
    "email": msg("E-mails: {n}"),
    "sms": msg("SMS: {n}"),
    "call": msg("Calls: {n}"),
}


def said(counts: dict[str, int]) -> tuple[Message, ...]:
    """How many by channel, a sentence each."""
    return tuple(replace(sentence, params={"n": counts[one]}) for one, sentence in COUNTED.items() if counts.get(one))


def barred_of(shown: Run) -> tuple[Message, ...]:
    """What a run keeps back, a sentence each."""
    if shown.closed_until:
        return (msg("The house does not work today; the next open day is {day}.", day=shown.closed_until),)
    later = (msg("{n} more are due and will be looked at in the same work.", n=shown.later),) if shown.later else ()
    return (*(_line(one) for one in shown.barred), *later)


def _line(one: Barred) -> Message:
    if one.next_on:
        return msg("{n} kept back: {why} From {day}.", n=one.cases, why=one.sentence, day=one.next_on)
    return msg("{n} kept back: {why}", n=one.cases, why=one.sentence)


@service(Right.READ)
def leaving(ctx: Ctx) -> Part:
    """What waits to leave: letters are posted by a person, messages by hand until a server is set."""
    with ctx.store.read() as reader:
        waits = queue.ready_to_leave(reader)
    told = tuple(
        msg("Letters to be posted: {n}", n=count)
        if channel == "letter"
        else msg("Messages to send ({channel}): {n}", n=count, channel=channel)
        for channel, count in waits
    )
    return Part("outbox", (), told or (msg("Nothing waits to leave."),))


@service(Right.WORK)
def send(ctx: Ctx) -> Part:
    """A round of the outbox after another until nothing more is ready; then what still waits."""
    sent = failed = 0
    why: tuple[Message, ...] = ()
    for _ in range(ROUNDS):
        found = outbox.run(ctx)
        sent, failed = sent + found.sent, failed + found.failed
        why = tuple(problem.reason for problem in found.problems)
        if found.problems or not found.sent:
            break
    left = (msg("Messages sent: {n}", n=sent),) if sent else ()
    bad = (msg("Messages that failed: {n}", n=failed),) if failed else ()
    return Part("outbox", left, (*why, *bad, *leaving(ctx).not_done))


@service(Right.READ)
def told_silence(ctx: Ctx) -> Part:
    """What was not done before today, and why: the morning's report."""
    lines = tuple(one.sentence for one in silence.report(ctx).lines)
    return Part("silence", () if lines else (msg("Every open case has a next action, and none is late."),), lines)


@service(Right.WORK)
def receive(ctx: Ctx) -> Part:
    """Read the mailbox and ask the gateway what became of its SMS, where there are such."""
    found = channel_settings.channel_settings(ctx).settings
    if not (found.receives or found.sms_report_url):
        return Part("inbox", (), (NO_MAILBOX,))
    told: list[Message] = []
    wrong: tuple[Message, ...] = ()
    if found.receives:
        mail = inbox.read_mail(ctx)
        told.append(
            msg("Messages filed on their case: {filed}; to sort: {unsorted}; returned: {bounced}", filed=mail.filed,
                unsorted=mail.unsorted, bounced=mail.bounced)
        )  # fmt: skip
        wrong = tuple(problem.reason for problem in mail.problems)
    if found.sms_report_url:
        told.append(msg("Delivery reports of SMS read: {n}", n=inbox.read_reports(ctx)))
    return Part("inbox", tuple(told), wrong)


NO_MAILBOX = msg("No mailbox is set: what comes in is logged by hand.")


@service(Right.WORK)
def promises(ctx: Ctx) -> Part:
    """Tell the promises whose day and grace have passed; a broken one is today's next action."""
    return ended(promise_follow.follow(ctx))


def ended(told: Told) -> Part:
    """How many promises came to their end, and how."""
    counts = ((msg("Promises kept: {n}", n=told.kept), told.kept), (msg("Promises kept in part: {n}", n=told.partly), told.partly),
              (msg("Promises broken: {n}", n=told.broken), told.broken))  # fmt: skip
    return Part("promises", tuple(said for said, count in counts if count) or (msg("No promise came to its end."),))


@service(Right.WORK)
def questions(ctx: Ctx) -> Part:
    """Remind the creditors whose answer is awaited since its day."""
    told = question_chase.chase(ctx)
    return chased(told.sent, told.by_hand)


def chased(by_email: int, by_hand: int) -> Part:
    """How many creditors are reminded by e-mail, how many wait for a person to do it."""
    sent = (msg("Creditors reminded by e-mail: {n}", n=by_email),) if by_email else ()
    hand = (msg("Creditors to be reminded by hand: {n}", n=by_hand),) if by_hand else ()
    return Part("questions", sent or (() if hand else (msg("No creditor is late with an answer."),)), hand)
