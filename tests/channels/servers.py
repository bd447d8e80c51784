"""Real servers for the tests: SMTP (aiosmtpd), IMAP (dovecot), an SMS gateway over HTTP; each on a free port of this computer."""

from __future__ import annotations

import contextlib
import http.server
import json
import os
import pwd
import shutil
import socket
import ssl
import subprocess
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import trustme
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, LoginPassword

from tests.channels.mails import PASSWORD, USER


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]


@dataclass
class Authority:
    """A certificate authority of the test, and a certificate of localhost that it signed."""

    folder: Path
    ca: trustme.CA = field(default_factory=trustme.CA)

    def __post_init__(self) -> None:
        self.path = self.folder / "authority.pem"
        self.ca.cert_pem.write_to_path(self.path)
        one = self.ca.issue_cert("localhost", "127.0.0.1")
        self.chain, self.key = self.folder / "server.pem", self.folder / "server.key"
        self.chain.write_bytes(b"".join(blob.bytes() for blob in one.cert_chain_pems))
        one.private_key_pem.write_to_path(self.key)

    def server(self) -> ssl.SSLContext:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(self.chain, self.key)
        return context


class Letterbox:
    """What an SMTP server took; `answer` chooses its reply to a text, `recipient` to a recipient, `before` runs before the reply."""

    def __init__(self) -> None:
        self.taken: list[bytes] = []
        self.answer = "250 taken"
        self.recipient = "250 OK"
        self.before: Callable[[], None] = lambda: None

    async def handle_RCPT(self, _server, _session, envelope, address, _options):  # noqa: N802 - aiosmtpd's name
        if self.recipient.startswith("250"):
            envelope.rcpt_tos.append(address)
        return self.recipient

    async def handle_DATA(self, _server, _session, envelope):  # noqa: N802 - aiosmtpd's name
        if self.answer.startswith("250"):
            self.taken.append(envelope.content)
        self.before()
        return self.answer


def _sign_in(_server, _session, _envelope, _mechanism, data):
    right = isinstance(data, LoginPassword) and (data.login, data.password) == (USER.encode(), PASSWORD.encode())
    return AuthResult(success=right, handled=right or False, message=None if right else "535 5.7.8 no")


@contextlib.contextmanager
def smtp(
    box: Letterbox, *, authority: Authority | None = None, implicit: bool = False, auth: bool = False
) -> Iterator[int]:
    """An SMTP server; its port. With an authority STARTTLS is wanted, or TLS from the start when `implicit`."""
    port = free_port()
    more = {}
    if authority and implicit:
        more["ssl_context"] = authority.server()
    elif authority:
        more |= {"tls_context": authority.server(), "require_starttls": True}
    if auth:
        more |= {"authenticator": _sign_in, "auth_required": True, "auth_require_tls": not implicit}
    server = Controller(box, hostname="127.0.0.1", port=port, ready_timeout=30, server_hostname="test", **more)
    server.start()
    try:
        yield port
    finally:
        server.stop()


@dataclass
class Gateway:
    """What an SMS gateway was asked; `replies` are (status, body) for the next requests, the last one stays."""

    asked: list[tuple[str, str, dict[str, str], bytes]] = field(default_factory=list)
    replies: list[tuple[int, object]] = field(default_factory=lambda: [(200, {"id": "g-1"})])
    silent: bool = False


@contextlib.contextmanager
def sms_gateway(state: Gateway) -> Iterator[str]:
    """An HTTP gateway; its address."""

    class Handler(http.server.BaseHTTPRequestHandler):
        def _answer(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            state.asked.append((self.command, self.path, dict(self.headers), body))
            if state.silent:
                self.connection.close()
                return
            status, said = state.replies.pop(0) if len(state.replies) > 1 else state.replies[0]
            data = said if isinstance(said, bytes) else json.dumps(said).encode()
            self.send_response(status)
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        do_GET = do_POST = do_PUT = _answer  # noqa: N815 - http.server's names

        def log_message(self, *_args: object) -> None:
            """Say nothing."""

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()


@dataclass(frozen=True)
class Imap:
    """A running dovecot: its TLS port, its plain port (STARTTLS), and the folder its mails lie in."""

    tls: int
    plain: int
    maildir: Path

    def deliver(self, data: bytes) -> None:
        """Put a mail into the mailbox, as a delivery agent does."""
        for name in ("tmp", "new", "cur"):
            (self.maildir / name).mkdir(parents=True, exist_ok=True)
        name = f"{time.time_ns()}.M{os.urandom(4).hex()}.test"
        (self.maildir / "tmp" / name).write_bytes(data)
        if os.geteuid() == 0:
            shutil.chown(self.maildir / "tmp" / name, _unprivileged())
        (self.maildir / "tmp" / name).rename(self.maildir / "new" / name)


def _unprivileged() -> str:
    return pwd.getpwuid(os.geteuid()).pw_name if os.geteuid() else "nobody"


@contextlib.contextmanager
def dovecot(authority: Authority) -> Iterator[Imap]:
    """Debian's dovecot with a configuration of its own, its processes without privilege.

    Everything is in a folder of its own under /tmp: those of pytest are shut to other users, and shut again by each new run of pytest.
    """
    program = shutil.which("dovecot", path=f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/local/sbin")
    assert program, "dovecot is not installed: apt-get install dovecot-imapd"
    tls, plain = free_port(), free_port()
    user = _unprivileged()
    group = "nogroup" if user == "nobody" else pwd.getpwnam(user).pw_name
    folder = Path(tempfile.mkdtemp(prefix="dc", dir="/tmp"))
    for name in ("run", "state", "mail/tmp", "mail/new", "mail/cur"):
        (folder / name).mkdir(parents=True)
    (folder / "users").write_text(f"{USER}:{{PLAIN}}{PASSWORD}\n", encoding="utf-8")
    (folder / "dovecot.conf").write_text(
        _CONFIG.format(
            folder=folder, tls=tls, plain=plain, user=user, group=group, chain=authority.chain, key=authority.key
        ),
        encoding="utf-8",
    )
    if os.geteuid() == 0:
        subprocess.run(["chown", "-R", f"{user}:{group}", str(folder)], check=True)
    run = subprocess.Popen([program, "-F", "-c", str(folder / "dovecot.conf")])
    try:
        _wait(tls)
        yield Imap(tls, plain, folder / "mail")
    finally:
        run.terminate()
        run.wait(15)
        shutil.rmtree(folder, ignore_errors=True)


def _wait(port: int) -> None:
    for _ in range(200):
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            return
        time.sleep(0.05)
    raise AssertionError("dovecot did not open its port")


_CONFIG = """
base_dir = {folder}/run
state_dir = {folder}/state
log_path = {folder}/dovecot.log
protocols = imap
listen = 127.0.0.1
default_login_user = {user}
default_internal_user = {user}
default_internal_group = {group}
first_valid_uid = 1
ssl = required
ssl_cert = <{chain}
ssl_key = <{key}
disable_plaintext_auth = yes
auth_mechanisms = plain login
mail_location = maildir:{folder}/mail
mail_uid = {user}
mail_gid = {group}
passdb {{
  driver = passwd-file
  args = {folder}/users
}}
userdb {{
  driver = static
  args = uid={user} gid={group} home={folder} allow_all_users=yes
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {plain}
  }}
  inet_listener imaps {{
    port = {tls}
    ssl = yes
  }}
}}
service anvil {{
  chroot =
}}
service stats {{
  chroot =
}}
"""
