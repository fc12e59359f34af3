"""Faults of a message while they are found: a hundred are named, more are counted for a while, then reading stops.

Who mends a message mends a hundred places at a time; what is beyond them costs its sender nothing and us memory, time
and the octets of an answer.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import islice
from typing import Final

from douane.vocabulary.errors import Fault

NAMED: Final = 100
"""Faults in an answer at most; the last of so many says how many were left out."""
COUNTED: Final = 1_000
"""Faults after which nobody looks for more."""
OTHER: Final = "18"
"""CL030: any other fault."""


@dataclass(slots=True)
class Faults:
    """What is wrong with one message. ``whole``: the pointer of the message itself."""

    whole: str = ""
    found: list[Fault] = field(default_factory=list)
    count: int = 0

    @property
    def full(self) -> bool:
        """Whether it makes no sense to look for more."""
        return self.count >= COUNTED

    def add(self, pointer: str, code: str, remedy: str, *, value: str = "", line: int = 0, column: int = 0) -> None:
        """One more; beyond those that are named it is counted only."""
        self.count += 1
        if self.count <= NAMED:
            self.found.append(Fault(pointer, code, remedy, value=value, line=line, column=column))

    def named(self) -> tuple[Fault, ...]:
        """What an answer carries."""
        return shortened(self.found, self.count, self.whole)

    def said(self, what: str) -> str:
        """How many there are, as a sentence about a message (``CC015C``)."""
        many = f"{COUNTED} places or more" if self.full else f"{self.count} place{'s' * (self.count != 1)}"
        return f"{what} in {many}."


def shortened(
    found: list[Fault] | tuple[Fault, ...], count: int, whole: str = "", code: str = OTHER
) -> tuple[Fault, ...]:
    """The faults that an answer carries of ``count``: all of them, or the first and one that tells what is left out.

    code: of that one, where the others' are of another list than CL030.
    """
    if count <= NAMED:
        return tuple(found)
    left = count - NAMED + 1
    more = f"{left} places or more" if count >= COUNTED else f"{left} more places"
    told = Fault(whole, code, f"Mend what is named here and send it again: {more} are left out.")
    return (*found[: NAMED - 1], told)


def first_of(faults: Iterable[Fault]) -> tuple[Fault, ...]:
    """The faults that an answer carries of these, each looked for only when it is asked for."""
    found = list(islice(faults, COUNTED))
    return shortened(found, len(found))
