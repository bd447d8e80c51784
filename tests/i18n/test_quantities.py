"""Values of computations in both languages, with every decimal they have; proofs as lines of words."""

import datetime as dt
from decimal import Decimal

import pytest

from core.domain.computation import Computation, Quantity
from core.domain.messages import msg
from core.i18n import texts
from core.i18n.proof import doubt, lines
from core.i18n.quantities import written

D = dt.date


@pytest.mark.parametrize(("value", "quantity", "french", "english"), [
    (123456, "cents", "1 234,56 €", "€1,234.56"),
    (Decimal("12.4"), "rate", "12,40 %", "12.40%"),
    (Decimal("0.00012345"), "rate", "0,00012345 %", "0.00012345%"),
    (Decimal(10), "points", "10 points", "10 points"),
    (1, "days", "1 jour", "1 day"),
    (91, "days", "91 jours", "91 days"),
    (2, "months", "2 mois", "2 months"),
    (60, "months", "5 ans", "5 years"),
    (18, "months", "18 mois", "18 months"),
    (12345, "count", "12 345", "12,345"),
    (D(2026, 7, 1), "date", "01/07/2026", "01/07/2026"),
    ("Loyer", "text", "Loyer", "Loyer"),
])  # fmt: skip
def test_a_value_is_written_whole_in_the_readers_language(value, quantity, french, english):
    shown = [written(texts(lang), value, quantity).replace("\u202f", " ").replace("\xa0", " ") for lang in ("fr", "en")]
    assert [shown[0], shown[1].replace(" %", "%")] == [french, english]


def test_a_decimal_inside_a_sentence_keeps_its_decimals():
    assert texts("fr").show(Decimal("2.6543")) == "2,6543"


def test_a_rate_inside_a_sentence_is_written_as_it_is_alone():
    said = texts("fr").render(
        msg("ECB rate on {day} ({ecb} %) + {points} points.", day=D(2026, 7, 1), ecb=Decimal("2.4"), points=Decimal(10))
    )
    assert "(2,40\xa0%)" in said.replace(" %", "\xa0%").replace("\u202f", "\xa0")
    assert "10 points" in said.replace("\xa0", " ")


def figure(*terms: Computation, certainty: str = "V") -> Computation:
    if terms:
        return Computation(
            msg("Sum"), sum(term.value for term in terms), Quantity.CENTS, msg("The sum of the entries"), terms
        )
    return Computation(
        msg("Part"), 100, Quantity.CENTS, source=msg("The debt."), certainty=certainty, articles=("A", "B")
    )


def test_a_proof_is_read_depth_first_and_counts_what_lies_deeper():
    tree = figure(figure(figure(), figure(certainty="U")), figure())
    found = list(lines(texts("en"), tree))
    assert [line.depth for line in found] == [0, 1, 2, 2, 1]
    assert [bool(line.doubt) for line in found] == [False, False, False, True, False]
    assert found[2].articles == "A · B"
    shallow = list(lines(texts("en"), tree, deepest=1))
    assert [(line.depth, line.hidden) for line in shallow] == [(0, 0), (1, 2), (1, 0)]


@pytest.mark.parametrize(("flag", "said"), [("V", ""), ("V2", ""), ("S", "sources secondaires"), ("U", "non vérifié")])
def test_the_certainty_is_said_in_words(flag, said):
    assert said in doubt(texts("fr"), flag)
    assert bool(doubt(texts("fr"), flag)) == bool(said)
