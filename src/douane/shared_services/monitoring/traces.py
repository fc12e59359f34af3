"""Spans of a node, made from what its journal keeps: exported twice they are the same, and the way of a message pays
nothing for them.

A message that came is a span that begins and ends when it was admitted; one that left is a span from when it was
written until what is known of its delivery. Each names the message that caused it as its parent. Ids follow from the
node's name and the positions, so nothing has to be remembered. A message without a trace of its own belongs to that of
what it follows from, else to that of the case of the first message of the chain. What anybody wrote stands in no
attribute: words of the node and numbers of its own only.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import Any, Final

from douane.model.caller import INNER
from douane.runtime.store import keys
from douane.runtime.store.envelope import (
    DELIVERY,
    JOURNAL,
    SENT,
    TRIED,
    JournalRow,
    RowKind,
    SentKind,
    SentRow,
    channel_of,
)
from douane.runtime.store.ports import Log, Reader
from douane.shared_services.monitoring.trace_context import sender_span, trace_id

PAGE: Final = 500
FARTHEST: Final = 64
"""Causes that are followed back to the first one, whose trace it is: a longer chain is cut into several traces."""
CONVENTIONS: Final = "1.28.0"
"""Version of the semantic conventions whose names the attributes bear."""
_INTERNAL, _PRODUCER, _CONSUMER = 1, 4, 5
_FAILED: Final = 2
_BAD_ENDS: Final = frozenset({"exception", "expired"})
Span = dict[str, Any]


def span_id(node: str, log: Log, position: int) -> str:
    """The id of the span of a position."""
    return hashlib.sha256(f"{node}\0{log.name}\0{position:x}".encode()).hexdigest()[:16]


def trace_of(node: str, reader: Reader, row: JournalRow | SentRow) -> str:
    """The trace of a row: its sender's, or that of what it follows from; else that of the case of the first cause."""
    seen: JournalRow | SentRow = row
    for _ in range(FARTHEST):
        if seen.origin is not None and seen.origin.trace:
            return trace_id(seen.origin.trace)
        (raw,) = reader.read_log(Log.JOURNAL, [seen.cause]) if seen.cause else (None,)
        if raw is None:
            break
        seen = JOURNAL.read(raw)
    return hashlib.sha256(f"{node}\0case\0{seen.subject:x}".encode()).hexdigest()[:32]


def traceparent(node: str, reader: Reader, position: int, row: SentRow) -> str:
    """What a message that leaves says of its trace: the header of W3C Trace Context, its own span as the parent."""
    return f"00-{trace_of(node, reader, row)}-{span_id(node, Log.SENT, position)}-01"


def came(node: str, reader: Reader, position: int, row: JournalRow) -> Span:
    """The span of a message of the journal."""
    at = row.received * 1000
    facts = {"messaging.operation.type": "receive", "messaging.system": row.origin.channel,
             "douane.platform": row.origin.platform, "douane.circle": row.caller.circle.value}  # fmt: skip
    kind = _CONSUMER if row.origin.platform else _INTERNAL
    found = _span(node, reader, (Log.JOURNAL, position), row, row.named, kind, (at, at), facts)
    if row.faults or row.conflict:
        found["status"] = {"code": _FAILED}
    return found


def left(node: str, reader: Reader, position: int, row: SentRow) -> Span:
    """The span of a message that left."""
    (raw,) = reader.read([keys.REPORT + keys.u16(position >> 48) + keys.u64(position)])
    delivery = DELIVERY.read(raw) if raw is not None else None
    ended = delivery is not None and delivery.state != TRIED
    end = max(row.at, delivery.at) if delivery is not None and ended else row.at
    facts = {"messaging.operation.type": "send", "messaging.system": channel_of(row.lane) if row.lane else "inbox",
             "douane.delivery": delivery.state if delivery is not None and ended else "waiting"}  # fmt: skip
    times = row.at * 1000, end * 1000
    found = _span(node, reader, (Log.SENT, position), row, row.type, _PRODUCER, times, facts)
    if facts["douane.delivery"] in _BAD_ENDS:
        found["status"] = {"code": _FAILED}
    return found


def _span(
    node: str, reader: Reader, at: tuple[Log, int], row: JournalRow | SentRow, name: str, kind: int,
    times: tuple[int, int], facts: dict[str, str],
) -> Span:  # fmt: skip
    (log, position), (begin, end) = at, times
    place = f"out:{position:x}" if log is Log.SENT else f"{position:x}"
    facts |= {"messaging.message.id": place, "messaging.message.conversation_id": f"{row.subject:x}"}
    found: Span = {
        "traceId": trace_of(node, reader, row), "spanId": span_id(node, log, position), "name": name, "kind": kind,
        "startTimeUnixNano": str(begin), "endTimeUnixNano": str(end),
        "attributes": [_attribute(key, value) for key, value in facts.items() if value],
    }  # fmt: skip
    parent = span_id(node, Log.JOURNAL, row.cause) if row.cause else sender_span(row.origin.trace if row.origin else "")
    return found | ({"parentSpanId": parent} if parent else {})


def _attribute(key: str, value: str) -> dict[str, Any]:
    return {"key": key, "value": {"stringValue": value}}


def spans(node: str, reader: Reader, log: Log, after: int, end: int) -> Iterator[tuple[int, Span]]:
    """The spans of a log behind a position, each with its position, in order: the cursor for the next time."""
    while rows := reader.scan_log(log, after, end, PAGE):
        for position, raw in rows:
            if log is Log.JOURNAL:
                row = JOURNAL.read(raw)
                if row.kind is not RowKind.READ:
                    yield position, came(node, reader, position, row)
            else:
                sent = SENT.read(raw)
                if sent.kind is not SentKind.TRANSFER and not sent.lane.startswith(INNER):
                    yield position, left(node, reader, position, sent)
        after = rows[-1][0]


def request(node: str, version: str, found: list[Span]) -> dict[str, Any]:
    """The spans as OTLP carries them over HTTP (JSON)."""
    resource = [_attribute("service.name", "douane"), _attribute("service.instance.id", node),
                _attribute("service.version", version)]  # fmt: skip
    scope = {"scope": {"name": "douane.journal"}, "spans": found,
             "schemaUrl": f"https://opentelemetry.io/schemas/{CONVENTIONS}"}  # fmt: skip
    return {"resourceSpans": [{"resource": {"attributes": resource}, "scopeSpans": [scope]}]}
