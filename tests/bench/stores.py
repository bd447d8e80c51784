"""Stores of a given size for the benches, made through the import service and kept between runs. Measures nothing."""

from __future__ import annotations

import os
from pathlib import Path

from core.services import access, creditors, imports
from core.services.context import Ctx
from core.services.house import prepare
from core.store import connection
from tests.bench.generator import make

FOLDER = Path(os.environ.get("BENCH_DIR", Path(__file__).resolve().parents[2] / "bench-out"))
CREDITORS = 20


def store_of(size: int) -> Ctx:
    """Léa in an agency of about `size` debts of 20 creditors; made once in BENCH_DIR (bench-out by default)."""
    home = FOLDER / f"home-{size}"
    os.environ["QUITTANCE_HOME"] = str(home)
    os.environ["QUITTANCE_TODAY"] = "2026-11-23"
    made = (home / "made").exists()
    prepare()
    token = access.open_local_session()
    ctx = access.resolve(token)
    if not made:
        access.introduce(ctx, "Léa Martin")
        ctx = access.resolve(token)
        for number in range(1, CREDITORS + 1):
            _bring_in(ctx, number, size // CREDITORS)
        (home / "made").write_text("yes", encoding="utf-8")
    return access.resolve(token)


def _bring_in(ctx: Ctx, number: int, size: int) -> None:
    ref = f"C{number:04d}"
    creditor = creditors.save_creditor(ctx, creditors.CreditorEntry(ref, f"Créancier {number}"))
    file = make(size, seed=number, prefix=f"{number}-")
    options = imports.Options()
    reading = imports.read_upload(
        ctx, creditor, f"{ref}.csv", file.data.replace(b"C0001;", ref.encode() + b";"), options
    )
    sheet = reading.sheets[0]
    trial = imports.try_out(ctx, creditor, reading, sheet.name, sheet.mapping, options)
    imports.commit(ctx, creditor, reading, trial, f"bench-{number}")


def leave(ctx: Ctx) -> None:
    """Let go of a bench store."""
    connection.close_pool(ctx.store.path)
