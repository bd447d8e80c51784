"""The day's work tried and done: the dry run says of promises, questions and post what the real one then does; a dead program gives way."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from core.domain.messages import Refusal
from core.services import cases, daily, outbox, payments, promises, questions, upkeep
from core.services.outbox import MessageEntry
from core.services.payments import PaymentEntry
from core.services.promises import PromiseEntry
from core.services.questions import Asked, QuestionEntry
from tests.channels import servers
from tests.services import post
from tests.services.factory import a_case, a_debt

DAY = dt.date


def said(found: daily.Daily, name: str) -> tuple[list[str], list[str]]:
    """What a part did or would do, and what not."""
    part = next(one for one in found.parts if one.name == name)
    return [str(one) for one in part.done], [str(one) for one in part.not_done]


def promised(ctx, token: str, paid: int = 0) -> int:
    case = a_case(ctx, a_debt(amount=30000))
    promises.record_promise(ctx, PromiseEntry(case, 10000, DAY(2026, 11, 27)), token)
    if paid:
        payments.record_payment(ctx, PaymentEntry(case, ctx.today, paid, "transfer", "agency"), f"pay-{token}")
    return case


def test_the_dry_run_counts_the_promises_at_their_end_and_tells_none(ctx):
    promised(ctx, "kept", paid=10000)
    promised(ctx, "partly", paid=1)
    broken = promised(ctx, "broken")
    later = replace(ctx, today=DAY(2026, 11, 30))  # two days of grace after Friday 27 end on Sunday 29
    expected = ["Promises kept: 1", "Promises kept in part: 1", "Promises broken: 1"]
    before = upkeep.verify(later)
    assert said(daily.run(later, dry_run=True), "promises") == (expected, [])
    assert said(daily.run(later, dry_run=True), "promises") == (expected, [])
    assert "promise_broken" not in {task.kind for task in cases.case_file(later, broken).tasks}
    assert upkeep.verify(later) == before
    assert said(daily.run(later), "promises") == (expected, [])
    assert "promise_broken" in {task.kind for task in cases.case_file(later, broken).tasks}
    assert said(daily.run(later, dry_run=True), "promises") == (["No promise came to its end."], [])


def test_the_dry_run_counts_the_creditors_to_remind_and_reminds_none(ctx):
    case = a_case(ctx)
    found = questions.draft(ctx, Asked(case, "payment"), None)
    questions.ask(
        ctx, QuestionEntry(Asked(case, "payment"), found.words.subject, found.words.text, found.due_on, "hand"), "q"
    )
    assert said(daily.run(ctx, dry_run=True), "questions") == (["No creditor is late with an answer."], [])
    late = replace(ctx, today=DAY(2026, 12, 7))
    assert said(daily.run(late, dry_run=True), "questions") == ([], ["Creditors to be reminded by hand: 1"])
    assert said(daily.run(late), "questions") == ([], ["Creditors to be reminded by hand: 1"])
    assert said(daily.run(late, dry_run=True), "questions") == (["No creditor is late with an answer."], [])


def test_the_day_s_work_asks_the_gateway_what_became_of_the_sms(ctx):
    state = servers.Gateway(replies=[(200, {"id": "g-1"}), (200, {"status": "undelivered", "reason": "barred"})])
    with servers.sms_gateway(state) as url:
        assert said(daily.run(ctx, dry_run=True), "inbox") == (
            [],
            ["No mailbox is set: what comes in is logged by hand."],
        )
        post.set_up(ctx, sms_url=url, sms_secret="secrets:sms", sms_report_url=url + "/m/{id}")
        case = post.a_debtor(ctx)
        text = post.words(ctx, case, "sms_reminder")[1]
        outbox.queue_message(ctx, MessageEntry(case, "sms", post.point(ctx, case, "phone"), text), "s1")
        would = ["The SMS gateway would be asked for its delivery reports."]
        assert said(daily.run(ctx, dry_run=True), "inbox") == (would, [])
        assert len(state.asked) == 0
        done = daily.run(ctx)
        assert said(done, "outbox")[0] == ["Messages sent: 1"]
        assert said(done, "inbox") == (["Delivery reports of SMS read: 1"], [])
    assert outbox.of_case(ctx, case)[0].state == "failed"
    assert "message_failed" in post.tasks(ctx, case)


@pytest.mark.parametrize(("until", "done"), [("2026-11-23T08:59:59Z", True), ("2026-11-23T23:59:59Z", False)])
def test_a_program_that_died_in_its_work_gives_its_place_up_when_its_lease_ends(ctx, until, done):
    with ctx.write() as unit:
        unit.run("INSERT INTO jobs(name, lease_owner, lease_until) VALUES ('run-daily', 'dead', ?)", (until,))
    if done:
        daily.run(ctx, once=True)
    else:
        with pytest.raises(Refusal) as found:
            daily.run(ctx, once=True)
        assert found.value.problems[0].code == "daily-running"
    assert (daily.schedule(ctx).last_run_on == ctx.today) is done
