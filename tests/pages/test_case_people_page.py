"""What the case shows of the person: the reason asked with a result, the fragile path, appointments, tracing, ranked numbers."""

import datetime as dt

from core.services import addressee, appointments, cases, consents, fragile, people, reasons, team, tracing
from core.services.consents import ConsentEntry
from core.services.people import ContactPointEntry
from tests.pages.reading import said, whole
from tests.pages.test_case_page import chosen, form_key
from tests.services.factory import a_call, a_case, ready_to_write

D = dt.date
PLACE = {"address": "3 allée des Tilleuls", "postcode": "38000", "city": "Grenoble"}


def opened(app, case_id, view="", locale="fr-FR"):
    page = whole(app("case", locale=locale, id=str(case_id)).run())
    if view:
        key = next(w for w in page.get("button_group") if w.key == "people_view")
        whole(key.set_value(view).run())
    return page


def errors(page):
    """The refusals as they are read."""
    return " ".join(one.value for one in page.error).replace("\\", "")


def words(page):
    return " ".join(said(page)).replace("\\", "")


def box(page, start):
    return page.selectbox(key=form_key(page, start))


def test_a_refusal_to_pay_asks_why_keeps_what_was_typed_and_saves_with_the_reason(ctx, app):
    case_id = a_case(ctx)
    page = chosen(opened(app, case_id), "REF")
    page.text_input(key=form_key(page, "reason_")).set_value("Ne paiera pas")
    whole(page.button(key=form_key(page, "save_")).click().run())
    assert "Motif du non-paiement" in errors(page)
    assert cases.case_file(ctx, case_id).timeline == ()
    assert page.text_input(key=form_key(page, "reason_")).value == "Ne paiera pas"
    cause = next(w for w in page.selectbox if w.key.startswith("cause_"))
    cause.set_value("administrative")
    whole(page.button(key=form_key(page, "save_")).click().run())
    assert reasons.current_of(ctx, case_id).code == "administrative"
    assert any(
        "Motif du non\\-paiement" in text or "Motif du non-paiement :" in text for text in said(whole(page.run()))
    )


def test_financial_difficulties_propose_the_cash_shortage_and_a_promise_asks_nothing(ctx, app):
    case_id = a_case(ctx)
    page = chosen(opened(app, case_id), "DIF")
    assert next(w for w in page.selectbox if w.key.startswith("cause_")).value == "cash_shortage"
    page = chosen(opened(app, case_id), "PRO")
    assert not [w for w in page.selectbox if w.key.startswith("cause_")]


def test_the_banner_names_the_one_person_and_tells_others_to_pass_on(ctx, app):
    case_id, bob = a_case(ctx), team.add_colleague(ctx, "Bob Roy", "collector")
    fragile.begin_path(ctx, case_id, fragile.PathEntry(("large_print",), bob, D(2026, 12, 14)), "t")
    told = words(opened(app, case_id))
    assert "gros caractères" in told
    assert "Transmettre à Bob Roy" in told
    assert "large print" in words(opened(app, case_id, locale="en-US"))


def test_a_lead_opens_the_path_on_the_screen_and_sees_the_signposts(ctx, app):
    case_id = a_case(ctx)
    page = opened(app, case_id, "fragile")
    needs = next(w for w in page.multiselect if w.key.startswith("fragile_needs_"))
    needs.set_value(["more_time", "pause"])
    whole(page.button(key=form_key(page, "fragile_save_")).click().run())
    assert fragile.open_path_of(ctx, case_id).needs == ("more_time", "pause")
    told = words(page)
    for name in ("Point conseil budget", "Banque de France", "Conciliateur de justice"):
        assert name in told


def test_a_visit_without_written_agreement_is_refused_on_its_field_and_set_with_one(ctx, app):
    case_id = a_case(ctx, creditor=ready_to_write(ctx), **PLACE)
    point = cases.case_file(ctx, case_id).contact_points[0].id
    page = opened(app, case_id, "appointments")
    box(page, "app_kind_").set_value("visit")
    page.text_input(key=form_key(page, "app_at_")).set_value("14h30")
    page.text_input(key=form_key(page, "app_place_")).set_value("3 allée des Tilleuls")
    box(page, "app_point_").set_value(point)
    whole(page.button(key=form_key(page, "app_save_")).click().run())
    assert "CON-07" in errors(page)
    assert "L. 121-7" in errors(page)
    assert page.text_input(key=form_key(page, "app_place_")).value == "3 allée des Tilleuls"
    consents.set_consent(ctx, case_id, point, ConsentEntry("visit", "given", ctx.today, "letter"), 0)
    whole(page.button(key=form_key(page, "app_save_")).click().run())
    assert [one.row.kind for one in appointments.appointments_of(ctx, case_id)] == ["visit"]


def test_the_tracing_refuses_data_of_a_bailiff_with_the_article_and_says_what_is_missing(ctx, app):
    case_id = a_case(ctx)
    tracing.open_tracing(ctx, case_id, 0, D(2026, 12, 31), "t")
    page = opened(app, case_id, "tracing")
    assert any("Annuaire téléphonique public" in text for text in said(page))
    box(page, "step_source_").set_value("bailiff_data")
    page.text_input(key=form_key(page, "step_words_")).set_value("12 rue des Lilas")
    whole(page.button(key=form_key(page, "step_save_")).click().run())
    assert "L. 152-3" in errors(page)
    assert tracing.tracing_of(ctx, case_id).steps == ()


def test_a_wrong_number_says_by_which_result_and_one_click_changes_the_order(ctx, app):
    case_id = a_case(ctx, phone="0476000000")
    debtor = cases.case_file(ctx, case_id).head.debtor_id
    first, second = (
        people.add_contact_point(ctx, case_id, debtor, ContactPointEntry("phone", n))
        for n in ("0612345678", "0692123456")
    )
    wrong = next(p.id for p in cases.case_file(ctx, case_id).contact_points if p.value == "+33476000000")
    a_call(ctx, case_id, "FAU", point=wrong)
    page = opened(app, case_id)
    assert "Faux numéro, 23/11/2026" in words(page)
    assert "mobile, outre-mer" in words(page)
    whole(page.button(key=f"first_{second}").click().run())
    phones = [p.id for p in cases.case_file(ctx, case_id).contact_points if p.kind == "phone"]
    assert phones == [second, first, wrong]


def test_a_person_named_as_the_only_contact_is_said_so_and_taken_back(ctx, app):
    case_id = a_case(ctx, creditor=ready_to_write(ctx), phone="06 12 34 56 78", **PLACE)
    party = people.add_person(ctx, case_id, "representative", "Brun", "Anne")
    page = opened(app, case_id)
    standing = addressee.standings(ctx, case_id)[party]
    whole(page.button(key=f"sole_{standing.id}").click().run())
    assert addressee.reached(ctx, case_id) == (party, "Anne Brun")
    told = " ".join(one.value for one in page.markdown).replace("\\", "")
    assert "Seul interlocuteur" in told
    assert "Seule personne à contacter dans ce dossier : Anne Brun" in told
    whole(page.button(key=f"ended_{standing.id}").click().run())
    assert addressee.reached(ctx, case_id) == (0, "")
