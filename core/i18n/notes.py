"""Articles numbered as notes: the same calls on screen and on paper. Draws nothing."""

from __future__ import annotations

from collections.abc import Iterable


class Notes:
    """Articles numbered in the order in which they are first cited, each once."""

    def __init__(self, articles: Iterable[str] = ()) -> None:
        self.numbers: dict[str, int] = {}
        self.cite(articles)

    def cite(self, articles: Iterable[str]) -> str:
        """The call of some articles, such as " (1, 3)"; empty for none."""
        found = sorted({self.numbers.setdefault(article, len(self.numbers) + 1) for article in articles})
        listed = ",\u00a0".join(map(str, found))
        return f"\u00a0({listed})" if found else ""
