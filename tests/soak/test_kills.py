"""Processes killed in the middle of their writes, many times: what was confirmed is there, the proof holds. On demand (-m soak)."""

import os
import random
import subprocess
import sys
import time
from pathlib import Path

import pytest

from core.store import audit, connection, summaries
from tests.services.factory import a_case, a_debt

ROOT = Path(__file__).resolve().parents[2]
ROUNDS = int(os.environ.get("SOAK_ROUNDS", "12"))
WORKER = """
import sys
from core.services import access, payments
from core.services.payments import PaymentEntry
from core.store.home import home
ctx = access.command_context(home().store("agency"))
turn = 0
while True:
    turn += 1
    entry = PaymentEntry(1 + turn % 5, ctx.today, 100, "card", "agency")
    done = payments.record_payment(ctx, entry, f"{sys.argv[1]}-{turn}")
    print(done.receipt, flush=True)
"""


@pytest.mark.soak
def test_killed_writers_lose_nothing_they_confirmed_and_break_nothing(ctx, home):
    for number in range(5):
        a_case(ctx, a_debt(amount=10**9), name=f"N{number}")
    ctx.store.close()
    rng = random.Random(7)
    confirmed: set[str] = set()
    for turn in range(ROUNDS):
        workers = [
            subprocess.Popen(
                [sys.executable, "-c", WORKER, f"{turn}-{n}"],
                cwd=ROOT,
                stdout=subprocess.PIPE,
                text=True,
                env=os.environ.copy(),
            )
            for n in range(3)
        ]
        time.sleep(1.5 + rng.random())
        for worker in workers:
            worker.kill()
            out, _ = worker.communicate()
            confirmed |= {line for line in out.splitlines() if len(line) == 12}
    connection.close_pool(ctx.store.path)
    with ctx.store.read() as reader:
        kept = {row[0] for row in reader.rows("SELECT number FROM receipts")}
        assert len(confirmed) > ROUNDS
        assert confirmed <= kept
        assert reader.value("PRAGMA integrity_check") == "ok"
        assert audit.first_break(reader.conn) is None
        assert summaries.first_difference(reader.conn) is None
