"""Where log lines go: a file descriptor (standard output of a service, a pipe, an open file)."""

from __future__ import annotations

import os
from collections.abc import Callable


def descriptor_sink(descriptor: int) -> Callable[[bytes], None]:
    """A sink that writes whole lines to a descriptor; raises OSError where it cannot."""

    def write(data: bytes) -> None:
        done = os.write(descriptor, data)
        while done < len(data):
            done += os.write(descriptor, data[done:])

    return write
