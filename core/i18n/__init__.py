"""Words and formats in the reader's language: gettext catalogues and Babel. Knows no screen and no business rule."""

from __future__ import annotations

import datetime as dt
import functools
import gettext
import re
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any, Protocol

from babel.dates import format_date, format_datetime
from babel.numbers import format_currency, format_decimal

LOCALES = {"fr": "fr_FR", "en": "en_GB"}
DEFAULT = "fr"
FOLDER = Path(__file__).resolve().parents[2] / "data" / "locale"
DOMAIN = "quittance"
EVERY_DECIMAL = "#,##0.00##########"  # two decimals at least, never fewer than a number has
_PERCENT = re.compile(r"\{(\w+)\} ?%")


class SupportsMessage(Protocol):
    """Anything that carries a msgid and its parameters (core.domain.messages.Message does)."""

    @property
    def msgid(self) -> str:
        """The English sentence."""

    @property
    def params(self) -> Mapping[str, Any]:
        """Its parameters."""


class Texts:
    """The catalogue of one language: call it with an English msgid and parameters."""

    def __init__(self, lang: str, catalogue: gettext.NullTranslations) -> None:
        self.lang = lang
        self.locale = LOCALES[lang]
        self._catalogue = catalogue

    def __call__(self, msgid: str, /, **params: Any) -> str:
        """The sentence for `msgid`; money, dates and nested messages among `params` are formatted."""
        text = self._catalogue.gettext(msgid) if msgid else ""
        return text.format(**self._shown(msgid, params)) if params else text

    def n(self, singular: str, plural: str, count: int, /, **params: Any) -> str:
        """The sentence with the plural form of the language; `{n}` is the formatted count."""
        text = self._catalogue.ngettext(singular, plural, count)
        return text.format(n=self.number(count), **self._shown(singular, params))

    def render(self, message: SupportsMessage) -> str:
        """A domain Message as a sentence."""
        return self(message.msgid, **message.params)

    def _shown(self, msgid: str, params: Mapping[str, Any]) -> dict[str, Any]:
        """The parameters as text; a number that the sentence follows with % is a rate."""
        shown = {name: self.show(value) for name, value in params.items()}
        if any(isinstance(value, Decimal) for value in params.values()):
            rates = (name for name in _PERCENT.findall(msgid) if isinstance(params.get(name), Decimal))
            shown |= {name: self.rate(params[name]) for name in rates}
        return shown

    def show(self, value: Any) -> Any:
        """One parameter as text of this language."""
        if hasattr(value, "cents"):
            return self.money(value.cents)
        if hasattr(value, "msgid"):
            return self.render(value)
        if hasattr(value, "of"):  # a label of our data, in both languages
            return value.of(self.lang)
        if isinstance(value, dt.date):
            return self.date(value)
        if isinstance(value, Decimal):
            return str(format_decimal(value, locale=self.locale, decimal_quantization=False))
        return value

    def money(self, cents: int) -> str:
        """1 234,56 € in French, €1,234.56 in English."""
        return str(format_currency(Decimal(cents) / 100, "EUR", locale=self.locale))

    def number(self, value: int) -> str:
        """A whole number with the language's grouping."""
        return str(format_decimal(value, locale=self.locale))

    def fixed(self, value: Decimal, places: int) -> str:
        """A number with exactly so many decimals: 19,0 in French."""
        return str(format_decimal(value, format=f"#,##0.{'0' * places}", locale=self.locale))

    def rate(self, percent: Decimal) -> str:
        """A rate without its sign, the same everywhere: 12,40 and 12,4375 in French."""
        return str(format_decimal(percent, format=EVERY_DECIMAL, locale=self.locale))

    def date(self, day: dt.date | str | None, style: str = "short") -> str:
        """A day; "short" is 22/11/2026 in both languages, "long" 22 novembre 2026. An ISO text is accepted, None is empty."""
        if not day:
            return ""
        value = dt.date.fromisoformat(day) if isinstance(day, str) else day
        pattern = "dd/MM/yyyy" if style == "short" else style
        return str(format_date(value, format=pattern, locale=self.locale))

    def moment(self, at: dt.datetime) -> str:
        """A day and time, to the minute; `at` is already in the reader's time zone."""
        return str(format_datetime(at, format="dd/MM/yyyy HH:mm", locale=self.locale))


@functools.cache
def texts(lang: str) -> Texts:
    """The catalogue of `lang`; French for a language we do not have."""
    known = lang if lang in LOCALES else DEFAULT
    return Texts(known, gettext.translation(DOMAIN, FOLDER, languages=[known], fallback=True))


def language_of(locale: str | None) -> str:
    """The interface language for a browser locale such as "en-GB"; French when it is neither French nor English."""
    head = (locale or "").split("-")[0].lower()
    return head if head in LOCALES else DEFAULT
