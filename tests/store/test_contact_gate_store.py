"""What the gate reads goes along indexes, and a refusal stays once it is written."""

import sqlite3

import pytest

from core.services import contact_facts, contact_gate
from core.services.contact_gate import Intent
from core.store import contact_reads as rows
from tests.services.factory import a_call, a_case


class Plans:
    """A reader that asks how each statement would be run."""

    def __init__(self, reader):
        self.reader, self.scanned = reader, []

    def all(self, shape, sql, params=()):
        self._look(sql, params)
        return self.reader.all(shape, sql, params)

    def rows(self, sql, params=()):
        self._look(sql, params)
        return self.reader.rows(sql, params)

    def _look(self, sql, params):
        steps = [row[3] for row in self.reader.rows(f"EXPLAIN QUERY PLAN {sql}", params)]
        tables = {"interactions", "i", "contact_points", "p", "case_parties", "w", "cases", "c", "o", "holds", "h", "debts", "d", "e", "parties", "n",
                  "contact_refusals", "r", "messages", "m", "tasks", "t", "fragile_paths", "f", "contact_consents", "s"}  # fmt: skip
        self.scanned += [step for step in steps if step.startswith("SCAN") and step.split()[1] in tables]


def test_the_contacts_of_a_person_are_found_along_indexes(ctx):
    case_id = a_case(ctx)
    a_call(ctx, case_id, "NRP")
    with ctx.store.read() as reader:
        plans = Plans(reader)
        found = rows.made(plans, (1, 2), "2026-10-25", "2026-11-23")
        rows.cases(plans, (case_id,), "2026-11-23")
        points = rows.points(plans, (case_id,), "2026-11-23")
        rows.people(plans, (case_id,), "2026-11-23")
        rows.said(plans, {one.id for one in points})
        rows.overrides(plans, (case_id,), "2026-11-23T00:00:00Z")
        rows.stops(plans, (case_id,), "2026-11-23", ("deceased",))
        rows.maybe_barred(plans, (case_id,), "2026-11-23")
        rows.own_values(plans, (1, 2))
        rows.parties_like(plans, [(1, "552100554")], [(1, "+33612345678")], [(1, "lefevre", "38000")])
    assert [(one.on, one.channel, one.result) for one in found] == [("2026-11-23", "call", "NRP")]
    assert plans.scanned == []


class Counted:
    """A reader that counts its questions."""

    def __init__(self, reader):
        self.reader, self.asked = reader, 0

    def __getattr__(self, name):
        ask = getattr(self.reader, name)

        def counted(*args):
            self.asked += 1
            return ask(*args)

        return counted


def test_the_facts_of_many_cases_take_as_many_questions_as_those_of_one(ctx):
    cases = [
        a_case(ctx, name=f"Nom {n}", phone=f"06 12 34 56 {n}", email=f"n{n}@debiteur.example") for n in range(10, 30)
    ]
    for case_id in cases[:5]:
        a_call(ctx, case_id, "NRP")
    intents = [Intent(case_id, "call", at=ctx.now) for case_id in cases]
    with ctx.store.read() as reader:
        one, many = Counted(reader), Counted(reader)
        alone = contact_facts.gather(one, intents[:1], ctx.time_zone, ctx.stamp, {})
        together = contact_facts.gather(many, intents, ctx.time_zone, ctx.stamp, {})
    assert many.asked == one.asked
    assert (together[0], len(together), len(together[0].facts.past)) == (alone[0], 20, 1)


def test_a_refusal_is_never_erased_and_an_override_has_its_author_and_reason(ctx):
    case_id = a_case(ctx)
    with pytest.raises(contact_gate.Barred), contact_gate.recorded(ctx), ctx.write() as unit:
        contact_gate.check(ctx, unit, Intent(case_id, "visit"), house=False)
    with pytest.raises(sqlite3.IntegrityError), ctx.write() as unit:
        unit.run("DELETE FROM contact_refusals")
    with pytest.raises(sqlite3.IntegrityError), ctx.write() as unit:
        unit.run("UPDATE contact_refusals SET outcome = 'overridden'")
    assert [row.outcome for row in contact_gate.refusals(ctx, case_id)] == ["refused"]
