"""When the newest leaves of a node's log were committed, beside each other, signed states of the log and the clock."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from heapq import merge
from typing import Final

from douane.configuration.keys import log_signer
from douane.configuration.ports import SystemClock
from douane.configuration.settings import NodeSettings
from douane.examination.inspecting import states_kept
from douane.examination.starting.finding import Said, fault
from douane.examination.starting.stored import StoreCheck
from douane.runtime.core.owner import CLOCKS_DIFFER, told
from douane.runtime.store import keys
from douane.runtime.store.envelope import OWNER
from douane.runtime.store.ports import Log, Reader
from douane.shared_services.auditing.inspection import Finding
from douane.shared_services.auditing.leaf import Facts
from douane.shared_services.auditing.log import newest_checkpoint
from douane.shared_services.auditing.proving import audit_prefix, made, position_of, versions_of
from douane.shared_services.auditing.walking import Order
from douane.standards.transparency_log.checkpoint import Checkpoint
from douane.standards.transparency_log.note import Key

NEWEST: Final = 1_000
"""Leaves of each log that are looked at; an inspection looks at all."""


def clock(settings: NodeSettings, reader: Reader) -> Iterator[Said]:
    """A start is refused whose clock is behind what was committed."""
    now = SystemClock().now()
    for partition, raw in _owners(settings, reader):
        newest = OWNER.read(raw).committed
        if newest - now > CLOCKS_DIFFER:
            yield fault(
                f"The clock says {told(now)}, and partition {partition} committed by {told(newest)}.",
                "Set the clock right; where it was wrong before, two operators accept it: docs/runbooks.md.",
            )
            return


def instants(settings: NodeSettings, reader: Reader) -> Iterator[Said]:
    """A leaf that was dated before the one it follows, or after a signed state of the log that holds it."""
    for partition, _ in _owners(settings, reader):
        key = log_signer(settings, partition).key
        found = newest_misdated(reader, key, partition, states_kept(settings, partition, key), NEWEST)
        if found:
            text = found[0].text.removeprefix("It ")
            yield fault(f"In the log of partition {partition} {found[0].where} {text}",
                        "Run douane audit inspect: it looks at every leaf.")  # fmt: skip


def newest_misdated(reader: Reader, key: Key, partition: int, points: Sequence[Checkpoint], most: int) -> list[Finding]:
    """What is wrong with the dates of the newest leaves of a log, ``most`` of them; rows that cannot be read raise."""
    prefix = audit_prefix(partition)
    newest = newest_checkpoint(reader.read, key.name, key, prefix=prefix)
    if newest is None:
        return []
    size = newest[1].size
    first, versions = max(0, size - most), versions_of(reader, prefix)
    end = keys.log_position(partition + 1, 0) - 1

    def rows(log: Log) -> list[tuple[int, Facts]]:
        found = reader.scan_log(log, position_of(reader, partition, log, first), end, most)
        said = [made(versions, log, position, raw) for position, raw in found]
        return [(each.index, each.facts) for each in said if each.index < size]

    order = Order([*points, newest[1]])
    leaves = merge(*(rows(log) for log in Log), key=lambda each: each[0])
    return [finding for index, facts in leaves for finding in order.judge(index, facts)]


def _owners(settings: NodeSettings, reader: Reader) -> Iterator[tuple[int, bytes]]:
    raws = reader.read([keys.space(keys.OWNER, partition) for partition in range(settings.partitions)])
    yield from ((partition, raw) for partition, raw in enumerate(raws) if raw is not None)


CHECKS = (StoreCheck("store.clock", clock), StoreCheck("store.instants", instants))
