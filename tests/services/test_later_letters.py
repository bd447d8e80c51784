"""Letters after the first one: what is possible, what blocks, what is kept, how they leave and come back. 23 November 2026 is a Monday."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import replace
from io import BytesIO

import pytest
from pypdf import PdfReader

from core.domain.messages import Refusal
from core.services import (
    cases,
    closures,
    creditors,
    dispatch,
    holds,
    later_letters,
    legal_facts,
    letter_edit,
    letters,
    payments,
    people,
    promises,
    text_check,
)  # fmt: skip
from core.services.context import Ctx, User
from core.services.fact_checks import FactEntry
from tests.services.factory import WHOLE_MANDATE, a_case_to_write, a_debt, ready_to_write
from tests.services.test_closures import accept

D = dt.date
PDF = b"%PDF-1.4 advice of receipt"


def codes(service, *args, **more) -> list[tuple[str, str]]:
    with pytest.raises(Refusal) as refused:
        service(*args, **more)
    return [(p.code, p.field) for p in refused.value.problems]


def a_case_written_to(ctx: Ctx, *debts, **more) -> int:
    """A case whose first letter LR-2026-8 left on 2 November 2026."""
    case_id = a_case_to_write(ctx, *debts, **more)
    from core.services import people

    people.record_first_letter(
        ctx, case_id, cases.case_file(ctx, case_id).head.row_version, "LR-2026-8", D(2026, 11, 2)
    )
    return case_id


def reasons(ctx: Ctx, case_id: int) -> dict[str, list[str]]:
    return {one.kind.key: [p.code for p in one.problems] for one in later_letters.offered(ctx, case_id)}


def text_of(ctx: Ctx, document: int) -> str:
    pages = PdfReader(BytesIO(letters.letter_bytes(ctx, document))).pages
    return " ".join("".join(page.extract_text() for page in pages).split())


def notice(ctx: Ctx, case_id: int, token: str = "n") -> letters.Issued:
    return letters.issue_letter(ctx, case_id, "formal_notice", token)


def posted(ctx: Ctx, *debts) -> tuple[int, str]:
    case_id = a_case_written_to(ctx, *debts)
    done = notice(ctx, case_id)
    letters.mark_posted(ctx, (done.reference,), ctx.today)
    return case_id, done.reference


def test_before_the_first_letter_no_other_letter_is_possible(ctx):
    found = reasons(ctx, a_case_to_write(ctx))
    assert all("first-letter-missing" in why for why in found.values())


def test_after_it_reminders_and_notice_are_possible_and_the_others_say_why_not(ctx):
    found = reasons(ctx, a_case_written_to(ctx))
    assert [key for key, why in found.items() if not why] == [
        "reminder_gentle",
        "reminder_firm",
        "formal_notice",
        "privacy_notice",
    ]
    assert found["promise_confirmation"] == ["promise-missing"]
    assert found["closing_paid"] == ["still-owed"]
    assert found["closing_ended"] == ["not-closed"]


def test_one_letter_claims_all_the_debts_that_are_due_and_not_on_hold(ctx):
    case_id = a_case_written_to(
        ctx,
        a_debt("F-1001", 10000),
        a_debt("F-1002", 5050),
        a_debt("F-1003", 7000, D(2026, 12, 15)),
        a_debt("F-1004", 900),
    )
    held = next(debt for debt in cases.case_file(ctx, case_id).debts if debt.ref == "F-1004")
    holds.open_hold(ctx, holds.HoldEntry(case_id, held.id, "creditor_request", "à vérifier", None), "h")
    shown = later_letters.letter_preview(ctx, case_id, "reminder_firm", with_pdf=False)
    assert [debt.ref for debt in shown.letter.debts] == ["F-1001", "F-1002"]
    assert (shown.letter.amounts.total, shown.letter.pay) == (15050, 15050)


def test_a_letter_recalls_the_first_one_and_stands_in_the_outbox(ctx):
    case_id = a_case_written_to(ctx, a_debt("F-1001", 10000))
    done = letters.issue_letter(ctx, case_id, "reminder_gentle", "r")
    ref = cases.case_file(ctx, case_id).head.ref
    assert done.reference == f"{ref}-RA1"
    text = text_of(ctx, done.document_id)
    assert "LR-2026-8 du 2 novembre 2026" in text
    assert "100,00 €" in text.replace("\u00a0", " ")
    (row,) = dispatch.to_post(ctx)
    assert (row.reference, row.state, row.kind, row.registered) == (done.reference, "ready", "reminder_gentle", 0)
    assert [(task.kind, task.due_on) for task in cases.case_file(ctx, case_id).tasks] == [("post_letter", "2026-11-23")]


def test_a_double_click_issues_once_and_issued_again_it_has_the_next_rank(ctx):
    case_id = a_case_written_to(ctx)
    first = letters.issue_letter(ctx, case_id, "reminder_gentle", "same")
    assert letters.issue_letter(ctx, case_id, "reminder_gentle", "same") == first
    again = letters.issue_letter(ctx, case_id, "reminder_gentle", "other")
    assert again.reference.endswith("-RA2")
    assert {row.reference: row.state for row in letters.issued_letters(ctx, case_id)} == {
        again.reference: "ready", first.reference: "cancelled",
    }  # fmt: skip


def test_the_journal_names_the_letter_and_what_became_of_it(ctx):
    case_id, reference = posted(ctx)
    dispatch.record_outcome(ctx, reference, "unclaimed", ctx.today, "o")
    told = [(entry.kind, entry.text) for entry in cases.case_file(ctx, case_id).timeline if entry.text]
    assert ("document", f"Mise en demeure {reference}") in told
    assert ("interaction", f"Lettre {reference} : présentée, non réclamée") in told


def test_its_figures_are_frozen_with_it(ctx):
    case_id = a_case_written_to(ctx, a_debt("F-1001", 10000))
    done = notice(ctx, case_id)
    with ctx.store.read() as reader:
        frozen = json.loads(reader.value("SELECT computation FROM documents WHERE id = ?", (done.document_id,)))
    assert (frozen["debts"], frozen["amounts"]["total"], frozen["dated"]) == ({"F-1001": 10000}, 10000, "2026-11-23")


@pytest.mark.parametrize(
    ("spoil", "code"), [("hold", "case-held"), ("paid", "nothing-owed"), ("mandate", "mandate-missing")]
)
def test_what_stops_a_case_stops_its_letters(ctx, spoil, code):
    creditor = ready_to_write(ctx)
    case_id = a_case_written_to(ctx, a_debt(amount=10000), creditor=creditor)
    if spoil == "hold":
        holds.open_hold(ctx, holds.HoldEntry(case_id, None, "insolvency", "jugement du 3 novembre", None), "h")
    elif spoil == "paid":
        payments.record_payment(ctx, payments.PaymentEntry(case_id, D(2026, 11, 20), 10000, "transfer", "agency"), "p")
    else:
        row = creditors.creditor_file(ctx, creditor).mandates[0]
        ended = creditors.MandateEntry(row.ref, D(2026, 1, 2), ends_on=D(2026, 11, 22), **WHOLE_MANDATE)
        creditors.save_mandate(ctx, creditor, ended, row.id, row.row_version)
    assert code in [found for found, _ in codes(letters.issue_letter, ctx, case_id, "reminder_firm", "t")]


def test_a_promise_is_confirmed_with_its_amount_and_its_day(ctx):
    case_id = a_case_written_to(ctx, a_debt(amount=10000))
    promises.record_promise(ctx, promises.PromiseEntry(case_id, 4000, D(2026, 12, 1)), "p")
    shown = later_letters.letter_preview(ctx, case_id, "promise_confirmation", with_pdf=False)
    assert shown.problems == ()
    assert shown.letter.pay == 4000
    assert "40,00\u00a0€ au plus tard le 1er décembre 2026" in shown.text


def test_a_paid_case_may_be_told_that_it_is_settled(ctx):
    case_id = a_case_written_to(ctx, a_debt(amount=10000))
    payments.record_payment(ctx, payments.PaymentEntry(case_id, D(2026, 11, 20), 10000, "transfer", "agency"), "p")
    done = letters.issue_letter(ctx, case_id, "closing_paid", "c")
    assert "entièrement réglées" in text_of(ctx, done.document_id)
    letters.mark_posted(ctx, (done.reference,), ctx.today)


def test_a_debtor_who_reads_english_is_written_to_in_english(ctx):
    case_id = a_case_written_to(ctx)
    people.set_debtor_language(ctx, case_id, "en")
    text = text_of(ctx, notice(ctx, case_id).document_id)
    assert "Formal notice to pay" in text
    assert "on 2 November 2026 (letter LR-2026-8)" in text


def test_the_creditors_account_is_given_where_the_mandate_says_so(ctx):
    entry = creditors.CreditorEntry(
        "K9", "Garage", address="4 quai", postcode="44000", city="Nantes", iban="FR1420041010050500013M02606"
    )
    ready_to_write(ctx)
    creditor = creditors.save_creditor(ctx, entry)
    creditors.save_mandate(
        ctx, creditor, creditors.MandateEntry("M9", D(2026, 1, 2), pay_to="creditor", **WHOLE_MANDATE)
    )
    case_id = a_case_written_to(ctx, creditor=creditor)
    shown = later_letters.letter_preview(ctx, case_id, "reminder_gentle", with_pdf=False)
    assert (shown.problems, shown.letter.account.iban) == ((), "FR1420041010050500013M02606")
    assert "celui de notre mandant" in shown.text


def test_many_letters_make_one_file_and_tell_those_refused(ctx):
    good, bad = a_case_written_to(ctx), a_case_to_write(ctx)
    batch = letters.issue_letters(ctx, (good, bad, good), "reminder_firm", "b")
    assert [one.case_id for one in batch.issued] == [good]
    assert [(case_id, problems[0].code) for case_id, problems in batch.refused] == [(bad, "first-letter-missing")]
    assert letters.letter_bytes(ctx, batch.document_id).startswith(b"%PDF")


def test_the_text_of_an_sms_and_of_an_email_is_lawful_and_is_not_posted(ctx):
    case_id = a_case_written_to(ctx)
    for kind, channel in (("sms_reminder", "sms"), ("email_reminder", "email")):
        subject, text, problems = later_letters.letter_text(ctx, case_id, kind)
        assert problems == ()
        assert text_check.check_text(ctx, channel, case_id, text, subject) == ()
        assert codes(letters.issue_letter, ctx, case_id, kind, "t") == [("channel-unknown", "channel")]


# -- on their way


def test_a_deposit_slip_lists_the_registered_letters_and_takes_each_once(ctx):
    one, two = notice(ctx, a_case_written_to(ctx), "1"), notice(ctx, a_case_written_to(ctx, name="Œuvré"), "2")
    dispatch.set_tracking(ctx, {one.reference: "1a 123 456 7890 1"})
    number, _ = dispatch.draw_slip(ctx, (one.reference, two.reference), "s")
    assert number == "BD-2026-0001"
    text = " ".join(
        "".join(p.extract_text() for p in PdfReader(BytesIO(dispatch.slip_bytes(ctx, number))).pages).split()
    )
    assert all(
        part in text for part in (one.reference, two.reference, "1A12345678901", "Œuvré", "2 lettres recommandées")
    )
    assert dispatch.draw_slip(ctx, (one.reference, two.reference), "s")[0] == number
    assert codes(dispatch.draw_slip, ctx, (one.reference,), "again") == [("slip-already", "references")]


def test_printing_many_letters_gives_their_pages_in_the_order_asked(ctx):
    one, two = notice(ctx, a_case_written_to(ctx), "1"), notice(ctx, a_case_written_to(ctx), "2")
    document = dispatch.print_letters(ctx, (two.reference, one.reference), "p")
    pages = [page.extract_text() for page in PdfReader(BytesIO(letters.letter_bytes(ctx, document))).pages]
    assert two.reference in pages[0]
    assert one.reference in pages[-1]
    assert codes(dispatch.print_letters, ctx, (), "q") == [("nothing-chosen", "references")]


def test_a_tracking_number_is_read_and_is_that_of_one_letter(ctx):
    one, two = notice(ctx, a_case_written_to(ctx), "1"), notice(ctx, a_case_written_to(ctx), "2")
    assert codes(dispatch.set_tracking, ctx, {one.reference: "abc"}) == [
        ("tracking-unreadable", f"tracking.{one.reference}")
    ]
    dispatch.set_tracking(ctx, {one.reference: "1A12345678901"})
    assert codes(dispatch.set_tracking, ctx, {two.reference: "1A 123 456 7890 1"}) == [
        ("tracking-taken", f"tracking.{two.reference}")
    ]


def test_the_receipt_of_a_formal_notice_is_a_legal_fact_with_its_evidence(ctx):
    case_id, reference = posted(ctx, a_debt("F-1001", 10000), a_debt("F-1002", 5000))
    tomorrow = replace(ctx, today=D(2026, 11, 25))
    facts = dispatch.record_outcome(tomorrow, reference, "received", D(2026, 11, 24), "o", ("ar.pdf", PDF))
    rows = legal_facts.register(ctx, case_id)
    assert [(row.kind, row.on, row.evidence, bool(row.document_id)) for row in rows] == 2 * [
        ("formal_notice", "2026-11-24", reference, True)
    ]
    assert dispatch.record_outcome(tomorrow, reference, "received", D(2026, 11, 24), "o") == facts
    (letter,) = dispatch.letters_of_case(ctx, case_id)
    assert (letter.state, letter.outcome, letter.outcome_on) == ("delivered", "received", "2026-11-24")
    assert letter.receipt_proof_id


@pytest.mark.parametrize(("outcome", "facts"), [("unclaimed", 1), ("refused", 1), ("received", 0)])
def test_an_unclaimed_notice_stays_valid_and_the_fact_is_recorded_only_if_wanted(ctx, outcome, facts):
    case_id, reference = posted(ctx)
    dispatch.record_outcome(ctx, reference, outcome, ctx.today, "o", as_fact=bool(facts))
    assert len(legal_facts.register(ctx, case_id)) == facts


def test_a_letter_returned_marks_its_address_and_has_another_looked_for(ctx):
    case_id, reference = posted(ctx)
    dispatch.record_outcome(ctx, reference, "unknown_address", ctx.today, "o")
    file = cases.case_file(ctx, case_id)
    assert [point.validity for point in file.contact_points if point.kind == "address"] == ["invalid"]
    assert "search_contact" in [task.kind for task in file.tasks]
    assert legal_facts.register(ctx, case_id) == ()
    assert "address-missing" in reasons(ctx, case_id)["reminder_firm"]


def test_an_outcome_before_the_posting_or_of_a_letter_not_posted_is_refused(ctx):
    case_id, reference = posted(ctx)
    assert codes(dispatch.record_outcome, ctx, reference, "received", D(2026, 11, 22), "o") == [
        ("outcome-before", "outcome_on")
    ]
    again = letters.issue_letter(ctx, case_id, "reminder_gentle", "r")
    assert codes(dispatch.record_outcome, ctx, again.reference, "received", ctx.today, "o") == [
        ("not-posted", "reference")
    ]
    assert codes(dispatch.record_outcome, ctx, reference, "received", D(2026, 11, 24), "o") == [
        ("date-in-future", "outcome_on")
    ]


def test_posting_plans_what_comes_next(ctx):
    case_id, _ = posted(ctx)
    # Monday 23 November + 20 days = Sunday 13 December, moved to Monday 14
    assert [(task.kind, task.due_on) for task in cases.case_file(ctx, case_id).tasks] == [
        ("lead_decision", "2026-12-14")
    ]


# -- the wording


def blocks(ctx: Ctx, key: str) -> dict[str, dict[str, str]]:
    view = next(one for one in letter_edit.wordings(ctx) if one.kind.key == key)
    return {name: {"fr": label.fr, "en": label.en} for name, label in view.kind.blocks.items()}


def test_a_lead_changes_a_sentence_and_the_next_letter_says_it(ctx):
    case_id = a_case_written_to(ctx)
    said = blocks(ctx, "reminder_gentle")
    said["closing"]["fr"] = "Bien à vous,"
    assert letter_edit.save_wording(ctx, "reminder_gentle", said, 0, "w") == 1
    assert "Bien à vous," in later_letters.letter_text(ctx, case_id, "reminder_gentle")[1]
    letter_edit.restore(ctx, "reminder_gentle", 0, 1, "back")
    assert "Bien à vous," not in later_letters.letter_text(ctx, case_id, "reminder_gentle")[1]
    letter_edit.restore(ctx, "reminder_gentle", 1, 2, "forth")
    assert "Bien à vous," in later_letters.letter_text(ctx, case_id, "reminder_gentle")[1]


def test_the_first_letter_is_worded_by_a_lead_too(ctx):
    said = blocks(ctx, "first_letter")
    said["closing"]["fr"] = "Bien à vous,"
    letter_edit.save_wording(ctx, "first_letter", said, 0, "w")
    assert letters.first_letter_preview(ctx, a_case_to_write(ctx)).letter.words.closing == "Bien à vous,"


@pytest.mark.parametrize(("text", "code", "field"), [
    ("Payez {montant}.", "letter-names", "demand.fr"), ("Payez {total", "letter-braces", "demand.fr"), (" ", "block-empty", "demand.fr"),
    ("Payez donc.", "letter-names", "demand.fr"), ("Payez {total}, sinon nous saisirons le tribunal.", "MSG-04", "fr"),
    ("Payez {total}, mauvais payeur.", "MSG-06", "fr"),
])  # fmt: skip
def test_a_wording_that_cannot_be_filled_or_is_not_lawful_is_refused_on_its_block(ctx, text, code, field):
    said = blocks(ctx, "reminder_firm")
    said["demand"]["fr"] = text
    assert (code, field) in codes(letter_edit.save_wording, ctx, "reminder_firm", said, 0, "w")


def test_a_wording_changed_meanwhile_or_not_at_all_is_refused(ctx):
    said = blocks(ctx, "reminder_firm")
    assert codes(letter_edit.save_wording, ctx, "reminder_firm", said, 0, "w") == [("nothing-changed", "blocks")]
    said["title"]["fr"] = "Seconde demande"
    letter_edit.save_wording(ctx, "reminder_firm", said, 0, "w1")
    said["title"]["fr"] = "Troisième demande"
    assert [code for code, _ in codes(letter_edit.save_wording, ctx, "reminder_firm", said, 0, "w2")] == [
        "changed-meanwhile"
    ]


def test_a_collector_may_not_change_a_wording(ctx):
    other = replace(ctx, user=User(ctx.user.id, "Paul", "collector"))
    assert codes(letter_edit.save_wording, other, "reminder_firm", {}, 0, "w") == [("forbidden", "")]


def test_an_enforceable_title_opens_a_sentence_until_a_decision_sets_it_aside(ctx):
    case_id = a_case_written_to(ctx)
    text = (
        later_letters.letter_text(ctx, case_id, "reminder_firm")[1]
        + "\n\nNotre mandant pourrait faire saisir vos comptes bancaires.\n"
    )

    def rules() -> list[str]:
        return [one.rule for one in text_check.check_text(ctx, "reminder", case_id, text)]

    assert rules() == ["MSG-03"]
    with ctx.write() as unit:
        unit.add(
            "titles", case_id=case_id, kind="judgment", issued_on="2026-06-01", reference="N-1", created_at=ctx.stamp
        )
    assert rules() == []
    gone = FactEntry(
        case_id, "title_set_aside", D(2026, 10, 1), since=D(2026, 6, 1), evidence="Jugement du 1er octobre 2026"
    )
    legal_facts.record_fact(ctx, gone, "gone")
    assert rules() == ["MSG-03"]


def closed_for_part(ctx: Ctx, reason: str) -> int:
    """A case of 300,00 on which 120,00 came and were accepted in full settlement."""
    case_id = a_case_written_to(ctx, a_debt("F-1", amount=30000))
    payments.record_payment(ctx, payments.PaymentEntry(case_id, D(2026, 11, 20), 12000, "transfer", "agency"), "p")
    closures.ask(ctx, case_id, reason, "Accord du créancier du 21 novembre 2026", "ask")
    accept(ctx, case_id)
    return case_id


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        ("fr", ("Garage du Port a accepté vos paiements, d'un montant total de 120,00 €", "plus rien ne vous est réclamé", "LR-2026-8 du 2 novembre 2026")),
        ("en", ("Garage du Port has accepted your payments, €120.00 in all", "nothing more is claimed from you", "LR-2026-8 of 2 November 2026")),
    ],
)  # fmt: skip
@pytest.mark.parametrize("reason", ["partial", "settlement"])
def test_a_case_closed_on_a_part_payment_has_a_letter_of_its_own(ctx, lang, said, reason):
    case_id = closed_for_part(ctx, reason)
    if lang == "en":
        with ctx.write() as unit:
            unit.run("UPDATE parties SET lang = 'en' WHERE id = (SELECT debtor_id FROM cases WHERE id = ?)", (case_id,))
            unit.audit("test.prepared", "case", case_id)
    assert closures.closing_letter(ctx, case_id) == "closing_settled"
    found = reasons(ctx, case_id)
    assert (found["closing_settled"], found["closing_paid"]) == ([], ["still-owed"])
    assert found["closing_ended"] == ["settled-for-part"]
    done = closures.issue_closing_letter(ctx, case_id, "c")
    read = text_of(ctx, done.document_id)
    assert [one for one in said if one not in read] == []
    assert closures.closing_letter(ctx, case_id) == ""


def test_no_letter_of_an_accepted_part_payment_while_the_case_is_open(ctx):
    case_id = a_case_written_to(ctx, a_debt("F-1", amount=30000))
    assert reasons(ctx, case_id)["closing_settled"] == ["not-accepted"]


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("fr", ("Vous nous avez indiqué que vous régleriez 50,00 € au plus tard le 5 décembre 2026.", "merci de votre réponse, convenue pour le 5 décembre 2026")),
        ("en", ("You told us that you would pay €50.00 by 5 December 2026 at the latest.", "thank you for your answer, agreed for 5 December 2026")),
    ],
)  # fmt: skip
def test_a_promise_is_confirmed_by_e_mail_with_its_sum_and_by_sms_without(ctx, lang, words):
    case_id = a_case_written_to(ctx, a_debt("F-1", amount=30000))
    if lang == "en":
        with ctx.write() as unit:
            unit.run("UPDATE parties SET lang = 'en' WHERE id = (SELECT debtor_id FROM cases WHERE id = ?)", (case_id,))
            unit.audit("test.prepared", "case", case_id)
    assert [p.code for p in later_letters.letter_text(ctx, case_id, "promise_email")[2]] == ["promise-missing"]
    promises.record_promise(ctx, promises.PromiseEntry(case_id, 5000, D(2026, 12, 5), "transfer"), "pr")
    subject, mail, wrong = later_letters.letter_text(ctx, case_id, "promise_email")
    assert (wrong, words[0] in " ".join(mail.split()), "50" in subject) == ((), True, False)
    _, sms, wrong = later_letters.letter_text(ctx, case_id, "promise_sms")
    assert (wrong, words[1] in sms, "50,00" in sms or "50.00" in sms) == ((), True, False)
    for kind, text, title in (("email", mail, subject), ("sms", sms, "")):
        assert text_check.check_text(ctx, kind, case_id, text, title) == ()
