"""Thousands of rows in one unit: the same store as one by one, indexes back in place, the proof holding, nothing scanned."""

import datetime as dt
import json
import sqlite3
from contextlib import closing

import pytest

from core.domain.placement import PlacedDebt
from core.domain.placement_groups import cases_of, debtors_of
from core.domain.references import case_reference, case_references
from core.services.context import Ctx
from core.store import audit, batches, bulk, bulk_lookup, indexes, summaries
from core.store.bulk import Placement
from tests.services.factory import a_creditor

BLANK = dict.fromkeys(PlacedDebt._fields, "")


def a_line(number: int, **more: object) -> PlacedDebt:
    given = {
        "line": number + 2, "key": f"{number:032x}", "occurrence": 1, "creditor_ref": "C", "debtor_ref": f"D{number // 3}", "debtor_kind": "individual",
        "debtor_name": f"Nom{number // 3}", "country": "FR", "debt_ref": f"F{number}", "nature": "invoice", "issued_on": dt.date(2026, 1, 2),
        "due_on": dt.date(2026, 2, 1), "amount": 1000 + number, "paid_before": 0, "contract_rate": None, "currency": "EUR", "first_letter_on": None,
        **more,
    }  # fmt: skip
    return PlacedDebt(**{**BLANK, **given})


def enter(ctx: Ctx, creditor: int, lines: list[PlacedDebt]) -> bulk.Entered:
    debtors = debtors_of(lines)
    cases = cases_of(lines, debtors.of)
    with ctx.write() as unit:
        batch = batches.add_batch(unit, batches.NewBatch(creditor, "0" * 64, "a.csv", "csv", len(lines), 0, 0, 0, {}))
        new = Placement(lines, debtors, cases, [0] * len(debtors.firsts), [0] * len(cases.firsts), {"C": creditor})
        done = bulk.enter(unit, new, batch, ctx.day)
        unit.audit("import.entered", "import_batch", batch)
    return done


def made_indexes(ctx: Ctx) -> set[str]:
    with ctx.store.read() as reader:
        return {row[0] for row in reader.rows("SELECT name FROM sqlite_master WHERE type = 'index'")}


@pytest.fixture
def creditor(ctx: Ctx) -> int:
    return a_creditor(ctx)


@pytest.mark.parametrize("count", [1, 7, indexes.FEWEST + 1])
def test_what_entered_equals_a_recount_and_is_proved(ctx, creditor, count):
    before = made_indexes(ctx)
    done = enter(ctx, creditor, [a_line(n) for n in range(count)])
    assert (done.debts, done.cases, done.parties) == (count, -(-count // 3), -(-count // 3))
    assert done.amount == sum(1000 + n for n in range(count))
    with ctx.store.read() as reader:
        assert summaries.first_difference(reader.conn) is None
        assert audit.first_break(reader.conn) is None
        assert reader.rows("PRAGMA foreign_key_check") == []
        assert reader.value("PRAGMA integrity_check") == "ok"
        assert reader.value("SELECT SUM(balance) FROM case_summaries") == done.amount
        assert (
            reader.value("SELECT COUNT(*) FROM tasks WHERE kind = 'first_letter' AND due_on = ?", (ctx.day,))
            == done.cases
        )
    assert made_indexes(ctx) == before


def test_the_digest_made_while_writing_is_the_one_read_back(ctx, creditor):
    enter(ctx, creditor, [a_line(n) for n in range(5)])
    with ctx.store.read() as reader:
        kept = json.loads(reader.value("SELECT details FROM audit ORDER BY id DESC LIMIT 1"))["rows"]["entries"]
        assert kept == [1, 5, audit.rows_digest(reader.conn, "entries", 1, 5)]


def test_a_changed_ledger_row_is_found_after_a_bulk_import(ctx, creditor):
    enter(ctx, creditor, [a_line(n) for n in range(5)])
    with closing(sqlite3.connect(ctx.store.path)) as conn:
        conn.execute("DROP TRIGGER entries_no_update")
        conn.execute("UPDATE entries SET amount = 1 WHERE id = 3")
        conn.commit()
    with ctx.store.read() as reader:
        assert audit.first_break(reader.conn) == "entries 1 to 5, proved by audit line 3"


def test_a_second_import_continues_the_numbers_of_the_first(ctx, creditor):
    enter(ctx, creditor, [a_line(n) for n in range(6)])
    enter(ctx, creditor, [a_line(n, debtor_ref=f"E{n}") for n in range(100, 104)])
    with ctx.store.read() as reader:
        assert reader.rows("SELECT MIN(id), MAX(id), COUNT(*) FROM debts") == [(1, 10, 10)]
        code = reader.value("SELECT code FROM meta")
        assert [row[0] for row in reader.rows("SELECT ref FROM cases ORDER BY id")] == [
            case_reference(code, n) for n in range(1, 7)
        ]


@pytest.mark.parametrize("first", [1, 9, 999_998, 1_234_567])
def test_references_made_in_a_row_are_those_made_one_by_one(first):
    assert list(case_references("QK", first, first + 5)) == [case_reference("QK", n) for n in range(first, first + 6)]


def test_a_key_that_is_there_twice_ends_the_whole_unit(ctx, creditor):
    lines = [a_line(n) for n in range(indexes.FEWEST + 1)]
    with pytest.raises(sqlite3.IntegrityError):
        enter(ctx, creditor, [*lines, a_line(9999, key=lines[0].key)])
    with ctx.store.read() as reader:
        assert reader.rows(
            "SELECT (SELECT COUNT(*) FROM debts), (SELECT COUNT(*) FROM parties), (SELECT COUNT(*) FROM import_batches)"
        ) == [(0, 0, 0)]


def test_a_few_rows_into_many_keep_the_indexes_in_place(ctx, creditor):
    enter(ctx, creditor, [a_line(n) for n in range(30)])
    with ctx.write() as unit:
        with indexes.indexes_after(unit.conn, "debts", 10):
            assert unit.value("SELECT COUNT(*) FROM sqlite_master WHERE type = 'index' AND tbl_name = 'debts'") >= 4
        with indexes.indexes_after(unit.conn, "debts", indexes.FEWEST):
            assert (
                unit.value(
                    "SELECT COUNT(*) FROM sqlite_master WHERE type = 'index' AND tbl_name = 'debts' AND sql IS NOT NULL"
                )
                == 0
            )


def test_what_a_file_names_is_looked_up_by_index_never_by_reading_all(ctx, creditor):
    enter(ctx, creditor, [a_line(n) for n in range(30)])
    asked = []
    with ctx.store.read() as reader:
        reader.conn.set_trace_callback(asked.append)
        bulk_lookup.known_keys(reader, creditor, ["a"])
        bulk_lookup.known_debts(reader, creditor, ["F1"])
        bulk_lookup.parties_by_ref(reader, creditor, ["D1"])
        bulk_lookup.parties_by_siren(reader, ["732829320"])
        bulk_lookup.open_cases(reader, [1])
        bulk_lookup.parties_like(reader, ["1"], ["a@exemple.fr"], [("nom1 ", "75001")])
        bulk_lookup.described(reader, [1])
        bulk_lookup.contacts_of(reader, [1])
        reader.conn.set_trace_callback(None)
        steps = [
            row[3]
            for sql in asked
            if sql.lstrip().startswith("SELECT")
            for row in reader.rows(f"EXPLAIN QUERY PLAN {sql}")
        ]
    scans = [step for step in steps if step.startswith("SCAN") and "VIRTUAL TABLE" not in step]
    assert scans == []
    assert len([step for step in steps if step.startswith("SEARCH")]) >= 10


def test_lines_of_one_reference_are_one_debtor_and_others_by_all_that_is_known():
    lines = [
        a_line(0, debtor_ref="D1"), a_line(1, debtor_ref="D1", debtor_name="MARTIN", phone="+33639980001"), a_line(2, debtor_ref="", siren="732829320"),
        a_line(3, debtor_ref="", siren="732829320", debtor_name="Autre"), a_line(4, debtor_ref="", postcode="59000"), a_line(5, debtor_ref="", postcode="13001"),
    ]  # fmt: skip
    found = debtors_of(lines)
    assert found.of == [0, 0, 1, 1, 2, 3]
    assert {debtor: [line.line for line in more] for debtor, more in found.more.items()} == {0: [3], 1: [5]}
