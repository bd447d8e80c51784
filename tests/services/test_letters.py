"""The first letter: the wall before it, issuing, posting, many at once. 23 November 2026 is a Monday; days by hand."""

import datetime as dt
import re
from dataclasses import replace
from io import BytesIO

import pytest
from pypdf import PdfReader

from core.domain.messages import Refusal
from core.services import agency, cases, contact_gate, creditors, holds, journal, letters, limitation, payments, people
from core.services.context import Ctx
from core.store import audit, summaries
from tests.services.factory import WHOLE_AGENCY, WHOLE_MANDATE, a_call, a_case, a_case_to_write, a_debt, ready_to_write

D = dt.date


def whole(ctx: Ctx, case_id: int) -> cases.CaseFile:
    return cases.case_file(ctx, case_id)


def codes(service, *args) -> list[tuple[str, str]]:
    with pytest.raises(Refusal) as refused:
        service(*args)
    return [(p.code, p.field) for p in refused.value.problems]


def issue(ctx: Ctx, case_id: int, token: str = "t") -> letters.Issued:
    return letters.issue_first_letter(ctx, case_id, "letter", token)


def test_with_everything_there_the_preview_has_a_pdf_and_writes_nothing(ctx):
    case_id = a_case_to_write(ctx, a_debt(amount=10000), a_debt(amount=5050))
    preview = letters.first_letter_preview(ctx, case_id)
    assert preview.problems == ()
    assert preview.letter.amounts.total == 15050
    assert preview.pdf is not None
    assert preview.pdf.startswith(b"%PDF")
    assert whole(ctx, case_id).timeline == ()


def gate(ctx: Ctx, case_id: int):
    return contact_gate.may_contact(ctx, contact_gate.Intent(case_id, "letter", purpose="first_letter")).problems(
        "case"
    )


@pytest.mark.parametrize("lacking", [
    "name", "address", "insurer", "insurance_policy", "insurance_until", "client_account_iban", "prosecutor", "prosecutor_declared_on",
    "signatory",
])  # fmt: skip
def test_each_item_of_the_agency_file_blocks_sending(ctx, lacking):
    case_id = a_case_to_write(ctx)
    agency.save_agency_file(ctx, replace(WHOLE_AGENCY, **{lacking: ""}), agency.agency_file(ctx).row_version)
    assert {(p.code, p.field) for p in gate(ctx, case_id)} == {("agency-missing", "agency")}
    assert ("agency-missing", "agency") in codes(issue, ctx, case_id)
    assert whole(ctx, case_id).timeline == ()


@pytest.mark.parametrize(("until", "blocked"), [("2026-11-22", True), ("2026-11-23", False), ("2026-11-24", False)])
def test_an_insurance_ended_yesterday_blocks_one_that_ends_today_does_not(ctx, until, blocked):
    case_id = a_case_to_write(ctx)
    file = replace(WHOLE_AGENCY, insurance_until=until)
    agency.save_agency_file(ctx, file, agency.agency_file(ctx).row_version)
    assert bool(gate(ctx, case_id)) is blocked


@pytest.mark.parametrize(
    "lacking", ["power_to_receive", "basis", "amounts", "guarantee", "fee_terms", "remittance_terms"]
)
def test_each_item_of_the_mandate_blocks_sending(ctx, lacking):
    agency.save_agency_file(ctx, WHOLE_AGENCY, 0)
    entry = creditors.CreditorEntry("X", "Garage", address="4 quai", postcode="44000", city="Nantes")
    creditor = creditors.save_creditor(ctx, entry)
    terms = {**WHOLE_MANDATE, lacking: type(WHOLE_MANDATE[lacking])()}
    creditors.save_mandate(ctx, creditor, creditors.MandateEntry("M", D(2026, 1, 2), **terms))
    case_id = a_case_to_write(ctx, creditor=creditor)
    assert codes(issue, ctx, case_id) == [("mandate-missing", "mandate")]


def test_without_a_mandate_in_force_nothing_leaves(ctx):
    creditor = ready_to_write(ctx)
    row = creditors.creditor_file(ctx, creditor).mandates[0]
    ended = creditors.MandateEntry(row.ref, D(2026, 1, 2), ends_on=D(2026, 11, 22), **WHOLE_MANDATE)
    creditors.save_mandate(ctx, creditor, ended, row.id, row.row_version)
    assert codes(issue, ctx, a_case_to_write(ctx, creditor=creditor)) == [("mandate-missing", "mandate")]


def test_issuing_keeps_the_pdf_and_plans_the_posting_but_opens_no_contact_yet(ctx):
    case_id = a_case_to_write(ctx)
    done = issue(ctx, case_id)
    file = whole(ctx, case_id)
    assert done.reference == f"{file.head.ref}-L1"
    assert (file.head.first_letter_on, file.head.last_on) == (None, None)
    assert [(t.kind, t.due_on) for t in file.tasks] == [("post_letter", "2026-11-23")]
    text = "".join(
        page.extract_text() for page in PdfReader(BytesIO(letters.letter_bytes(ctx, done.document_id))).pages
    )
    assert done.reference in text
    assert codes(a_call, ctx, case_id, "NRP") == [("first-letter-missing", "direction")]


def test_posting_opens_contacts_and_plans_the_first_call_eight_days_later(ctx):
    case_id = a_case_to_write(ctx)
    done = issue(ctx, case_id)
    letters.mark_posted(ctx, (done.reference,), D(2026, 11, 23))
    file = whole(ctx, case_id)
    assert (file.head.first_letter_ref, file.head.first_letter_on) == (done.reference, "2026-11-23")
    assert (file.head.last_on, [(t.kind, t.due_on) for t in file.tasks]) == (
        "2026-11-23",
        [("first_call", "2026-12-01")],
    )  # Monday 23 + 8 = Tuesday 1 December
    assert [(e.channel, e.direction) for e in file.timeline if e.kind == "interaction"] == [("letter", "out")]
    letters.mark_posted(ctx, (done.reference,), D(2026, 11, 23))
    assert len([e for e in whole(ctx, case_id).timeline if e.kind == "interaction"]) == 1
    a_call(ctx, case_id, "NRP")


def test_a_double_click_issues_once(ctx):
    case_id = a_case_to_write(ctx)
    assert issue(ctx, case_id, "same") == issue(ctx, case_id, "same")
    assert len(letters.issued_letters(ctx, case_id)) == 1


def test_issued_again_it_is_a_new_letter_and_the_one_that_never_left_is_cancelled(ctx):
    case_id = a_case_to_write(ctx)
    first, second = issue(ctx, case_id, "one"), issue(ctx, case_id, "two")
    assert (first.reference[-3:], second.reference[-3:]) == ("-L1", "-L2")
    rows = letters.issued_letters(ctx, case_id)
    assert [(row.reference, row.state) for row in rows] == [(second.reference, "ready"), (first.reference, "cancelled")]
    assert letters.letter_bytes(ctx, first.document_id).startswith(b"%PDF")
    assert codes(letters.mark_posted, ctx, (first.reference,), ctx.today) == [("letter-unknown", "reference")]


@pytest.mark.parametrize(("on", "code"), [
    (D(2026, 11, 24), "date-in-future"), (D(2026, 11, 22), "before-letter"), (D(2026, 1, 2), "before-letter"), (D(2026, 1, 1), "mandate-later"),
])  # fmt: skip
def test_a_posting_day_to_come_before_the_letter_or_before_the_mandate_is_refused(ctx, on, code):
    done = issue(ctx, a_case_to_write(ctx))
    assert codes(letters.mark_posted, ctx, (done.reference,), on) == [(code, "posted_on")]


@pytest.mark.parametrize("on", [D(2026, 11, 20), D(2026, 11, 23), D(2026, 11, 25)])
def test_the_sending_day_is_the_day_of_posting_and_the_letter_keeps_its_own_date(ctx, on):
    case_id = a_case_to_write(ctx)
    done = issue(replace(ctx, today=D(2026, 11, 20)), case_id)
    letters.mark_posted(replace(ctx, today=D(2026, 11, 25)), (done.reference,), on)
    assert whole(ctx, case_id).head.first_letter_on == on.isoformat()
    (row,) = letters.issued_letters(ctx, case_id)
    assert (row.dated, row.posted_on) == ("2026-11-20", on.isoformat())


def test_a_letter_older_than_fifteen_days_is_issued_again_instead_of_posted(ctx):
    case_id = a_case_to_write(ctx)
    later = replace(ctx, today=D(2026, 12, 9))  # 23 November + 15 days = 8 December
    done = issue(ctx, case_id)
    assert codes(letters.mark_posted, later, (done.reference,), D(2026, 12, 9)) == [("letter-stale", "posted_on")]
    assert [row.state for row in letters.issued_letters(ctx, case_id)] == ["ready"]
    letters.mark_posted(later, (done.reference,), D(2026, 12, 8))
    assert whole(ctx, case_id).head.first_letter_on == "2026-12-08"


def a_hold(ctx: Ctx, case_id: int, kind: str, debt: int | None = None) -> None:
    holds.open_hold(ctx, holds.HoldEntry(case_id, debt, kind, "jugement reçu", None), f"h-{case_id}-{kind}-{debt}")


@pytest.mark.parametrize(("after_issue", "code"), [
    (lambda ctx, case_id: a_hold(ctx, case_id, "insolvency"), "case-held"),
    (lambda ctx, case_id: payments.record_payment(
        ctx, payments.PaymentEntry(case_id, ctx.today, 10000, "transfer", "agency"), "all"), "nothing-owed"),
])  # fmt: skip
def test_what_happened_since_the_issue_keeps_the_letter_back_until_it_is_cancelled(ctx, after_issue, code):
    case_id = a_case_to_write(ctx, a_debt(amount=10000))
    done = issue(ctx, case_id)
    after_issue(ctx, case_id)
    assert codes(letters.mark_posted, ctx, (done.reference,), ctx.today) == [(code, "posted_on")]
    assert whole(ctx, case_id).head.first_letter_on is None
    assert [row.state for row in letters.issued_letters(ctx, case_id)] == ["ready"]
    letters.cancel_letter(ctx, done.reference)
    assert [row.state for row in letters.issued_letters(ctx, case_id)] == ["cancelled"]
    assert "post_letter" not in [task.kind for task in whole(ctx, case_id).tasks]


def test_a_case_is_not_closed_while_its_letter_waits_to_leave(ctx):
    case_id = a_case_to_write(ctx)
    done = issue(ctx, case_id)
    with pytest.raises(Refusal) as refused:
        a_call(ctx, case_id, "RET", channel="none")
    assert [(problem.code, problem.field) for problem in refused.value.problems] == [("closure-message", "result")]
    letters.cancel_letter(ctx, done.reference)
    a_call(ctx, case_id, "RET", channel="none")
    assert whole(ctx, case_id).head.status == "closed"


def test_a_letter_that_left_the_day_before_the_stop_or_beside_the_stop_of_one_debt_is_recorded(ctx):
    friday = replace(ctx, today=D(2026, 11, 20))
    case_id = a_case_to_write(friday)
    done = issue(friday, case_id)
    a_hold(ctx, case_id, "insolvency")
    assert codes(letters.mark_posted, ctx, (done.reference,), D(2026, 11, 23)) == [("case-held", "posted_on")]
    letters.mark_posted(ctx, (done.reference,), D(2026, 11, 22))
    one = a_case_to_write(ctx, a_debt(), a_debt())
    other = issue(ctx, one, "two")
    a_hold(ctx, one, "creditor_check", whole(ctx, one).debts[0].id)
    letters.mark_posted(ctx, (other.reference,), ctx.today)
    assert whole(ctx, one).head.first_letter_on == "2026-11-23"


def test_a_cancelled_letter_leaves_the_case_with_a_letter_to_send_and_a_posted_one_cannot_be_cancelled(ctx):
    case_id = a_case_to_write(ctx)
    done = issue(ctx, case_id)
    letters.cancel_letter(ctx, done.reference)
    assert [(task.kind, task.due_on) for task in whole(ctx, case_id).tasks] == [("first_letter", "2026-11-23")]
    assert codes(letters.cancel_letter, ctx, done.reference) == [("letter-unknown", "reference")]
    again = issue(ctx, case_id, "again")
    letters.mark_posted(ctx, (again.reference,), ctx.today)
    assert codes(letters.cancel_letter, ctx, again.reference) == [("letter-sent", "reference")]


@pytest.mark.parametrize(("day", "refused"), [(19, True), (20, False), (21, False)])
def test_an_outgoing_contact_before_the_day_of_posting_is_refused_that_day_and_later_are_not(ctx, day, refused):
    case_id = a_case_to_write(ctx)
    done = issue(replace(ctx, today=D(2026, 11, 16)), case_id)
    letters.mark_posted(ctx, (done.reference,), D(2026, 11, 20))
    if refused:
        found = codes(lambda: a_call(ctx, case_id, "NRP", happened_on=D(2026, 11, day)))
        assert found == [("before-first-letter", "happened_on")]
    else:
        a_call(ctx, case_id, "NRP", happened_on=D(2026, 11, day))


def test_a_correction_does_not_move_a_contact_before_the_letter_but_one_that_lay_before_stays_correctable(ctx):
    case_id = a_case(ctx, first_letter_on=D(2026, 11, 10), first_letter_ref="LR-1")
    call = a_call(ctx, case_id, "NRP", happened_on=D(2026, 11, 12))
    moved = codes(lambda: a_call(ctx, case_id, "NRP", happened_on=D(2026, 11, 9), corrects=call.interaction_id))
    assert moved == [("before-first-letter", "happened_on")]
    people.record_first_letter(ctx, case_id, whole(ctx, case_id).head.row_version, "LR-2", D(2026, 11, 16))
    a_call(ctx, case_id, "NRP", happened_on=D(2026, 11, 13), corrects=call.interaction_id)


def test_a_letter_issued_again_does_not_close_the_days_since_the_first_one(ctx):
    case_id = a_case_to_write(ctx)
    first = issue(replace(ctx, today=D(2026, 11, 16)), case_id, "one")
    letters.mark_posted(ctx, (first.reference,), D(2026, 11, 16))
    second = issue(ctx, case_id, "two")
    letters.mark_posted(ctx, (second.reference,), D(2026, 11, 23))
    assert whole(ctx, case_id).head.first_letter_on == "2026-11-23"
    a_call(ctx, case_id, "NRP", happened_on=D(2026, 11, 17))
    assert codes(lambda: a_call(ctx, case_id, "NRP", happened_on=D(2026, 11, 13))) == [
        ("before-first-letter", "happened_on")
    ]


def heeded(ctx: Ctx, case_id: int) -> list[str]:
    return [str(one) for one in letters.first_letter_preview(ctx, case_id, with_pdf=False).cautions]


@pytest.mark.parametrize(("due", "claimed"), [(22, True), (23, True), (24, False)])
def test_a_debt_is_claimed_from_the_day_it_is_due_and_left_out_with_a_word_before(ctx, due, claimed):
    case_id = a_case_to_write(ctx, a_debt("A", 10000), a_debt("B", 5050, D(2026, 11, due)))
    preview = letters.first_letter_preview(ctx, case_id, with_pdf=False)
    assert preview.problems == ()
    assert preview.letter.amounts.total == (15050 if claimed else 10000)
    said = [one for one in heeded(ctx, case_id) if "1305-2" in one]
    assert len(said) == (0 if claimed else 1)
    assert all("B" in one for one in said)


def test_when_nothing_is_due_no_letter_leaves(ctx):
    case_id = a_case_to_write(ctx, a_debt(due=D(2026, 11, 24)), a_debt(due=D(2027, 3, 1)))
    assert codes(issue, ctx, case_id) == [("LET-06", "debts"), ("not-due", "debts")]
    issue(replace(ctx, today=D(2026, 11, 24)), case_id, "next")


def test_a_debt_without_due_date_or_date_of_issue_is_to_be_checked(ctx):
    undated = replace(a_debt("B"), issued_on=None)
    said = heeded(ctx, a_case_to_write(ctx, a_debt("A", due=None), undated, a_debt("C")))
    assert sorted(re.search(r"debt (.) has no (due date|date of issue)", one).groups() for one in said) == [
        ("A", "due date"),
        ("B", "date of issue"),
    ]


@pytest.mark.parametrize(
    ("due", "days"), [(D(2022, 2, 22), None), (D(2022, 2, 21), 90), (D(2021, 11, 24), 1), (D(2021, 11, 23), 0)]
)
def test_a_debt_whose_last_day_to_sue_is_near_is_told_and_still_may_be_written(ctx, due, days):
    case_id = a_case_to_write(
        ctx, replace(a_debt(due=due), issued_on=D(2021, 1, 4)), a_debt(), kind="business"
    )  # five years
    said = heeded(ctx, case_id)
    assert [f"in {days} days" in one and "does not interrupt" in one for one in said] == (
        [] if days is None else [True]
    )
    issue(ctx, case_id)


def test_a_time_barred_debt_is_written_about_only_once_a_lead_decided(ctx):
    case_id = a_case_to_write(
        ctx, replace(a_debt("OLD", due=D(2021, 11, 22)), issued_on=D(2021, 1, 4)), kind="business"
    )
    assert codes(issue, ctx, case_id) == [("time-barred", "case")]
    limitation.decide(ctx, case_id, granted=True, reason="Il demande à payer.", token="d")
    assert "time-barred since 2026-11-22" in heeded(ctx, case_id)[0]
    issue(ctx, case_id)


def printed(pdf: bytes | None) -> str:
    return " ".join("".join(page.extract_text() for page in PdfReader(BytesIO(pdf or b"")).pages).split())


@pytest.mark.parametrize(("country", "lang", "last"), [
    ("BE", "fr", "BELGIQUE"), ("GB", "en", "ROYAUME-UNI / UNITED KINGDOM"), ("LU", "en", "LUXEMBOURG"), ("FR", "en", "38000 Grenoble"),
])  # fmt: skip
def test_an_address_abroad_ends_with_the_name_of_the_country(ctx, country, lang, last):
    place = {} if country == "FR" else {"postcode": "1000", "city": "Ville"}
    case_id = a_case_to_write(ctx, country=country, **place)
    people.set_debtor_language(ctx, case_id, lang)
    preview = letters.first_letter_preview(ctx, case_id)
    assert preview.letter.debtor_address[-1] == last
    assert last in printed(preview.pdf)


def test_the_letter_is_in_the_language_chosen_for_the_debtor_and_an_issued_one_keeps_its_own(ctx):
    case_id = a_case_to_write(ctx, a_debt(amount=10000))
    french = issue(ctx, case_id)
    people.set_debtor_language(ctx, case_id, "en")
    english = letters.first_letter_preview(ctx, case_id)
    assert "We ask you to pay the sum of €100.00." in printed(english.pdf)
    assert "Nous vous demandons de payer" in printed(letters.letter_bytes(ctx, french.document_id))
    assert codes(people.set_debtor_language, ctx, case_id, "de") == [("choice-unknown", "lang")]
    assert codes(people.set_debtor_language, ctx, 999, "en") == [("case-unknown", "case")]


@pytest.mark.parametrize(("result", "facts"), [
    ("LJ", {"date": D(2026, 11, 20), "court": "Lyon"}), ("DCD", {"date": D(2026, 11, 20)}), ("SUR", {"date": D(2026, 11, 20)}),
])  # fmt: skip
def test_a_held_case_has_no_letter(ctx, result, facts):
    case_id = a_case_to_write(ctx)
    a_call(ctx, case_id, result, channel="none", **facts)
    assert codes(issue, ctx, case_id) == [("case-held", "case")]


def test_a_closed_case_has_no_letter(ctx):
    case_id = a_case_to_write(ctx)
    a_call(ctx, case_id, "RET", channel="none")
    assert codes(issue, ctx, case_id) == [("case-closed", "case")]


def test_a_debtor_without_address_and_a_debt_without_date_are_told_together(ctx):
    case_id = a_case(ctx, replace(a_debt(due=None), issued_on=None), creditor=ready_to_write(ctx), first_letter_on=None)
    assert codes(issue, ctx, case_id) == [("LET-06", "debts"), ("address-missing", "debtor")]


@pytest.mark.parametrize("channel", ["call", "email", "letter", "sms", "visit"])
def test_no_outgoing_contact_before_the_first_letter(ctx, channel):
    case_id = a_case(ctx, first_letter_on=None)
    result = next(r.code for r in journal.result_codes(ctx, channel) if not r.needs)
    entry = journal.ContactEntry(case_id, channel, "out", result, journal.Facts(ctx.today))
    also = [("visit-unagreed", "made_because")] if channel == "visit" else []
    assert codes(journal.log_contact, ctx, entry, "c") == [("first-letter-missing", "direction"), *also]
    assert whole(ctx, case_id).timeline == ()


def test_what_the_debtor_does_a_note_and_an_event_stay_possible_before_the_first_letter(ctx):
    case_id = a_case(ctx, first_letter_on=None)
    entry = journal.ContactEntry(case_id, "call", "in", "REF", journal.Facts(ctx.today, words=(("reason", "refuse"),)))
    journal.log_contact(ctx, entry, "in")
    journal.add_note(ctx, case_id, "Adresse à vérifier", "n")
    a_call(ctx, case_id, "LJ", channel="none", date=D(2026, 11, 20), court="Lyon")
    assert len(whole(ctx, case_id).timeline) == 3


def test_typing_in_an_earlier_letter_opens_contacts(ctx):
    case_id = a_case(ctx, first_letter_on=None)
    people.record_first_letter(ctx, case_id, whole(ctx, case_id).head.row_version, "LR-9", D(2026, 11, 2))
    a_call(ctx, case_id, "NRP")
    assert [one.result_code for one in whole(ctx, case_id).timeline if one.result_code] == ["NRP"]


def test_many_letters_leave_in_one_file_and_the_refused_are_told_with_why(ctx):
    creditor = ready_to_write(ctx)
    good = [a_case_to_write(ctx, creditor=creditor, name=name) for name in ("Un", "Deux")]
    bad = a_case(ctx, creditor=creditor, first_letter_on=None, name="Sans Adresse")
    batch = letters.issue_first_letters(ctx, [*good, bad, good[0]], "many")
    assert [one.case_id for one in batch.issued] == good
    assert [(case_id, [p.code for p in found]) for case_id, found in batch.refused] == [(bad, ["address-missing"])]
    text = "".join(p.extract_text() for p in PdfReader(BytesIO(letters.letter_bytes(ctx, batch.document_id))).pages)
    assert [bool(re.search(one.reference, text)) for one in batch.issued] == [True, True]
    again = letters.issue_first_letters(ctx, [*good, bad], "many")
    assert again == batch
    letters.mark_posted(ctx, [one.reference for one in batch.issued], ctx.today)
    assert {whole(ctx, one).head.first_letter_on for one in good} == {"2026-11-23"}


def test_more_than_five_hundred_letters_at_once_are_refused(ctx):
    assert codes(letters.issue_first_letters, ctx, range(1, 502), "many") == [("too-many", "cases")]


def test_proof_and_read_models_hold_after_issue_and_posting(ctx):
    done = issue(ctx, a_case_to_write(ctx))
    letters.mark_posted(ctx, (done.reference,), ctx.today)
    with ctx.store.read() as reader:
        assert audit.first_break(reader.conn) is None
        assert summaries.first_difference(reader.conn) is None
