"""The third step of the schema on a store of the second: what was there is carried over, what is new is guarded."""

import sqlite3
from pathlib import Path

import pytest

from core.store import migrations

NOW = "2026-11-23T10:00:00Z"


@pytest.fixture
def older(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A store of schema 2 with one party whose four contact points say something, or nothing, of consent."""
    path = tmp_path / "agency.db"
    with monkeypatch.context() as then:
        then.setattr(migrations, "STEPS", migrations.STEPS[:2])
        then.setattr(migrations, "SCHEMA", 2)
        migrations.migrate(path, kind="agency", now=NOW, backups=tmp_path / "backups")
    conn = sqlite3.connect(path)
    conn.execute(
        "INSERT INTO parties(id, kind, name, folded, created_at) VALUES (1, 'individual', 'Roux', 'roux', ?)", (NOW,)
    )
    points = [(1, "phone", "+33612345678", "objected"), (2, "email", "a@exemple.fr", "given"), (3, "address", "3 rue du Port", "objected"),
              (4, "phone", "+33212345678", "unknown")]  # fmt: skip
    conn.executemany(
        "INSERT INTO contact_points(id, party_id, kind, value, consent, created_at) VALUES (?, 1, ?, ?, ?, '2026-05-04T08:00:00Z')",
        points,
    )
    conn.commit()
    conn.close()
    return path


def test_what_was_said_of_a_contact_point_holds_for_each_of_its_channels(older: Path, tmp_path: Path):
    steps = migrations.migrate(older, kind="agency", now=NOW, backups=tmp_path / "backups")
    assert "003_seams" in steps
    conn = sqlite3.connect(older)
    kept = conn.execute(
        "SELECT contact_point_id, channel, state, since_on, source FROM contact_consents ORDER BY 1, 2"
    ).fetchall()
    assert kept == [
        (1, "call", "objected", "2026-05-04", "carried_over"), (1, "sms", "objected", "2026-05-04", "carried_over"),
        (2, "email", "given", "2026-05-04", "carried_over"),
        (3, "letter", "objected", "2026-05-04", "carried_over"), (3, "visit", "objected", "2026-05-04", "carried_over"),
    ]  # fmt: skip
    assert "consent" not in [row[1] for row in conn.execute("PRAGMA table_info(contact_points)")]
    assert conn.execute("PRAGMA foreign_key_check").fetchall() == []
    conn.close()


def test_a_user_of_role_creditor_has_a_creditor_and_no_other_user_has_one(older: Path, tmp_path: Path):
    migrations.migrate(older, kind="agency", now=NOW, backups=tmp_path / "backups")
    conn = sqlite3.connect(older)
    conn.execute("PRAGMA foreign_keys = ON")
    conn.execute("INSERT INTO creditors(id, ref, name, created_at) VALUES (1, 'C1', 'Garage du Port', ?)", (NOW,))
    add = "INSERT INTO users(name, role, creditor_id, created_at) VALUES (?, ?, ?, '')"
    for role, creditor in (("creditor", None), ("collector", 1)):
        with pytest.raises(sqlite3.IntegrityError, match="role creditor"):
            conn.execute(add, ("X", role, creditor))
    with pytest.raises(sqlite3.IntegrityError, match="FOREIGN KEY"):
        conn.execute(add, ("X", "creditor", 9))
    conn.execute(add, ("Client", "creditor", 1))
    conn.execute(add, ("Léa", "lead", None))
    for change in ("UPDATE users SET role = 'lead' WHERE name = 'Client'", "UPDATE users SET role = 'creditor' WHERE name = 'Léa'",
                   "UPDATE users SET creditor_id = NULL WHERE name = 'Client'"):  # fmt: skip
        with pytest.raises(sqlite3.IntegrityError, match="role creditor"):
            conn.execute(change)
    conn.close()
