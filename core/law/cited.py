"""What a datum of our files rests on: its article and how far it was read at its source. Knows no article by itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from core.domain.messages import msg
from core.law.strict_yaml import Entry

TRUST = ("V", "V2", "S", "U")


@dataclass(frozen=True, slots=True)
class Cited:
    """An article and its trust flag (V read in a source, V2 in two, S or U to be confirmed); both empty where there is none."""

    article: str = ""
    trust: str = ""

    @property
    def to_confirm(self) -> bool:
        """Whether a lawyer still has to confirm it."""
        return self.trust in ("S", "U")


def cited(entry: Entry, parts: Mapping[str, Entry]) -> Cited:
    """The keys article and trust of a group; one without the other is refused."""
    if ("article" in parts) != ("trust" in parts):
        raise entry.refused(
            "article-trust",
            msg("an article and its trust flag go together."),
            msg("Give both “article” and “trust”, or neither."),
        )
    return Cited(parts["article"].text(), parts["trust"].choice(TRUST)) if "article" in parts else Cited()


def each_once(entries: tuple[Entry, ...], codes: list[str]) -> None:
    """Refuse the second of two equal codes, at its line."""
    for at, code in enumerate(codes):
        if code in codes[:at]:
            raise entries[at].refused(
                "code-twice",
                msg("“{value}” is given twice.", value=code),
                msg("Give this one another code, or remove it."),
                value=code,
            )
