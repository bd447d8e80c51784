"""A lead edits the result codes: every reader follows, the law and the program keep what they rest on, and one may go back."""

import datetime as dt
from dataclasses import replace
from io import BytesIO

import pytest
from pypdf import PdfReader

from core.domain.messages import Refusal
from core.domain.rights import Right, rights_of
from core.i18n import texts
from core.services import case_papers, cases, closures, journal, promises, reports, result_edit, result_words
from core.services.payments import PaymentEntry, record_payment
from core.services.promises import PromiseEntry
from core.services.reports import ReportScope
from core.services.result_edit import ResultEntry
from tests.services.factory import a_call, a_case, a_debt
from tests.services.test_reports import figure

D = dt.date


def as_typed(ctx, code):
    one = result_edit.results(ctx).of(code).code
    return ResultEntry(
        code, one.label.fr, one.label.en, one.key, one.next_action.kind, one.next_action.days, tuple(map(str, one.needs)),
        one.attempt, one.right_party, str(one.stops or "none"), one.stop_days or 0, one.active,
    )  # fmt: skip


def edit(ctx, code, **changed):
    return result_edit.save_result(
        ctx, replace(as_typed(ctx, code), **changed), result_edit.results(ctx).of(code).version
    )


def refused(ctx, code, **changed):
    with pytest.raises(Refusal) as caught:
        edit(ctx, code, **changed)
    return {(problem.code, problem.field) for problem in caught.value.problems}


def test_an_edited_label_digit_and_delay_are_what_the_next_call_uses(ctx):
    case_id = a_case(ctx)
    edit(ctx, "NRP", label_fr="Sans réponse", key="", days=4)
    edit(ctx, "OCC", key="8")
    offered = {one.code: one for one in journal.result_codes(ctx, "call")}
    assert (offered["NRP"].label.fr, offered["NRP"].key, offered["OCC"].key) == ("Sans réponse", "", "8")
    assert a_call(ctx, case_id, "NRP").next_on == "2026-11-27"  # Monday 23 November and four days: a Friday


def test_a_fact_added_is_compulsory_from_then_on(ctx):
    case_id = a_case(ctx)
    edit(ctx, "RAC", needs=("note",))
    with pytest.raises(Refusal) as caught:
        a_call(ctx, case_id, "RAC")
    assert [problem.field for problem in caught.value.problems] == ["note"]


def test_a_code_retired_is_not_offered_and_cannot_be_logged_but_stays_readable(ctx):
    case_id = a_case(ctx)
    a_call(ctx, case_id, "RAC")
    edit(ctx, "RAC", active=False)
    assert "RAC" not in {one.code for one in journal.result_codes(ctx, "call")}
    assert "RAC" in {one.code for one in journal.all_results(ctx)}
    with pytest.raises(Refusal) as caught:
        a_call(ctx, case_id, "RAC")
    assert caught.value.problems[0].code == "choice-unknown"
    assert [entry.result_code for entry in cases.case_file(ctx, case_id).timeline] == ["RAC"]


def test_the_grace_of_a_promise_and_the_attempts_of_a_report_follow(ctx):
    case_id = a_case(ctx, a_debt(amount=30000))
    edit(ctx, "PRO", days=9)
    promises.record_promise(ctx, PromiseEntry(case_id, 1000, D(2026, 12, 1)), "t")
    assert [task.due_on for task in cases.case_file(ctx, case_id).tasks] == [
        "2026-12-10"
    ]  # the 1st and nine days: a Thursday
    a_call(ctx, case_id, "OCC")
    scope = ReportScope(D(2026, 11, 1), D(2026, 11, 30))
    assert figure(reports.report(ctx, scope), "attempts").value == 1
    edit(ctx, "OCC", attempt=False)
    assert figure(reports.report(ctx, scope), "attempts").value == 0


def test_what_the_program_or_the_law_rests_on_stays(ctx):
    assert refused(ctx, "PRO", needs=("amount", "date")) >= {("result-held", "needs")}
    assert refused(ctx, "PRO", active=False) == {("result-held", "active")}
    assert refused(ctx, "SUR", stops="none") == {("result-held", "stops")}
    assert refused(ctx, "SOL", next_kind="call_again") == {("result-held", "next_action")}
    assert refused(ctx, "NRP", next_kind="close") == {("result-held", "next_action")}
    assert refused(ctx, "ECH", days=30) == {("result-held", "days")}
    assert refused(ctx, "NRP", key="1") == {("result-digit-taken", "key")}
    assert refused(ctx, "MSG", right_party=True) == {("result-right-party", "right_party")}
    assert refused(ctx, "MSG", label_fr=" ", days=-1) == {("label-missing", "label_fr"), ("result-delay", "days")}
    assert all(view.shipped for view in result_edit.results(ctx).views)


def test_a_code_of_the_house_takes_the_place_of_a_retired_one(ctx):
    own = ResultEntry("WAT", "Message instantané lu", "Instant message read", "", "call_again", 2, (), attempt=True,
                      right_party=False, family="third_party", channels=("call", "sms"))  # fmt: skip
    with pytest.raises(Refusal) as caught:
        result_edit.save_result(ctx, own, 0)
    assert caught.value.problems[0].code == "result-too-many"  # 39 are shipped
    edit(ctx, "HOS", active=False)
    assert result_edit.save_result(ctx, own, 0) == 1
    assert a_call(ctx, a_case(ctx), "WAT").next_on == "2026-11-25"
    with pytest.raises(Refusal) as caught:
        result_edit.back_to_shipped(ctx, "WAT", 1)
    assert caught.value.problems[0].code == "result-own"


def test_one_goes_back_to_what_was_shipped_and_every_version_stays(ctx):
    edit(ctx, "NRP", days=4)
    edit(ctx, "NRP", days=5)
    with pytest.raises(Refusal) as caught:
        result_edit.save_result(ctx, as_typed(ctx, "NRP"), 1)
    assert caught.value.problems[0].code == "changed-meanwhile"
    assert result_edit.back_to_shipped(ctx, "NRP", 2) == 3
    view = result_edit.results(ctx).of("NRP")
    assert (view.shipped, view.code.next_action.days, view.version, view.author) == (True, 1, 3, "Léa Martin")


def test_only_those_who_keep_the_settings_edit_them():
    assert [role for role in ("lead", "collector", "trainee", "auditor") if Right.SETTINGS in rights_of(role)] == [
        "lead"
    ]


def test_a_settlement_names_what_was_received_and_is_none_once_nothing_is_owed(ctx):
    case_id = a_case(ctx, a_debt(amount=30000))
    for code in ("PAR", "TRA"):
        with pytest.raises(Refusal) as caught:
            a_call(ctx, case_id, code, amount=10000, channel="none")
        assert [(p.code, p.field) for p in caught.value.problems] == [("not-received", "amount")]
    record_payment(ctx, PaymentEntry(case_id, D(2026, 11, 20), 10000, "transfer", "agency"), "p1")
    with pytest.raises(Refusal) as caught:
        a_call(ctx, case_id, "SOL", amount=10000, channel="none")
    assert caught.value.problems[0].code == "balance-not-zero"
    assert a_call(ctx, case_id, "PAR", amount=10000, channel="none").closed
    paid = a_case(ctx, a_debt(amount=10000))
    record_payment(ctx, PaymentEntry(paid, D(2026, 11, 20), 10000, "transfer", "agency"), "p2")
    with pytest.raises(Refusal) as caught:
        a_call(ctx, paid, "TRA", amount=10000, channel="none")
    assert caught.value.problems[0].code == "nothing-left"
    assert a_call(ctx, paid, "SOL", amount=10000, channel="none").closed


def test_a_closed_case_says_why_in_the_words_of_the_lead_on_its_papers_too(ctx):
    case_id = a_case(ctx, a_debt(amount=5000))
    record_payment(ctx, PaymentEntry(case_id, ctx.today, 5000, "transfer", "creditor"), "p")
    a_call(ctx, case_id, "SOL", amount=5000, channel="none")
    edit(ctx, "SOL", label_fr="Réglé en totalité")
    reason = cases.case_file(ctx, case_id).head.closure_reason
    with ctx.store.read() as reader:
        assert closures.label(texts("fr"), reason, result_words.labels(reader)) == "Réglé en totalité"
    pages = PdfReader(BytesIO(case_papers.history_file(ctx, case_id)[1])).pages
    assert "Réglé en totalité" in " ".join(page.extract_text() for page in pages)


def test_every_next_action_a_result_may_be_given_has_its_words_and_may_be_chosen_by_hand(ctx):
    choices = set(result_edit.action_choices())
    assert choices <= set(result_words.action_kinds())
    assert not [kind for kind in choices if result_words.action_label(texts("fr"), kind) == kind]
