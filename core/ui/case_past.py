"""The right of a case: the interaction log and the payments, newest first. Edits nothing: an entry is corrected by a new one."""

from __future__ import annotations

import json

import streamlit as st

from core.i18n import Texts
from core.services import charge_words, history_words, legal_facts, people_words, stop_words
from core.services.cases import CaseFile, Entry
from core.ui import case_debt_facts, fact_words, labels, outcome_labels
from core.ui.text import plain

CORRECTS = "corrects"
ICONS = {
    "call": ":material/call:",
    "email": ":material/mail:",
    "letter": ":material/markunread_mailbox:",
    "sms": ":material/sms:",
    "visit": ":material/directions_walk:",
    "note": ":material/sticky_note_2:",
    "payment": ":material/payments:",
    "document": ":material/description:",
    "fact": ":material/balance:",
}


def show(t: Texts, file: CaseFile) -> None:
    """What happened."""
    st.subheader(t("What happened"), anchor=False)
    kinds = {"all": t("All"), "interaction": t("Contacts"), "payment": t("Payments")}
    chosen = st.segmented_control(
        t("Show"),
        list(kinds),
        default="all",
        required=True,
        format_func=lambda k: kinds[k],
        key="past_kind",
        label_visibility="collapsed",
    )
    entries = [e for e in file.timeline if chosen in ("all", e.kind)]
    if not entries:
        st.caption(t("Nothing yet. The first contact you log will stand here."))
    with st.container(height=560 if len(entries) > 6 else "content", border=False, key="timeline"):
        for entry in entries:
            _entry(t, file, entry)


def _entry(t: Texts, file: CaseFile, entry: Entry) -> None:
    icon = ICONS.get(entry.channel if entry.kind == "interaction" else entry.kind, "")
    struck = "~~" if entry.corrected_by else ""
    with st.container(border=True, gap="xsmall", key=f"{entry.kind}_{entry.id}"):
        st.markdown(f"{icon} **{t.date(entry.on)}** {plain(entry.at)} · {struck}{_what(t, entry)}{struck}")
        if entry.text:
            st.text(entry.text)
        marks = [plain(entry.author)]
        if entry.corrects:
            marks.append(
                t("reverses an earlier payment") if entry.kind == "payment" else t("corrects an earlier entry")
            )
        if entry.corrected_by:
            marks.append(t("reversed later") if entry.kind == "payment" else t("corrected later"))
        with st.container(horizontal=True, vertical_alignment="center"):
            st.caption(" · ".join(marks), width="stretch")
            if (
                entry.kind == "interaction"
                and entry.channel != "note"
                and not entry.corrected_by
                and file.head.status == "open"
            ):
                st.button(
                    t("Correct"),
                    key=f"correct_{entry.id}",
                    type="tertiary",
                    on_click=_correct,
                    args=(entry.id, file.head.id),
                )


def _what(t: Texts, entry: Entry) -> str:
    if entry.kind == "payment":
        sign = (
            t("Payment of {amount}", amount=t.money(entry.amount))
            if entry.amount > 0
            else t("Reversal of {amount}", amount=t.money(-entry.amount))
        )
        means, to = labels.means(t, entry.channel).lower(), labels.paid_to(t, entry.direction).lower()
        return f"{sign}, {means}, {to} · {plain(entry.result_code)}"
    if entry.kind == "document":
        if entry.channel == "first_letter":
            return t("First letter {reference} issued", reference=plain(entry.result_code))
        return t("Document: {title}", title=plain(entry.text or entry.channel))
    if entry.kind == "fact":
        return _fact(t, entry)
    words = _step(t, entry.extra) or [labels.channel(t, entry.channel)]
    if entry.result_code:
        words.append(plain(outcome_labels.result(t, entry.result_code)))
    return " · ".join([*words, *_facts(t, entry.extra)])


def _fact(t: Texts, entry: Entry) -> str:
    """A legal fact; one taken back is named beside."""
    words = [fact_words.name(t, entry.channel)]
    if entry.channel == legal_facts.WITHDRAWN:
        words.append(fact_words.name(t, entry.direction))
    words += [fact_words.about(t, entry.result_code or None), *([t.money(entry.amount)] if entry.amount else [])]
    return " · ".join(plain(word) for word in [*words, entry.extra] if word)


def _step(t: Texts, facts: str) -> list[str]:
    """What an entry says of a dispute, a stop, a charge or a credit note; nothing for a contact or a note."""
    known = json.loads(facts or "{}")
    if "step" not in known:
        return []
    step, kind = str(known["step"]), str(known.get("kind", ""))
    if step == "debt_corrected":
        return [plain(stop_words.step(t, step)), plain(kind), *_changes(t, known["changes"])]
    if step == "debtor_kind":
        return [t("Kind of debtor"), " → ".join(plain(labels.kind(t, str(known[one]))) for one in ("before", "after"))]
    if about := people_words.line(t, known):
        return [plain(word) for word in about]
    if said := charge_words.step(t, step):
        return [plain(said), *([plain(charge_words.kind(t, kind))] if kind else [])]
    name = history_words.of_kind(t, step, kind, outcome_labels.known())
    words = [stop_words.step(t, step), name]
    if known.get("outcome"):
        words.append(stop_words.outcome(t, str(known["outcome"])))
    return [plain(word) for word in words if word]


def _changes(t: Texts, changes: dict[str, list[str | None]]) -> list[str]:
    """What a debt said and says now; the words of its label stand in the text of the entry."""
    label = case_debt_facts.labels(t)
    return [
        f"{label[name]} : {' → '.join(plain(case_debt_facts.words(t, name, value)) for value in both)}"
        if both
        else label[name]
        for name, both in changes.items()
    ]


def _facts(t: Texts, facts: str) -> list[str]:
    known = json.loads(facts or "{}")
    shown = []
    if known.get("amount"):
        shown.append(t.money(known["amount"]))
    if known.get("date"):
        day = t.date(known["date"])
        shown.append(
            t("until {day}", day=day)
            if known.get("step") in ("hold_opened", "scenario_paused")
            else t("on {day}", day=day)
        )
    if known.get("reference"):
        shown.append(plain(known["reference"]))
    if known.get("hour"):
        shown.append(plain(known["hour"]))
    return shown


def _correct(interaction_id: int, case_id: int) -> None:
    st.session_state[f"{CORRECTS}_{case_id}"] = interaction_id
