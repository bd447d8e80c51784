"""The legality check of any text that leaves the agency: LET-01 to LET-15, MSG-01 to MSG-10. It refuses and says what to do; sends nothing.

`check` puts together what is checked of the case (core.domain.text_case), of the items a text must hold (core.domain.text_items) and
of its words (core.domain.text_words), in the order of the rules.
"""

from __future__ import annotations

from core.domain import text_case, text_items, text_words
from core.domain.messages import Refusal, msg, refuse
from core.domain.text_facts import KindRule, TextFacts, TextRefusal, TextRules
from core.domain.text_reading import read

__all__ = ["RULES", "KindRule", "TextFacts", "TextRefusal", "TextRules", "check"]
RULES = (*(f"LET-{n:02d}" for n in range(1, 16)), *(f"MSG-{n:02d}" for n in range(1, 11)))


def check(kind: str, text: str, subject: str, facts: TextFacts, rules: TextRules) -> tuple[TextRefusal, ...]:
    """What the rules refuse in a text of a kind, in their order; empty: it may leave. A rule that the kind does not meet is not looked at.

    `subject`: the subject line of an e-mail, the title of a letter; it may be empty. Raises Refusal "kind-unknown".
    """
    found = _kind(kind, rules)
    reading = read(text, facts.statute)
    told = [
        *text_items.refusals(text, reading, facts, rules),
        *text_case.refusals(found, reading, facts),
        *text_words.refusals(found, reading, read(text, facts.statute, facts.names), subject, facts, rules),
    ]
    kept = [one for one in told if one.always or one.rule in found.rules]
    return tuple(sorted(kept, key=lambda one: RULES.index(one.rule)))


def _kind(kind: str, rules: TextRules) -> KindRule:
    found = rules.kinds.get(kind)
    if found is None:
        raise _unknown(kind, rules)
    return found


def _unknown(kind: str, rules: TextRules) -> Refusal:
    return refuse(
        "kind-unknown",
        msg("There is no kind of text “{given}”.", given=kind),
        msg("Choose one of {known}.", known=", ".join(rules.kinds)),
        field="kind",
        value=kind,
    )
