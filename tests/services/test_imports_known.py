"""A debt sent again: for the same debtor it changes nothing, for another one it is a fault with the case to open."""

import pytest

from core.services import imports
from tests.services.factory import a_creditor
from tests.services.test_imports import COMPANY, MARTIN, brought, case_named, counted, csv_of, tried, whole


@pytest.mark.parametrize(
    ("line", "field", "value"),
    [
        ("D2;Petit;Paul;;;;paul.petit@exemple.fr;06 39 98 00 77", "debtor_ref", "D2"),  # nobody here has this reference
        ("D3;Roux;Léa;;;;;06 39 98 00 78", "debtor_ref", "D3"),  # someone else here
        ("D2;Martin;Gaël;;59000;Lille;;", "debtor_ref", "D2"),  # a namesake: the reference tells them apart
        (";Petit;Paul;;;;;", "debtor_name", "Petit Paul"),  # no reference: the name
    ],
)
def test_a_debt_sent_again_for_another_debtor_is_a_fault_that_names_the_case_and_touches_nothing(
    ctx, line, field, value
):
    creditor = a_creditor(ctx)
    brought(
        ctx,
        creditor,
        csv_of(f"{MARTIN};F1;01/06/2026;01/07/2026;120,00;", "D3;Roux;Léa;;;;;;F9;01/06/2026;01/07/2026;9,00;"),
    )
    reading, trial = tried(ctx, creditor, csv_of(f"{line};F1;01/06/2026;01/07/2026;120,00;"))
    assert [(p.code, p.line, p.field, p.value) for p in trial.problems] == [
        ("debt-known-other-debtor", 2, field, value)
    ]
    assert (trial.accepted, trial.rejected, trial.unchanged, trial.updated) == (0, 1, 0, 0)
    head = case_named(ctx, "Martin").head
    assert (
        str(trial.problems[0].reason)
        == f"The debt F1 is here already, in case {head.ref}, for another debtor (Martin Gaël)."
    )
    points = counted(ctx, "contact_points")
    done = imports.commit(ctx, creditor, reading, trial, "t2")
    assert (done.added, done.updated, done.unchanged, done.rejected) == (0, 0, 0, 1)
    assert counted(ctx, "contact_points") == points  # nobody's telephone enters under the other one's name
    whole(ctx)


def test_another_debtor_and_another_amount_are_two_faults_of_one_line(ctx):
    creditor = a_creditor(ctx)
    brought(ctx, creditor, csv_of(f"{MARTIN};F1;01/06/2026;01/07/2026;120,00;"))
    _, trial = tried(ctx, creditor, csv_of("D2;Petit;Paul;;;;;;F1;01/06/2026;01/07/2026;130,00;"))
    assert [p.code for p in trial.problems] == ["debt-known-otherwise", "debt-known-other-debtor"]
    assert trial.rejected == 1


@pytest.mark.parametrize("name", ["MARTIN;Gael", "Martin;", "Gaël Martin;", "Martin-Roux;Gaël", "Martain;Gaël"])
def test_a_spelling_or_a_contact_of_the_same_reference_is_no_other_debtor(ctx, name):
    creditor = a_creditor(ctx)
    brought(ctx, creditor, csv_of(f"{MARTIN};F1;01/06/2026;01/07/2026;120,00;"))
    _, trial = tried(ctx, creditor, csv_of(f"D1;{name};;;;;06 39 98 00 55;F1;01/06/2026;01/07/2026;120,00;"))
    assert (trial.problems, trial.remarks, trial.accepted, trial.updated) == ((), (), 1, 1)


def test_a_wholly_other_name_under_the_same_reference_is_remarked(ctx):
    creditor = a_creditor(ctx)
    brought(ctx, creditor, csv_of(f"{MARTIN};F1;01/06/2026;01/07/2026;120,00;"))
    _, trial = tried(ctx, creditor, csv_of("D1;Petit;Paul;;;;;06 39 98 00 55;F1;01/06/2026;01/07/2026;120,00;"))
    assert [(p.code, p.line, p.field, p.value) for p in trial.remarks] == [
        ("debt-known-doubtful-debtor", 2, "debtor_name", "Petit Paul")
    ]
    assert (trial.problems, trial.unchanged, trial.updated) == ((), 1, 0)  # the telephone waits for the answer


def test_one_siren_under_two_references_is_one_company_and_two_sirens_are_two(ctx):
    creditor = a_creditor(ctx)
    brought(ctx, creditor, csv_of("C1;Dubois SARL;732829320;F1;01/07/2026;10,00", header=COMPANY))
    _, same = tried(ctx, creditor, csv_of("C7;Garage Dubois;732829320;F1;01/07/2026;10,00", header=COMPANY))
    assert (same.problems, same.unchanged) == ((), 1)
    _, other = tried(ctx, creditor, csv_of(";Dubois SARL;552100554;F1;01/07/2026;10,00", header=COMPANY))
    assert [p.code for p in other.problems] == ["debt-known-other-debtor"]


def test_a_debtor_whom_the_person_recognised_is_remarked_under_the_other_reference_and_is_no_fault(ctx):
    creditor = a_creditor(ctx)
    brought(ctx, creditor, csv_of(f"{MARTIN};F1;01/06/2026;01/07/2026;120,00;"))
    party = case_named(ctx, "Martin").head.debtor_id
    line = "D9;Martin;Gaël;;;;;06 39 98 00 01;F2;01/06/2026;01/07/2026;50,00;"
    brought(ctx, creditor, csv_of(line), token="t2", same={2: party})
    assert tried(ctx, creditor, csv_of(line))[1].remarks == ()
    _, trial = tried(ctx, creditor, csv_of(line.replace(";;;;;06", ";;;;gael@exemple.fr;06")))
    assert [p.code for p in trial.remarks] == ["debt-known-doubtful-debtor"]
    assert (trial.problems, trial.rejected) == ((), 0)


def test_the_remedy_of_another_amount_is_something_that_can_be_done_today(ctx):
    creditor = a_creditor(ctx)
    brought(
        ctx, creditor, csv_of(f"{MARTIN};F1;01/06/2026;01/07/2026;120,00;")
    )  # then a credit note of 20,00 lowers it
    _, trial = tried(ctx, creditor, csv_of(f"{MARTIN};F1;01/06/2026;01/07/2026;100,00;"))
    assert [p.code for p in trial.problems] == ["debt-known-otherwise"]
    remedy = str(trial.problems[0].remedy)
    assert "ask it for the amount still owed and note it in the journal" in remedy
    assert "record the credit note" not in remedy.casefold()


def test_the_published_samples_of_the_format_enter_one_after_the_other_without_a_refusal(ctx):
    from core.domain.takeover_fields import RECORD_KINDS
    from core.exchange.placement import published_files
    from core.services import creditors, imports

    creditor = creditors.save_creditor(ctx, creditors.CreditorEntry("C0006", "Menuiserie"))
    files = published_files()
    for kind in RECORD_KINDS:
        name = f"{kind.key}.csv"
        options = imports.Options()
        reading = imports.read_upload(ctx, creditor, name, files[name], options)
        sheet = reading.sheets[0]
        trial = imports.try_out(ctx, creditor, reading, sheet.name, sheet.mapping, options)
        assert [str(p.reason) for p in trial.problems] == [], name
        assert imports.commit(ctx, creditor, reading, trial, name).rejected == 0
