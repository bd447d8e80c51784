"""What comes in is filed on its case or left to a person, once. Mails spelled out by hand; 23 November 2026 is a Monday."""

import pytest

from core.domain.messages import Refusal
from core.services import cases, inbox, inbox_filing, outbox, upkeep
from core.services.outbox import MessageEntry
from tests.channels import mails, servers
from tests.channels.servers import Authority, Letterbox
from tests.services import post
from tests.services.factory import a_call, a_case


def codes(refused) -> set[tuple[str, str]]:
    return {(p.code, p.field) for p in refused.value.problems}


def comes(ctx, data: bytes) -> str:
    with ctx.write() as unit:
        return inbox_filing.arrive(ctx, unit, data)


def ref(ctx, case_id) -> str:
    return cases.case_file(ctx, case_id).head.ref


def entries(ctx, case_id):
    return [
        (e.channel, e.direction, e.result_code)
        for e in cases.case_file(ctx, case_id).timeline
        if e.kind == "interaction"
    ]


@pytest.fixture
def sent(ctx):
    """A case and the mail that was sent to its debtor."""
    box = Letterbox()
    with servers.smtp(box) as port:
        post.mail_out(ctx, port)
        case_id = post.a_debtor(ctx)
        post.a_mail(ctx, case_id)
        outbox.run(ctx)
    return case_id, outbox.of_case(ctx, case_id)[0]


def test_a_reply_to_our_mail_is_filed_whatever_address_it_comes_from_and_raises_the_case(ctx, sent):
    case_id, row = sent
    before = cases.queue(ctx, "all").rows[0].priority
    assert (
        comes(ctx, mails.reply("Re: dossier", mails.QUOTED, sender="epouse@autre.example", answers=row.message_id))
        == "filed"
    )
    file = cases.case_file(ctx, case_id)
    assert next(e.text for e in file.timeline if e.direction == "in") == "Re: dossier\n\nBonjour,\nje paie vendredi."
    assert ("email", "in", "") in entries(ctx, case_id)
    assert ("answer_reply", ctx.day) in [(one.kind, one.due_on) for one in file.tasks]
    (line,) = cases.queue(ctx, "todo").rows
    assert (line.replies, line.priority - before) == (1, 600)  # data/priority: a reply that waits
    assert upkeep.verify(ctx).whole


def test_the_reference_of_the_case_in_the_subject_files_it_and_a_mistyped_one_does_not(ctx):
    case_id = a_case(ctx)
    good = ref(ctx, case_id)
    wrong = f"{good[:-1]}{(int(good[-1]) + 1) % 10}"
    assert comes(ctx, mails.reply(f"dossier {good.lower()}", "x", number="a")) == "filed"
    assert comes(ctx, mails.reply("dossier", f"référence {wrong}", number="b")) == "unsorted"
    assert comes(ctx, mails.reply("dossier", f"référence {good}.", number="c")) == "filed"


def test_two_references_are_for_a_person(ctx):
    one, two = a_case(ctx), a_case(ctx)
    assert comes(ctx, mails.reply("mes dossiers", f"{ref(ctx, one)} et {ref(ctx, two)}")) == "unsorted"


def test_the_sender_files_it_only_with_one_open_case(ctx):
    case_id = post.a_debtor(ctx)
    assert comes(ctx, mails.reply("bonjour", "sans référence", number="a")) == "filed"
    assert "answer_reply" in post.tasks(ctx, case_id)
    post.a_debtor(ctx, name="Autre")
    assert comes(ctx, mails.reply("bonjour", "encore", number="b")) == "unsorted"


def test_a_mail_read_twice_is_kept_once(ctx):
    post.a_debtor(ctx)
    data = mails.reply("bonjour", "une fois")
    assert [comes(ctx, data), comes(ctx, data)] == ["filed", ""]


def test_an_answer_of_a_machine_is_filed_and_asks_for_nothing(ctx, sent):
    case_id, row = sent
    data = mails.reply("Absence", "Je suis absent", answers=row.message_id).replace(
        b"Subject:", b"Auto-Submitted: auto-replied\r\nSubject:"
    )
    assert comes(ctx, data) == "filed"
    assert "answer_reply" not in post.tasks(ctx, case_id)


def test_attachments_are_kept_as_documents_of_the_case(ctx):
    case_id = post.a_debtor(ctx)
    comes(ctx, mails.WITH_FILE)
    found = {one.title: one for one in inbox.case_documents(ctx, case_id)}
    assert inbox.document_bytes(ctx, found["preuve.pdf"].id) == b"%PDF-1.4\n"
    assert inbox.document_bytes(ctx, found["Preuve"].id) == mails.WITH_FILE  # the whole mail, as it came


def test_a_bounce_makes_the_address_wrong_with_its_reason_and_sets_the_next_action(ctx, sent):
    case_id, row = sent
    assert comes(ctx, mails.bounce(row.message_id)) == "bounced"
    file = cases.case_file(ctx, case_id)
    assert next(one.validity for one in file.contact_points if one.kind == "email") == "invalid"
    assert file.timeline[0].result_code == "EMR"
    assert file.timeline[0].text == "jean@debiteur.example (5.1.1) 550 5.1.1 unknown user"
    assert "send_by_post" in post.tasks(ctx, case_id)
    assert post.states(ctx, case_id) == ["returned"]


def test_a_bounce_without_the_mail_is_known_by_its_recipient_and_a_delay_changes_nothing(ctx, sent):
    case_id, _ = sent
    assert comes(ctx, mails.bounce("", action="delayed", status="4.4.1")) == "bounced"
    assert post.states(ctx, case_id) == ["sent"]
    assert comes(ctx, mails.bounce("")) == "bounced"
    assert post.states(ctx, case_id) == ["returned"]


def test_a_bounce_of_a_mail_that_is_not_ours_is_left_to_a_person(ctx):
    assert comes(ctx, mails.bounce("<other@elsewhere.example>", recipient="x@y.example")) == "unsorted"


def test_a_person_files_what_is_unsorted_with_one_word(ctx):
    case_id = a_case(ctx)
    comes(ctx, mails.WITH_FILE)
    (row,) = inbox.unsorted(ctx)
    with pytest.raises(Refusal) as refused:
        inbox.file_on_case(ctx, row.id, "ZZ000000-00")
    assert codes(refused) == {("case-unknown", "case")}
    assert inbox.file_on_case(ctx, row.id, ref(ctx, case_id)) == case_id
    assert inbox.unsorted_count(ctx) == 0
    assert {one.title for one in inbox.case_documents(ctx, case_id)} == {"Preuve", "preuve.pdf"}
    with pytest.raises(Refusal) as refused:
        inbox.put_aside(ctx, row.id)
    assert codes(refused) == {("already-filed", "message")}


def test_what_concerns_no_case_is_put_aside_and_stays_kept(ctx):
    comes(ctx, mails.reply("publicité", "achetez"))
    (row,) = inbox.unsorted(ctx)
    inbox.put_aside(ctx, row.id)
    assert inbox.unsorted(ctx) == ()
    assert [one.title for one in inbox.documents_of(ctx, row.id)] == ["publicité"]


def test_scanned_post_is_dropped_on_a_case_or_to_be_sorted_once(ctx):
    case_id = a_case(ctx)
    first = inbox.drop_scan(ctx, "lettre.pdf", b"%PDF-1.4 lettre", "t1", case_id)
    assert inbox.drop_scan(ctx, "lettre.pdf", b"%PDF-1.4 lettre", "t2", case_id) == first
    inbox.drop_scan(ctx, "autre.png", b"\x89PNG\r\n\x1a\n...", "t3")
    assert ("letter", "in", "") in entries(ctx, case_id)
    assert "answer_reply" in post.tasks(ctx, case_id)
    assert [row.subject for row in inbox.unsorted(ctx)] == ["autre.png"]
    with pytest.raises(Refusal) as refused:
        inbox.drop_scan(ctx, "lettre.doc", b"\xd0\xcf\x11\xe0", "t4")
    assert codes(refused) == {("scan-unreadable", "scan")}


def test_an_answer_threads_with_the_reply_and_ends_the_waiting(ctx, sent):
    case_id, row = sent
    comes(ctx, mails.reply("Re: dossier", "Combien ?", answers=row.message_id))
    (came,) = inbox.of_case(ctx, case_id)
    entry = MessageEntry(
        case_id, "email", post.point(ctx, case_id), post.words(ctx, case_id)[1], "Re: dossier", answers=came.id
    )
    outbox.queue_message(ctx, entry, "answer")
    found = outbox.of_case(ctx, case_id)[0]
    assert found.in_reply_to == "<r1@debiteur.example>"
    assert found.refs == f"{row.message_id} <r1@debiteur.example>"
    assert "answer_reply" not in post.tasks(ctx, case_id)
    assert cases.queue(ctx, "all").rows[0].replies == 0


def test_a_call_does_not_answer_a_reply_but_a_person_may_say_it_needs_none(ctx):
    case_id = post.a_debtor(ctx)
    comes(ctx, mails.reply("bonjour", "question"))
    a_call(ctx, case_id, "NRP")
    assert "answer_reply" in post.tasks(ctx, case_id)
    inbox.answered(ctx, case_id)
    assert "answer_reply" not in post.tasks(ctx, case_id)
    assert cases.queue(ctx, "all").counters.lost == 0


def test_a_screen_asks_cheaply_what_came_since_it_was_drawn(ctx):
    case_id, other = post.a_debtor(ctx), a_case(ctx)
    seen = inbox.last_seen(ctx)
    comes(ctx, mails.reply("bonjour", "question"))
    assert [inbox.arrived(ctx, seen), inbox.arrived(ctx, seen, case_id), inbox.arrived(ctx, seen, other)] == [1, 1, 0]
    assert inbox.arrived(ctx, inbox.last_seen(ctx)) == 0


@pytest.mark.system
def test_a_reply_and_a_bounce_are_read_from_a_real_mailbox_once(ctx, sent, tmp_path):
    case_id, row = sent
    folder = tmp_path / "dovecot"
    folder.mkdir()
    authority = Authority(folder)
    with servers.dovecot(authority) as server:
        post.set_up(ctx, **post.mail_in(server.tls, str(authority.path)))
        assert inbox.read_mail(ctx) == inbox.Reading()
        server.deliver(mails.reply("Re: dossier", "je paie", answers=row.message_id))
        server.deliver(mails.reply("publicité", "achetez", sender="x@y.example", number="ad"))
        server.deliver(mails.bounce(row.message_id))
        found = inbox.read_mail(ctx)
        assert (found.filed, found.unsorted, found.bounced, found.problems) == (1, 1, 1, ())
        assert inbox.read_mail(ctx) == inbox.Reading()
    assert inbox.read_mail(ctx).problems[0].code == "channel-connect"
    assert "answer_reply" in post.tasks(ctx, case_id)
