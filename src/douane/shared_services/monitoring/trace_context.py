"""W3C Trace Context: which trace a call belongs to, as its ``traceparent`` header says."""

from __future__ import annotations

import re

_HEADER = re.compile(r"([0-9a-f]{2})-([0-9a-f]{32})-([0-9a-f]{16})-[0-9a-f]{2}(-.*)?", re.DOTALL)
_NO_TRACE, _NO_SPAN = "0" * 32, "0" * 16


def trace_id(header: str) -> str:
    """The trace id; empty where the header is absent or malformed, since no call is refused for it."""
    found = _HEADER.fullmatch(header.strip(" \t")) if 0 < len(header) <= 512 else None
    if found is None:
        return ""
    version, trace, span, more = found.groups()
    malformed = version == "ff" or trace == _NO_TRACE or span == _NO_SPAN or (version == "00" and more)
    return "" if malformed else trace
