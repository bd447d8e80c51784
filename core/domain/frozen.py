"""A computation as plain data and back, exact: what was issued is kept with its proof in the sentences' keys. Stores nothing.

Decimals and dates travel as text, messages as msgid with their parameters, amounts as cents, labels of our data in both
languages; so a frozen figure speaks its reader's language later, and gives the same object back.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from core.domain.computation import Computation, Quantity
from core.domain.messages import Euro, Label, Message


def to_json(computation: Computation) -> str:
    """The computation as JSON text, always the same for the same computation. Raises TypeError for a parameter no message may hold."""
    return json.dumps(to_data(computation), ensure_ascii=False, sort_keys=True)


def from_json(text: str) -> Computation:
    """The computation frozen in a text of `to_json`."""
    return from_data(json.loads(text))


def to_data(computation: Computation) -> dict[str, Any]:
    """The computation as dictionaries, lists, texts and integers; what is empty is left out."""
    data: dict[str, Any] = {
        "label": message_data(computation.label),
        "value": _value_data(computation.value),
        "quantity": computation.quantity.value,
        "certainty": computation.certainty,
    }
    if computation.formula is not None:
        data["formula"] = message_data(computation.formula)
    if computation.source is not None:
        data["source"] = message_data(computation.source)
    lists: dict[str, list[Any]] = {
        "terms": [to_data(term) for term in computation.terms],
        "articles": list(computation.articles),
        "remarks": [message_data(remark) for remark in computation.remarks],
    }
    return data | {name: items for name, items in lists.items() if items}


def from_data(data: Mapping[str, Any]) -> Computation:
    """The computation of `to_data`, equal to the one it was made from."""
    quantity = Quantity(data["quantity"])
    return Computation(
        label=message_of(data["label"]),
        value=_value_of(data["value"], quantity),
        quantity=quantity,
        formula=message_of(data["formula"]) if "formula" in data else None,
        terms=tuple(from_data(term) for term in data.get("terms", ())),
        articles=tuple(data.get("articles", ())),
        source=message_of(data["source"]) if "source" in data else None,
        certainty=data["certainty"],
        remarks=tuple(message_of(remark) for remark in data.get("remarks", ())),
    )


def message_data(message: Message) -> dict[str, Any]:
    """A message as its msgid and parameters."""
    if not message.params:
        return {"msgid": message.msgid}
    return {"msgid": message.msgid, "params": {name: _param_data(value) for name, value in message.params.items()}}


def message_of(data: Mapping[str, Any]) -> Message:
    """The message of `message_data`."""
    return Message(data["msgid"], {name: _param_of(value) for name, value in data.get("params", {}).items()})


def _value_data(value: int | Decimal | dt.date | str) -> int | str:
    if isinstance(value, dt.date):
        return value.isoformat()
    return str(value) if isinstance(value, Decimal) else value


def _value_of(value: int | str, quantity: Quantity) -> int | Decimal | dt.date | str:
    if quantity in (Quantity.RATE, Quantity.POINTS):
        return Decimal(value)
    return dt.date.fromisoformat(str(value)) if quantity is Quantity.DATE else value


def _param_data(value: Any) -> Any:
    """A parameter: text, number and nothing as they are, the others under the name of their kind."""
    if value is None or isinstance(value, (str, int)):
        return value
    if isinstance(value, Decimal):
        return {"decimal": str(value)}
    if isinstance(value, dt.date):
        return {"date": value.isoformat()}
    if isinstance(value, Euro):
        return {"euro": value.cents}
    if isinstance(value, Message):
        return {"message": message_data(value)}
    if hasattr(value, "of"):
        return {"label": {lang: value.of(lang) for lang in ("fr", "en")}}
    raise TypeError(f"a message cannot hold {value!r}")


def _param_of(value: Any) -> Any:
    if not isinstance(value, dict):
        return value
    ((kind, held),) = value.items()
    if kind == "decimal":
        return Decimal(held)
    if kind == "date":
        return dt.date.fromisoformat(held)
    if kind == "euro":
        return Euro(held)
    return message_of(held) if kind == "message" else Label(**held)
