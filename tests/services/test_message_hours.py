"""A message written out of the hours of the policy waits for the next permitted moment, whoever wrote it (CON-01). Monday 23 November 2026."""

import datetime as dt
from dataclasses import replace
from zoneinfo import ZoneInfo

import pytest

from core.domain.messages import Refusal
from core.i18n import texts
from core.services import contact_gate, contact_policy, inbox, message_doors, outbox, reminder_acts, reminder_lines
from core.services.contact_policy import PolicyEntry
from core.services.outbox import MessageEntry
from tests.channels import servers
from tests.channels.servers import Letterbox
from tests.services import post

PARIS = ZoneInfo("Europe/Paris")
NINE = dt.datetime(2026, 11, 24, 9, tzinfo=PARIS)


def at(ctx, hour, day=23):
    return replace(ctx, now=dt.datetime(2026, 11, day, *map(int, hour.split(":")), tzinfo=PARIS))


@pytest.mark.parametrize(
    ("hour", "waits"), [("08:59", "2026-11-23T09:00"), ("09:00", ""), ("19:29", ""), ("19:30", "2026-11-24T09:00")]
)
def test_an_email_written_out_of_hours_waits_for_the_next_permitted_moment(ctx, hour, waits):
    post.set_up(ctx, smtp_host="127.0.0.1", smtp_security="none")
    case_id = post.a_debtor(ctx)
    number = post.a_mail(at(ctx, hour), case_id)
    until = message_doors.waits_until(ctx, number)
    assert (until.strftime("%Y-%m-%dT%H:%M") if until else "") == waits
    assert [row.rule for row in contact_gate.refusals(ctx, case_id)] == (["CON-01"] if waits else [])


def test_it_leaves_at_that_moment_and_not_before(ctx):
    box = Letterbox()
    with servers.smtp(box) as port:
        post.mail_out(ctx, port)
        case_id = post.a_debtor(ctx)
        post.a_mail(at(ctx, "20:00"), case_id)
        assert outbox.run(at(ctx, "23:59")).sent == 0
        assert outbox.run(at(ctx, "08:59", 24)).sent == 0
        assert outbox.run(at(ctx, "09:00", 24)).sent == 1
    assert len(box.taken) == 1


def test_why_it_waits_is_told_in_the_language_of_who_reads(ctx):
    post.set_up(ctx, smtp_host="127.0.0.1", smtp_security="none")
    case_id = post.a_debtor(ctx)
    post.a_mail(at(ctx, "20:00"), case_id)
    (row,) = outbox.of_case(ctx, case_id)
    why = outbox.why(row)
    assert "l'agence envoie des courriels ce jour-là entre 09:00-19:30" in texts("fr").render(why.reason)
    assert "24 nov" in texts("fr").render(why.remedy) or "24/11/2026" in texts("fr").render(why.remedy)


def test_the_agency_may_let_its_emails_leave_at_any_hour(ctx):
    post.set_up(ctx, smtp_host="127.0.0.1", smtp_security="none")
    case_id = post.a_debtor(ctx)
    kept = contact_policy.policy(ctx).policy.kept()
    contact_policy.save_policy(ctx, PolicyEntry(**kept | {"emails_too": False}), 0)
    assert message_doors.waits_until(ctx, post.a_mail(at(ctx, "20:00"), case_id)) is None


def test_the_answer_to_a_debtor_leaves_at_any_hour(ctx):
    post.set_up(ctx, smtp_host="127.0.0.1", smtp_security="none")
    case_id = post.a_debtor(ctx)
    inbox.drop_scan(ctx, "lettre.pdf", b"%PDF-1.4 lettre", "scan", case_id)
    (came,) = inbox.of_case(ctx, case_id)
    number = post.a_mail(at(ctx, "20:00"), case_id, answers=came.id)
    assert message_doors.waits_until(ctx, number) is None
    again = post.a_mail(at(ctx, "20:05"), case_id, "m2", answers=came.id)  # the second is no answer any more
    assert message_doors.waits_until(ctx, again) == NINE


def test_what_another_rule_refuses_is_not_written(ctx):
    post.set_up(ctx, smtp_host="127.0.0.1", smtp_security="none")
    case_id = post.a_debtor(ctx)
    kept = contact_policy.policy(ctx).policy.kept()
    contact_policy.save_policy(ctx, PolicyEntry(**kept | {"contacts_per_week": 0}), 0)
    with pytest.raises(Refusal) as refused:
        post.a_mail(at(ctx, "20:00"), case_id)
    assert {one.code for one in refused.value.problems} == {"contact-hours", "contact-week"}
    assert outbox.of_case(ctx, case_id) == ()


def test_a_step_of_a_scenario_run_at_night_waits_in_the_outbox(ctx):
    post.set_up(ctx, smtp_host="127.0.0.1", smtp_security="none")
    case_id = post.a_debtor(ctx)
    night = at(ctx, "03:00", 24)
    night = replace(night, today=dt.date(2026, 11, 24))
    acts = reminder_acts.act(
        night,
        "email",
        "email_reminder",
        {case_id: post.point(ctx, case_id)},
        "run-1",
        reminder_lines.note("email", "email_reminder"),
    )
    assert [one.act for one in acts.values()] == ["message"]
    assert message_doors.waits_until(ctx, acts[case_id].message_id) == NINE


def test_an_sms_of_la_reunion_waits_for_the_morning_there(ctx):
    with servers.sms_gateway(servers.Gateway()) as url:
        post.set_up(ctx, sms_url=url, sms_secret="secrets:sms", sms_report_url=url + "/m/{id}")
        case_id = post.a_debtor(ctx, phone="0692 12 34 56")
        _, text = post.words(ctx, case_id, "sms_reminder")
        entry = MessageEntry(case_id, "sms", post.point(ctx, case_id, "phone"), text, "", "sms_reminder")
        number = outbox.queue_message(at(ctx, "17:00"), entry, "s1")  # 20:00 there
        assert message_doors.waits_until(ctx, number) == dt.datetime(2026, 11, 24, 6, tzinfo=PARIS)  # 9:00 there
