"""A problem kept as JSON and told in any language later: sentences inside sentences, days, labels. Judges nothing."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from typing import Any

from core.domain.messages import Label, Message, Problem


def kept(problem: Problem) -> str:
    """The problem as JSON; amounts and decimals become their text."""
    found = {
        "code": problem.code,
        "reason": _plain(problem.reason),
        "remedy": _plain(problem.remedy),
        "value": problem.value,
    }
    return json.dumps(found, ensure_ascii=False)


def heard(text: str) -> Problem:
    """The problem of a JSON text that `kept` wrote."""
    found = json.loads(text)
    return Problem(found["code"], _value(found["reason"]), _value(found["remedy"]), value=found.get("value", ""))


def _plain(value: object) -> object:
    if isinstance(value, Message):
        return {"msgid": value.msgid, "params": {name: _plain(one) for name, one in value.params.items()}}
    if isinstance(value, Label):
        return {"fr": value.fr, "en": value.en}
    if isinstance(value, dt.date):
        return {"day": value.isoformat()[:10]}
    return value if isinstance(value, (str, int)) else str(value)


def _value(found: Any) -> Any:
    if not isinstance(found, Mapping):
        return found
    if "msgid" in found:
        return Message(str(found["msgid"]), {name: _value(one) for name, one in found["params"].items()})
    if "day" in found:
        return dt.date.fromisoformat(found["day"])
    return Label(found["fr"], found["en"])
