"""Asks the server whether it takes commits, over a connection of its own that does nothing else."""

from __future__ import annotations

import contextlib
from typing import Final

import psycopg
from psycopg import conninfo

from douane.backends.postgresql.connection import Connection, connect, must_be_primary, translated

SECONDS: Final = 2.0
"""Until an answer is given up."""


class Pulse:
    """One connection, made when it is first asked for and made anew when it was lost; for one thread at a time."""

    def __init__(self, address: str) -> None:
        self._address = conninfo.make_conninfo(address, connect_timeout="2")
        self._db: Connection | None = None

    def ask(self) -> None:
        """Return where the server takes commits now. Raises StoreUnavailable; DeclarationFault where it is unsafe."""
        if self._db is None or self._db.closed:
            self._db = connect(self._address, patience=SECONDS)
        try:
            must_be_primary(self._db)
        except psycopg.Error as problem:
            self.close()
            raise translated(problem) from problem
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        """Let go of the connection."""
        db, self._db = self._db, None
        if db is not None:
            with contextlib.suppress(psycopg.Error):
                db.close()
