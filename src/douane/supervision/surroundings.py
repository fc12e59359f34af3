"""What a node depends on, looked at regularly: store, leases, volume, memory.

A change is an event, told once when it begins and once when it is over; how it is now is a metric. Nothing here stops
anything: who has to refuse, refuses by himself.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import shutil
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from douane.model.caller import INNER
from douane.runtime.core.node import Node
from douane.runtime.delivery.lanes import Lanes
from douane.runtime.door.resting import Rest
from douane.runtime.store import keys
from douane.runtime.store.envelope import SENT
from douane.runtime.store.ports import SECOND, Clock, Instant, Log, Reader
from douane.shared_services.backup_restore.manifest import LAST_BACKUP
from douane.shared_services.logging.events import Event
from douane.shared_services.monitoring import catalogue as known
from douane.shared_services.monitoring.ring import Ring, Sample
from douane.supervision.seen.written_down import FOLDER
from douane.supervision.telemetry import CASES, FIRST, LAST, Telemetry
from douane.vocabulary.errors import StoreUnavailable

EVERY: Final = 1.0
"""Seconds between two looks at the store and the leases."""
ROUNDS: Final = 10
"""After so many of these looks, one at everything else."""
SET_SECONDS: Final = 2.0
"""Less than this is what a time service does all day."""
CURVES: Final = "curves.msgpack"
"""The file of the ring of figures."""
_MIDDLES: Final = (known.COMMITS_NOW, known.LOOP_LATE)
_PAGE: Final = os.sysconf("SC_PAGESIZE")


@dataclass(slots=True)
class Surroundings:
    """The looks of one process. data: whose volume it is; reserve: octets that it should have free. ``lanes_of``: none
    where nothing leaves the node."""

    node: Node
    reader: Reader
    clock: Clock
    telemetry: Telemetry
    data: Path
    reserve: int
    lanes_of: Callable[[], Lanes | None] = lambda: None
    serves: Sequence[str] = ()
    """Platforms whose doors share this process, so that what they need is all here."""
    planned: Callable[[], Mapping[str, tuple[float, float]]] = dict
    """By administration of this node: begin and end of the outage that it announced, now or next."""
    published: Callable[[], Sequence[Instant]] = tuple
    """When each code list that rules see was published, as far as it was."""
    keys: Mapping[str, Path] = field(default_factory=dict)
    """The files of keys of the node, by kind."""
    lead: Callable[[], float] = float
    """By how many seconds the clock of the machine leads the monotonic one."""
    rests: Callable[[], Sequence[Rest]] = tuple
    """Services at rest for maintenance."""
    alone: Callable[[], int] = int
    """How many act alone now, since somebody broke the glass."""
    away: Callable[[], str] = str
    """Why the store counts as away; empty while it answers."""
    _refusing: set[int] = field(default_factory=set)
    _leased: set[int] | None = None
    _interrupted: int = 0
    _low: bool = False
    _late: frozenset[str] = frozenset()
    _alone: int = 0
    _lead: float | None = None

    async def run(self) -> None:
        """Look until cancelled."""
        rounds = 0
        if any(each.partition == 0 for each in self.node.owners):  # of several workers one keeps the curves
            self.telemetry.ring = Ring.read(self.data / FOLDER / CURVES)
        while True:
            self.store()
            if rounds % ROUNDS == 0:
                self.volume()
                self.process()
                if not self._refusing:  # else nothing can be counted, and what was known stands
                    with contextlib.suppress(StoreUnavailable):  # of which the pulse, or the next commit, tells
                        self.waiting()
                        self.windows()
                self.maintenance()
                self.glass()
                self.time()
                self.ages()
                self.sample()
            rounds += 1
            await asyncio.sleep(EVERY)

    def store(self) -> None:
        """Which partitions the store refuses, and which are this worker's."""
        node, tell = self.node, self.telemetry.note
        ours = {each.partition for each in node.owners if each.partition not in node.away}
        away = bool(self.away())
        refusing = {each.partition for each in node.owners if each.partition in ours and (each.ended or away)}
        if self._leased is not None:
            for partition in sorted(ours - self._leased):
                tell(Event.LEASE_TAKEN, partition=partition)
            for partition in sorted(self._leased - ours):
                tell(Event.LEASE_GONE, partition=partition)
        short = node.counters.interrupted > self._interrupted and not refusing | self._refusing
        for partition in sorted(refusing - self._refusing):
            tell(Event.STORE_REFUSES, partition=partition)
        for partition in sorted(self._refusing - refusing):
            tell(Event.STORE_BACK, partition=partition)
        if short:  # it refused and was back between two looks
            tell(Event.STORE_REFUSES)
            tell(Event.STORE_BACK)
        self._leased, self._refusing, self._interrupted = ours, refusing, node.counters.interrupted
        show = self.telemetry.metrics.show
        show(known.STORE_REFUSING, {str(each): float(each in refusing) for each in ours})
        if self.serves:
            show(known.READY, {CASES: float(not refusing)} | dict.fromkeys(self.serves, 1.0))
        show(known.LEASED, {str(each.partition): float(each.partition in ours) for each in node.owners})

    def volume(self) -> None:
        """What is free on the volume."""
        free = shutil.disk_usage(self.data).free
        if (low := free < self.reserve) is not self._low:
            self._low = low
            self.telemetry.note(Event.VOLUME_LOW if low else Event.VOLUME_BACK)
        self.telemetry.metrics.gauge(known.VOLUME_FREE).value = free
        self.telemetry.metrics.gauge(known.VOLUME_RESERVE).value = self.reserve
        with contextlib.suppress(OSError):  # none was taken yet
            self.telemetry.metrics.gauge(known.BACKUP_AT).value = (self.data / LAST_BACKUP).stat().st_mtime

    def waiting(self) -> None:
        """What is set aside, and what waits for partners since when."""
        owners = [each for each in self.node.owners if not each.ended and each.partition not in self.node.away]
        show = self.telemetry.metrics.show
        show(known.QUARANTINE, {str(each.partition): float(len(each.parked())) for each in owners})
        lanes, oldest = self.lanes_of(), dict[str, float]()
        for lane in tuple(lanes.lanes.values()) if lanes is not None else ():
            since = self._oldest(lane.name, (each.partition for each in owners)) if lane.waiting else 0
            waited = (self.clock.now() - since) / SECOND if since else 0.0
            if lane.channel != INNER:
                oldest[lane.channel] = max(oldest.get(lane.channel, 0.0), waited)
        show(known.LANE_OLDEST, oldest)

    def _oldest(self, lane: str, partitions: Iterable[int]) -> Instant:
        found: list[Instant] = []
        for partition in partitions:
            prefix = keys.LANE + keys.u16(partition) + keys.text(lane)
            positions = [int.from_bytes(key[-8:], "big") for key, _ in self.reader.scan(prefix, keys.after(prefix), 1)]
            rows = self.reader.read_log(Log.SENT, positions)
            found += [SENT.read(raw).at for raw in rows if raw is not None]
        return min(found, default=0)

    def windows(self) -> None:
        """When administrations of this node said that they will be out of service."""
        found = self.planned()
        self.telemetry.metrics.show(known.PLANNED_BEGIN, {each: begin for each, (begin, _) in found.items()})
        self.telemetry.metrics.show(known.PLANNED_END, {each: end for each, (_, end) in found.items()})

    def maintenance(self) -> None:
        """Until when services rest; one that rests longer than was said is told once."""
        until: dict[str, float] = {}
        for each in self.rests():
            until[each.service] = max(until.get(each.service, 0.0), each.until / SECOND)
        self.telemetry.metrics.show(known.MAINTENANCE_UNTIL, until)
        late = frozenset(name for name, at in until.items() if at * SECOND <= self.clock.now())
        for name in sorted(late - self._late):
            self.telemetry.note(Event.MAINTENANCE_LATE, operation=name)
        self._late = late

    def glass(self) -> None:
        """How many act alone; each that comes to it is told once."""
        found = self.alone()
        if found > self._alone:
            self.telemetry.note(Event.GLASS, count=found)
        self._alone = found

    def process(self) -> None:
        """Memory and descriptors of this process, where the system tells them."""
        metrics = self.telemetry.metrics
        metrics.gauge(known.STORE_CONNECTIONS).value = getattr(self.reader, "connections", 0)
        try:
            pages = int(Path("/proc/self/statm").read_text().split()[1])
            metrics.gauge(known.MEMORY).value = pages * _PAGE
            metrics.gauge(known.DESCRIPTORS).value = len(os.listdir("/proc/self/fd"))
        except OSError:
            return

    def time(self) -> None:
        """Whether somebody set the clock of the machine since the last look."""
        lead, before = self.lead(), self._lead
        self._lead = lead
        if before is not None and abs(lead - before) >= SET_SECONDS:
            self.telemetry.note(Event.CLOCK_SET, count=round(abs(lead - before)))

    def sample(self) -> None:
        """A sample of the figures of which the console draws curves."""
        owners, read = [each for each in self.node.owners if not each.ended], self.telemetry.metrics.read
        lanes = self.lanes_of()
        waiting = sum(each.waiting for each in tuple(lanes.lanes.values()) if each.channel != INNER) if lanes else 0
        inboxes = sum(value > 0 for _, value in read(known.INBOX_WAITING))
        oldest = max((value for metric in (known.LANE_OLDEST, known.INBOX_OLDEST) for _, value in read(metric)),
                     default=0.0)  # fmt: skip
        middle = {metric: next((value for _, value in read(metric)), 0.0) for metric in _MIDDLES}
        total = sum(keys.position_number(each.state.journal) for each in owners)
        self.telemetry.ring.add(self.clock.now(), total, Sample(
            0, 0, sum(len(each.pending) for each in owners), waiting + inboxes, oldest, *middle.values(),
        ))  # fmt: skip

    def ages(self) -> None:
        """How old the code lists are that rules see, and the keys of the node."""
        at = self.published()
        found = {FIRST: min(at) / SECOND, LAST: max(at) / SECOND} if at else {}
        self.telemetry.metrics.show(known.LISTS_AT, found)
        made = {kind: path.stat().st_mtime for kind, path in self.keys.items() if path.is_file()}
        self.telemetry.metrics.show(known.KEY_AT, made)
