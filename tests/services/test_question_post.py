"""A question to a creditor by e-mail: through a real local server, its reminders in the same thread, its answer filed by itself."""

import datetime as dt
from dataclasses import replace

import pytest

from core.services import cases, creditor_contacts, inbox_filing, outbox, question_chase, questions, upkeep
from core.services.creditor_contacts import ContactEntry
from core.services.questions import Asked, QuestionEntry
from tests.channels import mails, servers
from tests.channels.servers import Letterbox
from tests.services import post

D = dt.date


def comes(ctx, data: bytes) -> str:
    with ctx.write() as unit:
        return inbox_filing.arrive(ctx, unit, data)


def ask(ctx, case_id: int, token: str = "q") -> int:
    head = cases.case_file(ctx, case_id).head
    contact = creditor_contacts.save_contact(
        ctx, head.creditor_id, ContactEntry("accounting", "Inès", "ines@garage.example")
    )
    about = Asked(case_id, "payment", contact_id=contact)
    found = questions.draft(ctx, about)
    assert found.sends
    return questions.ask(ctx, QuestionEntry(about, found.words.subject, found.words.text, found.due_on, "email"), token)


def one(ctx, case_id: int):
    return questions.of_case(ctx, case_id)[0]


def contacts(ctx, case_id: int):
    """Entries of the journal that count as a contact."""
    return [
        e.channel for e in cases.case_file(ctx, case_id).timeline if e.kind == "interaction" and e.channel != "note"
    ]


@pytest.fixture
def asked(ctx):
    """A case whose question left through a real server, and what the server took."""
    box = Letterbox()
    with servers.smtp(box) as port:
        post.mail_out(ctx, port)
        case_id = post.a_debtor(ctx)
        ask(ctx, case_id)
        assert one(ctx, case_id).sent_on is None  # in the outbox, not gone yet
        assert outbox.run(ctx).sent == 1
        yield case_id, box


def test_it_leaves_for_the_creditor_and_is_no_contact_with_the_debtor(ctx, asked):
    case_id, box = asked
    assert (one(ctx, case_id).sent_on, one(ctx, case_id).sent_by) == ("2026-11-23", "email")
    (row,) = outbox.of_case(ctx, case_id)
    assert (row.address, row.state, row.party_id) == ("ines@garage.example", "sent", None)
    assert contacts(ctx, case_id) == []
    assert len(box.taken) == 1
    assert upkeep.verify(ctx).whole


def test_the_answer_files_itself_by_its_thread_and_ends_the_wait(ctx, asked):
    case_id, _ = asked
    sent = outbox.of_case(ctx, case_id)[0].message_id
    assert comes(ctx, mails.reply("Re: paiement", "Rien reçu.", sender="autre@garage.example", answers=sent)) == "filed"
    found = one(ctx, case_id)
    assert (found.answered_on, found.answer) == ("2026-11-23", "Re: paiement\n\nRien reçu.")
    kinds = {task.kind for task in cases.case_file(ctx, case_id).tasks}
    assert "read_answer" in kinds
    assert not kinds & {"creditor_answer", "answer_reply"}
    assert contacts(ctx, case_id) == []


def test_the_answer_files_itself_by_its_reference_alone(ctx, asked):
    case_id, _ = asked
    ref = one(ctx, case_id).ref
    assert comes(ctx, mails.reply(f"RE: {ref.lower()}", "Payé le 12.", sender="compta@garage.example")) == "filed"
    assert one(ctx, case_id).answered_on == "2026-11-23"


def test_the_debtor_who_quotes_the_reference_does_not_answer_for_the_creditor(ctx, asked):
    case_id, _ = asked
    assert comes(ctx, mails.reply(f"RE: {one(ctx, case_id).ref}", "Je ne dois rien.")) == "filed"
    assert one(ctx, case_id).answered_on is None
    assert "answer_reply" in {task.kind for task in cases.case_file(ctx, case_id).tasks}


def test_reminders_leave_by_themselves_in_the_thread_once_a_day_and_stop_with_the_answer(ctx, asked):
    case_id, box = asked
    first = outbox.of_case(ctx, case_id)[0].message_id
    late = replace(ctx, today=D(2026, 12, 21))  # due on 30 November, three weeks were missed
    assert question_chase.chase(late) == question_chase.Chased(1, 0, 0)
    assert question_chase.chase(late) == question_chase.Chased(0, 0, 0)
    assert outbox.run(late).sent == 1
    reminder = outbox.of_case(ctx, case_id)[0]
    assert (reminder.in_reply_to, reminder.address) == (first, "ines@garage.example")
    assert "30/11/2026" in (reminder.text or "")
    assert len(box.taken) == 2
    # 22, 23, 24 December, not Christmas, 28, 29: the fifth working day
    assert (one(ctx, case_id).chases, one(ctx, case_id).chase_on) == (1, "2026-12-29")
    questions.file_answer(late, one(ctx, case_id).id, D(2026, 12, 21), "Oui")
    assert question_chase.chase(replace(ctx, today=D(2027, 1, 15))) == question_chase.Chased(0, 0, 0)


def test_a_question_that_comes_back_is_the_work_of_a_person_and_no_address_of_the_debtor_is_blamed(ctx, asked):
    case_id, _ = asked
    sent = outbox.of_case(ctx, case_id)[0].message_id
    assert comes(ctx, mails.bounce(sent, recipient="ines@garage.example")) == "bounced"
    assert "message_failed" in {task.kind for task in cases.case_file(ctx, case_id).tasks}
    assert {point.validity for point in cases.case_file(ctx, case_id).contact_points} == {"unknown"}
