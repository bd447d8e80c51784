"""The report against a second computation in plain Python over a story that goes through the services, and its traps one by one."""

from __future__ import annotations

import dataclasses
import datetime as dt
import itertools
from collections import Counter
from decimal import Decimal

import pytest

from core.domain.messages import Refusal
from core.services import journal, letters, payments, reports
from core.services.placing import DebtEntry
from core.services.reports import ReportScope
from tests.services.factory import a_call, a_case, a_case_to_write, a_creditor

D = dt.date
YEAR = ReportScope(D(2026, 1, 1), D(2026, 12, 31))
_TOKEN = itertools.count(1)


def at(ctx, day: dt.date):
    """The same person on another day."""
    return dataclasses.replace(ctx, today=day, now=dt.datetime.combine(day, dt.time(9), dt.UTC))


def placed(ctx, on, amount, creditor, name):
    return a_case(
        at(ctx, on),
        DebtEntry(f"F-{name}", "invoice", amount, None, on),
        creditor=creditor,
        name=name,
        first_letter_on=on,
        first_letter_ref="L1",
    )


def pay(ctx, case, on, amount, to="agency"):
    entry = payments.PaymentEntry(case, on, amount, "transfer", to)
    return payments.record_payment(at(ctx, on), entry, f"pay-{next(_TOKEN)}").payment_id


def undo(ctx, payment, on):
    payments.reverse_payment(at(ctx, on), payment, on, "chèque impayé", f"undo-{next(_TOKEN)}")


def figure(report, key):
    return {f.key: f for f in report.indicators}[key]


def column(report, table, at):
    return [row[at] for row in report.table(table).rows]


@pytest.fixture
def creditor(ctx):
    return a_creditor(ctx)


def test_an_empty_agency_gets_an_answer_for_each_figure(ctx):
    found = reports.report(ctx, YEAR)
    assert {f.key: f.value for f in found.indicators} == {
        "collected": 0, "gross_recovery": None, "net_recovery": None, "first_payment": None, "attempts": 0, "right_party": None,
        "reachability": None, "promises_kept": None, "promises_paid": None, "compliance": None, "complaints": None,
    }  # fmt: skip
    assert found.table("aged").rows == ()
    assert all(f.remark for f in found.indicators if f.value is None)


def test_the_cash_of_a_month_is_never_divided_by_the_placements_of_that_month(ctx, creditor):
    old = placed(ctx, D(2026, 2, 10), 100000, creditor, "Ancien")
    placed(ctx, D(2026, 11, 5), 50000, creditor, "Nouveau")
    pay(ctx, old, D(2026, 11, 12), 40000)
    november = reports.report(ctx, ReportScope(D(2026, 11, 1), D(2026, 11, 30)))
    assert figure(november, "collected").value == 40000
    assert figure(november, "gross_recovery").value == Decimal("0.0")  # nothing came in on the case placed in November
    batches = {row[0]: row[1:5] for row in november.table("recovery").rows}
    assert batches["2026-02"] == (1, 100000, 40000, Decimal("40.0"))
    assert batches["2026-11"] == (1, 50000, 0, Decimal("0.0"))
    assert batches["2026-05"] == (0, 0, 0, None)


def test_what_came_in_after_the_period_is_not_in_its_rate(ctx, creditor):
    case = placed(ctx, D(2026, 2, 10), 100000, creditor, "Ancien")
    pay(ctx, case, D(2026, 3, 31), 10000)
    pay(ctx, case, D(2026, 4, 1), 20000)
    quarter = reports.report(ctx, ReportScope(D(2026, 1, 1), D(2026, 3, 31)))
    assert figure(quarter, "gross_recovery").value == Decimal("10.0")


def test_a_reversal_is_deducted_on_its_own_day_from_who_had_received(ctx, creditor):
    case = placed(ctx, D(2026, 9, 1), 100000, creditor, "Impayé")
    held = pay(ctx, case, D(2026, 9, 20), 30000, "creditor")
    pay(ctx, case, D(2026, 9, 25), 5000)
    undo(ctx, held, D(2026, 10, 3))
    found = reports.report(ctx, YEAR)
    months = {row[0]: row[1:] for row in found.table("collected").rows}
    assert months["2026-09"] == (5000, 30000, 35000)
    assert months["2026-10"] == (0, -30000, -30000)
    assert found.table("collected").total[1:] == (5000, 0, 5000)
    assert figure(found, "gross_recovery").value == Decimal("5.0")


def test_the_first_payment_is_the_first_that_held_and_the_others_are_told(ctx, creditor):
    one = placed(ctx, D(2026, 9, 1), 10000, creditor, "Un")
    two = placed(ctx, D(2026, 9, 1), 10000, creditor, "Deux")
    placed(ctx, D(2026, 9, 1), 10000, creditor, "Trois")
    undo(ctx, pay(ctx, one, D(2026, 9, 3), 100), D(2026, 9, 5))
    pay(ctx, one, D(2026, 9, 11), 100)  # 10 days
    pay(ctx, two, D(2026, 9, 21), 100)  # 20 days
    found = figure(reports.report(ctx, YEAR), "first_payment")
    assert found.value == 15
    assert [term.amount for term in found.terms] == [2, 1]


def test_a_closed_case_keeps_its_payments_and_what_was_recalled_leaves_the_net_rate_only(ctx, creditor):
    paid = placed(ctx, D(2026, 9, 1), 60000, creditor, "Soldé")
    pay(ctx, paid, D(2026, 9, 10), 60000)
    a_call(at(ctx, D(2026, 9, 11)), paid, "SOL", channel="none", amount=60000)
    recalled = placed(ctx, D(2026, 9, 1), 40000, creditor, "Rappelé")
    pay(ctx, recalled, D(2026, 9, 10), 10000)
    a_call(at(ctx, D(2026, 9, 12)), recalled, "RET", channel="none")
    found = reports.report(ctx, YEAR)
    assert figure(found, "gross_recovery").value == Decimal("70.0")  # 70 000 ÷ 100 000
    net = figure(found, "net_recovery")
    assert (net.terms[1].amount, net.value) == (
        70000,
        Decimal("100.0"),
    )  # 30 000 were still owed when the creditor took it back
    assert figure(found, "reachability").terms[1].amount == 2  # both were open in the year
    after = reports.report(ctx, ReportScope(D(2026, 10, 1), D(2026, 10, 31)))
    assert figure(after, "reachability").value is None


def test_an_insolvent_case_leaves_the_net_rate_while_it_is_held(ctx, creditor):
    placed(ctx, D(2026, 9, 1), 60000, creditor, "Sain")
    broken = placed(ctx, D(2026, 9, 1), 40000, creditor, "Liquidé")
    a_call(ctx, broken, "LJ", date=ctx.today, court="TC de Lyon")
    assert figure(reports.report(ctx, YEAR), "net_recovery").terms[1].amount == 60000


def test_an_attempt_goes_out_and_a_corrected_entry_is_not_there(ctx, creditor):
    case = placed(ctx, D(2026, 9, 1), 60000, creditor, "Un")
    other = placed(ctx, D(2026, 9, 1), 60000, creditor, "Deux")
    wrong = a_call(ctx, case, "NRP")
    a_call(ctx, case, "RAC", corrects=wrong.interaction_id)  # reached
    a_call(ctx, case, "OCC", because="il a demandé à être rappelé")
    journal.add_note(ctx, other, "une note", "note")
    entry = journal.ContactEntry(other, "call", "in", "RAC", journal.Facts(happened_on=ctx.today))
    journal.log_contact(ctx, entry, "incoming")
    found = reports.report(ctx, YEAR)
    assert figure(found, "attempts").value == 2
    assert figure(found, "right_party").value == Decimal("50.0")
    assert figure(found, "reachability").value == Decimal("100.0")  # the second debtor called himself
    call = next(row for row in found.table("activity").rows if str(row[0]) == "Call")
    assert call[1:] == (2, 2, 1, 1, 0, Decimal("50.0"), 1)


def test_what_left_by_each_channel_is_counted_beside_the_attempts(ctx):
    case = a_case_to_write(ctx)
    letter = letters.issue_first_letter(ctx, case, "letter", "issue")
    letters.mark_posted(ctx, (letter.reference,), ctx.today)
    a_call(ctx, case, "NRP")
    a_call(ctx, case, "BAR")
    a_call(ctx, case, "PRO", amount=1000, date=ctx.today, means="transfer")
    entry = journal.ContactEntry(
        case, "email", "in", "DOC", journal.Facts(ctx.today, words=(("documents", "facture"),))
    )
    journal.log_contact(ctx, entry, "asks")
    table = reports.report(ctx, YEAR).table("activity")
    assert [str(column.title) for column in table.columns[1:]] == [
        "Outgoing", "Attempts", "Right person reached", "Not reached", "Other outgoing", "Share reached", "From the debtor",
    ]  # fmt: skip
    assert [row[1:] for row in (*table.rows, table.total)] == [
        (3, 3, 1, 2, 0, Decimal("33.3"), 0),  # three calls, the debtor reached by one
        (0, 0, 0, 0, 0, None, 1),
        (1, 0, 0, 0, 1, None, 0),  # the first letter posted
        (0, 0, 0, 0, 0, None, 0),
        (0, 0, 0, 0, 0, None, 0),
        (4, 3, 1, 2, 1, Decimal("33.3"), 1),
    ]


def test_a_promise_is_judged_after_its_grace_and_a_payment_serves_one_promise(ctx, creditor):
    today = ctx.today  # 23 November
    kept, partly, broken, running, twice = (placed(ctx, D(2026, 9, 1), 90000, creditor, f"P{n}") for n in range(5))
    for case, due in ((kept, 10), (partly, 10), (broken, 10), (running, 21), (twice, 10), (twice, 15)):
        entry = D(2026, 11, 2)
        a_call(
            at(ctx, entry), case, "PRO", amount=10000, date=D(2026, 11, due), means="transfer", because="rappel convenu"
        )
    pay(ctx, kept, D(2026, 11, 12), 10000)  # two days of grace: in time
    pay(ctx, partly, D(2026, 11, 10), 4000)
    pay(ctx, broken, D(2026, 11, 13), 10000)  # one day too late
    pay(ctx, twice, D(2026, 11, 9), 10000)
    undo(ctx, pay(ctx, broken, D(2026, 11, 5), 10000), D(2026, 11, 8))
    found = reports.report(ctx, YEAR)
    assert (today - D(2026, 11, 21)).days == 2  # the grace of `running` ends today: not judged yet
    number, euros = figure(found, "promises_kept"), figure(found, "promises_paid")
    assert [term.amount for term in number.terms] == [2, 5]
    assert "1 partly kept" in str(number.formula)
    assert [term.amount for term in euros.terms] == [24000, 50000]


def test_one_creditor_and_one_collector_are_looked_at_alone(ctx, creditor):
    other = a_creditor(ctx, "Deux-Rives")
    mine, theirs = placed(ctx, D(2026, 9, 1), 60000, creditor, "Un"), placed(ctx, D(2026, 9, 1), 30000, other, "Deux")
    with ctx.write() as unit:
        karim = unit.add("users", name="Karim", role="collector", created_at=unit.now)
        unit.run("UPDATE cases SET collector_id = ? WHERE id = ?", (karim, theirs))
        unit.run("UPDATE cases SET collector_id = NULL WHERE id = ?", (mine,))
        unit.touch(mine, theirs)
    pay(ctx, mine, D(2026, 9, 5), 6000)
    pay(ctx, theirs, D(2026, 9, 5), 1500)
    a_call(ctx, mine, "NRP")
    one = reports.report(ctx, dataclasses.replace(YEAR, creditor_id=other))
    assert (one.creditor, figure(one, "collected").value, figure(one, "gross_recovery").value) == (
        "Deux-Rives",
        1500,
        Decimal("5.0"),
    )
    assert [row[0] for row in one.table("creditors").rows] == ["Deux-Rives"]
    assert figure(one, "attempts").value == 0
    his = reports.report(ctx, dataclasses.replace(YEAR, collector_id=karim))
    assert (his.collector, figure(his, "collected").value, figure(his, "attempts").value) == ("Karim", 1500, 0)
    assert his.table("aged").total[-1] == 28500
    lines = {str(row[0]): row[1:] for row in reports.report(ctx, YEAR).table("collectors").rows}
    assert lines == {
        "Karim": (1, 28500, 1500, 0, 0, None, 0),
        "Léa Martin": (0, 0, 0, 1, 0, Decimal("0.0"), 0),
        "Nobody": (1, 54000, 6000, 0, 0, None, 0),
    }


@pytest.mark.parametrize(("field", "scope"), [("creditor", {"creditor_id": 99}), ("collector", {"collector_id": 99})])
def test_someone_unknown_is_refused_on_his_field(ctx, field, scope):
    with pytest.raises(Refusal) as refused:
        reports.report(ctx, dataclasses.replace(YEAR, **scope))
    assert [(p.code, p.field) for p in refused.value.problems] == [("choice-unknown", field)]


def test_the_report_equals_a_second_computation_from_the_story_itself(ctx):
    """Sixty cases, their payments and reversals told by a fixed rule; every sum is made again here from the list of events."""
    owners = [a_creditor(ctx, name) for name in ("Alpha", "Bravo", "Charlie")]
    story = []  # (placed on, creditor, amount, [(day, amount, to)])
    for n in range(60):
        on = D(2025, 12, 20) + dt.timedelta(days=5 * n)
        owner, amount = owners[n * 7 % 3], 10000 + 1117 * n
        case = placed(ctx, on, amount, owner, f"Nom{n}")
        moves = []
        for k in range(n % 4):
            day = on + dt.timedelta(days=3 + 11 * k + n % 5)
            if day <= ctx.today:
                to = "creditor" if (n + k) % 3 == 0 else "agency"
                paid = pay(ctx, case, day, 700 + 31 * n, to)
                moves.append((day, 700 + 31 * n, to))
                back = day + dt.timedelta(days=9)
                if n % 8 == 3 and back <= ctx.today:
                    undo(ctx, paid, back)
                    moves.append((back, -(700 + 31 * n), to))
        story.append((on, owner, amount, moves))
    scope = ReportScope(D(2026, 2, 1), D(2026, 8, 31))
    found = reports.report(ctx, scope)

    inside = [s for s in story if scope.from_on <= s[0] <= scope.to_on]
    received = sum(cents for s in inside for day, cents, _ in s[3] if day <= scope.to_on)
    amount = sum(s[2] for s in inside)
    assert [term.amount for term in figure(found, "gross_recovery").terms] == [received, amount]

    came = Counter()
    for _, _, _, moves in story:
        for day, cents, to in moves:
            came[f"{day:%Y-%m}", to] += cents
    months = {row[0]: (row[1], row[2]) for row in found.table("collected").rows}
    assert set(months) == {
        f"{y}-{m:02d}" for y, m in [(2025, 9), (2025, 10), (2025, 11), (2025, 12), *((2026, m) for m in range(1, 9))]
    }
    assert months == {month: (came[month, "agency"], came[month, "creditor"]) for month in months}

    batches = {row[0]: row[1:4] for row in found.table("recovery").rows}
    for month in months:
        batch = [s for s in story if f"{s[0]:%Y-%m}" == month]
        assert batches[month] == (
            len(batch),
            sum(s[2] for s in batch),
            sum(c for s in batch for day, c, _ in s[3] if day <= scope.to_on),
        ), month

    lines = {row[0]: row for row in found.table("creditors").rows}
    for owner, name in zip(owners, ("Alpha", "Bravo", "Charlie"), strict=True):
        own = [s for s in story if s[1] == owner]
        then = [c for s in own for day, c, to in s[3] if scope.from_on <= day <= scope.to_on and to == "agency"]
        assert lines[name][5] == sum(then)
        assert lines[name][8] == sum(s[2] - sum(c for _, c, _ in s[3]) for s in own)
    total = found.table("creditors").total
    assert total[2:5] == (amount, received, figure(found, "gross_recovery").value)
    assert sum(column(found, "aged", 8)) == sum(s[2] for s in story) - sum(c for s in story for _, c, _ in s[3])


def test_an_unknown_format_is_refused(ctx):
    with pytest.raises(Refusal, match="is not one of the choices"):
        reports.export(ctx, YEAR, "odt")
