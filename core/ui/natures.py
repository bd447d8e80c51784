"""The words for the natures of debts, for screens. Says nothing that services do not."""

from core.services.nature_words import label

__all__ = ["label"]
