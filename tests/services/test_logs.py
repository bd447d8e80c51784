"""The log and the report hold places and codes, never what an error says of a person."""

import json

from core.services import logs
from core.store.home import Home


def fail():
    raise ValueError("Lefèvre doit 300 €")


def caught():
    try:
        fail()
    except ValueError as error:
        return error


def test_an_error_is_logged_without_its_message(tmp_path):
    logs.set_up(Home(tmp_path))
    code = logs.failure(caught(), "Queue")
    text = (tmp_path / "logs" / "quittance.log").read_text(encoding="utf-8")
    line = json.loads(text)
    assert line["code"] == code
    assert line["type"] == "ValueError"
    assert any("fail" in place for place in line["places"])
    assert "Lefèvre" not in text
    assert "300" not in text


def test_the_same_error_at_the_same_place_has_the_same_code():
    assert logs.failure(caught(), "a") == logs.failure(caught(), "b")


def test_the_report_names_versions_and_places_and_no_value():
    error = caught()
    text = logs.report(error, "ABC123", "Queue", {"streamlit": "1.67.0"})
    assert "ABC123" in text
    assert "streamlit 1.67.0" in text
    assert "ValueError" in text
    assert "Lefèvre" not in text
