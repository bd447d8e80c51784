"""What was written before a payment or a dispute claims too much: it does not leave. What a stop forbids is not confirmed in writing."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from core.domain.messages import Refusal
from core.services import (
    cases,
    credit_notes,
    disputes,
    holds,
    house,
    letters,
    message_doors,
    outbox,
    payments,
    people,
    promises,
)
from core.services.disputes import DisputeEntry
from core.services.holds import HoldEntry
from core.services.payments import PaymentEntry
from core.services.promises import PromiseEntry
from tests.channels import servers
from tests.channels.servers import Letterbox
from tests.services import post
from tests.services.factory import a_case, a_case_to_write, a_debt, ready_to_write

D = dt.date


def later(ctx, hours=1):
    return replace(ctx, now=ctx.now + dt.timedelta(hours=hours))


def paid(ctx, case_id, cents=4000):
    payments.record_payment(ctx, PaymentEntry(case_id, ctx.today, cents, "transfer", "agency"), f"paid-{case_id}")


def disputed(ctx, case_id):
    debt = cases.case_file(ctx, case_id).debts[0].id
    disputes.open_dispute(ctx, DisputeEntry(case_id, debt, None, "not_delivered", "non livré"), f"dispute-{case_id}")


def credited(ctx, case_id):
    debt = cases.case_file(ctx, case_id).debts[0].id
    credit_notes.record_credit_note(ctx, debt, "AV-1", ctx.today, 100, "geste", f"credit-{case_id}")


def codes(function, *args):
    with pytest.raises(Refusal) as found:
        function(*args)
    return [(one.code, one.field) for one in found.value.problems]


@pytest.mark.parametrize("happens", [paid, disputed, credited])
def test_an_email_written_before_the_claim_fell_does_not_leave_and_becomes_the_work_of_a_person(
    ctx, happens, monkeypatch
):
    box = Letterbox()
    with servers.smtp(box) as port:
        post.mail_out(ctx, port)
        case_id = a_case(ctx, a_debt("F-1"), a_debt("F-2"), creditor=ready_to_write(ctx), email="d@example.org")
        post.a_mail(ctx, case_id)
        happens(later(ctx), case_id)
        monkeypatch.setattr(house, "now", lambda: later(ctx, 2).now)
        assert outbox.run(later(ctx, 2)).failed == 1
    (row,) = outbox.of_case(ctx, case_id)
    assert (box.taken, row.state, outbox.why(row).code) == ([], "failed", "claim-outdated")
    assert "message_failed" in post.tasks(ctx, case_id)


def test_an_email_written_after_the_payment_leaves(ctx, monkeypatch):
    box = Letterbox()
    with servers.smtp(box) as port:
        post.mail_out(ctx, port)
        case_id = post.a_debtor(ctx)
        paid(ctx, case_id)
        post.a_mail(later(ctx), case_id)
        monkeypatch.setattr(house, "now", lambda: later(ctx, 2).now)
        assert outbox.run(later(ctx, 2)).sent == 1
    assert len(box.taken) == 1


@pytest.mark.parametrize("happens", [paid, disputed, credited])
def test_a_first_letter_made_before_the_claim_fell_is_not_recorded_as_posted(ctx, happens):
    case_id = a_case_to_write(ctx, a_debt("F-1"), a_debt("F-2"))
    issued = letters.issue_first_letter(ctx, case_id, "letter", "first")
    happens(later(ctx), case_id)
    assert codes(letters.mark_posted, later(ctx, 2), [issued.reference], ctx.today) == [("claim-outdated", "posted_on")]
    again = letters.issue_first_letter(later(ctx, 2), case_id, "letter", "again")
    letters.mark_posted(later(ctx, 3), [again.reference], ctx.today)
    assert cases.case_file(ctx, case_id).head.first_letter_ref == again.reference


def test_a_letter_that_had_left_the_day_before_the_payment_is_recorded(ctx):
    case_id = a_case_to_write(ctx, a_debt("F-1"), a_debt("F-2"))
    issued = letters.issue_first_letter(ctx, case_id, "letter", "first")
    tomorrow = replace(later(ctx, 24), today=ctx.today + dt.timedelta(days=1))
    paid(tomorrow, case_id)
    letters.mark_posted(tomorrow, [issued.reference], ctx.today)
    assert cases.case_file(ctx, case_id).head.first_letter_on == ctx.today.isoformat()


@pytest.mark.parametrize(
    "kind", ["insolvency", "over_indebtedness", "deceased", "guardianship", "represented", "limitation"]
)
def test_a_promise_is_not_confirmed_in_writing_to_whom_a_stop_forbids_one(ctx, kind):
    """C. com. L.622-7, C. conso. L.722-5: the debtor may not pay; C. civ. 475, 771: they do not bind themselves."""
    case_id = a_case_to_write(ctx, email="d@example.org")
    people.record_first_letter(ctx, case_id, cases.case_file(ctx, case_id).head.row_version, "LR-1", D(2026, 11, 2))
    promises.record_promise(ctx, PromiseEntry(case_id, 5000, D(2026, 11, 30)), "promise")
    issued = letters.issue_letter(ctx, case_id, "promise_confirmation", "before")
    holds.open_hold(ctx, HoldEntry(case_id, None, kind, "pièce reçue", None), "hold")
    assert ("plan-barred", "case") in codes(letters.issue_letter, ctx, case_id, "promise_confirmation", "after")
    assert codes(letters.mark_posted, ctx, [issued.reference], ctx.today) == [("plan-barred", "case")]
    subject, text = message_doors.template(ctx, case_id, "promise_email")
    answer = message_doors.Draft(case_id, "email", post.point(ctx, case_id), "answer", "promise_email", subject, text)
    assert "plan-barred" in [one.code for one in message_doors.kept_back(ctx, answer)]
