"""Reads new mail of one IMAP folder from a place on, and leaves it unread unless asked. Deletes nothing, understands no mail."""

from __future__ import annotations

import contextlib
import imaplib
import re
import ssl
from collections.abc import Iterator
from dataclasses import dataclass

from core.channels.fault import Fault, unreachable, words
from core.channels.smtp import TIMEOUT, trust
from core.domain.messages import msg

MOST = 50  # mails of one reading: the next reading goes on
LARGEST = 30_000_000  # bytes: a larger mail is named and not fetched
_SIZE = re.compile(rb"RFC822\.SIZE (\d+)")


@dataclass(frozen=True, slots=True)
class Mailbox:
    """Where mail comes in; `password` only in memory; `mark_read` sets the mark of read mail on what was taken."""

    host: str
    port: int = 993
    security: str = "tls"
    user: str = ""
    password: str = ""
    folder: str = "INBOX"
    authority: str = ""
    mark_read: bool = False
    timeout: float = TIMEOUT

    def __repr__(self) -> str:
        """Without the password."""
        return f"Mailbox({self.host}:{self.port}, {self.folder})"


@dataclass(frozen=True, slots=True)
class Fetched:
    """One mail as the server holds it; `data` empty when it is larger than `LARGEST`."""

    uid: int
    data: bytes
    size: int


@dataclass(frozen=True, slots=True)
class Batch:
    """What came after a place; `more` when another reading would bring some. `uidvalidity` other than before: places start anew."""

    uidvalidity: int
    mails: tuple[Fetched, ...]
    more: bool


def read(box: Mailbox, uidvalidity: int, last_uid: int, most: int = MOST) -> Batch:
    """The mails after `last_uid`, at most `most`, oldest first; from the first one when the folder's UIDVALIDITY is another.

    Raises Fault.
    """
    with _line(box) as line:
        now = _select(line, box)
        after = last_uid if now == uidvalidity else 0
        found = _uids(line, after)
        mails = tuple(_fetch(line, uid) for uid in found[:most])
        if box.mark_read and mails:
            line.uid("STORE", ",".join(str(one.uid) for one in mails), "+FLAGS", r"(\Seen)")
        return Batch(now, mails, len(found) > most)


def test(box: Mailbox) -> int:
    """Sign in and open the folder; how many mails it holds. Raises Fault with what failed."""
    with _line(box) as line:
        _select(line, box)
        kind, data = line.status(_quoted(box.folder), "(MESSAGES)")
        found = re.search(rb"MESSAGES (\d+)", data[0] or b"") if kind == "OK" else None
        return int(found[1]) if found else 0


def _uids(line: imaplib.IMAP4, after: int) -> list[int]:
    """`n:*` always gives the last mail, even one before n."""
    kind, data = line.uid("SEARCH", None, f"UID {after + 1}:*")  # type: ignore[arg-type]
    if kind != "OK":
        raise _cannot_read()
    return sorted(uid for uid in map(int, (data[0] or b"").split()) if uid > after)


def _fetch(line: imaplib.IMAP4, uid: int) -> Fetched:
    kind, data = line.uid("FETCH", str(uid), "(UID RFC822.SIZE)")
    sized = b" ".join(part if isinstance(part, bytes) else b" ".join(part) for part in data if part)
    found = _SIZE.search(sized)
    size = int(found[1]) if kind == "OK" and found else 0
    if size > LARGEST:
        return Fetched(uid, b"", size)
    kind, data = line.uid("FETCH", str(uid), "(BODY.PEEK[])")
    if kind != "OK":
        raise _cannot_read()
    body = next((part[1] for part in data if isinstance(part, tuple)), b"")
    return Fetched(uid, bytes(body), size or len(body))


@contextlib.contextmanager
def _line(box: Mailbox) -> Iterator[imaplib.IMAP4]:
    try:
        line = _opened(box)
    except imaplib.IMAP4.error as error:
        raise unreachable(OSError(), box.host, box.port) from error
    except OSError as error:
        raise unreachable(error, box.host, box.port) from error
    try:
        _sign_in(line, box)
        yield line
    except imaplib.IMAP4.abort as error:
        raise unreachable(OSError(), box.host, box.port) from error
    except imaplib.IMAP4.error as error:
        raise _cannot_read(words(str(error))) from error
    except OSError as error:
        raise unreachable(error, box.host, box.port) from error
    finally:
        with contextlib.suppress(OSError, imaplib.IMAP4.error):
            line.logout()


def _opened(box: Mailbox) -> imaplib.IMAP4:
    if box.security == "tls":
        return imaplib.IMAP4_SSL(box.host, box.port, ssl_context=trust(box.authority), timeout=box.timeout)
    line = imaplib.IMAP4(box.host, box.port, timeout=box.timeout)
    if box.security == "starttls":
        _encrypt(line, trust(box.authority))
    return line


def _encrypt(line: imaplib.IMAP4, context: ssl.SSLContext) -> None:
    if "STARTTLS" not in line.capabilities:
        line.shutdown()
        raise Fault(
            "permanent",
            "tls",
            msg("The mail server offers no STARTTLS on this port: no password was sent in clear."),
            msg("Choose “TLS from the start” with port 993, or ask the provider for the right port."),
        )
    line.starttls(ssl_context=context)


def _sign_in(line: imaplib.IMAP4, box: Mailbox) -> None:
    try:
        line.login(box.user, box.password)
    except imaplib.IMAP4.abort:
        raise
    except imaplib.IMAP4.error as error:
        reason = msg("The mail server refuses the user or the password.")
        remedy = msg("Check both; many providers want a password made for programs, not the one of the mailbox.")
        raise Fault("permanent", "login", reason, remedy, answer=words(str(error))) from error


def _select(line: imaplib.IMAP4, box: Mailbox) -> int:
    """Open the folder (read only unless mails are marked); its UIDVALIDITY."""
    kind, data = line.select(_quoted(box.folder), readonly=not box.mark_read)
    if kind != "OK":
        reason = msg("The mailbox has no folder “{folder}”.", folder=box.folder)
        raise Fault(
            "permanent", "folder", reason, msg("Usually it is INBOX; copy its name from the mail program."),
            answer=words(data[0] or b""),
        )  # fmt: skip
    _, found = line.response("UIDVALIDITY")
    return int((found or [b"0"])[0] or 0)


def _quoted(folder: str) -> str:
    """A folder's name as IMAP wants it: modified UTF-7 is left to who types it, quotes are not."""
    escaped = folder.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _cannot_read(answer: str = "") -> Fault:
    reason = msg("The mail server could not give the mails.")
    return Fault("temporary", "fetch", reason, msg("It is tried again by itself."), answer=answer)
