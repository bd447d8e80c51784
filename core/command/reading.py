"""The command `read FILE [--encoding E]`: wires read_file to the command line. Opens no store."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from core.command.read import read_file
from core.i18n import Texts


def add_parser(subparsers: Any) -> None:
    """The words the command takes."""
    parser = subparsers.add_parser("read")
    parser.add_argument("file", metavar="FILE")
    parser.add_argument("--encoding", default="", metavar="E")


def run(args: argparse.Namespace, t: Texts) -> tuple[int, dict[str, Any]]:
    """What is in the file; refused when anything in it is."""
    answer = read_file(Path(args.file), args.encoding, t)
    return (1 if answer["problems"] else 0), answer
