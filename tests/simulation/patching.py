"""What a seeded bug is, and how it gets into the running code."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Any

Patch = Callable[[], AbstractContextManager[None]]


@dataclass(frozen=True)
class Mutation:
    """A bug: its name, what it takes away, how it gets in; turns, securities, hosts: of the scenario in which it can be
    noticed."""

    name: str
    takes_away: str
    patch: Patch
    turns: float = 0.0
    securities: int = 0
    hosts: bool = False


@contextlib.contextmanager
def patched(owner: Any, name: str, new: Any) -> Iterator[None]:
    """An attribute replaced as long as the block lasts."""
    old = vars(owner)[name] if isinstance(owner, type) else getattr(owner, name)
    setattr(owner, name, new)
    try:
        yield
    finally:
        setattr(owner, name, old)
