"""Free text from data on its way to a screen that reads Markdown. Changes no meaning."""

from __future__ import annotations

import re

# Where such a sign stands apart, Markdown makes no link of the whole; copied, it is the same text.
_LINKED = re.compile(r"(?<=@)[^\s@]+|www\.|https?:(?=//)", re.IGNORECASE)
_BREAK = str.maketrans({".": "\ue000", ":": "\ue001"})
_APART = str.maketrans({"\ue000": r":gray[\.]", "\ue001": r":gray[\:]"})
_SPECIAL = re.compile(r"([\\`*_{}\[\]()<>#+\-.!|~$:^=&])")


def plain(text: object) -> str:
    """The text with every Markdown sign made harmless: labels, captions and titles of Streamlit are Markdown too.

    An e-mail address or a web address makes no link: a click opens no mail program and no stranger's page.
    """
    cut = _LINKED.sub(lambda found: found[0].translate(_BREAK), str(text))
    return _SPECIAL.sub(r"\\\1", cut).translate(_APART).replace("\n", " ")
