"""The one place where a message that leaves asks whether it may: the contact gate, then the check of its words. Sends nothing."""

from __future__ import annotations

import contextlib
import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from core.domain import text_check as text_rules
from core.domain.contact_gate import Verdict
from core.domain.contact_intent import Intent
from core.domain.messages import Label, Problem, Refusal
from core.domain.rights import Right
from core.law.letter_kinds import tone_of
from core.law.text_rules import text_rules as rules
from core.services import (
    contact_gate,
    contact_record,
    fragile_words,
    later_letters,
    letter_facts,
    letter_wording,
    plan_bars,
    sending,
    text_check,
)
from core.services.agency import agency_file
from core.services.context import Ctx, service
from core.services.refusals import empty_field
from core.store import inbox
from core.store import outbox as rows
from core.store.unit import Reader, Unit

HOURS = "CON-01"


@dataclass(frozen=True, slots=True)
class Draft:
    """A message about to leave: to which contact point of which case, why (claim, answer…), and its words."""

    case_id: int
    channel: str
    contact_point_id: int
    purpose: str
    kind: str
    subject: str
    text: str
    documents: tuple[int, ...] = ()

    def intent(self) -> Intent:
        """The same as the contact gate takes it: now."""
        return Intent(
            self.case_id, self.channel, self.contact_point_id or None, purpose=self.purpose, tone=tone_of(self.kind)
        )


@dataclass(frozen=True, slots=True)
class Answer:
    """What the gate says; `next_at` the first permitted moment (UTC), None when nobody can say one."""

    verdict: Verdict
    problems: tuple[Problem, ...]
    next_at: dt.datetime | None = None


@service(Right.READ)
def asked(ctx: Ctx, reader: Reader, draft: Draft) -> Answer:
    """Whether the person may be reached now, on what the unit sees."""
    found = contact_gate.verdict(ctx, reader, draft.intent())
    return Answer(found, found.problems("channel"), None if found.allowed else found.next_at)


@service(Right.WORK)
def pass_through(ctx: Ctx, unit: Unit, draft: Draft) -> Answer:
    """Inside the unit that writes the message: raises Refusal with everything that keeps it from leaving.

    Where only the hour refuses (CON-01), it is written all the same and waits: `next_at` of the answer says until when.
    """
    found = asked(ctx, unit, draft)
    waits = found.next_at is not None and {bar.rule for bar in found.verdict.bars} == {HOURS}
    if found.problems and not waits:
        raise contact_gate.Barred(found.verdict, *found.problems)
    if not draft.text.strip():
        raise Refusal(empty_field("text"))
    wrong = _words(ctx, unit, draft)
    if wrong:
        raise Refusal(*wrong)
    return found


def _words(ctx: Ctx, reader: Reader, draft: Draft) -> tuple[Problem, ...]:
    """What LET-01 to LET-15 and MSG-01 to MSG-10 refuse in the text, and the words that a fragile path keeps out, on its field."""
    known = letter_wording.kinds_of(reader).get(draft.kind)
    head = contact_record.head(reader, draft.case_id)
    gate = (*sending.agency_gate(ctx), *sending.mandate_gate(ctx, head.creditor_id))
    sources = letter_facts.read(reader, head, ctx.day)
    facts = text_check.facts_of(reader, sources, agency_file(ctx).file, gate, ctx.today)
    found = text_rules.check(known.text_kind if known else draft.channel, draft.text, draft.subject, facts, rules())
    own = fragile_words.refused(
        reader, draft.case_id, f"{draft.subject}\n{draft.text}", fragile_words.named(facts), "text"
    )
    names = tuple(problem for name in _attached(reader, draft) for problem in _named(name, title=facts.title))
    promised = plan_bars.problems(reader, draft.case_id, ctx.today) if known and "promise" in known.needs else ()
    return (*promised, *text_check.as_problems(found), *names, *own)


def _attached(reader: Reader, draft: Draft) -> list[str]:
    """The names under which documents travel with the message."""
    return [one.title for one in inbox.case_documents(reader, draft.case_id) if one.id in draft.documents and one.title]


def _named(name: str, *, title: bool) -> tuple[Problem, ...]:
    """What the name of an attachment may not say; it may be that of an act of justice, where it is one."""
    return text_check.words_refused(name, "documents", title=title, but=("MSG-01", "MSG-04"))


@service(Right.READ)
def kept_back(ctx: Ctx, draft: Draft) -> tuple[Problem, ...]:
    """What keeps a message from leaving by hand, copied into another program: the gate, then its words. Empty: it may be copied."""
    with ctx.store.read() as reader:
        gate = contact_gate.verdict(ctx, reader, draft.intent())
        return (*gate.problems("channel"), *(_words(ctx, reader, draft) if draft.text.strip() else ()))


@service(Right.READ)
@contextlib.contextmanager
def recorded(ctx: Ctx) -> Iterator[None]:
    """Around the unit that writes a message: what the gate refuses is kept."""
    with contact_gate.recorded(ctx):
        yield


def refused(unit: Unit, answer: Answer) -> None:
    """A written message is held back: the refusal is kept as that of any contact."""
    contact_gate.keep(unit, answer.verdict)


def passed(unit: Unit, answer: Answer, interaction_id: int) -> None:
    """The message left and is in the journal: what a lead allowed once has served."""
    contact_gate.spend(unit, answer.verdict, interaction_id)


@service(Right.READ)
def templates(ctx: Ctx, channel: str) -> tuple[tuple[str, Label], ...]:
    """The texts of the house for a channel: their kinds and names."""
    with ctx.store.read() as reader:
        return tuple((one.key, one.name) for one in letter_wording.kinds_of(reader).values() if one.channel == channel)


@service(Right.READ)
def template(ctx: Ctx, case_id: int, kind: str) -> tuple[str, str]:
    """Subject and text of a kind for a case, to be read and changed before it leaves. Raises Refusal "kind-unknown"."""
    subject, text, _ = later_letters.letter_text(ctx, case_id, kind)
    return subject, text


@service(Right.READ)
def waits_until(ctx: Ctx, message_id: int) -> dt.datetime | None:
    """Until when a written message waits by the agency's clock, None when it leaves at once."""
    with ctx.store.read() as reader:
        row = rows.one(reader, message_id)
    if row is None or row.state != "ready" or not row.next_try_at:
        return None
    return dt.datetime.fromisoformat(row.next_try_at).astimezone(ZoneInfo(ctx.time_zone))
