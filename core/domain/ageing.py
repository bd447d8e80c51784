"""The age bands of an aged balance. Sums nothing."""

from __future__ import annotations

# Days late, both bounds included; None: no bound. Bands of the field's glossary.
BANDS: tuple[tuple[str, int | None, int | None], ...] = (
    ("not_due", None, 0), ("d1_30", 1, 30), ("d31_60", 31, 60), ("d61_90", 61, 90), ("d91_180", 91, 180), ("over_180", 181, None),
)  # fmt: skip
UNDATED = "undated"
