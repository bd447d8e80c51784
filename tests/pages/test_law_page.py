"""The law as a page: what is told first, what stands behind each value, and the lead who adds the next one."""

import datetime as dt
import re
from decimal import Decimal

import pytest

from core.services import law
from core.services.law_entries import Addition, Entry, add_values
from tests.pages.reading import said, shown_table, whole
from tests.pages.test_case_page import form_key

OTHER, INDIVIDUAL = "legal_interest_other", "legal_interest_individual"


def text(page):
    return " ".join(said(page)).replace("\\", "").replace("\u00a0", " ").replace("\u202f", " ")


def fill(page, other="2,80", individual="6,90", source="Arrêté du 18 décembre 2026, JO du 27", trust="V"):
    page.text_input(key=form_key(page, f"law_value_{INDIVIDUAL}_")).set_value(individual)
    page.text_input(key=form_key(page, f"law_value_{OTHER}_")).set_value(other)
    page.text_input(key=form_key(page, "law_source_")).set_value(source)
    if trust:
        page.selectbox(key=form_key(page, "law_trust_")).set_value(trust)
    return whole(page.button(key="law_next_save").click().run())


def rate(ctx, key, day):
    return law.law(ctx).of(key).at(dt.date.fromisoformat(day)).value


def test_the_amber_band_says_what_ends_when_and_what_to_look_at(ctx, app):  # on 23 November 2026
    page = whole(app("law").run())
    told = page.warning[0].value.replace("\\", "")
    assert "Connu jusqu'au 31/12/2026" in told
    assert "Taux légal, autres créanciers" in told
    assert "Les calculs s'arrêteront le 01/01/2027." in told
    assert "Plus connu depuis le 01/03/2026" in told
    assert "Taux de refinancement de la BCE (connu jusqu'au jour de la dernière vérification, le 10/10/2026)" in told


def test_a_value_stands_with_its_dates_article_link_trust_and_check(ctx, app):
    page = whole(app("law").run())
    assert [head.value.replace("\u00a0", " ") for head in page.subheader][:2] == ["6,84 %", "2,75 %"]
    told = text(page)
    assert "du 01/07/2026 au 31/12/2026" in told
    assert (
        "[CMF, art. L. 313-2 et D. 313-1-A](https://www.legifrance.gouv.fr/codes/texte_lc/LEGITEXT000006072026)" in told
    )
    assert ":orange-badge[à confirmer : une source secondaire]" in told
    assert "vérifié le 22/11/2026" in told


def test_the_history_of_a_rate_goes_back_to_1990_with_each_source(ctx, app):
    rows = shown_table(whole(app("law").run()))
    assert (rows[0]["value"].replace("\u00a0", " "), str(rows[0]["start"])) == ("6,84 %", "2026-07-01")
    assert (str(rows[-1]["start"]), rows[-1]["trust"]) == ("1990-01-01", "lu dans le texte ou une page officielle")
    assert rows[1]["source"].startswith("Arrêté du 15 décembre 2025, JO du 26 décembre")


@pytest.mark.parametrize("group", ["penalties", "terms", "costs", "thresholds", "plans", "deadlines", "limitation"])
@pytest.mark.parametrize("locale", ["fr-FR", "en-GB"])
def test_every_family_is_drawn_in_both_languages(ctx, app, group, locale):
    page = whole(app("law", locale, group=group).run())
    assert len(text(page)) > 500


def test_the_holidays_stand_with_the_rules_of_time(ctx, app):
    page = whole(app("law", group="deadlines").run())
    assert {"01/11/2026"} <= {row["day"].strftime("%d/%m/%Y") for row in shown_table(page)}
    assert "CPC, art. 641 al. 1" in text(page)


def test_the_periods_of_limitation_stand_with_their_article_and_what_moves_them(ctx, app):
    page = whole(app("law", group="limitation").run())
    shown = text(page)
    assert re.search(
        r"\*\*Professionnel contre consommateur[^*]*\*\* : \*\*2 ans\*\* · départ : .*C\. consom\., art\. L\. 218-2",
        shown,
    )
    assert "C. civ., art. 2224, 2233" in shown
    assert "C. civ., art. 2232" in shown
    assert "**Paiement partiel du débiteur** : un nouveau délai entier" in shown
    assert "sans effet" in shown
    assert not page.dataframe


def test_a_lead_enters_both_legal_rates_of_the_next_half_year(ctx, app):
    page = fill(whole(app("law").run()))
    assert page.success[0].value.replace("\\", "") == "La valeur est enregistrée et s'applique à compter du 01/01/2027."
    assert (rate(ctx, OTHER, "2027-06-30"), rate(ctx, INDIVIDUAL, "2027-01-01")) == (Decimal("2.80"), Decimal("6.90"))
    assert "Léa Martin a saisi la valeur à compter du 01/01/2027" in text(page)
    assert page.text_input(key=form_key(page, "law_source_")).value == ""


def test_what_is_wrong_stands_on_its_field_and_nothing_typed_is_lost(ctx, app):
    page = fill(whole(app("law").run()), other="2,805", source="", trust=None)
    told = " ".join(error.value for error in page.error).replace("\\", "")
    assert "**Taux légal, autres créanciers** — « 2,805 » n'est pas une valeur de cette sorte." in told
    assert "Source : le texte qui la fixe" in told
    assert "**Ce que vous avez lu**" in told
    assert page.text_input(key=form_key(page, f"law_value_{OTHER}_")).value == "2,805"
    assert page.text_input(key=form_key(page, f"law_value_{INDIVIDUAL}_")).value == "6,90"


def test_a_jump_asks_for_a_confirmation_and_passes_with_it(ctx, app):
    page = fill(whole(app("law").run()), other="27,50")
    assert "27,50 est loin de la valeur précédente (2,75)" in page.error[0].value.replace("\\", "")
    (box,) = [one for one in page.checkbox if one.key.startswith("law_sure_")]
    box.check().run()
    whole(page.button(key="law_next_save").click().run())
    assert rate(ctx, OTHER, "2027-01-01") == Decimal("27.50")


def test_a_lead_says_that_the_central_bank_has_decided_nothing_new(ctx, app):
    page = whole(app("law", group="penalties").run())
    page.segmented_control(key="law_act").set_value("checked").run()
    page.text_input(key=form_key(page, "law_where_")).set_value("page des taux directeurs de la BCE")
    page = whole(page.button(key="law_checked_save").click().run())
    assert rate(ctx, "ecb_refinancing", "2026-11-23") == Decimal("2.65")
    assert "BCE (connu" not in page.warning[0].value


def test_a_value_read_second_hand_is_confirmed(ctx, app):
    page = whole(app("law").run())
    page.segmented_control(key="law_act").set_value("correct").run()
    page.text_input(key=form_key(page, "law_source_")).set_value("Arrêté du 26 juin 2026, lu sur Légifrance")
    page.selectbox(key=form_key(page, "law_trust_")).set_value("V")
    page = whole(page.button(key="law_correct_save").click().run())
    assert law.law(ctx).of(OTHER).at(dt.date(2026, 7, 1)).trust == "V"
    assert "à confirmer : une source secondaire" not in text(page)


def test_an_addition_is_withdrawn_from_the_page(ctx, app):
    typed = Addition(dt.date(2027, 1, 1), dt.date(2027, 6, 30), "2,80", "Arrêté", "V")
    add_values(ctx, (Entry(OTHER, typed, 0),), "once")
    page = whole(app("law").run())
    page.segmented_control(key="law_act").set_value("withdraw").run()
    page.text_input(key=form_key(page, "law_reason_")).set_value("erreur de saisie")
    page = whole(page.button(key="law_withdraw_save").click().run())
    assert law.law(ctx).of(OTHER).known_until == dt.date(2026, 12, 31)
    assert "Léa Martin a retiré un ajout : erreur de saisie" in text(page)


def test_where_nothing_was_added_nothing_is_withdrawn(ctx, app):
    page = whole(app("law").run())
    page.segmented_control(key="law_act").set_value("withdraw").run()
    assert "Rien n'a été ajouté ici" in text(whole(page))


def test_the_ceilings_of_the_next_quarter_are_entered_band_by_band(ctx, app):
    page = whole(app("law", group="plans").run())
    page.selectbox(key="law_which_plans").set_value("usury_consumer").run()
    for place, value in enumerate(("23,70", "15,80", "8,60")):
        page.text_input(key=form_key(page, f"law_band_{place}_")).set_value(value)
    page.text_input(key=form_key(page, "law_source_")).set_value("Avis du 28 décembre 2026")
    page.selectbox(key=form_key(page, "law_trust_")).set_value("V")
    whole(page.button(key="law_next_save").click().run())
    assert law.law(ctx).table("usury_consumer").at(dt.date(2027, 1, 1)).of(450_000).value == Decimal("15.80")


def test_a_source_typed_with_signs_of_markdown_stays_text(ctx, app):
    page = fill(whole(app("law").run()), source="[JO](https://faux.example) **lu**")
    assert "\\[JO\\]" in " ".join(said(page))


def test_a_collector_reads_the_law_and_has_no_form(ctx, app):
    with ctx.write() as unit:
        unit.run("UPDATE users SET role = 'collector' WHERE id = ?", (ctx.user.id,))
        unit.audit("colleague.added", "user", ctx.user.id)
    page = whole(app("law").run())
    assert page.warning
    assert not page.text_input
