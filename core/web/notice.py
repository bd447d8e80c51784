"""The plain page shown while the house cannot open (store newer than the program, unusable folder). Decides nothing."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from starlette.datastructures import Headers
from starlette.responses import HTMLResponse
from starlette.types import Scope

from core.domain.messages import Problem
from core.i18n import texts
from core.web.language import preferred

PAGE = """<!doctype html>
<html lang="{lang}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Quittance</title>
<style>body{{font:1.1rem/1.5 system-ui,sans-serif;max-width:40rem;margin:4rem auto;padding:0 1rem;color-scheme:light dark}}</style>
</head><body><main><h1>{title}</h1>{body}</main></body></html>
"""


def shut(scope: Scope, problems: Sequence[Problem]) -> HTMLResponse:
    """Status 503 and, for each problem, its reason and its remedy in the visitor's language."""
    t = texts(preferred(Headers(scope=scope).get("accept-language", "")))
    lines = [f"<p>{escape(t.render(p.reason))}<br>{escape(t.render(p.remedy))}</p>" for p in problems]
    opening = t("It is still opening: reload this page in a moment.")
    title = t("Quittance cannot open")
    page = PAGE.format(lang=t.lang, title=escape(title), body="".join(lines) or f"<p>{escape(opening)}</p>")
    return HTMLResponse(page, 503, headers={"retry-after": "5", "cache-control": "no-store"})
