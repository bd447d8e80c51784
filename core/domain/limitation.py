"""The limitation clock of one debt: the last day to sue, and the chain of what moved it. Reads no file, keeps nothing, decides nothing.

Articles 2219 to 2254 of the civil code; the periods and the effects of events are data (core.domain.limitation_law). The clock answers
twice: with what is proved, and with what has been told without a document. Letters never move it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from core.domain.computation import Computation, Missing, Quantity, Question, weakest
from core.domain.legal_facts import LegalFact
from core.domain.limitation_course import Course, Step, ordered, voided, whole
from core.domain.limitation_law import LimitationLaw, Period
from core.domain.messages import Message, msg

__all__ = ["Clock", "Step", "clock", "plain_end"]


@dataclass(frozen=True, slots=True)
class Clock:
    """The answer. `date` is the last day to sue counted with what is proved, `date_if_proved` with everything told.

    `period` is the claim's own, `running` the one that runs now (ten years after a title), `base` the end before any event. `steps`
    moved the clock (or would, once proved), `told` did not: each says why. `standing` is the step that keeps the clock from running
    (proceedings or a suspension that have not ended): `date` is then counted as if it ended on its first day.
    `questions` are facts that would make the answer surer.
    """

    period: Period
    running: Period
    start: dt.date
    start_kind: str
    base: dt.date
    date: dt.date
    date_if_proved: dt.date
    computation: Computation
    steps: tuple[Step, ...]
    told: tuple[Step, ...]
    standing: Step | None
    questions: tuple[Question, ...]

    @property
    def certainty(self) -> str:
        """The certainty of the least sure thing the date stands on."""
        return self.computation.weakest

    def days_left(self, on: dt.date) -> int:
        """Days from `on` to the last day to sue, that day included as 0; negative once it has passed."""
        return (self.date - on).days

    def barred(self, on: dt.date) -> bool:
        """Whether the last day to sue has passed on a day (C. civ. 2229: acquired at the end of the last day)."""
        return self.standing is None and on > self.date

    @property
    def kept(self) -> dt.date | None:
        """The date to keep for queues: None while the clock stands still."""
        return None if self.standing else self.date


def clock(
    period: Period,
    starts: Mapping[str, dt.date],
    facts: Sequence[LegalFact],
    law: LimitationLaw,
    *,
    on: dt.date | None = None,
    territory: str = "",
) -> Clock | Missing:
    """The last day to sue for a debt, or which starting point is missing.

    `starts` are the days of the debt by kind ("due", "issued", "service_completed"…); facts of a starting kind are added to them. Facts
    later than `on` are left out (None: all count). `territory`: department whose holidays count where the period rolls. Days, never
    hours; the first day is not counted, the last one bears the same number (C. civ. 2228, 2229). Raises nothing.
    """
    counted = [fact for fact in facts if on is None or fact.on <= on]
    days = {**starts, **_said(counted, law)}
    found = _start(period, days)
    if found is None:
        return Missing(msg("Last day to sue"), (_question(period.starts[0], period, law),))
    kind, guessed = found
    questions = (_question(period.starts[0], period, law),) if guessed else ()
    unpaid = [fact.on for fact in counted if fact.kind == "first_unpaid"]
    proved = Course(period, days[kind], law, unpaid=unpaid, territory=territory)
    everything = Course(period, days[kind], law, unpaid=unpaid, territory=territory)
    chain = ordered(counted, law)
    void = voided(chain, law)
    proved.follow(tuple(fact for fact in chain if fact.evidence or law.events[fact.kind].effect == "voids"), void)
    everything.follow(chain, void)
    return Clock(
        period, proved.period, days[kind], kind, proved.base, proved.end, everything.end,
        _drawn(proved, kind, law, guessed=guessed), tuple(s for s in everything.steps if s.moves),
        tuple(s for s in everything.steps if not s.moves), proved.standing, questions,
    )  # fmt: skip


def plain_end(period: Period, starts: Mapping[str, dt.date], law: LimitationLaw) -> tuple[dt.date, str] | None:
    """Date and certainty of `clock` for a debt without any fact, without its proof: for imports. None when the start is unknown."""
    found = _start(period, starts)
    if found is None:
        return None
    kind, guessed = found
    rule = law.points["rolls" if period.rolls else "same_day"]
    return whole(period, starts[kind], law), weakest(("U" if guessed else "V", period.trust, rule.trust))


def _said(facts: Sequence[LegalFact], law: LimitationLaw) -> dict[str, dt.date]:
    """Starting points among the facts; of several of one kind the earliest, which is the safer reading."""
    told = [fact for fact in facts if (kind := law.events.get(fact.kind)) and kind.effect == "starts"]
    return {fact.kind: fact.on for fact in sorted(told, key=lambda fact: fact.on, reverse=True)}


def _start(period: Period, days: Mapping[str, dt.date]) -> tuple[str, bool] | None:
    """The starting point that counts, and whether it only stands in for the one the law wants."""
    for kind in period.starts:
        if kind in days:
            return kind, False
    known = [kind for kind in period.otherwise if kind in days]
    return (min(known, key=lambda kind: days[kind]), True) if known else None


def _question(kind: str, period: Period, law: LimitationLaw) -> Question:
    return Question(kind, msg("{question}", question=law.starts[kind].ask),
                    msg("The period for this claim ({claim}) starts on that day.", claim=period.label), (period.article,))  # fmt: skip


def _drawn(course: Course, kind: str, law: LimitationLaw, *, guessed: bool) -> Computation:
    """The date with its proof."""
    trust = "U" if guessed else "V"
    start = Computation(
        msg("Starting point: {what}", what=law.starts[kind].label), course.begun, Quantity.DATE,
        source=msg("File of the case, to be confirmed") if guessed else msg("File of the case"), certainty=trust,
    )  # fmt: skip
    first = course.first
    length = Computation(
        msg("Period: {claim}", claim=first.label), first.months, Quantity.MONTHS,
        source=msg("{source}", source=first.source), articles=(first.article,), certainty=first.trust,
    )  # fmt: skip
    rule = law.points["rolls" if first.rolls else "same_day"]
    base = Computation(
        msg("Last day to sue") if not course.moved else msg("End of the period before any event"),
        course.base, Quantity.DATE, _counted(first), (start, length), (rule.article,), certainty=weakest((rule.trust, _place(course))),
        remarks=tuple(_remarks(course, law)),
    )  # fmt: skip
    if not course.moved:
        return base
    terms = (base, *(_term(step) for step in course.moved))
    title = max((at for at, step in enumerate(course.moved) if step.effect == "title"), default=None)
    if title is not None:  # the title stands on itself: what the period was before no longer matters
        terms = terms[title + 1 :]
    return Computation(
        msg("Last day to sue"), course.end, Quantity.DATE, msg("The end that follows from the last of these events"), terms,
        remarks=tuple(_standing(course)), certainty=weakest((_place(course), *(step.trust for step in course.moved))),
    )  # fmt: skip


def _counted(period: Period) -> Message:
    if period.year_end:
        return msg("counted from the end of the year of the starting point")
    return msg("starting point + period, first day not counted, last day of the same number")


def _remarks(course: Course, law: LimitationLaw) -> list[Message]:
    """What to know about the counting of this very date."""
    said = []
    if course.base.day != course.begun.day and not (course.first.rolls or course.first.year_end):
        said.append(msg("The last month has no such day number: its last day counts, which is the safer reading."))
    if course.first.rolls:
        said.append(_holidays(course))
    if not course.first.rolls and course.end.weekday() >= 5:
        said.append(msg("{rule}", rule=law.points["no_roll"].text))
    return said


def _place(course: Course) -> str:
    """How sure the end is where a holiday of the territory moved it: its effect on CPC 642 is not settled."""
    return "U" if course.local else "V"


def _holidays(course: Course) -> Message:
    """Which public holidays were looked at for a time bar that ends on a working day."""
    if course.territory:
        return msg(
            "The public holidays of department {code} count too (CPC, art. 642, to be confirmed).",
            code=course.territory,
        )
    return msg(
        "Only the public holidays of the whole of France were counted: the debtor's address is not known, or its department has none of "
        "its own."
    )


def _standing(course: Course) -> list[Message]:
    if course.standing is None:
        return []
    since = course.standing.on
    return [
        msg(
            "The clock stands still since {day} and has not started again: counted as if it did that very day.",
            day=since,
        )
    ]


def _term(step: Step) -> Computation:
    day = Computation(msg("{what}", what=step.label), step.on, Quantity.DATE, source=msg("{evidence}", evidence=step.evidence or "–"),
                      certainty=step.trust)  # fmt: skip
    return Computation(step.said, step.end, Quantity.DATE, step.why, (day,), (step.article,), certainty=step.trust)
