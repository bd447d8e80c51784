"""The queue as a page: what an empty agency sees, how a case is found and opened, what the figures say."""

import pytest

from core.services import agency, creditors, house
from tests.pages.reading import said, shown_table, whole
from tests.pages.test_case_page import form_key
from tests.services.factory import WHOLE_AGENCY, a_case, a_creditor, a_debt


def test_an_empty_agency_reads_its_first_steps_in_order_none_done(ctx, app):
    page = whole(app("queue").run())
    assert page.metric.len == 0
    steps = [text.split("**")[1] for text in said(page) if "radio_button_unchecked" in text]
    assert steps == ["1. La fiche de l'agence", "2. Un créancier", "3. Son mandat", "4. Les premiers dossiers"]


def test_a_first_step_is_ticked_once_it_is_done(ctx, app):
    agency.save_agency_file(ctx, WHOLE_AGENCY, 0)
    creditor = a_creditor(ctx)
    done = [text.split("**")[1][0] for text in said(whole(app("queue").run())) if "check_circle" in text]
    assert done == ["1", "2"]
    creditors.save_mandate(ctx, creditor, creditors.MandateEntry("M-1", signed_on=ctx.today))
    done = [text.split("**")[1][0] for text in said(whole(app("queue").run())) if "check_circle" in text]
    assert done == ["1", "2", "3"]


def test_the_figures_and_the_table_hold_the_cases(ctx, app):
    creditor = a_creditor(ctx)
    a_case(ctx, a_debt("F-1", amount=123456), creditor=creditor, name="Lefèvre", first_name="Élodie")
    a_case(ctx, a_debt("F-2", amount=100), creditor=creditor, name="Diallo", first_name="Awa")
    page = whole(app("queue").run())
    assert page.metric[0].value == "2"
    assert "1\u202f235,56\xa0€" in [metric.value for metric in page.metric]
    assert sorted(row["debtor"] for row in shown_table(page)) == ["Diallo Awa", "Lefèvre Élodie"]
    assert {row["balance"] for row in shown_table(page)} == {1234.56, 1.0}


@pytest.mark.parametrize("typed", ["lefevre", "LEFÈVRE elodie", "fa 2026-77"])
def test_a_search_forgets_accents_and_capitals(ctx, app, typed):
    creditor = a_creditor(ctx)
    a_case(ctx, a_debt("FA-2026-77"), creditor=creditor, name="Lefèvre", first_name="Élodie")
    a_case(ctx, a_debt("G-2"), creditor=creditor, name="Diallo", first_name="Awa")
    page = app("queue").run()
    page.text_input(key="q").set_value(typed).run()
    assert [row["debtor"] for row in shown_table(whole(page))] == ["Lefèvre Élodie"]


def test_a_search_that_finds_nothing_says_what_to_try_and_draws_no_markdown(ctx, app):
    a_case(ctx)
    page = app("queue").run()
    page.text_input(key="q").set_value("**personne** [ici](https://example.org)").run()
    assert r"\*\*personne\*\*" in whole(page).info[0].value


def test_a_case_reference_heard_wrong_is_noticed_by_its_check_digits(ctx, app):
    page = app("queue").run()
    page.text_input(key="q").set_value("QK000124-36").run()  # the digits of QK000123
    assert "ses deux derniers chiffres ne concordent pas" in whole(page).info[0].value
    page.text_input(key="q").set_value("QK000123-36").run()
    assert "ne concordent pas" not in whole(page).info[0].value


def test_a_tab_of_the_address_is_shown_and_a_wrong_one_is_the_first(ctx, app):
    a_case(ctx)
    assert whole(app("queue", tab="planned").run()).dataframe.len == 0
    assert whole(app("queue", tab="nothing").run()).dataframe.len == 1


def test_the_first_case_opens_at_a_click(ctx, app):
    case_id = a_case(ctx)
    page = app("queue").run()
    page.button(key="queue_table_first").click().run()
    # alone, a page has no other to go to: its words stand there instead (core/ui/doors.py)
    assert any(str(case_id) in caption.value for caption in whole(page).caption)


def test_a_line_opens_its_case(ctx, app):
    creditor = a_creditor(ctx)
    small, large = (
        a_case(ctx, a_debt("F-1", amount=100), creditor=creditor),
        a_case(ctx, a_debt("F-2", amount=900), creditor=creditor, name="Autre"),
    )
    page = app("queue", tab="all").run()
    assert len(shown_table(page)) == 2
    page.session_state["queue_table"] = {"selection": {"rows": [], "columns": [], "cells": [(1, "debtor")]}}
    page.run()
    assert any(caption.value.endswith((str(small), str(large))) for caption in whole(page).caption)


def test_one_creditor_may_be_chosen_when_there_are_several(ctx, app):
    one, two = a_creditor(ctx), a_creditor(ctx, "Deux-Rives")
    a_case(ctx, a_debt("F-1"), creditor=one, name="Lefèvre")
    a_case(ctx, a_debt("F-1"), creditor=two, name="Diallo")
    page = app("queue").run()
    page.selectbox(key="creditor").set_value(two).run()
    assert [row["debtor"].split()[0] for row in shown_table(whole(page))] == ["Diallo"]
    assert "Deux-Rives" in page.selectbox(key="creditor").options  # a list is no Markdown: nothing to escape


def test_why_a_case_comes_first_is_said_factor_by_factor_and_sums_to_its_points(ctx, app):
    a_case(ctx, a_debt(amount=200_000), name="Aubin")  # 295 days late: 60 points, and 50 for 2 000 € (test_priority)
    page = whole(app("queue").run())
    (row,) = shown_table(page)
    assert (row["points"], row["why"]) == (110, "Ancienneté +60 · Montant +50")
    page.button(key="queue_table_why").click().run()
    texts = [text.replace("\\", "") for text in said(whole(page))]
    assert any("110 points" in text for text in texts)
    assert any("**+60** Ancienneté" in text and "**+50** Montant" in text and "295" in text for text in texts)


def test_a_case_is_set_aside_from_its_reasons_with_a_refusal_that_keeps_what_was_typed(ctx, app):
    case_id = a_case(ctx, name="Aubin")
    page = app("queue").run()
    page.button(key="queue_table_why").click().run()
    page.selectbox(key=form_key(page, f"skip_{case_id}_reason_")).set_value("other")
    page.button(key=f"skip_{case_id}_save").click().run()
    assert "ne dit rien" in whole(page).error[0].value
    page.text_input(key=form_key(page, f"skip_{case_id}_note_")).set_value("Attend son fils")
    page.button(key=f"skip_{case_id}_save").click().run()
    assert whole(page).dataframe.len == 0
    assert "Aubin est mis de côté" in page.success[0].value
    page = app("queue", tab="skipped").run()
    page.button(key="queue_table_why").click().run()
    page.button(key="queue_unskip").click().run()
    assert len(shown_table(whole(app("queue").run()))) == 1


def test_a_case_without_next_action_is_put_right_at_one_click(ctx, app):
    case_id = a_case(ctx)
    with ctx.write() as unit:
        unit.run("UPDATE tasks SET state = 'skipped'")
        unit.touch(case_id)
    page = whole(app("queue").run())
    assert "prochaine action" in page.warning[0].value
    page.button(key="put_right").click().run()
    assert not whole(page).warning
    assert [row["next"] for row in shown_table(page)] == ["Rappeler"]


def test_a_view_is_kept_and_taken_again(ctx, app):
    a_case(ctx, a_debt(amount=100), name="Petit")
    a_case(ctx, a_debt(amount=90_000), name="Grand")
    page = app("queue", tab="all").run()
    page.number_input(key="least").set_value(500).run()
    assert [row["debtor"] for row in shown_table(whole(page))] == ["Grand"]
    page.text_input(key=f"view_name_{page.session_state['token_queue_view']}").set_value("Gros")
    page.button(key="view_save").click().run()
    other = whole(app("queue").run())
    assert len(shown_table(other)) == 2
    other.button(key="view_use_1").click().run()
    assert [row["debtor"] for row in shown_table(whole(other))] == ["Grand"]
    other.button(key="view_drop_1").click().run()
    assert "supprimée" in whole(other).success[0].value


def test_the_silence_of_the_morning_is_read_then_away(ctx, app, monkeypatch):
    a_case(ctx)
    monkeypatch.setenv("QUITTANCE_TODAY", "2026-11-25")
    house.roll(ctx.store)
    page = whole(app("queue").run())
    assert any("actions en retard" in text for text in said(page))
    page.button(key="silence_see_0").click().run()
    assert len(shown_table(whole(page))) == 1
    page.button(key="silence_read").click().run()
    assert not any("actions en retard" in text for text in said(whole(page)))


def test_the_next_page_starts_after_the_last_case_shown(ctx, app):
    creditor = a_creditor(ctx)
    for number in range(52):
        a_case(
            ctx, a_debt(f"F-{number}", amount=100_000 - number * 1000), creditor=creditor, name=f"Numéro {number:02d}"
        )
    page = whole(app("queue").run())
    first = [row["debtor"] for row in shown_table(page)]
    page.button(key="queue_next").click().run()
    second = [row["debtor"] for row in shown_table(whole(page))]
    assert (len(first), len(second), set(first) & set(second)) == (50, 2, set())
    assert page.button(key="queue_next").disabled
    page.button(key="queue_back").click().run()
    assert [row["debtor"] for row in shown_table(whole(page))] == first
