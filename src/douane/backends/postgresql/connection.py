"""Connections that may be trusted: what makes a commit durable is read back before the first one, or refused."""

from __future__ import annotations

import weakref
from typing import Any, Final, TypeVar

import psycopg
from psycopg import errors
from psycopg.abc import PQGen
from psycopg.conninfo import conninfo_to_dict, make_conninfo
from psycopg.pq import TransactionStatus

from douane.vocabulary.errors import DeclarationFault, LostOwnership, OurFault, StoreUnavailable

T = TypeVar("T")
_UNAVAILABLE: Final = (
    psycopg.OperationalError,
    psycopg.InterfaceError,
    errors.ReadOnlySqlTransaction,
    errors.IdleInTransactionSessionTimeout,
)

OLDEST: Final = 150_000
SCHEMA: Final = "douane"
FENCED: Final = "DF001"
"""What ``douane.fence`` raises: the partition has a newer owner."""
UNSAFE: Final = "DF002"
"""What ``douane.fence`` raises: the session no longer waits for the disk."""

USED: Final = "DF003"
"""What a log raises: the position was written and retired before."""

PATIENCE: Final = 10.0
"""Seconds until an answer that does not come is given up. The server has no such limit where it counts: a commit that
waits for its synchronous standby is past ``statement_timeout``, and waits as long as the standby is away."""

CLIENT: Final = {
    "application_name": "douane",
    "connect_timeout": "3",
    "keepalives_idle": "5",
    "keepalives_interval": "2",
    "keepalives_count": "3",
    "tcp_user_timeout": "10000",  # ms: a server whose host vanished is noticed while the tick still waits for it
}
"""What an address says nothing about."""

SESSION: Final = {
    "lock_timeout": "5s",
    "statement_timeout": "8s",
    "idle_in_transaction_session_timeout": "10s",
    # Plans are made once, maybe on empty tables, where reading all of a table looks cheap. Every statement goes by key.
    "plan_cache_mode": "force_generic_plan",
    "enable_seqscan": "off",
    "enable_bitmapscan": "off",
    "enable_sort": "off",
    "jit": "off",
}

SAFE: Final = {
    "fsync": ("on",),
    "full_page_writes": ("on",),
    "synchronous_commit": ("on", "remote_apply"),
}
"""Without these a receipt would promise what a power cut may take back."""


class Connection(psycopg.Connection[tuple[Any, ...]]):
    """A connection that waits for an answer so long (in seconds; None: for ever), and is useless after that."""

    patience: float | None = PATIENCE

    def wait(self, gen: PQGen[T], interval: float = 0.1, timeout: float | None = None) -> T:
        """Drive one exchange with the server."""
        try:
            return super().wait(gen, interval, self.patience if timeout is None else timeout)
        except psycopg.OperationalError as problem:
            if problem.sqlstate is None and self.pgconn.transaction_status == TransactionStatus.ACTIVE:
                self.pgconn.finish()  # whatever the server still does for it, nobody listens
            raise


def tls_of(address: str) -> tuple[tuple[str, ...], str]:
    """The hosts that an address names, sockets of this machine left out, and its ``sslmode``.

    Raises DeclarationFault where it cannot be read.
    """
    given = _given(address)
    named = str(given.get("hostaddr") or given.get("host") or "").split(",")
    return tuple(host for host in named if host and host[0] not in "/@"), str(given.get("sslmode", "prefer"))


def _given(address: str) -> dict[str, Any]:
    try:
        return conninfo_to_dict(address)
    except psycopg.ProgrammingError as problem:  # its text may hold the password
        raise DeclarationFault(
            "The address of the database cannot be read.", remedy="Write postgresql://USER@HOST/DATABASE."
        ) from problem


_MADE: weakref.WeakSet[Connection] = weakref.WeakSet()


def open_connections() -> int:
    """How many this process has open."""
    return sum(not each.closed for each in list(_MADE))


def connect(address: str, *, patience: float | None = PATIENCE, **session: str) -> Connection:
    """A connection in autocommit mode to a server that keeps what it confirms; ``session`` sets more than SESSION.

    Raises StoreUnavailable where there is none now, DeclarationFault where a setting must be changed first.
    """
    given = _given(address)
    try:
        db = Connection.connect(
            make_conninfo(address, **{n: v for n, v in CLIENT.items() if n not in given}),
            autocommit=True,
            prepare_threshold=0,
        )
    except psycopg.Error as problem:
        raise translated(problem) from problem
    _MADE.add(db)
    db.patience = patience
    try:
        wanted = SESSION | session
        db.execute(
            "SELECT set_config(name, value, false) FROM unnest(%s::text[], %s::text[]) AS wanted (name, value)",
            (list(wanted), list(wanted.values())),
        )
        _refuse_unsafe(db)
    except psycopg.Error as problem:
        db.close()
        raise translated(problem) from problem
    except BaseException:
        db.close()
        raise
    return db


def _refuse_unsafe(db: Connection) -> None:
    if db.info.server_version < OLDEST:
        raise DeclarationFault(
            f"PostgreSQL {db.info.server_version // 10_000} is too old.", remedy="Use PostgreSQL 15 or newer."
        )
    found = db.execute("SELECT name, current_setting(name) FROM unnest(%s::text[]) AS asked (name)", (list(SAFE),))
    for name, value in found:
        allowed = SAFE[name]
        if value not in allowed:
            raise DeclarationFault(
                f"{name} is {value}: what is acknowledged could be lost.",
                remedy=f"Set it to {allowed[0]} for the server, this database and this role, then start again.",
            )


def must_be_primary(db: Connection) -> None:
    """Raise StoreUnavailable where nothing can be committed: on a standby, or in a session that only reads."""
    row = db.execute("SELECT pg_is_in_recovery(), current_setting('transaction_read_only')").fetchone()
    if row is None or row[0] or row[1] != "off":
        raise StoreUnavailable("The database is a standby, or read only.", remedy="Promote it, or name the primary.")


def translated(problem: psycopg.Error) -> OurFault | psycopg.Error:
    """What a refusal of the database means for us; itself where it is a fault of our own statements.

    Lost connections, full disks, servers that stop or only read, locks that last, serialization, sessions that the
    server ended because they lay unused: StoreUnavailable.
    Whether the last commit counted is then unknown; the owner ends, and its successor reads what is there.
    """
    state = problem.sqlstate or ""
    if state in (FENCED, USED):
        return LostOwnership(problem.diag.message_primary or "The partition has a newer owner.")
    if state == UNSAFE:
        return StoreUnavailable(
            problem.diag.message_primary or "Commits are not durable.", remedy="Set synchronous_commit to on."
        )
    if isinstance(problem, _UNAVAILABLE):
        what = (problem.diag.message_primary or str(problem)).strip().rstrip(".")
        remedy = "Free space on its volume." if isinstance(problem, errors.DiskFull) else "Look at the database server."
        return StoreUnavailable(f"The store cannot commit: {what}.", remedy=remedy, inside=True)
    return problem
