"""How repeated groups are numbered: what rules about sequence numbers share."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from operator import attrgetter
from typing import Protocol

from douane.author import Violation, broken


class Numbered(Protocol):
    """A repetition of a group."""

    @property
    def sequence_number(self) -> int:
        """Its number."""


class Level:
    """The repeated groups of one struct, read at once: walking all numbers is the longest of all rules."""

    __slots__ = ("read", "tags")

    def __init__(self, **tags: str) -> None:
        """Attribute (dots as two underscores) and tag of each group; at least two."""
        self.tags = tuple(tags.values())
        self.read: Callable[[object], tuple[tuple[Numbered, ...], ...]]
        self.read = attrgetter(*(name.replace("__", ".") for name in tags))

    def in_order(self, structs: Iterable[object]) -> bool:
        """Whether every group of these structs is numbered 1, 2, 3."""
        read = self.read
        for struct in structs:
            for group in filter(None, read(struct)):
                position = 1  # counted by hand: most groups have one repetition, for which enumerate() costs too much
                for each in group:
                    if each.sequence_number != position:
                        return False
                    position += 1
        return True

    def misnumbered(self, place: str, struct: object) -> Iterator[Violation]:
        """What is not numbered 1, 2, 3 in the groups of this struct, which stands at ``place``."""
        return named(place, self.tags, self.read(struct))


def named(place: str, tags: tuple[str, ...], groups: tuple[tuple[Numbered, ...], ...]) -> Iterator[Violation]:
    """What is not numbered 1, 2, 3 in these groups; each has its tag at the same position of ``tags``."""
    for tag, group in zip(tags, groups, strict=True):
        for position, each in enumerate(group, 1):
            if each.sequence_number != position:
                yield broken(f"{place}/{tag}[{position}]/sequenceNumber", each.sequence_number)
