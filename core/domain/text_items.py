"""The items that CPCE R.124-4 wants in a text (LET-01 to LET-13), looked for in its words. Looks for nothing that is forbidden in it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from core.domain.first_letter import Amounts
from core.domain.folding import fold
from core.domain.messages import Euro, Message, msg
from core.domain.text_facts import TextFacts, TextRefusal, TextRules
from core.domain.text_reading import Reading, amounts_in, holds

WHOLE = msg("the whole text")
ELEMENTS = ("principal", "interest", "indemnity", "penalty", "costs")
_IBAN = re.compile(r"\b[A-Z]{2}\d{2}(?:[ ]?[A-Z0-9]){11,30}\b")
_COUNTRIES = "AD|AT|BE|BG|CH|CY|CZ|DE|DK|EE|ES|FI|FR|GB|GR|HR|HU|IE|IS|IT|LI|LT|LU|LV|MC|MT|NL|NO|PL|PT|RO|SE|SI|SK|SM"
_LOOSE = re.compile(
    rf"\b(?:{_COUNTRIES})\s?\d{{2}}(?:[\s.\-/]{{0,2}}[A-Z0-9]){{0,4}}?(?:[\s.\-/]{{0,2}}\d){{10,26}}(?!\d)",
    re.IGNORECASE,
)
_PLAIN_ACCOUNT = re.compile(r"[^A-Z0-9]")
_REFERENCE = re.compile(r"\bref(?:erence)?\b.{0,40}?\w*\d")  # a reference of the writer's own
_BULLETS = "-•*·– "


def refusals(text: str, reading: Reading, facts: TextFacts, rules: TextRules) -> Iterator[TextRefusal]:
    """Every item missing or wrong, whatever the kind of text."""
    yield from _parties(reading, facts, rules)
    yield from _basis(reading, facts)
    yield from _claim(reading, facts.amounts, rules)
    yield from _payment(reading, facts, rules)
    yield from _own(text, reading, facts)
    yield from _recalled(reading, facts)


def _missing(rule: str, sentence: Message, remedy: Message) -> TextRefusal:
    return TextRefusal(rule, WHOLE, sentence, remedy)


def _says(reading: Reading, wanted: str) -> bool:
    """Whether the words stand in the text, whole: QK-L1 is not said by QK-L12."""
    return bool(wanted.strip()) and bool(re.search(rf"(?<!\w){re.escape(fold(wanted))}(?!\w)", reading.folded))


def _parties(reading: Reading, facts: TextFacts, rules: TextRules) -> Iterator[TextRefusal]:
    """LET-01 to LET-05."""
    if not _says(reading, facts.agency):
        yield _missing("LET-01", msg("The text does not name the agency (R. 124-4 1°)."),
                       msg("Write the agency's name: {name}.", name=facts.agency or "…"))  # fmt: skip
    if not _address(reading, facts.agency_address):
        yield _missing("LET-02", msg("The text does not give the agency's address (R. 124-4 1°)."),
                       msg("Write the address: {address}.", address=", ".join(facts.agency_address) or "…"))  # fmt: skip
    if not rules.wanted["activity"].search(reading.folded):
        yield _missing("LET-03", msg("The text does not say that the sender carries on amicable debt collection (R. 124-4 1°)."),
                       msg("Add the sentence: the agency carries on the activity of amicable debt collection."))  # fmt: skip
    if not _says(reading, facts.creditor):
        yield _missing("LET-04", msg("The text does not name the creditor (R. 124-4 2°)."),
                       msg("Write the creditor's name: {name}.", name=facts.creditor or "…"))  # fmt: skip
    if not _address(reading, facts.creditor_address):
        yield _missing("LET-05", msg("The text does not give the creditor's address (R. 124-4 2°)."),
                       msg("Write the address: {address}.", address=", ".join(facts.creditor_address) or "…"))  # fmt: skip


def _address(reading: Reading, lines: Iterable[str]) -> bool:
    wanted = [line for line in lines if line.strip()]
    return bool(wanted) and all(_says(reading, line) for line in wanted)


def _basis(reading: Reading, facts: TextFacts) -> Iterator[TextRefusal]:
    """LET-06: each debt by its number and a day."""
    if not facts.debts:
        yield _missing("LET-06", msg("No debt of the case may be claimed today (R. 124-4 3°)."),
                       msg("Check the payments, the due dates and the holds of the debts."))  # fmt: skip
    for debt in facts.debts:
        days = {day for day in (debt.issued_on, debt.due_on) if day}
        if not _says(reading, debt.ref) or not days & reading.dates:
            yield _missing(
                "LET-06",
                msg("The basis of the debt “{ref}” is not stated: number and date (R. 124-4 3°).", ref=debt.ref),
                msg("Write what the debt rests on, its number and its date."),
            )


def _claim(reading: Reading, amounts: Amounts, rules: TextRules) -> Iterator[TextRefusal]:
    """LET-07: each element on a line of its own, as the ledger knows it, and their sum."""
    found = _elements(reading, rules)
    due: Mapping[str, int] = dict(zip(ELEMENTS, amounts.parts, strict=True))
    remedy = msg("Write principal, interest and each accessory on its own line, then the total.")
    for element, cents in due.items():
        said = found.get(element)
        silent = (
            said is None and not cents and (element != "interest" or rules.wanted["no_interest"].search(reading.folded))
        )
        if silent or said == cents:
            continue
        if said is None:
            yield _missing("LET-07", msg("No line gives the {element} of {amount} (R. 124-4 3°).",
                                         element=element_name(element), amount=Euro(cents)), remedy)  # fmt: skip
        else:
            yield _missing("LET-07", msg("The line of the {element} says {said}; what is owed is {amount} (R. 124-4 3°).",
                                         element=element_name(element), said=Euro(said), amount=Euro(cents)), remedy)  # fmt: skip
    if "total" not in found:
        yield _missing("LET-07", msg("No line gives the total (R. 124-4 3°)."), remedy)
    elif found["total"] != sum(cents for name, cents in found.items() if name != "total"):
        yield _missing(
            "LET-07",
            msg("The lines do not make the total of {total} (R. 124-4 3°).", total=Euro(found["total"])),
            remedy,
        )


def element_name(element: str) -> Message:
    """An element of the claim in words."""
    return {
        "principal": msg("principal"),
        "interest": msg("interest"),
        "indemnity": msg("flat indemnity"),
        "penalty": msg("penalty clause"),
        "costs": msg("collection costs"),
    }[element]


def _elements(reading: Reading, rules: TextRules) -> dict[str, int]:
    """The amount of each line that starts with the name of an element; the last amount of the line counts."""
    found: dict[str, int] = {}
    for line in reading.lines:
        amounts = amounts_in(line.text)
        start = line.folded.lstrip(_BULLETS)
        name = next((name for name, pattern in rules.lines.items() if amounts and pattern.match(start)), None)
        if name and (name not in found or (name == "total" and amounts[-1] != found[name])):
            found[name] = amounts[-1]  # a second total that says otherwise is the one looked at
    return found


def _payment(reading: Reading, facts: TextFacts, rules: TextRules) -> Iterator[TextRefusal]:
    """LET-09 and LET-10: the demand; how to pay, on no other account than those of the mandate."""
    yield from _demand(reading, facts, rules)
    written = _accounts(reading)
    allowed = {"".join(one.split()) for one in facts.accounts}
    strange = [one for one in written if not any(one.startswith(known) or known.startswith(one) for known in allowed)]
    other = rules.wanted["strange_pay"].search(reading.folded)
    if strange or other:
        told = strange[0] if strange else other[0] if other else ""
        sentence = msg(
            "The text gives an account that is not that of creditors' funds: {iban} (R. 124-2 2°).", iban=told
        )
        remedy = msg("Give the account kept for creditors' funds, or the creditor's own.")
        yield TextRefusal("LET-10", WHOLE, sentence, remedy, always=True)
    elif not written and not rules.wanted["pay"].search(reading.folded):
        yield _missing("LET-10", msg("The text does not say how to pay (R. 124-4 4°)."),
                       msg("Give the account: {iban}.", iban=next(iter(facts.accounts), "…")))  # fmt: skip


def _demand(reading: Reading, facts: TextFacts, rules: TextRules) -> Iterator[TextRefusal]:
    """LET-09: somebody asks to pay, and asks for what is owed."""
    demands = [one for one in reading.sentences if rules.wanted["demand"].search(one.folded)]
    asked = [cents for one in demands for cents in amounts_in(one.text)]
    if not demands:
        yield _missing("LET-09", msg("The text does not ask to pay (R. 124-4 4°)."),
                       msg("Add the demand: “we ask you to pay the sum of…”."))  # fmt: skip
    elif asked and facts.amounts.total not in asked:
        yield _missing("LET-09", _other_sum(asked[0], facts), msg("Ask for the sum that is owed."))
    yield from _too_much(reading, facts, rules)


def _too_much(reading: Reading, facts: TextFacts, rules: TextRules) -> Iterator[TextRefusal]:
    """LET-09, whatever the kind of text about a case: no sentence asks for more than is owed; a part of it may be asked."""
    for one in reading.sentences if facts.agency else ():
        asked = amounts_in(one.text)
        speaks = rules.wanted["demand"].search(one.folded) or rules.wanted["owed"].search(one.folded)
        if speaks and asked and facts.amounts.total not in asked and max(asked) > facts.amounts.total:
            said = _other_sum(max(asked), facts)
            yield TextRefusal("LET-09", one.where, said, msg("Ask for the sum that is owed."), always=True)


def _other_sum(cents: int, facts: TextFacts) -> Message:
    return msg(
        "The demand asks for {said}; what is owed is {amount} (R. 124-4 4°).",
        said=Euro(cents), amount=Euro(facts.amounts.total),
    )  # fmt: skip


def _accounts(reading: Reading) -> list[str]:
    """The accounts that a text gives, however they are written, in capitals and without marks."""
    found = (*_IBAN.findall(reading.plain), *_LOOSE.findall(reading.plain))
    return [_PLAIN_ACCOUNT.sub("", one.upper()) for one in found]


def _own(text: str, reading: Reading, facts: TextFacts) -> Iterator[TextRefusal]:
    """LET-11 and LET-12: the statute word for word; the reference and the date of the text."""
    if not facts.statute or not all(holds(text, paragraph) for paragraph in facts.statute):
        yield _missing("LET-11", msg("Paragraphs 2 and 3 of article L. 111-8 are not reproduced word for word (R. 124-4 5°)."),
                       msg("Copy both paragraphs as they are, in French."))  # fmt: skip
    others = {day for debt in facts.debts for day in (debt.issued_on, debt.due_on)} | {facts.first_letter_on}
    dated = facts.dated in reading.dates if facts.dated else bool(reading.dates - others)
    if not (_says(reading, facts.reference) or _REFERENCE.search(reading.folded)) or not dated:
        yield _missing("LET-12", msg("The text has no reference or no date of its own (R. 124-4)."),
                       msg("Write the reference {ref} and the day.", ref=facts.reference or "…"))  # fmt: skip


def _recalled(reading: Reading, facts: TextFacts) -> Iterator[TextRefusal]:
    """LET-13: reference and date of the first letter; nothing to recall while none left (LET-14 says so)."""
    if not facts.first_letter_on:
        return
    if not _says(reading, facts.first_letter_ref) or facts.first_letter_on not in reading.dates:
        yield _missing(
            "LET-13",
            msg("The text does not recall the first letter: its reference {ref} and its date {day} (R. 124-4, last paragraph).",
                ref=facts.first_letter_ref, day=facts.first_letter_on),
            msg("Write both, for example: “our letter {ref} of {day}”.", ref=facts.first_letter_ref, day=facts.first_letter_on),
        )  # fmt: skip
