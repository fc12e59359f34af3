"""Sockets of one machine: closed to other users by their mode, and by who the system says is at the other end."""

from __future__ import annotations

import contextlib
import os
import socket
import struct
from collections.abc import Iterator
from pathlib import Path
from typing import Final

ALLOWED: Final = frozenset({0})
"""Users that may open any socket beside its own: root."""
_PEER: Final = struct.Struct("3i")
_LONGEST_PATH: Final = 100  # an address of a Unix socket holds 107 bytes


def user_of(connected: socket.socket) -> int:
    """The user id of the process at the other end, as the system says (SO_PEERCRED)."""
    _, user, _ = _PEER.unpack(connected.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, _PEER.size))
    return int(user)


def is_ours(connected: socket.socket) -> bool:
    """Whether the process at the other end runs as the user of this one, or as root."""
    return user_of(connected) in {os.geteuid(), *ALLOWED}


def bound(path: Path) -> socket.socket:
    """A listening socket that nobody else may open, put in the place of what a former process left."""
    made = path.with_suffix(".new")
    made.unlink(missing_ok=True)
    listening = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    with short(made) as reachable:
        before = os.umask(0o177)
        try:
            listening.bind(reachable)
        finally:
            os.umask(before)
    listening.listen(128)
    listening.setblocking(False)
    made.rename(path)
    return listening


@contextlib.contextmanager
def short(path: Path) -> Iterator[str]:
    """A name of a socket that fits into its address, however deep its folder lies."""
    if len(os.fsencode(path)) <= _LONGEST_PATH:
        yield str(path)
        return
    folder = os.open(path.parent, os.O_RDONLY | os.O_DIRECTORY)
    try:
        yield f"/proc/self/fd/{folder}/{path.name}"
    finally:
        os.close(folder)
