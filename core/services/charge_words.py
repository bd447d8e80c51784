"""The words for charges, credit notes and movements of the ledger, from the data and the catalogue. Holds no rule."""

from __future__ import annotations

import json

from core.domain.charges import Ground
from core.i18n import Texts
from core.law.chargeable_costs import load_charge_kinds
from core.store.charges import Movement

UNSURE = ("S", "U")


def kind(t: Texts, code: str) -> str:
    """What a charge is for; a kind kept from older data shows as its code."""
    found = next((one.label for one in load_charge_kinds() if one.kind == code), None)
    return found.of(t.lang) if found else code


def articles(t: Texts, of: tuple[str, ...], trust: str) -> str:
    """Articles as a screen shows them, marked where they are still to be confirmed."""
    cited = " ; ".join(of)
    return t("{article} (to be confirmed)", article=cited) if trust in UNSURE else cited


def unsure(t: Texts, trust: str) -> str:
    """The mark of what is still to be confirmed; empty for what was read in its source."""
    return t("(to be confirmed)") if trust in UNSURE else ""


def ground(t: Texts, one: Ground) -> str:
    """A rule in words with its articles."""
    return f"{one.words.of(t.lang)} {articles(t, one.articles, one.trust)}."


def step(t: Texts, name: str) -> str:
    """What an entry of the journal says of a charge or a credit note; empty for another entry."""
    return {
        "credit_note": t("Credit note"),
        "credit_note_reversed": t("Credit note undone"),
        "charge": t("Charge put on the debtor"),
        "charge_withdrawn": t("Charge withdrawn"),
        "not_granted": t("Principal not granted by the title"),
        "not_granted_undone": t("Principal claimed again: the title fell or the register was put right"),
    }.get(name, "")


def movement(t: Texts, one: Movement) -> str:
    """What moved a debt."""
    facts = json.loads(one.facts or "{}")
    if one.kind == "charge":
        return kind(t, str(facts.get("kind", "")))
    if one.kind == "credit_note":
        return t("Credit note {ref}", ref=str(facts.get("reference", "")))
    if one.kind == "reversal":
        return step(t, str(facts.get("step", ""))) or t("Payment reversed")
    return {
        "placement": t("Debt placed"),
        "allocation": t("Payment allocated"),
        "accrual": t("Interest settled"),
        "not_granted": t("Not granted by the title"),
    }.get(one.kind, one.kind)
