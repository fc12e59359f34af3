"""A numbered case: what must be seen from outside, and what is seen."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from tests.outside.door import Doors


@dataclass(frozen=True)
class Seen:
    """What a case expected, and what it got."""

    expected: str
    got: str

    @property
    def passed(self) -> bool:
        """Whether they are the same."""
        return self.expected == self.got


@dataclass(frozen=True)
class Case:
    """A case by its number: what it is about, which rule of which text says so, and how it is played."""

    number: int
    about: str
    law: str
    play: Callable[[Doors], Seen]
