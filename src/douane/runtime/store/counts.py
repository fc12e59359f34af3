"""Names of the counts that ``runtime.core.tally`` keeps, and how they are read."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from functools import lru_cache
from typing import Final

from douane.runtime.store import keys
from douane.runtime.store.envelope import SENT as SENT_ROW
from douane.runtime.store.ports import DAY, SECOND, Instant, Log, Reader

CASES: Final = "@cases:"
"""Series of cases that were opened: month, application and record type."""
SENT: Final = "@sent:"
"""Series of messages that were sent: month, message type, administration that they are for."""
ACKNOWLEDGED: Final = "@acknowledged:"
"""Series of messages of an administration that were passed on to the system of another one, and taken there: by whose
system it is."""
_PAGE: Final = 1_000
_LANES: Final = 500
"""Lanes that are looked at for what waits in them."""


def month_of(at: Instant) -> str:
    """The month of an instant, in UTC, as counts name it: ``202611``."""
    return _month(at // DAY)


@lru_cache(maxsize=64)
def _month(day: int) -> str:
    """The month of a day, counted from 1970 on."""
    return f"{dt.datetime.fromtimestamp(day * (DAY // SECOND), dt.UTC):%Y%m}"


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


def waiting(reader: Reader, partitions: Sequence[int], parties: Collection[str], most: int) -> dict[str, int]:
    """How many messages wait for each of these parties, to be collected or delivered; ``most`` where there are more.

    A lane leads to one party: whose it is, its first message tells.
    """
    found = dict.fromkeys(parties, 0)
    for partition in partitions:
        for party in found:
            found[party] += _number(reader, keys.INBOX + keys.u16(partition) + keys.text(party), most)
        head = keys.LANE + keys.u16(partition)
        start = head
        for _ in range(_LANES):
            first = reader.scan(start, keys.after(head), 1)
            if not first:
                break
            lane, position = first[0][0][:-8], int.from_bytes(first[0][0][-8:], "big")
            row = reader.read_log(Log.SENT, [position])[0]
            party = SENT_ROW.read(row).party if row is not None else ""
            if party in found:
                found[party] += _number(reader, lane, most)
            start = keys.after(lane)
    return {party: min(number, most) for party, number in found.items()}


def _number(reader: Reader, prefix: bytes, most: int) -> int:
    return len(reader.scan(prefix, keys.after(prefix), most))
