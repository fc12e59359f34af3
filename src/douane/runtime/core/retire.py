"""Retiring messages: in a tick, rows leave a log whose content lies durably in a segment of the archive."""

from __future__ import annotations

from dataclasses import dataclass

from douane.runtime.catalogue.catalogue import UNION
from douane.runtime.core.overlay import Overlay
from douane.runtime.core.route import internal
from douane.runtime.store.envelope import RowKind
from douane.runtime.store.hold import Announcement
from douane.runtime.store.moved import (
    MOVED,
    REACHES,
    Moved,
    Reaches,
    left_key,
    place_key,
    range_key,
    reaches_key,
    reaches_of,
)
from douane.runtime.store.ports import Log


@dataclass(frozen=True, slots=True)
class Retire:
    """Take messages out of a log: they lie in a segment, durably. Performed in a tick, a few at a time.

    position: any of the partition. took: positions that leave the log. left: positions gone through that stay.
    reach: number up to which the log is gone through then; 0 where left ones were looked at again. report: what the
    audit log is told with the last part of a segment.
    """

    position: int
    log: Log
    segment: Moved
    took: tuple[int, ...]
    left: tuple[int, ...] = ()
    reach: int = 0
    report: str = ""


def retire(tick: Overlay, command: Retire) -> None:
    """Remove the rows and keep where they went, in one commit."""
    partition, log, aside = tick.partition, command.log, tick.aside
    for position in command.took:
        aside.retire(log, position)
        if not command.reach:
            aside.gone.add(left_key(partition, log, position))
            aside.put[place_key(partition, log, position)] = command.segment.segment.encode()
    for position in command.left:
        aside.put[left_key(partition, log, position)] = b""
    if command.reach:
        reaches = reaches_of(tick.owner.ports.store, partition)
        after = Reaches(command.reach if log is Log.JOURNAL else reaches.journal,
                        command.reach if log is Log.SENT else reaches.sent)  # fmt: skip
        aside.put[reaches_key(partition)] = REACHES.write(after)
        if command.took:
            aside.put[range_key(partition, log, command.segment.first)] = MOVED.write(command.segment)
    if command.report:
        internal(tick, RowKind.ARCHIVED, "", Announcement(command.report), tick.fresh_subject(), UNION)
