"""How often the garbage collector looks in a process of ours: what lives long is put aside, what is young waits longer.

Hardly anything here is part of a cycle, so a collection finds next to nothing and walks what lives, with Python's own
threshold of 700 objects again and again. ``python -m bench.instructions`` counts what that costs a node: little.
"""

from __future__ import annotations

import gc
from typing import Final

YOUNG: Final = 20_000
"""New objects that may wait for a collection; a few MB where all of them were in cycles."""


def settle() -> None:
    """Once a process is put together: what is there stays, and need not be walked again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(YOUNG, 20, 20)
