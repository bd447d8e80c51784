"""What a person said of being reached by a channel: agreed, objected, nothing. Sends nothing and stops no case."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from core.domain.dates import not_after
from core.domain.messages import Refusal, choice_unknown, msg, refuse
from core.domain.rights import Right
from core.services.contact_place import POINT_KINDS
from core.services.context import Ctx, service
from core.store import consents, journal

STATES = ("unknown", "given", "objected")
SOURCES = ("call", "email", "letter", "sms", "visit", "creditor")


@dataclass(frozen=True, slots=True)
class ConsentEntry:
    """What was said of a channel, on which day, and how we know it (a channel, or the creditor told us)."""

    channel: str
    state: str
    since_on: dt.date
    source: str


def channels_of(kind: str) -> tuple[str, ...]:
    """The channels that a kind of contact point serves: a telephone calls and SMS, an address letters and visits."""
    return tuple(channel for channel, serves in POINT_KINDS.items() if serves == kind)


@service(Right.WORK)
def set_consent(ctx: Ctx, case_id: int, contact_point_id: int, entry: ConsentEntry, row_version: int) -> None:
    """Keep what a person of the case said of one channel of a contact point (GDPR article 21 for an objection).

    `row_version` is that of the consent shown, 0 when nothing was known. A channel the point does not serve, an unknown
    word or a day to come is refused on its field; "changed-meanwhile" when someone else wrote it first.
    """
    not_after(entry.since_on, ctx.today, field="since_on")
    with ctx.write() as unit:
        kind = journal.contact_point_of_case(unit, case_id, contact_point_id)
        if kind is None:
            raise refuse(
                "contact-unknown",
                msg("This contact point is not in the case."),
                msg("Open the case again."),
                field="contact_point",
                value=str(contact_point_id),
            )
        _check_words(entry, kind)
        before = consents.of_channel(unit, contact_point_id, entry.channel)
        consents.put(
            unit,
            consents.Consent(
                contact_point_id, entry.channel, entry.state, entry.since_on.isoformat(), entry.source, row_version
            ),
        )
        unit.audit(
            "contact_point.consent",
            "contact_point",
            contact_point_id,
            case=case_id,
            channel=entry.channel,
            before=before.state if before else "unknown",
            after=entry.state,
            since=entry.since_on.isoformat(),
            source=entry.source,
        )


def _check_words(entry: ConsentEntry, kind: str) -> None:
    choices = (
        ("channel", entry.channel, channels_of(kind)),
        ("state", entry.state, STATES),
        ("source", entry.source, SOURCES),
    )
    wrong = [choice_unknown(field, given) for field, given, allowed in choices if given not in allowed]
    if wrong:
        raise Refusal(*wrong)
