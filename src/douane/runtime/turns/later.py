"""Work that an answer needs first and that reads nothing of the store: done beside the event loop, askers in turn.

Who answers says so where he comes to it (``Later``); the link has it done by a thread, and asks again. Whoever asks in
another way, a process of the core or a command, has it done at once.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from contextvars import ContextVar
from typing import Final, TypeVar

T = TypeVar("T")
_MAY_WAIT: Final[ContextVar[bool]] = ContextVar("may_wait", default=False)


class Later(Exception):
    """An answer needs this first. work: done in a thread, so it touches nothing that the event loop changes. keep:
    takes what came of it, on the event loop."""

    def __init__(self, work: Callable[[], object], keep: Callable[[object], None]) -> None:
        super().__init__()
        self.work, self.keep = work, keep


@contextlib.contextmanager
def may_wait() -> Iterator[None]:
    """Within the block whoever answers may ask for work to be done first."""
    token = _MAY_WAIT.set(True)
    try:
        yield
    finally:
        _MAY_WAIT.reset(token)


def worked(work: Callable[[], T], keep: Callable[[T], None]) -> T:
    """What comes of work, and is kept. Raises Later where that may be done beside the event loop."""
    if _MAY_WAIT.get():
        raise Later(work, keep)  # type: ignore[arg-type] # it takes what its own work made
    made = work()
    keep(made)
    return made
