"""Where log lines go: a file descriptor (standard output of a service, a pipe), or a file that may be moved away."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path


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


class LogFile:
    """A file that several processes append whole lines to, as ``descriptor_sink`` does.

    Who moves it away (logrotate) says so, and ``reopen`` makes it anew under its name.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._open()

    def __call__(self, data: bytes) -> None:
        """Append; raises OSError where it cannot."""
        self._write(data)

    def reopen(self) -> None:
        """Go on in the file that has the name now. Raises OSError, and goes on in the former one, where it cannot."""
        former = self._descriptor
        self._open()
        os.close(former)

    def _open(self) -> None:
        self._descriptor = os.open(self._path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        self._write = descriptor_sink(self._descriptor)
