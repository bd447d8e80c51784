"""The second step of an import: what was understood of the file, and how to read it otherwise. Writes nothing."""

from __future__ import annotations

import datetime as dt

import streamlit as st

from core.domain.messages import Refusal
from core.domain.placement_fields import DEBTOR_KINDS, NATURES
from core.i18n import Texts
from core.services import formats, imports
from core.services.context import Ctx
from core.services.imports import Options, Reading
from core.ui import fields, import_mapping, import_words, labels, natures, problems
from core.ui.import_work import Work
from core.ui.text import plain

SHOWN = 20  # rows of the preview
FEW = 7  # rows shown without scrolling
TEXTS = ("csv", "fec")  # formats whose encoding may have to be said


def show(ctx: Ctx, t: Texts, work: Work) -> bool:
    """Format, sheet, preview, columns, options; True when the sheet can be tried."""
    st.subheader(t("2. What was understood"), anchor=False)
    if not _read(ctx, t, work):
        return False
    reading = work.read
    _facts(t, work, reading)
    if reading.refused:
        _refused(t, reading)
        return False
    for remark in reading.remarks:
        st.info(f"{plain(t.render(remark.reason))}  \n{plain(t.render(remark.remedy))}", icon=":material/info:")
    if reading.known_before:
        day = dt.date.fromisoformat(reading.known_before[:10])
        st.info(
            t("This very file came in on {day}: what is here already is not added twice.", day=day),
            icon=":material/content_copy:",
        )
    _sheet(t, work)
    _preview(ctx, t, work)
    whole = import_mapping.show(ctx, t, work)
    _options(ctx, t, work)
    return whole


def _read(ctx: Ctx, t: Texts, work: Work) -> bool:
    """Read the file, once for each encoding asked; a hostile or unreadable file is a sentence."""
    encoding = st.session_state.get(work.key("encoding"), "")
    if work.reading is not None and work.encoding == encoding:
        return True
    work.reading, work.trial = None, None
    try:
        with st.spinner(t("Reading the file…")):
            work.reading = imports.read_upload(ctx, work.creditor_id, work.name, work.data, Options(encoding=encoding))
        work.encoding = encoding
    except Refusal as refusal:
        problems.show(t, refusal)
        if encoding or any(problem.code == "encoding-mismatch" for problem in refusal.problems):
            _encoding(t, work, "")
    return work.reading is not None


def _facts(t: Texts, work: Work, reading: Reading) -> None:
    """One line of facts, and the encoding where it may be wrong."""
    facts = [f"**{plain(reading.name)}**", import_words.format_name(t, reading.format)]
    lines = sum(s.rows for s in reading.sheets)
    facts.append(t.n("{n} line", "{n} lines", lines))
    if reading.separator:
        facts.append(t("columns parted by {mark}", mark=import_words.separator(t, reading.separator)))
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(" · ".join(facts), width="stretch")
        if reading.format in TEXTS:
            _encoding(t, work, "" if work.encoding else reading.encoding)


def _encoding(t: Texts, work: Work, found: str) -> None:
    st.selectbox(
        t("Encoding"),
        ["", *formats.ENCODINGS],
        key=work.key("encoding"),
        width=260,
        label_visibility="collapsed",
        help=t("Change it when accents look wrong in the preview."),
        format_func=lambda e: e or (t("Encoding found: {name}", name=found) if found else t("Find the encoding")),
    )


def _refused(t: Texts, reading: Reading) -> None:
    """A fault of the file refuses it whole."""
    st.error(
        t("This file cannot come in: its faults concern the whole of it. Nothing was written."),
        icon=":material/block:",
    )
    problems.show(t, Refusal(*reading.problems))


def _sheet(t: Texts, work: Work) -> None:
    """Which sheet, when there are several that hold something."""
    read = work.read.sheets
    sheets = [s for s in read if s.record] or [s for s in read if s.rows] or list(read)
    if len(sheets) == 1:
        work.sheet = sheets[0].name
        return
    rows, names = {s.name: s.rows for s in sheets}, [s.name for s in sheets]
    first = next((name for name in names if name not in work.entered), names[0])
    mark = {name: f" {t('(entered)')}" for name in work.entered}
    work.sheet = (
        st.segmented_control(
            t("Sheet"),
            names,
            key=work.key(f"sheet_{len(work.entered)}"),
            default=first,
            required=True,
            format_func=lambda name: f"{plain(name)} ({t.number(rows[name])}){mark.get(name, '')}",
        )
        or first
    )


def _preview(ctx: Ctx, t: Texts, work: Work) -> None:
    """The first rows as they were read; of what a program wrote, the columns that hold something, in plain words."""
    view = work.view
    rows = view.sample[:SHOWN]
    heads = dict(enumerate(view.header))
    if work.read.format not in import_mapping.TABLES:
        labels = import_mapping.names(ctx, t, view.record)
        heads = {
            at: labels.get(view.mapping.get(at, ""), head) for at, head in heads.items() if any(r[at] for r in rows)
        }
    if not heads:
        return
    st.dataframe(
        [{str(at): row[at] for at in heads if at < len(row)} for row in rows],
        column_config={str(at): st.column_config.TextColumn(head) for at, head in heads.items()},
        hide_index=True,
        height="content" if len(rows) < FEW else 250,
        key=work.key(f"preview_{view.name}"),
        alt=t("The first rows of the file, as they were read"),
    )


def _options(ctx: Ctx, t: Texts, work: Work) -> None:
    """How to understand dates and amounts, and what to put where the file says nothing."""
    debts = work.record == "debts"
    with st.expander(t("Dates, amounts, and what the file does not say"), icon=":material/tune:"):
        one, two, three = st.columns(3)
        orders = import_words.date_orders(t)
        order = one.selectbox(t("Order of dates"), list(orders), key=work.key("order"), format_func=lambda o: orders[o])
        units = {"euros": t("Euros (1 234,56)"), "cents": t("Cents (123456)")}
        unit = two.selectbox(t("Amounts in"), list(units), key=work.key("unit"), format_func=lambda u: units[u])
        if not debts:
            work.options = Options(work.encoding, order, unit)
            return
        days = three.number_input(
            t("Payment term in days"),
            value=None,
            min_value=0,
            max_value=365,
            step=1,
            key=work.key("days"),
            placeholder=t("as in the file"),
            help=t("Where the file has no due date: that many days after the invoice."),
        )
        kinds = import_words.choices(t, [k.key for k in NATURES], natures.label)
        nature = one.selectbox(
            t("Nature of the debts"), list(kinds), key=work.key("nature"), format_func=lambda k: kinds[k]
        )
        whos = import_words.choices(t, [k.key for k in DEBTOR_KINDS], labels.kind)
        who = two.selectbox(t("Kind of debtor"), list(whos), key=work.key("kind"), format_func=lambda k: whos[k])
        letter = three.text_input(t("Reference of the first letter (R. 124-4)"), key=work.key("letter"))
        with one:
            sent = fields.day(t("Sent on"), work.key("sent"), latest=ctx.today)
        twins = st.checkbox(
            t("Lines that are the same in every field are separate debts"),
            key=work.key("twins"),
            help=t("Otherwise a line that comes twice is refused as a mistake."),
        )
    on = sent.isoformat() if sent else ""
    work.options = Options(work.encoding, order, unit, twins, days, nature, who, letter.strip(), on)
