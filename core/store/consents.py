"""Keeps, for each channel of a contact point, whether the person agreed or objected. Judges no contact."""

from __future__ import annotations

from dataclasses import dataclass

from core.store.unit import Reader, Unit, changed_meanwhile


@dataclass(frozen=True, slots=True)
class Consent:
    """What a person said of one channel of a contact point; `state` is given, unknown or objected, `since_on` an ISO day."""

    contact_point_id: int
    channel: str
    state: str
    since_on: str
    source: str
    row_version: int


_CONSENT = "SELECT contact_point_id, channel, state, since_on, source, row_version FROM contact_consents"


def of_parties(reader: Reader, party_ids: tuple[int, ...]) -> tuple[Consent, ...]:
    """What some parties said of the channels of their contact points; a channel that is absent is unknown."""
    marks = ",".join("?" * len(party_ids))
    return reader.all(
        Consent,
        f"{_CONSENT} WHERE contact_point_id IN (SELECT id FROM contact_points WHERE party_id IN ({marks})) ORDER BY id",
        party_ids,
    )


def of_channel(reader: Reader, contact_point_id: int, channel: str) -> Consent | None:
    """What is known of one channel of a contact point."""
    return reader.first(Consent, f"{_CONSENT} WHERE contact_point_id = ? AND channel = ?", (contact_point_id, channel))


def objected(reader: Reader, contact_point_id: int, channel: str) -> bool:
    """Whether the person objected to this channel of a contact point."""
    found = of_channel(reader, contact_point_id, channel)
    return found is not None and found.state == "objected"


def put(unit: Unit, new: Consent) -> None:
    """Write a state over the one of `new.row_version` (0: nothing was known); raises Refusal "changed-meanwhile"."""
    cursor = unit.run(
        "INSERT INTO contact_consents(contact_point_id, channel, state, since_on, source, recorded_by, recorded_at) "
        "SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7 WHERE ?8 = 0 OR EXISTS "
        "(SELECT 1 FROM contact_consents WHERE contact_point_id = ?1 AND channel = ?2) "
        "ON CONFLICT DO UPDATE SET state = excluded.state, since_on = excluded.since_on, source = excluded.source, "
        "recorded_by = excluded.recorded_by, recorded_at = excluded.recorded_at, row_version = row_version + 1 WHERE row_version = ?8",
        (
            new.contact_point_id,
            new.channel,
            new.state,
            new.since_on,
            new.source,
            unit.actor_id,
            unit.now,
            new.row_version,
        ),
    )
    if cursor.rowcount != 1:
        raise changed_meanwhile(f"contact_consents {new.contact_point_id} {new.channel}")
