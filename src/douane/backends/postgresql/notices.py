"""Telling other sessions of a commit, and hearing of theirs: LISTEN and NOTIFY on one channel.

A note goes out right after its commit, in a transaction of its own that writes nothing: sent inside, it would make
the commits of all workers wait for each other, disk included, since the server orders notes by one lock.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import psycopg

from douane.backends.postgresql.connection import Connection, translated
from douane.runtime.store.ports import Notice

CHANNEL: Final = "douane"
BOUND: Final = 800  # marks in a note; the server takes less than 8,000 bytes


def write(partition: int, marks: frozenset[int]) -> str:
    """A note as text: the partition, then marks in hexadecimal, or ``*`` where they are too many."""
    return f"{partition:x}:" + ("*" if len(marks) > BOUND else ",".join(f"{m:x}" for m in marks))


def read(text: str) -> Notice | None:
    """A note; None where it is none of ours, for any session may say anything on any channel."""
    partition, colon, marks = text.partition(":")
    try:
        number = int(partition, 16)
        return (
            Notice(number, None if marks == "*" else frozenset(int(m, 16) for m in marks.split(","))) if colon else None
        )
    except ValueError:
        return None


class PostgresqlNotices:
    """A session that listens. ``own`` is the process number of the session whose notes are no news."""

    def __init__(self, db: Connection, own: Callable[[], int]) -> None:
        self._db, self._own = db, own
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
            said = [each.payload for each in self._db.notifies(timeout=0) if each.pid != own]
        except psycopg.Error as problem:
            raise translated(problem) from problem
        return [notice for text in said if (notice := read(text)) is not None]

    def close(self) -> None:
        """End the session."""
        self._db.close()
