"""The page of reminders and the scenario of a case: preview, run, validate, history, editor, pause; checked through the services."""

import datetime as dt

from core.services import creditors, reasons, reminders, scenario_case, scenario_choice, scenarios
from core.services.scenarios import StepEntry
from tests.pages.reading import said, shown_table, whole
from tests.services.factory import a_case_to_write, ready_to_write

VALIDATED = (StepEntry("placement", 0, "letter", "first_letter", automatic=False),)


def text_of(page) -> str:
    return " ".join(said(page)).replace("\\", "")


def test_an_agency_without_a_step_due_is_told_where_the_next_one_stands(ctx, app):
    page = whole(app("reminders").run())
    assert "Aucun dossier n'a d'étape prévue aujourd'hui" in text_of(page)
    assert page.button(key="run_now").disabled


def test_the_run_is_previewed_then_done_and_stands_in_the_history(ctx, app):
    case = a_case_to_write(ctx, name="Morel")
    a_case_to_write(ctx, name="Noël", address="", postcode="", city="")
    page = whole(app("reminders").run())
    assert "1 courrier · 1 retenu" in text_of(page)
    assert [(line["debtor"], line["step"]) for line in shown_table(page)] == [
        ("Morel", "1 · Première lettre (R. 124-4)")
    ]
    page = whole(page.button(key="run_now").click().run())
    assert "Passage 1 : 1 courrier · 1 retenu" in text_of(page)
    assert [row.case_id for row in reminders.of_run(ctx, 1)] == [case]
    runs = whole(app("reminders", view="runs").run())
    assert "1 courrier" in " ".join(one.label for one in runs.expander)


def test_a_step_to_validate_is_chosen_previewed_and_leaves(ctx, app):
    scenarios.save_scenario(ctx, "consumer_gentle", 7, VALIDATED, 0)
    a_case_to_write(ctx, name="Morel")
    reminders.run(ctx, "run")
    page = whole(app("reminders", view="waiting").run())
    assert page.button(key="release").disabled
    assert shown_table(page)[0]["debtor"] == "Morel"
    assert "À valider (1)" in str(page.get("button_group")[0].proto)


def test_a_lead_sees_what_the_steps_would_do_today_and_goes_back_to_the_shipped_ones(ctx, app):
    scenarios.save_scenario(ctx, "consumer_gentle", 7, VALIDATED, 0)
    a_case_to_write(ctx)
    page = whole(app("reminders", view="scenarios", scenario="consumer_gentle").run())
    assert "1 courrier" in text_of(page)
    whole(page.button(key="back_consumer_gentle").click().run())
    view = next(one for one in scenarios.catalogue(ctx) if one.scenario.key == "consumer_gentle")
    assert (view.shipped, view.version, len(view.scenario.steps)) == (True, 2, 6)


def test_a_case_says_its_scenario_and_is_paused_with_a_reason_and_taken_up_again(ctx, app):
    case = a_case_to_write(ctx)
    page = whole(app("case", id=str(case)).run())
    assert "Particulier, ton mesuré" in text_of(page)
    assert "Prévu aujourd'hui" in text_of(page)
    page = page.button(key="pause_do").click().run()
    assert "Motif" in text_of(page)  # refused on its field
    page.text_input(key=f"pause_reason_{case}").set_value("absent").run()
    page = whole(page.button(key="pause_do").click().run())
    assert scenario_case.case_line(ctx, case).paused_until == dt.date.max
    assert "Motif : absent" in text_of(page)
    whole(page.button(key="scenario_resume").click().run())
    assert scenario_case.case_line(ctx, case).paused_until is None


def test_the_page_is_whole_in_english(ctx, app):
    a_case_to_write(ctx)
    assert "1 letter" in text_of(whole(app("reminders", locale="en-GB").run()))


def test_a_lead_chooses_a_scenario_for_a_mandate_and_the_case_and_the_preview_say_why(ctx, app):
    creditor = ready_to_write(ctx)
    case = a_case_to_write(ctx, creditor=creditor, name="Morel")
    mandate = f"mandate:{creditors.creditor_file(ctx, creditor).mandates[0].id}"
    page = whole(app("reminders", view="scenarios").run())
    page.selectbox(key="scenario_place").set_value(mandate).run()
    page.selectbox(key=f"choice_{mandate}_0_individual").set_value("consumer_firm")
    page = whole(page.button(key=f"choice_save_{mandate}").click().run())
    assert "choisi pour ce mandat" in text_of(page)
    assert "**Particulier, ton ferme** — choisi pour ce mandat" in text_of(whole(app("case", id=str(case)).run()))
    line = shown_table(whole(app("reminders").run()))[0]
    assert (line["scenario"], line["chosen"]) == ("Particulier, ton ferme", "choisi pour ce mandat")


def test_a_lead_changes_the_tone_of_a_reason_and_the_case_says_the_reason_and_its_day(ctx, app):
    case = a_case_to_write(ctx)
    entry = reasons.ReasonEntry("administrative", "debtor", dt.date(2026, 11, 3))
    reasons.set_reason(ctx, case, entry, "said")
    page = whole(app("reminders", view="scenarios").run())
    page.selectbox(key="tone_administrative_0").set_value("firm")
    page = whole(page.button(key="tones_save").click().run())
    assert "Version 1, 23/11/2026, par Léa Martin" in text_of(page)
    said_there = text_of(whole(app("case", id=str(case)).run()))
    assert "ferme, car : Blocage administratif" in said_there
    assert "dit le 03/11/2026" in said_there
    page = whole(page.button(key="tones_back").click().run())
    assert scenario_choice.tones_view(ctx).tones["administrative"] == "chosen"


def test_a_lead_changes_what_keeps_the_steps_back_and_the_reminders_before_a_payment_stay(ctx, app):
    page = whole(app("reminders", view="scenarios", scenario="consumer_gentle").run())
    page.multiselect(key="stops_consumer_gentle_0").set_value(["reply", "held"])
    page = whole(page.button(key="save_consumer_gentle").click().run())
    one = next(view.scenario for view in scenarios.catalogue(ctx) if view.scenario.key == "consumer_gentle")
    assert one.stops == ("held", "reply")
    assert [(step.anchor, step.days) for step in one.before] == [("promise", -2), ("instalment", -3)]
    assert "Retenu par : un arrêt du dossier, une réponse sans suite" in text_of(page)
