"""Finds the sentences of the program for Babel by reading its syntax tree: inside f-strings too, on every Python. Translates nothing."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import IO, Any

KEYWORDS = {"t": 1, "msg": 1, "page": 1, "n": 2}  # the name called, and how many first arguments are sentences


def extract(
    fileobj: IO[bytes], keywords: Any, comment_tags: Any, options: Any
) -> Iterator[tuple[int, str, Any, list[str]]]:
    """Babel's extraction method (babel.cfg): line, the gettext function it stands for, the sentence or the two forms, no comment."""
    del keywords, comment_tags, options  # Babel passes them by name; this program has one way of saying things
    for node in ast.walk(ast.parse(fileobj.read())):
        if not isinstance(node, ast.Call):
            continue
        name = (
            node.func.id
            if isinstance(node.func, ast.Name)
            else node.func.attr
            if isinstance(node.func, ast.Attribute)
            else ""
        )
        wanted = KEYWORDS.get(name, 0)
        texts = [a.value for a in node.args[:wanted] if isinstance(a, ast.Constant) and isinstance(a.value, str)]
        if wanted and len(texts) == wanted and texts[0]:
            yield (node.lineno, "ngettext" if wanted == 2 else "gettext", tuple(texts) if wanted == 2 else texts[0], [])
