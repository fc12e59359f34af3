"""The inspection of a node's store: by a command beside it, or by the running node itself in its spare time.

Each slice opens a reader of its own and lets it go, so that nothing waits for an inspection however long it takes. In a
running node slices run in a thread, one after a pause; how far it came lies in ``inspection.json`` of the data folder.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Final

import msgspec

from douane.configuration import discovery
from douane.configuration.keys import log_signer
from douane.configuration.payloads import payload_store
from douane.configuration.ports import SystemClock, sleep
from douane.configuration.retaining import whole
from douane.configuration.settings import NodeSettings
from douane.examination.witnessing import against, witness_of
from douane.runtime.store import keys
from douane.runtime.store.ports import HOUR, SECOND, Clock, Instant, Reader
from douane.runtime.turns.pools import Purpose, beside
from douane.shared_services.archiving.files import write_durably
from douane.shared_services.auditing.inspection import Finding
from douane.shared_services.auditing.octets import Octets
from douane.shared_services.auditing.walking import Walk
from douane.standards.transparency_log.checkpoint import Checkpoint
from douane.standards.transparency_log.note import Key
from douane.trust.stamping import stamped
from douane.trust.trusting import kept_trust
from douane.vocabulary.errors import DouaneError

KEPT: Final = "inspection.json"
SLICE_SECONDS: Final = 0.01
PAUSE_SECONDS: Final = 0.2
"""A twentieth of one processor: what an inspection takes of a running node."""
MOST: Final = 1_000  # findings that are kept of a partition


def octets_of(settings: NodeSettings) -> Octets:
    """What looks at the octets of a node that its rows name: attachments, and what senders were judged by."""
    return Octets(payload_store(settings), partial(kept_trust, settings.data))


def states_kept(settings: NodeSettings, partition: int, key: Key) -> list[Checkpoint]:
    """The states of a log that its witness keeps, or that were dated. A witness that is away says so elsewhere."""
    found = stamped(settings.data, partition, key)
    with contextlib.suppress(DouaneError, OSError):
        witness = witness_of(settings)
        found += witness.seen(key) if witness is not None else ()
    return found


@dataclass(slots=True)
class Looking:
    """The inspection of one partition."""

    settings: NodeSettings
    walk: Walk

    @classmethod
    def at(cls, settings: NodeSettings, partition: int, *, first: int = 0, entries: bool = True) -> Looking:
        """Begin at a leaf. Raises NotFound where the node has no key of a log."""
        key = log_signer(settings, partition).key
        points = states_kept(settings, partition, key)
        return cls(settings, Walk(partition, key, octets_of(settings), first=first, entries=entries, points=points))

    def slice(self, seconds: float, *, pause: float = 0.0) -> list[Finding]:
        """Go on for so long; what was found. A page that was begun is finished.

        The state is summed in one slice, for one committed state has one sum: ``pause`` seconds between its pages leave
        the processor to others.
        """
        clock = SystemClock()
        end = clock.now() + round(seconds * SECOND)
        with _reading(self.settings) as live:
            rows = whole(self.settings, live)
            return list(self.walk.slice(rows, lambda: clock.now() >= end, live=live, rest=lambda: sleep(pause)))

    def against_witness(self) -> list[Finding]:
        """What the witness of the node says of the log."""
        witness = witness_of(self.settings)
        if witness is None:
            return []
        with _reading(self.settings) as live:
            found = against(witness, live, self.walk.partition, self.walk.key)
        return [found] if found is not None else []


class _reading:  # noqa: N801 - a context manager
    """A reader of the node's store, given back at the end."""

    def __init__(self, settings: NodeSettings) -> None:
        self._settings = settings

    def __enter__(self) -> Reader:
        self._reader = discovery.open_reader(self._settings.store_address)
        return self._reader

    def __exit__(self, *_: object) -> None:
        getattr(self._reader, "close", lambda: None)()


def partitions_of(settings: NodeSettings) -> list[int]:
    """The partitions of a node's store."""
    with _reading(settings) as reader:
        return [int.from_bytes(key[1:3], "big") for key, _ in reader.scan(keys.OWNER, keys.after(keys.OWNER), 1_024)]


def look(
    settings: NodeSettings, *, partition: int | None = None, first: int = 0, seconds: float = 0.5
) -> Iterator[tuple[Looking, list[Finding]]]:
    """Inspect a node, slice by slice; the node may be running."""
    for number in partitions_of(settings) if partition is None else [partition]:
        looking = Looking.at(settings, number, first=first)
        while not looking.walk.done:
            yield looking, looking.slice(seconds)
        yield looking, looking.against_witness()


Told = Callable[[int, int, Instant, Sequence[Finding], int], None]
"""Told of each slice: partition, leaves looked at, when the last whole inspection ended, what the slice found, and how
many findings there are in all."""


class Reached(msgspec.Struct, frozen=True):
    """How far the inspection of a running node came: when the last whole one ended, where the present one is."""

    ended: Instant
    partition: int = 0
    leaf: int = 0


@dataclass(slots=True)
class Inspected:
    """What a running node knows of its own store. ended: when the last whole inspection ended; 0 for never."""

    findings: dict[int, list[Finding]] = field(default_factory=dict)
    ended: Instant = 0

    def notes(self) -> dict[str, str]:
        """What an operator has to know, by partition."""
        found = {number: each for number, each in self.findings.items() if each}
        return {
            f"audit log {number}": f"{len(each)} findings, the first at {each[0].where}; see douane audit inspect"
            for number, each in found.items()
        }


async def keep_inspecting(settings: NodeSettings, clock: Clock, inspected: Inspected, told: Told) -> None:
    """In a running node: all of its store, every so many hours, a little at a time.

    A node that is restarted goes on where it was.
    """
    reached = _reached(settings, clock)
    inspected.ended = reached.ended
    while True:
        wait = reached.ended + settings.inspection_hours * HOUR - clock.now()
        if wait > 0 and not (reached.partition or reached.leaf):
            await asyncio.sleep(wait / SECOND)
        for number in await beside(Purpose.INSPECTION, partitions_of, settings):
            if number < reached.partition:
                continue
            first = reached.leaf if number == reached.partition else 0
            await _partition(settings, Looking.at(settings, number, first=first), reached.ended, inspected, told)
        reached = Reached(clock.now())
        inspected.ended = reached.ended
        _keep(settings, reached)


async def _partition(
    settings: NodeSettings, looking: Looking, ended: Instant, inspected: Inspected,
    told: Told,
) -> None:  # fmt: skip
    walk, number, found, slices = looking.walk, looking.walk.partition, list[Finding](), 0
    while not walk.done:
        new = await beside(Purpose.INSPECTION, partial(looking.slice, SLICE_SECONDS, pause=PAUSE_SECONDS))
        found = [*found, *new][:MOST]
        if found:  # what an earlier inspection found stays until this one is through
            inspected.findings[number] = found
        told(number, walk.at, ended, new, len(inspected.findings.get(number, ())))
        slices += 1
        if not slices % 100:
            _keep(settings, Reached(ended, number, walk.at))
        await asyncio.sleep(PAUSE_SECONDS)
    new = await beside(Purpose.INSPECTION, looking.against_witness)
    inspected.findings[number] = [*found, *new]
    told(number, walk.at, ended, new, len(inspected.findings[number]))


def _reached(settings: NodeSettings, clock: Clock) -> Reached:
    """How far it was; a new node is as good as looked at."""
    try:
        return msgspec.json.decode((settings.data / KEPT).read_bytes(), type=Reached)
    except (OSError, msgspec.MsgspecError):
        reached = Reached(clock.now())
        _keep(settings, reached)
        return reached


def _keep(settings: NodeSettings, reached: Reached) -> None:
    write_durably(settings.data / KEPT, msgspec.json.encode(reached))
