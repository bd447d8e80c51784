"""Litigation as a page: the table, the calendar, one proceeding's file, the opening from a case; checked through the services."""

import datetime as dt

import pytest

from core.services import proceedings
from core.services.proceedings import Filters
from tests.pages.reading import said, shown_table, whole
from tests.services.factory import a_call, a_case
from tests.services.test_proceeding_corrections import early, enforce, filed, order, serve
from tests.services.test_proceedings import FILED, ORDERED, an_event, opened, record


def key_of(kind, start):
    """The key of the only widget of a kind that starts so."""
    (key,) = [widget.key for widget in kind if widget.key and widget.key.startswith(start)]
    return key


def test_an_empty_agency_is_told_where_a_proceeding_is_opened(ctx, app):
    page = whole(app("litigation").run())
    assert "Une procédure s'ouvre depuis un dossier" in page.info[0].value


def test_the_table_holds_the_next_limit_of_each_proceeding(ctx, app):
    record(ctx, opened(ctx, a_case(ctx, name="Morel")), FILED, ORDERED)
    opened(ctx, a_case(ctx, name="Noël"))
    page = whole(app("litigation").run())
    first, second = shown_table(page)
    assert (first["debtor"], first["limit"], str(first["legal"])[:10]) == (
        "Morel",
        "Signifier l'ordonnance",
        "2026-12-07",
    )
    assert (second["debtor"], second["limit"]) == ("Noël", "Aucun délai ne court")
    assert [metric.value for metric in page.metric] == ["0", "0", "1"]
    page = whole(page.selectbox(key="lit_horizon").set_value(7).run())
    assert "élargissez les filtres" in page.info[0].value


def test_the_file_says_limit_article_consequence_and_why(ctx, app):
    pid = opened(ctx)
    record(ctx, pid, FILED, ORDERED)
    page = whole(app("litigation", id=str(pid)).run())
    text = " ".join(said(page)).replace("\\", "")
    for words in (
        "07/12/2026 au plus tard",
        "CPC, art. 1411",
        "L'ordonnance est non avenue",
        "641 al. 2",
        "Compté à partir du 07/09/2026",
    ):
        assert words in text
    assert "D'abord : Signification à chaque débiteur." in text


def test_an_event_is_recorded_with_only_what_its_step_needs(ctx, app):
    pid = opened(ctx)
    page = whole(app("litigation", id=str(pid)).run())
    assert len(page.checkbox) == 2  # application and exhibits: the special power stands in the instruction
    page.date_input(key=key_of(page.date_input, "day_")).set_value(dt.date(2026, 8, 3))
    for box in page.checkbox:
        box.check()
    page.text_input(key=key_of(page.text_input, "evidence_")).set_value("dépôt du 3 août")
    page = whole(page.button(key=f"record_event_{pid}").click().run())
    assert [event.kind for event in proceedings.proceeding_file(ctx, pid).state.done] == [
        "instruction",
        "file_application",
    ]
    assert "Enregistré" in page.success[0].value


def test_the_next_day_is_said_with_the_name_of_its_time_limit(ctx, app):
    pid = opened(ctx)
    record(ctx, pid, FILED)
    page = whole(app("litigation", id=str(pid)).run())
    page.selectbox(key=f"step_{pid}").set_value(ORDERED.kind)
    page.run()
    mine = [
        w
        for kind in (page.selectbox, page.date_input, page.checkbox, page.text_input)
        for w in kind
        if w.key.endswith("order_issued")
    ]
    values = {
        "day": dt.date(2026, 9, 7),
        "fact_granted": "whole",
        "fact_order_amount": "1 450,00",
        "doc_order": True,
        "evidence": "RG 26/1",
    }
    for start, value in values.items():
        (field,) = [w for w in mine if w.key.startswith(f"{start}_")]
        field.set_value(value)
    page = whole(page.button(key=f"record_event_{pid}").click().run())
    assert [error.value for error in page.error] == []
    assert "Signifier l'ordonnance" in page.success[0].value.replace("\\", "")
    assert "07/12/2026" in page.success[0].value


def test_what_is_missing_is_said_on_its_field_and_nothing_typed_is_lost(ctx, app):
    pid = opened(ctx)
    page = whole(app("litigation", id=str(pid)).run())
    page.text_input(key=key_of(page.text_input, "evidence_")).set_value("pièce 4")
    page = whole(page.button(key=f"record_event_{pid}").click().run())
    assert "Date" in page.error[0].value
    assert len(page.error) == 3  # the day, the application, the exhibits
    assert page.text_input(key=key_of(page.text_input, "evidence_")).value == "pièce 4"
    assert len(proceedings.proceeding_file(ctx, pid).events) == 1


def test_an_event_is_taken_back_from_its_own_entry(ctx, app):
    pid = opened(ctx)
    filed = record(ctx, pid, FILED)
    page = whole(app("litigation", id=str(pid)).run())
    whole(page.button(key=f"back_correct_{filed.event_id}").click().run())
    assert [event.kind for event in proceedings.proceeding_file(ctx, pid).state.done] == ["instruction"]


def test_a_proceeding_is_opened_from_the_case_that_passed_to_court(ctx, app):
    case_id = a_case(ctx)
    a_call(ctx, case_id, "JUD", channel="none", procedure="injonction de payer")
    page = whole(app("case", id=str(case_id)).run())
    (expander,) = [part for part in page.expander if part.label == "Ouvrir une procédure"]
    assert expander.proto.expanded
    page = whole(page.button(key=f"lit_save_open_{case_id}").click().run())
    (told,) = [error.value for error in page.error]  # the reason once, then who, when and provider
    assert (told.count("R\\. 124"), told.count("\n- ")) == (1, 3)
    typed = {w.key.rsplit("_", 1)[0]: w.value for w in page.text_input if w.key and w.key.startswith("lit_")}
    assert [value for key, value in typed.items() if "amount" in key or "provision" in key] == ["100,00", "0,00"]
    for start, value in (
        ("lit_given_by_", "Mme Le Goff"),
        ("lit_amount_", "1 450,00"),
        ("lit_provision_", "0"),
        ("lit_provider_", "Me Duval"),
    ):
        found = [w for w in page.text_input if w.key and w.key.startswith(start)]
        found[-1].set_value(value)
    page.date_input(key=key_of(page.date_input, "lit_given_on_")).set_value(dt.date(2026, 11, 20))
    whole(page.button(key=f"lit_save_open_{case_id}").click().run())
    (row,) = proceedings.tracker(ctx, Filters()).rows
    file = proceedings.proceeding_file(ctx, row.proceeding_id)
    assert (file.instruction.facts["amount"], file.instruction.facts["provision"]) == (145000, 0)


def test_a_case_with_an_insolvency_shows_the_article_instead_of_the_form(ctx, app):
    case_id = a_case(ctx)
    a_call(ctx, case_id, "LJ", channel="none", date=ctx.today, court="Rennes")
    page = whole(app("case", id=str(case_id)).run())
    assert any("L\\. 622" in warning.value for warning in page.warning)
    assert not [b for b in page.button if b.key == f"lit_save_open_{case_id}"]


@pytest.mark.parametrize("asked", ["900", "x"])
def test_a_number_that_is_no_proceeding_is_a_sentence_or_the_table(ctx, app, asked):
    page = whole(app("litigation", id=asked).run())
    assert page.error or page.info


def test_the_page_speaks_english(ctx, app):
    pid = opened(ctx)
    record(ctx, pid, FILED, ORDERED)
    page = whole(app("litigation", locale="en-GB", id=str(pid)).run())
    assert any("Serve the order" in text for text in said(page))


def test_a_title_contested_late_says_that_the_judge_decides(ctx, app):
    pid = early(ctx, court="jcp")
    record(ctx, pid, filed(dt.date(2026, 1, 6)), order(dt.date(2026, 3, 2)), serve(dt.date(2026, 8, 20)))
    record(ctx, pid, enforce(dt.date(2026, 9, 22)))
    page = whole(app("litigation", id=str(pid)).run())
    assert key_of(page.selectbox, "step_") == f"step_{pid}"  # ended, an opposition can still be recorded
    record(ctx, pid, an_event("opposition", dt.date(2026, 9, 22), "debtor", ("clerk_letter",)))
    page = whole(app("litigation", id=str(pid)).run())
    text = " ".join(said(page)).replace("\\", "")
    assert "Titre du 22/09/2026 contesté par une opposition. Formée hors délai : le juge en décide." in text
    assert "sa recevabilité relève du juge" in text


def test_a_stop_that_only_cautions_is_said_at_the_opening_and_in_the_file(ctx, app):
    case_id = a_case(ctx)
    a_call(ctx, case_id, "SUR", channel="none", date=ctx.today)
    page = whole(app("case", id=str(case_id)).run())
    assert any(
        "L\\. 722" in warning.value and "non l'obtention d'un titre" in warning.value for warning in page.warning
    )
    page = whole(app("litigation", id=str(opened(ctx, case_id))).run())
    assert any("L\\. 722" in warning.value for warning in page.warning)
