"""The words for reasons, fragile paths, appointments and tracing: from the data, and from the catalogue. Holds no rule."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from core.i18n import Texts
from core.law.appointments import load_appointments
from core.law.cited import Cited
from core.law.fragile import load_fragile
from core.law.reasons import load_reasons
from core.law.tracing import load_tracing


def reason(t: Texts, code: str) -> str:
    """Why a debtor does not pay."""
    kind = load_reasons().named(code)
    return kind.label.of(t.lang) if kind else code


def act(t: Texts, code: str) -> str:
    """What to do with a reason."""
    kind = load_reasons().named(code)
    return kind.act.of(t.lang) if kind else ""


def tone(t: Texts, code: str) -> str:
    """How one writes after a reason."""
    return {
        "neutral": t("usual tone"),
        "gentle": t("gentle tone"),
        "firm": t("firm tone"),
        "answer": t("answer first"),
    }.get(code, code)


def reason_source(t: Texts, code: str) -> str:
    """Who said why."""
    return {
        "debtor": t("The debtor"),
        "representative": t("The debtor's representative"),
        "creditor": t("The creditor"),
        "file": t("The documents of the case"),
    }.get(code, code)


def need(t: Texts, code: str) -> str:
    """A need of the fragile path."""
    return next((one.label.of(t.lang) for one in load_fragile().needs if one.code == code), code)


def path_end(t: Texts, code: str) -> str:
    """Why a fragile path ended."""
    return next((one.label.of(t.lang) for one in load_fragile().ends if one.code == code), code)


def appointment(t: Texts, kind: str) -> str:
    """A kind of appointment."""
    return next((one.label.of(t.lang) for one in load_appointments().kinds if one.kind == kind), kind)


def appointment_outcome(t: Texts, code: str) -> str:
    """How an appointment went."""
    return next((one.label.of(t.lang) for one in load_appointments().outcomes if one.code == code), code)


def source(t: Texts, code: str) -> str:
    """A source of tracing."""
    found = load_tracing().named(code)
    return found.label.of(t.lang) if found else code


def origin(t: Texts, code: str) -> str:
    """Where a contact point comes from; empty when nobody said."""
    given = {"debtor": t("The debtor"), "creditor": t("The creditor")}
    found = load_tracing().named(code)
    return found.label.of(t.lang) if found else given.get(code, "")


def step_result(t: Texts, code: str) -> str:
    """What a step of tracing gave."""
    return {
        "found": t("Something found"),
        "nothing": t("Nothing found"),
        "waiting": t("Answer awaited"),
        "withdrawn": t("Taken back"),
    }.get(code, code)


def tracing_outcome(t: Texts, code: str) -> str:
    """How a tracing ended."""
    return {"found": t("Found"), "not_found": t("Not found"), "stopped": t("Stopped")}.get(code, code)


def cited(t: Texts, basis: Cited) -> str:
    """An article, marked where a lawyer still has to confirm it; empty where there is none."""
    return t("{article} (to be confirmed)", article=basis.article) if basis.to_confirm else basis.article


def line(t: Texts, facts: Mapping[str, Any]) -> tuple[str, ...]:
    """What an entry of the journal says of all this; nothing for another entry."""
    step, kind, outcome = str(facts.get("step", "")), str(facts.get("kind", "")), str(facts.get("outcome", ""))
    found = {
        "reason": (t("Reason for non-payment"), reason(t, kind)),
        "reason_corrected": (t("Reason for non-payment put right"), reason(t, kind)),
        "fragile_opened": (t("Fragile path opened"), ""),
        "fragile_reviewed": (t("Fragile path reviewed"), ""),
        "fragile_ended": (t("Fragile path ended"), path_end(t, kind)),
        "appointment_set": (t("Appointment set"), appointment(t, kind)),
        "appointment_reported": (
            t("Appointment reported"),
            f"{appointment(t, kind)} · {appointment_outcome(t, outcome)}",
        ),
        "tracing_opened": (t("Tracing begun"), ""),
        "tracing_changed": (t("Tracing: budget or end changed"), ""),
        "tracing_step": (t("Tracing"), f"{source(t, kind)} · {step_result(t, outcome)}"),
        "tracing_ended": (t("Tracing ended"), tracing_outcome(t, outcome)),
    }.get(step, ())
    return tuple(word for word in found if word)
