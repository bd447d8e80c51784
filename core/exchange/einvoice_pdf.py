"""Takes the electronic invoice out of a PDF (Factur-X, ZUGFeRD). Reads no page and interprets no invoice."""

from __future__ import annotations

import io
import logging
import struct
import zlib
from typing import TYPE_CHECKING

from core.domain.messages import Refusal, msg, refuse

if TYPE_CHECKING:
    from pypdf import PdfReader

NAMES = ("factur-x.xml", "zugferd-invoice.xml", "xrechnung.xml")  # Factur-X 1.0 §6.2, ZUGFeRD 1.0 and 2.x
ATTACHMENTS_MAX = 200
_SIGNS = (b"CrossIndustryInvoice", b"CrossIndustryDocument", b"xsd:Invoice-2", b"xsd:CreditNote-2")
# What pypdf lets through on broken or hostile files, beside its own PyPdfError.
_FAULTS = (
    ValueError,
    LookupError,
    TypeError,
    AttributeError,
    ArithmeticError,
    AssertionError,
    NotImplementedError,
    RecursionError,
    EOFError,
    OSError,
    struct.error,
    zlib.error,
)


def embedded_invoice(data: bytes) -> tuple[str, bytes]:
    """The name and bytes of the XML invoice attached to a PDF, or a Refusal that says why there is none to read."""
    import pypdf
    from pypdf.errors import DependencyError, PyPdfError

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # its remarks on broken files are not for our readers
    try:
        return _embedded(pypdf.PdfReader(io.BytesIO(data), strict=False))
    except DependencyError as fault:
        raise _encrypted() from fault
    except (PyPdfError, *_FAULTS) as fault:
        raise refuse(
            "pdf-broken",
            msg("This PDF is damaged: its attachments cannot be read."),
            msg("Download it again; a PDF that was printed, scanned or cut holds no electronic invoice."),
            field="file",
        ) from fault


def _embedded(reader: PdfReader) -> tuple[str, bytes]:
    if reader.is_encrypted and not reader.decrypt(""):
        raise _encrypted()
    attached = reader.attachments
    names = list(attached)[:ATTACHMENTS_MAX]
    known = [name for wanted in NAMES for name in names if name.lower() == wanted]
    others = [name for name in names if name.lower().endswith(".xml") and name not in known]
    for name in known + others:
        contents = {bytes(content) for content in attached[name]}
        if name in others and not any(sign in content[:4096] for content in contents for sign in _SIGNS):
            continue
        if len(contents) > 1:
            raise refuse(
                "pdf-two-invoices",
                msg("This PDF holds two different invoices under the name {name}.", name=name),
                msg("Ask the sender for one file an invoice."),
                field="file",
                value=name,
            )
        return name, contents.pop()
    raise refuse(
        "pdf-no-invoice",
        msg("This PDF holds no electronic invoice (no factur-x.xml attached); its picture is not read."),
        msg("Ask for the Factur-X file, or type the invoice in."),
        field="file",
        value=", ".join(names)[:200],
    )


def _encrypted() -> Refusal:
    return refuse(
        "file-encrypted",
        msg("This PDF is protected by a password; it cannot be read."),
        msg("Ask for the file without a password."),
        field="file",
    )
