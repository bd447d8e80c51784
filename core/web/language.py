"""The visitor's language out of Accept-Language. Knows no choice made on a screen."""

from __future__ import annotations

from core.i18n import DEFAULT, LOCALES


def preferred(accept_language: str) -> str:
    """The first language we have in the visitor's order of preference; French when there is none."""
    ranked = sorted((choice(part) for part in accept_language.split(",")), key=lambda c: -c[1])
    return next((lang for lang, weight in ranked if lang in LOCALES and weight > 0), DEFAULT)


def choice(part: str) -> tuple[str, float]:
    """("en", 0.8) for "en-GB;q=0.8"; a weight that is no number counts as none."""
    tag, _, weight = part.partition(";q=")
    try:
        return tag.strip().split("-")[0].lower(), float(weight or 1)
    except ValueError:
        return "", 0.0
