"""How many faults an answer names: enough to mend a message by, however many a hostile one has."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice
from typing import Final

from douane.vocabulary.errors import Fault

MOST: Final = 100
"""Faults that an answer names."""
COUNTED: Final = 1_000
"""Faults after which nobody looks for more."""


def first_of(faults: Iterable[Fault]) -> tuple[tuple[Fault, ...], str]:
    """The faults that an answer names, and a sentence on how many it leaves out; empty where it names them all."""
    found = list(islice(faults, COUNTED))
    if len(found) <= MOST:
        return tuple(found), ""
    more = "at least " if len(found) == COUNTED else ""
    return tuple(found[:MOST]), f" {MOST} of {more}{len(found)} faults are named."
