"""What the command does when the program itself fails: a code and a log line, no trace, no name."""

import json
import os
import sqlite3
import subprocess
import sys
from pathlib import Path

from core.services import creditors

ROOT = Path(__file__).resolve().parents[2]


def run(*words: str) -> subprocess.CompletedProcess:
    return subprocess.run(
        [sys.executable, "-m", "core", *words],
        cwd=ROOT,
        capture_output=True,
        check=False,
        encoding="utf-8",
        env=os.environ.copy(),
    )


def test_a_bug_is_told_by_a_code_and_logged_without_its_message(ctx, home, tmp_path):
    creditors.save_creditor(ctx, creditors.CreditorEntry("C1", "Garage"))
    ctx.store.close()
    placed = tmp_path / "creances.csv"
    placed.write_text(
        "nom;reference_creance;date_emission;date_echeance;montant\nDurand;F-1;01/01/2026;01/02/2026;100,00\n",
        encoding="utf-8",
    )
    conn = sqlite3.connect(ctx.store.path)
    conn.execute("ALTER TABLE case_summaries RENAME TO lefevre")
    conn.close()
    done = run("--json", "import", str(placed), "--creditor", "C1")
    answer = json.loads(done.stdout)
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    (problem,) = answer["problems"]
    code = problem["reason"].split("code ")[1][:6]
    log = (home / "logs" / "quittance.log").read_text(encoding="utf-8")
    assert code in log
    assert "lefevre" not in log


def test_a_reader_that_leaves_the_pipe_ends_the_command_quietly():
    done = subprocess.run(
        f'"{sys.executable}" -m core --help | head -n 1',
        cwd=ROOT,
        shell=True,
        check=False,
        capture_output=True,
        encoding="utf-8",
    )
    assert "Traceback" not in done.stderr
