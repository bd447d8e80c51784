"""One letter of a kind after the first one, for one case: needs, wording filled, legality check. Keeps and prints nothing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from core.documents.letter import body_text, letter_text
from core.domain import text_check
from core.domain.dates import after
from core.domain.first_letter import amounts_of
from core.domain.letter import Letter, Part
from core.domain.messages import Message, Problem, msg
from core.domain.text_facts import TextFacts
from core.i18n import Texts, texts
from core.law.closure_reasons import closure_data
from core.law.letter_kinds import DRAWN, LetterKind
from core.law.text_rules import text_rules
from core.services import letter_accounts, letter_facts, letterhead
from core.services.agency import AgencyFile
from core.services.letter_facts import Sources
from core.services.text_check import as_problems
from core.store import course, letters
from core.store.course import Promise
from core.store.unit import Reader

ACCEPTED = "closing_settled"
SAID_BY_GATE = ("LET-15", "MSG-05")  # rules that the gates before sending say too, in the words of the case


@dataclass(frozen=True, slots=True)
class Material:
    """What one letter of a kind is made of, from one snapshot; `rank` counts the letters of the kind in the case."""

    kind: LetterKind
    found: Sources
    rank: int
    promise: Promise | None


def material(reader: Reader, kind: LetterKind, found: Sources, today: dt.date) -> Material:
    """The rows that a letter of `kind` wants beside those of the case; the promise is the one to come that was made last."""
    standing = [one for one in course.promises(reader, found.head.id) if one.due_on >= today.isoformat()]
    promise = max(standing, key=lambda one: (one.made_on, one.id), default=None)
    return Material(kind, found, letters.next_rank(reader, found.head.id, kind.key), promise)


def letter(made: Material, file: AgencyFile, today: dt.date) -> Letter:
    """The letter as it would leave today; its reference ends with the code of its kind and its rank: "QK000123-45-RA1"."""
    kind, found, head = made.kind, made.found, made.found.head
    t, debts = texts(head.lang), letter_facts.letter_debts(found, today)
    reference = f"{head.ref}-{kind.code}{made.rank}"
    names = letter_facts.said(found, file, today, reference, debts) | _own_names(made, today, t)
    creditor, debtor = letterhead.creditor(found.owner), letterhead.debtor(head, found.points)
    amounts = amounts_of(debts)
    first_on = dt.date.fromisoformat(head.first_letter_on) if head.first_letter_on else None
    return Letter(
        kind.key,
        reference,
        today,
        t.lang,
        head.ref,
        file.name,
        letterhead.agency(file).address,
        creditor.name,
        creditor.address,
        debtor.name,
        debtor.address,
        kind.said("title", t.lang, names),
        tuple(_part(kind, name, t.lang, names) for name in kind.parts),
        debts,
        amounts,
        letter_accounts.chosen(found, file),
        (made.promise.amount if made.promise else 0) if "promise" in kind.needs else amounts.total,
        ", ".join(part for part in (file.signatory, file.signatory_title) if part),
        head.first_letter_ref,
        first_on,
        kind.registered,
        tuple(letter_facts.accessories(found, today)),
    )


def _part(kind: LetterKind, name: str, lang: str, names: Mapping[str, str]) -> Part:
    return Part(name) if name in DRAWN else Part(name, kind.said(name, lang, names), name in kind.bold)


def _own_names(made: Material, today: dt.date, t: Texts) -> dict[str, str]:
    """The {names} of the term and of the promise."""
    promise, days = made.promise, made.kind.term_days
    return {
        "term": letter_facts.long_date(t, after(today, days)),
        "term_days": str(days),
        "amount": t.money(promise.amount) if promise else "",
        "promise_date": letter_facts.long_date(t, dt.date.fromisoformat(promise.due_on)) if promise else "",
        "paid": t.money(made.found.head.collected),
        "promise_made": letter_facts.long_date(t, dt.date.fromisoformat(promise.made_on)) if promise else "",
    }


def needed(made: Material, today: dt.date) -> tuple[Problem, ...]:
    """What a letter of this kind wants of the case and does not find."""
    return tuple(_needed(made, today))


def _needed(made: Material, today: dt.date) -> Iterator[Problem]:
    head, needs = made.found.head, made.kind.needs
    claimed = amounts_of(letter_facts.letter_debts(made.found, today)).total
    if "first_letter" in needs and not head.first_letter_on:
        yield _problem(
            "first-letter-missing",
            msg("No first letter is recorded as sent (LET-14, R. 124-4)."),
            msg("Send it first."),
        )
    if "balance" in needs and claimed <= 0:
        yield _problem(
            "nothing-owed", msg("No debt remains to be claimed."), msg("Check the payments and the holds of the debts.")
        )
    if "promise" in needs and made.promise is None:
        yield _problem("promise-missing", msg("No promise to come is recorded."), msg("Record the promise first."))
    if "settled" in needs and head.balance > 0:
        yield _problem("still-owed", msg("The case is not paid in full."), msg("Wait for the last payment."))
    if "accepted" in needs and not _accepted(made):
        yield _problem(
            "not-accepted",
            msg("The case is not closed on a part payment or a settlement that the creditor accepted."),
            msg("Close the case first, with that reason."),
        )
    if "closed" in needs and _accepted(made):
        yield _problem(
            "settled-for-part",
            msg("The creditor accepted what was paid: nothing more is claimed."),
            msg("Choose the closing letter of a part payment accepted in full settlement."),
        )
    if "closed" in needs and not (head.status == "closed" and head.balance > 0):
        yield _problem(
            "not-closed", msg("The case is not closed with a balance."), msg("Close the case first, with its reason.")
        )


def _accepted(made: Material) -> bool:
    """Whether the case is closed on what was paid, by a reason whose letter says so (data/closure)."""
    head = made.found.head
    codes = {one.code for one in closure_data().reasons if one.letter == ACCEPTED}
    return head.status == "closed" and head.closure_reason in codes


def _problem(code: str, reason: Message, remedy: Message) -> Problem:
    return Problem(code, reason, remedy, field="case")


def refused(kind: LetterKind, written: Letter, facts: TextFacts, t: Texts) -> tuple[Problem, ...]:
    """What the legality check refuses in the letter as printed, and an address that is missing."""
    text = plain_text(kind, written, t)
    known = replace(facts, reference=written.reference, dated=written.dated)
    found = text_check.check(kind.text_kind, text, written.title, known, text_rules())
    told = as_problems([one for one in found if one.rule not in SAID_BY_GATE], "texts")
    if kind.channel == "letter" and not any(line.strip() for line in written.debtor_address):
        reason = msg("No postal address of the debtor is known, or the only one is marked wrong.")
        told = (
            *told,
            Problem("address-missing", reason, msg("Add an address to the debtor in the case."), field="debtor"),
        )
    return told


def plain_text(kind: LetterKind, written: Letter, t: Texts) -> str:
    """What leaves, as text: the whole letter, or the body alone of a message."""
    return letter_text(written, t) if kind.channel == "letter" else body_text(written, t)
