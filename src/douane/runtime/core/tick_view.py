"""What a query sees that a process asks: the committed state, corrected by what the tick has done so far.

Records and names of the own partition come from the owner's cache, so that what many messages ask is read once.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any, Protocol

from douane.model.caller import Caller
from douane.model.rules import Look
from douane.runtime.core.owner import Owner
from douane.runtime.store import keys
from douane.runtime.store.ports import Instant
from douane.runtime.store.queries import View
from douane.runtime.store.records import RecordKind, Value


class Ticked(Protocol):
    """What is read of a tick's working state (``core.overlay.Overlay``)."""

    owner: Owner
    partition: int
    now: Instant
    before: dict[bytes, tuple[RecordKind, Value | None]]

    def look(self, date: dt.date | None) -> Look:
        """Code lists and dating as of a date."""

    def alias(self, administration: str, kind: str, value: str) -> int | None:
        """The subject behind an alias, as of this moment of the tick."""

    def record(self, kind: RecordKind, key: bytes) -> Any:
        """A record as of this moment of the tick."""

    def foreign(self, kind: RecordKind, key: bytes) -> Any:
        """A record of another partition as committed there."""

    def changed(self, administration: str) -> bool:
        """Whether this tick changed records of an administration so far."""


class TickView(View):
    """A view of one administration from inside a tick. Records of other partitions are seen as committed there."""

    __slots__ = ("_tick",)

    def __init__(self, tick: Ticked, administration: str, caller: Caller) -> None:
        ports = tick.owner.ports
        partitions = ports.partitions or (tick.partition,)
        super().__init__(
            ports.store, administration, tick.now, tick.look, partitions=partitions, caller=caller,
            statutory=ports.statutory,
        )  # fmt: skip
        self._tick = tick

    def resolve(self, kind: str, value: str) -> int | None:
        """The subject behind an alias."""
        return self._tick.alias(self.administration, kind, value)

    def _values(self, kind: RecordKind, wanted: Sequence[bytes]) -> list[Any]:
        tick, own = self._tick, keys.space(keys.RECORD, self._tick.partition)
        tick.owner.fetch((kind, key) for key in wanted if key.startswith(own))
        return [tick.record(kind, key) if key.startswith(own) else tick.foreign(kind, key) for key in wanted]

    def _entries(
        self, _kind: RecordKind, start: bytes, end: bytes, limit: int, reverse: bool
    ) -> list[tuple[bytes, bytes]]:  # fmt: skip
        changed = self._changed(_kind) if start[1:3] == keys.u16(self._tick.partition) else {}
        pairs = super()._entries(_kind, start, end, limit + len(changed), reverse)
        if not changed:
            return pairs
        found = [pair for pair in pairs if pair[1] not in changed]
        for key, value in changed.items():
            if value is not None:
                entries = _kind.entries(value, keys.INDEX + key[1:5], key[5:13] + key[15:])
                found += [(entry, key) for entry in entries if start <= entry < end]
        return sorted(found, reverse=reverse)[:limit]

    def under(self, kind: RecordKind, prefix: bytes) -> dict[bytes, Any]:
        """The records of a type whose keys begin like this, by key; None for what the tick removed."""
        found = {key: kind.stored.read(raw) for key, raw in self._pairs(prefix)}
        found.update((key, value) for key, value in self._changed(kind).items() if key.startswith(prefix))
        return found

    def _all_under(self, kind: RecordKind, prefix: bytes) -> list[Any]:
        return [value for _, value in sorted(self.under(kind, prefix).items()) if value is not None]

    def _changed(self, kind: RecordKind) -> dict[bytes, Any]:
        """What the tick changed of a record type so far; None for what it removed."""
        tick = self._tick
        if not tick.changed(self.administration):
            return {}
        return {key: tick.owner.records.get(key) for key, (each, _) in tick.before.items() if each is kind}
