"""What no text may say, and how it must say the rest (LET-08 in words, MSG-01 to MSG-10). Looks for no item of R.124-4."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from re import Pattern

from core.domain.folding import fold
from core.domain.messages import Message, msg
from core.domain.spelt import spelt
from core.domain.text_facts import KindRule, Phrases, TextFacts, TextRefusal, TextRules
from core.domain.text_reading import (
    Piece,
    Reading,
    amounts_in,
    first_amount,
    has_amount,
    in_capitals,
    is_sentence,
    shortened,
    titles,
    unnamed,
)

SUBJECT = msg("the subject line")
SHORTEST_NUMBER = 6  # figures that make a number which is neither a year nor a postcode
_SUM = re.compile(r"\beuros?\b|\d\s?%|\bpour ?cent\b|\bpercent\b")
_PARTS = re.compile(r"[,;:()]| et | mais | puis | and | but | then ")
NEVER = re.compile(r"(?!)")
NOTHING = Phrases(NEVER, NEVER)


def refusals(
    kind: KindRule, reading: Reading, bare: Reading, subject: str, facts: TextFacts, rules: TextRules
) -> Iterator[TextRefusal]:
    """Everything the words get wrong; `bare` is the same text without names, in which forbidden words are looked for."""
    title = spelt(unnamed(subject, facts.names))
    yield from _look_alike(bare, title, rules)
    said = (*bare.sentences, *([Piece(0, title, fold(title))] if title.strip() else []))
    asked = _asked(rules, f"{bare.folded} {fold(title)}")
    for piece in said:
        yield from _sentence(piece, facts, asked)
    yield from _outside(kind, reading, subject, facts, rules)
    yield from _identity(kind, reading, facts, rules)
    yield from _notice_and_dispute(reading, facts, rules)


def _asked(rules: TextRules, folded: str) -> TextRules:
    """The rules without the phrases that the whole text holds nowhere: most sentences are then looked at for nothing."""

    def kept(phrases: Phrases) -> Phrases:
        return phrases if phrases.found.search(folded) else NOTHING

    return replace(
        rules,
        costs=kept(rules.costs),
        charged=kept(rules.charged),
        office=kept(rules.office),
        threats=kept(rules.threats),
        threats_always=kept(rules.threats_always),
        consequences=kept(rules.consequences),
        insults=kept(rules.insults),
    )


def _where(piece: Piece) -> Message:
    return piece.where if piece.line else SUBJECT


def _hit(phrases: Phrases, piece: Piece) -> str:
    """The words found in a sentence that no exception lets through."""
    found = phrases.found.search(piece.folded)
    return found[0] if found and not phrases.except_.search(piece.folded) else ""


def _look_alike(reading: Reading, subject: str, rules: TextRules) -> Iterator[TextRefusal]:
    """MSG-01: no word of a court or bailiff as a title, in the subject line or in capitals; nothing official anywhere."""
    remedy = msg("Use a plain title such as “Request for payment”; leave the words of courts and bailiffs to them.")
    alone, told = titles(reading, rules.title), set[int]()
    for piece in (*alone, *([Piece(0, subject, fold(subject))] if subject.strip() else [])):
        word = _hit(rules.look_alike, piece)
        if word and (not is_sentence(piece) or piece.folded.startswith(word)):
            told.add(piece.line)
            yield _refused("MSG-01", piece, msg("“{word}” stands as a title: the text may be taken for an act of justice "
                                                "(C. pén., art. 433-13).", word=word), remedy)  # fmt: skip
    for line in reading.lines:
        word = next((one for one in in_capitals(line.text) if rules.look_alike.found.fullmatch(one)), "")
        if word and line.line not in told:
            yield _refused("MSG-01", line, msg("“{word}” is written in capitals: the text may be taken for an act of justice "
                                               "(C. pén., art. 433-13).", word=word), msg("Write the word in small letters."))  # fmt: skip
        official = rules.look_alike_anywhere.search(line.folded)
        if official:
            yield _refused("MSG-01", line, msg("“{word}” belongs to documents of the State (C. pén., art. 433-13).", word=official[0]),
                           msg("Take it out."))  # fmt: skip


def _refused(rule: str, piece: Piece, sentence: Message, remedy: Message) -> TextRefusal:
    return TextRefusal(rule, _where(piece), sentence, remedy)


def _sentence(piece: Piece, facts: TextFacts, rules: TextRules) -> Iterator[TextRefusal]:
    """LET-08, MSG-02, MSG-03, MSG-04, MSG-06, sentence by sentence."""
    costs = "" if facts.title else (_hit(rules.charged, piece) or (_a_sum(piece) and _hit(rules.costs, piece)))
    if costs:
        yield _refused("LET-08", piece, msg("“{word}” is claimed: without a title, costs stay with the creditor (L. 111-8).",
                                            word=costs), msg("Take this sum out of the text and of the total."))  # fmt: skip
    office = _hit(rules.office, piece)
    if office:
        yield _refused("MSG-02", piece, msg("“{word}” claims an office that the agency does not hold (C. pén., art. 433-17).", word=office),
                       msg("Present the agency by its name and its activity of amicable collection."))  # fmt: skip
    yield from _threat(piece, facts, rules)
    if _certain(piece, rules):
        yield _refused("MSG-04", piece, msg("The consequence is announced as certain; it depends on the creditor and on a court."),
                       msg("Write it as a possibility: “our client might decide to…”, “a court could…”."))  # fmt: skip
    insult = _hit(rules.insults, piece)
    if insult:
        yield _refused("MSG-06", piece, msg("“{word}” judges the person, or touches health, opinions or family "
                                            "(C. pén., art. 222-33-2-2).", word=insult), msg("Keep to the facts of the debt."))  # fmt: skip


def _a_sum(piece: Piece) -> bool:
    """Whether a sentence gives a sum, in figures or in words, or a percentage; nought is none."""
    found = amounts_in(piece.text)
    return any(found) if found else bool(_SUM.search(piece.folded))


def _threat(piece: Piece, facts: TextFacts, rules: TextRules) -> Iterator[TextRefusal]:
    """MSG-03: what is never possible for a mere debt; what is not while there is no enforceable title."""
    always = _hit(rules.threats_always, piece)
    if always:
        yield _refused(
            "MSG-03",
            piece,
            msg("“{word}”: not paying a debt does not allow it (C. consom., art. L. 121-6, 5°).", word=always),
            msg("Take the sentence out."),
        )
        return
    word = "" if facts.title else _hit(rules.threats, piece)
    if word:
        yield _refused("MSG-03", piece, msg("“{word}”: no enforceable title exists, the act is not legally possible now "
                                            "(C. consom., art. L. 121-6, 5°).", word=word),
                       msg("Take it out, or say only that a court might be asked to decide."))  # fmt: skip


def _certain(piece: Piece, rules: TextRules) -> bool:
    """MSG-04: a consequence, a certainty, and no word that makes it a possibility, in the sentence or in a part of it."""
    if not _hit(rules.consequences, piece):
        return False
    if rules.forced.search(piece.folded):
        return True
    return any(_bare(part, rules) for part in (piece.folded, *_PARTS.split(piece.folded)))


def _bare(part: str, rules: TextRules) -> bool:
    """Whether a part of a sentence says a consequence as certain."""
    return bool(rules.consequences.found.search(part) and rules.certain.search(part) and not rules.may.search(part))


def _outside(
    kind: KindRule, reading: Reading, subject: str, facts: TextFacts, rules: TextRules
) -> Iterator[TextRefusal]:
    """MSG-07: what others may see or hear tells of no debt."""
    whole, subject = spelt(" ".join(reading.plain.split())), spelt(subject)
    seen = {"email": subject, "sms": whole[: rules.preview], "voicemail": whole}.get(kind.channel, "")
    where = {"email": SUBJECT, "sms": msg("what a locked telephone shows"), "voicemail": msg("the message left")}
    word = rules.debt_words.search(fold(seen)) if seen else None
    told = has_amount(seen) or any(_place(fold(seen), one.ref) is not None for one in facts.debts)
    tells = word[0] if word else shortened(seen, 30) if seen and told else ""
    if tells:
        yield TextRefusal("MSG-07", where[kind.channel], msg("“{word}” tells others of a debt (C. pén., art. 226-22).", word=tells),
                          msg("Say only who calls, the reference and how to answer."))  # fmt: skip


def _identity(kind: KindRule, reading: Reading, facts: TextFacts, rules: TextRules) -> Iterator[TextRefusal]:
    """MSG-08: agency and creditor before the first detail of the debt; on the telephone, who is there before all."""
    detail = _first_detail(reading, facts, rules.debt_words if kind.channel == "call" else None)
    if detail is None:
        return
    for name, what in ((facts.agency, msg("the agency")), (facts.creditor, msg("the creditor"))):
        at = reading.folded.find(fold(name)) if name.strip() else -1
        if not 0 <= at <= detail:
            yield TextRefusal("MSG-08", msg("the beginning"), msg("A detail of the debt comes before the name of {who} "
                              "(C. consom., art. L. 121-2, 3°).", who=what), msg("Name the agency and the creditor first."))  # fmt: skip
    asked = rules.wanted["identity_check"].search(reading.folded)
    if kind.channel == "call" and not (asked and asked.start() < detail):
        yield TextRefusal("MSG-08", msg("the beginning"), msg("A detail of the debt comes before one knows who is on the line (GDPR)."),
                          msg("Ask first whom you are speaking to."))  # fmt: skip


def _first_detail(reading: Reading, facts: TextFacts, words: Pattern[str] | None) -> int | None:
    """The place, in the folded text, of the first amount or debt number (or word of a debt, where it is heard)."""
    folded = reading.folded
    places = [first_amount(folded), *(_place(folded, debt.ref) for debt in facts.debts)]
    if words is not None:
        word = words.search(_without(folded, facts.agency, facts.creditor))
        places.append(word.start() if word else None)
    found = [place for place in places if place is not None and place >= 0]
    return min(found) if found else None


def _place(folded: str, ref: str) -> int | None:
    """Where a debt's number stands on its own; a short figure alone could be a year or a postcode."""
    number = fold(ref)
    if number.isdecimal() and len(number) < SHORTEST_NUMBER:
        return None
    found = re.search(rf"(?<![\w-]){re.escape(number)}(?![\w-])", folded) if number else None
    return found.start() if found else None


def _without(folded: str, *names: str) -> str:
    """The names blanked out: an agency may have “Recouvrement” in its own."""
    for name in filter(None, map(fold, names)):
        folded = folded.replace(name, "_" * len(name))
    return folded


def _notice_and_dispute(reading: Reading, facts: TextFacts, rules: TextRules) -> Iterator[TextRefusal]:
    """MSG-09 and MSG-10: the GDPR notice; how to dispute, and where to complain for a bank's or a consumer's loan."""
    wanted, whole = rules.wanted, msg("the whole text")
    if not all(wanted[part].search(reading.folded) for part in ("notice_data", "notice_rights", "notice_where")):
        yield TextRefusal("MSG-09", whole, msg("The information on personal data is missing (GDPR article 14)."),
                          msg("Say where the data come from, the rights, and the CNIL; or give the address of the notice."))  # fmt: skip
    if not wanted["dispute"].search(reading.folded):
        yield TextRefusal("MSG-10", whole, msg("The text does not say that the debt may be disputed, nor how."),
                          msg("Add: “if you dispute all or part of this sum, write to us or call us”."))  # fmt: skip
    if wanted["dispute_denied"].search(reading.folded):
        yield TextRefusal("MSG-10", whole, msg("The text says that the debt may not be disputed: it always may."),
                          msg("Take it out, and say how to dispute."), always=True)  # fmt: skip
    if (
        wanted["dispute"].search(reading.folded)
        and facts.complaint_route
        and not wanted["complaint"].search(reading.folded)
    ):
        yield TextRefusal("MSG-10", whole, msg("The text does not show a consumer of a loan where to complain."),
                          msg("Add the route for complaints: the creditor's complaint service, then the mediator."))  # fmt: skip
