"""Sizes of benchmarks: the usual ones, and those of a brief run (``--brief``) that does everything, as little of it as
shows that it works. Its figures mean nothing. Processes that a benchmark starts inherit the choice.
"""

from __future__ import annotations

import os
from typing import TypeVar

BRIEF = "BENCH_BRIEF"
"""The variable of the environment that asks for it."""
T = TypeVar("T")


def size(usual: T, *, brief: T) -> T:
    """The size that this run has."""
    return brief if os.environ.get(BRIEF) else usual
