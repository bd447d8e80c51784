"""The demonstration agency: made whole on any day, the same each time, every kind of situation in it, apart from the real agency.

What the cases are is said in data/demo; what they have become is asked of the services, as a screen would.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections import Counter

import pytest

from core.domain.messages import Refusal
from core.domain.phones import phone
from core.services import (
    access,
    agency,
    cases,
    contact_gate,
    creditors,
    demo,
    disputes,
    house,
    plans,
    proceedings,
    promises,
    team,
    tour,
    upkeep,
)
from core.services.context import Ctx
from core.services.demo_cast import cast, siren
from core.services.demo_course import everything
from core.services.demo_data import script
from core.services.demo_days import Days
from core.services.demo_stage import Stage
from core.store import migrations
from core.store.cases import case_with_debt
from core.store.home import home as home_of
from tests.conftest import TODAY

FICTION = ("+3319900", "+3326191", "+3335301", "+3346571", "+3353649", "+3363998")  # ARCEP, numbering plan 2.5.12
# what is said of each case; the reference of a letter begins with letters that each store draws for itself
FACTS = {
    "parties": "kind, name, first_name, siren, creditor_ref",
    "debts": "case_id, ref, nature, label, issued_on, due_on, original, principal, outstanding",
    "interactions": "case_id, channel, direction, result_code, happened_on, happened_at, json_remove(facts, '$.reference'), actor_id, recorded_at",
    "payments": "case_id, received_on, amount, means, paid_to, recorded_at",
    "promises": "case_id, made_on, due_on, amount",
    "tasks": "case_id, kind, due_on, state, created_by",
    "holds": "case_id, kind, from_on, until_on, lifted_on",
}


def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the pictures of the letters: they are two thirds of the time, and other tests look at them."""
    told = dataclasses.replace(script(), letters_since=0)
    monkeypatch.setattr(demo, "script", lambda: told)


def discovered(sid: str) -> Ctx:
    stranger = access.resolve(sid)
    assert stranger
    assert demo.make_if_absent(stranger)
    found = access.resolve(sid, space="demo")
    assert found
    return found


def hero(ctx: Ctx, name: str) -> cases.CaseFile:
    """A case written by hand, by its name in heroes.yaml."""
    with ctx.store.read() as reader:
        found = case_with_debt(reader, script().heroes[name].debts[0].ref)
    assert found
    return cases.case_file(ctx, found)


def test_it_holds_seven_creditors_with_mandates_in_force_and_a_complete_agency_file(demo_ctx):
    found = creditors.list_creditors(demo_ctx)
    heroes = Counter(h.creditor for h in script().heroes.values())
    told = {one.ref: sum(one.cases.values()) + heroes[one.ref] for one in script().houses}
    assert {c.ref: totals.cases for c, totals in found} == told
    assert sorted(told) == ["BAIL", "DENT", "ECOLE", "GAR", "GROS", "SYND", "TEL"]
    assert 250 <= sum(told.values()) <= 310
    assert all(creditors.creditor_file(demo_ctx, c.id).in_force for c, _ in found)
    assert agency.agency_file(demo_ctx).missing == ()


def test_the_store_is_whole(demo_ctx):
    assert upkeep.verify(demo_ctx).whole


def test_every_open_case_has_a_next_action_or_a_stop(demo_ctx):
    assert cases.queue(demo_ctx).counters.lost == 0


def test_todays_queue_has_something_late_due_today_promised_and_stopped_and_is_not_a_flood(demo_ctx):
    count = cases.queue(demo_ctx).counters
    assert count.promised_today >= 1
    assert 15 <= count.todo <= 60
    assert 5 <= count.late < count.todo
    assert count.planned > count.todo
    assert count.held >= 15
    assert count.closed > count.open > 100


def test_nothing_that_happened_is_in_the_future_and_people_write_on_open_days_between_nine_and_seven(demo_ctx):
    days = Days(TODAY, script().closed_days)
    with demo_ctx.store.read() as reader:
        rows = reader.rows("SELECT happened_on, happened_at, recorded_at FROM interactions")
        assert reader.value("SELECT MAX(received_on) FROM payments") < TODAY.isoformat()
        assert reader.value("SELECT MAX(at) FROM audit") <= demo_ctx.stamp
    assert len(rows) > 900
    assert all(days.works(dt.date.fromisoformat(on)) and on < TODAY.isoformat() for on, _, _ in rows)
    assert all("09:00" <= at <= "19:00" for _, at, _ in rows if at)
    assert all(recorded[:10] == on for on, _, recorded in rows)


def test_no_contact_left_before_the_first_letter(demo_ctx):
    with demo_ctx.store.read() as reader:
        early = reader.rows(
            "SELECT i.case_id FROM interactions i JOIN cases c ON c.id = i.case_id WHERE i.direction = 'out' AND i.channel <> 'note' "
            "AND (c.first_letter_on IS NULL OR i.happened_on < c.first_letter_on)"
        )
        lettered = reader.value("SELECT COUNT(*) FROM cases WHERE first_letter_on IS NOT NULL")
    assert early == []
    assert lettered > 250


def test_the_demonstration_keeps_to_its_own_contact_policy_but_for_a_few_told_with_their_reason(demo_ctx):
    found = contact_gate.counted(demo_ctx, dt.date(2020, 1, 1), demo_ctx.today)
    assert {(one.rule, one.outcome) for one in found} <= {("CON-01", "made"), ("CON-02", "made"), ("CON-03", "made")}
    assert sum(one.number for one in found) <= 5


def test_the_heroes_are_in_the_state_that_their_names_say(demo_ctx):
    assert hero(demo_ctx, "LETTER").head.next_kind == "first_letter"
    assert hero(demo_ctx, "LETTER").head.first_letter_on is None
    call = hero(demo_ctx, "CALL")
    assert (call.head.next_kind, call.head.next_on, call.tasks[0].due_at) == ("call_back", TODAY.isoformat(), "10:30")
    assert call.head.balance == 128460 + 86215
    assert hero(demo_ctx, "PAYMENT").head.balance == 64500 + 9650 - 20000
    assert hero(demo_ctx, "PLAN").head.next_kind == "budget_form"
    assert hero(demo_ctx, "DISPUTE").head.held_kind == "dispute"
    assert hero(demo_ctx, "PROMISE").head.promise_on == TODAY.isoformat()
    assert hero(demo_ctx, "INSOLVENCY").head.held_kind == "insolvency"
    assert any(party.role == "guardian" for party in hero(demo_ctx, "GUARDIAN").parties)
    assert {point.country for point in hero(demo_ctx, "FOREIGN").contact_points if point.kind == "address"} == {"DE"}
    assert hero(demo_ctx, "FOREIGN").head.lang == "en"
    assert len(hero(demo_ctx, "RENT").debts) == 4


def test_a_cheque_of_a_hero_came_back_and_the_whole_sum_is_owed_again(demo_ctx):
    cheque = hero(demo_ctx, "CHEQUE")
    assert sorted(paid.amount for paid in cheque.payments) == [-60000, 60000]
    assert cheque.head.balance == 126400


def test_the_creditor_was_asked_about_the_dispute_and_has_not_answered(demo_ctx):
    found = disputes.disputes_of(demo_ctx, hero(demo_ctx, "DISPUTE").head.id)
    assert [(d.sent_to_creditor_on is not None, d.answered_on) for d in found] == [(True, None)]


def test_a_plan_is_late_by_its_last_instalment_only(demo_ctx):
    late = plans.plans_of(demo_ctx, hero(demo_ctx, "LATE").head.id)[0]
    assert (late.state, len(late.rows)) == ("late", 6)
    paid = [followed.paid for followed in late.course.instalments]
    # 2 x 684.20 in six: 228.07 five times, the last 228.05; three came
    assert paid == [22807, 22807, 22807, 0, 0, 0]
    assert hero(demo_ctx, "LATE").head.balance == 2 * 68420 - 3 * 22807


def test_a_payment_order_must_be_served_in_less_than_a_fortnight(demo_ctx):
    file = proceedings.case_proceedings(demo_ctx, hero(demo_ctx, "COURT").head.id)[0]
    limit = next(due for due in file.state.dues if due.limit.key == "serve_order")
    assert file.state.current is not None
    assert file.state.current.key == "order_issued"
    # 23 November 2026 + 12 days is a Saturday, so Monday 7 December; the order is three months older
    assert limit.start == dt.date(2026, 9, 7)
    assert limit.counted.legal == dt.date(2026, 12, 7)
    assert cases.queue(demo_ctx, "deadlines").total >= 3


def test_plans_promises_and_proceedings_are_in_every_state(demo_ctx):
    with demo_ctx.store.read() as reader:
        ids = [case for (case,) in reader.rows("SELECT id FROM cases")]
    plan = Counter(found.state for case in ids for found in plans.plans_of(demo_ctx, case))
    promise = Counter(found.state for case in ids for found in promises.promises_of(demo_ctx, case))
    steps = {row.step for row in proceedings.tracker(demo_ctx, proceedings.Filters()).rows}
    assert min(plan["completed"], plan["on_time"], plan["late"], plan["broken"]) >= 1
    assert promise["kept"] >= 50
    assert min(promise["broken"], promise["pending"]) >= 5
    assert steps >= {"file_application", "order_issued", "serve_order", "summons"}


def test_every_kind_of_situation_is_there(demo_ctx):
    with demo_ctx.store.read() as reader:
        closed = dict(reader.rows("SELECT closure_reason, COUNT(*) FROM cases WHERE status = 'closed' GROUP BY 1"))
        held = dict(
            reader.rows("SELECT held_kind, COUNT(*) FROM case_summaries WHERE held_kind IS NOT NULL GROUP BY 1")
        )
        results = {code for (code,) in reader.rows("SELECT DISTINCT result_code FROM interactions")}
        outcomes = {found for (found,) in reader.rows("SELECT DISTINCT outcome FROM disputes WHERE outcome <> ''")}
        natures = {nature for (nature,) in reader.rows("SELECT DISTINCT nature FROM debts")}
        paid_to = {paid for (paid,) in reader.rows("SELECT DISTINCT paid_to FROM payments")}
        countries = {c for (c,) in reader.rows("SELECT DISTINCT country FROM contact_points WHERE kind = 'address'")}
        assert reader.value("SELECT COUNT(*) FROM payments WHERE reverses IS NOT NULL") >= 5
        assert reader.value("SELECT COUNT(*) FROM contact_points WHERE validity = 'invalid'") >= 10
        assert reader.value("SELECT COUNT(*) FROM documents WHERE kind = 'first_letter'") >= 20
    assert set(closed) >= {"SOL", "ERR", "RET", "IRR", "TRA"}
    assert set(held) >= {"dispute", "insolvency", "over_indebtedness", "deceased", "represented", "payment_claimed"}
    assert results >= set("PRO NRP MSG TIE CON DIF NPAI HS FAU DCD LJ RJ SUR AVO JUD VUL".split())
    assert outcomes >= {"upheld", "partly", "rejected"}
    assert natures >= {"invoice", "health", "rent", "charges", "telecom", "training", "cheque"}
    assert paid_to == {"agency", "creditor"}
    assert countries >= {"FR", "BE", "DE", "PT"}


def test_three_colleagues_write_and_own_cases_and_the_lead_has_some(demo_ctx):
    owned = team.open_cases(demo_ctx)
    people = {colleague.name: colleague.id for colleague in team.colleagues(demo_ctx)}
    assert {name for name, _ in script().team.values()} <= set(people)
    assert all(owned.get(user, 0) >= 2 for user in people.values())
    with demo_ctx.store.read() as reader:
        authors = {author for (author,) in reader.rows("SELECT DISTINCT actor_id FROM interactions")}
    assert authors == set(people.values())


def test_two_cases_do_not_read_the_same():
    words = [line for pool in script().words.values() for line in pool]
    own = [
        step.told[need]
        for h in script().heroes.values()
        for step in h.course.steps
        for need in ("note", "reason")
        if need in step.told
    ]
    assert len(words) == len(set(words)) > 150
    assert len(own) == len(set(own)) >= 40


def test_nothing_in_the_demonstration_can_be_someone_real(demo_ctx):
    with demo_ctx.store.read() as reader:
        numbers = [n for (n,) in reader.rows("SELECT value FROM contact_points WHERE kind = 'phone'")]
        mails = [m for (m,) in reader.rows("SELECT value FROM contact_points WHERE kind = 'email'")]
        sirens = [
            s for (s,) in reader.rows("SELECT siren FROM parties WHERE siren <> '' UNION SELECT siren FROM creditors")
        ]
        mails += [
            m for (m,) in reader.rows("SELECT email FROM creditors UNION SELECT email FROM users WHERE email <> ''")
        ]
        numbers += [found.e164 for (n,) in reader.rows("SELECT phone FROM creditors") if (found := phone(n))]
        ibans = [i for (i,) in reader.rows("SELECT iban FROM creditors")]
    told = agency.agency_file(demo_ctx).file
    assert len(numbers) > 250
    assert all(number.startswith(FICTION) for number in numbers)
    assert all(mail.rsplit(".", 1)[1] == "example" for mail in [*mails, told.email])  # RFC 2606
    assert all(number.startswith("2199") for number in [*sirens, told.siren])  # no commune lies in a department 99
    assert all(iban[4:9] == "99999" for iban in [*ibans, told.client_account_iban])  # the code of no bank


def test_a_siren_of_the_demonstration_has_its_key_by_hand():
    # 2199 0100: doubled from the right 0 1 0 0->0 1 0 0... sum of 2 1(2) 9 9(18->9) 0 1(2) 0 0 = 2+2+9+9+0+2+0+0 = 24, key 6
    assert siren(100) == "219901006"


def test_the_tour_opens_cases_that_are_there(demo_ctx):
    with demo_ctx.store.read() as reader:
        assert all(case_with_debt(reader, stop.debt) for stop in tour.stops() if stop.debt)


def test_one_click_makes_it_and_a_second_finds_it_made(demo_home, sid):
    stranger = access.resolve(sid)
    assert stranger
    assert demo.make_if_absent(stranger) is None
    found = access.resolve(sid, space="demo")
    assert found
    assert (found.space, found.user.role) == ("demo", "lead")


def test_the_day_after_the_demonstration_wakes_up_on_that_day(demo_home, monkeypatch):
    monkeypatch.setenv("QUITTANCE_TODAY", "2026-11-24")
    house.prepare()
    ctx = access.resolve(access.open_local_session(), space="demo")
    assert ctx
    with ctx.store.read() as reader:
        assert reader.rows("SELECT DISTINCT as_of FROM case_summaries") == [("2026-11-24",)]
    assert hero(ctx, "PROMISE").head.promise_on is None


def facts(ctx: Ctx) -> dict[str, list[tuple[object, ...]]]:
    with ctx.store.read() as reader:
        return {table: reader.rows(f"SELECT {columns} FROM {table} ORDER BY id") for table, columns in FACTS.items()}


@pytest.mark.parametrize(
    "day", ["2026-11-22", *(pytest.param(day, marks=pytest.mark.system) for day in ("2027-01-02", "2028-02-29"))]
)
def test_on_a_sunday_after_new_year_and_on_29_february_it_is_whole_and_alive(home, monkeypatch, day):
    monkeypatch.setenv("QUITTANCE_TODAY", day)
    quick(monkeypatch)
    house.prepare()
    ctx = discovered(access.open_local_session())
    count = cases.queue(ctx).counters
    assert (count.lost, count.promised_today >= 1, 15 <= count.todo <= 70) == (0, True, True), count
    assert upkeep.verify(ctx).whole
    with ctx.store.read() as reader:
        assert reader.rows("SELECT DISTINCT as_of FROM case_summaries") == [(day,)]
        assert reader.value("SELECT MAX(happened_on) FROM interactions") < day


def test_made_twice_on_one_day_it_says_the_same_and_a_reset_forgets_what_was_tried(sid, monkeypatch):
    quick(monkeypatch)
    ctx = discovered(sid)
    first = facts(ctx)
    with ctx.write() as unit:
        unit.run("UPDATE parties SET name = 'Essai'")
        unit.audit("tried", "party", 0)
    heard: list[tuple[int, int]] = []
    made = demo.reset(ctx, lambda done, of: heard.append((done, of)))
    again = access.resolve(sid, space="demo")
    assert again
    assert facts(again) == first
    assert (made.creditors, made.cases) == (7, cases.queue(again, "all").total + cases.queue(again, "closed").total)
    assert heard[0][0] == 0
    assert heard[-1][0] == heard[-1][1] > 1500
    assert not list(home_of().root.glob("*.new*"))


def test_an_interrupted_demonstration_leaves_nothing_and_is_made_again(sid, monkeypatch):
    stranger = access.resolve(sid)
    assert stranger
    monkeypatch.setattr(Stage, "file", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        demo.make_if_absent(stranger)
    assert not list(home_of().root.glob("demo*"))


def test_a_store_of_another_kind_is_never_thrown_away(ctx, home):
    place = dataclasses.replace(home_of().store("demo"), path=home / "agency.db")
    with pytest.raises(Refusal) as refused:
        demo.reset(ctx, place=place)
    assert refused.value.problems[0].code == "not-a-demonstration"
    assert cases.queue(ctx, "all").total == 0


def test_half_a_demonstration_of_an_older_version_is_made_again(sid, monkeypatch):
    monkeypatch.setattr(demo, "_play", lambda doings, told: [do() for _, _, do in doings[:9]])
    store = home_of().store("demo")
    migrations.migrate(store.path, kind="demo", now="2026-01-01T00:00:00Z", backups=home_of().backups)
    store.close()
    assert len(creditors.list_creditors(discovered(sid))) > 0


def test_the_real_agency_stays_empty(demo_home, sid):
    with home_of().store("agency").read() as reader:
        assert reader.value("SELECT COUNT(*) FROM cases") == 0
        assert reader.value("SELECT COUNT(*) FROM users") == 0


def test_a_person_who_gave_a_name_keeps_it_in_the_demonstration(ctx, monkeypatch):
    monkeypatch.setattr(demo, "_play", lambda doings, told: [do() for _, _, do in doings[:2]])
    demo.make_if_absent(ctx)
    found = access.resolve(access.open_local_session(), space="demo")
    assert found
    assert found.user.name == "Léa Martin"


def test_the_acts_of_a_case_follow_each_other_in_time():
    days = Days(TODAY, script().closed_days)
    found = cast(script(), days)
    last: dict[str, tuple[dt.date, int]] = {}
    for act in everything(script(), days, found):
        assert last.get(act.case, (dt.date.min, 0)) < (act.on, act.minute), act
        last[act.case] = (act.on, act.minute)
    assert all(case.debts and case.owed > 0 for case in found)
