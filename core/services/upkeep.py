"""The care of a store: verify, back up, restore, migrate, check the installation, export. Repairs nothing and sends nothing."""

from __future__ import annotations

import platform
import shutil
from collections.abc import Callable
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from core import __version__
from core.domain import law_freshness
from core.domain.messages import Message, msg, refuse
from core.domain.rights import Right
from core.services import access, agency, house, law, limitation_kept, proceeding_record
from core.services.context import Ctx, service
from core.store import backup, connection, migrations, outbox, people, proof, restoring
from core.store import export as tables
from core.store import home as homes
from core.store.unit import Reader, Store

Outcome = bool | Message | None  # never False: a break is a Message
SCHEMA = migrations.SCHEMA
ROOM_WANTED = 1_000_000_000  # bytes: below, a backup or an import may not end


@dataclass(frozen=True, slots=True)
class Verification:
    """True where it holds, a sentence of the first break where it does not, None for what is not kept yet."""

    integrity: Outcome
    audit_chain: Outcome
    read_model: Outcome
    client_money: Outcome

    @property
    def whole(self) -> bool:
        """Whether nothing is broken."""
        return not any(
            isinstance(found, Message)
            for found in (self.integrity, self.audit_chain, self.read_model, self.client_money)
        )


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing checked; `state` is ok, warning or missing."""

    key: str
    state: str
    sentence: Message


def _silent(done: int, of: int) -> None:
    """Nobody watches the progress."""


@service(Right.UPKEEP)
def verify(ctx: Ctx, told: Callable[[int, int], object] = _silent) -> Verification:
    """Prove the store on one snapshot; `told` hears how many of the proofs are done. Client money waits for the bank side."""
    with ctx.store.read() as reader:
        return _proofs(reader, ctx.store, told)


def _proofs(reader: Reader, store: Store, told: Callable[[int, int], object] = _silent) -> Verification:
    told(0, 3)
    integrity = proof.integrity(reader, store) or True
    told(1, 3)
    chain = proof.audit_chain(reader) or True
    told(2, 3)
    differs = proceeding_record.first_difference(reader) or limitation_kept.first_difference(reader)
    model = proof.read_model(reader) or differs or True
    told(3, 3)
    return Verification(integrity, chain, model, None)


@service(Right.READ)
def default_backup(ctx: Ctx, folder: Path | None = None) -> Path:
    """Where a backup made now would go: `folder`, or Quittance-backups in the person's own folder, outside of the program."""
    return (folder or Path.home() / "Quittance-backups") / f"quittance-{ctx.space}-{ctx.stamp.replace(':', '')}.zip"


@service(Right.UPKEEP)
def back_up(ctx: Ctx, target: Path) -> dict[str, Any]:
    """Write a backup of the store and its files as one zip; the folder is made when absent. Returns the manifest."""
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise refuse(
            "folder-unwritable",
            msg("The folder cannot be made: {given}.", given=error.strerror or type(error).__name__),
            msg("Give a folder of this computer or of a plugged-in disk where you may write."),
            field="target",
            value=str(target),
        ) from error
    manifest = backup.back_up(ctx.store.path, ctx.store.folder, target, ctx.stamp)
    with ctx.write() as unit:
        unit.audit("store.backed_up", "store", 0, files=len(manifest["files"]))
    return manifest


def restore(store: Store, source: Path) -> dict[str, Any]:
    """Put a backup back, in its own store or where there is none; what was there is copied into the backups folder first.

    No right is asked: only the command line of the computer itself reaches it, and there may be no store to ask.
    """
    manifest = restoring.restore(source, store.path, store.folder, _backups(store))
    migrate(store)
    ctx = access.command_context(store, space=manifest["kind"])
    with ctx.write() as unit:
        people.end_local_sessions(unit)
        doubted = outbox.doubt_all(unit)  # they may have left after the backup was made
        unit.audit("store.restored", "store", 0, made_at=manifest["made_at"], messages=doubted)
    return manifest


def migrate(store: Store) -> list[str]:
    """Make the store, or bring it up to date (a backup is made first); returns the steps done."""
    kind = store.path.stem if store.path.stem in homes.SPACES else "agency"
    stamp = house.now().strftime("%Y-%m-%dT%H:%M:%SZ")
    steps = migrations.migrate(store.path, kind=kind, now=stamp, backups=_backups(store))
    house.roll(store)
    return steps


def _backups(store: Store) -> Path:
    return store.path.parent / "backups"


def place(file: Path | None = None) -> Store:
    """The store of a file, its own files beside it, or the agency of the home; not opened and not made."""
    if file is None:
        return homes.home().store("agency")
    path = file.expanduser().resolve()
    homes.refuse_network(path.parent)
    return Store(path, path.parent / "files" / path.stem)


def opened(store: Store, lang: str, *, signs: bool = True) -> Ctx:
    """The command's context on a store that exists and is up to date; `signs` when it will write."""
    if not store.path.exists():
        raise refuse(
            "store-absent",
            msg("There is no store here: {given}.", given=store.path.name),
            msg("Start the program once, or run “python -m core migrate”, to make it."),
            field="store",
            value=str(store.path),
        )
    migrations.open_store(store.path, store.folder)
    with store.read() as reader:
        space = people.meta(reader).kind
    return access.command_context(store, lang, space, signs=signs)


@service(Right.READ)
def check(ctx: Ctx) -> tuple[Finding, ...]:
    """What is right, risky or missing: the machine, the place of the data, the store, the agency file."""
    with ctx.store.read() as reader:
        meta = people.meta(reader)
    kept = msg("The agency's own store, schema {given}.", given=meta.schema)
    invented = msg("The demonstration's store, schema {given}.", given=meta.schema)
    store = Finding("schema", "ok", invented if meta.kind == "demo" else kept)
    lacking = agency.agency_file(ctx).missing
    wanted = tuple(Finding("agency", "missing", msg("The agency file lacks {what}.", what=what)) for what in lacking)
    return (
        *installation(ctx.store),
        store,
        *(wanted or (Finding("agency", "ok", msg("The agency file is complete.")),)),
        _law(ctx),
    )


def _law(ctx: Ctx) -> Finding:
    """How fresh the values of the law are."""
    found = law.law_overview(ctx)
    count = {state: sum(one.state is state for one in found.alerts) for state in law_freshness.State}
    if not found.alerts and not found.aside:
        return Finding("law", "ok", msg("The values of the law are known and were checked lately."))
    sentence = msg(
        "Values of the law: {stopped} no longer known, {ending} known for {days} days or less, {recheck} to be checked again, "
        "{aside} additions left out. The page “Law” names them.",
        stopped=count[law_freshness.State.STOPPED],
        ending=count[law_freshness.State.ENDING],
        days=law_freshness.NOTICE_DAYS,
        recheck=count[law_freshness.State.RECHECK],
        aside=len(found.aside),
    )
    return Finding("law", "warning", sentence)


def installation(store: Store) -> tuple[Finding, ...]:
    """What can be checked without opening the store: versions, place of the data, room on the disk."""
    folder = store.path.parent
    risks = tuple(Finding("home", "warning", sentence) for sentence in homes.warnings(homes.Home(folder)))
    return (
        Finding("version", "ok", msg("Quittance {given}.", given=__version__)),
        Finding("python", "ok", msg("Python {given}.", given=platform.python_version())),
        _sqlite(),
        *(risks or (Finding("home", "ok", msg("Data folder: {given}.", given=str(folder))),)),
        _room(folder),
    )


def _sqlite() -> Finding:
    given, safe = connection.sqlite_version()
    if safe:
        return Finding("sqlite", "ok", msg("SQLite {given}.", given=given))
    sentence = msg(
        "SQLite {given}: before {least}, two programs that tidy the same store at once can damage it. Quittance lets a single "
        "connection do it; do not open the store with another program while it runs.",
        given=given,
        least=".".join(map(str, connection.SAFE_CHECKPOINT_SQLITE)),
    )
    return Finding("sqlite", "warning", sentence)


def _room(folder: Path) -> Finding:
    free = shutil.disk_usage(next(place for place in (folder, *folder.parents) if place.exists())).free
    if free < ROOM_WANTED:
        return Finding(
            "disk",
            "warning",
            msg("Only {free} MB are free on the disk: a backup or an import may not end.", free=free // 10**6),
        )
    return Finding("disk", "ok", msg("{free} GB free on the disk.", free=free // 10**9))


@service(Right.UPKEEP)
def export(ctx: Ctx, folder: Path) -> dict[str, Any]:
    """Write every table as CSV, the kept files and a manifest of hashes into a new folder; the export is recorded.

    Returns the manifest, which says what `verify` finds in the very snapshot that is written.
    """
    with ctx.store.read() as reader:
        meta = people.meta(reader)
        about = {
            "program": f"Quittance {__version__}",
            "made_at": ctx.stamp,
            "store_id": meta.store_id,
            "kind": meta.kind,
            "schema": meta.schema,
            "verified": _said(_proofs(reader, ctx.store)),
        }
        manifest = tables.export(reader, ctx.store, folder, about)
    with ctx.write() as unit:
        unit.audit("store.exported", "store", 0, tables=len(manifest["tables"]), files=len(manifest["files"]))
    return manifest


def _said(found: Verification) -> dict[str, bool | str | None]:
    """A verification as a file keeps it: true, the English sentence of the first break, or null for what is not kept yet."""
    outcomes = {each.name: getattr(found, each.name) for each in fields(found)}
    return {name: str(value) if isinstance(value, Message) else value for name, value in outcomes.items()}
