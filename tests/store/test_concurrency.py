"""Several people at once on one file: nothing lost, no number given twice, readers never wait. Times nothing."""

import threading
from dataclasses import replace

from core.services import cases, payments
from core.services.payments import PaymentEntry
from core.store import audit, summaries
from tests.services.factory import a_call, a_case, a_debt

THREADS, EACH = 4, 12


def test_four_people_record_payments_and_calls_at_once_and_everything_is_there(ctx):
    ids = [a_case(ctx, a_debt(amount=1_000_000), name=f"N{i}") for i in range(THREADS)]
    failures: list[BaseException] = []

    def work(number: int) -> None:
        try:
            for turn in range(EACH):
                entry = PaymentEntry(ids[turn % THREADS], ctx.today, 100, "card", "agency")
                payments.record_payment(ctx, entry, f"{number}-{turn}")
                a_call(ctx, ids[number], "NRP", because="essai à plusieurs")
                cases.case_file(ctx, ids[turn % THREADS])
        except BaseException as error:  # noqa: BLE001 - told below, in the test's own thread
            failures.append(error)

    threads = [threading.Thread(target=work, args=(n,)) for n in range(THREADS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    with ctx.store.read() as reader:
        numbers = [row[0] for row in reader.rows("SELECT number FROM receipts ORDER BY id")]
        assert numbers == [f"Q2026-{i:06d}" for i in range(1, THREADS * EACH + 1)]
        assert reader.value("SELECT SUM(amount) FROM payments") == THREADS * EACH * 100
        assert reader.value("SELECT COUNT(*) FROM interactions") == THREADS * EACH
        assert audit.first_break(reader.conn) is None
        assert summaries.first_difference(reader.conn) is None


def test_a_reader_keeps_its_snapshot_while_someone_writes(ctx):
    case_id = a_case(ctx)
    with ctx.store.read() as reader:
        before = reader.value("SELECT balance FROM case_summaries WHERE case_id = ?", (case_id,))
        payments.record_payment(ctx, PaymentEntry(case_id, ctx.today, 100, "card", "agency"), "t")
        assert reader.value("SELECT balance FROM case_summaries WHERE case_id = ?", (case_id,)) == before
    with ctx.store.read() as reader:
        assert reader.value("SELECT balance FROM case_summaries WHERE case_id = ?", (case_id,)) == before - 100


def test_a_reader_cannot_write(ctx):
    import sqlite3

    import pytest

    with ctx.store.read() as reader, pytest.raises(sqlite3.OperationalError, match="readonly"):
        reader.conn.execute("DELETE FROM tasks")


def test_the_same_token_at_the_same_instant_pays_once(ctx):
    case_id = a_case(ctx)
    results = []
    entry = PaymentEntry(case_id, ctx.today, 100, "card", "agency")
    threads = [
        threading.Thread(target=lambda: results.append(payments.record_payment(replace(ctx), entry, "one")))
        for _ in range(6)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(results)) == 1
    assert len(results) == 6
    assert len(cases.case_file(ctx, case_id).payments) == 1
