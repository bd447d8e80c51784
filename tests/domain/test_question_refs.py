"""References of questions in what comes back: as mail programs and people write them."""

import pytest

from core.domain.question_refs import question_reference, question_references
from core.domain.references import case_reference

CASE = case_reference("QK", 123)


def test_a_reference_is_the_case_s_with_its_rank():
    assert question_reference(CASE, 2) == f"{CASE}-Q2"


@pytest.mark.parametrize("text", ["RE: {ref} — Lefèvre", "tr: {low} : réponse", "dossier {wide} merci"])
def test_it_is_found_again_however_it_is_written(text):
    ref = f"{CASE}-Q12"
    written = text.format(ref=ref, low=ref.lower(), wide=ref.replace("-", " \u2011 "))
    assert question_references(written) == (ref,)


def test_a_mistyped_one_and_the_case_alone_name_no_question():
    other = f"{int(CASE[-2:]) % 97 + 1:02d}"
    assert question_references(f"{CASE} {CASE[:-2]}{other}-Q1 {CASE}-Q12345") == ()
