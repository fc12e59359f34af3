"""The ledger of a load client: what it sent, what it was told, what it collected; outside the node, append only.

One line of JSON a fact, written by one system call before the client goes on. The ledger is the only thing that knows
what was acknowledged; a store that lost something does not.
"""

from __future__ import annotations

import enum
import os
from collections.abc import Iterator
from pathlib import Path

import msgspec


class What(enum.StrEnum):
    """What a line says."""

    SENT = "sent"  # about to be sent for the first time
    ACKNOWLEDGED = "acknowledged"  # a receipt came; ``text`` is the receipt as it came
    AGAIN = "again"  # sent again though acknowledged; ``text`` is what came
    CHANGED = "changed"  # the same identification with other bytes; ``text`` is the answer
    REFUSED = "refused"  # an answer that is neither a receipt nor "come back later"
    BUSY = "busy"  # 503
    UNKNOWN = "unknown"  # no answer: whether it was taken is not known
    COLLECTED = "collected"  # from the inbox
    TAKEN = "taken"  # acknowledged in the inbox
    ENTERED = "entered"  # a person signed in
    LEFT = "left"  # and out


class Line(msgspec.Struct, frozen=True, omit_defaults=True):
    """One fact. Times are seconds of the machine's monotonic clock, which all processes share.

    id: identification of the message sent, or place of the message collected. asked: when the request began, ``at``
    when its end was known. Of a message collected: its type, its own identification, what it answers, its case in the
    node, the movement that it names and the amount that it states.
    """

    what: What
    id: str
    at: float
    asked: float = 0.0
    digest: str = ""
    status: int = 0
    text: str = ""
    type: str = ""
    message: str = ""
    answers: str = ""
    case: str = ""
    mrn: str = ""
    amount: str = ""
    party: int = -1


_ENCODER = msgspec.json.Encoder()
_DECODER = msgspec.json.Decoder(Line)


class Ledger:
    """Appends lines to a file."""

    def __init__(self, path: Path) -> None:
        self._file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o644)

    def write(self, line: Line) -> None:
        """Append a line."""
        os.write(self._file, _ENCODER.encode(line) + b"\n")

    def close(self) -> None:
        """Close the file."""
        os.close(self._file)


def read_line(raw: bytes) -> Line:
    """A line of a ledger."""
    return _DECODER.decode(raw)


def read_ledger(path: Path) -> Iterator[Line]:
    """The lines of a file; a last one that was cut off is none."""
    with path.open("rb") as file:
        for raw in file:
            if raw.endswith(b"\n"):
                yield read_line(raw)
