"""A real server whose store was made by a newer program: it answers, says why and what to do, and touches nothing."""

from __future__ import annotations

import hashlib
import sqlite3
from contextlib import closing

import httpx
import pytest
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect

from tests.serving import INTRODUCE, health, run_in_home, serving

pytestmark = pytest.mark.system


def test_a_store_from_a_newer_program_is_shown_as_a_sentence_and_left_alone(tmp_path):
    run_in_home(tmp_path, INTRODUCE)
    store = next(path for path in tmp_path.rglob("agency.db"))
    with closing(sqlite3.connect(store)) as conn:
        conn.execute("UPDATE meta SET schema = 9999")
        conn.commit()
        conn.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    before = hashlib.sha256(store.read_bytes()).hexdigest()
    with serving(tmp_path, introduced=False) as server:
        assert health(server.url) == 503
        page = httpx.get(
            f"{server.url}/case", headers={"accept": "text/html", "accept-language": "en"}, trust_env=False
        )
        assert page.status_code == 503
        assert "9999" in page.text
        assert "Nothing was changed." in page.text
        assert '<html lang="en">' in page.text
        assert httpx.get(server.url, trust_env=False).headers["x-content-type-options"] == "nosniff"
        with pytest.raises(InvalidStatus):
            connect(server.url.replace("http", "ws") + "/_stcore/stream", subprotocols=["streamlit"])
    assert hashlib.sha256(store.read_bytes()).hexdigest() == before
