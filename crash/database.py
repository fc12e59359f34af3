"""A private PostgreSQL server for the node under test: made for the run, killed in it, gone with it."""

from __future__ import annotations

import contextlib
import ctypes
import os
import signal
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

import psycopg
from psycopg import sql

from douane.backends.postgresql import migrations
from tests.services.postgresql import Instance, binaries, end_with, folder, make, start

_SUBREAPER = 36  # PR_SET_CHILD_SUBREAPER
DEAD_WITHIN = 20.0


@dataclass(slots=True)
class Database:
    """A server below a folder of its own."""

    place: Path
    instance: Instance
    made: int = field(default=0)

    @classmethod
    def begin(cls) -> Database:
        """Make and start it. Raises RuntimeError where PostgreSQL is not installed."""
        if binaries() is None:
            raise RuntimeError("PostgreSQL is missing: install the package postgresql (15 or newer).")
        if sys.platform == "linux":  # what it leaves behind when killed is ours to reap, else its id would stay taken
            ctypes.CDLL(None).prctl(_SUBREAPER, 1, 0, 0, 0)
        place = folder("douane-crash-")
        end_with(os.getpid(), place)
        return cls(place, make(place))

    def fresh(self) -> str:
        """The address of a new database with the schema in it."""
        self.made += 1
        name = f"crash{self.made}"
        with self.instance.administer() as connection:
            connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        address = self.instance.address(name)
        migrations.migrate(address)
        return address

    def kill(self) -> None:
        """SIGKILL for every process of the server, until all are gone; then it is started again."""
        pids = self.instance.processes()
        for pid in pids:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        end = time.monotonic() + DEAD_WITHIN
        while any(Path(f"/proc/{pid}").exists() for pid in pids):
            for pid in pids:
                with contextlib.suppress(ChildProcessError):
                    os.waitpid(pid, os.WNOHANG)
            if time.monotonic() > end:
                raise TimeoutError("the database server did not die")
            time.sleep(0.01)
        found = binaries()
        assert found is not None
        start(found, Path(self.instance.data), self.place)

    def settings(self, address: str) -> dict[str, str]:
        """What its durability rests on, as the server says."""
        names = ("server_version", "fsync", "full_page_writes", "synchronous_commit")
        with psycopg.connect(address) as connection:
            rows = [
                (name, connection.execute(sql.SQL("SHOW {}").format(sql.Identifier(name))).fetchone()) for name in names
            ]
        return {"postgresql" if name == "server_version" else name: str(row[0]) for name, row in rows if row}
