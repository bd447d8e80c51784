"""The law of limitation as data: complete, in both languages, and refused when it is not as foreseen."""

import shutil

import pytest

from core.domain.messages import Refusal
from core.domain.placement_fields import DEBTOR_KINDS, NATURES
from core.law.limitation_rules import FILE, limitation_law

LAW = limitation_law()


@pytest.mark.parametrize("creditor", ["individual", "business", ""])
@pytest.mark.parametrize("debtor", [choice.key for choice in DEBTOR_KINDS])
@pytest.mark.parametrize("nature", [choice.key for choice in NATURES])
def test_every_nature_has_a_claim_that_is_for_its_debtor(nature, debtor, creditor):
    claim = LAW.periods[LAW.claim_of(nature, debtor, creditor).claim]
    assert debtor in claim.debtors


@pytest.mark.parametrize(
    ("nature", "debtor", "claim"),
    [
        ("invoice", "individual", "consumer_goods_services"),
        ("invoice", "business", "between_businesses"),
        ("invoice", "public", "public_debtor"),
        ("rent", "individual", "home_rent"),
        ("rent", "business", "commercial_rent"),
        ("charges", "individual", "coownership_charges"),
        ("telecom", "business", "telecom"),
        ("loan", "individual", "consumer_credit"),
        ("energy", "business", "between_businesses"),
        ("health", "individual", "health_private"),
        (
            "cheque",
            "business",
            "between_businesses",
        ),  # the debt for which it was given; the cheque itself is asked about
    ],
)
def test_a_business_creditor_has_the_claim_a_lawyer_expects(nature, debtor, claim):
    assert LAW.claim_of(nature, debtor, "business").claim == claim


def test_a_guess_is_asked_in_both_languages():
    asked = LAW.claim_of("rent", "individual", "").ask
    assert "habitation principale" in asked.fr
    assert "main home" in asked.en


@pytest.mark.parametrize("nature", ["cheque", "bill"])
@pytest.mark.parametrize("debtor", ["individual", "business", "public"])
def test_what_a_cheque_or_a_bill_itself_gives_is_asked_as_the_debt_behind_it_may_outlive_it(nature, debtor):
    assert "à confirmer" in LAW.claim_of(nature, debtor, "business").ask.fr


def test_other_names_lead_to_one_thing():
    names = [name for one in LAW.periods.values() for name in (one.key, *one.also)]
    assert len(names) == len(set(names))
    events = [name for one in LAW.events.values() for name in (one.key, *one.also)]
    assert len(events) == len(set(events))
    assert LAW.period("Consumer-Credit").key == "consumer_credit"
    assert LAW.event("payment").key == "part_payment"


def test_only_what_the_list_names_interrupts_a_time_bar():
    assert {one.key for one in LAW.events.values() if one.effect == "interrupts" and one.time_bar} == {
        "court_claim", "order_served", "proof_of_claim", "protective_measure", "enforcement_act", "seizure_order",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ('length: "5y"', 'length: "5"', "length-unreadable"),
        ('length: "5y"', 'length: "30d"', "length-in-days"),
        ("effect: suspends", "effect: slows", "yaml-unknown-word"),
        ("    trust: V\n", "", "yaml-missing-key"),
        ("starts: [due, knowledge]", "starts: [somewhen]", "yaml-unknown-word"),
        ("only: [telecom]", "only: [telegraph]", "yaml-unknown-word"),
        ("claim: home_rent,", "claim: castle_rent,", "yaml-unknown-word"),
        ("alerts: [90, 60, 30]", "alarms: [90]", "yaml-unknown-key"),
    ],
)
def test_data_that_are_not_as_foreseen_are_refused_with_their_place(tmp_path, old, new, code):
    path = tmp_path / "data" / "law" / "limitation.yaml"
    path.parent.mkdir(parents=True)
    shutil.copy(FILE, path)
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(Refusal) as caught:
        limitation_law(path)
    (problem,) = caught.value.problems
    assert (problem.code, problem.where) == (code, "data/law/limitation.yaml")
