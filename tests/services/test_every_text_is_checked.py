"""Whatever leaves passes the legality check first, whoever wrote it: letters, messages, reminders, copies, papers, scripts, attachments."""

from __future__ import annotations

import ast
import datetime as dt
import json
from decimal import Decimal
from pathlib import Path

import pytest

from core.domain.messages import Refusal, msg
from core.law import letter_kinds, scripts
from core.services import (
    call_script,
    case_papers,
    cases,
    closures,
    fragile,
    inbox,
    later_letters,
    letters,
    message_doors,
    outbox,
    payments,
    plan_papers,
    plans,
    promises,
    receipts,
    reminder_acts,
    statements,
    text_check,
)
from core.services.agency import agency_file, save_agency_file
from core.services.message_doors import Draft
from core.services.outbox import MessageEntry
from core.services.payments import PaymentEntry
from core.services.plans import PlanEntry
from core.store import overlays
from tests.services import post
from tests.services.factory import a_case_to_write, a_debt
from tests.services.test_closures import accept, certified, text
from tests.services.test_later_letters import a_case_written_to

D = dt.date
PDF = b"%PDF-1.4 an invoice"
THREAT, INSULT = "Nous saisirons le tribunal.", "Votre attitude est malhonnête."
KINDS = letter_kinds.shipped()
POSTED = [key for key, kind in KINDS.items() if kind.channel == "letter"]
SENT = [key for key, kind in KINDS.items() if kind.channel in ("email", "sms")]


def rules(service, *args, **more) -> set[str]:
    with pytest.raises(Refusal) as refused:
        service(*args, **more)
    return {one.code for one in refused.value.problems}


def spoilt(ctx, key: str, words: str = INSULT) -> None:
    """A wording that reached the store past the check of who edits it: an older version of the program, another hand."""
    kind = KINDS[key]
    name = kind.parts[0] if kind.parts else "opening"
    label = kind.blocks[name]
    blocks = {name: {"fr": f"{label.fr} {words}", "en": f"{label.en} You are a liar."}}
    with ctx.write() as unit:
        row = overlays.add(unit, "letter", key, json.dumps({"blocks": blocks}), "", None, 0)
        unit.audit("test.spoilt", "overlay", row)


def a_case_for(ctx, kind: str) -> int:
    """A case whose letter of that kind lacks nothing but lawful words."""
    if kind == "first_letter":
        return a_case_to_write(ctx)
    case_id = a_case_written_to(ctx, a_debt("F-1", amount=30000))
    if kind == "promise_confirmation":
        promises.record_promise(ctx, promises.PromiseEntry(case_id, 4000, D(2026, 12, 1)), "p")
    if kind in ("closing_paid", "closing_settled"):
        paid = 30000 if kind == "closing_paid" else 12000
        payments.record_payment(ctx, PaymentEntry(case_id, D(2026, 11, 20), paid, "transfer", "agency"), "p")
    if kind in ("closing_ended", "closing_settled"):
        closures.ask(
            ctx, case_id, "recalled" if kind == "closing_ended" else "partial", "Accord du 21 novembre 2026", "a"
        )
        accept(ctx, case_id)
    return case_id


@pytest.mark.parametrize("kind", POSTED)
def test_a_letter_of_any_kind_in_a_spoilt_wording_is_not_issued_one_by_one_nor_in_a_batch(ctx, kind):
    case_id = a_case_for(ctx, kind)
    spoilt(ctx, kind)
    assert rules(letters.issue_letter, ctx, case_id, kind, "one") == {"MSG-06"}
    batch = letters.issue_letters(ctx, [case_id], kind, "many")
    assert (batch.issued, batch.document_id) == ((), 0)
    assert [{one.code for one in found} for _, found in batch.refused] == [{"MSG-06"}]
    assert letters.issued_letters(ctx, case_id) == ()


@pytest.mark.parametrize("kind", POSTED)
def test_the_same_letter_in_its_shipped_wording_is_issued(ctx, kind):
    case_id = a_case_for(ctx, kind)
    assert letters.issue_letter(ctx, case_id, kind, "one").reference


def test_a_letter_refused_has_no_pdf_and_no_text_to_copy_is_offered(ctx):
    case_id = a_case_written_to(ctx)
    assert later_letters.letter_preview(ctx, case_id, "reminder_firm").pdf is not None
    spoilt(ctx, "reminder_firm")
    shown = later_letters.letter_preview(ctx, case_id, "reminder_firm")
    assert shown.pdf is None
    assert "MSG-06" in {one.code for one in shown.problems}


@pytest.mark.parametrize(("channel", "kind"), [("email", "email"), ("sms", "phone")])
@pytest.mark.parametrize("words", [THREAT, INSULT])
def test_free_words_of_a_message_are_refused_queued_or_copied_by_hand(ctx, channel, kind, words):
    post.set_up(ctx, smtp_host="127.0.0.1", smtp_security="none", sms_url="http://127.0.0.1:9/")
    case_id = post.a_debtor(ctx)
    subject, good = post.words(ctx, case_id, f"{channel}_reminder")
    point = post.point(ctx, case_id, kind)
    entry = MessageEntry(case_id, channel, point, f"{good}\n\n{words}", subject if channel == "email" else "")
    assert rules(outbox.queue_message, ctx, entry, "m") & {"MSG-04", "MSG-06"}
    assert outbox.of_case(ctx, case_id) == ()
    draft = Draft(case_id, channel, point, "claim", "free", entry.subject, entry.text)
    assert {one.code for one in message_doors.kept_back(ctx, draft)} & {"MSG-04", "MSG-06"}
    lawful = Draft(case_id, channel, point, "claim", "free", entry.subject, good)
    assert message_doors.kept_back(ctx, lawful) == ()


@pytest.mark.parametrize("kind", SENT)
def test_a_spoilt_template_leaves_by_no_scenario(ctx, kind):
    post.set_up(ctx, smtp_host="127.0.0.1", smtp_security="none", sms_url="http://127.0.0.1:9/")
    case_id = post.a_debtor(ctx)
    spoilt(ctx, kind)
    channel = KINDS[kind].channel
    point = post.point(ctx, case_id, "email" if channel == "email" else "phone")
    done = reminder_acts.act(ctx, channel, kind, {case_id: point}, "run", msg("x"))[case_id]
    assert done.act == "refused"
    assert outbox.of_case(ctx, case_id) == ()


def test_a_scenario_prints_no_spoilt_letter(ctx):
    case_id = a_case_written_to(ctx)
    spoilt(ctx, "reminder_gentle")
    done = reminder_acts.act(ctx, "letter", "reminder_gentle", {case_id: None}, "run", msg("x"))[case_id]
    assert (done.act, "MSG-06" in {one.code for one in done.problems}) == ("refused", True)


def test_the_name_of_an_attachment_is_read_too(ctx):
    post.set_up(ctx, smtp_host="127.0.0.1", smtp_security="none")
    case_id = post.a_debtor(ctx)
    inbox.drop_scan(ctx, "Saisie de vos comptes.pdf", PDF, "s1", case_id)
    inbox.drop_scan(ctx, "Facture F-1.pdf", PDF + b"%", "s2", case_id)
    named = {one.title: one.id for one in inbox.case_documents(ctx, case_id)}
    subject, text_ = post.words(ctx, case_id)
    point = post.point(ctx, case_id)
    bad = MessageEntry(case_id, "email", point, text_, subject, documents=(named["Saisie de vos comptes.pdf"],))
    assert rules(outbox.queue_message, ctx, bad, "m1") == {"MSG-03"}
    good = MessageEntry(case_id, "email", point, text_, subject, documents=(named["Facture F-1.pdf"],))
    assert outbox.queue_message(ctx, good, "m2")


def an_office(ctx, words: str = "Officier ministériel") -> None:
    """A legal form that claims an office: printed in the letterhead of every paper."""
    from dataclasses import replace

    view = agency_file(ctx)
    save_agency_file(ctx, replace(view.file, legal_form=words), view.row_version)


def test_a_statement_is_checked_before_it_is_issued_and_recalls_the_first_letter(ctx):
    case_id = a_case_written_to(ctx, a_debt("F-1", amount=30000))
    assert statements.statement_view(ctx, case_id, ctx.today).barred == ()
    done = statements.issue_statement(ctx, case_id, ctx.today, "a")
    said = text(statements.statement_bytes(ctx, done.document_id))
    assert "LR-2026-8 du 02/11/2026" in said
    an_office(ctx)
    assert [one.code for one in statements.statement_view(ctx, case_id, ctx.today).barred] == ["MSG-02"]
    assert rules(statements.issue_statement, ctx, case_id, ctx.today, "b") == {"MSG-02"}
    draft = text(statements.statement_pdf_file(ctx, case_id, ctx.today)[1])
    assert "Projet, non émis : à ne pas envoyer" in draft


def test_a_plan_s_paper_is_checked_and_recalls_the_first_letter(ctx):
    case_id = a_case_written_to(ctx, a_debt("F-1", amount=30000))
    entry = PlanEntry(30000, D(2026, 12, 5), count=3, rate=Decimal("2.5"), basis="CGV, article 8")
    assert plan_papers.kept_from_paper(ctx, case_id, entry) == ()
    assert "LR-2026-8 du 02/11/2026" in text(plan_papers.simulation_file(ctx, entry, case_id))
    spoilt_entry = PlanEntry(30000, D(2026, 12, 5), count=3, rate=Decimal("2.5"), basis=f"CGV. {THREAT}")
    assert rules(plan_papers.simulation_file, ctx, spoilt_entry, case_id) == {"MSG-04"}
    assert [one.code for one in plan_papers.kept_from_paper(ctx, case_id, spoilt_entry)] == ["MSG-04"]
    plan = plans.save_proposal(ctx, case_id, spoilt_entry, "p")
    assert rules(plan_papers.plan_file, ctx, plan) == {"MSG-04"}


def test_no_plan_is_proposed_on_paper_before_the_first_letter(ctx):
    case_id = a_case_to_write(ctx, a_debt("F-1", amount=30000))
    entry = PlanEntry(30000, D(2026, 12, 5), count=3)
    assert "LET-14" in rules(plan_papers.simulation_file, ctx, entry, case_id)
    assert [one.code for one in plan_papers.kept_from_paper(ctx, case_id)] == ["LET-14"]


def test_a_receipt_is_given_without_the_words_that_the_check_refuses(ctx):
    case_id = a_case_written_to(ctx, a_debt("F-1", amount=30000))
    paid = payments.record_payment(ctx, PaymentEntry(case_id, D(2026, 11, 20), 10000, "cheque", "agency"), "p")
    given = text(receipts.receipt_file(ctx, paid.payment_id)[1])
    assert "LR-2026-8 du 02/11/2026" in given
    back = payments.reverse_payment(ctx, paid.payment_id, D(2026, 11, 21), f"Chèque impayé. {INSULT}", "r")
    said = text(receipts.receipt_file(ctx, back.payment_id)[1])
    assert "malhonnête" not in said
    assert "gardé dans le dossier" in said


def test_a_receipt_is_owed_for_every_payment_even_before_a_first_letter(ctx):
    case_id = a_case_to_write(ctx, a_debt("F-1", amount=30000))
    paid = payments.record_payment(ctx, PaymentEntry(case_id, D(2026, 11, 20), 10000, "cheque", "agency"), "p")
    assert receipts.receipt_file(ctx, paid.payment_id)[1].startswith(b"%PDF")


def test_a_certificate_for_the_creditor_judges_nobody(ctx):
    case_id = certified(ctx)
    an_office(ctx)
    assert rules(case_papers.issue_certificate, ctx, case_id, "c") == {"MSG-02"}
    an_office(ctx, "SARL")
    assert case_papers.issue_certificate(ctx, case_id, "d").document_id


def test_a_call_script_holds_no_threat_and_the_shipped_one_none(ctx):
    objection = scripts.call_script().objections[0].objection
    said = [{"fr": f"Je comprends. {THREAT}", "en": "I see. We will sue you."}]
    with pytest.raises(Refusal) as refused:
        call_script.save_part(ctx, objection, said, 0)
    assert {(one.code, one.field) for one in refused.value.problems} == {
        ("MSG-04", "texts.0.fr"), ("MSG-04", "texts.0.en"),
    }  # fmt: skip
    shipped = scripts.call_script()
    lines = [line.text for step in shipped.steps for line in step.lines] + [one.answer for one in shipped.objections]
    assert [
        one for line in lines for lang in ("fr", "en") for one in text_check.words_refused(line.of(lang), "x")
    ] == []


CHECKED = {
    "case_papers": "certificate: paper_check; the history is a record, given as it was written",
    "dispatch": "the deposit slip is for the post office",
    "fragile": "the signposts: words of the house alone, checked below; they claim nothing",
    "later_letters": "letter_model.refused",
    "letter_specimen": "an invented debtor, to read a wording",
    "letters": "text_check.first_words and core.domain.first_letter",
    "plan_papers": "paper_check",
    "receipts": "paper_check",
    "reports": "for the creditor",
    "statements": "paper_check, once issued; a draft says that it is not to be sent",
}


def test_whoever_draws_a_document_is_known_here_with_its_check():
    """A new paper says which check it passes, or to whom it goes."""
    root = Path(__file__).resolve().parents[2] / "core" / "services"
    drawing = {path.stem for path in root.glob("*.py") if _draws(path.read_text(encoding="utf-8"))}
    assert drawing == set(CHECKED)


def test_the_signposts_hold_nothing_that_the_check_refuses():
    said = [
        words
        for one in fragile.fragile_data().signposts
        for lang in ("fr", "en")
        for words in (
            one.name.of(lang),
            one.does.of(lang),
            f"Pour les joindre / How to reach them: {one.reach.of(lang)}.",
        )
    ]
    assert [one for words in said for one in text_check.words_refused(words, "x")] == []


def _draws(source: str) -> bool:
    """Whether a module imports a document that makes PDF pages."""
    names = [
        alias.name
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("core.documents.")
        for alias in node.names
    ]
    return any(name.endswith(("_pdf", "_sheet", "_slip")) or name == "printing_file" for name in names)


def test_the_case_stays_as_it_was_when_a_text_is_refused(ctx):
    case_id = a_case_written_to(ctx)
    spoilt(ctx, "reminder_firm")
    before = cases.case_file(ctx, case_id)
    rules(letters.issue_letter, ctx, case_id, "reminder_firm", "one")
    assert cases.case_file(ctx, case_id).tasks == before.tasks
