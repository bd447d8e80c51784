"""What a page shows under AppTest, in plain values. Clicks nothing."""

from typing import Any


def whole(page: Any) -> Any:
    """The page itself, once it is sure that nothing broke on it."""
    assert not page.exception, page.exception
    broken = [error.value for error in page.error if "(code " in error.value]
    assert not broken, broken
    return page


def said(page: Any) -> list[str]:
    """Every sentence of Markdown, captions and messages."""
    return [
        part.value
        for kind in (page.markdown, page.caption, page.info, page.success, page.warning, page.error)
        for part in kind
    ]


def shown_table(page: Any, at: int = 0) -> list[dict[str, Any]]:
    """The lines of a table."""
    return list(page.dataframe[at].value.to_dict("records"))
