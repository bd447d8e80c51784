"""What the case itself forbids, whatever the words: costs without a title, no first letter, no mandate, a barred debt. Reads no style."""

from __future__ import annotations

from collections.abc import Iterator

from core.domain.messages import Euro, msg
from core.domain.text_facts import KindRule, TextFacts, TextRefusal
from core.domain.text_reading import Reading

FIRST = "first_letter"


def refusals(kind: KindRule, reading: Reading, facts: TextFacts) -> Iterator[TextRefusal]:
    """LET-08 (costs in the ledger), LET-14, LET-15, MSG-05; the text of a first letter comes before any first letter."""
    del reading
    case = msg("the case")
    if facts.amounts.costs and not facts.title:
        yield TextRefusal(
            "LET-08", case, msg("Collection costs of {costs} are in the claim (L. 111-8).", costs=Euro(facts.amounts.costs)),
            msg("Take them out: without an enforceable title they stay with the creditor."),
        )  # fmt: skip
    if kind.key != FIRST and not facts.first_letter_on:
        yield TextRefusal(
            "LET-14", case, msg("No first letter is recorded as sent: nothing may leave before it (R. 124-4)."),
            msg("Issue the first letter and record its posting, or type the reference and date of the one already sent."),
        )  # fmt: skip
    for problem in facts.mandate:
        yield TextRefusal("LET-15", case, problem.reason, problem.remedy)
    for ref in facts.barred:
        yield TextRefusal(
            "MSG-05", case, msg("Debt {ref} is time-barred and no lead has decided to go on.", ref=ref),
            msg("Leave it out, record what interrupted the period, or have a lead decide with the reason (Limitation)."),
        )  # fmt: skip
