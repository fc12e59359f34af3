"""W3C Trace Context: the ``traceparent`` header, read and written. Ids come in as arguments."""

from __future__ import annotations

import re
from typing import NamedTuple

from douane.vocabulary.errors import DeclarationFault

_HEADER = re.compile(r"([0-9a-f]{2})-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})(-.*)?", re.DOTALL)
_NO_TRACE, _NO_SPAN = "0" * 32, "0" * 16


class TraceContext(NamedTuple):
    """Where a call belongs: the trace, the span that called, and whether the caller records it."""

    trace: str
    span: str
    sampled: bool = False

    def header(self) -> str:
        """The header's value, version 00."""
        return f"00-{self.trace}-{self.span}-{'01' if self.sampled else '00'}"

    def child(self, span: bytes) -> TraceContext:
        """The same trace with our own span (8 bytes) as the caller."""
        return TraceContext(self.trace, _hex(span, 8), self.sampled)


def start_trace(trace: bytes, span: bytes, *, sampled: bool = False) -> TraceContext:
    """A new trace from fresh ids of 16 and 8 bytes."""
    return TraceContext(_hex(trace, 16), _hex(span, 8), sampled)


def read_traceparent(header: str) -> TraceContext | None:
    """The context in a header; None where it is none, so that the receiver starts a trace instead of failing."""
    found = _HEADER.fullmatch(header.strip(" \t")) if len(header) <= 512 else None
    if found is None:
        return None
    version, trace, span, flags, more = found.groups()
    if version == "ff" or trace == _NO_TRACE or span == _NO_SPAN or (version == "00" and more):
        return None
    return TraceContext(trace, span, bool(int(flags, 16) & 1))


def chosen(trace: str, per_million: int) -> bool:
    """Whether a trace is among the sampled ones: decided by its id, so that all nodes agree."""
    return int(trace[-8:], 16) * 1_000_000 < per_million << 32


def _hex(value: bytes, length: int) -> str:
    if len(value) != length or not any(value):
        raise DeclarationFault(f"A trace id of {length} bytes, not all zero, is needed.")
    return value.hex()
