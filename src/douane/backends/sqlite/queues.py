"""The port of queues on one SQLite file: the same semantics on one machine, without a broker.

Several processes may open the file. What a process took is its own until it deletes it or a minute has passed.
"""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any, Final

import apsw
import msgspec

from douane.backends.sqlite.backend import REFUSALS, refuse_old
from douane.runtime.store.ports import MINUTE, Clock, Instant
from douane.runtime.store.queues import BOUND, Dead, Taken
from douane.standards.csi.message import Message, Report, check
from douane.vocabulary.errors import PartnerRefused, PartnerUnreachable

DELIVERY_LIMIT: Final = 20
HELD: Final[Instant] = MINUTE
POLL: Final = 0.02
_TABLES = """
CREATE TABLE IF NOT EXISTS queue (name TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS message (
    id INTEGER PRIMARY KEY AUTOINCREMENT, queue TEXT NOT NULL, expires INTEGER NOT NULL, held INTEGER NOT NULL,
    attempts INTEGER NOT NULL, dead TEXT NOT NULL, urgent INTEGER NOT NULL, content BLOB NOT NULL);
CREATE INDEX IF NOT EXISTS message_waits ON message (queue, dead, urgent, id);
"""
_encode, _decode = msgspec.msgpack.encode, msgspec.msgpack.Decoder(Message).decode


class EmbeddedQueues:
    """Queues in a file, synced at every put and delete."""

    def __init__(self, path: Path, clock: Clock, *, delivery_limit: int = DELIVERY_LIMIT) -> None:
        major, minor, patch = (int(n) for n in apsw.sqlite_lib_version().split("."))
        refuse_old(major * 1_000_000 + minor * 1_000 + patch)
        path.parent.mkdir(parents=True, exist_ok=True)
        self._clock, self._limit = clock, delivery_limit
        self._db = apsw.Connection(str(path))
        self._db.set_busy_timeout(10_000)
        self._db.execute("PRAGMA journal_mode = WAL")
        self._db.execute("PRAGMA synchronous = FULL")
        self._db.execute(_TABLES)

    async def declare(self, queue: str) -> None:
        """Remember the name."""
        self._run("INSERT OR IGNORE INTO queue VALUES (?)", queue)

    async def put(self, queue: str, message: Message) -> None:
        """Insert, synced."""
        check(message)
        if not self._run("SELECT 1 FROM queue WHERE name = ?", queue):
            raise PartnerRefused(f"There is no queue {queue}.", remedy="Let its administration declare it.")
        if await self.depth(queue) >= BOUND:
            raise PartnerRefused(f"The queue {queue} takes no more.", remedy="Let its administration read it.")
        self._run(
            "INSERT INTO message (queue, expires, held, attempts, dead, urgent, content) VALUES (?, ?, 0, 0, '', ?, ?)",
            queue, message.qos.expires, -int(message.qos.priority > 4), _encode(message),
        )  # fmt: skip

    async def take(self, queue: str, limit: int, wait: float) -> list[Taken]:
        """The oldest that wait, urgent ones first."""
        end = asyncio.get_running_loop().time() + wait
        while True:
            found = self._take(queue, limit)
            if found or asyncio.get_running_loop().time() >= end:
                return found
            await asyncio.sleep(POLL)

    def _take(self, queue: str, limit: int) -> list[Taken]:
        now = self._clock.now()
        self._run("BEGIN IMMEDIATE")
        try:
            self._run(
                "UPDATE message SET dead = 'expired' WHERE queue = ? AND dead = '' AND expires > 0 AND expires <= ?",
                queue, now,
            )  # fmt: skip
            self._run(
                "UPDATE message SET dead = 'delivery_limit'"
                " WHERE queue = ? AND dead = '' AND attempts > ? AND held <= ?",
                queue, self._limit, now,
            )  # fmt: skip
            rows = self._run(
                "SELECT id, attempts, content FROM message WHERE queue = ? AND dead = '' AND held <= ?"
                " ORDER BY urgent, id LIMIT ?",
                queue, now, limit,
            )  # fmt: skip
            for row in rows:
                self._run("UPDATE message SET held = ?, attempts = attempts + 1 WHERE id = ?", now + HELD, row[0])
        except BaseException:
            self._db.execute("ROLLBACK")
            raise
        self._run("COMMIT")
        return [Taken(queue, _decode(content), number, attempts + 1) for number, attempts, content in rows]

    async def delete(self, taken: Taken) -> None:
        """Remove it."""
        self._run("DELETE FROM message WHERE id = ?", taken.token)

    async def give_back(self, taken: Taken) -> None:
        """Let it be taken again at once."""
        self._run("UPDATE message SET held = 0 WHERE id = ?", taken.token)

    async def dead(self, queue: str, limit: int) -> list[Dead]:
        """What expired or was taken too often."""
        rows = self._run(
            "SELECT id, dead, content FROM message WHERE queue = ? AND dead > '' ORDER BY id LIMIT ?", queue, limit
        )
        return [
            Dead(queue, _decode(content), Report.EXPIRATION if why == "expired" else Report.EXCEPTION, why, number)
            for number, why, content in rows
        ]

    async def bury(self, dead: Dead) -> None:
        """Remove it."""
        self._run("DELETE FROM message WHERE id = ?", dead.token)

    async def depth(self, queue: str) -> int:
        """Messages that wait and are not held."""
        found = self._run(
            "SELECT count(*) FROM message WHERE queue = ? AND dead = '' AND held <= ?", queue, self._clock.now()
        )
        return int(found[0][0])

    async def close(self) -> None:
        """Close the file."""
        self._db.close()

    def _run(self, sql: str, *parameters: object) -> list[Any]:
        try:
            return self._db.execute(sql, parameters).fetchall()
        except REFUSALS as problem:
            raise PartnerUnreachable(f"The queues cannot be written: {problem}.") from problem
