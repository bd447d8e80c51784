"""The points of a case, factor by factor, and the weights a lead lays. Values by hand from data/priority/weights.yaml."""

import datetime as dt
from dataclasses import replace

import pytest

from core.domain.messages import Refusal
from core.services import cases, holds, house, journal, payments, priority, upkeep
from core.services.context import User
from core.services.payments import PaymentEntry
from core.services.placing import DebtEntry
from tests.services.factory import a_call, a_case, a_debt
from tests.services.test_overview import a_deadline


def dated(amount: int, due: dt.date) -> DebtEntry:
    return DebtEntry(f"F-{due}", "invoice", amount, due - dt.timedelta(days=30), due)


def points(ctx, case_id: int) -> dict[str, int]:
    return {one.code: one.points for one in priority.why(ctx, case_id)}


def kept(ctx, case_id: int) -> int:
    with ctx.store.read() as reader:
        return reader.value("SELECT priority FROM case_summaries WHERE case_id = ?", (case_id,))


def on(monkeypatch, ctx, day: str):
    """The same person on another day, after the roll of that day."""
    monkeypatch.setenv("QUITTANCE_TODAY", day)
    house.roll(ctx.store)
    return replace(ctx, today=dt.date.fromisoformat(day))


# 2 000 € due on 1 February 2026, seen on 23 November: 295 days late. 250 x 2 000 / 10 000 = 50; 150 x 295 / 730 = 60,6.
def test_amount_and_age_give_their_share_and_the_sentences_say_them(ctx):
    case_id = a_case(ctx, a_debt(amount=200_000))
    assert points(ctx, case_id) == {"age": 60, "amount": 50}
    assert kept(ctx, case_id) == 110
    said = [str(one.sentence) for one in priority.why(ctx, case_id)]
    assert said[0].startswith("The oldest unpaid sum has been due since 2026-02-01 (295 days)")


def test_an_amount_above_the_scale_gives_all_its_points_and_no_more(ctx):
    assert points(ctx, a_case(ctx, a_debt(amount=1_000_000)))["amount"] == 250
    assert points(ctx, a_case(ctx, a_debt(amount=5_000_000)))["amount"] == 250


# 500 points over 30 days: 15 days left are half of them.
@pytest.mark.parametrize(
    ("safe_on", "expected"), [("2026-12-08", 250), ("2026-11-23", 500), ("2026-11-20", 500), ("2026-12-23", None)]
)
def test_a_time_limit_grows_day_by_day_and_stays_whole_once_it_is_there(ctx, safe_on, expected):
    case_id = a_case(ctx)
    a_deadline(ctx, case_id, safe_on)
    assert points(ctx, case_id).get("deadline") == expected


# Two years for a consumer (C. conso. L.218-2), from the invoice of 2 January 2025: 2 January 2027, 40 days off: 400 x 140 / 180 = 311.
def test_the_last_day_to_sue_grows_as_it_comes_near(ctx):
    case_id = a_case(ctx, dated(10000, dt.date(2025, 2, 1)))
    assert cases.queue(ctx, "all").rows[0].limitation_on == "2027-01-02"
    assert points(ctx, case_id)["limitation"] == 311


# Promised for the 25th; two days of grace (result PRO): the 27th still waits, the 28th is broken.
def test_a_promise_is_broken_the_day_after_its_grace(ctx, monkeypatch):
    case_id = a_case(ctx)
    a_call(ctx, case_id, "PRO", amount=10000, date=dt.date(2026, 11, 25), means="transfer")
    assert "promise" not in points(on(monkeypatch, ctx, "2026-11-27"), case_id)
    after = on(monkeypatch, ctx, "2026-11-28")
    assert points(after, case_id)["promise"] == 600
    assert [row.case_id for row in cases.queue(after, "alerts").rows] == [case_id]


def test_a_promise_kept_in_full_is_no_broken_one_and_one_kept_in_part_is(ctx, monkeypatch):
    whole, partly = a_case(ctx), a_case(ctx)
    for case_id, paid in ((whole, 10000), (partly, 4000)):
        a_call(ctx, case_id, "PRO", amount=10000, date=dt.date(2026, 11, 25), means="transfer")
        payments.record_payment(ctx, PaymentEntry(case_id, ctx.today, paid, "transfer", "agency"), f"p{case_id}")
    after = on(monkeypatch, ctx, "2026-11-28")
    assert "promise" not in points(after, whole)
    assert points(after, partly)["promise"] == 600
    assert points(after, partly)["payer"] == 100


def test_an_insolvency_lowers_the_case_and_sends_it_to_the_end(ctx):
    case_id = a_case(ctx)
    payments.record_payment(ctx, PaymentEntry(case_id, ctx.today, 1000, "transfer", "agency"), "p")
    holds.open_hold(ctx, holds.HoldEntry(case_id, None, "insolvency", "Jugement du 3 novembre", None), "h")
    found = points(ctx, case_id)
    assert found["solvency"] == -400
    assert "payer" not in found  # paid before the judgment
    assert found["paused"] == -5000
    assert kept(ctx, case_id) == sum(found.values())


def test_a_reply_that_waits_comes_before_the_others_and_stands_in_its_tab(ctx):
    quiet, wrote = a_case(ctx, a_debt(amount=3_000_000)), a_case(ctx)
    journal.set_next_action(ctx, wrote, "answer_reply", ctx.today)
    assert points(ctx, wrote)["reply"] == 600
    assert [row.case_id for row in cases.queue(ctx).rows] == [wrote, quiet]
    page = cases.queue(ctx, "replies")
    assert ([row.case_id for row in page.rows], page.counters.replies) == ([wrote], 1)


def test_a_telephone_gives_the_points_an_address_half_and_a_wrong_number_takes_them_from_every_case_of_the_person(ctx):
    place = {"address": "3 allée des Tilleuls", "postcode": "38000", "city": "Grenoble"}
    assert points(ctx, a_case(ctx, name="Adresse", **place))["contact"] == 25
    first = a_case(ctx, name="Numéro", phone="06 12 34 56 78")
    file = cases.case_file(ctx, first)
    second = a_case(ctx, name="Numéro", same=file.head.debtor_id)
    assert (points(ctx, first)["contact"], points(ctx, second)["contact"]) == (50, 50)
    journal.mark_contact_point(ctx, file.contact_points[0].id, "invalid")
    assert "contact" not in points(ctx, first) | points(ctx, second)
    assert {row.case_id for row in cases.queue(ctx, "alerts").rows} == {first, second}
    assert upkeep.verify(ctx).whole


def test_every_case_of_the_demonstration_is_explained_to_the_point_and_every_factor_but_the_error_is_there(demo_ctx):
    with demo_ctx.store.read() as reader:
        ids = [row[0] for row in reader.rows("SELECT case_id FROM case_summaries")]
        totals = dict(reader.rows("SELECT case_id, priority FROM case_summaries"))
        found = priority.explained(reader, ids)
    assert len(ids) > 200
    assert {key: sum(one.points for one in reasons) for key, reasons in found.items()} == totals
    codes = {one.code for reasons in found.values() for one in reasons}
    known = {one.code for one in priority.weights(demo_ctx).now.factors}
    assert known - codes == {"lost"}  # an open case without next action is an error: test_demo wants none


def test_other_weights_are_tried_without_a_write_then_order_every_case(ctx):
    big, old = (
        a_case(ctx, a_debt(amount=1_000_000, due=dt.date(2026, 11, 1))),
        a_case(ctx, dated(10000, dt.date(2024, 1, 1))),
    )
    assert [row.case_id for row in cases.queue(ctx, "all").rows] == [big, old]
    values = {**priority.weights(ctx).now.values(), "amount": 0, "age": 1000, "limitation": 0}
    seen = priority.preview(ctx, values)
    assert [(one.after.case_id, one.after.rank, one.before) for one in seen.after] == [(old, 1, 2), (big, 2, 1)]
    assert (seen.entering, seen.leaving) == (0, 0)
    assert [row.case_id for row in cases.queue(ctx, "all").rows] == [big, old]
    assert priority.save(ctx, values, "Vieilles créances d'abord", 0) == 1
    rows = cases.queue(ctx, "all").rows
    assert [(row.case_id, row.priority) for row in rows] == [
        (one.after.case_id, one.after.points) for one in seen.after
    ]
    assert upkeep.verify(ctx).whole
    assert not house.roll(ctx.store)
    assert priority.ship(ctx, 1) == 2
    assert [row.case_id for row in cases.queue(ctx, "all").rows] == [big, old]
    assert [(one.version, one.author) for one in priority.weights(ctx).versions] == [
        (2, "Léa Martin"),
        (1, "Léa Martin"),
    ]


def test_weights_outside_their_bounds_or_unchanged_or_seen_too_early_are_refused(ctx):
    values = priority.weights(ctx).now.values()
    for wrong, code in (
        ({"amount": 1001}, "weight-outside"),
        ({"lost": 1}, "weight-unknown"),
        (values, "weights-same"),
    ):
        with pytest.raises(Refusal) as refused:
            priority.save(ctx, wrong, "", 0)
        assert refused.value.problems[0].code == code
    priority.save(ctx, {"amount": 10}, "", 0)
    with pytest.raises(Refusal) as refused:
        priority.save(ctx, {"amount": 20}, "", 0)
    assert refused.value.problems[0].code == "changed-meanwhile"


def test_a_collector_reads_the_weights_and_sets_none(ctx):
    other = replace(ctx, user=User(ctx.user.id, "Karim", "collector"))
    assert not priority.weights(other).may_edit
    for act in (lambda: priority.save(other, {"amount": 1}, "", 0), lambda: priority.preview(other, {"amount": 1})):
        with pytest.raises(Refusal) as refused:
            act()
        assert refused.value.problems[0].code == "forbidden"


def test_a_store_whose_points_come_from_other_weights_is_computed_anew_at_the_next_start(ctx):
    case_id = a_case(ctx, a_debt(amount=200_000))
    with ctx.write() as unit:
        unit.run("DELETE FROM settings WHERE key = 'priority'")
        unit.run("UPDATE case_summaries SET priority = 7")
    assert house.roll(ctx.store)
    assert kept(ctx, case_id) == 110


def test_pages_follow_each_other_without_a_gap_and_back(ctx):
    made = [a_case(ctx, a_debt(amount=100_000 * (9 - n))) for n in range(7)]
    made.append(a_case(ctx, a_debt(amount=300_000)))  # as many points as another one: the older case first
    whole = [row.case_id for row in cases.work_list(ctx, "all").rows]
    assert set(whole) == set(made)
    seen, after, starts = [], None, []
    while True:
        page = cases.work_list(ctx, cases.Asked("all", after=after), 3)
        seen += [row.case_id for row in page.rows]
        starts.append(page)
        if page.after is None:
            break
        after = page.after
    assert seen == whole
    back = cases.work_list(ctx, cases.Asked("all", before=starts[-1].before), 3)
    assert [row.case_id for row in back.rows] == whole[3:6]
    assert (back.after, back.before) == (whole[5], whole[3])
    first = cases.work_list(ctx, cases.Asked("all", before=back.before), 3)
    assert ([row.case_id for row in first.rows], first.before) == (whole[:3], None)


def test_filters_narrow_by_age_balance_state_and_way_to_the_debtor(ctx):
    late = a_case(ctx, a_debt(amount=50_000, due=dt.date(2026, 11, 3)), name="Vingt", phone="06 12 34 56 78")
    old = a_case(ctx, dated(90_000, dt.date(2025, 1, 1)), name="Vieux")

    def found(**asked):
        page = cases.queue(ctx, cases.Asked("all", **asked))
        return sorted(row.case_id for row in page.rows), page.total

    assert found(age="d1_30") == ([late], 1)
    assert found(age="over_180") == ([old], 1)
    assert found(channel="phone") == ([late], 1)
    assert found(channel="none") == ([old], 1)
    assert found(least=50_000, most=50_000) == ([late], 1)
    assert found(least=50_001) == ([old], 1)
    assert found(state="held") == ([], 0)
    assert found(state="free") == ([late, old], 2)
