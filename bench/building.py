"""An index of a later release, built in slices while a node takes messages: every movement by its holder."""

from __future__ import annotations

import asyncio
import time
from operator import attrgetter
from typing import Any, Final

from douane.applications.transit.records.departure import Departure
from douane.assembly.core import Core
from douane.runtime.core.tick import Tick
from douane.runtime.store import keys
from douane.runtime.store.indexing import SLICE, progress_key
from douane.runtime.store.ports import Batch
from douane.runtime.store.records import Index, RecordKind, kind_of
from douane.runtime.upkeep.indexer import build_indexes

FIELDS: Final = ("holder", "mrn")
PAGE: Final = 5_000


def declare(kind: RecordKind) -> Index:
    """The index, as if the class had named it in ``later``: every record written from now on has its entry."""
    number = len(kind.indexes)
    made = Index(number, "by_holder", FIELDS, kind.mark + bytes((number,)), attrgetter(*FIELDS), later=True)
    object.__setattr__(kind, "indexes", (*kind.indexes, made))  # what a release does with the class itself
    return made


class Building:
    """Builds it beside the messages of a node, as a node does that starts with a new release."""

    def __init__(self, core: Core) -> None:
        self._core, self._kind = core, kind_of(Departure)
        self._index = declare(self._kind)
        self._slices, self._began, self._took = 0, time.monotonic(), 0.0
        core.node.watchers.append(self._watch)
        self._task = asyncio.ensure_future(build_indexes(core.node))
        self._task.add_done_callback(self._done)

    def _watch(self, tick: Tick) -> None:
        self._slices += len(tick.overlay.building)

    def _done(self, _: object) -> None:
        self._took = time.monotonic() - self._began

    def state(self) -> dict[str, Any]:
        """Whether it is whole, and how many records were gone through. Raises what ended it before."""
        done = self._task.done()
        if done:
            self._task.result()
        seconds = self._took or time.monotonic() - self._began
        return {"built": done, "records": self._slices * SLICE, "records_per_s": round(self._slices * SLICE / seconds)}

    def check(self) -> dict[str, Any]:
        """Count its entries beside those of an index that was always there: each movement has one in both.

        Then forget that it was built, or no node of this release would open the store again.
        """
        entries, movements = (self._count(index) for index in (self._index, self._kind.index("by_state")))
        gone = Batch()
        gone.gone.add(progress_key(0, self._index))
        self._core.store.apply(gone, 0, self._core.node.owners[0].epoch)
        return {"entries": entries, "movements": movements}

    def _count(self, index: Index) -> int:
        start = keys.space(keys.INDEX, 0) + b"FR" + index.mark
        end, found = keys.after(start), 0
        while rows := self._core.store.scan(start, end, PAGE):
            found += len(rows)
            start = rows[-1][0] + b"\0"
        return found
