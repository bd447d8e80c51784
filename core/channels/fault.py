"""What went wrong on a line, said so that a person can act: temporary, for good, or nobody knows. Decides no retry."""

from __future__ import annotations

import socket
import ssl
from dataclasses import dataclass

from core.domain.messages import Message, Problem, msg

LONGEST_ANSWER = 300  # characters of a server's own words that are kept


@dataclass(eq=False)  # not frozen: Python writes the traceback of an exception
class Fault(Exception):  # noqa: N818 - an answer of a server, told to a person
    """`outcome`: temporary (try again), permanent (do not), unknown (it may have left); `stage` where it stopped, `code` of the server."""

    outcome: str
    stage: str
    reason: Message
    remedy: Message
    code: int = 0
    answer: str = ""

    def __str__(self) -> str:
        """Stage and code for logs: never the server's words, they may quote a person."""
        return f"{self.stage} {self.outcome} {self.code}"

    def problem(self, field: str = "") -> Problem:
        """The same as a problem of a form."""
        return Problem(f"channel-{self.stage}", self.reason, self.remedy, field=field, value=self.answer)


def words(answer: bytes | str) -> str:
    """A server's answer as one short line of text."""
    text = answer.decode("utf-8", "replace") if isinstance(answer, bytes) else str(answer)
    return " ".join(text.split())[:LONGEST_ANSWER]


def unreachable(error: OSError, host: str, port: int) -> Fault:
    """Why no line could be opened to a server: name, refusal, silence, certificate."""
    place = f"{host}:{port}"
    if isinstance(error, ssl.SSLCertVerificationError):
        return Fault(
            "permanent",
            "certificate",
            msg("The server {place} shows a certificate that this computer does not trust.", place=place),
            msg("Check the host name; if the house has its own authority, give the path of its certificate."),
            answer=words(error.verify_message or ""),
        )
    if isinstance(error, ssl.SSLError):
        return Fault(
            "permanent",
            "tls",
            msg("The server {place} does not speak the kind of encryption chosen.", place=place),
            msg("Usual ports: 465 or 993 with TLS from the start, 587 or 143 with STARTTLS."),
            answer=words(error.reason or ""),
        )
    if isinstance(error, socket.gaierror):
        return Fault(
            "temporary",
            "name",
            msg("No server is known under the name “{host}”.", host=host),
            msg("Check the spelling of the host and the connection to the Internet."),
        )
    if isinstance(error, ConnectionRefusedError):
        return Fault(
            "temporary",
            "connect",
            msg("Nobody answers at {place}.", place=place),
            msg("Check the port, and that no firewall of this computer or network closes it."),
        )
    return Fault(
        "temporary",
        "connect",
        msg("The server {place} did not answer in time, or the line was cut.", place=place),
        msg("Try again; if it stays so, check host, port and the connection."),
        answer=words(error.strerror or ""),
    )
