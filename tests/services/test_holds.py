"""A stop set and lifted by hand: what it replaces, when it is looked at again, what is refused."""

import datetime as dt

import pytest

from core.domain.messages import Refusal
from core.services import cases, holds, journal, upkeep
from core.services.context import Ctx
from core.services.holds import HoldEntry
from tests.services.factory import a_call, a_case, a_debt

D = dt.date
MONDAY = D(2026, 11, 23)


def stopped(ctx: Ctx, case_id: int, token: str = "t", **more) -> int:
    entry = {"debt_id": None, "kind": "insolvency", "reason": "Jugement du 12 novembre", "until": None, **more}
    return holds.open_hold(ctx, HoldEntry(case_id, **entry), token)


def lifted(ctx: Ctx, case_id: int, reason: str = "Plan arrêté") -> None:
    hold = cases.case_file(ctx, case_id).holds[0]
    holds.lift_hold(ctx, hold.id, hold.row_version, reason)


def tasks(ctx: Ctx, case_id: int):
    return [(task.kind, task.due_on) for task in cases.case_file(ctx, case_id).tasks]


def codes(refused):
    return {(p.code, p.field) for p in refused.value.problems}


def test_a_stop_without_end_is_looked_at_again_after_its_days_on_a_working_day(ctx):
    case_id = a_case(ctx)
    stopped(ctx, case_id)
    # 23 November + 30 days = Wednesday 23 December 2026
    assert tasks(ctx, case_id) == [("review_hold", "2026-12-23")]
    (hold,) = cases.case_file(ctx, case_id).holds
    assert (hold.kind, hold.reason, hold.until_on) == ("insolvency", "Jugement du 12 novembre", None)


def test_a_stop_until_a_friday_is_looked_at_again_on_the_monday_after(ctx):
    case_id = a_case(ctx)
    stopped(ctx, case_id, kind="creditor_check", until=D(2026, 11, 27))
    assert tasks(ctx, case_id) == [("review_hold", "2026-11-30")]
    assert cases.case_file(ctx, case_id).head.held_until == "2026-11-27"


def test_a_stop_replaces_contacts_and_leaves_what_a_court_or_a_creditor_awaits(ctx):
    case_id = a_case(ctx)
    a_call(ctx, case_id, "LJ", channel="none", date=D(2026, 11, 20), court="Lyon")
    assert [kind for kind, _ in tasks(ctx, case_id)] == ["declare_claim"]
    stopped(ctx, case_id, kind="represented", reason="Me Roux le représente")
    assert {kind for kind, _ in tasks(ctx, case_id)} == {"declare_claim", "review_hold"}


def test_a_stop_of_one_debt_leaves_the_case_at_work(ctx):
    case_id = a_case(ctx, a_debt("F-1"), a_debt("F-2"))
    before = tasks(ctx, case_id)
    debt = cases.case_file(ctx, case_id).debts[1]
    stopped(ctx, case_id, debt_id=debt.id, kind="payment_claimed", reason="Virement annoncé")
    file = cases.case_file(ctx, case_id)
    assert (file.tasks[0].kind, file.head.held_kind) == (before[0][0], None)  # what came next still does
    # payment_claimed is looked at again after 7 days: 23 November + 7 = Monday 30 November
    assert sorted(tasks(ctx, case_id)) == sorted([*before, ("review_hold", "2026-11-30")])
    assert [h.debt_ref for h in file.holds] == ["F-2"]


def test_lifting_keeps_the_reason_in_the_journal_and_has_the_debtor_called(ctx):
    case_id = a_case(ctx)
    stopped(ctx, case_id)
    lifted(ctx, case_id, "Plan arrêté")
    file = cases.case_file(ctx, case_id)
    assert file.holds == ()
    assert tasks(ctx, case_id) == [("call_back", "2026-11-23")]
    assert {e.text for e in file.timeline} == {"Jugement du 12 novembre", "Plan arrêté"}


def test_lifting_one_of_two_stops_keeps_the_other_and_its_review(ctx):
    case_id = a_case(ctx)
    stopped(ctx, case_id, "a")
    stopped(ctx, case_id, "b", kind="represented", reason="Me Roux")
    lifted(ctx, case_id)
    assert [h.kind for h in cases.case_file(ctx, case_id).holds] == ["represented"]
    assert {kind for kind, _ in tasks(ctx, case_id)} == {"review_hold"}


def test_a_double_click_stops_once(ctx):
    case_id = a_case(ctx)
    assert stopped(ctx, case_id) == stopped(ctx, case_id)
    assert len(cases.case_file(ctx, case_id).holds) == 1


@pytest.mark.parametrize(("change", "problem"), [
    ({"kind": "dispute"}, ("choice-unknown", "kind")), ({"kind": "mood"}, ("choice-unknown", "kind")),
    ({"reason": ""}, ("field-empty", "reason")), ({"until": D(2026, 11, 22)}, ("date-in-past", "until")),
    ({"debt_id": 999}, ("debt-elsewhere", "debt")),
])  # fmt: skip
def test_what_cannot_stop_is_refused_on_its_field(ctx, change, problem):
    case_id = a_case(ctx)
    with pytest.raises(Refusal) as refused:
        stopped(ctx, case_id, **change)
    assert codes(refused) == {problem}
    assert cases.case_file(ctx, case_id).holds == ()


def test_a_stop_may_end_today(ctx):
    case_id = a_case(ctx)
    stopped(ctx, case_id, until=MONDAY)
    assert [h.until_on for h in cases.case_file(ctx, case_id).holds] == ["2026-11-23"]


def test_a_stop_is_not_lifted_without_its_reason_nor_by_the_second_of_two(ctx):
    case_id = a_case(ctx)
    stopped(ctx, case_id)
    with pytest.raises(Refusal) as refused:
        lifted(ctx, case_id, " ")
    assert codes(refused) == {("field-empty", "reason")}
    (hold,) = cases.case_file(ctx, case_id).holds
    with pytest.raises(Refusal) as refused:
        holds.lift_hold(ctx, hold.id, hold.row_version - 1, "Plan arrêté")
    assert "changed-meanwhile" in {code for code, _ in codes(refused)}


def test_a_closed_case_is_not_stopped(ctx):
    case_id = a_case(ctx)
    a_call(ctx, case_id, "RET", channel="none")
    with pytest.raises(Refusal) as refused:
        stopped(ctx, case_id)
    assert codes(refused) == {("case-closed", "kind")}


def test_the_audit_names_both_gestures_and_the_store_verifies(ctx):
    case_id = a_case(ctx)
    stopped(ctx, case_id)
    lifted(ctx, case_id)
    journal.add_note(ctx, case_id, "Vu", "n")
    with ctx.store.read() as reader:
        assert [a for (a,) in reader.rows("SELECT action FROM audit WHERE action LIKE 'hold.%' ORDER BY id")] == [
            "hold.opened",
            "hold.lifted",
        ]
    found = upkeep.verify(ctx)
    assert (found.audit_chain, found.read_model) == (True, True)
