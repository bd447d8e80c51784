"""Sends one SMS through the HTTP gateway of any provider, as a template says, and reads its delivery reports. Retries nothing."""

from __future__ import annotations

import http.client
import json
import re
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from core.channels.fault import Fault, unreachable, words
from core.domain.messages import msg

METHODS, FORMS = ("POST", "PUT", "GET"), ("json", "form")
TIMEOUT = 20  # seconds
LARGEST_ANSWER = 200_000  # bytes
TOO_MANY = 429
PLACES = re.compile(r"\{(to|text|sender|key|id)\}")


@dataclass(frozen=True, slots=True)
class Gateway:
    """A provider's door. `template` is a JSON object or a form (a=b&c=d) with {to}, {text}, {sender}, {key}; `id_path` where the
    answer holds its number for the message; `report_url` (with {id}) and the paths where its reports say number, state, reason.
    """

    url: str
    method: str = "POST"
    form: str = "json"
    template: str = '{"to": "{to}", "message": "{text}", "sender": "{sender}", "id": "{key}"}'
    header: str = "Authorization"
    secret: str = ""
    sender: str = ""
    id_path: str = "id"
    report_url: str = ""
    state_path: str = "status"
    reason_path: str = "reason"
    delivered: tuple[str, ...] = ("delivered", "delivrd")
    failed: tuple[str, ...] = ("failed", "undelivered", "undeliv", "rejected", "expired")
    timeout: float = TIMEOUT

    def __repr__(self) -> str:
        """Without the secret."""
        return f"Gateway({self.method} {self.url})"


@dataclass(frozen=True, slots=True)
class Report:
    """What a gateway says of a message: `state` is delivered, failed or pending; `number` its own id."""

    number: str
    state: str
    reason: str = ""


def send(gateway: Gateway, to: str, text: str, key: str) -> str:
    """Hand one SMS (`to` in E.164) to the gateway; returns its number for it, empty when it gives none. `key` makes it idempotent there.

    Raises Fault; `unknown` when the line broke after the request had been sent.
    """
    given = {"to": to, "text": text, "sender": gateway.sender, "key": key, "id": ""}
    status, body = _ask(gateway, gateway.url, given, key)
    if status == TOO_MANY or status >= http.client.INTERNAL_SERVER_ERROR:
        reason = msg("The gateway asks to come back later ({code}).", code=status)
        raise Fault("temporary", "gateway", reason, msg("It is tried again by itself."), status, words(body))
    if status in (http.client.UNAUTHORIZED, http.client.FORBIDDEN):
        reason = msg("The gateway refuses the key ({code}).", code=status)
        remedy = msg("Check the secret and the name of the header in the settings.")
        raise Fault("permanent", "login", reason, remedy, status, words(body))
    if status >= http.client.MULTIPLE_CHOICES:  # a redirection is not followed: the key goes to the address typed
        reason = msg("The gateway refuses the message ({code}).", code=status)
        remedy = msg("Check number and template; its answer was: {said}", said=words(body))
        raise Fault("permanent", "gateway", reason, remedy, status, words(body))
    return str(_at(_answer(body), gateway.id_path) or "")


def report(gateway: Gateway, number: str) -> Report:
    """Ask the gateway what became of a message. Raises Fault."""
    url = gateway.report_url.replace("{id}", urllib.parse.quote(number, safe=""))
    request = urllib.request.Request(_checked(url), headers=_headers(gateway))  # noqa: S310 - http(s) only, see _checked
    status, body = _answered(gateway, request)
    if status >= http.client.BAD_REQUEST:
        reason = msg("The gateway gives no delivery report ({code}).", code=status)
        raise Fault("temporary", "report", reason, msg("Check the address of the reports."), status, words(body))
    return parse_report(gateway, body, number)


def parse_report(gateway: Gateway, body: bytes, number: str = "") -> Report:
    """A delivery report, JSON or form; a state that the settings do not name is pending."""
    found = _answer(body)
    state = str(_at(found, gateway.state_path) or "").lower()
    known = "delivered" if state in gateway.delivered else "failed" if state in gateway.failed else "pending"
    return Report(
        number or str(_at(found, gateway.id_path) or ""), known, words(str(_at(found, gateway.reason_path) or ""))
    )


def check(gateway: Gateway) -> None:
    """Raise Fault when address or template cannot serve; asks nobody."""
    _checked(gateway.url)
    _body(gateway, {"to": "+33600000000", "text": 'à "b"', "sender": gateway.sender, "key": "k", "id": ""})


def _ask(gateway: Gateway, address: str, given: Mapping[str, str], key: str) -> tuple[int, bytes]:
    url = PLACES.sub(lambda found: urllib.parse.quote(given[found[1]], safe=""), address)
    body = _body(gateway, given)
    headers = _headers(gateway) | {"Idempotency-Key": key}
    if gateway.method == "GET":
        url += ("&" if "?" in url else "?") + body.decode()
        return _answered(gateway, urllib.request.Request(_checked(url), headers=headers))  # noqa: S310 - http(s) only
    headers["Content-Type"] = "application/json" if gateway.form == "json" else "application/x-www-form-urlencoded"
    return _answered(gateway, urllib.request.Request(_checked(url), body, headers, method=gateway.method))  # noqa: S310 - http(s) only


def _answered(gateway: Gateway, request: urllib.request.Request) -> tuple[int, bytes]:
    opener = urllib.request.build_opener(_NoRedirect)
    try:
        with opener.open(request, timeout=gateway.timeout) as answer:
            return int(answer.status), answer.read(LARGEST_ANSWER)
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.read(LARGEST_ANSWER)
    except urllib.error.URLError as error:
        place = urllib.parse.urlsplit(request.full_url)
        cause = error.reason if isinstance(error.reason, OSError) else OSError()
        if isinstance(cause, TimeoutError):
            raise _perhaps_left() from error
        raise unreachable(cause, place.hostname or "", place.port or 443) from error
    except (http.client.HTTPException, OSError) as error:
        raise _perhaps_left() from error


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    """The key goes to the address typed and to no other."""

    def redirect_request(self, *_args: object, **_kwargs: object) -> None:
        """Follow nothing."""
        return


def _perhaps_left() -> Fault:
    return Fault(
        "unknown",
        "answer",
        msg("The gateway gave no answer once the message was handed over: it may have left."),
        msg("Look at the gateway's own list, then send again or mark it as sent."),
    )


def _headers(gateway: Gateway) -> dict[str, str]:
    return {gateway.header: gateway.secret} if gateway.secret and gateway.header else {}


def _body(gateway: Gateway, given: Mapping[str, str]) -> bytes:
    if gateway.form == "form" or gateway.method == "GET":
        pairs = urllib.parse.parse_qsl(gateway.template, keep_blank_values=True)
        return urllib.parse.urlencode([(name, _filled(value, given)) for name, value in pairs]).encode()
    try:
        shape = json.loads(gateway.template)
    except json.JSONDecodeError as error:
        reason = msg("The template of the gateway is no JSON.")
        raise Fault("permanent", "template", reason, msg("Copy it again from the provider's documentation.")) from error
    return json.dumps(_each(shape, given), ensure_ascii=False).encode()


def _each(shape: Any, given: Mapping[str, str]) -> Any:
    """The template with its places filled, inside values: nothing typed can change its shape."""
    if isinstance(shape, dict):
        return {key: _each(value, given) for key, value in shape.items()}
    if isinstance(shape, list):
        return [_each(value, given) for value in shape]
    return _filled(shape, given) if isinstance(shape, str) else shape


def _filled(text: str, given: Mapping[str, str]) -> str:
    return PLACES.sub(lambda found: given[found[1]], text)


def _answer(body: bytes) -> Any:
    text = body.decode("utf-8", "replace").strip()
    try:
        return json.loads(text)
    except json.JSONDecodeError:
        return dict(urllib.parse.parse_qsl(text))


def _at(found: Any, path: str) -> Any:
    """What stands at a path such as `messages.0.id`; None where it leads nowhere."""
    for step in filter(None, path.split(".")):
        if isinstance(found, list) and step.isdigit() and int(step) < len(found):
            found = found[int(step)]
        elif isinstance(found, dict):
            found = found.get(step)
        else:
            return None
    return found


def _checked(url: str) -> str:
    if urllib.parse.urlsplit(url).scheme not in ("https", "http"):
        reason = msg("The address of the gateway must begin with https://.")
        raise Fault("permanent", "url", reason, msg("Copy it again from the provider's documentation."))
    return url
