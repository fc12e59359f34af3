"""A queue message with its quality-of-service block, and the four reports about it."""

from __future__ import annotations

import enum
import hashlib
import zlib
from typing import Final

import msgspec

from douane.vocabulary.errors import NotWellFormed, TooLarge

LARGEST: Final = 4 * 1024 * 1024
"""Bytes of a body, after decompression too: what a door takes."""
MAX_ID: Final = 64
HIGHEST_PRIORITY: Final = 9
Instant = int


class Kind(enum.StrEnum):
    """What a queue carries."""

    DATA = "DATA"
    REPORT = "REPORT"


class Report(enum.StrEnum):
    """What is told about a message, correlated by its identification."""

    COA = "COA"  # confirmation of arrival: it is in the queue of its destination
    COD = "COD"  # confirmation of delivery: the application took it
    EXCEPTION = "EXCEPTION"  # unknown or full queue, refusal
    EXPIRATION = "EXPIRATION"  # its time to live ended before delivery


ALL_REPORTS: Final = frozenset(Report)
"""What an exchange of information asks for: every report."""


class Qos(msgspec.Struct, frozen=True):
    """How a message is to be carried.

    priority: 0 to 9. reply_to: the queue for business answers. expires: microseconds since 1970, 0 for never. reports:
    which ones are wanted, at ``report_to``. correlation: the message that this one answers, or is a report about.
    integrity: the carrier proves the body by a digest. compression: the body travels deflated.
    """

    priority: int = 4
    reply_to: str = ""
    expires: Instant = 0
    reports: frozenset[Report] = frozenset()
    report_to: str = ""
    correlation: str = ""
    integrity: bool = False
    compression: bool = False


class Message(msgspec.Struct, frozen=True):
    """A message of a queue. ``user``: who put it there, as the carrier proved; empty where it could not.

    trace: which trace it belongs to, as its sender says (W3C ``traceparent``); empty where it does not.
    """

    id: str
    body: bytes
    type: str = ""
    qos: Qos = Qos()
    kind: Kind = Kind.DATA
    report: Report | None = None
    reason: str = ""
    user: str = ""
    trace: str = ""

    def asks_for(self, report: Report) -> bool:
        """Whether its sender wants this report, and can get it. Nobody reports about a report."""
        return self.kind is Kind.DATA and report in self.qos.reports and bool(self.qos.report_to)


def check(message: Message) -> None:
    """Raise NotWellFormed or TooLarge for what no queue carries."""
    if not 0 < len(message.id) <= MAX_ID or not message.id.isprintable():
        raise NotWellFormed(f"A message identification has 1 to {MAX_ID} printable characters.")
    if len(message.body) > LARGEST:
        raise TooLarge(f"A queue message has at most {LARGEST} bytes.", remedy="Send it by a web service.")
    if not 0 <= message.qos.priority <= HIGHEST_PRIORITY:
        raise NotWellFormed(f"A priority is 0 to {HIGHEST_PRIORITY}, not {message.qos.priority}.")
    if (message.kind is Kind.REPORT) != (message.report is not None):
        raise NotWellFormed("A report names which one it is, and nothing else does.")
    if message.kind is Kind.REPORT and not message.qos.correlation:
        raise NotWellFormed("A report names the message that it is about.")
    if message.qos.reports and not message.qos.report_to:
        raise NotWellFormed("Reports are asked for, but no queue to send them to.")


def report(about: Message, what: Report, *, id: str, reason: str = "") -> Message:
    """The report about a message, for the queue that it names."""
    qos = Qos(priority=about.qos.priority, correlation=about.id)
    return Message(id, b"", about.type, qos, Kind.REPORT, what, reason[:500])


def digest(body: bytes) -> str:
    """The digest under which a body travels with integrity."""
    return hashlib.sha256(body).hexdigest()


def inflate(body: bytes) -> bytes:
    """A deflated body again; refuses what grows beyond the limit."""
    unpacking = zlib.decompressobj()
    try:
        whole = unpacking.decompress(body, LARGEST)
    except zlib.error as problem:
        raise NotWellFormed("The body is not deflated, though its quality of service says so.") from problem
    if unpacking.unconsumed_tail or not unpacking.eof:
        raise TooLarge(f"The body inflates to more than {LARGEST} bytes, or ends early.")
    return whole
