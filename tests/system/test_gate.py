"""The gate of a real server: who is answered over a real socket. The cases without a server are in tests/web/test_gate.py."""

from __future__ import annotations

import socket
import subprocess
import sys
from collections.abc import Iterator
from urllib.parse import urlsplit

import httpx
import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import connect

from tests.serving import ROOT, Server, serving

pytestmark = pytest.mark.system

PATHS = [
    "/",
    "/case",
    "/healthz",
    "/_stcore/health",
    "/_stcore/host-config",
    "/_stcore/metrics",
    "/_stcore/agent/openapi.json",
    "/media/x.pdf",
    "/app/static/OFL.txt",
    "/static/js/x.js",
    "/nowhere",
]
FOREIGN = ["http://evil.example", "null", "http://127.0.0.1:1"]


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with serving(tmp_path_factory.mktemp("home")) as running:
        yield running


def handshake(server: Server, host: str, origin: str | None) -> int:
    """The status a websocket handshake gets, written by hand: no client library stands between."""
    where = urlsplit(server.url)
    lines = [
        "GET /_stcore/stream HTTP/1.1",
        f"Host: {host}",
        "Upgrade: websocket",
        "Connection: Upgrade",
        "Sec-WebSocket-Version: 13",
        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
        "Sec-WebSocket-Protocol: streamlit",
    ]
    lines += [f"Origin: {origin}"] if origin is not None else []
    with socket.create_connection((where.hostname, where.port), timeout=10) as wire:
        wire.sendall("\r\n".join([*lines, "", ""]).encode("latin-1"))
        return int(wire.recv(4096).split(b" ", 2)[1])


def port(server: Server) -> int:
    return int(urlsplit(server.url).port or 0)


@pytest.mark.parametrize("path", PATHS)
def test_a_foreign_host_or_origin_gets_403_on_every_path(server, path):
    for headers in (
        {"host": "evil.example"},
        {"host": f"evil.example:{port(server)}"},
        *({"origin": origin} for origin in FOREIGN),
    ):
        answer = httpx.get(server.url + path, headers=headers, trust_env=False)
        assert answer.status_code == 403, (path, headers)
        assert "only answers this computer" in answer.text
        assert answer.headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE"])
def test_a_foreign_page_cannot_upload_nor_delete_a_file(server, method):
    for origin in FOREIGN:
        answer = httpx.request(
            method,
            f"{server.url}/_stcore/upload_file/some-session/some-file",
            headers={"origin": origin},
            content=b"x",
            trust_env=False,
        )
        assert answer.status_code == 403
        assert "only answers this computer" in answer.text


def test_a_websocket_opens_for_the_very_page_only(server):
    here = f"127.0.0.1:{port(server)}"
    assert handshake(server, here, f"http://{here}") == 101
    assert handshake(server, f"localhost:{port(server)}", f"http://localhost:{port(server)}") == 101
    for origin in (*FOREIGN, f"http://localhost:{port(server)}", f"https://evil.example:{port(server)}"):
        assert handshake(server, here, origin) == 403, origin
    for host in ("evil.example", f"evil.example:{port(server)}", f"192.0.2.1:{port(server)}"):
        assert handshake(server, host, None) == 403, host
        assert handshake(server, host, f"http://{host}") == 403, host


def test_a_session_header_sent_by_a_client_is_ignored(server):
    honest = first_screen(server, {})
    assert honest == first_screen(server, {"X-Quittance-Session": "stolen", "x-quittance-role": "lead"})
    assert honest
    assert "exception" not in honest


def first_screen(server: Server, headers: dict[str, str]) -> list[str]:
    """The kinds of element of the first screen, in order, as Streamlit's protocol sends them to a browser."""
    url = server.url.replace("http", "ws") + "/_stcore/stream"
    asked = BackMsg()
    asked.rerun_script.query_string = ""
    with connect(url, subprotocols=["streamlit"], additional_headers=headers, max_size=None) as wire:
        wire.send(asked.SerializeToString())
        drawn = []
        for packet in wire:
            told = ForwardMsg.FromString(packet)
            if told.WhichOneof("type") == "delta":
                drawn.append(told.delta.new_element.WhichOneof("type") or told.delta.WhichOneof("type"))
            if told.WhichOneof("type") == "script_finished":
                return [kind for kind in drawn if kind != "empty"]
    return []


def test_a_server_that_listens_everywhere_still_refuses_another_computer(tmp_path):
    """Run in a network of its own, where the peer really is 192.0.2.1: root and iproute2, as in .ci/run."""
    script = f'ip link set lo up && ip addr add 192.0.2.1/32 dev lo && exec {sys.executable} -c "$CODE"'
    code = f"""
import sys
sys.path.insert(0, {str(ROOT)!r})
from pathlib import Path
import httpx
from tests.serving import serving
with serving(Path({str(tmp_path)!r}), introduced=False, options=("--server.address", "0.0.0.0")) as server:
    port = server.url.rsplit(":", 1)[1]
    asked = [f"http://192.0.2.1:{{port}}/", server.url]
    for host in (f"192.0.2.1:{{port}}", f"127.0.0.1:{{port}}"):
        print([httpx.get(url, headers={{"host": host, "x-forwarded-for": "127.0.0.1"}}, trust_env=False).status_code for url in asked])
"""
    done = subprocess.run(
        ["unshare", "--net", "sh", "-c", script],
        env=environment_with(code),
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.split("\n")[:2] == ["[403, 403]", "[403, 200]"]


def environment_with(code: str) -> dict[str, str]:
    return {
        "PATH": "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
        "CODE": code,
        "HOME": "/nonexistent",
    }
