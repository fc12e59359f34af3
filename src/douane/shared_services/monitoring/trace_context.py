"""W3C Trace Context: which trace a call belongs to and which span sent it, as its ``traceparent`` header says.

What is kept of a header is ``TRACE-SPAN``; rows of former releases hold the trace alone.
"""

from __future__ import annotations

import re

_HEADER = re.compile(r"([0-9a-f]{2})-([0-9a-f]{32})-([0-9a-f]{16})-[0-9a-f]{2}(-.*)?", re.DOTALL)
_NO_TRACE, _NO_SPAN = "0" * 32, "0" * 16


def context_of(header: str) -> str:
    """Trace and span of a header; empty where it is absent or malformed, since no call is refused for it."""
    found = _HEADER.fullmatch(header.strip(" \t")) if 0 < len(header) <= 512 else None
    if found is None:
        return ""
    version, trace, span, more = found.groups()
    malformed = version == "ff" or trace == _NO_TRACE or span == _NO_SPAN or (version == "00" and more)
    return "" if malformed else f"{trace}-{span}"


def trace_id(context: str) -> str:
    """The trace of a context; empty where there is none."""
    return context.partition("-")[0]


def sender_span(context: str) -> str:
    """The span that sent; empty where none is kept."""
    return context.partition("-")[2]
