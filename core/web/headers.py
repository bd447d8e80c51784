"""Security headers on every answer, and the page's language and name in Streamlit's index.html. Lets nobody in or out."""

from __future__ import annotations

import base64
import hashlib
import importlib.util
import re
from collections.abc import Iterable
from pathlib import Path

from starlette.datastructures import Headers as Read
from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from core.web.language import preferred

INLINE = re.compile(rb"<script>(.*?)</script>", re.DOTALL)
STYLE = b'<link rel="stylesheet" href="/app/static/quittance.css" /><script src="/app/static/keys.js" defer></script>'
# Asked again whole for a page: a cached or compressed copy could not be given its language.
PER_PAGE = ("if-none-match", "if-modified-since", "accept-encoding", "range")


def index_page() -> bytes:
    """Streamlit's index.html, found without importing Streamlit."""
    spec = importlib.util.find_spec("streamlit")
    if spec is None or not spec.submodule_search_locations:
        msg = "streamlit is not installed: pip install -r requirements.txt"
        raise RuntimeError(msg)
    return (Path(next(iter(spec.submodule_search_locations))) / "static" / "index.html").read_bytes()


def policy(page: bytes) -> str:
    """The Content-Security-Policy: this server only, no eval, and the page's own inline scripts by their hash."""
    digests = (base64.b64encode(hashlib.sha256(script).digest()).decode() for script in INLINE.findall(page))
    hashes = " ".join(f"'sha256-{digest}'" for digest in digests)
    return (
        f"default-src 'self'; script-src 'self' {hashes}; style-src 'self' 'unsafe-inline'; "
        "img-src 'self' data: blob:; media-src 'self' blob:; font-src 'self' data:; connect-src 'self'; "
        "worker-src 'self' blob:; frame-src 'self' blob:; frame-ancestors 'none'; object-src 'none'; "
        "base-uri 'self'; form-action 'self'"
    )


class Headers:
    """Outermost layer: what it adds is on refusals too."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self.fixed = {
            "content-security-policy": policy(index_page()),
            "x-content-type-options": "nosniff",
            "referrer-policy": "same-origin",
            "x-frame-options": "DENY",
            "cross-origin-opener-policy": "same-origin",
            "cross-origin-resource-policy": "same-origin",
            "permissions-policy": "camera=(), microphone=(), geolocation=()",
        }

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on; a page asked by a browser comes back whole, so that its first tag can be changed."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        asked = Read(scope=scope)
        lang = preferred(asked.get("accept-language", ""))
        if "text/html" in asked.get("accept", ""):
            scope = {**scope, "headers": without(scope["headers"], PER_PAGE)}
        await self.app(scope, receive, Rewrite(send, self.fixed, lang, scope["path"]))


class Rewrite:
    """One answer on its way out: adds the headers, and holds a HTML body back until it is complete."""

    def __init__(self, send: Send, fixed: dict[str, str], lang: str, path: str) -> None:
        self.send = send
        self.fixed = fixed
        self.lang = lang
        self.path = path
        self.start: Message | None = None
        self.body = b""

    async def __call__(self, message: Message) -> None:
        """Forward the message, changed where it must be."""
        if message["type"] == "http.response.start":
            await self.begin(message)
        elif message["type"] == "http.response.body" and self.start is not None:
            self.body += message.get("body", b"")
            if not message.get("more_body"):
                await self.finish(self.start)
        else:
            await self.send(message)

    async def begin(self, message: Message) -> None:
        """Add the headers; keep personal files out of the browser's disk cache; wait if it is a page."""
        headers = MutableHeaders(scope=message)
        for name, value in self.fixed.items():
            headers[name] = value
        if self.path.startswith("/media/"):
            headers["cache-control"] = "no-store"
        if headers.get("content-type", "").startswith("text/html") and "content-encoding" not in headers:
            self.start = message
        else:
            await self.send(message)

    async def finish(self, start: Message) -> None:
        """Send the page with the visitor's language, our name in place of Streamlit's, our few rules of style and our two keys."""
        page = self.body.replace(b'<html lang="en">', b'<html lang="%s">' % self.lang.encode("ascii"), 1)
        page = page.replace(b"<title>Streamlit</title>", b"<title>Quittance</title>", 1)
        page = page.replace(b"</head>", STYLE + b"</head>", 1)
        headers = MutableHeaders(scope=start)
        for name in ("etag", "last-modified"):
            if name in headers:
                del headers[name]
        headers["content-length"] = str(len(page))
        headers["vary"] = "Accept-Language"
        await self.send(start)
        await self.send({"type": "http.response.body", "body": page})


def without(headers: Iterable[tuple[bytes, bytes]], names: Iterable[str]) -> list[tuple[bytes, bytes]]:
    """The headers that are not among `names`."""
    dropped = {name.encode("ascii") for name in names}
    return [(key, value) for key, value in headers if key.lower() not in dropped]
