"""The outbox against a real SMTP server: what leaves, once; what does not, and what follows. 23 November 2026 is a Monday."""

import datetime as dt
import functools
import json
import os
import subprocess
import sys
import time
import zipfile
from dataclasses import asdict, replace

import pytest

from core.channels.smtp import SmtpServer
from core.domain.messages import Refusal
from core.services import cases, channel_settings, consents, house, inbox, journal, outbox, upkeep
from core.services.channel_settings import ChannelSettings
from core.services.outbox import MessageEntry
from core.store import journal as kept
from core.store import outbox as rows
from core.store import people
from tests.channels import servers
from tests.channels.servers import PASSWORD, Letterbox
from tests.services import post


def codes(refused) -> set[tuple[str, str]]:
    return {(p.code, p.field) for p in refused.value.problems}


def later(ctx, **more):
    return replace(ctx, now=ctx.now + dt.timedelta(**more))


def test_a_message_leaves_once_and_the_journal_says_so(ctx):
    box = Letterbox()
    with servers.smtp(box) as port:
        post.mail_out(ctx, port)
        case_id = post.a_debtor(ctx)
        post.a_mail(ctx, case_id)
        first, second = outbox.run(ctx), outbox.run(ctx)
    (row,) = outbox.of_case(ctx, case_id)
    assert (first.sent, second.sent, len(box.taken)) == (1, 0, 1)
    assert f"Message-ID: {row.message_id}".encode() in box.taken[0]
    entry = next(e for e in cases.case_file(ctx, case_id).timeline if e.kind == "interaction")
    assert (entry.channel, entry.direction, entry.text) == ("email", "out", f"{row.subject}\n\n{row.text}")
    assert row.subject == f"Votre dossier {row.case_ref}"
    assert upkeep.verify(ctx).whole


def test_a_double_click_writes_one_message(ctx):
    post.set_up(ctx, smtp_host="127.0.0.1", smtp_security="none")
    case_id = post.a_debtor(ctx)
    assert post.a_mail(ctx, case_id) == post.a_mail(ctx, case_id)
    assert len(outbox.of_case(ctx, case_id)) == 1


def test_message_id_and_key_stand_in_the_store_before_anything_is_sent(ctx):
    post.set_up(ctx, smtp_host="127.0.0.1", smtp_security="none")
    case_id = post.a_debtor(ctx)
    post.a_mail(ctx, case_id)
    (row,) = outbox.of_case(ctx, case_id)
    assert row.state == "ready"
    assert row.message_id == f"<quittance.{row.idempotency_key}@agence.example>"


def test_a_refusal_for_now_is_tried_again_later_and_then_given_to_a_person(ctx):
    box = Letterbox()
    box.answer = "451 4.3.0 later"
    with servers.smtp(box) as port:
        post.mail_out(ctx, port)
        case_id = post.a_debtor(ctx)
        post.a_mail(ctx, case_id)
        assert outbox.run(ctx).postponed == 1
        assert outbox.run(ctx).postponed == 0  # not before its pause is over
        for _ in range(4):
            assert outbox.run(later(ctx, hours=5)).postponed == 1
        assert outbox.run(later(ctx, hours=5)).failed == 1  # the sixth try: 1 + five pauses
    assert post.states(ctx, case_id) == ["failed"]
    assert "message_failed" in post.tasks(ctx, case_id)


def test_a_refusal_for_good_stops_and_makes_a_next_action_with_its_reason(ctx):
    box = Letterbox()
    box.answer = "554 5.7.1 looks like spam"
    with servers.smtp(box) as port:
        post.mail_out(ctx, port)
        case_id = post.a_debtor(ctx)
        post.a_mail(ctx, case_id)
        assert outbox.run(ctx).failed == 1
    (row,) = outbox.of_case(ctx, case_id)
    why = outbox.why(row)
    assert (row.state, str(why.reason)) == ("failed", "The server refuses the message (554).")
    assert "looks like spam" in str(why.remedy)
    assert "message_failed" in post.tasks(ctx, case_id)


def test_a_recipient_refused_marks_the_address_wrong_as_a_bounce_does(ctx):
    box = Letterbox()
    box.recipient = "550 5.1.1 no such user"
    with servers.smtp(box) as port:
        post.mail_out(ctx, port)
        case_id = post.a_debtor(ctx)
        post.a_mail(ctx, case_id)
        outbox.run(ctx)
    file = cases.case_file(ctx, case_id)
    assert next(one.validity for one in file.contact_points if one.kind == "email") == "invalid"
    assert [e.result_code for e in file.timeline if e.kind == "interaction"] == ["EMR"]
    assert "send_by_post" in post.tasks(ctx, case_id)  # what result EMR says
    with pytest.raises(Refusal) as refused:
        post.a_mail(ctx, case_id, "again")
    assert codes(refused) == {("point-invalid", "contact_point")}


def test_a_server_that_refuses_the_house_stops_the_round_and_fails_no_message(ctx):
    post.set_up(ctx, smtp_host="127.0.0.1", smtp_port=str(servers.free_port()), smtp_security="none")
    one, two = post.a_debtor(ctx), post.a_debtor(ctx, email="b@debiteur.example")
    post.a_mail(ctx, one)
    post.a_mail(ctx, two, "m2")
    done = outbox.run(ctx)
    assert (done.postponed, done.failed, [p.code for p in done.problems]) == (1, 0, ["channel-connect"])
    assert post.states(ctx, one) + post.states(ctx, two) == ["ready", "ready"]


def test_a_case_stopped_since_keeps_its_message_back(ctx):
    box = Letterbox()
    with servers.smtp(box) as port:
        post.mail_out(ctx, port)
        case_id = post.a_debtor(ctx)
        post.a_mail(ctx, case_id)
        with ctx.write() as unit:
            kept.add_hold(unit, case_id, "insolvency", ctx.day, None)
            unit.touch(case_id)
            unit.audit("hold.opened", "case", case_id)
        assert outbox.run(ctx).failed == 1
    assert box.taken == []
    assert post.states(ctx, case_id) == ["failed"]


def test_attachments_travel_and_only_those_of_the_case(ctx):
    box = Letterbox()
    with servers.smtp(box) as port:
        post.mail_out(ctx, port)
        case_id, other = post.a_debtor(ctx), post.a_debtor(ctx, email="b@debiteur.example")
        inbox.drop_scan(ctx, "facture F-1.pdf", b"%PDF-1.4 une facture", "s1", case_id)
        (document,) = inbox.case_documents(ctx, case_id)
        with pytest.raises(Refusal) as refused:
            post.a_mail(ctx, other, "wrong", documents=(document.id,))
        assert codes(refused) == {("document-elsewhere", "documents")}
        post.a_mail(ctx, case_id, documents=(document.id,))
        outbox.run(ctx)
    assert b'filename="facture F-1.pdf"' in box.taken[0]


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ({"subject": " "}, ("field-empty", "subject")),
        ({"text": ""}, ("field-empty", "text")),
    ],
)
def test_an_empty_field_is_refused_on_it(ctx, more, expected):
    post.set_up(ctx, smtp_host="127.0.0.1", smtp_security="none")
    case_id = post.a_debtor(ctx)
    with pytest.raises(Refusal) as refused:
        post.a_mail(ctx, case_id, **more)
    assert expected in codes(refused)


def test_without_a_server_one_is_told_to_copy_and_log(ctx):
    case_id = post.a_debtor(ctx)
    with pytest.raises(Refusal) as refused:
        post.a_mail(ctx, case_id)
    assert codes(refused) == {("no-way-out", "channel")}
    assert outbox.ways_out(ctx) == ()


def test_before_the_first_letter_and_against_an_objection_nothing_is_written(ctx):
    post.set_up(ctx, smtp_host="127.0.0.1", smtp_security="none")
    early = post.a_debtor(ctx, first_letter_on=None, first_letter_ref="")
    with pytest.raises(Refusal) as refused:
        post.a_mail(ctx, early)
    assert refused.value.problems[0].field == "channel"
    case_id = post.a_debtor(ctx, email="b@debiteur.example")
    consents.set_consent(
        ctx, case_id, post.point(ctx, case_id), consents.ConsentEntry("email", "objected", ctx.today, "letter"), 0
    )
    with pytest.raises(Refusal):
        post.a_mail(ctx, case_id, "objected")
    assert outbox.of_case(ctx, early) + outbox.of_case(ctx, case_id) == ()


def test_the_demonstration_sends_nothing(demo_ctx):
    box = Letterbox()
    with servers.smtp(box) as port:
        with demo_ctx.write() as unit:
            settings = ChannelSettings(
                smtp_host="127.0.0.1", smtp_port=str(port), smtp_security="none", sender=post.SENDER
            )
            people.set_setting(unit, channel_settings.KEY, asdict(settings))
        with pytest.raises(Refusal) as refused:
            channel_settings.try_smtp(demo_ctx)
    assert codes(refused) == {("not-real", "channel")}
    assert box.taken == []


def test_the_demonstration_keeps_its_ready_messages(demo_ctx):
    box = Letterbox()
    with servers.smtp(box) as port, demo_ctx.write() as unit:
        settings = ChannelSettings(smtp_host="127.0.0.1", smtp_port=str(port), smtp_security="none", sender=post.SENDER)
        people.set_setting(unit, channel_settings.KEY, asdict(settings))
        case_id, party = unit.rows("SELECT id, debtor_id FROM cases LIMIT 1")[0]
        number = rows.add(
            unit, rows.NewMessage(case_id, party, None, "email", "free", "x@y.example", "s", "t", "<1@y>", "k1")
        )
    done = outbox.run(demo_ctx)
    assert [p.code for p in done.problems] == ["not-real"]
    with demo_ctx.store.read() as reader:
        assert rows.one(reader, number).state == "ready"
    assert box.taken == []


def test_two_processes_cannot_take_the_same_message(ctx):
    post.set_up(ctx, smtp_host="127.0.0.1", smtp_security="none")
    number = post.a_mail(ctx, post.a_debtor(ctx))
    with ctx.write() as unit:
        assert rows.take(unit, number, "a", "2026-11-23T23:59:59Z")
    with ctx.write() as unit:
        assert not rows.take(unit, number, "b", "2026-11-23T23:59:59Z")


def test_an_sms_goes_to_the_gateway_and_its_report_is_read(ctx):
    state = servers.Gateway(
        replies=[(200, {"id": "g-1"}), (200, {"status": "sent"}), (200, {"status": "undelivered", "reason": "barred"})]
    )
    with servers.sms_gateway(state) as url:
        post.set_up(ctx, sms_url=url, sms_secret="secrets:sms", sms_report_url=url + "/m/{id}")
        case_id = post.a_debtor(ctx)
        entry = MessageEntry(
            case_id, "sms", post.point(ctx, case_id, "phone"), post.words(ctx, case_id, "sms_reminder")[1]
        )
        outbox.queue_message(ctx, entry, "s1")
        assert outbox.run(ctx).sent == 1
        assert inbox.read_reports(ctx) == 0
        assert inbox.read_reports(ctx) == 1
    assert json.loads(state.asked[0][3])["to"] == "+33612345678"
    assert state.asked[0][2]["Authorization"] == "Bearer s3cret"
    (row,) = outbox.of_case(ctx, case_id)
    assert (row.state, row.provider_ref) == ("failed", "g-1")
    assert "message_failed" in post.tasks(ctx, case_id)


# A crash: the program is killed in the middle of a real sending ------------------------------------------------------------

CHILD = """
import os, signal, sys
from core.channels import smtp
from core.services import access, house, outbox
from core.store.home import home
when = sys.argv[1]
real = smtp.send
def send(server, mail):
    if when == "before":
        os.kill(os.getpid(), signal.SIGKILL)
    real(server, mail)
    os.kill(os.getpid(), signal.SIGKILL)
smtp.send = send
outbox.run(access.command_context(home().store("agency")))
"""


@pytest.mark.skipif(os.name == "nt", reason="no SIGKILL on Windows")
@pytest.mark.parametrize(("when", "left"), [("before", 0), ("after", 1)])
def test_a_program_killed_while_sending_never_sends_twice_without_a_persons_word(ctx, home, when, left):
    box = Letterbox()
    with servers.smtp(box) as port:
        post.mail_out(ctx, port)
        case_id = post.a_debtor(ctx)
        number = post.a_mail(ctx, case_id)
        died = subprocess.run([sys.executable, "-c", CHILD, when], cwd=post.ROOT, env={**os.environ}, check=False)
        assert (died.returncode, len(box.taken)) == (-9, left)
        assert post.states(ctx, case_id) == ["sending"]
        tomorrow = later(ctx, minutes=30)
        assert outbox.run(tomorrow).sent == 0  # started again, it leaves it alone
        assert [row.id for row in outbox.doubtful(tomorrow)] == [number]
        assert len(box.taken) == left
        if when == "before":
            outbox.send_again(tomorrow, number)
            assert outbox.run(tomorrow).sent == 1
        else:
            outbox.mark_as_sent(tomorrow, number)
            assert outbox.run(tomorrow).sent == 0
    assert len(box.taken) == 1
    assert post.states(ctx, case_id) == ["sent"]
    with pytest.raises(Refusal) as refused:
        outbox.send_again(tomorrow, number)
    assert codes(refused) == {("not-doubtful", "message")}


def test_a_line_cut_after_the_text_waits_for_a_person(ctx, monkeypatch):
    box = Letterbox()
    with servers.smtp(box) as port:
        post.mail_out(ctx, port)
        case_id = post.a_debtor(ctx)
        post.a_mail(ctx, case_id)
        box.before = lambda: time.sleep(1.5)
        monkeypatch.setattr(channel_settings, "SmtpServer", functools.partial(SmtpServer, timeout=0.5))
        assert outbox.run(ctx).doubtful == 1
        assert post.states(ctx, case_id) == ["doubtful"]
        assert outbox.run(later(ctx, hours=1)).sent == 0
    assert len(box.taken) == 1


def test_after_a_backup_is_put_back_what_was_ready_waits_for_a_person(ctx, tmp_path):
    box = Letterbox()
    with servers.smtp(box) as port:
        post.mail_out(ctx, port)
        case_id = post.a_debtor(ctx)
        post.a_mail(ctx, case_id)
        upkeep.back_up(ctx, tmp_path / "copy.zip")
        assert outbox.run(ctx).sent == 1
        ctx.store.close()
        upkeep.restore(ctx.store, tmp_path / "copy.zip")
        assert post.states(ctx, case_id) == ["doubtful"]
        assert outbox.run(ctx).sent == 0
    assert len(box.taken) == 1


def test_no_secret_is_in_the_store_its_backup_or_the_log(ctx, home, tmp_path):
    box = Letterbox()
    authority = servers.Authority(tmp_path)
    with servers.smtp(box, authority=authority, auth=True) as port:
        post.set_up(
            ctx,
            smtp_host="localhost",
            smtp_port=str(port),
            smtp_user=servers.USER,
            smtp_secret="secrets:smtp",
            authority=str(authority.path),
        )
        post.a_mail(ctx, post.a_debtor(ctx))
        assert outbox.run(ctx).sent == 1
    upkeep.back_up(ctx, tmp_path / "copy.zip")
    ctx.store.close()
    found = [
        path for path in [*home.rglob("*"), tmp_path / "copy.zip"] if path.is_file() and path.name != "secrets.toml"
    ]
    packed = [
        zipfile.ZipFile(tmp_path / "copy.zip").read(name) for name in zipfile.ZipFile(tmp_path / "copy.zip").namelist()
    ]
    assert not [path.name for path in found if PASSWORD.encode() in path.read_bytes()]
    assert not [1 for data in packed if PASSWORD.encode() in data]


@pytest.mark.skipif(os.name == "nt", reason="Windows says who may read a file in another way")
def test_a_secrets_file_that_others_may_read_is_refused_with_what_to_type(ctx):
    post.set_up(ctx, smtp_host="127.0.0.1", smtp_security="none", smtp_user="u", smtp_secret="secrets:smtp")
    post.write_secrets(ctx, mode=0o644)
    with pytest.raises(Refusal) as refused:
        channel_settings.try_smtp(ctx)
    (problem,) = refused.value.problems
    assert (problem.code, problem.field, problem.value) == ("secrets-open", "smtp_secret", "644")
    assert "chmod 600" in str(problem.remedy)


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ({"smtp_secret": "my password"}, ("secret-typed", "smtp_secret")),
        ({"smtp_host": "mail.example", "smtp_security": "none"}, ("line-in-clear", "smtp_security")),
        ({"smtp_port": "70000"}, ("port-wrong", "smtp_port")),
        ({"sms_url": "https://sms.example", "sms_template": "{"}, ("channel-template", "sms_template")),
        ({"sms_url": "http://sms.example"}, ("line-in-clear", "sms_url")),
        ({"reply_to": "nobody"}, ("email-wrong", "reply_to")),
    ],
)
def test_settings_that_cannot_serve_are_refused_on_their_field_without_repeating_a_password(ctx, more, expected):
    with pytest.raises(Refusal) as refused:
        post.set_up(ctx, **more)
    assert expected in codes(refused)
    assert "my password" not in str(refused.value) + "".join(p.value for p in refused.value.problems)


def test_the_trial_sends_to_oneself_and_says_what_failed(ctx):
    box = Letterbox()
    with servers.smtp(box) as port:
        post.mail_out(ctx, port)
        channel_settings.try_smtp(ctx)
    assert b"To: relance@agence.example" in box.taken[0]
    with pytest.raises(Refusal) as refused:
        channel_settings.try_smtp(ctx)
    assert codes(refused) == {("channel-connect", "smtp_port")}


def test_a_message_may_be_given_up_before_it_leaves(ctx):
    post.set_up(ctx, smtp_host="127.0.0.1", smtp_security="none")
    case_id = post.a_debtor(ctx)
    number = post.a_mail(ctx, case_id)
    outbox.cancel_message(ctx, number)
    assert post.states(ctx, case_id) == ["cancelled"]
    with pytest.raises(Refusal):
        outbox.retry(ctx, number)
    with ctx.store.read() as reader:
        assert journal.result_named(reader, "EMR").invalidates == "email"


def test_words_that_the_law_forbids_do_not_leave_and_the_rule_is_named(ctx):
    post.set_up(ctx, smtp_host="127.0.0.1", smtp_security="none")
    case_id = post.a_debtor(ctx)
    _, text = post.words(ctx, case_id)
    with pytest.raises(Refusal) as refused:
        post.a_mail(ctx, case_id, text=f"{text}\nSans paiement, un huissier saisira votre salaire.")
    assert {p.field for p in refused.value.problems} == {"text"}
    assert {p.code[:4] for p in refused.value.problems} <= {"MSG-", "LET-"}
    assert outbox.of_case(ctx, case_id) == ()


def test_at_night_a_written_sms_waits_for_the_first_permitted_hour(ctx, monkeypatch):
    state = servers.Gateway()
    with servers.sms_gateway(state) as url:
        post.set_up(ctx, sms_url=url)
        case_id = post.a_debtor(ctx)
        phone = post.point(ctx, case_id, "phone")
        entry = MessageEntry(case_id, "sms", phone, post.words(ctx, case_id, "sms_reminder")[1])
        outbox.queue_message(ctx, entry, "s1")
        night = dt.datetime(2026, 11, 23, 22, 30, tzinfo=dt.UTC)  # 23:30 in Paris, a Monday
        monkeypatch.setattr(house, "now", lambda: night)
        assert outbox.run(replace(ctx, now=night)).postponed == 1
        (row,) = outbox.of_case(ctx, case_id)
        assert (row.state, row.attempts, state.asked) == ("ready", 0, [])
        assert outbox.why(row).code == "contact-hours"
        assert row.next_try_at == "2026-11-24T08:00:00Z"  # Tuesday 09:00 in Paris, the policy shipped
        morning = dt.datetime(2026, 11, 24, 10, 0, tzinfo=dt.UTC)
        monkeypatch.setattr(house, "now", lambda: morning)
        assert outbox.run(replace(ctx, now=morning, today=morning.date())).sent == 1
    assert len(state.asked) == 1
