"""The clock's own promises: interruptions never bring the date nearer, suspensions push it by their days, the figure carries its proof."""

import datetime as dt
import random

import pytest

from core.domain.computation import Quantity
from core.domain.legal_facts import LegalFact
from core.domain.limitation import clock, plain_end
from core.i18n import texts
from core.i18n.proof import lines
from core.law.limitation_rules import limitation_law

LAW = limitation_law()
GENERAL, CONSUMER = LAW.periods["general"], LAW.periods["consumer_goods_services"]
START = dt.date(2021, 3, 1)
INTERRUPTING = [k.key for k in LAW.events.values() if k.effect == "interrupts" and not k.only]
SUSPENDING = [k.key for k in LAW.events.values() if k.effect == "suspends"]


def of(*facts, period=GENERAL, start=START, on=None):
    return clock(period, {period.starts[0]: start}, facts, LAW, on=on)


def fact(kind, on, until=None, evidence="letter"):
    return LegalFact(kind, on, until=until, evidence=evidence)


def some_facts(chance):
    """A few proved interruptions and suspensions in the ten years after the start."""
    found = []
    for _ in range(chance.randrange(5)):
        on = START + dt.timedelta(days=chance.randrange(1, 3650))
        kind = chance.choice(INTERRUPTING + SUSPENDING)
        lasts = kind in SUSPENDING or chance.random() < 0.3
        found.append(fact(kind, on, on + dt.timedelta(days=chance.randrange(1, 400)) if lasts else None))
    return found


@pytest.mark.parametrize("seed", range(300))
def test_one_more_interruption_never_brings_the_date_nearer(seed):
    chance = random.Random(seed)
    facts = some_facts(chance)
    more = fact(chance.choice(INTERRUPTING), START + dt.timedelta(days=chance.randrange(1, 3650)))
    assert of(*facts, more).date >= of(*facts).date


@pytest.mark.parametrize("days", [1, 28, 60, 183, 366])
@pytest.mark.parametrize("kind", SUSPENDING)
def test_a_suspension_of_n_days_moves_the_end_by_n_days(kind, days):
    begin = dt.date(2022, 6, 1)  # early enough for more than six months to be left
    moved = of(fact(kind, begin, begin + dt.timedelta(days=days)))
    assert moved.date == dt.date(2026, 3, 1) + dt.timedelta(days=days)
    assert moved.steps[0].days == days


def test_facts_told_in_any_order_give_one_date():
    facts = [
        fact("acknowledgment", dt.date(2024, 1, 1)),
        fact("suspension_impossible", dt.date(2025, 1, 1), dt.date(2025, 2, 1)),
    ]
    assert of(*facts).date == of(*reversed(facts)).date == dt.date(2029, 2, 1)


def test_the_date_carries_its_proof():
    found = of(fact("part_payment", dt.date(2024, 6, 10)))
    figure = found.computation
    assert (figure.value, figure.quantity) == (dt.date(2029, 6, 10), Quantity.DATE)
    assert figure.all_articles == ("C. civ., art. 2228, 2229", "C. civ., art. 2224, 2233", "C. civ., art. 2240")
    assert [part.value for part in figure.terms] == [dt.date(2026, 3, 1), dt.date(2029, 6, 10)]
    assert figure.certainty == "S"


def test_a_date_without_any_event_names_start_and_period():
    figure = of().computation
    assert figure.value == dt.date(2026, 3, 1)
    assert [term.value for term in figure.terms] == [START, 60]
    assert any("not extended" in str(remark.params["rule"].en) for remark in figure.remarks)  # 1 March 2026 is a Sunday


def test_a_starting_point_that_stands_in_is_never_sure():
    found = clock(CONSUMER, {"issued": dt.date(2024, 6, 1)}, [], LAW)
    assert (found.date, found.certainty, found.start_kind) == (dt.date(2026, 6, 1), "U", "issued")
    assert [question.articles for question in found.questions] == [(CONSUMER.article,)]


def test_the_title_does_not_stand_on_a_doubtful_start():
    title = LegalFact("payment_order_title", dt.date(2026, 1, 15), evidence="order")
    found = clock(CONSUMER, {"issued": dt.date(2024, 6, 1)}, [title], LAW)
    assert (found.date, found.certainty) == (dt.date(2036, 1, 15), "V")
    assert (found.period.key, found.running.key) == ("consumer_goods_services", "title")


def test_what_is_later_than_the_day_asked_does_not_count_yet():
    later = fact("acknowledgment", dt.date(2025, 5, 5))
    assert of(later, on=dt.date(2025, 5, 4)).date == dt.date(2026, 3, 1)
    assert of(later, on=dt.date(2025, 5, 5)).date == dt.date(2030, 5, 5)


def test_a_clock_that_stands_still_keeps_no_date_and_is_never_barred():
    found = of(fact("court_claim", dt.date(2025, 2, 1)))
    assert found.kept is None
    assert not found.barred(dt.date(2040, 1, 1))
    assert "stands still" in str(found.computation.remarks[0])


def test_a_title_sets_a_clock_going_again():
    found = of(fact("court_claim", dt.date(2025, 2, 1)), fact("title", dt.date(2025, 9, 1)))
    assert (found.kept, found.standing) == (dt.date(2035, 9, 1), None)


def test_what_is_told_without_effect_says_why_and_its_article():
    (told,) = of(fact("formal_notice", dt.date(2024, 6, 10))).told
    assert told.article == "Cass. com., 18 mai 2022, n° 20-23.204"
    assert "does not interrupt" in told.why.params["why"].en


def test_facts_of_interest_are_none_of_the_clocks_business():
    assert of(fact("contract_rate", dt.date(2024, 6, 10))).told == ()


@pytest.mark.parametrize("key", list(LAW.periods))
def test_the_short_way_of_imports_gives_the_date_and_certainty_of_the_clock(key):
    chance, period = random.Random(key), LAW.periods[key]
    for _ in range(20):
        days = {
            kind: START + dt.timedelta(days=chance.randrange(1500))
            for kind in ("due", "issued")
            if chance.random() < 0.7
        }
        found = clock(period, days, [], LAW)
        assert plain_end(period, days, LAW) == ((found.date, found.certainty) if hasattr(found, "date") else None)


def test_the_proof_is_drawn_like_any_other_figure():
    found = of(fact("part_payment", dt.date(2024, 6, 10), evidence="Q2024-000001"))
    drawn = list(lines(texts("fr"), found.computation, 9))
    assert [(line.label, line.value) for line in drawn[:3]] == [
        ("Dernier jour pour agir", "10/06/2029"),
        ("Fin du délai avant tout événement", "01/03/2026"),
        ("Point de départ : échéance", "01/03/2021"),
    ]
    assert "Q2024-000001" in [line.source for line in drawn]


def test_the_article_of_the_period_stands_once_in_the_why():
    told = [text for line in lines(texts("fr"), of().computation) for text in (line.source, line.articles)]
    assert sum(text == GENERAL.article for text in told) == 1
