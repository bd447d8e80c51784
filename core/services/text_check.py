"""The legality check of a text about a case, whoever wrote it: gathers the facts, asks core.domain.text_check. Sends nothing.

Whoever is about to send a text (letter, message, script of a call) asks `check_text`; many at once read the facts with `facts_of`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence

from core.documents.letter import first_letter_text
from core.domain import text_check
from core.domain.first_letter import FirstLetter, amounts_of
from core.domain.messages import Problem
from core.domain.rights import Right
from core.domain.text_facts import TextDebt, TextFacts, TextRefusal
from core.domain.title_grants import set_aside
from core.i18n import texts
from core.law.letters import first_letter_texts
from core.law.text_rules import text_rules
from core.services import contact_record, letter_accounts, letter_facts, letterhead, sending
from core.services.agency import AgencyFile, agency_file
from core.services.context import Ctx, service
from core.services.letter_facts import Sources
from core.store import legal_facts as kept_facts
from core.store import limitation, statements
from core.store.unit import Reader

__all__ = [
    "TextRefusal",
    "as_problems",
    "check_text",
    "facts_of",
    "first_words",
    "kinds",
    "text_facts",
    "words_refused",
]


def kinds() -> tuple[str, ...]:
    """The kinds of text that the check knows."""
    return tuple(text_rules().kinds)


@service(Right.READ)
def check_text(ctx: Ctx, kind: str, case_id: int, text: str, subject: str = "") -> tuple[TextRefusal, ...]:
    """What LET-01 to LET-15 and MSG-01 to MSG-10 refuse in a text to the debtor of a case today; empty: it may leave.

    Raises Refusal "case-unknown", "kind-unknown".
    """
    return text_check.check(kind, text, subject, text_facts(ctx, case_id), text_rules())


@service(Right.READ)
def text_facts(ctx: Ctx, case_id: int) -> TextFacts:
    """The facts that a text about a case is checked against, today. Raises Refusal "case-unknown"."""
    file = agency_file(ctx).file
    with ctx.store.read() as reader:
        head = contact_record.head(reader, case_id)
        found = letter_facts.read(reader, head, ctx.day)
        gate = (*sending.agency_gate(ctx), *sending.mandate_gate(ctx, head.creditor_id))
        return facts_of(reader, found, file, gate, ctx.today)


def facts_of(reader: Reader, found: Sources, file: AgencyFile, gate: Sequence[Problem], today: dt.date) -> TextFacts:
    """The same from rows at hand; `gate` is what R.124-2 and R.124-3 still want, the same for all the cases of a creditor."""
    head, claimed = found.head, letter_facts.claimed(found, today)
    creditor, debts = letterhead.creditor(found.owner), letter_facts.letter_debts(found, today)
    natures, debtor = {debt.nature for debt in claimed}, letterhead.debtor(head, found.points)
    return TextFacts(
        agency=file.name,
        agency_address=letterhead.agency(file).address,
        creditor=creditor.name,
        creditor_address=creditor.address,
        statute=first_letter_texts().statute.paragraphs,
        debts=tuple(TextDebt(debt.ref, debt.issued_on, debt.due_on, debt.nature) for debt in debts),
        amounts=amounts_of(debts),
        accounts=tuple(account.iban for account in letter_accounts.allowed(found, file)),
        reference=head.ref,
        first_letter_ref=head.first_letter_ref,
        first_letter_on=dt.date.fromisoformat(head.first_letter_on) if head.first_letter_on else None,
        mandate=tuple(gate),
        barred=tuple(one.ref for one in limitation.barred(reader, head.id, today.isoformat())),
        title=_title(reader, head.id),
        debtor=(debtor.name, *debtor.address),
        complaint_route=head.kind == "individual" and bool(natures & text_rules().complaint_natures),
    )


def _title(reader: Reader, case_id: int) -> bool:
    """Whether an enforceable title stands: one is recorded, and no decision set it aside."""
    gone = set_aside(kept_facts.of_case(reader, case_id))
    return any(dt.date.fromisoformat(one.issued_on) not in gone for one in statements.titles(reader, case_id))


def first_words(letter: FirstLetter, facts: TextFacts) -> tuple[Problem, ...]:
    """What the rules on words (MSG) refuse in a first letter; its items are checked by core.domain.first_letter."""
    text = first_letter_text(letter, texts(letter.lang))
    found = text_check.check("first_letter", text, letter.words.title, facts, text_rules())
    return as_problems([one for one in found if one.rule.startswith("MSG") and one.rule != "MSG-05"], "texts")


def words_refused(words: str, field: str, *, title: bool = False, but: Collection[str] = ()) -> tuple[Problem, ...]:
    """What MSG-01 to MSG-06 refuse in words typed apart from any text, whatever the case: a call script, the name of an attachment.

    `title`: an enforceable title stands; `but`: rules that do not concern such words.
    """
    facts = TextFacts("", (), "", (), (), title=title)
    found = text_check.check("words", words, "", facts, text_rules())
    return as_problems([one for one in found if one.rule not in but], field)


def as_problems(found: Sequence[TextRefusal], field: str = "text") -> tuple[Problem, ...]:
    """Refused rules as the problems of a form or of a command; the code is the rule, `value` the place."""
    return tuple(Problem(one.rule, one.sentence, one.remedy, field=field, value=str(one.where)) for one in found)
