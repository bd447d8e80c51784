"""A question to a creditor from its draft to its answer: who is asked, what waits, how it chases itself, what is refused."""

import datetime as dt
from dataclasses import replace

import pytest

from core.domain.messages import Refusal
from core.services import cases, creditor_contacts, disputes, question_chase, questions
from core.services.context import Ctx
from core.services.creditor_contacts import ContactEntry
from core.services.disputes import DisputeEntry
from core.services.questions import Asked, QuestionEntry
from tests.services.factory import a_call, a_case, a_creditor, a_debt

D = dt.date
MONDAY = D(2026, 11, 23)  # the fixed day of the tests


def a_contact(ctx: Ctx, creditor: int, department: str = "accounting", **more) -> int:
    entry = {"name": "Inès Caron", "email": "compta@example.org", **more}
    return creditor_contacts.save_contact(ctx, creditor, ContactEntry(department, **entry))


def asked(ctx: Ctx, case_id: int, token: str = "q", by: str = "hand", kind: str = "payment", **more) -> int:
    due = more.pop("due", None)
    words = {name: more.pop(name) for name in ("subject", "text") if name in more}
    about = Asked(case_id, kind, **more)
    found = questions.draft(ctx, about, due)
    entry = QuestionEntry(
        about, words.get("subject", found.words.subject), words.get("text", found.words.text), found.due_on, by
    )
    return questions.ask(ctx, entry, token)


def one(ctx: Ctx, case_id: int):
    return questions.of_case(ctx, case_id)[0]


def tasks(ctx: Ctx, case_id: int):
    return sorted((task.kind, task.due_on) for task in cases.case_file(ctx, case_id).tasks)


def codes(refused):
    return {(p.code, p.field) for p in refused.value.problems}


def test_the_draft_names_case_debtor_sum_and_the_day_in_the_words_of_who_is_asked(ctx):
    creditor = a_creditor(ctx)
    case_id = a_case(ctx, a_debt(amount=123456), creditor=creditor)
    ref = cases.case_file(ctx, case_id).head.ref
    french = questions.draft(ctx, Asked(case_id, "payment", contact_id=a_contact(ctx, creditor)))
    # accounting has 5 working days: Monday 23 November to Monday 30
    assert (french.ref, french.department, french.due_on) == (f"{ref}-Q1", "accounting", D(2026, 11, 30))
    assert french.words.subject == f"{ref}-Q1 — Lefèvre : Paiement reçu directement"
    for said in (ref, "Lefèvre", "1\u202f234,56\u00a0€", "30/11/2026", "payé directement"):
        assert said in french.words.text
    english = questions.draft(ctx, Asked(case_id, "payment", contact_id=a_contact(ctx, creditor, lang="en")))
    assert "paid you directly" in english.words.text
    assert "€1,234.56" in english.words.text


def test_a_question_sent_by_hand_has_the_case_wait_for_the_creditor(ctx):
    case_id = a_case(ctx)
    before = tasks(ctx, case_id)
    number = asked(ctx, case_id)
    found = one(ctx, case_id)
    assert (found.sent_on, found.sent_by, found.due_on, found.chase_on) == (
        "2026-11-23",
        "hand",
        "2026-11-30",
        "2026-12-01",
    )
    assert tasks(ctx, case_id) == sorted([*before, ("creditor_answer", "2026-11-30")])
    assert asked(ctx, case_id) == number  # a double click asks once
    assert len(questions.of_case(ctx, case_id)) == 1


def test_a_question_kept_for_later_is_to_be_sent_today_and_nothing_chases_it(ctx):
    case_id = a_case(ctx)
    number = asked(ctx, case_id, by="later")
    assert (one(ctx, case_id).sent_on, one(ctx, case_id).chase_on) == (None, None)
    assert ("creditor_answer", "2026-11-23") in tasks(ctx, case_id)
    questions.mark_sent(ctx, number, MONDAY)
    assert (one(ctx, case_id).sent_on, one(ctx, case_id).chase_on) == ("2026-11-23", "2026-12-01")
    assert ("creditor_answer", "2026-11-30") in tasks(ctx, case_id)


def test_the_answer_is_on_the_case_ends_the_wait_and_is_to_be_read(ctx):
    case_id = a_case(ctx)
    number = asked(ctx, case_id)
    for _ in range(2):
        questions.file_answer(ctx, number, MONDAY, "Rien reçu du débiteur")
    found = one(ctx, case_id)
    assert (found.answered_on, found.answer, found.chase_on) == ("2026-11-23", "Rien reçu du débiteur", None)
    assert ("read_answer", "2026-11-23") in tasks(ctx, case_id)
    assert "creditor_answer" not in {kind for kind, _ in tasks(ctx, case_id)}
    assert [e.text for e in cases.case_file(ctx, case_id).timeline].count("Rien reçu du débiteur") == 1
    with pytest.raises(Refusal) as refused:
        questions.file_answer(ctx, number, MONDAY, "Finalement si")
    assert codes(refused) == {("question-over", "question")}


def test_the_wait_lasts_until_the_last_of_two_questions_is_answered(ctx):
    case_id = a_case(ctx)
    first, second = asked(ctx, case_id, "a"), asked(ctx, case_id, "b", kind="documents")
    assert {q.ref[-3:] for q in questions.of_case(ctx, case_id)} == {"-Q1", "-Q2"}
    questions.file_answer(ctx, first, MONDAY, "Oui")
    assert "creditor_answer" in {kind for kind, _ in tasks(ctx, case_id)}
    questions.withdraw(ctx, second, "Les pièces sont arrivées")
    assert "creditor_answer" not in {kind for kind, _ in tasks(ctx, case_id)}
    assert questions.waiting(ctx) == ()


def test_a_question_about_a_dispute_sends_it_to_its_department_and_its_day(ctx):
    case_id = a_case(ctx)
    dispute = disputes.open_dispute(ctx, DisputeEntry(case_id, None, None, "time_barred", "Prescrit"), "d")
    asked(ctx, case_id, kind="dispute", dispute_id=dispute)
    found = one(ctx, case_id)
    # legal has 10 working days: 24-27 November, 30 November to 4 December, Monday 7
    assert (found.department, found.due_on) == ("legal", "2026-12-07")
    assert "Prescription invoquée, Prescrit" in (found.text or "")
    (row,) = disputes.disputes_of(ctx, case_id)
    assert (row.sent_to_creditor_on, row.due_on) == ("2026-11-23", "2026-12-07")
    questions.file_answer(ctx, found.id, MONDAY, "Nous maintenons")
    assert "creditor_answer" in {
        kind for kind, _ in tasks(ctx, case_id)
    }  # the dispute itself still waits for its outcome


@pytest.mark.parametrize(("day", "by_hand"), [(D(2026, 11, 30), 0), (D(2026, 12, 1), 1), (D(2026, 12, 2), 1)])
def test_the_reminder_comes_on_the_working_day_after_the_due_date(ctx, day, by_hand):
    asked(ctx, a_case(ctx))  # due Monday 30 November
    assert question_chase.chase(replace(ctx, today=day)).by_hand == by_hand


def test_a_question_nobody_can_send_from_here_is_chased_by_a_person_asked_once(ctx):
    case_id = a_case(ctx)
    number = asked(ctx, case_id)
    late = replace(ctx, today=D(2026, 12, 21))
    assert (question_chase.chase(late).by_hand, question_chase.chase(late).by_hand) == (1, 0)
    assert [t.due_on for t in cases.case_file(late, case_id).tasks if t.kind == "creditor_answer"] == ["2026-12-21"]
    question_chase.remind_by_hand(late, number, D(2026, 12, 21))
    # 22, 23, 24 December, not Christmas, 28, 29: the fifth working day
    assert (one(late, case_id).chases, one(late, case_id).chase_on) == (1, "2026-12-29")


def test_after_the_last_reminder_whoever_leads_the_house_calls(ctx):
    case_id = a_case(ctx)
    number = asked(ctx, case_id)
    for day in (D(2026, 12, 1), D(2026, 12, 8), D(2026, 12, 15)):
        question_chase.remind_by_hand(replace(ctx, today=day), number, day)
    found = one(ctx, case_id)
    assert (found.chases, found.chase_on) == (3, None)
    with ctx.store.read() as reader:
        sql = "SELECT due_on, assignee_id FROM tasks WHERE state = 'open' AND kind = 'creditor_answer'"
        assert reader.rows(sql) == [("2026-12-15", ctx.user.id)]


def test_a_closed_case_is_chased_no_more(ctx):
    case_id = a_case(ctx)
    asked(ctx, case_id)
    a_call(ctx, case_id, "RET", channel="none")
    assert question_chase.chase(replace(ctx, today=D(2026, 12, 21))) == question_chase.Chased(0, 0, 0)


@pytest.mark.parametrize(("change", "problem"), [
    ({"text": " "}, ("field-empty", "text")), ({"subject": "Votre client"}, ("reference-missing", "subject")),
    ({"due": D(2026, 11, 22)}, ("date-in-past", "due_on")), ({"by": "email"}, ("no-way-out", "by")),
    ({"kind": "weather"}, ("choice-unknown", "kind")), ({"debt_id": 999}, ("debt-elsewhere", "debt")),
    ({"dispute_id": 999}, ("choice-unknown", "dispute")), ({"contact_id": 999}, ("choice-unknown", "contact")),
])  # fmt: skip
def test_a_question_that_cannot_leave_is_refused_on_its_field(ctx, change, problem):
    case_id = a_case(ctx)
    with pytest.raises(Refusal) as refused:
        asked(ctx, case_id, **change)
    assert codes(refused) == {problem}
    assert questions.of_case(ctx, case_id) == ()


def test_a_contact_of_another_creditor_is_not_asked(ctx):
    case_id = a_case(ctx)
    with pytest.raises(Refusal) as refused:
        asked(ctx, case_id, contact_id=a_contact(ctx, a_creditor(ctx, "Autre")))
    assert codes(refused) == {("choice-unknown", "contact")}


def test_contacts_are_kept_by_department_changed_and_ended(ctx):
    creditor = a_creditor(ctx)
    number = a_contact(ctx, creditor, "legal", phone="01 99 00 12 34")
    (found,) = creditor_contacts.contacts_of(ctx, creditor)
    assert (found.department, found.phone, found.lang) == ("legal", "+33199001234", "fr")
    creditor_contacts.save_contact(ctx, creditor, ContactEntry("sales", "Inès Caron", "i@example.org"), number, 1)
    creditor_contacts.end_contact(ctx, number, 2)
    assert creditor_contacts.contacts_of(ctx, creditor) == ()
    with pytest.raises(Refusal) as refused:
        creditor_contacts.save_contact(ctx, creditor, ContactEntry("kitchen", " ", "nope", lang="de"))
    assert {field for _, field in codes(refused)} == {"department", "name", "email", "lang"}
    with pytest.raises(Refusal) as refused:
        creditor_contacts.save_contact(ctx, creditor, ContactEntry("sales", "Zoé"))
    assert codes(refused) == {("no-way", "email")}
