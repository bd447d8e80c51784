"""Words of evidence that a lead redacts, and the additions to the law that nobody changes: what stays, what no longer can be read."""

import datetime as dt
import sqlite3
from contextlib import closing
from dataclasses import replace

import pytest

from core.domain.messages import Refusal
from core.services import cases, legal_facts, limitation
from core.services.legal_facts import FactEntry
from core.store import audit, connection, migrations, overlays
from tests.services.factory import a_case, a_debt

D = dt.date
WORDS = "lettre de Mme Le Goff, sa voisine"
WHY = "nom d'un tiers"


def a_fact(ctx, case_id, evidence=WORDS, token="f"):
    return legal_facts.record_fact(
        ctx, FactEntry(case_id, "acknowledgment", D(2026, 6, 1), None, evidence=evidence), token
    )


def everything(ctx):
    """Every cell of the store as text, to look for words that should be gone."""
    with closing(connection.open_writer(ctx.store.path)) as conn:
        return "\n".join(conn.iterdump())


def refused(call):
    with pytest.raises(Refusal) as found:
        call()
    return [(one.code, one.field) for one in found.value.problems]


def test_redacted_words_are_nowhere_any_more_and_the_chain_holds(ctx):
    case_id = a_case(ctx, a_debt(due=D(2026, 2, 1)), kind="business")
    fact_id = a_fact(ctx, case_id)
    assert WORDS in everything(ctx)
    legal_facts.redact_evidence(ctx, fact_id, WHY)
    assert WORDS not in everything(ctx)
    with ctx.store.read() as reader:
        assert audit.first_break(reader.conn) is None
        assert reader.value("SELECT COUNT(*) FROM audit WHERE action = 'fact.redacted'") == 1
    (row,) = legal_facts.register(ctx, case_id)
    assert (row.evidence, row.redacted_on, row.redacted_by, row.redacted_why) == (
        "[…]",
        "2026-11-23",
        "Léa Martin",
        WHY,
    )


def test_a_fact_whose_words_are_redacted_still_counts_as_proved(ctx):
    case_id = a_case(ctx, a_debt(due=D(2026, 2, 1)), kind="business")
    fact_id = a_fact(ctx, case_id)
    assert cases.case_file(ctx, case_id).debts[0].limitation_on == "2031-06-01"
    legal_facts.redact_evidence(ctx, fact_id, WHY)
    (one,) = limitation.clocks(ctx, case_id)
    assert (one.clock.date, one.clock.steps[0].evidence) == (D(2031, 6, 1), "[…]")


def test_other_words_put_in_their_place_are_found_out(ctx):
    case_id = a_case(ctx, a_debt(), kind="business")
    a_fact(ctx, case_id)
    other = a_fact(ctx, a_case(ctx, a_debt(), kind="business"), "autre lettre", "g")
    with closing(connection.open_writer(ctx.store.path)) as conn:
        conn.execute("DROP TRIGGER legal_facts_no_update")
        conn.execute(
            "UPDATE legal_facts SET evidence_id = (SELECT MIN(evidence_id) FROM legal_facts) WHERE id = ?", (other,)
        )
        assert audit.first_break(conn).startswith("legal_facts")


def test_a_redaction_wants_its_reason_and_is_made_once(ctx):
    fact_id = a_fact(ctx, a_case(ctx))
    assert refused(lambda: legal_facts.redact_evidence(ctx, fact_id, " ")) == [("field-empty", "reason")]
    legal_facts.redact_evidence(ctx, fact_id, WHY)
    assert refused(lambda: legal_facts.redact_evidence(ctx, fact_id, WHY)) == [("words-redacted", "fact")]
    bare = a_fact(ctx, a_case(ctx), "", "b")
    assert refused(lambda: legal_facts.redact_evidence(ctx, bare, WHY)) == [("words-redacted", "fact")]
    assert refused(lambda: legal_facts.redact_evidence(ctx, 999, WHY)) == [("fact-unknown", "fact")]


def test_only_a_lead_redacts(ctx):
    fact_id = a_fact(ctx, a_case(ctx))
    collector = replace(ctx, user=replace(ctx.user, role="collector"))
    assert [code for code, _ in refused(lambda: legal_facts.redact_evidence(collector, fact_id, WHY))] == ["forbidden"]


def test_words_of_an_earlier_version_stay_in_their_row_which_stays_proved(ctx):
    case_id = a_case(ctx)
    with ctx.write() as unit:  # as the store wrote it before words were kept apart
        old = unit.add("legal_facts", case_id=case_id, kind="acknowledgment", happened_on="2026-06-01", evidence=WORDS,
                       actor_id=unit.actor_id, recorded_at=unit.now)  # fmt: skip
        unit.audit("test", "legal_fact", old)
    assert legal_facts.register(ctx, case_id)[0].evidence == WORDS
    assert refused(lambda: legal_facts.redact_evidence(ctx, old, WHY)) == [("words-in-row", "fact")]
    with ctx.store.read() as reader:
        assert audit.first_break(reader.conn) is None


def test_rows_proved_before_the_update_are_still_proved_after_it(tmp_path, monkeypatch):
    path, whole = tmp_path / "old.db", migrations.STEPS
    monkeypatch.setattr(migrations, "STEPS", whole[: whole.index("017_proofs")])
    monkeypatch.setattr(migrations, "SCHEMA", len(migrations.STEPS))
    migrations.migrate(path, kind="agency", now="2026-11-23T10:00:00+00:00", backups=tmp_path)
    before = ("id, case_id, debt_id, kind, happened_on, until_on, amount, rate, evidence, document_id, text_id, corrects, actor_id, "
              "recorded_at, (SELECT digest FROM texts WHERE texts.id = text_id)")  # fmt: skip
    with closing(connection.open_writer(path)) as conn:
        conn.execute("PRAGMA foreign_keys = OFF")
        conn.execute("INSERT INTO legal_facts(id, case_id, kind, happened_on, evidence, actor_id, recorded_at) "
                     "VALUES (1, 1, 'acknowledgment', '2026-06-01', 'lettre', 1, 'now')")  # fmt: skip
        with monkeypatch.context() as earlier:
            earlier.setitem(audit.COVERED, "legal_facts", before)
            digest = audit.rows_digest(conn, "legal_facts", 1, 1)
    monkeypatch.setattr(migrations, "STEPS", whole)
    monkeypatch.setattr(migrations, "SCHEMA", len(whole))
    migrations.migrate(path, kind="agency", now="2026-11-23T11:00:00+00:00", backups=tmp_path)
    with closing(connection.open_writer(path)) as conn:
        assert audit.rows_digest(conn, "legal_facts", 1, 1) == digest


@pytest.mark.parametrize("change", ["UPDATE overlays SET content = '{}'", "DELETE FROM overlays"])
def test_an_addition_to_the_law_is_never_changed_nor_taken_out(ctx, change):
    with ctx.write() as unit:
        overlays.add(unit, "law_value", "ecb_refinancing", "{}", "JO", None, 0)
        unit.audit("test", "overlay", 1)
    with (
        closing(connection.open_writer(ctx.store.path)) as conn,
        pytest.raises(sqlite3.IntegrityError, match="append-only"),
    ):
        conn.execute(change)
