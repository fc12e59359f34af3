"""Where log lines go: a file descriptor (standard output of a service, a pipe, an open file)."""

from __future__ import annotations

import os
from collections.abc import Callable


def descriptor_sink(descriptor: int) -> Callable[[bytes], None]:
    """A sink that writes whole lines to a descriptor; raises OSError where it cannot.

    What a full volume cut off keeps a line to itself: the next write begins a new one.
    """
    torn = False

    def write(data: bytes) -> None:
        nonlocal torn
        rest = memoryview(b"\n" + data if torn else data)
        while rest:
            done = os.write(descriptor, rest)
            rest, torn = rest[done:], done < len(rest)

    return write
