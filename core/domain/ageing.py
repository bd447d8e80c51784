"""The age bands of an aged balance and their names. Sums nothing."""

from __future__ import annotations

from core.domain.messages import Message, msg

# Days late, both bounds included; None: no bound. Bands of the field's glossary.
BANDS: tuple[tuple[str, int | None, int | None], ...] = (
    ("not_due", None, 0), ("d1_30", 1, 30), ("d31_60", 31, 60), ("d61_90", 61, 90), ("d91_180", 91, 180), ("over_180", 181, None),
)  # fmt: skip
UNDATED = "undated"
WORDS: dict[str, Message] = {
    "not_due": msg("Not due"),
    "d1_30": msg("1 to 30 days"),
    "d31_60": msg("31 to 60 days"),
    "d61_90": msg("61 to 90 days"),
    "d91_180": msg("91 to 180 days"),
    "over_180": msg("Over 180 days"),
    "undated": msg("No due date"),
}
