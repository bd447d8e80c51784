"""Whether a person agreed in writing to be visited at an address (rule CON-07). Asks nobody and keeps no consent."""

from __future__ import annotations

from core.domain.messages import Refusal, msg, refuse
from core.law.cited import Cited
from core.store import consents, journal
from core.store.unit import Reader

WRITTEN = ("email", "letter", "sms")


def check_agreement(reader: Reader, case_id: int, contact_point_id: int | None, basis: Cited) -> int:
    """The address itself once its holder agreed in writing; raises Refusal "visit-unagreed" with the text it rests on."""
    point = contact_point_id or 0
    if journal.contact_point_of_case(reader, case_id, point) != "address":
        raise _refused(basis, msg("A visit is made at an address of the case, whose holder agreed to it."))
    said = consents.of_channel(reader, point, "visit")
    if said is None or said.state != "given" or said.source not in WRITTEN:
        raise _refused(basis, msg("No written agreement to a visit is recorded for this address."))
    return point


def _refused(basis: Cited, reason: object) -> Refusal:
    confirm = msg("(to be confirmed)") if basis.to_confirm else ""
    return refuse(
        "visit-unagreed",
        msg("{reason} Rule CON-07, {article} {confirm}", reason=reason, article=basis.article, confirm=confirm),
        msg("Ask for it in writing and record it beside the address (visit, agreed, by letter, e-mail or SMS)."),
        field="contact_point",
    )
