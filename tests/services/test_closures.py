"""The end of a case: asked, decided, refused, withdrawn, taken up again; result codes pass the same checks; its papers."""

import datetime as dt
from dataclasses import replace
from io import BytesIO

import pytest
from pypdf import PdfReader

from core.domain.messages import Refusal
from core.services import case_papers, cases, closures, complaints, creditors, payments, people, team, tracing, upkeep
from core.services.complaints import ComplaintEntry
from core.services.context import User
from tests.services.factory import a_call, a_case, a_debt, ready_to_write

D = dt.date
TODAY = D(2026, 11, 23)


@pytest.fixture
def karim(ctx):
    """A collector beside Léa, who leads."""
    user = team.add_colleague(ctx, "Karim", "collector")
    return replace(ctx, user=User(user, "Karim", "collector"))


def codes(refused):
    return {(p.code, p.field) for p in refused.value.problems}


def head(ctx, case_id):
    return cases.case_file(ctx, case_id).head


def asked(ctx, case_id):
    return next(row for row in closures.requests_of(ctx, case_id) if row.state == "asked")


def accept(ctx, case_id, *acknowledged):
    row = asked(ctx, case_id)
    closures.decide(ctx, row.id, row.row_version, granted=True, acknowledged=acknowledged)


def complain(ctx, case_id):
    entry = ComplaintEntry("debtor", "", "call", "tone", "agency", ctx.user.id, TODAY, "Ton déplacé", case_id=case_id)
    return complaints.record(ctx, entry, f"c-{case_id}")


def text(pdf):
    return " ".join(" ".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages).split())


def test_a_colleague_asks_and_a_lead_closes(ctx, karim):
    case_id = a_case(ctx)
    closures.ask(karim, case_id, "recalled", "courriel du 20 novembre", "t")
    assert (head(ctx, case_id).status, [task.kind for task in cases.case_file(ctx, case_id).tasks][-1]) == (
        "open",
        "lead_decision",
    )
    assert [row.case_id for row in closures.waiting(ctx)[0]] == [case_id]
    accept(ctx, case_id)
    assert (head(ctx, case_id).status, head(ctx, case_id).closure_reason) == ("closed", "RET")
    assert cases.case_file(ctx, case_id).tasks == ()
    assert closures.waiting(ctx) == ((), 0)
    assert upkeep.verify(ctx).read_model is True


def test_a_collector_decides_nothing_and_two_leads_decide_for_each_other(ctx, karim):
    case_id = a_case(ctx)
    closures.ask(karim, case_id, "recalled", "", "t")
    with pytest.raises(Refusal) as refused:
        accept(karim, case_id)
    assert codes(refused) == {("forbidden", "")}
    other = team.add_colleague(ctx, "Zoé", "lead")
    mine = a_case(ctx)
    closures.ask(ctx, mine, "recalled", "", "u")
    with pytest.raises(Refusal) as refused:
        accept(ctx, mine)
    assert codes(refused) == {("closure-own", "request")}
    accept(replace(ctx, user=User(other, "Zoé", "lead")), mine)
    assert head(ctx, mine).status == "closed"


def test_a_house_of_one_takes_both_steps_alone(ctx):
    case_id = a_case(ctx)
    closures.ask(ctx, case_id, "mistake", "", "t")
    assert closures.review(ctx, case_id, "mistake").own is True
    accept(ctx, case_id)
    assert head(ctx, case_id).closure_reason == "ERR"


def test_paid_in_full_waits_for_the_last_cent(ctx):
    case_id = a_case(ctx, a_debt(amount=10000))
    with pytest.raises(Refusal) as refused:
        closures.ask(ctx, case_id, "paid", "", "t")
    assert codes(refused) == {("closure-balance", "reason")}
    payments.record_payment(ctx, payments.PaymentEntry(case_id, TODAY, 10000, "transfer", "creditor"), "p")
    closures.ask(ctx, case_id, "paid", "", "t")
    accept(ctx, case_id)
    assert head(ctx, case_id).closure_reason == "SOL"


def test_what_is_to_be_taken_note_of_is_ticked_one_by_one(ctx):
    case_id = a_case(ctx)
    a_call(ctx, case_id, "PRO", amount=5000, date=D(2026, 12, 1), means="card")
    complain(ctx, case_id)
    closures.ask(ctx, case_id, "recalled", "", "t")
    with pytest.raises(Refusal) as refused:
        accept(ctx, case_id, "promise")
    assert codes(refused) == {("closure-unacknowledged", "complaint")}
    accept(ctx, case_id, "promise", "complaint")
    (row,) = closures.requests_of(ctx, case_id)
    assert row.acknowledged == '["balance", "complaint", "promise"]'


def test_what_changed_between_the_two_steps_is_seen(ctx):
    case_id = a_case(ctx)
    closures.ask(ctx, case_id, "small_amount" if head(ctx, case_id).balance <= 4000 else "recalled", "", "t")
    complain(ctx, case_id)
    with pytest.raises(Refusal) as refused:
        accept(ctx, case_id)
    assert codes(refused) == {("closure-unacknowledged", "complaint")}


def test_a_refusal_says_why_and_the_case_goes_on(ctx, karim):
    case_id = a_case(ctx)
    closures.ask(karim, case_id, "recalled", "", "t")
    row = asked(ctx, case_id)
    with pytest.raises(Refusal) as refused:
        closures.decide(ctx, row.id, row.row_version, granted=False)
    assert codes(refused) == {("field-empty", "words")}
    closures.decide(ctx, row.id, row.row_version, granted=False, words="Le créancier attend encore")
    file = cases.case_file(ctx, case_id)
    assert (file.head.status, "lead_decision" in [task.kind for task in file.tasks], bool(file.tasks)) == (
        "open",
        False,
        True,
    )
    assert file.timeline[0].text == "Le créancier attend encore"


def test_one_request_at_a_time_and_it_may_be_withdrawn(ctx):
    case_id = a_case(ctx)
    closures.ask(ctx, case_id, "recalled", "", "t")
    with pytest.raises(Refusal) as refused:
        closures.ask(ctx, case_id, "mistake", "", "u")
    assert codes(refused) == {("closure-asked", "reason")}
    row = asked(ctx, case_id)
    closures.withdraw(ctx, row.id, row.row_version)
    closures.ask(ctx, case_id, "mistake", "", "v")
    with pytest.raises(Refusal) as refused:
        closures.withdraw(ctx, row.id, row.row_version)
    assert codes(refused) == {("closure-unknown", "request")}


def test_a_result_code_of_a_collector_asks_and_does_not_close(ctx, karim):
    case_id = a_case(ctx)
    logged = a_call(karim, case_id, "RET", channel="none")
    assert (logged.closed, logged.next_kind, logged.next_on) == (False, "lead_decision", "2026-11-23")
    accept(ctx, case_id)
    assert head(ctx, case_id).closure_reason == "RET"


def test_correcting_the_entry_that_asked_withdraws_what_it_asked(ctx, karim):
    case_id = a_case(ctx)
    logged = a_call(karim, case_id, "RET", channel="none")
    a_call(karim, case_id, "REF", reason="non", corrects=logged.interaction_id)
    assert [row.state for row in closures.requests_of(ctx, case_id)] == ["withdrawn"]
    assert [task.kind for task in cases.case_file(ctx, case_id).tasks] == ["lead_decision"]  # of REF itself


def test_a_result_code_meets_what_blocks_the_panel(ctx):
    case_id = a_case(ctx)
    payments.record_payment(ctx, payments.PaymentEntry(case_id, TODAY, 100, "transfer", "agency"), "p")
    a_call(ctx, case_id, "CON", reason="pas livré")
    with pytest.raises(Refusal) as refused:
        a_call(ctx, case_id, "PAR", channel="none", amount=100)
    assert codes(refused) == {("closure-dispute", "result")}
    assert head(ctx, case_id).status == "open"


def test_a_lead_alone_still_takes_note_before_a_result_code_closes(ctx):
    case_id = a_case(ctx)
    complain(ctx, case_id)
    assert a_call(ctx, case_id, "RET", channel="none").closed is False
    accept(ctx, case_id, "complaint")
    assert head(ctx, case_id).status == "closed"


def test_a_closed_case_is_taken_up_again_with_its_reason(ctx, karim):
    case_id = a_case(ctx)
    closures.ask(ctx, case_id, "recalled", "", "t")
    accept(ctx, case_id)
    with pytest.raises(Refusal) as refused:
        closures.reopen_case(ctx, case_id, "  ", "r")
    assert codes(refused) == {("field-empty", "reason")}
    with pytest.raises(Refusal) as refused:
        closures.reopen_case(karim, case_id, "erreur", "r")
    assert codes(refused) == {("forbidden", "")}
    closures.reopen_case(ctx, case_id, "Le créancier nous le rend", "r")
    file = cases.case_file(ctx, case_id)
    assert (file.head.status, [task.kind for task in file.tasks], file.timeline[0].text) == (
        "open",
        ["call_back"],
        "Le créancier nous le rend",
    )
    assert upkeep.verify(ctx).read_model is True


def traced(ctx, case_id):
    """The compulsory sources looked at, without result."""
    number = tracing.open_tracing(ctx, case_id, 2000, dt.date(2026, 12, 31), f"tr-{case_id}")
    for source in ("creditor_file", "postal_notice", "directory"):
        entry = tracing.StepEntry(source, done_on=ctx.today, result="nothing")
        tracing.record_step(ctx, number, entry, f"{source}-{case_id}")


def test_not_found_is_said_after_the_steps_of_tracing(ctx):
    case_id = a_case(ctx)
    with pytest.raises(Refusal) as refused:
        closures.ask(ctx, case_id, "untraceable", "", "t")
    assert codes(refused) == {("closure-tracing", "reason")}
    traced(ctx, case_id)
    a_call(ctx, case_id, "INT", channel="none", steps="Mairie, annuaire, dernier bailleur")
    closures.ask(ctx, case_id, "untraceable", "", "t")
    accept(ctx, case_id)
    assert head(ctx, case_id).closure_reason == "untraceable"


def certified(ctx):
    case_id = a_case(ctx, a_debt("F-77", amount=12345), creditor=ready_to_write(ctx), creditor_case_ref="DOS-9")
    traced(ctx, case_id)
    a_call(ctx, case_id, "INT", channel="none", steps="Mairie le 3, annuaire le 4")
    closures.ask(ctx, case_id, "irrecoverable", "PV de carence du 12 novembre 2026", f"ask-{case_id}")
    accept(ctx, case_id)
    return case_id


def test_a_certificate_states_steps_dates_reason_evidence_and_its_own_limits(ctx):
    case_id = certified(ctx)
    assert case_papers.may_certify(ctx, case_id)
    issued = case_papers.issue_certificate(ctx, case_id, "c")
    assert case_papers.issue_certificate(ctx, case_id, "c") == issued  # a double click
    said = text(creditors.document_bytes(ctx, issued.document_id)[0])
    for words in (
        issued.number, "123,45 €", "F-77", "PV de carence du 12 novembre 2026", "Mairie le 3, annuaire le 4", "23/11/2026", "Irrécouvrable",
        "ne paiera jamais", "CGI, art. 272, 1", "à confirmer", "n'est pas un avis fiscal", "Camille Martin", "DOS-9",
    ):  # fmt: skip
        assert words in said, words
    assert [one.number for one in case_papers.certificates(ctx, case_id)] == [issued.number]
    assert upkeep.verify(ctx).audit_chain is True


def test_no_certificate_of_an_open_case_or_of_one_recalled(ctx):
    case_id = a_case(ctx)
    closures.ask(ctx, case_id, "recalled", "", "t")
    for _ in range(2):
        with pytest.raises(Refusal) as refused:
            case_papers.issue_certificate(ctx, case_id, "c")
        assert codes(refused) == {("certificate-not-closed", "case")}
        if head(ctx, case_id).status == "open":
            accept(ctx, case_id)
    again = certified(ctx)
    closures.reopen_case(ctx, again, "débiteur retrouvé", "r")
    assert not case_papers.may_certify(ctx, again)


def test_a_certificate_needs_a_step(ctx):
    case_id = a_case(ctx)
    closures.ask(ctx, case_id, "irrecoverable", "on nous l'a dit", "t")
    accept(ctx, case_id)
    with pytest.raises(Refusal) as refused:
        case_papers.issue_certificate(ctx, case_id, "c")
    assert codes(refused) == {("certificate-no-steps", "case")}


def test_the_history_holds_log_ledger_documents_and_deadlines(ctx):
    case_id = a_case(ctx, a_debt("F-78", amount=20000), creditor=ready_to_write(ctx))
    a_call(ctx, case_id, "REF", reason="refuse tout net")
    people.add_person(ctx, case_id, "lawyer", "Maître Roux")
    payments.record_payment(ctx, payments.PaymentEntry(case_id, TODAY, 5000, "transfer", "agency"), "p")
    case_papers.certificates(ctx, case_id)
    name, pdf = case_papers.history_file(ctx, case_id)
    said = text(pdf)
    assert name.startswith(head(ctx, case_id).ref)
    for words in (
        "F-78",
        "Refus de payer",
        "refuse tout net",
        "Paiement de 50,00 €",
        "-50,00 €",
        "150,00 €",
        "Décision du responsable",
        "Léa Martin",
    ):
        assert words in said.replace("−", "-").replace("\u00a0", " ").replace("\u202f", " "), words


def test_the_closing_letter_is_issued_once_through_the_door_of_letters(ctx):
    place = {"address": "3 allée des Tilleuls", "postcode": "38000", "city": "Grenoble"}
    case_id = a_case(ctx, creditor=ready_to_write(ctx), **place)
    assert closures.closing_letter(ctx, case_id) == ""
    closures.ask(ctx, case_id, "recalled", "", "t")
    accept(ctx, case_id)
    assert closures.closing_letter(ctx, case_id) == "closing_ended"
    issued = closures.issue_closing_letter(ctx, case_id, "l")
    assert "Fin de notre intervention" in text(creditors.document_bytes(ctx, issued.document_id)[0])
    assert closures.closing_letter(ctx, case_id) == ""
    with pytest.raises(Refusal) as refused:
        closures.issue_closing_letter(ctx, case_id, "m")
    assert codes(refused) == {("nothing-to-do", "case")}


def test_nobody_is_written_to_about_an_uncollectable_case(ctx):
    assert closures.closing_letter(ctx, certified(ctx)) == ""
