"""Days and limits in the settings: kept with their day and source, refused on the field, nothing typed lost."""

from core.services import house_rules
from core.services.house_rules import HouseRules
from tests.pages.reading import said, whole


def test_rules_are_kept_with_their_source_after_a_refusal_that_loses_nothing(ctx, app):
    page = whole(app("settings", "en-GB").run())
    page.number_input(key="house_rules_0_acknowledge_days").set_value(5)
    page.text_input(key="house_rules_0_small_amount").set_value("55,50")
    whole(page.button(key="house_rules_save").click().run())
    assert any("Decision or text it rests on" in error.value for error in page.error)
    assert page.text_input(key="house_rules_0_small_amount").value == "55,50"
    page.text_input(key="house_rules_0_source").set_value("Board of 20 November 2026")
    whole(page.button(key="house_rules_save").click().run())
    assert house_rules.view(ctx).now == HouseRules(5, 60, 5550)
    assert any("Board of 20 November 2026" in text for text in said(page))
