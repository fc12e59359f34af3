"""Reading what moved to the archive as if it were still in its log: for evidence, inspection and timelines."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Sequence
from heapq import merge
from itertools import islice
from pathlib import Path

from douane.runtime.store.moved import MOVABLE, Moved, entries, left_behind, places, reaches_of, segment_of
from douane.runtime.store.ports import Log, Reader
from douane.shared_services.archiving.key import SealingKey
from douane.shared_services.archiving.moving import SUFFIX
from douane.shared_services.archiving.segment import Sealer
from douane.vocabulary.errors import NotFound

_OPEN = 4


class Archive:
    """The segments of a node's archive, opened under its key; the last few are kept."""

    def __init__(self, path_of: Callable[[str], Path], key: SealingKey) -> None:
        self._path_of, self._key = path_of, key
        self._opened: OrderedDict[str, dict[int, bytes]] = OrderedDict()

    @classmethod
    def of_folder(cls, folder: Path, key: SealingKey) -> Archive:
        """The archive whose segments lie in one folder."""
        return cls(lambda name: folder / f"{name}{SUFFIX}", key)

    def rows(self, segment: str) -> dict[int, bytes]:
        """The rows of a segment by position. Raises NotFound where it is not here, Damaged where it does not open."""
        known = self._opened.get(segment)
        if known is None:
            path = self._path_of(segment)
            try:
                data = path.read_bytes()
            except OSError as problem:
                text = f"The message is archived in segment {segment}, which is not at {path}."
                raise NotFound(text, remedy="Bring the segment back.") from problem
            rows = Sealer(self._key, segment).open(data, str(path)).rows
            known = self._opened[segment] = {position: raw for position, raw in rows if isinstance(position, int)}
            if len(self._opened) > _OPEN:
                self._opened.popitem(last=False)
        self._opened.move_to_end(segment)
        return known


class ArchivedReader:
    """A reader whose logs are whole again: what is in the store, and what moved to the archive."""

    def __init__(self, reader: Reader, archive: Archive) -> None:
        self._reader, self._archive = reader, archive
        self._ranges: dict[tuple[int, Log], list[Moved]] = {}
        self._left: dict[tuple[int, Log], frozenset[int]] = {}

    def read(self, keys: Sequence[bytes]) -> list[bytes | None]:
        """The values under these keys."""
        return self._reader.read(keys)

    def scan(self, start: bytes, end: bytes, limit: int, *, reverse: bool = False) -> list[tuple[bytes, bytes]]:
        """Pairs in key order."""
        return self._reader.scan(start, end, limit, reverse=reverse)

    def read_log(self, log: Log, positions: Sequence[int]) -> list[bytes | None]:
        """Rows at these positions, wherever they lie."""
        found = self._reader.read_log(log, positions)
        return [self._moved(log, p) if raw is None else raw for p, raw in zip(positions, found, strict=True)]

    def _moved(self, log: Log, position: int) -> bytes | None:
        if log not in MOVABLE or position <= 0:
            return None
        segment = segment_of(self._reader, log, position)
        return self._archive.rows(segment).get(position) if segment else None

    def scan_log(self, log: Log, after: int, end: int, limit: int) -> list[tuple[int, bytes]]:
        """Rows in position order, wherever they lie."""
        live = self._reader.scan_log(log, after, end, limit)
        if log not in MOVABLE or (live and len(live) == limit and not self._has_moved(log, live[-1][0], after)):
            return live
        last = live[-1][0] if len(live) == limit else end
        moved = self._between(log, after, last, limit)
        return list(islice(merge(live, moved, key=lambda row: row[0]), limit))

    def _has_moved(self, log: Log, upto: int, after: int) -> bool:
        partitions = range(after >> 48, (upto >> 48) + 1)
        return any(reaches_of(self._reader, p).of(log) and after < (p << 48) + reaches_of(self._reader, p).of(log)
                   for p in partitions)  # fmt: skip

    def _between(self, log: Log, after: int, end: int, limit: int) -> list[tuple[int, bytes]]:
        found: list[tuple[int, bytes]] = []
        for partition in range(after >> 48, min(end >> 48, 1023) + 1):
            name = (partition, log)
            if name not in self._ranges:
                self._ranges[name] = list(entries(self._reader, partition, log))
                self._left[name] = frozenset(left_behind(self._reader, partition, log)) | {
                    p for p, _ in places(self._reader, partition, log)
                }
            for moved in self._ranges[name]:
                if moved.last > after and moved.first <= end and len(found) < limit:
                    rows = self._archive.rows(moved.segment).items()
                    kept = self._left[name]
                    found += [(p, raw) for p, raw in rows if after < p <= min(end, moved.last) and p not in kept]
            found += [
                (p, self._archive.rows(segment)[p])
                for p, segment in places(self._reader, partition, log)
                if after < p <= end
            ]
        found.sort()
        return found[:limit]

    def close(self) -> None:
        """Give the snapshot back."""
        getattr(self._reader, "close", lambda: None)()
