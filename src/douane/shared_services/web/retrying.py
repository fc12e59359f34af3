"""When a server asks for its next request: the header Retry-After (RFC 9110, 10.2.3), in seconds."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

HEADER: Final = "retry-after"


def asked(headers: Mapping[str, str]) -> float:
    """The pause that an answer asks for; 0 where it asks for none, or names a date."""
    value = headers.get(HEADER, "").strip()
    return float(value) if value.isascii() and value.isdigit() and len(value) <= 6 else 0.0
