"""Grouped actions: the trial writes nothing and says what the doing meets; each case keeps its line of the journal."""

import dataclasses
import datetime as dt

import pytest

from core.domain.messages import Refusal
from core.services import cases, closures, grouped, holds, payments, skips, team, upkeep
from core.services.context import User
from core.services.grouped import Asked, Deed
from tests.services.factory import a_call, a_case, a_debt

D = dt.date
MONDAY = D(2026, 11, 23)


def tasks(ctx, case_id):
    return [(task.kind, task.due_on) for task in cases.case_file(ctx, case_id).tasks]


def journal_of(ctx, case_id):
    return [entry.text for entry in cases.case_file(ctx, case_id).timeline if entry.kind == "interaction"]


def steps_of(ctx, case_id):
    return [entry.extra for entry in cases.case_file(ctx, case_id).timeline if entry.kind == "interaction"]


def done(ctx, deed, *case_ids, token="t"):
    return grouped.apply(ctx, grouped.preview(ctx, deed, case_ids), token)


def problems(outcome):
    return {one.case_id: one.problem.code for one in outcome.refused}


def test_a_preview_tells_who_changes_and_who_does_not_and_writes_nothing(ctx):
    one, two = a_case(ctx), a_case(ctx)
    holds.open_hold(ctx, holds.HoldEntry(two, None, "insolvency", "Jugement", None), "h")
    before = upkeep.verify(ctx)
    found = grouped.preview(ctx, Deed("hold", "insolvency", None, "Jugement du 12 novembre"), [one, two])
    assert [line.case_id for line in found.done] == [one]
    # 23 November + 30 days of review = Wednesday 23 December 2026
    assert (found.done[0].after.kind, found.done[0].after.on) == ("review_hold", "2026-12-23")
    assert problems(found) == {two: "hold-stands"}
    assert tasks(ctx, one) == [("first_call", "2026-11-23")]
    assert cases.case_file(ctx, one).holds == ()
    assert upkeep.verify(ctx) == before


def test_a_stop_is_set_on_each_case_with_its_end_and_its_line_in_the_journal_once(ctx):
    one, two = a_case(ctx), a_case(ctx)
    deed = Deed("hold", "creditor_check", D(2026, 11, 27), "Le créancier vérifie ses encaissements")
    shown = grouped.preview(ctx, deed, [one, two])
    assert len(grouped.apply(ctx, shown, "t").done) == 2
    assert len(grouped.apply(ctx, shown, "t").done) == 2  # a double click
    for case_id in (one, two):
        (hold,) = cases.case_file(ctx, case_id).holds
        assert (hold.kind, hold.until_on) == ("creditor_check", "2026-11-27")
        assert journal_of(ctx, case_id) == ["Le créancier vérifie ses encaissements"]
        assert tasks(ctx, case_id) == [("review_hold", "2026-11-30")]
    assert upkeep.verify(ctx).read_model is True


def test_stops_are_lifted_where_they_stand_and_the_others_are_told(ctx):
    one, two = a_case(ctx), a_case(ctx)
    done(ctx, Deed("hold", "creditor_check", None, "Vérification"), one)
    found = done(ctx, Deed("lift", "creditor_check", None, "Vérifié"), one, token="l")
    assert [line.case_id for line in found.done] == [one]
    assert cases.case_file(ctx, one).holds == ()
    assert tasks(ctx, one) == [("call_back", "2026-11-23")]
    assert problems(grouped.preview(ctx, Deed("lift", "creditor_check", None, "x"), [two])) == {two: "hold-unknown"}


def test_the_stop_of_a_running_dispute_is_not_lifted_in_a_group(ctx):
    one = a_case(ctx)
    a_call(ctx, one, "CON", reason="goods_not_received")
    assert "dispute" not in holds.hold_kinds()
    with pytest.raises(Refusal) as refused:
        grouped.preview(ctx, Deed("lift", "dispute", None, "x"), [one])
    assert refused.value.problems[0].code == "choice-unknown"


def test_a_next_action_replaces_the_next_contacts_and_is_told(ctx):
    one = a_case(ctx)
    found = done(ctx, Deed("next", "call_again", D(2026, 12, 1), "Après la paie"), one)
    assert (found.done[0].before.kind, found.done[0].after.on) == ("first_call", "2026-12-01")
    assert tasks(ctx, one) == [("call_again", "2026-12-01")]
    assert journal_of(ctx, one) == ["Après la paie"]
    assert '"next_action"' in steps_of(ctx, one)[0]


def test_a_next_action_leaves_a_first_letter_a_promise_and_a_stop_as_they_are(ctx):
    unwritten, promised, held = a_case(ctx, first_letter_on=None), a_case(ctx), a_case(ctx)
    a_call(ctx, promised, "PRO", amount=10000, date=D(2026, 11, 30), means="transfer")
    holds.open_hold(ctx, holds.HoldEntry(held, None, "insolvency", "Jugement", None), "h")
    found = grouped.preview(ctx, Deed("next", "call_again", D(2026, 12, 1)), [unwritten, promised, held])
    assert problems(found) == {unwritten: "first-letter-first", promised: "promise-followed", held: "case-held"}


def test_what_is_wrong_with_the_deed_itself_is_told_once_on_its_field(ctx):
    one = a_case(ctx)
    for deed, code, field in (
        (Deed("hold", "insolvency", None, " "), "field-empty", "words"),
        (Deed("hold", "insolvency", D(2026, 11, 22), "x"), "date-in-past", "on"),
        (Deed("next", "call_again", None), "field-empty", "on"),
        (Deed("next", "dance", D(2026, 12, 1)), "choice-unknown", "kind"),
        (Deed("skip", "other", D(2026, 11, 23), "x"), "skip-day", "until_on"),
        (Deed("burn"), "choice-unknown", "code"),
    ):
        with pytest.raises(Refusal) as refused:
            grouped.preview(ctx, deed, [one])
        assert (refused.value.problems[0].code, refused.value.problems[0].field) == (code, field)


def test_cases_are_set_aside_together_but_not_beyond_a_promise(ctx):
    one, promised = a_case(ctx), a_case(ctx)
    a_call(ctx, promised, "PRO", amount=10000, date=D(2026, 11, 25), means="transfer")
    reason = next(one for one in skips.reasons() if not one.note).code
    found = done(ctx, Deed("skip", reason, D(2026, 11, 26)), one, promised)
    assert [line.case_id for line in found.done] == [one]
    assert [row.case_id for row in grouped.selection(ctx, Asked("skipped"))] == [one]
    back = done(ctx, Deed("back", words="Fini"), one, token="b")
    assert [line.case_id for line in back.done] == [one]
    assert grouped.selection(ctx, Asked("skipped")) == ()


def test_cases_are_given_with_their_line_and_a_case_that_stays_is_said(ctx):
    karim = team.add_colleague(ctx, "Karim", "collector")
    one, two = a_case(ctx), a_case(ctx)
    team.assign_case(ctx, two, karim)
    found = done(ctx, Deed("assign", to=karim, words="congé"), one, two)
    assert [line.case_id for line in found.done] == [one]
    assert cases.case_file(ctx, one).head.collector == "Karim"
    assert journal_of(ctx, one) == ["Léa Martin → Karim\ncongé"]


def test_paid_cases_are_closed_and_one_that_owes_stays_open(ctx):
    paid, owing = a_case(ctx, a_debt(amount=5000)), a_case(ctx)
    payments.record_payment(ctx, payments.PaymentEntry(paid, MONDAY, 5000, "transfer", "creditor"), "p")
    reason = next(one.reason for one in closures.reasons() if one.code == "SOL")
    found = done(ctx, Deed("close", reason, words="Soldé"), paid, owing)
    assert [line.case_id for line in found.done] == [paid]
    assert cases.case_file(ctx, paid).head.status == "closed"
    assert cases.case_file(ctx, owing).head.status == "open"
    assert (
        grouped.preview(ctx, Deed("close", reason, words="Soldé"), [owing]).refused[0].problem.code == "closure-balance"
    )


def test_cases_leave_their_scenario_and_come_back_with_a_line_each(ctx):
    one = a_case(ctx)
    assert len(done(ctx, Deed("pause", on=D(2026, 12, 1), words="Vacances"), one).done) == 1
    assert problems(grouped.preview(ctx, Deed("pause", words="x"), [one])) == {one: "paused"}
    assert len(done(ctx, Deed("resume", words="Retour"), one, token="r").done) == 1
    assert problems(grouped.preview(ctx, Deed("resume"), [one])) == {one: "not-paused"}
    assert sorted(journal_of(ctx, one)) == ["Retour", "Vacances"]


def test_what_changed_since_the_preview_is_left_and_told_and_the_others_are_done(ctx):
    one, two = a_case(ctx), a_case(ctx)
    shown = grouped.preview(ctx, Deed("hold", "insolvency", None, "Jugement"), [one, two])
    holds.open_hold(ctx, holds.HoldEntry(two, None, "insolvency", "Jugement", None), "h")
    found = grouped.apply(ctx, shown, "t")
    assert [line.case_id for line in found.done] == [one]
    assert problems(found) == {two: "hold-stands"}
    assert len(cases.case_file(ctx, two).holds) == 1
    assert upkeep.verify(ctx).read_model is True


def test_only_a_lead_acts_on_many_cases(ctx):
    karim = dataclasses.replace(ctx, user=User(ctx.user.id, "Karim", "collector"))
    with pytest.raises(Refusal) as refused:
        grouped.preview(karim, Deed("back"), [a_case(ctx)])
    assert refused.value.problems[0].code == "forbidden"
