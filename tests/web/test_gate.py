"""The gate as a plain ASGI application: who is let in, what reaches the program, what is said to the others."""

from __future__ import annotations

import asyncio

import pytest

from core.domain.messages import msg, refuse
from core.web.door import Door
from core.web.gate import Gate

LOCAL = ("127.0.0.1", 50123)


def scope(kind="http", *, client=LOCAL, host="127.0.0.1:8501", path="/", method="GET", **headers):
    pairs = [(b"host", host.encode("latin-1"))] if host is not None else []
    pairs += [(name.replace("_", "-").encode(), value.encode("latin-1")) for name, value in headers.items()]
    return {
        "type": kind,
        "scheme": "http" if kind == "http" else "ws",
        "client": client,
        "path": path,
        "method": method,
        "headers": pairs,
        "query_string": b"",
    }


def ask(asked, door=None):
    """What the program behind the gate received (None: nothing) and what the visitor got."""
    reached, sent = [], []

    async def program(inner, _receive, _send):
        reached.append(inner)

    async def receive():
        return {
            "type": "websocket.connect" if asked["type"] == "websocket" else "http.request",
            "body": b"",
            "more_body": False,
        }

    async def send(message):
        sent.append(message)

    asyncio.run(Gate(program, door or Door(session="the-session"))(asked, receive, send))
    return (reached[0] if reached else None), sent


def is_let_in(**how):
    reached, sent = ask(scope(**how))
    if reached is not None:
        return True
    assert sent[0] == {"type": "websocket.close", "code": 1008} or sent[0]["status"] == 403
    return False


@pytest.mark.parametrize("address", ["127.0.0.1", "127.8.9.10", "::1", "::ffff:127.0.0.1"])
def test_this_computer_is_let_in(address):
    assert is_let_in(client=(address, 4000))
    assert is_let_in(kind="websocket", client=(address, 4000))


@pytest.mark.parametrize(
    "address", ["192.0.2.1", "10.0.0.5", "::ffff:192.0.2.1", "2001:db8::1", "0.0.0.0", "fe80::1", "unix", ""]
)
def test_another_computer_is_refused_whatever_it_claims(address):
    assert not is_let_in(client=(address, 1), x_forwarded_for="127.0.0.1", forwarded="for=127.0.0.1")
    assert not is_let_in(kind="websocket", client=(address, 1))


def test_an_unknown_peer_is_refused():
    assert not is_let_in(client=None)


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "127.0.0.1:8501", "localhost:8501", "LOCALHOST", "[::1]:8501", "127.1.2.3:1"]
)
def test_a_host_that_names_this_computer_is_let_in(host):
    assert is_let_in(host=host)


@pytest.mark.parametrize(
    "host",
    [
        "evil.example",
        "evil.example:8501",
        "localhost.evil.example",
        "127.0.0.1.evil.example",
        "127.0.0.1:8501@evil.example",
        "127.0.0.999",
        "localhost.",
        "192.0.2.1:8501",
        "0.0.0.0:8501",
        "[::ffff:127.0.0.1]:8501",
        "::1",
        "",
        "localhost:",
        "localhost:99999999",
        "127.0.0.1 ",
        "١٢٧.0.0.1".encode().decode("latin-1"),
    ],
)
def test_a_foreign_host_is_refused_on_http_and_websocket(host):
    assert not is_let_in(host=host)
    assert not is_let_in(kind="websocket", host=host)


def test_no_host_and_two_hosts_are_refused():
    assert not is_let_in(host=None)
    twice = scope()
    twice["headers"].append((b"Host", b"127.0.0.1:8501"))
    assert ask(twice)[0] is None


@pytest.mark.parametrize("host", ["127.0.0.1:8501", "localhost:8501", "[::1]:8501"])
def test_the_origin_of_the_very_page_is_let_in(host):
    assert is_let_in(kind="websocket", host=host, origin=f"http://{host}")
    assert is_let_in(method="POST", host=host, origin=f"http://{host}")


def test_the_default_port_is_the_same_written_or_not():
    assert is_let_in(host="localhost", origin="http://localhost:80")


@pytest.mark.parametrize(
    "origin",
    [
        "http://evil.example",
        "https://evil.example:8501",
        "http://127.0.0.1:9999",
        "http://127.0.0.1",
        "http://localhost:8501",
        "null",
        "",
        "http://127.0.0.1:8501.evil.example",
        "http://127.0.0.1:8501@evil.example",
        "http://127.0.0.1:8501/",
        "file://127.0.0.1:8501",
    ],
)
def test_a_foreign_origin_is_refused_on_every_method_and_on_the_websocket(origin):
    assert not is_let_in(kind="websocket", origin=origin)
    for method in ("GET", "POST", "PUT", "DELETE"):
        assert not is_let_in(method=method, origin=origin)


def test_two_origins_are_refused():
    twice = scope(origin="http://127.0.0.1:8501")
    twice["headers"].append((b"origin", b"http://evil.example"))
    assert ask(twice)[0] is None


@pytest.mark.parametrize("kind", ["http", "websocket"])
def test_the_session_is_the_gates_own_and_the_clients_copies_are_gone(kind):
    asked = scope(kind, x_quittance_session="stolen", x_quittance_role="lead", x_other="kept")
    asked["headers"].append((b"X-Quittance-Session", b"stolen twice"))
    reached, _sent = ask(asked)
    assert [pair for pair in reached["headers"] if b"quittance" in pair[0].lower()] == [
        (b"x-quittance-session", b"the-session")
    ]
    assert (b"x-other", b"kept") in reached["headers"]


def test_the_refusal_is_short_and_in_both_languages():
    _reached, sent = ask(scope(host="evil.example"))
    said = sent[1]["body"].decode("utf-8")
    assert "ne répond qu'à cet ordinateur" in said
    assert "only answers this computer" in said
    assert len(said.splitlines()) == 2


def shut_door():
    def prepare():
        raise refuse("newer", msg("This store <was written> by version {v}.", v="9.9"), msg("Install that version."))

    door = Door()
    door.open(prepare, lambda: "never")
    return door


def test_a_house_that_cannot_open_says_why_and_what_to_do():
    door = shut_door()
    reached, sent = ask(scope(accept_language="en"), door)
    page = sent[1]["body"].decode("utf-8")
    assert reached is None
    assert not door.is_open
    assert sent[0]["status"] == 503
    assert "This store &lt;was written&gt; by version 9.9." in page
    assert "Install that version." in page
    assert '<html lang="en">' in page


def test_a_house_that_cannot_open_closes_the_websocket_and_still_answers_for_its_health():
    assert ask(scope("websocket"), shut_door())[1] == [{"type": "websocket.close", "code": 1013}]
    assert ask(scope(path="/healthz"), shut_door())[0] is not None
    assert ask(scope(path="/healthz", host="evil.example"), shut_door())[0] is None


def test_the_lifespan_passes_the_gate():
    assert ask({"type": "lifespan"})[0] == {"type": "lifespan"}
