"""A proceeding moves the clock: its service interrupts, its filing does not, its title replaces the period once nothing threatens it."""

import datetime as dt

from core.services import limitation, proceedings, upkeep
from tests.services.factory import a_case
from tests.services.test_limitation import dates
from tests.services.test_proceeding_corrections import early, enforce, event_id, filed, order, serve
from tests.services.test_proceedings import an_event, record

D = dt.date
START = (filed(D(2026, 1, 6)), order(D(2026, 3, 2)))  # on a consumer's invoice of 1 January 2026: 1 January 2028


def told(ctx, case_id):
    (one,) = limitation.clocks(ctx, case_id)
    return [step.kind for step in one.clock.told if step.kind != "first_letter"]


def test_the_filing_is_told_without_effect_and_the_service_interrupts_with_its_deed(ctx):
    case_id = a_case(ctx)
    pid = early(ctx, case_id=case_id)
    record(ctx, pid, *START)
    assert (dates(ctx, case_id), told(ctx, case_id)) == ([("2028-01-01", "U")], ["order_filed"])
    record(ctx, pid, serve(D(2026, 8, 20)))
    assert dates(ctx, case_id) == [("2028-08-20", "U")]
    (one,) = limitation.clocks(ctx, case_id)
    assert [(step.kind, step.evidence, step.origin) for step in one.clock.steps] == [
        ("order_served", "Acte de signification", "proceeding")
    ]


def test_a_service_in_person_without_opposition_gives_ten_years(ctx):
    case_id = a_case(ctx)
    record(ctx, early(ctx, case_id=case_id), *START, serve(D(2026, 8, 20)), enforce(D(2026, 9, 22)))
    assert dates(ctx, case_id) == [("2036-09-22", "V")]
    assert upkeep.verify(ctx).read_model is True


def test_while_opposition_is_possible_the_claim_keeps_its_own_period(ctx):
    case_id = a_case(ctx)
    record(ctx, early(ctx, case_id=case_id), *START, serve(D(2026, 8, 20), in_person="no"), enforce(D(2026, 9, 22)))
    assert dates(ctx, case_id) == [("2028-08-20", "U")]
    assert "fragile_order" in told(ctx, case_id)


def test_a_withdrawal_wipes_the_interruption_out(ctx):
    case_id = a_case(ctx)
    record(ctx, early(ctx, case_id=case_id), *START, serve(D(2026, 8, 20)),
           an_event("withdrawn", D(2026, 9, 1), "creditor", ("instruction",)))  # fmt: skip
    assert dates(ctx, case_id) == [("2028-01-01", "U")]
    assert told(ctx, case_id) == ["order_filed", "order_served", "court_claim_void"]


def test_a_corrected_service_moves_the_date_with_it(ctx):
    case_id = a_case(ctx)
    pid = early(ctx, case_id=case_id)
    record(ctx, pid, *START, serve(D(2026, 8, 20)))
    proceedings.correct_event(ctx, event_id(ctx, pid, "serve_order"), serve(D(2026, 8, 24)), "c")
    assert dates(ctx, case_id) == [("2028-08-24", "U")]
