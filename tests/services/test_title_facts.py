"""What a title grants, from the register to the ledger, the statement and the clock: recorded, refused, corrected, set aside, contested.

Figures by hand. Legal rate, other creditors: 2.62 % in the first half of 2026, 2.75 % in the second; five points more from 18 May 2026 on
for a judgment served on 17 March.
"""

import datetime as dt
import io
import itertools
from decimal import Decimal

import pytest
from openpyxl import load_workbook
from pypdf import PdfReader

from core.domain.charges import Allowed, Forbidden
from core.domain.computation import Missing
from core.domain.messages import Refusal
from core.services import cases, costs, credit_notes, ledger, legal_facts, limitation, payments, statements, upkeep
from core.services.costs import ChargeEntry
from core.services.legal_facts import FactEntry
from core.services.open_debts import open_debts
from core.services.payments import PaymentEntry
from core.services.placing import DebtEntry
from core.store import takeover
from tests.services.factory import a_case, a_debt
from tests.services.test_proceeding_corrections import early, enforce, filed, order, serve
from tests.services.test_proceedings import an_event, record
from tests.services.test_statements import creditor, then

D = dt.date
TODAY = D(2026, 11, 23)
TITLE = D(2026, 2, 2)
TOKEN = itertools.count(1)


def titled(ctx, *debts: DebtEntry, claims=("interest",), titles=((TITLE, "2026-03-17"),)) -> int:
    """A case of 10 000.00 due in September 2025, entrusted on 15 January 2026, with its judgment of 2 February taken over."""
    found = debts or (DebtEntry("F-1", "invoice", 1000000, D(2025, 9, 1), D(2025, 9, 30)),)
    case_id = a_case(then(ctx, D(2026, 1, 15)), *found, creditor=creditor(ctx, *claims))
    with ctx.write() as unit:
        for on, served in titles:
            told = {
                "kind": "judgment",
                "issued_on": on.isoformat(),
                "court": "Lyon",
                "reference": "1",
                "amount": 700000,
            }
            takeover.add_title(unit, case_id, {**told, "served_on": served})
        unit.audit("test.prepared", "case", case_id)
    return case_id


def told(ctx, case_id, kind="title_grants", on=TITLE, **more):
    entry = FactEntry(case_id, kind, on, evidence="Jugement RG 26/1", **more)
    return legal_facts.record_fact(ctx, entry, f"t-{next(TOKEN)}")


def refused(call):
    with pytest.raises(Refusal) as found:
        call()
    return {(one.code, one.field) for one in found.value.problems}


def debt_of(ctx, case_id, ref="F-1"):
    return next(one for one in cases.case_file(ctx, case_id).debts if one.ref == ref)


def lines(ctx, case_id):
    return [
        (one.kind, one.from_account, one.to_account, one.amount, one.booked_on)
        for one in ledger.movements(ctx, case_id).rows
    ]


def test_what_a_title_leaves_out_is_claimed_no_more_and_stays_in_the_account(ctx):
    case_id = titled(ctx)
    told(ctx, case_id, amount=700000)
    assert debt_of(ctx, case_id).outstanding == cases.case_file(ctx, case_id).head.balance == 700000
    assert ("not_granted", "principal", "waived", 300000, "2026-02-02") in lines(ctx, case_id)
    found = statements.statement(ctx, case_id, D(2026, 6, 30))
    assert found.sums["principal"].value == 700000
    assert found.sums["interest"].value == 5226 + 6430  # 104 days at 2.62 %, 44 at 7.62 %, on 7 000.00
    assert "CPC, art. 480" in found.articles
    assert statements.statement(ctx, case_id, D(2026, 2, 1)).sums["principal"].value == 1000000
    assert statements.statement(ctx, case_id, TITLE).sums["principal"].value == 700000
    assert upkeep.verify(ctx).whole


def test_the_papers_of_the_statement_say_what_the_title_left_out(ctx):
    case_id = titled(ctx)
    told(ctx, case_id, amount=700000)
    pages = PdfReader(io.BytesIO(statements.statement_pdf_file(ctx, case_id, TODAY)[1])).pages
    assert "Non accordé par le titre" in " ".join(" ".join(page.extract_text() for page in pages).split())
    accounts = load_workbook(io.BytesIO(statements.statement_sheet(ctx, case_id, TODAY)[1])).worksheets[1]
    lines = [row for row in accounts.iter_rows(values_only=True) if "Non accordé par le titre" in row]
    assert [row[3] for row in lines] == [-3000]


def test_a_payment_after_the_title_never_goes_to_what_it_left_out(ctx):
    case_id = titled(ctx, claims=())
    told(ctx, case_id, amount=700000)
    paid = payments.record_payment(ctx, PaymentEntry(case_id, TODAY, 700000, "transfer", "agency"), "p")
    assert cases.case_file(ctx, case_id).head.balance == 0
    assert paid.payment_id
    assert upkeep.verify(ctx).whole


def test_a_payment_of_before_the_title_typed_late_leaves_less_out(ctx):
    # 8 000.00 were owed on 2 February once the 2 000.00 of 20 January are known: 1 000.00 is not granted, 7 000.00 is left.
    case_id = titled(ctx, claims=())
    told(ctx, case_id, amount=700000)
    payments.record_payment(ctx, PaymentEntry(case_id, D(2026, 1, 20), 200000, "transfer", "agency"), "p")
    assert cases.case_file(ctx, case_id).head.balance == 700000
    assert statements.statement(ctx, case_id, TODAY).debts[0].parts["principal"].refused.value == 100000
    assert upkeep.verify(ctx).whole


def test_a_credit_note_after_the_title_comes_off_what_it_grants(ctx):
    case_id = titled(ctx, claims=())
    told(ctx, case_id, amount=700000)
    credit_notes.record_credit_note(ctx, debt_of(ctx, case_id).id, "AV-1", D(2026, 3, 1), 50000, "Retour", "c")
    assert cases.case_file(ctx, case_id).head.balance == 650000


def test_more_left_out_than_is_still_owed_is_told_and_the_balance_is_never_below_zero(ctx):
    case_id = titled(ctx, claims=())
    payments.record_payment(ctx, PaymentEntry(case_id, D(2026, 3, 1), 900000, "transfer", "agency"), "p")
    told(ctx, case_id, amount=700000)
    assert cases.case_file(ctx, case_id).head.balance == 0
    (said,) = [
        str(one) for one in statements.statement(ctx, case_id, TODAY).debts[0].asides if "paid already" in str(one)
    ]
    assert "2000" in said.replace(",", "").replace("\u202f", "").replace(" ", "") or "200000" in said


def test_the_rate_and_the_day_that_a_title_grants_are_followed(ctx):
    # 6 % on 7 000.00: 91 days of 2025 = 104.71, 181 days of 2026 = 208.27
    case_id = titled(ctx)
    told(ctx, case_id, amount=700000, basis="contractual", rate=Decimal(6), since=D(2025, 10, 1))
    found = statements.statement(ctx, case_id, D(2026, 6, 30))
    assert found.sums["interest"].value == 10471 + 20827
    assert any("2025-10-01" in str(one) for one in found.debts[0].remarks)


def test_interest_granted_for_before_the_title_is_not_lost_with_that_of_after_it(ctx):
    # Consumer: interest of after the title is lost day by day after two years; what the judgment granted for before it is not.
    debt = DebtEntry("F-1", "invoice", 1000000, D(2022, 1, 1), D(2022, 1, 31))
    case_id = titled(ctx, debt, titles=((D(2023, 7, 3), None),))
    told(ctx, case_id, on=D(2023, 7, 3), basis="legal", since=D(2023, 6, 30))
    segments = statements.statement(ctx, case_id, TODAY).debts[0].interest.segments
    bearing = [one for one in segments if one.amount]
    assert (bearing[0].start, bearing[0].end) == (
        D(2023, 6, 30),
        D(2023, 7, 3),
    )  # three days at the rate of the second half of 2023
    assert bearing[1].start == D(2024, 11, 22)  # 23 November 2024 is the first day of the two years
    assert bearing[0].amount == 347  # 10 000 × 4.22 % × 3 / 365 = 3.468


def test_time_to_pay_keeps_the_rate_from_being_raised(ctx):
    # 104 days 52.26, 24 days at 2.62 % = 12.06 to 10 June, then 20 days at 7.62 % = 29.23
    case_id = titled(ctx)
    told(ctx, case_id, amount=700000)
    told(ctx, case_id, "title_delay", until=D(2026, 6, 10))
    assert statements.statement(ctx, case_id, D(2026, 6, 30)).sums["interest"].value == 5226 + 1206 + 2923
    assert refused(lambda: told(ctx, case_id, "title_delay", D(2026, 3, 1))) == {("field-empty", "until")}


def test_time_to_pay_may_end_on_a_day_to_come_and_another_fact_may_not(ctx):
    case_id = titled(ctx)
    told(ctx, case_id, "title_delay", until=D(2027, 6, 10))
    assert refused(lambda: told(ctx, case_id, "court_claim", until=D(2027, 6, 10))) == {("date-in-future", "until")}


REFUSED = {
    "a day without title": ({"on": D(2026, 2, 3)}, {("title-unknown", "on")}),
    "more than the debt": ({"amount": 1000001}, {("granted-beyond", "amount")}),
    "a rate with the legal one": ({"basis": "legal", "rate": Decimal(6)}, {("field-unwanted", "rate")}),
    "an agreed rate that nobody said": ({"basis": "contractual"}, {("rate-unsaid", "rate")}),
    "a basis that does not exist": ({"basis": "moon"}, {("choice-unknown", "basis")}),
    "interest before the debt": ({"since": D(2025, 8, 31)}, {("before-debt", "since")}),
    "interest to come": ({"since": D(2026, 11, 24)}, {("date-in-future", "since")}),
    "nothing granted is another kind": ({"amount": 0}, {("amount-not-positive", "amount")}),
    "no title of that day to set aside": (
        {"kind": "title_set_aside", "on": D(2026, 6, 1), "since": D(2026, 2, 3)}, {("title-unknown", "since")},
    ),
    "set aside before it was made": (
        {"kind": "title_set_aside", "on": D(2026, 2, 1), "since": TITLE}, {("dates-crossed", "on")},
    ),
}  # fmt: skip


@pytest.mark.parametrize(("given", "problems"), REFUSED.values(), ids=REFUSED)
def test_what_a_title_cannot_say_is_refused_on_its_field(ctx, given, problems):
    assert refused(lambda: told(ctx, titled(ctx), **given)) == problems


def test_a_case_without_title_says_where_titles_come_from(ctx):
    case_id = a_case(ctx, a_debt("F-1"))
    with pytest.raises(Refusal) as found:
        told(ctx, case_id, on=D(2026, 11, 1))
    assert "none was taken over" in str(found.value.problems[0].reason)


def test_the_whole_debt_and_more_with_a_reason_may_be_granted(ctx):
    case_id = titled(ctx)
    told(ctx, case_id, amount=1000001, beyond="Acomptes déduits avant l'envoi")
    assert cases.case_file(ctx, case_id).head.balance == 1000000
    (row,) = legal_facts.register(ctx, case_id)
    assert row.reason == "Acomptes déduits avant l'envoi"


def test_a_principal_granted_is_said_debt_by_debt(ctx):
    two = [DebtEntry(ref, "invoice", 500000, D(2025, 9, 1), D(2025, 9, 30)) for ref in ("F-1", "F-2")]
    case_id = titled(ctx, *two, claims=())
    assert refused(lambda: told(ctx, case_id, amount=700000)) == {("granted-shared", "debt")}
    told(ctx, case_id, "title_refused", debt_id=debt_of(ctx, case_id, "F-2").id)
    assert (debt_of(ctx, case_id, "F-1").outstanding, debt_of(ctx, case_id, "F-2").outstanding) == (500000, 0)
    assert refused(lambda: told(ctx, case_id, amount=100, debt_id=debt_of(ctx, case_id, "F-2").id)) == {
        ("title-told", "kind")
    }


def test_a_grant_corrected_or_withdrawn_is_followed_by_the_ledger(ctx):
    case_id = titled(ctx, claims=())
    first = told(ctx, case_id, amount=700000)
    again = FactEntry(case_id, "title_grants", TITLE, amount=800000, evidence="Jugement")
    second = legal_facts.correct_fact(ctx, first, again, "Chiffre mal lu", "c")
    assert cases.case_file(ctx, case_id).head.balance == 800000
    assert statements.statement(ctx, case_id, TITLE).sums["principal"].value == 800000
    legal_facts.withdraw_fact(ctx, second, "Autre dossier", "w")
    assert cases.case_file(ctx, case_id).head.balance == 1000000
    assert statements.statement(ctx, case_id, TITLE).sums["principal"].value == 1000000
    assert upkeep.verify(ctx).whole


def test_two_titles_are_asked_about_until_one_is_set_aside(ctx):
    second = D(2026, 6, 1)
    case_id = titled(ctx, titles=((TITLE, "2026-03-17"), (second, None)))
    told(ctx, case_id, amount=700000)
    asked = statements.statement(ctx, case_id, TODAY).debts[0].interest.computed
    assert isinstance(asked, Missing)
    assert [one.key for one in asked.questions] == ["title"]
    told(ctx, case_id, "title_set_aside", second, since=TITLE)
    found = statements.statement(ctx, case_id, TODAY)
    assert found.sums["principal"].value == 1000000  # the second title says nothing of its own: it grants the whole
    # not served: 10 000.00 at 2.62 % for 29 days (20.816) then 2.75 % for 146 days (110.00)
    assert found.sums["interest"].value == 2082 + 11000
    told(ctx, case_id, on=second, amount=600000)
    assert cases.case_file(ctx, case_id).head.balance - _interest_booked(ctx, case_id) == 600000


def _interest_booked(ctx, case_id):
    return sum(one.amount for one in ledger.movements(ctx, case_id).rows if one.kind == "accrual")


def test_a_title_set_aside_counts_until_the_day_before(ctx):
    case_id = titled(ctx)
    told(ctx, case_id, amount=700000)
    aside = told(ctx, case_id, "title_set_aside", D(2026, 6, 1), since=TITLE)
    assert cases.case_file(ctx, case_id).head.balance == 1000000
    by_day = {
        day: statements.statement(ctx, case_id, day).sums["principal"].value for day in (D(2026, 5, 31), D(2026, 6, 1))
    }
    assert by_day == {D(2026, 5, 31): 700000, D(2026, 6, 1): 1000000}
    legal_facts.withdraw_fact(ctx, aside, "Erreur", "w")
    assert cases.case_file(ctx, case_id).head.balance == 700000
    assert statements.statement(ctx, case_id, D(2026, 5, 31)).sums["principal"].value == 700000
    assert upkeep.verify(ctx).whole


def test_a_title_set_aside_gives_ten_years_no_more(ctx):
    case_id = titled(ctx)
    before = limitation.clocks(ctx, case_id)[0].clock.date
    assert before == D(2036, 2, 2)
    told(ctx, case_id, "title_set_aside", D(2026, 6, 1), since=TITLE)
    assert limitation.clocks(ctx, case_id)[0].clock.date < D(2030, 1, 1)
    assert upkeep.verify(ctx).whole


def test_an_order_that_an_opposition_takes_back_gives_the_principal_back(ctx):
    debt = DebtEntry("F-1", "invoice", 145000, D(2025, 9, 1), D(2025, 9, 30))
    case_id = a_case(then(ctx, D(2025, 12, 15)), debt, first_letter_on=None)
    pid = early(ctx, court="jcp", case_id=case_id)
    record(ctx, pid, filed(D(2026, 1, 6)), order(D(2026, 3, 2)), serve(D(2026, 8, 20)), enforce(D(2026, 9, 22)))
    told(ctx, case_id, on=D(2026, 9, 22), amount=100000)
    assert cases.case_file(ctx, case_id).head.balance == 100000
    record(ctx, pid, an_event("opposition", D(2026, 9, 21), "debtor", ("clerk_letter",)))
    assert cases.case_file(ctx, case_id).head.balance == 145000
    assert any("not known any more" in str(one) for one in statements.statement(ctx, case_id, TODAY).debts[0].asides)
    assert upkeep.verify(ctx).whole


def test_costs_of_a_title_set_aside_are_put_on_nobody_and_its_debt_is_titled_no_more(ctx):
    case_id = titled(ctx)
    asked = ChargeEntry(
        case_id,
        debt_of(ctx, case_id).id,
        "court_costs",
        50000,
        TODAY,
        confirmed=("granted",),
        evidence="Jugement RG 26/1",
    )
    assert isinstance(costs.propose_charge(ctx, asked), Allowed)
    aside = told(ctx, case_id, "title_set_aside", D(2026, 6, 1), since=TITLE)
    assert isinstance(costs.propose_charge(ctx, asked), Forbidden)
    with ctx.store.read() as reader:
        assert [one.titled for one in open_debts(reader, case_id)] == [False]
    legal_facts.withdraw_fact(ctx, aside, "Erreur", "w")
    with ctx.store.read() as reader:
        assert [one.titled for one in open_debts(reader, case_id)] == [True]
