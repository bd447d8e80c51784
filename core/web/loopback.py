"""Says whether a peer, a Host and an Origin belong to this computer. Answers no request."""

from __future__ import annotations

import ipaddress
import re

HOST = re.compile(r"(?P<name>localhost|127(?:\.\d{1,3}){3}|\[::1\])(?::(?P<port>\d{1,5}))?", re.ASCII)
ORIGIN = re.compile(r"(?P<scheme>https?)://(?P<host>[^/?#@\s]+)", re.ASCII)
DEFAULT_PORT = {"http": "80", "https": "443", "ws": "80", "wss": "443"}


def is_local_peer(client: tuple[str, int] | None) -> bool:
    """True for 127.0.0.0/8 and ::1, also written as an IPv4-mapped IPv6 address; False when the peer is unknown."""
    try:
        address = ipaddress.ip_address((client or ("", 0))[0])
    except ValueError:
        return False
    mapped = getattr(address, "ipv4_mapped", None)
    return bool((mapped or address).is_loopback)


def local_host(host: str, scheme: str) -> tuple[str, str] | None:
    """The (name, port) of a Host header that names this computer, None for any other: DNS rebinding ends here."""
    found = HOST.fullmatch(host.lower())
    if found is None or not is_local_name(found["name"]):
        return None
    return found["name"], found["port"] or DEFAULT_PORT[scheme]


def is_local_name(name: str) -> bool:
    """True for localhost and for a well-formed loopback address (127.0.0.999 is none)."""
    return name == "localhost" or is_local_peer((name.strip("[]"), 0))


def is_same_origin(origin: str, host: tuple[str, str]) -> bool:
    """True when the Origin names the very host and port of the request; "null" and another port are foreign."""
    found = ORIGIN.fullmatch(origin.lower())
    return found is not None and local_host(found["host"], found["scheme"]) == host
