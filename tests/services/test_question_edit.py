"""The words of questions to creditors are a lead's: what the next question says, what no wording may leave out, the way back."""

import dataclasses

import pytest

from core.domain.messages import Refusal
from core.services import question_edit, questions
from core.services.context import User
from core.services.questions import Asked
from tests.services.factory import a_case
from tests.services.test_questions import asked, one

PAID = {"fr": "Avez-vous encaissé ce débiteur ?", "en": "Has this debtor paid you?"}


def part(ctx, key):
    return next(found for found in question_edit.parts(ctx) if found.key == key)


def drafted(ctx, case_id, kind="payment"):
    return questions.draft(ctx, Asked(case_id, kind)).words


def refused(ctx, key, **said):
    text = part(ctx, key).text
    with pytest.raises(Refusal) as caught:
        question_edit.save_part(ctx, key, {"fr": text.fr, "en": text.en, **said}, part(ctx, key).version)
    return {(problem.code, problem.field) for problem in caught.value.problems}


def test_the_next_question_says_what_a_lead_wrote_and_one_may_go_back(ctx):
    case_id = a_case(ctx)
    shipped = drafted(ctx, case_id)
    assert question_edit.save_part(ctx, "payment", PAID, 0) == 1
    assert "Avez-vous encaissé ce débiteur ?" in drafted(ctx, case_id).text
    assert question_edit.save_part(ctx, "payment", {**PAID, "fr": "A-t-il payé ?"}, 1) == 2
    assert question_edit.restore(ctx, "payment", 1, 2) == 3
    assert "Avez-vous encaissé" in drafted(ctx, case_id).text
    assert question_edit.restore(ctx, "payment", 0, 3) == 4
    assert drafted(ctx, case_id) == shipped
    assert [row.version for row in part(ctx, "payment").versions] == [4, 3, 2, 1]
    assert part(ctx, "payment").shipped


def test_a_question_that_left_keeps_the_words_it_had(ctx):
    case_id = a_case(ctx)
    asked(ctx, case_id)
    before = one(ctx, case_id).text
    question_edit.save_part(ctx, "payment", PAID, 0)
    assert one(ctx, case_id).text == before


def test_the_reference_the_day_and_what_is_contested_cannot_be_left_out(ctx):
    assert refused(ctx, "subject", fr="Une question") == {("question-names", "fr")}
    assert refused(ctx, "ending", en="Please answer.") == {("question-names", "en")}
    assert refused(ctx, "dispute", fr="Que répondons-nous ?") == {("question-names", "fr")}
    assert refused(ctx, "payment", fr="{debtor} a-t-il payé ?") == {("question-names", "fr")}
    assert refused(ctx, "payment", fr=" ", en="{") == {("question-empty", "fr"), ("question-braces", "en")}
    assert refused(ctx, "payment") == {("nothing-changed", "fr")}


def test_the_preview_is_the_question_of_an_invented_case_in_each_language(ctx):
    french, wrong = question_edit.preview(ctx, "payment", PAID, "fr")
    assert wrong == ()
    assert "Avez-vous encaissé ce débiteur ?" in french.text
    assert "1\u202f240,50\u00a0€" in french.text
    assert french.subject.endswith("Paiement reçu directement")
    english, _ = question_edit.preview(ctx, "payment", PAID, "en")
    assert "Has this debtor paid you?" in english.text
    assert question_edit.preview(ctx, "subject", {"fr": "x", "en": "y"}, "fr")[0] is None


def test_two_people_do_not_write_over_each_other_and_a_collector_edits_nothing(ctx):
    question_edit.save_part(ctx, "payment", PAID, 0)
    with pytest.raises(Refusal) as caught:
        question_edit.save_part(ctx, "payment", {**PAID, "fr": "Autre"}, 0)
    assert caught.value.problems[0].code == "changed-meanwhile"
    karim = dataclasses.replace(ctx, user=User(ctx.user.id, "Karim", "collector"))
    with pytest.raises(Refusal) as caught:
        question_edit.save_part(karim, "payment", PAID, 1)
    assert caught.value.problems[0].code == "forbidden"
