"""One proceeding: what was decided, the steps done and to come, its time limits and why, what is possible next. Decides nothing."""

from __future__ import annotations

import streamlit as st

from core.domain.procedure import Fact
from core.i18n import Texts
from core.services import proceedings
from core.services.context import Ctx
from core.services.proceedings import Due, Event, File, Option
from core.ui import doors, litigation_event, litigation_words, session
from core.ui.text import plain


def show(ctx: Ctx, t: Texts, proceeding_id: int) -> None:
    """The file; a link from its own list does not write the address, so that a reload would leave it."""
    st.query_params.from_dict({"id": str(proceeding_id)})
    doors.link("litigation", t("All proceedings"), ":material/arrow_back:")
    file = proceedings.proceeding_file(ctx, proceeding_id)
    _head(t, file)
    left, right = st.columns([6, 5], gap="medium")
    with left:
        st.subheader(t("Time limits"), anchor=False)
        limits(t, file)
        _next(ctx, t, file)
    with right:
        _decided(t, file)
        _done(ctx, t, file)
        _conditions(t, file)


def _head(t: Texts, file: File) -> None:
    head, procedure = file.head, file.state.procedure
    route = litigation_words.label(t, procedure.label)
    st.title(f"{route} — {plain(head.debtor)}", anchor=False)
    court = procedure.courts[head.court]
    words = [
        t("for {creditor}", creditor=plain(head.creditor)),
        litigation_words.label(t, court.label),
        t("opened on {day}", day=t.date(head.opened_on)),
    ]
    st.markdown(" · ".join(words))
    doors.link("case", t("Case {ref}", ref=plain(head.case_ref)), ":material/folder_open:", id=str(head.case_id))
    version = t("Rules: {source}", source=litigation_words.label(t, procedure.source))
    st.markdown(f":gray[{version}]{litigation_words.certainty(t, procedure.certainty)}")
    if file.state.provisional and not file.state.outcome:
        sentence = t(
            "Provisional: the date of the order chooses the rules. Until it is recorded, those of the day of filing are shown."
        )
        st.info(sentence, icon=":material/hourglass_empty:")
    if file.state.outcome:
        ended = t("Ended on {day}", day=file.state.ended_on)
        tell = st.success if file.state.outcome == "title" else st.warning
        tell(f"**{litigation_words.outcome(t, file.state.outcome)}** — {ended}", icon=":material/flag:")
    elif file.state.title and not file.state.contested:
        st.success(t("Enforceable title since {day}", day=file.state.title.on), icon=":material/verified:")
    _warned(t, file)


def _warned(t: Texts, file: File) -> None:
    """A title contested by an opposition, entries that no longer follow, the cautions that the events and the stops call for."""
    if file.state.contested:
        told = t("Title of {day} contested by an opposition.", day=file.state.contested.on)
        more = (
            t("Made late: the judge decides.")
            if file.state.title
            else t("Made in time: no enforcement before the judgment.")
        )
        st.warning(f"{told} {more}", icon=":material/balance:")
    if file.state.conflicts:
        sentence = t(
            "Some entries no longer follow from those before them: they are struck through. Correct or take them back."
        )
        st.error(sentence, icon=":material/error:")
    for one in file.cautions:
        st.warning(litigation_words.caution(t, one), icon=":material/info:")


def limits(t: Texts, file: File) -> None:
    """Each time limit with article, dates, consequence and why."""
    if not file.state.dues:
        st.caption(t("No time limit runs yet: the first one starts with the event that the law names."))
    for due in file.state.dues:
        _limit(t, due)


def _limit(t: Texts, due: Due) -> None:
    limit, counted = due.limit, due.counted
    with st.container(border=True, gap="xsmall", key=f"limit_{limit.key}"):
        badge = litigation_words.certainty(t, counted.certainty)
        st.markdown(f"**{litigation_words.label(t, limit.label)}** · {litigation_words.standing(t, due)}{badge}")
        dates = litigation_words.dates(t, counted.legal.isoformat(), counted.safe.isoformat(), limit.direction)
        st.markdown(f"{dates} · {plain(limit.article)}")
        if due.state in ("open", "missed", "late"):
            colour = "red" if due.broken else "gray"
            st.markdown(f":{colour}[{litigation_words.consequence(t, due)}]")
        with st.expander(t("Why this date?")):
            st.markdown(f"- {t('Counted from {day}.', day=due.start)}")
            for reason in counted.reasons:
                st.markdown(f"- {session.sentence(t, reason)}")
            st.caption(" · ".join(plain(article) for article in (limit.article, *counted.articles)))


def _next(ctx: Ctx, t: Texts, file: File) -> None:
    """What is possible next with what is missing, then the form."""
    if not file.state.options:
        return
    st.subheader(t("What is possible next"), anchor=False)
    st.caption(t("The program lists what the texts allow; the choice is yours and the creditor's."))
    near = [option for option in file.state.options if option.near]
    for option in near:
        _option(t, file, option)
    litigation_event.record(ctx, t, file)
    later = [option for option in file.state.options if not option.near]
    if later:
        with st.expander(t.n("{n} later step", "{n} later steps", len(later))):
            for option in later:
                _option(t, file, option)


def _option(t: Texts, file: File, option: Option) -> None:
    step = option.step
    who = ", ".join(litigation_words.actor(t, code) for code in step.who(file.head.court))
    icon = ":material/radio_button_unchecked:" if option.ready else ":material/block:"
    badge = litigation_words.certainty(t, step.certainty)
    lines = [f"{icon} **{litigation_words.label(t, step.label)}**{badge} — {who} · {plain(step.article)}"]
    lines += [f":orange[{session.sentence(t, sentence)}]" for sentence in option.missing]
    procedure = file.state.procedure
    wanted = [procedure.facts[name].label for name in step.asks] + [
        procedure.documents[name] for name in step.documents
    ]
    if wanted:
        lines.append(f":gray[{t('To have: {what}', what=', '.join(litigation_words.label(t, one) for one in wanted))}]")
    st.markdown("  \n".join(lines))


def _decided(t: Texts, file: File) -> None:
    """The creditor's instruction."""
    facts = file.instruction.facts
    given, _, note = file.instruction_words.partition("\n")
    st.subheader(t("The creditor's instruction"), anchor=False)
    amounts = [
        t("amount {amount}", amount=t.money(int(facts.get("amount") or 0))),
        t("cost provision {amount}", amount=t.money(int(facts.get("provision") or 0))),
        plain(file.head.provider or t("Our agency")),
    ]
    st.markdown(f"{t('Given by {name} on {day}', name=plain(given), day=file.instruction.on)}  \n{' · '.join(amounts)}")
    power = facts.get("special_power_on")
    st.caption(t("Special power of {day}", day=t.date(str(power))) if power else t("No special power is mentioned."))
    if note:
        st.text(note)


def _done(ctx: Ctx, t: Texts, file: File) -> None:
    """The steps done, newest last; corrected entries struck through."""
    st.subheader(t("Steps taken"), anchor=False)
    rows = [row for row in file.events if row.id != file.instruction.id]
    if not rows:
        st.caption(t("None yet: the first one is the filing."))
    standing = {event.id for event in file.state.done}
    for row in rows:
        event = file.said[row.id]
        struck = "" if row.id in standing else "~~"
        step = file.state.procedure.steps.get(row.kind) or proceedings.step_of(file.head.route, row.kind)
        name = litigation_words.label(t, step.label) if step else t("Entry taken back")
        with st.container(border=True, gap="xsmall", key=f"event_{row.id}"):
            who = litigation_words.actor(t, event.by) if step else ""
            st.markdown(f"{struck}**{t.date(row.happened_on)}** · {name}{struck}  \n:gray[{who}]")
            _facts(t, file, event)
            if row.text:
                st.text(row.text)
            st.caption(plain(row.author))
            if not row.corrected_by and row.kind in file.state.procedure.steps:
                with st.popover(t("Correct"), key=f"pop_{row.id}"):
                    litigation_event.correct(ctx, t, file, event)


def _facts(t: Texts, file: File, event: Event) -> None:
    known = file.state.procedure.facts
    for name, value in event.facts.items():
        if name in known:
            st.markdown(f"{litigation_words.label(t, known[name].label)} : {_shown(t, known[name], value)}")


def _shown(t: Texts, fact: Fact, value: str | int) -> str:
    if fact.kind == "date":
        return t.date(str(value))
    if fact.kind == "money":
        return t.money(int(value))
    return litigation_words.label(t, fact.choices[str(value)]) if str(value) in fact.choices else plain(value)


def _conditions(t: Texts, file: File) -> None:
    procedure = file.state.procedure
    with st.expander(t("Conditions and form of this route")):
        for condition in procedure.conditions:
            st.markdown(f"- {litigation_words.remark(t, condition)}")
        court = procedure.courts[file.head.court]
        st.markdown(f"- {litigation_words.label(t, court.form)}{litigation_words.certainty(t, court.certainty)}")
