"""Why a debtor does not pay: asked with three results, corrected by a new entry, told by creditor."""

import datetime as dt

import pytest

from core.domain.messages import Refusal
from core.services import cases, journal, reasons, reports
from core.services.reasons import ReasonEntry
from tests.services.factory import a_call, a_case, a_creditor

D = dt.date
FRIDAY = D(2026, 11, 20)


def codes(refused):
    return {(p.code, p.field) for p in refused.value.problems}


def said(ctx, case_id, code, on=FRIDAY, token="t", **more):
    return reasons.set_reason(ctx, case_id, ReasonEntry(code, more.pop("source", "debtor"), on, **more), token)


def logged(ctx, case_id, result, token, **more):
    words = tuple((key, more.pop(key)) for key in ("reason", "note") if key in more)
    facts = journal.Facts(ctx.today, words=words)
    entry = journal.ContactEntry(case_id, "call", "in", result, facts, **more)
    return journal.log_contact(ctx, entry, token)


def test_a_reason_changes_with_what_is_said_last_and_both_stay(ctx):
    case_id = a_case(ctx)
    assert reasons.current_of(ctx, case_id) is None
    said(ctx, case_id, "oversight", D(2026, 11, 2), "a")
    said(ctx, case_id, "hardship", D(2026, 11, 20), "b", source="representative")
    said(ctx, case_id, "administrative", D(2026, 11, 10), "c")  # typed last, said earlier
    found = reasons.current_of(ctx, case_id)
    assert (found.code, found.tone, found.source, found.said_on) == (
        "hardship",
        "gentle",
        "representative",
        "2026-11-20",
    )
    assert [row.code for row in reasons.history(ctx, case_id)] == ["hardship", "administrative", "oversight"]


def test_a_correction_replaces_one_entry_once_and_the_wrong_one_stays_struck(ctx):
    case_id = a_case(ctx)
    wrong = said(ctx, case_id, "hardship", token="a")
    said(ctx, case_id, "oversight", token="b", corrects=wrong)
    assert reasons.current_of(ctx, case_id).code == "oversight"
    assert [(row.code, bool(row.gone)) for row in reasons.history(ctx, case_id)] == [
        ("oversight", False),
        ("hardship", True),
    ]
    with pytest.raises(Refusal) as refused:
        said(ctx, case_id, "unknown", token="c", corrects=wrong)
    assert codes(refused) == {("already-corrected", "corrects")}


def test_another_case_s_entry_cannot_be_corrected_from_here(ctx):
    elsewhere = said(ctx, a_case(ctx), "hardship")
    with pytest.raises(Refusal) as refused:
        said(ctx, a_case(ctx, name="Roux"), "oversight", token="x", corrects=elsewhere)
    assert codes(refused) == {("reason-unknown", "corrects")}


def test_bad_faith_is_alleged_with_facts_or_not_at_all(ctx):
    case_id = a_case(ctx)
    with pytest.raises(Refusal) as refused:
        said(ctx, case_id, "bad_faith", facts="  ")
    assert codes(refused) == {("reason-facts", "cause_facts")}
    said(ctx, case_id, "bad_faith", facts="Chèque du 3 novembre fait opposition le 4")
    assert reasons.current_of(ctx, case_id).facts == "Chèque du 3 novembre fait opposition le 4"


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ({"facts": "Il est malade"}, ("note-words", "cause_facts")),
        ({"on": D(2026, 11, 24)}, ("date-in-future", "said_on")),  # today is the 23rd
        ({"source": "neighbour"}, ("choice-unknown", "source")),
    ],
)
def test_what_has_no_place_in_a_reason_is_refused_on_its_field(ctx, more, expected):
    case_id = a_case(ctx)
    with pytest.raises(Refusal) as refused:
        said(ctx, case_id, "bad_faith", **{"facts": "Dates", **more})
    assert codes(refused) == {expected}
    assert reasons.history(ctx, case_id) == ()


def test_a_refusal_to_pay_asks_for_its_reason_and_saves_nothing_without(ctx):
    case_id = a_case(ctx)
    with pytest.raises(Refusal) as refused:
        logged(ctx, case_id, "REF", "t", reason="Ne veut pas payer", cause="")
    assert codes(refused) == {("fact-missing", "cause")}
    assert cases.case_file(ctx, case_id).timeline == ()
    logged(ctx, case_id, "REF", "t", reason="Ne veut pas payer", cause="administrative")
    found = reasons.current_of(ctx, case_id)
    assert (found.code, found.source) == ("administrative", "debtor")


@pytest.mark.parametrize(("result", "need", "kept"), [("DIF", "note", "cash_shortage"), ("CON", "reason", "dispute")])
def test_a_contact_that_nobody_asked_keeps_what_its_result_means(ctx, result, need, kept):
    case_id = a_case(ctx)
    a_call(ctx, case_id, result, **{need: "Selon la personne"})
    assert reasons.current_of(ctx, case_id).code == kept


def test_a_result_that_does_not_ask_keeps_none(ctx):
    case_id = a_case(ctx)
    logged(ctx, case_id, "RAC", "t", cause="hardship")
    assert reasons.current_of(ctx, case_id) is None


def test_an_entry_put_right_takes_its_reason_back(ctx):
    case_id = a_case(ctx)
    wrong = a_call(ctx, case_id, "DIF", note="Mauvais dossier").interaction_id
    a_call(ctx, case_id, "RAC", corrects=wrong)
    assert reasons.current_of(ctx, case_id) is None


def test_a_double_click_keeps_one_and_the_journal_tells_it(ctx):
    case_id = a_case(ctx)
    assert said(ctx, case_id, "oversight") == said(ctx, case_id, "oversight")
    assert len(reasons.history(ctx, case_id)) == 1
    (entry,) = cases.case_file(ctx, case_id).timeline
    assert '"kind": "oversight"' in entry.extra


def test_the_report_counts_open_cases_by_the_reason_that_stands(ctx):
    one, other = a_creditor(ctx, "Alpes"), a_creditor(ctx, "Berges")
    first, second, third = (a_case(ctx, creditor=one, name=name) for name in ("Un", "Deux", "Trois"))
    closed, alone = a_case(ctx, creditor=other, name="Quatre"), a_case(ctx, creditor=other, name="Cinq")
    said(ctx, first, "oversight", D(2026, 11, 1), "a")
    said(ctx, first, "hardship", D(2026, 11, 2), "b")
    said(ctx, second, "hardship", token="c")
    said(ctx, closed, "oversight", token="d")
    a_call(ctx, closed, "RET", channel="none")
    table = reports.report(ctx, reports.ReportScope(D(2026, 1, 1), D(2026, 12, 31))).table("reasons")
    # oversight, cash, hardship, dispute, bad faith, administrative, unknown, not asked, open
    assert [row[1:] for row in table.rows] == [(0, 0, 2, 0, 0, 0, 0, 1, 3), (0, 0, 0, 0, 0, 0, 0, 1, 1)]
    assert table.total[1:] == (0, 0, 2, 0, 0, 0, 0, 2, 4)
    only = reports.report(ctx, reports.ReportScope(D(2026, 1, 1), D(2026, 12, 31), other)).table("reasons")
    assert [row[0] for row in only.rows] == ["Berges"]
    del third, alone
