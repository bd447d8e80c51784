"""J1: a creditor's file validated and stored whole (parties, cases, ledger, search, audit) against DuckDB's load in memory. On demand (-m bench)."""

from __future__ import annotations

import os
import shutil
import statistics
from pathlib import Path

import pytest

from core.services import access, creditors, imports
from core.services.house import prepare
from core.store import audit, connection, summaries
from tests.bench.duck_load import load, load_same_checks
from tests.bench.generator import CREDITOR, make
from tests.bench.stores import FOLDER, leave, store_of
from tests.bench.timing import once

pytestmark = pytest.mark.bench
LARGE = 1_000_000 if os.environ.get("BENCH_1M") else 100_000


def fresh(folder: Path):
    """Léa in an empty agency on disk, with the creditor of the generated file."""
    shutil.rmtree(folder, ignore_errors=True)
    os.environ["QUITTANCE_HOME"] = str(folder)
    os.environ["QUITTANCE_TODAY"] = "2026-11-23"
    prepare()
    token = access.open_local_session()
    access.introduce(access.resolve(token), "Léa Martin")
    ctx = access.resolve(token)
    return ctx, creditors.save_creditor(ctx, creditors.CreditorEntry(CREDITOR, "Créancier"))


def bring_in(ctx, creditor: int, name: str, data: bytes, token: str):
    """What the screen does, from the bytes to the commit."""
    options = imports.Options()
    reading = imports.read_upload(ctx, creditor, name, data, options)
    sheet = reading.sheets[0]
    trial = imports.try_out(ctx, creditor, reading, sheet.name, sheet.mapping, options)
    return imports.commit(ctx, creditor, reading, trial, token)


def right(ctx, made, done) -> None:
    """What was timed is the whole job, done right: every line judged as it was made, stored, indexed and proved."""
    assert (done.added, done.rejected, done.amount) == (made.lines - len(made.faults), len(made.faults), made.amount)
    with ctx.store.read() as reader:
        assert reader.rows("PRAGMA synchronous") == [(2,)]
        assert reader.value("SELECT COUNT(*) FROM case_search") == done.cases
        assert reader.value("SELECT SUM(balance) FROM case_summaries") == made.amount
        assert summaries.first_difference(reader.conn) is None
        assert audit.first_break(reader.conn) is None
        assert reader.rows("PRAGMA foreign_key_check") == []


def test_j1_100k_lines_are_validated_and_stored_within_five_times_duckdb_s_load_in_memory(tmp_path):
    made = make(100_000)
    path = tmp_path / "creances.csv"
    path.write_bytes(made.data)
    wanted = (made.lines - len(made.faults), len(made.faults))
    assert load(path, CREDITOR) == load_same_checks(path, CREDITOR) == wanted
    times = {"ours": [], "same checks": [], "eleven kinds": []}
    for turn in range(4):
        ctx, creditor = fresh(tmp_path / "home")
        result = []
        times["ours"].append(
            once(
                lambda ctx=ctx, creditor=creditor, turn=turn, result=result: result.append(
                    bring_in(ctx, creditor, path.name, made.data, str(turn))
                )
            )
        )
        times["same checks"].append(once(lambda: load_same_checks(path, CREDITOR)))
        times["eleven kinds"].append(once(lambda: load(path, CREDITOR)))
        if turn == 0:
            right(ctx, made, result[0])
        connection.close_pool(ctx.store.path)
    ours, same, eleven = (statistics.median(found[1:]) for found in times.values())
    print(
        f"J1 100k lines: ours {ours:.2f} s; DuckDB in memory with the same checks {same:.2f} s, ratio {ours / same:.2f}; "
        f"with the eleven kinds of fault only {eleven:.2f} s, ratio {ours / eleven:.2f}"
    )
    assert ours <= 5 * eleven, "the bound is set against the peer that looks for the eleven kinds; see docs/measured.md"


def test_a_10k_file_into_a_large_store_costs_at_most_four_times_the_same_into_10k(tmp_path):
    figures = {}
    for size in (10_000, LARGE):
        kept = store_of(size)
        leave(kept)
        times = []
        for turn in range(3):
            home = FOLDER / "copy"
            shutil.rmtree(home, ignore_errors=True)
            shutil.copytree(FOLDER / f"home-{size}", home)
            os.environ["QUITTANCE_HOME"] = str(home)
            ctx = access.resolve(access.open_local_session())
            creditor = creditors.save_creditor(ctx, creditors.CreditorEntry("NEW", "Nouveau"))
            data = make(10_000, seed=99, prefix="N-").data.replace(CREDITOR.encode() + b";", b"NEW;")
            times.append(
                once(
                    lambda ctx=ctx, creditor=creditor, data=data, turn=turn: bring_in(
                        ctx, creditor, "n.csv", data, f"n{turn}"
                    )
                )
            )
            connection.close_pool(ctx.store.path)
        figures[size] = statistics.median(times)
    print(
        f"10k lines into 10k: {figures[10_000]:.2f} s, into {LARGE}: {figures[LARGE]:.2f} s, ratio {figures[LARGE] / figures[10_000]:.2f}"
    )
    assert figures[LARGE] <= 4 * figures[10_000]
