"""Telling other sessions of a commit, and hearing of theirs: LISTEN and NOTIFY on one channel.

A note goes out right after its commit, in a transaction of its own that writes nothing: sent inside, it would make
the commits of all workers wait for each other, disk included, since the server orders notes by one lock.

Every role of a database may notify on every channel, so a note is signed by a key that the core's role alone may read,
over the process number of the session that says it: the server adds that number, so nobody repeats another's note.
"""

from __future__ import annotations

import hmac
from collections.abc import Callable
from typing import Final

import psycopg

from douane.backends.postgresql.connection import Connection, translated
from douane.runtime.store.ports import Notice

CHANNEL: Final = "douane"
BOUND: Final = 800  # marks in a note; the server takes less than 8,000 bytes


def write(partition: int, marks: frozenset[int], key: bytes, pid: int) -> str:
    """A note as text: partition, marks in hexadecimal or ``*`` where they are too many, and its signature."""
    text = f"{partition:x}:" + ("*" if len(marks) > BOUND else ",".join(f"{m:x}" for m in marks))
    return f"{text},{_signed(text, key, pid)}"


def _signed(text: str, key: bytes, pid: int) -> str:
    return hmac.digest(key, f"{pid} {text}".encode(), "sha256")[:16].hex()


def read(text: str, key: bytes, pid: int) -> Notice | None:
    """A note; None where it is none of ours, for any session may say anything on any channel."""
    said, _, signature = text.rpartition(",")
    if not hmac.compare_digest(_signed(said, key, pid).encode(), signature.encode()):
        return None
    partition, colon, marks = said.partition(":")
    try:
        number = int(partition, 16)
        return (
            Notice(number, None if marks == "*" else frozenset(int(m, 16) for m in marks.split(","))) if colon else None
        )
    except ValueError:
        return None


class PostgresqlNotices:
    """A session that listens. ``own`` is the process number of the session whose notes are no news."""

    def __init__(self, db: Connection, own: Callable[[], int], key: bytes) -> None:
        self._db, self._own, self._key = db, own, key
        try:
            db.execute("LISTEN douane")
        except psycopg.Error as problem:
            db.close()
            raise translated(problem) from problem

    def fileno(self) -> int:
        """The socket of the session."""
        return self._db.fileno()

    def pending(self) -> list[Notice]:
        """What was said, without waiting."""
        own = self._own()
        try:
            said = [(each.payload, each.pid) for each in self._db.notifies(timeout=0) if each.pid != own]
        except psycopg.Error as problem:
            raise translated(problem) from problem
        return [notice for text, pid in said if (notice := read(text, self._key, pid)) is not None]

    def close(self) -> None:
        """End the session."""
        self._db.close()
