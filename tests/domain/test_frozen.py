"""What was computed and kept comes back exactly, whatever the tree, and nothing approximate gets in."""

import datetime as dt
import json
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.domain.computation import CERTAINTIES, Computation, Quantity
from core.domain.frozen import from_json, to_json
from core.domain.messages import Euro, Label, Message, msg

WORDS = st.text(max_size=12)
DAYS = st.dates(dt.date(1990, 1, 1), dt.date(2100, 12, 31))
DECIMALS = st.decimals(allow_nan=False, allow_infinity=False, places=6, min_value=-(10**6), max_value=10**6)
PLAIN = st.one_of(
    WORDS,
    st.integers(-(10**15), 10**15),
    DAYS,
    DECIMALS,
    st.builds(Euro, st.integers()),
    st.builds(Label, WORDS, WORDS),
    st.none(),
)
FLAT = st.builds(Message, WORDS, st.dictionaries(WORDS, PLAIN, max_size=3))
MESSAGES = st.builds(Message, WORDS, st.dictionaries(WORDS, st.one_of(PLAIN, FLAT), max_size=3))
VALUES = {
    Quantity.RATE: DECIMALS, Quantity.POINTS: DECIMALS, Quantity.DATE: DAYS, Quantity.TEXT: WORDS,
}  # fmt: skip


@st.composite
def leaves(draw):
    quantity = draw(st.sampled_from(list(Quantity)))
    return Computation(
        draw(MESSAGES), draw(VALUES.get(quantity, st.integers(-(10**15), 10**15))), quantity, source=draw(MESSAGES),
        certainty=draw(st.sampled_from(CERTAINTIES)), articles=tuple(draw(st.lists(WORDS, max_size=2))),
        remarks=tuple(draw(st.lists(MESSAGES, max_size=2))),
    )  # fmt: skip


@st.composite
def sums(draw, parts):
    return Computation(
        draw(MESSAGES), draw(st.integers()), Quantity.CENTS, formula=draw(MESSAGES), source=draw(st.none() | MESSAGES),
        terms=tuple(draw(st.lists(parts, min_size=1, max_size=3))), articles=tuple(draw(st.lists(WORDS, max_size=2))),
    )  # fmt: skip


@given(st.recursive(leaves(), sums, max_leaves=8))
@settings(max_examples=60, deadline=None)
def test_any_computation_comes_back_equal_and_its_text_is_always_the_same(computation):
    text = to_json(computation)
    assert from_json(text) == computation
    assert to_json(from_json(text)) == text


def test_a_rate_keeps_its_last_zero_and_a_date_is_a_date_again():
    rate = Computation(msg("Rate"), Decimal("12.40"), Quantity.RATE, source=msg("since {day}", day=dt.date(2026, 7, 1)))
    found = from_json(to_json(rate))
    assert str(found.value) == "12.40"
    assert found.source.params["day"] == dt.date(2026, 7, 1)


def test_the_text_holds_keys_and_exact_values_and_no_rendered_sentence():
    one = Computation(msg("Left {sum}", sum=Euro(226)), 226, Quantity.CENTS, source=msg("typed"))
    assert json.loads(to_json(one)) == {
        "label": {"msgid": "Left {sum}", "params": {"sum": {"euro": 226}}}, "value": 226, "quantity": "cents", "certainty": "V",
        "source": {"msgid": "typed"},
    }  # fmt: skip


def test_a_binary_fraction_is_refused():
    with pytest.raises(TypeError, match="cannot hold"):
        to_json(Computation(msg("a {x}", x=1.5), 1, Quantity.COUNT, source=msg("typed")))


def test_a_label_of_our_data_keeps_both_languages():
    one = Computation(msg("{what}", what=Label("Loyer", "Rent")), 1, Quantity.COUNT, source=msg("typed"))
    assert from_json(to_json(one)).label.params["what"].of("en") == "Rent"
