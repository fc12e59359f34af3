"""The lists that operators keep in the console: a file for each of them, beside the node's own."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Final

import msgspec

from douane.identity.kept import Kept as Files

CONSOLE: Final = "console"
"""Below the data folder."""
MOST: Final = 50
"""Lists of one operator; the oldest goes."""


class Kept(msgspec.Struct, frozen=True):
    """A list that an operator keeps: its address, what it is asked by, under which name."""

    path: str
    query: str
    name: str


class _Lists(msgspec.Struct, frozen=True):
    """What one operator keeps, the latest first."""

    lists: tuple[Kept, ...]


class OperatorsLists:
    """Files named by the hash of who keeps them. Two forms of one person at once: the later one stands."""

    def __init__(self, data: Path, random: Callable[[int], bytes]) -> None:
        self._files = Files(data / CONSOLE, random)

    def of(self, person: str) -> tuple[Kept, ...]:
        """What a person keeps; nothing where the file cannot be read."""
        found = self._files.read(self._files.path("lists", person), _Lists)
        return found.lists if found is not None else ()

    def keep(self, person: str, path: str, query: str, name: str) -> None:
        """Keep one, in place of one of the same address and name. Raises StoreUnavailable."""
        self._write(person, (Kept(path, query, name), *self._others(person, path, name))[:MOST])

    def forget(self, person: str, path: str, name: str) -> None:
        """Keep it no more. Raises StoreUnavailable."""
        others = self._others(person, path, name)
        if others != self.of(person):
            self._write(person, others)

    def _others(self, person: str, path: str, name: str) -> tuple[Kept, ...]:
        return tuple(each for each in self.of(person) if (each.path, each.name) != (path, name))

    def _write(self, person: str, lists: tuple[Kept, ...]) -> None:
        self._files.replace(self._files.path("lists", person), _Lists(lists))
