"""Files on their way in: read, tried out, entered once, in one transaction. Expected figures are counted by hand or published beside the samples."""

import dataclasses
import datetime as dt
import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from core.domain.messages import Refusal
from core.i18n import texts
from core.services import cases, creditors, imports, limitation_kept
from core.services.context import Ctx
from core.services.imports import Imported, Options, Trial
from core.store import audit, summaries
from tests.services.factory import a_case, a_creditor, a_debt

SAMPLES = Path(__file__).parents[1] / "samples"
HEADER = "reference_debiteur;nom;prenom;adresse;code_postal;ville;courriel;telephone;reference_creance;date_emission;date_echeance;montant;deja_regle"
MARTIN = "D1;Martin;Gaël;12 rue Pasteur;59000;Lille;gael.martin@exemple.fr;06 39 98 00 01"
SANS_REF = ";Œuvrard;Zoé;3 place de l'Église;29200;Brest;;06 39 98 00 02"
COMPANY = "reference_debiteur;nom;siren;reference_creance;date_echeance;montant"


def csv_of(*lines: str, header: str = HEADER) -> bytes:
    return "\n".join((header, *lines, "")).encode()


def tried(
    ctx: Ctx, creditor: int, data: bytes, options: Options | None = None, name: str = "creances.csv", sheet: int = 0
) -> tuple[imports.Reading, Trial]:
    options = options or Options()
    reading = imports.read_upload(ctx, creditor, name, data, options)
    view = reading.sheets[sheet]
    return reading, imports.try_out(ctx, creditor, reading, view.name, view.mapping, options)


def brought(
    ctx: Ctx, creditor: int, data: bytes, options: Options | None = None, token: str = "t1", **more
) -> Imported:
    same = more.pop("same", None)
    reading, trial = tried(ctx, creditor, data, options, **more)
    return imports.commit(ctx, creditor, reading, trial, token, same)


def counted(ctx: Ctx, table: str) -> int:
    with ctx.store.read() as reader:
        return int(reader.value(f"SELECT COUNT(*) FROM {table}"))


def whole(ctx: Ctx) -> None:
    """Read models, audit chain and links hold after an import."""
    with ctx.store.read() as reader:
        assert summaries.first_difference(reader.conn) is None
        assert limitation_kept.first_difference(reader) is None
        assert audit.first_break(reader.conn) is None
        assert reader.rows("PRAGMA foreign_key_check") == []


def case_named(ctx: Ctx, name: str) -> cases.CaseFile:
    return cases.case_file(ctx, cases.search(ctx, name)[0].case_id)


def test_a_file_is_tried_out_before_it_enters_and_the_trial_writes_nothing(ctx):
    creditor = a_creditor(ctx)
    reading, trial = tried(
        ctx,
        creditor,
        csv_of(f"{MARTIN};F1;01/06/2026;01/07/2026;120,00;20,00", f"{MARTIN};F2;01/07/2026;31/07/2026;50,00;"),
    )
    assert (reading.format, reading.encoding, reading.separator, reading.refused) == ("csv", "utf-8", ";", False)
    assert (reading.sheets[0].record, reading.sheets[0].rows, reading.sheets[0].saved) == ("debts", 2, False)
    assert reading.sheets[0].sample[0][8] == "F1"
    assert (trial.total, trial.accepted, trial.rejected, trial.amount) == (2, 2, 0, 15000)
    assert (trial.new_cases, trial.new_parties, trial.unchanged, trial.added) == (1, 1, 0, 2)
    assert counted(ctx, "debts") == 0


def test_the_good_lines_enter_with_debtor_contacts_case_ledger_and_next_action(ctx):
    creditor = a_creditor(ctx)
    done = brought(
        ctx,
        creditor,
        csv_of(f"{MARTIN};F1;01/06/2026;01/07/2026;120,00;20,00", f"{MARTIN};F2;01/07/2026;31/07/2026;50,00;"),
    )
    assert (done.debts, done.cases, done.parties, done.amount, done.added, done.unchanged, done.rejected) == (
        2,
        1,
        1,
        15000,
        2,
        0,
        0,
    )
    found = case_named(ctx, "Martin")
    assert (found.head.name, found.head.first_name, found.head.kind, found.head.balance) == (
        "Martin",
        "Gaël",
        "individual",
        15000,
    )
    assert (found.head.overdue, found.head.oldest_due_on, found.head.next_kind, found.head.next_on) == (
        15000,
        "2026-07-01",
        "first_letter",
        "2026-11-23",
    )
    assert sorted((p.kind, p.value, p.city) for p in found.contact_points) == [
        ("address", "12 rue Pasteur", "Lille"), ("email", "gael.martin@exemple.fr", ""), ("phone", "+33639980001", "")]  # fmt: skip
    assert [(d.ref, d.original, d.principal, d.outstanding) for d in found.debts] == [
        ("F1", 12000, 10000, 10000),
        ("F2", 5000, 5000, 5000),
    ]
    assert cases.search(ctx, "F2")[0].case_id == found.head.id
    whole(ctx)


def test_one_import_is_one_audit_line(ctx):
    creditor = a_creditor(ctx)
    before = counted(ctx, "audit")
    done = brought(ctx, creditor, csv_of(*(f"D{n};Nom{n};;;;;;;F{n};01/06/2026;01/07/2026;10,00;" for n in range(30))))
    assert counted(ctx, "audit") == before + 1
    with ctx.store.read() as reader:
        action, kind, number, details = reader.rows(
            "SELECT action, object_kind, object_id, details FROM audit ORDER BY id DESC LIMIT 1"
        )[0]
    assert (action, kind, number) == ("import.entered", "import_batch", done.batch_id)
    kept = json.loads(details)
    assert (kept["added"], kept["amount"], kept["rows"]["entries"][:2]) == (30, 30000, [1, 30])
    assert "Nom1" not in details


def test_the_same_file_twice_adds_nothing(ctx):
    creditor = a_creditor(ctx)
    data = csv_of(f"{MARTIN};F1;01/06/2026;01/07/2026;120,00;20,00", f"{SANS_REF};F2;01/07/2026;31/07/2026;50,00;")
    brought(ctx, creditor, data)
    tables = ("debts", "cases", "parties", "contact_points", "tasks", "entries")
    before = [counted(ctx, table) for table in tables]
    reading, trial = tried(ctx, creditor, data)
    assert reading.known_before == "2026-11-23"
    assert (trial.accepted, trial.unchanged, trial.added, trial.amount, trial.new_cases, trial.new_parties) == (
        2,
        2,
        0,
        0,
        0,
        0,
    )
    done = imports.commit(ctx, creditor, reading, trial, "t2")
    assert (done.debts, done.added, done.unchanged) == (0, 0, 2)
    assert [counted(ctx, table) for table in tables] == before
    whole(ctx)


def test_the_same_lines_in_another_order_under_other_headings_add_nothing(ctx):
    creditor = a_creditor(ctx)
    brought(
        ctx,
        creditor,
        csv_of(
            "D1;Martin;F1;01/07/2026;120,00",
            "D2;Petit;F2;01/08/2026;60,00",
            header="reference_debiteur;nom;reference_creance;date_echeance;montant",
        ),
    )
    done = brought(
        ctx,
        creditor,
        csv_of(
            "60,00;F2;Petit;2026-08-01;D2",
            "120,00;F1;Martin;2026-07-01;D1",
            header="Montant TTC;N° facture;Nom;Échéance;Code client",
        ),
        token="t2",
    )
    assert (done.added, done.unchanged) == (0, 2)


def test_a_double_click_enters_once(ctx):
    creditor = a_creditor(ctx)
    reading, trial = tried(ctx, creditor, csv_of(f"{MARTIN};F1;01/06/2026;01/07/2026;120,00;"))
    first = imports.commit(ctx, creditor, reading, trial, "one")
    assert imports.commit(ctx, creditor, reading, trial, "one") == first
    assert counted(ctx, "debts") == 1


def test_a_file_that_grew_adds_its_new_lines_to_the_open_case(ctx):
    creditor = a_creditor(ctx)
    first = f"{MARTIN};F1;01/06/2026;01/07/2026;120,00;20,00"
    brought(ctx, creditor, csv_of(first))
    done = brought(ctx, creditor, csv_of(first, f"{MARTIN};F2;01/07/2026;31/07/2026;50,00;"), token="t2")
    assert (done.debts, done.cases, done.parties, done.unchanged) == (1, 0, 0, 1)
    assert case_named(ctx, "Martin").head.balance == 15000
    assert counted(ctx, "tasks") == 1
    whole(ctx)


def test_a_closed_case_is_left_closed_and_another_one_opens(ctx):
    creditor = a_creditor(ctx)
    brought(ctx, creditor, csv_of(f"{MARTIN};F1;01/06/2026;01/07/2026;120,00;"))
    with ctx.write() as unit:
        unit.run("UPDATE cases SET status = 'closed', closed_on = ?", (ctx.day,))
        unit.touch(1)
        unit.audit("case.closed", "case", 1)
    done = brought(ctx, creditor, csv_of(f"{MARTIN};F2;01/07/2026;31/07/2026;50,00;"), token="t2")
    assert (done.cases, done.parties) == (1, 0)


def test_identical_lines_are_a_fault_and_enter_when_the_person_says_that_they_are_several_debts(ctx):
    creditor = a_creditor(ctx)
    line = f"{MARTIN};F1;01/06/2026;01/07/2026;120,00;20,00"
    _, trial = tried(ctx, creditor, csv_of(line, line))
    assert (trial.accepted, trial.rejected, [p.code for p in trial.problems]) == (1, 1, ["line-repeated"])
    done = brought(ctx, creditor, csv_of(line, line), Options(keep_identical=True))
    assert (done.added, done.amount) == (2, 20000)
    again = brought(ctx, creditor, csv_of(line, line), Options(keep_identical=True), token="t2")
    assert (again.added, again.unchanged) == (0, 2)
    third = brought(ctx, creditor, csv_of(line, line, line), Options(keep_identical=True), token="t3")
    assert (third.added, third.unchanged) == (1, 2)
    whole(ctx)


def test_faults_of_lines_are_listed_with_line_field_value_reason_and_remedy_and_the_others_enter(ctx):
    creditor = a_creditor(ctx)
    data = csv_of(
        f"{MARTIN};F1;01/06/2026;31/02/2026;120,00;",
        f"{MARTIN};F2;01/06/2026;01/07/2026;-12,00;",
        f"{MARTIN};F3;01/06/2026;01/07/2026;30,00;",
    )
    reading, trial = tried(ctx, creditor, data)
    assert [(p.line, p.field, p.value) for p in trial.problems] == [
        (2, "due_on", "31/02/2026"),
        (3, "amount", "-12,00"),
    ]
    assert all(str(p.reason) and str(p.remedy) for p in trial.problems)
    done = imports.commit(ctx, creditor, reading, trial, "t1")
    assert (done.added, done.rejected, done.amount) == (1, 2, 3000)


def test_the_list_of_faults_opens_in_a_spreadsheet_and_computes_nothing(ctx):
    creditor = a_creditor(ctx)
    _, trial = tried(ctx, creditor, csv_of(f"{MARTIN};F1;01/06/2026;=2+3;120,00;"))
    text = imports.problems_csv(trial, texts("fr"))
    assert text.startswith(b"\xef\xbb\xbf")
    head, first, *_ = text.decode("utf-8-sig").splitlines()
    assert len(head.split(";")) == 5
    assert first.startswith("2;")
    assert ";'=2+3;" in first


def test_a_fault_of_the_file_refuses_it_whole(ctx):
    creditor = a_creditor(ctx)
    ledger = (SAMPLES / "fec" / "fecreader_111111111FEC20221231.TXT").read_bytes()
    reading = imports.read_upload(
        ctx, creditor, "111111111FEC20221231.TXT", ledger.replace(b"6439,94", b"6439,95", 1), Options()
    )
    assert reading.refused
    assert reading.sheets == ()
    with pytest.raises(Refusal):
        imports.try_out(ctx, creditor, reading, "", {}, Options())


def test_a_hostile_file_is_refused_at_the_door(ctx):
    creditor = a_creditor(ctx)
    with pytest.raises(Refusal) as refused:
        imports.read_upload(ctx, creditor, "a.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, Options())
    assert refused.value.problems[0].code == "file-old-office"


def test_a_required_column_that_nobody_gives_is_asked_for_by_its_field(ctx):
    creditor = a_creditor(ctx)
    reading = imports.read_upload(
        ctx, creditor, "a.csv", csv_of(f"{MARTIN};F1;01/06/2026;01/07/2026;120,00;"), Options()
    )
    mapping = {at: name for at, name in reading.sheets[0].mapping.items() if name != "amount"}
    with pytest.raises(Refusal) as refused:
        imports.try_out(ctx, creditor, reading, "", mapping, Options())
    assert [p.field for p in refused.value.problems] == ["amount"]


def test_a_mapping_is_kept_for_the_creditor_and_for_files_with_the_same_headings(ctx):
    creditor, other = a_creditor(ctx), a_creditor(ctx)
    data = csv_of("D1;Martin;F1;01/07/2026;120,00;90,00", header="Qui;Nom;Pièce;Échéance;Colonne A;Colonne B")
    reading = imports.read_upload(ctx, creditor, "a.csv", data, Options())
    chosen = {0: "debtor_ref", 1: "debtor_name", 2: "debt_ref", 3: "due_on", 5: "amount"}
    assert reading.sheets[0].mapping != chosen
    trial = imports.try_out(ctx, creditor, reading, "", chosen, Options(), record="debts")
    imports.commit(ctx, creditor, reading, trial, "t1")
    assert trial.amount == 9000
    later = csv_of("D2;Petit;F2;01/07/2026;1,00;80,00", header="QUI;nom;piece;échéance;COLONNE A;colonne b")
    view = imports.read_upload(ctx, creditor, "b.csv", later, Options()).sheets[0]
    assert (view.saved, view.mapping, view.record) == (True, chosen, "debts")
    assert imports.read_upload(ctx, other, "b.csv", later, Options()).sheets[0].saved is False


def test_an_error_in_the_middle_writes_nothing(ctx):
    creditor = a_creditor(ctx)
    tables = (
        "debts",
        "cases",
        "parties",
        "contact_points",
        "entries",
        "tasks",
        "import_batches",
        "audit",
        "mapping_profiles",
        "command_tokens",
    )
    before = [counted(ctx, table) for table in tables]
    reading, trial = tried(
        ctx, creditor, csv_of(*(f"D{n};Nom{n};;;;;;;F{n};01/06/2026;01/07/2026;10,00;" for n in range(2500)))
    )
    with closing(
        sqlite3.connect(ctx.store.path)
    ) as conn:  # the disk, the database or the program fails at the last step
        conn.execute(
            "CREATE TRIGGER broken BEFORE INSERT ON tasks WHEN NEW.case_id = 2400 BEGIN SELECT RAISE(ABORT, 'broken'); END"
        )
    with pytest.raises(sqlite3.IntegrityError, match="broken"):
        imports.commit(ctx, creditor, reading, trial, "t1")
    assert [counted(ctx, table) for table in tables] == before
    with closing(sqlite3.connect(ctx.store.path)) as conn:
        assert conn.execute(
            "SELECT COUNT(*) FROM sqlite_master WHERE name IN ('debts_line', 'parties_folded', 'cases_ref')"
        ).fetchone() == (3,)
        conn.execute("DROP TRIGGER broken")
    assert imports.commit(ctx, creditor, reading, trial, "t1").added == 2500
    whole(ctx)


def test_what_someone_wrote_between_trial_and_commit_is_seen(ctx):
    creditor = a_creditor(ctx)
    data = csv_of(f"{MARTIN};F1;01/06/2026;01/07/2026;120,00;")
    reading, trial = tried(ctx, creditor, data)
    brought(ctx, creditor, data, token="someone else")
    done = imports.commit(ctx, creditor, reading, trial, "mine")
    assert (done.added, done.unchanged) == (0, 1)


def test_a_line_that_became_wrong_between_trial_and_commit_stops_the_commit(ctx):
    creditor = a_creditor(ctx)
    reading, trial = tried(ctx, creditor, csv_of(f"{MARTIN};F1;01/06/2026;01/07/2026;120,00;"))
    brought(ctx, creditor, csv_of(f"{MARTIN};F1;01/06/2026;01/07/2026;130,00;"), token="someone else")
    with pytest.raises(Refusal) as refused:
        imports.commit(ctx, creditor, reading, trial, "mine")
    assert refused.value.problems[0].code == "changed-meanwhile"
    assert counted(ctx, "debts") == 1


def test_a_reference_that_is_here_with_another_amount_is_a_fault_of_its_line(ctx):
    creditor = a_creditor(ctx)
    brought(ctx, creditor, csv_of(f"{MARTIN};F1;01/06/2026;01/07/2026;120,00;"))
    _, trial = tried(ctx, creditor, csv_of(f"{MARTIN};F1;01/06/2026;01/07/2026;130,00;"))
    assert [(p.code, p.line, p.field) for p in trial.problems] == [("debt-known-otherwise", 2, "debt_ref")]
    assert (trial.accepted, trial.rejected) == (0, 1)


def test_a_debt_typed_by_hand_is_known_to_the_file_that_names_it(ctx):
    creditor = a_creditor(ctx)
    a_case(ctx, a_debt("F1", 12000, dt.date(2026, 7, 1)), creditor=creditor, name="Martin")
    _, trial = tried(ctx, creditor, csv_of(f"{MARTIN};F1;01/01/2026;01/07/2026;120,00;"))
    assert (trial.unchanged + trial.updated, trial.added, trial.problems) == (1, 0, ())


def test_a_later_file_completes_a_debt_with_its_due_date_and_its_debtor_with_a_telephone(ctx):
    creditor = a_creditor(ctx)
    brought(ctx, creditor, csv_of("D1;Martin;Gaël;;;;;;F1;01/06/2026;;120,00;"))
    assert (case_named(ctx, "Martin").head.overdue, case_named(ctx, "Martin").head.undated) == (0, 1)
    done = brought(
        ctx, creditor, csv_of("D1;Martin;Gaël;;;;;06 39 98 00 09;F1;01/06/2026;01/07/2026;120,00;"), token="t2"
    )
    assert (done.added, done.updated, done.unchanged) == (0, 1, 0)
    found = case_named(ctx, "Martin")
    assert (found.head.overdue, found.head.undated) == (12000, 0)
    assert [p.value for p in found.contact_points] == ["+33639980009"]
    whole(ctx)


def test_net_days_give_the_due_date_that_a_file_lacks_and_the_same_file_with_other_terms_adds_nothing(ctx):
    creditor = a_creditor(ctx)
    data = csv_of(f"{MARTIN};F1;01/06/2026;;120,00;", f"{MARTIN};F2;01/06/2026;15/06/2026;120,00;")
    _, trial = tried(ctx, creditor, data, Options(payment_days=30))
    assert trial.remarks == ()
    brought(ctx, creditor, data, Options(payment_days=30))
    assert [d.due_on for d in case_named(ctx, "Martin").debts] == ["2026-06-15", "2026-07-01"]
    assert brought(ctx, creditor, data, Options(payment_days=30), token="t2").unchanged == 2


def test_a_debtor_without_reference_is_one_by_name_postcode_and_contacts(ctx):
    creditor = a_creditor(ctx)
    done = brought(ctx, creditor, csv_of(
        f"{SANS_REF};F1;01/06/2026;01/07/2026;10,00;", f"{SANS_REF};F2;01/06/2026;01/07/2026;10,00;",
        ";Œuvrard;Zoé;9 rue du Moulin;13001;Marseille;;;F3;01/06/2026;01/07/2026;10,00;"))  # fmt: skip
    assert (done.parties, done.cases) == (2, 2)


def test_the_creditors_case_reference_separates_cases_of_one_debtor(ctx):
    creditor = a_creditor(ctx)
    header = "reference_dossier;reference_debiteur;nom;reference_creance;date_echeance;montant"
    done = brought(
        ctx,
        creditor,
        csv_of(
            "A;D1;Martin;F1;01/07/2026;10,00",
            "B;D1;Martin;F2;01/07/2026;10,00",
            "A;D1;Martin;F3;01/07/2026;10,00",
            header=header,
        ),
    )
    assert (done.parties, done.cases, done.debts) == (1, 2, 3)
    later = brought(ctx, creditor, csv_of("B;D1;Martin;F4;01/07/2026;10,00", header=header), token="t2")
    assert (later.parties, later.cases, later.debts) == (0, 0, 1)
    assert sorted(len(cases.case_file(ctx, row.case_id).debts) for row in cases.search(ctx, "Martin")) == [2, 2]


def test_a_siren_alone_joins_the_company_already_here_and_a_reference_asks_first(ctx):
    first, second = a_creditor(ctx), a_creditor(ctx)
    brought(ctx, first, csv_of(";Dubois SARL;732829320;F1;01/07/2026;10,00", header=COMPANY))
    joined = brought(ctx, second, csv_of(";DUBOIS;732 829 320;G1;01/07/2026;10,00", header=COMPANY), token="t2")
    assert (joined.parties, joined.cases) == (0, 1)
    _, trial = tried(ctx, second, csv_of("D77;Garage Dubois;732829320;G2;01/07/2026;10,00", header=COMPANY))
    assert [(one.line, one.why, one.party_name) for one in trial.likely] == [(2, "siren", "Dubois SARL")]
    assert trial.new_parties == 1


def test_a_likely_debtor_is_proposed_and_joined_only_when_the_person_says_so(ctx):
    creditor = a_creditor(ctx)
    known = a_case(
        ctx,
        a_debt("H1"),
        creditor=creditor,
        name="Lefèvre",
        first_name="Zoé",
        phone="06 39 98 00 05",
        postcode="59000",
        city="Lille",
    )
    party = cases.case_file(ctx, known).head.debtor_id
    data = csv_of("D9;LEFEVRE;Zoe;;;;;+33 6 39 98 00 05;F1;01/06/2026;01/07/2026;10,00;")
    reading, trial = tried(ctx, creditor, data)
    assert [(one.line, one.party_id, one.why, one.party_city) for one in trial.likely] == [
        (2, party, "contact", "Lille")
    ]
    assert (trial.new_parties, trial.new_cases) == (1, 1)
    done = imports.commit(ctx, creditor, reading, trial, "t1", {2: party})
    assert (done.parties, done.cases, done.debts) == (0, 0, 1)
    assert [d.ref for d in cases.case_file(ctx, known).debts] == ["H1", "F1"]
    _, later = tried(ctx, creditor, csv_of("D9;LEFEVRE;Zoe;;;;;;F2;01/06/2026;01/07/2026;10,00;"))
    assert (later.new_parties, later.likely) == (0, ())  # the reference is known from now on
    whole(ctx)


def test_without_an_answer_a_likely_debtor_stays_another_person(ctx):
    creditor = a_creditor(ctx)
    a_case(ctx, a_debt("H1"), creditor=creditor, name="Lefèvre", phone="06 39 98 00 05")
    done = brought(ctx, creditor, csv_of("D9;Lefèvre;;;;;;06 39 98 00 05;F1;01/06/2026;01/07/2026;10,00;"))
    assert (done.parties, done.cases) == (1, 1)


def test_a_line_may_name_another_creditor_of_the_agency_and_the_person_is_told(ctx):
    one = creditors.save_creditor(ctx, creditors.CreditorEntry("GAR", "Garage du Port"))
    creditors.save_creditor(ctx, creditors.CreditorEntry("DEN", "Cabinet dentaire"))
    header = "code_creancier;reference_debiteur;nom;reference_creance;date_echeance;montant"
    reading, trial = tried(
        ctx,
        one,
        csv_of(
            "GAR;D1;Martin;F1;01/07/2026;10,00",
            "den;D1;Martin;F1;01/07/2026;20,00",
            "XXX;D1;Martin;F3;01/07/2026;20,00",
            header=header,
        ),
    )
    assert [p.code for p in trial.problems] == ["creditor-unknown"]
    assert [p.code for p in trial.remarks if p.code == "other-creditors"] == ["other-creditors"]
    imports.commit(ctx, one, reading, trial, "t1")
    assert sorted((row.creditor, row.balance) for row in cases.search(ctx, "Martin")) == [
        ("Cabinet dentaire", 2000),
        ("Garage du Port", 1000),
    ]


def test_a_mandate_in_force_is_on_the_cases_that_a_file_opens(ctx):
    creditor = a_creditor(ctx)
    creditors.save_mandate(ctx, creditor, creditors.MandateEntry("M-1", signed_on=dt.date(2026, 1, 5)))
    brought(ctx, creditor, csv_of(f"{MARTIN};F1;01/06/2026;01/07/2026;120,00;"))
    assert case_named(ctx, "Martin").head.mandate_ref == "M-1"


def test_a_first_letter_already_sent_makes_a_call_the_next_action(ctx):
    creditor = a_creditor(ctx)
    options = Options(first_letter_ref="LR-1", first_letter_on="2026-10-02")
    brought(ctx, creditor, csv_of(f"{MARTIN};F1;01/06/2026;01/07/2026;120,00;"), options)
    head = case_named(ctx, "Martin").head
    assert (head.first_letter_ref, head.first_letter_on, head.next_kind) == ("LR-1", "2026-10-02", "first_call")


@pytest.mark.parametrize(
    ("name", "in_credit"),
    [
        ("fecreader_000000000FEC20231231.txt", 0),
        ("fecreader_111111111FEC20221231.TXT", 5603),
    ],  # 56,03 € owed to the customer 41104251
)
def test_a_ledger_gives_the_balance_published_beside_it(ctx, name, in_credit):
    published = json.loads((SAMPLES / "fec" / "expected.json").read_text(encoding="utf-8"))[name]["acc411"]
    owed = int(published["balance"].replace(".", "")) + in_credit
    creditor = a_creditor(ctx)
    data, official = (SAMPLES / "fec" / name).read_bytes(), name.removeprefix("fecreader_")
    reading, trial = tried(ctx, creditor, data, name=official)
    assert (reading.format, reading.sheets[0].record, trial.rejected, trial.amount) == ("fec", "debts", 0, owed)
    assert [r.code for r in reading.remarks] == (["fec-in-credit"] if in_credit else [])
    done = imports.commit(ctx, creditor, reading, trial, "t1")
    assert (done.amount, done.added, done.parties) == (owed, trial.total, published["accounts_with_debit_balance"])
    with ctx.store.read() as reader:
        assert reader.value("SELECT SUM(balance) FROM case_summaries") == owed
        assert reader.rows("SELECT COUNT(due_on), SUM(outstanding) FROM debts") == [(0, owed)]
    assert brought(ctx, creditor, data, name=official, token="t2").added == 0
    whole(ctx)


def test_an_electronic_invoice_enters_with_its_buyer_and_what_is_still_due(ctx):
    path = SAMPLES / "einvoices" / "fnfe" / "correct_Facture_FR_MINIMUM.pdf"
    published = json.loads((SAMPLES / "einvoices" / "expected.json").read_text(encoding="utf-8"))[
        "fnfe/correct_Facture_FR_MINIMUM.pdf"
    ]
    creditor = creditors.save_creditor(ctx, creditors.CreditorEntry("MOU", "Au bon moulin", siren="732829320"))
    reading, trial = tried(ctx, creditor, path.read_bytes(), name=path.name)
    assert (reading.format, trial.total, trial.rejected) == ("facturx", 1, 0)
    done = imports.commit(ctx, creditor, reading, trial, "t1")
    assert done.amount == int(published["payable"].replace(".", ""))
    found = case_named(ctx, published["buyer"])
    assert (found.head.kind, found.head.siren, found.head.undated) == ("business", published["buyer_legal_id"][:9], 1)
    assert [(d.ref, d.issued_on, d.original) for d in found.debts] == [(published["number"], "2017-11-13", 67115)]
    whole(ctx)


def test_a_credit_note_is_refused_whole(ctx):
    invoice = (SAMPLES / "einvoices" / "akretion" / "factur-x-en16931.xml").read_bytes()
    credit_note = invoice.replace(b"<ram:TypeCode>380<", b"<ram:TypeCode>381<")
    reading = imports.read_upload(ctx, a_creditor(ctx), "avoir.xml", credit_note, Options())
    assert [p.code for p in reading.problems] == ["einvoice-credit-note"]


def test_an_invoice_of_someone_else_than_the_creditor_is_remarked(ctx):
    path = SAMPLES / "einvoices" / "akretion" / "factur-x-en16931.xml"
    creditor = creditors.save_creditor(ctx, creditors.CreditorEntry("GAR", "Garage du Port", siren="732829320"))
    reading = imports.read_upload(ctx, creditor, path.name, path.read_bytes(), Options())
    assert [r.code for r in reading.remarks] == ["einvoice-other-seller"]


def test_a_bank_statement_holds_no_debt(ctx):
    statement = b"0430004    00585EUR2 01234567890  010123                                                  0000000000000A                "
    with pytest.raises(Refusal) as refused:
        imports.read_upload(ctx, a_creditor(ctx), "releve.txt", statement, Options())
    assert refused.value.problems[0].code == "bank-not-debts"


def test_progress_goes_from_nothing_to_the_end(ctx):
    creditor, heard = a_creditor(ctx), []
    reading = imports.read_upload(
        ctx,
        creditor,
        "a.csv",
        csv_of(*(f"D{n};Nom{n};;;;;;;F{n};01/06/2026;01/07/2026;10,00;" for n in range(9000))),
        Options(),
    )
    trial = imports.try_out(ctx, creditor, reading, "", reading.sheets[0].mapping, Options(), heard.append)
    assert (heard[0], heard[-1]) == (0.0, 1.0)
    assert heard == sorted(heard)
    assert len(heard) >= 5
    heard.clear()
    imports.commit(ctx, creditor, reading, trial, "t1", None, heard.append)
    assert (heard[0], heard[-1]) == (0.0, 1.0)
    assert heard == sorted(heard)


def test_only_who_may_place_cases_imports(ctx):
    creditor = a_creditor(ctx)
    with ctx.write() as unit:
        unit.run("UPDATE users SET role = 'trainee'")
    trainee = dataclasses.replace(ctx, user=dataclasses.replace(ctx.user, role="trainee"))
    with pytest.raises(Refusal) as refused:
        imports.read_upload(trainee, creditor, "a.csv", csv_of(), Options())
    assert refused.value.problems[0].code == "forbidden"


def test_the_mapping_editor_has_every_field_with_its_label(ctx):
    known = {name: required for name, _, required in imports.fields(ctx, "debts")}
    assert {name for name, required in known.items() if required} == {"debtor_name", "debt_ref", "amount"}
    assert [key for key, _ in imports.record_kinds(ctx)][:2] == ["debts", "payments"]
