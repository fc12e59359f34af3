"""Names of the counts that ``runtime.core.tally`` keeps, and how they are read."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Final

from douane.runtime.store import keys
from douane.runtime.store.ports import Instant, Reader

CASES: Final = "@cases:"
"""Series of cases that were opened: month, application and record type."""
SENT: Final = "@sent:"
"""Series of messages that were sent: month, message type, administration that they are for."""
_PAGE: Final = 1_000


def month_of(at: Instant) -> str:
    """The month of an instant, in UTC, as counts name it: ``202611``."""
    return f"{dt.datetime.fromtimestamp(at / 1e6, dt.UTC):%Y%m}"


def counted(reader: Reader, partitions: Sequence[int], administration: str, series: str) -> dict[str, int]:
    """What was counted in the series of an administration that begin like this, by the rest of their names."""
    found: dict[str, int] = {}
    for partition in partitions:
        head = keys.space(keys.SERIAL, partition) + administration.encode() + series.encode()
        start = head
        while rows := reader.scan(start, keys.after(head), _PAGE):
            for key, value in rows:
                name = key[len(head) :].decode()
                found[name] = found.get(name, 0) + int.from_bytes(value, "big")
            start = rows[-1][0] + b"\0"
    return found
