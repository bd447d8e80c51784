"""A legal person outside any business (association, property company, syndicate) owes no rule made between businesses. Figures by hand."""

import datetime as dt
import sqlite3
from contextlib import closing
from decimal import Decimal

import pytest

from core.domain.computation import Computation, Missing
from core.domain.indemnity import LateInvoice, NotOwed, PenaltyClause, indemnity, penalty_clause
from core.domain.interest_basis import ClaimFacts, basis_of
from core.domain.interest_terms import Basis
from core.domain.messages import Refusal
from core.law.limitation_rules import limitation_law
from core.law.values import load_law
from core.services import cases, costs, debt_facts, people, statements
from core.services.costs import ChargeEntry
from core.services.limitation_claim import of_claim
from core.services.placing import DebtEntry
from core.store import audit, connection, migrations, summaries
from tests.services.factory import a_case, a_debt
from tests.services.test_statements import creditor, fact, then

D = dt.date
TODAY = D(2026, 11, 23)
DUE, NOTICE = D(2026, 3, 31), D(2026, 7, 1)


def an_association(ctx, *claims, kind="association"):
    debt = DebtEntry("F-1", "invoice", 1000000, D(2026, 3, 1), DUE)
    owner = creditor(ctx, *claims)
    return a_case(then(ctx, D(2026, 5, 4)), debt, creditor=owner, kind=kind, name="Amicale des Tilleuls")


def test_without_notice_no_interest_runs_on_an_association_where_a_business_owes_it_from_the_due_date():
    known = {"creditor": "business", "nature": "invoice", "due_on": DUE}
    asked = basis_of(ClaimFacts("association", **known))
    assert isinstance(asked, Missing)
    assert [one.key for one in asked.questions] == ["notice_on"]
    assert basis_of(ClaimFacts("business", **known)).terms.basis is Basis.STATUTORY


def test_from_the_notice_it_owes_the_legal_rate_to_be_confirmed_with_the_reason():
    found = basis_of(ClaimFacts("association", "business", due_on=DUE, notice_on=NOTICE))
    assert (found.terms.basis, found.terms.start, found.proof.weakest) == (Basis.LEGAL, NOTICE, "U")
    assert any("L. 441-10" in one.msgid for one in found.proof.remarks)


def test_a_rent_has_the_same_basis_whoever_owes_it_and_says_nothing_of_the_kind_of_debtor():
    found = basis_of(ClaimFacts("association", "business", "rent", due_on=DUE, notice_on=NOTICE))
    assert not any("L. 441-10" in one.msgid for one in found.proof.remarks)


def test_an_agreed_rate_is_owed_without_the_floor_between_businesses_and_may_be_unfair():
    found = basis_of(ClaimFacts("association", "business", due_on=DUE, notice_on=NOTICE, contract_rate=Decimal(8)))
    assert (found.terms.basis, found.terms.contract_rate) == (Basis.CONTRACTUAL, Decimal(8))
    assert not found.terms.between_businesses
    assert any("L. 212-2" in one.msgid for one in found.proof.remarks)
    between_individuals = basis_of(
        ClaimFacts("association", "individual", due_on=DUE, notice_on=NOTICE, contract_rate=Decimal(8))
    )
    assert between_individuals.proof.remarks == ()


def test_it_never_owes_the_flat_indemnity_which_a_business_and_a_public_buyer_owe():
    on, law = D(2026, 4, 1), load_law()
    found = indemnity(LateInvoice("association", "business", DUE), on, law)
    assert isinstance(found, NotOwed)
    assert (found.articles[0], found.certainty) == ("C. com., art. L. 441-10, II", "U")
    for kind in ("business", "public"):
        assert indemnity(LateInvoice(kind, "business", DUE), on, law).value == 4000


def test_a_penalty_clause_against_it_says_that_it_may_be_unfair():
    clause = PenaltyClause(percent=Decimal(10), notice_on=NOTICE)
    said = penalty_clause(100000, clause, TODAY, consumer=False, outside=True)
    assert isinstance(said, Computation)
    assert said.value == 10000
    assert any("L. 212-2" in one.msgid for one in said.remarks)
    plain = penalty_clause(100000, clause, TODAY, consumer=False)
    assert not any("L. 212-2" in one.msgid for one in plain.remarks)


def test_five_years_to_sue_it_where_a_consumer_has_two():
    # invoice due or completed on 1 February 2026; consumers of L.218-2 are natural persons
    assert of_claim("invoice", D(2026, 2, 1), (), debtor="association", creditor="business").date == D(2031, 2, 1)
    assert of_claim("invoice", D(2026, 2, 1), (), debtor="individual", creditor="business").date == D(2028, 2, 1)


@pytest.mark.parametrize(
    "nature", ["subscription", "energy", "water", "health", "loan", "training", "other", "cheque", "bill"]
)
def test_no_nature_gives_it_a_period_of_consumers(nature):
    claim = limitation_law().claim_of(nature, "association", "business").claim
    assert claim == "general"
    assert "association" in limitation_law().periods[claim].debtors


def test_its_debts_may_be_given_the_kinds_of_claim_of_anybody_and_none_of_a_consumer():
    kinds = debt_facts.claim_kinds("association")
    assert "general" in kinds
    assert not {"consumer_goods_services", "consumer_credit", "home_rent", "between_businesses"} & set(kinds)


def test_its_statement_asks_neither_penalties_nor_the_forty_euros(ctx):
    case_id = an_association(ctx, "interest", "indemnity")
    found = statements.statement(ctx, case_id, TODAY)
    assert (found.total.value, found.sums["indemnity"].value, found.sums["interest"].value) == (1000000, 0, 0)
    fact(ctx, case_id, "formal_notice", NOTICE)
    # 10 000.00 at 2.75 % (other creditors, second half of 2026) from 2 July to 23 November, 145 days: 109.2466
    assert statements.statement(ctx, case_id, TODAY).sums["interest"].value == 10925


def test_the_flat_indemnity_typed_by_hand_is_refused_with_its_article(ctx):
    case_id = an_association(ctx)
    debt = cases.case_file(ctx, case_id).debts[0].id
    entry = ChargeEntry(
        case_id, debt, "flat_indemnity", 4000, TODAY, "F-1", None, ("business_creditor", "payable_at_due", "late")
    )
    with pytest.raises(Refusal) as refused:
        costs.record_charge(ctx, entry, "t")
    (problem,) = refused.value.problems
    assert (problem.code, problem.reason.params["article"]) == ("charge-forbidden", "C. com., art. L. 441-10, II")


def test_a_business_that_proves_to_be_an_association_loses_what_is_between_businesses(ctx):
    case_id = an_association(ctx, "indemnity", kind="business")
    assert statements.statement(ctx, case_id, TODAY).sums["indemnity"].value == 4000
    assert people.set_debtor_kind(ctx, case_id, "association", "Statuts reçus : association loi 1901")
    assert cases.case_file(ctx, case_id).head.kind == "association"
    assert statements.statement(ctx, case_id, TODAY).sums["indemnity"].value == 0
    assert not people.set_debtor_kind(ctx, case_id, "association", "")
    with ctx.store.read() as reader:
        assert (audit.first_break(reader.conn), summaries.first_difference(reader.conn)) == (None, None)


def test_a_consumer_that_proves_to_be_an_association_has_five_years_in_all_his_cases(ctx):
    first = a_case(ctx, a_debt("A", due=D(2026, 2, 1)))
    debtor = cases.case_file(ctx, first).head.debtor_id
    second = a_case(ctx, a_debt("B", due=D(2026, 3, 1)), same=debtor)
    people.set_debtor_kind(ctx, first, "association", "Statuts reçus")
    heads = [cases.case_file(ctx, one).head for one in (first, second)]
    assert [head.limitation_on for head in heads] == ["2031-02-01", "2031-03-01"]


@pytest.mark.parametrize(("kind", "reason", "field"), [("association", "  ", "reason"), ("club", "x", "kind")])
def test_the_kind_is_put_right_with_a_reason_and_from_the_list(ctx, kind, reason, field):
    case_id = a_case(ctx)
    with pytest.raises(Refusal) as refused:
        people.set_debtor_kind(ctx, case_id, kind, reason)
    assert [one.field for one in refused.value.problems] == [field]
    assert cases.case_file(ctx, case_id).head.kind == "individual"


def test_an_older_store_keeps_its_kinds_and_then_takes_the_new_one(tmp_path, monkeypatch):
    path, whole = tmp_path / "old.db", migrations.STEPS
    monkeypatch.setattr(migrations, "STEPS", whole[: whole.index("016_debtor_kinds")])
    monkeypatch.setattr(migrations, "SCHEMA", len(migrations.STEPS))
    migrations.migrate(path, kind="agency", now="2026-11-23T10:00:00+00:00", backups=tmp_path)
    with closing(connection.open_writer(path)) as conn:
        for number, kind in enumerate(("individual", "business", "public"), 1):
            conn.execute(
                "INSERT INTO parties(id, kind, name, folded, created_at) VALUES (?, ?, 'X', 'x', 'now')", (number, kind)
            )
        conn.execute(
            "INSERT INTO contact_points(party_id, kind, value, created_at) VALUES (2, 'email', 'a@b.fr', 'now')"
        )
    monkeypatch.setattr(migrations, "STEPS", whole)
    monkeypatch.setattr(migrations, "SCHEMA", len(whole))
    migrations.migrate(path, kind="agency", now="2026-11-23T11:00:00+00:00", backups=tmp_path)
    with closing(connection.open_writer(path)) as conn:
        assert (
            conn.execute("SELECT group_concat(kind) FROM (SELECT kind FROM parties ORDER BY id)").fetchone()[0]
            == "individual,business,public"
        )
        conn.execute("UPDATE parties SET kind = 'association' WHERE id = 2")
        assert conn.execute("PRAGMA foreign_key_check").fetchall() == []
        with pytest.raises(sqlite3.IntegrityError):
            conn.execute("UPDATE parties SET kind = 'club' WHERE id = 2")
