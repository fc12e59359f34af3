"""What waits for partners, as a store tells it, whether its node runs or not."""

from __future__ import annotations

from dataclasses import dataclass

from douane.model.caller import INNER
from douane.runtime.store import keys
from douane.runtime.store.decided import Pause, paused
from douane.runtime.store.envelope import DELIVERY, SENT
from douane.runtime.store.ports import Instant, Log, Reader
from douane.shared_services.auditing.happenings import place_of

_PAGE = 1000


@dataclass(frozen=True, slots=True)
class Waiting:
    """A lane to a partner: how many messages wait, since when, where the first one is, and why it waits."""

    lane: str
    waiting: int = 0
    oldest: Instant = 0
    first: str = ""
    reason: str = ""
    pause: Pause | None = None


def waiting_lanes(reader: Reader) -> list[Waiting]:
    """The lanes in which something waits or that are paused, those that wait longest first."""
    partitions = [int.from_bytes(key[1:3], "big") for key, _ in reader.scan(keys.OWNER, keys.after(keys.OWNER), 1024)]
    positions: dict[str, list[int]] = {}
    for partition in partitions:
        start, end = keys.space(keys.LANE, partition), keys.after(keys.space(keys.LANE, partition))
        while rows := reader.scan(start, end, _PAGE):
            for key, _ in rows:
                positions.setdefault(key[3:-9].decode(), []).append(int.from_bytes(key[-8:], "big"))
            start = rows[-1][0] + b"\0"
    rests = paused(reader, partitions)
    names = [name for name in {**positions, **rests} if not name.startswith(INNER)]
    found = [_waiting(reader, name, positions.get(name, []), rests.get(name)) for name in names]
    return sorted(found, key=lambda each: (each.oldest == 0, each.oldest, each.lane))


def _waiting(reader: Reader, name: str, positions: list[int], pause: Pause | None) -> Waiting:
    first = min(positions, key=lambda each: each & 0xFFFF_FFFF_FFFF) if positions else 0
    raw = reader.read_log(Log.SENT, [first])[0] if first else None
    if raw is None:
        return Waiting(name, len(positions), pause=pause)
    (kept,) = reader.read([keys.REPORT + keys.u16(first >> 48) + keys.u64(first)])
    reason = DELIVERY.read(kept).reason if kept is not None else ""
    return Waiting(name, len(positions), SENT.read(raw).at, place_of(first, sent=True), reason, pause)
