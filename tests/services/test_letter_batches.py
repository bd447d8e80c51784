"""Many letters of one kind: who is meant, which leave, which are kept back and why, one per debtor and mandate, each on its case."""

import datetime as dt

import pytest

from core.domain.messages import Refusal
from core.services import cases, closures, dispatch, holds, letter_batches, letters, team
from core.services.letter_batches import ANY, NONE, Asked
from tests.services.factory import a_case_to_write, a_debt, ready_to_write
from tests.services.test_closures import accept
from tests.services.test_later_letters import a_case_written_to, posted

D = dt.date


def refs(ctx, found) -> set[str]:
    return {cases.case_file(ctx, one.case_id).head.ref for one in found}


def reasons(found) -> dict[int, set[str]]:
    return {one.case_id: {p.code for p in wrong} for one, wrong in found.refused}


def test_a_batch_of_reminders_says_which_leave_and_why_the_others_do_not(ctx):
    good, held, silent = a_case_written_to(ctx), a_case_written_to(ctx), a_case_to_write(ctx)
    holds.open_hold(ctx, holds.HoldEntry(held, None, "insolvency", "jugement du 3 novembre", None), "h")
    found = letter_batches.preview(ctx, Asked("reminder_gentle"))
    assert [one.case_id for one in found.ready] == [good]
    kept = reasons(found)
    assert set(kept) == {held, silent}
    assert "first-letter-missing" in kept[silent]
    assert not found.more


def test_what_is_previewed_is_what_is_issued_one_file_each_on_its_case(ctx):
    ids = {a_case_written_to(ctx) for _ in range(3)}
    a_case_to_write(ctx)
    found = letter_batches.preview(ctx, Asked("formal_notice"))
    assert {one.case_id for one in found.ready} == ids
    made = letters.issue_letters(ctx, [one.case_id for one in found.ready], "formal_notice", "b")
    assert ({one.case_id for one in made.issued}, made.refused) == (ids, ())
    number, _ = dispatch.draw_slip(ctx, [one.reference for one in made.issued], "s")
    assert {row.slip for row in dispatch.to_post(ctx, registered=True)} == {number}
    letters.mark_posted(ctx, [one.reference for one in made.issued], ctx.today)
    assert dispatch.count_to_post(ctx) == 0
    for one in made.issued:
        lines = [entry for entry in cases.case_file(ctx, one.case_id).timeline if entry.channel == "letter"]
        assert lines, "the posting stands in the journal of each case"
    assert letter_batches.preview(ctx, Asked("reminder_firm", stage="formal_notice")).ready != ()


def test_one_letter_per_debtor_and_mandate(ctx):
    owner = ready_to_write(ctx)
    first, second = a_case_written_to(ctx, creditor=owner), a_case_written_to(ctx, creditor=owner)
    with ctx.write() as unit:
        unit.run(
            "UPDATE cases SET debtor_id = (SELECT debtor_id FROM cases WHERE id = ?) WHERE id = ?", (first, second)
        )
        unit.touch(second)
        unit.audit("test.prepared", "case", second)
    found = letter_batches.preview(ctx, Asked("reminder_gentle"))
    assert len(found.ready) == 1
    assert {first, second} == {found.ready[0].case_id, *reasons(found)}
    assert [*reasons(found).values()] == [{"same-debtor"}]


def test_the_filters_are_creditor_collector_and_last_letter_sent(ctx):
    one, two = a_case_written_to(ctx), a_case_written_to(ctx)
    noticed, _ = posted(ctx)
    fresh = a_case_to_write(ctx)
    team.assign_case(ctx, two, ctx.user.id)
    owner = cases.case_file(ctx, one).head.creditor_id

    def meant(**more) -> set[int]:
        found = letter_batches.preview(ctx, Asked("reminder_gentle", **more))
        return {line.case_id for line in (*found.ready, *(line for line, _ in found.refused))}

    assert meant() == {one, two, noticed, fresh}
    assert meant(creditor_id=owner) == {one}
    assert two in meant(collector_id=ctx.user.id)
    assert meant(stage=NONE) == {fresh}
    assert meant(stage="first_letter") == {one, two}
    assert meant(stage="formal_notice") == {noticed}
    assert meant(stage=ANY, creditor_id=owner) == {one}


def test_a_case_whose_letter_waits_for_the_post_is_not_meant_again(ctx):
    case_id = a_case_written_to(ctx)
    letters.issue_letter(ctx, case_id, "reminder_gentle", "one")
    assert letter_batches.preview(ctx, Asked("reminder_gentle")).ready == ()
    assert [one.case_id for one in letter_batches.preview(ctx, Asked("reminder_firm")).ready] == [case_id]


def test_the_end_of_a_case_is_told_once_to_closed_cases_only(ctx):
    opened, closed = a_case_written_to(ctx, a_debt("F-1")), a_case_written_to(ctx, a_debt("F-2"))
    closures.ask(ctx, closed, "recalled", "", "a")
    accept(ctx, closed)
    found = letter_batches.preview(ctx, Asked("closing_ended"))
    assert ([one.case_id for one in found.ready], found.refused) == ([closed], ())
    made = letters.issue_letters(ctx, [closed], "closing_ended", "b")
    letters.mark_posted(ctx, [made.issued[0].reference], ctx.today)
    assert letter_batches.preview(ctx, Asked("closing_ended")).ready == ()
    assert opened


def test_first_letters_go_in_batches_too(ctx):
    fresh = {a_case_to_write(ctx) for _ in range(2)}
    a_case_written_to(ctx)
    found = letter_batches.preview(ctx, Asked("first_letter", stage=ANY))
    assert ({one.case_id for one in found.ready}, found.refused) == (fresh, ())


def test_a_kind_that_does_not_leave_by_post_is_refused(ctx):
    with pytest.raises(Refusal) as refused:
        letter_batches.preview(ctx, Asked("email_reminder"))
    assert [(p.code, p.field) for p in refused.value.problems] == [("choice-unknown", "kind")]
