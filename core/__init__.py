"""Quittance's core: every rule, record and door of a collection agency. Draws no screen (except core.ui)."""

__version__ = "0.1.0"
