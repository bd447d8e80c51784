"""A long list shown page by page. Sorts nothing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

import streamlit as st

T = TypeVar("T")


def part(items: Sequence[T], size: int, key: str) -> Sequence[T]:
    """The items of the page chosen; the pager stands above them when there is more than one page."""
    pages = -(-len(items) // size)
    at = st.pagination(pages, key=key) if pages > 1 else 1
    return items[(at - 1) * size : at * size]
