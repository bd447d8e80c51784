"""The gate of a local start, in pure ASGI so that it also sees websockets: this computer only, and one trusted header.

It refuses any peer, Host or Origin that is not this computer, strips what a client may not say, and adds the opaque
session id. It reads no store and decides no right: services do.
"""

from __future__ import annotations

from typing import Any

from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from core.web import health, notice
from core.web.door import Door
from core.web.loopback import is_local_peer, is_same_origin, local_host

TRUSTED = b"x-quittance-"
SESSION = b"x-quittance-session"
REFUSED = (
    "Quittance ne répond qu'à cet ordinateur, à l'adresse http://127.0.0.1 affichée à son démarrage.\n"
    "Quittance only answers this computer, at the http://127.0.0.1 address shown when it starts.\n"
)
TRY_AGAIN_LATER = 1013
POLICY_VIOLATION = 1008


class Gate:
    """Lets this computer in, with the local session; turns everything else away before Streamlit sees it."""

    def __init__(self, app: ASGIApp, door: Door) -> None:
        self.app = app
        self.door = door

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Admit, refuse (403) or say why the house is shut (503)."""
        if scope["type"] not in {"http", "websocket"}:
            await self.app(scope, receive, send)
        elif not is_admitted(scope):
            await turn_away(PlainTextResponse(REFUSED, 403), POLICY_VIOLATION, scope, receive, send)
        elif not self.door.is_open and scope["path"] != health.PATH:
            await turn_away(notice.shut(scope, self.door.problems), TRY_AGAIN_LATER, scope, receive, send)
        else:
            await self.app(with_session(scope, self.door.session), receive, send)


def is_admitted(scope: Scope) -> bool:
    """True when the peer, the Host and the Origin (if there is one) are all this computer."""
    hosts, origins = header(scope, b"host"), header(scope, b"origin")
    if not is_local_peer(scope.get("client")) or len(hosts) != 1 or len(origins) > 1:
        return False
    host = local_host(hosts[0], scope["scheme"])
    return host is not None and all(is_same_origin(origin, host) for origin in origins)


def header(scope: Scope, name: bytes) -> list[str]:
    """Every value given for one header, decoded as HTTP does."""
    return [value.decode("latin-1") for key, value in scope["headers"] if key.lower() == name]


def with_session(scope: Scope, session: str) -> dict[str, Any]:
    """The same request without the client's copies of our headers, and with the session id that Streamlit shows as st.user."""
    kept = [(key, value) for key, value in scope["headers"] if not key.lower().startswith(TRUSTED)]
    trusted = [(SESSION, session.encode("ascii"))] if session else []
    return {**scope, "headers": kept + trusted}


async def turn_away(answer: Response, code: int, scope: Scope, receive: Receive, send: Send) -> None:
    """Send the answer, or close the websocket before it opens (the server then answers its handshake with 403)."""
    if scope["type"] == "http":
        await answer(scope, receive, send)
        return
    await receive()
    await send({"type": "websocket.close", "code": code})
