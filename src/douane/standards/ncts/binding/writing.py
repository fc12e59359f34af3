"""What writers share: escaped texts, and the last text of a large group."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import TypeVar

from douane.standards.xml.writing import text

V = TypeVar("V")
__all__ = ["remembered", "text"]


def remembered(write: Callable[[V], str]) -> Callable[[V], str]:
    """Keep the last text of a writer: values are frozen, and one consignment goes out in several messages."""
    last: list[V | None] = [None]
    written = [""]

    @functools.wraps(write)
    def again(value: V) -> str:
        if last[0] is not value:
            written[0] = write(value)
            last[0] = value
        return written[0]

    return again
