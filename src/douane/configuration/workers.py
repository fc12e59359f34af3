"""What makes a core one of several: its leases, what it hears of the others, and the way between their partitions."""

from __future__ import annotations

import os
import socket
from collections.abc import Awaitable, Callable
from pathlib import Path

from douane.configuration.settings import SHARED, NodeSettings
from douane.runtime.core.node import Node
from douane.runtime.delivery.lanes import Lanes
from douane.runtime.delivery.notices import follow
from douane.runtime.delivery.transfer import Fetching
from douane.runtime.store.ports import Ids, Notice, Notices, SharedStore
from douane.runtime.turns.lingering import LINGER
from douane.runtime.upkeep.tenancy import Tenancy
from douane.vocabulary.errors import DeclarationFault


def share(settings: NodeSettings, store: SharedStore, node: Node, ids: Ids) -> Tenancy:
    """The leases of a worker over its node; every partition is away until they are claimed."""
    if not settings.store_address.startswith(SHARED):
        raise DeclarationFault(
            "Several workers need a store that processes can share.",
            remedy="On one host use files:FOLDER, over several PostgreSQL.",
        )
    if not 0 <= settings.worker < settings.workers <= settings.partitions:
        raise DeclarationFault(
            f"Worker {settings.worker} of {settings.workers} for {settings.partitions} partitions does not exist.",
            remedy="Number workers from 0, and set partitions to at least the number of workers.",
        )
    host = socket.gethostname()
    holder = f"{settings.worker}@{host}:{os.getpid()}:{ids.random(4).hex()}"
    node.lingering.least = LINGER
    node.away.update(owner.partition for owner in node.owners)
    node.tenure = made = Tenancy(
        store, node, holder, settings.worker, settings.workers, dead=lambda name: _dead(name, host)
    )
    return made


def _dead(holder: str, host: str) -> bool:
    """Whether a holder was a process of this host and is no more. Of other hosts only the lease can tell."""
    place = holder.partition("@")[2].split(":")
    return len(place) == 3 and place[0] == host and not _alive(place[1])


def _alive(pid: str) -> bool:
    """Whether a process may still do something: one that was killed and that nobody reaped yet may not."""
    if not Path("/proc/self/stat").exists():
        return True  # nothing tells; the lease will
    try:
        stat = Path(f"/proc/{pid}/stat").read_text()
    except OSError:
        return False
    return stat.rpartition(")")[2].split()[0] not in ("Z", "X")


def together(
    tenancy: Tenancy, node: Node, store: SharedStore, lanes: Lanes, failed: Callable[[BaseException], None]
) -> list[Callable[[], Awaitable[None]]]:
    """What a worker runs beside its node: leases, fetching from the others' lanes, hearing of their commits."""
    fetching = Fetching(node, store, failed)

    def heard(notice: Notice) -> None:
        node.heard(notice)
        lanes.heard(notice)
        fetching.heard(notice)

    node.moved.append(fetching.moved)
    found: list[Callable[[], Awaitable[None]]] = [tenancy.run, fetching.run]
    listen: Callable[[], Notices] | None = getattr(store, "notices", None)
    if listen is not None:
        found.append(lambda: follow(listen, heard))
    return found
