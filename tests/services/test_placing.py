"""A case typed by hand: what is kept, what is proposed, what is refused with everything at once."""

import datetime as dt

import pytest

from core.domain.messages import Refusal
from core.services import cases, placing
from core.services.context import Ctx
from core.services.placing import CaseEntry, DebtEntry
from tests.services.factory import a_case, a_creditor, a_debt


def fields(refused) -> set[tuple[str, str]]:
    return {(p.field, p.code) for p in refused.value.problems}


def test_a_typed_case_is_found_again_by_name_without_accents_by_reference_and_by_telephone(ctx: Ctx):
    case_id = a_case(
        ctx,
        a_debt("FA/2026-77"),
        name="Œuvrard",
        first_name="Zoé",
        phone="06 12 34 56 78",
        email="Zoe@Exemple.FR",
        postcode="75011",
        city="Paris",
    )
    for text in (
        "oeuvrard",
        "OEUVRARD zoe",
        "zoé œuv",
        "2026-77",
        "fa 77",
        "0612345678",
        "+33 6 12 34 56 78",
        "zoe@exemple.fr",
    ):
        assert [r.case_id for r in cases.search(ctx, text)] == [case_id], text
    assert cases.search(ctx, "personne") == ()
    assert cases.search(ctx, cases.case_file(ctx, case_id).head.ref)[0].case_id == case_id


@pytest.mark.parametrize(
    "text", ['"', "(", "-9zz", "*", "l'électricité", "a AND", "NEAR(", "   ", "'; DROP TABLE cases; --"]
)
def test_whatever_is_typed_in_the_search_box_breaks_nothing(ctx, text):
    a_case(ctx)
    assert cases.search(ctx, text) == ()


def test_what_was_paid_before_is_taken_off_the_principal(ctx):
    case_id = a_case(ctx, a_debt(amount=10000, paid_before=2500))
    (debt,) = cases.case_file(ctx, case_id).debts
    assert (debt.original, debt.principal, debt.outstanding) == (10000, 7500, 7500)


def test_every_fault_is_told_at_once_on_its_field_and_nothing_is_written(ctx):
    creditor = a_creditor(ctx)
    debts = (
        DebtEntry("", "invoice", 0),
        DebtEntry("F-2", "invoice", 1000, dt.date(2026, 3, 1), dt.date(2026, 2, 1)),
        DebtEntry("F-3", "invoice", 1000, paid_before=1000),
    )
    entry = CaseEntry(creditor, "business", "  ", siren="123456789", phone="0600", email="pas-un-courriel", debts=debts)
    with pytest.raises(Refusal) as refused:
        placing.place_case(ctx, entry, "t")
    assert {f for f, _ in fields(refused)} == {
        "name",
        "siren",
        "phone",
        "email",
        "debt_ref_1",
        "debt_amount_1",
        "debt_due_2",
        "debt_paid_3",
    }
    with ctx.store.read() as reader:
        assert reader.value("SELECT COUNT(*) FROM parties") == 0


def test_a_debt_already_there_is_refused_with_the_case_it_is_in(ctx):
    creditor = a_creditor(ctx)
    first = a_case(ctx, a_debt("F-1"), creditor=creditor)
    with pytest.raises(Refusal) as refused:
        a_case(ctx, a_debt("F-1"), creditor=creditor, name="Autre")
    (problem,) = refused.value.problems
    assert (problem.field, problem.code, problem.reason.params["case"]) == ("debt_ref_1", "debt-known", first)


def test_the_same_person_is_proposed_with_the_reason_and_joined_only_when_chosen(ctx):
    creditor = a_creditor(ctx)
    first = a_case(ctx, creditor=creditor, name="LEFEVRE", first_name="zoé", phone="0612345678")
    entry = CaseEntry(creditor, "individual", "Lefèvre", "Zoé", debts=(a_debt(),))
    (likely,) = placing.likely_same(ctx, entry)
    assert (likely.why, likely.open_case_creditor_id) == ("3name", creditor)
    apart = placing.place_case(ctx, entry, "apart")
    assert apart != first
    joined = a_case(ctx, a_debt("F-joined"), creditor=creditor, name="Lefèvre", first_name="Zoé", same=likely.party_id)
    assert joined == first
    assert len(cases.case_file(ctx, first).debts) == 2


def test_the_same_telephone_is_proposed_too(ctx):
    a_case(ctx, name="Durand", phone="06 12 34 56 78")
    (likely,) = placing.likely_same(ctx, CaseEntry(1, "individual", "Martin", phone="+33612345678", debts=(a_debt(),)))
    assert likely.why == "2contact"


def test_a_first_letter_already_sent_is_kept_and_the_first_action_is_a_call(ctx):
    case_id = a_case(ctx, first_letter_ref="L-12", first_letter_on=dt.date(2026, 10, 1))
    file = cases.case_file(ctx, case_id)
    assert (file.head.first_letter_ref, file.head.first_letter_on) == ("L-12", "2026-10-01")
    assert [t.kind for t in file.tasks] == ["first_call"]
    assert [t.kind for t in cases.case_file(ctx, a_case(ctx, name="Autre", first_letter_on=None)).tasks] == [
        "first_letter"
    ]


def test_a_debt_without_due_date_is_owed_but_not_late_and_is_told(ctx):
    case_id = a_case(ctx, a_debt(due=None))
    head = cases.case_file(ctx, case_id).head
    assert (head.balance, head.overdue, head.undated) == (10000, 0, 1)


@pytest.mark.parametrize(
    ("due", "overdue"), [(dt.date(2026, 11, 22), 10000), (dt.date(2026, 11, 23), 0), (dt.date(2026, 11, 24), 0)]
)
def test_a_debt_is_late_from_the_day_after_it_is_due(ctx, due, overdue):
    assert cases.case_file(ctx, a_case(ctx, a_debt(due=due))).head.overdue == overdue
