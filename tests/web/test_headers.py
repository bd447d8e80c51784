"""What is added to every answer, what is changed in a page, and which language is read from the browser."""

from __future__ import annotations

import asyncio
import base64
import hashlib

import httpx
import pytest
from starlette.responses import HTMLResponse, Response

from core.web import health
from core.web.door import Door
from core.web.headers import Headers, index_page, policy
from core.web.language import preferred

STREAMLIT_PAGE = index_page().decode("utf-8")


def get(program, path="/", **headers):
    """The program's answer, asked in memory."""

    async def asked():
        async with httpx.AsyncClient(transport=httpx.ASGITransport(program), base_url="http://127.0.0.1") as visitor:
            return await visitor.get(path, headers={name.replace("_", "-"): value for name, value in headers.items()})

    return asyncio.run(asked())


def test_streamlits_page_speaks_french_unless_english_is_asked_and_bears_our_name():
    program = Headers(HTMLResponse(STREAMLIT_PAGE, headers={"etag": '"x"'}))
    for asked, lang in (("fr-FR,fr;q=0.9", "fr"), ("en-GB,en;q=0.8", "en"), ("de-DE", "fr")):
        page = get(program, accept="text/html", accept_language=asked)
        assert f'<html lang="{lang}">' in page.text
        assert "<title>Quittance</title>" in page.text
        assert (
            '<link rel="stylesheet" href="/app/static/quittance.css" /><script src="/app/static/keys.js" defer></script></head>'
            in page.text
        )
        assert page.headers["vary"] == "Accept-Language"
        assert "etag" not in page.headers
        assert len(page.content) == int(page.headers["content-length"])


def test_a_page_in_several_parts_is_put_together():
    async def program(_scope, _receive, send):
        await send(
            {"type": "http.response.start", "status": 200, "headers": [(b"content-type", b"text/html; charset=utf-8")]}
        )
        await send({"type": "http.response.body", "body": b"<html la", "more_body": True})
        await send({"type": "http.response.body", "body": b'ng="en">'})

    assert get(Headers(program)).text == '<html lang="fr">'


def test_the_policy_allows_this_server_its_inline_script_and_nothing_else():
    inner = STREAMLIT_PAGE.split("<script>")[1].split("</script>")[0].encode("utf-8")
    rules = dict(rule.strip().split(" ", 1) for rule in policy(index_page()).split(";"))
    digest = base64.b64encode(hashlib.sha256(inner).digest()).decode("ascii")
    assert rules["script-src"] == f"'self' 'sha256-{digest}'"
    assert rules["frame-ancestors"] == "'none'"
    assert "unsafe-eval" not in policy(index_page())
    assert "http" not in policy(index_page())


@pytest.mark.parametrize("status", [200, 403, 503])
def test_every_answer_has_the_headers_refusals_included(status):
    answer = get(Headers(Response("x", status)))
    assert answer.status_code == status
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["referrer-policy"] == "same-origin"
    assert answer.headers["x-frame-options"] == "DENY"
    assert "frame-ancestors 'none'" in answer.headers["content-security-policy"]


def test_a_personal_file_stays_out_of_the_browsers_disk():
    program = Headers(Response("x", headers={"cache-control": "public, max-age=9"}))
    assert get(program, "/media/abc.pdf").headers["cache-control"] == "no-store"


def test_a_websocket_passes_untouched():
    seen = []

    async def program(scope, _receive, _send):
        seen.append(scope)

    asyncio.run(Headers(program)({"type": "websocket", "headers": []}, None, None))
    assert seen == [{"type": "websocket", "headers": []}]


@pytest.mark.parametrize(
    ("asked", "lang"),
    [
        ("", "fr"),
        ("*", "fr"),
        ("en", "en"),
        ("EN-us", "en"),
        ("fr;q=0.1,en;q=0.9", "en"),
        ("de,en;q=0.5,fr;q=0.4", "en"),
        ("en;q=0,fr;q=0.1", "fr"),
        ("en;q=x", "fr"),
        (",,;q=", "fr"),
        ("zz-zz;q=1,;", "fr"),
    ],
)
def test_the_language_is_the_first_of_ours_in_the_visitors_order(asked, lang):
    assert preferred(asked) == lang


def test_health_is_200_open_and_503_shut_and_says_nothing_else():
    for door, status, state in ((Door(session="s"), 200, "open"), (Door(), 503, "shut")):
        answer = get(health.route(door), "/healthz")
        assert (answer.status_code, answer.json()["state"]) == (status, state)
        assert set(answer.json()) == {"program", "state", "checkout"}
