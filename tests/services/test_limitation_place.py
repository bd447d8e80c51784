"""The time bar of a consumer credit ends on a working day of the debtor's department. Days of 2026 to 2028 read in a printed calendar."""

import datetime as dt

from core.services import cases, journal, legal_facts, limitation, people, upkeep
from core.services.legal_facts import FactEntry
from core.services.people import ContactPointEntry
from core.services.placing import DebtEntry
from core.store import audit
from core.store import limitation as kept
from tests.services.factory import a_case, a_creditor

D = dt.date
# Two years from 14 April 2026 end on Friday 14 April 2028: Good Friday (Easter is 16 April 2028), the next day is a Saturday, then
# Sunday 16 and Easter Monday 17: Tuesday 18 April in Alsace-Moselle, that very Friday elsewhere.
GOOD_FRIDAY = D(2026, 4, 14)


def a_loan(ctx, postcode, due=GOOD_FRIDAY, creditor=None, **more):
    place = {"address": "1 rue de la Paix", "postcode": postcode, "city": "Ville"} if postcode else {}
    debt = DebtEntry("P-1", "loan", 100000, D(2025, 1, 1), due)
    return a_case(ctx, debt, creditor=creditor or a_creditor(ctx), name=f"Muller {postcode}", **place, **more)


def first_unpaid(ctx, case_id, on=GOOD_FRIDAY):
    debt = cases.case_file(ctx, case_id).debts[0].id
    entry = FactEntry(case_id, "first_unpaid", on, debt, evidence="tableau d'amortissement")
    legal_facts.record_fact(ctx, entry, f"{case_id}-{on}")


def end(ctx, case_id):
    debt = cases.case_file(ctx, case_id).debts[0]
    return debt.limitation_on, debt.limitation_trust


def test_in_strasbourg_good_friday_moves_it_to_the_tuesday_after_easter_and_that_is_to_be_confirmed(ctx):
    case_id = a_loan(ctx, "67000")
    first_unpaid(ctx, case_id)
    assert end(ctx, case_id) == ("2028-04-18", "U")
    (one,) = limitation.clocks(ctx, case_id)
    (said,) = [r for r in one.clock.computation.remarks if "department" in r.msgid]
    assert said.params == {"code": "67"}


def test_in_lyon_it_ends_that_friday_and_says_that_national_holidays_alone_were_counted(ctx):
    case_id = a_loan(ctx, "69003")
    first_unpaid(ctx, case_id)
    day, trust = end(ctx, case_id)
    assert day == "2028-04-14"
    assert trust != "U"
    (one,) = limitation.clocks(ctx, case_id)
    assert any("whole of France" in r.msgid for r in one.clock.computation.remarks)


def test_without_an_address_the_national_holidays_alone_are_counted(ctx):
    case_id = a_loan(ctx, "")
    first_unpaid(ctx, case_id)
    assert end(ctx, case_id)[0] == "2028-04-14"


def test_a_loan_without_any_fact_follows_its_department_too(ctx):
    assert end(ctx, a_loan(ctx, "67000"))[0] == "2028-04-18"
    assert end(ctx, a_loan(ctx, "69003"))[0] == "2028-04-14"


def test_a_limitation_that_does_not_roll_ends_on_good_friday_in_strasbourg_as_elsewhere(ctx):
    debt = DebtEntry("F-1", "invoice", 100000, D(2026, 1, 1), GOOD_FRIDAY)
    case_id = a_case(ctx, debt, kind="business", address="1 rue", postcode="67000", city="Strasbourg")
    assert end(ctx, case_id)[0] == "2031-04-14"


def test_an_address_learnt_later_moves_the_end_in_every_case_of_the_debtor(ctx):
    first = a_loan(ctx, "")
    debtor = cases.case_file(ctx, first).head.debtor_id
    second = a_loan(ctx, "", same=debtor)
    people.add_contact_point(ctx, first, debtor, ContactPointEntry("address", "2 rue du Dôme", "67000", "Strasbourg"))
    assert [end(ctx, one)[0] for one in (first, second)] == ["2028-04-18", "2028-04-18"]
    assert upkeep.verify(ctx).read_model is True


def test_an_address_marked_as_wrong_no_longer_counts_before_another(ctx):
    case_id = a_loan(ctx, "67000")
    debtor = cases.case_file(ctx, case_id).head.debtor_id
    people.add_contact_point(ctx, case_id, debtor, ContactPointEntry("address", "3 rue Mercière", "69003", "Lyon"))
    assert end(ctx, case_id)[0] == "2028-04-18"
    first = next(point for point in cases.case_file(ctx, case_id).contact_points if point.postcode == "67000")
    journal.mark_contact_point(ctx, first.id, "invalid")
    assert end(ctx, case_id)[0] == "2028-04-14"


def test_the_scope_of_the_loans_of_an_import_is_its_own(ctx):
    a_loan(ctx, "67000")
    with ctx.store.read() as reader:
        assert reader.rows(kept.loans_of(1)) == []
        assert audit.first_break(reader.conn) is None
