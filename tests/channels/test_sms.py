"""Sending SMS to a real HTTP server that plays a gateway: what it is asked, what its answers mean."""

import json
import urllib.parse

import pytest

from core.channels import sms
from core.channels.fault import Fault
from core.channels.sms import Gateway
from tests.channels import servers


def test_a_json_gateway_gets_the_template_filled_and_the_secret_in_its_header():
    state = servers.Gateway(replies=[(200, {"messages": [{"id": "g-7"}]})])
    with servers.sms_gateway(state) as url:
        gateway = Gateway(
            f"{url}/send", template='{"to": ["{to}"], "body": "{text}", "from": "{sender}", "ref": "{key}", "flash": false}',
            secret="Bearer s3cret", sender="AGENCE", id_path="messages.0.id",
        )  # fmt: skip
        assert sms.send(gateway, "+33612345678", 'Dites "oui"\n{sender}', "k1") == "g-7"
    method, path, headers, body = state.asked[0]
    assert (method, path, headers["Authorization"], headers["Idempotency-Key"]) == (
        "POST",
        "/send",
        "Bearer s3cret",
        "k1",
    )
    assert json.loads(body) == {
        "to": ["+33612345678"], "body": 'Dites "oui"\n{sender}', "from": "AGENCE", "ref": "k1", "flash": False,
    }  # fmt: skip


def test_a_form_gateway_asked_by_get_has_everything_in_its_address():
    state = servers.Gateway(replies=[(200, b"id=55&status=ok")])
    with servers.sms_gateway(state) as url:
        gateway = Gateway(f"{url}/s?v=2", "GET", "form", "dest={to}&msg={text}", "X-Key", "s3cret")
        assert sms.send(gateway, "+33612345678", "à 5 % & plus", "k") == "55"
    method, path, headers, _ = state.asked[0]
    query = urllib.parse.parse_qs(path.partition("?")[2])
    assert (method, query) == ("GET", {"v": ["2"], "dest": ["+33612345678"], "msg": ["à 5 % & plus"]})
    assert headers["X-Key"] == "s3cret"


@pytest.mark.parametrize(
    ("status", "outcome", "stage"),
    [
        (503, "temporary", "gateway"),
        (429, "temporary", "gateway"),
        (401, "permanent", "login"),
        (422, "permanent", "gateway"),
        (302, "permanent", "gateway"),
    ],
)
def test_what_the_gateway_answers_is_temporary_or_for_good(status, outcome, stage):
    state = servers.Gateway(replies=[(status, {"error": "no"})])
    with servers.sms_gateway(state) as url, pytest.raises(Fault) as refused:
        sms.send(Gateway(url), "+33612345678", "x", "k")
    assert (refused.value.outcome, refused.value.stage) == (outcome, stage)


def test_a_line_cut_after_the_request_leaves_it_unknown():
    state = servers.Gateway(silent=True)
    with servers.sms_gateway(state) as url, pytest.raises(Fault) as refused:
        sms.send(Gateway(url), "+33612345678", "x", "k")
    assert refused.value.outcome == "unknown"


def test_delivery_reports_are_read_as_json_or_form():
    gateway = Gateway("https://x", state_path="data.state", reason_path="data.why")
    assert sms.parse_report(gateway, b'{"id": 5, "data": {"state": "DELIVERED"}}') == sms.Report("5", "delivered")
    found = sms.parse_report(gateway, b'{"id": 5, "data": {"state": "undelivered", "why": "absent subscriber"}}')
    assert found == sms.Report("5", "failed", "absent subscriber")
    assert sms.parse_report(Gateway("https://x"), b"id=9&status=DELIVRD") == sms.Report("9", "delivered")
    assert sms.parse_report(gateway, b"{}", "7") == sms.Report("7", "pending")


def test_a_report_is_asked_at_the_address_of_the_message():
    state = servers.Gateway(replies=[(200, {"status": "failed", "reason": "barred"})])
    with servers.sms_gateway(state) as url:
        gateway = Gateway(url, secret="s", report_url=url + "/m/{id}")
        assert sms.report(gateway, "a/b") == sms.Report("a/b", "failed", "barred")
    assert state.asked[0][:2] == ("GET", "/m/a%2Fb")


@pytest.mark.parametrize(
    ("gateway", "stage"), [(Gateway("ftp://x"), "url"), (Gateway("https://x", template="{no"), "template")]
)
def test_a_gateway_that_cannot_serve_is_told_before_anything_is_asked(gateway, stage):
    with pytest.raises(Fault) as refused:
        sms.check(gateway)
    assert refused.value.stage == stage
