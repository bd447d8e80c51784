"""Procedures are read strictly: what the shipped files say, and each way a file can be wrong, told with its line and remedy."""

import shutil

import pytest

from core.domain.messages import Refusal
from core.law import procedures
from tests.law.procedures_page import PAGE, page

FILE = procedures.FOLDER / "payment_order" / "2026-09-01.yaml"
TEXT = FILE.read_text(encoding="utf-8")
ROUTES = procedures.load_procedures()
NEW, OLD = ROUTES["payment_order"][1], ROUTES["payment_order"][0]


def changed(old, new, count=1):
    assert old in TEXT
    return TEXT.replace(old, new, count)


def problem(text):
    with pytest.raises(Refusal) as refused:
        procedures.procedure_from(text, "x.yaml")
    return refused.value.problems[0]


def test_the_two_versions_follow_each_other_by_the_date_of_the_order():
    assert [(one.version, one.version_by) for one in (OLD, NEW)] == [
        ("before-2026-09-01", "order_date"),
        ("2026-09-01", "order_date"),
    ]
    assert (str(OLD.valid_to), str(NEW.valid_from)) == ("2026-08-31", "2026-09-01")


# key, version -> length, direction, article, flag: from the law reference, section 3
@pytest.mark.parametrize(("one", "key", "expected"), [
    (NEW, "serve_order", ("3m", "before", "CPC, art. 1411", "V2")),
    (OLD, "serve_order", ("6m", "before", "CPC, art. 1411", "V")),
    (NEW, "enforceable_new", ("2m", "not_before", "CPC, art. 1422", "V2")),
    (OLD, "enforceable_old", ("1m", "not_before", "CPC, art. 1422 (2022)", "V")),
    (NEW, "opposition_period", ("1m", "info", "CPC, art. 1416 al. 1, 643", "V")),
    (NEW, "opposition_extended", ("1m", "info", "CPC, art. 1416 al. 2", "V")),
    (NEW, "clerk_opposition_notice", ("1m", "info", "CPC, art. 1415", "V2")),
    (NEW, "deposit_clerk_fee", ("15d", "before", "CPC, art. 1425 al. 1", "V")),
    (NEW, "deposit_opposition_fee", ("15d", "before", "CPC, art. 1425 al. 2", "V")),
    (NEW, "appoint_lawyer", ("15d", "before", "CPC, art. 1418, 1419", "V")),
    (NEW, "produce_service_deed", ("same_day", "before", "CPC, art. 1418", "S")),
    (NEW, "attend_hearing", ("same_day", "before", "CPC, art. 1419", "V")),
])  # fmt: skip
def test_each_limit_is_what_the_law_says(one, key, expected):
    limit = one.limits[key]
    assert (limit.length, limit.direction, limit.article, limit.certainty) == expected


def test_what_belongs_to_one_court_stays_there():
    assert NEW.steps["deposit_clerk_fee"].courts == ("commerce",)
    assert NEW.steps["clerk_opposition_notice"].courts == ("tj", "jcp")
    assert "clerk_opposition_notice" not in OLD.steps
    assert "produce_service_deed" not in OLD.steps
    assert "agency" not in NEW.steps["attend_hearing"].who("tj")
    assert NEW.steps["hand_over"].article == "CPC, art. 762"


def test_each_step_has_its_article_its_actors_and_both_languages():
    for one in (OLD, NEW):
        for step in one.steps.values():
            assert step.article
            assert step.label.fr != step.label.en
            assert all(step.who(court) for court in step.courts)


@pytest.mark.parametrize(("old", "new", "code"), [
    ("    unless: [opposition]\n    not_before: opposition_extended", "    unless: [nowhere]\n    not_before: opposition_extended", "procedure-unknown-name"),
    ("    ends: [{outcome: refused, when: {granted: refused}}]", "    ends: [{outcome: refused, when: {granted: maybe}}]", "procedure-unknown-name"),
    ("    after: [{step: judgment, when: {judged: for_creditor}}]", "    after: [{step: judgment_notified}]", "procedure-unreachable"),
    ("    title: {kind: judgment, amount: judged_amount}\n    ends: [{outcome: title}]", "    title: {kind: judgment, amount: judged_amount}", "procedure-dead-end"),
    ("    after: [{step: instruction}]\n    gives: filed_on", "    gives: filed_on", "procedure-start"),
    ("start: instruction", "start: file_application", "procedure-start"),
    ("    from: [order_date]", "    from: [judged_on]", "procedure-limit-start"),
    ("    courts: [commerce]\n    from: [letter_sent_on]", "    from: [letter_sent_on]", "procedure-limit-start"),
    ("    actors: [debtor]", "    actors: []", "procedure-nobody"),
    ("    actors: [debtor]", "    actors: [nobody]", "yaml-unknown-word"),
    ("    article: CPC, art. 1409\n", "", "yaml-missing-key"),
    ("certainty: V2\nchecked_on", "certainty: sure\nchecked_on", "yaml-unknown-word"),
    ("  filed_on: {kind: date, label: {fr: Requête déposée le, en: Application filed on}}", "  filed_on: {kind: date, label: {fr: Requête déposée le}}", "yaml-missing-language"),
    ("facts:\n", "facts:\n  colour: {kind: text, label: {fr: Couleur, en: Colour}}\n", "procedure-unused"),
    ("  filed_on: {kind: date,", "  filed_on: {kind: choice,", "procedure-choices"),
    ('valid_from: "2026-09-01"', 'valid_from: "1 September"', "procedure-day"),
    ("meanwhile_by: filed_on", "meanwhile_by: nothing", "procedure-unknown-name"),
    ("label: {fr: Injonction de payer, en: Payment order}\n", "label: {fr: Injonction de payer, en: Payment order}\ncolour: red\n", "yaml-unknown-key"),
])  # fmt: skip
def test_a_wrong_file_is_refused_with_its_place_and_a_remedy(old, new, code):
    found = problem(changed(old, new))
    assert found.code == code
    assert found.where == "x.yaml"
    assert found.line > 0
    assert str(found.remedy)


@pytest.mark.parametrize(("old", "new", "code"), [
    ('version: "2026-09-01"', 'version: "2026-09-02"', "procedure-misplaced"),
    ('valid_from: "2026-09-01"', 'valid_from: "2026-09-02"', "procedure-versions"),
    ('valid_from: "2026-09-01"', 'valid_from: "2026-08-31"', "procedure-versions"),
])  # fmt: skip
def test_versions_that_leave_a_hole_overlap_or_lie_elsewhere_are_refused(tmp_path, old, new, code):
    folder = tmp_path / "data" / "procedures"
    shutil.copytree(procedures.FOLDER, folder)
    (folder / "payment_order" / "2026-09-01.yaml").write_text(changed(old, new), encoding="utf-8")
    with pytest.raises(Refusal) as refused:
        procedures.load_procedures(folder)
    assert refused.value.problems[0].code == code


def test_the_fingerprint_is_of_the_content_and_not_of_the_bytes(tmp_path):
    folder = tmp_path / "data" / "procedures"
    shutil.copytree(procedures.FOLDER, folder)
    file = folder / "payment_order" / "2026-09-01.yaml"
    file.write_text("# a remark\n" + TEXT, encoding="utf-8")
    assert procedures.fingerprint(folder) == procedures.fingerprint()
    other = tmp_path / "other" / "procedures"
    shutil.copytree(procedures.FOLDER, other)
    (other / "payment_order" / "2026-09-01.yaml").write_text(
        changed("\n    length: 3m", "\n    length: 4m"), encoding="utf-8"
    )
    assert procedures.fingerprint(other) != procedures.fingerprint()


def test_the_page_of_procedures_is_what_the_data_say():
    assert PAGE.read_text(encoding="utf-8") == page()
