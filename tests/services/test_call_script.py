"""The script of a case: who is spoken to, in which language, with the figures of the day; callbacks by two clocks."""

import datetime as dt

import pytest

from core.domain.messages import Refusal
from core.services import call_script, callbacks, cases, contact_policy, journal, people
from core.services.payments import PaymentEntry, record_payment
from core.services.placing import DebtEntry
from tests.services.factory import a_case, a_creditor, a_debt

D = dt.date


def said(script):
    return {step.step: [line.text for line in step.lines] for step in script.steps}


def test_a_consumer_hears_the_letter_the_origin_and_what_is_owed_today(ctx):
    case_id = a_case(
        ctx, a_debt("F-77", amount=30000), creditor=a_creditor(ctx, "Garage du Port"), first_letter_ref="LR-9",
        first_letter_on=D(2026, 3, 2),
    )  # fmt: skip
    record_payment(ctx, PaymentEntry(case_id, D(2026, 11, 20), 10000, "transfer", "agency"), "p")
    words = said(call_script.call_script(ctx, case_id))
    assert words["identify"][0] == "Bonjour, Léa Martin. Puis-je parler à Lefèvre, s'il vous plaît ?"
    assert "Cet appel fait suite à notre lettre LR-9 du 02/03/2026." in words["capacity"]
    assert words["amount"][0] == "Il s'agit de facture F-77 du 01/01/2026. À ce jour, il reste 200,00\xa0€ à régler."
    assert not [line for line in words["capacity"] if "enregistré" in line]


def test_each_profile_hears_its_own_questions(ctx):
    assert call_script.profile_of("individual", ["invoice"]) == "consumer"
    assert call_script.profile_of("individual", ["invoice", "rent"]) == "tenant"
    assert call_script.profile_of("business", ["rent"]) == "business"
    assert call_script.profile_of("public", []) == "public"
    rent = DebtEntry("L-1", "rent", 60000, D(2026, 1, 1), D(2026, 1, 5))
    assert any("aide au logement" in line for line in said(call_script.call_script(ctx, a_case(ctx, rent)))["reason"])
    firm = said(call_script.call_script(ctx, a_case(ctx, kind="business", name="SARL Quai")))
    assert any("dirigeant" in line for line in firm["identify"])


def test_an_english_debtor_is_spoken_to_in_english(ctx):
    case_id = a_case(ctx)
    people.set_debtor_language(ctx, case_id, "en")
    script = call_script.call_script(ctx, case_id)
    assert script.lang == "en"
    assert said(script)["identify"][0].startswith("Good morning, this is Léa Martin.")
    assert "€" in said(script)["amount"][0]


def test_a_lead_writes_other_words_and_goes_back(ctx):
    case_id = a_case(ctx)
    part = {one.key: one for one in call_script.parts(ctx)}["listen"]
    assert call_script.save_part(ctx, "listen", [{"fr": "Je vous écoute.", "en": "I am listening."}], part.version) == 1
    assert said(call_script.call_script(ctx, case_id))["listen"] == ["Je vous écoute."]
    assert not {one.key: one for one in call_script.parts(ctx)}["listen"].shipped
    with pytest.raises(Refusal):
        call_script.save_part(ctx, "listen", None, 0)
    call_script.save_part(ctx, "listen", None, 1)
    assert {one.key: one for one in call_script.parts(ctx)}["listen"].shipped


def test_an_hour_said_in_la_reunion_is_three_hours_earlier_here(ctx):
    there, here = a_case(ctx, phone="0692123456"), a_case(ctx, name="Proche", phone="0612345678")
    found = callbacks.at_home(ctx, there, None, D(2026, 12, 1), "14h30")
    assert (found.zone, found.here.strftime("%H:%M"), found.apart) == ("Indian/Reunion", "11:30", True)
    assert not callbacks.at_home(ctx, here, None, D(2026, 12, 1), "9h").apart
    with pytest.raises(Refusal) as caught:
        callbacks.at_home(ctx, here, None, D(2026, 12, 1), "25h")
    assert caught.value.problems[0].field == "hour"


def test_a_callback_goes_to_a_calendar_without_the_debtors_name(ctx):
    case_id = a_case(ctx)
    task_id = journal.set_next_action(ctx, case_id, "call_back", D(2026, 12, 1), at="14:30")
    name, data = callbacks.calendar_entry(ctx, case_id, task_id)
    ref = cases.case_file(ctx, case_id).head.ref
    assert name == f"{ref}-2026-12-01.ics"
    assert b"DTSTART:20261201T133000Z\r\n" in data
    assert ref.encode() in data
    assert "Lefèvre".encode() not in data
    with pytest.raises(Refusal):
        callbacks.calendar_entry(ctx, case_id, task_id + 99)


def test_a_house_that_records_says_so_at_the_start_of_the_call(ctx):
    shown = contact_policy.policy(ctx).policy.kept()
    entry = contact_policy.PolicyEntry(
        **{**shown, "records_calls": True, "recording_purpose": "Qualité", "recording_days": 30}
    )
    contact_policy.save_policy(ctx, entry, 0)
    (line,) = (
        line for step in call_script.call_script(ctx, a_case(ctx)).steps for line in step.lines if line.must == "CON-09"
    )
    assert "(Qualité, conservé 30 jours)" in line.text
