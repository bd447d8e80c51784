"""The end of a case, complaints and the team as pages: what a person clicks, and what stands afterwards."""

import datetime as dt

from core.services import absences, assignment, cases, closures, complaints, team
from core.services.assignment import Rule
from core.services.complaints import ComplaintEntry
from tests.pages.reading import said, shown_table, whole
from tests.pages.test_case_page import form_key
from tests.services.factory import a_case, a_debt

D = dt.date


def typed(page, kind, start):
    """The only widget of a kind whose key starts so."""
    (found,) = [widget for widget in getattr(page, kind) if widget.key and widget.key.startswith(start)]
    return found


def head(ctx, case_id):
    return cases.case_file(ctx, case_id).head


def test_a_case_is_closed_in_two_steps_on_its_own_screen(ctx, app):
    case_id = a_case(ctx)
    page = whole(app("case", id=str(case_id)).run())
    page.selectbox(key=form_key(page, "closure_reason_")).set_value("recalled").run()
    assert any("restent dus au grand livre" in text for text in said(page))
    whole(page.button(key=form_key(page, "closure_do_")).click().run())
    assert head(ctx, case_id).status == "open"
    (row,) = closures.requests_of(ctx, case_id)
    whole(page.button(key=f"closure_yes_{row.id}").click().run())
    assert head(ctx, case_id).closure_reason == "RET"


def test_what_blocks_greys_the_button_and_says_what_to_do(ctx, app):
    case_id = a_case(ctx)
    page = whole(app("case", id=str(case_id)).run())
    page.selectbox(key=form_key(page, "closure_reason_")).set_value("paid").run()
    assert page.button(key=form_key(page, "closure_do_")).disabled
    assert any("le dossier n'est pas soldé" in text for text in said(page))


def test_a_case_is_taken_up_again_only_with_a_reason(ctx, app):
    case_id = a_case(ctx)
    closures.ask(ctx, case_id, "recalled", "", "t")
    row = closures.requests_of(ctx, case_id)[0]
    closures.decide(ctx, row.id, row.row_version, granted=True)
    page = whole(app("case", id=str(case_id)).run())
    whole(page.button(key="reopen_do").click().run())
    assert head(ctx, case_id).status == "closed"
    page.text_input(key=form_key(page, "reopen_reason_")).set_value("Rendu par le créancier")
    whole(page.button(key="reopen_do").click().run())
    assert head(ctx, case_id).status == "open"


def test_a_lead_decides_from_the_page_of_the_team(ctx, app):
    case_id = a_case(ctx)
    closures.ask(ctx, case_id, "mistake", "", "t")
    page = app("team")
    page.session_state["team_tabs"] = "Clôtures à décider"
    whole(page.run())
    whole(page.button(key="closure_yes_1").click().run())
    assert head(ctx, case_id).closure_reason == "ERR"


def test_a_complaint_of_a_case_is_entered_there_and_answered_in_the_register(ctx, app):
    case_id = a_case(ctx)
    page = whole(app("case", id=str(case_id)).run())
    page.text_area(key=form_key(page, "cp_words_")).set_value("On m'appelle au travail")
    typed(page, "checkbox", "cp_hold_").set_value(True)
    whole(page.button(key=form_key(page, "cp_save_")).click().run())
    assert [hold.kind for hold in cases.case_file(ctx, case_id).holds] == ["complaint"]
    page = whole(app("complaints").run())
    page.selectbox(key="cp_outcome_1").set_value("rejected")
    page.text_area(key="cp_answer_words_1").set_value("Numéro donné par vous")
    whole(page.button(key="cp_answer_do_1").click().run())
    assert complaints.register(ctx).counts["answered"] == 1


def test_a_late_complaint_and_a_closing_to_decide_show_on_queue_and_portfolio(ctx, app):
    case_id = a_case(ctx)
    assert not any("échéance" in text for text in said(whole(app("queue", tab="all").run())))
    entry = ComplaintEntry("debtor", "", "call", "tone", "agency", ctx.user.id, D(2026, 9, 1), "Ton")
    complaints.record(ctx, entry, "t")
    closures.ask(ctx, case_id, "recalled", "", "u")
    for name in ("queue", "overview"):
        words = said(whole(app(name).run()))
        assert any("1 réclamation a dépassé son échéance" in text for text in words), name
        assert any("1 dossier attend votre décision" in text for text in words), name


def test_cases_are_given_after_a_preview_of_the_loads(ctx, app):
    karim = team.add_colleague(ctx, "Karim", "collector")
    one = a_case(ctx, a_debt("F-1"))
    page = whole(app("team").run())
    page.selectbox(key="assign_to").set_value(karim).run()
    loads = shown_table(page, 2)
    assert {row["name"]: (row["before"], row["after"]) for row in loads} == {"Karim": (0, 1), "Léa Martin": (1, 0)}
    page.text_input(key="assign_reason").set_value("secteur")
    whole(page.button(key="assign_do").click().run())
    assert head(ctx, one).collector == "Karim"


def test_a_rule_is_added_and_an_absence_announced(ctx, app):
    karim = team.add_colleague(ctx, "Karim", "collector")
    page = app("team", "en-GB")
    page.session_state["team_tabs"] = "Rules"
    whole(page.run())
    page.text_input(key=form_key(page, "rule_name_")).set_value("Lyon")
    page.text_input(key=form_key(page, "rule_codes_")).set_value("69, 38")
    page.text_input(key=form_key(page, "rule_most_")).set_value("500,00")
    typed(page, "multiselect", "rule_people_").set_value([karim])
    whole(page.button(key="rule_save").click().run())
    (rule,) = assignment.rules(ctx).rules
    assert (rule.name, rule.postcodes, rule.most, rule.people) == ("Lyon", ("69", "38"), 50000, (karim,))
    page = app("team", "en-GB")
    page.session_state["team_tabs"] = "Absences"
    whole(page.run())
    page.selectbox(key=form_key(page, "absence_who_")).set_value(ctx.user.id)
    page.selectbox(key=form_key(page, "absence_cover_")).set_value(karim)
    page.date_input(key=form_key(page, "absence_return_")).set_value(D(2026, 12, 1))
    whole(page.button(key="absence_save").click().run())
    assert [(row.name, row.cover, row.return_on) for row in absences.absences(ctx)] == [
        ("Léa Martin", "Karim", "2026-12-01")
    ]


def test_a_rule_is_edited_in_its_place_and_what_was_typed_stays_on_a_refusal(ctx, app):
    karim = team.add_colleague(ctx, "Karim", "collector")
    first, second = Rule("Lyon", postcodes=("69",), people=(karim,)), Rule("Reste", people=(ctx.user.id,))
    assignment.save_rules(ctx, [first, second], 0)
    page = app("team", "en-GB")
    page.session_state["team_tabs"] = "Rules"
    whole(page.run())
    assert page.text_input(key="rule_codes_0_1").value == "69"
    page.text_input(key="rule_codes_0_1").set_value("69, 42")
    page.multiselect(key="rule_people_0_1").set_value([])
    whole(page.button(key="rule_keep_0").click().run())
    assert "Given to" in page.error[0].value
    assert page.text_input(key="rule_codes_0_1").value == "69, 42"
    page.multiselect(key="rule_people_0_1").set_value([karim])
    whole(page.button(key="rule_keep_0").click().run())
    found = assignment.rules(ctx).rules
    assert [(one.name, one.postcodes) for one in found] == [("Lyon", ("69", "42")), ("Reste", ())]
