"""The command `read`: says what is in a file, as one JSON object. Stores nothing and decides nothing."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from core.command.words import problems_json
from core.domain.messages import Refusal, msg, refuse
from core.domain.money import decimal_text
from core.exchange.einvoice import EInvoice, Party, read_einvoice
from core.exchange.fec import Fec, read_fec
from core.exchange.intake import Intake, Kind, intake, refuse_weight
from core.i18n import Texts

Answer = dict[str, Any]
NAMED = ("fec", "csv", "xlsx", "ods")  # the kinds that are also a format of the answer; an XML or a PDF may be any


def read_file(path: Path, encoding: str, t: Texts) -> Answer:
    """The object of `read FILE [--encoding E]` (docs of the command): `format`, `encoding`, `problems` and the content.

    `encoding` is "" when the reader chose none. Every field that could be read stays beside the problems; with any
    problem the file is refused. Amounts are texts with two decimals, dates ISO texts, what is absent null.
    """
    form = None
    try:
        source = _source(path, encoding)
        form = source.kind if source.kind in NAMED else None
        return _READERS[source.kind](source, encoding, t)
    except Refusal as refusal:
        return {"format": form, "encoding": encoding or None, "problems": problems_json(refusal.problems, t)}


def _source(path: Path, encoding: str) -> Intake:
    """The file, let in; weighed before it is loaded."""
    try:
        refuse_weight(path.stat().st_size)
        return intake(path.name, path.read_bytes(), encoding)
    except OSError as fault:
        raise refuse(
            "file-unreadable",
            msg("The file {name} cannot be opened.", name=path.name),
            msg("Check its name and that you may read it."),
            field="file",
            value=path.name,
        ) from fault


def _fec(source: Intake, encoding: str, t: Texts) -> Answer:
    fec: Fec = read_fec(source, encoding)
    customer = fec.customer
    return {
        "format": "fec",
        "encoding": fec.encoding,
        "problems": problems_json(fec.problems, t),
        "separator": fec.separator,
        "lines": fec.lines,
        "debit": decimal_text(fec.debit),
        "credit": decimal_text(fec.credit),
        "balanced": fec.balanced,
        "customer": {
            "lines": customer.lines,
            "accounts": customer.accounts,
            "debit": decimal_text(customer.debit),
            "credit": decimal_text(customer.credit),
            "balance": decimal_text(customer.balance),
            "unlettered_lines": customer.unlettered_lines,
            "unlettered_balance": decimal_text(customer.unlettered_balance),
            "letterings_not_balanced": customer.letterings_not_balanced,
            "in_credit": [
                {
                    "account": one.account,
                    "sub_account": one.sub_account,
                    "name": one.name,
                    "balance": decimal_text(one.balance),
                }
                for one in customer.in_credit
            ],
        },
        "items": [
            {
                "account": item.account,
                "sub_account": item.sub_account,
                "name": item.name,
                "date": item.date.isoformat() if item.date else None,
                "reference": item.reference,
                "amount": decimal_text(item.amount),
                "original": decimal_text(item.original),
                "line": item.line,
            }
            for item in fec.items
        ],
    }


def _einvoice(source: Intake, encoding: str, t: Texts) -> Answer:  # noqa: ARG001 - an XML file declares its own encoding
    invoice: EInvoice = read_einvoice(source)
    document = invoice.document
    return {
        "format": invoice.format,
        "encoding": invoice.encoding,
        "problems": problems_json(invoice.problems, t),
        "profile": document.profile,
        "number": document.number,
        "type": document.type,
        "issue_date": document.issue_date.isoformat() if document.issue_date else None,
        "due_date": document.due_date.isoformat() if document.due_date else None,
        "delivery_date": document.delivery_date.isoformat() if document.delivery_date else None,
        "currency": document.currency,
        "seller": _party(document.seller),
        "buyer": _party(document.buyer),
        "iban": list(document.iban),
        "line_total": _amount(document.line_total),
        "tax_basis": _amount(document.tax_basis),
        "tax": _amount(document.tax),
        "total": _amount(document.total),
        "prepaid": _amount(document.prepaid),
        "payable": _amount(document.payable),
        "lines": document.lines,
    }


def _table(source: Intake, encoding: str, t: Texts) -> Answer:
    from core.exchange import tables

    return dict(tables.describe(source, encoding, t.render))


def _bank(source: Intake, encoding: str, t: Texts) -> Answer:  # noqa: ARG001 - one shape for all readers
    raise refuse(
        "bank-not-read",
        msg("{name} is a bank statement; statements are not read yet.", name=source.name),
        msg("Give a table, a ledger (FEC) or an electronic invoice."),
        field="file",
        value=source.name,
    )


def _party(party: Party) -> dict[str, str | None]:
    return {"name": party.name, "legal_id": party.legal_id, "vat": party.vat, "country": party.country}


def _amount(cents: int | None) -> str | None:
    return None if cents is None else decimal_text(cents)


_READERS: dict[Kind, Callable[[Intake, str, Texts], Answer]] = {
    "fec": _fec,
    "xml": _einvoice,
    "pdf": _einvoice,
    "csv": _table,
    "xlsx": _table,
    "ods": _table,
    "bank": _bank,
}
