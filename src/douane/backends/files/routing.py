"""Reading over many files: each key and each position names its partition, so it is asked where it lies.

Within a space keys are ordered by partition (``runtime.store.keys``), positions are always: so rows of several files
in one order are those of the first file, then those of the next. Only what spans spaces has to be merged.
"""

from __future__ import annotations

import heapq
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Sequence
from itertools import islice
from operator import itemgetter
from typing import Final, TypeVar

from douane.runtime.store.keys import position_partition
from douane.runtime.store.ports import Log, Reader

_KEY: Final = itemgetter(0)
_HEAD: Final = 3  # space and partition
_NOWHERE: Final = -1
T = TypeVar("T", bytes, int)


def _partition(key: bytes) -> int:
    """Where a key lies; nowhere, where it is too short to be one."""
    return key[1] << 8 | key[2] if len(key) >= _HEAD else _NOWHERE


def _read(file: Reader, keys: Sequence[bytes]) -> list[bytes | None]:
    return file.read(keys)


class Routed(ABC):
    """A reader over files; subclasses say which there are."""

    @abstractmethod
    def _numbers(self) -> list[int]:
        """The partitions that have a file, ascending."""

    @abstractmethod
    def _file(self, partition: int) -> Reader | None:
        """The file of a partition; None where it has none."""

    def read(self, keys: Sequence[bytes]) -> list[bytes | None]:
        """Values under keys, in their order."""
        return self._gathered(keys, _partition, _read)

    def read_log(self, log: Log, positions: Sequence[int]) -> list[bytes | None]:
        """Rows at positions."""
        return self._gathered(positions, position_partition, lambda file, some: file.read_log(log, some))

    def _gathered(
        self, wanted: Sequence[T], place: Callable[[T], int], ask: Callable[[Reader, Sequence[T]], list[bytes | None]]
    ) -> list[bytes | None]:
        """What each file knows of what lies in it, in the order of the question."""
        places = [place(each) for each in wanted]
        first = places[0] if places else _NOWHERE
        if places.count(first) == len(places):  # by far the most
            file = self._file(first)
            return ask(file, wanted) if file is not None else [None] * len(wanted)
        lying: dict[int, list[T]] = {}
        for partition, each in zip(places, wanted, strict=True):
            lying.setdefault(partition, []).append(each)
        found: dict[T, bytes | None] = {}
        for partition, some in lying.items():
            file = self._file(partition)
            if file is not None:
                found.update(zip(some, ask(file, some), strict=True))
        return [found.get(each) for each in wanted]

    def scan(self, start: bytes, end: bytes, limit: int, *, reverse: bool = False) -> list[tuple[bytes, bytes]]:
        """Pairs in key order."""
        files = self._between(start, end)
        if start[:1] == end[:1]:
            found: list[tuple[bytes, bytes]] = []
            for file in reversed(files) if reverse else files:
                found += file.scan(start, end, limit - len(found), reverse=reverse)
                if len(found) >= limit:
                    break
            return found
        each = [file.scan(start, end, limit, reverse=reverse) for file in files]
        return list(islice(heapq.merge(*each, key=_KEY, reverse=reverse), limit))

    def scan_log(self, log: Log, after: int, end: int, limit: int) -> list[tuple[int, bytes]]:
        """Rows in position order."""
        found: list[tuple[int, bytes]] = []
        for file in self._from(position_partition(after), position_partition(end)):
            found += file.scan_log(log, after, end, limit - len(found))
            if len(found) >= limit:
                break
        return found

    def _between(self, start: bytes, end: bytes) -> list[Reader]:
        """The files that may hold keys of a range, ascending; every one where it spans spaces."""
        if start[:1] != end[:1]:
            return self._from(0, None)
        first = int.from_bytes(start[1:_HEAD].ljust(2, b"\0"))
        last = int.from_bytes(end[1:_HEAD].ljust(2, b"\0"))
        return self._from(first, last if len(end) > _HEAD else last - 1)

    def _from(self, first: int, last: int | None) -> list[Reader]:
        wanted: Iterable[int]
        if first == last:
            wanted = (first,)  # by far the most: no need to look which others there are
        else:
            wanted = (number for number in self._numbers() if first <= number and (last is None or number <= last))
        return [file for number in wanted if (file := self._file(number)) is not None]
