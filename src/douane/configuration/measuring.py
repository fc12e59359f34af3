"""What a node has measured of its services: messages and octets off its journal, CPU off a report of the benchmarks."""

from __future__ import annotations

from dataclasses import dataclass, field

import msgspec

from douane.runtime.store import keys
from douane.runtime.store.envelope import JOURNAL, OWNER
from douane.runtime.store.ports import DAY, Log, Reader
from douane.vocabulary.errors import NotValid

_PAGE, _PARTITIONS = 2_000, 10_000
_FIGURE = "unit_cpu_us"


@dataclass(slots=True)
class Counted:
    """Messages of one service: how many, their octets, of which administrations, from when until when."""

    messages: int = 0
    octets: int = 0
    administrations: set[str] = field(default_factory=set)
    first: int = 0
    last: int = 0

    @property
    def days(self) -> float:
        """The time between the first and the last; a day at least, so that an hour is not taken for a year's habit."""
        return max((self.last - self.first) / DAY, 1.0)


def counted_by_service(reader: Reader) -> dict[str, Counted]:
    """What came through the doors, by service."""
    found: dict[str, Counted] = {}
    for key, value in reader.scan(keys.OWNER, keys.after(keys.OWNER), _PARTITIONS):
        partition, state = int.from_bytes(key[1:3], "big"), OWNER.read(value)
        after, end = keys.log_position(partition, 0), keys.log_position(partition, state.journal)
        while page := reader.scan_log(Log.JOURNAL, after, end, _PAGE):
            for position, raw in page:
                after = position
                row = JOURNAL.read(raw)
                if row.origin.platform and row.operation:
                    one = found.setdefault(row.operation.partition(".")[0], Counted(first=row.received))
                    one.messages += 1
                    one.octets += len(row.content.octets)
                    one.administrations.add(row.administration)
                    one.first, one.last = min(one.first, row.received), max(one.last, row.received)
    return found


def measured_cpu(report: bytes) -> tuple[float, float]:
    """Microseconds of CPU of a unit, the least and the most that a report of the benchmarks holds. Raises NotValid."""
    try:
        found = msgspec.json.decode(report)
    except msgspec.DecodeError:
        found = None
    results = found.get("results", ()) if isinstance(found, dict) else ()
    rows = (row for result in results if isinstance(result, dict) for row in result.get("rows", ()))
    found_in = (row.get(_FIGURE) for row in rows if isinstance(row, dict))
    figures = [each for each in found_in if isinstance(each, int | float) and not isinstance(each, bool)]
    if not figures:
        raise NotValid("This report holds no CPU time of a unit.", remedy="Make one: make bench.")
    return float(min(figures)), float(max(figures))
