"""The register of legal facts: recorded, corrected, withdrawn; what cannot be is refused on its field; the proof holds."""

import datetime as dt
from decimal import Decimal

import pytest

from core.domain.legal_facts import LegalFact
from core.domain.messages import Refusal
from core.services import cases, creditors, legal_facts, upkeep
from core.services.context import Ctx
from core.services.legal_facts import FactEntry
from core.store import legal_facts as kept
from tests.services.factory import a_case, a_debt

D = dt.date
NOTICE, MARCH = "formal_notice", dt.date(2026, 3, 2)


def recorded(ctx: Ctx, case_id: int, kind: str = NOTICE, on: dt.date | None = MARCH, token: str = "", **more):
    return legal_facts.record_fact(ctx, FactEntry(case_id, kind, on, **more), token or f"{kind}{on}{more}")


def in_force(ctx: Ctx, case_id: int):
    with ctx.store.read() as reader:
        return legal_facts.of_case(reader, case_id)


def debt_ids(ctx: Ctx, case_id: int):
    return [debt.id for debt in cases.case_file(ctx, case_id).debts]


def problems(refused):
    return {(p.code, p.field) for p in refused.value.problems}


def test_a_fact_is_kept_typed_with_its_evidence(ctx):
    case_id = a_case(ctx)
    fact_id = recorded(ctx, case_id, evidence=" AR 1A 123 ", amount=10000)
    assert in_force(ctx, case_id) == (
        LegalFact(NOTICE, D(2026, 3, 2), amount=10000, evidence="AR 1A 123", origin="typed", id=fact_id),
    )


def test_facts_come_by_day_whatever_the_order_they_were_typed_in(ctx):
    case_id = a_case(ctx)
    recorded(ctx, case_id, "court_claim", D(2026, 6, 1))
    recorded(ctx, case_id, NOTICE, D(2026, 3, 2))
    assert [fact.kind for fact in in_force(ctx, case_id)] == [NOTICE, "court_claim"]


def test_a_rate_is_kept_to_the_digit(ctx):
    case_id = a_case(ctx)
    recorded(ctx, case_id, "contract_rate", D(2025, 1, 1), rate=Decimal("8.25"))
    assert in_force(ctx, case_id)[0].rate == Decimal("8.25")


def test_a_corrected_fact_no_longer_counts_and_both_stand_in_the_register(ctx):
    case_id = a_case(ctx)
    first = recorded(ctx, case_id)
    entry = FactEntry(case_id, NOTICE, D(2026, 3, 4), evidence="AR")
    second = legal_facts.correct_fact(ctx, first, entry, "Date de présentation", "c")
    assert [(fact.id, fact.on) for fact in in_force(ctx, case_id)] == [(second, D(2026, 3, 4))]
    rows = legal_facts.register(ctx, case_id)
    assert [(row.id, row.corrects, row.corrected_by, row.reason) for row in rows] == [
        (first, None, second, None),
        (second, first, None, "Date de présentation"),
    ]
    assert {row.author for row in rows} == {"Léa Martin"}


def test_a_correction_is_corrected_in_its_turn(ctx):
    case_id = a_case(ctx)
    first = recorded(ctx, case_id)
    second = legal_facts.correct_fact(ctx, first, FactEntry(case_id, NOTICE, D(2026, 3, 4)), "a", "c1")
    third = legal_facts.correct_fact(ctx, second, FactEntry(case_id, NOTICE, D(2026, 3, 5)), "b", "c2")
    assert [fact.id for fact in in_force(ctx, case_id)] == [third]


def test_a_withdrawn_fact_no_longer_counts_and_stays_in_the_register(ctx):
    case_id = a_case(ctx)
    first = recorded(ctx, case_id)
    legal_facts.withdraw_fact(ctx, first, "Autre dossier", "w")
    assert in_force(ctx, case_id) == ()
    assert [(row.kind, row.reason) for row in legal_facts.register(ctx, case_id)] == [
        (NOTICE, None),
        ("withdrawn", "Autre dossier"),
    ]


def test_a_fact_is_recorded_again_once_it_was_withdrawn(ctx):
    case_id = a_case(ctx)
    legal_facts.withdraw_fact(ctx, recorded(ctx, case_id, token="1"), "erreur", "w")
    assert recorded(ctx, case_id, token="2") in {fact.id for fact in in_force(ctx, case_id)}


def test_the_second_of_two_people_who_correct_is_told(ctx):
    case_id = a_case(ctx)
    first = recorded(ctx, case_id)
    legal_facts.withdraw_fact(ctx, first, "erreur", "w")
    for again in (
        lambda: legal_facts.correct_fact(ctx, first, FactEntry(case_id, NOTICE, D(2026, 3, 4)), "a", "c"),
        lambda: legal_facts.withdraw_fact(ctx, first, "erreur", "w2"),
    ):
        with pytest.raises(Refusal) as refused:
            again()
        assert problems(refused) == {("already-corrected", "fact")}


def test_what_was_withdrawn_cannot_be_withdrawn_again_through_its_own_row(ctx):
    case_id = a_case(ctx)
    gone = legal_facts.withdraw_fact(ctx, recorded(ctx, case_id), "erreur", "w")
    with pytest.raises(Refusal) as refused:
        legal_facts.withdraw_fact(ctx, gone, "encore", "w2")
    assert problems(refused) == {("fact-unknown", "fact")}


@pytest.mark.parametrize("reason", ["", "  "])
def test_a_correction_and_a_withdrawal_want_their_reason(ctx, reason):
    case_id = a_case(ctx)
    first = recorded(ctx, case_id)
    for change in (
        lambda: legal_facts.correct_fact(ctx, first, FactEntry(case_id, NOTICE, D(2026, 3, 4)), reason, "c"),
        lambda: legal_facts.withdraw_fact(ctx, first, reason, "w"),
    ):
        with pytest.raises(Refusal) as refused:
            change()
        assert problems(refused) == {("field-empty", "reason")}


def test_a_fact_of_one_case_does_not_correct_that_of_another(ctx):
    one, two = a_case(ctx), a_case(ctx, name="Roux")
    first = recorded(ctx, one)
    with pytest.raises(Refusal) as refused:
        legal_facts.correct_fact(ctx, first, FactEntry(two, NOTICE, D(2026, 3, 4)), "a", "c")
    assert problems(refused) == {("fact-unknown", "fact")}


def test_a_double_click_records_once(ctx):
    case_id = a_case(ctx)
    assert recorded(ctx, case_id, token="t") == recorded(ctx, case_id, token="t")
    assert len(in_force(ctx, case_id)) == 1


# The debts of the factory were issued on 1 January 2026 and today is 23 November 2026.
@pytest.mark.parametrize(("change", "problem"), [
    ({"kind": "mood"}, ("choice-unknown", "kind")),
    ({"on": None}, ("field-empty", "on")),
    ({"on": D(2026, 11, 24)}, ("date-in-future", "on")),
    ({"on": D(2025, 12, 31)}, ("before-debt", "on")),
    ({"kind": "court_claim", "until": D(2026, 3, 1)}, ("dates-crossed", "until")),
    ({"kind": "court_claim", "until": D(2026, 11, 24)}, ("date-in-future", "until")),
    ({"until": D(2026, 4, 1)}, ("field-unwanted", "until")),
    ({"kind": "contract_rate"}, ("field-empty", "rate")),
    ({"kind": "contract_rate", "rate": Decimal(0)}, ("rate-implausible", "rate")),
    ({"kind": "contract_rate", "rate": Decimal("100.1")}, ("rate-implausible", "rate")),
    ({"kind": "penalty_clause"}, ("field-empty", "amount")),
    ({"amount": 0}, ("amount-not-positive", "amount")),
    ({"debt_id": 999}, ("debt-elsewhere", "debt")),
    ({"kind": "service_completed"}, ("debt-missing", "debt")),
])  # fmt: skip
def test_what_cannot_be_is_refused_on_its_field_and_nothing_is_written(ctx, change, problem):
    case_id = a_case(ctx)
    with pytest.raises(Refusal) as refused:
        recorded(ctx, case_id, **change)
    assert problems(refused) == {problem}
    assert legal_facts.register(ctx, case_id) == ()


@pytest.mark.parametrize("on", [D(2026, 1, 1), D(2026, 11, 23)])
def test_the_day_of_issue_and_today_are_allowed(ctx, on):
    case_id = a_case(ctx)
    assert recorded(ctx, case_id, on=on)


def test_a_fact_of_the_whole_case_names_no_debt(ctx):
    case_id = a_case(ctx)
    (debt,) = debt_ids(ctx, case_id)
    with pytest.raises(Refusal) as refused:
        recorded(ctx, case_id, "insolvency_opening", debt_id=debt)
    assert problems(refused) == {("field-unwanted", "debt")}


def test_a_debt_of_another_case_is_refused(ctx):
    one, two = a_case(ctx), a_case(ctx, name="Roux")
    with pytest.raises(Refusal) as refused:
        recorded(ctx, one, debt_id=debt_ids(ctx, two)[0])
    assert problems(refused) == {("debt-elsewhere", "debt")}


def test_a_service_is_completed_before_its_invoice_and_a_notice_may_follow_it(ctx):
    case_id = a_case(ctx)
    (debt,) = debt_ids(ctx, case_id)
    recorded(ctx, case_id, "service_completed", D(2025, 12, 10), debt_id=debt)
    assert recorded(ctx, case_id, on=D(2025, 12, 20), debt_id=debt)
    with pytest.raises(Refusal) as refused:
        recorded(ctx, case_id, on=D(2025, 12, 9), debt_id=debt)
    assert problems(refused) == {("before-debt", "on")}


def test_a_debt_whose_issue_nobody_knows_bounds_no_day(ctx):
    from core.services.placing import DebtEntry

    case_id = a_case(ctx, DebtEntry("F-9", "invoice", 10000))
    assert recorded(ctx, case_id, on=D(2019, 1, 1))


def test_a_fact_of_the_whole_case_may_lie_between_two_debts(ctx):
    from core.services.placing import DebtEntry

    later = DebtEntry("F-8", "invoice", 10000, D(2026, 6, 1), D(2026, 7, 1))
    case_id = a_case(ctx, a_debt(), later)
    assert recorded(ctx, case_id, on=D(2026, 2, 1))


def test_a_start_is_told_once_and_an_interruption_as_often_as_it_happened(ctx):
    case_id = a_case(ctx)
    (debt,) = debt_ids(ctx, case_id)
    recorded(ctx, case_id, "knowledge", D(2026, 1, 2), debt_id=debt)
    with pytest.raises(Refusal) as refused:
        recorded(ctx, case_id, "knowledge", D(2026, 1, 3), debt_id=debt)
    assert problems(refused) == {("fact-known", "kind")}
    recorded(ctx, case_id, "acknowledgment", D(2026, 2, 1))
    recorded(ctx, case_id, "acknowledgment", D(2026, 3, 1))
    with pytest.raises(Refusal) as refused:
        recorded(ctx, case_id, "acknowledgment", D(2026, 3, 1), token="again")
    assert problems(refused) == {("fact-known", "kind")}


def test_a_proof_is_kept_with_its_fact_and_given_back_byte_for_byte(ctx):
    case_id = a_case(ctx)
    scan = b"%PDF-1.4 accuse de reception"
    recorded(ctx, case_id, proof=("AR.pdf", scan))
    (row,) = legal_facts.register(ctx, case_id)
    assert (row.document, row.media_type) == ("AR.pdf", "application/pdf")
    assert creditors.document_bytes(ctx, row.document_id) == (scan, "AR.pdf", "application/pdf")
    assert in_force(ctx, case_id)[0].evidence == "AR.pdf"
    assert upkeep.verify(ctx).audit_chain


def test_a_correction_keeps_the_proof_that_was_there(ctx):
    case_id = a_case(ctx)
    first = recorded(ctx, case_id, proof=("AR.pdf", b"%PDF-1.4 x"))
    legal_facts.correct_fact(ctx, first, FactEntry(case_id, NOTICE, D(2026, 3, 4)), "date", "c")
    assert legal_facts.register(ctx, case_id)[1].document == "AR.pdf"


def test_a_proof_that_is_no_document_is_refused_and_the_fact_with_it(ctx):
    case_id = a_case(ctx)
    with pytest.raises(Refusal) as refused:
        recorded(ctx, case_id, proof=("AR.exe", b"MZ"))
    assert problems(refused) == {("proof-unreadable", "proof")}
    assert legal_facts.register(ctx, case_id) == ()


def test_no_word_of_a_fact_is_in_the_audit_and_each_gesture_has_its_line(ctx):
    case_id = a_case(ctx)
    first = recorded(ctx, case_id, evidence="Lettre de Lefèvre")
    second = legal_facts.correct_fact(
        ctx, first, FactEntry(case_id, NOTICE, D(2026, 3, 4), evidence="Lettre de Lefèvre"), "date de Lefèvre", "c"
    )
    legal_facts.withdraw_fact(ctx, second, "autre Lefèvre", "w")
    with ctx.store.read() as reader:
        lines = reader.rows("SELECT action, details FROM audit WHERE object_kind = 'legal_fact' ORDER BY id")
    assert [action for action, _ in lines] == ["fact.recorded", "fact.corrected", "fact.withdrawn"]
    assert "Lefèvre" not in repr(lines)
    found = upkeep.verify(ctx)
    assert (found.audit_chain, found.read_model) == (True, True)


def test_a_fact_of_no_case_is_refused(ctx):
    with pytest.raises(Refusal) as refused:
        recorded(ctx, 77)
    assert {p.code for p in refused.value.problems} == {"case-unknown"}


def test_the_reader_of_another_room_sees_what_the_service_wrote(ctx):
    case_id = a_case(ctx)
    recorded(ctx, case_id)
    with ctx.store.read() as reader:
        assert kept.of_case(reader, case_id) == legal_facts.of_case(reader, case_id)
