"""The creditors' page: the list and its totals, a creditor added and changed, mandates with what they lack, nothing typed lost."""

import datetime as dt

import pytest

from core.i18n import texts
from core.services import creditors, mandates
from core.services.context import Ctx
from core.services.creditors import CreditorEntry, MandateEntry
from core.ui import creditor_forms
from tests.pages.reading import said, shown_table, whole
from tests.services.factory import a_case, a_creditor, a_debt

T = texts("fr")
PDF = b"%PDF-1.7 signed"


def told(page, sentence: str) -> bool:
    return any(sentence in text for text in said(page))


def kept(ctx: Ctx, creditor: int):
    return creditors.creditor_file(ctx, creditor)


def test_an_agency_without_creditors_is_told_what_a_creditor_is(ctx, app):
    page = whole(app("creditors").run())
    assert page.dataframe.len == 0
    assert page.info.len == 1


def test_the_list_shows_what_the_cases_of_each_come_to(ctx, app):
    creditor = a_creditor(ctx, "Énergie de l'Ouest")
    a_case(ctx, a_debt(amount=123456), creditor=creditor)
    a_creditor(ctx, "Sans dossier")
    lines = {line["name"]: line for line in shown_table(whole(app("creditors").run()))}
    assert (lines["Énergie de l'Ouest"]["open"], lines["Énergie de l'Ouest"]["balance"]) == (1, 1234.56)
    assert (lines["Sans dossier"]["open"], lines["Sans dossier"]["balance"]) == (0, 0)


def test_a_creditor_without_a_signed_mandate_is_told_in_the_list(ctx, app):
    covered, bare = a_creditor(ctx, "Couvert"), a_creditor(ctx, "Nu")
    creditors.save_mandate(ctx, covered, MandateEntry("M-1", ctx.today))
    creditors.save_mandate(ctx, bare, MandateEntry("M-2"))
    page = whole(app("creditors").run())
    assert page.warning.len == 1
    assert {line["name"]: line["mandate"] for line in shown_table(page)} == {
        "Couvert": T("in force"),
        "Nu": T("none in force"),
    }


def test_a_click_on_a_line_opens_that_creditor(ctx, app):
    a_creditor(ctx, "Alpha")
    beta = a_creditor(ctx, "Bêta")
    page = app("creditors").run()
    page.session_state[creditor_forms.LIST] = {"selection": {"rows": [], "columns": [], "cells": [(1, "name")]}}
    whole(page.run())
    assert page.query_params["id"] == str(beta)
    assert page.title[0].value == "Bêta"


def test_a_creditor_is_added_and_its_page_opens(ctx, app):
    page = app("creditors").run()
    page.button(key="creditor_add").click().run()
    page.text_input(key="creditor_new_0_name").set_value("Énergie de l'Ouest SA")
    page.text_input(key="creditor_new_0_ref").set_value("EDO")
    page.text_input(key="creditor_new_0_siren").set_value("552 100 554")
    page.text_area(key="creditor_new_0_address").set_value("4 quai de la Fosse")
    page.button(key="creditor_new_0_save").click().run()
    whole(page)
    row = kept(ctx, 1).creditor
    assert (row.name, row.ref, row.siren, row.address) == (
        "Énergie de l'Ouest SA",
        "EDO",
        "552100554",
        "4 quai de la Fosse",
    )
    assert page.query_params["id"] == "1"
    assert page.success.len == 1


def test_a_wrong_field_is_named_and_nothing_typed_is_lost(ctx, app):
    page = app("creditors", id="new").run()
    page.text_input(key="creditor_new_0_name").set_value("Énergie")
    page.text_input(key="creditor_new_0_siren").set_value("123")
    page.text_input(key="creditor_new_0_city").set_value("Nantes")
    page.button(key="creditor_new_0_save").click().run()
    assert [error.value.split("**")[1] for error in whole(page).error] == [T("Your reference"), T("SIREN")]
    assert page.text_input(key="creditor_new_0_siren").value == "123"
    assert page.text_input(key="creditor_new_0_city").value == "Nantes"
    assert creditors.list_creditors(ctx) == ()
    page.text_input(key="creditor_new_0_siren").set_value("")
    page.text_input(key="creditor_new_0_ref").set_value("EDO")
    page.button(key="creditor_new_0_save").click().run()
    assert kept(ctx, 1).creditor.city == "Nantes"


def test_a_changed_creditor_shows_what_is_kept(ctx, app):
    creditor = a_creditor(ctx, "Alpha")
    page = app("creditors", id=str(creditor)).run()
    page.text_input(key=f"creditor_{creditor}_0_name").set_value("Alpha SAS")
    page.button(key=f"creditor_{creditor}_0_save").click().run()
    assert whole(page).title[0].value == "Alpha SAS"
    assert page.text_input(key=f"creditor_{creditor}_1_name").value == "Alpha SAS"


def test_the_second_of_two_people_is_told_sees_the_other_s_words_and_may_save_over_them(ctx, app):
    creditor = creditors.save_creditor(ctx, CreditorEntry("A", "Alpha", city="Lyon"))
    page = app("creditors", id=str(creditor)).run()
    creditors.save_creditor(ctx, CreditorEntry("A", "Alpha", city="Bron"), creditor, 1)
    page.text_input(key=f"creditor_{creditor}_0_city").set_value("Vaulx")
    page.button(key=f"creditor_{creditor}_0_save").click().run()
    assert kept(ctx, creditor).creditor.city == "Bron"
    assert page.error.len == 1
    assert told(page, "Bron")
    assert page.text_input(key=f"creditor_{creditor}_0_city").value == "Vaulx"
    page.button(key=f"creditor_{creditor}_0_save").click().run()
    assert kept(ctx, creditor).creditor.city == "Vaulx"


def test_a_name_full_of_markdown_stays_a_name(ctx, app):
    creditor = a_creditor(ctx, "**Gras** [lien](http://x)")
    assert r"\*\*Gras\*\*" in whole(app("creditors", id=str(creditor)).run()).title[0].value


def test_a_creditor_that_does_not_exist_is_a_sentence(ctx, app):
    page = whole(app("creditors", id="99").run())
    assert page.error.len == 1


@pytest.mark.parametrize("odd", ["abc", "-1", "1;2", ""])
def test_an_odd_address_shows_the_list(ctx, app, odd):
    a_creditor(ctx)
    assert whole(app("creditors", id=odd).run()).dataframe.len == 1


def test_a_new_mandate_says_all_it_lacks_with_the_articles(ctx, app):
    creditor = a_creditor(ctx)
    page = app("creditors", id=str(creditor)).run()
    form = f"mandate_of_{creditor}_0_"
    page.text_input(key=f"{form}ref").set_value("M-2026-01")
    page.button(key=f"{form}save").click().run()
    whole(page)
    view = mandates.creditor_mandates(ctx, creditor)[0]
    assert view.row.ref == "M-2026-01"
    lists = "\n".join(part.value for part in page.markdown if "\n- " in part.value)
    assert lists.count("\n- ") == 11
    assert lists.count("R\\. 124\\-") >= 11


def test_every_item_of_r_124_3_can_be_typed(ctx, app):
    creditor = a_creditor(ctx)
    page = app("creditors", id=str(creditor)).run()
    form = f"mandate_of_{creditor}_0_"
    page.text_input(key=f"{form}ref").set_value("M-1")
    for name, day in (
        ("signed_on", dt.date(2026, 1, 5)),
        ("starts_on", dt.date(2026, 1, 10)),
        ("ends_on", dt.date(2027, 1, 9)),
    ):
        page.date_input(key=f"{form}{name}").set_value(day)
    page.checkbox(key=f"{form}power_to_receive").check()
    clauses = {
        "basis": "Contrat",
        "amounts": "Listées",
        "guarantee": "Plafond",
        "fee_terms": "Tout : 10 %",
        "remittance_terms": "Mensuelle",
    }
    for name, text in clauses.items():
        page.text_area(key=f"{form}{name}").set_value(text)
    page.number_input(key=f"{form}remittance_days").set_value(30)
    page.number_input(key=f"{form}max_instalments").set_value(6)
    page.text_input(key=f"{form}max_discount").set_value("7,5")
    page.button(key=f"{form}save").click().run()
    whole(page)
    row = kept(ctx, creditor).mandates[0]
    assert {name: getattr(row, name) for name in clauses} == clauses
    assert (row.signed_on, row.starts_on, row.ends_on) == ("2026-01-05", "2026-01-10", "2027-01-09")
    assert (row.power_to_receive, row.remittance_days, row.max_instalments, row.max_discount) == (1, 30, 6, "7.5")
    assert kept(ctx, creditor).in_force == row.id
    assert page.text_input(key=f"mandate_{row.id}_0_max_discount").value == "7,5"


def test_a_mandate_refused_keeps_its_clauses_on_the_screen(ctx, app):
    creditor = a_creditor(ctx)
    page = app("creditors", id=str(creditor)).run()
    form = f"mandate_of_{creditor}_0_"
    page.text_area(key=f"{form}basis").set_value("Un long paragraphe")
    page.text_input(key=f"{form}max_discount").set_value("beaucoup")
    page.button(key=f"{form}save").click().run()
    labels = [error.value.split("**")[1] for error in whole(page).error]
    assert labels == [T("Mandate reference"), creditor_label("max_discount")]
    assert page.text_area(key=f"{form}basis").value == "Un long paragraphe"


def test_the_form_says_that_collecting_wants_a_written_power_to_receive(ctx, app):
    # R.124-3: without a written agreement giving power to receive, no amicable collection at all
    page = whole(app("creditors", id=str(a_creditor(ctx))).run())
    said = [caption.value for caption in page.caption if "R. 124-3" in caption.value or "R. 124-3" in caption.value]
    sentence = "Amicable collection for this creditor is allowed only with a written agreement that gives this power (article R. 124-3, first paragraph)."
    assert T(sentence) in said


def creditor_label(field: str) -> str:
    from core.ui import mandate_form
    from core.ui.text import plain

    return plain(mandate_form.labels(T)[field])


def test_the_signed_copy_is_kept_and_offered_back(ctx, app):
    creditor = a_creditor(ctx)
    mandate = creditors.save_mandate(ctx, creditor, MandateEntry("M-1", ctx.today))
    page = app("creditors", id=str(creditor)).run()
    page.file_uploader(key=f"copy_{mandate}_0_file").upload("mandat.pdf", PDF, "application/pdf")
    page.button(key=f"copy_{mandate}_0_save").click().run()
    whole(page)
    row = kept(ctx, creditor).mandates[0]
    assert creditors.document_bytes(ctx, row.signed_document_id) == (PDF, "mandat.pdf", "application/pdf")
    keys = [button.key for button in page.get("download_button")]
    assert f"mandate_copy_{mandate}" in keys
    assert f"mandate_pdf_{mandate}" in keys


def test_keeping_no_file_at_all_asks_for_one(ctx, app):
    creditor = a_creditor(ctx)
    mandate = creditors.save_mandate(ctx, creditor, MandateEntry("M-1", ctx.today))
    page = app("creditors", id=str(creditor)).run()
    page.button(key=f"copy_{mandate}_0_save").click().run()
    assert whole(page).warning.len == 1


def test_a_collector_reads_and_cannot_save(ctx, app):
    creditor = a_creditor(ctx)
    with ctx.write() as unit:
        unit.run("UPDATE users SET role = 'collector' WHERE id = ?", (ctx.user.id,))
        unit.audit("user.role", "user", ctx.user.id)
    page = whole(app("creditors", id=str(creditor)).run())
    assert page.button(key=f"creditor_{creditor}_0_save").disabled
    assert page.button(key=f"mandate_of_{creditor}_0_save").disabled
    assert whole(app("creditors").run()).button(key="creditor_add").disabled


def test_a_creditor_is_said_to_be_an_individual_and_until_then_it_is_asked(ctx, app):
    creditor = a_creditor(ctx, "Mme Bailleresse")
    page = whole(app("creditors", id=str(creditor)).run())
    assert told(page, "La qualité de ce créancier n'est pas encore dite")
    page.selectbox(key=f"creditor_{creditor}_0_quality").set_value("individual")
    whole(page.button(key=f"creditor_{creditor}_0_save").click().run())
    assert kept(ctx, creditor).creditor.quality == "individual"
    assert not told(page, "La qualité de ce créancier n'est pas encore dite")
    assert told(page, "Particulier")


def test_what_the_creditor_asks_for_is_ticked_kept_and_said_on_the_card(ctx, app):
    creditor = a_creditor(ctx)
    page = whole(app("creditors", id=str(creditor)).run())
    form = f"mandate_of_{creditor}_0_"
    page.text_input(key=f"{form}ref").set_value("M-1")
    page.checkbox(key=f"{form}interest").check()
    page.selectbox(key=f"{form}order").set_value("principal_first")
    whole(page.button(key=f"{form}save").click().run())
    (row,) = kept(ctx, creditor).mandates
    claims = mandates.row_claims(row)
    assert (claims.asked, claims.order) == (("interest",), "principal_first")
    assert told(page, "Demandés en plus des sommes confiées : intérêts ou pénalités de retard")
    assert page.checkbox(key=f"mandate_{row.id}_0_interest").value is True


def test_a_mandate_that_asks_for_nothing_says_so(ctx, app):
    creditor = a_creditor(ctx)
    creditors.save_mandate(ctx, creditor, MandateEntry("M-1"))
    assert told(whole(app("creditors", id=str(creditor)).run()), "Rien n'est demandé au-delà des sommes confiées.")
