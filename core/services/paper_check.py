"""The legality check of a paper that the agency draws: statement, plan, receipt, certificate. Draws and keeps nothing."""

from __future__ import annotations

import datetime as dt

from core.documents.sheet import Sheet
from core.domain import text_check as words
from core.domain.first_letter import Account
from core.domain.messages import Problem
from core.domain.rights import Right
from core.domain.text_facts import TextFacts
from core.i18n import Texts
from core.law.text_rules import text_rules
from core.services import contact_record, letter_accounts, letter_facts, sending, text_check
from core.services.agency import agency_file
from core.services.context import Ctx, service
from core.store.cases import CaseHead
from core.store.unit import Reader

SAID_BY_GATE = ("MSG-05",)  # limitation has its own gate, which every paper asks in the words of the case


@service(Right.READ)
def refused(ctx: Ctx, reader: Reader, case_id: int, kind: str, sheet: Sheet) -> tuple[Problem, ...]:
    """What LET-01 to LET-15 and MSG-01 to MSG-10 refuse in the sentences of a paper of a case, as they are printed; empty: it may leave.

    `kind`: statement, plan, receipt or certificate of data/letters/text_rules.yaml. Cells of tables are figures and names, not sentences.
    """
    found = words.check(kind, sheet.text(), sheet.title, _facts(ctx, reader, case_id), text_rules())
    return text_check.as_problems([one for one in found if one.rule not in SAID_BY_GATE], "paper")


@service(Right.READ)
def case_refused(ctx: Ctx, reader: Reader, case_id: int) -> tuple[Problem, ...]:
    """What the case itself forbids to any paper that claims, whatever its words: no first letter, no mandate, costs without a title."""
    nothing = words.check("plan", "", "", _facts(ctx, reader, case_id), text_rules())
    return text_check.as_problems([one for one in nothing if one.rule in ("LET-08", "LET-14", "LET-15")], "paper")


@service(Right.READ)
def account(ctx: Ctx, reader: Reader, case_id: int) -> Account:
    """The account that a paper of a case gives to pay: the one the mandate chooses, as in the letters."""
    sources = letter_facts.read(reader, contact_record.head(reader, case_id), ctx.day)
    return letter_accounts.chosen(sources, agency_file(ctx).file)


def _facts(ctx: Ctx, reader: Reader, case_id: int) -> TextFacts:
    head = contact_record.head(reader, case_id)
    sources = letter_facts.read(reader, head, ctx.day)
    gate = (*sending.agency_gate(ctx), *sending.mandate_gate(ctx, head.creditor_id))
    return text_check.facts_of(reader, sources, agency_file(ctx).file, gate, ctx.today)


def recalled(head: CaseHead, t: Texts) -> str:
    """The line that recalls the first letter (CPCE R.124-4, last paragraph); empty while none left."""
    if not head.first_letter_on:
        return ""
    day = t.date(dt.date.fromisoformat(head.first_letter_on))
    return t("First letter: {reference} of {day}", reference=head.first_letter_ref, day=day)
