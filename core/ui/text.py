"""Free text from data on its way to a screen that reads Markdown. Changes no meaning."""

from __future__ import annotations

import re

_SPECIAL = re.compile(r"([\\`*_{}\[\]()<>#+\-.!|~$:^=&])")


def plain(text: object) -> str:
    """The text with every Markdown sign made harmless: labels, captions and titles of Streamlit are Markdown too."""
    return _SPECIAL.sub(r"\\\1", str(text)).replace("\n", " ")
