"""The commands backup, restore and export. Each asks one service of upkeep and prints a receipt."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from core.command import place
from core.i18n import Texts
from core.services import upkeep

Answer = tuple[int, dict[str, Any]]


def add_parser(subparsers: Any) -> None:
    """The words the commands take: a file, or a folder to export into."""
    for name, target in (("backup", "FILE"), ("restore", "FILE"), ("export", "DIR")):
        subparsers.add_parser(name).add_argument("target", metavar=target)


def run(args: argparse.Namespace, t: Texts) -> Answer:
    """The command asked for."""
    target = Path(args.target).expanduser().resolve()
    if args.command == "restore":
        with place.store(args) as store:
            return 0, {"store": str(store.path), **_receipt(upkeep.restore(store, target))}
    with place.context(args, t) as ctx:
        if args.command == "backup":
            return 0, {"file": str(target), **_receipt(upkeep.back_up(ctx, target))}
        manifest = upkeep.export(ctx, target)
    tables = {name: table["rows"] for name, table in manifest["tables"].items()}
    return 0, {"folder": str(target), "tables": tables, "files": len(manifest["files"]), "made_at": manifest["made_at"]}


def _receipt(manifest: dict[str, Any]) -> dict[str, Any]:
    """The manifest with its files counted."""
    return {**manifest, "files": len(manifest["files"])}
