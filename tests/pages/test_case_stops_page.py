"""Disputes, stops and whose case it is, on the case page: one gesture a test, checked in the store."""

from core.services import cases, disputes, team
from core.services.disputes import DisputeEntry
from tests.pages.reading import said, whole
from tests.pages.test_case_page import form_key
from tests.services.factory import a_case, a_debt


def panel(app, case_id, key, locale="fr-FR"):
    page = whole(app("case", locale, id=str(case_id)).run())
    return whole(page.button(key=f"key_{key}").click().run())


def test_a_dispute_is_opened_in_its_panel_and_listed_below(ctx, app):
    case_id = a_case(ctx, a_debt("F-1", amount=30000))
    page = panel(app, case_id, "dispute")
    page.selectbox(key=form_key(page, "dispute_kind_")).set_value("wrong_price")
    page.text_input(key=form_key(page, "dispute_amount_")).set_value("120,50")
    page.text_area(key=form_key(page, "dispute_reason_")).set_value("Le **devis** disait moins")
    whole(page.button(key="dispute_save").click().run())
    (found,) = disputes.disputes_of(ctx, case_id)
    assert (found.kind, found.amount, found.reason) == ("wrong_price", 12050, "Le **devis** disait moins")
    assert any("Erreur de prix" in text and "120,50" in text for text in said(whole(page.run())))


def test_a_refused_dispute_names_its_field_and_keeps_what_was_typed(ctx, app):
    case_id = a_case(ctx, a_debt("F-1", amount=30000))
    page = panel(app, case_id, "dispute")
    amount, reason = form_key(page, "dispute_amount_"), form_key(page, "dispute_reason_")
    page.text_input(key=amount).set_value("300,01")
    page.text_area(key=reason).set_value("Trop cher")
    whole(page.button(key="dispute_save").click().run())
    assert "Montant contesté" in page.error[0].value
    assert (page.text_input(key=amount).value, page.text_area(key=reason).value) == ("300,01", "Trop cher")


def test_the_answer_of_the_creditor_is_recorded_from_the_list(ctx, app):
    case_id = a_case(ctx)
    dispute = disputes.open_dispute(ctx, DisputeEntry(case_id, None, None, "defective", "Cassé"), "t")
    page = whole(app("case", id=str(case_id)).run())
    page.radio(key=f"outcome_{dispute}").set_value("rejected")
    page.text_area(key=f"words_{dispute}").set_value("Livré en bon état")
    whole(page.button(key=f"answer_do_{dispute}").click().run())
    assert disputes.disputes_of(ctx, case_id)[0].outcome == "rejected"
    assert cases.case_file(ctx, case_id).holds == ()
    assert any("Réponse du créancier" in text and "Créance maintenue" in text for text in said(page))


def test_a_dispute_is_sent_and_closed_from_the_list(ctx, app):
    case_id = a_case(ctx)
    dispute = disputes.open_dispute(ctx, DisputeEntry(case_id, None, None, "defective", "Cassé"), "t")
    page = whole(app("case", id=str(case_id)).run())
    whole(page.button(key=f"send_do_{dispute}").click().run())
    assert disputes.disputes_of(ctx, case_id)[0].sent_to_creditor_on == "2026-11-23"
    whole(page.button(key=f"close_do_{dispute}").click().run())
    assert disputes.disputes_of(ctx, case_id)[0].outcome == "withdrawn"
    assert not [b for b in page.button if b.key == f"close_do_{dispute}"]


def test_the_stop_of_a_dispute_says_where_it_ends(ctx, app):
    case_id = a_case(ctx)
    disputes.open_dispute(ctx, DisputeEntry(case_id, None, None, "defective", "Cassé"), "t")
    page = whole(app("case", "en-GB", id=str(case_id)).run())
    assert "ends with its dispute, below" in said(page)
    assert not [b for b in page.button if b.key and b.key.startswith("lift_")]


def test_a_stop_is_set_in_its_panel_with_its_article(ctx, app):
    case_id = a_case(ctx)
    page = panel(app, case_id, "hold")
    kinds = page.selectbox(key=form_key(page, "hold_kind_"))
    assert any("L. 622-21" in option for option in kinds.options)
    assert any("(à confirmer)" in option for option in kinds.options)
    kinds.set_value("insolvency")
    page.text_input(key=form_key(page, "hold_reason_")).set_value("Jugement du 12 novembre")
    whole(page.button(key="hold_save").click().run())
    assert [h.kind for h in cases.case_file(ctx, case_id).holds] == ["insolvency"]


def test_a_house_of_one_sees_no_assignment_and_two_may_change_it(ctx, app):
    case_id = a_case(ctx)
    assert not [s for s in whole(app("case", id=str(case_id)).run()).selectbox if (s.key or "").startswith("assign_")]
    karim = team.add_colleague(ctx, "Karim", "collector")
    page = whole(app("case", id=str(case_id)).run())
    page.selectbox(key=form_key(page, "assign_")).set_value(karim)
    whole(page.run())
    assert cases.case_file(ctx, case_id).head.collector == "Karim"
