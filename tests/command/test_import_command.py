"""`python -m core import`: the keys of its contract, dry run, refusal of faulty files, mappings, the same file twice, what it must not load."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from core.command import main
from core.services import access, creditors, house
from core.store import connection

ROOT = Path(__file__).resolve().parents[2]
HEADER = "reference_debiteur;nom;reference_creance;date_emission;date_echeance;montant"
GOOD = (
    f"{HEADER}\nD1;Lefèvre;F1;01/06/2026;01/07/2026;120,50\nD1;Lefèvre;F2;01/06/2026;01/07/2026;79,50\nD2;Petit;F3;01/06/2026;;30,00\n"
).encode()
FAULTY = GOOD + b"D3;Roux;F4;01/06/2026;31/02/2026;10,00\n"
CONTRACT = {"debts", "cases", "parties", "amount", "added", "updated", "unchanged", "rejected", "problems"}


@pytest.fixture
def house_of(home: Path) -> Path:
    """A house with one creditor, GAR."""
    house.prepare()
    token = access.open_local_session()
    stranger = access.resolve(token)
    assert stranger
    access.introduce(stranger, "Léa Martin")
    ctx = access.resolve(token)
    assert ctx
    creditors.save_creditor(ctx, creditors.CreditorEntry("GAR", "Garage du Port"))
    ctx.store.close()
    return home


@pytest.fixture
def command(house_of: Path, tmp_path: Path, capsys, monkeypatch):
    """`command(bytes, *words)`: exit code and answer of `import` on a file with these bytes."""

    def run(data: bytes, *words: str, name: str = "creances.csv", creditor: str = "GAR") -> tuple[int, dict]:
        path = tmp_path / name
        path.write_bytes(data)
        capsys.readouterr()
        code = main.main(["--today", "2026-11-23", "--json", "import", str(path), "--creditor", creditor, *words])
        return code, json.loads(capsys.readouterr().out)

    return run


def stored(home: Path, sql: str) -> object:
    with connection.pool(home / "agency.db").reader() as conn:
        return conn.execute(sql).fetchone()[0]


def test_a_good_file_enters_and_the_answer_holds_the_keys_of_the_contract(command, home):
    code, answer = command(GOOD)
    assert code == 0
    assert answer.keys() >= CONTRACT
    assert {name: answer[name] for name in CONTRACT - {"problems"}} == {
        "debts": 3, "cases": 2, "parties": 2, "amount": "230.00", "added": 3, "updated": 0, "unchanged": 0, "rejected": 0}  # fmt: skip
    assert answer["problems"] == []
    assert answer["written"] is True
    assert stored(home, "SELECT SUM(balance) FROM case_summaries") == 23000
    assert stored(home, "SELECT u.name FROM import_batches b JOIN users u ON u.id = b.actor_id") == "python -m core"


def test_the_same_file_twice_adds_nothing(command):
    command(GOOD)
    code, answer = command(GOOD)
    assert (code, answer["added"], answer["unchanged"], answer["amount"], answer["cases"]) == (0, 0, 3, "0.00", 0)


def test_a_dry_run_says_what_would_enter_and_writes_nothing(command, home):
    code, answer = command(GOOD, "--dry-run")
    assert (code, answer["written"], answer["debts"], answer["cases"], answer["amount"]) == (0, False, 3, 2, "230.00")
    assert stored(home, "SELECT COUNT(*) FROM debts") == 0


def test_faulty_lines_refuse_the_file_unless_they_are_skipped(command, home):
    code, answer = command(FAULTY)
    assert (code, answer["written"], answer["rejected"]) == (1, False, 1)
    problem = answer["problems"][0]
    assert problem.keys() == {"where", "field", "value", "reason", "remedy"}
    assert (problem["where"], problem["field"], problem["value"]) == ("line 5", "due_on", "31/02/2026")
    assert stored(home, "SELECT COUNT(*) FROM debts") == 0
    code, answer = command(FAULTY, "--skip-rejected")
    assert (code, answer["added"], answer["rejected"]) == (0, 3, 1)
    assert stored(home, "SELECT COUNT(*) FROM debts") == 3


def test_a_file_whose_lines_are_all_refused_enters_nothing_even_when_they_are_skipped(command, home):
    code, answer = command(f"{HEADER}\nD3;Roux;F4;01/06/2026;31/02/2026;10,00\n".encode(), "--skip-rejected")
    assert (code, answer["written"], answer["rejected"]) == (1, False, 1)
    assert stored(home, "SELECT COUNT(*) FROM import_batches") == 0


def test_an_unknown_creditor_is_refused(command):
    code, answer = command(GOOD, creditor="INCONNU")
    assert (code, answer["problems"][0]["field"], answer["problems"][0]["value"]) == (1, "creditor", "INCONNU")


def test_a_mapping_file_names_the_columns(command, tmp_path):
    data = b"Qui;Piece;Chose;Somme\nMartin;F1;x;12,00\n"
    mapping = tmp_path / "mapping.json"
    mapping.write_text('{"Qui": "debtor_name", "Piece": "debt_ref", "Somme": "amount"}', encoding="utf-8")
    code, answer = command(data, "--mapping", str(mapping))
    assert (code, answer["debts"], answer["amount"]) == (0, 1, "12.00")
    mapping.write_text('{"Quoi": "debtor_name"}', encoding="utf-8")
    code, answer = command(data, "--mapping", str(mapping))
    assert (code, answer["problems"][0]["value"]) == (1, "Quoi")
    mapping.write_text("[1]", encoding="utf-8")
    assert command(data, "--mapping", str(mapping))[0] == 1


def test_net_days_and_kept_twins_are_said_on_the_line(command, home):
    data = f"{HEADER}\nD1;Roux;F1;01/06/2026;;10,00\nD1;Roux;F1;01/06/2026;;10,00\n".encode()
    assert command(data)[0] == 1
    code, answer = command(data, "--keep-identical", "--payment-days", "30")
    assert (code, answer["added"]) == (0, 2)
    assert stored(home, "SELECT MIN(due_on) FROM debts") == "2026-07-01"


def test_a_file_in_an_old_encoding_is_read_as_it_is_told(command):
    data = GOOD.decode().encode("cp850")
    code, answer = command(data, "--encoding", "cp850")
    assert (code, answer["added"]) == (0, 3)


def test_a_ledger_enters_with_the_balance_published_beside_it(command):
    path = ROOT / "tests" / "samples" / "fec" / "fecreader_000000000FEC20231231.txt"
    published = json.loads((path.parent / "expected.json").read_text(encoding="utf-8"))[path.name]["acc411"]["balance"]
    code, answer = command(path.read_bytes(), name="000000000FEC20231231.txt")
    assert (code, answer["amount"]) == (0, published)


def test_without_a_creditor_or_a_file_the_usage_is_wrong(house_of, tmp_path):
    assert main.main(["import", "a.csv"]) == 2
    assert main.main(["--json", "import", str(tmp_path / "absent.csv"), "--creditor", "GAR"]) == 1


def test_an_import_loads_no_screen_and_no_data_frame(house_of, tmp_path):
    path = tmp_path / "creances.csv"
    path.write_bytes(GOOD)
    program = (
        "import sys; from core.command.main import main; code = main(sys.argv[1:]); "
        "print(code, sorted({'pandas', 'numpy', 'streamlit', 'altair'} & set(sys.modules)))"
    )
    env = {**os.environ, "QUITTANCE_HOME": str(house_of), "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, "-c", program, "import", str(path), "--creditor", "GAR"],
        env=env,
        cwd=ROOT,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.stdout.splitlines()[-1] == "0 []", done.stderr
