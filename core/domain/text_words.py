"""What no text may say, and how it must say the rest (LET-08 in words, MSG-01 to MSG-10). Looks for no item of R.124-4."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from re import Pattern

from core.domain.folding import fold
from core.domain.messages import Message, msg
from core.domain.text_facts import KindRule, Phrases, TextFacts, TextRefusal, TextRules
from core.domain.text_reading import Piece, Reading, amounts_in, first_amount, in_capitals, is_title, shortened, unnamed

SUBJECT = msg("the subject line")
SHORTEST_NUMBER = 6  # figures that make a number which is neither a year nor a postcode
NEVER = re.compile(r"(?!)")
NOTHING = Phrases(NEVER, NEVER)


def refusals(
    kind: KindRule, reading: Reading, bare: Reading, subject: str, facts: TextFacts, rules: TextRules
) -> Iterator[TextRefusal]:
    """Everything the words get wrong; `bare` is the same text without names, in which forbidden words are looked for."""
    title = unnamed(subject, facts.names)
    yield from _look_alike(bare, title, rules)
    said = (*bare.sentences, *([Piece(0, title, fold(title))] if title.strip() else []))
    asked = _asked(rules, f"{bare.folded} {fold(title)}")
    for piece in said:
        yield from _sentence(piece, facts, asked)
    yield from _outside(kind, reading, subject, rules)
    yield from _identity(kind, reading, facts, rules)
    yield from _notice_and_dispute(reading, facts, rules)


def _asked(rules: TextRules, folded: str) -> TextRules:
    """The rules without the phrases that the whole text holds nowhere: most sentences are then looked at for nothing."""

    def kept(phrases: Phrases) -> Phrases:
        return phrases if phrases.found.search(folded) else NOTHING

    return replace(
        rules,
        costs=kept(rules.costs),
        office=kept(rules.office),
        threats=kept(rules.threats),
        threats_always=kept(Phrases(rules.threats_always, NEVER)).found,
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
    titles = [line for line in reading.lines if is_title(line, rules.title)]
    for piece in (*titles, *([Piece(0, subject, fold(subject))] if subject.strip() else [])):
        word = _hit(rules.look_alike, piece)
        if word:
            yield _refused("MSG-01", piece, msg("“{word}” stands as a title: the text may be taken for an act of justice "
                                                "(C. pén., art. 433-13).", word=word), remedy)  # fmt: skip
    for line in reading.lines:
        word = next((one for one in in_capitals(line.text) if rules.look_alike.found.fullmatch(one)), "")
        if word and line not in titles:
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
    costs = _hit(rules.costs, piece)
    if costs and not facts.title and any(amounts_in(piece.text)):
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


def _threat(piece: Piece, facts: TextFacts, rules: TextRules) -> Iterator[TextRefusal]:
    """MSG-03: what is never possible for a mere debt; what is not while there is no enforceable title."""
    always = rules.threats_always.search(piece.folded)
    if always:
        yield _refused(
            "MSG-03",
            piece,
            msg("“{word}”: not paying a debt does not allow it (C. consom., art. L. 121-6, 5°).", word=always[0]),
            msg("Take the sentence out."),
        )
        return
    word = "" if facts.title else _hit(rules.threats, piece)
    if word:
        yield _refused("MSG-03", piece, msg("“{word}”: no enforceable title exists, the act is not legally possible now "
                                            "(C. consom., art. L. 121-6, 5°).", word=word),
                       msg("Take it out, or say only that a court might be asked to decide."))  # fmt: skip


def _certain(piece: Piece, rules: TextRules) -> bool:
    """MSG-04: a consequence, a certainty, and no word that makes it a possibility."""
    return bool(
        _hit(rules.consequences, piece) and rules.certain.search(piece.folded) and not rules.may.search(piece.folded)
    )


def _outside(kind: KindRule, reading: Reading, subject: str, rules: TextRules) -> Iterator[TextRefusal]:
    """MSG-07: what others may see or hear tells of no debt."""
    whole = " ".join(reading.plain.split())
    seen = {"email": subject, "sms": whole[: rules.preview], "voicemail": whole}.get(kind.channel, "")
    where = {"email": SUBJECT, "sms": msg("what a locked telephone shows"), "voicemail": msg("the message left")}
    word = rules.debt_words.search(fold(seen)) if seen else None
    tells = word[0] if word else next((shortened(seen, 30) for _ in amounts_in(seen)), "")
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
    elif facts.complaint_route and not wanted["complaint"].search(reading.folded):
        yield TextRefusal("MSG-10", whole, msg("The text does not show a consumer of a loan where to complain."),
                          msg("Add the route for complaints: the creditor's complaint service, then the mediator."))  # fmt: skip
