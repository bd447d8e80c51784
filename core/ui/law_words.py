"""How a value of the law is said: the figure, its dates, its article, how far it was read. Computes nothing."""

from __future__ import annotations

from urllib.parse import quote

from core.domain.computation import Quantity
from core.domain.law_values import Band, Bands, BandSeries, Dated, Knowledge, Series
from core.i18n import Texts
from core.ui.text import plain


def group(t: Texts, code: str) -> str:
    """A family of values."""
    return {
        "interest": t("Interest"),
        "penalties": t("Late penalties"),
        "terms": t("Payment terms"),
        "deadlines": t("Time limits and holidays"),
        "limitation": t("Limitation periods"),
        "costs": t("Costs and tariffs"),
        "thresholds": t("Thresholds"),
        "plans": t("Plans and seizure of wages"),
    }.get(code, code)


def trust(t: Texts, flag: str) -> str:
    """How far a value was read, as words."""
    return {
        "V": t("read in the text or an official page"),
        "V2": t("two sources agree"),
        "S": t("to be confirmed: one secondary source"),
        "U": t("to be confirmed: not verified"),
    }.get(flag, flag)


def figure(t: Texts, series: Series, value: Dated) -> str:
    """A value with its unit."""
    if series.quantity is Quantity.CENTS:
        return t.money(int(value.value))
    if series.quantity is Quantity.RATE:
        return t("{value}%", value=t.fixed(value.value, 2))
    count = int(value.value)
    return {
        Quantity.POINTS: t.n("{n} point", "{n} points", count),
        Quantity.DAYS: t.n("{n} day", "{n} days", count),
        Quantity.MONTHS: t.n("{n} month", "{n} months", count),
    }.get(series.quantity, t("× {value}", value=t.show(value.value)))


def bands(t: Texts, series: BandSeries, table: Bands) -> list[str]:
    """A table, a sentence a band, then its cap and its fixed fee."""
    found = [_band(t, series, band) for band in table.bands]
    if table.fixed is not None and table.fixed_up_to is not None:
        found.insert(
            0, t("up to {bound}: {amount} in all", bound=t.money(table.fixed_up_to), amount=t.money(table.fixed))
        )
    if table.cap is not None:
        found.append(t("{amount} at most", amount=t.money(table.cap)))
    return found


def _band(t: Texts, series: BandSeries, band: Band) -> str:
    value = band_value(t, series, band)
    if band.up_to is None:
        return t("above {bound}: {value}", bound=t.money(band.above), value=value)
    if not band.above:
        return t("up to {bound}: {value}", bound=t.money(band.up_to), value=value)
    return t("from {start} to {end}: {value}", start=t.money(band.above), end=t.money(band.up_to), value=value)


def band_value(t: Texts, series: BandSeries, band: Band) -> str:
    """The figure of one band."""
    if series.quantity is Quantity.TEXT:
        return t("all") if band.value == band.per else f"{band.value}/{band.per}"
    if series.quantity is Quantity.RATE:
        return t("{value}%", value=t.fixed(band.value, 2))
    return t("× {value}", value=t.show(band.value))


def dates(t: Texts, value: Dated | Bands) -> str:
    """From when to when a value applies."""
    if value.end is None:
        return t("since {start}", start=value.start)
    return t("from {start} to {end}", start=value.start, end=value.end)


def known(t: Texts, series: Series | BandSeries) -> str:
    """Until when it may be relied on, and when somebody last looked."""
    looked = t("last checked on {day}", day=series.checked_on)
    if series.known_until is None:
        return looked
    if series.knowledge is Knowledge.CHECKED:
        return t("known until the day it was last checked, {day}", day=series.known_until)
    return f"{t('known until {day}', day=series.known_until)} · {looked}"


def link(words: str, address: str) -> str:
    """Words that lead to a page; harmless for Markdown. Without an address, the words alone."""
    return f"[{plain(words)}]({quote(address, safe=':/?#@!$&*+,;=%~._-')})" if address else plain(words)


def name(t: Texts, series: Series | BandSeries) -> str:
    """What a value is called, as plain text."""
    return series.label.of(t.lang)


def rule(t: Texts, code: str) -> str:
    """A rule of computing time."""
    return {
        "day_zero_excluded": t("The day of the event does not count."),
        "month_same_day": t("A period of months or years ends on the same day of the last month, or on its last day."),
        "months_then_days": t("Months are counted first, then days."),
        "roll_forward": t("A last day on a Saturday, a Sunday or a holiday moves to the next working day."),
        "working_days": t("Working days: neither Saturday, Sunday nor holiday."),
        "free_days": t("“Free” days: neither the first nor the last counts."),
        "overseas": t("Before a court of mainland France, for those who live overseas: {n} month more"),
        "abroad": t("Before a court of mainland France, for those who live abroad: {n} months more"),
    }.get(code, code)
