"""How a CSI message stands in AMQP 0-9-1: basic properties where there is one, headers ``csi-...`` for the rest.

A national program needs no library of ours: any AMQP client that sets these reads and writes the same messages.
"""

from __future__ import annotations

import zlib
from collections.abc import Mapping
from typing import Any, Final, NamedTuple

from douane.standards.csi.message import Instant, Kind, Message, Qos, Report, check, digest, inflate
from douane.vocabulary.errors import NotWellFormed

MILLISECOND: Final[Instant] = 1000


class Properties(NamedTuple):
    """What AMQP carries beside the body. ``expiration``: milliseconds to live; None for ever."""

    message_id: str
    correlation_id: str
    reply_to: str
    priority: int
    expiration: int | None
    type: str
    headers: dict[str, Any]


def write(message: Message, now: Instant) -> tuple[Properties, bytes]:
    """A message as AMQP carries it. Time to live is counted from ``now``; one that has passed leaves a millisecond."""
    check(message)
    qos, body = message.qos, message.body
    headers: dict[str, Any] = {"csi-kind": message.kind.value}
    if qos.reports:
        headers |= {"csi-reports": ",".join(sorted(qos.reports)), "csi-report-to": qos.report_to}
    if message.report is not None:
        headers["csi-report"] = message.report.value
    if message.reason:
        headers["csi-reason"] = message.reason
    if message.trace:
        headers["traceparent"] = message.trace
    if qos.integrity:
        headers["csi-digest"] = digest(body)
    if qos.compression:
        headers["csi-compression"] = "deflate"
        body = zlib.compress(body)
    lives = max(1, (qos.expires - now) // MILLISECOND) if qos.expires else None
    return Properties(message.id, qos.correlation, qos.reply_to, qos.priority, lives, message.type, headers), body


def read(found: Properties, body: bytes, *, user: str = "", now: Instant = 0) -> Message:
    """The message again; NotWellFormed or TooLarge for what no CSI program would write.

    What carries no headers of ours is a plain data message without reports.
    """
    headers: Mapping[str, Any] = found.headers
    packed = _text(headers, "csi-compression")
    if packed:
        if packed != "deflate":
            raise NotWellFormed(f"Compression {packed[:20]!r} is not known here; use deflate.")
        body = inflate(body)
    proof = _text(headers, "csi-digest")
    if proof and proof != digest(body):
        raise NotWellFormed("The body is not the one that its digest tells of.")
    try:
        kind = Kind(_text(headers, "csi-kind") or "DATA")
        wanted = frozenset(Report(each) for each in _text(headers, "csi-reports").split(",") if each)
        about = _text(headers, "csi-report")
        what = Report(about) if about else None
    except ValueError as problem:
        raise NotWellFormed(f"A CSI header holds what it cannot: {problem}.") from problem
    qos = Qos(
        priority=found.priority, reply_to=found.reply_to, reports=wanted, report_to=_text(headers, "csi-report-to"),
        correlation=found.correlation_id, integrity=bool(proof), compression=bool(packed),
        expires=now + found.expiration * MILLISECOND if found.expiration is not None else 0,
    )  # fmt: skip
    reason, trace = _text(headers, "csi-reason"), _text(headers, "traceparent")
    message = Message(found.message_id, body, found.type, qos, kind, what, reason, user, trace)
    check(message)
    return message


def _text(headers: Mapping[str, Any], name: str) -> str:
    value = headers.get(name, "")
    if isinstance(value, bytes):
        value = value.decode(errors="replace")
    if not isinstance(value, str):
        raise NotWellFormed(f"The header {name} is no text.")
    return value
