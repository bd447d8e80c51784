"""What keeps a fact about a title from being recorded: no such title, told twice, more granted than the debt. Writes nothing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator

from core.domain.legal_facts import LegalFact
from core.domain.messages import Euro, Problem, choice_unknown, msg
from core.domain.title_grants import SAID
from core.law.fact_kinds import FactKind
from core.services import claim_titles
from core.services.fact_entry import FactEntry
from core.services.refusals import problem
from core.store import statements as rows
from core.store.statements import ClaimRow
from core.store.unit import Reader

AGREED = "contractual"
BASES = ("", "legal", AGREED, "statutory")  # what a title may say of the rate; nothing said is the legal rate


def problems(
    reader: Reader, entry: FactEntry, kind: FactKind, others: Iterable[LegalFact], today: dt.date
) -> Iterator[Problem]:
    """All that is wrong with a fact about a title; nothing for another kind."""
    if not kind.title:
        return
    debts = rows.claims(reader, entry.case_id)
    mine = tuple(row for row in debts if entry.debt_id in (None, row.id))
    yield from _title(reader, entry, kind, mine, today)
    yield from _told(entry, kind, others)
    yield from _since(entry, kind, mine)
    if "amount" in kind.takes:
        yield from _amount(entry, mine)
        yield from _rate(entry, mine)


def known(
    reader: Reader, case_id: int, mine: tuple[ClaimRow, ...], today: dt.date, *, decisions: bool
) -> tuple[dt.date, ...]:
    """The days of the titles that cover some debts, the earliest first; those of a court alone with `decisions`."""
    found = claim_titles.covering(reader, case_id, mine, today)
    return tuple(sorted({one.on for titles in found.values() for one in titles if one.decision or not decisions}))


def _title(
    reader: Reader, entry: FactEntry, kind: FactKind, mine: tuple[ClaimRow, ...], today: dt.date
) -> Iterator[Problem]:
    given = entry.on if kind.title == "on" else entry.since
    days = known(reader, entry.case_id, mine, today, decisions=kind.title == "on")
    if given is None or given in days:
        return
    if not days:
        reason = msg("No title is known here for this debt: none was taken over, and no proceeding gave one.")
        remedy = msg("Follow the proceeding here or import the title first, then say what it grants.")
    else:
        reason = msg("No title of {given} is known here; the latest one is of {day}.", given=given, day=days[-1])
        remedy = msg("Type the day under which the title is kept in the case.")
    yield problem("title-unknown", reason, remedy, kind.title, given)


def _since(entry: FactEntry, kind: FactKind, mine: tuple[ClaimRow, ...]) -> Iterator[Problem]:
    """The second day: no interest before the debt, no decision before the title that it sets aside."""
    if entry.since is None:
        return
    if kind.title == "since" and entry.on and entry.on < entry.since:
        yield problem(
            "dates-crossed",
            msg("A title of {title} is not set aside on {day}, before it was made.", title=entry.since, day=entry.on),
            msg("Check both days."),
            "on",
            entry.on,
        )
    born = min((row.issued_on for row in mine if row.issued_on), default=None)
    if born and entry.since.isoformat() < born:
        yield problem(
            "before-debt",
            msg("{given} is before the debt existed ({born}).", given=entry.since, born=dt.date.fromisoformat(born)),
            msg("Check the day, and the issue date of the debt."),
            "since",
            entry.since,
        )


def _told(entry: FactEntry, kind: FactKind, others: Iterable[LegalFact]) -> Iterator[Problem]:
    """Granted and refused at once, for one debt and one title."""
    about = (entry.debt_id, entry.on)
    if kind.kind in SAID and any(
        one.kind in SAID and one.kind != kind.kind and (one.debt_id, one.on) == about for one in others
    ):
        yield problem(
            "title-told",
            msg("The register says otherwise of this title already."),
            msg("Correct or withdraw that entry first."),
            "kind",
            entry.kind,
        )


def _amount(entry: FactEntry, mine: tuple[ClaimRow, ...]) -> Iterator[Problem]:
    if entry.amount is None or not mine:
        return
    if len(mine) > 1:
        yield problem(
            "granted-shared",
            msg("The principal granted is said debt by debt: this case has {n} debts.", n=len(mine)),
            msg("Choose the debt, and type what the title grants of it."),
            "debt",
        )
    elif entry.amount > mine[0].original and not entry.beyond.strip():
        yield problem(
            "granted-beyond",
            msg(
                "{given} is more than the principal of the debt {ref} ({owed}).",
                given=Euro(entry.amount),
                ref=mine[0].ref,
                owed=Euro(mine[0].original),
            ),
            msg(
                "Correct the amount, or say why the title grants more. Interest, costs and article 700 are not principal."
            ),
            "amount",
            entry.amount,
        )


def _rate(entry: FactEntry, mine: tuple[ClaimRow, ...]) -> Iterator[Problem]:
    """An agreed rate is that of the title or of the debt; another basis has its rate from the law."""
    if entry.basis not in BASES:
        yield choice_unknown("basis", entry.basis)
    if entry.basis == AGREED and entry.rate is None and not all(row.contract_rate for row in mine):
        yield problem(
            "rate-unsaid",
            msg("The title grants an agreed rate, and the debt carries none."),
            msg("Type the yearly rate that the title says."),
            "rate",
        )
    if entry.rate is not None and entry.basis != AGREED:
        yield problem(
            "field-unwanted",
            msg("Only an agreed rate is typed: the law gives the others."),
            msg("Choose “agreed rate”, or leave the rate empty."),
            "rate",
            entry.rate,
        )
