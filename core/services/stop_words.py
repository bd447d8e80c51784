"""The words for disputes and holds: kinds from the data, steps and answers from the catalogue. Holds no rule."""

from __future__ import annotations

from collections.abc import Mapping

from core.domain.messages import Label
from core.i18n import Texts
from core.law.questions import question_data
from core.law.stops import dispute_data, load_dispute_kinds, load_hold_kinds
from core.services.result_words import action_label, result_label


def dispute_kind(t: Texts, kind: str, known: Mapping[str, Label]) -> str:
    """What the debtor alleges; a kind kept before there was a list shows as the result it came from (`known`: result_words.labels)."""
    found = next((k.label for k in load_dispute_kinds() if k.kind == kind), None)
    return found.of(t.lang) if found else result_label(t, kind, known)


def hold_kind(t: Texts, kind: str) -> str:
    """Why work stops."""
    found = next((k.label for k in load_hold_kinds() if k.kind == kind), None)
    return found.of(t.lang) if found else kind


def hold_article(t: Texts, kind: str) -> str:
    """The text a stop rests on, marked where it is still to be confirmed; empty where there is none."""
    found = next((k for k in load_hold_kinds() if k.kind == kind), None)
    if found is None or not found.article:
        return ""
    return t("{article} (to be confirmed)", article=found.article) if found.to_confirm else found.article


def department(t: Texts, code: str) -> str:
    """A department of the creditor."""
    found = dispute_data().departments.get(code)
    return found.label.of(t.lang) if found else code


def paper(t: Texts, kind: str) -> str:
    """A document asked for."""
    found = dispute_data().documents.get(kind)
    return found.of(t.lang) if found else kind


def evidence(t: Texts, kind: str) -> str:
    """What proves a stop, to be kept beside it; empty where nothing is."""
    found = next((k.evidence for k in load_hold_kinds() if k.kind == kind), None)
    return found.of(t.lang) if found else ""


def outcome(t: Texts, code: str) -> str:
    """How a dispute ended, or what the creditor answered."""
    return {
        "upheld": t("The debtor is right"),
        "partly": t("The debtor is partly right"),
        "rejected": t("The debt is maintained"),
        "withdrawn": t("Given up by the debtor"),
        "entered_by_mistake": t("Entered by mistake"),
    }.get(code, code)


def question_kind(t: Texts, kind: str) -> str:
    """What the creditor is asked."""
    return next((one.label.of(t.lang) for one in question_data().kinds if one.kind == kind), kind)


def kind_of(t: Texts, step_name: str, kind: str, known: Mapping[str, Label]) -> str:
    """The kind that an entry of the journal names: of a stop, of a document, of a question, else of a dispute."""
    if step_name.startswith("hold"):
        return hold_kind(t, kind)
    if step_name.startswith("document"):
        return paper(t, kind)
    if step_name.startswith("question"):
        return question_kind(t, kind)
    if step_name == "next_action":
        return action_label(t, kind)
    return dispute_kind(t, kind, known)


def step(t: Texts, name: str) -> str:
    """What an entry of the journal says of a dispute, a hold or a debt."""
    return {
        "dispute_opened": t("Dispute opened"),
        "dispute_sent": t("Dispute sent to the creditor"),
        "dispute_answered": t("Answer of the creditor"),
        "dispute_closed": t("Dispute closed"),
        "hold_opened": t("Stop set"),
        "hold_lifted": t("Stop lifted"),
        "hold_reviewed": t("Stop looked at again: it stands"),
        "hold_evidence": t("Evidence of a stop kept"),
        "document_received": t("Document received"),
        "promise_broken": t("Promise not kept"),
        "promise_partly": t("Promise kept in part"),
        "promise_kept": t("Promise kept"),
        "question_asked": t("Question to the creditor"),
        "question_sent": t("Question sent to the creditor"),
        "question_chased": t("Reminder of the question to the creditor"),
        "question_answered": t("Answer of the creditor to a question"),
        "question_withdrawn": t("Question to the creditor given up"),
        "debt_corrected": t("Debt put right"),
        "scenario_step": t("Step of the scenario"),
        "scenario_skipped": t("Step of the scenario skipped"),
        "scenario_paused": t("Scenario paused, or case left out of it"),
        "scenario_resumed": t("Scenario taken up again"),
        "closure_asked": t("End of the case asked"),
        "closure_accepted": t("End of the case accepted"),
        "closure_refused": t("End of the case refused"),
        "closure_withdrawn": t("Request to close withdrawn"),
        "reopened": t("Case taken up again"),
        "assigned": t("Case given to somebody else"),
        "next_action": t("Next action set for several cases at once"),
        "taken_back": t("Back in the queue"),
        "complaint_received": t("Complaint received"),
        "complaint_acknowledged": t("Complaint acknowledged"),
        "complaint_answered": t("Complaint answered"),
        "time_barred_granted": t("Time-barred: going on decided"),
        "time_barred_refused": t("Time-barred: no further request decided"),
    }.get(name, name)
