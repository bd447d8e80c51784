"""The commands verify, check and migrate. Each asks one service of upkeep and prints what it says."""

from __future__ import annotations

import argparse
from typing import Any

from core.command import place, words
from core.domain.messages import Message, Problem, msg
from core.i18n import Texts
from core.services import upkeep

Answer = tuple[int, dict[str, Any]]
BROKEN = msg("Stop writing in this store and put back a backup made before; keep this one for whoever examines it.")


def add_parser(subparsers: Any) -> None:
    """The words the commands take: none of their own."""
    for name in ("verify", "check", "migrate"):
        subparsers.add_parser(name)


def run(args: argparse.Namespace, t: Texts) -> Answer:
    """The command asked for."""
    return {"verify": _verify, "check": _check, "migrate": _migrate}[args.command](args, t)


def _verify(args: argparse.Namespace, t: Texts) -> Answer:
    with place.context(args, t, writes=False) as ctx:
        found = upkeep.verify(ctx)
    proofs = {
        "integrity": found.integrity,
        "audit_chain": found.audit_chain,
        "read_model": found.read_model,
        "client_money": found.client_money,
    }
    told: dict[str, Any] = {name: t.render(p) if isinstance(p, Message) else p for name, p in proofs.items()}
    broken = [Problem("proof-broken", p, BROKEN, field=name) for name, p in proofs.items() if isinstance(p, Message)]
    if broken:
        told["problems"] = words.problems_json(tuple(broken), t)
    return (0 if found.whole else 1), told


def _check(args: argparse.Namespace, t: Texts) -> Answer:
    """The findings; a store that was not made yet is itself a finding."""
    with place.store(args) as store:
        exists = store.path.exists()
        findings = upkeep.check(upkeep.opened(store, t.lang, signs=False)) if exists else upkeep.installation(store)
    answer: dict[str, Any] = {"store": str(store.path), "store_exists": exists}
    answer["findings"] = [{"key": f.key, "state": f.state, "sentence": t.render(f.sentence)} for f in findings]
    return 0, answer


def _migrate(args: argparse.Namespace, t: Texts) -> Answer:  # noqa: ARG001 - one shape for all commands
    with place.store(args) as store:
        made = not store.path.exists()
        return 0, {"store": str(store.path), "made": made, "steps": upkeep.migrate(store), "schema": upkeep.SCHEMA}
