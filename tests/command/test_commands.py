"""The command line as cron and scripts see it: exit codes, JSON, languages, the store it is told, what it must not load."""

import contextlib
import io
import json
import os
import sqlite3
import subprocess
import sys
import zipfile
from dataclasses import dataclass
from pathlib import Path

import pytest

from core.command import main, words
from core.i18n import texts
from core.services import demo

ROOT = Path(__file__).resolve().parents[2]
FEC = next(iter(sorted((ROOT / "tests" / "samples" / "fec").glob("*.txt"))), None)
HEAVY = {"pandas", "numpy", "streamlit", "altair", "pyarrow"}


@dataclass(frozen=True)
class Done:
    """How a command ended."""

    returncode: int
    stdout: str
    stderr: str


def run(home: Path, *args: str) -> Done:
    """One command line, run here: a process for each would cost a quarter of a second."""
    out, err = io.StringIO(), io.StringIO()
    with pytest.MonkeyPatch.context() as patch, contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        patch.setenv("QUITTANCE_HOME", str(home))
        patch.setenv("QUITTANCE_TODAY", "")
        code = main.main(list(args))
    return Done(code, out.getvalue(), err.getvalue())


def start(home: Path, *args: str, code: str = "") -> Done:
    """One command in its own process, as cron starts it; `code` replaces `-m core`."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith("QUITTANCE_")}
    env = {**kept, "QUITTANCE_HOME": str(home), "PYTHONPATH": str(ROOT)}
    line = [sys.executable, *(["-c", code] if code else ["-m", "core"]), *args]
    done = subprocess.run(line, cwd=ROOT, env=env, capture_output=True, text=True, encoding="utf-8", check=False)
    return Done(done.returncode, done.stdout, done.stderr)


def answer(home: Path, *args: str, code: int = 0) -> dict:
    done = run(home, "--json", *args)
    assert done.returncode == code, done.stderr
    return json.loads(done.stdout)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home whose agency store was made by the command."""
    home = tmp_path_factory.mktemp("home")
    answer(home, "migrate")
    return home


def test_the_version_is_said(tmp_path: Path):
    assert answer(tmp_path, "--version") == {"version": "0.1.0"}


def test_migrate_makes_the_store_then_has_nothing_to_do(tmp_path: Path):
    first, second = answer(tmp_path, "migrate"), answer(tmp_path, "migrate")
    assert (first["made"], second["made"], second["steps"]) == (True, False, [])
    assert (tmp_path / "agency.db").exists()


def test_verify_says_the_four_proofs(made: Path):
    assert answer(made, "verify") == {"integrity": True, "audit_chain": True, "read_model": True, "client_money": None}


def test_verify_of_a_store_altered_past_the_program_ends_with_1_and_the_place(tmp_path: Path):
    answer(tmp_path, "migrate")
    answer(tmp_path, "backup", str(tmp_path / "b.zip"))
    with contextlib.closing(sqlite3.connect(tmp_path / "agency.db")) as conn:
        conn.execute("DROP TRIGGER audit_no_update")
        conn.execute("UPDATE audit SET action = 'x' WHERE id = 1")
        conn.commit()
    found = answer(tmp_path, "verify", code=1)
    assert "audit line 1" in found["audit_chain"]
    assert found["integrity"] is True


def test_check_works_before_and_after_there_is_a_store(tmp_path: Path):
    before = answer(tmp_path, "check")
    answer(tmp_path, "migrate")
    after = answer(tmp_path, "check")
    assert (before["store_exists"], after["store_exists"]) == (False, True)
    assert {f["key"] for f in before["findings"]} == {"version", "python", "sqlite", "home", "disk"}
    assert {f["key"] for f in after["findings"]} == {
        "version",
        "python",
        "sqlite",
        "home",
        "disk",
        "schema",
        "agency",
        "law",
    }
    assert {f["state"] for f in after["findings"] if f["key"] == "agency"} == {"missing"}


@pytest.mark.parametrize("command", [("verify",), ("backup", "b.zip"), ("export", "out")])
def test_a_command_that_needs_a_store_never_makes_one(tmp_path: Path, command: tuple[str, ...]):
    name, *rest = command
    found = answer(tmp_path, name, *(str(tmp_path / part) for part in rest), code=1)
    assert [p["field"] for p in found["problems"]] == ["store"]
    assert list(tmp_path.glob("*.db")) == []


def test_backup_export_and_restore_give_receipts(tmp_path: Path):
    home, zipped, folder = tmp_path / "home", tmp_path / "b.zip", tmp_path / "out"
    answer(home, "migrate")
    saved = answer(home, "backup", str(zipped))
    exported = answer(home, "export", str(folder))
    restored = answer(home, "restore", str(zipped))
    assert saved["store_id"] == restored["store_id"]
    assert saved["file"] == str(zipped)
    assert exported["tables"]["meta"] == 1
    assert (folder / "manifest.json").exists()
    assert answer(home, "verify")["audit_chain"] is True


def test_restore_into_an_empty_home_makes_the_store(tmp_path: Path):
    answer(tmp_path / "one", "migrate")
    saved = answer(tmp_path / "one", "backup", str(tmp_path / "b.zip"))
    answer(tmp_path / "two", "restore", str(tmp_path / "b.zip"))
    again = answer(tmp_path / "two", "backup", str(tmp_path / "b2.zip"))
    assert again["store_id"] == saved["store_id"]


def test_restore_over_another_agency_is_refused(tmp_path: Path):
    for home in ("one", "two"):
        answer(tmp_path / home, "migrate")
    answer(tmp_path / "one", "backup", str(tmp_path / "b.zip"))
    found = answer(tmp_path / "two", "restore", str(tmp_path / "b.zip"), code=1)
    assert [p["field"] for p in found["problems"]] == ["source"]


def test_a_backup_edited_to_name_this_agency_is_refused_and_the_store_stays(tmp_path: Path):
    for home in ("one", "two"):
        answer(tmp_path / home, "migrate")
        answer(tmp_path / home, "backup", str(tmp_path / f"{home}.zip"))
    with zipfile.ZipFile(tmp_path / "two.zip") as two:
        mine = json.loads(two.read("manifest.json"))["store_id"]
    with zipfile.ZipFile(tmp_path / "one.zip") as one, zipfile.ZipFile(tmp_path / "edited.zip", "w") as edited:
        edited.writestr("store.db", one.read("store.db"))
        edited.writestr("manifest.json", json.dumps({**json.loads(one.read("manifest.json")), "store_id": mine}))
    found = answer(tmp_path / "two", "restore", str(tmp_path / "edited.zip"), code=1)
    assert [p["value"] for p in found["problems"]] == ["edited.zip"]
    assert answer(tmp_path / "two", "backup", str(tmp_path / "after.zip"))["store_id"] == mine
    assert not list((tmp_path / "two" / "backups").glob("*"))


@pytest.mark.parametrize(
    "order",
    [
        ("--store", "{s}", "--json", "verify"),
        ("verify", "--store={s}", "--json"),
        ("--json", "verify", "--store", "{s}"),
    ],
)
def test_global_options_stand_before_or_after_the_command(tmp_path: Path, order: tuple[str, ...]):
    store = str(tmp_path / "dupont.db")
    run(tmp_path / "home", "migrate", "--store", store)
    done = run(tmp_path / "home", *(part.format(s=store) for part in order))
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["integrity"] is True
    assert not (tmp_path / "home" / "agency.db").exists()


def test_the_day_told_is_the_day_of_what_is_written(tmp_path: Path):
    answer(tmp_path, "migrate")
    saved = answer(tmp_path, "backup", str(tmp_path / "b.zip"), "--today", "2024-02-29")
    assert saved["made_at"].startswith("2024-02-29T")


def test_without_json_people_get_lines_and_problems_go_to_standard_error(tmp_path: Path):
    done = run(tmp_path, "verify", "--lang", "en")
    assert done.returncode == 1
    assert done.stdout == ""
    assert "agency.db" in done.stderr
    done = run(tmp_path, "migrate", "--lang", "en")
    assert "made: yes" in done.stdout.splitlines()


def test_with_json_standard_output_is_one_object_even_when_refused(tmp_path: Path):
    done = run(tmp_path, "restore", str(tmp_path / "absent.zip"), "--json")
    assert done.returncode == 1
    problem = json.loads(done.stdout)["problems"][0]
    assert set(problem) == {"where", "field", "value", "reason", "remedy"}
    assert problem["value"] == "absent.zip"


@pytest.mark.parametrize(
    "wrong",
    [(), ("nope",), ("verify", "--wrong"), ("backup",), ("backup", "a", "b"), ("--lang", "de", "verify"), ("--today", "23/11/2026", "verify"),
     ("--today", "2026-02-30", "verify")],
)  # fmt: skip
def test_wrong_usage_ends_with_2_and_says_how_on_standard_error(tmp_path: Path, wrong: tuple[str, ...]):
    done = run(tmp_path, *wrong)
    assert done.returncode == 2
    assert done.stdout == ""
    assert "python -m core" in done.stderr
    assert "Traceback" not in done.stderr


def test_help_names_every_command(tmp_path: Path):
    done = run(tmp_path, "--help", "--lang", "en")
    assert done.returncode == 0
    for name in ("read", "import", "verify", "check", "migrate", "backup", "restore", "export"):
        assert f"  {name} " in done.stdout


def test_read_opens_and_makes_no_store(tmp_path: Path):
    assert FEC is not None
    store = tmp_path / "untouched.db"
    found = answer(tmp_path / "home", "read", str(FEC), "--store", str(store))
    assert found["format"] == "fec"
    assert not store.exists()
    assert not (tmp_path / "home").exists()


def test_read_of_a_file_that_is_not_there_ends_with_1(tmp_path: Path):
    assert answer(tmp_path, "read", str(tmp_path / "absent.csv"), code=1)["problems"][0]["value"] == "absent.csv"


@pytest.mark.parametrize(
    "command",
    [
        ("migrate",),
        ("verify",),
        ("check",),
        ("backup", "b.zip"),
        ("export", "out"),
        ("restore", "r.zip"),
        ("read", "x.csv"),
    ],
)
def test_no_command_loads_what_only_the_screens_need(tmp_path: Path, command: tuple[str, ...]):
    answer(tmp_path, "migrate")
    answer(tmp_path, "backup", str(tmp_path / "r.zip"))
    (tmp_path / "x.csv").write_text("Référence;Nom;Montant\nF-1;Durand;12,50\n", encoding="utf-8")
    name, *rest = command
    code = "import sys; from core.command.main import main; main(sys.argv[1:]); print(sorted(sys.modules), file=sys.stderr)"
    done = start(tmp_path, "--json", name, *(str(tmp_path / part) for part in rest), code=code)
    loaded = {module.strip(" '[]").split(".")[0] for module in done.stderr.splitlines()[-1].split(",")}
    assert "core" in loaded
    assert loaded & HEAVY == set()


def test_started_by_cron_it_answers_in_utf_8_whatever_the_terminal(tmp_path: Path):
    done = start(tmp_path, "restore", "déjà été.zip", "--json")
    assert done.returncode == 1
    assert json.loads(done.stdout)["problems"][0]["value"] == "déjà été.zip"


def test_a_store_is_let_go_when_the_command_ends(tmp_path: Path):
    answer(tmp_path, "migrate")
    answer(tmp_path, "verify")
    assert not (tmp_path / "agency.db-wal").exists()


def test_the_commonest_remarks_of_argparse_are_said_in_the_reader_s_language():
    t = texts("en")
    assert words.wrong_usage(t, "the following arguments are required: FILE") == "Missing: FILE"
    assert words.wrong_usage(t, "unrecognized arguments: --x") == "Not known here: --x"
    assert (
        words.wrong_usage(t, "argument --encoding: expected one argument")
        == "argument --encoding: expected one argument"
    )


def test_an_answer_as_lines_shows_lists_and_absent_values():
    shown = list(
        words.lines({"a": None, "b": [{"x": 1, "y": "z"}, "plain"], "c": {"d": True}, "problems": [1]}, texts("en"))
    )
    assert shown == ["a: –", "b: 2", "  - x 1; y z", "  - plain", "c:", "  d: yes"]


def test_the_demonstration_is_created_once_and_reset_never_throws_away_an_agency(made, tmp_path, monkeypatch):
    monkeypatch.setattr(demo, "_play", lambda doings, told: [do() for _, _, do in doings[:3]])
    home = tmp_path / "home"
    home.mkdir()
    first = answer(home, "demo", "create")
    assert (first["made"], first["creditors"], Path(first["store"]).name) == (True, 7, "demo.db")
    assert answer(home, "demo", "create")["made"] is False
    assert answer(home, "demo", "reset")["cases"] == first["cases"] > 250
    refused = answer(made, "--store", str(made / "agency.db"), "demo", "reset", code=1)
    assert refused["problems"][0]["field"] == "store"
    assert (made / "agency.db").exists()


def test_demo_wants_to_know_what_to_do(tmp_path):
    assert run(tmp_path, "demo").returncode == 2
