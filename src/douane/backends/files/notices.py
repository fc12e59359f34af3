"""Telling other processes of a commit, and hearing of theirs: datagrams between sockets in the folder of the store.

A note is written right after its commit and read when its reader comes to it. One that finds nobody, or a full
socket, is lost, as the port allows: who is not told finds out later by looking.
"""

from __future__ import annotations

import contextlib
import errno
import os
import socket
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Final
from zlib import crc32

from douane.runtime.store.ports import Notice

SUFFIX: Final = ".notices"
BOUND: Final = 4_000  # marks in a note: 16 kB, which every socket takes
LONGEST: Final = 65_536
_ANY: Final = b"*"


def write(partition: int, marks: frozenset[int]) -> bytes:
    """A note: the partition in two octets, then marks of four, or ``*`` where they are too many."""
    head = partition.to_bytes(2, "big")
    return head + (_ANY if len(marks) > BOUND else b"".join(mark.to_bytes(4, "big") for mark in sorted(marks)))


def read(note: bytes) -> Notice | None:
    """A note; None where it is none of ours."""
    head, rest = note[:2], note[2:]
    if len(head) < 2 or (rest != _ANY and len(rest) % 4):
        return None
    marks = None if rest == _ANY else frozenset(int.from_bytes(rest[n : n + 4], "big") for n in range(0, len(rest), 4))
    return Notice(int.from_bytes(head, "big"), marks)


@contextlib.contextmanager
def _short(folder: Path) -> Iterator[str]:
    """The folder under a name that is short enough for a socket's address, however deep it lies."""
    opened = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        yield f"/proc/self/fd/{opened}" if os.path.isdir("/proc/self/fd") else str(folder)
    finally:
        os.close(opened)


def stamp(folder: str, name: str) -> None:
    """Give the folder a time that tells this listener, so that everybody looks again: a file system's clock may stand
    still for milliseconds, and whoever looked within them would not see that the folder has changed once more."""
    now = os.stat(folder)
    os.utime(folder, ns=(now.st_atime_ns, now.st_mtime_ns + 1 + crc32(name.encode()) % 1_000_000))


class Line:
    """A socket in the folder, from which notes of other processes are read."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        number, place_of_its_own = tempfile.mkstemp(suffix=SUFFIX, dir=folder)
        os.close(number)
        os.unlink(place_of_its_own)
        self.name = Path(place_of_its_own).name
        self._socket = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self._socket.setblocking(False)
        with _short(folder) as place:
            self._socket.bind(f"{place}/{self.name}")
            stamp(place, self.name)

    def fileno(self) -> int:
        """The socket."""
        return self._socket.fileno()

    def pending(self) -> list[Notice]:
        """What was said, without waiting."""
        found = []
        with contextlib.suppress(BlockingIOError):
            while True:
                found.append(read(self._socket.recv(LONGEST)))
        return [notice for notice in found if notice is not None]

    def close(self) -> None:
        """Hear no more."""
        self._socket.close()
        (self._folder / self.name).unlink(missing_ok=True)


class Listeners:
    """The lines of a folder, looked for anew when the folder has changed."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._changed, self._names = -1, list[str]()

    def names(self) -> list[str]:
        """Under which they listen; some may have ended meanwhile."""
        changed = os.stat(self.folder).st_mtime_ns
        if changed != self._changed:
            self._names = [name for name in os.listdir(self.folder) if name.endswith(SUFFIX)]
            self._changed = changed
        return self._names


def tell(listeners: Listeners, partition: int, marks: frozenset[int], own: Line | None) -> None:
    """Say to every other line of a folder what a commit filled. own: the line of this process, which is not told."""
    others = [name for name in listeners.names() if own is None or name != own.name]
    if not others:
        return
    folder, note = listeners.folder, write(partition, marks)
    with _short(folder) as place, contextlib.closing(_sender()) as sender:
        for name in others:
            try:
                sender.sendto(note, f"{place}/{name}")
            except OSError as problem:
                if problem.errno == errno.ECONNREFUSED:  # its process was killed
                    (folder / name).unlink(missing_ok=True)


def _sender() -> socket.socket:
    made = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
    made.setblocking(False)
    return made
