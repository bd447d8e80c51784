"""Turns an uploaded file into sheets of rows with their mapping: tables, ledgers, electronic invoices. Judges no line, writes nothing."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass

from core.domain.folding import fold
from core.domain.messages import Euro, Problem, Refusal, msg, refuse
from core.domain.placement_fields import DEBT_FIELDS
from core.exchange import einvoice, fec, tables
from core.exchange.intake import Intake, intake
from core.services.context import Ctx
from core.services.import_values import Options, Reading, SheetView
from core.services.refusals import no_creditor
from core.store import batches, creditors
from core.store.creditors import CreditorRow
from core.store.unit import Reader

SAMPLE = 20
SENT_BY_PROGRAMS = ("fec", "facturx", "cii", "ubl")  # formats whose dates and amounts are written one way only
_COLUMNS = (
    "debtor_ref", "debtor_kind", "debtor_name", "siren", "vat", "address", "postcode", "city", "country", "email", "phone", "debt_ref",
    "nature", "issued_on", "due_on", "amount", "paid_before", "label", "currency",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Content:
    """A sheet as it was read: what `try_out` works on."""

    sheet: tables.Sheet
    record: str
    mapping: dict[int, str]
    signature: str


Contents = dict[str, Content]


def read(ctx: Ctx, creditor_id: int, name: str, data: bytes, options: Options) -> Reading:
    """The file read; faults of the whole file are in its `problems`."""
    source = intake(name, data, options.encoding)
    digest = hashlib.sha256(data).hexdigest()
    with ctx.store.read() as reader:
        creditor = creditors.creditor(reader, creditor_id)
        if creditor is None:
            raise no_creditor(creditor_id)
        known = batches.entered_on(reader, creditor_id, digest)
        if source.kind == "bank":
            raise refuse(
                "bank-not-debts",
                msg("{name} is a bank statement: it holds no debt.", name=source.name),
                msg("Give a table, a ledger (FEC) or an electronic invoice."),
                field="file",
                value=source.name,
            )
        if source.kind == "fec":
            return _ledger(source, digest, known, options)
        if source.kind in {"xml", "pdf"}:
            return _invoice(source, digest, known, creditor)
        return _table(reader, creditor_id, source, digest, known, options)


def _table(reader: Reader, creditor_id: int, source: Intake, digest: str, known: str, options: Options) -> Reading:
    table = tables.read_table(source, encoding=options.encoding)
    kinds = {id(sheet): guess for sheet, guess in tables.placements(table)}
    contents: Contents = {}
    views = []
    for sheet in table.sheets:
        guess = kinds.get(id(sheet))
        mark = signature(sheet.header)
        kept = batches.mapping(reader, creditor_id, mark)
        record, mapping = kept or (
            (guess.kind, guess.mapping) if guess else ("", tables.guess_sheet(sheet, "debts").mapping)
        )
        contents[sheet.name] = Content(sheet, record, mapping, mark)
        views.append(_view(sheet, record, mapping, saved=kept is not None))
    return Reading(
        source.name,
        digest,
        table.format,
        table.encoding,
        table.separator,
        tuple(views),
        (),
        table.notices,
        known,
        contents,
    )


def _ledger(source: Intake, digest: str, known: str, options: Options) -> Reading:
    ledger = fec.read_fec(source, options.encoding)
    if ledger.problems:
        return Reading(
            source.name, digest, "fec", ledger.encoding, ledger.separator, (), ledger.problems, (), known, {}
        )
    views, contents = _canonical(fec.placement_rows(ledger))
    remarks = []
    if ledger.customer.in_credit:
        owed = sum(-one.balance for one in ledger.customer.in_credit)
        remarks.append(
            Problem(
                "fec-in-credit",
                msg(
                    "Customers in credit, who owe nothing and do not enter: {n} ({amount} in all).",
                    n=len(ledger.customer.in_credit),
                    amount=Euro(owed),
                ),
                msg("Check with the creditor: a payment may be booked on the wrong customer."),
                "file",
            )
        )
    if ledger.customer.letterings_not_balanced:
        remarks.append(
            Problem(
                "fec-lettering",
                msg(
                    "Letterings that do not come to zero, their lines counted as open: {n}.",
                    n=ledger.customer.letterings_not_balanced,
                ),
                msg("Check these customers with the creditor before anyone is asked to pay."),
                "file",
            )
        )
    return Reading(
        source.name, digest, "fec", ledger.encoding, ledger.separator, views, (), tuple(remarks), known, contents
    )


def _invoice(source: Intake, digest: str, known: str, creditor: CreditorRow) -> Reading:
    invoice = einvoice.read_einvoice(source)
    try:
        views, contents = _canonical(einvoice.placement_rows(invoice))
    except Refusal as refusal:
        return Reading(source.name, digest, invoice.format, invoice.encoding, "", (), refusal.problems, (), known, {})
    seller = invoice.document.seller
    remarks = []
    if creditor.siren and seller.siren and seller.siren != creditor.siren:
        remarks.append(
            Problem(
                "einvoice-other-seller",
                msg(
                    "This invoice was issued by {seller} ({siren}), not by {creditor}.",
                    seller=seller.name or "?",
                    siren=seller.siren,
                    creditor=creditor.name,
                ),
                msg("Check that you chose the right creditor."),
                "seller",
                seller.siren,
            )
        )
    return Reading(
        source.name, digest, invoice.format, invoice.encoding, "", views, (), tuple(remarks), known, contents
    )


def _canonical(rows: Sequence[dict[str, str | int]]) -> tuple[tuple[SheetView, ...], Contents]:
    """Rows that a program wrote, as one sheet with the headings of the open format."""
    headings = {f.name: f.heading for f in DEBT_FIELDS}
    header = tuple(headings[name] for name in _COLUMNS)
    cells = [[str(row[name]) for name in _COLUMNS] for row in rows]
    sheet = tables.Sheet("", header, cells, [int(row["source_line"]) for row in rows])
    mapping = dict(enumerate(_COLUMNS))
    return (_view(sheet, "debts", mapping, saved=False),), {"": Content(sheet, "debts", mapping, "")}


def _view(sheet: tables.Sheet, record: str, mapping: dict[int, str], *, saved: bool) -> SheetView:
    sample = tuple(tuple(row) for row in sheet.rows[:SAMPLE])
    return SheetView(sheet.name, record, sheet.header, sample, len(sheet.rows) + len(sheet.faults), mapping, saved)


def signature(header: Sequence[str]) -> str:
    """What files with the same headings share, whatever their accents and letter case."""
    return hashlib.sha256(json.dumps([fold(heading) for heading in header], ensure_ascii=False).encode()).hexdigest()


def content_of(reading: Reading, sheet: str) -> Content:
    """The rows of a sheet; a Refusal when the file was refused whole or has no such sheet."""
    if reading.problems:
        raise Refusal(*reading.problems)
    contents: Contents = reading.content
    if sheet not in contents:
        raise refuse(
            "sheet-unknown",
            msg("This file has no sheet called “{given}”.", given=sheet),
            msg("Choose one of its sheets."),
            field="sheet",
            value=sheet,
        )
    return contents[sheet]
